//! Storage that can be told to fail: a database, a journal, a canary, and what a crash leaves of each.

use shelfwise::archive::backup::Place;
use shelfwise::archive::journal::{self, Act, Link, Mark, Reading};
use shelfwise::keep::batch::Batch;
use shelfwise::keep::error::StoreError;
use shelfwise::keep::keeper::{Canary, Disk, Log};
use shelfwise::keep::sabotage::{Protection, is_out};
use std::cell::{RefCell, RefMut};
use std::collections::BTreeMap;
use std::future::Future;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use uuid::Uuid;

pub type Rows = BTreeMap<(Place, String), Rc<str>>;

/// Reopened so often for one request, as the real store does.
const TRIES: u32 = 3;

/// Random numbers that a seed brings back (splitmix64).
#[derive(Clone)]
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let one = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let two = (one ^ (one >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        two ^ (two >> 31)
    }

    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.roll() % u64::try_from(end.max(1)).unwrap()).unwrap()
    }

    /// In so many of a thousand cases.
    pub fn often(&mut self, per_mille: u64) -> bool {
        self.roll() % 1000 < per_mille
    }

    pub fn uuid(&mut self) -> Uuid {
        Uuid::from_u64_pair(self.roll(), self.roll())
    }
}

/// The database as it is on the disk.
#[derive(Clone, Default)]
pub struct Db {
    pub rows: Rows,
    pub mark: Option<Mark>,
    pub instead_of: Option<Uuid>,
}

impl Db {
    pub fn with(&self, batch: &Batch, next: &Mark) -> Result<Db, StoreError> {
        let mut new = self.clone();
        for row in &batch.rows {
            let old = new.rows.insert((Place::of(row.kind), row.id.clone()), Rc::from(row.body.as_str()));
            if old.is_some() && row.kind.is_event() {
                return Err(StoreError::AlreadyThere);
            }
        }
        for key in &batch.finished_drafts {
            new.rows.remove(&(Place::Drafts, key.clone()));
        }
        new.mark = Some(*next);
        Ok(new)
    }

    /// Visits, orders and deliveries in it.
    pub fn events(&self) -> u64 {
        self.rows.keys().filter(|(place, _)| place.kind().is_some_and(|kind| kind.is_event())).count() as u64
    }
}

/// A file: what is on the disk for certain, and what the app sees.
#[derive(Clone, Default)]
pub struct File {
    pub synced: Vec<u8>,
    pub bytes: Vec<u8>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Fault {
    Crash,
    TornWrite,
    LostConnection,
    LostAcknowledgement,
    FullDisk,
    AppendFails,
    CutFails,
    BeginFails,
    GoOnFails,
    LateCanary,
    Twice,
    StaleTab,
    ClockBack,
    RolledBack,
    Emptied,
    Forked,
    OtherDatabase,
    CanaryGone,
    JournalGone,
    Blind,
    FalseAlarm,
    Recovered,
    NotRecoverable,
    Acknowledged,
}

pub struct World {
    pub dice: Dice,
    pub db: Db,
    /// Every state that was on the disk.
    pub past: Vec<Db>,
    in_flight: Option<Db>,
    pub tails: Vec<File>,
    pub snapshots: Vec<Vec<u8>>,
    size: usize,
    last: usize,
    /// A file was begun and has no head yet.
    is_headless: bool,
    pub canary: Option<Mark>,
    /// It may be older than what was promised.
    pub canary_is_late: bool,
    canary_on_disk: Option<Mark>,
    canary_coming: Vec<Option<Mark>>,
    /// Writes that still fit; none: plenty.
    pub room: Option<u32>,
    pub has_ballast: bool,
    /// Of a thousand operations so many fail.
    pub trouble: u64,
    /// What befell the journal since it was last whole.
    pub log_failed: bool,
    /// The journal knows nothing of what came last.
    pub log_is_blind: bool,
    /// A refused save may still stand in it.
    pub cut_failed: bool,
    pub counts: BTreeMap<Fault, u64>,
}

impl World {
    pub fn new(seed: u64) -> World {
        let mut dice = Dice(seed);
        let trouble = [0, 10, 40, 120][dice.below(4)];
        World {
            dice,
            db: Db::default(),
            past: Vec::new(),
            in_flight: None,
            tails: Vec::new(),
            snapshots: Vec::new(),
            size: 0,
            last: 0,
            is_headless: false,
            canary: None,
            canary_is_late: false,
            canary_on_disk: None,
            canary_coming: Vec::new(),
            room: None,
            has_ballast: true,
            trouble,
            log_failed: false,
            log_is_blind: false,
            cut_failed: false,
            counts: BTreeMap::new(),
        }
    }

    pub fn count(&mut self, fault: Fault) {
        *self.counts.entry(fault).or_default() += 1;
    }

    fn fails(&mut self, fault: Fault) -> bool {
        let trouble = self.trouble;
        let fails = self.dice.often(trouble);
        if fails {
            self.count(fault);
        }
        fails
    }

