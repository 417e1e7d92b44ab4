//! The connection to IndexedDB: opened, opened again when the browser drops it, closed for a newer app.

use super::error::StoreError;
use super::layout;
use crate::keep::sabotage::{Protection, is_out};
use idb::{DatabaseEvent, Factory, TransactionMode};
use js_sys::{Array, Function, Object, Promise, Reflect};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, IdbDatabase, IdbTransaction};

/// How often a dropped connection is opened again for one request.
const TRIES: u32 = 3;

/// How hard the browser tries before it says "complete".
#[derive(Clone, Copy)]
pub(super) enum Durability {
    /// Flushed to the disk: everything a person confirmed.
    Strict,
    /// Handed to the system: drafts, which survive a killed browser but not a power cut.
    Relaxed,
}

/// A connection that mends itself.
pub(super) struct Connection {
    name: String,
    database: RefCell<IdbDatabase>,
    /// A newer app in another tab changed the layout.
    is_outdated: Rc<Cell<bool>>,
    on_outdated: Rc<dyn Fn()>,
    /// Opened again, it was a new one, and nobody has asked yet.
    is_new: Cell<bool>,
}

impl Connection {
    pub async fn open(name: &str, on_outdated: Rc<dyn Fn()>) -> Result<Connection, StoreError> {
        let is_outdated = Rc::new(Cell::new(false));
        let mut tries = 0;
        let database = loop {
            match connect(name, &is_outdated, &on_outdated).await {
                // Right after a crash the browser may still be mending what is below.
                Err(StoreError::Lost(_)) if tries < TRIES => tries += 1,
                answer => break answer?.0,
            }
        };
        Ok(Connection { name: name.to_owned(), database: RefCell::new(database), is_outdated, on_outdated, is_new: Cell::new(false) })
    }

    pub fn close(&self) {
        self.database.borrow().close();
    }

    /// A transaction, on a new connection where the browser dropped the old one.
    pub async fn transaction(&self, stores: &[&str], mode: TransactionMode, durability: Durability) -> Result<IdbTransaction, StoreError> {
        let mut tries = 0;
        loop {
            match self.try_transaction(stores, mode, durability) {
                Err(StoreError::Lost(_)) if tries < TRIES && !is_out(Protection::Retry) => {
                    tries += 1;
                    self.reopen().await?;
                }
                answer => return answer,
            }
        }
    }

    /// `idb` has no durability option, so the transaction is made by reflection and handed to it.
    fn try_transaction(&self, stores: &[&str], mode: TransactionMode, durability: Durability) -> Result<IdbTransaction, StoreError> {
        if self.is_outdated.get() {
            return Err(StoreError::Closed);
        }
        let names: Array = stores.iter().map(|name| JsValue::from_str(name)).collect();
        let mode = match mode {
            TransactionMode::ReadOnly => "readonly",
            _ => "readwrite",
        };
        let options = Object::new();
        let durability = match durability {
            Durability::Strict if !is_out(Protection::Strict) => "strict",
            _ => "relaxed",
        };
        Reflect::set(&options, &"durability".into(), &durability.into())?;
        let database = self.database.borrow();
        let open: Function = Reflect::get(&database, &"transaction".into())?.dyn_into()?;
        Ok(open.call3(&database, &names, &mode.into(), &options)?.dyn_into()?)
    }

    /// Whether the browser threw the database away under the app and made an empty one, as Chromium does where its files are damaged
    /// or the disk was full. Said once.
    pub fn was_made_anew(&self) -> bool {
        self.is_new.take()
    }

    /// Opens it again. An empty one is no answer to a request, however often it is tried.
    pub async fn reopen(&self) -> Result<(), StoreError> {
        if self.is_outdated.get() {
            return Err(StoreError::Closed);
        }
        if !self.is_new.get() {
            self.close();
            let (database, is_new) = connect(&self.name, &self.is_outdated, &self.on_outdated).await?;
            self.database.replace(database);
            self.is_new.set(is_new);
        }
        if self.is_new.get() { Err(StoreError::Lost("the database is a new one".to_owned())) } else { Ok(()) }
    }
}

/// The database, and whether it was made.
async fn connect(name: &str, is_outdated: &Rc<Cell<bool>>, on_outdated: &Rc<dyn Fn()>) -> Result<(IdbDatabase, bool), StoreError> {
    let mut request = Factory::new()?.open(name, Some(layout::VERSION))?;
    let is_new = Rc::new(Cell::new(false));
    let made = Rc::clone(&is_new);
    request.on_upgrade_needed(move |event| {
        let from = event.old_version().unwrap_or(0);
        made.set(from == 0);
        // A failed upgrade throws in the handler, the browser aborts it, and `await` below reports it.
        let _ = event.database().and_then(|database| layout::upgrade(&database, from));
    });
    let database: IdbDatabase = request.await?.into();
    let (closing, outdated, tell) = (database.clone(), Rc::clone(is_outdated), Rc::clone(on_outdated));
    let on_versionchange = Closure::<dyn Fn()>::new(move || {
        closing.close();
        if !outdated.replace(true) {
            tell();
        }
    });
    database.set_onversionchange(Some(on_versionchange.as_ref().unchecked_ref()));
    on_versionchange.forget();
    Ok((database, is_new.get()))
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
        (_, None) => Err(StoreError::Lost("transaction aborted without a reason".to_owned())),
    }
}
