//! What restoring a file would do: each of its entries beside what is here under the same key.

use super::drafts::draft_body;
use super::place::Place;
use super::read::Entry;
use crate::archive::record::{self, Kind, Row};
use crate::domain::draft::visit_draft_key;
use crate::domain::id::CustomerId;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap};

/// How a file is restored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mode {
    /// What is here becomes what is in the file.
    Replace,
    /// What is here stays; what is only in the file comes.
    AddMissing,
    /// What is in the file comes, over what is here; what is only here stays. From the journal.
    Recover,
}

/// An entry of the file, or a row of the database, beside the other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Met {
    /// Only in the file.
    #[default]
    Missing,
    Same,
    Different,
    /// Only in the database.
    OnlyHere,
}

/// One list of both sides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    pub in_file: u32,
    pub here: u32,
    /// Only in the file.
    pub new: u32,
    pub different: u32,
    /// Only here.
    pub only_here: u32,
}

/// An entry as the database keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stored {
    Record(Row),
    Draft {
        key: String,
        body: String,
    },
    /// A text that cannot be read, in its store.
    Raw {
        place: Place,
        id: String,
        text: String,
    },
}

/// A file's entries, and what of the database was seen beside them so far.
pub struct Plan<'a> {
    data: &'a str,
    entries: &'a [Entry],
    known: HashMap<(Place, &'a str), usize>,
    met: Vec<Met>,
    here: [u32; Place::ALL.len()],
    /// Shops that are here.
    shops: BTreeSet<String>,
    /// Visits that are here, for drafts of visits that were finished since.
    visits: BTreeSet<String>,
}

impl<'a> Plan<'a> {
    pub fn new(data: &'a str, entries: &'a [Entry]) -> Plan<'a> {
        let known = entries.iter().enumerate().map(|(at, entry)| ((entry.place, entry.id.as_str()), at)).collect();
        Plan {
            data,
            entries,
            known,
            met: vec![Met::Missing; entries.len()],
            here: [0; Place::ALL.len()],
            shops: BTreeSet::new(),
            visits: BTreeSet::new(),
        }
    }

    /// A row that is here.
    pub fn see(&mut self, place: Place, id: &str, body: &str) -> Met {
        if let Some(count) = self.here.get_mut(place.at()) {
            *count += 1;
        }
        match place {
            Place::Customers => drop(self.shops.insert(id.to_owned())),
            Place::Visits => drop(self.visits.insert(visit_key(id))),
            _ => {}
        }
        let Some((at, entry)) = self.known.get(&(place, id)).and_then(|at| Some((*at, self.entries.get(*at)?))) else {
            return Met::OnlyHere;
        };
        let text = entry.text(self.data);
        let is_same = text == body || newest(place, id, text) == newest(place, id, body);
        let met = if is_same { Met::Same } else { Met::Different };
        if let Some(slot) = self.met.get_mut(at) {
            *slot = met;
        }
        met
    }

    /// Each list of both sides, once everything here was seen.
    pub fn tallies(&self) -> Vec<(Place, Tally)> {
        let mut tallies = Place::ALL.map(|place| (place, Tally::default()));
        for (entry, met) in self.entries.iter().zip(&self.met) {
            let Some((_, tally)) = tallies.get_mut(entry.place.at()) else { continue };
            tally.in_file += 1;
            match met {
                Met::Missing => tally.new += 1,
                Met::Different => tally.different += 1,
                Met::Same | Met::OnlyHere => {}
            }
        }
        for ((_, tally), here) in tallies.iter_mut().zip(self.here) {
            tally.here = here;
            tally.only_here = (here + tally.new).saturating_sub(tally.in_file);
        }
        tallies.to_vec()
    }

    /// The entries to write, once everything here was seen.
    pub fn to_write(&self, mode: Mode) -> Vec<&'a Entry> {
        let is_wanted = |entry: &Entry, met: Met| match (mode, met) {
            (Mode::Replace | Mode::Recover, Met::Missing | Met::Different) => true,
            // A visit that was finished here is not in hand again.
            (Mode::AddMissing, Met::Missing) => entry.place != Place::Drafts || !self.visits.contains(&entry.id),
            _ => false,
        };
        self.entries.iter().zip(&self.met).filter(|(entry, met)| is_wanted(entry, **met)).map(|(entry, _)| entry).collect()
    }

    /// Shops that are here and gain events of the file: their summary has to be derived again.
    pub fn gaining(&self) -> BTreeSet<CustomerId> {
        let events = [Place::Visits, Place::Orders, Place::Deliveries];
        let new = self.entries.iter().zip(&self.met).filter(|(entry, met)| **met == Met::Missing && events.contains(&entry.place));
        new.filter_map(|(entry, _)| entry.customer).filter(|id| self.shops.contains(&id.to_string())).collect()
    }

    /// An entry as the database keeps it, in today's shape.
    pub fn stored(&self, entry: &Entry) -> Stored {
        let text = entry.text(self.data);
        let raw = || Stored::Raw { place: entry.place, id: entry.id.clone(), text: text.to_owned() };
        match entry.place.kind() {
            _ if !entry.readable => raw(),
            Some(kind) => row(kind, text).map_or_else(raw, Stored::Record),
            None => draft_body(&entry.id, text).map_or_else(|_| raw(), |body| Stored::Draft { key: entry.id.clone(), body }),
        }
    }
}

fn visit_key(id: &str) -> String {
    id.parse().map(visit_draft_key).unwrap_or_default()
}

fn row(kind: Kind, text: &str) -> Option<Row> {
    record::decode(kind, text).ok().and_then(|record| record::encode(&record).ok())
}

/// A text in today's shape; as it is where it cannot be read.
fn newest(place: Place, id: &str, text: &str) -> String {
    let read = match place.kind() {
        Some(kind) => row(kind, text).map(|row| row.body),
        None => draft_body(id, text).ok(),
    };
    read.unwrap_or_else(|| text.to_owned())
}
