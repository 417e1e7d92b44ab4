//! Whether a record's values are within what the app itself can write. The types refuse most; this is the rest: figures that would
//! overflow a sum, texts that no field takes, dates no calendar of ours reaches. Asked of every record, wherever it comes from: a
//! file, the database, a form. One function a kind, so that what is held in memory does not bring along the checks of what is not.

use crate::domain::book::Record;
use crate::domain::count::Count;
use crate::domain::customer::Customer;
use crate::domain::delivery::Delivery;
use crate::domain::dispatch::Dispatch;
use crate::domain::lots::{self, CountedLot};
use crate::domain::money::{Money, Prices};
use crate::domain::note::LineNote;
use crate::domain::order::Order;
use crate::domain::policy::{LineTerms, Terms};
use crate::domain::product::Product;
use crate::domain::quantity::{Packed, Units};
use crate::domain::rate::{StatedRate, WINDOW_MAX};
use crate::domain::reorder::DAYS_MAX;
use crate::domain::settings::Settings;
use crate::domain::summary::Summary;
use crate::domain::visit::{Visit, VisitLine};
use chrono::{Datelike, NaiveDate};

/// The longest text of any field, in bytes; the longest a form takes is far below.
const TEXT_MAX: usize = 16_384;
/// The most lines of a visit, an order or a range.
pub const LINES_MAX: usize = 20_000;
/// The largest sum of several lines.
const SUM_MAX: i64 = 1_000_000_000_000;

/// The first value that is out of range, by its name, in words for a report.
pub type Fault = Option<&'static str>;

/// Of a record of any kind.
pub fn fault(record: &Record) -> Fault {
    match record {
        Record::Customer(record) => customer(record),
        Record::Product(record) => product(record),
        Record::Summary(record) => summary(record),
        Record::Settings(record) => settings(record),
        Record::Visit(record) => visit(record),
        Record::Order(record) => order(record),
        Record::Delivery(record) => delivery(record),
        Record::Dispatch(record) => dispatch(record),
    }
}

pub fn customer(shop: &Customer) -> Fault {
    let fields = &shop.fields;
    let texts = [
        &fields.name,
        &fields.code,
        &fields.area,
        &fields.address,
        &fields.phone,
        &fields.contact,
        &fields.salutation,
        &fields.opening_hours,
        &fields.note,
    ];
    first([
        (short(texts) && !fields.name.trim().is_empty(), "name or another text"),
        (fields.lead_days <= 366 && fields.wish_days <= 366, "lead_days or wish_days"),
        (shop.range.len() <= LINES_MAX, "range"),
        (known(shop.created_on), "created_on"),
    ])
}

pub fn product(product: &Product) -> Fault {
    let fields = &product.fields;
    let texts = [&fields.name, &fields.other_name, &fields.code, &fields.barcode, &fields.unit, &fields.case];
    first([
        (short(texts) && !fields.name.trim().is_empty(), "name or another text"),
        (priced(fields.prices), "prices"),
        (units(fields.minimum_order) && units(fields.front_capacity), "minimum_order or front_capacity"),
        (units(fields.minimum_display) && units(fields.capacity), "minimum_display or capacity"),
        (fields.delivery_age.is_none_or(|days| days <= 366), "delivery_age"),
        (fields.promotion.is_none_or(|promotion| known(promotion.until)), "promotion"),
    ])
}

pub fn summary(summary: &Summary) -> Fault {
    let dates = [
        summary.last_visit.map(|last| last.on),
        summary.tried.map(|tried| tried.on),
        summary.next_due,
        summary.moved.map(|moved| moved.to),
        summary.last_order.map(|order| order.on),
    ];
    first([(dates.into_iter().flatten().all(known), "a date")])
}

pub fn settings(settings: &Settings) -> Fault {
    let reckoning = settings.reckoning;
    first([
        ((1..=WINDOW_MAX).contains(&reckoning.window), "window"),
        ((1..=DAYS_MAX).contains(&reckoning.maximum_cover_days.into()), "maximum_cover_days"),
        (reckoning.near.0.iter().all(|days| u32::from(*days) <= DAYS_MAX), "near"),
        (short([&settings.rep.name, &settings.rep.company, &settings.rep.phone, &settings.currency]), "a text"),
    ])
}

pub fn dispatch(dispatch: &Dispatch) -> Fault {
    first([(known(dispatch.on), "on")])
}

pub fn delivery(delivery: &Delivery) -> Fault {
    first([(known(delivery.on), "on")])
}

