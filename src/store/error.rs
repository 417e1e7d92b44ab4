//! What can go wrong with storage, as plain data: browser exceptions end here.

use crate::archive::record::Unreadable;
use wasm_bindgen::{JsCast, JsValue};

/// Why storage did not do what was asked. Nothing was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// The disk or the site's quota is full.
    Full,
    /// The database was laid out by a newer version of the app.
    Newer,
    /// The record to add is there already: another tab was first.
    AlreadyThere,
    /// A newer version of the app in another tab needs this connection closed.
    Closed,
    /// Anything else, in the browser's words (for a report, not for the rep).
    Broken(String),
}

impl From<idb::Error> for StoreError {
    fn from(error: idb::Error) -> Self {
        StoreError::from_words(&error.to_string())
    }
}

impl From<JsValue> for StoreError {
    fn from(value: JsValue) -> Self {
        match value.dyn_ref::<web_sys::DomException>() {
            Some(exception) => StoreError::from(exception),
            None => StoreError::Broken(format!("{value:?}")),
        }
    }
}

impl From<&web_sys::DomException> for StoreError {
    fn from(exception: &web_sys::DomException) -> Self {
        StoreError::from_words(&format!("{}: {}", exception.name(), exception.message()))
    }
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
    /// Browsers spell a full disk in several ways, at the request, at the commit or only at the abort.
    fn from_words(words: &str) -> StoreError {
        let lower = words.to_lowercase();
        let says = |parts: &[&str]| parts.iter().any(|part| lower.contains(part));
        if says(&["quotaexceeded", "quota", "disk is full", "disk full", "no space", "not enough space", "ns_error_file_no_device_space"]) {
            StoreError::Full
        } else if says(&["constrainterror"]) {
            StoreError::AlreadyThere
        } else if says(&["versionerror", "less than the existing version"]) {
            StoreError::Newer
        } else if says(&["invalidstateerror", "connection is closing", "connection was closed"]) {
            StoreError::Closed
        } else {
            StoreError::Broken(words.to_owned())
        }
    }
}
