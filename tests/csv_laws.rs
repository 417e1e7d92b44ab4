//! Laws of the CSV layer over arbitrary texts: what is exported comes back, nothing exported runs, cells are cut as the `csv` crate
//! cuts them, and no text or byte breaks a reader.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

use proptest::prelude::*;
use shelfwise::archive::encoding;
use shelfwise::archive::formula::{guard, unguard};
use shelfwise::archive::sheet::Sheet;
use shelfwise::archive::sheet_writer::{Cell, SheetWriter};

/// Texts in which what matters here is frequent.
fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[=+@'\"\t\r\n,; ＝a1-]{0,8}", "[^\u{0}]{0,12}", "[ \u{3000}\u{feff}]{0,3}", "[惠民副食\"\r\n|]{0,6}"]
}

fn config() -> ProptestConfig {
    ProptestConfig { cases: 5_000, failure_persistence: None, ..ProptestConfig::default() }
}

/// As the reader counts a row blank, spelled out once more.
fn is_blank(cells: &[String]) -> bool {
    cells.iter().flat_map(|cell| cell.chars()).all(|c| c.is_whitespace() || c.is_control() || shelfwise::domain::text::is_invisible(c))
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_guard_comes_off_every_text(text in prop_oneof![text(), any::<String>()]) {
        let guarded = guard(&text);
        prop_assert_eq!(unguard(&guarded), &text);
    }

    #[test]
    fn nothing_guarded_begins_like_a_formula(text in prop_oneof![text(), any::<String>()]) {
        let guarded = guard(&text);
        let shown = guarded.trim_start();
        prop_assert!(!guarded.starts_with(['\t', '\r', '\n']) && !shown.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']), "{guarded:?}");
    }

    #[test]
    fn what_is_exported_comes_back(rows in prop::collection::vec(prop::collection::vec(text(), 3), 1..6)) {
        let mut writer = SheetWriter::new(&["名称", "a;b,c\td", "'=x"]);
        for row in &rows {
            writer.row(row.iter().map(|cell| Cell::Text(cell)));
        }
        let mut back: Vec<Vec<String>> = Sheet::read(&writer.finish()).map_or_else(|_| Vec::new(), |sheet| {
            assert_eq!(sheet.headers(), ["名称", "a;b,c\td", "'=x"]);
            sheet.rows().map(|row| (0..3).map(|column| row.cell(column).to_owned()).collect()).collect()
        });
        // A blank row need not come back; with a guard on one of its cells it does.
        let mut rows = rows;
        back.retain(|row| !is_blank(row));
        rows.retain(|row| !is_blank(row));
        prop_assert_eq!(back, rows);
    }

    #[test]
    fn cells_are_cut_as_the_csv_crate_cuts_them(text in "[ab\"\",,\r\n']{0,40}") {
        let text = format!("a,b,c\n{text}");
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
        let expected: Vec<Vec<String>> = reader
            .records()
            .map(|record| record.unwrap().iter().map(str::to_owned).collect::<Vec<_>>())
            .filter(|row| !is_blank(row))
            .map(|row| row.iter().map(|cell| unguard(cell).to_owned()).collect())
            .collect();
        let read: Vec<Vec<String>> = Sheet::read(&text).map_or_else(|_| Vec::new(), |sheet| {
            sheet.rows().zip(&expected).map(|(row, like)| (0..like.len()).map(|column| row.cell(column).to_owned()).collect()).collect()
        });
        prop_assert_eq!(read, expected);
    }

    #[test]
    fn no_text_and_no_bytes_break_a_reader(text in any::<String>(), bytes in any::<Vec<u8>>()) {
        let _ = Sheet::read(&text);
        let _ = encoding::sniff(&bytes);
    }

    #[test]
    fn utf8_is_always_known(text in "[^\u{0}<%PR7\u{1f}]{1,40}") {
        prop_assert_eq!(encoding::sniff(text.as_bytes()), Ok(encoding::Encoding::Utf8));
    }
}
