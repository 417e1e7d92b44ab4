//! How a shop's head follows from everything that happened there. Nothing but the events goes in, so the head made anew is the head
//! that was kept; no day of today goes in either, so it does not go stale overnight.

use super::channel::Channel as Way;
use super::customer::Customer;
use super::delivery::Delivery;
use super::episode::{Episode, EpisodeKind};
use super::events::Events;
use super::head::{EarliestLot, Head, HeadLine, HeadRate, OpenEpisode, OpenPromise, RECENT_DAYS, TEXT_MAX};
use super::history::{self, Counts, LineHistory};
use super::id::ProductId;
use super::money::Money;
use super::order::Channel;
use super::promise::{Promise, Rate};
use super::rate;
use super::sorting;
use super::stamp::{Envelope, Stamp};
use super::touch::{self, Touch};
use chrono::{Days, NaiveDate};
use rust_decimal::{Decimal, RoundingStrategy};
use std::collections::BTreeSet;

/// Everything that happened at one shop, in any order, and at those merged into it.
#[derive(Clone, Copy, Debug)]
pub struct Happened<'a> {
    pub events: &'a Events,
    pub touches: &'a [Touch],
    pub promises: &'a [Promise],
    pub episodes: &'a [Episode],
}

impl Head {
    /// The head of a shop where this happened, written with `stamp` over `old`.
    pub fn of(shop: &Customer, happened: Happened, old: Option<&Head>, stamp: Stamp) -> Head {
        // Days in the order in which things happened: a phone whose clock was a year ahead once does not set the clocks of a year.
        let sequence = happened.events.in_sequence(None);
        let contacts = Contacts::of(&sequence, happened.touches);
        let rate = Rate::of(happened.promises);
        Head {
            id: shop.id,
            envelope: old.map_or(Envelope { demo: shop.envelope.demo, ..Envelope::first(stamp) }, |old| old.envelope.next(stamp)),
            lines: lines(happened.events, &sequence),
            called_on: contacts.called_on,
            visited_on: contacts.visited_on,
            touched_on: contacts.days.last().copied(),
            follow_ups: contacts.follow_ups(),
            touches: contacts.recent(),
            promises: open_promises(happened.promises),
            kept: rate.kept,
            broken: rate.broken,
            weekly: weekly(&sequence, shop.fields.cycle.days()),
            complaint: complaint(happened.episodes),
        }
    }
}

/// When the rep was in touch. A visit that was made is a contact, an order by phone is a call.
struct Contacts {
    /// One entry a contact, ascending.
    days: Vec<NaiveDate>,
    called_on: Option<NaiveDate>,
    visited_on: Option<NaiveDate>,
}

impl Contacts {
    fn of(sequence: &Events, touches: &[Touch]) -> Contacts {
        let visits: BTreeSet<NaiveDate> = sequence.visits.iter().filter(|visit| visit.outcome.is_made()).map(|visit| visit.on).collect();
        let (mut calls, mut days): (BTreeSet<NaiveDate>, Vec<NaiveDate>) = (BTreeSet::new(), visits.iter().copied().collect());
        let (mut called_on, mut visited_on) = (None, visits.last().copied());
        for touch in touch::standing(touches) {
            let on = touch.at.date();
            match touch.channel {
                // What is noted of a visit that was counted is the same contact.
                Way::Visit if visits.contains(&on) => continue,
                Way::Visit => visited_on = visited_on.max(Some(on)),
                Way::Phone => {
                    calls.insert(on);
                    called_on = called_on.max(Some(on));
                }
                Way::Sms | Way::Chat | Way::Email | Way::Letter => {}
            }
            days.push(on);
        }
        // The call at which an order was taken may have been noted as a touch, too.
        for order in sequence.orders.iter().filter(|order| order.channel == Channel::Phone && order.visit.is_none()) {
            if calls.insert(order.on) {
                days.push(order.on);
                called_on = called_on.max(Some(order.on));
            }
        }
        days.sort_unstable();
        Contacts { days, called_on, visited_on }
    }

    /// Days with a contact after the first day: two calls of one day follow up once.
    fn follow_ups(&self) -> u32 {
        let later = self.days.iter().zip(self.days.iter().skip(1)).filter(|(day, next)| day < next).count();
        u32::try_from(later).unwrap_or(u32::MAX)
    }

    fn recent(&self) -> Vec<NaiveDate> {
        let from = self.days.last().and_then(|last| last.checked_sub_days(Days::new(RECENT_DAYS.into())));
        self.days.iter().filter(|day| from.is_none_or(|from| **day > from)).copied().collect()
    }
}

/// Lines that were counted and are still sold there.
fn lines(events: &Events, sequence: &Events) -> Vec<HeadLine> {
    // Seen from the last day of which anything is known: what is still on its way then is counted as it was ordered.
    let days = sequence.visits.iter().map(|visit| visit.on).chain(sequence.orders.iter().map(|order| order.on));
    let Some(last) = days.chain(sequence.deliveries.iter().map(|delivery: &Delivery| delivery.on)).max() else { return Vec::new() };
    let histories = history::lines_with(events, last, Counts::OfTodayToo);
    histories.iter().filter_map(|(product, history)| line(*product, history)).collect()
}

