//! IndexedDB: open, load, commit. A commit is one synchronous burst of puts in one strict transaction, and it is over only when
//! the browser reports the transaction complete: a full disk shows up at its abort, never at a request.

use super::connection::{Connection, Durability, end_of, ended};
use super::error::StoreError;
use super::layout::{BY_UNSENT, DRAFTS, META, store_of};
use super::mark::{INSTEAD_OF, MARK, SHAPES, TURN, WRITER, Writer, is_turn, json, key, read};
use super::settled::apart;
use crate::archive::journal::Mark;
use crate::archive::record::{self, Kind, Row, Unreadable};
use crate::domain::book::Record;
use crate::domain::stamp::DeviceId;
use crate::keep::batch::Batch;
use crate::keep::drafts::Drafts;
use crate::keep::keeper::Disk;
use crate::keep::sabotage::{Protection, is_out};
use idb::{Query, Transaction, TransactionMode};
use js_sys::{Object, Reflect};
use std::cell::Cell;
use std::rc::Rc;
use uuid::Uuid;
use wasm_bindgen::JsValue;
use web_sys::IdbTransaction;

/// The name of the database; a test opens another.
pub const NAME: &str = "shelfwise";

/// How often a change is tried where the browser drops its connection.
const TRIES: u32 = 3;

/// The open database. Cheap to clone.
#[derive(Clone)]
pub struct Store(Rc<Inner>);

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Store")
    }
}

struct Inner {
    connection: Connection,
    /// The term in which this tab writes; none: nobody asked for one.
    term: Cell<Option<u64>>,
    /// Number of the last write of a draft: as it was read, and now.
    turns: Cell<(u64, u64)>,
    /// The highest number that a write of a draft was given.
    asked: Cell<u64>,
}

/// What is read at start: everything but the events.
#[derive(Debug, Default)]
pub struct Loaded {
    pub records: Vec<Record>,
    /// Texts of the drafts by their keys.
    pub drafts: Drafts,
    pub device: Option<DeviceId>,
    pub set_aside: SetAside,
    /// How far the database has got; none in one that was made before there were marks.
    pub mark: Option<Mark>,
    /// The epoch of the database in whose place this one was put on purpose.
    pub instead_of: Option<Uuid>,
    /// Shapes of the newest app that wrote here.
    pub is_newer: bool,
}

/// Records that could not be read; they stay on disk as they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SetAside {
    pub malformed: usize,
    /// Written by a newer version: nothing may be written by this one.
    pub newer: usize,
}

impl SetAside {
    pub(super) fn add(&mut self, unreadable: &Unreadable) {
        match unreadable {
            Unreadable::Newer { .. } => self.newer += 1,
            Unreadable::Malformed(_) => self.malformed += 1,
        }
    }
}

impl Store {
    /// Opens or makes the database. When a newer version of the app wants to change it, the connection is closed and
    /// `on_outdated` is called once.
    pub async fn open(name: &str, on_outdated: impl Fn() + 'static) -> Result<Store, StoreError> {
        let connection = Connection::open(name, Rc::new(on_outdated)).await?;
        Ok(Store(Rc::new(Inner { connection, term: Cell::new(None), turns: Cell::default(), asked: Cell::default() })))
    }

    pub fn close(&self) {
        self.0.connection.close();
    }

    /// Whether the browser threw the database away while it was open, and made an empty one. Said once.
    pub fn was_made_anew(&self) -> bool {
        self.0.connection.was_made_anew()
    }

    /// The term in which this tab writes; none where nobody asked for one.
    pub fn term(&self) -> Option<u64> {
        self.0.term.get()
    }

    /// Every change of this store looks whether it is still that term.
    pub fn set_term(&self, term: Option<u64>) {
        self.0.term.set(term);
    }

    /// Number of the last write of a draft: as it was when everything was read, and now.
    pub fn turns(&self) -> (u64, u64) {
        self.0.turns.get()
    }

    /// Writes of drafts have a higher number from now on.
    pub fn set_turns(&self, read: u64, now: u64) {
        self.0.turns.set((read, now.max(self.0.turns.get().1)));
    }

    /// A number for a write of a draft that no other has, be it still under way or refused.
    pub(super) fn next_turn(&self) -> u64 {
        let turn = self.turns().1.max(self.0.asked.get()) + 1;
        self.0.asked.set(turn);
        turn
    }

    pub(super) async fn transaction(
        &self,
        stores: &[&str],
        mode: TransactionMode,
        durability: Durability,
    ) -> Result<IdbTransaction, StoreError> {
        self.0.connection.transaction(stores, mode, durability).await
    }

