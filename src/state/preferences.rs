//! What this device remembers beside the rep's data: language, looks, the last backup.

use crate::domain::backup::BackedUp;
use crate::store::prefs;

/// The language of the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    Chinese,
    English,
}

/// Light, dark, or as the system has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Appearance {
    #[default]
    System,
    Light,
    Dark,
}

const LANGUAGE: &str = "shelfwise.language";
const APPEARANCE: &str = "shelfwise.appearance";
const BACKED_UP: &str = "shelfwise.backup";
const ASKED_TO_STAY: &str = "shelfwise.persist";

/// The last backup: when, and up to which stamp.
pub fn backed_up() -> Option<BackedUp> {
    let text = prefs::get(BACKED_UP)?;
    let (at, newest) = text.split_once(' ').unwrap_or((&text, ""));
    Some(BackedUp { at: at.parse().ok()?, newest: newest.parse().ok() })
}

pub fn keep_backed_up(made: Option<&BackedUp>) {
    let text = made.map(|made| {
        let newest = made.newest.map(|stamp| stamp.to_string()).unwrap_or_default();
        format!("{}T{} {newest}", made.at.date(), made.at.time())
    });
    prefs::set(BACKED_UP, text.as_deref());
}

/// True once: whether the browser is still to be asked to keep the site's data.
pub fn asks_to_stay() -> bool {
    let first = prefs::get(ASKED_TO_STAY).is_none();
    prefs::set(ASKED_TO_STAY, Some("asked"));
    first
}

impl Language {
    /// The rep's choice, else the first of the system's languages that is known; any kind of Chinese is Chinese.
    pub fn chosen_or(system: &[String]) -> Language {
        if let Some(chosen) = prefs::get(LANGUAGE).and_then(|tag| Language::from_tag(&tag)) {
            return chosen;
        }
        system.iter().find_map(|tag| Language::from_tag(tag)).unwrap_or(Language::English)
    }

    fn from_tag(tag: &str) -> Option<Language> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        if primary.eq_ignore_ascii_case("zh") {
            Some(Language::Chinese)
        } else if primary.eq_ignore_ascii_case("en") {
            Some(Language::English)
        } else {
            None
        }
    }

    pub fn tag(self) -> &'static str {
        match self {
            Language::Chinese => "zh-CN",
            Language::English => "en",
        }
    }

    /// What the language calls itself.
    pub fn own_name(self) -> &'static str {
        match self {
            Language::Chinese => "中文",
            Language::English => "English",
        }
    }

    pub fn keep(self) {
        prefs::set(LANGUAGE, Some(self.tag()));
    }
}

impl Appearance {
    pub fn chosen() -> Appearance {
        match prefs::get(APPEARANCE).as_deref() {
            Some("light") => Appearance::Light,
            Some("dark") => Appearance::Dark,
            _ => Appearance::System,
        }
    }

    pub fn keep(self) {
        prefs::set(APPEARANCE, self.word());
    }

    /// `light` or `dark` where the rep chose one.
    pub fn word(self) -> Option<&'static str> {
        match self {
            Appearance::System => None,
            Appearance::Light => Some("light"),
            Appearance::Dark => Some("dark"),
        }
    }
}