/// No shop holds a million million: what is beyond was never there.
const STOCK_MAX: i64 = 1_000_000_000_000;

fn line(product: ProductId, history: &LineHistory) -> Option<HeadLine> {
    let previous = history.previous.filter(|_| !history.is_delisted)?;
    let history::Since { returned, written_off, other_source, unordered, .. } = history.since;
    let came =
        [history.received, history.on_order, other_source, unordered].into_iter().fold(0_i64, |sum, units| sum.saturating_add(units.0));
    let stock = previous.units.0.saturating_add(came).saturating_sub(returned.0).saturating_sub(written_off.0).clamp(0, STOCK_MAX);
    let earliest = history.lots.iter().filter(|lot| lot.units() > 0).filter_map(|lot| lot.expires).min().map(|expires| {
        let units = history.lots.iter().filter(|lot| lot.expires == Some(expires)).fold(0_i64, |sum, lot| sum.saturating_add(lot.units()));
        EarliestLot { expires, units: units.min(STOCK_MAX) }
    });
    Some(HeadLine { product, stock, counted_on: previous.on, rate: line_rate(history), earliest })
}

/// By the method's own window, whatever the settings have: a head follows from events alone.
fn line_rate(history: &LineHistory) -> HeadRate {
    let none = HeadRate { units: 0, days: 1 };
    let Some(rate) = rate::of(&history.cycles, rate::WINDOW, rate::ALPHA, history.stated) else { return none };
    let (mut units, mut days) = rate.exact().reduced();
    // Digits that no shelf shows go where a figure is too long for the file: a rate keeps 53 bits of each.
    while units.max(days) >= 1 << 53 {
        (units, days) = (units / 2, days / 2);
    }
    match (u64::try_from(units), u64::try_from(days)) {
        (Ok(units), Ok(days)) if days > 0 => HeadRate { units, days },
        _ => none,
    }
}

/// Open ones in the order they were made.
fn open_promises(promises: &[Promise]) -> Vec<OpenPromise> {
    let open: Vec<&Promise> = promises.iter().filter(|promise| promise.is_open()).collect();
    let sorted = sorting::by_key(open, |promise| (promise.made.and_utc().timestamp(), promise.id.to_string()));
    sorted.into_iter().map(open_promise).collect()
}

fn open_promise(promise: &Promise) -> OpenPromise {
    let waits_for = promise.needs.as_ref().filter(|needs| needs.chased.is_none());
    OpenPromise {
        id: promise.id,
        text: promise.text.chars().take(TEXT_MAX).collect(),
        made: promise.made,
        answer_by: promise.answer_by,
        answered: promise.answered,
        due: promise.due,
        chase_at: waits_for.map(|needs| needs.chase_at),
        needs: waits_for.map_or_else(String::new, |needs| [needs.department.as_str(), &needs.person].join(" ").trim().to_owned()),
    }
}

fn complaint(episodes: &[Episode]) -> Option<OpenEpisode> {
    let open = episodes.iter().filter(|episode| episode.kind == EpisodeKind::Complaint && episode.is_open());
    let last = open.max_by_key(|episode| (episode.opened_on, episode.id))?;
    Some(OpenEpisode { id: last.id, title: last.title.clone(), opened_on: last.opened_on })
}

/// Eight weeks back from the last order.
const WEEKLY_DAYS: i64 = 56;

/// What a shop buys a week: its orders of eight weeks over the days between them, each order lasting as long as they lie apart; a single
/// one lasts a cycle.
fn weekly(sequence: &Events, cycle: u16) -> Money {
    let Some(last) = sequence.orders.iter().filter(|order| order.total().products > 0).map(|order| order.on).max() else {
        return Money::ZERO;
    };
    let (mut days, mut total) = (BTreeSet::new(), Money::ZERO);
    for order in sequence.orders.iter().filter(|order| (last - order.on).num_days() < WEEKLY_DAYS) {
        let sum = order.total();
        if sum.products > 0 {
            days.insert(order.on);
            total = total.plus(sum.amount).unwrap_or(total);
        }
    }
    let count = i64::try_from(days.len()).unwrap_or(1);
    let span = days.first().map_or(0, |first| (last - *first).num_days());
    // count orders last span × count ÷ (count − 1) days.
    let (times, over) = if count > 1 { (7 * (count - 1), span * count) } else { (7, i64::from(cycle)) };
    let exact = total.0.checked_mul(Decimal::from(times)).and_then(|total| total.checked_div(Decimal::from(over)));
    // Imported returns alone would be less than nothing.
    Money(exact.unwrap_or(total.0).max(Decimal::ZERO).round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero))
}