pub fn visit(visit: &Visit) -> Fault {
    let lines = &visit.lines;
    let basis = |line: &VisitLine| line.basis.is_none_or(|basis| units(basis.previous) && (0..=SUM_MAX).contains(&basis.ordered.0));
    first([
        (lines.len() <= LINES_MAX, "lines"),
        (lines.iter().all(|line| counted(line.count)), "count"),
        (lines.iter().all(basis), "basis"),
        (lines.iter().all(|line| line.lots.len() <= lots::LOTS_MAX && line.lots.iter().all(lot)), "lots"),
        (visit.terms.is_none_or(terms) && lines.iter().filter_map(|line| line.terms).all(line_terms), "terms"),
        (visit.notes.len() <= LINES_MAX && visit.notes.iter().all(note) && visit.closed_days <= 366, "notes or closed_days"),
        (visit.work.len() <= 3 * LINES_MAX && visit.work.iter().all(|work| units(work.units)), "work"),
        (known(visit.on) && known(visit.started.date()) && known(visit.finished.date()), "a date"),
        (short([&visit.agreed.promise, &visit.agreed.competitor, &visit.agreed.opinion]), "agreed"),
    ])
}

pub fn order(order: &Order) -> Fault {
    let lines = &order.lines;
    first([
        (lines.len() <= LINES_MAX, "lines"),
        (lines.iter().all(|line| packed(line.quantity) && units(line.free) && units(line.returned)), "quantity"),
        (
            lines.iter().all(|line| priced(line.prices) && line.list.is_none_or(priced) && line.amount.is_none_or(amount)),
            "prices or amount",
        ),
        (known(order.on) && known(order.expected_on) && known(order.taken.date()), "a date"),
        (short([&order.number]) && lines.iter().all(|line| line.note.len() <= TEXT_MAX), "number or note"),
    ])
}

fn first<const N: usize>(checks: [(bool, &'static str); N]) -> Fault {
    checks.into_iter().find(|(sound, _)| !sound).map(|(_, what)| what)
}

fn short<const N: usize>(texts: [&String; N]) -> bool {
    texts.into_iter().all(|text| text.len() <= TEXT_MAX)
}

fn units(units: Units) -> bool {
    (Units::ZERO..=Units::MAX).contains(&units)
}

fn packed(packed: Packed) -> bool {
    (0..=Units::MAX.0).contains(&packed.cases) && (0..=Units::MAX.0).contains(&packed.loose)
}

fn counted(count: Count) -> bool {
    units(count.front) && packed(count.back)
}

fn lot(lot: &CountedLot) -> bool {
    units(lot.front) && units(lot.back) && [lot.produced, lot.expires].into_iter().flatten().all(known)
}

fn terms(terms: Terms) -> bool {
    let days = |days: u16| u32::from(days) <= DAYS_MAX;
    (1..=WINDOW_MAX).contains(&terms.window)
        && terms.days_to_next >= 1
        && [terms.days_to_next, terms.lead_days, terms.maximum_cover_days].into_iter().all(days)
}

fn line_terms(terms: LineTerms) -> bool {
    let quantities = [terms.minimum_order, terms.minimum_display].into_iter().chain(terms.capacity);
    let days = terms.fresh_days.is_none_or(|days| days.unsigned_abs() <= DAYS_MAX);
    let ahead = terms.promotion.is_none_or(|ahead| u32::from(ahead.days) <= DAYS_MAX && (100..=1_000).contains(&ahead.uplift));
    quantities.into_iter().all(units) && days && ahead
}

fn note(note: &LineNote) -> bool {
    let quantities = [note.returned, note.written_off, note.other_source, note.unordered].into_iter().chain(note.previous_was);
    quantities.into_iter().all(units) && note.stockout_days <= 366 && note.stated.is_none_or(StatedRate::is_within)
}

fn priced(prices: Prices) -> bool {
    [prices.unit, prices.case].into_iter().flatten().all(|price| (Money::ZERO..=Money::MAX_PRICE).contains(&price))
}

/// The price of a line: at most the highest price for the largest quantity.
fn amount(amount: Money) -> bool {
    let highest = rust_decimal::Decimal::from_parts(0, 0, 1000, false, 0);
    amount.0.abs() <= highest
}

/// As far as four digits go: a date field takes the year 9999, and what a field took is never hidden from its rep.
fn known(date: NaiveDate) -> bool {
    (1900..=9999).contains(&date.year())
}
