//! Lists: exported ones broken in one place, and made-up ones; read and judged as `errand::reading` and `errand::import` do.

use crate::dice::{Dice, Due, batter, in_utf16};
use chrono::NaiveDate;
use shelfwise::archive::backup::{Reader, open};
use shelfwise::archive::columns::{self, ListKind};
use shelfwise::archive::encoding::{self, Encoding};
use shelfwise::archive::judge;
use shelfwise::archive::judge_events::{self, Known};
use shelfwise::archive::mapping::guess;
use shelfwise::archive::sheet::{FileProblem, MAX_BYTES, MAX_CELL, MAX_COLUMNS, MAX_ROWS, Sheet};
use shelfwise::archive::{export, record};
use shelfwise::domain::book::{Book, Record};
use shelfwise::domain::customer::{Customer, CustomerFields};
use shelfwise::domain::events::Events;
use shelfwise::domain::id::{CustomerId, ProductId};
use shelfwise::domain::product::{Product, ProductFields};
use shelfwise::domain::stamp::{DeviceId, Envelope, Stamp};
use std::sync::LazyLock;
use uuid::Uuid;

const LISTS: [ListKind; 4] = [ListKind::Customers, ListKind::Products, ListKind::Orders, ListKind::Counts];

struct Here {
    book: Book,
    events: Events,
    /// Exported lists, in both languages.
    lists: Vec<(ListKind, String)>,
    payloads: Vec<String>,
}

/// What is on the device: a golden backup.
static HERE: LazyLock<Here> = LazyLock::new(|| {
    let file = include_str!("../golden-backups/2.json");
    let data = open(file).unwrap().data;
    let (mut book, mut events) = (Book::default(), Events::default());
    let mut reader = Reader::new(data);
    while let Some(entry) = reader.next().unwrap() {
        let Some(kind) = entry.place.kind().filter(|_| entry.readable) else { continue };
        match record::decode(kind, entry.text(data)).unwrap() {
            Record::Visit(visit) => events.visits.push(visit),
            Record::Order(order) => events.orders.push(order),
            Record::Delivery(delivery) => events.deliveries.push(delivery),
            record => book.apply([record]),
        }
    }
    let mut lists = Vec::new();
    for chinese in [true, false] {
        lists.push((ListKind::Customers, export::customers(&book, chinese)));
        lists.push((ListKind::Products, export::products(&book, chinese)));
        lists.push((ListKind::Orders, export::orders(&book, &events, chinese)));
        lists.push((ListKind::Counts, export::counts(&book, &events, chinese)));
    }
    let payloads: Vec<serde_json::Value> = serde_json::from_str(include_str!("../hostile/payloads.json")).unwrap();
    let payloads = payloads.iter().map(|payload| payload["text"].as_str().unwrap().to_owned()).collect();
    Here { book, events, lists, payloads }
});

/// As a browser's `TextDecoder` does; of GB18030 the form alone, since what a pair means makes no difference here.
fn decode(bytes: &[u8], encoding: Encoding) -> String {
    let units = |read: fn([u8; 2]) -> u16| -> String {
        let units: Vec<u16> = bytes.chunks(2).map(|pair| <[u8; 2]>::try_from(pair).map_or(0xFFFD, read)).collect();
        String::from_utf16_lossy(&units)
    };
    let text = match encoding {
        Encoding::Utf8 => String::from_utf8_lossy(bytes).into_owned(),
        Encoding::Utf16Le => units(u16::from_le_bytes),
        Encoding::Utf16Be => units(u16::from_be_bytes),
        Encoding::Gb18030 => {
            let (mut text, mut rest) = (String::new(), bytes);
            loop {
                rest = match rest {
                    [] => break,
                    [ascii @ 0..=0x7F, rest @ ..] => {
                        text.push(char::from(*ascii));
                        rest
                    }
                    [_, b'0'..=b'9', _, _, rest @ ..] => {
                        text.push('\u{20BB7}');
                        rest
                    }
                    [lead, trail, rest @ ..] => {
                        text.push(char::from_u32(0x4E00 + u32::from(*lead) * 64 + u32::from(*trail) % 64).unwrap());
                        rest
                    }
                    [_] => {
                        text.push('\u{FFFD}');
                        break;
                    }
                };
            }
            text
        }
    };
    text.strip_prefix('\u{feff}').map_or(text.clone(), str::to_owned)
}

