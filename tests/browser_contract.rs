//! The contracts of `keep` over the real storage of a browser: IndexedDB as the database, the worker's files as the journal. The
//! simulation that `keep_simulation` crashes thousands of times passes the same two.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "support/contract.rs"]
mod contract;
#[path = "support/log_contract.rs"]
mod log_contract;

use contract::{Bench, Found, contract};
use js_sys::{Array, Function, Promise};
use log_contract::{LogBench, log_contract};
use shelfwise::archive::journal::Mark;
use shelfwise::state::clock;
use shelfwise::store::bulk::Go;
use shelfwise::store::database::Store;
use shelfwise::store::journal::{Journal, TAIL, number_of};
use std::cell::RefCell;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Makes the browser say that its disk is full, and returns what undoes it.
type MakeFull = &'static str;

/// At the second request of a transaction, when the first has been taken.
const AT_A_REQUEST: MakeFull = "
    const { put, add } = IDBObjectStore.prototype; let calls = 0;
    const full = (real) => function (...rest) {
      calls += 1;
      if (calls > 1) throw new DOMException('disk', 'QuotaExceededError');
      return real.apply(this, rest);
    };
    Object.assign(IDBObjectStore.prototype, { put: full(put), add: full(add) });
    return () => { Object.assign(IDBObjectStore.prototype, { put, add }); };";

/// At the end, as Chromium does: every request succeeds, then the transaction is aborted with the disk's error.
const AT_THE_END: MakeFull = "
    const { commit } = IDBTransaction.prototype;
    const error = Object.getOwnPropertyDescriptor(IDBTransaction.prototype, 'error');
    IDBTransaction.prototype.commit = function () { this.abort(); };
    Object.defineProperty(IDBTransaction.prototype, 'error', { configurable: true, get: () => new DOMException('full', 'QuotaExceededError') });
    return () => { Object.assign(IDBTransaction.prototype, { commit }); Object.defineProperty(IDBTransaction.prototype, 'error', error); };";

struct Database {
    store: Store,
    make_full: MakeFull,
    undo: RefCell<Option<Function>>,
}

impl Database {
    async fn new(make_full: MakeFull) -> Database {
        let store = Store::open(&format!("test-contract-{}", clock::new_id()), || {}).await.unwrap();
        Database { store, make_full, undo: RefCell::default() }
    }
}

impl Bench for Database {
    type Disk = Store;

    fn disk(&self) -> &Store {
        &self.store
    }

    async fn rows(&self) -> Found {
        let mut found = Found::new();
        let session = self.store.look().await.unwrap();
        let walked = session.walk(|place, id, body| {
            found.insert((place, id.to_owned()), body.to_owned());
            Ok(Go::On)
        });
        walked.await.unwrap();
        found
    }

    async fn found_mark(&self) -> Option<Mark> {
        self.store.mark().await.unwrap()
    }

    async fn put_draft(&self, key: &str, body: &str) {
        self.store.put_draft(key, body).await.unwrap();
    }

    async fn fill(&self, is_full: bool) {
        if let Some(undo) = self.undo.take() {
            undo.call0(&JsValue::NULL).unwrap();
        }
        if is_full {
            let undo = Function::new_no_args(self.make_full).call0(&JsValue::NULL).unwrap();
            self.undo.replace(Some(undo.dyn_into().unwrap()));
        }
    }
}

fn ids() -> [uuid::Uuid; 3] {
    [clock::new_id(), clock::new_id(), clock::new_id()]
}

#[wasm_bindgen_test]
async fn indexed_db_keeps_the_contract_where_a_full_disk_shows_at_a_request() {
    contract(&Database::new(AT_A_REQUEST).await, ids()).await;
}

#[wasm_bindgen_test]
async fn indexed_db_keeps_the_contract_where_a_full_disk_shows_at_the_end() {
    contract(&Database::new(AT_THE_END).await, ids()).await;
}

