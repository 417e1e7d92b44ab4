//! Finds where a JSON value begins and ends without reading what is in it: objects and lists of a big file one member at a time.
//! The record readers are strict about what is inside.

use crate::archive::strict::MAX_DEPTH;

/// The longest key, in bytes as written: ours are words and ids.
const KEY_MAX: usize = 1_000;

/// A place in a JSON text.
#[derive(Clone, Copy, Debug)]
pub struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

/// Why a text is not the JSON that was expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// It ends too early.
    Ended,
    /// At this byte.
    Unexpected(usize),
}

impl<'a> Cursor<'a> {
    pub fn new(text: &'a str) -> Cursor<'a> {
        Cursor { text, at: 0 }
    }

    /// The byte it stands at.
    pub fn at(&self) -> usize {
        self.at
    }

    fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        while matches!(bytes.get(self.at), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            self.at += 1;
        }
        bytes.get(self.at).copied()
    }

    /// Steps over one sign of JSON.
    pub fn expect(&mut self, sign: u8) -> Result<(), Broken> {
        if self.steps_over(sign)? { Ok(()) } else { Err(Broken::Unexpected(self.at)) }
    }

    /// Steps over `sign` if it comes next.
    pub fn steps_over(&mut self, sign: u8) -> Result<bool, Broken> {
        let found = self.peek().ok_or(Broken::Ended)? == sign;
        if found {
            self.at += 1;
        }
        Ok(found)
    }

    /// Whether nothing but blanks is left.
    pub fn is_over(&mut self) -> bool {
        self.peek().is_none()
    }

    /// The key of a member, with its colon.
    pub fn key(&mut self) -> Result<String, Broken> {
        let from = self.at;
        if self.peek().ok_or(Broken::Ended)? != b'"' {
            return Err(Broken::Unexpected(self.at));
        }
        let raw = self.value()?;
        if raw.len() > KEY_MAX {
            return Err(Broken::Unexpected(from));
        }
        self.expect(b':')?;
        serde_json::from_str(raw).map_err(|_| Broken::Unexpected(from))
    }

    /// The text of the value that comes next.
    pub fn value(&mut self) -> Result<&'a str, Broken> {
        self.peek().ok_or(Broken::Ended)?;
        let from = self.at;
        let bytes = self.text.as_bytes();
        let mut depth = 0_usize;
        loop {
            match bytes.get(self.at).ok_or(Broken::Ended)? {
                b'"' => self.step_over_string()?,
                b'{' | b'[' => {
                    depth += 1;
                    if depth > MAX_DEPTH {
                        return Err(Broken::Unexpected(self.at));
                    }
                    self.at += 1;
                }
                b'}' | b']' => {
                    // A value that ends before it began.
                    depth = depth.checked_sub(1).ok_or(Broken::Unexpected(self.at))?;
                    self.at += 1;
                }
                b',' | b':' | b' ' | b'\t' | b'\r' | b'\n' if depth > 0 => {
                    self.at += 1;
                    continue;
                }
                b'0'..=b'9' | b'a'..=b'z' | b'-' | b'+' | b'.' | b'E' => {
                    while matches!(bytes.get(self.at), Some(b'0'..=b'9' | b'a'..=b'z' | b'-' | b'+' | b'.' | b'E')) {
                        self.at += 1;
                    }
                }
                _ => return Err(Broken::Unexpected(self.at)),
            }
            if depth == 0 {
                return self.text.get(from..self.at).ok_or(Broken::Unexpected(from));
            }
        }
    }

    fn step_over_string(&mut self) -> Result<(), Broken> {
        let bytes = self.text.as_bytes();
        self.at += 1;
        loop {
            match bytes.get(self.at).ok_or(Broken::Ended)? {
                b'"' => {
                    self.at += 1;
                    return Ok(());
                }
                b'\\' => self.at += 2,
                _ => self.at += 1,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_whole() {
        let text = r#" { "a" : [1, "]}", {"b":"\"]"}], "c": -1.5e3 } tail"#;
        let mut cursor = Cursor::new(text);
        assert_eq!(cursor.value().unwrap(), r#"{ "a" : [1, "]}", {"b":"\"]"}], "c": -1.5e3 }"#);
        let mut cursor = Cursor::new(r#"{"a":true,"b":[]}"#);
        cursor.expect(b'{').unwrap();
        assert_eq!((cursor.key().unwrap().as_str(), cursor.value().unwrap()), ("a", "true"));
        cursor.expect(b',').unwrap();
        assert_eq!((cursor.key().unwrap().as_str(), cursor.value().unwrap()), ("b", "[]"));
        cursor.expect(b'}').unwrap();
        assert!(cursor.is_over());
    }

    #[test]
    fn a_text_that_ends_is_told_from_one_that_is_wrong() {
        for cut in ["", "{", r#"{"a"#, r#"{"a":["#, r#""x\"#] {
            assert_eq!(Cursor::new(cut).value(), Err(Broken::Ended), "{cut}");
        }
        assert_eq!(Cursor::new("]").value(), Err(Broken::Unexpected(0)));
        assert_eq!(Cursor::new("{\"a\":?}").value(), Err(Broken::Unexpected(5)));
        let deep = "[".repeat(MAX_DEPTH + 1);
        assert_eq!(Cursor::new(&deep).value(), Err(Broken::Unexpected(MAX_DEPTH)));
    }
}
