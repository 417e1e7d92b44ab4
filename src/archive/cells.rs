//! Cells that are more than a text: numbers with a sign, yes and no, states, classes, spans of time, weekdays. A cell is read in one
//! way or refused with a reason, never half understood; dates are in [`super::dates`].

use crate::domain::customer::CustomerClass;
use crate::domain::product::ShelfLife;
use crate::domain::quantity::PackSize;
use crate::domain::search::fold;
use crate::domain::typed::{self, NumberProblem};
use chrono::Weekday;
use serde::{Deserialize, Serialize};

/// Why a cell cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CellProblem {
    /// Nothing where something is needed.
    Empty,
    NotADate,
    /// `2/3/2026` is two days, `26/1/2` three.
    AmbiguousDate,
    NotANumber,
    NotWhole,
    Negative,
    TooSmall,
    TooLarge,
    NotYesOrNo,
    UnknownStatus,
    UnknownClass,
    UnknownShelfLife,
    UnknownWeekday,
}

/// Whether a record is in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Active,
    Archived,
}

/// Whole units, −10⁹ ..= 10⁹: `1,234`, `-12`, `(12)`, `12-`, `12.0`. A return is negative; `None` for an empty cell.
pub fn signed_units(raw: &str) -> Result<Option<i64>, CellProblem> {
    let folded = word(raw);
    let minus = ['-', '−', '–', '—'];
    let inside = folded.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let negative = inside.or_else(|| folded.strip_prefix(minus)).or_else(|| folded.strip_suffix(minus));
    let digits = negative.unwrap_or(&folded);
    let units = match typed::units(digits) {
        Ok(units) => units.map(|units| units.0),
        // A second sign.
        Err(NumberProblem::Negative) => return Err(CellProblem::NotANumber),
        Err(problem) => return Err(problem.into()),
    };
    match (negative, units) {
        (Some(_), None) => Err(CellProblem::NotANumber),
        (Some(_), Some(units)) => Ok(Some(-units)),
        (None, units) => Ok(units),
    }
}

/// Days, 0 ..= 3650: `7`, `7天`, `7 days`, `2周`, `1 week`; `None` for an empty cell.
pub fn days(raw: &str) -> Result<Option<u32>, CellProblem> {
    if word(raw).starts_with(['-', '−', '–', '—']) {
        return Err(CellProblem::Negative);
    }
    let Some((count, unit)) = span(raw).map_err(|()| CellProblem::NotANumber)? else { return Ok(None) };
    let factor = match unit.as_str() {
        "" | "天" | "日" | "d" | "day" | "days" => 1,
        "周" | "个星期" | "星期" | "w" | "week" | "weeks" => 7,
        _ => return Err(CellProblem::NotANumber),
    };
    count.checked_mul(factor).filter(|days| *days <= LONGEST_DAYS).ok_or(CellProblem::TooLarge).map(Some)
}

/// `12个月`, `12月`, `6m`, `365天`, `180d`, `365` (days), `1年` and `1y` (12 months), up to ten years; `None` for an empty cell.
pub fn shelf_life(raw: &str) -> Result<Option<ShelfLife>, CellProblem> {
    let Some((count, unit)) = span(raw).map_err(|()| CellProblem::UnknownShelfLife)? else { return Ok(None) };
    let life = match unit.as_str() {
        "" | "天" | "日" | "d" | "day" | "days" => ShelfLife::Days(count),
        "周" | "w" | "week" | "weeks" => ShelfLife::Days(count.saturating_mul(7)),
        "月" | "个月" | "m" | "mo" | "mos" | "mth" | "month" | "months" => ShelfLife::Months(count),
        "年" | "y" | "yr" | "year" | "years" => ShelfLife::Months(count.saturating_mul(12)),
        _ => return Err(CellProblem::UnknownShelfLife),
    };
    match life {
        ShelfLife::Days(0) | ShelfLife::Months(0) => Err(CellProblem::TooSmall),
        ShelfLife::Days(days) if days > LONGEST_DAYS => Err(CellProblem::TooLarge),
        ShelfLife::Months(months) if months > LONGEST_DAYS / 365 * 12 => Err(CellProblem::TooLarge),
        life => Ok(Some(life)),
    }
}

