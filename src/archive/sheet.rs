//! A CSV text as a header and rows of text cells, whatever list it is. Every limit is checked before memory is spent on what
//! breaks it: a hostile file is refused with a reason.

use super::delimiter;
use super::formula::unguard;
use super::scan::Scanner;
use crate::domain::text::is_invisible;
use serde::{Deserialize, Serialize};

/// Why a whole file cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FileProblem {
    /// Nothing at all.
    Empty,
    /// One row with something in it and none below.
    HeaderOnly,
    /// More than [`MAX_BYTES`].
    TooLarge,
    /// More than [`MAX_ROWS`].
    TooManyRows,
    /// A row of more than [`MAX_COLUMNS`].
    TooManyColumns,
    /// A cell of more than [`MAX_CELL`]; most often a quote that is never closed.
    CellTooLong,
    /// A workbook, or a web page that says it is one: to be saved as CSV first.
    Spreadsheet,
    /// No text, or in an encoding that is not known here.
    NotText,
}

/// The largest file, in bytes, as it is and as UTF-8.
pub const MAX_BYTES: usize = 40_000_000;
/// The most rows below the header, blank ones not counted.
pub const MAX_ROWS: usize = 300_000;
/// The most cells in a row.
pub const MAX_COLUMNS: usize = 200;
/// The longest cell, in characters.
pub const MAX_CELL: usize = 10_000;

/// Behind every cell in [`Sheet::cells`]. No text that is read holds one.
const SEPARATOR: char = '\0';

/// A file's header and rows. Takes as much memory as the text and eight bytes a row.
#[derive(Clone, Debug)]
pub struct Sheet {
    headers: Vec<String>,
    /// All cells of all rows, each with [`SEPARATOR`] behind it.
    cells: String,
    rows: Vec<Start>,
    delimiter: char,
}

/// Where a row begins: its line in the file and its byte in [`Sheet::cells`]. [`MAX_BYTES`] fits.
#[derive(Clone, Copy, Debug)]
struct Start {
    line: u32,
    byte: u32,
}

impl Sheet {
    /// Reads a text with or without BOM. Blank rows are left out; the first other row is the header, whatever it says.
    pub fn read(text: &str) -> Result<Sheet, FileProblem> {
        if text.len() > MAX_BYTES {
            return Err(FileProblem::TooLarge);
        }
        if text.contains(SEPARATOR) {
            return Err(FileProblem::NotText);
        }
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut scanner = delimiter::detect(text);
        let delimiter = char::from(scanner.delimiter());
        // A cell and its separator are never longer than the cell and its delimiter were.
        let mut cells = String::with_capacity(text.len() + 1);
        next_row(&mut scanner, &mut cells)?.ok_or(FileProblem::Empty)?;
        let headers = each(&cells).map(|cell| unguard(cell.trim()).to_owned()).collect();
        cells.clear();
        let mut rows = Vec::new();
        while let Some(start) = next_row(&mut scanner, &mut cells)? {
            if rows.len() == MAX_ROWS {
                return Err(FileProblem::TooManyRows);
            }
            rows.push(start);
        }
        if rows.is_empty() { Err(FileProblem::HeaderOnly) } else { Ok(Sheet { headers, cells, rows, delimiter }) }
    }

    /// The cells of the first row, trimmed.
    pub fn headers(&self) -> &[String] {
        &self.headers
    }

    /// The rows below the header, in the order of the file.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        let ends = self.rows.iter().skip(1).map(|next| next.byte as usize).chain([self.cells.len()]);
        self.rows
            .iter()
            .zip(ends)
            .map(|(start, end)| Row { line: u64::from(start.line), cells: self.cells.get(start.byte as usize..end).unwrap_or_default() })
    }

    /// Rows below the header; never 0.
    #[expect(clippy::len_without_is_empty, reason = "a sheet without rows is FileProblem::HeaderOnly")]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// What stands between two cells of a row.
    pub fn delimiter(&self) -> char {
        self.delimiter
    }
}

/// One row of a sheet.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// The line it begins on, from 1, as an editor counts.
    pub line: u64,
    cells: &'a str,
}

impl<'a> Row<'a> {
    /// The cell of a column, from 0, as it was before an export guarded it; empty where the row is short. White space is kept.
    pub fn cell(self, column: usize) -> &'a str {
        unguard(each(self.cells).nth(column).unwrap_or_default())
    }
}

