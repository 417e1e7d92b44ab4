//! A CSV text that Excel, WPS and LibreOffice open as it is meant: UTF-8 with BOM, CRLF, quotes where they are needed. Every text
//! passes the formula guard, so no cell runs; [`super::sheet::Sheet`] reads back the very same cells.

use super::formula::{guard, is_dangerous};
use crate::domain::money::Money;

/// One cell to write.
///
/// Codes, barcodes and the like are texts and go out plain. Excel shows `00123` as 123, `6901234567892` in powers of ten and `1-2`
/// as a date when it opens the file; what would stop it is a formula (`="00123"`), which no cell here may be. The file itself
/// keeps them exactly, and so does an import of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell<'a> {
    Text(&'a str),
    Owned(String),
    /// A whole number; may be negative.
    Whole(i64),
    /// A price or amount; may be negative. No sign of its currency.
    Amount(Money),
    Empty,
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Cell::Text(text)
    }
}

impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        Cell::Owned(text)
    }
}

impl<'a, T: Into<Cell<'a>>> From<Option<T>> for Cell<'a> {
    fn from(cell: Option<T>) -> Self {
        cell.map_or(Cell::Empty, Into::into)
    }
}

impl From<i64> for Cell<'_> {
    fn from(number: i64) -> Self {
        Cell::Whole(number)
    }
}

impl From<Money> for Cell<'_> {
    fn from(amount: Money) -> Self {
        Cell::Amount(amount)
    }
}

/// A sheet on its way to a file.
#[derive(Clone, Debug)]
pub struct SheetWriter {
    out: String,
}

impl SheetWriter {
    /// A sheet with its header row.
    pub fn new(headers: &[&str]) -> SheetWriter {
        let mut writer = SheetWriter { out: "\u{feff}".to_owned() };
        writer.row(headers.iter().map(|header| Cell::Text(header)));
        writer
    }

    /// Puts a row below the others. A row whose cells are all empty or blank is not read back.
    pub fn row<'a>(&mut self, cells: impl IntoIterator<Item = Cell<'a>>) {
        for (column, cell) in cells.into_iter().enumerate() {
            if column > 0 {
                self.out.push(',');
            }
            match cell {
                Cell::Text(text) => self.text(text),
                Cell::Owned(text) => self.text(&text),
                Cell::Whole(number) => self.out.push_str(&number.to_string()),
                Cell::Amount(Money(amount)) => self.out.push_str(&amount.to_string()),
                Cell::Empty => {}
            }
        }
        self.out.push_str("\r\n");
    }

    /// The whole file as text.
    pub fn finish(self) -> String {
        self.out
    }

    fn text(&mut self, text: &str) {
        let text = guard(text);
        // Also around what another program could take for the delimiter, and around blanks that it could trim.
        let is_quoted = text.contains([',', ';', '\t', '|', '"', '\r', '\n'])
            || text.starts_with(char::is_whitespace)
            || text.ends_with(char::is_whitespace);
        debug_assert!(!is_dangerous(&text));
        if is_quoted {
            self.out.push('"');
        }
        for c in text.chars().filter(|c| *c != '\0') {
            if c == '"' {
                self.out.push('"');
            }
            self.out.push(c);
        }
        if is_quoted {
            self.out.push('"');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_opens_in_excel_as_it_is_meant() {
        let mut writer = SheetWriter::new(&["名称", "数量", "金额"]);
        writer.row(["惠民, \"副食\"".into(), (-12).into(), Money("-1234.50".parse().unwrap()).into()]);
        writer.row([Cell::Empty, Cell::Text("a\nb"), Cell::Owned("00123".into())]);
        let text = writer.finish();
        assert_eq!(text, "\u{feff}名称,数量,金额\r\n\"惠民, \"\"副食\"\"\",-12,-1234.50\r\n,\"a\nb\",00123\r\n");
    }

    #[test]
    fn no_text_runs_and_numbers_stay_numbers() {
        let mut writer = SheetWriter::new(&["=h"]);
        writer.row(["=HYPERLINK(\"http://x\")".into(), "-1".into(), " @x".into(), "＝1".into(), (-1).into()]);
        assert_eq!(writer.finish(), "\u{feff}'=h\r\n\"'=HYPERLINK(\"\"http://x\"\")\",'-1,' @x,'＝1,-1\r\n");
    }

    #[test]
    fn a_missing_value_is_an_empty_cell() {
        let mut writer = SheetWriter::new(&["a", "b"]);
        writer.row([Cell::from(None::<i64>), Cell::from(Some("x"))]);
        assert_eq!(writer.finish(), "\u{feff}a,b\r\n,x\r\n");
    }
}
