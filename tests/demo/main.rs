//! The demonstration data: complete, consistent with the app's own sums, never ahead of the clock, the same at every run.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod shows;
mod visits;

use chrono::{NaiveDate, NaiveDateTime};
use shelfwise::archive::record;
use shelfwise::domain::book::{Book, Record};
use shelfwise::domain::customer::{Customer, CustomerDraft};
use shelfwise::domain::delivery::Delivery;
use shelfwise::domain::demo::{self, Tongue};
use shelfwise::domain::dispatch::Dispatch;
use shelfwise::domain::events::Events;
use shelfwise::domain::history;
use shelfwise::domain::id::{CustomerId, OrderId};
use shelfwise::domain::order::Order;
use shelfwise::domain::product::{Product, ProductDraft};
use shelfwise::domain::quantity::{PackSize, Units};
use shelfwise::domain::stamp::{DeviceId, Envelope, Stamp};
use shelfwise::domain::suggestion::{Suggestion, as_it_is};
use shelfwise::domain::summary::Summary;
use shelfwise::domain::today::{self, Plan};
use shelfwise::domain::visit::Visit;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

const TONGUES: [Tongue; 2] = [Tongue::Chinese, Tongue::English];

fn at(text: &str) -> NaiveDateTime {
    text.parse().unwrap()
}

/// Every weekday, since tours move with it; a leap day and New Year; midnight, five minutes behind and before it, early morning.
fn moments() -> Vec<NaiveDateTime> {
    let edges =
        ["2026-11-22", "2028-02-29", "2026-01-01"].into_iter().flat_map(|day| ["00:05:00", "23:55:00"].map(|time| format!("{day}T{time}")));
    let others = ["2026-11-23T09:15:00", "2026-11-24T14:06:31", "2026-11-25T00:00:00", "2026-11-27T05:30:00", "2026-11-28T18:00:00"];
    edges.chain(others.map(str::to_owned)).map(|text| at(&text)).collect()
}

/// The records as each kind.
#[derive(Default)]
struct Demo {
    records: Vec<Record>,
    customers: Vec<Customer>,
    products: Vec<Product>,
    summaries: BTreeMap<CustomerId, Summary>,
    events: BTreeMap<CustomerId, Events>,
    dispatches: BTreeMap<OrderId, Dispatch>,
    book: Book,
}

fn made(tongue: Tongue, now: NaiveDateTime) -> Vec<Record> {
    let (mut ids, mut stamps) = (0_u128, 0_u64);
    let mut new_id = || {
        ids += 1;
        Uuid::from_u128(ids)
    };
    let mut stamp = || {
        stamps += 1;
        Stamp { millis: stamps, counter: 0, device: DeviceId(7) }
    };
    demo::records(tongue, now, &mut new_id, &mut stamp)
}

fn demo(tongue: Tongue, now: NaiveDateTime) -> Demo {
    let mut demo = Demo { records: made(tongue, now), ..Demo::default() };
    demo.book.apply(demo.records.clone());
    for record in demo.records.clone() {
        match record {
            Record::Customer(customer) => demo.customers.push(customer),
            Record::Product(product) => demo.products.push(product),
            Record::Summary(summary) => assert!(demo.summaries.insert(summary.id, summary).is_none()),
            Record::Visit(visit) => demo.events.entry(visit.customer).or_default().visits.push(visit),
            Record::Order(order) => demo.events.entry(order.customer).or_default().orders.push(order),
            Record::Delivery(note) => demo.events.entry(note.customer).or_default().deliveries.push(note),
            Record::Dispatch(dispatch) => assert!(demo.dispatches.insert(dispatch.id, dispatch).is_none()),
            Record::Settings(_) => panic!("the rep's own settings are none of its business"),
        }
    }
    demo
}

fn now() -> NaiveDateTime {
    at("2026-11-24T14:06:31")
}

impl Demo {
    fn visits(&self) -> impl Iterator<Item = &Visit> {
        self.events.values().flat_map(|events| &events.visits)
    }

    fn orders(&self) -> impl Iterator<Item = &Order> {
        self.events.values().flat_map(|events| &events.orders)
    }

    fn deliveries(&self) -> impl Iterator<Item = &Delivery> {
        self.events.values().flat_map(|events| &events.deliveries)
    }

    fn plan(&self, today: NaiveDate) -> Plan {
        today::plan(&self.book, today)
    }

    fn suggestions(&self) -> impl Iterator<Item = (&Visit, Suggestion)> {
        self.visits().flat_map(|visit| visit.lines.iter().map(move |line| (visit, as_it_is(visit, line, None))))
    }
}

