//! Reading all of one shop that its head is made of, in one transaction; and the rows of a whole list in batches, so that thousands are
//! read without the page standing still.

use super::connection::Durability;
use super::database::{SetAside, Store, body, decode, text};
use super::error::StoreError;
use super::layout::{BY_CUSTOMER, store_of};
use super::mark::key;
use super::settled::apart;
use crate::archive::record::{self, Kind, Unreadable};
use crate::domain::book::Record;
use crate::domain::chronicle::Chronicle;
use crate::domain::id::CustomerId;
use idb::{KeyRange, Query, Transaction, TransactionMode};
use wasm_bindgen::JsValue;

/// One shop's chronicle, and how many records of it could not be read.
#[derive(Clone, Debug, Default)]
pub struct Read {
    pub chronicle: Chronicle,
    pub set_aside: SetAside,
}

/// Some rows of a list.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    pub records: Vec<Record>,
    pub set_aside: SetAside,
    /// The key behind which the list goes on; none: that was all.
    pub last: Option<String>,
}

/// How a row of a list is read.
type Reader = fn(Kind, &JsValue) -> Result<Record, Unreadable>;

impl Store {
    /// What happened at one shop and how it is followed up, under all its ids.
    pub async fn chronicle(&self, ids: &[CustomerId]) -> Result<Read, StoreError> {
        apart(async move {
            const KINDS: [Kind; 6] = [Kind::Visit, Kind::Order, Kind::Delivery, Kind::Touch, Kind::Promise, Kind::Episode];
            let stores = KINDS.map(store_of);
            let transaction = Transaction::from(self.transaction(&stores, TransactionMode::ReadOnly, Durability::Relaxed).await?);
            let mut requests = Vec::new();
            for kind in KINDS {
                let index = transaction.object_store(store_of(kind))?.index(BY_CUSTOMER)?;
                for id in ids {
                    requests.push((kind, index.get_all(Some(key(&id.to_string())), None)?));
                }
            }
            let mut read = Read::default();
            for (kind, request) in requests {
                for row in request.await? {
                    match decode(kind, &row) {
                        Ok(record) => drop(read.chronicle.add(record)),
                        Err(unreadable) => read.set_aside.add(&unreadable),
                    }
                }
            }
            Ok(read)
        })
        .await
    }

    /// The next heads or profiles behind a key.
    pub async fn followed(&self, kind: Kind, after: Option<&str>, count: u32) -> Result<Batch, StoreError> {
        self.batch(kind, after, count, |kind, row| record::decode_followed(kind, &body(row)?)).await
    }

    /// The next people behind a key.
    pub async fn people(&self, after: Option<&str>, count: u32) -> Result<Batch, StoreError> {
        self.batch(Kind::Person, after, count, decode).await
    }

    async fn batch(&self, kind: Kind, after: Option<&str>, count: u32, read: Reader) -> Result<Batch, StoreError> {
        apart(async move {
            let store = store_of(kind);
            let transaction = Transaction::from(self.transaction(&[store], TransactionMode::ReadOnly, Durability::Relaxed).await?);
            let rest = after.map(behind).transpose()?;
            let rows = transaction.object_store(store)?.get_all(rest.map(Query::from), Some(count))?.await?;
            let is_full = rows.len() == usize::try_from(count).unwrap_or(usize::MAX);
            let mut batch = Batch { last: rows.last().filter(|_| is_full).and_then(|row| text(row, "id")), ..Batch::default() };
            for row in &rows {
                match read(kind, row) {
                    Ok(record) => batch.records.push(record),
                    Err(unreadable) => batch.set_aside.add(&unreadable),
                }
            }
            Ok(batch)
        })
        .await
    }
}

/// Keys behind this one. Not inlined, or whoever reads would be in the first load.
#[inline(never)]
fn behind(after: &str) -> Result<KeyRange, idb::Error> {
    KeyRange::lower_bound(&JsValue::from_str(after), Some(true))
}
