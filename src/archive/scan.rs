//! CSV text cut into cells as RFC 4180 and Excel write them. At most one cell is copied at a time, and one longer than
//! [`MAX_CELL`] is refused before it is.

use super::sheet::{FileProblem, MAX_CELL};

/// A place in a text. [`Scanner::next_row`] and then [`Scanner::cell`] until a row is over, again and again.
#[derive(Clone, Debug)]
pub(super) struct Scanner<'a> {
    text: &'a str,
    /// The next byte. Only ever behind or before an ASCII character or at an end, so always between characters.
    at: usize,
    /// The line `at` is in, from 1, as an editor counts: CRLF, LF and CR each end one, inside quotes too.
    line: u32,
    delimiter: u8,
}

impl<'a> Scanner<'a> {
    /// `delimiter` is ASCII and neither a quote nor a line end.
    pub fn new(text: &'a str, delimiter: u8) -> Self {
        Scanner { text, at: 0, line: 1, delimiter }
    }

    pub fn delimiter(&self) -> u8 {
        self.delimiter
    }

    /// Goes to the next line with something in it and returns its number; `None` at the end of the text.
    pub fn next_row(&mut self) -> Option<u32> {
        let rest = self.rest();
        let ends = rest.iter().position(|byte| !is_line_end(*byte)).unwrap_or(rest.len());
        self.line += lines_in(rest.get(..ends).unwrap_or_default());
        self.at += ends;
        (self.at < self.text.len()).then_some(self.line)
    }

    /// Puts the next cell of the row behind `out`; says whether the row goes on after it.
    pub fn cell(&mut self, out: &mut String) -> Result<bool, FileProblem> {
        let before = out.len();
        if self.rest().first() == Some(&b'"') {
            self.at += 1;
            self.quoted(before, out)?;
        }
        // Behind a closing quote too: `"12" inch` is read as `12 inch`, as Excel does.
        let (rest, delimiter) = (self.rest(), self.delimiter);
        let length = rest.iter().position(|byte| *byte == delimiter || is_line_end(*byte)).unwrap_or(rest.len());
        self.take(length, before, out)?;
        let cell = out.get(before..).unwrap_or_default();
        if cell.len() > MAX_CELL && cell.chars().count() > MAX_CELL {
            return Err(FileProblem::CellTooLong);
        }
        let goes_on = self.rest().first() == Some(&delimiter);
        self.at += usize::from(goes_on);
        Ok(goes_on)
    }

    /// Up to the closing quote, or to the end of the text where none comes.
    fn quoted(&mut self, before: usize, out: &mut String) -> Result<(), FileProblem> {
        loop {
            let rest = self.rest();
            let length = rest.iter().position(|byte| *byte == b'"');
            let piece = length.unwrap_or(rest.len());
            self.line += lines_in(rest.get(..piece).unwrap_or_default());
            self.take(piece, before, out)?;
            self.at += usize::from(length.is_some());
            if length.is_none() || self.rest().first() != Some(&b'"') {
                return Ok(());
            }
            out.push('"');
            self.at += 1;
        }
    }

    /// Moves `length` bytes behind `out`, whose present cell begins at `before`.
    fn take(&mut self, length: usize, before: usize, out: &mut String) -> Result<(), FileProblem> {
        // A character has at most four bytes.
        if out.len() - before + length > 4 * MAX_CELL {
            return Err(FileProblem::CellTooLong);
        }
        out.push_str(self.text.get(self.at..self.at + length).unwrap_or_default());
        self.at += length;
        Ok(())
    }

    fn rest(&self) -> &'a [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }
}

fn is_line_end(byte: u8) -> bool {
    matches!(byte, b'\r' | b'\n')
}

fn lines_in(bytes: &[u8]) -> u32 {
    let mut lines = 0;
    let mut last = 0;
    for byte in bytes {
        if is_line_end(*byte) && !(last == b'\r' && *byte == b'\n') {
            lines += 1;
        }
        last = *byte;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<(u32, Vec<String>)> {
        let mut scanner = Scanner::new(text, b',');
        let mut rows = Vec::new();
        while let Some(line) = scanner.next_row() {
            let mut cells = Vec::new();
            loop {
                let mut cell = String::new();
                let goes_on = scanner.cell(&mut cell).unwrap();
                cells.push(cell);
                if !goes_on {
                    break;
                }
            }
            rows.push((line, cells));
        }
        rows
    }

    fn row(line: u32, cells: &[&str]) -> (u32, Vec<String>) {
        (line, cells.iter().map(|cell| (*cell).to_owned()).collect())
    }

    #[test]
    fn quotes_hold_delimiters_line_ends_and_doubled_quotes() {
        assert_eq!(all("a,\"b,\"\"c\"\"\r\nd\",\n,"), vec![row(1, &["a", "b,\"c\"\r\nd", ""]), row(3, &["", ""])]);
        assert_eq!(all("\"a\"b\"c,3\" nail"), vec![row(1, &["ab\"c", "3\" nail"])]);
        assert_eq!(all("\"open,\nrest"), vec![row(1, &["open,\nrest"])]);
    }

    #[test]
    fn a_row_is_named_by_its_line_whatever_ends_a_line() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["a", "", &format!("\"b{end}{end}b\""), "c", "", "", "d"].join(end);
            let lines: Vec<u32> = all(&text).into_iter().map(|(line, _)| line).collect();
            assert_eq!(lines, vec![1, 3, 6, 9], "{end:?}");
        }
    }

    #[test]
    fn a_cell_of_the_longest_length_is_read_and_one_more_is_not() {
        for c in ['x', '长', '😀'] {
            for quote in ["", "\""] {
                let cell = |count: usize| format!("{quote}{}{quote}", c.to_string().repeat(count));
                assert!(Scanner::new(&cell(MAX_CELL), b',').cell(&mut String::new()).is_ok());
                assert_eq!(Scanner::new(&cell(MAX_CELL + 1), b',').cell(&mut String::new()), Err(FileProblem::CellTooLong));
            }
        }
    }
}