/// Units per case, 1 ..= 100,000, from a number or from what is printed on the case: `24`, `24瓶/箱`, `1*24`, `500ml×24`; `None` for
/// an empty cell. Two numbers of which either could be it, `500*24` or `4*6`, are refused.
pub fn case_size(raw: &str) -> Result<Option<PackSize>, CellProblem> {
    let folded = word(raw);
    if !folded.chars().any(|c| c.is_alphabetic() || matches!(c, '*' | '×')) {
        return typed::pack_size(&folded).map_err(CellProblem::from);
    }
    let mut size = None;
    for part in folded.split(['*', '×', 'x']) {
        let (count, unit) = span(part).ok().flatten().ok_or(CellProblem::NotANumber)?;
        let measure = unit.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        if ["ml", "l", "g", "kg", "cl", "oz", "毫升", "升", "克", "千克", "公斤", "斤"].contains(&measure)
            || (count == 1 && unit.is_empty())
        {
            continue;
        }
        if unit.chars().any(|c| c.is_ascii_digit()) || size.replace(count).is_some() {
            return Err(CellProblem::NotANumber);
        }
    }
    match size.ok_or(CellProblem::NotANumber)? {
        0 => Err(CellProblem::TooSmall),
        count => PackSize::new(i64::from(count)).ok_or(CellProblem::TooLarge).map(Some),
    }
}

/// Ten years.
const LONGEST_DAYS: u32 = 3650;

/// A whole number and the unit behind it; `None` for an empty cell.
fn span(raw: &str) -> Result<Option<(u32, String)>, ()> {
    let folded = word(raw);
    if folded.is_empty() {
        return Ok(None);
    }
    let end = folded.find(|c: char| !c.is_ascii_digit()).unwrap_or(folded.len());
    let (digits, unit) = folded.split_at_checked(end).ok_or(())?;
    // More digits than any span has: too large, not unreadable.
    let count = if digits.len() > 9 { u32::MAX } else { digits.parse().map_err(|_| ())? };
    Ok(Some((count, unit.to_owned())))
}

/// 是, 有, √, yes, true, 1 and their opposites; `None` for an empty cell.
pub fn yes_no(raw: &str) -> Result<Option<bool>, CellProblem> {
    match word(raw).as_str() {
        "" => Ok(None),
        "是" | "有" | "对" | "√" | "✓" | "✔" | "☑" | "yes" | "y" | "true" | "t" | "1" => Ok(Some(true)),
        "否" | "无" | "没有" | "不是" | "×" | "✗" | "✘" | "x" | "no" | "n" | "false" | "f" | "0" => Ok(Some(false)),
        _ => Err(CellProblem::NotYesOrNo),
    }
}

/// 启用, 正常, active, 停用, 归档, archived and the like, or whether it is in use as [`yes_no`]; `None` for an empty cell.
pub fn status(raw: &str) -> Result<Option<Status>, CellProblem> {
    match word(raw).as_str() {
        "启用" | "正常" | "在用" | "使用中" | "已启用" | "有效" | "营业" | "营业中" | "在售" | "上架" | "合作中" | "active" | "enabled"
        | "open" | "current" | "live" => Ok(Some(Status::Active)),
        "停用" | "归档" | "已停用" | "已归档" | "禁用" | "失效" | "无效" | "作废" | "注销" | "歇业" | "停业" | "关店" | "闭店" | "停产"
        | "停售" | "下架" | "archived" | "inactive" | "disabled" | "closed" | "discontinued" | "obsolete" | "deleted" => {
            Ok(Some(Status::Archived))
        }
        _ => match yes_no(raw) {
            Ok(answer) => Ok(answer.map(|is_used| if is_used { Status::Active } else { Status::Archived })),
            Err(_) => Err(CellProblem::UnknownStatus),
        },
    }
}

