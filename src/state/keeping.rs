//! The copy beside the database, as the page knows it: looked at once the first screen is there, made anew when it is behind, compared
//! now and then. What needs everything at once is done by a worker of its own.

use super::app::App;
use super::awake::Awake;
use super::clock;
use super::role::{Hold, Role};
use crate::archive::errand::{Audited, InFolder, Snapshot};
use crate::archive::journal::{self, Mark, Reading};
pub use crate::keep::judge::Why;
pub use crate::keep::keeper::Twin;
use crate::keep::keeper::{Canary, Found, Keeper};
use crate::keep::sabotage::{Protection, is_out};
use crate::store::canary::LocalCanary;
use crate::store::database::Store;
use crate::store::error::StoreError;
use crate::store::journal::{Journal, Kept, SNAPSHOT, TAIL, number_of};
use crate::store::prefs;
use crate::store::settled::settled;
use async_lock::MutexGuardArc;
use js_sys::{Array, Promise};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::Deserialize;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, Worker};

/// The keeper with the browser's storage.
pub type Keeping = Keeper<Store, Journal, LocalCanary>;

/// Makes the worker for errands.
pub type MakeWorker = fn() -> Option<Worker>;

/// Journal behind the last snapshot, in bytes, at which the next is due.
const TAIL_MOST: u64 = 2_000_000;

/// A journal of more bytes is compared with the database once a day, not at every start.
const AUDIT_OFTEN: u64 = 3_000_000;

/// The preference that has the day on which they were compared.
const AUDITED: &str = "shelfwise.audited";

/// After the first screen, before the copy is compared, in milliseconds.
const AT_REST: i32 = 2_500;

/// What the worker answered, as far as it is of interest here: its other answers are not in the first load.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Heard {
    audited: Option<Audited>,
    snapshot: Option<Snapshot>,
    in_folder: Option<InFolder>,
}

/// What was seen of the journal: its files, and the newest snapshot's mark.
pub(super) type Seen = (Vec<Kept>, Option<Mark>);

/// Held while many records are changed: nothing else is saved, and no other tab writes.
pub struct Bulk {
    _hold: Hold,
    _turn: MutexGuardArc<()>,
    is_noted: bool,
}

/// A file of the journal that is shorter, in bytes, has its head and no save.
const HEAD_ALONE: u64 = 320;

/// Whether the journal's files hold any save; by their names and sizes, because the first screen waits for it.
pub(super) fn has_saves(files: &[Kept]) -> bool {
    files.iter().any(|file| number_of(SNAPSHOT, &file.name).is_some() || (number_of(TAIL, &file.name).is_some() && file.size > HEAD_ALONE))
}

/// A test build takes out the protections that the page names before the app starts.
#[cfg(feature = "sabotage")]
pub(super) fn heed_sabotage() {
    let words = js_sys::Reflect::get(&js_sys::global(), &"SABOTAGE".into()).ok().and_then(|words| words.as_string());
    crate::keep::sabotage::take_out(&words.unwrap_or_default());
}

impl App {
    /// After the first screen, once: everything that writing needs, which is not in the first load. Who writes, whether the copy is
    /// whole, what other tabs say, the clock. `worker` makes the worker for errands.
    pub fn wake(self, worker: MakeWorker) {
        if self.make_worker.get_value().is_some() {
            return;
        }
        self.make_worker.set_value(Some(worker));
        self.awake.set_value(Some(Awake {
            commit: |app, change| Box::pin(app.commit_now(change)),
            settle: |app| Box::pin(app.settle()),
            take_over: |app| spawn_local(app.take_over()),
            copy_drafts: |app| Box::pin(app.copy_drafts_now()),
            begin_bulk: |app, is_noted, is_wipe| Box::pin(app.begin_bulk(is_noted, is_wipe)),
            end_bulk: |app, bulk| Box::pin(app.end_bulk(bulk)),
        }));
        self.join_tabs();
        clock::on_page(
            "shelfwise-show",
            Box::new(move || {
                self.watch_clock();
                self.show();
            }),
        );
        clock::on_page("shelfwise-away", Box::new(move || spawn_local(self.hide())));
        clock::every_minute(Box::new(move || self.watch_clock()));
        self.watch_clock();
        spawn_local(async move {
            if self.lost.get_untracked().is_none() {
                // What goes wrong is on screen, and the next save asks again.
                let _ = self.settle().await;
            }
            if self.is_new_device.get_value() {
                let device = self.clock.with_value(clock::Clock::device);
                self.note(&self.store.get_value().put_device(device).await);
            }
        });
    }

