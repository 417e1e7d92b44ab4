//! What stands in front of a backup's data: a line each, so that a person can read it in any editor.

use super::place::Place;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The first words of every backup.
pub const FORMAT: &str = "shelfwise-backup";
/// The version of the file around the records; each record carries its own.
pub const VERSION: u32 = 1;

/// Everything but `data`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    pub version: u32,
    pub app_version: String,
    /// The device that wrote the file: 16 hexadecimal digits.
    pub device: String,
    /// Local time of the phone with its offset from UTC.
    pub exported_at: String,
    pub scope: Scope,
    pub counts: Counts,
    /// SHA-256 of `data` without blanks and line breaks between its values.
    pub sha256: String,
}

/// What a file is a backup of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    Everything,
    /// One shop with what belongs to it.
    Customer,
}

/// How many entries each list has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "BTreeMap<String, u32>", into = "BTreeMap<String, u32>")]
pub struct Counts([u32; Place::ALL.len()]);

impl Counts {
    pub fn of(&self, place: Place) -> u32 {
        self.0.get(place.at()).copied().unwrap_or_default()
    }

    pub fn add(&mut self, place: Place) {
        if let Some(count) = self.0.get_mut(place.at()) {
            *count = count.saturating_add(1);
        }
    }

    pub fn all(&self) -> u32 {
        self.0.iter().copied().fold(0, u32::saturating_add)
    }

    /// As the file has it.
    fn words(&self) -> String {
        let pairs: Vec<String> = Place::ALL.into_iter().map(|place| format!("\"{}\":{}", place.name(), self.of(place))).collect();
        format!("{{{}}}", pairs.join(","))
    }
}

impl TryFrom<BTreeMap<String, u32>> for Counts {
    type Error = &'static str;
    fn try_from(mut named: BTreeMap<String, u32>) -> Result<Self, Self::Error> {
        let mut counts = Counts::default();
        for (place, count) in Place::ALL.into_iter().zip(counts.0.iter_mut()) {
            *count = named.remove(place.name()).ok_or("a list is missing in counts")?;
        }
        if named.is_empty() { Ok(counts) } else { Err("an unknown list in counts") }
    }
}

impl From<Counts> for BTreeMap<String, u32> {
    fn from(counts: Counts) -> Self {
        Place::ALL.into_iter().map(|place| (place.name().to_owned(), counts.of(place))).collect()
    }
}

impl Header {
    /// The file up to its data: what follows is the data and a closing brace.
    pub fn opening(&self) -> String {
        let text = |value: &str| serde_json::Value::from(value).to_string();
        let scope = match self.scope {
            Scope::Everything => "everything",
            Scope::Customer => "customer",
        };
        format!(
            "{{\"format\":\"{FORMAT}\",\n\"version\":{},\n\"app_version\":{},\n\"device\":{},\n\"exported_at\":{},\n\"scope\":\"{scope}\",\n\"counts\":{},\n\"sha256\":{},\n\"data\":",
            self.version,
            text(&self.app_version),
            text(&self.device),
            text(&self.exported_at),
            self.counts.words(),
            text(&self.sha256),
        )
    }
}
