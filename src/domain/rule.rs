//! The 1.5 rule, mode `rule` of the reorder engine (D0): one function computes the number, in whole hundredths.
//!
//! `sales = previous + ordered − current`, `target = factor × sales`, `raw = target − current`, `order = max(0, ⌈raw⌉)`.

use super::factor::{Factor, Hundredths};
use super::quantity::Units;

/// The rule's sum. All in base units; `sales` may be negative (a question to the rep, never an order).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    pub sales: i64,
    pub target: Hundredths,
    pub raw: Hundredths,
    pub order: Units,
}

/// A quantity beyond 10⁹ or below 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfRange;

/// The 1.5 rule for one line. Quantities 0 ..= 10⁹ each; nothing inside overflows: |raw| ≤ (5 × 2·10⁹ + 10⁹) × 100.
pub fn apply(previous: Units, ordered: Units, current: Units, factor: Factor) -> Result<Rule, OutOfRange> {
    if [previous, ordered, current].iter().any(|units| !(0..=Units::MAX.0).contains(&units.0)) {
        return Err(OutOfRange);
    }
    let sales = previous.0 + ordered.0 - current.0;
    let target = Hundredths(factor.hundredths() * sales);
    let raw = Hundredths(target.0 - 100 * current.0);
    Ok(Rule { sales, target, raw, order: Units(raw.ceil().max(0)) })
}

/// The least current stock at which nothing is to be ordered: `⌈factor / (factor + 1) × (previous + ordered)⌉`, the 60 % notch.
pub fn enough_at(previous: Units, ordered: Units, factor: Factor) -> Units {
    let (f, had) = (i128::from(factor.hundredths()), i128::from(previous.0) + i128::from(ordered.0));
    let (numerator, denominator) = (f * had, f + 100);
    let ceil = numerator.div_euclid(denominator) + i128::from(numerator.rem_euclid(denominator) != 0);
    Units(i64::try_from(ceil).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_and_five_and_twelve_left_is_three_sold_and_no_order() {
        let rule = apply(Units(10), Units(5), Units(12), Factor::RULE).unwrap();
        assert_eq!((rule.sales, rule.target.to_string().as_str(), rule.order), (3, "4.5", Units(0)));
        assert_eq!(rule.raw.to_string(), "-7.5");
    }

    #[test]
    fn the_corners_of_the_limits_do_not_overflow() {
        let max = Units::MAX;
        let five = Factor::from_hundredths(500).unwrap();
        assert_eq!(apply(max, max, Units(0), five).unwrap().order, Units(10 * max.0));
        assert_eq!(apply(Units(0), Units(0), max, five).unwrap().order, Units(0));
        assert_eq!(apply(Units(max.0 + 1), max, max, five), Err(OutOfRange));
        assert_eq!(apply(Units(-1), max, max, five), Err(OutOfRange));
        assert_eq!(enough_at(max, max, five), Units(1_666_666_667));
    }
}
