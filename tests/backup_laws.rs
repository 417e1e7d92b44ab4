//! The backup file: what goes out comes back the same, whatever an editor did to its blanks; and no file that was cut, changed, made up
//! or written by a newer app is taken for one.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

use chrono::NaiveDate;
use proptest::prelude::*;
use shelfwise::archive::backup::{
    Damage, Entry, Export, FORMAT, Header, Met, Mode, Place, Plan, Problem, Reader, Scope, Stored, VERSION, What, compact, hash_of, open,
};
use shelfwise::archive::record::{self, Kind, Row};
use shelfwise::domain::demo::{self, Tongue};
use shelfwise::domain::stamp::{DeviceId, Stamp};
use std::sync::LazyLock;
use uuid::Uuid;

/// A row of a database: its list, its key, its text.
type Here = (Place, String, String);

/// A rep's six weeks, as the database has them.
fn demo_rows(tongue: Tongue) -> Vec<Here> {
    let mut count = 0_u64;
    let mut next = || {
        count += 1;
        Uuid::from_u64_pair(0x019b_0000_0000_7000, 0x8000_0000_0000_0000 | count)
    };
    let mut millis = 0;
    let mut stamp = || {
        millis += 1;
        Stamp { millis, counter: 0, device: DeviceId(7) }
    };
    let now = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap().and_hms_opt(14, 0, 0).unwrap();
    let records = demo::records(tongue, now, &mut next, &mut stamp);
    in_order(records.iter().map(|made| record::encode(made).unwrap()).map(|row: Row| (Place::of(row.kind), row.id, row.body)).collect())
}

fn in_order(mut rows: Vec<Here>) -> Vec<Here> {
    rows.sort();
    rows
}

static ROWS: LazyLock<Vec<Here>> = LazyLock::new(|| demo_rows(Tongue::Chinese));
static FILE: LazyLock<String> = LazyLock::new(|| file_of(&ROWS));
/// One shop of it, for laws that are tried many times.
static SMALL: LazyLock<String> = LazyLock::new(|| file_of(&one_shop()));

fn one_shop() -> Vec<Here> {
    let shop = &ROWS.iter().find(|(place, ..)| *place == Place::Customers).unwrap().1;
    ROWS.iter().filter(|(place, _, body)| matches!(place, Place::Products | Place::Settings) || body.contains(shop)).cloned().collect()
}

fn data_of(rows: &[Here]) -> (String, shelfwise::archive::backup::Counts) {
    let mut data = String::new();
    let mut export = Export::new(|piece: String| data.push_str(&piece));
    for (place, id, body) in rows {
        export.take(*place, id, body);
    }
    let (counts, _) = export.finish();
    (data, counts)
}

fn file_of(rows: &[Here]) -> String {
    let (data, counts) = data_of(rows);
    let header = Header {
        version: VERSION,
        app_version: "0.1.0".to_owned(),
        device: "00000000deadbeef".to_owned(),
        exported_at: "2026-11-24T14:00:00+08:00".to_owned(),
        scope: Scope::Everything,
        counts,
        sha256: hash_of(&data),
    };
    format!("{}{data}}}\n", header.opening())
}

/// As the app checks a file: the hash over the data as it stands, else over its compact form; then every entry.
fn check(text: &str) -> Result<(String, Vec<Entry>), Problem> {
    let opened = open(text)?;
    let data = match opened.data {
        data if hash_of(data) == opened.header.sha256 => data.to_owned(),
        data => compact(data),
    };
    if hash_of(&data) != opened.header.sha256 {
        return Err(Problem::Changed);
    }
    let mut reader = Reader::new(&data);
    let mut entries = Vec::new();
    while let Some(entry) = reader.next()? {
        entries.push(entry);
    }
    reader.finish(&opened.header)?;
    Ok((data, entries))
}