    /// Looks at the journal beside the database. What was seen, where there is more to do.
    pub(super) async fn look_at_twin(self) -> Option<Seen> {
        let _one = self.looking.get_value().lock_arc().await;
        let keeper = self.keeper.get_value();
        // One that was under way when the tab lost its turn and got it back has seen what there is.
        if self.lost.get_untracked().is_some() || !self.is_in_charge() || keeper.twin() != Twin::Unknown {
            return None;
        }
        keeper.log.close().await;
        let Ok(files) = keeper.log.open().await else {
            self.set_twin(Twin::Absent);
            return None;
        };
        if self.adopt().await.is_err() {
            return None;
        }
        let tails: Vec<Reading> =
            files.iter().filter(|file| number_of(TAIL, &file.name).is_some()).map(|file| journal::read(&file.bytes)).collect();
        // Only its beginning was read: whether it is whole, the worker looks at.
        let snapshots = files.iter().filter(|file| number_of(SNAPSHOT, &file.name).is_some());
        let heads = snapshots.filter_map(|file| journal::read(&file.bytes).head);
        let snapshot = heads.map(|head| head.mark).filter(|mark| mark.epoch == keeper.mark().epoch).max_by_key(|mark| mark.sequence);
        let instead_of = self.store.get_value().instead_of().await.ok().flatten();
        match keeper.meet(&tails, snapshot, instead_of, clock::millis()).await {
            Ok(Found::Fine { replayed }) => {
                if self.mend_drafts(&files).await || replayed > 0 {
                    let _ = self.read_again().await;
                    self.hands.update(|hands| *hands += 1);
                }
            }
            Ok(Found::Lost(why)) => {
                self.lost.set(Some(why));
                return None;
            }
            Err(error) => self.note(&Err(error)),
        }
        if !self.is_in_charge() {
            // Handed over meanwhile: the files are another tab's.
            keeper.set_twin(Twin::Unknown);
            keeper.log.close().await;
            return None;
        }
        self.set_twin(keeper.twin());
        Some((files, snapshot))
    }

    /// Does what is due with the journal that was looked at.
    pub(super) async fn tend_twin(self, seen: Option<Seen>) {
        let Some((files, snapshot)) = seen else { return };
        let keeper = self.keeper.get_value();
        let has_data = keeper.mark().sequence > 0;
        if has_data {
            keeper.log.keep_ballast().await;
        }
        clock::pause(AT_REST).await;
        if self.role.get_untracked() != Role::Writer {
            return;
        }
        let tail: u64 = files.iter().filter(|file| number_of(TAIL, &file.name).is_some()).map(|file| file.size).sum();
        let is_long = tail > TAIL_MOST || (snapshot.is_none() && tail > TAIL_MOST / 16);
        if has_data && keeper.twin() == Twin::Behind {
            self.snapshot().await;
        } else if has_data {
            // Before anything takes the place of what the journal has.
            self.audit(files.iter().map(|file| file.size).sum()).await;
            if is_long {
                self.snapshot().await;
            }
        }
        if has_data
            && self.is_folder_due().await
            && let Some(said) = self.errand("\"CopyToFolder\"").await.and_then(|heard| heard.in_folder)
        {
            self.note_in_folder(&said);
        }
    }

