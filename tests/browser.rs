//! Storage and clocks in a real browser: what is committed is there, what fails leaves nothing, and a stamp never goes back.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use chrono::NaiveDate;
use js_sys::{Function, Reflect};
use shelfwise::archive::backup::{Place, Stored};
use shelfwise::archive::journal::{Link, Mark};
use shelfwise::archive::record::{self, Kind, Row};
use shelfwise::domain::book::{Change, Record};
use shelfwise::domain::customer::{Customer, CustomerFields};
use shelfwise::domain::dispatch::{Dispatch, How, Sent};
use shelfwise::domain::factor::Factor;
use shelfwise::domain::id::{CustomerId, OrderId, VisitId};
use shelfwise::domain::stamp::{DeviceId, Envelope, Stamp};
use shelfwise::domain::visit::{Agreed, Outcome, Visit};
use shelfwise::keep::batch::Batch;
use shelfwise::state::clock;
use shelfwise::store::bulk::{Go, Written};
use shelfwise::store::database::Store;
use shelfwise::store::error::StoreError;
use std::cell::Cell;
use std::collections::BTreeSet;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// A fresh database for each test.
async fn fresh(name: &str) -> (Store, String) {
    let name = format!("test-{name}-{}", clock::new_id());
    (Store::open(&name, || {}).await.unwrap(), name)
}

fn batch(change: &Change) -> Batch {
    Batch::of(change).unwrap()
}

fn stamp() -> Stamp {
    Stamp { millis: 1, counter: 0, device: DeviceId(7) }
}

fn shop(name: &str) -> Customer {
    Customer {
        id: CustomerId(clock::new_id()),
        envelope: Envelope::first(stamp()),
        fields: CustomerFields::named(name.to_owned()),
        created_on: NaiveDate::from_ymd_opt(2026, 11, 22).unwrap(),
        range: Vec::new(),
        merged_into: None,
    }
}

fn visit(customer: CustomerId) -> Visit {
    let on = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
    Visit {
        id: VisitId(clock::new_id()),
        envelope: Envelope::first(stamp()),
        customer,
        on,
        started: on.and_hms_opt(9, 0, 0).unwrap(),
        finished: on.and_hms_opt(9, 20, 0).unwrap(),
        spent: 1200,
        outcome: Outcome::Made,
        corrects: None,
        factor: Factor::RULE,
        terms: None,
        notes: Vec::new(),
        closed_days: 0,
        lines: Vec::new(),
        range: 3,
        order: None,
        shelf: BTreeSet::new(),
        work: Vec::new(),
        taught: BTreeSet::new(),
        agreed: Agreed::default(),
    }
}

#[wasm_bindgen_test]
async fn what_was_committed_is_there_after_opening_again() {
    let (store, name) = fresh("again").await;
    let shop = shop("惠民副食");
    let mut change = Change::of(Record::Customer(shop.clone()));
    change.records.push(Record::Visit(visit(shop.id)));
    store.put_draft("visit:x", "{\"v\":1}").await.unwrap();
    store.commit(&batch(&change.finishing("visit:x".to_owned())), None).await.unwrap();
    store.close();
    let store = Store::open(&name, || {}).await.unwrap();
    let loaded = store.load().await.unwrap();
    assert_eq!(loaded.records, vec![Record::Customer(shop.clone())]);
    assert!(loaded.drafts.is_empty(), "the draft went with the commit");
    assert_eq!(store.events(&[shop.id]).await.unwrap().events.visits.len(), 1);
}

#[wasm_bindgen_test]
async fn an_event_is_added_once_and_a_second_time_changes_nothing() {
    let (store, _) = fresh("once").await;
    let shop = shop("一家");
    let visit = visit(shop.id);
    store.commit(&batch(&Change::of(Record::Visit(visit.clone()))), None).await.unwrap();
    let mut again = Change::of(Record::Customer(shop.clone()));
    again.records.push(Record::Visit(visit));
    assert_eq!(store.commit(&batch(&again), None).await, Err(StoreError::AlreadyThere));
    assert!(store.load().await.unwrap().records.is_empty(), "nothing of the refused change is there");
}

