//! IndexedDB: open, load, commit. A commit is one synchronous burst of puts in one strict transaction, and it is over only when
//! the browser reports the transaction complete: a full disk shows up at its abort, never at a request.

use super::error::StoreError;
use super::layout::{self, BY_UNSENT, DRAFTS, META, store_of};
use crate::archive::record::{self, Kind, Row, Unreadable};
use crate::domain::book::{Change, Record};
use crate::domain::stamp::DeviceId;
use idb::{DatabaseEvent, Factory, Query, Transaction, TransactionMode};
use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, IdbDatabase, IdbTransaction};

/// The name of the database; a test opens another.
pub const NAME: &str = "shelfwise";

/// An open connection. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    database: IdbDatabase,
}

/// What is read at start: everything but the events.
#[derive(Debug, Default)]
pub struct Loaded {
    pub records: Vec<Record>,
    /// Key and text of each draft.
    pub drafts: Vec<(String, String)>,
    pub device: Option<DeviceId>,
    pub set_aside: SetAside,
}

/// Records that could not be read; they stay on disk as they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SetAside {
    pub malformed: usize,
    /// Written by a newer version: nothing may be written by this one.
    pub newer: usize,
}

impl SetAside {
    pub fn is_empty(self) -> bool {
        self.malformed == 0 && self.newer == 0
    }

    pub(super) fn add(&mut self, unreadable: &Unreadable) {
        match unreadable {
            Unreadable::Newer { .. } => self.newer += 1,
            Unreadable::Malformed(_) => self.malformed += 1,
        }
    }
}

/// How hard the browser tries before it says "complete".
#[derive(Clone, Copy)]
pub(super) enum Durability {
    /// Flushed to the disk: everything a person confirmed.
    Strict,
    /// Handed to the system: drafts, which survive a killed browser but not a power cut.
    Relaxed,
}

impl Store {
    /// Opens or makes the database. When a newer version of the app wants to change it, the connection is closed and
    /// `on_outdated` is called once.
    pub async fn open(name: &str, on_outdated: impl FnOnce() + 'static) -> Result<Store, StoreError> {
        let mut request = Factory::new()?.open(name, Some(layout::VERSION))?;
        request.on_upgrade_needed(|event| {
            let from = event.old_version().unwrap_or(0);
            // A failed upgrade throws in the handler, the browser aborts it, and `await` below reports it.
            let _ = event.database().and_then(|database| layout::upgrade(&database, from));
        });
        let database: IdbDatabase = request.await?.into();
        let closing = database.clone();
        let on_versionchange = Closure::once(move || {
            closing.close();
            on_outdated();
        });
        database.set_onversionchange(Some(on_versionchange.as_ref().unchecked_ref()));
        on_versionchange.forget();
        Ok(Store { database })
    }

    pub fn close(&self) {
        self.database.close();
    }

    /// Everything the app holds in memory, in one read.
    pub async fn load(&self) -> Result<Loaded, StoreError> {
        const IN_MEMORY: [Kind; 4] = [Kind::Customer, Kind::Product, Kind::Summary, Kind::Settings];
        let mut stores: Vec<&str> = IN_MEMORY.iter().map(|kind| store_of(*kind)).collect();
        stores.extend([DRAFTS, META]);
        let scope: Vec<&str> = stores.iter().copied().chain([store_of(Kind::Dispatch)]).collect();
        let transaction = Transaction::from(self.transaction(&scope, TransactionMode::ReadOnly, Durability::Relaxed)?);
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
        let mut loaded = Loaded {
            drafts: drafts.iter().filter_map(|row| Some((text(row, "id")?, text(row, "body")?))).collect(),
            device: meta.iter().find(|row| text(row, "id").as_deref() == Some(DEVICE)).and_then(|row| text(row, "body")?.parse().ok()),
            ..Loaded::default()
        };
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
        let mut found = Vec::new();
        for (kind, id) in ids {
            let store = store_of(*kind);
            let transaction = Transaction::from(self.transaction(&[store], TransactionMode::ReadOnly, Durability::Relaxed)?);
            let row = transaction.object_store(store)?.get(Query::from(JsValue::from_str(id)))?.await?;
            found.extend(row.and_then(|row| decode(*kind, &body(&row).ok()?).ok()));
        }
        Ok(found)
    }

