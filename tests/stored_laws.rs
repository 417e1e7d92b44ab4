//! What stands in the database is read as warily as a file: a record that somebody changed there is set aside, never reckoned with, and
//! nothing is written that would not be read back.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

use chrono::NaiveDate;
use shelfwise::archive::record::{self, Kind, Unreadable};
use shelfwise::domain::book::Record;
use shelfwise::domain::customer::CustomerDraft;
use shelfwise::domain::draft::VisitDraft;
use shelfwise::domain::quantity::Units;

/// The newest golden text of a kind.
fn golden(kind: Kind) -> String {
    let name = match kind {
        Kind::Customer => "customer.v3",
        Kind::Product => "product.v3",
        Kind::Summary => "summary.v2",
        Kind::Settings => "settings.v3",
        Kind::Visit => "visit.v3",
        Kind::Order => "order.v2",
        Kind::Delivery => "delivery.v1",
        Kind::Dispatch => "dispatch.v1",
    };
    text(name)
}

fn text(name: &str) -> String {
    std::fs::read_to_string(format!("{}/tests/golden/{name}.json", env!("CARGO_MANIFEST_DIR"))).unwrap().trim().to_owned()
}

/// The value of a key becomes another; the first with that key.
fn changed(text: &str, key: &str, value: &str) -> String {
    let (before, rest) = text.split_once(&format!("\"{key}\":")).unwrap_or_else(|| panic!("{key} is not in {text}"));
    let mut parts = serde_json::Deserializer::from_str(rest).into_iter::<serde_json::Value>();
    parts.next().unwrap().unwrap();
    format!("{before}\"{key}\":{value}{}", &rest[parts.byte_offset()..])
}

fn why(kind: Kind, text: &str) -> String {
    match record::decode(kind, text) {
        Err(Unreadable::Malformed(why)) => why,
        other => panic!("{text}: {other:?}"),
    }
}

#[test]
fn a_stored_value_out_of_range_sets_its_record_aside() {
    let long = format!("\"{}\"", "x".repeat(16_385));
    for (kind, key, value, field) in [
        (Kind::Customer, "name", "\" \"", "name or another text"),
        (Kind::Customer, "note", long.as_str(), "name or another text"),
        (Kind::Customer, "lead_days", "367", "lead_days or wish_days"),
        (Kind::Customer, "created_on", "\"1800-01-01\"", "created_on"),
        (Kind::Product, "name", "\"\"", "name or another text"),
        (Kind::Product, "unit", long.as_str(), "name or another text"),
        (Kind::Product, "capacity", "-1", "minimum_display or capacity"),
        (Kind::Product, "minimum_order", "1000000001", "minimum_order or front_capacity"),
        (Kind::Product, "prices", "{\"unit\":\"10000001\",\"case\":null}", "prices"),
        (Kind::Product, "prices", "{\"unit\":\"-1\",\"case\":null}", "prices"),
        (Kind::Product, "delivery_age", "367", "delivery_age"),
        (Kind::Summary, "next_due", "\"0026-11-30\"", "a date"),
        (Kind::Settings, "window", "0", "window"),
        (Kind::Settings, "maximum_cover_days", "10001", "maximum_cover_days"),
        (Kind::Settings, "currency", long.as_str(), "a text"),
        (Kind::Visit, "front", "-1", "count"),
        (Kind::Visit, "on", "\"0001-01-01\"", "a date"),
        (Kind::Visit, "closed_days", "367", "notes or closed_days"),
        (Kind::Visit, "promise", long.as_str(), "agreed"),
        (Kind::Order, "free", "-1", "quantity"),
        (Kind::Order, "on", "\"0001-01-01\"", "a date"),
        (Kind::Order, "number", long.as_str(), "number or note"),
        (Kind::Delivery, "on", "\"0001-01-01\"", "on"),
        (Kind::Dispatch, "on", "\"0001-01-01\"", "on"),
    ] {
        let sound = golden(kind);
        assert!(record::decode(kind, &sound).is_ok());
        let text = changed(&sound, key, value);
        assert_eq!(why(kind, &text), format!("out of range: {field}"), "{kind:?} {key}");
        if !kind.is_event() {
            assert!(record::decode_held(kind, &text).is_err(), "{kind:?} {key}: held in memory all the same");
        }
    }
}

