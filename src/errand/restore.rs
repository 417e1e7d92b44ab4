//! Restoring: a file is read and checked whole, set beside what is here, and then written in one transaction that first copies what
//! it changes aside. The copy is taken back the same way, so taking back can itself be taken back.

use super::file;
use super::{load, message};
use crate::archive::backup::{self, Entry, Header, Met, Mode, Opened, Place, Plan, Problem, Reader, Scope, Stored};
use crate::archive::errand::{Answer, COPY, COPY_HEAD, Checked, SafetyCopy, Step};
use crate::archive::record;
use crate::domain::backup::BackedUp;
use crate::domain::book::{Book, Record};
use crate::domain::events::Events;
use crate::domain::id::CustomerId;
use crate::domain::stamp::Stamp;
use crate::domain::summary::Summary;
use crate::state::clock::{self, Clock};
use crate::store::bulk::Go;
use crate::store::database::Store;
use crate::store::error::StoreError;
use crate::store::opfs::Folder;
use crate::store::session::Session;
use js_sys::{Function, Promise};
use std::cell::Cell;
use std::sync::Arc;
use uuid::Uuid;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

/// A file that is whole.
pub struct Backup {
    header: Header,
    bytes: u64,
    data: String,
    entries: Vec<Entry>,
    newest: Option<Stamp>,
}

/// A piece of the copy, in bytes.
const PIECE: usize = 1 << 20;

/// Between two looks whether the rep said stop, in milliseconds.
const SLICE: u64 = 120;

/// Why a file was not read to its end.
pub enum Refused {
    Problem(Problem),
    Stopped,
}

impl From<Problem> for Refused {
    fn from(problem: Problem) -> Self {
        Refused::Problem(problem)
    }
}

/// Reads a file and checks all of it.
pub async fn check(file: Option<File>, stop: &Cell<bool>) -> Result<Backup, Refused> {
    let file = file.ok_or(Problem::Empty)?;
    let bytes = file::size(&file);
    if bytes > backup::MAX_BYTES {
        return Err(Problem::TooLarge.into());
    }
    let watch = |behind: u64| {
        message::progress(Step::Reading, behind, bytes);
        !stop.get()
    };
    let read = file::bytes(&file, watch).await.map_err(|_| Problem::NotText)?;
    let text = String::from_utf8(read.ok_or(Refused::Stopped)?).map_err(|error| wrong_text(&error.into_bytes()))?;
    let mark = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let Opened { header, data, from } = backup::open(&text)?;
    let begin = (from + mark) as u64;
    let as_it_is = file::hash(&file, begin, begin + data.len() as u64).await.map_err(|_| Problem::NotText)?;
    let data = if as_it_is == header.sha256 {
        let end = from + mark + data.len();
        let mut text = text;
        text.truncate(end);
        text.drain(..from + mark);
        text
    } else {
        // Another program may have put blanks between the values.
        let compact = backup::compact(data);
        drop(text);
        if backup::hash_of(&compact) != header.sha256 {
            return Err(Problem::Changed.into());
        }
        compact
    };
    let (entries, newest) = read_entries(&data, &header, stop).await?;
    Ok(Backup { header, bytes, data, entries, newest })
}

/// A file that is no UTF-8: a table of numbers, another encoding.
fn wrong_text(bytes: &[u8]) -> Problem {
    if bytes.starts_with(b"PK\x03\x04") { Problem::Zip } else { Problem::NotText }
}

async fn read_entries(data: &str, header: &Header, stop: &Cell<bool>) -> Result<(Vec<Entry>, Option<Stamp>), Refused> {
    let mut reader = Reader::new(data);
    // What the header says is not believed beyond what the file has room for.
    let mut entries = Vec::with_capacity((header.counts.all() as usize).min(data.len() / 100));
    let mut began = clock::millis();
    while let Some(entry) = reader.next()? {
        entries.push(entry);
        if entries.len().is_multiple_of(200) && clock::millis().saturating_sub(began) > SLICE {
            message::progress(Step::Checking, reader.behind() as u64, data.len() as u64);
            breathe().await;
            if stop.get() {
                return Err(Refused::Stopped);
            }
            began = clock::millis();
        }
    }
    let newest = reader.finish(header)?;
    Ok((entries, newest))
}

/// Lets messages in.
async fn breathe() {
    let wait = Promise::new(&mut |resolve, _| {
        let timeout = js_sys::Reflect::get(&js_sys::global(), &"setTimeout".into()).unwrap_or_default();
        match timeout.dyn_into::<Function>() {
            // A worker without a clock goes on at once.
            Ok(timeout) => drop(timeout.call2(&JsValue::UNDEFINED, &resolve, &0.into())),
            Err(_) => drop(resolve.call0(&JsValue::UNDEFINED)),
        }
    });
    let _ = JsFuture::from(wait).await;
}

