//! What JSON leaves open and the readers behind it would each decide for themselves: a key that is there twice, how deep, how long, how
//! many, numbers that no reader keeps. Asked before a text is read, over all of it, also over what the readers skip. Whether it is JSON
//! at all they say: this walks over anything.

use std::borrow::Cow;
use std::collections::BTreeSet;

/// The longest text of one record or draft, in bytes: a visit of [`super::sound::LINES_MAX`] lines.
const LONGEST: usize = 16_000_000;
/// Lists and objects within each other; a record needs six.
pub const MAX_DEPTH: usize = 32;
/// The longest string, in bytes as written. Drafts are kept as typed, so it is far above what a record may hold.
const STRING_MAX: usize = 1_000_000;
/// The most members of one list or object.
const MEMBERS_MAX: usize = 60_000;
/// The largest number, as in `docs/backup-format.md`: from 2^53 on a reader in JavaScript changes it.
const NUMBER_MAX: u64 = (1 << 53) - 1;
/// So many keys are compared one by one; above it is worth a set.
const FEW: usize = 40;

/// Why a text is not read, in words for a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    TooLong,
    TooDeep,
    StringTooLong,
    TooMany,
    /// This key.
    Twice(String),
    /// 1e999, 0.5, 2^53: our numbers are whole, and as many as every reader keeps.
    Number,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Fault::TooLong => f.write_str("the text is too long"),
            Fault::TooDeep => f.write_str("too many levels"),
            Fault::StringTooLong => f.write_str("a string is too long"),
            Fault::TooMany => f.write_str("too many members"),
            Fault::Twice(key) => write!(f, "the key {key} is there twice"),
            Fault::Number => f.write_str("a number is not whole or too large"),
        }
    }
}

/// An object or list that is open.
#[derive(Default)]
struct Open {
    members: usize,
    /// Where its keys begin in those of all that are open.
    keys_from: usize,
}

/// Walks over the text of one record.
pub fn check(text: &str) -> Result<(), Fault> {
    if text.len() > LONGEST {
        return Err(Fault::TooLong);
    }
    let bytes = text.as_bytes();
    let mut open: Vec<Open> = Vec::new();
    let mut keys: Vec<Cow<'_, str>> = Vec::new();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => {
                let end = string_end(bytes, at);
                if end - at > STRING_MAX {
                    return Err(Fault::StringTooLong);
                }
                if is_key(bytes, end) {
                    keys.push(plain(text.get(at..end).unwrap_or_default()));
                }
                at = end;
                continue;
            }
            b'{' | b'[' => {
                if open.len() == MAX_DEPTH {
                    return Err(Fault::TooDeep);
                }
                open.push(Open { members: 1, keys_from: keys.len() });
            }
            b'}' | b']' => {
                let from = open.pop().unwrap_or_default().keys_from;
                if let Some(key) = twice(keys.get(from..).unwrap_or_default()) {
                    return Err(Fault::Twice(key.chars().take(60).collect()));
                }
                keys.truncate(from);
            }
            b',' => {
                if let Some(inmost) = open.last_mut() {
                    inmost.members += 1;
                    if inmost.members > MEMBERS_MAX {
                        return Err(Fault::TooMany);
                    }
                }
            }
            b'-' | b'0'..=b'9' => {
                let end = bytes.iter().skip(at + 1).position(|byte| !is_number(*byte)).map_or(bytes.len(), |length| at + 1 + length);
                let digits = text.get(at..end).unwrap_or_default();
                let digits = digits.strip_prefix('-').unwrap_or(digits);
                if !digits.parse::<u64>().is_ok_and(|number| number <= NUMBER_MAX) {
                    return Err(Fault::Number);
                }
                at = end;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    Ok(())
}

/// Behind the closing quote of the string that begins at `from`, or the end of the text.
fn string_end(bytes: &[u8], from: usize) -> usize {
    let mut at = from + 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// Whether the string that ends before `end` has a colon behind it.
fn is_key(bytes: &[u8], end: usize) -> bool {
    let rest = bytes.get(end..).unwrap_or_default();
    rest.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b':')
}

fn is_number(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-')
}

/// A key as it is compared: `"\u006eame"` is `"name"`.
fn plain(raw: &str) -> Cow<'_, str> {
    let bare = raw.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(raw);
    if bare.contains('\\') { serde_json::from_str::<String>(raw).map_or(Cow::Borrowed(bare), Cow::Owned) } else { Cow::Borrowed(bare) }
}

