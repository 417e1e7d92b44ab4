//! Demonstration data in one call: a rep's six weeks with 24 shops and 30 products, in either language. Every visit, order and
//! summary is made by the app's own [`finish`](super::finish), so no figure on a screen can contradict another.
//!
//! `products` and `shops` are the two lists, `story` what happens out of the ordinary, `market` what the shops sell
//! unseen, `round` a shop's events one by one, `parcels` the goods on their way, `line` what is typed, `calendar` when. Pure as all of the domain: the dice are a fixed row of numbers.

mod calendar;
mod line;
mod market;
mod parcels;
mod phone;
mod products;
mod round;
mod shops;
mod story;

use super::book::Record;
use super::stamp::{Envelope, Stamp};
use calendar::{Calendar, Clock};
use chrono::{NaiveDate, NaiveDateTime};
use market::Dice;
use round::Shop;
use story::When;
use uuid::Uuid;

/// The language that names and notes are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tongue {
    Chinese,
    English,
}

/// One text in both languages: Chinese, English.
#[derive(Clone, Copy)]
struct Text(&'static str, &'static str);

impl Text {
    const NONE: Text = Text("", "");

    fn spoken(self, tongue: Tongue) -> String {
        match tongue {
            Tongue::Chinese => self.0.to_owned(),
            Tongue::English => self.1.to_owned(),
        }
    }
}

/// What making a record takes besides its subject.
struct Desk<'a> {
    tongue: Tongue,
    calendar: Calendar,
    clock: Clock,
    dice: Dice,
    new_id: &'a mut dyn FnMut() -> Uuid,
    stamp: &'a mut dyn FnMut() -> Stamp,
}

impl Desk<'_> {
    /// The envelope of a record that the demonstration makes.
    fn envelope(&mut self) -> Envelope {
        Envelope { demo: true, ..Envelope::first((self.stamp)()) }
    }
}

/// The demonstration's records as they stand at `now`, each exactly once and all marked as demonstration. `new_id` and `stamp`
/// are asked in the order of events: both should rise.
///
/// The same arguments give the same records; neither what happens nor a figure depends on the language.
pub fn records(tongue: Tongue, now: NaiveDateTime, new_id: &mut dyn FnMut() -> Uuid, stamp: &mut dyn FnMut() -> Stamp) -> Vec<Record> {
    let calendar = Calendar::ending(now);
    let clock = calendar.clock(calendar.start());
    let mut desk = Desk { tongue, calendar, clock, dice: Dice::default(), new_id, stamp };
    let products = products::all(&mut desk);
    let promoted = products::promoted(&mut desk, &products);
    let mut shops = shops::all(&mut desk, &products);
    for day in calendar.days() {
        for product in promoted.iter().filter(|_| day == calendar.ago(products::PROMOTION_KNOWN)) {
            shops.iter_mut().for_each(|shop| shop.hear_of(product));
        }
        live_through(day, &mut desk, &mut shops);
    }
    let shops = shops.into_iter().flat_map(Shop::into_records).collect::<Vec<Record>>();
    let products = products.into_iter().map(|(product, _)| promoted.clone().filter(|new| new.id == product.id).unwrap_or(product));
    products.map(Record::Product).chain(shops).collect()
}

/// One day at all shops, in the order in which it happened.
fn live_through(day: NaiveDate, desk: &mut Desk<'_>, shops: &mut [Shop<'_>]) {
    desk.clock = desk.calendar.clock(day);
    let is_today = day == desk.calendar.today();
    for shop in shops.iter_mut() {
        shop.receive(desk, day, When::Morning);
    }
    for shop in shops.iter_mut() {
        let is_on_the_way = !is_today || story::VISITED_TODAY.contains(&shop.number);
        if is_on_the_way && desk.calendar.is_working(day) && shop.is_due(&desk.calendar, day) {
            shop.come_by(desk, day);
        }
    }
    for shop in shops.iter_mut() {
        shop.put_right(desk, day);
        shop.ring_up(desk, day);
        shop.receive(desk, day, When::AfterTheCount);
    }
    // Today's orders wait for the evening.
    if !is_today {
        let mut at = desk.calendar.evening(day);
        for shop in shops.iter_mut() {
            at = shop.send_orders(desk, at);
            shop.sell(day, &mut desk.dice);
        }
    }
}