impl Backup {
    /// What restoring it would do, by list. Nothing is written.
    pub async fn compare(&self, store: &Store, stop: &Cell<bool>) -> Result<Answer, StoreError> {
        let mut plan = Plan::new(&self.data, &self.entries);
        let session = store.look().await?;
        let all = session.count().await?;
        let mut behind = 0_u64;
        let walked = session
            .walk(|place, id, body| {
                plan.see(place, id, body);
                behind += 1;
                if behind.is_multiple_of(1000) {
                    message::progress(Step::Comparing, behind, all);
                }
                Ok(if stop.get() { Go::Stop } else { Go::On })
            })
            .await?;
        if walked == Go::Stop {
            return Ok(Answer::Stopped);
        }
        Ok(Answer::Checked(Checked { header: self.header.clone(), bytes: self.bytes, tallies: plan.tallies() }))
    }

    /// Restores it: all of it or nothing, with a copy of what was before.
    pub async fn restore(&self, store: &Store, mode: Mode, last: Option<Stamp>, stop: &Cell<bool>) -> Result<Answer, StoreError> {
        let (book, clock) = load(store, last).await?;
        // One shop's file never takes the place of everything.
        let mode = if self.header.scope == Scope::Customer { Mode::AddMissing } else { mode };
        let plan = Plan::new(&self.data, &self.entries);
        let done = write(store, plan, mode, &book, &clock, stop, None).await?;
        let Some((written, removed)) = done else { return Ok(Answer::Stopped) };
        let at = self.header.exported_at.get(..19).and_then(|at| at.parse().ok());
        let as_backed_up = at.filter(|_| mode == Mode::Replace).map(|at| BackedUp { at, newest: self.newest });
        Ok(Answer::Restored { written, removed, as_backed_up })
    }
}

/// Brings back what the journal has: it comes over what is here, what is only here stays. The database is another one from then on, in
/// the place of `lost`: what the journal may have behind what could be read of it is no measure for it.
pub async fn recover(store: &Store, rows: Vec<Entry>, lost: Uuid, last: Option<Stamp>, stop: &Cell<bool>) -> Result<Answer, StoreError> {
    let (book, clock) = load(store, last).await?;
    let done = write(store, Plan::new("", &rows), Mode::Recover, &book, &clock, stop, Some(lost)).await?;
    Ok(done.map_or(Answer::Stopped, |(written, removed)| Answer::Restored { written, removed, as_backed_up: None }))
}

/// Writes a plan; how many entries were written and removed, or none where the rep said stop.
async fn write(
    store: &Store,
    mut plan: Plan<'_>,
    mode: Mode,
    book: &Book,
    clock: &Clock,
    stop: &Cell<bool>,
    instead_of: Option<Uuid>,
) -> Result<Option<(u32, u32)>, StoreError> {
    let session = store.change().await?;
    match in_session(&session, &mut plan, mode, book, clock, stop).await {
        Ok(Some((0, 0))) if instead_of.is_none() => {
            // Nothing to do: the copy of an earlier restore stays.
            session.abandon().await;
            Ok(Some((0, 0)))
        }
        Ok(Some(done)) => {
            session.finish(instead_of).await?;
            Ok(Some(done))
        }
        Ok(None) => {
            session.abandon().await;
            Ok(None)
        }
        // The abort knows better than the request why.
        Err(error) => Err(match session.abandon().await {
            Some(StoreError::Full) => StoreError::Full,
            _ => error,
        }),
    }
}

