//! Heads made anew from what is in the database, for the page to write: after an update, an import or a restore. Whatever changes many
//! events at once takes the heads of their shops away in the same transaction, so a head that is there is true.

use super::load;
use crate::archive::errand::Answer;
use crate::archive::record::{self, Kind, Row};
use crate::domain::book::Book;
use crate::domain::chronicle::shop_that_is;
use crate::domain::head::Head;
use crate::domain::id::CustomerId;
use crate::store::database::Store;
use crate::store::error::StoreError;

/// The heads of these shops, as they are stored; without those of shops that nobody knows.
pub async fn make(store: &Store, shops: &[CustomerId]) -> Result<Answer, StoreError> {
    let (book, clock) = load(store, None).await?;
    let mut heads = Vec::new();
    for id in shops {
        let Some(shop) = book.customer(*id) else { continue };
        let chronicle = store.chronicle(&book.event_ids(*id)).await?.chronicle;
        heads.extend(record::body(&Head::of(shop, chronicle.happened(), None, clock.stamp())));
    }
    Ok(Answer::Heads(heads))
}

/// The head of a shop, or of the one it was found to be, to be removed.
pub fn gone(book: &Book, id: CustomerId) -> (Kind, String) {
    (Kind::Head, shop_that_is(book, id).to_string())
}

/// The heads of the shops to which rows of events belong, to be removed.
pub fn of_rows(book: &Book, rows: &[Row]) -> Vec<(Kind, String)> {
    let mut heads = Vec::new();
    for id in rows.iter().filter_map(|row| row.customer.as_ref()?.parse().ok()) {
        let head = gone(book, id);
        if !heads.contains(&head) {
            heads.push(head);
        }
    }
    heads
}
