//! Promises: made, changed, answered, kept, broken, taken back. One promise is written at a time, as it stands on the disk when it is
//! changed; a shop with open ones is put away only after the rep has said what becomes of them.

use super::app::{App, Refused};
use super::clock;
use crate::archive::record::Kind;
use crate::domain::book::{Change, Record};
use crate::domain::id::{CustomerId, PromiseId};
use crate::domain::promise::{Dependency, End, Ended, Promise};
use crate::domain::promise_draft::{PromiseDraft, PromiseField, PromiseProblem, PromiseTerms, PromiseWarning};
use crate::domain::stamp::Envelope;
use crate::domain::text::{self, LONG_MAX, TextProblem};
use crate::store::error::StoreError;
use chrono::NaiveDateTime;
use leptos::prelude::*;

/// The key of a promise form's draft; of a new one by the shop.
pub fn draft_key(shop: CustomerId, id: Option<PromiseId>) -> String {
    id.map_or_else(|| format!("promise:new/{shop}"), |id| format!("promise:{id}"))
}

/// What became of putting a shop away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PutAway {
    Done,
    /// So many promises to it are open: the rep says first what becomes of them.
    Asks(usize),
}

/// Why the second step of a promise is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DueProblem {
    InThePast,
    /// Before its answer.
    BeforeAnswer,
}

impl App {
    /// Promises to a shop, ended ones too.
    pub async fn promises_at(self, shop: CustomerId) -> Result<Vec<Promise>, StoreError> {
        let ids = self.book.with_untracked(|book| book.event_ids(shop));
        Ok(self.store.get_value().promises_of(&ids).await?.records)
    }

