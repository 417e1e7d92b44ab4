//! A CSV text as a table with known columns: UTF-8, with or without BOM, comma separated. Limits come first: a hostile file is
//! refused with a reason before it costs memory.

/// Why a whole file cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileProblem {
    /// Nothing but a header, or nothing at all.
    Empty,
    /// More than [`MAX_BYTES`].
    TooLarge,
    /// More than [`MAX_ROWS`].
    TooManyRows,
    /// More than [`MAX_COLUMNS`].
    TooManyColumns,
    /// Not UTF-8 text: a spreadsheet or another encoding.
    NotUtf8,
    /// No column that holds a name.
    NameColumnMissing,
}

pub const MAX_BYTES: usize = 20_000_000;
pub const MAX_ROWS: usize = 50_000;
pub const MAX_COLUMNS: usize = 200;

/// A file's rows by the columns a reader knows.
#[derive(Debug)]
pub struct Table {
    rows: Vec<(u64, csv::StringRecord)>,
    columns: Vec<Option<usize>>,
}

/// Reads `text`; `known` gives for each wanted column the headers it goes by, folded. The first column must be there.
pub fn read(text: &str, known: &[&[&str]]) -> Result<Table, FileProblem> {
    if text.len() > MAX_BYTES {
        return Err(FileProblem::TooLarge);
    }
    if text.contains('\0') {
        return Err(FileProblem::NotUtf8);
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|_| FileProblem::NotUtf8)?;
    if header.len() > MAX_COLUMNS {
        return Err(FileProblem::TooManyColumns);
    }
    let headers: Vec<String> = header.iter().map(|cell| crate::domain::search::fold(cell.trim())).collect();
    let columns: Vec<Option<usize>> =
        known.iter().map(|names| headers.iter().position(|header| names.contains(&header.as_str()))).collect();
    if columns.first().copied().flatten().is_none() {
        let nothing = headers.iter().all(String::is_empty);
        return Err(if nothing { FileProblem::Empty } else { FileProblem::NameColumnMissing });
    }
    let mut rows = Vec::new();
    let mut lines = LineCounter { text: text.as_bytes(), at: 0, line: 1 };
    for record in reader.records() {
        let record = record.map_err(|_| FileProblem::NotUtf8)?;
        if record.len() > MAX_COLUMNS {
            return Err(FileProblem::TooManyColumns);
        }
        if rows.len() == MAX_ROWS {
            return Err(FileProblem::TooManyRows);
        }
        if record.iter().any(|cell| !cell.trim().is_empty()) {
            let start = record.position().map_or(0, csv::Position::byte);
            rows.push((lines.line_at(usize::try_from(start).unwrap_or(usize::MAX)), record));
        }
    }
    if rows.is_empty() { Err(FileProblem::Empty) } else { Ok(Table { rows, columns }) }
}

/// Lines as a person counts them in an editor. The reader's own count stands before the blank lines it skips, and between the two
/// characters of a Windows line end.
struct LineCounter<'a> {
    text: &'a [u8],
    at: usize,
    line: u64,
}

impl LineCounter<'_> {
    /// The line, from 1, of the first character at or behind byte `start` that is no line end. `start` never goes back.
    fn line_at(&mut self, start: usize) -> u64 {
        while let Some(byte) = self.text.get(self.at) {
            if self.at >= start && !matches!(byte, b'\r' | b'\n') {
                break;
            }
            let is_windows_end = *byte == b'\r' && self.text.get(self.at + 1) == Some(&b'\n');
            if matches!(byte, b'\r' | b'\n') && !is_windows_end {
                self.line += 1;
            }
            self.at += 1;
        }
        self.line
    }
}

/// One row of a table.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// Line in the file, from 1.
    pub line: u64,
    record: &'a csv::StringRecord,
    columns: &'a [Option<usize>],
}

impl Table {
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|(line, record)| Row { line: *line, record, columns: &self.columns })
    }
}

impl<'a> Row<'a> {
    /// The cell of a known column; `None` where the file has no such column, empty where the row is short.
    pub fn cell(self, column: usize) -> Option<&'a str> {
        let at = self.columns.get(column).copied().flatten()?;
        Some(self.record.get(at).unwrap_or(""))
    }
}