#[wasm_bindgen_test]
async fn a_put_that_throws_takes_the_whole_change_back() {
    let (store, _) = fresh("throws").await;
    let patch = Function::new_no_args(
        "const put = IDBObjectStore.prototype.put; let calls = 0;
         IDBObjectStore.prototype.put = function (...rest) {
           calls += 1;
           if (calls === 2) throw new DOMException('disk', 'QuotaExceededError');
           return put.apply(this, rest);
         };
         return () => { IDBObjectStore.prototype.put = put; };",
    );
    let undo: Function = patch.call0(&JsValue::NULL).unwrap().dyn_into().unwrap();
    let change = Change { records: vec![Record::Customer(shop("甲")), Record::Customer(shop("乙"))], ..Change::default() };
    let refused = store.commit(&batch(&change), None).await;
    undo.call0(&JsValue::NULL).unwrap();
    assert_eq!(refused, Err(StoreError::Full));
    assert!(store.load().await.unwrap().records.is_empty());
    store.commit(&batch(&change), None).await.unwrap();
    assert_eq!(store.load().await.unwrap().records.len(), 2);
}

#[wasm_bindgen_test]
async fn a_full_disk_shows_up_at_the_abort_and_is_recognised() {
    let (store, _) = fresh("full").await;
    // Every request succeeds; only the transaction ends in an abort with the disk's error, as Chromium reports it.
    let patch = Function::new_no_args(
        "const commit = IDBTransaction.prototype.commit;
         IDBTransaction.prototype.commit = function () { this.abort(); };
         const error = Object.getOwnPropertyDescriptor(IDBTransaction.prototype, 'error');
         Object.defineProperty(IDBTransaction.prototype, 'error', { configurable: true, get: () => new DOMException('full', 'QuotaExceededError') });
         return () => { IDBTransaction.prototype.commit = commit; Object.defineProperty(IDBTransaction.prototype, 'error', error); };",
    );
    let undo: Function = patch.call0(&JsValue::NULL).unwrap().dyn_into().unwrap();
    let refused = store.commit(&batch(&Change::of(Record::Customer(shop("丙")))), None).await;
    undo.call0(&JsValue::NULL).unwrap();
    assert_eq!(refused, Err(StoreError::Full));
    assert!(store.load().await.unwrap().records.is_empty());
}

#[wasm_bindgen_test]
async fn confirmed_writes_are_strict_and_drafts_relaxed() {
    let (store, _) = fresh("strict").await;
    let patch = Function::new_no_args(
        "const open = IDBDatabase.prototype.transaction; const seen = [];
         IDBDatabase.prototype.transaction = function (...rest) { const made = open.apply(this, rest); if (made.mode === 'readwrite') seen.push(made.durability); return made; };
         return { seen, undo: () => { IDBDatabase.prototype.transaction = open; } };",
    );
    let watch = patch.call0(&JsValue::NULL).unwrap();
    store.commit(&batch(&Change::of(Record::Customer(shop("丁")))), None).await.unwrap();
    store.put_draft("customer:new", "{}").await.unwrap();
    let undo: Function = Reflect::get(&watch, &"undo".into()).unwrap().dyn_into().unwrap();
    undo.call0(&JsValue::NULL).unwrap();
    let seen: js_sys::Array = Reflect::get(&watch, &"seen".into()).unwrap().dyn_into().unwrap();
    let seen: Vec<String> = seen.iter().filter_map(|durability| durability.as_string()).collect();
    assert_eq!(seen, ["strict", "relaxed"]);
}

#[wasm_bindgen_test]
async fn an_unreadable_record_is_set_aside_and_the_rest_is_there() {
    let (store, name) = fresh("aside").await;
    let good = shop("戊");
    store.commit(&batch(&Change::of(Record::Customer(good.clone()))), None).await.unwrap();
    let put = Function::new_with_args(
        "name",
        "return new Promise((done, fail) => {
           const opening = indexedDB.open(name);
           opening.onsuccess = () => {
             const writing = opening.result.transaction('customers', 'readwrite');
             writing.objectStore('customers').put({ id: 'bad', body: '{broken' });
             writing.objectStore('customers').put({ id: 'new', body: '{\"v\":99}' });
             writing.oncomplete = () => { opening.result.close(); done(); };
             writing.onerror = fail;
           };
         });",
    );
    let promise: js_sys::Promise = put.call1(&JsValue::NULL, &JsValue::from_str(&name)).unwrap().dyn_into().unwrap();
    JsFuture::from(promise).await.unwrap();
    let loaded = store.load().await.unwrap();
    assert_eq!(loaded.records, vec![Record::Customer(good)]);
    assert_eq!((loaded.set_aside.malformed, loaded.set_aside.newer), (1, 1));
}

