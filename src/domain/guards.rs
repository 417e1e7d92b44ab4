//! Two warnings on what is ordered, whatever was suggested: stock pushed into a shop at the month's end (D0 22) and an order that
//! cannot last until the next visit (D0 24). They never change the number.

use super::exact::Exact;
use super::quantity::Units;
use super::suggestion::Number;
use chrono::{Datelike, Days, NaiveDate};

/// Why an order deserves a second thought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    /// More than a fifth over the suggestion in the last week of the month; days of stock after it.
    PushingStock { cover_days: Option<u32> },
    /// Runs out on a day before the next visit; what will not be sold until then.
    RunsOut { on: NaiveDate, lost: Exact },
}

/// Days at the end of a month in which stock is pushed.
const LAST_DAYS: u64 = 7;

/// What is to be said of ordering `chosen` where `number` is suggested.
pub fn of(number: &Number, chosen: Units) -> Vec<Guard> {
    let over = i128::from(chosen.0) * 10 > i128::from(number.order.0) * 12;
    let pushing = (over && is_last_week(number.on)).then(|| Guard::PushingStock { cover_days: number.cover(chosen) });
    pushing.into_iter().chain(runs_out(number, chosen)).collect()
}

fn runs_out(number: &Number, chosen: Units) -> Option<Guard> {
    let rate = number.rate().filter(|rate| rate.is_positive())?;
    let days = i64::from(number.policy.terms.days_to_next);
    let stock = number.available().plus(chosen)?;
    let sells = rate.times(days);
    if sells <= Exact::whole(stock.0) {
        return None;
    }
    let lost = Exact::over(sells.numerator() - i128::from(stock.0) * sells.denominator(), sells.denominator());
    let on = number.on.checked_add_days(Days::new(rate.lasts(stock.0)?.into()))?;
    Some(Guard::RunsOut { on, lost })
}

/// Whether a day is among the last seven of its month.
pub fn is_last_week(on: NaiveDate) -> bool {
    on.checked_add_days(Days::new(LAST_DAYS)).is_none_or(|later| later.month() != on.month())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::factor::Factor;
    use crate::domain::policy::Policy;
    use crate::domain::rate::StatedRate;
    use crate::domain::reorder::{self, Line, Lot};
    use std::sync::Arc;

    fn number(on: NaiveDate) -> Number {
        let lots = [Lot { quantity: Units(4), days_left: None }];
        let stated_rate = Some(StatedRate { units: 14, days: 7 });
        let line = Line { lots: &lots, stated_rate, days_to_next_visit: 7, ..Line::default() };
        let answer = reorder::suggest(&line).unwrap();
        Number {
            order: answer.order.unwrap(),
            sum: None,
            answer: Some(Arc::new(answer)),
            policy: Policy::plain(Factor::RULE),
            current: Units(4),
            on,
            is_estimate: false,
        }
    }

    fn day(d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, d).unwrap()
    }

    #[test]
    fn more_than_a_fifth_over_in_the_last_week_is_pushing_stock() {
        let late = number(day(24));
        assert_eq!(late.order, Units(17));
        assert_eq!(of(&late, Units(20)), vec![], "20 is less than a fifth over 17");
        assert_eq!(of(&late, Units(21)), vec![Guard::PushingStock { cover_days: Some(12) }]);
        assert_eq!(of(&number(day(23)), Units(21)), vec![], "a week before the last");
        assert!(is_last_week(day(30)) && is_last_week(day(24)) && !is_last_week(day(23)));
    }

    #[test]
    fn less_than_one_cycle_of_sales_runs_out_and_says_what_is_lost() {
        assert_eq!(of(&number(day(3)), Units(10)), vec![], "4 + 10 are the 14 of a week");
        assert_eq!(of(&number(day(3)), Units(6)), vec![Guard::RunsOut { on: day(8), lost: Exact::whole(4) }]);
    }
}
