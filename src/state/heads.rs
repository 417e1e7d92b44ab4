//! Heads, kept with every save: whatever a change does to a shop's events, the shop's new head goes to the disk in the same transaction.
//! All changes go through here, so that no command can forget it. Heads that are missing, after an update, an import or a restore, are
//! made in the worker, a few at a time.

use super::app::App;
use super::clock;
use super::day::Loaded;
use super::role::Role;
use super::shop_past::ShopPast;
use crate::archive::errand::Ask;
use crate::archive::record::{self, Kind};
use crate::domain::book::{Change, Record};
use crate::domain::chronicle::{self, Outdated, outdated};
use crate::domain::head::Head;
use crate::domain::id::CustomerId;
use crate::domain::stamp::Envelope;
use crate::store::error::StoreError;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Heads that the worker makes at once.
const MADE_AT_ONCE: usize = 100;
/// Heads written at once: a save that comes meanwhile waits for no more.
const WRITTEN_AT_ONCE: usize = 25;
/// Rows of heads and profiles read at once, and of people.
const READ_AT_ONCE: u32 = 60;
/// Between two batches, in milliseconds.
const BREATH: i32 = 5;
/// After the lists were read, before missing heads are made, in milliseconds.
const AT_REST: i32 = 1_500;

impl App {
    /// As [`App::commit`], once what writes is there.
    pub(super) async fn commit_now(self, mut change: Change) -> Result<(), StoreError> {
        let turn = self.day().turn.get_value();
        let _one = turn.lock_arc().await;
        let shops = self.book.with_untracked(|book| outdated(book, &change.records));
        let mut held = None;
        for shop in &shops {
            let made = self.head_after(shop, &change.records).await;
            self.note_read(&made);
            let (head, past) = made?;
            // What no reader would take is not written: the shop is as one whose head is still to be made.
            let head = Record::Head(head);
            if record::encode(&head).is_ok() {
                change.records.push(head);
            }
            held = past;
        }
        self.write(change).await?;
        if shops.len() == 1 {
            self.day().past.set_value(held);
        }
        Ok(())
    }

    /// A shop's head as it is after a change, and the chronicle it was made of, where it was needed.
    async fn head_after(self, shop: &Outdated, records: &[Record]) -> Result<(Head, Option<ShopPast>), StoreError> {
        let old = untrack(|| self.head(shop.shop.id));
        let stamp = self.stamp();
        let mut own = records.iter().filter(|record| chronicle::owner(record).is_some_and(|owner| shop.ids.contains(&owner)));
        let is_held = self.day().past.with_value(|past| past.as_ref().is_some_and(|past| past.ids == shop.ids));
        // Two taps: what the head knows is enough.
        if let (false, Some(old), Some(Record::Touch(touch)), None) = (is_held, &old, own.next(), own.next())
            && let Some(head) = old.after(touch, stamp)
        {
            return Ok((head, None));
        }
        let mut chronicle = self.take_chronicle(&shop.ids).await?;
        chronicle.take_in(&shop.ids, records);
        let known = records.iter().find_map(|record| match record {
            Record::Customer(changed) if changed.id == shop.shop.id => Some(changed),
            _ => None,
        });
        let head = Head::of(known.unwrap_or(&shop.shop), chronicle.happened(), old.as_ref(), stamp);
        Ok((head, Some(ShopPast { ids: shop.ids.clone(), chronicle })))
    }

    fn note_read<T>(self, read: &Result<T, StoreError>) {
        if let Err(error) = read {
            self.note(&Err(error.clone()));
        }
    }

    /// Shows what was written: heads, profiles and people.
    pub(super) fn take_in(self, records: &[Record]) {
        let day = self.day();
        if records.iter().any(|record| chronicle::owner(record).is_some() || matches!(record, Record::Customer(_))) {
            day.writes.update_value(|writes| *writes = writes.wrapping_add(1));
            day.past.set_value(None);
        }
        let mut is_contact = false;
        for record in records {
            match record {
                Record::Head(head) => {
                    day.fresh.update_value(|fresh| fresh.push(head.id.0));
                    day.heads.update(|heads| put(heads, head.clone(), |head| head.id));
                }
                Record::Profile(profile) => {
                    day.fresh.update_value(|fresh| fresh.push(profile.id.0));
                    day.profiles.update(|profiles| put(profiles, profile.clone(), |profile| profile.id));
                }
                Record::Person(person) => {
                    day.fresh.update_value(|fresh| fresh.push(person.id.0));
                    self.take_in_person(person);
                    is_contact = true;
                }
                Record::Touch(_) | Record::Promise(_) | Record::Episode(_) | Record::Template(_) => is_contact = true,
                // Two shops may have become one, or no longer be.
                Record::Customer(_) => self.days_anew(),
                _ => {}
            }
        }
        if is_contact {
            day.contacts.update(|count| *count = count.wrapping_add(1));
        }
    }