#[wasm_bindgen_test]
async fn a_newer_layout_is_refused_and_an_older_tab_closes_for_it() {
    let outdated = Rc::new(Cell::new(false));
    let name = format!("test-newer-{}", clock::new_id());
    let seen = Rc::clone(&outdated);
    let store = Store::open(&name, move || seen.set(true)).await.unwrap();
    let upgrade = Function::new_with_args(
        "name",
        "return new Promise((done, fail) => {
           const opening = indexedDB.open(name, 99);
           opening.onsuccess = () => { opening.result.close(); done(); };
           opening.onerror = fail;
         });",
    );
    let promise: js_sys::Promise = upgrade.call1(&JsValue::NULL, &JsValue::from_str(&name)).unwrap().dyn_into().unwrap();
    JsFuture::from(promise).await.unwrap();
    assert!(outdated.get());
    assert_eq!(store.put_draft("x", "{}").await, Err(StoreError::Closed));
    assert_eq!(Store::open(&name, || {}).await.unwrap_err(), StoreError::Newer);
}

#[wasm_bindgen_test]
fn a_stamp_is_later_than_every_stamp_seen() {
    let clock = clock::Clock::new(DeviceId(1), None);
    let first = clock.stamp();
    clock.saw(Some(Stamp { millis: first.millis + 1_000_000, counter: 3, device: DeviceId(2) }));
    let second = clock.stamp();
    assert!(second > first && second.millis == first.millis + 1_000_000 && second.counter == 4);
}

fn dispatch_of(shop: &Customer, sent: bool) -> Dispatch {
    let on = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
    let sent = sent.then(|| Sent { at: on.and_hms_opt(18, 0, 0).unwrap(), how: How::Text });
    let id = OrderId(clock::new_id());
    Dispatch { id, envelope: Envelope::first(stamp()), customer: shop.id, on, sent, sent_before: None, cancelled: false }
}

#[wasm_bindgen_test]
async fn only_orders_that_wait_are_read_at_the_start() {
    let (store, _) = fresh("unsent").await;
    let (waiting, sent) = (dispatch_of(&shop("惠民"), false), dispatch_of(&shop("惠民"), true));
    let records = vec![Record::Dispatch(waiting.clone()), Record::Dispatch(sent.clone())];
    store.commit(&batch(&Change { records, ..Change::default() }), None).await.unwrap();
    assert_eq!(store.load().await.unwrap().records, vec![Record::Dispatch(waiting.clone())]);
    let handed_on = Dispatch { sent: sent.sent, ..waiting };
    store.commit(&batch(&Change::of(Record::Dispatch(handed_on))), None).await.unwrap();
    assert!(store.load().await.unwrap().records.is_empty(), "a sent one leaves the index");
}

#[wasm_bindgen_test]
async fn many_rows_are_written_whole_or_not_at_all() {
    let (store, _) = fresh("bulk").await;
    let shops: Vec<Customer> = (0..1000).map(|at| shop(&format!("店 {at}"))).collect();
    let rows: Vec<Row> = shops.iter().map(|shop| record::encode(&Record::Customer(shop.clone())).unwrap()).collect();
    let heard = Rc::new(Cell::new(0));
    let seen = Rc::clone(&heard);
    let stopped = store.write_many(&rows, &[], Some(("x", "{}")), move |behind| {
        seen.set(behind);
        Go::Stop
    });
    assert_eq!(stopped.await, Ok(Written::Nothing));
    assert!((1..1000).contains(&heard.get()), "stopped on the way");
    assert!(store.load().await.unwrap().records.is_empty() && store.kept("x").await.unwrap().is_empty(), "nothing of it is there");
    assert_eq!(store.write_many(&rows, &[], Some(("x", "{}")), |_| Go::On).await, Ok(Written::All));
    assert_eq!(store.load().await.unwrap().records.len(), 1000);
    let gone = vec![(Kind::Customer, shops[0].id.to_string())];
    assert_eq!(store.write_many(&[], &gone, None, |_| Go::On).await, Ok(Written::All));
    assert_eq!(store.ids(Kind::Customer).await.unwrap().len(), 999);
}

