//! What the help texts are made of (D0 33, 48, 54-58, 60, 66, 71-83, D2 232-237). The texts are files of their own
//! (`public/help/zh.json`, `en.json`), fetched when one is opened: both languages have every topic, in this order.

use serde::{Deserialize, Serialize};

/// What there is help on; a page asks for it by this name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// After material was sent (D0 33).
    Questions,
    /// Persistence, and four ways of cooling (D0 55-57, 81).
    WhyPersist,
    /// Six parts (D0 58).
    HowFollow,
    /// Seven; a card's key is the name of a [`super::touch::Strategy`] (D0 72, 73).
    Strategies,
    /// Six sentences (D0 66).
    Phrases,
    /// D0 77, 81, 82.
    Calls,
    /// Occasions for a contact (D0 71, 74, 76).
    Excuses,
    /// D0 68, 75.
    Frequency,
    /// A card's key is the name of a [`super::channel::Channel`] (D0 48, D2 235, 237).
    Channels,
    /// By tier and age (D0 60).
    Needs,
    /// D0 79, 80, D2 234, D4 229.
    PreVisit,
    /// Why they do not buy (D0 83).
    Objections,
    /// D0 77.
    Conduct,
    /// Why a talk failed (D2 232).
    Barriers,
    /// D2 233, 234.
    Talk,
    /// D2 236.
    ExactAndPrompt,
    /// D0 54.
    AfterSale,
}

impl Topic {
    pub const ALL: [Topic; 17] = [
        Topic::Questions,
        Topic::WhyPersist,
        Topic::HowFollow,
        Topic::Strategies,
        Topic::Phrases,
        Topic::Calls,
        Topic::Excuses,
        Topic::Frequency,
        Topic::Channels,
        Topic::Needs,
        Topic::PreVisit,
        Topic::Objections,
        Topic::Conduct,
        Topic::Barriers,
        Topic::Talk,
        Topic::ExactAndPrompt,
        Topic::AfterSale,
    ];

    /// Its name in an address and in the files.
    pub fn word(self) -> &'static str {
        match self {
            Topic::Questions => "questions",
            Topic::WhyPersist => "why_persist",
            Topic::HowFollow => "how_follow",
            Topic::Strategies => "strategies",
            Topic::Phrases => "phrases",
            Topic::Calls => "calls",
            Topic::Excuses => "excuses",
            Topic::Frequency => "frequency",
            Topic::Channels => "channels",
            Topic::Needs => "needs",
            Topic::PreVisit => "pre_visit",
            Topic::Objections => "objections",
            Topic::Conduct => "conduct",
            Topic::Barriers => "barriers",
            Topic::Talk => "talk",
            Topic::ExactAndPrompt => "exact_and_prompt",
            Topic::AfterSale => "after_sale",
        }
    }

    /// The topic of an address.
    pub fn of(word: &str) -> Option<Topic> {
        Topic::ALL.into_iter().find(|topic| topic.word() == word)
    }
}

/// Help on one topic.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Section {
    pub id: Topic,
    pub title: String,
    pub body: Vec<Part>,
}

/// A piece of a section, drawn from top to bottom.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    Text(String),
    List(Vec<String>),
    Card(Card),
}

/// One of several things beside each other. What does not apply is empty.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Card {
    /// The same in both languages, one a section.
    pub key: String,
    pub name: String,
    pub what: String,
    #[serde(default)]
    pub when: String,
    /// A sentence as it may be said.
    #[serde(default)]
    pub say: String,
    #[serde(default)]
    pub risk: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_topic_has_one_name_in_addresses_and_files() {
        for topic in Topic::ALL {
            assert_eq!(serde_json::to_string(&topic).unwrap(), format!("\"{}\"", topic.word()));
            assert_eq!(Topic::of(topic.word()), Some(topic));
        }
        assert_eq!(Topic::of("Strategies"), None);
    }
}