async fn in_session(
    session: &Session,
    plan: &mut Plan<'_>,
    mode: Mode,
    book: &Book,
    clock: &Clock,
    stop: &Cell<bool>,
) -> Result<Option<(u32, u32)>, StoreError> {
    let mut copy = Copy::begin(session)?;
    let all = session.count().await?;
    let mut removed = 0;
    let walked = session
        .walk(|place, id, body| {
            copy.take(place, id, body)?;
            if plan.see(place, id, body) == Met::OnlyHere && mode == Mode::Replace {
                session.remove(place, id)?;
                removed += 1;
            }
            let behind = u64::from(copy.entries);
            if behind.is_multiple_of(1000) {
                message::progress(Step::Copying, behind, all);
            }
            Ok(if stop.get() { Go::Stop } else { Go::On })
        })
        .await?;
    if walked == Go::Stop {
        return Ok(None);
    }
    copy.finish()?;
    let entries = plan.to_write(mode);
    let written = u32::try_from(entries.len()).unwrap_or(u32::MAX);
    let mut gained = Vec::new();
    if mode == Mode::AddMissing {
        let new: Vec<Stored> = entries.iter().filter(|entry| entry.customer.is_some()).map(|entry| plan.stored(entry)).collect();
        for id in plan.gaining() {
            let Some(shop) = book.customer(id) else { continue };
            let ids = book.event_ids(id);
            let mut events = session.events(&ids).await?;
            add_new(&mut events, &new, &ids);
            let old = book.summary(id).map(Arc::as_ref);
            let row = record::encode(&Record::Summary(Summary::derive(shop, &events, old, clock.stamp())))?;
            gained.push(Stored::Record(row));
        }
    }
    let total = entries.len() as u64;
    let stored = entries.into_iter().map(|entry| plan.stored(entry)).chain(gained);
    let went = session
        .write(stored, |behind| {
            message::progress(Step::Writing, behind as u64, total);
            if stop.get() { Go::Stop } else { Go::On }
        })
        .await?;
    Ok((went == Go::On).then_some((written, removed)))
}

/// The file's new events of one shop, beside those that are here.
fn add_new(events: &mut Events, new: &[Stored], ids: &[CustomerId]) {
    for stored in new {
        let Stored::Record(row) = stored else { continue };
        match record::decode(row.kind, &row.body) {
            Ok(Record::Visit(visit)) if ids.contains(&visit.customer) => events.visits.push(visit),
            Ok(Record::Order(order)) if ids.contains(&order.customer) => events.orders.push(order),
            Ok(Record::Delivery(delivery)) if ids.contains(&delivery.customer) => events.deliveries.push(delivery),
            _ => {}
        }
    }
}

/// The copy of everything, in the transaction that changes it: lines of `list key text`, as they stand in the database.
struct Copy<'a> {
    session: &'a Session,
    piece: String,
    pieces: u32,
    entries: u32,
    bytes: u64,
}

impl<'a> Copy<'a> {
    fn begin(session: &'a Session) -> Result<Copy<'a>, StoreError> {
        session.forget(COPY)?;
        Ok(Copy { session, piece: String::new(), pieces: 0, entries: 0, bytes: 0 })
    }

    fn take(&mut self, place: Place, id: &str, body: &str) -> Result<(), StoreError> {
        // A text is one line as JSON has it; one that is not readable may hold anything.
        let line = serde_json::to_string(&(place, id, body)).map_err(|error| StoreError::Broken(error.to_string()))?;
        self.piece.push_str(&line);
        self.piece.push('\n');
        self.entries += 1;
        if self.piece.len() >= PIECE { self.put() } else { Ok(()) }
    }

    fn put(&mut self) -> Result<(), StoreError> {
        self.bytes += self.piece.len() as u64;
        self.session.keep(&format!("{COPY}/{:06}", self.pieces), &self.piece)?;
        self.pieces += 1;
        self.piece.clear();
        Ok(())
    }

    fn finish(mut self) -> Result<(), StoreError> {
        self.put()?;
        let head = SafetyCopy { at: clock::now(), entries: self.entries, bytes: self.bytes };
        let head = serde_json::to_string(&head).map_err(|error| StoreError::Broken(error.to_string()))?;
        self.session.keep(COPY_HEAD, &head)
    }
}

/// Back to how it was before the last restore; how it is now becomes the copy.
pub async fn take_back(store: &Store, last: Option<Stamp>, stop: &Cell<bool>) -> Result<Answer, StoreError> {
    let (book, clock) = load(store, last).await?;
    let mut rows = Vec::new();
    for (key, piece) in store.kept(COPY).await? {
        if key == COPY_HEAD {
            continue;
        }
        for line in piece.lines() {
            let row: (Place, String, String) = serde_json::from_str(line).map_err(|error| StoreError::Broken(error.to_string()))?;
            rows.push(row);
        }
    }
    let entries: Vec<Entry> = rows.into_iter().map(|(place, id, body)| Entry::kept(place, id, body)).collect();
    let done = write(store, Plan::new("", &entries), Mode::Replace, &book, &clock, stop, None).await?;
    Ok(done.map_or(Answer::Stopped, |(written, removed)| Answer::Restored { written, removed, as_backed_up: None }))
}

/// Deletes everything, drafts and copies too; the copies first, so that nothing is left of what is gone.
pub async fn wipe(store: &Store) -> Result<Answer, StoreError> {
    if let Ok(folder) = Folder::open().await {
        for (name, _) in folder.list().await? {
            folder.remove(&name).await;
        }
    }
    let session = store.change().await?;
    session.clear().await?;
    session.finish(None).await?;
    Ok(Answer::Wiped)
}
