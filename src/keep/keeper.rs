//! The keeper: one save after the other, each in the journal, then in the database, then in the canary. It knows how far the
//! database has got and whether the copy beside it is whole.

use super::batch::Batch;
use super::error::StoreError;
use super::judge::{Beside, Chain, Why, beside, end_of};
use super::sabotage::{Protection, is_out};
use crate::archive::journal::{self, Entry, FileKind, Head, Link, Mark, Reading};
use async_lock::{Mutex, MutexGuardArc};
use std::cell::Cell;
use std::sync::Arc;
use uuid::Uuid;

/// The database.
#[expect(async_fn_in_trait, reason = "one thread: nothing here is sent to another")]
pub trait Disk {
    /// Writes a batch, and `next` as how far it has got: all of it is on the disk when this returns, nothing of it otherwise.
    async fn write(&self, batch: &Batch, next: &Mark) -> Result<(), StoreError>;
    /// How far it has got.
    async fn mark(&self) -> Result<Option<Mark>, StoreError>;
}

/// The journal's file that is being written.
#[expect(async_fn_in_trait, reason = "one thread: nothing here is sent to another")]
pub trait Log {
    /// Adds a frame; on the disk when this returns.
    async fn append(&self, frame: Vec<u8>, flush: bool) -> Result<(), StoreError>;
    /// Takes the last frame back.
    async fn cut(&self) -> Result<(), StoreError>;
    /// Goes on in a new file that begins so.
    async fn begin(&self, opening: Vec<u8>) -> Result<(), StoreError>;
    /// Goes on in the newest file that was found, behind so many bytes of it.
    async fn go_on(&self, at: usize) -> Result<(), StoreError>;
    /// Gives up the room that was kept for a full disk; false where there was none.
    async fn make_room(&self) -> bool;
}

/// A few bytes in another place of the browser's storage. A write may reach the disk late, or never.
pub trait Canary {
    fn get(&self) -> Option<Mark>;
    fn set(&self, mark: Option<&Mark>);
}

/// How the copy beside the database is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Twin {
    /// Not looked at yet.
    #[default]
    Unknown,
    /// The browser has no place for one.
    Absent,
    Whole,
    /// It lacks something: it has to be made anew.
    Behind,
}

/// A save that is on the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Saved {
    /// In the journal too.
    pub has_copy: bool,
}

/// The journal's files as they were found, and what has to be done about it.
#[derive(Debug, PartialEq, Eq)]
pub enum Found {
    /// Nothing is amiss, or it was put right; so many saves came back from the journal.
    Fine { replayed: u32 },
    /// The database lacks what the journal has.
    Lost(Why),
}

/// Keeps everything that is confirmed.
#[derive(Debug)]
pub struct Keeper<D, L, C> {
    pub disk: D,
    pub log: L,
    pub canary: C,
    mark: Cell<Mark>,
    twin: Cell<Twin>,
    /// The connection broke over a save, or behind a change of many records: it may have been written.
    is_unsure: Cell<bool>,
    /// The journal's last frame, where nobody knows yet whether the database has it.
    open: Cell<Option<Link>>,
    turn: Arc<Mutex<()>>,
}

impl<D: Disk, L: Log, C: Canary> Keeper<D, L, C> {
    /// `mark`: how far the database has got; `epoch`: a new database's name.
    pub fn new(disk: D, log: L, canary: C, mark: Option<Mark>, epoch: Uuid) -> Self {
        let new = Mark { epoch, sequence: 0, events: 0, link: Link::default() };
        Keeper {
            disk,
            log,
            canary,
            mark: Cell::new(mark.unwrap_or(new)),
            twin: Cell::default(),
            is_unsure: Cell::default(),
            open: Cell::default(),
            turn: Arc::new(Mutex::new(())),
        }
    }

    pub fn mark(&self) -> Mark {
        self.mark.get()
    }

    pub fn twin(&self) -> Twin {
        self.twin.get()
    }

    /// The copy was looked at, lost or made anew.
    pub fn set_twin(&self, twin: Twin) {
        self.twin.set(twin);
    }

    /// The database was changed by another: this is how far it has got now.
    pub fn saw(&self, mark: Mark) {
        self.mark.set(mark);
        self.set_canary(&mark);
    }

    /// Nothing else is saved as long as this is held.
    pub async fn turn(&self) -> MutexGuardArc<()> {
        self.turn.lock_arc().await
    }

    /// Saves a batch. "Saved" may be said when this returns.
    pub async fn save(&self, batch: &Batch) -> Result<Saved, StoreError> {
        let _turn = self.turn.lock().await;
        self.look_again().await?;
        let before = self.mark.get();
        let sequence = before.sequence + 1;
        let (frame, link) = journal::frame(before.link, sequence, &batch.entry());
        let next = Mark { sequence, link, events: before.events + batch.events(), ..before };
        let has_copy = self.note(frame).await;
        let mut written = self.disk.write(batch, &next).await;
        if written == Err(StoreError::Full) && self.make_room().await {
            written = self.disk.write(batch, &next).await;
        }
        match written {
            Ok(()) => {
                self.mark.set(next);
                self.set_canary(&next);
                if !has_copy {
                    self.falls_behind();
                }
                Ok(Saved { has_copy })
            }
            // The connection is gone for good, and with it the word whether it was written. Its frame stays until that is known:
            // without it the journal could not tell, now or behind later saves, that the database had it.
            Err(StoreError::Lost(why)) => {
                self.is_unsure.set(true);
                self.open.set(has_copy.then_some(link));
                self.falls_behind();
                Err(StoreError::Lost(why))
            }
            Err(error) => {
                if has_copy {
                    self.take_back().await;
                } else {
                    // A frame that was refused late may stand in the journal all the same.
                    self.falls_behind();
                }
                Err(error)
            }
        }
    }

