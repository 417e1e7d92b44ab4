//! The guard that keeps a text in an exported sheet a text: Excel, WPS and LibreOffice run a cell that begins like a formula.
//! `unguard(guard(text)) == text` for every text, and [`unguard`] takes off nothing that [`guard`] would not have put on.

use crate::domain::text::is_invisible;
use std::borrow::Cow;

/// Put in front of a text that could run. Shown by the spreadsheet, taken off by the import.
const GUARD: char = '\'';

/// `text` as a cell that no spreadsheet takes for a formula. Numbers of our own need no guard: see [`super::sheet_writer::Cell`].
pub fn guard(text: &str) -> Cow<'_, str> {
    if needs_guard(text) { Cow::Owned(format!("{GUARD}{text}")) } else { Cow::Borrowed(text) }
}

/// The text that [`guard`] was given; `'hello` of another program stays `'hello`.
pub fn unguard(cell: &str) -> &str {
    match cell.strip_prefix(GUARD) {
        Some(text) if needs_guard(text) => text,
        _ => cell,
    }
}

/// Whether `text` could run, or looks like a text that is guarded already: without the second, `'=1` would come back as `=1`.
fn needs_guard(text: &str) -> bool {
    is_dangerous(text.trim_start_matches(GUARD))
}

/// Whether a spreadsheet could take `text` for a formula. Spreadsheets and the tools between differ in what they drop in front of
/// a sign (OWASP "CSV Injection" names tab and line ends), so anything that shows nothing is looked behind, and a quote that a careless
/// one takes for its own; a guard too many costs one apostrophe. Input in Chinese writes the signs full width, and Excel takes them so.
pub(super) fn is_dangerous(text: &str) -> bool {
    let is_blank = |c: char| c.is_whitespace() || c.is_control() || is_invisible(c) || c == '"';
    let begins = |signs: &[char]| text.starts_with(signs);
    begins(&['\t', '\r', '\n'])
        || text.trim_start_matches(is_blank).starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '﹦', '﹢', '﹣', '﹫', '−'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_like_a_formula_gets_an_apostrophe() {
        for text in [
            "=1+1",
            "+86",
            "-12.5",
            "@SUM(A1)",
            "\tx",
            "\r=1",
            "\n",
            "＝1",
            "＋1",
            "－1",
            "＠x",
            " =1",
            "\u{3000}\u{200b}=1",
            "\u{feff}@x",
            "\"=1",
            " \"\" -1",
        ] {
            assert_eq!(guard(text), format!("'{text}"), "{text:?}");
            assert_eq!(unguard(&guard(text)), text);
        }
    }

    #[test]
    fn a_text_that_looks_guarded_comes_back_with_its_apostrophes() {
        for text in ["'=1", "''=1", "'' -x", "'\t"] {
            assert_eq!(guard(text), format!("'{text}"), "{text:?}");
            assert_eq!(unguard(&guard(text)), text);
        }
    }

    #[test]
    fn plain_texts_and_plain_apostrophes_stay_as_they_are() {
        for text in ["", "'", "''", "'hello", "惠民副食", "1-2", "00123", "6901234567892", " x", "a=b", "x@y", "' '=1"] {
            assert_eq!(guard(text), text);
            assert_eq!(unguard(text), text, "{text:?}");
        }
    }
}
