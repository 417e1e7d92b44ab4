//! Finding a shop or product by what a rep remembers of it: a part of the name, code, area or phone, or the first letters of its
//! pinyin; whatever the case, width or script. A text and a search go through the same folding, so what is found in a list is what
//! gets marked on screen.

use super::hanzi::{Hanzi, Initials};
use std::ops::Range;

/// Words that a search looks at; a pasted page has more.
const WORDS_MAX: usize = 8;
/// Between the texts of a key. No word holds it, so none is found across two texts.
const BETWEEN: Unit = Unit { letter: '\0', initials: Initials::NONE };

/// A letter, digit or Chinese character, folded, with the letters it may be typed as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Unit {
    letter: char,
    /// In a text: of the Chinese character. In a word: the latin letter itself.
    initials: Initials,
}

impl Unit {
    fn meets(self, word: Unit) -> bool {
        self.letter == word.letter || self.initials.meets(word.initials)
    }
}

/// The texts a record is found by, folded once; made anew when the record changes or the table arrives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key(Vec<Unit>);

impl Key {
    pub fn new(hanzi: &Hanzi, texts: &[&str]) -> Key {
        let mut key = Vec::with_capacity(texts.iter().map(|text| text.len() / 2 + 1).sum());
        for text in texts {
            key.extend(units(hanzi, text).map(|(_, unit)| unit));
            key.push(BETWEEN);
        }
        key.shrink_to_fit();
        Key(key)
    }
}

/// A search as typed, folded once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// None of them empty.
    words: Vec<Vec<Unit>>,
}

impl Query {
    /// Words may stand in any order; each must be found. Punctuation is no part of a word, as it is none of a text.
    pub fn new(hanzi: &Hanzi, raw: &str) -> Query {
        let folded = |word| letters(hanzi, word).map(|letter| Unit { letter, initials: Initials::of(letter) }).collect::<Vec<_>>();
        Query { words: raw.split_whitespace().map(folded).filter(|word| !word.is_empty()).take(WORDS_MAX).collect() }
    }

    /// Whether nothing is looked for, so everything is found.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether every word is in one of the key's texts.
    pub fn finds(&self, key: &Key) -> bool {
        self.words.iter().all(|word| key.0.windows(word.len()).any(|units| begins(units.iter().copied(), word)))
    }

    /// Where the words are in `text`, in bytes of it: ascending, not touching, on character boundaries. What is skipped inside a
    /// word's hit belongs to it: `jsl` marks `建设·路` as one.
    pub fn hits(&self, hanzi: &Hanzi, text: &str) -> Vec<Range<usize>> {
        let units: Vec<(Range<usize>, Unit)> = units(hanzi, text).collect();
        let mut hits: Vec<Range<usize>> = Vec::new();
        for (at, (first, _)) in units.iter().enumerate() {
            let rest = units.get(at..).unwrap_or_default();
            let found = self.words.iter().filter(|word| begins(rest.iter().map(|(_, unit)| *unit), word)).map(Vec::len).max();
            let Some((last, _)) = found.and_then(|length| rest.get(length - 1)) else { continue };
            match hits.last_mut() {
                Some(hit) if hit.end >= first.start => hit.end = hit.end.max(last.end),
                _ => hits.push(first.start..last.end),
            }
        }
        hits
    }
}

/// Whether the text's units begin with the word.
fn begins(mut units: impl Iterator<Item = Unit>, word: &[Unit]) -> bool {
    word.iter().all(|wanted| units.next().is_some_and(|unit| unit.meets(*wanted)))
}

/// What of a text takes part in a search, with its place: letters, digits, Chinese; in lower case, half width, simplified script.
fn units(hanzi: &Hanzi, text: &str) -> impl Iterator<Item = (Range<usize>, Unit)> {
    text.char_indices().flat_map(move |(start, original)| {
        let place = start..start + original.len_utf8();
        // Of the character as written: a traditional one has readings that its simplified form lost.
        let initials = hanzi.initials(original);
        let folded = half_width(original).to_lowercase().filter(|c| c.is_alphanumeric());
        folded.map(move |c| (place.clone(), Unit { letter: hanzi.simplified(c), initials }))
    })
}

