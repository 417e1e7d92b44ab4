//! What a person typed and what it means: numbers from a phone's keypad or a Chinese input method (`１２`, `1,234.50`, `￥12`,
//! `12。5`). Nothing here is ever written back into the field; an empty field is `None`, not 0.

use super::money::Money;
use super::quantity::{PackSize, Units};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// Why a typed number cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NumberProblem {
    /// Nothing was typed where a number is needed.
    Empty,
    NotANumber,
    NotWhole,
    Negative,
    TooSmall,
    TooLarge,
    /// More decimals than the field keeps.
    TooPrecise,
}

/// A count in whole units, 0 ..= 10⁹; `None` for an empty field.
pub fn units(raw: &str) -> Result<Option<Units>, NumberProblem> {
    if raw.is_empty() {
        return Ok(None);
    }
    // Nearly every figure is a few plain digits.
    if raw.len() <= 9 && raw.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(raw.parse().ok().map(Units));
    }
    let Some(value) = decimal(raw, Decimal::MAX_SCALE)? else { return Ok(None) };
    if !value.fract().is_zero() {
        return Err(NumberProblem::NotWhole);
    }
    let whole = i64::try_from(value).map_err(|_| NumberProblem::TooLarge)?;
    Some(Units(whole)).filter(|units| *units <= Units::MAX).ok_or(NumberProblem::TooLarge).map(Some)
}

/// Units per case, 1 ..= 100,000; `None` for an empty field.
pub fn pack_size(raw: &str) -> Result<Option<PackSize>, NumberProblem> {
    match units(raw)? {
        None => Ok(None),
        Some(Units(0)) => Err(NumberProblem::TooSmall),
        Some(Units(size)) => PackSize::new(size).ok_or(NumberProblem::TooLarge).map(Some),
    }
}

/// A price of at most [`Money::MAX_PRICE`] with at most four decimals; a currency sign before it is ignored.
pub fn price(raw: &str) -> Result<Option<Money>, NumberProblem> {
    let folded = fold(raw);
    let bare = folded.trim_start_matches(['¥', '$', '€', '£']);
    match decimal(bare, Money::PRICE_DECIMALS)? {
        Some(value) if value > Money::MAX_PRICE.0 => Err(NumberProblem::TooLarge),
        value => Ok(value.map(Money)),
    }
}

/// A number that is not negative, with at most `decimals` digits behind the point; `None` for an empty field.
pub fn decimal(raw: &str, decimals: u32) -> Result<Option<Decimal>, NumberProblem> {
    if raw.is_empty() {
        return Ok(None);
    }
    let text = fold(raw);
    if text.is_empty() {
        return Ok(None);
    }
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.as_str()),
    };
    let plain = ungroup(digits).ok_or(NumberProblem::NotANumber)?;
    if negative && plain.bytes().any(|b| (b'1'..=b'9').contains(&b)) {
        return Err(NumberProblem::Negative);
    }
    // 26 digits fit a decimal with room for the arithmetic that follows; more is not a price or a count.
    if plain.len() > 26 {
        return Err(NumberProblem::TooLarge);
    }
    let value: Decimal = plain.parse().map_err(|_| NumberProblem::NotANumber)?;
    let value = value.normalize();
    if value.scale() > decimals {
        return Err(NumberProblem::TooPrecise);
    }
    Ok(Some(value.abs()))
}

/// Half-width, without blanks and invisible marks; every spelling of minus and of the decimal point becomes one.
fn fold(raw: &str) -> String {
    raw.chars()
        .filter(|c| !c.is_whitespace() && !super::text::is_invisible(*c))
        .map(|c| match c {
            '０'..='９' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            '．' | '。' | '｡' => '.',
            '，' | '､' | '、' => ',',
            '－' | '−' | '–' | '—' => '-',
            '￥' => '¥',
            '＄' => '$',
            '＋' => '+',
            other => other,
        })
        .collect()
}

/// Digits with at most one point. Commas are thousands where they stand so, otherwise a single one is a decimal comma.
fn ungroup(text: &str) -> Option<String> {
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if fraction.is_some_and(|f| !all_digits(f)) || (whole.is_empty() && fraction.is_none_or(str::is_empty)) {
        return None;
    }
    let groups: Vec<&str> = whole.split(',').collect();
    if !groups.iter().all(|group| all_digits(group)) {
        return None;
    }
    let grouped = groups.first().is_some_and(|g| (1..=3).contains(&g.len())) && groups.iter().skip(1).all(|g| g.len() == 3);
    let whole = match groups.as_slice() {
        [only] => (*only).to_owned(),
        _ if grouped => groups.concat(),
        [whole, decimals] if fraction.is_none() && !whole.is_empty() && !decimals.is_empty() => {
            return Some(format!("{whole}.{decimals}"));
        }
        _ => return None,
    };
    let whole = if whole.is_empty() { "0".to_owned() } else { whole };
    match fraction {
        Some(fraction) if !fraction.is_empty() => Some(format!("{whole}.{fraction}")),
        _ => Some(whole),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_digits_and_points_are_numbers() {
        assert_eq!(units("１２"), Ok(Some(Units(12))));
        assert_eq!(units(" 1,234 "), Ok(Some(Units(1234))));
        assert_eq!(units("１，２３４"), Ok(Some(Units(1234))));
        assert_eq!(units("\u{202e}12\u{200f}"), Ok(Some(Units(12))));
        assert_eq!(units("12.0"), Ok(Some(Units(12))));
        assert_eq!(units("12."), Ok(Some(Units(12))));
        assert_eq!(price("￥1,234.50"), Ok(Some(Money("1234.50".parse().unwrap()))));
        assert_eq!(price("4。5"), Ok(Some(Money("4.5".parse().unwrap()))));
        assert_eq!(price("4,5"), Ok(Some(Money("4.5".parse().unwrap()))));
        assert_eq!(price(".5"), Ok(Some(Money("0.5".parse().unwrap()))));
    }

    #[test]
    fn an_empty_field_is_not_zero() {
        assert_eq!(units(""), Ok(None));
        assert_eq!(units(" \u{3000}"), Ok(None));
        assert_eq!(price(""), Ok(None));
    }

    #[test]
    fn rubbish_has_a_reason_each() {
        assert_eq!(units("12.5"), Err(NumberProblem::NotWhole));
        assert_eq!(units("-3"), Err(NumberProblem::Negative));
        assert_eq!(units("－3"), Err(NumberProblem::Negative));
        assert_eq!(units("-0"), Ok(Some(Units(0))));
        assert_eq!(units("1000000000"), Ok(Some(Units::MAX)));
        assert_eq!(units("1000000001"), Err(NumberProblem::TooLarge));
        assert_eq!(units(&"9".repeat(10_000)), Err(NumberProblem::TooLarge));
        assert_eq!(price("10000001"), Err(NumberProblem::TooLarge));
        assert_eq!(price("1.23456"), Err(NumberProblem::TooPrecise));
        assert_eq!(pack_size("0"), Err(NumberProblem::TooSmall));
        for bad in ["1e9", "abc", "😀", "<img onerror>", "=HYPERLINK()", "1.2.3", "1,23,4", ",", ".", "-", "+5", "1,,2", "٣"] {
            assert_eq!(units(bad), Err(NumberProblem::NotANumber), "{bad}");
        }
    }
}