    fn log_fails(&mut self, fault: Fault) -> bool {
        let fails = self.fails(fault);
        if fails {
            self.log_trouble();
        }
        fails
    }

    fn log_trouble(&mut self) {
        self.log_failed = true;
        self.log_is_blind = true;
    }

    fn take_room(&mut self) -> bool {
        match &mut self.room {
            None => true,
            Some(0) => false,
            Some(left) => {
                *left -= 1;
                true
            }
        }
    }

    pub fn put(&mut self, db: Db) {
        self.past.push(db.clone());
        self.db = db;
    }

    /// The files as a start reads them.
    pub fn read_tails(&self) -> Vec<Reading> {
        self.tails.iter().map(|file| journal::read(&file.bytes)).collect()
    }

    /// Snapshots that were closed.
    pub fn read_snapshots(&self) -> Vec<(Mark, Vec<Act>)> {
        let whole = self.snapshots.iter().map(|bytes| journal::read(bytes)).filter(Reading::is_whole);
        whole
            .map(|reading| {
                let acts = reading.frames.into_iter().flat_map(|frame| match frame.entry {
                    journal::Entry::Change { acts, .. } => acts,
                    _ => Vec::new(),
                });
                (reading.head.unwrap().mark, acts.collect())
            })
            .collect()
    }

    /// The power goes, or the app is killed.
    pub fn crash(&mut self) {
        self.count(Fault::Crash);
        if let Some(coming) = self.in_flight.take()
            && self.dice.often(500)
        {
            self.put(coming);
        }
        let dice = &mut self.dice;
        let mut torn = false;
        for file in &mut self.tails {
            if file.bytes == file.synced {
                continue;
            }
            if file.bytes.starts_with(&file.synced) {
                let left = dice.below(file.bytes.len() - file.synced.len() + 1);
                let lost = file.bytes.len() - file.synced.len() - left;
                torn = lost > 0;
                file.bytes.truncate(file.synced.len() + left);
                if dice.often(200) {
                    file.bytes.extend(vec![0; lost]);
                }
            } else if dice.often(500) {
                file.bytes.clone_from(&file.synced);
            }
            file.synced.clone_from(&file.bytes);
        }
        if torn {
            self.count(Fault::TornWrite);
        }
        let written = self.dice.below(self.canary_coming.len() + 1);
        let on_disk = if written == 0 { self.canary_on_disk } else { self.canary_coming[written - 1] };
        if on_disk != self.canary {
            self.canary_is_late = true;
            self.count(Fault::LateCanary);
        }
        (self.canary, self.canary_on_disk) = (on_disk, on_disk);
        self.canary_coming.clear();
        self.is_headless = false;
    }

    /// The app is closed in peace.
    pub fn close(&mut self) {
        self.in_flight = None;
        for file in &mut self.tails {
            file.synced.clone_from(&file.bytes);
        }
        self.canary_on_disk = self.canary;
        self.canary_coming.clear();
        self.is_headless = false;
    }

    /// The canary as it was found; what it was is gone.
    pub fn set_canary(&mut self, mark: Option<Mark>) {
        (self.canary, self.canary_on_disk) = (mark, mark);
        self.canary_is_late = true;
    }
}

/// The same world for disk, log and canary.
#[derive(Clone)]
pub struct Sim(pub Rc<RefCell<World>>);

impl Sim {
    pub fn new(seed: u64) -> Sim {
        Sim(Rc::new(RefCell::new(World::new(seed))))
    }

    pub fn world(&self) -> RefMut<'_, World> {
        self.0.borrow_mut()
    }

    async fn once(&self, batch: &Batch, next: &Mark) -> Result<(), StoreError> {
        if self.world().fails(Fault::LostConnection) {
            return Err(StoreError::Lost("connection lost".to_owned()));
        }
        if !self.world().take_room() {
            return Err(StoreError::Full);
        }
        let new = self.world().db.with(batch, next)?;
        self.world().in_flight = Some(new);
        pause().await;
        let new = self.world().in_flight.take().unwrap();
        self.world().put(new);
        pause().await;
        if self.world().fails(Fault::LostAcknowledgement) {
            return Err(StoreError::Lost("connection lost".to_owned()));
        }
        Ok(())
    }
}

impl Disk for Sim {
    async fn write(&self, batch: &Batch, next: &Mark) -> Result<(), StoreError> {
        let mut tries = 0;
        loop {
            pause().await;
            match self.once(batch, next).await {
                Err(StoreError::Lost(why)) if tries < TRIES && !is_out(Protection::Retry) => {
                    tries += 1;
                    pause().await;
                    // Opening it again fails too.
                    if self.world().fails(Fault::LostConnection) {
                        return Err(StoreError::Lost(why));
                    }
                    if self.world().db.mark.as_ref() == Some(next) {
                        return Ok(());
                    }
                }
                written => return written,
            }
        }
    }

