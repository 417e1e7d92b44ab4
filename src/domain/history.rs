//! What went before on one line: the previous count, the orders since, what came of them, the last known rate. Derived from the
//! shop's events each time a visit opens, so no stored figure can disagree with them.
//!
//! A cycle runs from the last visit where *that line* was counted to this one; a second count on the same day replaces the first;
//! orders taken on the day of a count came after it, deliveries of that day before it (reorder engine, cycles).

use super::count::Count;
use super::delivery::{self, Whereabouts};
use super::events::Events;
use super::exact::Exact;
use super::id::ProductId;
use super::lots::{self, CountedLot};
use super::note::{LineNote, Reply};
use super::order::Order;
use super::quantity::Units;
use super::rate::{Cycle, StatedRate};
use super::reorder::DAYS_MAX;
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
    /// The cycles between the counts so far, oldest first; the one that ends today is not among them.
    pub cycles: Vec<Cycle>,
    /// Every count before today, oldest first.
    pub counts: Vec<Previous>,
    /// What visits since the previous count noted without counting the line.
    pub since: Since,
    /// What the owner last said it sells.
    pub stated: Option<StatedRate>,
    /// The shop no longer sells it.
    pub is_delisted: bool,
    /// The dates seen at the previous count.
    pub lots: Vec<CountedLot>,
    /// Days from production to delivery: the median of the deliveries whose goods were counted with a new date.
    pub delivery_age: Option<u16>,
}

/// Notes between two counts, summed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Since {
    pub returned: Units,
    pub written_off: Units,
    pub other_source: Units,
    pub unordered: Units,
    pub stockout_days: u32,
    pub closed_days: u32,
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

    /// The cycle that ends with a count of `current` on `on`, with what is noted today; none before the first count.
    pub fn cycle(&self, current: Units, note: &LineNote, closed_days: u16, on: NaiveDate) -> Option<Cycle> {
        let previous = self.previous?;
        let since = self.since.with(note, closed_days);
        Some(Cycle {
            current,
            received: plus(self.received, since.unordered),
            ..since.cycle(note.previous_was.unwrap_or(previous.units), days(previous.on, on))
        })
    }

    /// What should be there on `on` by the last count, what came since and this rate: `max(0, …)`, rounded down.
    pub fn estimate(&self, rate: Exact, on: NaiveDate) -> Option<Units> {
        let previous = self.previous?;
        let Since { returned, written_off, other_source, unordered, .. } = self.since;
        let came = self.received.0.saturating_add(other_source.0).saturating_add(unordered.0);
        let had = previous.units.0.saturating_add(came).saturating_sub(returned.0).saturating_sub(written_off.0);
        Some(Units(had.saturating_sub(rate.times(days(previous.on, on).into()).ceil()).max(0)))
    }

    /// The last cycle that sold something, by what really came and went. [`Self::last_rate`] takes every order as received.
    pub fn last_sold(&self) -> Option<PastRate> {
        let ends = self.counts.iter().skip(1).map(|count| count.on);
        let mut sold = self.cycles.iter().zip(ends).rev().filter(|(cycle, _)| cycle.is_valid() && cycle.sales() > 0);
        let (cycle, on) = sold.next()?;
        Some(PastRate { sold: Units(cycle.sales()), days: u32::try_from(cycle.exposure()).ok()?, on })
    }

    /// The lots of the last count, less what should have been sold of them since at this rate.
    pub fn lots_left(&self, rate: Option<Exact>, on: NaiveDate) -> Vec<CountedLot> {
        let sold = self.previous.zip(rate).map_or(0, |(previous, rate)| rate.times(days(previous.on, on).into()).floor());
        lots::after_selling(&self.lots, sold)
    }

    /// The middle one of the last four counts.
    pub fn usual(&self) -> Option<Units> {
        let last = self.counts.iter().rev().take(4).map(|count| count.units.0).collect();
        median(last).map(Units)
    }
}

