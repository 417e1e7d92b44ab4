//! A day that comes back every year: a birthday, the anniversary of a shop (D0 69). It falls in every year, also where the calendar
//! has no such day: 29 February on the 28th of a common year, the 30th of a short Chinese month on its 29th.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

/// A day of the year, of a person or a shop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpecialDay {
    pub kind: DayKind,
    /// What it is called; empty: by its kind alone.
    pub label: String,
    pub calendar: Calendar,
    /// 1 ..= 12; a Chinese month is never the leap one, which most years do not have.
    pub month: u8,
    /// From 1 to the longest the month can be.
    pub day: u8,
    /// The year it goes back to, where known: solar, or the solar year in which the Chinese one began.
    pub year: Option<u16>,
}

/// What a day is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayKind {
    Birthday,
    Anniversary,
    Other,
}

impl DayKind {
    pub const ALL: [DayKind; 3] = [DayKind::Birthday, DayKind::Anniversary, DayKind::Other];
}

/// By which calendar a day comes back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Calendar {
    #[default]
    Solar,
    /// The Chinese calendar (农历).
    Lunar,
}

/// A day of the Chinese calendar, in an ordinary month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LunarDay {
    /// The solar year in which the Chinese year begins.
    pub year: i32,
    /// 1 ..= 12, not the leap month.
    pub month: u8,
    /// 1 ..= 30.
    pub day: u8,
}

/// The most days of one person or shop.
pub const DAYS_MAX: usize = 10;

impl SpecialDay {
    /// Whether there is such a day in some year of its calendar.
    pub fn is_within(&self) -> bool {
        let longest = match (self.calendar, self.month) {
            (Calendar::Lunar, 1..=12) => 30,
            (Calendar::Solar, 2) => 29,
            (Calendar::Solar, 4 | 6 | 9 | 11) => 30,
            (Calendar::Solar, 1..=12) => 31,
            _ => 0,
        };
        (1..=longest).contains(&self.day) && self.year.is_none_or(|year| (1900..=9999).contains(&year))
    }

    /// The next time it falls, `today` or later. `lunar` gives the solar date of a Chinese one, none for the 30th of a month of 29 days
    /// and for years it does not know; none then, too.
    pub fn next_on(&self, today: NaiveDate, lunar: impl Fn(LunarDay) -> Option<NaiveDate>) -> Option<NaiveDate> {
        // A Chinese year ends in the solar year after the one it began in.
        (today.year() - 1..=today.year() + 1).filter_map(|year| self.in_year(year, &lunar)).find(|day| *day >= today)
    }

    fn in_year(&self, year: i32, lunar: impl Fn(LunarDay) -> Option<NaiveDate>) -> Option<NaiveDate> {
        match self.calendar {
            Calendar::Solar => {
                let on = |day: u8| NaiveDate::from_ymd_opt(year, self.month.into(), day.into());
                on(self.day).or_else(|| on(28).filter(|_| (self.month, self.day) == (2, 29)))
            }
            Calendar::Lunar => {
                let on = |day: u8| lunar(LunarDay { year, month: self.month, day });
                on(self.day).or_else(|| on(29).filter(|_| self.day == 30))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    fn day(calendar: Calendar, month: u8, day: u8) -> SpecialDay {
        SpecialDay { kind: DayKind::Birthday, label: String::new(), calendar, month, day, year: None }
    }

    fn never(_: LunarDay) -> Option<NaiveDate> {
        None
    }

    #[test]
    fn a_solar_day_comes_back_every_year_today_included() {
        let birthday = day(Calendar::Solar, 11, 22);
        assert_eq!(birthday.next_on(date(2026, 11, 22), never), Some(date(2026, 11, 22)));
        assert_eq!(birthday.next_on(date(2026, 11, 23), never), Some(date(2027, 11, 22)));
        assert_eq!(birthday.next_on(date(2026, 1, 1), never), Some(date(2026, 11, 22)));
    }

    #[test]
    fn the_29th_of_february_falls_on_the_28th_of_a_common_year() {
        let birthday = day(Calendar::Solar, 2, 29);
        assert_eq!(birthday.next_on(date(2027, 1, 1), never), Some(date(2027, 2, 28)));
        assert_eq!(birthday.next_on(date(2027, 3, 1), never), Some(date(2028, 2, 29)));
        assert_eq!(birthday.next_on(date(2028, 2, 29), never), Some(date(2028, 2, 29)));
    }

    #[test]
    fn a_chinese_day_late_in_the_year_falls_in_the_next_solar_one_and_a_short_month_ends_with_its_29th() {
        // The twelfth month of 2025 has 29 days and ends on 16 February 2026.
        let calendar = |day: LunarDay| match (day.year, day.month, day.day) {
            (2025, 12, 29) => Some(date(2026, 2, 16)),
            (2026, 12, 29) => Some(date(2027, 2, 5)),
            _ => None,
        };
        let eve = day(Calendar::Lunar, 12, 30);
        assert_eq!(eve.next_on(date(2026, 1, 5), calendar), Some(date(2026, 2, 16)));
        assert_eq!(eve.next_on(date(2026, 2, 17), calendar), Some(date(2027, 2, 5)));
        assert_eq!(eve.next_on(date(2041, 1, 1), calendar), None);
    }

    #[test]
    fn a_day_that_no_year_has_is_refused() {
        for (calendar, month, on, is_within) in [
            (Calendar::Solar, 2, 29, true),
            (Calendar::Solar, 2, 30, false),
            (Calendar::Solar, 4, 31, false),
            (Calendar::Solar, 12, 31, true),
            (Calendar::Solar, 13, 1, false),
            (Calendar::Solar, 0, 1, false),
            (Calendar::Lunar, 2, 30, true),
            (Calendar::Lunar, 12, 31, false),
            (Calendar::Lunar, 1, 0, false),
        ] {
            assert_eq!(day(calendar, month, on).is_within(), is_within, "{calendar:?} {month}-{on}");
        }
    }
}
