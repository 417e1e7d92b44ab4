//! The law of duplicates as a property: the pairs in a list, found without comparing all with all, are those that comparing finds.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used)]

use proptest::prelude::*;
use shelfwise::domain::duplicates::{Candidate, like, pairs};
use shelfwise::domain::hanzi::Hanzi;

/// Names of few characters, so that they are near each other in every way: runs, digits, names below the shortest.
fn name() -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select("民民惠副萬1一·".chars().collect::<Vec<_>>()), 0..7).prop_map(String::from_iter)
}

fn phone() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(vec!["", "", "", "", "13800138000", "+86 138 0013 8000", "123456"])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 5_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_pairs_of_a_list_are_those_that_comparing_all_with_all_finds(texts in proptest::collection::vec((name(), phone()), 0..6)) {
        let hanzi = Hanzi::default();
        let shops: Vec<_> = texts.iter().enumerate().map(|(id, (name, phone))| Candidate { id, name, phone }).collect();
        let mut expected = Vec::new();
        for (at, shop) in shops.iter().enumerate() {
            expected.extend(shops.iter().skip(at + 1).flat_map(|other| {
                like(&hanzi, shop.name, shop.phone, &[*other]).into_iter().map(|(id, alike)| (shop.id, id, alike))
            }));
        }
        let mut found = pairs(&hanzi, &shops);
        prop_assert!(found.is_sorted_by_key(|(_, _, alike)| *alike), "strong reasons first");
        found.sort_unstable();
        prop_assert_eq!(found, expected);
    }
}
