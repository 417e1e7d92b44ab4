//! Lists and events from files: what is new, changed, the same or wrong, and that what was exported reads back as it was.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use chrono::{NaiveDate, Weekday};
use shelfwise::archive::cells::CellProblem;
use shelfwise::archive::columns::{ListKind, kind_of};
use shelfwise::archive::export;
use shelfwise::archive::judge::{self, JudgedCustomers, JudgedProducts, RowProblem};
use shelfwise::archive::judge_events::{self, JudgedEvents, Known};
use shelfwise::archive::mapping::{Mapping, guess};
use shelfwise::archive::record;
use shelfwise::archive::sheet::Sheet;
use shelfwise::domain::book::{Book, Record};
use shelfwise::domain::customer::{Customer, CustomerClass, FieldProblem};
use shelfwise::domain::events::Events;
use shelfwise::domain::id::{CustomerId, ProductId};
use shelfwise::domain::money::Money;
use shelfwise::domain::product::{Product, ShelfLife};
use shelfwise::domain::quantity::Units;
use shelfwise::domain::stamp::{DeviceId, Envelope, Stamp};
use shelfwise::domain::text::TextProblem;
use shelfwise::domain::typed::NumberProblem;
use uuid::Uuid;

fn stamp() -> Stamp {
    Stamp::after(None, 1, DeviceId(1))
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()
}

fn read(text: &str, list: ListKind) -> (Sheet, Mapping) {
    let sheet = Sheet::read(text).unwrap();
    let mapping = guess(list.columns(), sheet.headers());
    (sheet, mapping)
}

fn customers(text: &str, book: &Book) -> JudgedCustomers {
    let (sheet, mapping) = read(text, ListKind::Customers);
    judge::customers(&sheet, &mapping, book)
}

fn products(text: &str, book: &Book) -> JudgedProducts {
    let (sheet, mapping) = read(text, ListKind::Products);
    judge::products(&sheet, &mapping, book)
}

fn orders(text: &str, book: &Book, events: &Events) -> JudgedEvents {
    let (sheet, mapping) = read(text, ListKind::Orders);
    judge_events::orders(&sheet, &mapping, &Known { book, events, today: today() }, &mut stamp)
}

fn counts(text: &str, book: &Book, events: &Events) -> JudgedEvents {
    let (sheet, mapping) = read(text, ListKind::Counts);
    judge_events::counts(&sheet, &mapping, &Known { book, events, today: today() }, &mut stamp)
}

fn take(book: &mut Book, shops: JudgedCustomers, goods: JudgedProducts) {
    let shops = shops.new.into_iter().enumerate().map(|(at, fields)| {
        let id = CustomerId(Uuid::from_u128(1000 + at as u128));
        Record::Customer(Customer {
            id,
            envelope: Envelope::first(stamp()),
            fields,
            created_on: today(),
            range: Vec::new(),
            merged_into: None,
        })
    });
    let goods = goods.new.into_iter().enumerate().map(|(at, fields)| {
        Record::Product(Product { id: ProductId(Uuid::from_u128(2000 + at as u128)), envelope: Envelope::first(stamp()), fields })
    });
    book.apply(shops.chain(goods).collect::<Vec<_>>());
}

fn territory() -> Book {
    let mut book = Book::default();
    let shops = customers("编号,店名,电话,片区\nC1,惠民,138 0000 1111,东\nC2,好邻,,西\n,路边小店,13900002222,\n", &book);
    let goods =
        products("code,name,barcode,units per case,price\nP1,原味酸奶,6901234567892,12,4.5\nP2,\"冰红茶, \"\"500\"\"\",,15,3\n", &book);
    take(&mut book, shops, goods);
    book
}

#[test]
fn good_and_bad_rows_are_told_apart_with_line_and_reason() {
    let text = "code,name,area,route day,cycle\nC1,\"惠民, \"\"副食\"\"\",东,周二,14天\nC2,,东,,7\nC1,again,,,7\nC3,x,,Someday,7\nC4,y,,,0\n,无编号,,7,\n";
    let judged = customers(text, &Book::default());
    assert_eq!(judged.new.iter().map(|fields| fields.name.as_str()).collect::<Vec<_>>(), ["惠民, \"副食\"", "无编号"]);
    assert_eq!((judged.new[0].route_day, judged.new[0].cycle.days()), (Some(Weekday::Tue), 14));
    assert_eq!(judged.new[1].route_day, Some(Weekday::Sun));
    let bad: Vec<_> = judged.bad.into_iter().map(|bad| (bad.line, bad.problem)).collect();
    let field = |key: &str, problem| RowProblem::Field(key.to_owned(), problem);
    assert_eq!(
        bad,
        vec![
            (3, field("name", FieldProblem::Text(TextProblem::Empty))),
            (4, RowProblem::SameAsLine(2)),
            (5, RowProblem::Cell("route_day".to_owned(), CellProblem::UnknownWeekday)),
            (6, field("cycle", FieldProblem::Number(NumberProblem::TooSmall))),
        ]
    );
}