/// A key that is there twice.
fn twice<'a>(keys: &'a [Cow<'_, str>]) -> Option<&'a str> {
    let mut rest = keys;
    if keys.len() > FEW {
        let mut seen = BTreeSet::new();
        return keys.iter().map(Cow::as_ref).find(|key| !seen.insert(*key));
    }
    while let [key, later @ ..] = rest {
        if later.contains(key) {
            return Some(key);
        }
        rest = later;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_is_there_twice_is_found_in_any_object_however_it_is_spelt() {
        let many: Vec<String> = (0..1000).map(|at| format!("\"k{at}\":1")).collect();
        let large = format!("{{{},\"k500\":2}}", many.join(","));
        for (text, key) in [
            (r#"{"a":1,"a":1}"#, "a"),
            (r#"{"a":{"b":[{"c":1},{"c":1,"d":2,"c":3}]}}"#, "c"),
            (r#"{"name":1, "\u006eame" : 2}"#, "name"),
            (r#"{"":1,"":2}"#, ""),
            (r#"{"店":1,"\u5e97":2}"#, "店"),
            (r#"[{"a":{"x":1},"b":2,"a":null}]"#, "a"),
            (large.as_str(), "k500"),
        ] {
            assert_eq!(check(text), Err(Fault::Twice(key.to_owned())), "{text:.60}");
        }
        let named: Vec<String> = (0..1000).map(|at| format!("\"k{at}\":{{\"k{at}\":[]}}")).collect();
        for text in [
            r#"{"a":{"a":{"a":1}},"b":{"a":1}}"#,
            r#"{"a":"a\":1,\"a","b":"a"}"#,
            r#"[{"a":1},{"a":1}]"#,
            r#"{"a":["a","a","a"]}"#,
            &format!("{{{}}}", named.join(",")),
        ] {
            assert_eq!(check(text), Ok(()), "{text:.60}");
        }
    }

    #[test]
    fn numbers_are_whole_and_no_larger_than_every_reader_keeps() {
        for number in ["0", "-0", "1", "-1000000000", "9007199254740991", "-9007199254740991"] {
            assert_eq!(check(&format!("{{\"a\":[{number}]}}")), Ok(()), "{number}");
        }
        for number in ["1e999", "-1e999", "1E5", "1e-400", "0.5", "1.0", "9007199254740992", "99999999999999999999", "-", "1-1", "--1"] {
            assert_eq!(check(&format!("{{\"a\":[{number}]}}")), Err(Fault::Number), "{number}");
        }
        assert_eq!(check(&"9".repeat(1_000_000)), Err(Fault::Number));
        assert_eq!(check(r#"{"a":"1e999 0.5","1.5":"-"}"#), Ok(()), "in a string it is a text");
    }

    #[test]
    fn depth_length_and_members_have_a_limit_that_is_still_taken() {
        let deep = |levels: usize| "[".repeat(levels) + &"]".repeat(levels);
        assert_eq!((check(&deep(MAX_DEPTH)), check(&deep(MAX_DEPTH + 1))), (Ok(()), Err(Fault::TooDeep)));
        assert_eq!(check(&"{\"a\":".repeat(1_000_000)), Err(Fault::TooDeep));
        let string = |length: usize| format!("\"{}\"", "x".repeat(length - 2));
        assert_eq!((check(&string(STRING_MAX)), check(&string(STRING_MAX + 1))), (Ok(()), Err(Fault::StringTooLong)));
        let list = |members: usize| format!("[{}1]", "1,".repeat(members - 1));
        assert_eq!((check(&list(MEMBERS_MAX)), check(&list(MEMBERS_MAX + 1))), (Ok(()), Err(Fault::TooMany)));
        assert_eq!((check(&" ".repeat(LONGEST)), check(&" ".repeat(LONGEST + 1))), (Ok(()), Err(Fault::TooLong)));
    }

    #[test]
    fn what_is_no_json_is_walked_over_without_a_panic() {
        for text in
            ["", "\"", "\"\\", "\"\\\"", "}", "]]]}", "{\"a\"", ":", ",,,", "{\"\\ud800\":1,\"\\ud800\":2}", "\u{feff}", "NaN", "-Infinity"]
        {
            let _ = check(text);
        }
        assert_eq!(check("\"a\\\\\":1"), Ok(()));
    }
}
