//! The laws of the search as properties: it finds what is there, only what is there, and marks it on character boundaries.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::string_slice)]

use proptest::prelude::*;
use shelfwise::domain::hanzi::Hanzi;
use shelfwise::domain::search::{Key, Query, letters};
use std::sync::LazyLock;

static HANZI: LazyLock<Hanzi> =
    LazyLock::new(|| Hanzi::parse(&std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/public/hanzi.bin")).unwrap()).unwrap());

/// Few characters, so that words meet; among them all that is awkward: two readings, both scripts, full width, marks that take no
/// room, one that folds to two, characters of four bytes.
fn awkward() -> impl Strategy<Value = String> {
    let characters: Vec<char> = "重重长長行单單乾万萬店hzcdwxgHZ１1２2·- （\u{200b}\u{3000}İé🙂𠮷".chars().collect();
    proptest::collection::vec(proptest::sample::select(characters), 0..12).prop_map(String::from_iter)
}

/// Half made of a few awkward characters, half of anything.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![awkward(), any::<String>()]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn marks_are_whole_characters_in_order_and_apart(raw in text(), text in text()) {
        let mut free_from = 0;
        for hit in Query::new(&HANZI, &raw).hits(&HANZI, &text) {
            prop_assert!(text.get(hit.clone()).is_some_and(|marked| !marked.is_empty()));
            prop_assert!(hit.start > free_from || hit.start == 0 && free_from == 0);
            free_from = hit.end;
        }
    }

    #[test]
    fn a_word_is_found_exactly_where_there_is_something_to_mark(raw in text(), text in text()) {
        let word: String = letters(&HANZI, &raw).collect();
        let query = Query::new(&HANZI, &word);
        prop_assume!(!query.is_empty());
        let hits = query.hits(&HANZI, &text);
        prop_assert_eq!(query.finds(&Key::new(&HANZI, &[&text])), !hits.is_empty());
        for hit in hits {
            prop_assert!(query.finds(&Key::new(&HANZI, &[&text[hit]])), "what is marked holds the word");
        }
    }

    #[test]
    fn any_part_of_a_text_finds_it_by_characters_or_first_letters(
        before in text(), part in text(), after in text(), initials in proptest::collection::vec(0..4_usize, 12),
    ) {
        let typed: String = part
            .chars()
            .filter(|c| !c.is_whitespace())
            .enumerate()
            .map(|(at, c)| HANZI.initials(c).letters().nth(initials.get(at).copied().unwrap_or(3)).unwrap_or(c))
            .collect();
        let key = Key::new(&HANZI, &["", &format!("{before}{part}{after}"), "x"]);
        prop_assert!(Query::new(&HANZI, &typed).finds(&key), "{typed}");
    }

    #[test]
    fn no_word_is_found_across_two_texts(one in awkward(), other in awkward()) {
        let word: String = letters(&HANZI, &format!("{one}{other}")).collect();
        let query = Query::new(&HANZI, &word);
        let is_in_one = [&one, &other].iter().any(|text| query.finds(&Key::new(&HANZI, &[text])));
        prop_assert_eq!(query.finds(&Key::new(&HANZI, &[&one, &other])), is_in_one);
    }
}
