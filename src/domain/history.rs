//! What went before on one line: the previous count, the orders since, the last known rate. Derived from the shop's events each
//! time a visit opens, so no stored figure can disagree with them.
//!
//! A cycle runs from the last visit where *that line* was counted; a second count on the same day replaces the first; orders
//! taken on the day of a count came after it.

use super::count::Count;
use super::id::ProductId;
use super::order::Order;
use super::quantity::Units;
use super::sorting;
use super::visit::{Basis, Visit};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// The past of one product at one shop, as seen from one day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineHistory {
    pub previous: Option<Previous>,
    /// All orders since the previous count, those of today not.
    pub ordered: Units,
    /// Orders taken today: they belong to the next cycle.
    pub ordered_today: Units,
    pub last_rate: Option<PastRate>,
}

/// The last count before today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Previous {
    pub units: Units,
    pub on: NaiveDate,
    pub count: Count,
}

/// Sales of the last cycle that sold something: `sold` units in `days` days, ending on `on`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PastRate {
    pub sold: Units,
    pub days: u32,
    pub on: NaiveDate,
}

impl LineHistory {
    /// The figures a sum starts from; none before the first count.
    pub fn basis(&self) -> Option<Basis> {
        let previous = self.previous?;
        Some(Basis { previous: previous.units, previous_on: previous.on, ordered: self.ordered })
    }
}

/// The past of every line of a shop as seen on `today`, from all its finished visits and orders in any order.
pub fn lines(visits: &[Visit], orders: &[Order], today: NaiveDate) -> BTreeMap<ProductId, LineHistory> {
    let mut events: BTreeMap<ProductId, Events> = BTreeMap::new();
    let written: Vec<&Visit> = visits.iter().filter(|visit| !visit.envelope.deleted).collect();
    for visit in sorting::by_key(written, |visit| (0, visit.envelope.stamp.sortable())) {
        for line in &visit.lines {
            let Some(units) = line.count.current(line.size) else { continue };
            let counted = Previous { units, on: visit.on, count: line.count };
            // The later count of a day is inserted last and replaces the earlier one.
            events.entry(line.product).or_default().counts.insert(visit.on, counted);
        }
    }
    for order in orders.iter().filter(|order| !order.envelope.deleted) {
        for line in &order.lines {
            events.entry(line.product).or_default().orders.push((order.on, line.units()));
        }
    }
    events.into_iter().map(|(product, events)| (product, events.seen_on(today))).collect()
}

#[derive(Default)]
struct Events {
    counts: BTreeMap<NaiveDate, Previous>,
    orders: Vec<(NaiveDate, Units)>,
}

impl Events {
    fn seen_on(self, today: NaiveDate) -> LineHistory {
        let past: Vec<Previous> = self.counts.values().filter(|count| count.on != today).copied().collect();
        let previous = past.last().copied();
        let ordered = previous.map_or(Units::ZERO, |previous| self.ordered_between(previous.on, None, today));
        let last_rate = past.windows(2).rev().find_map(|pair| match pair {
            [from, to] => self.rate(from, to, today),
            _ => None,
        });
        LineHistory { previous, ordered, ordered_today: self.sum(|on| on == today), last_rate }
    }

    /// Orders from one count on, up to but not including the day of the next: those of that day came after it.
    fn ordered_between(&self, from: NaiveDate, to: Option<NaiveDate>, today: NaiveDate) -> Units {
        self.sum(|on| on >= from && on != today && to.is_none_or(|to| on < to))
    }

    fn sum(&self, within: impl Fn(NaiveDate) -> bool) -> Units {
        let total = self.orders.iter().filter(|(on, _)| within(*on)).fold(0_i64, |sum, (_, units)| sum.saturating_add(units.0));
        Units(total)
    }

    fn rate(&self, from: &Previous, to: &Previous, today: NaiveDate) -> Option<PastRate> {
        let sold = from.units.0 + self.ordered_between(from.on, Some(to.on), today).0 - to.units.0;
        let days = u32::try_from((to.on - from.on).num_days()).ok()?;
        (sold > 0 && days > 0).then_some(PastRate { sold: Units(sold), days, on: to.on })
    }
}
