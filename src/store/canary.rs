//! The canary: how far the database had got at the last save, in localStorage. The browser writes it to the disk late: one that is
//! behind says nothing, one that is ahead says that the database lost something.

use super::prefs;
use crate::archive::journal::Mark;
use crate::keep::keeper::Canary;

const KEY: &str = "shelfwise.canary";

#[derive(Clone, Copy, Debug)]
pub struct LocalCanary;

impl Canary for LocalCanary {
    fn get(&self) -> Option<Mark> {
        serde_json::from_str(&prefs::get(KEY)?).ok()
    }

    fn set(&self, mark: Option<&Mark>) {
        prefs::set(KEY, mark.and_then(|mark| serde_json::to_string(mark).ok()).as_deref());
    }
}