    /// Another tab wrote these.
    pub(super) async fn hear_of(self, ids: &[(Kind, String)]) {
        let is_followed = |kind: Kind| {
            matches!(kind, Kind::Head | Kind::Profile | Kind::Person | Kind::Touch | Kind::Promise | Kind::Episode | Kind::Template)
        };
        let is_past = |kind: Kind| kind.is_event() || is_followed(kind);
        if ids.iter().any(|(kind, _)| is_past(*kind)) {
            let day = self.day();
            day.past.set_value(None);
            let wanted: Vec<(Kind, String)> = ids.iter().filter(|(kind, _)| is_followed(*kind)).cloned().collect();
            // A read that fails leaves the list as it was; the next start has the new one.
            if let Ok(records) = self.store.get_value().records(&wanted).await {
                self.take_in(&records);
            }
        }
    }

    /// Nobody knows what is on the disk now: what was read or reckoned before is of no use.
    pub(super) fn reload_day(self) {
        let day = self.day();
        day.past.set_value(None);
        day.bulks.update_value(|bulks| *bulks = bulks.wrapping_add(1));
        spawn_local(self.load_day());
    }

    /// Reads heads, profiles and people, in batches; once more where much was changed meanwhile.
    pub(super) async fn load_day(self) {
        let day = self.day();
        if day.is_loading.get_value() {
            day.is_outdated.set_value(true);
            return;
        }
        day.is_loading.set_value(true);
        loop {
            day.is_outdated.set_value(false);
            day.fresh.update_value(Vec::clear);
            // A read that fails leaves the old lists on screen; the next start has the new ones.
            let _ = self.read_lists().await;
            if !day.is_outdated.get_value() {
                break;
            }
        }
        day.is_loading.set_value(false);
        clock::pause(AT_REST).await;
        self.make_heads().await;
    }

    async fn read_lists(self) -> Result<(), StoreError> {
        let (day, store) = (self.day(), self.store.get_value());
        let (mut heads, mut profiles, mut people) = (Vec::new(), Vec::new(), Vec::new());
        for kind in [Kind::Head, Kind::Profile] {
            let mut after: Option<String> = None;
            loop {
                let batch = store.followed(kind, after.as_deref(), READ_AT_ONCE).await?;
                for record in batch.records {
                    match record {
                        Record::Head(head) => heads.push(head),
                        Record::Profile(profile) => profiles.push(profile),
                        _ => {}
                    }
                }
                after = batch.last;
                if after.is_none() {
                    break;
                }
                clock::pause(BREATH).await;
            }
        }
        // What was written while the lists were read is newer in memory.
        let fresh = day.fresh.get_value();
        day.heads.update(|held| *held = merged(heads, std::mem::take(held), |head| head.id.0, &fresh));
        day.profiles.update(|held| *held = merged(profiles, std::mem::take(held), |profile| profile.id.0, &fresh));
        day.loaded.update(|loaded| *loaded = (*loaded).max(Loaded::Shops));
        let mut after: Option<String> = None;
        loop {
            let batch = store.people(after.as_deref(), READ_AT_ONCE).await?;
            people.extend(batch.records.into_iter().filter_map(|record| match record {
                Record::Person(person) => Some(super::people::slim(&person)),
                _ => None,
            }));
            after = batch.last;
            if after.is_none() {
                break;
            }
            clock::pause(BREATH).await;
        }
        let fresh = day.fresh.get_value();
        day.people.update(|held| *held = merged(people, std::mem::take(held), |person| person.id.0, &fresh));
        self.days_anew();
        day.loaded.set(Loaded::All);
        Ok(())
    }

