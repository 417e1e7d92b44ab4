//! What a list needs to know of a shop without loading its visits. Derived from the shop's events and written in the transaction
//! of the event that changed them.

use super::customer::{Customer, CustomerFields};
use super::events::Events;
use super::id::{CustomerId, OrderId, VisitId};
use super::money::Money;
use super::schedule;
use super::stamp::{Envelope, Stamp};
use super::visit::{Outcome, Visit};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The last visit, the last order and the next due date of one shop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// The shop it belongs to; there is one summary a shop.
    pub id: CustomerId,
    pub envelope: Envelope,
    /// The last visit that was made.
    pub last_visit: Option<LastVisit>,
    /// A visit tried after it that was not made.
    pub tried: Option<Tried>,
    /// Days on which a visit was made.
    pub visits: u32,
    /// None: the shop's first route day, if it has one.
    pub next_due: Option<NaiveDate>,
    /// The next date was agreed otherwise than the plan has it.
    pub moved: Option<Moved>,
    pub last_order: Option<LastOrder>,
    /// Lines without a unit on hand at the last count.
    pub stock_outs: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastVisit {
    pub id: VisitId,
    pub on: NaiveDate,
}

/// An attempt that came to nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tried {
    pub id: VisitId,
    pub on: NaiveDate,
    pub why: Outcome,
}

/// A next date that was agreed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// The visit or attempt it follows.
    pub after: VisitId,
    pub to: NaiveDate,
    /// Agreed later than at the visit itself, and so stronger than what the visit says.
    pub by_hand: bool,
}

/// The last order that was not empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastOrder {
    pub id: OrderId,
    pub on: NaiveDate,
    pub amount: Money,
}

impl Summary {
    /// The summary of a shop with these events, written with `stamp` over `old`.
    pub fn derive(shop: &Customer, events: &Events, old: Option<&Summary>, stamp: Stamp) -> Summary {
        let (standing, sequence) = (events.standing(), events.in_sequence(None));
        // Both lists are in the order of writing, so the last of a day is the one that stands. A day that cannot be is as in `sequence` to
        // find the last one by, and as written to be shown.
        let latest = |made: bool| {
            let dated = standing.visits.iter().zip(&sequence.visits).enumerate().map(|(at, (visit, dated))| (dated.on, at, visit));
            dated.filter(|(.., visit)| visit.outcome.is_made() == made).max_by_key(|(on, at, _)| (*on, *at))
        };
        let (made, attempt) = (latest(true), latest(false));
        let attempt = attempt.filter(|attempt| made.is_none_or(|made| (made.0, made.1) < (attempt.0, attempt.1)));
        let (made, attempt) = (made.map(|(.., visit)| visit), attempt.map(|(.., visit)| visit));
        let last = attempt.or(made);
        let by_hand = old
            .and_then(|old| old.moved)
            .filter(|moved| moved.by_hand && last.is_some_and(|last| events.chain(last).contains(&moved.after)));
        let agreed = last.and_then(|last| Some(Moved { after: last.id, to: last.agreed.next_on?, by_hand: false }));
        let moved = by_hand.or(agreed);
        let next_due = moved.map(|moved| moved.to).or(made.map(|made| schedule::next_due(&shop.fields, made.on)));
        let orders = standing.orders.iter().zip(&sequence.orders).enumerate().filter(|(_, (order, _))| order.total().products > 0);
        let last_order = orders.max_by_key(|(at, (_, dated))| (dated.on, *at)).map(|(_, (order, _))| order);
        let days: std::collections::BTreeSet<NaiveDate> =
            standing.visits.iter().filter(|visit| visit.outcome.is_made()).map(|visit| visit.on).collect();
        Summary {
            id: shop.id,
            envelope: old.map_or(Envelope { demo: shop.envelope.demo, ..Envelope::first(stamp) }, |old| old.envelope.next(stamp)),
            last_visit: made.map(|made| LastVisit { id: made.id, on: made.on }),
            tried: attempt.map(|attempt| Tried { id: attempt.id, on: attempt.on, why: attempt.outcome }),
            visits: u32::try_from(days.len()).unwrap_or(u32::MAX),
            next_due,
            moved,
            last_order: last_order.map(|order| LastOrder { id: order.id, on: order.on, amount: order.total().amount }),
            stock_outs: made.map_or(0, stock_outs),
        }
    }

    /// After a change of the shop's route or cycle; a date that was agreed stays.
    pub fn replanned(&self, shop: &CustomerFields, stamp: Stamp) -> Summary {
        let planned = self.last_visit.map(|last| schedule::next_due(shop, last.on));
        Summary { next_due: self.moved.map(|moved| moved.to).or(planned), envelope: self.envelope.next(stamp), ..self.clone() }
    }

    /// With the next date agreed by hand.
    pub fn moved_to(&self, to: NaiveDate, stamp: Stamp) -> Summary {
        let after = self.tried.map(|tried| tried.id).or(self.last_visit.map(|last| last.id));
        Summary {
            next_due: Some(to),
            moved: after.map(|after| Moved { after, to, by_hand: true }),
            envelope: self.envelope.next(stamp),
            ..self.clone()
        }
    }

    pub fn last_visit_on(&self) -> Option<NaiveDate> {
        self.last_visit.map(|last| last.on)
    }
}

fn stock_outs(visit: &Visit) -> u32 {
    let out = visit.lines.iter().filter(|line| line.count.current(line.size).is_some_and(|units| units.is_zero()));
    u32::try_from(out.count()).unwrap_or(u32::MAX)
}
