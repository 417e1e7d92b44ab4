//! Adding and changing shops, their usual range, and finding two of them to be one.

use super::app::{App, Refused};
use super::clock;
use crate::domain::book::{Book, Change, Record};
use crate::domain::customer::{Customer, CustomerDraft, CustomerField, FieldProblem};
use crate::domain::events::Events;
use crate::domain::id::{CustomerId, ProductId};
use crate::domain::stamp::{Envelope, Stamp};
use crate::domain::summary::Summary;
use crate::store::error::StoreError;
use chrono::NaiveDate;
use leptos::prelude::*;
use std::sync::Arc;

/// The key of a shop form's draft.
pub fn draft_key(id: Option<CustomerId>) -> String {
    id.map_or_else(|| "customer:new".to_owned(), |id| format!("customer:{id}"))
}

impl App {
    /// Adds a shop, or changes the one with `id`. A changed route or cycle moves its next due date.
    pub async fn save_customer(
        self,
        id: Option<CustomerId>,
        draft: CustomerDraft,
    ) -> Result<CustomerId, Refused<(CustomerField, FieldProblem)>> {
        let change = self.book.with_untracked(|book| {
            let taken = |code: &str| book.customer_by_code(code).is_some_and(|other| Some(other.id) != id);
            let fields = draft.check(taken).map_err(Refused::Problems)?;
            let stamp = self.stamp();
            let old = id.and_then(|id| book.customer(id));
            let customer = match old {
                Some(old) => Customer { fields, envelope: old.envelope.next(stamp), ..old.as_ref().clone() },
                None => Customer {
                    id: CustomerId(clock::new_id()),
                    envelope: Envelope::first(stamp),
                    created_on: clock::today(),
                    fields,
                    range: Vec::new(),
                    merged_into: None,
                },
            };
            let moved =
                old.is_some_and(|old| (old.fields.route_day, old.fields.cycle) != (customer.fields.route_day, customer.fields.cycle));
            let summary = book.summary(customer.id).filter(|_| moved);
            let replanned = summary.map(|summary| Record::Summary(summary.replanned(&customer.fields, stamp)));
            let mut change = Change::of(Record::Customer(customer.clone())).finishing(draft_key(id));
            change.records.extend(replanned);
            Ok::<_, Refused<_>>((customer.id, change))
        });
        let (saved, change) = change?;
        self.commit(change).await?;
        Ok(saved)
    }

    /// The rep and the owner agreed on another date for the next visit.
    pub async fn set_next_visit(self, id: CustomerId, next_due: NaiveDate) -> Result<(), StoreError> {
        let summary = self.book.with_untracked(|book| book.summary(id).map(Arc::clone));
        let Some(summary) = summary else { return Ok(()) };
        self.commit(Change::of(Record::Summary(summary.moved_to(next_due, self.stamp())))).await
    }

    /// What the shop usually sells, in its own order; nothing: what was counted or ordered there.
    pub async fn save_range(self, id: CustomerId, range: Vec<ProductId>) -> Result<(), StoreError> {
        let Some(shop) = self.book.with_untracked(|book| book.customer(id).cloned()) else { return Ok(()) };
        let changed = Customer { range, envelope: shop.envelope.next(self.stamp()), ..shop.as_ref().clone() };
        self.commit(Change::of(Record::Customer(changed))).await
    }

    /// Takes a shop off the lists, or puts it back. Its history stays.
    pub async fn archive_customer(self, id: CustomerId, archived: bool) -> Result<(), StoreError> {
        let Some(shop) = self.book.with_untracked(|book| book.customer(id).cloned()) else { return Ok(()) };
        let mut changed = shop.as_ref().clone();
        changed.fields.archived = archived;
        changed.envelope = changed.envelope.next(self.stamp());
        self.commit(Change::of(Record::Customer(changed))).await
    }

    /// Two records are one shop: the history of `from` is read as `into`'s from now on. Nothing is written over, so it can be
    /// taken back.
    pub async fn merge_customers(self, into: CustomerId, from: CustomerId) -> Result<(), StoreError> {
        let known = |id| self.book.with_untracked(|book: &Book| book.customer(id).cloned());
        let (Some(kept), Some(merged)) = (known(into), known(from)) else { return Ok(()) };
        // A shop cannot be merged into itself, not even around a corner.
        if self.book.with_untracked(|book| book.event_ids(from)).contains(&into) {
            return Ok(());
        }
        let ids = self.book.with_untracked(|book| [book.event_ids(into), book.event_ids(from)].concat());
        let changed = Customer { merged_into: Some(into), envelope: merged.envelope.next(self.stamp()), ..merged.as_ref().clone() };
        let mut filled = kept.as_ref().clone();
        filled.take_missing(&merged);
        filled.envelope = kept.envelope.next(self.stamp());
        let summary = self.summary_over(&filled, &ids).await?;
        let records = vec![Record::Customer(changed), Record::Customer(filled), Record::Summary(summary)];
        self.commit(Change { records, ..Change::default() }).await
    }

    /// The shop was not that one after all.
    pub async fn unmerge_customer(self, from: CustomerId) -> Result<(), StoreError> {
        let known = |id| self.book.with_untracked(|book: &Book| book.customer(id).cloned());
        let Some(merged) = known(from) else { return Ok(()) };
        let Some(into) = merged.merged_into.and_then(known) else { return Ok(()) };
        let own = self.book.with_untracked(|book| book.event_ids(from));
        let rest: Vec<CustomerId> =
            self.book.with_untracked(|book| book.event_ids(into.id)).into_iter().filter(|id| !own.contains(id)).collect();
        let freed = Customer { merged_into: None, envelope: merged.envelope.next(self.stamp()), ..merged.as_ref().clone() };
        let summaries = [self.summary_over(&freed, &own).await?, self.summary_over(&into, &rest).await?];
        let records = [Record::Customer(freed)].into_iter().chain(summaries.map(Record::Summary)).collect();
        self.commit(Change { records, ..Change::default() }).await
    }

    async fn summary_over(self, shop: &Customer, ids: &[CustomerId]) -> Result<Summary, StoreError> {
        let events: Events = self.store.get_value().events(ids).await?.events;
        let old = self.book.with_untracked(|book| book.summary(shop.id).cloned());
        Ok(Summary::derive(shop, &events, old.as_deref(), self.stamp()))
    }

    pub(super) fn stamp(self) -> Stamp {
        self.clock.with_value(clock::Clock::stamp)
    }
}