/// What the database holds after the file was restored over `here`.
fn restored(text: &str, here: &[Here], mode: Mode) -> Vec<Here> {
    let (data, entries) = check(text).unwrap();
    let mut plan = Plan::new(&data, &entries);
    let mut kept: Vec<Here> = Vec::new();
    for (place, id, body) in here {
        let met = plan.see(*place, id, body);
        if mode == Mode::AddMissing || met == Met::Same {
            kept.push((*place, id.clone(), body.clone()));
        }
    }
    kept.extend(plan.to_write(mode).into_iter().map(|entry| match plan.stored(entry) {
        Stored::Record(row) => (Place::of(row.kind), row.id, row.body),
        Stored::Draft { key, body } => (Place::Drafts, key, body),
        Stored::Raw { place, id, text } => (place, id, text),
    }));
    in_order(kept)
}

/// The same data with `change` done to it, under a hash that fits: what only a reader of the records can find.
fn forged(change: impl Fn(&str) -> String) -> String {
    let opened = open(&FILE).unwrap();
    let data = change(opened.data);
    assert_ne!(data, opened.data, "the forgery changed nothing");
    let header = Header { sha256: hash_of(&data), ..opened.header };
    format!("{}{data}}}", header.opening())
}

fn damage(text: &str) -> Damage {
    match check(text) {
        Err(Problem::Entry(damage)) => damage,
        other => panic!("{other:?}"),
    }
}

#[test]
fn export_wipe_import_export_gives_the_same_bytes() {
    for tongue in [Tongue::Chinese, Tongue::English] {
        let rows = demo_rows(tongue);
        let file = file_of(&rows);
        let back = restored(&file, &[], Mode::Replace);
        assert_eq!(back, rows);
        assert_eq!(file_of(&back), file);
        let counts = open(&file).unwrap().header.counts;
        assert_eq!(counts.all() as usize, rows.len());
        assert!(counts.of(Place::Visits) > 100 && counts.of(Place::Orders) > 100 && counts.of(Place::Dispatches) > 0);
    }
}

#[test]
fn the_same_file_twice_changes_nothing() {
    for mode in [Mode::Replace, Mode::AddMissing] {
        let (data, entries) = check(&FILE).unwrap();
        let mut plan = Plan::new(&data, &entries);
        for (place, id, body) in ROWS.iter() {
            assert_eq!(plan.see(*place, id, body), Met::Same);
        }
        assert!(plan.to_write(mode).is_empty() && plan.gaining().is_empty());
        for (place, tally) in plan.tallies() {
            assert_eq!((tally.new, tally.different, tally.only_here), (0, 0, 0), "{place:?}");
            assert_eq!(tally.in_file, tally.here);
        }
    }
}

#[test]
fn adding_leaves_what_is_here_and_replacing_makes_it_the_file() {
    // Here: one shop less with all of its events, one of the rest with another note, and one shop the file does not know.
    let gone = ROWS.iter().find(|(place, ..)| *place == Place::Customers).unwrap().1.clone();
    let mut here: Vec<Here> = ROWS.iter().filter(|(_, _, body)| !body.contains(&gone)).cloned().collect();
    let changed = here.iter_mut().find(|(place, ..)| *place == Place::Customers).unwrap();
    changed.2 = changed.2.replace("\"note\":\"", "\"note\":\"新的 ");
    let (changed_id, changed_body) = (changed.1.clone(), changed.2.clone());
    let own_id = "019affff-0000-7000-8000-000000000000";
    here.push((Place::Customers, own_id.to_owned(), changed_body.replace(&changed_id, own_id)));
    let here = in_order(here);
    let added = restored(&FILE, &here, Mode::AddMissing);
    assert_eq!(added.len(), ROWS.len() + 1);
    assert!(added.iter().any(|(_, _, body)| *body == changed_body), "what is here stays");
    assert!(added.iter().any(|(_, id, _)| *id == gone) && added.iter().any(|(_, id, _)| id == own_id));
    assert_eq!(restored(&FILE, &here, Mode::Replace), *ROWS);
    let (data, entries) = check(&FILE).unwrap();
    let mut plan = Plan::new(&data, &entries);
    for (place, id, body) in &here {
        plan.see(*place, id, body);
    }
    let shops = plan.tallies().into_iter().find(|(place, _)| *place == Place::Customers).unwrap().1;
    assert_eq!((shops.new, shops.different, shops.only_here, shops.here), (1, 1, 1, shops.in_file));
}

