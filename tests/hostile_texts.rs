//! Some hundreds of texts that broke other programs, in every text of every record: each list that goes out is safe to open in a
//! spreadsheet, and comes back as it was. The same texts are typed into the app end to end.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use chrono::NaiveDate;
use shelfwise::archive::columns::ListKind;
use shelfwise::archive::judge::{self, Judged};
use shelfwise::archive::judge_events::{self, Known};
use shelfwise::archive::mapping::guess;
use shelfwise::archive::record;
use shelfwise::archive::sheet::Sheet;
use shelfwise::archive::sheet_writer::{Cell, SheetWriter};
use shelfwise::archive::{export, tables};
use shelfwise::domain::book::{Book, Record};
use shelfwise::domain::count::Count;
use shelfwise::domain::customer::{Customer, CustomerFields};
use shelfwise::domain::events::Events;
use shelfwise::domain::factor::Factor;
use shelfwise::domain::id::{CustomerId, OrderId, ProductId, VisitId};
use shelfwise::domain::money::Prices;
use shelfwise::domain::order::{Channel, Order, OrderLine};
use shelfwise::domain::product::{Product, ProductFields};
use shelfwise::domain::quantity::{PackSize, Packed, Units};
use shelfwise::domain::stamp::{DeviceId, Envelope, Stamp};
use shelfwise::domain::text::{self, LONG_MAX, NAME_MAX, SHORT_MAX};
use shelfwise::domain::visit::{Agreed, Outcome, Visit, VisitLine};
use std::collections::BTreeSet;
use std::io::Read;
use uuid::Uuid;

#[derive(serde::Deserialize)]
struct Payload {
    id: String,
    text: String,
}

fn payloads() -> Vec<Payload> {
    serde_json::from_str(include_str!("hostile/payloads.json")).unwrap()
}

fn stamp() -> Stamp {
    Stamp::after(None, 1, DeviceId(1))
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()
}

/// As a form keeps it: one line, at most `max` characters; never empty where a name is needed.
fn typed(raw: &str, max: usize) -> String {
    let cut: String = text::line(raw, usize::MAX).unwrap().chars().take(max).collect();
    text::line(&cut, max).unwrap()
}

fn named(raw: &str) -> String {
    let name = typed(raw, NAME_MAX);
    if name.is_empty() { "-".to_owned() } else { name }
}

