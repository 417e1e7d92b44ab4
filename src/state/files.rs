//! Tables as files to keep: CSV that opens in a spreadsheet, with no cell that could become a formula.

use super::app::App;
use crate::archive::sheet_writer::{Cell, SheetWriter};
use crate::domain::money::Money;

/// One cell of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileCell {
    Text(String),
    Whole(i64),
    Amount(Money),
    Empty,
}

impl App {
    /// The text of a CSV file.
    pub fn table_file(self, heads: &[&str], rows: impl IntoIterator<Item = Vec<FileCell>>) -> String {
        let mut writer = SheetWriter::new(heads);
        for row in rows {
            writer.row(row.into_iter().map(|cell| match cell {
                FileCell::Text(text) => Cell::Owned(text),
                FileCell::Whole(value) => Cell::Whole(value),
                FileCell::Amount(amount) => Cell::Amount(amount),
                FileCell::Empty => Cell::Empty,
            }));
        }
        writer.finish()
    }
}