fn envelope(record: &Record) -> Envelope {
    match record {
        Record::Customer(record) => record.envelope,
        Record::Product(record) => record.envelope,
        Record::Summary(record) => record.envelope,
        Record::Settings(record) => record.envelope,
        Record::Visit(record) => record.envelope,
        Record::Order(record) => record.envelope,
        Record::Delivery(record) => record.envelope,
        Record::Dispatch(record) => record.envelope,
    }
}

#[test]
fn there_are_twenty_four_shops_and_thirty_products_and_one_of_each_put_away() {
    let demo = demo(Tongue::Chinese, now());
    let active = |archived: &[bool]| (archived.iter().filter(|away| !**away).count(), archived.iter().filter(|away| **away).count());
    assert_eq!(active(&demo.customers.iter().map(|shop| shop.fields.archived).collect::<Vec<_>>()), (24, 1));
    assert_eq!(active(&demo.products.iter().map(|product| product.fields.archived).collect::<Vec<_>>()), (30, 1));
    let codes: BTreeSet<&str> = demo.customers.iter().map(|shop| shop.fields.code.as_str()).collect();
    assert_eq!(codes.len(), 25);
}

#[test]
fn every_record_comes_once_and_is_marked_as_demonstration() {
    for tongue in TONGUES {
        let records = made(tongue, now());
        assert!(records.iter().all(|record| envelope(record).demo));
        let keys: BTreeSet<String> =
            records.iter().map(|r| record::encode(r).unwrap()).map(|row| format!("{:?} {}", row.kind, row.id)).collect();
        assert_eq!(keys.len(), records.len());
    }
}

#[test]
fn the_same_moment_gives_the_same_records_and_the_language_changes_no_figure() {
    for now in moments() {
        assert_eq!(made(Tongue::English, now), made(Tongue::English, now));
        let figures = |tongue| {
            let demo = demo(tongue, now);
            let counts: Vec<_> = demo.visits().flat_map(|visit| visit.lines.clone()).collect();
            let orders: Vec<_> = demo.orders().map(|order| (order.id, order.envelope, order.total())).collect();
            (counts, orders, demo.summaries)
        };
        assert_eq!(figures(Tongue::Chinese), figures(Tongue::English));
    }
}

#[test]
fn nothing_is_later_than_now_and_stamps_rise_with_time() {
    for now in moments() {
        let demo = demo(Tongue::Chinese, now);
        let mut happened: Vec<(Stamp, NaiveDateTime)> = Vec::new();
        for visit in demo.visits() {
            assert!(visit.started <= visit.finished && visit.finished <= now, "{now}: {visit:?}");
            assert!(visit.on <= visit.started.date());
            assert!(i64::from(visit.spent) <= (visit.finished - visit.started).num_seconds());
            happened.push((visit.envelope.stamp, visit.finished));
        }
        for order in demo.orders().filter(|order| order.visit.is_none()) {
            happened.push((order.envelope.stamp, order.taken));
        }
        for dispatch in demo.dispatches.values().filter(|dispatch| !dispatch.envelope.deleted) {
            happened.extend(dispatch.sent.map(|sent| (dispatch.envelope.stamp, sent.at)));
        }
        assert!(demo.orders().all(|order| order.taken <= now && order.on <= now.date()));
        assert!(demo.deliveries().all(|note| note.on <= now.date()));
        assert!(demo.customers.iter().all(|shop| shop.created_on <= now.date()));
        happened.sort();
        assert!(happened.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 <= pair[1].1 && pair[1].1 <= now), "{now}");
    }
}

#[test]
fn every_summary_follows_from_the_events() {
    for now in moments() {
        let demo = demo(Tongue::Chinese, now);
        assert_eq!(demo.summaries.keys().collect::<Vec<_>>(), demo.events.keys().collect::<Vec<_>>());
        for (id, summary) in &demo.summaries {
            let shop = demo.book.customer(*id).unwrap();
            let derived = Summary::derive(shop, &demo.events[id], Some(summary), summary.envelope.stamp);
            assert_eq!(Summary { envelope: summary.envelope, ..derived }, *summary, "{now}: {}", shop.fields.name);
        }
    }
}

#[test]
fn every_basis_is_what_the_history_said_when_the_visit_was_made() {
    let demo = demo(Tongue::Chinese, now());
    for events in demo.events.values() {
        for visit in &events.visits {
            let mut seen = events.clone();
            seen.visits.retain(|known| known.envelope.stamp < visit.envelope.stamp);
            seen.orders.retain(|known| known.envelope.stamp < visit.envelope.stamp);
            seen.deliveries.retain(|known| known.envelope.stamp < visit.envelope.stamp);
            let seen = visit.corrects.map_or(seen.clone(), |corrected| seen.without(corrected));
            let histories = history::lines(&seen.until(visit.on), visit.on);
            for line in &visit.lines {
                assert_eq!(histories.get(&line.product).and_then(|history| history.basis()), line.basis, "{visit:?}");
            }
        }
    }
}

