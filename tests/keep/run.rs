//! One life of a phone: work, crashes, starts and losses by a seed, and after each of them what must be true.

use super::work::{Command, Work};
use super::world::{Db, Dice, Fault, Rows, Sim, World, drive, stray_link};
use shelfwise::archive::backup::Place;
use shelfwise::archive::journal::{self, Act, Entry, FORMAT, FileKind, Head, Link, Mark, Reading};
use shelfwise::archive::record;
use shelfwise::domain::book::Book;
use shelfwise::keep::batch::Batch;
use shelfwise::keep::error::StoreError;
use shelfwise::keep::image::image;
use shelfwise::keep::judge::{AtStart, Start, at_start};
use shelfwise::keep::keeper::{Disk, Found, Keeper, Twin};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

type SimKeeper = Keeper<Sim, Sim, Sim>;

/// What was promised, as far as it goes.
#[derive(Clone)]
struct Kept {
    work: Work,
    rows: Rows,
}

pub struct Run {
    sim: Sim,
    dice: Dice,
    /// Everything that was said to be saved.
    kept: Kept,
    mark: Option<Mark>,
    /// What may be there whole, or not at all: nobody was told.
    limbo: Vec<Kept>,
    /// What the records were, or would have been, behind each link.
    moments: HashMap<Link, Rows>,
    /// The journal knows that much was changed at once, not what.
    bulk_since: bool,
    /// Where the last such change led to.
    bulk_at: Option<Mark>,
    loss: Option<Fault>,
    /// The journal knew nothing of what came last when it happened.
    was_blind: bool,
    /// The loss is another way of things that went further than anybody knows of.
    is_further: bool,
}

enum Next {
    GoesOn,
    Crashed,
}

/// Without drafts: they are written without the keeper.
fn records(rows: &Rows) -> Rows {
    rows.iter().filter(|((place, _), _)| *place != Place::Drafts).map(|(key, body)| (key.clone(), body.clone())).collect()
}

fn as_rows(rows: &BTreeMap<(Place, String), String>) -> Rows {
    let records = rows.iter().filter(|((place, _), _)| *place != Place::Drafts);
    records.map(|(key, body)| (key.clone(), body.as_str().into())).collect()
}

fn book_of(rows: &Rows) -> Book {
    let mut book = Book::default();
    book.apply(rows.iter().map(|((place, _), body)| record::decode(place.kind().unwrap(), body).unwrap()));
    book
}

/// A life by its seed; what happened in it, or what was broken.
pub fn live(seed: u64) -> Result<BTreeMap<Fault, u64>, String> {
    let mut dice = Dice(seed.wrapping_mul(0x2545_f491_4f6c_dd1d));
    let sim = Sim::new(dice.roll());
    let kept = Kept { work: Work::new(), rows: Rows::new() };
    let mut run = Run {
        sim,
        dice,
        kept,
        mark: None,
        limbo: Vec::new(),
        moments: HashMap::new(),
        bulk_since: false,
        bulk_at: None,
        loss: None,
        was_blind: false,
        is_further: false,
    };
    run.all().map_err(|broken| format!("seed {seed}: {broken}"))?;
    let counts = run.world().counts.clone();
    Ok(counts)
}

