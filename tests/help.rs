//! The help texts are complete in both languages: the same topics and cards, nothing empty, nothing untranslated, small, and part of
//! what is kept for use without a network.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

use shelfwise::domain::channel::Channel;
use shelfwise::domain::help::{Card, Part, Section, Topic};
use shelfwise::domain::tongue::is_han;
use shelfwise::domain::touch::Strategy;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

fn path(name: &str) -> String {
    format!("{}/{name}", env!("CARGO_MANIFEST_DIR"))
}

fn sections(language: &str) -> Vec<Section> {
    serde_json::from_str(&fs::read_to_string(path(&format!("public/help/{language}.json"))).unwrap()).unwrap()
}

fn texts(section: &Section) -> Vec<&str> {
    let body = section.body.iter().flat_map(|part| match part {
        Part::Text(text) => vec![text.as_str()],
        Part::List(list) => list.iter().map(String::as_str).collect(),
        Part::Card(Card { name, what, when, say, risk, .. }) => {
            [name, what, when, say, risk].into_iter().filter(|text| !text.is_empty()).map(String::as_str).collect()
        }
    });
    [section.title.as_str()].into_iter().chain(body).collect()
}

fn cards(section: &Section) -> Vec<&Card> {
    section.body.iter().filter_map(|part| if let Part::Card(card) = part { Some(card) } else { None }).collect()
}

fn of(sections: &[Section], topic: Topic) -> &Section {
    sections.iter().find(|section| section.id == topic).unwrap()
}

#[test]
fn both_languages_have_every_topic_once_and_in_one_order() {
    for language in ["zh", "en"] {
        assert_eq!(sections(language).iter().map(|section| section.id).collect::<Vec<_>>(), Topic::ALL, "{language}");
    }
}

#[test]
fn both_languages_have_the_same_parts_and_cards() {
    for (chinese, english) in sections("zh").iter().zip(&sections("en")) {
        let shape = |section: &Section| -> Vec<String> {
            let of = |part: &Part| match part {
                Part::Text(_) => "text".to_owned(),
                Part::List(list) => format!("{} items", list.len()),
                Part::Card(Card { key, when, say, risk, .. }) => {
                    format!("{key} {} {} {}", when.is_empty(), say.is_empty(), risk.is_empty())
                }
            };
            section.body.iter().map(of).collect()
        };
        assert_eq!(shape(chinese), shape(english), "{:?}", chinese.id);
        let keys: BTreeSet<&str> = cards(chinese).iter().map(|card| card.key.as_str()).collect();
        assert_eq!(keys.len(), cards(chinese).len(), "{:?}", chinese.id);
    }
}

#[test]
fn nothing_is_empty_or_the_same_in_both() {
    let (chinese, english) = (sections("zh"), sections("en"));
    let all = |sections: &[Section]| -> Vec<String> {
        sections.iter().flat_map(|section| texts(section).into_iter().map(str::to_owned).collect::<Vec<_>>()).collect()
    };
    let (chinese, english) = (all(&chinese), all(&english));
    assert_eq!(chinese.len(), english.len());
    for (chinese, english) in chinese.iter().zip(&english) {
        assert!(!chinese.trim().is_empty() && !english.trim().is_empty(), "{chinese} / {english}");
        assert!(chinese.chars().any(is_han), "not Chinese: {chinese}");
        assert!(!english.chars().any(is_han) && english.chars().any(char::is_alphabetic), "not English: {english}");
        let wide = ['，', '。', '！', '？', '；', '：', '“', '”'];
        assert!(!english.contains(wide), "{english}");
        assert!(!chinese.contains([',', ';', '!', '?', ':', '"']), "{chinese}");
    }
    for all in [&chinese, &english] {
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len(), "a text stands twice");
    }
}

#[test]
fn a_language_is_at_most_12_kilobytes_and_a_section_can_be_read_at_a_counter() {
    // A card is read by itself.
    for (language, most, most_of_card) in [("zh", 300, 100), ("en", 1_000, 300)] {
        let bytes = fs::metadata(path(&format!("public/help/{language}.json"))).unwrap().len();
        assert!(bytes <= 12 * 1024, "{language}: {bytes}");
        for section in sections(language) {
            let of_cards: Vec<usize> = cards(&section)
                .iter()
                .map(|card| [&card.name, &card.what, &card.when, &card.say, &card.risk].iter().map(|text| text.chars().count()).sum())
                .collect();
            let rest = texts(&section).iter().map(|text| text.chars().count()).sum::<usize>() - of_cards.iter().sum::<usize>();
            assert!(rest <= most, "{language} {:?}: {rest}", section.id);
            assert!(of_cards.iter().all(|letters| *letters <= most_of_card), "{language} {:?}: {of_cards:?}", section.id);
        }
    }
}

#[test]
fn each_strategy_has_all_its_parts_and_each_channel_its_card() {
    let name = |value: serde_json::Value| value.as_str().unwrap().to_owned();
    for language in ["zh", "en"] {
        let sections = sections(language);
        let keys = |topic| cards(of(&sections, topic)).iter().map(|card| card.key.clone()).collect::<Vec<_>>();
        let strategies = Strategy::ALL.map(|strategy| name(serde_json::to_value(strategy).unwrap()));
        assert_eq!(keys(Topic::Strategies), strategies);
        for card in cards(of(&sections, Topic::Strategies)) {
            assert!([&card.what, &card.when, &card.say, &card.risk].iter().all(|text| !text.is_empty()), "{}", card.name);
        }
        assert_eq!(keys(Topic::Channels), Channel::ALL.map(|channel| name(serde_json::to_value(channel).unwrap())));
        let tiers = ["high", "mid", "low"].into_iter().flat_map(|tier| ["young", "middle", "old"].map(|age| format!("{tier}_{age}")));
        assert_eq!(keys(Topic::Needs), tiers.collect::<Vec<_>>());
    }
}

#[test]
fn the_counts_that_the_method_names_are_kept() {
    for language in ["zh", "en"] {
        let sections = sections(language);
        let longest = |topic| {
            let lists =
                of(&sections, topic).body.iter().filter_map(|part| if let Part::List(list) = part { Some(list.len()) } else { None });
            lists.max().unwrap()
        };
        for (topic, count) in
            [(Topic::Questions, 3), (Topic::HowFollow, 6), (Topic::Phrases, 6), (Topic::Conduct, 5), (Topic::Barriers, 4), (Topic::Talk, 6)]
        {
            assert_eq!(longest(topic), count, "{language} {topic:?}");
        }
    }
}

#[test]
fn the_texts_are_copied_beside_the_page_and_listed_for_use_without_a_network() {
    let page = fs::read_to_string(path("index.html")).unwrap();
    assert!(page.contains(r#"<link data-trunk rel="copy-dir" href="public/help" />"#));
    // The service worker keeps every file of the site but these.
    let build = fs::read_to_string(path("scripts/post-build.mjs")).unwrap();
    assert!(build.contains("new Set(['sw.js', '404.html', '_headers', '_redirects', 'index.html'])"));
}

#[test]
fn a_page_calls_a_topic_as_its_text_does() {
    for (language, locale) in [("zh", "zh-CN"), ("en", "en")] {
        let texts: BTreeMap<String, String> =
            serde_json::from_str(&fs::read_to_string(path(&format!("locales/{locale}.json"))).unwrap()).unwrap();
        for section in sections(language) {
            assert_eq!(texts[&format!("help_{}", section.id.word())], section.title, "{language}");
        }
    }
}
