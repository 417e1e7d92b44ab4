//! Every version that was ever stored, read today: each golden file of every version comes out in today's shape and stays as it is from
//! then on; a text of a version one newer is refused, whatever it holds. The files themselves are pinned by `tests/golden.rs`.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

use serde_json::Value;
use shelfwise::archive::backup::{
    Damage, Entry, Export, Header, Mode, Place, Plan, Problem, Reader, Stored, VERSION, What, draft_body, hash_of, open,
};
use shelfwise::archive::record::{self, Kind, Shape, Unreadable};
use shelfwise::domain::customer::CustomerDraft;
use shelfwise::domain::draft::{VisitDraft, visit_draft_key};
use shelfwise::domain::draft_head::DraftHead;
use shelfwise::domain::product::ProductDraft;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A stored shape: its golden files' name, and its reader and writer in one: today's text of a text of any version.
type Renewed = fn(&str) -> Result<String, Unreadable>;

fn record(kind: Kind, text: &str) -> Result<String, Unreadable> {
    let read = record::decode(kind, text)?;
    let row = record::encode(&read)?;
    assert_eq!(row.kind, kind);
    assert_eq!(record::decode(kind, &row.body), Ok(read), "what is written is what was read");
    assert!(record::is_newest(kind, &row.body));
    Ok(row.body)
}

fn draft<T: Shape + PartialEq + std::fmt::Debug>(text: &str) -> Result<String, Unreadable> {
    let read: T = record::read(text)?;
    let body = record::body(&read)?;
    assert_eq!(record::read::<T>(&body), Ok(read), "what is written is what was read");
    Ok(body)
}

const SHAPES: [(&str, Renewed); 11] = [
    ("customer", |text| record(Kind::Customer, text)),
    ("product", |text| record(Kind::Product, text)),
    ("summary", |text| record(Kind::Summary, text)),
    ("settings", |text| record(Kind::Settings, text)),
    ("visit", |text| record(Kind::Visit, text)),
    ("order", |text| record(Kind::Order, text)),
    ("delivery", |text| record(Kind::Delivery, text)),
    ("dispatch", |text| record(Kind::Dispatch, text)),
    ("visit-draft", draft::<VisitDraft>),
    ("customer-draft", draft::<CustomerDraft>),
    ("product-draft", draft::<ProductDraft>),
];

fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

/// The golden files of a shape by version, from the folder: a file that is added is tested without a word here.
fn golden(shape: &str) -> BTreeMap<u32, String> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(tests().join("golden")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        let (of, version) = name.trim_end_matches(".json").rsplit_once(".v").unwrap();
        if of == shape {
            found.insert(version.parse().unwrap(), std::fs::read_to_string(&path).unwrap().trim_end().to_owned());
        }
    }
    assert!(found.keys().copied().eq(1..=found.len() as u32), "{shape}: a version is missing");
    found
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// Where two objects have other fields; a field that is an object in both is looked into.
fn other_fields(a: &Value, b: &Value) -> Vec<String> {
    let (Some(a), Some(b)) = (a.as_object(), b.as_object()) else { return Vec::new() };
    let mut other: Vec<String> = a.keys().chain(b.keys()).filter(|key| !a.contains_key(*key) || !b.contains_key(*key)).cloned().collect();
    for (key, a) in a {
        other.extend(b.get(key).into_iter().flat_map(|b| other_fields(a, b)).map(|below| format!("{key}.{below}")));
    }
    other
}

