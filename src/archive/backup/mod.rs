//! The backup file: one JSON object, a header a person can read and `data` with every record by kind and id. What is written is
//! described in `docs/backup-format.md`; what is read is checked whole before anything is done with it.

mod compact;
mod drafts;
mod export;
mod header;
mod names;
mod place;
mod plan;
mod read;
mod split;
mod write;

pub use compact::compact;
pub use drafts::draft_body;
pub use export::Export;
pub use header::{Counts, FORMAT, Header, Scope, VERSION};
pub use place::Place;
pub use plan::{Met, Mode, Plan, Stored, Tally};
pub use read::{Damage, Entry, Opened, Problem, Reader, What, open};

use sha2::{Digest, Sha256};

/// The largest file that is read, in bytes: more than a year and a half of 300 shops. More would not fit beside the app on a small phone.
pub const MAX_BYTES: u64 = 250_000_000;

/// The SHA-256 of a text's bytes, taken in one part after the other.
#[derive(Default)]
pub struct Hash(Sha256);

impl Hash {
    pub fn take(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// 64 lower-case hexadecimal digits.
    pub fn finish(self) -> String {
        hex(&self.0.finalize())
    }
}

/// Bytes as lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The SHA-256 of one text.
pub fn hash_of(text: &str) -> String {
    let mut hash = Hash::default();
    hash.take(text.as_bytes());
    hash.finish()
}
