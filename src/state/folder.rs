//! The folder for copies: picked once, written into once a day, asked for again where the browser forgot that it was allowed.

use super::app::App;
use super::clock;
pub use crate::archive::errand::InFolder;
use crate::store::folder;
use crate::store::prefs;
use chrono::{NaiveDateTime, TimeDelta};
use leptos::prelude::*;

const LAST: &str = "shelfwise.folder";

/// A copy that is older is made anew after the start, in hours.
const EVERY: i64 = 20;

/// The folder as the page of backups shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FolderState {
    /// None: none was picked.
    pub name: Option<String>,
    pub is_allowed: bool,
    /// It was deleted or moved.
    pub is_gone: bool,
    pub last: Option<NaiveDateTime>,
    /// A copy that has far more in it than the newest, and so stays.
    pub larger: Option<String>,
}

impl App {
    /// Whether this browser lets a folder be picked.
    pub fn can_pick_folder(self) -> bool {
        folder::can_pick()
    }

    pub async fn folder_state(self) -> Option<FolderState> {
        let picked = self.store.get_value().folder().await.ok()?;
        let last = prefs::get(LAST).and_then(|at| at.parse().ok());
        let Some(picked) = picked else { return Some(FolderState::default()) };
        let is_allowed = picked.is_allowed().await;
        let copies = if is_allowed { picked.copies().await } else { Some(Vec::new()) };
        let is_gone = copies.is_none();
        let copies = copies.unwrap_or_default();
        let newest = copies.last().map_or(0, |(_, size)| *size);
        let larger = copies.into_iter().rev().find(|(_, size)| folder::is_far_smaller(newest, *size)).map(|(name, _)| name);
        Some(FolderState { name: Some(picked.name()), is_allowed, is_gone, last, larger })
    }

    /// Lets the rep pick a folder, or allow the one that was picked again; then a copy can be written. For one that is gone another is
    /// picked.
    pub async fn pick_folder(self) -> bool {
        let store = self.store.get_value();
        if let Ok(Some(picked)) = store.folder().await
            && picked.copies().await.is_some()
        {
            return picked.allow().await;
        }
        match folder::pick().await {
            Some(picked) => {
                let kept = store.keep_folder(Some(&picked)).await;
                self.note(&kept);
                // What was written into another folder is not in this one.
                prefs::set(LAST, None);
                kept.is_ok()
            }
            None => false,
        }
    }

    /// The folder is not used any more; what is in it stays.
    pub async fn forget_folder(self) {
        let forgotten = self.store.get_value().keep_folder(None).await;
        self.note(&forgotten);
        prefs::set(LAST, None);
    }

    /// A copy was written into the folder.
    pub fn note_in_folder(self, said: &InFolder) {
        if let InFolder::Written { at, .. } = said {
            // As it is read again: `to_string` has a blank where the date ends, which is not.
            prefs::set(LAST, Some(&format!("{at:?}")));
        }
    }

    /// Whether a copy is due: there is a folder, and the last copy in it is old.
    pub(super) async fn is_folder_due(self) -> bool {
        let last: Option<NaiveDateTime> = prefs::get(LAST).and_then(|at| at.parse().ok());
        let is_old = last.is_none_or(|last| clock::now() - last > TimeDelta::hours(EVERY) || last > clock::now());
        is_old && folder::can_pick() && matches!(self.store.get_value().folder().await, Ok(Some(_)))
    }
}
