//! A chosen file as a sheet: size first, then bytes, encoding, text, cells. Nothing is guessed at twice: the sheet is kept.

use crate::archive::columns::{self, ListKind};
use crate::archive::encoding::{self, Encoding};
use crate::archive::errand::{Answer, Read};
use crate::archive::mapping;
use crate::archive::sheet::{FileProblem, MAX_BYTES, Sheet};
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, TextDecoder};

/// Rows shown beside the columns.
const SAMPLES: usize = 3;

/// A file that was read.
pub struct ReadFile {
    pub sheet: Sheet,
    encoding: Encoding,
}

/// Reads a file, or says what is wrong with it.
pub async fn read(file: Option<File>) -> Result<ReadFile, FileProblem> {
    let file = file.ok_or(FileProblem::Empty)?;
    #[expect(clippy::cast_precision_loss, reason = "the limit is far below 2^53")]
    if file.size() > MAX_BYTES as f64 {
        return Err(FileProblem::TooLarge);
    }
    let buffer = JsFuture::from(file.array_buffer()).await.map_err(|_| FileProblem::NotText)?;
    let bytes = js_sys::Uint8Array::new(&buffer).to_vec();
    let encoding = encoding::sniff(&bytes)?;
    let text = TextDecoder::new_with_label(encoding.label()).and_then(|decoder| decoder.decode_with_u8_array(&bytes));
    let text = text.map_err(|_| FileProblem::NotText)?;
    drop(bytes);
    if encoding::looks_garbled(&text) {
        return Err(FileProblem::NotText);
    }
    Ok(ReadFile { sheet: Sheet::read(&text)?, encoding })
}

impl ReadFile {
    pub fn answer(&self) -> Answer {
        let headers = self.sheet.headers().to_vec();
        let row =
            |row: crate::archive::sheet::Row<'_>| (0..headers.len()).map(|column| row.cell(column).chars().take(60).collect()).collect();
        Answer::Read(Read {
            encoding: self.encoding,
            delimiter: self.sheet.delimiter(),
            rows: self.sheet.len(),
            samples: self.sheet.rows().take(SAMPLES).map(row).collect(),
            list: columns::kind_of(&headers),
            mappings: [ListKind::Customers, ListKind::Products, ListKind::Orders, ListKind::Counts]
                .map(|list| (list, mapping::guess(list.columns(), &headers)))
                .to_vec(),
            headers,
        })
    }
}