#[wasm_bindgen_test]
async fn a_database_of_the_first_layout_gains_the_new_stores_and_keeps_its_records() {
    let name = format!("test-layout-{}", clock::new_id());
    let make = Function::new_with_args(
        "name, body",
        "return new Promise((done, failed) => {
            const request = indexedDB.open(name, 1);
            request.onupgradeneeded = () => {
                for (const store of ['customers', 'products', 'summaries', 'settings', 'visits', 'orders', 'drafts', 'meta']) {
                    const made = request.result.createObjectStore(store, { keyPath: 'id' });
                    if (store === 'visits' || store === 'orders') made.createIndex('by_customer', 'customer');
                }
            };
            request.onsuccess = () => {
                const writing = request.result.transaction('customers', 'readwrite');
                writing.objectStore('customers').put({ id: 'a', body });
                writing.oncomplete = () => { request.result.close(); done(); };
            };
            request.onerror = failed;
        });",
    );
    let body = include_str!("golden/customer.v1.json").trim();
    let made = make.call2(&JsValue::NULL, &name.clone().into(), &body.into()).unwrap();
    JsFuture::from(js_sys::Promise::from(made)).await.unwrap();
    let store = Store::open(&name, || {}).await.unwrap();
    let loaded = store.load().await.unwrap();
    let Some(Record::Customer(shop)) = loaded.records.first() else { panic!("{loaded:?}") };
    assert_eq!((shop.fields.name.as_str(), shop.fields.lead_days), ("惠民副食·建设路店", 1));
    store.commit(&batch(&Change::of(Record::Dispatch(dispatch_of(shop, false)))), None).await.unwrap();
    assert_eq!(store.load().await.unwrap().records.len(), 2);
}

#[wasm_bindgen_test]
async fn a_look_shows_every_row_once_in_the_order_of_its_key() {
    let (store, _) = fresh("look").await;
    let shops: Vec<Customer> = (0..1201).map(|at| shop(&format!("店 {at}"))).collect();
    let rows: Vec<Row> = shops.iter().map(|shop| record::encode(&Record::Customer(shop.clone())).unwrap()).collect();
    store.write_many(&rows, &[], None, |_| Go::On).await.unwrap();
    store.put_draft("visit:x", "{\"v\":1}").await.unwrap();
    let session = store.look().await.unwrap();
    assert_eq!(session.count().await, Ok(1202));
    let mut seen = Vec::new();
    let walked = session.walk(|place, id, body| {
        assert!(!body.is_empty());
        seen.push((place, id.to_owned()));
        Ok(Go::On)
    });
    assert_eq!(walked.await, Ok(Go::On));
    let mut expected: Vec<(Place, String)> = shops.iter().map(|shop| (Place::Customers, shop.id.to_string())).collect();
    expected.sort();
    expected.push((Place::Drafts, "visit:x".to_owned()));
    assert_eq!(seen, expected);
}

#[wasm_bindgen_test]
async fn a_change_of_everything_is_whole_or_nothing() {
    let (store, _) = fresh("change").await;
    let (old, new) = (shop("旧"), shop("新"));
    store.commit(&batch(&Change::of(Record::Customer(old.clone()))), None).await.unwrap();
    let stored = || Stored::Record(record::encode(&Record::Customer(new.clone())).unwrap());
    // Looked at, copied aside, removed, written, and then taken back.
    let session = store.change().await.unwrap();
    let walked = session.walk(|place, id, body| {
        session.keep("copy/0", body)?;
        session.remove(place, id)?;
        Ok(Go::On)
    });
    walked.await.unwrap();
    assert_eq!(session.write([stored()].into_iter(), |_| Go::Stop).await, Ok(Go::Stop));
    session.abandon().await;
    assert_eq!(store.load().await.unwrap().records, vec![Record::Customer(old.clone())]);
    assert!(store.kept("copy").await.unwrap().is_empty());
    // The same to its end.
    let session = store.change().await.unwrap();
    let walked = session.walk(|place, id, body| {
        session.keep("copy/0", body)?;
        session.remove(place, id)?;
        Ok(Go::On)
    });
    walked.await.unwrap();
    session.write([stored()].into_iter(), |_| Go::On).await.unwrap();
    session.finish(None).await.unwrap();
    assert_eq!(store.load().await.unwrap().records, vec![Record::Customer(new.clone())]);
    let kept = store.kept("copy").await.unwrap();
    assert_eq!(record::decode(Kind::Customer, &kept[0].1).unwrap(), Record::Customer(old));
    store.forget_kept("copy").await.unwrap();
    assert!(store.kept("copy").await.unwrap().is_empty());
    // And nothing is left of a database that was cleared.
    let session = store.change().await.unwrap();
    session.clear().await.unwrap();
    session.finish(None).await.unwrap();
    let empty = store.load().await.unwrap();
    assert!(empty.records.is_empty() && empty.device.is_none());
}

