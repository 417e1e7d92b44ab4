//! A shop and its events, one by one, through the code of the app: what is typed goes to [`finish`], what comes out stays.

use super::calendar::{Calendar, after, later};
use super::market::{Dice, Shelf};
use super::parcels::{Parcel, parcels};
use super::story::{self, Fate, PutRight, What, When};
use super::{Desk, Text, line, shops};
use crate::domain::book::{Change, Record};
use crate::domain::customer::Customer;
use crate::domain::delivery::Delivery;
use crate::domain::dispatch::{Dispatch, How, Sent};
use crate::domain::draft::{LineContext, LineDraft, VisitDraft};
use crate::domain::events::Events;
use crate::domain::finish::{Finish, LineToFinish, finish, not_made};
use crate::domain::history::{self, LineHistory};
use crate::domain::id::{DeliveryId, OrderId, VisitId};
use crate::domain::note;
use crate::domain::order::Order;
use crate::domain::policy::Ground;
use crate::domain::product::{Product, ProductFields};
use crate::domain::schedule;
use crate::domain::summary::Summary;
use crate::domain::visit::{Outcome, ShelfTask};
use chrono::{NaiveDate, NaiveDateTime};

/// A shop with everything that happened there.
pub(super) struct Shop<'p> {
    pub(super) number: u16,
    pub(super) customer: Customer,
    pub(super) shelves: Vec<Shelf<'p>>,
    pub(super) events: Events,
    pub(super) summary: Option<Summary>,
    pub(super) dispatches: Vec<Dispatch>,
    parcels: Vec<Parcel>,
    /// Shut from a day on, for so many days: noted at the next visit.
    shut: Option<(NaiveDate, u64)>,
    /// Visited on the first day, with no route day that says so.
    starts_at_once: bool,
    /// The last visit as it was typed: what a correction begins with.
    typed: Option<Typed<'p>>,
}

/// A visit in hand with its lines.
struct Typed<'p> {
    draft: VisitDraft,
    lines: Vec<(&'p Product, LineDraft)>,
}

