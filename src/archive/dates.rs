//! Days as other programs write them. The day is the one that is written: a time behind it is dropped and its zone not applied, and
//! a date that two countries read differently is refused.

use super::cells::CellProblem;
use crate::domain::search::fold;
use chrono::{Datelike, NaiveDate};

/// `2026-11-22`, `2026/1/2`, `2026.1.2`, `2026年1月2日`, `20261122`, `22/11/2026` where only one reading is a day; with or without a
/// time behind. Years 1900 ..= 2199.
pub fn date(raw: &str) -> Result<NaiveDate, CellProblem> {
    let folded = fold(raw);
    let text = folded.trim();
    if text.is_empty() {
        return Err(CellProblem::Empty);
    }
    let (day, time) = split_time(text);
    if !is_time(time) {
        return Err(CellProblem::NotADate);
    }
    if let Some(date) = in_one_number(day, time) {
        return date;
    }
    match parts(day).as_deref() {
        Some([year, month, day]) if year.len() == 4 => ymd(year, month, day),
        Some([first, second, year]) if year.len() == 4 => match (ymd(year, second, first), ymd(year, first, second)) {
            (Ok(one), Ok(other)) if one != other => Err(CellProblem::AmbiguousDate),
            (Ok(date), _) | (_, Ok(date)) => Ok(date),
            (Err(problem), _) => Err(problem),
        },
        // A year of two digits could stand at either end.
        Some([a, b, c]) if [a, b, c].iter().all(|part| part.len() <= 2) => Err(CellProblem::AmbiguousDate),
        _ => Err(CellProblem::NotADate),
    }
}

/// The day and what is behind it.
fn split_time(text: &str) -> (&str, &str) {
    // `2026年1月2日14:05` needs no blank between.
    if let Some((day, time)) = text.split_once(['日', '号']) {
        return (day, time);
    }
    // Blanks around the signs of a day, `2026 - 1 - 2`, are nobody's habit: the first one ends it.
    text.split_once([' ', 't']).unwrap_or((text, ""))
}

/// Nothing, or what could be a time: `14:05`, `2:05 pm`, `下午2:05`, `00:00:00.000+08:00`, `14时5分`.
fn is_time(text: &str) -> bool {
    let marks = ["上午", "下午", "早上", "晚上", "中午", "am", "pm", "utc", "gmt", "时", "点", "分", "秒", "z"];
    let bare = marks.iter().fold(text.trim().to_owned(), |text, mark| text.replace(mark, " "));
    let begins_well = bare.trim().is_empty() || bare.trim_start().starts_with(|c: char| c.is_ascii_digit());
    begins_well && bare.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | ' ' | '+' | '-'))
}

/// `20261122`, or with the time in the same number, `202611221405` and `20261122140500`.
fn in_one_number(text: &str, time: &str) -> Option<Result<NaiveDate, CellProblem>> {
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let with_time = matches!(text.len(), 12 | 14) && time.is_empty();
    if text.len() != 8 && !with_time {
        return Some(Err(CellProblem::NotADate));
    }
    let part = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
    Some(ymd(part(0, 4), part(4, 6), part(6, 8)))
}

/// Three numbers between one kind of sign.
fn parts(text: &str) -> Option<Vec<&str>> {
    let parts: Vec<&str> = if text.contains('年') {
        let (year, rest) = text.split_once('年')?;
        let (month, day) = rest.split_once('月')?;
        vec![year, month, day]
    } else {
        let sign = text.chars().find(|c| matches!(c, '-' | '/' | '.'))?;
        text.split(sign).collect()
    };
    let parts: Vec<&str> = parts.into_iter().map(str::trim).collect();
    let all_digits = parts.iter().all(|part| (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit()));
    (parts.len() == 3 && all_digits).then_some(parts)
}

fn ymd(year: &str, month: &str, day: &str) -> Result<NaiveDate, CellProblem> {
    let read = || {
        let date = NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)?;
        (1900..2200).contains(&date.year()).then_some(date)
    };
    read().ok_or(CellProblem::NotADate)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> Result<NaiveDate, CellProblem> {
        Ok(NaiveDate::from_ymd_opt(year, month, day).unwrap())
    }

    #[test]
    fn a_day_is_read_from_every_common_spelling() {
        for raw in [
            "2026-01-02",
            "2026/1/2",
            "20260102",
            "2026年1月2日",
            "2026年01月02号",
            "2026.1.2",
            "２０２６－１－２",
            " 2026-1-2 ",
            "2026年1月2",
        ] {
            assert_eq!(date(raw), day(2026, 1, 2), "{raw}");
        }
    }

    #[test]
    fn a_time_behind_the_day_is_dropped() {
        let times = [
            "2026-11-22 14:05",
            "2026-11-22T14:05:00Z",
            "2026-11-22t23:59:59.999+08:00",
            "2026/11/22 下午2:05:00",
            "2026-11-22 2:05 PM",
            "2026年11月22日14时5分",
            "2026年11月22日 14:05",
            "20261122 140500",
            "20261122140500",
            "202611221405",
            "22/11/2026 0:00",
        ];
        for raw in times {
            assert_eq!(date(raw), day(2026, 11, 22), "{raw}");
        }
    }

    #[test]
    fn a_day_in_front_is_read_only_where_it_can_be_no_month() {
        assert_eq!(date("22/11/2026"), day(2026, 11, 22));
        assert_eq!(date("11/22/2026"), day(2026, 11, 22));
        assert_eq!(date("22.11.2026"), day(2026, 11, 22));
        assert_eq!(date("5/5/2026"), day(2026, 5, 5));
        for raw in ["2/3/2026", "12/11/2026", "01-02-2026", "26/1/2", "22-11-26"] {
            assert_eq!(date(raw), Err(CellProblem::AmbiguousDate), "{raw}");
        }
    }

    #[test]
    fn what_is_no_day_is_refused() {
        assert_eq!(date(" \u{3000}"), Err(CellProblem::Empty));
        let wrong = [
            "2026-02-30",
            "2026-13-01",
            "2026/1",
            "2026-1-2-3",
            "2026-1/2",
            "46348",
            "yesterday",
            "0000-00-00",
            "1899-12-31",
            "2200-01-01",
            "32/13/2026",
            "2026-11-22 tomorrow",
            "2026-11-22 -",
            "20261",
            "202611221",
            "2026-+1-2",
            "٢٠٢٦-١-٢",
            "月年日",
            "日",
            "年月",
        ];
        for raw in wrong {
            assert_eq!(date(raw), Err(CellProblem::NotADate), "{raw}");
        }
        assert_eq!(date("2028-02-29"), day(2028, 2, 29));
    }
}
