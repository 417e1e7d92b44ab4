//! Dates as a rep types them at the shelf: `0901`, `9/1`, `260901`, `2026-09-01`, `9月1日`, `+6m` (lasts half a year from today),
//! `t-3` (made three days ago), `e0105` (expires on 5 January). The year that is not typed is the likeliest one.

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

/// What a typed date is said of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typed {
    /// A day: of production, or of expiry where the product's life is not known.
    Day(NaiveDate),
    /// Counted from today on: the day it expires.
    Expires(NaiveDate),
}

/// Which way a date without a year lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Lies {
    /// A day of production: today or before.
    Behind,
    /// A day of expiry: the nearest.
    Near,
}

/// The date in `raw`; none for an empty field, an error for what is no date.
pub fn read(raw: &str, today: NaiveDate, lies: Lies) -> Result<Option<Typed>, NotADate> {
    let text: String = raw.chars().filter(|c| !c.is_whitespace() && !super::text::is_invisible(*c)).map(half_width).collect();
    if text.is_empty() {
        return Ok(None);
    }
    if let Some(day) = text.strip_prefix(['e', 'E', '到', '至']) {
        return calendar_day(day, today, Lies::Near).map(|day| Some(Typed::Expires(day))).ok_or(NotADate);
    }
    let found = match text.strip_prefix('+') {
        Some(ahead) => from_today(ahead, today, Step::Ahead).map(Typed::Expires),
        None => match text.strip_prefix('t') {
            Some("") => Some(Typed::Day(today)),
            Some(rest) => match (rest.strip_prefix('-'), rest.strip_prefix('+')) {
                (Some(back), _) => from_today(back, today, Step::Back).map(Typed::Day),
                (_, Some(ahead)) => from_today(ahead, today, Step::Ahead).map(Typed::Expires),
                _ => None,
            },
            None => calendar_day(&text, today, lies).map(Typed::Day),
        },
    };
    found.filter(|(Typed::Day(date) | Typed::Expires(date))| YEARS.contains(&date.year())).map(Some).ok_or(NotADate)
}

/// The years a person means.
const YEARS: std::ops::RangeInclusive<i32> = 1990..=2200;

/// What was typed is no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotADate;