impl Since {
    /// With another note and the days the shop was shut.
    fn with(mut self, note: &LineNote, closed_days: u16) -> Since {
        self.returned = plus(self.returned, note.returned);
        self.written_off = plus(self.written_off, note.written_off);
        self.other_source = plus(self.other_source, note.other_source);
        self.unordered = plus(self.unordered, note.unordered);
        self.stockout_days = self.stockout_days.saturating_add(note.stockout_days.into()).min(DAYS_MAX);
        self.closed_days = self.closed_days.saturating_add(closed_days.into()).min(DAYS_MAX);
        self
    }

    fn cycle(self, previous: Units, days: u32) -> Cycle {
        Cycle {
            previous,
            received: self.unordered,
            other_source: self.other_source,
            returned: self.returned,
            written_off: self.written_off,
            current: Units::ZERO,
            days,
            closed_days: self.closed_days,
            stockout_days: self.stockout_days,
        }
    }
}

fn plus(a: Units, b: Units) -> Units {
    Units(a.0.saturating_add(b.0))
}

/// Whole days between two dates; 0 where the phone's clock says the past lies ahead.
fn days(from: NaiveDate, to: NaiveDate) -> u32 {
    u32::try_from((to - from).num_days()).unwrap_or(0).min(DAYS_MAX)
}

/// The middle one; between two the mean, rounded down.
fn median(mut figures: Vec<i64>) -> Option<i64> {
    figures.sort_unstable();
    let upper = *figures.get(figures.len() / 2)?;
    let lower = *figures.get(figures.len().checked_sub(1)? / 2)?;
    Some(lower.midpoint(upper))
}

/// The past of every line of a shop as seen on `today`, from everything that happened there, in any order.
pub fn lines(events: &Events, today: NaiveDate) -> BTreeMap<ProductId, LineHistory> {
    lines_with(events, today, Counts::BeforeToday)
}

/// Whether a count of today is past already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counts {
    /// It will be counted again: what is counted now replaces it.
    BeforeToday,
    /// Nothing is counted now: by phone, or to look back.
    OfTodayToo,
}

/// As [`lines`], with the counts of today where nothing is counted now.
pub fn lines_with(events: &Events, today: NaiveDate, counts: Counts) -> BTreeMap<ProductId, LineHistory> {
    let standing = events.in_sequence(Some(today));
    let mut past: BTreeMap<ProductId, Line> = BTreeMap::new();
    for visit in &standing.visits {
        for line in &visit.lines {
            let Some(units) = line.count.current(line.size) else { continue };
            let counted = Previous { units, on: visit.on, count: line.count };
            // The later count of a day is inserted last and replaces the earlier one.
            let known = past.entry(line.product).or_default();
            known.counts.insert(visit.on, counted);
            known.lots.insert(visit.on, line.lots.clone());
        }
    }
    for visit in &standing.visits {
        for note in &visit.notes {
            past.entry(note.product).or_default().take(visit.on, note);
        }
        if visit.closed_days > 0 {
            past.values_mut().for_each(|line| line.closed.push((visit.on, visit.closed_days)));
        }
    }
    for order in &standing.orders {
        let note = events.delivery_of(order);
        let whereabouts = after_its_order(order, delivery::whereabouts(order, note, today));
        for (product, units) in delivery::arriving(order, note).into_iter().filter(|(_, units)| *units != 0) {
            past.entry(product).or_default().orders.push(Goods { ordered_on: order.on, units, whereabouts });
        }
    }
    past.into_iter().map(|(product, line)| (product, line.seen_on(today, counts))).collect()
}

/// What comes on the very day it was ordered at the shelf comes after that day's count: it was ordered by it. So does what only is
/// assumed to have come.
fn after_its_order(order: &Order, whereabouts: Whereabouts) -> Whereabouts {
    match whereabouts {
        Whereabouts::Received { on, assumed, .. } if on == order.on && (assumed || order.visit.is_some()) => {
            Whereabouts::Received { on, assumed, after_count: true }
        }
        elsewhere => elsewhere,
    }
}

