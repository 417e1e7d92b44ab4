//! What a shop's events say against their own dates. Stamps give the order in which they were made; days come from the phone's
//! clock. Where the two disagree the clock was wrong once, and a visit that it dated a year ahead would be the shop's last one for a
//! year: every later count compared with it, its order counted again each time. So the days most events agree on are believed, and
//! the others are reckoned to lie between their neighbours. Only for reckoning: what was written stays as it was written.

use super::events::Events;
use super::order::{Channel, Order};
use super::stamp::Stamp;
use super::visit::Visit;
use chrono::NaiveDate;
use std::collections::BTreeMap;

impl Events {
    /// What stands, as [`Events::standing`], with every day in the order in which things happened. `today` is where one looks from:
    /// one day more that can agree.
    pub fn in_sequence(&self, today: Option<NaiveDate>) -> Events {
        let mut standing = self.standing();
        let visits = standing.visits.iter().filter_map(|visit| self.visit_made(visit));
        let orders = standing.orders.iter().filter_map(|order| self.order_made(order));
        let made: BTreeMap<Stamp, Span> = visits.chain(orders).collect();
        let spans: Vec<Span> = made.values().copied().chain(today.map(|today| Span { on: today, until: today })).collect();
        if believed(&spans).iter().all(|is_believed| *is_believed) {
            return standing;
        }
        let mended: BTreeMap<Stamp, NaiveDate> = made.keys().zip(mend(&spans)).filter_map(|(stamp, day)| Some((*stamp, day?))).collect();
        for visit in &mut standing.visits {
            if let Some(day) = self.visit_made(visit).and_then(|(stamp, _)| mended.get(&stamp)) {
                visit.on = *day;
            }
        }
        for order in &mut standing.orders {
            if let Some(day) = self.order_made(order).and_then(|(stamp, _)| mended.get(&stamp)) {
                order.expected_on = day.checked_add_signed(order.expected_on - order.on).unwrap_or(*day);
                order.on = *day;
            }
        }
        standing
    }

    /// When a visit was first written. None for what was read from a file or made by the demonstration: written at once, dated in the
    /// past.
    fn visit_made(&self, visit: &Visit) -> Option<(Stamp, Span)> {
        let first = self.first_of(visit);
        let is_own = !first.envelope.demo && first.id.0.get_version_num() != IMPORTED;
        is_own.then(|| (first.envelope.stamp, Span::new(first.on, first.finished.date())))
    }

    /// As of the visit it was taken at.
    fn order_made(&self, order: &Order) -> Option<(Stamp, Span)> {
        let first = self.first_order_of(order);
        match first.visit.and_then(|id| self.visits.iter().find(|visit| visit.id == id)) {
            Some(visit) => self.visit_made(visit),
            None => {
                let is_own = first.channel != Channel::Import && !first.envelope.demo;
                is_own.then(|| (first.envelope.stamp, Span::new(first.on, first.taken.date())))
            }
        }
    }
}

/// Ids of imported events are made of what their rows say.
const IMPORTED: usize = 5;

/// The day a visit is of and the one it was written on, later where it was left open over night.
#[derive(Clone, Copy, Debug)]
struct Span {
    on: NaiveDate,
    until: NaiveDate,
}

impl Span {
    /// A flight to the east ends at most a day before it began; further back, the clock was put right in between.
    fn new(on: NaiveDate, written: NaiveDate) -> Span {
        if on <= written.succ_opt().unwrap_or(written) {
            Span { on: on.min(written), until: on.max(written) }
        } else {
            Span { on: written, until: written }
        }
    }
}

