//! What a frame says: `{"events":1,"acts":[["visits","<id>","<body>"],["drafts","<id>"]]}`, `{"bulk":true}` or `{"end":4711}`.

use super::Link;
use crate::archive::backup::Place;
use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Deserialize, Serialize, Serializer};

/// One row as it was left.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Vec<String>")]
pub enum Act {
    /// Written, over whatever was there. The body is the text the database holds.
    Put { place: Place, id: String, body: String },
    /// Deleted.
    Gone { place: Place, id: String },
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Parts")]
pub enum Entry {
    Change {
        acts: Vec<Act>,
        /// Of the acts so many are visits, orders and deliveries that were not there before.
        events: u64,
    },
    /// Many records were changed at once. What they are is not in the journal; the next snapshot has it.
    Bulk,
    /// Closes a snapshot.
    End {
        /// Rows in all frames of the snapshot.
        rows: u64,
    },
}

/// What stands for a body where it is only compared: 32 hex digits of its SHA-256.
pub fn digest(body: &str) -> String {
    Link::of(&[], body.as_bytes()).to_string()
}

impl Entry {
    /// The same with digests for bodies.
    pub(super) fn slimmed(self) -> Entry {
        let slim = |act| match act {
            Act::Put { place, id, body } => Act::Put { place, id, body: digest(&body) },
            gone @ Act::Gone { .. } => gone,
        };
        match self {
            Entry::Change { acts, events } => Entry::Change { acts: acts.into_iter().map(slim).collect(), events },
            other => other,
        }
    }

    /// The rows of a change.
    pub fn acts(&self) -> &[Act] {
        match self {
            Entry::Change { acts, .. } => acts,
            Entry::Bulk | Entry::End { .. } => &[],
        }
    }

    /// Its JSON.
    pub(super) fn payload(&self) -> Vec<u8> {
        let mut payload = Vec::with_capacity(self.about());
        // Writing to memory cannot fail, and none of this has a map whose keys are no texts.
        let _ = serde_json::to_writer(&mut payload, self);
        payload
    }

    /// About as many bytes as its JSON has: a body is JSON itself, and every quote in it is escaped.
    fn about(&self) -> usize {
        let Entry::Change { acts, .. } = self else { return 32 };
        let text: usize = acts.iter().map(|act| act.id().len() + act.body().map_or(0, |body| body.len() + body.len() / 4) + 32).sum();
        text + 32
    }
}

impl Act {
    pub fn place(&self) -> Place {
        match self {
            Act::Put { place, .. } | Act::Gone { place, .. } => *place,
        }
    }

    pub fn id(&self) -> &str {
        match self {
            Act::Put { id, .. } | Act::Gone { id, .. } => id,
        }
    }

    /// None where the row was deleted.
    pub fn body(&self) -> Option<&str> {
        match self {
            Act::Put { body, .. } => Some(body),
            Act::Gone { .. } => None,
        }
    }
}

impl Serialize for Act {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut parts = serializer.serialize_seq(Some(2 + usize::from(self.body().is_some())))?;
        parts.serialize_element(self.place().name())?;
        parts.serialize_element(self.id())?;
        if let Some(body) = self.body() {
            parts.serialize_element(body)?;
        }
        parts.end()
    }
}

impl TryFrom<Vec<String>> for Act {
    type Error = &'static str;

    fn try_from(parts: Vec<String>) -> Result<Self, Self::Error> {
        let mut parts = parts.into_iter();
        let place = parts.next().and_then(|name| Place::named(&name)).ok_or("an act in no list")?;
        let id = parts.next().ok_or("an act without a key")?;
        match (parts.next(), parts.next()) {
            (Some(body), None) => Ok(Act::Put { place, id, body }),
            (None, _) => Ok(Act::Gone { place, id }),
            (Some(_), Some(_)) => Err("an act of more than three parts"),
        }
    }
}

impl Serialize for Entry {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_map(None)?;
        match self {
            Entry::Change { acts, events } => {
                fields.serialize_entry("events", events)?;
                fields.serialize_entry("acts", acts)?;
            }
            Entry::Bulk => fields.serialize_entry("bulk", &true)?,
            Entry::End { rows } => fields.serialize_entry("end", rows)?,
        }
        fields.end()
    }
}

/// All fields of all entries. One that is not known is of a newer version, and is not guessed at.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Parts {
    events: Option<u64>,
    acts: Option<Vec<Act>>,
    bulk: Option<bool>,
    end: Option<u64>,
}

impl TryFrom<Parts> for Entry {
    type Error = &'static str;

    fn try_from(parts: Parts) -> Result<Self, Self::Error> {
        match parts {
            Parts { events: Some(events), acts: Some(acts), bulk: None, end: None } => Ok(Entry::Change { acts, events }),
            Parts { events: None, acts: None, bulk: Some(true), end: None } => Ok(Entry::Bulk),
            Parts { events: None, acts: None, bulk: None, end: Some(rows) } => Ok(Entry::End { rows }),
            _ => Err("neither a change nor a bulk nor an end"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(entry: &Entry) -> String {
        String::from_utf8(entry.payload()).unwrap()
    }

    #[test]
    fn the_texts_are_as_described() {
        let put = Act::Put { place: Place::Visits, id: "a".to_owned(), body: r#"{"v":3}"#.to_owned() };
        let gone = Act::Gone { place: Place::Drafts, id: "visit:b".to_owned() };
        let change = Entry::Change { acts: vec![put, gone], events: 1 };
        assert_eq!(json(&change), r#"{"events":1,"acts":[["visits","a","{\"v\":3}"],["drafts","visit:b"]]}"#);
        assert_eq!(json(&Entry::Bulk), r#"{"bulk":true}"#);
        assert_eq!(json(&Entry::End { rows: 4711 }), r#"{"end":4711}"#);
        for entry in [change, Entry::Bulk, Entry::End { rows: 4711 }] {
            assert_eq!(serde_json::from_slice::<Entry>(&entry.payload()).unwrap(), entry);
        }
    }

    #[test]
    fn nothing_else_is_an_entry() {
        for bad in [
            "",
            "{}",
            "[]",
            r#"{"events":1}"#,
            r#"{"acts":[]}"#,
            r#"{"events":-1,"acts":[]}"#,
            r#"{"bulk":false}"#,
            r#"{"bulk":true,"end":1}"#,
            r#"{"bulk":true,"new":1}"#,
            r#"{"end":1}x"#,
            r#"{"events":1,"acts":[["visits"]]}"#,
            r#"{"events":1,"acts":[["visits","a","b","c"]]}"#,
            r#"{"events":1,"acts":[["cheques","a"]]}"#,
        ] {
            assert!(serde_json::from_str::<Entry>(bad).is_err(), "{bad}");
        }
    }
}