    async fn mark(&self) -> Result<Option<Mark>, StoreError> {
        pause().await;
        if self.world().fails(Fault::LostConnection) {
            return Err(StoreError::Lost("connection lost".to_owned()));
        }
        Ok(self.world().db.mark)
    }
}

impl Log for Sim {
    async fn append(&self, frame: Vec<u8>, flush: bool) -> Result<(), StoreError> {
        pause().await;
        let mut guard = self.world();
        let world = &mut *guard;
        if world.tails.is_empty() {
            world.log_trouble();
            return Err(StoreError::Broken("no file".to_owned()));
        }
        let size = world.size;
        if !world.take_room() {
            // Whoever calls makes room and tries again; if not, the world's `room` says why.
            return Err(StoreError::Full);
        }
        let file = world.tails.last_mut().unwrap();
        // Over what a failed write may have left there.
        let end = file.bytes.len().min(size + frame.len());
        file.bytes.splice(size..end, frame.iter().copied());
        drop(guard);
        pause().await;
        let mut guard = self.world();
        let world = &mut *guard;
        if world.log_fails(Fault::AppendFails) {
            if world.dice.often(700) {
                world.tails.last_mut().unwrap().bytes.truncate(size);
            } else {
                world.cut_failed = true;
            }
            return Err(StoreError::Broken("write failed".to_owned()));
        }
        let file = world.tails.last_mut().unwrap();
        if flush {
            file.synced.clone_from(&file.bytes);
        }
        (world.last, world.size) = (size, size + frame.len());
        drop(guard);
        pause().await;
        Ok(())
    }

    async fn cut(&self) -> Result<(), StoreError> {
        pause().await;
        let mut guard = self.world();
        let world = &mut *guard;
        if world.log_fails(Fault::CutFails) {
            world.cut_failed = true;
            return Err(StoreError::Broken("truncate failed".to_owned()));
        }
        let last = world.last;
        let file = world.tails.last_mut().unwrap();
        file.bytes.truncate(last);
        file.synced.clone_from(&file.bytes);
        world.size = last;
        Ok(())
    }

    async fn begin(&self, opening: Vec<u8>) -> Result<(), StoreError> {
        pause().await;
        let mut guard = self.world();
        let world = &mut *guard;
        if !world.is_headless {
            world.tails.push(File::default());
            world.is_headless = true;
        }
        (world.size, world.last) = (0, 0);
        *world.tails.last_mut().unwrap() = File::default();
        if world.log_fails(Fault::BeginFails) || !world.take_room() {
            world.log_trouble();
            return Err(StoreError::Broken("no new file".to_owned()));
        }
        let file = world.tails.last_mut().unwrap();
        file.bytes = opening;
        drop(guard);
        pause().await;
        let mut guard = self.world();
        let world = &mut *guard;
        let file = world.tails.last_mut().unwrap();
        file.synced.clone_from(&file.bytes);
        world.size = world.tails.last().unwrap().bytes.len();
        world.is_headless = false;
        // What it begins at is known from here on.
        world.log_is_blind = false;
        Ok(())
    }

    async fn go_on(&self, at: usize) -> Result<(), StoreError> {
        pause().await;
        let mut guard = self.world();
        let world = &mut *guard;
        if world.log_fails(Fault::GoOnFails) {
            return Err(StoreError::Broken("no handle".to_owned()));
        }
        world.tails.last_mut().unwrap().bytes.truncate(at);
        (world.size, world.last) = (at, at);
        Ok(())
    }

    async fn make_room(&self) -> bool {
        pause().await;
        let mut world = self.world();
        let had = std::mem::take(&mut world.has_ballast);
        if had {
            world.room = world.room.map(|room| room + 8);
        }
        had
    }
}

impl Canary for Sim {
    fn get(&self) -> Option<Mark> {
        self.world().canary
    }

    fn set(&self, mark: Option<&Mark>) {
        let mut world = self.world();
        world.canary = mark.copied();
        world.canary_coming.push(mark.copied());
        if world.dice.often(300) {
            world.canary_on_disk = mark.copied();
            world.canary_coming.clear();
        }
    }
}

/// One place where a crash can come.
struct Pause(bool);

impl Future for Pause {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if std::mem::replace(&mut self.0, true) { Poll::Ready(()) } else { Poll::Pending }
    }
}

pub fn pause() -> impl Future<Output = ()> {
    Pause(false)
}

/// Runs to the end, or to the crash: none where it came first.
pub fn drive<T>(future: impl Future<Output = T>, crash_at: Option<usize>) -> Option<T> {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    for pauses in 0.. {
        if crash_at == Some(pauses) {
            return None;
        }
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return Some(value);
        }
        assert!(pauses < 100_000, "waits for what never comes");
    }
    None
}

/// A link that no frame has.
pub fn stray_link(dice: &mut Dice) -> Link {
    Link(*dice.uuid().as_bytes())
}