    /// Everything the app holds in memory, in one read.
    pub async fn load(&self) -> Result<Loaded, StoreError> {
        apart(async move {
            const IN_MEMORY: [Kind; 4] = [Kind::Customer, Kind::Product, Kind::Summary, Kind::Settings];
            let mut stores: Vec<&str> = IN_MEMORY.iter().map(|kind| store_of(*kind)).collect();
            stores.extend([DRAFTS, META]);
            let scope: Vec<&str> = stores.iter().copied().chain([store_of(Kind::Dispatch)]).collect();
            let transaction = Transaction::from(self.transaction(&scope, TransactionMode::ReadOnly, Durability::Relaxed).await?);
            // All requests are made before the first is awaited, so that the browser reads them in one go.
            let mut requests = Vec::new();
            for store in &stores {
                requests.push(transaction.object_store(store)?.get_all(None, None)?);
            }
            requests.push(transaction.object_store(store_of(Kind::Dispatch))?.index(BY_UNSENT)?.get_all(None, None)?);
            let mut answers = Vec::new();
            for request in requests {
                answers.push(request.await?);
            }
            let unsent = answers.pop().unwrap_or_default();
            let (meta, drafts) = (answers.pop().unwrap_or_default(), answers.pop().unwrap_or_default());
            let fact = |key: &str| meta.iter().find(|row| text(row, "id").as_deref() == Some(key)).cloned();
            let writer: Option<Writer> = read(fact(WRITER));
            let turn = read(fact(TURN)).unwrap_or_default();
            self.set_turns(turn, turn);
            let mut loaded = Loaded {
                device: fact(DEVICE).and_then(|row| text(&row, "body")?.parse().ok()),
                mark: read(fact(MARK)),
                instead_of: read(fact(INSTEAD_OF)),
                is_newer: writer.is_some_and(|writer| writer.shapes > SHAPES),
                ..Loaded::default()
            };
            for row in &drafts {
                if let (Some(key), Some(body)) = (text(row, "id"), text(row, "body")) {
                    loaded.drafts.insert(key, body);
                }
            }
            let in_memory = IN_MEMORY.iter().zip(answers).chain([(&Kind::Dispatch, unsent)]);
            for (kind, rows) in in_memory {
                for row in rows {
                    match body(&row).and_then(|body| record::decode_held(*kind, &body)) {
                        Ok(record) => loaded.records.push(record),
                        Err(unreadable) => loaded.set_aside.add(&unreadable),
                    }
                }
            }
            Ok(loaded)
        })
        .await
    }

    /// Some records by kind and id. Unknown or unreadable ones are left out.
    pub async fn records(&self, ids: &[(Kind, String)]) -> Result<Vec<Record>, StoreError> {
        self.read_with(ids, record::decode).await
    }

    /// Of these records those that are held in memory, as another tab wrote them.
    pub async fn held(&self, ids: &[(Kind, String)]) -> Result<Vec<Record>, StoreError> {
        self.read_with(ids, record::decode_held).await
    }

    async fn read_with(
        &self,
        ids: &[(Kind, String)],
        decode: fn(Kind, &str) -> Result<Record, Unreadable>,
    ) -> Result<Vec<Record>, StoreError> {
        apart(async move {
            let mut found = Vec::new();
            for (kind, id) in ids {
                let store = store_of(*kind);
                let transaction = Transaction::from(self.transaction(&[store], TransactionMode::ReadOnly, Durability::Relaxed).await?);
                let row = transaction.object_store(store)?.get(Query::from(JsValue::from_str(id)))?.await?;
                found.extend(row.and_then(|row| decode(*kind, &body(&row).ok()?).ok()));
            }
            Ok(found)
        })
        .await
    }

    /// Writes a batch: all of it is on the disk when this returns `Ok`, nothing of it otherwise. Visits and orders are only ever
    /// added: one that is there already is [`StoreError::AlreadyThere`]. With `next`, that is how far the database has got.
    pub async fn commit(&self, batch: &Batch, next: Option<&Mark>) -> Result<(), StoreError> {
        let mut stores: Vec<&str> =
            Kind::ALL.into_iter().filter(|kind| batch.rows.iter().any(|row| row.kind == *kind)).map(store_of).collect();
        if !batch.finished_drafts.is_empty() {
            stores.push(DRAFTS);
        }
        let mark = next.map(json).transpose()?;
        let mut tries = 0;
        loop {
            let written = self
                .write(&stores, Durability::Strict, |transaction| {
                    for row in &batch.rows {
                        let store = transaction.object_store(store_of(row.kind))?;
                        if row.kind.is_event() {
                            drop(store.add(&js_row(row), None)?);
                        } else {
                            drop(store.put(&js_row(row), None)?);
                        }
                    }
                    for draft in &batch.finished_drafts {
                        drop(transaction.object_store(DRAFTS)?.delete(JsValue::from_str(draft))?);
                    }
                    if let Some(mark) = &mark {
                        drop(transaction.object_store(META)?.put(&js_text(MARK, mark), None)?);
                    }
                    Ok(())
                })
                .await;
            match written {
                Err(StoreError::Lost(_)) if tries < TRIES && !is_out(Protection::Retry) => {
                    tries += 1;
                    // The word "complete" may have been lost, not the change: whoever cannot look does not know.
                    let unknown = |error: StoreError| StoreError::Lost(format!("{error:?}"));
                    self.0.connection.reopen().await.map_err(unknown)?;
                    if next.is_some() && self.mark().await.map_err(unknown)?.as_ref() == next {
                        return Ok(());
                    }
                }
                written => return written,
            }
        }
    }

