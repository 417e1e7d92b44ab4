//! How a shop has been doing, from its events: stock and rate of each line over its last visits, how often suggestions were taken,
//! how often the oldest goods stood in front.

use super::events::Events;
use super::exact::Exact;
use super::history::{self, Counts, LineHistory};
use super::id::ProductId;
use super::quantity::Units;
use super::rate::Cycle;
use super::visit::ShelfTask;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Visits shown of a line, and counted for the shares.
pub const VISITS: usize = 12;

/// So many of so many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    pub done: usize,
    pub all: usize,
}

impl Share {
    fn add(&mut self, is_done: bool) {
        self.all += 1;
        self.done += usize::from(is_done);
    }
}

/// One visit of a line: what was there, and what was sold a day since the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    pub on: NaiveDate,
    pub stock: Units,
    pub rate: Option<Exact>,
}

/// A shop as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The last counts of each line, oldest first.
    pub lines: BTreeMap<ProductId, Vec<Point>>,
    pub histories: BTreeMap<ProductId, LineHistory>,
    /// Suggestions that were ordered as they were.
    pub accepted: Share,
    pub accepted_of: BTreeMap<ProductId, Share>,
    /// Visits at which the oldest goods stood in front or were put there.
    pub oldest_first: Share,
}

/// The standing of a shop as seen on `today`.
pub fn of(events: &Events, today: NaiveDate) -> Standing {
    let standing = events.standing();
    let histories = history::lines_with(events, today, Counts::OfTodayToo);
    let lines = histories.iter().map(|(product, history)| (*product, points(history))).collect();
    let mut found = Standing { lines, histories, ..Standing::default() };
    for line in standing.orders.iter().flat_map(|order| &order.lines) {
        let Some(suggested) = line.suggested else { continue };
        let is_taken = suggested == line.units();
        found.accepted.add(is_taken);
        found.accepted_of.entry(line.product).or_default().add(is_taken);
    }
    let made = standing.visits.iter().rev().filter(|visit| visit.outcome.is_made() && !visit.lines.is_empty()).take(VISITS);
    for visit in made {
        found.oldest_first.add(visit.shelf.contains(&ShelfTask::OldestFirst) || keeps_order(visit));
    }
    found
}

/// Dates were noted, and nothing was left to swap.
fn keeps_order(visit: &super::visit::Visit) -> bool {
    let has_dates = visit.lines.iter().any(|line| !line.lots.is_empty());
    has_dates && visit.work.iter().all(|work| work.done || work.kind != super::shelf_work::Kind::Swap)
}

fn points(history: &LineHistory) -> Vec<Point> {
    let rates = std::iter::once(None).chain(history.cycles.iter().map(rate_of));
    let all: Vec<Point> = history.counts.iter().zip(rates).map(|(count, rate)| Point { on: count.on, stock: count.units, rate }).collect();
    let skip = all.len().saturating_sub(VISITS);
    all.into_iter().skip(skip).collect()
}

fn rate_of(cycle: &Cycle) -> Option<Exact> {
    cycle.is_valid().then(|| Exact::over(cycle.sales().into(), cycle.exposure().into()))
}