/// The days that must have been others, in their places.
fn mend(spans: &[Span]) -> Vec<Option<NaiveDate>> {
    let mut last: Option<NaiveDate> = None;
    let mut mended: Vec<Option<NaiveDate>> = Vec::new();
    for (span, is_believed) in spans.iter().zip(believed(spans)) {
        let day = if is_believed { None } else { Some(last.map_or(span.on, after)) };
        last = Some(day.unwrap_or(span.on));
        mended.push(day);
    }
    // Each a day of its own, as two counts of one day would be one: where there is no room, those before move up.
    let mut next: Option<(NaiveDate, bool)> = None;
    for (day, span) in mended.iter_mut().zip(spans).rev() {
        let room = next.filter(|(_, next_is_mended)| *next_is_mended || day.is_some()).and_then(|(next, _)| next.pred_opt());
        if let Some(room) = room.filter(|room| day.unwrap_or(span.on) > *room) {
            *day = Some(room);
        }
        next = Some((day.unwrap_or(span.on), day.is_some()));
    }
    mended
}

fn after(day: NaiveDate) -> NaiveDate {
    day.succ_opt().unwrap_or(day)
}

/// A row of days that do not go back, by its last one.
#[derive(Clone, Copy)]
struct Row {
    length: usize,
    /// The latest day in it.
    reaches: NaiveDate,
    /// The place before the last.
    before: Option<usize>,
}

/// The most days that do not go back; of two such rows the one that ends later, as phones that lost their power begin long ago.
fn believed(spans: &[Span]) -> Vec<bool> {
    // The longest row that ends with each day.
    let mut rows: Vec<Row> = Vec::new();
    for span in spans {
        let fitting = rows.iter().enumerate().filter(|(_, row)| row.reaches <= span.until);
        let best = fitting.max_by_key(|(place, row)| (row.length, row.reaches, *place));
        rows.push(match best {
            Some((place, row)) => Row { length: row.length + 1, reaches: row.reaches.max(span.on), before: Some(place) },
            None => Row { length: 1, reaches: span.on, before: None },
        });
    }
    let mut believed = vec![false; spans.len()];
    let mut at = rows.iter().enumerate().max_by_key(|(place, row)| (row.length, row.reaches, *place)).map(|(place, _)| place);
    while let Some(place) = at {
        if let Some(is_believed) = believed.get_mut(place) {
            *is_believed = true;
        }
        at = rows.get(place).and_then(|row| row.before);
    }
    believed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(days: &[i64]) -> Vec<i64> {
        let zero = NaiveDate::from_ymd_opt(2026, 11, 1).unwrap();
        let days: Vec<NaiveDate> = days.iter().map(|day| zero + chrono::TimeDelta::days(*day)).collect();
        let spans: Vec<Span> = days.iter().map(|day| Span { on: *day, until: *day }).collect();
        mend(&spans).iter().zip(&days).map(|(mended, day)| (mended.unwrap_or(*day) - zero).num_days()).collect()
    }

    #[test]
    fn days_that_never_go_back_are_believed() {
        for days in [&[][..], &[3], &[1, 1, 1], &[0, 7, 7, 400]] {
            assert_eq!(mended(days), days);
        }
    }

    #[test]
    fn a_day_ahead_or_behind_is_put_between_its_neighbours() {
        assert_eq!(mended(&[0, 7, 379, 21, 28]), [0, 7, 8, 21, 28], "a year ahead");
        assert_eq!(mended(&[0, 7, -20_000, 21, 28]), [0, 7, 8, 21, 28], "without power");
        assert_eq!(mended(&[0, 7, 379, 380, 8, 28, 29]), [0, 5, 6, 7, 8, 28, 29], "no room: those before move up");
        assert_eq!(mended(&[365, 366, 14, 21, 28]), [12, 13, 14, 21, 28], "the first two");
        assert_eq!(mended(&[0, 7, -20_000]), [0, 7, 8], "the last one");
    }

    #[test]
    fn of_two_that_disagree_the_later_is_believed_until_a_third_agrees_with_the_other() {
        assert_eq!(mended(&[365, 14]), [365, 366]);
        assert_eq!(mended(&[365, 14, 21]), [13, 14, 21]);
    }
}