/// A, B, C or 甲, 乙, 丙, alone or with 类, 级, 等, class or grade; `None` for an empty cell.
pub fn class(raw: &str) -> Result<Option<CustomerClass>, CellProblem> {
    let folded = word(raw);
    let before = ["class", "grade"].iter().find_map(|word| folded.strip_prefix(word)).unwrap_or(&folded);
    let bare = ["类", "级", "等", "class", "grade"].iter().find_map(|word| before.strip_suffix(word)).unwrap_or(before);
    match bare {
        "" if folded.is_empty() => Ok(None),
        "a" | "甲" => Ok(Some(CustomerClass::A)),
        "b" | "乙" => Ok(Some(CustomerClass::B)),
        "c" | "丙" => Ok(Some(CustomerClass::C)),
        _ => Err(CellProblem::UnknownClass),
    }
}

/// `周二`, `星期二`, `礼拜二`, `2`, `Tue`, `Tuesday`; `None` for an empty cell. 7 and 日 are Sunday.
pub fn weekday(raw: &str) -> Result<Option<Weekday>, CellProblem> {
    let folded = word(raw);
    let bare = ["每", "星期", "礼拜", "周"].iter().fold(folded.as_str(), |text, prefix| text.strip_prefix(prefix).unwrap_or(text));
    Ok(Some(match bare {
        "" if folded.is_empty() => return Ok(None),
        "一" | "1" => Weekday::Mon,
        "二" | "2" => Weekday::Tue,
        "三" | "3" => Weekday::Wed,
        "四" | "4" => Weekday::Thu,
        "五" | "5" => Weekday::Fri,
        "六" | "6" => Weekday::Sat,
        "日" | "天" | "7" => Weekday::Sun,
        other => return other.parse().map(Some).map_err(|_| CellProblem::UnknownWeekday),
    }))
}

/// Folded and without any blanks.
fn word(raw: &str) -> String {
    fold(raw).split_whitespace().collect()
}

