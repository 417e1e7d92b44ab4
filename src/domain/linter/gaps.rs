//! What was left open: `{name}`, `[店名]`, `XX总`, `___`, a lone brace (D0 40). Nothing that a person writes on purpose in a message.

use crate::domain::placeholder::Placeholder;
use std::ops::Range;

/// The longest thing in braces that is a placeholder, in characters.
const LONGEST: usize = 20;
const FILLERS: [char; 7] = ['*', '＊', '_', '×', 'X', 'x', '○'];

/// A gap, and what would fill it where its word is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Gap {
    pub at: Range<usize>,
    pub placeholder: Option<Placeholder>,
}

/// The gaps of a text, from its start; none overlaps another.
pub(super) fn gaps(text: &str) -> Vec<Gap> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let Some(first) = rest.chars().next() else { break };
        let (length, placeholder) = match first {
            '{' | '｛' => braces(rest),
            '}' | '｝' => (first.len_utf8(), None),
            '[' | '<' | '【' | '《' => named(rest, first),
            filler if FILLERS.contains(&filler) => (run(rest, filler, text.get(..at).unwrap_or_default()), None),
            _ => (0, None),
        };
        if length > 0 {
            found.push(Gap { at: at..at + length, placeholder });
        }
        at += length.max(first.len_utf8());
    }
    found
}

/// `{word}`, `{{word}}`, or the brace alone.
fn braces(rest: &str) -> (usize, Option<Placeholder>) {
    let is_open = |c: char| matches!(c, '{' | '｛');
    let is_close = |c: char| matches!(c, '}' | '｝');
    let inner = rest.trim_start_matches(is_open);
    let word = inner.split(|c| is_open(c) || is_close(c)).next().unwrap_or_default();
    let behind = inner.get(word.len()..).unwrap_or_default();
    let closed = behind.len() - behind.trim_start_matches(is_close).len();
    let opened = rest.len() - inner.len();
    if closed == 0 || word.chars().count() > LONGEST {
        return (opened, None);
    }
    (opened + word.len() + closed, Placeholder::read(word))
}

/// Other brackets are a gap only around a placeholder's word.
fn named(rest: &str, open: char) -> (usize, Option<Placeholder>) {
    let close = match open {
        '[' => ']',
        '<' => '>',
        '【' => '】',
        _ => '》',
    };
    let inner = rest.get(open.len_utf8()..).unwrap_or_default();
    let word = inner.split_once(close).map(|(word, _)| word).filter(|word| word.chars().count() <= LONGEST);
    match word.and_then(|word| Some((word, Placeholder::read(word)?))) {
        Some((word, placeholder)) => (open.len_utf8() + word.len() + close.len_utf8(), Some(placeholder)),
        None => (0, None),
    }
}

/// Two or more of a filler; letters only where they are no part of a word or size (XXL).
fn run(rest: &str, filler: char, before: &str) -> usize {
    let is_same = |c: char| c == filler || (filler.is_ascii_alphabetic() && c.eq_ignore_ascii_case(&filler));
    let behind = rest.trim_start_matches(is_same);
    let length = rest.len() - behind.len();
    let is_in_word = |c: Option<char>| filler.is_ascii_alphabetic() && c.is_some_and(|c| c.is_ascii_alphanumeric());
    let is_part = is_in_word(before.chars().next_back()) || is_in_word(behind.chars().next());
    if length < 2 * filler.len_utf8() || is_part { 0 } else { length }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(&str, bool)> {
        gaps(text).into_iter().map(|gap| (text.get(gap.at).unwrap(), gap.placeholder.is_some())).collect()
    }

    #[test]
    fn what_was_left_open_is_found() {
        assert_eq!(found("{称呼}，{{name}}的{新品}"), vec![("{称呼}", true), ("{{name}}", true), ("{新品}", false)]);
        assert_eq!(found("XX总，xxx店，___和**"), vec![("XX", false), ("xxx", false), ("___", false), ("**", false)]);
        assert_eq!(found("[店名]【公司】<name>"), vec![("[店名]", true), ("【公司】", true), ("<name>", true)]);
        assert_eq!(found("a}b{c"), vec![("}", false), ("{", false)]);
    }

    #[test]
    fn what_is_written_on_purpose_is_none() {
        for text in ["【青山商贸】", "XXL和Maxxi", "2×3", "5*6", "《合同》", "a < b > c", "x", "[OK]"] {
            assert_eq!(found(text), vec![], "{text}");
        }
    }

    #[test]
    fn a_brace_that_closes_far_away_is_a_brace() {
        let text = format!("{{{}}}", "长".repeat(30));
        assert_eq!(found(&text).len(), 2);
    }
}
