//! Names and notes as a person typed or a file held them: hostile until cleaned. One line, no control or direction-changing
//! characters, bounded length; otherwise exactly what was written.

use serde::{Deserialize, Serialize};

/// Why a text cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TextProblem {
    Empty,
    /// More characters than the field keeps; the limit goes with it.
    TooLong(usize),
}

/// The longest name of a shop or product, in characters.
pub const NAME_MAX: usize = 80;
/// The longest code, phone or area, in characters.
pub const SHORT_MAX: usize = 40;
/// The longest address or note, in characters.
pub const LONG_MAX: usize = 200;

/// A required name.
pub fn name(raw: &str) -> Result<String, TextProblem> {
    match line(raw, NAME_MAX)? {
        empty if empty.is_empty() => Err(TextProblem::Empty),
        name => Ok(name),
    }
}

/// One optional line of at most `max` characters, cleaned.
pub fn line(raw: &str, max: usize) -> Result<String, TextProblem> {
    let clean = clean(raw);
    if clean.chars().count() > max { Err(TextProblem::TooLong(max)) } else { Ok(clean) }
}

/// One line: runs of white space and control characters become one blank, invisible marks go, ends are trimmed.
fn clean(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len().min(4096));
    for c in raw.chars().filter(|c| !is_invisible(*c)) {
        if c.is_whitespace() || c.is_control() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else {
            out.push(c);
        }
    }
    if out.ends_with(' ') {
        out.pop();
    }
    out
}

/// Marks that take no room but change direction or hide in a name. The joiner of emoji families (U+200D) stays.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{00ad}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn direction_marks_and_controls_do_not_reach_a_name() {
        assert_eq!(name("\u{202e}惠民\u{0}副食\u{feff}\n·  建设路店 "), Ok("惠民 副食 · 建设路店".to_owned()));
        assert_eq!(name("👨\u{200d}👩\u{200d}👧"), Ok("👨\u{200d}👩\u{200d}👧".to_owned()));
        assert_eq!(name(" \u{200b}\t"), Err(TextProblem::Empty));
    }

    #[test]
    fn markup_and_formulas_stay_the_text_they_are() {
        for text in ["<img src=x onerror=alert(1)>", "=HYPERLINK(\"http://x\")", "{{name}}"] {
            assert_eq!(name(text), Ok(text.to_owned()));
        }
    }

    #[test]
    fn ten_thousand_characters_are_too_long_and_say_so() {
        assert_eq!(name(&"长".repeat(10_000)), Err(TextProblem::TooLong(NAME_MAX)));
        assert_eq!(name(&"长".repeat(NAME_MAX)).map(|n| n.chars().count()), Ok(NAME_MAX));
    }
}