impl<'p> Shop<'p> {
    pub(super) fn new(number: u16, customer: Customer, shelves: Vec<Shelf<'p>>, starts_at_once: bool) -> Shop<'p> {
        Shop {
            number,
            customer,
            shelves,
            events: Events::default(),
            summary: None,
            dispatches: Vec::new(),
            parcels: Vec::new(),
            shut: None,
            starts_at_once,
            typed: None,
        }
    }

    /// Whether the rep goes there on a day: by the app's own plan, unless the story says otherwise.
    pub(super) fn is_due(&self, calendar: &Calendar, day: NaiveDate) -> bool {
        let weeks_ago = calendar.weeks_ago(day);
        let first =
            if self.starts_at_once { Some(calendar.start()) } else { schedule::first_due(&self.customer.fields, self.customer.created_on) };
        let due = self.summary.as_ref().and_then(|summary| summary.next_due).or(first);
        let is_passed_over = story::beats(self.number, weeks_ago).any(|what| match what {
            What::Missed => true,
            What::Late => due == Some(day),
            _ => false,
        });
        let is_closed_down = self.number == shops::ARCHIVED && weeks_ago < 3;
        due.is_some_and(|due| due <= day) && !is_passed_over && !is_closed_down
    }

    /// The rep comes by: a visit, or an attempt.
    pub(super) fn come_by(&mut self, desk: &mut Desk<'_>, day: NaiveDate) {
        let weeks_ago = desk.calendar.weeks_ago(day);
        let was_tried = self.summary.as_ref().is_some_and(|summary| summary.tried.is_some());
        let mut counts_again = false;
        for what in story::beats(self.number, weeks_ago) {
            match what {
                What::NotMade(why, days) if !was_tried => {
                    self.shut = (*why == Outcome::Closed).then_some((day, *days));
                    return self.find_nobody(desk, *why, after(day, *days));
                }
                What::CountedAgain => counts_again = true,
                _ => {}
            }
        }
        self.visit(desk, day, weeks_ago);
        if counts_again {
            self.count_again(desk, day);
        }
    }

    fn find_nobody(&mut self, desk: &mut Desk<'_>, why: Outcome, next_on: NaiveDate) {
        let (started, finished) = desk.clock.event(&mut desk.dice);
        let draft = VisitDraft::begun(VisitId((desk.new_id)()), self.customer.id, started);
        let ground = self.ground(draft.on);
        let change = not_made(&self.finishing(desk, &draft, &ground, finished), why, Some(next_on));
        self.take(change);
    }

    fn visit(&mut self, desk: &mut Desk<'_>, day: NaiveDate, weeks_ago: i64) {
        let (started, finished) = desk.clock.event(&mut desk.dice);
        let shelf = ShelfTask::ALL.into_iter().filter(|_| !desk.dice.once_in(4)).collect();
        let agreed = story::agreed(self.number, weeks_ago, day, desk.tongue);
        let closed_days = self.shut.take().map_or_else(String::new, |(_, days)| days.to_string());
        let taught = story::taught(self.number, weeks_ago);
        let begun = VisitDraft::begun(VisitId((desk.new_id)()), self.customer.id, started);
        let mut draft = VisitDraft { shelf, agreed, taught, closed_days, ..begun };
        let closed_days = closed(&draft);
        let is_in_a_rush = story::is_in_a_rush(self.number, weeks_ago);
        let has_back_stock = self.customer.fields.has_back_stock;
        let ground = self.ground(day);
        let mut histories = history::lines(&self.events, day);
        let mut lines = Vec::new();
        for (place, shelf) in self.shelves.iter_mut().enumerate().filter(|(_, shelf)| shelf.is_sold_on(day)) {
            let turns = story::turns(self.number, weeks_ago, place);
            let product = shelf.product;
            line::happen(shelf, &turns, day);
            let is_dated = story::is_dated(self.number, &product.fields);
            let off = if is_dated { shelf.take_off(day) } else { 0 };
            let mut typed = line::count(shelf, has_back_stock, &turns, &mut desk.dice);
            typed.note = line::note(&turns, off, place);
            let past = histories.remove(&product.id).unwrap_or_default();
            let context = LineContext { closed_days, ..context(&ground, &product.fields, &past, has_back_stock) };
            if is_dated {
                typed.lots = line::dates(shelf, &typed.read(product.id, context).counted);
            }
            let reading = typed.read(product.id, context);
            typed.choice = line::choice(shelf, &reading, &turns, desk.tongue);
            draft.work.extend(line::work(shelf, &reading, off, is_in_a_rush, day));
            lines.push((product, typed));
        }
        self.finish(desk, Typed { draft, lines }, finished);
    }

    /// The first two lines once more, later on the same day; their order of the morning stands.
    fn count_again(&mut self, desk: &mut Desk<'_>, day: NaiveDate) {
        let (started, finished) = desk.clock.event(&mut desk.dice);
        let draft = VisitDraft::begun(VisitId((desk.new_id)()), self.customer.id, started);
        let has_back_stock = self.customer.fields.has_back_stock;
        let ground = self.ground(day);
        let mut histories = history::lines(&self.events, day);
        let mut lines = Vec::new();
        for shelf in self.shelves.iter_mut().take(2) {
            shelf.take(1);
            let mut typed = line::count(shelf, has_back_stock, &[], &mut desk.dice);
            let past = histories.remove(&shelf.product.id).unwrap_or_default();
            let context = context(&ground, &shelf.product.fields, &past, has_back_stock);
            typed.choice = line::nothing(&typed.read(shelf.product.id, context), ORDERED_ALREADY, desk.tongue);
            lines.push((shelf.product, typed));
        }
        self.finish(desk, Typed { draft, lines }, finished);
    }

    /// A finished visit is put right where the story says so: on its day, or today after its order was sent.
    pub(super) fn put_right(&mut self, desk: &mut Desk<'_>, day: NaiveDate) {
        let Some(Typed { draft, lines }) = &self.typed else { return };
        let visited = draft.on;
        let right = story::beats(self.number, desk.calendar.weeks_ago(visited)).find_map(|what| match what {
            What::PutRight(place, PutRight::SameDay) if visited == day => Some(*place),
            What::PutRight(place, PutRight::Today) if desk.calendar.today() == day => Some(*place),
            _ => None,
        });
        let Some(place) = right else { return };
        let (started, finished) = desk.clock.event(&mut desk.dice);
        let corrects = Some(draft.id);
        let begun = VisitDraft::begun(VisitId((desk.new_id)()), self.customer.id, started);
        let draft = VisitDraft { corrects, id: begun.id, started: begun.started, ..draft.clone() };
        let mut lines = lines.clone();
        if let Some((product, wrong)) = lines.get_mut(place) {
            // Half a dozen stood behind a box.
            let found = 6;
            let front = wrong.front.parse::<i64>().unwrap_or(0) + found;
            for shelf in self.shelves.iter_mut().filter(|shelf| shelf.product.id == product.id) {
                shelf.receive(found, visited);
            }
            *wrong = LineDraft { front: front.to_string(), choice: None, back_is_zero: true, ..wrong.clone() };
        }
        self.finish(desk, Typed { draft, lines }, finished);
    }

    fn finish(&mut self, desk: &mut Desk<'_>, typed: Typed<'p>, finished: NaiveDateTime) {
        let Typed { draft, lines } = &typed;
        let seen = match draft.corrects {
            Some(visit) => self.events.clone().without(visit).until(draft.on),
            None => self.events.clone(),
        };
        let mut histories = history::lines(&seen, draft.on);
        let ground = self.ground(draft.on);
        let pasts: Vec<_> = lines.iter().map(|(product, _)| histories.remove(&product.id).unwrap_or_default()).collect();
        let has_back_stock = self.customer.fields.has_back_stock;
        let to_finish: Vec<LineToFinish<'_>> = lines
            .iter()
            .zip(&pasts)
            .map(|((product, draft_line), history)| {
                let context = LineContext { closed_days: closed(draft), ..context(&ground, &product.fields, history, has_back_stock) };
                LineToFinish { product: product.id, draft: draft_line, context }
            })
            .collect();
        // What the app would refuse is left out; a test counts that nothing is.
        let Ok(change) = finish(&self.finishing(desk, draft, &ground, finished), &to_finish) else { return };
        let weeks_ago = desk.calendar.weeks_ago(draft.on);
        let told = story::beats(self.number, weeks_ago).find_map(|what| if let What::Goods(fate) = what { Some(*fate) } else { None });
        let fate = told.or_else(|| desk.dice.once_in(3).then_some(Fate::InFull));
        for order in change.records.iter().filter_map(|record| if let Record::Order(order) = record { Some(order) } else { None }) {
            self.parcels.retain(|parcel| Some(parcel.order) != order.corrects);
            self.expect(order, fate);
        }
        self.take(change);
        self.typed = Some(typed);
    }

    /// The terms of a shop on a day, by the app's own settings.
    fn ground(&self, day: NaiveDate) -> Ground {
        Ground::of(None, &self.customer.fields, day, None)
    }

    fn finishing<'a>(&'a self, desk: &mut Desk<'_>, draft: &'a VisitDraft, ground: &'a Ground, finished: NaiveDateTime) -> Finish<'a> {
        let corrected = draft.corrects.and_then(|id| self.events.visits.iter().find(|visit| visit.id == id));
        let replaced = corrected.and_then(|visit| visit.order).and_then(|order| self.dispatches.iter().find(|known| known.id == order));
        Finish {
            draft,
            order_id: OrderId((desk.new_id)()),
            customer: &self.customer,
            events: &self.events,
            summary: self.summary.as_ref(),
            replaced,
            ground,
            finished,
            spent: u32::try_from((finished - draft.started).num_seconds()).unwrap_or(0),
            range: u32::try_from(self.shelves.iter().filter(|shelf| shelf.is_sold_on(draft.on)).count()).unwrap_or(u32::MAX),
            stamp: (desk.stamp)(),
        }
    }

    /// Takes in what an action wrote, marked as demonstration.
    pub(super) fn take(&mut self, change: Change) {
        for record in change.records {
            match record {
                Record::Customer(customer) => self.customer = customer,
                Record::Summary(summary) => self.summary = Some(summary),
                Record::Visit(mut visit) => {
                    visit.envelope.demo = true;
                    self.events.visits.push(visit);
                }
                Record::Order(mut order) => {
                    order.envelope.demo = true;
                    self.events.orders.push(order);
                }
                Record::Dispatch(mut dispatch) => {
                    dispatch.envelope.demo = true;
                    self.dispatches.retain(|known| known.id != dispatch.id);
                    self.dispatches.push(dispatch);
                }
                Record::Delivery(delivery) => self.events.deliveries.push(delivery),
                Record::Product(_) | Record::Settings(_) => {}
            }
        }
    }

    /// What comes on a day, and what the rep hears of it.
    pub(super) fn receive(&mut self, desk: &mut Desk<'_>, day: NaiveDate, when: When) {
        let (here, coming) = self.parcels.drain(..).partition(|parcel| parcel.on == day && parcel.when == when);
        self.parcels = coming;
        let here: Vec<Parcel> = here;
        for Parcel { order, goods, note, .. } in here {
            for (product, units) in goods {
                for shelf in self.shelves.iter_mut().filter(|shelf| shelf.product.id == product) {
                    shelf.receive(units, day);
                }
            }
            let Some(came) = note else { continue };
            let id = DeliveryId((desk.new_id)());
            let after_count = when == When::AfterTheCount;
            let delivery = Delivery { id, envelope: desk.envelope(), customer: self.customer.id, order, on: day, came, after_count };
            self.events.deliveries.push(delivery);
        }
    }

    /// Sends what was ordered, one order after the other; the time when the next one can go.
    pub(super) fn send_orders(&mut self, desk: &mut Desk<'_>, mut at: NaiveDateTime) -> NaiveDateTime {
        for dispatch in self.dispatches.iter_mut().filter(|dispatch| dispatch.is_unsent()) {
            let how = match desk.dice.below(10) {
                0 => How::File,
                1 => How::Print,
                2 => How::Told,
                _ => How::Text,
            };
            let envelope = dispatch.envelope.next((desk.stamp)());
            *dispatch = Dispatch { envelope, sent: Some(Sent { at, how }), ..dispatch.clone() };
            at = later(at, 40);
        }
        at
    }

    /// The day's sales. Before the first count nobody knows what was there.
    pub(super) fn sell(&mut self, day: NaiveDate, dice: &mut Dice) {
        let is_shut = self.shut.is_some_and(|(from, days)| day < after(from, days));
        if self.events.visits.is_empty() || is_shut {
            return;
        }
        for shelf in &mut self.shelves {
            shelf.sell(dice);
        }
    }

    /// The rep hears something new of a product.
    pub(super) fn hear_of(&mut self, product: &'p Product) {
        for shelf in self.shelves.iter_mut().filter(|shelf| shelf.product.id == product.id) {
            shelf.product = product;
        }
    }

    /// The goods of an order are on their way.
    pub(super) fn expect(&mut self, order: &Order, fate: Option<Fate>) {
        let next_visit = self.summary.as_ref().and_then(|summary| summary.next_due);
        self.parcels.extend(parcels(order, fate, next_visit));
    }

    pub(super) fn into_records(self) -> Vec<Record> {
        let Events { visits, orders, deliveries } = self.events;
        let mut records = vec![Record::Customer(self.customer)];
        records.extend(self.summary.map(Record::Summary));
        records.extend(visits.into_iter().map(Record::Visit));
        records.extend(orders.into_iter().map(Record::Order));
        records.extend(deliveries.into_iter().map(Record::Delivery));
        records.extend(self.dispatches.into_iter().map(Record::Dispatch));
        records
    }
}

fn context<'a>(ground: &Ground, product: &'a ProductFields, history: &'a LineHistory, has_back_stock: bool) -> LineContext<'a> {
    let policy = ground.policy(product, history);
    LineContext { product, history, policy, on: ground.on, has_back_stock, closed_days: 0, by_phone: false }
}

const ORDERED_ALREADY: Text = Text("上午已经订了", "Ordered this morning");

fn closed(draft: &VisitDraft) -> u16 {
    note::days(&draft.closed_days).unwrap_or(0)
}
