//! Reads a backup: the header, then every entry, each upgraded and checked as a record of the database is. A file with one fault is
//! no backup: the reader says which fault and where, and nothing is done.

use super::drafts;
use super::header::{Counts, FORMAT, Header, VERSION};
use super::names::Names;
use super::place::Place;
use super::split::{Broken, Cursor};
use crate::archive::record::{self, Unreadable};
use crate::archive::{sound, strict};
use crate::domain::book::Record;
use crate::domain::id::CustomerId;
use crate::domain::stamp::Stamp;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;

/// Why a file is not restored. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Problem {
    Empty,
    TooLarge,
    NotText,
    NotABackup,
    /// The raw export of the static page: for repair, not for restoring.
    RawExport,
    /// A zip: tables, or a spreadsheet.
    Zip,
    /// Written by a newer app.
    Newer {
        app_version: String,
    },
    /// It ends too early.
    Truncated,
    /// Not JSON from this byte on.
    Malformed {
        at: usize,
    },
    /// A value was changed: the hash does not fit.
    Changed,
    /// A list has another number of entries than the header says.
    Miscounted(Place),
    Entry(Damage),
}

/// An entry that cannot be restored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Damage {
    pub place: Place,
    /// Its number in the list, from 1.
    pub number: u32,
    pub what: What,
}

/// What is wrong with an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum What {
    /// Of a newer shape.
    Newer,
    /// In the reader's words, for a report.
    Unreadable(String),
    /// A value no app can have written, by its name.
    OutOfRange(String),
    /// Its id was there before.
    Twice,
    /// It names a shop, a product or an order that is not in the file.
    Unknown(Place),
}

/// A file that is a backup by its header.
#[derive(Clone, Debug)]
pub struct Opened<'a> {
    pub header: Header,
    /// As it stands in the file.
    pub data: &'a str,
    /// The byte of the text at which it begins.
    pub from: usize,
}

/// One entry of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub place: Place,
    /// Its key in the database.
    pub id: String,
    /// The shop an event belongs to.
    pub customer: Option<CustomerId>,
    text: Text,
    /// False: kept as it is, because this version cannot read it.
    pub readable: bool,
}

/// An entry's text, as it stands in the file, not yet upgraded.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Text {
    /// These bytes of the data.
    In(Range<usize>),
    Own(String),
}

impl Entry {
    /// A row of the database, kept to be put back.
    pub fn kept(place: Place, id: String, text: String) -> Entry {
        Entry { place, id, customer: None, text: Text::Own(text), readable: true }
    }

    /// A draft by its key; `from` is where its text begins.
    fn draft(text: &str, from: usize) -> Result<Entry, What> {
        let (key, body) = drafts::parts(text).map_err(unreadable)?;
        let text = Text::In(from + body.start..from + body.end);
        Ok(Entry { place: Place::Drafts, id: key, customer: None, text, readable: true })
    }

    /// Its text; `data` is what it was read from.
    pub fn text<'a>(&'a self, data: &'a str) -> &'a str {
        match &self.text {
            Text::In(range) => data.get(range.clone()).unwrap_or_default(),
            Text::Own(text) => text,
        }
    }
}

/// The most members of a file's header; a newer version may have more than ours.
const PARTS_MAX: usize = 100;
/// The longest of those that are read, in bytes.
const PART_MAX: usize = 4_000;
/// The most entries of a file: what 250 MB of the smallest records hold.
const ENTRIES_MAX: u32 = 1_000_000;

