//! What the database knows of itself: how far it has got, which tab writes. A commit looks at both in its own transaction, so a tab
//! that slept while another took over cannot write over it.

use super::connection::{Durability, end_of, ended};
use super::database::{Store, js_text, text};
use super::error::StoreError;
use super::layout::{META, store_of};
use super::settled::apart;
use crate::archive::journal::{Entry, Link, Mark, frame};
use crate::archive::record::Kind;
use crate::keep::sabotage::{Protection, is_out};
use idb::{Query, Transaction, TransactionMode};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use wasm_bindgen::JsValue;

pub(super) const MARK: &str = "mark";
pub(super) const WRITER: &str = "writer";
/// Number of the last write of a draft.
pub(super) const TURN: &str = "turn";
/// The epoch of the database in whose place this one was put.
pub(super) const INSTEAD_OF: &str = "instead_of";

/// Shapes that this app writes: higher in an app that writes a newer one. An older tab stops writing beside it.
pub const SHAPES: u32 = crate::archive::record::GENERATION;

/// Which tab writes, as the database has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Writer {
    /// Counts the tabs that wrote, one after the other.
    pub term: u64,
    pub tab: String,
    pub shapes: u32,
}

/// What a tab finds when it begins to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claimed {
    /// Another tab wrote since this one did.
    pub has_changed_hands: bool,
    pub mark: Option<Mark>,
    /// Number of the last write of a draft.
    pub turn: u64,
}

impl Store {
    /// This tab writes from now on; the lock is the caller's.
    pub async fn claim(&self, tab: &str) -> Result<Claimed, StoreError> {
        apart(async move {
            let raw = self.transaction(&[META], TransactionMode::ReadWrite, Durability::Relaxed).await?;
            let transaction = Transaction::from(raw.clone());
            let over = end_of(&raw);
            let meta = transaction.object_store(META)?;
            let (writer, mark, turn) = (meta.get(key(WRITER))?, meta.get(key(MARK))?, meta.get(key(TURN))?);
            let writer: Option<Writer> = read(writer.await?);
            let mark: Option<Mark> = read(mark.await?);
            let turn = read(turn.await?).unwrap_or_default();
            if writer.as_ref().is_some_and(|writer| writer.shapes > SHAPES) {
                let _ = transaction.abort();
                return Err(StoreError::Newer);
            }
            let is_same = writer.as_ref().is_some_and(|writer| writer.tab == tab);
            let term = writer.as_ref().map_or(0, |writer| writer.term) + u64::from(!is_same);
            if !is_same {
                let next = Writer { term, tab: tab.to_owned(), shapes: SHAPES };
                drop(meta.put(&js_text(WRITER, &json(&next)?), None)?);
            }
            transaction.commit()?;
            ended(&raw, over).await?;
            let has_changed_hands = !is_same && self.term().is_some();
            self.set_term(Some(term));
            Ok(Claimed { has_changed_hands, mark, turn })
        })
        .await
    }

    /// Gives a database a mark of its own: one that was made before there were marks, or that is to be gone on with although it lost
    /// something. `instead_of`: the one that was lost.
    pub async fn begin_anew(&self, instead_of: Option<Uuid>) -> Result<Mark, StoreError> {
        apart(async move {
            let mut stores: Vec<&str> = Kind::ALL.into_iter().filter(|kind| kind.is_event()).map(store_of).collect();
            stores.push(META);
            let raw = self.transaction(&stores, TransactionMode::ReadWrite, Durability::Strict).await?;
            let transaction = Transaction::from(raw.clone());
            let over = end_of(&raw);
            if let Some(lost) = instead_of {
                drop(transaction.object_store(META)?.put(&js_text(INSTEAD_OF, &json(&lost)?), None)?);
            }
            let mark = put_after_bulk(&transaction, None).await?;
            transaction.commit()?;
            ended(&raw, over).await?;
            Ok(mark)
        })
        .await
    }

