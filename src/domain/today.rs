//! The list of the day: which shops are due, why and since when, and how far the day has come. Pure over the book: no history is
//! read for it.

use super::book::Book;
use super::customer::Customer;
use super::id::CustomerId;
use super::schedule;
use super::sorting;
use super::visit::Outcome;
use chrono::{NaiveDate, Weekday};
use std::sync::Arc;

/// One shop on the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub customer: Arc<Customer>,
    pub why: Why,
    pub last_visit: Option<NaiveDate>,
}

/// Why a shop is on the list: which clock, since when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Why {
    /// Due today by its route day.
    RouteDay(Weekday),
    /// Due today by its visit cycle of so many days.
    Cycle(u16),
    /// Should have been visited on `due`.
    Overdue { due: NaiveDate, days: u32 },
    /// Visited today already.
    Done,
    /// Tried today, not made; due again on `next`.
    Tried { why: Outcome, next: Option<NaiveDate> },
    /// Never visited and without a route day: nothing says when.
    Unplanned,
    /// Due on a later day of the coming week.
    Soon { due: NaiveDate },
}

/// The day's shops in the order a rep works them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Longest overdue first.
    pub overdue: Vec<Row>,
    pub due: Vec<Row>,
    pub done: Vec<Row>,
    /// Tried today and not made: neither done nor left.
    pub tried: Vec<Row>,
    pub unplanned: Vec<Row>,
    /// Due within the next seven days, soonest first: for a day with room.
    pub soon: Vec<Row>,
}

impl Plan {
    /// Shops of the day: visited, tried, overdue and due. A visit that was not planned joins the plan.
    pub fn size(&self) -> usize {
        self.done.len() + self.tried.len() + self.left()
    }

    pub fn left(&self) -> usize {
        self.overdue.len() + self.due.len()
    }

    /// The shop to start next: due today before overdue ones (they are on the way), then shops without a plan,
    /// then those of the coming days.
    pub fn next(&self) -> Option<&Row> {
        self.due.first().or(self.overdue.first()).or(self.unplanned.first()).or(self.soon.first())
    }
}

/// The plan of `today` from summaries alone.
pub fn plan(book: &Book, today: NaiveDate) -> Plan {
    let mut plan = Plan::default();
    for customer in book.active_customers() {
        let summary = book.summary(customer.id);
        let last_visit = summary.and_then(|summary| summary.last_visit_on());
        let row = |why| Row { customer: Arc::clone(customer), why, last_visit };
        let due = match last_visit {
            // Made while the phone's clock was ahead: when, nobody knows, and the next visit is not a cycle behind it.
            Some(visited) if visited > today => Some(schedule::first_due(&customer.fields, today).unwrap_or(today)),
            _ => book.next_due(customer.id),
        };
        let tried = summary.and_then(|summary| summary.tried).filter(|tried| tried.on == today);
        match (last_visit == Some(today), tried) {
            (true, _) => {
                plan.done.push(row(Why::Done));
                continue;
            }
            // Tried, and to be tried again today: still on the list.
            (false, Some(tried)) if due.is_none_or(|due| due > today) => {
                plan.tried.push(row(Why::Tried { why: tried.why, next: due }));
                continue;
            }
            _ => {}
        }
        match due {
            None => plan.unplanned.push(row(Why::Unplanned)),
            Some(due) if due < today => {
                let days = u32::try_from((today - due).num_days()).unwrap_or(u32::MAX);
                plan.overdue.push(row(Why::Overdue { due, days }));
            }
            Some(due) if due == today => {
                let fields = &customer.fields;
                plan.due.push(row(fields.route_day.map_or(Why::Cycle(fields.cycle.days()), Why::RouteDay)));
            }
            Some(due) if (due - today).num_days() <= 7 => plan.soon.push(row(Why::Soon { due })),
            Some(_) => {}
        }
    }
    plan.overdue = sorting::by_key(plan.overdue, |row| (-days_overdue(row), row.customer.fields.name.clone()));
    plan.due = sorting::by_key(plan.due, |row| (0, row.customer.fields.name.clone()));
    plan.soon = sorting::by_key(plan.soon, |row| (days_until(row, today), row.customer.fields.name.clone()));
    plan.tried = sorting::by_key(plan.tried, |row| (0, row.customer.fields.name.clone()));
    plan.done = sorting::by_key(plan.done, |row| (0, row.customer.fields.name.clone()));
    plan
}

fn days_until(row: &Row, today: NaiveDate) -> i64 {
    match row.why {
        Why::Soon { due } => (due - today).num_days(),
        _ => 0,
    }
}

fn days_overdue(row: &Row) -> i64 {
    match row.why {
        Why::Overdue { days, .. } => days.into(),
        _ => 0,
    }
}

/// The id of a row: what a list is keyed by.
impl Row {
    pub fn id(&self) -> CustomerId {
        self.customer.id
    }
}