/// Reads the header of a file.
pub fn open(text: &str) -> Result<Opened<'_>, Problem> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut cursor = Cursor::new(text);
    if cursor.is_over() {
        return Err(Problem::Empty);
    }
    let ours = looks_ours(text);
    let broken = |broken| match broken {
        // Only what began as a backup is called cut off.
        _ if !ours => Problem::NotABackup,
        Broken::Ended => Problem::Truncated,
        Broken::Unexpected(at) => Problem::Malformed { at },
    };
    let mut parts: HashMap<String, &str> = HashMap::new();
    let mut from = 0;
    cursor.expect(b'{').map_err(broken)?;
    if !cursor.steps_over(b'}').map_err(broken)? {
        loop {
            let key = cursor.key().map_err(broken)?;
            let value = cursor.value().map_err(broken)?;
            if key == "data" {
                from = cursor.at() - value.len();
            }
            if parts.len() == PARTS_MAX || parts.insert(key, value).is_some() {
                return Err(Problem::Malformed { at: cursor.at() });
            }
            if cursor.steps_over(b'}').map_err(broken)? {
                break;
            }
            cursor.expect(b',').map_err(broken)?;
        }
    }
    if !cursor.is_over() {
        return Err(Problem::Malformed { at: cursor.at() });
    }
    // What is read of the header is a few words each; nothing longer is kept or shown.
    let is_sound = |value: &&str| value.len() <= PART_MAX && strict::check(value).is_ok();
    let part = |key: &str| parts.get(key).copied().filter(is_sound).unwrap_or("null");
    match serde_json::from_str::<String>(part("format")).as_deref() {
        Ok(FORMAT) => {}
        Ok("shelfwise-raw") => return Err(Problem::RawExport),
        _ => return Err(Problem::NotABackup),
    }
    // A newer version may have another header: its number and its app's are all that is read of it.
    let version: u32 = serde_json::from_str(part("version")).map_err(|_| Problem::NotABackup)?;
    if version > VERSION {
        return Err(Problem::Newer { app_version: serde_json::from_str(part("app_version")).unwrap_or_default() });
    }
    const NAMES: [&str; 7] = ["version", "app_version", "device", "exported_at", "scope", "counts", "sha256"];
    let members = NAMES.map(|name| format!("\"{name}\":{}", part(name)));
    let header: Header = serde_json::from_str(&format!("{{{}}}", members.join(","))).map_err(|_| Problem::NotABackup)?;
    let data = parts.get("data").copied().ok_or(Problem::Truncated)?;
    Ok(Opened { header, data, from })
}

/// Whether a text begins as one of our files does, however it goes on.
fn looks_ours(text: &str) -> bool {
    let start: String = text.chars().take(4_096).filter(|c| !c.is_ascii_whitespace()).collect();
    start.starts_with('{') && start.contains(&format!("\"format\":\"{FORMAT}\""))
}

/// Reads the entries of a backup's data one by one.
pub struct Reader<'a> {
    cursor: Cursor<'a>,
    stage: Stage,
    /// Entries of each list so far.
    counts: Counts,
    lists: BTreeSet<Place>,
    seen: HashSet<(Place, String)>,
    names: Names,
    newest: Option<Stamp>,
}

/// Where the reader stands.
#[derive(Clone, Copy)]
enum Stage {
    BeforeData,
    BeforeEntry(Place),
    Between(Place),
    Over,
}