    /// A database that was made before there were marks gets its first; a new one its name, before the journal is begun under it.
    async fn adopt(self) -> Result<(), StoreError> {
        let store = self.store.get_value();
        if store.mark().await?.is_some() {
            return Ok(());
        }
        let keeper = self.keeper.get_value();
        if self.book.with_untracked(|book| book.last_stamp().is_some()) {
            keeper.saw(store.begin_anew(None).await?);
            Ok(())
        } else {
            store.put_mark(&keeper.mark()).await
        }
    }

    /// Makes the copy anew. Saves go on meanwhile: they are in the next file of the journal.
    pub(super) async fn snapshot(self) {
        let keeper = self.keeper.get_value();
        let may_write = self.role.get_untracked() == Role::Writer && self.lost.get_untracked().is_none();
        if !may_write || self.is_copying.get_value() || !matches!(keeper.twin(), Twin::Whole | Twin::Behind) {
            return;
        }
        self.is_copying.set_value(true);
        {
            let _turn = keeper.turn().await;
            if !keeper.begin(clock::millis()).await {
                self.is_copying.set_value(false);
                return;
            }
        }
        // Whole once the snapshot is there, unless something goes wrong with the journal meanwhile.
        let before = keeper.twin();
        keeper.set_twin(Twin::Whole);
        let made = self.errand("\"Snapshot\"").await.and_then(|heard| heard.snapshot);
        match made.filter(|made| made.mark.epoch == keeper.mark().epoch) {
            Some(made) => self.copy_bytes.set(Some(made.bytes)),
            None if keeper.twin() == Twin::Whole => keeper.set_twin(before),
            None => {}
        }
        self.set_twin(keeper.twin());
        self.is_copying.set_value(false);
    }

    /// Compares the database with the journal; where that is much to read, once a day. `size`: of the journal, in bytes.
    async fn audit(self, size: u64) {
        let today = self.today.get_untracked().to_string();
        if is_out(Protection::Audit) || (size > AUDIT_OFTEN && prefs::get(AUDITED).as_ref() == Some(&today)) {
            return;
        }
        let heard = self.errand("\"Audit\"").await.and_then(|heard| heard.audited);
        if heard.as_ref().is_some_and(|audited| audited.is_comparable) {
            prefs::set(AUDITED, Some(&today));
        }
        match heard {
            Some(audited) if audited.is_comparable && audited.missing + audited.changed > 0 => self.lost.set(Some(Why::Damaged)),
            Some(audited) if audited.is_behind && self.role.get_untracked() == Role::Writer => {
                self.set_twin(Twin::Behind);
                self.snapshot().await;
            }
            _ => {}
        }
    }

    /// Many records are about to change. `is_noted`: the journal is told; where everything goes, it goes too.
    pub(super) async fn begin_bulk(self, is_noted: bool, is_wipe: bool) -> Result<Bulk, StoreError> {
        let hold = self.hold().await?;
        let keeper = self.keeper.get_value();
        let turn = keeper.turn().await;
        if is_wipe {
            keeper.set_twin(Twin::Unknown);
            keeper.log.close().await;
        }
        Ok(Bulk { _hold: hold, _turn: turn, is_noted: is_noted && !is_wipe && keeper.before_bulk().await })
    }

    /// They were changed, or were not.
    pub(super) async fn end_bulk(self, bulk: Bulk) {
        // A mark that cannot be read now is read by the next start.
        let mark = self.store.get_value().mark().await.ok().flatten();
        self.keeper.get_value().after_bulk(bulk.is_noted, mark).await;
        drop(bulk);
        self.set_twin(self.keeper.get_value().twin());
        // At once: until the snapshot is there, what was changed is in the database alone.
        if self.twin.get_untracked() == Twin::Behind {
            spawn_local(self.snapshot());
        }
    }