/// Reads and judges a file; then what importing it would write has to read back. One of whose rows none is good is refused.
pub fn read(bytes: &[u8]) -> Result<bool, String> {
    let Ok(sheet) = sheet(bytes) else { return Ok(false) };
    let here = &*HERE;
    let guessed = columns::kind_of(sheet.headers());
    let today = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
    let known = Known { book: &here.book, events: &here.events, today };
    let mut is_taken = false;
    for list in LISTS.into_iter().filter(|list| guessed.is_none_or(|guessed| guessed == *list)) {
        let mapping = guess(list.columns(), sheet.headers());
        let (good, records) = match list {
            ListKind::Customers => {
                let judged = judge::customers(&sheet, &mapping, &here.book);
                let fields = judged.new.into_iter().chain(judged.changed.into_iter().chain(judged.asked).map(|(_, fields)| fields));
                let records: Vec<Record> = fields.map(shop).collect();
                (judged.unchanged + records.len(), records)
            }
            ListKind::Products => {
                let judged = judge::products(&sheet, &mapping, &here.book);
                let fields = judged.new.into_iter().chain(judged.changed.into_iter().chain(judged.asked).map(|(_, fields)| fields));
                let records: Vec<Record> = fields.map(product).collect();
                (judged.unchanged + records.len(), records)
            }
            ListKind::Orders | ListKind::Counts => {
                let judged = if list == ListKind::Orders {
                    judge_events::orders(&sheet, &mapping, &known, &mut stamp)
                } else {
                    judge_events::counts(&sheet, &mapping, &known, &mut stamp)
                };
                let orders = judged.new.orders.into_iter().map(Record::Order);
                let records: Vec<Record> = orders.chain(judged.new.visits.into_iter().map(Record::Visit)).collect();
                (judged.rows + judged.unchanged, records)
            }
        };
        is_taken |= good > 0;
        for record in records {
            let row = record::encode(&record).map_err(|why| format!("judged good and not written: {why}"))?;
            match record::decode(row.kind, &row.body) {
                Ok(back) if back == record => {}
                other => return Err(format!("written and not read back: {other:.300?}")),
            }
        }
    }
    Ok(is_taken)
}

fn sheet(bytes: &[u8]) -> Result<Sheet, FileProblem> {
    if bytes.len() > MAX_BYTES {
        return Err(FileProblem::TooLarge);
    }
    let encoding = encoding::sniff(bytes)?;
    let text = decode(bytes, encoding);
    if encoding::looks_garbled(&text) {
        return Err(FileProblem::NotText);
    }
    Sheet::read(&text)
}

fn stamp() -> Stamp {
    Stamp::after(None, 1, DeviceId(1))
}

fn shop(fields: CustomerFields) -> Record {
    let created_on = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
    let id = CustomerId(Uuid::from_u128(1));
    Record::Customer(Customer { id, envelope: Envelope::first(stamp()), fields, created_on, range: Vec::new(), merged_into: None })
}

fn product(fields: ProductFields) -> Record {
    Record::Product(Product { id: ProductId(Uuid::from_u128(1)), envelope: Envelope::first(stamp()), fields })
}

pub fn make(dice: &mut Dice) -> (Vec<u8>, Due) {
    let here = &*HERE;
    let (list, text) = &here.lists[dice.below(here.lists.len())];
    match dice.below(16) {
        // Exported, and saved again by another program: other cells' separators, line ends, encodings.
        0 | 1 => {
            let mut text = text.clone();
            if dice.once_in(2) {
                text = text.replace("\r\n", dice.one_of(&["\n", "\r", "\r\n\r\n", "\n \n"]));
            }
            if dice.once_in(2) {
                text = text.trim_start_matches('\u{feff}').to_owned();
            }
            if dice.once_in(3) {
                text = format!("sep=,\r\n{}", text.trim_start_matches('\u{feff}'));
            }
            (text.into_bytes(), Due::Taken)
        }
        2 => (in_utf16(text, dice), Due::Either),
        3..=6 => {
            let mut bytes = text.clone().into_bytes();
            batter(&mut bytes, dice);
            (bytes, Due::Either)
        }
        7 => {
            // Chinese Windows, as far as bytes go.
            let mut bytes = b"\xC3\xFB\xB3\xC6,\xB1\xE0\xC2\xEB\r\n".to_vec();
            for _ in 0..1 + dice.below(400) {
                bytes.extend_from_slice(
                    [b"\xBB\xDD\xC3\xF1\xD2\xBB\xB5\xEA,C1\r\n".as_slice(), b"\x86\xB4,\x95\x34\xB2\x35\r\n"][dice.below(2)],
                );
            }
            batter(&mut bytes, dice);
            (bytes, Due::Either)
        }
        8 => monster(dice),
        9 => (nothing(dice), Due::Refused),
        _ => (rows(*list, text, dice).into_bytes(), Due::Either),
    }
}

