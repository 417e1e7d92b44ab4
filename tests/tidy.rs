//! The house rules as tests: layers, a tour line at every file's top, file length, no words outside the locale files.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

use std::fs;
use std::path::{Path, PathBuf};

/// A layer and what must not appear in it: what stands right of it, and what belongs to the outside world.
const FORBIDDEN: &[(&str, &[&str])] = &[
    (
        "domain",
        &[
            "leptos",
            "web_sys",
            "js_sys",
            "wasm_bindgen",
            "serde_json",
            "gloo",
            "idb::",
            "f32",
            "f64",
            "::now(",
            "now_v7",
            "SystemTime",
            "Instant",
            "rand::",
            "crate::archive",
            "crate::keep",
            "crate::store",
            "crate::state",
            "crate::ui",
        ],
    ),
    (
        "archive",
        &[
            "leptos",
            "web_sys",
            "js_sys",
            "wasm_bindgen",
            "gloo",
            "idb::",
            "::now(",
            "crate::keep",
            "crate::store",
            "crate::state",
            "crate::ui",
        ],
    ),
    (
        "keep",
        &["leptos", "web_sys", "js_sys", "wasm_bindgen", "gloo", "idb::", "::now(", "now_v7", "crate::store", "crate::state", "crate::ui"],
    ),
    ("store", &["leptos", "crate::state", "crate::ui"]),
    ("errand", &["leptos", "crate::ui", "state::app", "HtmlElement"]),
    ("state", &["view!", "leptos_router", "crate::ui", "HtmlElement"]),
    ("ui", &["crate::store", "crate::keep", "crate::archive", "inner_html", "set_inner_html"]),
];

/// Files that are longer than 400 lines, each with its reason.
const LONG: &[(&str, &str)] = &[];

fn sources(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            found.push((path, text));
        }
    }
    found
}

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn without_comments_and_tests(text: &str) -> String {
    let code = text.split("#[cfg(test)]").next().unwrap();
    code.lines().map(|line| line.split("//").next().unwrap()).collect::<Vec<_>>().join("\n")
}

#[test]
fn no_layer_knows_what_is_right_of_it() {
    let mut wrong = Vec::new();
    for (layer, forbidden) in FORBIDDEN {
        let files = sources(&src().join(layer));
        assert!(!files.is_empty(), "{layer} is empty");
        for (path, text) in files {
            let code = without_comments_and_tests(&text);
            for word in forbidden.iter().filter(|word| code.contains(**word)) {
                wrong.push(format!("{}: {word}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_says_what_it_is_for() {
    for (path, text) in sources(&src()) {
        assert!(text.starts_with("//! "), "{} does not begin with //!", path.display());
    }
}

#[test]
fn no_file_has_grown_two_ideas() {
    for (path, text) in sources(&src()) {
        let lines = text.lines().count();
        let excused = LONG.iter().any(|(name, _)| path.ends_with(name));
        assert!(lines <= 400 || excused, "{} has {lines} lines", path.display());
    }
    for (path, _) in sources(&src()) {
        let stem = path.file_stem().unwrap().to_str().unwrap();
        assert!(!["utils", "util", "helpers", "common", "types", "misc"].contains(&stem), "{} is named for nothing", path.display());
    }
}

/// Words that are not for a person: units of measure of the browser, the digits of a picture.
const NOT_WORDS: &[&str] = &["+5"];

#[test]
fn no_words_stand_in_a_view() {
    let mut wrong = Vec::new();
    for (path, text) in sources(&src().join("ui")) {
        let code = without_comments_and_tests(&text);
        let is_dictionary = path.ends_with("say.rs");
        for (number, line) in code.lines().enumerate() {
            let has_chinese = line.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
            if has_chinese && !is_dictionary {
                wrong.push(format!("{}:{}: {}", path.display(), number + 1, line.trim()));
            }
            // A child of an element: a quoted text right behind a tag or alone on its line.
            let trimmed = line.trim();
            let mut children: Vec<&str> = line.match_indices(">\"").map(|(at, _)| &line[at + 2..]).collect();
            if trimmed.starts_with('"') && trimmed.ends_with('"') && trimmed.len() > 2 {
                children.push(&trimmed[1..]);
            }
            for child in children {
                let words = child.split('"').next().unwrap();
                // A class or an id is lower case; a sentence is not.
                if words.starts_with(|c: char| c.is_uppercase() || c > '\u{2e80}') && !NOT_WORDS.contains(&words) {
                    wrong.push(format!("{}:{}: {words}", path.display(), number + 1));
                }
            }
            for attribute in ["aria-label=\"", "placeholder=\"", "title=\"", "alt=\""] {
                let written = line.split_once(attribute).map_or("", |(_, after)| after.split('"').next().unwrap());
                if written.chars().any(char::is_alphabetic) {
                    wrong.push(format!("{}:{}: {attribute}", path.display(), number + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_view_carries_an_inline_style() {
    for (path, text) in sources(&src().join("ui")) {
        assert!(!without_comments_and_tests(&text).contains(" style=\""), "{}: the policy forbids it", path.display());
    }
}