    /// After a save: the copy's state, and a new snapshot where it is due.
    pub(super) fn look_after_copy(self) {
        let keeper = self.keeper.get_value();
        self.set_twin(keeper.twin());
        if keeper.twin() == Twin::Behind || keeper.log.appended() > TAIL_MOST {
            spawn_local(async move {
                clock::pause(AT_REST).await;
                self.snapshot().await;
            });
        }
    }

    pub(super) fn set_twin(self, twin: Twin) {
        self.keeper.get_value().set_twin(twin);
        if self.twin.get_untracked() != twin {
            self.twin.set(twin);
        }
    }

    /// The database that was lost, where that is known.
    pub fn lost_epoch(self) -> Option<uuid::Uuid> {
        let canary = self.keeper.get_value().canary.get();
        let own = self.keeper.get_value().mark();
        canary.map(|canary| canary.epoch).or_else(|| (own.sequence > 0).then_some(own.epoch))
    }

    /// What was lost is back: the app goes on.
    pub fn recovered(self) {
        spawn_local(async move {
            let store = self.store.get_value();
            // Whatever it came from, the database is another one now, on purpose.
            if let (Ok(Some(mark)), Some(lost)) = (store.mark().await, self.newest_epoch().await) {
                let noted =
                    if mark.epoch == lost { store.begin_anew(Some(lost)).await.map(drop) } else { store.put_instead_of(lost).await };
                self.note(&noted);
            }
            self.go_on().await;
        });
    }

    /// The rep goes on with what is here. What was lost stays in the journal until there is as much again.
    pub async fn accept_loss(self) {
        let lost = self.newest_epoch().await.or_else(|| self.lost_epoch());
        match self.store.get_value().begin_anew(lost).await {
            Ok(_) => self.go_on().await,
            Err(error) => self.note(&Err(error)),
        }
    }

    /// The database that the journal was last of.
    async fn newest_epoch(self) -> Option<uuid::Uuid> {
        let files = self.keeper.get_value().log.open().await.ok()?;
        let tails = files.iter().rev().filter(|file| number_of(TAIL, &file.name).is_some());
        tails.filter_map(|file| journal::read(&file.bytes).head).map(|head| head.mark.epoch).next()
    }

    async fn go_on(self) {
        let keeper = self.keeper.get_value();
        if let Ok(Some(mark)) = self.store.get_value().mark().await {
            keeper.saw(mark);
        }
        keeper.set_twin(Twin::Unknown);
        self.lost.set(None);
        self.role.set(Role::Asking);
        self.lock.get_value().release();
        let _ = self.settle().await;
    }

    /// One errand in a worker of its own, beside what the rep does. `ask` is the errand as JSON.
    async fn errand(self, ask: &str) -> Option<Heard> {
        let worker = self.make_worker.get_value().and_then(|make| make())?;
        let answer = answer_of(&worker, ask);
        let text = settled(answer).await.ok()?.as_string();
        worker.terminate();
        serde_json::from_str(&text?).ok()
    }
}

/// What a worker answers to one errand, as a text.
#[inline(never)]
fn answer_of(worker: &Worker, ask: &str) -> Promise {
    let (asked, at_work) = (ask.to_owned(), worker.clone());
    Promise::new(&mut |resolve, _| {
        let (asked, at_work, failed) = (asked.clone(), at_work.clone(), resolve.clone());
        let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            let Ok(parts) = event.data().dyn_into::<Array>() else { return };
            match parts.get(0).as_string().as_deref() {
                // A worker that is gone says so through its error event.
                Some("ready") => drop(at_work.post_message(&Array::of2(&asked.as_str().into(), &JsValue::UNDEFINED))),
                Some("progress") => {}
                _ => drop(resolve.call1(&JsValue::NULL, &parts.get(1))),
            }
        });
        let on_error = Closure::<dyn Fn()>::new(move || drop(failed.call0(&JsValue::NULL)));
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        on_message.forget();
        on_error.forget();
    })
}
