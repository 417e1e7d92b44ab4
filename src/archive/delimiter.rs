//! What stands between the cells of a file: comma, semicolon (Excel where the comma is decimal) or tab (pasted sheets). Found by
//! trying; a file that says it itself in a first line `sep=;` is believed.

use super::scan::Scanner;
use super::sheet::MAX_COLUMNS;

/// The likeliest first: it wins a tie, and where nothing is between the cells at all.
const CANDIDATES: [u8; 3] = [b',', b';', b'\t'];

/// Rows below the header that are tried.
const TRIED: usize = 20;

/// The delimiter of a text without BOM, and the scanner that reads it: at the header, behind a `sep=` line.
pub(super) fn detect(text: &str) -> Scanner<'_> {
    if let Some(delimiter) = named(text) {
        let mut scanner = Scanner::new(text, delimiter);
        // `sep=;` is two cells, and both stand on the line that is left behind.
        while scanner.next_row() == Some(1) && scanner.cell(&mut String::new()) == Ok(true) {}
        return scanner;
    }
    let mut best = (Score::default(), b',');
    for candidate in CANDIDATES {
        let score = score(text, candidate);
        if score > best.0 {
            best = (score, candidate);
        }
    }
    Scanner::new(text, best.1)
}

/// What Excel's own first line says.
fn named(text: &str) -> Option<u8> {
    let line = text.split(['\r', '\n']).next()?;
    let line = line.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(line);
    let (word, delimiter) = line.as_bytes().split_at_checked(4)?;
    match delimiter {
        [only] if word.eq_ignore_ascii_case(b"sep=") => Some(*only).filter(|byte| matches!(byte, b',' | b';' | b'\t' | b'|')),
        _ => None,
    }
}

/// How well a delimiter fits, the weightier first: a unit in a header, `price (a,b,c)`, must not win against the rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Score {
    most_rows_agree: bool,
    header_cells: usize,
    agreeing_rows: usize,
}

fn score(text: &str, delimiter: u8) -> Score {
    let mut scanner = Scanner::new(text, delimiter);
    let Some(header) = width(&mut scanner).filter(|cells| *cells > 1) else { return Score::default() };
    let (mut rows, mut agreeing, mut exact) = (0, 0, 0);
    while rows < TRIED
        && let Some(cells) = width(&mut scanner)
    {
        rows += 1;
        // Rows may leave out empty cells at their end; a row of one cell was not cut at all.
        agreeing += usize::from((2..=header).contains(&cells));
        exact += usize::from(cells == header);
    }
    Score { most_rows_agree: agreeing * 2 >= rows, header_cells: header, agreeing_rows: exact }
}

/// The cells of the next row; `None` at the end of the text and where it cannot be read.
fn width(scanner: &mut Scanner<'_>) -> Option<usize> {
    scanner.next_row()?;
    let mut scratch = String::new();
    for cells in 1..=MAX_COLUMNS + 1 {
        scratch.clear();
        if !scanner.cell(&mut scratch).ok()? {
            return Some(cells);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> char {
        char::from(detect(text).delimiter())
    }

    #[test]
    fn the_header_line_tells_the_delimiter() {
        assert_eq!(found("name,code\na,1\n"), ',');
        assert_eq!(found("name;price\n水;4,5\n茶;3,25\n"), ';');
        assert_eq!(found("name\tcode\r\na, b\t1\r\n"), '\t');
        assert_eq!(found("名称\n惠民\n"), ',');
        assert_eq!(found(""), ',');
    }

    #[test]
    fn delimiters_inside_quotes_and_units_do_not_count() {
        assert_eq!(found("\"a,b,c,d\";e\n1;2\n"), ';');
        assert_eq!(found("name;price (a,b,c)\nx;1\ny;2\n"), ';');
        assert_eq!(found("名称,备注\n水,\"一;二;三\"\n"), ',');
    }

    #[test]
    fn short_rows_and_a_last_row_that_is_a_total_do_not_mislead() {
        assert_eq!(found("a;b;c\n1;2\n1;2;3\nTotal\n"), ';');
        assert_eq!(found("a,b;c,d\n"), ',');
    }

    #[test]
    fn a_sep_line_is_believed_and_left_behind() {
        for first in ["sep=;", "SEP=;", "\"sep=;\""] {
            let text = format!("{first}\r\na,b;c\r\n1;2\r\n");
            let mut scanner = detect(&text);
            assert_eq!(char::from(scanner.delimiter()), ';', "{first}");
            assert_eq!(scanner.next_row(), Some(2));
        }
        assert_eq!(found("sep=x,b\n1,2\n"), ',');
        assert_eq!(found("sep=|\na|b\n"), '|');
    }
}
