//! Finding a shop or product by what a rep remembers of it: a part of the name, code, area or phone, whatever the case or width.

/// A search as typed, folded once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query(Vec<String>);

impl Query {
    /// Words may stand in any order; each must be found.
    pub fn new(raw: &str) -> Query {
        Query(fold(raw).split_whitespace().take(8).map(str::to_owned).collect())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether every word is in one of the texts.
    pub fn finds(&self, texts: &[&str]) -> bool {
        if self.is_empty() {
            return true;
        }
        let folded: Vec<String> = texts.iter().map(|text| fold(text)).collect();
        self.0.iter().all(|word| folded.iter().any(|text| text.contains(word.as_str())))
    }
}

/// Lower case, half width.
pub fn fold(text: &str) -> String {
    text.chars()
        .filter(|c| !super::text::is_invisible(*c))
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            '\u{3000}' => ' ',
            other => other,
        })
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_any_order_case_and_width() {
        let texts = ["惠民副食·建设路店", "C0128", "Germany"];
        for hit in ["", " ", "惠民", "c0128", "Ｃ０１２８", "建设 惠民", "GERM"] {
            assert!(Query::new(hit).finds(&texts), "{hit}");
        }
        for miss in ["惠民 二店", "C0129"] {
            assert!(!Query::new(miss).finds(&texts), "{miss}");
        }
    }
}