#[test]
fn units_per_case_zero_and_a_price_of_minus_one_are_bad_rows() {
    let judged = products("名称,编号,箱规,单价\n水,P1,12,\"￥1,234.50\"\n茶,P2,0,1\n奶,P3,12,-1\n糖,P4,一打,1\n", &Book::default());
    assert_eq!(judged.new[0].prices.unit, Some(Money("1234.5".parse().unwrap())));
    assert_eq!(judged.bad.iter().map(|bad| bad.line).collect::<Vec<_>>(), [3, 4, 5]);
    assert_eq!(judged.bad[1].problem, RowProblem::Field("unit_price".to_owned(), FieldProblem::Number(NumberProblem::Negative)));
}

#[test]
fn five_hundred_products_of_one_name_are_told_apart_by_their_codes_and_not_without() {
    let coded: String = (0..500).map(|at| format!("水,P{at}\n")).collect();
    assert_eq!(products(&format!("name,code\n{coded}"), &Book::default()).new.len(), 500);
    let judged = products(&format!("name\n{}", "水\n".repeat(500)), &Book::default());
    assert_eq!((judged.new.len(), judged.bad.len()), (1, 499));
    assert_eq!(judged.bad[0].problem, RowProblem::SameAsLine(2));
}

#[test]
fn the_same_file_again_changes_nothing_and_a_missing_column_keeps_its_field() {
    let book = territory();
    let again = customers("编号,店名,电话,片区\nC1,惠民,138 0000 1111,东\nC2,好邻,,西\n,路边小店,13900002222,\n", &book);
    assert_eq!((again.new.len(), again.changed.len(), again.asked.len(), again.unchanged), (0, 0, 0, 3));
    let renamed = customers("name,code\n惠民二店,C1\n", &book);
    assert_eq!((renamed.changed[0].1.name.as_str(), renamed.changed[0].1.area.as_str()), ("惠民二店", "东"));
}

#[test]
fn rows_without_code_match_by_name_and_phone_and_ask() {
    let book = territory();
    let judged = customers("店名,电话,片区\n惠民,13800001111,南\n惠 民,15000000000,南\n好邻,15000000000,西\n新店,,\n", &book);
    let asked: Vec<&str> = judged.asked.iter().map(|(known, _)| known.fields.code.as_str()).collect();
    assert_eq!(asked, ["C1", "C2"], "another phone is another shop; an unknown one may be the same");
    assert_eq!(judged.asked[0].1.code, "C1", "its code stays");
    assert_eq!(judged.new.iter().map(|fields| fields.name.as_str()).collect::<Vec<_>>(), ["惠 民", "新店"]);
    let goods = products("名称,条码,单价\n酸奶,6901234567892,5\n", &book);
    assert_eq!((goods.asked.len(), goods.asked[0].0.fields.code.as_str()), (1, "P1"), "the barcode says which it is");
}

#[test]
fn past_orders_become_events_with_returns_and_free_goods() {
    let book = territory();
    let text = "order,date,customer,product,quantity,price,free\n\
        A1,2026-11-01,C1,P1,30,4.25,2\nA1,2026-11-01,C1,P2,-15,3,\nA2,2026/11/2,好邻,6901234567892,7,,\n";
    let judged = orders(text, &book, &Events::default());
    assert_eq!((judged.rows, judged.new.orders.len(), judged.bad.len()), (3, 2, 0));
    let first = &judged.new.orders[0];
    assert_eq!((first.number.as_str(), first.lines.len(), first.total().amount), ("A1", 2, Money("82.5".parse().unwrap())));
    assert_eq!((first.lines[0].units(), first.lines[0].free, first.lines[0].net()), (Units(30), Units(2), 32));
    assert_eq!((first.lines[1].returned, first.lines[1].net()), (Units(15), -15));
    assert_eq!(judged.new.orders[1].lines[0].prices.unit, Some(Money("4.5".parse().unwrap())), "the list's price where the file has none");
}

