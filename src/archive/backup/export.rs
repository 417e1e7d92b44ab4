//! What of the database becomes which entry: records in today's shape, and apart from them, as they are, those that no version of
//! the app could restore. Its file is one that [`super::read`] takes.

use super::drafts::draft_body;
use super::header::Counts;
use super::names::Names;
use super::place::Place;
use super::write::{Writer, draft_text, unreadable_text};
use crate::archive::record;
use crate::archive::sound;
use crate::domain::stamp::Stamp;
use std::collections::BTreeMap;

/// Takes rows in the order of [`Place::ALL`] and of their ids.
pub struct Export<F: FnMut(String)> {
    writer: Writer<F>,
    names: Names,
    /// By id and list, with their entries.
    aside: BTreeMap<(String, Place), String>,
    newest: Option<Stamp>,
}

impl<F: FnMut(String)> Export<F> {
    /// `hand_on` gets the data piece by piece.
    pub fn new(hand_on: F) -> Export<F> {
        Export { writer: Writer::new(hand_on), names: Names::default(), aside: BTreeMap::new(), newest: None }
    }

    /// One row of the database: its list, its key and its text.
    pub fn take(&mut self, place: Place, id: &str, body: &str) {
        let Some(kind) = place.kind() else {
            match draft_body(id, body) {
                Ok(body) => self.writer.put(place, &draft_text(id, &body)),
                Err(_) => self.put_aside(place, id, body),
            }
            return;
        };
        let Ok(record) = record::parse(kind, body) else {
            if let Ok(id) = id.parse() {
                self.names.add_unread(place, id);
            }
            return self.put_aside(place, id, body);
        };
        self.names.add(&record);
        if sound::fault(&record).is_some() || !self.names.knows(&record) {
            return self.put_aside(place, id, body);
        }
        self.newest = self.newest.max(Some(record.stamp()));
        if record::is_newest(kind, body) {
            return self.writer.put(place, body);
        }
        match record::encode(&record) {
            Ok(row) => self.writer.put(place, &row.body),
            Err(_) => self.put_aside(place, id, body),
        }
    }

    fn put_aside(&mut self, place: Place, id: &str, body: &str) {
        self.aside.insert((id.to_owned(), place), unreadable_text(place, id, body));
    }

    /// Ends the data; the newest stamp of a record in it comes with its counts.
    pub fn finish(mut self) -> (Counts, Option<Stamp>) {
        for text in self.aside.values() {
            self.writer.put(Place::Unreadable, text);
        }
        (self.writer.finish(), self.newest)
    }
}