#[test]
fn counts_and_orders_are_those_of_a_small_shop() {
    for now in moments() {
        let demo = demo(Tongue::Chinese, now);
        for line in demo.visits().flat_map(|visit| &visit.lines) {
            let units = line.count.current(line.size).unwrap();
            assert!((0..=200).contains(&units.0), "{units:?}");
            assert!(line.size == PackSize::ONE || line.count.back.loose < line.size.units());
        }
        for line in demo.orders().flat_map(|order| &order.lines) {
            assert!((0..=200).contains(&line.units().0), "{line:?}");
            assert!(line.quantity.is_zero() || line.amount.is_some(), "every product has a price");
        }
        // Stock-outs are a few lines, not a shop standing empty.
        for visit in demo.visits().filter(|visit| visit.lines.len() > 2) {
            let out = visit.lines.iter().filter(|line| line.count.current(line.size) == Some(Units::ZERO)).count();
            assert!(out * 3 <= visit.lines.len() * 2, "{now}: {} {out} of {}", visit.on, visit.lines.len());
        }
    }
}

#[test]
fn the_app_refused_no_visit() {
    for now in moments() {
        let demo = demo(Tongue::Chinese, now);
        let tours = demo.customers.iter().filter(|shop| shop.fields.route_day.is_some() && !shop.fields.archived);
        let made: Vec<u32> = tours.filter_map(|shop| demo.summaries.get(&shop.id)).map(|summary| summary.visits).collect();
        // Today's eight shops six times and three of them today; the other thirteen six times, but four visits were missed.
        assert_eq!((made.len(), made.iter().sum::<u32>()), (21, 8 * 6 + 3 + 13 * 6 - 4), "{now}: {made:?}");
    }
}

#[test]
fn every_record_reads_back_from_its_text() {
    for tongue in TONGUES {
        for known in made(tongue, now()) {
            let row = record::encode(&known).unwrap();
            assert_eq!(record::decode(row.kind, &row.body), Ok(known));
        }
    }
}

#[test]
fn shops_and_products_would_pass_their_own_forms() {
    for tongue in TONGUES {
        let demo = demo(tongue, now());
        for shop in &demo.customers {
            assert_eq!(CustomerDraft::from(&shop.fields).check(|_| false).as_ref(), Ok(&shop.fields));
        }
        for product in &demo.products {
            assert_eq!(ProductDraft::from(&product.fields).check(|_| false).as_ref(), Ok(&product.fields));
        }
    }
}

#[test]
fn every_barcode_has_thirteen_digits_and_the_right_check_digit() {
    let demo = demo(Tongue::English, now());
    let codes: BTreeSet<&str> = demo.products.iter().map(|product| product.fields.barcode.as_str()).collect();
    assert_eq!(codes.len(), demo.products.len());
    for code in codes {
        let digits: Vec<u32> = code.chars().map(|digit| digit.to_digit(10).unwrap()).collect();
        let sum: u32 = digits.iter().enumerate().map(|(at, digit)| digit * if at % 2 == 0 { 1 } else { 3 }).sum();
        assert_eq!((digits.len(), digits[0], sum % 10), (13, 2, 0), "{code}");
    }
}

#[test]
fn each_language_is_spoken_alone() {
    let english = made(Tongue::English, now()).iter().map(|known| record::encode(known).unwrap().body).collect::<String>();
    assert!(english.chars().all(|c| c.is_ascii() || c == '–'), "Chinese in English");
    let demo = demo(Tongue::Chinese, now());
    let mut texts: Vec<String> = Vec::new();
    for shop in &demo.customers {
        let f = &shop.fields;
        texts.extend([&f.name, &f.area, &f.address, &f.contact, &f.salutation, &f.note, &f.opening_hours].map(Clone::clone));
    }
    for product in &demo.products {
        let f = &product.fields;
        texts.extend([&f.name, &f.other_name, &f.unit, &f.case].map(Clone::clone));
    }
    for visit in demo.visits() {
        texts.extend([&visit.agreed.promise, &visit.agreed.competitor, &visit.agreed.opinion].map(Clone::clone));
    }
    texts.extend(demo.orders().flat_map(|order| &order.lines).map(|line| line.note.clone()));
    for text in &texts {
        let mut words = text.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty());
        assert!(words.all(|word| ["ml", "g", "L"].contains(&word)), "{text}");
    }
}