/// A shop, a product and what happened there for every text. `raw`: as only a file could have brought it, not as a form keeps it.
fn records(raw: bool) -> Vec<Record> {
    let keep = |text: &str, max: usize| if raw { text.to_owned() } else { typed(text, max) };
    let name = |text: &str| if raw && !text.trim().is_empty() { text.to_owned() } else { named(text) };
    let mut records = Vec::new();
    for (at, Payload { text, .. }) in payloads().iter().enumerate() {
        let at = at as u128;
        let (shop, product) = (CustomerId(Uuid::from_u128(10_000 + at)), ProductId(Uuid::from_u128(20_000 + at)));
        let envelope = Envelope::first(stamp());
        let short = keep(text, SHORT_MAX);
        records.push(Record::Customer(Customer {
            id: shop,
            envelope,
            fields: CustomerFields {
                code: format!("C{at}"),
                area: short.clone(),
                address: keep(text, LONG_MAX),
                phone: short.clone(),
                contact: short.clone(),
                salutation: short.clone(),
                opening_hours: short.clone(),
                note: keep(text, LONG_MAX),
                ..CustomerFields::named(name(text))
            },
            created_on: today(),
            range: Vec::new(),
            merged_into: None,
        }));
        records.push(Record::Product(Product {
            id: product,
            envelope,
            fields: ProductFields {
                code: format!("P{at}"),
                other_name: keep(text, NAME_MAX),
                barcode: short.clone(),
                unit: keep(text, 8),
                case: keep(text, 8),
                ..ProductFields::named(name(text))
            },
        }));
        let size = PackSize::new(12).unwrap();
        let line = OrderLine {
            product,
            quantity: Packed { cases: 1, loose: 2 },
            free: Units(1),
            returned: Units::ZERO,
            size,
            prices: Prices { unit: None, case: None },
            list: None,
            amount: None,
            suggested: None,
            reason: None,
            deal: None,
            note: keep(text, LONG_MAX),
        };
        records.push(Record::Order(Order {
            id: OrderId(Uuid::from_u128(30_000 + at)),
            envelope,
            customer: shop,
            number: short,
            visit: None,
            channel: Channel::Visit,
            on: today(),
            taken: today().and_hms_opt(12, 0, 0).unwrap(),
            expected_on: today(),
            corrects: None,
            lines: vec![line],
        }));
        let count = Count { front: Units(3), back: Packed { cases: 1, loose: 0 } };
        records.push(Record::Visit(Visit {
            id: VisitId(Uuid::from_u128(40_000 + at)),
            envelope,
            customer: shop,
            on: today(),
            started: today().and_hms_opt(12, 0, 0).unwrap(),
            finished: today().and_hms_opt(12, 5, 0).unwrap(),
            spent: 60,
            outcome: Outcome::Made,
            corrects: None,
            factor: Factor::RULE,
            terms: None,
            lines: vec![VisitLine { product, count, size, basis: None, lots: Vec::new(), terms: None }],
            notes: Vec::new(),
            closed_days: 0,
            range: 1,
            order: None,
            shelf: BTreeSet::new(),
            work: Vec::new(),
            taught: BTreeSet::new(),
            agreed: Agreed {
                promise: keep(text, LONG_MAX),
                competitor: keep(text, LONG_MAX),
                opinion: keep(text, LONG_MAX),
                ..Agreed::default()
            },
        }));
    }
    records
}

fn shelves(raw: bool) -> (Book, Events) {
    let (mut book, mut events) = (Book::default(), Events::default());
    for record in records(raw) {
        match record {
            Record::Order(order) => events.orders.push(order),
            Record::Visit(visit) => events.visits.push(visit),
            record => book.apply([record]),
        }
    }
    (book, events)
}

/// Every cell of a CSV file as another program cuts them.
fn cells(csv: &str) -> Vec<Vec<String>> {
    let text = csv.strip_prefix('\u{feff}').expect("a mark at the start, or Excel takes it for another encoding");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// The signs a formula begins with, half and full width and small, spelled out once more.
const SIGNS: [char; 17] = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '﹦', '﹢', '﹣', '﹫', '−', '\t', '\r', '\n', '\0'];

fn assert_safe(csv: &str, what: &str) {
    for (row, line) in cells(csv).iter().enumerate() {
        for cell in line {
            // Our own numbers may be negative: a number is no formula.
            let is_number = cell.parse::<rust_decimal::Decimal>().is_ok();
            assert!(is_number || !cell.starts_with(SIGNS), "{what}, row {row}: {cell:?}");
            let is_dropped = |c: char| c.is_whitespace() || c.is_control() || text::is_invisible(c) || c == '"';
            let shown = cell.trim_start_matches(is_dropped);
            assert!(is_number || !shown.starts_with(SIGNS), "{what}, row {row}: {cell:?} behind what is dropped");
        }
    }
}

#[test]
fn there_are_enough_of_them_and_each_has_a_name_of_its_own() {
    let all = payloads();
    assert!(all.len() >= 200, "{}", all.len());
    let ids: BTreeSet<&str> = all.iter().map(|payload| payload.id.as_str()).collect();
    let texts: BTreeSet<&str> = all.iter().map(|payload| payload.text.as_str()).collect();
    assert_eq!((ids.len(), texts.len()), (all.len(), all.len()));
}