#[derive(Default)]
struct Line {
    counts: BTreeMap<NaiveDate, Previous>,
    /// The dates seen at each count.
    lots: BTreeMap<NaiveDate, Vec<CountedLot>>,
    notes: Vec<(NaiveDate, LineNote)>,
    closed: Vec<(NaiveDate, u16)>,
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
            // Noted on a later day than the count: a visit that was left overnight.
            Whereabouts::Received { on, after_count, .. } => on > today || (on == today && after_count),
            Whereabouts::Cancelled => false,
        }
    }
}

impl Line {
    /// What a visit noted. A wrong previous count is put right where it stands.
    fn take(&mut self, on: NaiveDate, note: &LineNote) {
        let before = self.counts.range_mut(..on).next_back();
        if let (Some(was), Some((_, count))) = (note.previous_was, before) {
            count.units = was;
        }
        self.notes.push((on, note.clone()));
    }

    /// Notes after one count until the next, that of the day of the next among them.
    fn since(&self, from: NaiveDate, to: NaiveDate) -> Since {
        let within = |on: NaiveDate| on > from && on <= to;
        let noted = self.notes.iter().filter(|(on, _)| within(*on)).fold(Since::default(), |sum, (_, note)| sum.with(note, 0));
        let closed = self.closed.iter().filter(|(on, _)| within(*on)).fold(0_u32, |sum, (_, days)| sum.saturating_add((*days).into()));
        Since { closed_days: closed.min(DAYS_MAX), ..noted }
    }

    fn cycle(&self, from: &Previous, to: &Previous) -> Cycle {
        let since = self.since(from.on, to.on);
        let received = self.sum(&|goods| goods.came_between(from.on, to.on));
        Cycle { received: plus(received, since.unordered), current: to.units, ..since.cycle(from.units, days(from.on, to.on)) }
    }

    /// Days from production to delivery, of each delivery whose goods showed a new date at the count that followed.
    fn delivery_age(&self) -> Option<u16> {
        let pairs: Vec<_> = self.lots.iter().zip(self.lots.iter().skip(1)).collect();
        let newest = |lots: &[CountedLot]| lots.iter().filter_map(|lot| lot.produced).max();
        let ages = pairs.into_iter().filter_map(|((from, before), (to, now))| {
            let made = newest(now).filter(|made| newest(before).is_none_or(|old| *made > old))?;
            let came = self.orders.iter().filter(|goods| goods.came_between(*from, *to)).filter_map(|goods| match goods.whereabouts {
                Whereabouts::Received { on, .. } => Some(on),
                _ => None,
            });
            Some((came.max()? - made).num_days()).filter(|age| *age >= 0)
        });
        u16::try_from(median(ages.collect())?).ok()
    }

    /// Whether the shop gave it up and nothing was counted or ordered since. What stands there or is ordered on that very day was not
    /// given up either: the answer was given before.
    fn is_delisted(&self) -> bool {
        let last = self.notes.iter().rev().find(|(_, note)| note.answer.is_some());
        last.is_some_and(|(on, note)| {
            let counted = |(day, count): (&NaiveDate, &Previous)| day > on || (day == on && !count.units.is_zero());
            let is_back = self.counts.iter().any(counted) || self.orders.iter().any(|goods| goods.ordered_on >= *on);
            note.answer == Some(Reply::Delist) && !is_back
        })
    }

    fn seen_on(self, today: NaiveDate, counts: Counts) -> LineHistory {
        let is_past = |count: &&Previous| counts == Counts::OfTodayToo || count.on != today;
        let past: Vec<Previous> = self.counts.values().filter(is_past).copied().collect();
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
            cycles: past.iter().zip(past.iter().skip(1)).map(|(from, to)| self.cycle(from, to)).collect(),
            since: previous.map_or_else(Since::default, |previous| self.since(previous.on, today)),
            stated: self.notes.iter().rev().find_map(|(_, note)| note.stated),
            is_delisted: self.is_delisted(),
            lots: previous.and_then(|previous| self.lots.get(&previous.on).cloned()).unwrap_or_default(),
            delivery_age: self.delivery_age(),
            counts: past,
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
