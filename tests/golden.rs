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

fn record_is_pinned(kind: Kind, name: &str, newest: u32) {
    for version in 1..=newest {
        let text = read(&format!("{name}.v{version}"));
        let decoded = record::decode(kind, &text).unwrap_or_else(|error| panic!("{name}.v{version}: {error}"));
        let written = record::encode(&decoded).unwrap().body;
        // The newest is written as it was read; an older one as what its upgrade says, which reads back the same.
        if version == newest {
            assert_eq!(written, text, "{name}");
        } else {
            assert_eq!(record::decode(kind, &written), Ok(decoded), "{name}.v{version}");
        }
    }
}

fn draft_is_pinned<T: Shape + PartialEq + std::fmt::Debug>(name: &str, newest: u32) {
    for version in 1..=newest {
        let text = read(&format!("{name}.v{version}"));
        let decoded: T = record::read(&text).unwrap_or_else(|error| panic!("{name}.v{version}: {error}"));
        let written = record::body(&decoded).unwrap();
        if version == newest {
            assert_eq!(written, text, "{name}");
        } else {
            assert_eq!(record::read::<T>(&written), Ok(decoded), "{name}.v{version}");
        }
    }
}

/// Every shape that is written down, with its newest version.
const SHAPES: &[(&str, u32)] = &[
    ("customer", 3),
    ("product", 3),
    ("summary", 2),
    ("settings", 3),
    ("visit", 3),
    ("order", 2),
    ("delivery", 1),
    ("dispatch", 1),
    ("visit-draft", 3),
    ("customer-draft", 3),
    ("product-draft", 3),
];

#[test]
fn every_record_of_every_version_reads_and_the_newest_is_written_the_same() {
    for (name, newest) in SHAPES {
        match *name {
            "customer" => record_is_pinned(Kind::Customer, name, *newest),
            "product" => record_is_pinned(Kind::Product, name, *newest),
            "summary" => record_is_pinned(Kind::Summary, name, *newest),
            "settings" => record_is_pinned(Kind::Settings, name, *newest),
            "visit" => record_is_pinned(Kind::Visit, name, *newest),
            "order" => record_is_pinned(Kind::Order, name, *newest),
            "delivery" => record_is_pinned(Kind::Delivery, name, *newest),
            "dispatch" => record_is_pinned(Kind::Dispatch, name, *newest),
            "visit-draft" => draft_is_pinned::<VisitDraft>(name, *newest),
            "customer-draft" => draft_is_pinned::<CustomerDraft>(name, *newest),
            "product-draft" => draft_is_pinned::<ProductDraft>(name, *newest),
            other => panic!("{other} is tested by nobody"),
        }
    }
}

#[test]
fn every_golden_file_belongs_to_a_shape_and_a_version() {
    for entry in std::fs::read_dir(FOLDER).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let (shape, version) = name.trim_end_matches(".json").rsplit_once(".v").unwrap_or_else(|| panic!("{name}"));
        let newest = SHAPES.iter().find(|(known, _)| *known == shape).map(|(_, newest)| *newest).unwrap_or_else(|| panic!("{name}"));
        assert!((1..=newest).contains(&version.parse().unwrap()), "{name}");
    }
}
