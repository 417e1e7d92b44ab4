//! Months of the calendar: a month after the 31st is the last day of a shorter month. The anchor is the first date, never the one
//! before: a quarter and another quarter after 30 November is 30 May, whatever February did in between.

use chrono::{Months, NaiveDate};

/// The date `months` after `anchor`, at most on the last day of its month: 2026-11-30 + 3 = 2027-02-28 (D3, requirements 88-90).
pub fn add_months(anchor: NaiveDate, months: u16) -> NaiveDate {
    anchor.checked_add_months(Months::new(months.into())).unwrap_or(NaiveDate::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn a_quarter_after_the_last_of_november_is_the_last_of_february() {
        assert_eq!(add_months(day(2026, 11, 30), 3), day(2027, 2, 28));
        assert_eq!(add_months(day(2027, 11, 30), 3), day(2028, 2, 29), "a leap year");
        assert_eq!(add_months(day(2028, 2, 29), 12), day(2029, 2, 28));
        assert_eq!(add_months(day(2026, 12, 31), 2), day(2027, 2, 28));
        assert_eq!(add_months(day(2026, 10, 31), 1), day(2026, 11, 30));
    }

    #[test]
    fn the_anchor_day_comes_back_after_a_short_month() {
        assert_eq!(add_months(day(2026, 11, 30), 6), day(2027, 5, 30));
    }

    #[test]
    fn no_month_is_beyond_the_calendar() {
        assert_eq!(add_months(NaiveDate::MAX, u16::MAX), NaiveDate::MAX);
    }
}