impl<'a> Reader<'a> {
    pub fn new(data: &'a str) -> Reader<'a> {
        Reader {
            cursor: Cursor::new(data),
            stage: Stage::BeforeData,
            counts: Counts::default(),
            lists: BTreeSet::new(),
            seen: HashSet::new(),
            names: Names::default(),
            newest: None,
        }
    }

    /// The byte of the data it has come to.
    pub fn behind(&self) -> usize {
        self.cursor.at()
    }

    /// The next entry; none after the last.
    #[expect(clippy::should_implement_trait, reason = "an iterator's adaptors would hide the check at the end")]
    pub fn next(&mut self) -> Result<Option<Entry>, Problem> {
        let malformed = |broken| match broken {
            Broken::Ended => Problem::Truncated,
            Broken::Unexpected(at) => Problem::Malformed { at },
        };
        loop {
            self.stage = match self.stage {
                Stage::BeforeData => {
                    self.cursor.expect(b'{').map_err(malformed)?;
                    self.list().map_err(malformed)?
                }
                Stage::BeforeEntry(place) => {
                    let text = self.cursor.value().map_err(malformed)?;
                    self.stage = Stage::Between(place);
                    self.counts.add(place);
                    if self.counts.all() > ENTRIES_MAX {
                        return Err(Problem::TooLarge);
                    }
                    let end = self.cursor.at();
                    return self.entry(place, text, end - text.len()).map(Some);
                }
                Stage::Between(place) => {
                    if self.cursor.steps_over(b',').map_err(malformed)? {
                        Stage::BeforeEntry(place)
                    } else {
                        self.cursor.expect(b']').map_err(malformed)?;
                        self.after_list().map_err(malformed)?
                    }
                }
                Stage::Over => return Ok(None),
            };
        }
    }

    /// The head of a list.
    fn list(&mut self) -> Result<Stage, Broken> {
        let at = self.cursor.at();
        let place = Place::named(&self.cursor.key()?).filter(|place| self.lists.insert(*place)).ok_or(Broken::Unexpected(at))?;
        self.cursor.expect(b'[')?;
        if self.cursor.steps_over(b']')? { self.after_list() } else { Ok(Stage::BeforeEntry(place)) }
    }

    fn after_list(&mut self) -> Result<Stage, Broken> {
        if self.cursor.steps_over(b',')? {
            return self.list();
        }
        self.cursor.expect(b'}')?;
        if self.cursor.is_over() { Ok(Stage::Over) } else { Err(Broken::Unexpected(self.cursor.at())) }
    }

    fn entry(&mut self, place: Place, text: &str, from: usize) -> Result<Entry, Problem> {
        let number = self.counts.of(place);
        let damaged = |what| Problem::Entry(Damage { place, number, what });
        let entry = match place {
            Place::Unreadable => self.unreadable(text).map_err(damaged)?,
            Place::Drafts => Entry::draft(text, from).map_err(damaged)?,
            _ => self.record(place, text, Text::In(from..from + text.len()), Some(number)).map_err(damaged)?,
        };
        if self.seen.insert((entry.place, entry.id.clone())) { Ok(entry) } else { Err(damaged(What::Twice)) }
    }

    /// A record; `named_by` is set where everybody it names has to be in the file.
    fn record(&mut self, place: Place, words: &str, text: Text, named_by: Option<u32>) -> Result<Entry, What> {
        let kind = place.kind().ok_or_else(|| What::Unreadable("not a record".to_owned()))?;
        let record = record::parse(kind, words).map_err(unreadable)?;
        if let Some(fault) = sound::fault(&record) {
            return Err(What::OutOfRange(fault.to_owned()));
        }
        self.names.add(&record);
        self.newest = self.newest.max(Some(record.stamp()));
        if let Some(number) = named_by {
            self.names.name(&record, (place, number));
        }
        let (id, customer) = match &record {
            Record::Customer(record) => (record.id.to_string(), None),
            Record::Product(record) => (record.id.to_string(), None),
            Record::Summary(record) => (record.id.to_string(), Some(record.id)),
            Record::Settings(_) => (record::SETTINGS_ID.to_owned(), None),
            Record::Visit(record) => (record.id.to_string(), Some(record.customer)),
            Record::Order(record) => (record.id.to_string(), Some(record.customer)),
            Record::Delivery(record) => (record.id.to_string(), Some(record.customer)),
            Record::Dispatch(record) => (record.id.to_string(), Some(record.customer)),
        };
        Ok(Entry { place, id, customer, text, readable: true })
    }

    /// A text that the app that wrote the file could not use; this one may.
    fn unreadable(&mut self, text: &str) -> Result<Entry, What> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Kept {
            kind: String,
            id: String,
            text: String,
        }
        let kept: Kept = serde_json::from_str(text).map_err(|error| unreadable(Unreadable::from(error)))?;
        let place = Place::named(&kept.kind).filter(|place| *place != Place::Unreadable);
        let place = place.ok_or_else(|| What::Unreadable("unknown kind".to_owned()))?;
        if place.kind().is_some()
            && let Ok(entry) = self.record(place, &kept.text, Text::Own(kept.text.clone()), None)
            && entry.id == kept.id
        {
            return Ok(entry);
        }
        // Whoever names it finds it under its id.
        if let Ok(id) = kept.id.parse() {
            self.names.add_unread(place, id);
        }
        Ok(Entry { place, id: kept.id, customer: None, text: Text::Own(kept.text), readable: false })
    }

    /// Checks what only the whole can say: counts, and that everybody who is named is there. The newest stamp of a record comes back.
    pub fn finish(self, header: &Header) -> Result<Option<Stamp>, Problem> {
        if let Some(missing) = Place::ALL.into_iter().find(|place| !self.lists.contains(place)) {
            return Err(Problem::Miscounted(missing));
        }
        if let Some(place) = Place::ALL.into_iter().find(|place| header.counts.of(*place) != self.counts.of(*place)) {
            return Err(Problem::Miscounted(place));
        }
        self.names.check()?;
        Ok(self.newest)
    }
}

fn unreadable(why: Unreadable) -> What {
    match why {
        Unreadable::Newer { .. } => What::Newer,
        Unreadable::Malformed(why) => What::Unreadable(why),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_more_entries_than_any_app_wrote_is_not_read_on() {
        let data = r#"{"drafts":[{"key":"customer:new","draft":{"v":3}},{"key":"product:new","draft":{"v":3}}]}"#;
        let mut reader = Reader::new(data);
        for _ in 1..ENTRIES_MAX {
            reader.counts.add(Place::Visits);
        }
        assert!(reader.next().is_ok_and(|entry| entry.is_some()));
        assert_eq!(reader.next(), Err(Problem::TooLarge));
    }
}
