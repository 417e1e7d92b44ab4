//! The whole database in one transaction: read in batches as one moment had it, or changed as one. Between two calls nothing else may be
//! awaited: a transaction ends as soon as nothing is asked of it.

use super::bulk::Go;
use super::connection::{Durability, end_of, ended};
use super::database::{Store, decode, js_row, js_text, text};
use super::error::StoreError;
use super::layout::{BY_CUSTOMER, DRAFTS, META, SAFETY, store_of};
use super::mark::{self, INSTEAD_OF, MARK};
use crate::archive::backup::{Place, Stored};
use crate::archive::journal::Mark;
use crate::archive::record::Kind;
use crate::domain::book::Record;
use crate::domain::events::Events;
use crate::domain::id::CustomerId;
use idb::{KeyRange, Query, Transaction, TransactionMode};
use js_sys::Promise;
use uuid::Uuid;
use wasm_bindgen::JsValue;
use web_sys::IdbTransaction;

/// Rows read at once.
const BATCH: u32 = 500;
/// Rows written between two looks at whether to go on.
const CHUNK: usize = 400;

/// An open transaction over every store.
pub struct Session {
    raw: IdbTransaction,
    transaction: Transaction,
    over: Promise,
}

/// The store of a list of records or drafts.
fn store_at(place: Place) -> &'static str {
    place.kind().map_or(DRAFTS, store_of)
}

/// What a backup reads, in its order.
fn places() -> impl Iterator<Item = Place> {
    Place::ALL.into_iter().filter(|place| *place != Place::Unreadable)
}

impl Store {
    /// A look at everything.
    pub async fn look(&self) -> Result<Session, StoreError> {
        self.session(TransactionMode::ReadOnly, Durability::Relaxed).await
    }

    /// A change of anything: all of it is on the disk after [`Session::finish`], nothing of it otherwise. Refused where another tab
    /// writes by now.
    pub async fn change(&self) -> Result<Session, StoreError> {
        let session = self.session(TransactionMode::ReadWrite, Durability::Strict).await?;
        if mark::is_still_turn(&session.transaction, self.term()).await? {
            return Ok(session);
        }
        drop(session.abandon().await);
        Err(StoreError::Reader)
    }

    async fn session(&self, mode: TransactionMode, durability: Durability) -> Result<Session, StoreError> {
        let stores: Vec<&str> = places().map(store_at).chain([META, SAFETY]).collect();
        let raw = self.transaction(&stores, mode, durability).await?;
        Ok(Session { over: end_of(&raw), transaction: Transaction::from(raw.clone()), raw })
    }
}

impl Session {
    /// How many rows all lists have.
    pub async fn count(&self) -> Result<u64, StoreError> {
        let mut all = 0;
        for place in places() {
            all += u64::from(self.transaction.object_store(store_at(place))?.count(None)?.await?);
        }
        Ok(all)
    }

    /// Shows every row of every list to `see`, in the order of [`Place::ALL`] and of their keys, until it says stop.
    pub async fn walk(&self, mut see: impl FnMut(Place, &str, &str) -> Result<Go, StoreError>) -> Result<Go, StoreError> {
        for place in places() {
            let store = self.transaction.object_store(store_at(place))?;
            let mut coming = Some(store.get_all(None, Some(BATCH))?);
            while let Some(request) = coming.take() {
                let rows = request.await?;
                // The next rows are on their way while these are looked at.
                let last = rows.last().filter(|_| rows.len() == BATCH as usize).and_then(|row| text(row, "id"));
                if let Some(last) = last {
                    let rest = KeyRange::lower_bound(&JsValue::from_str(&last), Some(true))?;
                    coming = Some(store.get_all(Some(Query::from(rest)), Some(BATCH))?);
                }
                for row in &rows {
                    let (Some(id), Some(body)) = (text(row, "id"), text(row, "body")) else { continue };
                    if see(place, &id, &body)? == Go::Stop {
                        return Ok(Go::Stop);
                    }
                }
            }
        }
        Ok(Go::On)
    }

