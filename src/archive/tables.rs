//! Everything as tables in a zip, for people without the app: the lists that can be imported again, the visits, and a note on what is what.

use super::columns::ListKind;
use super::export;
use super::sheet_writer::{Cell, SheetWriter};
use crate::domain::book::Book;
use crate::domain::events::Events;
use crate::domain::visit::{Outcome, Visit};
use chrono::{Datelike, NaiveDateTime, Timelike};
use std::io::{Cursor, Write};
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// The bytes of the zip. `own` are the lists to write, `all` knows every name; `at` is the local time in the zip.
pub fn zip(own: &Book, all: &Book, events: &Events, at: NaiveDateTime, chinese: bool) -> Result<Vec<u8>, ZipError> {
    let files = [
        ("customers.csv", export::customers(own, chinese)),
        ("products.csv", export::products(own, chinese)),
        ("visits.csv", visits(all, events, chinese)),
        ("counts.csv", export::counts(all, events, chinese)),
        ("orders.csv", export::orders(all, events, chinese)),
        ("README.txt", readme(chinese, at)),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).last_modified_time(written(at));
    for (name, text) in files {
        zip.start_file(name, options)?;
        zip.write_all(text.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

/// A zip knows the years 1980 to 2107.
fn written(at: NaiveDateTime) -> DateTime {
    let part = |value: u32| u8::try_from(value).unwrap_or_default();
    let year = u16::try_from(at.year()).unwrap_or_default();
    DateTime::from_date_and_time(year, part(at.month()), part(at.day()), part(at.hour()), part(at.minute()), part(at.second()))
        .unwrap_or_default()
}

/// One row a visit that stands.
fn visits(book: &Book, events: &Events, chinese: bool) -> String {
    let headers: &[&str] = if chinese {
        &["日期", "店号", "店名", "结果", "开始", "结束", "分钟", "点了几品", "承诺", "承诺期限", "下次拜访", "竞品", "意见"]
    } else {
        &[
            "date",
            "shop code",
            "shop",
            "outcome",
            "started",
            "finished",
            "minutes",
            "lines counted",
            "promise",
            "promise due",
            "next visit",
            "competitor",
            "opinion",
        ]
    };
    let mut writer = SheetWriter::new(headers);
    for visit in &events.visits {
        let shop = book.customer(visit.customer);
        let (code, name) = shop.map(|shop| (shop.fields.code.as_str(), shop.fields.name.as_str())).unwrap_or_default();
        let optional = |text: Option<String>| text.map_or(Cell::Empty, Cell::Owned);
        writer.row([
            Cell::Owned(visit.on.to_string()),
            Cell::Text(code),
            Cell::Text(name),
            Cell::Text(outcome(visit, chinese)),
            Cell::Owned(visit.started.to_string()),
            Cell::Owned(visit.finished.to_string()),
            Cell::Whole(i64::from(visit.spent / 60)),
            Cell::Whole(i64::try_from(visit.lines.len()).unwrap_or(i64::MAX)),
            Cell::Text(&visit.agreed.promise),
            optional(visit.agreed.promise_due.map(|due| due.to_string())),
            optional(visit.agreed.next_on.map(|on| on.to_string())),
            Cell::Text(&visit.agreed.competitor),
            Cell::Text(&visit.agreed.opinion),
        ]);
    }
    writer.finish()
}

fn outcome(visit: &Visit, chinese: bool) -> &'static str {
    match (visit.outcome, chinese) {
        (Outcome::Made, true) => "拜访了",
        (Outcome::Made, false) => "made",
        (Outcome::Closed, true) => "关门",
        (Outcome::Closed, false) => "closed",
        (_, true) => "没成",
        (_, false) => "not made",
    }
}

fn readme(chinese: bool, at: NaiveDateTime) -> String {
    let lists = [ListKind::Customers, ListKind::Products, ListKind::Orders, ListKind::Counts].len();
    if chinese {
        format!(
            "架上有数：{at} 导出的表格\r\n\r\ncustomers.csv  客户名单\r\nproducts.csv   商品名单\r\nvisits.csv     每次拜访一行\r\ncounts.csv     每次盘点，一行一品，单位为最小销售单位和件\r\norders.csv     每张订单，一行一品\r\n\r\n编码是 UTF-8，用表格软件打开即可。除 visits.csv 外的 {lists} 张表都能再导入。表格里没有示范数据，也没有打了一半的内容；要全部带走，请用备份。\r\n"
        )
    } else {
        format!(
            "Shelfwise: tables exported {at}\r\n\r\ncustomers.csv  shops\r\nproducts.csv   products\r\nvisits.csv     one row a visit\r\ncounts.csv     one row a product counted, in units and cases\r\norders.csv     one row a product ordered\r\n\r\nUTF-8; any spreadsheet opens them. All {lists} but visits.csv can be imported again. Demonstration data and half-typed entries are not in them: to take everything along, use the backup.\r\n"
        )
    }
}