/// Puts the cells of the next row that is not blank behind `cells`.
fn next_row(scanner: &mut Scanner<'_>, cells: &mut String) -> Result<Option<Start>, FileProblem> {
    let start = cells.len();
    while let Some(line) = scanner.next_row() {
        let mut columns = 1;
        while scanner.cell(cells)? {
            cells.push(SEPARATOR);
            columns += 1;
            if columns > MAX_COLUMNS {
                return Err(FileProblem::TooManyColumns);
            }
        }
        cells.push(SEPARATOR);
        // Control characters too: old programs end a file with U+001A.
        let is_blank = |c: char| c.is_whitespace() || c.is_control() || is_invisible(c);
        if !cells.get(start..).unwrap_or_default().chars().all(is_blank) {
            return Ok(Some(Start { line, byte: u32::try_from(start).map_err(|_| FileProblem::TooLarge)? }));
        }
        cells.truncate(start);
    }
    Ok(None)
}

/// The single cells of a row.
fn each(cells: &str) -> impl Iterator<Item = &str> {
    cells.split_terminator(SEPARATOR)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Sheet {
        Sheet::read(text).unwrap()
    }

    fn grid(sheet: &Sheet) -> Vec<(u64, Vec<&str>)> {
        sheet.rows().map(|row| (row.line, (0..sheet.headers().len()).map(|column| row.cell(column)).collect())).collect()
    }

    #[test]
    fn rows_come_with_their_line_and_short_ones_with_empty_cells() {
        let sheet = read("\u{feff} 店名 ,编号,备注\r\n惠民,C1,\"a\r\nb\"\r\n\r\n , ,\r\n好邻\r\n,,x,extra\r\n\u{1a}");
        assert_eq!(sheet.headers(), ["店名", "编号", "备注"]);
        assert_eq!((sheet.len(), sheet.delimiter()), (3, ','));
        assert_eq!(grid(&sheet), vec![(2, vec!["惠民", "C1", "a\r\nb"]), (6, vec!["好邻", "", ""]), (7, vec!["", "", "x"])]);
        assert_eq!(sheet.rows().next().map(|row| row.cell(usize::MAX)), Some(""));
    }

    #[test]
    fn a_sep_line_counts_as_a_line_and_is_no_header() {
        let sheet = read("\u{feff}sep=;\r\n名称;价格\r\n水;4,5\r\n");
        assert_eq!(sheet.headers(), ["名称", "价格"]);
        assert_eq!(grid(&sheet), vec![(3, vec!["水", "4,5"])]);
    }

    #[test]
    fn the_guard_of_an_export_is_taken_off_and_nothing_else() {
        let sheet = read("'=a,b\n'=HYPERLINK(),'hello\n''-1,-1\n");
        assert_eq!(sheet.headers(), ["=a", "b"]);
        assert_eq!(grid(&sheet), vec![(2, vec!["=HYPERLINK()", "'hello"]), (3, vec!["'-1", "-1"])]);
    }

    #[test]
    fn a_file_without_rows_says_so() {
        for empty in ["", "\u{feff}", "\r\n\r\n", ",,\n \u{3000},\n", "sep=;\n"] {
            assert_eq!(Sheet::read(empty).unwrap_err(), FileProblem::Empty, "{empty:?}");
        }
        for header in ["a", "a,b\n", "sep=;\na;b\n\n;\n"] {
            assert_eq!(Sheet::read(header).unwrap_err(), FileProblem::HeaderOnly, "{header:?}");
        }
    }

    #[test]
    fn hostile_files_are_refused_at_their_limit() {
        assert_eq!(Sheet::read(&"x".repeat(MAX_BYTES + 1)).unwrap_err(), FileProblem::TooLarge);
        assert_eq!(Sheet::read("PK\u{3}\u{4}\0\0").unwrap_err(), FileProblem::NotText);
        assert_eq!(Sheet::read(&format!("a\n{}", "1\n".repeat(MAX_ROWS + 1))).unwrap_err(), FileProblem::TooManyRows);
        assert_eq!(read(&format!("a\n{}", "1\n\n".repeat(MAX_ROWS))).len(), MAX_ROWS);
        let wide = |columns: usize| format!("a\nx{}\n", ",".repeat(columns - 1));
        assert_eq!(Sheet::read(&wide(MAX_COLUMNS + 1)).unwrap_err(), FileProblem::TooManyColumns);
        assert_eq!(Sheet::read(&wide(30_000_000)).unwrap_err(), FileProblem::TooManyColumns);
        assert_eq!(read(&wide(MAX_COLUMNS)).len(), 1);
        let open = format!("a,b\n\"never closed,{}", "1,2\n".repeat(50_000));
        assert_eq!(Sheet::read(&open).unwrap_err(), FileProblem::CellTooLong);
    }
}