    /// Shops where something happened and whose head is missing.
    fn headless(self) -> Vec<CustomerId> {
        let day = self.day();
        self.book.with_untracked(|book| {
            day.heads.with_untracked(|heads| {
                let is_missing = |id: &CustomerId| heads.binary_search_by_key(id, |head| head.id).is_err();
                let shops = book.customers().filter(|shop| shop.merged_into.is_none() && book.summary(shop.id).is_some());
                shops.map(|shop| shop.id).filter(is_missing).collect()
            })
        })
    }

    /// Makes the heads that are missing, in the worker; saves go on meanwhile.
    async fn make_heads(self) {
        let is_making = self.day().is_making;
        if is_making.try_update_value(|is_making| std::mem::replace(is_making, true)).unwrap_or(true) {
            return;
        }
        while self.make_some().await {}
        is_making.set_value(false);
    }

    /// Makes some of them; false where there is no more to do, or nothing comes of it.
    async fn make_some(self) -> bool {
        let day = self.day();
        let missing = self.headless();
        let may_write = self.role.get_untracked() == Role::Writer && self.lost.get_untracked().is_none();
        // Not read: nobody knows which are missing.
        if missing.is_empty() || !may_write || day.loaded.get_untracked() == Loaded::Nothing {
            return false;
        }
        let shops: Vec<CustomerId> = missing.iter().take(MADE_AT_ONCE).copied().collect();
        let Ok(ask) = serde_json::to_string(&Ask::Heads { shops }) else { return false };
        let since = (day.bulks.get_value(), day.writes.get_value());
        let Some(bodies) = self.errand(&ask).await.and_then(|heard| heard.heads) else { return false };
        for bodies in bodies.chunks(WRITTEN_AT_ONCE) {
            let heads = bodies.iter().filter_map(|body| match record::decode_followed(Kind::Head, body) {
                Ok(Record::Head(head)) => Some(head),
                _ => None,
            });
            match self.write_made(heads.collect(), since).await {
                Ok(true) => clock::pause(BREATH).await,
                // What the worker read is no longer what is there.
                Ok(false) => return true,
                Err(_) => return false,
            }
        }
        // The worker knows nothing of these shops: it is not asked for ever.
        self.headless().len() < missing.len()
    }

    /// Writes heads that the worker made, but those of shops that got one meanwhile; false where they are of no use any more. `since`: the
    /// counts of changes when it was asked.
    async fn write_made(self, heads: Vec<Head>, since: (u32, u32)) -> Result<bool, StoreError> {
        let day = self.day();
        let turn = day.turn.get_value();
        let _one = turn.lock_arc().await;
        if day.bulks.get_value() != since.0 {
            return Ok(false);
        }
        let is_quiet = day.writes.get_value() == since.1;
        let (missing, fresh, stamp) = (self.headless(), day.fresh.get_value(), self.stamp());
        let is_wanted = |head: &Head| missing.contains(&head.id) && (is_quiet || !fresh.contains(&head.id.0));
        let records: Vec<Record> = heads
            .into_iter()
            .filter(is_wanted)
            .map(|head| Record::Head(Head { envelope: Envelope { demo: head.envelope.demo, ..Envelope::first(stamp) }, ..head }))
            .collect();
        if !records.is_empty() {
            self.write(Change { records, ..Change::default() }).await?;
        }
        Ok(true)
    }
}

/// Puts a record in its place in a list by id.
pub(super) fn put<T, I: Ord + Copy>(list: &mut Vec<T>, new: T, id: impl Fn(&T) -> I) {
    let key = id(&new);
    match list.binary_search_by_key(&key, &id) {
        Ok(at) => {
            if let Some(slot) = list.get_mut(at) {
                *slot = new;
            }
        }
        Err(at) => list.insert(at, new),
    }
}

/// What was read, with what was written meanwhile from what is held.
fn merged<T>(read: Vec<T>, held: Vec<T>, id: impl Fn(&T) -> uuid::Uuid + Copy, fresh: &[uuid::Uuid]) -> Vec<T> {
    let mut list = read;
    for new in held.into_iter().filter(|held| fresh.contains(&id(held))) {
        put(&mut list, new, id);
    }
    list
}