    /// Notes the device's id at its first start.
    pub async fn put_device(&self, device: DeviceId) -> Result<(), StoreError> {
        self.write_again(&[META], Durability::Strict, |transaction| {
            drop(transaction.object_store(META)?.put(&js_text(DEVICE, &device.to_string()), None)?);
            Ok(())
        })
        .await
    }

    /// A write that may be done twice, tried again where the browser drops the connection.
    pub(super) async fn write_again(
        &self,
        stores: &[&str],
        durability: Durability,
        burst: impl Fn(&Transaction) -> Result<(), idb::Error>,
    ) -> Result<(), StoreError> {
        let mut tries = 0;
        loop {
            match self.write(stores, durability, &burst).await {
                Err(StoreError::Lost(_)) if tries < TRIES && !is_out(Protection::Retry) => {
                    tries += 1;
                    self.0.connection.reopen().await?;
                }
                written => return written,
            }
        }
    }

    /// One transaction: a synchronous burst and the wait for "complete". A put that throws aborts the whole: otherwise the browser
    /// would commit the puts before it. Where this tab writes in a term, the same transaction reads whose term it is, and is aborted
    /// where another's has begun.
    async fn write(
        &self,
        stores: &[&str],
        durability: Durability,
        burst: impl Fn(&Transaction) -> Result<(), idb::Error>,
    ) -> Result<(), StoreError> {
        apart(async move {
            let mut scope = stores.to_vec();
            if !scope.contains(&META) {
                scope.push(META);
            }
            let raw = self.transaction(&scope, TransactionMode::ReadWrite, durability).await?;
            let transaction = Transaction::from(raw.clone());
            let over = end_of(&raw);
            let term = self.term().filter(|_| !is_out(Protection::Fence));
            let asked = term.map(|_| transaction.object_store(META)?.get(key(WRITER)));
            if let Err(error) = burst(&transaction) {
                // The abort itself can fail only where the browser has aborted already.
                let _ = transaction.abort();
                return Err(error.into());
            }
            if let Some(asked) = asked
                && !is_turn(asked?.await?, term)
            {
                let _ = transaction.abort();
                return Err(StoreError::Reader);
            }
            drop(transaction.commit()?);
            if is_out(Protection::Wait) {
                return Ok(());
            }
            ended(&raw, over).await
        })
        .await
    }
}

impl Disk for Store {
    async fn write(&self, batch: &Batch, next: &Mark) -> Result<(), StoreError> {
        self.commit(batch, Some(next)).await
    }

    async fn mark(&self) -> Result<Option<Mark>, StoreError> {
        Store::mark(self).await
    }
}

const DEVICE: &str = "device";

pub(super) fn decode(kind: Kind, row: &JsValue) -> Result<Record, Unreadable> {
    record::decode(kind, &body(row)?)
}

fn body(row: &JsValue) -> Result<String, Unreadable> {
    text(row, "body").ok_or_else(|| Unreadable::Malformed("no body".to_owned()))
}

pub(super) fn text(row: &JsValue, field: &str) -> Option<String> {
    Reflect::get(row, &field.into()).ok()?.as_string()
}

/// A record with the fields it is found by. A field that is not there keeps it out of that index.
pub(super) fn js_row(row: &Row) -> JsValue {
    let unsent = row.unsent.then_some("yes");
    js_object(&[
        ("id", Some(&row.id)),
        ("customer", row.customer.as_deref()),
        ("day", row.day.as_deref()),
        ("unsent", unsent),
        ("body", Some(&row.body)),
    ])
}

/// A draft or a fact: a text by its key.
pub(super) fn js_text(id: &str, body: &str) -> JsValue {
    js_object(&[("id", Some(id)), ("body", Some(body))])
}

fn js_object(fields: &[(&str, Option<&str>)]) -> JsValue {
    let row = Object::new();
    for (name, value) in fields.iter().filter_map(|(name, value)| Some((*name, (*value)?))) {
        // Setting a property of a fresh plain object cannot fail.
        let _ = Reflect::set(&row, &name.into(), &value.into());
    }
    row.into()
}
