//! Prices and amounts. A price is exact as entered; an amount is whole cents, rounded half up once per order line, then summed.

use super::quantity::{PackSize, Packed, Units};
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

/// An amount or a price in the rep's currency. Written as a decimal string, never as a float.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Money(pub Decimal);

impl Money {
    pub const ZERO: Money = Money(Decimal::ZERO);
    /// The highest price of one unit or case.
    pub const MAX_PRICE: Money = Money(Decimal::from_parts(10_000_000, 0, 0, false, 0));
    /// A price has at most this many decimals.
    pub const PRICE_DECIMALS: u32 = 4;

    /// The sum, or `None` where a decimal cannot hold it.
    pub fn plus(self, other: Money) -> Option<Money> {
        self.0.checked_add(other.0).map(Money)
    }
}

/// What a product costs: by the unit, by the case, or both. A missing one follows from the other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prices {
    pub unit: Option<Money>,
    pub case: Option<Money>,
}

impl Prices {
    pub fn is_missing(self) -> bool {
        self.unit.is_none() && self.case.is_none()
    }

    /// cases × case price + units × unit price, rounded half up to the cent. `None` without any price, or beyond what a
    /// decimal holds.
    ///
    /// With only a case price the whole quantity is priced by it and divided once, so that 12 loose units of a 12-unit case
    /// cost exactly one case.
    pub fn amount(self, packed: Packed, size: PackSize) -> Option<Money> {
        let (cases, loose) = (Decimal::from(packed.cases), Decimal::from(packed.loose));
        let whole = Decimal::from(size.units());
        let exact = match (self.unit, self.case) {
            (Some(unit), Some(case)) => cases.checked_mul(case.0)?.checked_add(loose.checked_mul(unit.0)?)?,
            (Some(unit), None) => cases.checked_mul(whole)?.checked_add(loose)?.checked_mul(unit.0)?,
            (None, Some(case)) => cases.checked_mul(whole)?.checked_add(loose)?.checked_mul(case.0)?.checked_div(whole)?,
            (None, None) => return None,
        };
        Some(Money(exact.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)))
    }

    /// Money tied up in `units` at the unit price, to the cent.
    pub fn value(self, units: Units, size: PackSize) -> Option<Money> {
        let unit_first = if self.unit.is_some() { Prices { case: None, ..self } } else { self };
        unit_first.amount(Packed { cases: 0, loose: units.0 }, size)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(text: &str) -> Money {
        Money(text.parse().unwrap())
    }

    fn size(units: i64) -> PackSize {
        PackSize::new(units).unwrap()
    }

    #[test]
    fn both_prices_price_cases_and_units_apart() {
        let prices = Prices { unit: Some(money("4.50")), case: Some(money("50")) };
        assert_eq!(prices.amount(Packed { cases: 2, loose: 7 }, size(12)), Some(money("131.50")));
    }

    #[test]
    fn a_missing_price_follows_from_the_other() {
        let by_unit = Prices { unit: Some(money("4.50")), case: None };
        assert_eq!(by_unit.amount(Packed { cases: 2, loose: 7 }, size(12)), Some(money("139.50")));
        let by_case = Prices { unit: None, case: Some(money("10")) };
        assert_eq!(by_case.amount(Packed { cases: 0, loose: 1 }, size(3)), Some(money("3.33")));
        assert_eq!(by_case.amount(Packed { cases: 0, loose: 3 }, size(3)), Some(money("10.00")));
        assert_eq!(Prices::default().amount(Packed { cases: 1, loose: 0 }, size(3)), None);
    }

    #[test]
    fn half_a_cent_rounds_up() {
        let prices = Prices { unit: Some(money("0.125")), case: None };
        assert_eq!(prices.amount(Packed { cases: 0, loose: 1 }, size(1)), Some(money("0.13")));
        let by_case = Prices { unit: None, case: Some(money("0.25")) };
        assert_eq!(by_case.amount(Packed { cases: 0, loose: 1 }, size(2)), Some(money("0.13")));
    }

    #[test]
    fn the_largest_line_still_has_an_amount() {
        let prices = Prices { unit: Some(Money::MAX_PRICE), case: None };
        let amount = prices.amount(Packed { cases: 0, loose: Units::MAX.0 }, size(1)).unwrap();
        assert_eq!(amount, money("10000000000000000.00"));
    }
}