#[test]
fn a_shop_that_gains_events_is_named_for_a_new_summary() {
    let visit = ROWS.iter().find(|(place, ..)| *place == Place::Visits).unwrap();
    let here: Vec<Here> = ROWS.iter().filter(|row| *row != visit).cloned().collect();
    let (data, entries) = check(&FILE).unwrap();
    let mut plan = Plan::new(&data, &entries);
    for (place, id, body) in &here {
        plan.see(*place, id, body);
    }
    let gaining: Vec<String> = plan.gaining().iter().map(ToString::to_string).collect();
    assert_eq!(gaining.len(), 1);
    assert!(visit.2.contains(&gaining[0]));
    assert_eq!(plan.to_write(Mode::AddMissing).len(), 1);
}

#[test]
fn a_draft_of_a_visit_that_was_finished_here_is_not_added() {
    let visit = ROWS.iter().find(|(place, ..)| *place == Place::Visits).unwrap().1.clone();
    let golden = include_str!("golden/visit-draft.v3.json").trim();
    let body = golden.replace("019a0000-0000-7000-8000-000000000003", &visit);
    let mut rows = ROWS.clone();
    rows.push((Place::Drafts, format!("visit:{visit}"), body));
    let file = file_of(&in_order(rows.clone()));
    assert_eq!(restored(&file, &[], Mode::Replace), in_order(rows));
    assert_eq!(restored(&file, &ROWS, Mode::AddMissing), *ROWS);
}