    /// Notes in whose place this database was put.
    pub async fn put_instead_of(&self, lost: Uuid) -> Result<(), StoreError> {
        self.put_fact(INSTEAD_OF, &json(&lost)?).await
    }

    /// Gives a new database its name, before the journal is begun under it.
    pub async fn put_mark(&self, mark: &Mark) -> Result<(), StoreError> {
        self.put_fact(MARK, &json(mark)?).await
    }

    async fn put_fact(&self, key: &str, body: &str) -> Result<(), StoreError> {
        apart(async move {
            let raw = self.transaction(&[META], TransactionMode::ReadWrite, Durability::Strict).await?;
            let transaction = Transaction::from(raw.clone());
            let over = end_of(&raw);
            drop(transaction.object_store(META)?.put(&js_text(key, body), None)?);
            transaction.commit()?;
            ended(&raw, over).await
        })
        .await
    }

    /// The database in whose place this one was put on purpose.
    pub async fn instead_of(&self) -> Result<Option<Uuid>, StoreError> {
        apart(async move {
            let raw = self.transaction(&[META], TransactionMode::ReadOnly, Durability::Relaxed).await?;
            Ok(read(Transaction::from(raw).object_store(META)?.get(key(INSTEAD_OF))?.await?))
        })
        .await
    }

    /// How far the database has got.
    pub async fn mark(&self) -> Result<Option<Mark>, StoreError> {
        apart(async move {
            let raw = self.transaction(&[META], TransactionMode::ReadOnly, Durability::Relaxed).await?;
            let row = Transaction::from(raw).object_store(META)?.get(key(MARK))?.await?;
            Ok(read(row))
        })
        .await
    }
}

/// Whether the row of the writer names the term in which a change is made.
pub(super) fn is_turn(row: Option<JsValue>, term: Option<u64>) -> bool {
    let writer: Option<Writer> = read(row);
    writer.map(|writer| writer.term) == term
}

/// As [`is_turn`], in the transaction that changes many records; always where nobody asked for a term.
pub(super) async fn is_still_turn(transaction: &Transaction, term: Option<u64>) -> Result<bool, idb::Error> {
    if term.is_none() || is_out(Protection::Fence) {
        return Ok(true);
    }
    Ok(is_turn(transaction.object_store(META)?.get(key(WRITER))?.await?, term))
}

/// Notes, in the transaction that changed many records at once, how far the database has got with it: the same mark that the journal's
/// note of it leads to. A database without a mark begins one.
pub(super) async fn put_after_bulk(transaction: &Transaction, before: Option<Mark>) -> Result<Mark, StoreError> {
    let before = before.unwrap_or_else(|| Mark { epoch: Uuid::now_v7(), sequence: 0, events: 0, link: Link::default() });
    let counts: Vec<_> = Kind::ALL
        .into_iter()
        .filter(|kind| kind.is_event())
        .map(|kind| transaction.object_store(store_of(kind))?.count(None))
        .collect::<Result<_, _>>()?;
    let mut events = 0;
    for count in counts {
        events += u64::from(count.await?);
    }
    let sequence = before.sequence + 1;
    let mark = Mark { sequence, events, link: frame(before.link, sequence, &Entry::Bulk).1, ..before };
    drop(transaction.object_store(META)?.put(&js_text(MARK, &json(&mark)?), None)?);
    Ok(mark)
}

pub(super) fn key(key: &str) -> Query {
    Query::from(JsValue::from_str(key))
}

/// A fact about the database from its row.
pub(super) fn read<T: for<'a> Deserialize<'a>>(row: Option<JsValue>) -> Option<T> {
    serde_json::from_str(&text(&row?, "body")?).ok()
}

pub(super) fn json<T: Serialize>(fact: &T) -> Result<String, StoreError> {
    serde_json::to_string(fact).map_err(|error| StoreError::Broken(error.to_string()))
}
