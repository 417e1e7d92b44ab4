//! The two languages are complete: same keys, same values asked for, nothing empty, nothing left untranslated, and every call in
//! the pages gives exactly the values its text asks for.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

type Texts = BTreeMap<String, String>;

fn texts(language: &str) -> Texts {
    let path = format!("{}/locales/{language}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// The `{names}` in a text.
fn values(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').expect("an open brace is closed");
        assert!(!name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '_'), "odd name {name} in {text}");
        found.insert(name.to_owned());
        rest = after;
    }
    found
}

/// Where the languages ask for different values on purpose.
const DIFFERENT_VALUES: &[&str] = &["packed_both"];
/// Texts that are the same in both: no word in them.
const SAME: &[&str] = &["price_per_none"];

#[test]
fn both_languages_have_the_same_keys() {
    let (chinese, english) = (texts("zh-CN"), texts("en"));
    let keys = |texts: &Texts| texts.keys().cloned().collect::<BTreeSet<_>>();
    let only = |a: &Texts, b: &Texts| keys(a).difference(&keys(b)).cloned().collect::<Vec<_>>();
    assert_eq!(only(&chinese, &english), Vec::<String>::new(), "missing in English");
    assert_eq!(only(&english, &chinese), Vec::<String>::new(), "missing in Chinese");
}

#[test]
fn both_languages_ask_for_the_same_values() {
    let english = texts("en");
    for (key, text) in texts("zh-CN") {
        if !DIFFERENT_VALUES.contains(&key.as_str()) {
            assert_eq!(values(&text), values(&english[&key]), "{key}");
        }
    }
}

#[test]
fn nothing_is_empty_or_left_untranslated() {
    let english = texts("en");
    let is_chinese = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    for (key, text) in texts("zh-CN") {
        let other = &english[&key];
        assert!(!text.trim().is_empty() && !other.trim().is_empty(), "{key} is empty");
        assert!(!is_chinese(other), "{key} is Chinese in English: {other}");
        let bare: String = values(other).iter().fold(other.clone(), |bare, name| bare.replace(&format!("{{{name}}}"), ""));
        let only_values = !bare.chars().any(char::is_alphabetic);
        assert!(text != *other || only_values || SAME.contains(&key.as_str()), "{key} is the same in both: {text}");
        assert!(!text.contains("{{") && !other.contains("{{"), "{key}: values stand in single braces");
    }
}

#[test]
fn chinese_uses_its_own_punctuation() {
    for (key, text) in texts("zh-CN") {
        let letters: Vec<char> = text.chars().collect();
        for pair in letters.windows(2) {
            let after_chinese = ('\u{4e00}'..='\u{9fff}').contains(&pair[0]);
            assert!(!(after_chinese && [',', ';', '!', '?'].contains(&pair[1])), "{key}: {text}");
        }
    }
}

/// One use of a text in the pages: its key and the names of the values given.
fn uses() -> Vec<(String, BTreeSet<String>, String)> {
    fn walk(folder: &Path, found: &mut Vec<(String, BTreeSet<String>, String)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.file_name().is_some_and(|name| name != "texts.rs") {
                let text = fs::read_to_string(&path).unwrap();
                for opening in ["tr!(", "trn!(", "tx!("] {
                    for (at, _) in text.match_indices(opening) {
                        // `tr!(` is also the tail of another macro's name.
                        if at > 0 && text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
                            continue;
                        }
                        let arguments = balanced(&text[at + opening.len()..]);
                        let mut parts = split_arguments(arguments).into_iter();
                        assert_eq!(parts.next().unwrap().trim(), "app", "{}", path.display());
                        let keys = parts.next().unwrap();
                        let names: BTreeSet<String> =
                            parts.filter_map(|part| part.split_once('=').map(|(name, _)| name.trim().to_owned())).collect();
                        for key in keys.split('|') {
                            found.push((key.trim().to_owned(), names.clone(), path.display().to_string()));
                        }
                    }
                }
            }
        }
    }
    let mut found = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ui"), &mut found);
    found
}

/// What stands before the closing bracket that belongs to the opening one before `text`.
fn balanced(text: &str) -> &str {
    let mut depth = 1;
    let mut in_text = false;
    for (at, c) in text.char_indices() {
        match c {
            '"' => in_text = !in_text,
            '(' | '[' | '{' if !in_text => depth += 1,
            ')' | ']' | '}' if !in_text => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return &text[..at];
        }
    }
    panic!("a bracket is not closed");
}

fn split_arguments(text: &str) -> Vec<String> {
    let (mut depth, mut in_text, mut parts) = (0, false, vec![String::new()]);
    for c in text.chars() {
        match c {
            '"' => in_text = !in_text,
            '(' | '[' | '{' if !in_text => depth += 1,
            ')' | ']' | '}' if !in_text => depth -= 1,
            ',' if depth == 0 && !in_text => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        parts.last_mut().unwrap().push(c);
    }
    parts.into_iter().filter(|part| !part.trim().is_empty()).collect()
}

#[test]
fn every_call_gives_the_values_its_text_asks_for() {
    let (chinese, english) = (texts("zh-CN"), texts("en"));
    let uses = uses();
    assert!(uses.len() > 200, "only {} uses found: the search is broken", uses.len());
    for (key, given, path) in &uses {
        let asked: BTreeSet<String> = values(&chinese[key]).union(&values(&english[key])).cloned().collect();
        assert_eq!(*given, asked, "{key} in {path}");
    }
}

#[test]
fn every_text_is_used() {
    let used: BTreeSet<String> = uses().into_iter().map(|(key, ..)| key).collect();
    let unused: Vec<String> = texts("en").into_keys().filter(|key| !used.contains(key)).collect();
    assert_eq!(unused, Vec::<String>::new());
}
