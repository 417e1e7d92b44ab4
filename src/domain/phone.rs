//! A phone number as it is typed and as it is looked for: digits with the signs people put between them, full width or not. Words are
//! no number.

use super::text::{self, SHORT_MAX};
use serde::{Deserialize, Serialize};

/// Why a text is no phone number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PhoneProblem {
    /// Something else than digits, `+ - ( )` and blanks.
    NotANumber,
    /// Less than 3 digits.
    TooShort,
    /// More than 20 digits, or more signs than a field keeps.
    TooLong,
}

/// The number, half width; empty for an empty field.
pub fn read(raw: &str) -> Result<String, PhoneProblem> {
    let number = text::line(&raw.chars().map(half_width).collect::<String>(), SHORT_MAX).map_err(|_| PhoneProblem::TooLong)?;
    if !number.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | '(' | ')' | ' ')) {
        return Err(PhoneProblem::NotANumber);
    }
    match digits(&number).len() {
        0 if number.is_empty() => Ok(number),
        0..=2 => Err(PhoneProblem::TooShort),
        3..=20 => Ok(number),
        _ => Err(PhoneProblem::TooLong),
    }
}

/// Whether a kept number is the one that is looked for: part of it, or the same behind another country's code.
pub fn is_found(known: &str, typed: &str) -> bool {
    /// So many digits at the end tell one line from the other.
    const TELLING: usize = 7;
    let (known, typed) = (digits(known), digits(&typed.chars().map(half_width).collect::<String>()));
    typed.len() >= 3 && (known.contains(&typed) || (known.len() >= TELLING && typed.ends_with(&known)))
}

fn digits(number: &str) -> String {
    number.chars().filter(char::is_ascii_digit).collect()
}

fn half_width(c: char) -> char {
    match c {
        '０'..='９' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '＋' => '+',
        '（' => '(',
        '）' => ')',
        '－' | '−' | '–' | '—' => '-',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_a_number_is_kept_half_width() {
        for (raw, number) in [
            ("138 0000-1111", "138 0000-1111"),
            ("＋８６（０１０）５５５０", "+86(010)5550"),
            (" 110 ", "110"),
            ("", ""),
            ("\u{202e}13800001111\u{3000}", "13800001111"),
        ] {
            assert_eq!(read(raw), Ok(number.to_owned()), "{raw}");
        }
    }

    #[test]
    fn letters_are_no_number() {
        for raw in ["abc", "138x", "一三八", "138😀", "138,139", "tel:138", "*#06#"] {
            assert_eq!(read(raw), Err(PhoneProblem::NotANumber), "{raw}");
        }
        for raw in ["12", "+", "()", "-1"] {
            assert_eq!(read(raw), Err(PhoneProblem::TooShort), "{raw}");
        }
        for raw in ["1".repeat(21), "1".repeat(10_000), "1-".repeat(19) + "1-1"] {
            assert_eq!(read(&raw), Err(PhoneProblem::TooLong), "{raw}");
        }
        assert_eq!(read(&"1".repeat(20)), Ok("1".repeat(20)));
    }

    #[test]
    fn a_number_is_found_by_a_part_of_it_and_with_another_countrys_code() {
        assert!(is_found("138-0000-1111", "1111"));
        assert!(is_found("13800001111", "+86 138 0000 1111"));
        assert!(is_found("138 0000 1111", "１３８００"));
        assert!(!is_found("13800001111", "11"));
        assert!(!is_found("110", "13800000110"));
        assert!(!is_found("", "13800001111"));
    }
}