#[test]
fn every_version_of_every_shape_reads_as_todays_and_stays_so() {
    let mut texts = 0;
    for (shape, renewed) in SHAPES {
        let versions = golden(shape);
        let (newest, newest_text) = versions.last_key_value().unwrap();
        for (version, text) in &versions {
            assert_eq!(json(text)["v"], *version, "{shape}.v{version}");
            let once = renewed(text).unwrap_or_else(|error| panic!("{shape}.v{version}: {error}"));
            assert!(once.starts_with(&format!("{{\"v\":{newest},")), "{shape}.v{version}: {once}");
            assert_eq!(other_fields(&json(&once), &json(newest_text)), Vec::<String>::new(), "{shape}.v{version}");
            assert_eq!(renewed(&once).unwrap(), once, "{shape}.v{version} is not settled");
            // An editor may have put blanks into it, and sorted its fields: `Value` does both.
            let edited = serde_json::to_string_pretty(&json(text)).unwrap();
            assert!(!edited.starts_with("{\"v\""));
            assert_eq!(renewed(&edited).unwrap(), once, "{shape}.v{version} edited");
            texts += 1;
        }
    }
    let files = std::fs::read_dir(tests().join("golden")).unwrap().count();
    assert_eq!(texts, files, "a golden file that is no shape's");
    println!("{texts} texts of {} shapes read as today's", SHAPES.len());
}

/// A text as a version one newer, or many, would have written it.
fn newer(text: &str, version: u32) -> [String; 3] {
    let mut value = json(text);
    value["v"] = version.into();
    let plain = text.split_once(',').map(|(_, fields)| format!("{{\"v\":{version},{fields}")).unwrap();
    // And of a shape that has nothing in common with today's.
    [plain, serde_json::to_string_pretty(&value).unwrap(), format!("{{\"v\":{version},\"all\":{{\"is\":[\"other\"]}}}}")]
}

#[test]
fn a_newer_version_of_any_shape_is_refused_as_newer() {
    for (shape, renewed) in SHAPES {
        let versions = golden(shape);
        let (newest, text) = versions.last_key_value().unwrap();
        for version in [newest + 1, newest + 2, u32::MAX] {
            for text in newer(text, version) {
                assert_eq!(renewed(&text), Err(Unreadable::Newer { version }), "{shape}: {text}");
                let of_all = version == u32::MAX;
                assert!(!of_all || Kind::ALL.into_iter().all(|kind| !record::is_newest(kind, &text)));
            }
        }
        // Not a number a version can have: refused, and not as a newer one that an update would read.
        for bad in ["4294967296", "-1", "0", "1.5", "\"3\"", "null"] {
            let text = text.replacen(&format!("{{\"v\":{newest}"), &format!("{{\"v\":{bad}"), 1);
            assert!(matches!(renewed(&text), Err(Unreadable::Malformed(_))), "{shape}: {bad}");
        }
    }
}

#[test]
fn the_head_of_a_draft_follows_its_draft() {
    let versions = golden("visit-draft");
    for text in versions.values() {
        let (whole, head): (VisitDraft, DraftHead) = (record::read(text).unwrap(), record::read(text).unwrap());
        let said = (head.id, head.customer, head.started, head.corrects, head.by_phone);
        assert_eq!(said, (whole.id, whole.customer, whole.started, whole.corrects, whole.by_phone));
        assert_eq!(record::read::<DraftHead>(&record::body(&whole).unwrap()), Ok(head));
    }
    let (newest, text) = versions.last_key_value().unwrap();
    for text in newer(text, newest + 1) {
        assert_eq!(record::read::<DraftHead>(&text), Err(Unreadable::Newer { version: newest + 1 }));
    }
}

#[test]
fn drafts_are_renewed_under_their_keys() {
    let visit: VisitDraft = record::read(&golden("visit-draft")[&1]).unwrap();
    for (shape, key) in
        [("visit-draft", visit_draft_key(visit.id)), ("customer-draft", "customer:".to_owned()), ("product-draft", "product:".to_owned())]
    {
        let versions = golden(shape);
        for text in versions.values() {
            let once = draft_body(&key, text).unwrap();
            assert_eq!(draft_body(&key, &once), Ok(once));
        }
        let (newest, text) = versions.last_key_value().unwrap();
        for text in newer(text, newest + 1) {
            assert_eq!(draft_body(&key, &text), Err(Unreadable::Newer { version: newest + 1 }));
        }
    }
}

type Row = (Place, String, String);

