//! What one save writes: rows as the database keeps them, the same as acts for the journal, and back from a frame.

use crate::archive::backup::Place;
use crate::archive::journal::{Act, Entry};
use crate::archive::record::{self, Kind, Row, Unreadable};
use crate::domain::book::{Change, Record};
use serde::Deserialize;

/// One save: all of it or nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    pub rows: Vec<Row>,
    /// Keys of drafts that are over with it.
    pub finished_drafts: Vec<String>,
}

impl Batch {
    /// A change as it is written.
    pub fn of(change: &Change) -> Result<Batch, Unreadable> {
        Ok(Batch {
            rows: change.records.iter().map(record::encode).collect::<Result<_, _>>()?,
            finished_drafts: change.finished_drafts.iter().cloned().collect(),
        })
    }

    /// A frame's acts as the database keeps them today. A text that this version cannot read stays as it is, without what it is
    /// found by.
    pub fn again(acts: &[Act]) -> Batch {
        let mut batch = Batch::default();
        for act in acts {
            match act {
                Act::Put { place, id, body } => batch.rows.extend(place.kind().map(|kind| row(kind, id, body))),
                Act::Gone { place: Place::Drafts, id } => batch.finished_drafts.push(id.clone()),
                // Only drafts are ever removed one by one.
                Act::Gone { .. } => {}
            }
        }
        batch
    }

    /// How many visits, orders and deliveries it adds.
    pub fn events(&self) -> u64 {
        self.rows.iter().filter(|row| row.kind.is_event()).count() as u64
    }

    /// What the journal notes of it.
    pub fn entry(&self) -> Entry {
        let puts = self.rows.iter().map(|row| Act::Put { place: Place::of(row.kind), id: row.id.clone(), body: row.body.clone() });
        let gone = self.finished_drafts.iter().map(|key| Act::Gone { place: Place::Drafts, id: key.clone() });
        Entry::Change { acts: puts.chain(gone).collect(), events: self.events() }
    }
}

/// The text stays as the journal has it: upgraded it would no longer compare as the same. What it is found by is read from it without
/// the readers of whole events, which would come into the first load.
fn row(kind: Kind, id: &str, body: &str) -> Row {
    let mut row = Row { kind, id: id.to_owned(), customer: None, day: None, unsent: false, body: body.to_owned() };
    match kind {
        Kind::Visit | Kind::Order | Kind::Delivery => row.customer = serde_json::from_str::<OfShop>(body).ok().map(|event| event.customer),
        Kind::Dispatch => {
            if let Ok(Record::Dispatch(dispatch)) = record::decode_held(kind, body) {
                row.day = Some(dispatch.on.to_string());
                row.unsent = dispatch.is_unsent();
            }
        }
        Kind::Customer | Kind::Product | Kind::Summary | Kind::Settings => {}
    }
    row
}

#[derive(Deserialize)]
struct OfShop {
    customer: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn what_a_row_is_found_by_is_the_same_from_the_journal_as_from_the_record() {
        let goldens = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden");
        let mut seen = 0;
        for (name, kind) in [("visit", Kind::Visit), ("order", Kind::Order), ("delivery", Kind::Delivery), ("dispatch", Kind::Dispatch)] {
            for version in 1..9 {
                let Ok(body) = fs::read_to_string(format!("{goldens}/{name}.v{version}.json")) else { continue };
                let record = record::decode(kind, &body).unwrap();
                let from_record = record::encode(&record).unwrap();
                let from_journal = row(kind, &from_record.id, &body);
                assert_eq!(Row { body: body.clone(), ..from_record }, from_journal, "{name} {version}");
                seen += 1;
            }
        }
        assert!(seen >= 4, "{seen} golden texts");
    }
}