    /// Notes that many records are about to change at once; the turn is the caller's. [`Keeper::after_bulk`] has to follow.
    pub async fn before_bulk(&self) -> bool {
        if self.look_again().await.is_err() {
            // The change may come in the place of a save that was never written.
            if self.open.take().is_some() {
                self.take_back().await;
            }
            return false;
        }
        let before = self.mark.get();
        let (frame, link) = journal::frame(before.link, before.sequence + 1, &Entry::Bulk);
        let is_noted = self.note(frame).await;
        self.open.set(is_noted.then_some(link));
        is_noted
    }

    /// Many records were changed, or were not: how far the database says it has got; none where it does not answer.
    pub async fn after_bulk(&self, noted: bool, mark: Option<Mark>) {
        let Some(mark) = mark else {
            // The next save asks again: its number may be taken.
            self.is_unsure.set(true);
            self.falls_behind();
            return;
        };
        if !self.is_unsure.get() {
            self.open.set(None);
        }
        match mark {
            mark if mark != self.mark.get() => {
                self.saw(mark);
                // The journal knows that it happened, not what.
                self.falls_behind();
            }
            _ if noted => self.take_back().await,
            _ => {}
        }
    }

    /// Looks at the journal's tails, oldest first, beside the database: replays the one save that may be in them alone, and goes on
    /// behind it. `snapshot`: what the newest snapshot holds. `instead_of`: the database in whose place this one was put on purpose.
    /// `now`: milliseconds since 1970.
    pub async fn meet(&self, tails: &[Reading], snapshot: Option<Mark>, instead_of: Option<Uuid>, now: u64) -> Result<Found, StoreError> {
        let _turn = self.turn.lock().await;
        // What a save left open is judged with the rest.
        self.open.set(None);
        let mut replayed = 0;
        // A snapshot is of what was in the database: one that is ahead knows of changes that the journal only noted.
        let disk = self.mark.get();
        if snapshot.is_some_and(|held| held.epoch == disk.epoch && held.sequence > disk.sequence) {
            return Ok(Found::Lost(Why::Behind));
        }
        match beside(disk, instead_of, tails, self.canary.get()) {
            Beside::Level | Beside::Behind => {}
            Beside::Lost(why) => return Ok(Found::Lost(why)),
            Beside::Ahead(frame) => {
                // A note that much was about to change, and then it did not, is passed over.
                if let (Entry::Change { acts, events }, false) = (&frame.entry, is_out(Protection::Replay)) {
                    let before = self.mark.get();
                    let next = Mark { sequence: frame.sequence, link: frame.link, events: before.events + events, ..before };
                    // Had the database taken it, its mark would say so: an event that is there is another one under the same key, and
                    // the save was, or would have been, refused.
                    match self.disk.write(&Batch::again(acts), &next).await {
                        Ok(()) => {
                            self.saw(next);
                            replayed = 1;
                        }
                        Err(StoreError::AlreadyThere) => {}
                        Err(error) => return Err(error),
                    }
                }
            }
        }
        let mark = self.mark.get();
        let newest = tails.last().filter(|tail| tail.damage.is_empty() && end_of(tail) == Some((mark.epoch, mark.sequence, mark.link)));
        let goes_on = match newest {
            Some(tail) => self.log.go_on(tail.whole).await.is_ok(),
            None => false,
        };
        let writes = goes_on || self.begin(now).await;
        let is_whole = writes && Chain::of(mark.epoch, tails).is_some_and(|chain| chain.leads_to(mark, snapshot));
        self.twin.set(if is_whole { Twin::Whole } else { Twin::Behind });
        Ok(Found::Fine { replayed })
    }

    /// Goes on in a new file of the journal, from here. The turn is the caller's.
    pub async fn begin(&self, now: u64) -> bool {
        if self.look_again().await.is_err() {
            return false;
        }
        let head = Head { format: journal::FORMAT, kind: FileKind::Tail, packed: false, mark: self.mark.get(), made_at: now };
        self.log.begin(journal::opening(&head).0).await.is_ok()
    }

    /// Nothing is saved upon what nobody knows.
    async fn look_again(&self) -> Result<(), StoreError> {
        if !self.is_unsure.get() {
            return Ok(());
        }
        let found = self.disk.mark().await?;
        if let Some(mark) = found.filter(|mark| *mark != self.mark.get()) {
            self.saw(mark);
        }
        if self.open.take().is_some_and(|open| found.is_none_or(|mark| mark.link != open)) {
            self.take_back().await;
        }
        self.is_unsure.set(false);
        Ok(())
    }

    /// The copy lacks something from now on.
    fn falls_behind(&self) {
        if self.twin.get() == Twin::Whole {
            self.twin.set(Twin::Behind);
        }
    }

    async fn note(&self, frame: Vec<u8>) -> bool {
        if !matches!(self.twin.get(), Twin::Whole | Twin::Behind) || is_out(Protection::Journal) {
            return false;
        }
        let flush = !is_out(Protection::Flush);
        match self.log.append(frame.clone(), flush).await {
            Err(StoreError::Full) if self.make_room().await => self.log.append(frame, flush).await.is_ok(),
            appended => appended.is_ok(),
        }
    }

    async fn make_room(&self) -> bool {
        !is_out(Protection::Ballast) && self.log.make_room().await
    }

    async fn take_back(&self) {
        if self.log.cut().await.is_err() {
            self.twin.set(Twin::Behind);
        }
    }

    fn set_canary(&self, mark: &Mark) {
        if !is_out(Protection::Canary) {
            self.canary.set(Some(mark));
        }
    }
}

#[cfg(test)]
mod tests;