#[test]
fn a_stored_text_that_two_readers_would_read_differently_is_set_aside() {
    for kind in Kind::ALL {
        let sound = golden(kind);
        let with = |more: &str| format!("{}{more}}}", sound.strip_suffix('}').unwrap());
        // In a field that no reader of ours looks at, too.
        for (more, expected) in [
            (r#","extra":{"a":1,"a":2}"#, "the key a is there twice"),
            (r#","extra":1,"extr\u0061":2"#, "the key extra is there twice"),
            (r#","extra":1e999"#, "a number is not whole or too large"),
            (r#","extra":9007199254740992"#, "a number is not whole or too large"),
            (&format!(",\"extra\":{}{}", "[".repeat(100), "]".repeat(100)), "too many levels"),
            (&format!(",\"extra\":[{}0]", "0,".repeat(60_000)), "too many members"),
            (&format!(",\"extra\":\"{}\"", "x".repeat(1_000_000)), "a string is too long"),
            (&format!(",\"extra\":0{}", " ".repeat(16_000_000)), "the text is too long"),
        ] {
            assert_eq!(why(kind, &with(more)), expected, "{kind:?}");
        }
        assert!(matches!(record::decode(kind, &with(r#","extra":NaN"#)), Err(Unreadable::Malformed(_))));
        if !kind.is_event() {
            let named = sound.replacen("\"envelope\":{", "\"envelope\":{\"rev\":1,", 1);
            assert!(record::decode_held(kind, &named).is_err(), "{kind:?}: a known field that is there twice");
        }
        assert!(matches!(record::decode(kind, &with(r#","v":2"#)), Err(Unreadable::Malformed(_))), "two versions");
        assert!(record::decode(kind, &with(r#","extra":{"a":[1,-1,"1e999"]}"#)).is_ok(), "a field of a later version is no fault");
    }
}

#[test]
fn an_older_shape_and_a_draft_are_read_as_warily() {
    // By way of plain JSON, in which the second of two keys would win.
    let old = text("customer.v1");
    let twice = old.replacen("\"name\":", "\"name\":\"x\",\"name\":", 1);
    assert_ne!(twice, old);
    assert_eq!(why(Kind::Customer, &twice), "the key name is there twice");
    let draft = text("visit-draft.v3");
    assert!(record::read::<VisitDraft>(&draft).is_ok());
    let id = "019a0000-0000-7000-8000-000000000002";
    let line = draft.split_once(&format!("\"{id}\":")).unwrap().1;
    let mut values = serde_json::Deserializer::from_str(line).into_iter::<serde_json::Value>();
    values.next().unwrap().unwrap();
    let line = line[..values.byte_offset()].to_owned();
    let twice = draft.replacen(&format!("\"{id}\":"), &format!("\"{id}\":{line},\"{id}\":"), 1);
    assert_eq!(record::read::<VisitDraft>(&twice), Err(Unreadable::Malformed(format!("the key {id} is there twice"))));
    assert!(record::read::<CustomerDraft>(r#"{"v":3,"name":"a","name":"b"}"#).is_err());
}

#[test]
fn nothing_is_written_that_would_be_set_aside() {
    let Record::Visit(mut visit) = record::decode(Kind::Visit, &golden(Kind::Visit)).unwrap() else { panic!() };
    visit.lines[0].count.front = Units(-1);
    assert!(record::encode(&Record::Visit(visit)).is_err());
    let Record::Customer(mut shop) = record::decode(Kind::Customer, &golden(Kind::Customer)).unwrap() else { panic!() };
    shop.created_on = NaiveDate::from_ymd_opt(9999, 12, 31).unwrap();
    let row = record::encode(&Record::Customer(shop.clone())).unwrap();
    assert_eq!(record::decode(row.kind, &row.body), Ok(Record::Customer(shop.clone())), "a date field takes it, so it stays");
    shop.fields.name = String::new();
    assert!(record::encode(&Record::Customer(shop)).is_err());
}

#[test]
fn what_is_wrong_is_said_in_a_few_words_however_long_it_is() {
    let text = changed(&golden(Kind::Order), "channel", &format!("\"{}\"", "长".repeat(300_000)));
    assert!(why(Kind::Order, &text).chars().count() <= 200);
}