/// A text without what does not tell it from another: case, width, script, punctuation, blanks.
pub fn letters(hanzi: &Hanzi, text: &str) -> impl Iterator<Item = char> {
    units(hanzi, text).map(|(_, unit)| unit.letter)
}

/// Lower case, half width, nothing invisible: for words that a program knows, such as the headers of a file.
pub fn fold(text: &str) -> String {
    text.chars().filter(|c| !super::text::is_invisible(*c)).map(half_width).flat_map(char::to_lowercase).collect()
}

/// The half-width form of an ASCII character written in full width; any other character is its own.
pub(super) fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '\u{3000}' => ' ',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::super::hanzi::shipped;
    use super::*;

    const SHOP: &[&str] = &["惠民副食·建设路店", "C0128", "Germany", "138-0013 8000"];

    fn found(query: &str, texts: &[&str]) -> bool {
        let hanzi = shipped();
        Query::new(&hanzi, query).finds(&Key::new(&hanzi, texts))
    }

    fn marked(query: &str, text: &str) -> String {
        let hanzi = shipped();
        let mut marked = text.to_owned();
        for hit in Query::new(&hanzi, query).hits(&hanzi, text).into_iter().rev() {
            marked.insert(hit.end, ']');
            marked.insert(hit.start, '[');
        }
        marked
    }

    #[test]
    fn words_are_found_in_any_order_case_width_and_script() {
        for hit in ["", " ", "惠民", "c0128", "Ｃ０１２８", "建设 惠民", "GERM", "惠民　建設", "C-0128", "惠\u{200b}民"] {
            assert!(found(hit, SHOP), "{hit}");
        }
        for miss in ["惠民 二店", "C0129", "店c0128", "食 食食"] {
            assert!(!found(miss, SHOP), "{miss}");
        }
        assert!(found("华润", &["華潤萬家"]));
    }

    #[test]
    fn first_letters_of_pinyin_find_a_name_also_mixed_with_characters() {
        for hit in ["hmfsjsl", "HMFS", "ｊｓｌｄ", "hmfs建设", "惠m副s", "hm c01", "jsl 138"] {
            assert!(found(hit, SHOP), "{hit}");
        }
        for miss in ["hmjs", "hmfsx", "huimin"] {
            assert!(!found(miss, SHOP), "{miss}");
        }
        assert!(found("hrwj", &["华润万家"]) && found("hrwj", &["華潤萬家"]));
        assert!(found("cq", &["重庆小面"]) && found("zl", &["重量级"]) && found("xm", &["厦门"]) && found("yx", &["音乐西路"]));
    }

    #[test]
    fn a_phone_is_found_whatever_stands_between_its_digits() {
        assert!(found("13800", SHOP) && found("138 8000", SHOP) && found("0013-8", SHOP));
        assert!(!found("13801", SHOP));
    }

    #[test]
    fn without_the_table_what_is_written_is_still_found() {
        let none = Hanzi::default();
        let key = Key::new(&none, SHOP);
        assert!(Query::new(&none, "副食建设 germ").finds(&key));
        assert!(!Query::new(&none, "hmfs").finds(&key));
    }

    #[test]
    fn marks_stand_where_the_words_were_found() {
        assert_eq!(marked("hmfsjsl", "惠民副食·建设路店"), "[惠民副食·建设路]店");
        assert_eq!(marked("路 惠民 民副", "惠民副食·建设路店"), "[惠民副]食·建设[路]店");
        assert_eq!(marked("13800", "电话 138-0013"), "电话 [138-00]13");
        assert_eq!(marked("i", "İx"), "[İ]x", "one character that folds to two");
        assert_eq!(marked("", "惠民"), "惠民");
        assert_eq!(marked("- ·", "惠民-1"), "惠民-1");
    }
}
