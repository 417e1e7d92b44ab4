//! Why storage did not do what was asked, as plain data.

use crate::archive::record::Unreadable;

/// Why storage did not do what was asked. Nothing was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// The disk or the site's quota is full.
    Full,
    /// The data was laid out or written by a newer version of the app.
    Newer,
    /// The record to add is there already: another tab was first.
    AlreadyThere,
    /// A newer version of the app in another tab needs this connection closed.
    Closed,
    /// Another tab writes; this one only reads.
    Reader,
    /// The browser dropped its connection to the database: opening it again may help.
    Lost(String),
    /// Anything else, in the browser's words (for a report, not for the rep).
    Broken(String),
}

impl From<Unreadable> for StoreError {
    fn from(unreadable: Unreadable) -> Self {
        match unreadable {
            Unreadable::Newer { .. } => StoreError::Newer,
            Unreadable::Malformed(why) => StoreError::Broken(why),
        }
    }
}

impl StoreError {
    /// What a browser's words mean. A full disk is spelt in several ways, at the request, at the commit or only at the abort; so is a
    /// dropped connection.
    pub fn from_words(words: &str) -> StoreError {
        const FULL: [&str; 10] = [
            "quotaexceeded",
            "quota",
            "disk is full",
            "disk full",
            "disk_full",
            "no space",
            "no_space",
            "not enough space",
            "ns_error_file_no_device_space",
            "ns_error_dom_indexeddb_quota_err",
        ];
        const LOST: [&str; 10] = [
            "invalidstateerror",
            "connection is closing",
            "connection was closed",
            "connection lost",
            "connection to indexed database server lost",
            "connection is closed",
            "backing store",
            "database connection",
            "unknownerror",
            "internal error",
        ];
        let lower = words.to_lowercase();
        let says = |parts: &[&str]| parts.iter().any(|part| lower.contains(part));
        if says(&FULL) {
            StoreError::Full
        } else if says(&["constrainterror"]) {
            StoreError::AlreadyThere
        } else if says(&["versionerror", "less than the existing version"]) {
            StoreError::Newer
        } else if says(&LOST) || lower.starts_with("aborterror") {
            StoreError::Lost(words.to_owned())
        } else {
            StoreError::Broken(words.to_owned())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_known_in_every_spelling() {
        for words in [
            "QuotaExceededError: Encountered full disk while opening backing store for indexedDB.open.",
            "QuotaExceededError: The current transaction exceeded its quota limitations.",
            "UnknownError: Internal error: not enough space on the device",
            "AbortError: disk is full",
            "NS_ERROR_FILE_NO_DEVICE_SPACE",
            "UnknownError: database or disk is full",
            "UnknownError: Connection is closing because of: IO error: .../000003.log: FILE_ERROR_NO_SPACE (ChromeMethodBFE: 3::WritableFileAppend::8)",
        ] {
            assert_eq!(StoreError::from_words(words), StoreError::Full, "{words}");
        }
    }

    #[test]
    fn a_dropped_connection_is_worth_another_try_and_an_abort_without_a_word_too() {
        for words in [
            "InvalidStateError: Failed to execute 'transaction' on 'IDBDatabase': The database connection is closing.",
            "UnknownError: Connection to Indexed Database server lost. Refresh the page to try again",
            "UnknownError: Internal error opening backing store for indexedDB.open.",
            "AbortError: The transaction was aborted, so the request cannot be fulfilled.",
        ] {
            assert!(matches!(StoreError::from_words(words), StoreError::Lost(_)), "{words}");
        }
        assert!(matches!(StoreError::from_words("DataError: no key"), StoreError::Broken(_)));
    }
}