/// What a backup leaves in an empty database.
fn rows_of(file: &str) -> Result<(Vec<Row>, Header), Problem> {
    let opened = open(file)?;
    assert_eq!(hash_of(opened.data), opened.header.sha256);
    let mut reader = Reader::new(opened.data);
    let mut entries: Vec<Entry> = Vec::new();
    while let Some(entry) = reader.next()? {
        entries.push(entry);
    }
    reader.finish(&opened.header)?;
    let plan = Plan::new(opened.data, &entries);
    let mut rows: Vec<Row> = plan
        .to_write(Mode::Replace)
        .into_iter()
        .map(|entry| match plan.stored(entry) {
            Stored::Record(row) => (Place::of(row.kind), row.id, row.body),
            Stored::Draft { key, body } => (Place::Drafts, key, body),
            Stored::Raw { place, id, text } => (place, id, text),
        })
        .collect();
    rows.sort();
    Ok((rows, opened.header))
}

fn file_of(rows: &[Row], header: &Header) -> String {
    let mut data = String::new();
    let mut export = Export::new(|piece: String| data.push_str(&piece));
    for (place, id, body) in rows {
        export.take(*place, id, body);
    }
    let (counts, _) = export.finish();
    let header = Header { version: VERSION, counts, sha256: hash_of(&data), ..header.clone() };
    format!("{}{data}}}\n", header.opening())
}

fn golden_backups() -> Vec<(String, String)> {
    let files = std::fs::read_dir(tests().join("golden-backups")).unwrap().map(|entry| entry.unwrap().path());
    files.map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), std::fs::read_to_string(&path).unwrap())).collect()
}

#[test]
fn every_backup_of_every_version_is_todays_after_one_restore() {
    for (name, file) in golden_backups() {
        let (rows, header) = rows_of(&file).unwrap_or_else(|problem| panic!("{name}: {problem:?}"));
        let mut unreadable = 0;
        for (place, id, body) in &rows {
            match place.kind() {
                Some(kind) if record::decode(kind, body).is_ok() => {
                    assert!(record::is_newest(kind, body), "{name}: {place:?} {id}");
                    assert_eq!(&record(kind, body).unwrap(), body, "{name}: {place:?} {id}");
                }
                None if *place == Place::Drafts => assert_eq!(&draft_body(id, body).unwrap(), body, "{name}: {id}"),
                _ => unreadable += 1,
            }
        }
        assert_eq!(unreadable, header.counts.of(Place::Unreadable), "{name}");
        let second = file_of(&rows, &header);
        let (again, header) = rows_of(&second).unwrap();
        assert_eq!(again, rows, "{name}");
        assert_eq!(file_of(&again, &header), second, "{name}");
        println!("{name}: {} rows, {unreadable} kept as they are", rows.len());
    }
}

#[test]
fn a_backup_with_anything_newer_in_it_is_refused_as_newer() {
    for (name, file) in golden_backups() {
        let opened = open(&file).unwrap();
        let file_version = file.replacen(&format!("\"version\":{VERSION}"), &format!("\"version\":{}", VERSION + 1), 1);
        assert!(matches!(rows_of(&file_version), Err(Problem::Newer { .. })), "{name}");
        for place in Place::ALL.into_iter().filter(|place| *place != Place::Unreadable) {
            // The version of the list's first entry; a draft's stands behind its key.
            let list = opened.data.find(&format!("\"{}\":[", place.name())).unwrap();
            let at = list + opened.data[list..].find("\"v\":").unwrap() + 4;
            let data = format!("{}9{}", &opened.data[..at], &opened.data[at + 1..]);
            let header = Header { sha256: hash_of(&data), ..opened.header.clone() };
            match rows_of(&format!("{}{data}}}", header.opening())) {
                Err(Problem::Entry(Damage { place: at, number: 1, what: What::Newer })) if at == place => {}
                other => panic!("{name}: {place:?}: {other:?}"),
            }
        }
    }
}