#[test]
fn the_same_orders_again_are_unchanged_and_a_changed_row_is_a_correction() {
    let book = territory();
    let text = "order,date,customer,product,quantity,price\nA1,2026-11-01,C1,P1,30,4.25\nA1,2026-11-01,C1,P2,15,3\n";
    let events = orders(text, &book, &Events::default()).new;
    let again = orders(text, &book, &events);
    assert_eq!((again.rows, again.unchanged, again.new.orders.len()), (0, 2, 0));
    let changed = orders(&text.replace(",15,3", ",16,3"), &book, &events);
    assert_eq!((changed.corrections, changed.new.orders[0].corrects), (1, Some(events.orders[0].id)));
    assert_ne!(changed.new.orders[0].id, events.orders[0].id);
}

#[test]
fn unknown_shops_and_products_and_days_to_come_are_bad_rows() {
    let text = "date,customer,product,quantity\n2026-11-23,C1,P1,1\n2026-11-01,C9,P1,1\n2026-11-01,C1,P9,1\n2026-11-01,C1,P1,\nnever,C1,P1,1\n2026-11-01,C1,P1,2000000000\n";
    let judged = orders(text, &territory(), &Events::default());
    let problems: Vec<RowProblem> = judged.bad.into_iter().map(|bad| bad.problem).collect();
    let quantity = |problem| RowProblem::Cell("quantity".to_owned(), problem);
    assert_eq!(
        problems,
        vec![
            RowProblem::InTheFuture,
            RowProblem::UnknownCustomer("C9".into()),
            RowProblem::UnknownProduct("P9".into()),
            quantity(CellProblem::Empty),
            RowProblem::Cell("date".to_owned(), CellProblem::NotADate),
            quantity(CellProblem::TooLarge),
        ]
    );
    assert_eq!(counts(&text.replace("quantity", "front"), &territory(), &Events::default()).bad[0].problem, RowProblem::InTheFuture);
}

#[test]
fn past_counts_become_visits_and_never_write_over_a_count_made_in_the_app() {
    let book = territory();
    let text = "日期,客户,商品,前线,后线件数,后线散数\n2026-11-01,C1,P1,8,1,6\n2026-11-01,C1,P2,3,,\n2026-11-08,C1,P1,5,0,0\n";
    let judged = counts(text, &book, &Events::default());
    assert_eq!((judged.rows, judged.new.visits.len()), (3, 2));
    let line = &judged.new.visits[0].lines[0];
    assert_eq!(line.count.current(line.size), Some(Units(26)));
    let again = counts(text, &book, &judged.new);
    assert_eq!((again.rows, again.unchanged, again.bad.len()), (0, 3, 0));
    let other = counts(&text.replace("8,1,6", "9,1,6"), &book, &judged.new);
    assert_eq!((other.rows, other.unchanged, other.bad.len(), &other.bad[0].problem), (0, 2, 1, &RowProblem::AlreadyCounted));
}

#[test]
fn what_was_exported_reads_back_as_it_was_in_both_languages() {
    let mut book = territory();
    let hostile = "code,name,note,class,route day,cycle,lead days,back stock,phone,opening hours,status\n\
        C9,=HYPERLINK(\"\"x\"\"),\"two\nlines, and \"\"quotes\"\"\",甲类,Fri,10,3,no,+86 10 1234,7:00-22:00,archived\n";
    let shops = customers(&hostile.replace("=HYPERLINK(\"\"x\"\")", "\"=HYPERLINK(\"\"x\"\")\""), &book);
    assert_eq!((shops.new[0].class, shops.new[0].archived), (Some(CustomerClass::A), true));
    let goods = products(
        "code,name,other name,unit,case,size,price,case price,shelf life,minimum order,front capacity,display order,barcode\nP9,@水,-x,瓶,箱,24,1.2345,28,12个月,24,36,5,0012345678905\n",
        &book,
    );
    assert_eq!(goods.new[0].shelf_life, Some(ShelfLife::Months(12)));
    for (at, fields) in shops.new.into_iter().enumerate() {
        let id = CustomerId(Uuid::from_u128(5000 + at as u128));
        book.apply([Record::Customer(Customer {
            id,
            envelope: Envelope::first(stamp()),
            fields,
            created_on: today(),
            range: Vec::new(),
            merged_into: None,
        })]);
    }
    for fields in goods.new {
        book.apply([Record::Product(Product { id: ProductId(Uuid::from_u128(6000)), envelope: Envelope::first(stamp()), fields })]);
    }
    let events = orders(
        "order,date,customer,product,quantity,price,free\nA1,2026-11-01,C1,P1,30,4.25,2\nA1,2026-11-01,C1,P2,-15,3,\n",
        &book,
        &Events::default(),
    )
    .new;
    let counted = counts("date,customer,product,front,back cases,back loose\n2026-11-01,C1,P1,8,1,6\n", &book, &Events::default()).new;
    for chinese in [true, false] {
        let text = export::customers(&book, chinese);
        assert!(text.starts_with('\u{feff}') && text.contains("\r\n"));
        let back = customers(&text, &book);
        assert_eq!((back.unchanged, back.new.len(), back.changed.len(), back.asked.len(), back.bad), (4, 0, 0, 0, vec![]), "{text}");
        let back = products(&export::products(&book, chinese), &book);
        assert_eq!((back.unchanged, back.new.len(), back.changed.len(), back.bad), (3, 0, 0, vec![]));
        let back = orders(&export::orders(&book, &events, chinese), &book, &events);
        assert_eq!((back.unchanged, back.rows, back.bad), (2, 0, vec![]));
        let back = counts(&export::counts(&book, &counted, chinese), &book, &counted);
        assert_eq!((back.unchanged, back.rows, back.bad), (1, 0, vec![]));
    }
}

