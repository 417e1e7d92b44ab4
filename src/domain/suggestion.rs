//! What a line should order and why, as data: every screen shows this number with these figures and only words it. A line that
//! was not counted has no suggestion; negative sales are a question; three zeros are a trap, not "no demand".

use super::events::Events;
use super::factor::{Factor, Hundredths};
use super::history::{self, LineHistory, PastRate};
use super::id::ProductId;
use super::quantity::Units;
use super::rule::{self, Rule};
use super::visit::{Basis, Visit, VisitLine};
use chrono::{Days, NaiveDate};
use std::collections::BTreeMap;

/// The answer for one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suggestion {
    NotCounted,
    /// The first count of the line: no formula yet.
    FirstCount {
        current: Units,
    },
    /// More on hand than there can be: something was miscounted, bought elsewhere or not noted.
    NegativeSales {
        sum: Sum,
        excess: Units,
    },
    /// Nothing before, nothing ordered, nothing now: the rule would say 0 for ever.
    ZeroTrap {
        last_rate: Option<PastRate>,
    },
    /// The rule's order, 0 included.
    Rule(Sum),
    /// A figure beyond the engine's limits.
    OutOfRange,
}

/// The 1.5 rule with the numbers of this line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sum {
    pub basis: Basis,
    pub current: Units,
    pub factor: Factor,
    pub rule: Rule,
    /// Days since the previous count; none where the phone's clock says the past lies ahead.
    pub days: Option<u32>,
    /// The local date of this count.
    pub on: NaiveDate,
}

/// The suggestion for a line counted as `current` on `on`; `current` is `None` where it was not counted.
pub fn suggest(history: &LineHistory, current: Option<Units>, factor: Factor, on: NaiveDate) -> Suggestion {
    let Some(current) = current else { return Suggestion::NotCounted };
    let Some(basis) = history.basis() else { return Suggestion::FirstCount { current } };
    compare(basis, history.last_rate, current, factor, on)
}

/// What each line of a finished visit is compared with by what stands today: an earlier count or order may have been put right
/// since. The visit itself keeps the figures it was made with.
pub fn basis_now(events: &Events, visit: &Visit) -> BTreeMap<ProductId, Basis> {
    let before = events.clone().without(visit.id).until(visit.on);
    let histories = history::lines(&before, visit.on);
    visit.lines.iter().filter_map(|line| Some((line.product, histories.get(&line.product)?.basis()?))).collect()
}

/// The suggestion of a finished visit's line, from `basis`, else from the figures the visit kept.
pub fn as_it_is(visit: &Visit, line: &VisitLine, basis: Option<Basis>) -> Suggestion {
    match (line.count.current(line.size), basis.or(line.basis)) {
        (None, _) => Suggestion::OutOfRange,
        (Some(current), None) => Suggestion::FirstCount { current },
        (Some(current), Some(basis)) => compare(basis, None, current, visit.factor, visit.on),
    }
}

fn compare(basis: Basis, last_rate: Option<PastRate>, current: Units, factor: Factor, on: NaiveDate) -> Suggestion {
    let Ok(rule) = rule::apply(basis.previous, basis.ordered, current, factor) else { return Suggestion::OutOfRange };
    if rule.order > Units::MAX {
        return Suggestion::OutOfRange;
    }
    if basis.previous.is_zero() && basis.ordered.is_zero() && current.is_zero() {
        return Suggestion::ZeroTrap { last_rate };
    }
    let days = u32::try_from((on - basis.previous_on).num_days()).ok().filter(|days| *days > 0);
    let sum = Sum { basis, current, factor, rule, days, on };
    if rule.sales < 0 { Suggestion::NegativeSales { sum, excess: Units(-rule.sales) } } else { Suggestion::Rule(sum) }
}

impl Suggestion {
    /// The quantity to order, 0 where nothing is needed, `None` where there is no number.
    pub fn order(&self) -> Option<Units> {
        match self {
            Suggestion::Rule(sum) => Some(sum.rule.order),
            _ => None,
        }
    }

    /// The sum behind the line, where there is one.
    pub fn sum(&self) -> Option<&Sum> {
        match self {
            Suggestion::Rule(sum) | Suggestion::NegativeSales { sum, .. } => Some(sum),
            _ => None,
        }
    }
}

