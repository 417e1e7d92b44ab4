//! The Chinese calendar as far as a rep's days need it: on which solar date a lunar day falls, from a table of 51 years that
//! `build.rs` makes. Outside the table nothing is guessed: there the answer is none.

use super::special_day::LunarDay;
use chrono::{Days, NaiveDate};

include!(concat!(env!("OUT_DIR"), "/lunar_years.rs"));

/// The solar date of a day of the lunar year that begins in solar `year`. Of a month that comes twice the plain one counts, as people
/// keep birthdays; the 30th of a month of 29 days is its last day. None outside the table or for no such month or day.
pub fn to_solar(year: i32, month: u8, day: u8) -> Option<NaiveDate> {
    if !(1..=12).contains(&month) || !(1..=30).contains(&day) {
        return None;
    }
    let packed = packed(year)?;
    let leap = packed >> 13 & 0xF;
    let month = u32::from(month);
    // The places of the months before: one more behind the month that comes twice.
    let place = month - 1 + u32::from(leap > 0 && leap < month);
    let days = place * 29 + (packed & ((1 << place) - 1)).count_ones();
    let length = 29 + (packed >> place & 1);
    first_day(year)?.checked_add_days(Days::new((days + u32::from(day).min(length) - 1).into()))
}

/// As [`to_solar`], for the day of a person or a shop.
pub fn date_of(day: LunarDay) -> Option<NaiveDate> {
    to_solar(day.year, day.month, day.day)
}

/// The first day of the lunar year that begins in solar `year`: Spring Festival.
pub fn first_day(year: i32) -> Option<NaiveDate> {
    NaiveDate::from_yo_opt(year, packed(year)? >> 17)
}

fn packed(year: i32) -> Option<u32> {
    YEARS.get(usize::try_from(year.checked_sub(FIRST)?).ok()?).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::special_day::{Calendar, DayKind, SpecialDay};

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn a_lunar_day_falls_on_its_solar_date() {
        assert_eq!(to_solar(2026, 1, 1), Some(day(2026, 2, 17)));
        assert_eq!(to_solar(2026, 8, 15), Some(day(2026, 9, 25)));
        assert_eq!(to_solar(2026, 12, 8), Some(day(2027, 1, 15)), "behind the turn of the year");
    }

    #[test]
    fn of_a_month_that_comes_twice_the_plain_one_counts() {
        // 2025 has a sixth month twice, from 25 June and from 25 July.
        assert_eq!(to_solar(2025, 6, 1), Some(day(2025, 6, 25)));
        assert_eq!(to_solar(2025, 7, 1), Some(day(2025, 8, 23)));
    }

    #[test]
    fn the_thirtieth_of_a_short_month_is_its_last_day() {
        // The twelfth month of 2025 has 29 days: its eve of the new year is the 29th.
        assert_eq!(to_solar(2025, 12, 30), Some(day(2026, 2, 16)));
        assert_eq!(to_solar(2025, 12, 29), Some(day(2026, 2, 16)));
    }

    #[test]
    fn a_lunar_birthday_comes_back_by_the_table() {
        let birthday = |month, day| SpecialDay {
            kind: DayKind::Birthday,
            label: String::new(),
            calendar: Calendar::Lunar,
            month,
            day,
            year: Some(1970),
        };
        assert_eq!(birthday(12, 8).next_on(day(2027, 1, 15), date_of), Some(day(2027, 1, 15)));
        assert_eq!(birthday(12, 8).next_on(day(2027, 1, 16), date_of), Some(day(2028, 1, 4)));
        assert_eq!(birthday(12, 30).next_on(day(2026, 1, 1), date_of), Some(day(2026, 2, 16)), "the 29th of a short month");
        assert_eq!(birthday(6, 15).next_on(day(2025, 1, 1), date_of), Some(day(2025, 7, 9)), "the plain month of two");
        assert_eq!(birthday(1, 1).next_on(day(2051, 6, 1), date_of), None);
    }

    #[test]
    fn nothing_is_guessed_outside_the_table() {
        assert_eq!((to_solar(1999, 1, 1), to_solar(2051, 1, 1)), (None, None));
        assert_eq!((to_solar(2026, 0, 1), to_solar(2026, 13, 1), to_solar(2026, 1, 0), to_solar(2026, 1, 31)), (None, None, None, None));
        assert_eq!((to_solar(i32::MIN, 1, 1), to_solar(i32::MAX, 1, 1)), (None, None));
    }
}