#[test]
fn a_sheet_of_them_is_safe_and_comes_back_as_it_was() {
    let all = payloads();
    let mut writer = SheetWriter::new(&["id", "text", "again"]);
    for Payload { id, text } in &all {
        writer.row([Cell::Text(id), Cell::Text(text), Cell::Text(text)]);
    }
    let csv = writer.finish();
    assert_safe(&csv, "sheet");
    // No file of ours holds a zero byte, and none longer than a cell is read: both are left out of what has to come back.
    let mut writer = SheetWriter::new(&["id", "text", "again"]);
    let whole: Vec<&Payload> = all.iter().filter(|payload| payload.text.chars().count() < 10_000).collect();
    for Payload { id, text } in &whole {
        writer.row([Cell::Text(id), Cell::Text(text), Cell::Text(text)]);
    }
    let sheet = Sheet::read(&writer.finish()).unwrap();
    assert_eq!(sheet.len(), whole.len());
    for (row, Payload { id, text }) in sheet.rows().zip(whole) {
        let text = text.replace('\0', "");
        assert_eq!((row.cell(0), row.cell(1), row.cell(2)), (id.as_str(), text.as_str(), text.as_str()));
    }
}

#[test]
fn every_list_and_table_is_safe_whatever_a_file_brought_into_the_records() {
    for raw in [false, true] {
        let (book, events) = shelves(raw);
        for chinese in [true, false] {
            assert_safe(&export::customers(&book, chinese), "customers");
            assert_safe(&export::products(&book, chinese), "products");
            assert_safe(&export::orders(&book, &events, chinese), "orders");
            assert_safe(&export::counts(&book, &events, chinese), "counts");
            let now = today().and_hms_opt(18, 0, 0).unwrap();
            let zip = tables::zip(&book, &book, &events, now, chinese).unwrap();
            let mut zip = zip::ZipArchive::new(std::io::Cursor::new(zip)).unwrap();
            let mut tables = 0;
            for at in 0..zip.len() {
                let mut file = zip.by_index(at).unwrap();
                let name = file.name().unwrap().into_owned();
                assert!(name.chars().all(|c| c.is_ascii_alphanumeric() || c == '.'), "{name}");
                let mut text = String::new();
                file.read_to_string(&mut text).unwrap();
                if name.ends_with(".csv") {
                    assert_safe(&text, &name);
                    tables += 1;
                }
            }
            assert_eq!(tables, 5);
        }
    }
}

fn unchanged<R, F>(judged: &Judged<R, F>) -> (usize, usize) {
    (judged.unchanged, judged.new.len() + judged.changed.len() + judged.asked.len() + judged.bad.len())
}

#[test]
fn every_list_reads_back_as_it_was_typed() {
    let (book, events) = shelves(false);
    let all = payloads().len();
    for chinese in [true, false] {
        let read = |csv: &str, list: ListKind| {
            let sheet = Sheet::read(csv).unwrap();
            let mapping = guess(list.columns(), sheet.headers());
            (sheet, mapping)
        };
        let (sheet, mapping) = read(&export::customers(&book, chinese), ListKind::Customers);
        assert_eq!(unchanged(&judge::customers(&sheet, &mapping, &book)), (all, 0));
        let (sheet, mapping) = read(&export::products(&book, chinese), ListKind::Products);
        assert_eq!(unchanged(&judge::products(&sheet, &mapping, &book)), (all, 0));
        let known = Known { book: &book, events: &events, today: today() };
        let (sheet, mapping) = read(&export::orders(&book, &events, chinese), ListKind::Orders);
        let judged = judge_events::orders(&sheet, &mapping, &known, &mut stamp);
        assert_eq!((judged.unchanged, judged.rows, judged.bad), (all, 0, vec![]));
        let (sheet, mapping) = read(&export::counts(&book, &events, chinese), ListKind::Counts);
        let judged = judge_events::counts(&sheet, &mapping, &known, &mut stamp);
        assert_eq!((judged.unchanged, judged.rows, judged.bad), (all, 0, vec![]));
    }
}

#[test]
fn every_record_keeps_them_on_the_disk() {
    for raw in [false, true] {
        for record in records(raw) {
            let row = record::encode(&record).unwrap();
            assert_eq!(record::decode(row.kind, &row.body), Ok(record));
        }
    }
}