fn half_width(c: char) -> char {
    match c {
        '０'..='９' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        'Ｔ' | 'ｔ' | 'T' => 't',
        'M' | 'Ｍ' | 'ｍ' | '个' => 'm',
        '＋' => '+',
        '－' | '−' | '–' | '—' => '-',
        '／' | '.' | '。' | '．' | '、' | '年' => '/',
        other => other,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Ahead,
    Back,
}

/// `6m` months, `1y` years, `10` or `10d` days.
fn from_today(text: &str, today: NaiveDate, step: Step) -> Option<NaiveDate> {
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    let count: u32 = digits.parse().ok().filter(|count| *count <= 10_000)?;
    let months = match text.strip_prefix(&digits)? {
        "" | "d" | "天" => None,
        "m" | "m月" => Some(count),
        "y" | "/" => Some(count.checked_mul(12)?),
        _ => return None,
    };
    match (months, step) {
        (Some(months), Step::Ahead) => today.checked_add_months(Months::new(months)),
        (Some(months), Step::Back) => today.checked_sub_months(Months::new(months)),
        (None, Step::Ahead) => today.checked_add_days(Days::new(count.into())),
        (None, Step::Back) => today.checked_sub_days(Days::new(count.into())),
    }
}

fn calendar_day(text: &str, today: NaiveDate, lies: Lies) -> Option<NaiveDate> {
    let text = text.trim_end_matches('日').trim_end_matches('号').replace('月', "/");
    let parts: Vec<&str> = text.split(['/', '-']).collect();
    if parts.iter().any(|part| part.is_empty() || !part.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
    let number = |part: &str| part.parse::<u32>().ok();
    match *parts.as_slice() {
        [year, month, day] => NaiveDate::from_ymd_opt(full_year(year)?, number(month)?, number(day)?),
        [month, day] => likeliest(number(month)?, number(day)?, today, lies),
        [digits] => {
            let (rest, day) = digits.split_at_checked(digits.len().checked_sub(2)?)?;
            let (year, month) = rest.split_at_checked(rest.len().checked_sub(2).or(rest.len().checked_sub(1))?)?;
            match year.len() {
                0 => likeliest(number(month)?, number(day)?, today, lies),
                2 | 4 => NaiveDate::from_ymd_opt(full_year(year)?, number(month)?, number(day)?),
                _ => None,
            }
        }
        _ => None,
    }
    .filter(|date| YEARS.contains(&date.year()))
}

fn full_year(text: &str) -> Option<i32> {
    let year: i32 = text.parse().ok()?;
    match text.len() {
        2 => Some(2000 + year),
        4 => Some(year),
        _ => None,
    }
}

/// The date in the year that fits best: the last one until today, or the nearest.
fn likeliest(month: u32, day: u32, today: NaiveDate, lies: Lies) -> Option<NaiveDate> {
    // 29 February may lie up to eight years away.
    let years = (today.year() - 8..=today.year() + 8).filter_map(|year| NaiveDate::from_ymd_opt(year, month, day));
    match lies {
        Lies::Behind => years.filter(|date| *date <= today).max(),
        Lies::Near => years.min_by_key(|date| (*date - today).num_days().abs()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    #[test]
    fn four_digits_are_month_and_day_of_the_likeliest_year() {
        let today = day(2026, 11, 23);
        for (raw, date) in [
            ("0901", day(2026, 9, 1)),
            ("1224", day(2025, 12, 24)),
            ("901", day(2026, 9, 1)),
            ("１１２３", today),
            ("0229", day(2024, 2, 29)),
        ] {
            assert_eq!(read(raw, today, Lies::Behind), Ok(Some(Typed::Day(date))), "{raw}");
        }
        assert_eq!(read("0105", today, Lies::Near), Ok(Some(Typed::Day(day(2027, 1, 5)))));
        assert_eq!(read("1105", today, Lies::Near), Ok(Some(Typed::Day(day(2026, 11, 5)))));
    }

    #[test]
    fn every_spelling_of_a_date_is_that_date() {
        let today = day(2026, 11, 23);
        for raw in ["2026-09-01", "2026/9/1", "20260901", "260901", "9/1", "9.1", "9月1日", "2026年9月1日", " 9 / 1 ", "９／１"] {
            assert_eq!(read(raw, today, Lies::Behind), Ok(Some(Typed::Day(day(2026, 9, 1)))), "{raw}");
        }
    }

    #[test]
    fn steps_from_today_go_both_ways_and_months_are_clamped() {
        let today = day(2026, 8, 31);
        for (raw, typed) in [
            ("+6m", Typed::Expires(day(2027, 2, 28))),
            ("t+6m", Typed::Expires(day(2027, 2, 28))),
            ("+1y", Typed::Expires(day(2027, 8, 31))),
            ("+10", Typed::Expires(day(2026, 9, 10))),
            ("t-3", Typed::Day(day(2026, 8, 28))),
            ("T", Typed::Day(today)),
            ("e0105", Typed::Expires(day(2027, 1, 5))),
            ("E2027-02-28", Typed::Expires(day(2027, 2, 28))),
        ] {
            assert_eq!(read(raw, today, Lies::Behind), Ok(Some(typed)), "{raw}");
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        let today = day(2026, 11, 23);
        for raw in [
            "1301",
            "0230",
            "abc",
            "12",
            "1",
            "+",
            "t*3",
            "+99999999",
            "+10000y",
            "+9999m",
            "t-10000m",
            "2026-13-01",
            "99999999",
            "1/2/3/4",
            "--",
            "=A1",
        ] {
            assert_eq!(read(raw, today, Lies::Behind), Err(NotADate), "{raw}");
        }
        assert_eq!(read(" ", today, Lies::Behind), Ok(None));
    }
}
