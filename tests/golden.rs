//! Stored shapes, pinned: every golden file still reads, and today's code writes exactly the file of its version. A shape that
//! changes gets a new version, an upgrade step and a new file; these files are never edited.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use shelfwise::archive::record::{self, Kind, Shape};
use shelfwise::domain::customer::CustomerDraft;
use shelfwise::domain::draft::VisitDraft;
use shelfwise::domain::product::ProductDraft;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden");

fn read(name: &str) -> String {
    std::fs::read_to_string(format!("{FOLDER}/{name}.json")).unwrap_or_else(|error| panic!("{name}: {error}")).trim_end().to_owned()
}

fn record_is_pinned(kind: Kind, name: &str) {
    let text = read(&format!("{name}.v1"));
    let decoded = record::decode(kind, &text).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!(record::encode(&decoded).unwrap().body, text, "{name}");
}

fn draft_is_pinned<T: Shape>(name: &str) {
    let text = read(&format!("{name}.v1"));
    let decoded: T = record::read(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!(record::body(&decoded).unwrap(), text, "{name}");
}

#[test]
fn every_record_of_every_version_reads_and_the_newest_is_written_the_same() {
    record_is_pinned(Kind::Customer, "customer");
    record_is_pinned(Kind::Product, "product");
    record_is_pinned(Kind::Summary, "summary");
    record_is_pinned(Kind::Settings, "settings");
    record_is_pinned(Kind::Visit, "visit");
    record_is_pinned(Kind::Order, "order");
}

#[test]
fn drafts_of_every_version_read_too() {
    draft_is_pinned::<VisitDraft>("visit-draft");
    draft_is_pinned::<CustomerDraft>("customer-draft");
    draft_is_pinned::<ProductDraft>("product-draft");
}

#[test]
fn every_golden_file_is_tested() {
    let tested = [
        "customer.v1",
        "product.v1",
        "summary.v1",
        "settings.v1",
        "visit.v1",
        "order.v1",
        "visit-draft.v1",
        "customer-draft.v1",
        "product-draft.v1",
    ];
    for entry in std::fs::read_dir(FOLDER).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(tested.iter().any(|tested| format!("{tested}.json") == name), "{name} is in no test");
    }
}
