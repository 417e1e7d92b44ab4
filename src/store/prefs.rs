//! Small preferences of this device in localStorage: losing them costs a tap, so a failed write is not reported.

use gloo_storage::{LocalStorage, Storage};

/// A preference by its key.
pub fn get(key: &str) -> Option<String> {
    LocalStorage::get(key).ok()
}

/// Keeps a preference; `None` forgets it.
pub fn set(key: &str, value: Option<&str>) {
    match value {
        // A full or forbidden localStorage costs the preference, nothing else.
        Some(value) => drop(LocalStorage::set(key, value)),
        None => LocalStorage::delete(key),
    }
}
