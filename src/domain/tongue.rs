//! The languages in which the app writes for a shop: messages, templates, demonstration. What the pages say is not here but in
//! `locales/`; a message keeps the language it was written in whatever the pages speak.

use serde::{Deserialize, Serialize};

/// The language of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tongue {
    Chinese,
    English,
}

impl Tongue {
    pub const ALL: [Tongue; 2] = [Tongue::Chinese, Tongue::English];
}

/// Whether a character is a Chinese one.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3fffd}')
}

/// The language of a written text: one Chinese character makes it Chinese.
pub fn of(text: &str) -> Tongue {
    if text.chars().any(is_han) { Tongue::Chinese } else { Tongue::English }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_chinese_character_makes_a_text_chinese() {
        assert_eq!(
            (of("Hi 王"), of("Hi, see you!"), of("👍，"), of("")),
            (Tongue::Chinese, Tongue::English, Tongue::English, Tongue::English)
        );
        assert_eq!(of("𠮷"), Tongue::Chinese, "outside the first plane");
    }
}
