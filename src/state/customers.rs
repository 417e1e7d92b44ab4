//! Adding and changing shops.

use super::app::{App, Refused};
use super::clock;
use crate::domain::book::{Change, Record};
use crate::domain::customer::{Customer, CustomerDraft, CustomerField, FieldProblem};
use crate::domain::id::CustomerId;
use crate::domain::schedule;
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
            let customer = Customer {
                id: old.map_or_else(|| CustomerId(clock::new_id()), |old| old.id),
                envelope: old.map_or(Envelope::first(stamp), |old| old.envelope.next(stamp)),
                created_on: old.map_or_else(clock::today, |old| old.created_on),
                fields,
            };
            let moved =
                old.is_some_and(|old| (old.fields.route_day, old.fields.cycle) != (customer.fields.route_day, customer.fields.cycle));
            let summary = book.summary(customer.id).filter(|_| moved).map(|summary| {
                let next_due = schedule::next_due(&customer.fields, summary.last_visit_on);
                Record::Summary(due_on(summary, next_due, stamp))
            });
            let mut change = Change::of(Record::Customer(customer.clone())).finishing(draft_key(id));
            change.records.extend(summary);
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
        self.commit(Change::of(Record::Summary(due_on(&summary, next_due, self.stamp())))).await
    }

    pub(super) fn stamp(self) -> Stamp {
        self.clock.with_value(clock::Clock::stamp)
    }
}

fn due_on(summary: &Summary, next_due: NaiveDate, stamp: Stamp) -> Summary {
    Summary { next_due, envelope: summary.envelope.next(stamp), ..summary.clone() }
}