#[test]
fn an_older_shape_goes_out_and_comes_in_as_todays() {
    let old = |name: &str| std::fs::read_to_string(format!("{}/tests/golden/{name}.v1.json", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let rows: Vec<Here> = [(Kind::Customer, "customer"), (Kind::Product, "product"), (Kind::Visit, "visit"), (Kind::Order, "order")]
        .map(|(kind, name)| {
            let body = old(name).trim().to_owned();
            let row = record::encode(&record::decode(kind, &body).unwrap()).unwrap();
            (Place::of(kind), row.id, body)
        })
        .to_vec();
    let file = file_of(&rows);
    let back = restored(&file, &[], Mode::Replace);
    assert_eq!(back.len(), 4);
    assert!(back.iter().all(|(place, _, body)| record::is_newest(place.kind().unwrap(), body)));
    assert_eq!(file_of(&back), file);
    // What is here in an older shape is the same record.
    assert!(restored(&file, &rows, Mode::Replace).iter().zip(&rows).all(|(now, old)| now == old));
}

#[test]
fn what_cannot_be_read_goes_out_and_comes_back_as_it_is() {
    let mut rows = ROWS.clone();
    let stray = rows.iter().find(|(place, ..)| *place == Place::Visits).unwrap().clone();
    let shop = serde_json::from_str::<serde_json::Value>(&stray.2).unwrap()["customer"].as_str().unwrap().to_owned();
    let lost = "019aeeee-0000-7000-8000-000000000001";
    rows.push((Place::Visits, lost.to_owned(), "{broken \"\\ \n".to_owned()));
    rows.push((Place::Customers, "019aeeee-0000-7000-8000-000000000002".to_owned(), r#"{"v":99,"id":"x"}"#.to_owned()));
    // A visit of a shop that is not there at all.
    let id = "019aeeee-0000-7000-8000-000000000003";
    rows.push((Place::Visits, id.to_owned(), stray.2.replace(&stray.1, id).replace(&shop, "019aeeee-0000-7000-8000-00000000dead")));
    let rows = in_order(rows);
    let file = file_of(&rows);
    assert_eq!(open(&file).unwrap().header.counts.of(Place::Unreadable), 3);
    assert_eq!(restored(&file, &[], Mode::Replace), rows);
    assert_eq!(file_of(&restored(&file, &[], Mode::Replace)), file);
}

#[test]
fn pretty_printing_line_ends_and_needless_escapes_do_not_break_a_file() {
    let value: serde_json::Value = serde_json::from_str(&FILE).unwrap();
    // `Value` sorts keys, which is another file; so the blanks are put in by hand.
    assert_eq!(value["format"], FORMAT);
    let spaced = FILE.replace("\":", "\" : ").replace("},{", "},\r\n\t{");
    let escaped: String = FILE.chars().map(|c| if c.is_ascii() { c.to_string() } else { format!("\\u{:04x}", u32::from(c)) }).collect();
    let marked = format!("\u{feff}{}", FILE.replace('\n', "\r\n"));
    for text in [spaced, escaped, marked] {
        assert_ne!(text, *FILE);
        assert_eq!(restored(&text, &[], Mode::Replace), *ROWS);
    }
}

#[test]
fn other_files_are_told_apart() {
    let newer = FILE.replacen("\"version\":1", "\"version\":2", 1).replacen("\"app_version\":\"0.1.0\"", "\"app_version\":\"9.0\"", 1);
    for (text, expected) in [
        ("", Problem::Empty),
        ("  \n", Problem::Empty),
        ("\u{feff}", Problem::Empty),
        ("编号,名称\nC1,惠民\n", Problem::NotABackup),
        ("{}", Problem::NotABackup),
        ("[]", Problem::NotABackup),
        ("{\"format\":\"other\"}", Problem::NotABackup),
        ("{\"a\":1", Problem::NotABackup),
        ("{\"format\":\"shelfwise-raw\",\"stores\":{}}", Problem::RawExport),
        ("{\"format\":\"shelfwise-backup\"", Problem::Truncated),
        (newer.as_str(), Problem::Newer { app_version: "9.0".to_owned() }),
        (&FILE.replace("\"sha256\":\"", "\"sha256\":\"0"), Problem::Changed),
        (&FILE.replacen("\"scope\":\"everything\"", "\"scope\":\"all\"", 1), Problem::NotABackup),
    ] {
        assert_eq!(check(text).map(|(_, entries)| entries.len()), Err(expected), "{:.60}", text);
    }
    let miscounted = FILE.replacen("\"products\":3", "\"products\":4", 1);
    assert_eq!(check(&miscounted).map(drop), Err(Problem::Miscounted(Place::Products)));
    let tail = format!("{}x", FILE.trim_end());
    assert!(matches!(check(&tail), Err(Problem::Malformed { .. })));
}

#[test]
fn forged_entries_are_found_one_by_one() {
    let first = |place: Place| ROWS.iter().find(|(at, ..)| *at == place).unwrap().2.clone();
    let (shop, product, visit) = (first(Place::Customers), first(Place::Products), first(Place::Visits));
    let newer = damage(&forged(|data| data.replacen(&visit, &visit.replacen("{\"v\":3", "{\"v\":4", 1), 1)));
    assert_eq!(newer, Damage { place: Place::Visits, number: 1, what: What::Newer });
    let twice = damage(&forged(|data| data.replacen(&shop, &format!("{shop},{shop}"), 1)));
    assert_eq!(twice, Damage { place: Place::Customers, number: 2, what: What::Twice });
    let id = serde_json::from_str::<serde_json::Value>(&product).unwrap()["id"].as_str().unwrap().to_owned();
    let stranger = "019aeeee-0000-7000-8000-00000000dead";
    let unknown = damage(&forged(|data| data.replacen(&product, &product.replace(&id, stranger), 1)));
    assert_eq!(unknown.what, What::Unknown(Place::Products));
    let huge = damage(&forged(|data| data.replacen("\"front\":", "\"front\":9223372036854775", 1)));
    assert!(matches!(huge.what, What::OutOfRange(_) | What::Unreadable(_)), "{huge:?}");
    let negative = damage(&forged(|data| data.replacen("\"count\":{\"front\":", "\"count\":{\"front\":-", 1)));
    assert_eq!(negative.what, What::OutOfRange("count".to_owned()));
    let nameless = damage(&forged(|data| data.replacen("\"fields\":{\"name\":\"", "\"fields\":{\"name\":\" \",\"name\":\"", 1)));
    assert!(matches!(nameless.what, What::Unreadable(_)), "a key that is there twice");
    let long = "长".repeat(10_000);
    let wordy = damage(&forged(|data| data.replacen("\"note\":\"", &format!("\"note\":\"{long}"), 1)));
    assert!(matches!(wordy.what, What::OutOfRange(_)));
    let cycle = damage(&forged(|data| data.replacen("\"cycle\":", "\"cycle\":0", 1)));
    assert!(matches!(cycle.what, What::Unreadable(_)));
    let gone = forged(|data| data.replacen(&format!("{shop},"), "", 1));
    assert!(check(&gone).is_err());
    let deep = forged(|data| data.replacen("\"lines\":[", &format!("\"lines\":[{}", "[".repeat(100_000)), 1));
    assert!(check(&deep).is_err());
    let renamed = forged(|data| data.replacen("\"visits\":[", "\"visitz\":[", 1));
    assert!(matches!(check(&renamed), Err(Problem::Malformed { .. })));
    let missing = forged(|data| data.replacen(",\"unreadable\":[]", "", 1));
    assert_eq!(check(&missing).map(drop), Err(Problem::Miscounted(Place::Unreadable)));
}

#[test]
fn a_key_that_is_there_twice_is_refused_wherever_it_stands() {
    // In the header: whichever reader takes whichever of the two.
    for (from, to) in [
        ("\"version\":1", "\"version\":1,\"version\":1"),
        ("\"device\":", "\"devic\\u0065\":\"x\",\"device\":"),
        ("\"data\":{", "\"data\":{},\"data\":{"),
        ("\"counts\":{", "\"counts\":{\"customers\":1,"),
        ("\"visits\":[", "\"visits\":[],\"visits\":["),
    ] {
        let text = FILE.replacen(from, to, 1);
        assert_ne!(text, *FILE);
        assert!(matches!(check(&text), Err(Problem::Malformed { .. } | Problem::NotABackup | Problem::Changed)), "{to}");
    }
    let twice = forged(|data| data.replacen("\"visits\":[", "\"visits\":[],\"visits\":[", 1));
    assert!(matches!(check(&twice), Err(Problem::Malformed { .. })));
    // In a record: at its top, deep in it, in a field of nobody's, in one of an older shape, in a draft and what is around it.
    let what = |change: &dyn Fn(&str) -> String| damage(&forged(change)).what;
    let said = |key: &str| What::Unreadable(format!("the key {key} is there twice"));
    assert_eq!(what(&|data| data.replacen("\"front\":", "\"front\":1,\"front\":", 1)), said("front"));
    assert_eq!(what(&|data| data.replacen("\"envelope\":{", "\"extra\":{\"a\":[{\"b\":1,\"b\":1}]},\"envelope\":{", 1)), said("b"));
    let old = std::fs::read_to_string(format!("{}/tests/golden/customer.v1.json", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let old = old.trim().replacen("\"fields\":{", "\"fields\":{\"name\":\"x\",", 1);
    assert_eq!(what(&|data| data.replacen("\"customers\":[", &format!("\"customers\":[{old},"), 1)), said("name"));
    let drafts = |draft: &str| what(&|data| data.replacen("\"drafts\":[", &format!("\"drafts\":[{draft}"), 1));
    assert_eq!(drafts(r#"{"key":"customer:new","key":"product:new","draft":{"v":3}}"#), said("key"));
    assert_eq!(drafts(r#"{"key":"customer:new","draft":{"v":3},"draft":{"v":3}}"#), said("draft"));
    assert_eq!(drafts(r#"{"key":"customer:new","draft":{"v":3,"name":"a","name":"b"}}"#), said("name"));
    let kept = |entry: &str| what(&|data| data.replacen("\"unreadable\":[", &format!("\"unreadable\":[{entry}"), 1));
    assert!(matches!(kept(r#"{"kind":"visits","id":"a","id":"b","text":"x"}"#), What::Unreadable(_)));
    assert!(matches!(kept(r#"{"kind":"visits","id":"a","text":"x","more":1,"more":2}"#), What::Unreadable(_)));
}

#[test]
fn numbers_that_no_reader_keeps_are_refused_wherever_they_stand() {
    for number in ["1e999", "-1e999", "NaN", "Infinity", "-Infinity", "0.5", "1e2", "9007199254740993", "1e-999"] {
        for (from, to) in [
            ("\"front\":", format!("\"front\":{number},\"old\":")),
            // Where no reader of ours looks.
            ("\"envelope\":{", format!("\"extra\":{{\"a\":[{number}]}},\"envelope\":{{")),
        ] {
            let text = forged(|data| data.replacen(from, &to, 1));
            assert!(check(&text).is_err(), "{to}");
        }
        let text = FILE.replacen("\"version\":1", &format!("\"version\":{number}"), 1);
        assert!(check(&text).is_err(), "version {number}");
        let text = FILE.replacen("\"products\":", &format!("\"products\":{number},\"old\":"), 1);
        assert!(check(&text).is_err(), "counts {number}");
    }
}

#[test]
fn depth_length_and_number_have_a_limit_in_every_place() {
    let deep = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    // Beside the data, around it, in it, in a record, in a skipped field.
    for text in [
        FILE.replacen("{\"format\"", &format!("{{\"extra\":{},\"format\"", deep(40)), 1),
        forged(|data| format!("[{}", data.replacen('{', &"{\"customers\":[".repeat(200_000), 1))),
        forged(|data| data.replacen("\"visits\":[", &format!("\"visits\":[{},", deep(100)), 1)),
        forged(|data| data.replacen("\"envelope\":{", &format!("\"extra\":{},\"envelope\":{{", deep(32)), 1)),
    ] {
        assert!(matches!(check(&text), Err(Problem::Malformed { .. } | Problem::Entry(_))), "{text:.100}");
    }
    // A header is a few words; one of a hundred thousand keys is none of ours.
    let keys: String = (0..100_000).map(|at| format!("\"k{at}\":0,")).collect();
    assert!(matches!(open(&FILE.replacen("{\"format\"", &format!("{{{keys}\"format\""), 1)), Err(Problem::Malformed { .. })));
    let long = "x".repeat(5_000);
    for part in ["\"app_version\":\"", "\"device\":\"", "\"exported_at\":\"", "\"format\":\""] {
        assert_eq!(open(&FILE.replacen(part, &format!("{part}{long}"), 1)).map(drop), Err(Problem::NotABackup), "{part}");
    }
    let key = FILE.replacen("{\"format\"", &format!("{{\"{long}\":0,\"format\""), 1);
    assert!(matches!(open(&key), Err(Problem::Malformed { .. } | Problem::NotABackup)));
    let key = FILE.replacen("\"counts\"", &format!("\"{long}\":0,\"counts\""), 1);
    assert!(matches!(open(&key), Err(Problem::Malformed { .. })));
    let wordy = damage(&forged(|data| {
        data.replacen(
            "\"drafts\":[",
            &format!("\"drafts\":[{{\"key\":\"customer:new\",\"draft\":{{\"v\":3,\"name\":\"{}\"}}}}", "x".repeat(1_000_001)),
            1,
        )
    }));
    assert_eq!(wordy.what, What::Unreadable("a string is too long".to_owned()));
}

#[test]
fn what_is_refused_is_named_in_a_few_words() {
    let long = "长".repeat(100_000);
    for (from, to) in [
        ("\"outcome\":\"", format!("\"outcome\":\"{long}")),
        ("\"envelope\":{", format!("\"{}\":1,\"{}\":2,\"envelope\":{{", &long[..3000], &long[..3000])),
    ] {
        let What::Unreadable(why) = damage(&forged(|data| data.replacen(from, &to, 1))).what else { panic!("{from}") };
        assert!(why.chars().count() <= 200, "{}", why.len());
    }
}

#[test]
fn forged_terms_notes_dates_and_work_are_found_as_well() {
    let golden = golden();
    let opened = open(&golden).unwrap();
    let what = |from: &str, to: &str| {
        let data = opened.data.replacen(from, to, 1);
        assert_ne!(data, opened.data, "{from} is not there");
        let header = Header { sha256: hash_of(&data), ..opened.header.clone() };
        damage(&format!("{}{data}}}", header.opening())).what
    };
    for (from, to, field) in [
        (r#""wish_days":10"#, r#""wish_days":367"#, "lead_days or wish_days"),
        (r#""capacity":60,"factor""#, r#""capacity":-1,"factor""#, "minimum_display or capacity"),
        (r#""delivery_age":4"#, r#""delivery_age":367"#, "delivery_age"),
        (r#""until":"2026"#, r#""until":"0026"#, "promotion"),
        (r#""created_on":"2026"#, r#""created_on":"1899"#, "created_on"),
        (r#""window":6"#, r#""window":13"#, "window"),
        (r#""window":6"#, r#""window":0"#, "window"),
        (r#""maximum_cover_days":28"#, r#""maximum_cover_days":0"#, "maximum_cover_days"),
        (r#""near":[60"#, r#""near":[10001"#, "near"),
        (r#""expires":"2026-11-20","front":8"#, r#""expires":"2026-11-20","front":-8"#, "lots"),
        (r#""produced":"2026"#, r#""produced":"1026"#, "lots"),
        (r#""days_to_next":7,"lead_days":2}"#, r#""days_to_next":0,"lead_days":2}"#, "terms"),
        (r#""days_to_next":7,"lead_days":2}"#, r#""days_to_next":7,"lead_days":10001}"#, "terms"),
        (r#""fresh_days":7"#, r#""fresh_days":-10001"#, "terms"),
        (r#"{"days":13,"uplift":180}"#, r#"{"days":13,"uplift":99}"#, "terms"),
        (r#""minimum_display":6,"capacity":60,"fresh"#, r#""minimum_display":6,"capacity":1000000001,"fresh"#, "terms"),
        (r#""written_off":1"#, r#""written_off":-1"#, "notes or closed_days"),
        (r#""stockout_days":2"#, r#""stockout_days":367"#, "notes or closed_days"),
        (r#""previous_was":24"#, r#""previous_was":1000000001"#, "notes or closed_days"),
        (r#"{"units":112,"days":70},"answer":"go_on""#, r#"{"units":112,"days":0},"answer":"go_on""#, "notes or closed_days"),
        (r#""closed_days":1"#, r#""closed_days":367"#, "notes or closed_days"),
        (r#""kind":"take_off","units":1"#, r#""kind":"take_off","units":-1"#, "work"),
    ] {
        assert_eq!(what(from, to), What::OutOfRange(field.to_owned()), "{to}");
    }
    for (from, to) in [
        (r#""method":"engine","class_factors""#, r#""method":"guess","class_factors""#),
        (r#""class_factors":{"a":160"#, r#""class_factors":{"a":99"#),
        (r#""until":"2026-11-30","uplift":180"#, r#""until":"2026-11-30","uplift":1001"#),
        (r#""answer":"go_on""#, r#""answer":"perhaps""#),
        (r#""kind":"take_off""#, r#""kind":"throw""#),
        (r#""taught":["fifo""#, r#""taught":["lifo""#),
    ] {
        assert!(matches!(what(from, to), What::Unreadable(_)), "{to}");
    }
    let named = r#""notes":[{"product":"019a0000"#;
    assert_eq!(what(named, r#""notes":[{"product":"019adead"#), What::Unknown(Place::Products), "a note on nobody knows what");
    let worked = r#""work":[{"product":"019a0000"#;
    assert_eq!(what(worked, r#""work":[{"product":"019adead"#), What::Unknown(Place::Products));
}

/// Backups of earlier versions, oldest first: each is read for ever. The newest is written as it was read, so a shape that
/// changes needs a new file here (`WRITE_BACKUP=1 cargo test --test backup_laws golden`).
#[test]
fn every_golden_backup_is_read_and_the_newest_is_written_the_same() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden-backups");
    let mut names: Vec<u32> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap().trim_end_matches(".json").parse().unwrap())
        .collect();
    names.sort_unstable();
    if std::env::var_os("WRITE_BACKUP").is_some() {
        let next = names.last().map_or(1, |last| last + 1);
        std::fs::write(format!("{folder}/{next}.json"), golden()).unwrap();
        names.push(next);
    }
    let newest = *names.last().expect("no golden backup");
    for name in names {
        let file = std::fs::read_to_string(format!("{folder}/{name}.json")).unwrap();
        let back = restored(&file, &[], Mode::Replace);
        let counts = open(&file).unwrap().header.counts;
        assert_eq!(back.len(), counts.all() as usize, "{name}");
        assert!(Place::ALL.into_iter().all(|place| counts.of(place) > 0), "{name} has something of every kind");
        if name == newest {
            let data = data_of(&back).0;
            assert!(data == open(&file).unwrap().data, "{name} is written otherwise today: a new golden backup is due");
        }
    }
}

/// One shop, every golden record and draft, and one text that cannot be read.
fn golden() -> String {
    let mut rows = one_shop();
    let read = |name: &str| std::fs::read_to_string(format!("{}/tests/golden/{name}.json", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let version = |name: &str| match name {
        "delivery" | "dispatch" => 1,
        "summary" | "order" => 2,
        _ => 3,
    };
    let newest = |name: &str| read(&format!("{name}.v{}", version(name))).trim().to_owned();
    for (kind, name) in [
        (Kind::Customer, "customer"),
        (Kind::Product, "product"),
        (Kind::Summary, "summary"),
        (Kind::Settings, "settings"),
        (Kind::Visit, "visit"),
        (Kind::Order, "order"),
        (Kind::Delivery, "delivery"),
        (Kind::Dispatch, "dispatch"),
    ] {
        let row = record::encode(&record::decode(kind, &newest(name)).unwrap()).unwrap();
        rows.retain(|(place, ..)| *place != Place::Settings || kind != Kind::Settings);
        rows.push((Place::of(kind), row.id, row.body));
    }
    rows.push((Place::Drafts, "visit:019a0000-0000-7000-8000-000000000003".to_owned(), newest("visit-draft")));
    rows.push((Place::Drafts, "customer:new".to_owned(), newest("customer-draft")));
    rows.push((Place::Drafts, "product:new".to_owned(), newest("product-draft")));
    rows.push((Place::Visits, "019aeeee-0000-7000-8000-000000000001".to_owned(), "{broken".to_owned()));
    file_of(&in_order(rows))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_file_cut_anywhere_is_never_taken(at in 0..SMALL.len() - 2) {
        let at = (0..=at).rev().find(|at| SMALL.is_char_boundary(*at)).unwrap();
        prop_assert!(check(&SMALL[..at]).is_err());
    }

    #[test]
    fn any_changed_value_is_noticed(at in 0..SMALL.len(), to in "[0-9a-zA-Z甲]") {
        // A letter or figure inside the data becomes another.
        let data = open(&SMALL).unwrap().from;
        let at = (data.max(at)..SMALL.len()).find(|at| SMALL.is_char_boundary(*at) && SMALL[*at..].chars().next().unwrap().is_alphanumeric());
        if let Some(at) = at {
            let old = SMALL[at..].chars().next().unwrap();
            let text = format!("{}{to}{}", &SMALL[..at], &SMALL[at + old.len_utf8()..]);
            if text != *SMALL {
                prop_assert!(check(&text).is_err(), "{old} -> {to} at {at}");
            }
        }
    }

    #[test]
    fn rubbish_is_refused_without_a_panic(text in "[\\PC\\{\\}\\[\\]\",:0-9]{0,300}") {
        prop_assert!(check(&text).is_err());
        let _ = compact(&text);
        let dressed = format!("{{\"format\":\"{FORMAT}\",\"version\":1,\"data\":{text}}}");
        prop_assert!(check(&dressed).is_err());
    }

    #[test]
    fn compacting_is_what_a_json_library_does(value in json()) {
        let pretty = serde_json::to_string_pretty(&value).unwrap();
        prop_assert_eq!(compact(&pretty), serde_json::to_string(&value).unwrap());
    }
}

fn json() -> impl Strategy<Value = serde_json::Value> {
    use serde_json::Value;
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "[\\PC\\n\\t\"\\\\ ]{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::btree_map("[\\PC\" ]{0,6}", inner, 0..5).prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}