/// Cells of an exported list changed for what nobody should type.
fn rows(list: ListKind, text: &str, dice: &mut Dice) -> String {
    let here = &*HERE;
    let chinese = text.contains("名称") || text.contains("日期");
    let headers = export::headers(list, chinese);
    let comma = [",", ";", "\t"][dice.below(3)];
    let mut out = headers.join(comma) + "\n";
    let real: Vec<&str> = text.lines().skip(1).collect();
    for _ in 0..1 + dice.below(12) {
        if dice.once_in(3) && comma == "," && !real.is_empty() {
            out += real[dice.below(real.len())];
        } else {
            let cells: Vec<String> = headers
                .iter()
                .map(|_| {
                    let cell = match dice.below(6) {
                        0 => here.payloads[dice.below(here.payloads.len())].clone(),
                        1 => FIGURES[dice.below(FIGURES.len())].to_owned(),
                        2 => DATES[dice.below(DATES.len())].to_owned(),
                        3 => ["C0128", "C0101", "P1", "惠民", "惠民副食·建设路店"][dice.below(5)].to_owned(),
                        4 => String::new(),
                        _ => here.payloads[dice.below(here.payloads.len())].chars().take(40).collect(),
                    };
                    if dice.once_in(3) { cell } else { format!("\"{}\"", cell.replace('"', "\"\"")) }
                })
                .collect();
            out += &cells.join(comma);
        }
        out += ["\n", "\r\n", "\r", "\n\n"][dice.below(4)];
    }
    out
}

const FIGURES: [&str; 24] = [
    "0",
    "-1",
    "1e999",
    "NaN",
    "Infinity",
    "1,234",
    "1.234,5",
    "(12)",
    "12-",
    "--1",
    "１２",
    "½",
    "٣",
    "0x10",
    "1000000000",
    "1000000001",
    "99999999999999999999999999999999999",
    "0.00001",
    "￥12",
    "12个月",
    "4294967295周",
    "500ml*24",
    "9007199254740993",
    "-0",
];

const DATES: [&str; 16] = [
    "2026-11-01",
    "2026/2/30",
    "1/2/3",
    "99999999",
    "20261122",
    "0000-00-00",
    "262143-12-31",
    "2026年11月1日",
    "1900-01-01",
    "2199-12-31",
    "2026-11-01T25:00",
    "+6m",
    "46000",
    "周二",
    "10000000000000000",
    "2026-11-01 00:00:00.000+08:00",
];

/// What is no list at all.
fn nothing(dice: &mut Dice) -> Vec<u8> {
    let size = 1 + dice.below(5_000);
    match dice.below(9) {
        0 => Vec::new(),
        1 => b"PK\x03\x04".repeat(size),
        2 => b"\x1F\x8B\x08\0\0\0\0\0".repeat(size),
        3 => vec![0; size],
        4 => b"\xEF\xBB\xBF".repeat(size),
        5 => b"\r\n , ,\n".repeat(size),
        6 => b"<html><table><tr><td>".repeat(size),
        7 => [b"a,b\n".as_slice(), &vec![0xFF; size]].concat(),
        _ => b"%PDF-1.7\n".repeat(size),
    }
}

/// Beyond a limit, just within it, or made to take time.
fn monster(dice: &mut Dice) -> (Vec<u8>, Due) {
    // Files near the limits are large: few of them.
    let large = dice.once_in(8);
    let (text, due) = match dice.below(12) {
        0 if large => (format!("名称,编号\n{}", "水,1\n".repeat(MAX_ROWS + 1)), Due::Refused),
        1 if large => ("a,b\n1,2\n".repeat(MAX_BYTES / 8 + 1), Due::Refused),
        2 if large => (format!("名称\n{}", "水\n".repeat(MAX_ROWS)), Due::Taken),
        3 => (format!("a,b\n{}\n", ",".repeat(MAX_COLUMNS + dice.below(100_000))), Due::Refused),
        4 => (format!("名称,备注\n水,{}\n", "x".repeat(MAX_CELL + 1 + dice.below(100_000))), Due::Refused),
        5 => (format!("名称,备注\n水,\"{}", "x,\n".repeat(20_000 + dice.below(100_000))), Due::Refused),
        6 => (format!("名称,编号\n水,1\n{}\0\n", "茶,2\n".repeat(dice.below(1_000))), Due::Refused),
        7 => (format!("名称,备注\n水,{}\n", "\"\"".repeat(dice.below(20_000))), Due::Either),
        8 => (format!("{}\n水\n", "名称,".repeat(MAX_COLUMNS - 1)), Due::Either),
        9 => ("\"".repeat(1 + dice.below(100_000)), Due::Either),
        10 => (format!("date,customer,product,front\n{}", "2026-11-01,C0128,P1,1\n".repeat(dice.below(5_000))), Due::Either),
        _ => (format!("name\n{}\n", "\u{301}".repeat(dice.below(MAX_CELL))), Due::Either),
    };
    (text.into_bytes(), due)
}