    /// Writes a change: all of it is on the disk when this returns `Ok`, nothing of it otherwise. Visits and orders are only
    /// ever added: one that is there already is [`StoreError::AlreadyThere`].
    pub async fn commit(&self, change: &Change) -> Result<(), StoreError> {
        let rows = change.records.iter().map(record::encode).collect::<Result<Vec<Row>, Unreadable>>()?;
        let mut stores: Vec<&str> = Kind::ALL.into_iter().filter(|kind| rows.iter().any(|row| row.kind == *kind)).map(store_of).collect();
        if !change.finished_drafts.is_empty() {
            stores.push(DRAFTS);
        }
        self.write(&stores, Durability::Strict, |transaction| {
            for row in &rows {
                let store = transaction.object_store(store_of(row.kind))?;
                if row.kind.is_event() {
                    drop(store.add(&js_row(row), None)?);
                } else {
                    drop(store.put(&js_row(row), None)?);
                }
            }
            for draft in &change.finished_drafts {
                drop(transaction.object_store(DRAFTS)?.delete(JsValue::from_str(draft))?);
            }
            Ok(())
        })
        .await
    }

    /// Keeps a draft under `key`.
    pub async fn put_draft(&self, key: &str, body: &str) -> Result<(), StoreError> {
        self.write(&[DRAFTS], Durability::Relaxed, |transaction| {
            drop(transaction.object_store(DRAFTS)?.put(&js_text(key, body), None)?);
            Ok(())
        })
        .await
    }

    /// Forgets a draft.
    pub async fn delete_draft(&self, key: &str) -> Result<(), StoreError> {
        self.write(&[DRAFTS], Durability::Relaxed, |transaction| {
            drop(transaction.object_store(DRAFTS)?.delete(JsValue::from_str(key))?);
            Ok(())
        })
        .await
    }

    /// The draft under `key`, as another tab may have written it.
    pub async fn draft(&self, key: &str) -> Result<Option<String>, StoreError> {
        let transaction = Transaction::from(self.transaction(&[DRAFTS], TransactionMode::ReadOnly, Durability::Relaxed)?);
        let row = transaction.object_store(DRAFTS)?.get(Query::from(JsValue::from_str(key)))?.await?;
        Ok(row.and_then(|row| text(&row, "body")))
    }

    /// Notes the device's id at its first start.
    pub async fn put_device(&self, device: DeviceId) -> Result<(), StoreError> {
        self.write(&[META], Durability::Strict, |transaction| {
            drop(transaction.object_store(META)?.put(&js_text(DEVICE, &device.to_string()), None)?);
            Ok(())
        })
        .await
    }

    /// One transaction: a synchronous burst, `commit()`, and the wait for "complete". A put that throws aborts the whole:
    /// otherwise the browser would commit the puts before it.
    async fn write(
        &self,
        stores: &[&str],
        durability: Durability,
        burst: impl FnOnce(&Transaction) -> Result<(), idb::Error>,
    ) -> Result<(), StoreError> {
        if stores.is_empty() {
            return Ok(());
        }
        let raw = self.transaction(stores, TransactionMode::ReadWrite, durability)?;
        let transaction = Transaction::from(raw.clone());
        let over = end_of(&raw);
        if let Err(error) = burst(&transaction) {
            // The abort itself can fail only where the browser has aborted already.
            let _ = transaction.abort();
            return Err(error.into());
        }
        transaction.commit()?;
        ended(&raw, over).await
    }

    /// `idb` has no durability option, so the transaction is made by reflection and handed to it.
    pub(super) fn transaction(&self, stores: &[&str], mode: TransactionMode, durability: Durability) -> Result<IdbTransaction, StoreError> {
        let names: Array = stores.iter().map(|name| JsValue::from_str(name)).collect();
        let mode = match mode {
            TransactionMode::ReadOnly => "readonly",
            _ => "readwrite",
        };
        let options = Object::new();
        let durability = match durability {
            Durability::Strict => "strict",
            Durability::Relaxed => "relaxed",
        };
        Reflect::set(&options, &"durability".into(), &durability.into())?;
        let open: Function = Reflect::get(&self.database, &"transaction".into())?.dyn_into()?;
        Ok(open.call3(&self.database, &names, &mode.into(), &options)?.dyn_into()?)
    }
}

/// Resolves with the event that ends a transaction, "complete" or "abort". A request's error event is not its end: `idb` takes it
/// for one, before the browser has said why it aborts.
pub(super) fn end_of(transaction: &IdbTransaction) -> Promise {
    Promise::new(&mut |resolve, _| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&resolve));
    })
}

/// How it ended: `Ok` once it is complete.
pub(super) async fn ended(transaction: &IdbTransaction, over: Promise) -> Result<(), StoreError> {
    let end: Event = JsFuture::from(over).await?.dyn_into()?;
    match (end.type_().as_str(), transaction.error()) {
        ("complete", _) => Ok(()),
        (_, Some(exception)) => Err(StoreError::from(&exception)),
        (_, None) => Err(StoreError::Broken("transaction aborted".to_owned())),
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
