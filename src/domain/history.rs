//! What went before on one line: the previous count, the orders since, what came of them, the last known rate. Derived from the
//! shop's events each time a visit opens, so no stored figure can disagree with them.
//!
//! A cycle runs from the last visit where *that line* was counted to this one; a second count on the same day replaces the first;
//! orders taken on the day of a count came after it, deliveries of that day before it (reorder engine, cycles).

use super::count::Count;
use super::delivery::{self, Whereabouts};
use super::events::Events;
use super::id::ProductId;
use super::quantity::Units;
use super::visit::Basis;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// The past of one product at one shop, as seen from one day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineHistory {
    pub previous: Option<Previous>,
    /// All orders since the previous count, cancelled ones and those of today not. The 1.5 rule takes them as received.
    pub ordered: Units,
    /// What was delivered since the previous count. Less than [`Self::ordered`] where something is still on its way.
    pub received: Units,
    /// The part of [`Self::received`] that nobody confirmed.
    pub assumed: Units,
    /// Ordered and not here yet, today's orders among it.
    pub on_order: Units,
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

/// The past of every line of a shop as seen on `today`, from everything that happened there, in any order.
pub fn lines(events: &Events, today: NaiveDate) -> BTreeMap<ProductId, LineHistory> {
    let standing = events.standing();
    let mut past: BTreeMap<ProductId, Line> = BTreeMap::new();
    for visit in &standing.visits {
        for line in &visit.lines {
            let Some(units) = line.count.current(line.size) else { continue };
            let counted = Previous { units, on: visit.on, count: line.count };
            // The later count of a day is inserted last and replaces the earlier one.
            past.entry(line.product).or_default().counts.insert(visit.on, counted);
        }
    }
    for order in &standing.orders {
        let note = events.delivery_of(order);
        let whereabouts = delivery::whereabouts(order, note, today);
        for (product, units) in delivery::arriving(order, note).into_iter().filter(|(_, units)| *units != 0) {
            past.entry(product).or_default().orders.push(Goods { ordered_on: order.on, units, whereabouts });
        }
    }
    past.into_iter().map(|(product, line)| (product, line.seen_on(today))).collect()
}

#[derive(Default)]
struct Line {
    counts: BTreeMap<NaiveDate, Previous>,
    orders: Vec<Goods>,
}

/// One product of one order.
struct Goods {
    ordered_on: NaiveDate,
    units: i64,
    whereabouts: Whereabouts,
}

impl Goods {
    /// Came in the cycle that begins with the count of `from` and ends with the one of `today`.
    fn came_between(&self, from: NaiveDate, today: NaiveDate) -> bool {
        match self.whereabouts {
            Whereabouts::Received { on, after_count, .. } => {
                let behind_start = on > from || (on == from && after_count);
                let before_end = on < today || (on == today && !after_count);
                behind_start && before_end
            }
            _ => false,
        }
    }

    fn is_assumed(&self) -> bool {
        matches!(self.whereabouts, Whereabouts::Received { assumed: true, .. })
    }

    fn is_on_order(&self, today: NaiveDate) -> bool {
        match self.whereabouts {
            Whereabouts::OnOrder { .. } => true,
            // Noted as come today, but after this count: not on the shelf when it was counted.
            Whereabouts::Received { on, after_count, .. } => on == today && after_count,
            Whereabouts::Cancelled => false,
        }
    }
}

impl Line {
    fn seen_on(self, today: NaiveDate) -> LineHistory {
        let past: Vec<Previous> = self.counts.values().filter(|count| count.on != today).copied().collect();
        let previous = past.last().copied();
        let since = |keep: &dyn Fn(&Goods) -> bool| match previous {
            Some(_) => self.sum(keep),
            None => Units::ZERO,
        };
        let from = previous.map_or(NaiveDate::MIN, |previous| previous.on);
        let last_rate = past.windows(2).rev().find_map(|pair| match pair {
            [from, to] => self.rate(from, to, today),
            _ => None,
        });
        LineHistory {
            previous,
            ordered: previous.map_or(Units::ZERO, |previous| self.ordered_between(previous.on, None, today)),
            received: since(&|goods| goods.came_between(from, today)),
            assumed: since(&|goods| goods.came_between(from, today) && goods.is_assumed()),
            on_order: self.sum(&|goods| goods.is_on_order(today)),
            ordered_today: self.sum(&|goods| goods.ordered_on == today),
            last_rate,
        }
    }

    /// Orders from one count on, up to but not including the day of the next: those of that day came after it.
    fn ordered_between(&self, from: NaiveDate, to: Option<NaiveDate>, today: NaiveDate) -> Units {
        self.sum(&|goods| goods.ordered_on >= from && goods.ordered_on != today && to.is_none_or(|to| goods.ordered_on < to))
    }

    fn sum(&self, keep: &dyn Fn(&Goods) -> bool) -> Units {
        let total = self.orders.iter().filter(|goods| keep(goods)).fold(0_i64, |sum, goods| sum.saturating_add(goods.units));
        // Imported returns alone would be a delivery of less than nothing.
        Units(total.max(0))
    }

    fn rate(&self, from: &Previous, to: &Previous, today: NaiveDate) -> Option<PastRate> {
        let sold = from.units.0 + self.ordered_between(from.on, Some(to.on), today).0 - to.units.0;
        let days = u32::try_from((to.on - from.on).num_days()).ok()?;
        (sold > 0 && days > 0).then_some(PastRate { sold: Units(sold), days, on: to.on })
    }
}
