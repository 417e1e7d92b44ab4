//! Writes a backup's `data`, list by list, in pieces: a year of work is never one string in memory.

use super::header::Counts;
use super::place::Place;
use serde_json::Value;

/// A piece is handed on when it is this long, in bytes.
const PIECE: usize = 1 << 20;

/// Takes entries in the order of the file and hands on the text.
pub struct Writer<F: FnMut(String)> {
    piece: String,
    place: usize,
    counts: Counts,
    hand_on: F,
}

impl<F: FnMut(String)> Writer<F> {
    pub fn new(hand_on: F) -> Writer<F> {
        let mut writer = Writer { piece: String::with_capacity(PIECE + PIECE / 8), place: 0, counts: Counts::default(), hand_on };
        writer.piece.push('{');
        writer.open();
        writer
    }

    /// One entry. Entries of a list come by id, lists in their order.
    pub fn put(&mut self, place: Place, text: &str) {
        while self.place < place.at() {
            self.next_list();
        }
        if self.counts.of(place) > 0 {
            self.piece.push(',');
        }
        self.piece.push_str(text);
        self.counts.add(place);
        if self.piece.len() >= PIECE {
            let full = std::mem::replace(&mut self.piece, String::with_capacity(PIECE + PIECE / 8));
            (self.hand_on)(full);
        }
    }

    /// Ends the data.
    pub fn finish(mut self) -> Counts {
        while self.place + 1 < Place::ALL.len() {
            self.next_list();
        }
        self.piece.push_str("]}");
        (self.hand_on)(self.piece);
        self.counts
    }

    fn next_list(&mut self) {
        self.piece.push_str("],");
        self.place += 1;
        self.open();
    }

    fn open(&mut self) {
        if let Some(place) = Place::ALL.get(self.place) {
            self.piece.push('"');
            self.piece.push_str(place.name());
            self.piece.push_str("\":[");
        }
    }
}

/// A draft's entry; `body` is a shape's text.
pub fn draft_text(key: &str, body: &str) -> String {
    format!("{{\"key\":{},\"draft\":{body}}}", Value::from(key))
}

/// The entry of a text that cannot be read.
pub fn unreadable_text(place: Place, id: &str, text: &str) -> String {
    format!("{{\"kind\":\"{}\",\"id\":{},\"text\":{}}}", place.name(), Value::from(id), Value::from(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_is_there_in_its_order_empty_or_not() {
        let mut text = String::new();
        let mut writer = Writer::new(|piece| text.push_str(&piece));
        writer.put(Place::Products, "1");
        writer.put(Place::Products, "2");
        writer.put(Place::Drafts, "3");
        let counts = writer.finish();
        assert_eq!(
            text,
            r#"{"customers":[],"products":[1,2],"summaries":[],"settings":[],"visits":[],"orders":[],"deliveries":[],"dispatches":[],"drafts":[3],"unreadable":[]}"#
        );
        assert_eq!((counts.of(Place::Products), counts.all()), (2, 3));
    }
}