    fn with_terms<T>(self, shop: CustomerId, old: Option<&Promise>, read: impl FnOnce(PromiseTerms<'_>) -> T) -> T {
        let class = self.book.with_untracked(|book| book.customer(shop).and_then(|shop| shop.fields.class));
        let follow = self.day().follow.get_untracked();
        let limit = class.and_then(|class| follow.promise_limits.of(class));
        read(PromiseTerms { now: clock::now(), limit, chase_before_hours: follow.chase_before_hours, old })
    }

    /// What is to be said of a promise before it is saved; nothing of one that cannot be.
    pub fn promise_warnings(self, shop: CustomerId, draft: &PromiseDraft, old: Option<&Promise>) -> Vec<PromiseWarning> {
        self.with_terms(shop, old, |terms| draft.check(terms).map(|promised| promised.warnings).unwrap_or_default())
    }

    /// Makes a promise to a shop, or changes `old`.
    pub async fn save_promise(
        self,
        shop: CustomerId,
        old: Option<&Promise>,
        draft: &PromiseDraft,
    ) -> Result<PromiseId, Refused<(PromiseField, PromiseProblem)>> {
        let promised = self.with_terms(shop, old, |terms| draft.check(terms)).map_err(Refused::Problems)?;
        let stamp = self.stamp();
        let promise = match old {
            Some(old) => promised.changed(old, old.envelope.next(stamp)),
            None => {
                let customer = self.home_of(shop, promised.person);
                promised.made(PromiseId(clock::new_id()), Envelope::first(stamp), customer, None, clock::now())
            }
        };
        let id = promise.id;
        self.commit(Change::of(Record::Promise(promise)).finishing(draft_key(shop, old.map(|old| old.id)))).await?;
        Ok(id)
    }

    /// A promise as it stands on the disk.
    pub async fn promise(self, id: PromiseId) -> Result<Option<Promise>, StoreError> {
        let found = self.store.get_value().records(&[(Kind::Promise, id.to_string())]).await?;
        Ok(found.into_iter().find_map(|record| if let Record::Promise(promise) = record { Some(promise) } else { None }))
    }

    async fn change_promise(self, id: PromiseId, change: impl FnOnce(Promise) -> Promise) -> Result<(), StoreError> {
        let Some(old) = self.promise(id).await? else { return Ok(()) };
        let next = Promise { envelope: old.envelope.next(self.stamp()), ..old };
        self.commit(Change::of(Record::Promise(change(next)))).await
    }

    /// The shop has its answer; `due`: by when it is done, where that is to be said now. Without one, and none before, it is kept with
    /// the answer.
    pub async fn answer_promise(self, id: PromiseId, due: Option<NaiveDateTime>) -> Result<(), Refused<DueProblem>> {
        let now = clock::now();
        if due.is_some_and(|due| due <= now) {
            return Err(Refused::Problems(vec![DueProblem::InThePast]));
        }
        self.change_promise(id, |promise| {
            let due = due.or(promise.due);
            let end = promise.end.clone().or(due.is_none().then(|| Ended { how: End::Kept, at: now, note: String::new() }));
            Promise { answered: promise.answered.or(Some(now)), due, end, ..promise }
        })
        .await?;
        Ok(())
    }

    /// The second step: by when it is done.
    pub async fn set_due(self, id: PromiseId, due: NaiveDateTime) -> Result<(), Refused<DueProblem>> {
        let Some(promise) = self.promise(id).await? else { return Ok(()) };
        if due <= clock::now() {
            return Err(Refused::Problems(vec![DueProblem::InThePast]));
        }
        if promise.answered.is_none() && promise.answer_by.is_some_and(|answer| answer > due) {
            return Err(Refused::Problems(vec![DueProblem::BeforeAnswer]));
        }
        self.change_promise(id, |promise| Promise { due: Some(due), ..promise }).await?;
        Ok(())
    }

    /// The promise ended so: kept, broken or withdrawn.
    pub async fn end_promise(self, id: PromiseId, how: End, note: &str) -> Result<(), Refused<TextProblem>> {
        let note = text::line(note, LONG_MAX).map_err(|problem| Refused::Problems(vec![problem]))?;
        let end = Some(Ended { how, at: clock::now(), note });
        self.change_promise(id, |promise| Promise { end, ..promise }).await?;
        Ok(())
    }

    /// It had not ended: a tap that was none.
    pub async fn reopen_promise(self, id: PromiseId) -> Result<(), StoreError> {
        self.change_promise(id, |promise| Promise { end: None, ..promise }).await
    }

    /// Those inside the house were asked; or it was no more than a slip of the finger.
    pub async fn set_chased(self, id: PromiseId, is_chased: bool) -> Result<(), StoreError> {
        let chased = is_chased.then(clock::now);
        self.change_promise(id, |promise| {
            let needs = promise.needs.map(|needs| Dependency { chased, ..needs });
            Promise { needs, ..promise }
        })
        .await
    }

    /// Puts a shop away, or asks where promises to it are open.
    pub async fn put_away(self, shop: CustomerId) -> Result<PutAway, StoreError> {
        let open = self.promises_at(shop).await?.iter().filter(|promise| promise.is_open()).count();
        if open > 0 {
            return Ok(PutAway::Asks(open));
        }
        self.archive_customer(shop, true).await?;
        Ok(PutAway::Done)
    }

    /// Puts a shop away; nobody waits for what was promised to it any more.
    pub async fn archive_and_withdraw(self, shop: CustomerId) -> Result<(), StoreError> {
        let promises = self.promises_at(shop).await?;
        let Some(known) = self.book.with_untracked(|book| book.customer(shop).cloned()) else { return Ok(()) };
        let (stamp, now) = (self.stamp(), clock::now());
        let mut put_away = known.as_ref().clone();
        put_away.fields.archived = true;
        put_away.envelope = put_away.envelope.next(stamp);
        let withdrawn = promises.into_iter().filter(Promise::is_open).map(|promise| {
            let end = Some(Ended { how: End::Withdrawn, at: now, note: String::new() });
            Record::Promise(Promise { end, envelope: promise.envelope.next(stamp), ..promise })
        });
        let records = [Record::Customer(put_away)].into_iter().chain(withdrawn).collect();
        self.commit(Change { records, ..Change::default() }).await
    }

    /// Puts a shop away; what was promised to it stays open, and comes back with the shop.
    pub async fn archive_and_keep(self, shop: CustomerId) -> Result<(), StoreError> {
        self.archive_customer(shop, true).await
    }
}
