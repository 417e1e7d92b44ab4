//! What the rows of a day mark: the shop to go to next, by hand where that was ordered, and the one beside the list.

use crate::domain::id::CustomerId;
use crate::domain::today::{Plan, Row};
use leptos::prelude::*;

/// What Today's rows mark: the shop of the other pane and the one to go to next.
#[derive(Clone, Copy)]
pub struct Marks {
    pub selected: Memo<Option<CustomerId>>,
    pub next: Memo<Option<CustomerId>>,
}

/// The first shop of the route by hand, once the list that knows it is there.
#[derive(Clone, Copy)]
pub struct FirstStop(pub RwSignal<Option<CustomerId>>);

/// The shop to go to next: by hand where that was ordered, else as planned.
pub fn next_shop(plan: Memo<Plan>) -> Memo<Option<CustomerId>> {
    let first = expect_context::<FirstStop>().0;
    Memo::new(move |_| {
        plan.with(|plan| {
            let is_left = |id: &CustomerId| plan.due.iter().chain(&plan.overdue).any(|row| row.id() == *id);
            first.get().filter(is_left).or(plan.next().map(Row::id))
        })
    })
}