impl From<NumberProblem> for CellProblem {
    fn from(problem: NumberProblem) -> Self {
        match problem {
            NumberProblem::Empty => CellProblem::Empty,
            NumberProblem::NotANumber => CellProblem::NotANumber,
            NumberProblem::NotWhole | NumberProblem::TooPrecise => CellProblem::NotWhole,
            NumberProblem::Negative => CellProblem::Negative,
            NumberProblem::TooSmall => CellProblem::TooSmall,
            NumberProblem::TooLarge => CellProblem::TooLarge,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn returns_are_negative_however_they_are_written() {
        for (raw, units) in [("1,234", 1234), ("12.0", 12), ("１２", 12), ("0", 0), ("-0", 0), ("1000000000", 1_000_000_000)] {
            assert_eq!(signed_units(raw), Ok(Some(units)), "{raw}");
        }
        for raw in ["-12", " - 12 ", "－１２", "−12", "(12)", "（12）", "12-", "-12.00"] {
            assert_eq!(signed_units(raw), Ok(Some(-12)), "{raw}");
        }
        assert_eq!(signed_units(" \u{3000}"), Ok(None));
    }

    #[test]
    fn rubbish_is_no_quantity() {
        for raw in ["-", "()", "--12", "(-12)", "(12", "1e9", "12瓶", "=1", "-12-"] {
            assert_eq!(signed_units(raw), Err(CellProblem::NotANumber), "{raw}");
        }
        assert_eq!(signed_units("-12.5"), Err(CellProblem::NotWhole));
        assert_eq!(signed_units("-1000000001"), Err(CellProblem::TooLarge));
    }

    #[test]
    fn spans_of_time_keep_their_unit() {
        for (raw, months) in
            [("12个月", 12), ("12月", 12), ("6m", 6), ("１８ 个月", 18), ("1年", 12), ("2Y", 24), ("9 Months", 9), ("10年", 120)]
        {
            assert_eq!(shelf_life(raw), Ok(Some(ShelfLife::Months(months))), "{raw}");
        }
        for (raw, days) in [("365天", 365), ("365", 365), ("180d", 180), ("21 days", 21), ("2周", 14)] {
            assert_eq!(shelf_life(raw), Ok(Some(ShelfLife::Days(days))), "{raw}");
        }
        assert_eq!(shelf_life(""), Ok(None));
        assert_eq!(shelf_life("0天"), Err(CellProblem::TooSmall));
        for raw in ["121个月", "3651", "99999999999年", "999999999周"] {
            assert_eq!(shelf_life(raw), Err(CellProblem::TooLarge), "{raw}");
        }
        for raw in ["long", "12个", "-1", "1.5年", "月", "12个月0天"] {
            assert_eq!(shelf_life(raw), Err(CellProblem::UnknownShelfLife), "{raw}");
        }
    }

    #[test]
    fn a_case_is_read_from_what_is_printed_on_it() {
        for raw in ["24", "２４", "24瓶", "24瓶/箱", "1*24", "500ml*24", "24×1.5L", "500ml*24瓶", "1 x 24", "550毫升×24"] {
            assert_eq!(case_size(raw), Ok(PackSize::new(24)), "{raw}");
        }
        assert_eq!(case_size(""), Ok(None));
        assert_eq!(case_size("0"), Err(CellProblem::TooSmall));
        assert_eq!(case_size("500ml*999999"), Err(CellProblem::TooLarge));
        for raw in ["500ml", "500*24", "4*6", "一打", "24瓶*", "1.5*24", "*", "-24瓶", "24a12"] {
            assert_eq!(case_size(raw), Err(CellProblem::NotANumber), "{raw}");
        }
    }

    #[test]
    fn days_may_be_weeks() {
        for (raw, expected) in [("7", 7), ("7天", 7), ("2周", 14), ("1 week", 7), ("0", 0)] {
            assert_eq!(days(raw), Ok(Some(expected)), "{raw}");
        }
        assert_eq!(days(""), Ok(None));
        assert_eq!(days("7个"), Err(CellProblem::NotANumber));
        assert_eq!(days("4294967295周"), Err(CellProblem::TooLarge));
    }

    #[test]
    fn yes_and_no_have_many_names() {
        for raw in ["是", "有", "√", "Yes", "Y", "1", "TRUE", "ｙ"] {
            assert_eq!(yes_no(raw), Ok(Some(true)), "{raw}");
        }
        for raw in ["否", "无", "×", "no", "N", "0", "False"] {
            assert_eq!(yes_no(raw), Ok(Some(false)), "{raw}");
        }
        assert_eq!(yes_no(" "), Ok(None));
        assert_eq!(yes_no("也许"), Err(CellProblem::NotYesOrNo));
    }

    #[test]
    fn a_status_is_a_word_or_an_answer() {
        for raw in ["启用", "正常", "Active", "是", "1"] {
            assert_eq!(status(raw), Ok(Some(Status::Active)), "{raw}");
        }
        for raw in ["停用", "归档", "archived", "Inactive", "否", "0"] {
            assert_eq!(status(raw), Ok(Some(Status::Archived)), "{raw}");
        }
        assert_eq!(status(""), Ok(None));
        assert_eq!(status("?"), Err(CellProblem::UnknownStatus));
    }

    #[test]
    fn classes_are_letters_or_stems() {
        for (raw, expected) in [
            ("A", CustomerClass::A),
            ("ｂ类", CustomerClass::B),
            ("丙级", CustomerClass::C),
            ("Class A", CustomerClass::A),
            ("b class", CustomerClass::B),
            ("甲", CustomerClass::A),
        ] {
            assert_eq!(class(raw), Ok(Some(expected)), "{raw}");
        }
        assert_eq!(class(" "), Ok(None));
        for raw in ["D", "class", "类", "AB", "1"] {
            assert_eq!(class(raw), Err(CellProblem::UnknownClass), "{raw}");
        }
    }

    #[test]
    fn weekdays_are_read_in_both_languages() {
        for raw in ["周二", "星期二", "礼拜二", "每周二", "每星期二", "2", "２", "Tue", "TUESDAY"] {
            assert_eq!(weekday(raw), Ok(Some(Weekday::Tue)), "{raw}");
        }
        for raw in ["周日", "星期天", "7", "sun"] {
            assert_eq!(weekday(raw), Ok(Some(Weekday::Sun)), "{raw}");
        }
        assert_eq!(weekday(" "), Ok(None));
        for raw in ["周", "8", "0", "Someday", "周二、周五"] {
            assert_eq!(weekday(raw), Err(CellProblem::UnknownWeekday), "{raw}");
        }
    }
}