#[test]
fn every_exported_header_is_recognised_and_says_which_list_it_is() {
    for list in [ListKind::Customers, ListKind::Products, ListKind::Orders, ListKind::Counts] {
        for chinese in [true, false] {
            let headers: Vec<String> = export::headers(list, chinese).iter().map(|header| (*header).to_owned()).collect();
            // The names at the end of a list of events are for a reader; reading it back goes by what stands before them.
            let names = if matches!(list, ListKind::Orders | ListKind::Counts) { 2 } else { 0 };
            let mapping = guess(list.columns(), &headers);
            assert_eq!(mapping.found(), headers.len() - names, "{headers:?}");
            assert!(mapping.0.iter().flatten().all(|at| *at < headers.len() - names), "{headers:?}");
            assert_eq!(kind_of(&headers), Some(list), "{headers:?}");
        }
    }
}

#[test]
fn orders_taken_and_counts_made_in_the_app_read_back_unchanged() {
    let book = territory();
    let mut events =
        orders("order,date,customer,product,quantity,price,free\nA1,2026-11-01,C1,P1,30,4.25,2\n", &book, &Events::default()).new;
    events.orders[0].channel = shelfwise::domain::order::Channel::Visit;
    events.visits = counts("date,customer,product,front\n2026-11-01,C1,P1,8\n", &book, &Events::default()).new.visits;
    events.visits[0].id = shelfwise::domain::id::VisitId(Uuid::from_u128(77));
    let text = export::orders(&book, &events, true);
    let back = orders(&text, &book, &events);
    assert_eq!((back.unchanged, back.rows, back.bad.len()), (1, 0, 0));
    let back = counts(&export::counts(&book, &events, true), &book, &events);
    assert_eq!((back.unchanged, back.rows, back.bad.len()), (1, 0, 0));
    let other = orders(&text.replace(",30,", ",31,"), &book, &events);
    assert_eq!((other.rows, &other.bad[0].problem), (0, &RowProblem::TakenInApp));
}

#[test]
fn an_event_has_no_more_lines_than_are_read_back() {
    let book = territory();
    let rows: String = (0..20_010).map(|at| format!("A1,2026-11-01,C1,P1,{at}\n")).collect();
    let judged = orders(&format!("order,date,customer,product,quantity\n{rows}"), &book, &Events::default());
    assert_eq!((judged.new.orders.len(), judged.rows, judged.bad.len()), (1, 20_000, 10));
    assert_eq!(judged.bad[0].problem, RowProblem::Cell("quantity".to_owned(), CellProblem::TooLarge));
    let rows: String = (0..20_010).map(|at| format!("2026-11-01,C1,P1,{at}\n")).collect();
    let text = format!("date,customer,product,front\n{rows}");
    let judged = counts(&text, &book, &Events::default());
    assert_eq!((judged.new.visits.len(), judged.rows, judged.bad.len()), (1, 20_000, 10));
    let written = judged.new.orders.into_iter().map(Record::Order).chain(judged.new.visits.iter().cloned().map(Record::Visit));
    for record in written {
        let row = record::encode(&record).unwrap();
        assert_eq!(record::decode(row.kind, &row.body), Ok(record));
    }
}
