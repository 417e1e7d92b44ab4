//! Taking one protection out, to see that the matching proof then fails. In a release none of this exists: every question is
//! answered "no" at compile time.

/// A protection by the word that takes it out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protection {
    /// The database is asked to flush before it says "complete".
    Strict,
    /// There is a journal.
    Journal,
    /// A journal frame is flushed before the database is asked.
    Flush,
    /// "Saved" waits for the database.
    Wait,
    Canary,
    /// A commit looks whether this tab may still write.
    Fence,
    /// A dropped connection is opened again.
    Retry,
    /// A full disk gets the ballast's room.
    Ballast,
    /// What the database lacks is replayed from the journal.
    Replay,
    /// The database is compared with the journal after the start.
    Audit,
}

#[cfg(not(feature = "sabotage"))]
pub const fn is_out(_: Protection) -> bool {
    false
}

#[cfg(feature = "sabotage")]
mod switch {
    use super::Protection;
    use std::cell::RefCell;

    thread_local! {
        static OUT: RefCell<String> = const { RefCell::new(String::new()) };
    }

    fn word(protection: Protection) -> &'static str {
        match protection {
            Protection::Strict => "no-strict",
            Protection::Journal => "no-journal",
            Protection::Flush => "no-flush",
            Protection::Wait => "ack-early",
            Protection::Canary => "no-canary",
            Protection::Fence => "no-fence",
            Protection::Retry => "no-retry",
            Protection::Ballast => "no-ballast",
            Protection::Replay => "no-replay",
            Protection::Audit => "no-audit",
        }
    }

    /// Takes the protections with these words out, separated by commas.
    pub fn take_out(words: &str) {
        OUT.with_borrow_mut(|out| words.clone_into(out));
    }

    pub fn is_out(protection: Protection) -> bool {
        OUT.with_borrow(|out| out.split(',').any(|out| out.trim() == word(protection)))
    }
}

#[cfg(feature = "sabotage")]
pub use switch::{is_out, take_out};