impl Run {
    fn world(&self) -> std::cell::RefMut<'_, World> {
        self.sim.world()
    }

    fn files(&self) -> (Vec<(Mark, Vec<Act>)>, Vec<Reading>) {
        let world = self.world();
        (world.read_snapshots(), world.read_tails())
    }

    fn all(&mut self) -> Result<(), String> {
        for _ in 0..3 + self.dice.below(4) {
            self.lose();
            let Some(keeper) = self.open()? else { return Ok(()) };
            let mut crashed = false;
            for _ in 0..3 + self.dice.below(8) {
                if matches!(self.step(&keeper)?, Next::Crashed) {
                    crashed = true;
                    break;
                }
                if self.dice.often(300) {
                    self.check_twin(&keeper)?;
                }
            }
            if crashed || self.dice.often(400) {
                self.world().crash();
            } else {
                self.world().close();
            }
        }
        self.loss = None;
        self.world().trouble = 0;
        self.open().map(drop)
    }

    /// Something happens to the phone between two starts.
    fn lose(&mut self) {
        self.loss = None;
        let Some(mark) = self.mark.filter(|_| self.dice.often(350)) else { return };
        let mut guard = self.sim.world();
        let world = &mut *guard;
        let dice = &mut self.dice;
        let older = |dice: &mut Dice, world: &World| {
            let back = 1 + dice.below(world.past.len().saturating_sub(1).min(5));
            world.past[world.past.len().saturating_sub(1 + back)].clone()
        };
        self.is_further = false;
        let loss = match dice.below(8) {
            0..=2 => {
                world.db = older(dice, world);
                Some(Fault::RolledBack)
            }
            3 => {
                world.db = Db::default();
                Some(Fault::Emptied)
            }
            4 => {
                let mut db = older(dice, world);
                let from = db.mark.unwrap();
                let more = 1 + u64::try_from(dice.below(4)).unwrap();
                db.rows.insert((Place::Customers, "other".to_owned()), "{}".into());
                db.mark = Some(Mark { sequence: from.sequence + more, link: stray_link(dice), ..from });
                self.is_further = from.epoch == mark.epoch && from.sequence + more > mark.sequence;
                world.db = db;
                Some(Fault::Forked)
            }
            5 => {
                let mut db = older(dice, world);
                let from = db.mark.unwrap();
                db.mark = Some(Mark { epoch: dice.uuid(), sequence: from.sequence + 1, link: stray_link(dice), ..from });
                db.rows.insert((Place::Customers, "other".to_owned()), "{}".into());
                db.instead_of = None;
                world.db = db;
                Some(Fault::OtherDatabase)
            }
            _ => None,
        };
        match dice.below(4) {
            0 => {
                let late = older(dice, world).mark;
                world.set_canary(late);
                world.count(Fault::LateCanary);
            }
            1 => {
                world.set_canary(None);
                world.count(Fault::CanaryGone);
            }
            _ => {}
        }
        if dice.often(200) {
            world.tails.clear();
            world.snapshots.clear();
            (world.log_failed, world.log_is_blind) = (true, true);
            world.count(Fault::JournalGone);
        }
        if let Some(loss) = loss {
            world.count(loss);
        }
        // A note that much was about to change does not say whether it did; only a snapshot of it would.
        let is_before = |db: Mark| (db.epoch, db.sequence + 1) == (mark.epoch, mark.sequence);
        let only_noted = loss == Some(Fault::RolledBack)
            && self.bulk_at == Some(mark)
            && world.db.mark.is_some_and(is_before)
            && world.read_snapshots().iter().all(|(held, _)| *held != mark);
        // A journal without a save may be of a database that never came to be.
        self.was_blind = world.log_is_blind || only_noted || mark.sequence == 0;
        drop(guard);
        self.loss = loss;
    }

    /// Starts the app as often as it takes; none where the story ends.
    fn open(&mut self) -> Result<Option<SimKeeper>, String> {
        for tries in 0.. {
            if tries > 20 {
                self.world().trouble = 0;
                self.world().room = None;
            }
            let (start, db) = {
                let world = self.world();
                let db = world.db.clone();
                let holds = |place| db.rows.keys().any(|(held, _)| *held == place);
                let disk = AtStart {
                    mark: db.mark,
                    is_empty: ![Place::Customers, Place::Products, Place::Settings].into_iter().any(holds),
                    instead_of: db.instead_of,
                    has_journal: !world.tails.is_empty(),
                };
                (at_start(&disk, world.canary), db)
            };
            match start {
                Start::Lost(why) => return self.lost(&format!("{why:?}")),
                Start::New if !self.kept.rows.is_empty() => return self.unnoticed("taken for new"),
                Start::New => {
                    let mark = Mark { epoch: self.dice.uuid(), sequence: 0, events: 0, link: Link::default() };
                    // A new database says what it is before anything else is begun.
                    self.world().put(Db { mark: Some(mark), ..db });
                    self.moments.insert(mark.link, Rows::new());
                    continue;
                }
                Start::Fine => {}
            }
            let keeper = Keeper::new(self.sim.clone(), self.sim.clone(), self.sim.clone(), db.mark, Uuid::nil());
            let tails = self.world().read_tails();
            let snapshot = self.world().read_snapshots().last().map(|(mark, _)| *mark);
            let crash_at = self.dice.often(100).then(|| self.dice.below(10));
            match drive(keeper.meet(&tails, snapshot, db.instead_of, 0), crash_at) {
                None => self.world().crash(),
                // The app tries again.
                Some(Err(_)) => {}
                Some(Ok(Found::Lost(why))) => return self.lost(&format!("{why:?}")),
                Some(Ok(Found::Fine { .. })) => return self.looks_fine(keeper),
            }
        }
        Ok(None)
    }

    /// The start said that all is there.
    fn looks_fine(&mut self, keeper: SimKeeper) -> Result<Option<SimKeeper>, String> {
        let db = self.world().db.clone();
        let rows = records(&db.rows);
        let there = std::iter::once(&self.kept).chain(&self.limbo).find(|kept| kept.rows == rows).cloned();
        let Some(there) = there else { return self.unnoticed("fine") };
        let mark = db.mark.ok_or("no mark")?;
        if keeper.mark() != mark {
            return Err("the keeper is not where the database is".to_owned());
        }
        if mark.events != db.events() {
            return Err(format!("{} events, and the mark says {}", db.events(), mark.events));
        }
        if book_of(&rows) != there.work.book {
            return Err("the book from the disk is another one".to_owned());
        }
        if self.mark != Some(mark) {
            self.world().canary_is_late = true;
        }
        self.kept = there;
        self.mark = Some(mark);
        self.limbo.clear();
        self.loss = None;
        self.check_twin(&keeper)?;
        Ok(Some(keeper))
    }

    /// Something that was promised is missing, and nobody noticed: allowed only where nothing could.
    fn unnoticed(&mut self, said: &str) -> Result<Option<SimKeeper>, String> {
        let mut world = self.sim.world();
        let canary_tells = !world.canary_is_late;
        let log_tells = !self.was_blind;
        let nothing_tells = self.loss.is_some() && (self.is_further || !canary_tells && !log_tells);
        if !nothing_tells {
            let [canary, disk, promised] = [world.canary, world.db.mark, self.mark].map(|mark| mark.map(|mark| mark.sequence));
            return Err(format!(
                "{:?}: {said}, and acknowledged data is missing (canary {canary:?}, disk {disk:?}, promised {promised:?})",
                self.loss
            ));
        }
        world.count(Fault::Blind);
        Ok(None)
    }

    /// The start said that something is missing.
    fn lost(&mut self, why: &str) -> Result<Option<SimKeeper>, String> {
        if self.loss.is_none() {
            let mut world = self.sim.world();
            // The only false alarms: a refused save that could not be taken back out of the journal, and a canary that is two
            // recoveries late.
            let of_a_forebear = world.canary.is_some_and(|canary| {
                Some(canary.epoch) != world.db.mark.map(|mark| mark.epoch) && Some(canary.epoch) != world.db.instead_of
            });
            if !world.cut_failed && !of_a_forebear {
                return Err(format!("{why}, and nothing is"));
            }
            world.count(Fault::FalseAlarm);
            return Ok(None);
        }
        let Some(mark) = self.mark else { return Err(format!("{why} before anything was saved")) };
        let (snapshots, tails) = self.files();
        let image = image(&snapshots, &tails, None, mark.epoch);
        let rows = as_rows(&image.rows);
        let failed = self.world().log_failed;
        let moment = self.moments.get(&image.mark.link);
        if moment != Some(&rows) {
            return Err(format!("an image of a moment that never was, {}", image.mark.sequence));
        }
        let there = std::iter::once(&self.kept).chain(&self.limbo).find(|kept| kept.rows == rows).cloned();
        match there {
            Some(there) => {
                if !failed && !self.bulk_since && image.stops_at_bulk && there.rows != self.kept.rows {
                    return Err("a bulk that never was".to_owned());
                }
                self.recover(there, mark.epoch);
                // The next start finds a database that was put in the place of another.
                self.open()
            }
            None if failed || self.bulk_since => {
                self.world().count(Fault::NotRecoverable);
                Ok(None)
            }
            None => Err(format!("{why}: the journal brings back up to {} of {}", image.mark.sequence, mark.sequence)),
        }
    }

    /// What was brought back becomes a database of its own.
    fn recover(&mut self, there: Kept, old: Uuid) {
        let mark = Mark { epoch: self.dice.uuid(), sequence: 1, events: 0, link: stray_link(&mut self.dice) };
        let mut db = Db { rows: there.rows.clone(), mark: None, instead_of: Some(old) };
        db.mark = Some(Mark { events: db.events(), ..mark });
        self.moments.insert(mark.link, there.rows.clone());
        let mut world = self.sim.world();
        world.put(db);
        world.tails.clear();
        world.snapshots.clear();
        (world.log_failed, world.cut_failed, world.log_is_blind, world.canary_is_late) = (true, false, true, true);
        world.count(Fault::Recovered);
        drop(world);
        self.mark = self.sim.world().db.mark;
        self.kept = there;
        self.limbo.clear();
        self.loss = None;
    }

    /// A copy that says it is whole is.
    fn check_twin(&mut self, keeper: &SimKeeper) -> Result<(), String> {
        if keeper.twin() != Twin::Whole {
            return Ok(());
        }
        let (snapshots, tails) = self.files();
        let db = self.world().db.clone();
        let mark = db.mark.ok_or("no mark")?;
        let image = image(&snapshots, &tails, None, mark.epoch);
        if (image.mark.sequence, image.mark.link) != (mark.sequence, mark.link) || as_rows(&image.rows) != records(&db.rows) {
            return Err(format!("the copy says that it is whole, and reaches {} of {}", image.mark.sequence, mark.sequence));
        }
        Ok(())
    }

    fn step(&mut self, keeper: &SimKeeper) -> Result<Next, String> {
        {
            let mut world = self.sim.world();
            let trouble = world.trouble;
            if world.room.is_none() && self.dice.often(trouble) {
                world.room = Some(u32::try_from(self.dice.below(3)).unwrap());
                world.count(Fault::FullDisk);
            } else if world.room.is_some() && self.dice.often(200) {
                // The rep deletes a film.
                (world.room, world.has_ballast) = (None, true);
            }
        }
        if self.kept.work.tick(&mut self.dice) {
            self.world().count(Fault::ClockBack);
        }
        let is_behind = keeper.twin() == Twin::Behind;
        if self.dice.often(if is_behind { 400 } else { 60 }) {
            return Ok(self.snapshot(keeper));
        }
        if self.dice.often(40) {
            return self.bulk(keeper);
        }
        let seen = self.kept.work.clone();
        let command = seen.next(&mut self.dice);
        if let Some(draft) = &command.draft
            && self.dice.often(500)
        {
            self.world().db.rows.insert((Place::Drafts, draft.clone()), "{}".into());
        }
        let batch = Batch::of(&command.change).map_err(|error| error.to_string())?;
        if matches!(self.save(keeper, &batch, &command.after)?, Next::Crashed) {
            return Ok(Next::Crashed);
        }
        if self.dice.often(60) {
            self.world().count(Fault::Twice);
            return self.save(keeper, &batch, &command.after);
        }
        if self.dice.often(60) {
            // A tab that does not know of it yet finishes the same visit otherwise.
            self.world().count(Fault::StaleTab);
            let Command { change, after, .. } = seen.next(&mut self.dice);
            let batch = Batch::of(&change).map_err(|error| error.to_string())?;
            let is_there =
                batch.rows.iter().any(|row| row.kind.is_event() && self.kept.rows.contains_key(&(Place::of(row.kind), row.id.clone())));
            if is_there {
                return self.save(keeper, &batch, &after);
            }
        }
        Ok(Next::GoesOn)
    }

    fn save(&mut self, keeper: &SimKeeper, batch: &Batch, after: &Work) -> Result<Next, String> {
        // Where the database is, even if the keeper has still to find out.
        let was = self.world().db.mark;
        let before = was.ok_or("no mark")?;
        let link = journal::frame(before.link, before.sequence + 1, &batch.entry()).1;
        let promised = Db { rows: self.kept.rows.clone(), ..Db::default() };
        let next = promised.with(batch, &Mark { link, ..before }).ok().map(|db| Kept { rows: records(&db.rows), work: after.clone() });
        if let Some(next) = &next {
            self.moments.insert(link, next.rows.clone());
        }
        let had_ballast = self.world().has_ballast;
        let crash_at = self.dice.often(120).then(|| self.dice.below(14));
        let answer = drive(keeper.save(batch), crash_at);
        let has_landed = self.world().db.mark != was;
        match (answer, next) {
            (None, next) => {
                self.limbo.extend(next);
                Ok(Next::Crashed)
            }
            (Some(Ok(_)), None) => Err("an event was added twice".to_owned()),
            (Some(Ok(_)), Some(next)) => {
                if !has_landed || records(&self.world().db.rows) != next.rows {
                    return Err("saved was said, and it is not there".to_owned());
                }
                if batch.finished_drafts.iter().any(|key| self.world().db.rows.contains_key(&(Place::Drafts, key.clone()))) {
                    return Err("a finished draft is still there".to_owned());
                }
                self.world().count(Fault::Acknowledged);
                self.world().canary_is_late = false;
                self.kept = next;
                self.mark = self.sim.world().db.mark;
                self.limbo.clear();
                Ok(Next::GoesOn)
            }
            (Some(Err(error)), next) => {
                match (&error, next) {
                    (StoreError::Full, _) if had_ballast => return Err("no room for a save, and room was kept for it".to_owned()),
                    (StoreError::AlreadyThere, Some(_)) => return Err("refused as there, and it was not".to_owned()),
                    (StoreError::Lost(_), Some(next)) if has_landed => {
                        // Nobody was told, and it is there.
                        self.kept = next;
                        self.mark = self.sim.world().db.mark;
                        self.world().canary_is_late = true;
                    }
                    // It stands in the journal until the database says that it has not got it.
                    (StoreError::Lost(_), Some(next)) => self.limbo.push(next),
                    // It may still stand in the journal.
                    (_, Some(next)) if self.world().log_failed => self.limbo.push(next),
                    _ => {}
                }
                if records(&self.world().db.rows) != self.kept.rows {
                    return Err(format!("refused with {error:?}, and something was written"));
                }
                Ok(Next::GoesOn)
            }
        }
    }

    /// An import: noted, written by another hand in one transaction, and then looked at.
    fn bulk(&mut self, keeper: &SimKeeper) -> Result<Next, String> {
        let command = self.kept.work.import(&mut self.dice);
        let batch = Batch::of(&command.change).map_err(|error| error.to_string())?;
        let before = self.world().db.mark.ok_or("no mark")?;
        let link = journal::frame(before.link, before.sequence + 1, &Entry::Bulk).1;
        let mark = Mark { sequence: before.sequence + 1, link, ..before };
        let crash_at = self.dice.often(200).then(|| self.dice.below(8));
        let (sim, is_stopped) = (self.sim.clone(), self.dice.often(200));
        let next = self.world().db.with(&batch, &mark).map_err(|error| format!("{error:?}"))?;
        let kept = Kept { rows: records(&next.rows), work: command.after };
        self.moments.insert(link, kept.rows.clone());
        let work = async {
            let _turn = keeper.turn().await;
            let noted = keeper.before_bulk().await;
            if !noted {
                let mut world = sim.world();
                (world.log_failed, world.log_is_blind) = (true, true);
            }
            super::world::pause().await;
            if !is_stopped {
                sim.world().put(next);
            }
            super::world::pause().await;
            let found = Disk::mark(&sim).await.ok().flatten();
            keeper.after_bulk(noted, found).await;
            found.is_some()
        };
        let answered = drive(work, crash_at);
        let is_over = answered.is_some();
        let has_landed = self.world().db.mark == Some(mark);
        self.bulk_since |= has_landed;
        if has_landed {
            self.world().canary_is_late = answered != Some(true);
        }
        if has_landed {
            self.kept = kept;
            self.mark = Some(mark);
            self.bulk_at = Some(mark);
            self.limbo.clear();
        }
        Ok(if is_over { Next::GoesOn } else { Next::Crashed })
    }

    /// Makes the copy anew: a snapshot, then a new tail behind it.
    fn snapshot(&mut self, keeper: &SimKeeper) -> Next {
        let db = self.world().db.clone();
        let Some(mark) = db.mark else { return Next::GoesOn };
        let head = Head { format: FORMAT, kind: FileKind::Snapshot, mark, made_at: 0, packed: false };
        let (mut bytes, mut link) = journal::opening(&head);
        let acts: Vec<Act> =
            db.rows.iter().map(|((place, id), body)| Act::Put { place: *place, id: id.clone(), body: body.as_ref().to_owned() }).collect();
        let entries = acts.chunks(7).map(|acts| Entry::Change { acts: acts.to_vec(), events: 0 });
        let end = Entry::End { rows: acts.len() as u64 };
        for (at, entry) in entries.chain([end]).enumerate() {
            let (frame, next) = journal::frame(link, at as u64 + 1, &entry);
            bytes.extend(frame);
            link = next;
        }
        if self.dice.often(100) {
            bytes.truncate(self.dice.below(bytes.len()));
            self.world().count(Fault::TornWrite);
            self.world().snapshots.push(bytes);
            return if self.dice.often(500) { Next::Crashed } else { Next::GoesOn };
        }
        {
            let mut world = self.world();
            world.snapshots.retain(|bytes| journal::read(bytes).is_whole());
            world.snapshots.push(bytes);
            let over = world.snapshots.len().saturating_sub(2);
            world.snapshots.drain(..over);
        }
        let crash_at = self.dice.often(100).then(|| self.dice.below(4));
        let begun = drive(
            async {
                let _turn = keeper.turn().await;
                keeper.begin(0).await
            },
            crash_at,
        );
        match begun {
            None => Next::Crashed,
            Some(false) => {
                keeper.set_twin(Twin::Behind);
                Next::GoesOn
            }
            Some(true) => {
                keeper.set_twin(Twin::Whole);
                self.bulk_since = false;
                let mut world = self.sim.world();
                (world.log_failed, world.log_is_blind, world.cut_failed) = (false, false, false);
                if self.dice.often(500) {
                    let oldest = world.read_snapshots().first().map_or(0, |(mark, _)| mark.sequence);
                    let begins: Vec<Option<u64>> = world.read_tails().iter().map(|tail| tail.head.map(|head| head.mark.sequence)).collect();
                    let keep_from = begins.iter().rposition(|begin| begin.is_some_and(|begin| begin <= oldest)).unwrap_or(0);
                    world.tails.drain(..keep_from);
                }
                Next::GoesOn
            }
        }
    }
}
