//! How far behind the last backup is: a rep's year lives on one phone, so what is nowhere else is counted and said.

use super::book::Book;
use super::stamp::Stamp;
use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

/// What the last backup covers: records up to this stamp.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackedUp {
    /// Local time of the phone.
    pub at: NaiveDateTime,
    pub newest: Option<Stamp>,
}

/// Shops visited since the last backup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unsaved {
    pub shops: usize,
    /// The earliest of their last visits.
    pub since: NaiveDate,
}

/// So many shops are a reason to back up on the same day.
const MANY: usize = 20;

impl Unsaved {
    /// Whether the rep is reminded: a working day lies behind it, or many shops.
    pub fn is_due(self, today: NaiveDate) -> bool {
        self.shops >= MANY || self.since < today
    }
}

/// The rep's shops whose last visit no backup has; the demonstration's do not count.
pub fn unsaved(book: &Book, last: Option<&BackedUp>) -> Option<Unsaved> {
    let newest = last.and_then(|last| last.newest);
    let mut shops = 0;
    let mut since: Option<NaiveDate> = None;
    for summary in book.summaries().filter(|summary| !summary.envelope.demo && Some(summary.envelope.stamp) > newest) {
        if let Some(visited) = summary.last_visit_on() {
            shops += 1;
            since = Some(since.map_or(visited, |earliest| earliest.min(visited)));
        }
    }
    since.map(|since| Unsaved { shops, since })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::book::Record;
    use crate::domain::id::{CustomerId, VisitId};
    use crate::domain::stamp::{DeviceId, Envelope};
    use crate::domain::summary::{LastVisit, Summary};
    use uuid::Uuid;

    fn day(d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, d).unwrap()
    }

    fn stamp(millis: u64) -> Stamp {
        Stamp { millis, counter: 0, device: DeviceId(1) }
    }

    /// Shops by number, day of the last visit, stamp; the demonstration's are marked.
    fn book(shops: &[(u128, u32, u64, bool)]) -> Book {
        let mut book = Book::default();
        book.apply(shops.iter().map(|(id, visited, millis, demo)| {
            let last_visit = (*visited > 0).then(|| LastVisit { id: VisitId(Uuid::from_u128(*id)), on: day(*visited) });
            Record::Summary(Summary {
                id: CustomerId(Uuid::from_u128(*id)),
                envelope: Envelope { demo: *demo, ..Envelope::first(stamp(*millis)) },
                last_visit,
                tried: None,
                visits: 1,
                next_due: None,
                moved: None,
                last_order: None,
                stock_outs: 0,
            })
        }));
        book
    }

    fn mark(millis: u64) -> BackedUp {
        BackedUp { at: day(20).and_hms_opt(21, 40, 0).unwrap(), newest: Some(stamp(millis)) }
    }

    #[test]
    fn only_shops_written_since_and_really_visited_count() {
        let book = book(&[(1, 18, 5, false), (2, 21, 11, false), (3, 22, 12, false), (4, 0, 13, false), (5, 22, 14, true)]);
        assert_eq!(unsaved(&book, Some(&mark(10))), Some(Unsaved { shops: 2, since: day(21) }));
        assert_eq!(unsaved(&book, None), Some(Unsaved { shops: 3, since: day(18) }));
        assert_eq!(unsaved(&book, Some(&mark(14))), None);
    }

    #[test]
    fn a_working_day_or_twenty_shops_are_a_reason() {
        assert!(!Unsaved { shops: 19, since: day(22) }.is_due(day(22)));
        assert!(Unsaved { shops: 20, since: day(22) }.is_due(day(22)));
        assert!(Unsaved { shops: 1, since: day(21) }.is_due(day(22)));
    }
}
