//! Festivals of the year, from 2000 to 2050: those on which customers are greeted and those that empty or fill shelves. Lunar ones
//! follow the table of `lunar`, the two solar terms a rule of whole numbers that holds for this century's first half.

use super::lunar;
use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

/// One festival (D0 69, 76).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Festival {
    NewYear,
    SpringFestivalEve,
    SpringFestival,
    Lantern,
    Womens,
    Qingming,
    Labour,
    DragonBoat,
    Qixi,
    MidAutumn,
    DoubleNinth,
    National,
    WinterSolstice,
    Christmas,
}

/// When it is.
enum Rule {
    Solar(u32, u32),
    Lunar(u8, u8),
    /// The day before the lunar year begins, whatever its month is long.
    Eve,
    /// A solar term of this month: its day is `offset + 0.2422 × years − leap days`, both counted from 2000, the offset in
    /// ten-thousandths. One year is a day earlier than the rule has it.
    Term {
        month: u32,
        offset: u32,
        early: i32,
    },
}

impl Festival {
    pub const ALL: [Festival; 14] = [
        Festival::NewYear,
        Festival::SpringFestivalEve,
        Festival::SpringFestival,
        Festival::Lantern,
        Festival::Womens,
        Festival::Qingming,
        Festival::Labour,
        Festival::DragonBoat,
        Festival::Qixi,
        Festival::MidAutumn,
        Festival::DoubleNinth,
        Festival::National,
        Festival::WinterSolstice,
        Festival::Christmas,
    ];

    fn rule(self) -> Rule {
        match self {
            Festival::NewYear => Rule::Solar(1, 1),
            Festival::SpringFestivalEve => Rule::Eve,
            Festival::SpringFestival => Rule::Lunar(1, 1),
            Festival::Lantern => Rule::Lunar(1, 15),
            Festival::Womens => Rule::Solar(3, 8),
            Festival::Qingming => Rule::Term { month: 4, offset: 48_100, early: 0 },
            Festival::Labour => Rule::Solar(5, 1),
            Festival::DragonBoat => Rule::Lunar(5, 5),
            Festival::Qixi => Rule::Lunar(7, 7),
            Festival::MidAutumn => Rule::Lunar(8, 15),
            Festival::DoubleNinth => Rule::Lunar(9, 9),
            Festival::National => Rule::Solar(10, 1),
            Festival::WinterSolstice => Rule::Term { month: 12, offset: 219_400, early: 2021 },
            Festival::Christmas => Rule::Solar(12, 25),
        }
    }

    /// Whether one wishes a happy one: nobody does on the day of the graves.
    pub fn is_greeted(self) -> bool {
        self != Festival::Qingming
    }

    /// Its date in a solar year from 2000 to 2050: each falls once into each of them.
    pub fn on(self, year: i32) -> Option<NaiveDate> {
        // The lunar days kept here all lie in the solar year in which their lunar year begins; beyond the table there is no answer for
        // any, lest a list show some festivals of a year and not the others.
        let first = lunar::first_day(year)?;
        match self.rule() {
            Rule::Solar(month, day) => NaiveDate::from_ymd_opt(year, month, day),
            Rule::Lunar(month, day) => lunar::to_solar(year, month, day),
            Rule::Eve => first.pred_opt(),
            Rule::Term { month, offset, early } => {
                let since = u32::try_from(year - 2000).ok()?;
                let day = (since * 2_422 + offset) / 10_000 - since / 4 - u32::from(year == early);
                NaiveDate::from_ymd_opt(year, month, day)
            }
        }
    }

    /// Its first date from `from` on.
    pub fn next(self, from: NaiveDate) -> Option<NaiveDate> {
        (from.year()..=from.year() + 1).filter_map(|year| self.on(year)).find(|date| *date >= from)
    }
}

/// The festivals of the days from `from` to `to`, both included, by date; those of one day in the order of the year.
pub fn between(from: NaiveDate, to: NaiveDate) -> impl Iterator<Item = (NaiveDate, Festival)> {
    let mut found: Vec<(NaiveDate, Festival)> =
        Festival::ALL.into_iter().filter_map(|festival| Some((festival.next(from)?, festival))).filter(|(on, _)| *on <= to).collect();
    found.sort_unstable();
    found.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn festivals_fall_on_the_days_of_the_printed_calendar() {
        for (festival, dates) in [
            (Festival::SpringFestivalEve, [day(2026, 2, 16), day(2033, 1, 30), day(2040, 2, 11)]),
            (Festival::SpringFestival, [day(2026, 2, 17), day(2033, 1, 31), day(2040, 2, 12)]),
            (Festival::Lantern, [day(2026, 3, 3), day(2033, 2, 14), day(2040, 2, 26)]),
            (Festival::Qingming, [day(2026, 4, 5), day(2033, 4, 4), day(2040, 4, 4)]),
            (Festival::DragonBoat, [day(2026, 6, 19), day(2033, 6, 1), day(2040, 6, 14)]),
            (Festival::Qixi, [day(2026, 8, 19), day(2033, 8, 1), day(2040, 8, 14)]),
            (Festival::MidAutumn, [day(2026, 9, 25), day(2033, 9, 8), day(2040, 9, 20)]),
            (Festival::DoubleNinth, [day(2026, 10, 18), day(2033, 10, 1), day(2040, 10, 14)]),
            (Festival::WinterSolstice, [day(2026, 12, 22), day(2033, 12, 21), day(2040, 12, 21)]),
        ] {
            assert_eq!([2026, 2033, 2040].map(|year| festival.on(year)), dates.map(Some), "{festival:?}");
        }
    }

    #[test]
    fn every_festival_is_known_to_2040_and_to_2050() {
        for year in 2026..=2050 {
            for festival in Festival::ALL {
                assert_eq!(festival.on(year).map(|date| date.year()), Some(year), "{festival:?} {year}");
            }
        }
        assert!(Festival::ALL.iter().all(|festival| festival.on(2051).is_none()));
    }

    #[test]
    fn the_days_to_come_are_listed_by_date() {
        let all: Vec<_> = between(day(2026, 12, 20), day(2027, 2, 6)).collect();
        let names =
            [Festival::WinterSolstice, Festival::Christmas, Festival::NewYear, Festival::SpringFestivalEve, Festival::SpringFestival];
        assert_eq!(all.iter().map(|(_, festival)| *festival).collect::<Vec<_>>(), names);
        assert_eq!(all.last(), Some(&(day(2027, 2, 6), Festival::SpringFestival)));
        assert_eq!(between(day(2026, 12, 26), day(2026, 12, 31)).count(), 0);
    }
}