#[wasm_bindgen_test]
async fn indexed_db_keeps_the_contract_in_a_tab_that_has_claimed_it() {
    let bench = Database::new(AT_THE_END).await;
    bench.store.claim("tab").await.unwrap();
    contract(&bench, ids()).await;
}

/// The journal's worker with a disk that can be full but for a few bytes: what files grow by is taken from the room there is, what they
/// shrink by comes back, and of a write that does not fit only a part is taken.
const A_DISK_TO_FILL: &str = "
    let room = Infinity;
    const heard = new BroadcastChannel('test-disk-heard');
    new BroadcastChannel('test-disk').onmessage = ({ data }) => { room = data ? 9 : Infinity; heard.postMessage(room); };
    const { write, truncate } = FileSystemSyncAccessHandle.prototype;
    FileSystemSyncAccessHandle.prototype.write = function (bytes, { at }) {
      const before = this.getSize(), fits = Math.max(0, before + room - at);
      const written = fits < bytes.byteLength ? write.call(this, bytes.subarray(0, fits), { at }) : write.call(this, bytes, { at });
      room -= this.getSize() - before;
      return written;
    };
    FileSystemSyncAccessHandle.prototype.truncate = function (length) {
      const before = this.getSize();
      truncate.call(this, length);
      room += before - this.getSize();
    };\n";

/// Gives the page of the test what the app's has beside it, `journal.js`, and takes away what an earlier test left.
const SET_UP: &str = "
    const address = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
    const Real = self.RealWorker ??= self.Worker;
    self.Worker = class extends Real { constructor(name) { super(name === 'journal.js' ? address : name); } };
    return navigator.storage.getDirectory().then((root) => root.removeEntry('shelfwise', { recursive: true }).catch(() => {}));";

/// Every worker is told, and each says that it heard.
const FILL: &str = "
    return new Promise((done) => {
      const disk = new BroadcastChannel('test-disk'), heard = new BroadcastChannel('test-disk-heard');
      let count = 0;
      heard.onmessage = () => { count += 1; if (count === workers) { disk.close(); heard.close(); done(); } };
      disk.postMessage(is_full);
    });";

struct Files {
    log: RefCell<Journal>,
    /// Another tab's, which only reads.
    reader: Journal,
    /// Workers that were started.
    workers: RefCell<u32>,
}

async fn run(arguments: &str, script: &str, given: &[JsValue]) {
    let given: Array = given.iter().collect();
    let promise: Promise = Function::new_with_args(arguments, script).apply(&JsValue::NULL, &given).unwrap().dyn_into().unwrap();
    JsFuture::from(promise).await.unwrap();
}

impl Files {
    async fn new() -> Files {
        let source = format!("{A_DISK_TO_FILL}{}", include_str!("../public/journal.js"));
        run("source", SET_UP, &[source.into()]).await;
        let files = Files { log: RefCell::default(), reader: Journal::default(), workers: RefCell::new(2) };
        assert!(files.reader.open().await.unwrap().is_empty(), "a new folder");
        files.log().open().await.unwrap();
        files
    }
}

impl LogBench for Files {
    type Log = Journal;

    fn log(&self) -> Journal {
        self.log.borrow().clone()
    }

    async fn tails(&self) -> Vec<Vec<u8>> {
        let files = self.reader.open().await.unwrap();
        files.into_iter().filter(|file| number_of(TAIL, &file.name).is_some()).map(|file| file.bytes).collect()
    }

    async fn start_again(&self) {
        self.log().close().await;
        let next = Journal::default();
        next.open().await.unwrap();
        self.log.replace(next);
        *self.workers.borrow_mut() += 1;
    }

    async fn keep_room(&self) {
        self.log().keep_ballast().await;
    }

    async fn fill(&self, is_full: bool) {
        let workers = *self.workers.borrow();
        run("is_full, workers", FILL, &[is_full.into(), workers.into()]).await;
    }
}

#[wasm_bindgen_test]
async fn the_journal_in_private_files_keeps_the_contract() {
    log_contract(&Files::new().await, clock::new_id()).await;
}
