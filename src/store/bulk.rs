//! Everything at once, for the worker: all records of a kind, an import of many thousand rows in one transaction that can be
//! watched and stopped, and real deletion, which only the demonstration and an import taken back know.

use super::connection::{Durability, end_of, ended};
use super::database::{Store, decode, js_row, js_text, text};
use super::error::StoreError;
use super::layout::{META, SAFETY, store_of};
use super::mark::{self, MARK};
use super::session::beginning_with;
use super::settled::apart;
use crate::archive::record::{Kind, Row};
use crate::domain::book::Record;
use idb::{Query, Transaction, TransactionMode};
use std::collections::BTreeSet;
use wasm_bindgen::JsValue;

/// Rows written between two looks at whether to go on.
const CHUNK: usize = 400;

/// Whether a long write goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Go {
    On,
    /// Undo what was written so far.
    Stop,
}

/// How a long write ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    All,
    /// Stopped: nothing was written.
    Nothing,
}

impl Store {
    /// Every record of a kind that can be read.
    pub async fn all(&self, kind: Kind) -> Result<Vec<Record>, StoreError> {
        let store = store_of(kind);
        let transaction = Transaction::from(self.transaction(&[store], TransactionMode::ReadOnly, Durability::Relaxed).await?);
        let rows = transaction.object_store(store)?.get_all(None, None)?.await?;
        Ok(rows.iter().filter_map(|row| decode(kind, row).ok()).collect())
    }

    /// The ids of every record of a kind.
    pub async fn ids(&self, kind: Kind) -> Result<BTreeSet<String>, StoreError> {
        let store = store_of(kind);
        let transaction = Transaction::from(self.transaction(&[store], TransactionMode::ReadOnly, Durability::Relaxed).await?);
        let keys = transaction.object_store(store)?.get_all_keys(None, None)?.await?;
        Ok(keys.iter().filter_map(JsValue::as_string).collect())
    }

    /// Some texts of a kind by id, as they stand on disk.
    pub async fn bodies(&self, kind: Kind, ids: &[String]) -> Result<Vec<(String, String)>, StoreError> {
        let store = store_of(kind);
        let transaction = Transaction::from(self.transaction(&[store], TransactionMode::ReadOnly, Durability::Relaxed).await?);
        let mut requests = Vec::new();
        for id in ids {
            requests.push((id, transaction.object_store(store)?.get(Query::from(JsValue::from_str(id)))?));
        }
        let mut found = Vec::new();
        for (id, request) in requests {
            found.extend(request.await?.and_then(|row| text(&row, "body")).map(|body| (id.clone(), body)));
        }
        Ok(found)
    }

    /// Writes and removes records in one transaction, all or nothing; `safety` is kept beside them under its key. `watch` hears how
    /// many rows are behind and says whether to go on.
    pub async fn write_many(
        &self,
        rows: &[Row],
        removed: &[(Kind, String)],
        safety: Option<(&str, &str)>,
        mut watch: impl FnMut(usize) -> Go,
    ) -> Result<Written, StoreError> {
        let mut stores: Vec<&str> = Kind::ALL.into_iter().map(store_of).collect();
        stores.extend([SAFETY, META]);
        let raw = self.transaction(&stores, TransactionMode::ReadWrite, Durability::Strict).await?;
        let transaction = Transaction::from(raw.clone());
        let over = end_of(&raw);
        if !mark::is_still_turn(&transaction, self.term()).await? {
            let _ = transaction.abort();
            return Err(StoreError::Reader);
        }
        let burst = async {
            if let Some((key, body)) = safety {
                transaction.object_store(SAFETY)?.put(&js_text(key, body), None)?.await?;
            }
            for (kind, id) in removed {
                drop(transaction.object_store(store_of(*kind))?.delete(JsValue::from_str(id))?);
            }
            let mut behind = 0;
            for chunk in rows.chunks(CHUNK) {
                let mut last = None;
                for row in chunk {
                    last = Some(transaction.object_store(store_of(row.kind))?.put(&js_row(row), None)?);
                }
                // The transaction stays alive while its last request is awaited; the others are in line before it.
                if let Some(last) = last {
                    last.await?;
                }
                behind += chunk.len();
                if watch(behind) == Go::Stop {
                    return Ok(Written::Nothing);
                }
            }
            Ok::<Written, idb::Error>(Written::All)
        };
        match burst.await {
            Ok(Written::All) => {
                let before = mark::read(transaction.object_store(META)?.get(mark::key(MARK))?.await?);
                mark::put_after_bulk(&transaction, before).await?;
                transaction.commit()?;
                ended(&raw, over).await?;
                Ok(Written::All)
            }
            Ok(Written::Nothing) => {
                // The abort itself can fail only where the browser has aborted already.
                let _ = transaction.abort();
                Ok(Written::Nothing)
            }
            Err(error) => {
                let _ = transaction.abort();
                // The abort knows better than the request why: a full disk shows up only there.
                Err(ended(&raw, over).await.err().unwrap_or_else(|| error.into()))
            }
        }
    }

    /// What is kept aside under keys that begin so, in the order of the keys.
    pub async fn kept(&self, prefix: &str) -> Result<Vec<(String, String)>, StoreError> {
        apart(async move {
            let transaction = Transaction::from(self.transaction(&[SAFETY], TransactionMode::ReadOnly, Durability::Relaxed).await?);
            let range = Query::from(beginning_with(prefix)?);
            let rows = transaction.object_store(SAFETY)?.get_all(Some(range), None)?.await?;
            Ok(rows.iter().filter_map(|row| Some((text(row, "id")?, text(row, "body")?))).collect())
        })
        .await
    }

    /// Forgets what is kept aside under keys that begin so.
    pub async fn forget_kept(&self, prefix: &str) -> Result<(), StoreError> {
        let raw = self.transaction(&[SAFETY], TransactionMode::ReadWrite, Durability::Relaxed).await?;
        let transaction = Transaction::from(raw.clone());
        let over = end_of(&raw);
        drop(transaction.object_store(SAFETY)?.delete(Query::from(beginning_with(prefix)?))?);
        transaction.commit()?;
        ended(&raw, over).await
    }
}