    /// The events at a shop that can be read.
    pub async fn events(&self, ids: &[CustomerId]) -> Result<Events, StoreError> {
        let mut events = Events::default();
        for kind in [Kind::Visit, Kind::Order, Kind::Delivery] {
            let index = self.transaction.object_store(store_of(kind))?.index(BY_CUSTOMER)?;
            for id in ids {
                for row in index.get_all(Some(Query::from(JsValue::from_str(&id.to_string()))), None)?.await? {
                    match decode(kind, &row) {
                        Ok(Record::Visit(visit)) => events.visits.push(visit),
                        Ok(Record::Order(order)) => events.orders.push(order),
                        Ok(Record::Delivery(delivery)) => events.deliveries.push(delivery),
                        _ => {}
                    }
                }
            }
        }
        Ok(events)
    }

    /// Writes entries over what has their keys; `watch` hears how many are behind.
    pub async fn write(&self, entries: impl Iterator<Item = Stored>, mut watch: impl FnMut(usize) -> Go) -> Result<Go, StoreError> {
        let mut behind = 0;
        let mut entries = entries.peekable();
        while entries.peek().is_some() {
            let mut last = None;
            for entry in entries.by_ref().take(CHUNK) {
                behind += 1;
                let (store, row) = match entry {
                    Stored::Record(row) => (store_of(row.kind), js_row(&row)),
                    Stored::Draft { key, body } => (DRAFTS, js_text(&key, &body)),
                    Stored::Raw { place, id, text } => (store_at(place), js_text(&id, &text)),
                };
                last = Some(self.transaction.object_store(store)?.put(&row, None)?);
            }
            // The transaction stays alive while its last request is awaited; the others are in line before it.
            if let Some(last) = last {
                last.await?;
            }
            if watch(behind) == Go::Stop {
                return Ok(Go::Stop);
            }
        }
        Ok(Go::On)
    }

    /// Deletes a row.
    pub fn remove(&self, place: Place, id: &str) -> Result<(), StoreError> {
        drop(self.transaction.object_store(store_at(place))?.delete(JsValue::from_str(id))?);
        Ok(())
    }

    /// How far the database has got.
    pub async fn mark(&self) -> Result<Option<Mark>, StoreError> {
        Ok(mark::read(self.transaction.object_store(META)?.get(mark::key(MARK))?.await?))
    }

    /// Empties the database, what it knows of itself too; it is another one from now on, on purpose.
    pub async fn clear(&self) -> Result<(), StoreError> {
        let before = self.mark().await?;
        for store in places().map(store_at).chain([META, SAFETY]) {
            drop(self.transaction.object_store(store)?.clear()?);
        }
        if let Some(before) = before {
            drop(self.transaction.object_store(META)?.put(&js_text(INSTEAD_OF, &mark::json(&before.epoch)?), None)?);
        }
        Ok(())
    }

    /// Keeps a text aside under a key.
    pub fn keep(&self, key: &str, body: &str) -> Result<(), StoreError> {
        drop(self.transaction.object_store(SAFETY)?.put(&js_text(key, body), None)?);
        Ok(())
    }

    /// Forgets what is kept aside under keys that begin so.
    pub fn forget(&self, prefix: &str) -> Result<(), StoreError> {
        drop(self.transaction.object_store(SAFETY)?.delete(Query::from(beginning_with(prefix)?))?);
        Ok(())
    }

    /// Ends a change: `Ok` once all of it is on the disk, the mark behind it too. `instead_of`: it makes another database of this one,
    /// in the place of that.
    pub async fn finish(self, instead_of: Option<Uuid>) -> Result<(), StoreError> {
        let before = match instead_of {
            Some(lost) => {
                drop(self.transaction.object_store(META)?.put(&js_text(INSTEAD_OF, &mark::json(&lost)?), None)?);
                None
            }
            None => self.mark().await?,
        };
        mark::put_after_bulk(&self.transaction, before).await?;
        self.transaction.commit()?;
        ended(&self.raw, self.over).await
    }

    /// Takes a change back. Where the browser has aborted already it says why: a full disk shows up only there.
    pub async fn abandon(self) -> Option<StoreError> {
        let _ = self.transaction.abort();
        ended(&self.raw, self.over).await.err()
    }
}

/// Keys that begin so.
pub(super) fn beginning_with(prefix: &str) -> Result<KeyRange, idb::Error> {
    KeyRange::bound(&JsValue::from_str(prefix), &JsValue::from_str(&format!("{prefix}\u{ffff}")), None, None)
}