#[wasm_bindgen_test]
async fn a_connection_that_the_browser_closed_is_opened_again() {
    let (store, name) = fresh("closed").await;
    let shop = shop("甲");
    store.commit(&batch(&Change::of(Record::Customer(shop.clone()))), None).await.unwrap();
    // As a browser does that drops its connections.
    store.close();
    let other = Customer { fields: CustomerFields::named("乙".to_owned()), ..shop };
    store.commit(&batch(&Change::of(Record::Customer(other.clone()))), None).await.unwrap();
    store.close();
    store.put_draft("visit:x", "{}").await.unwrap();
    store.close();
    let loaded = store.load().await.unwrap();
    assert_eq!(loaded.records, [Record::Customer(other)]);
    assert_eq!(loaded.drafts.len(), 1);
    drop(name);
}

#[wasm_bindgen_test]
async fn a_database_that_the_browser_threw_away_is_not_gone_on_with_as_if_nothing_were() {
    let (store, name) = fresh("thrown").await;
    store.commit(&batch(&Change::of(Record::Customer(shop("甲")))), None).await.unwrap();
    // As Chromium does over damaged files: the connection is closed, and the next one finds an empty database.
    store.close();
    idb::Factory::new().unwrap().delete(&name).unwrap().await.unwrap();
    assert!(matches!(store.put_draft("visit:x", "{}").await, Err(StoreError::Lost(_))));
    assert_eq!((store.was_made_anew(), store.was_made_anew()), (true, false));
}

#[wasm_bindgen_test]
async fn a_tab_whose_term_is_over_writes_nothing() {
    let (store, name) = fresh("term").await;
    let late = Store::open(&name, || {}).await.unwrap();
    assert!(!late.claim("late").await.unwrap().has_changed_hands);
    late.put_draft("visit:x", "{\"v\":1}").await.unwrap();
    assert!(!store.claim("now").await.unwrap().has_changed_hands, "it wrote nothing before");
    let refused = late.commit(&batch(&Change::of(Record::Customer(shop("晚")))), None).await;
    assert_eq!(refused, Err(StoreError::Reader));
    assert_eq!(late.put_draft("visit:x", "{\"v\":2}").await, Err(StoreError::Reader));
    store.commit(&batch(&Change::of(Record::Customer(shop("早")))), None).await.unwrap();
    let loaded = store.load().await.unwrap();
    assert_eq!(loaded.records.len(), 1);
    assert_eq!(loaded.drafts, [("visit:x".to_owned(), "{\"v\":1}".to_owned())].into());
    assert!(late.claim("late").await.unwrap().has_changed_hands);
    late.commit(&batch(&Change::of(Record::Customer(shop("晚")))), None).await.unwrap();
}

#[wasm_bindgen_test]
async fn a_mark_is_written_with_its_batch_or_not_at_all() {
    let (store, _) = fresh("mark").await;
    let mark = |sequence| Mark { epoch: clock::new_id(), sequence, events: 0, link: Link([7; 16]) };
    let first = mark(1);
    let seen = visit(CustomerId(clock::new_id()));
    store.commit(&batch(&Change::of(Record::Visit(seen.clone()))), Some(&first)).await.unwrap();
    assert_eq!(store.mark().await.unwrap(), Some(first));
    let again = store.commit(&batch(&Change::of(Record::Visit(seen))), Some(&mark(2))).await;
    assert_eq!(again, Err(StoreError::AlreadyThere));
    assert_eq!(store.load().await.unwrap().mark, Some(first));
    // Many at once go on from the mark that is there.
    store.write_many(&[], &[], None, |_| Go::On).await.unwrap();
    let bulk = store.mark().await.unwrap().unwrap();
    assert_eq!((bulk.epoch, bulk.sequence, bulk.events), (first.epoch, 2, 1));
    let session = store.change().await.unwrap();
    session.clear().await.unwrap();
    session.finish(None).await.unwrap();
    let loaded = store.load().await.unwrap();
    assert_eq!(loaded.instead_of, Some(first.epoch), "emptied on purpose");
    assert_ne!(loaded.mark.unwrap().epoch, first.epoch);
}