impl Sum {
    /// Previous stock + previous order: the whole length of the bar.
    pub fn had(&self) -> i64 {
        self.basis.previous.0 + self.basis.ordered.0
    }

    /// The least stock that needs no order (the notch of the bar).
    pub fn enough_at(&self) -> Units {
        rule::enough_at(self.basis.previous, self.basis.ordered, self.factor)
    }

    /// Where the notch stands on the bar, in per mille: factor ÷ (factor + 1); 600 for 1.5.
    pub fn notch_permille(&self) -> i64 {
        let f = self.factor.hundredths();
        (f * 1000 + (f + 100) / 2) / (f + 100)
    }

    /// How much of the bar is left, in per mille, 0 ..= 1000.
    pub fn left_permille(&self) -> i64 {
        if self.had() == 0 { 0 } else { (self.current.0 * 1000 / self.had()).clamp(0, 1000) }
    }

    /// Whole days that `stock` lasts at the rate of the last cycle; none without sales or days.
    pub fn lasts(&self, stock: Units) -> Option<u32> {
        let days = i128::from(self.days?);
        let sales = i128::from(self.rule.sales);
        if sales <= 0 {
            return None;
        }
        u32::try_from(i128::from(stock.0) * days / sales).ok().filter(|days| *days <= 9_999)
    }

    /// The date until which stock plus `order` lasts.
    pub fn lasts_until(&self, order: Units) -> Option<NaiveDate> {
        let days = self.lasts(self.current.plus(order)?)?;
        self.on.checked_add_days(Days::new(days.into()))
    }

    /// How far one miscounted unit moves a non-zero order: factor + 1 units.
    pub fn slip(&self) -> Hundredths {
        Hundredths(self.factor.hundredths() + 100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::count::Count;
    use crate::domain::history::{LineHistory, Previous};

    fn day(d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, d).unwrap()
    }

    fn history(previous: i64, ordered: i64) -> LineHistory {
        let count = Count { front: Units(previous), ..Count::default() };
        LineHistory {
            previous: Some(Previous { units: Units(previous), on: day(17), count }),
            ordered: Units(ordered),
            ..LineHistory::default()
        }
    }

    #[test]
    fn the_yogurt_of_the_picture_needs_thirty_one() {
        let suggestion = suggest(&history(20, 24), Some(Units(14)), Factor::RULE, day(24));
        let Suggestion::Rule(sum) = suggestion else { panic!("{suggestion:?}") };
        assert_eq!((sum.rule.sales, sum.rule.order, sum.enough_at()), (30, Units(31), Units(27)));
        assert_eq!((sum.notch_permille(), sum.left_permille()), (600, 318));
        assert_eq!((sum.lasts(Units(14)), sum.lasts(Units(45))), (Some(3), Some(10)));
        assert_eq!(sum.lasts_until(Units(31)), NaiveDate::from_ymd_opt(2026, 12, 4));
        assert_eq!(sum.slip().to_string(), "2.5");
    }

    #[test]
    fn not_counted_has_no_suggestion_and_first_count_no_formula() {
        assert_eq!(suggest(&history(10, 5), None, Factor::RULE, day(24)), Suggestion::NotCounted);
        let first = suggest(&LineHistory::default(), Some(Units(4)), Factor::RULE, day(24));
        assert_eq!(first, Suggestion::FirstCount { current: Units(4) });
        assert_eq!(first.order(), None);
    }

    #[test]
    fn negative_sales_ask_and_never_order() {
        let suggestion = suggest(&history(10, 5), Some(Units(21)), Factor::RULE, day(24));
        assert!(matches!(suggestion, Suggestion::NegativeSales { excess: Units(6), .. }));
        assert_eq!(suggestion.order(), None);
    }

    #[test]
    fn three_zeros_are_a_trap_not_a_lack_of_demand() {
        let suggestion = suggest(&history(0, 0), Some(Units(0)), Factor::RULE, day(24));
        assert_eq!(suggestion, Suggestion::ZeroTrap { last_rate: None });
    }
}
