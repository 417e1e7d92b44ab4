//! What is kept beside the rep's data: the copy from before the last restore, and what this device remembers of backups.

use super::app::App;
use super::preferences;
use crate::archive::errand::{COPY_HEAD, SafetyCopy};
use leptos::prelude::*;

impl App {
    /// The copy of what was before the last restore.
    pub async fn safety_copy(self) -> Option<SafetyCopy> {
        let kept = self.store.get_value().kept(COPY_HEAD).await.ok()?;
        kept.first().and_then(|(_, body)| serde_json::from_str(body).ok())
    }

    /// Everything was deleted, and with it what a backup was of.
    pub fn forget_backups(self) {
        preferences::keep_backed_up(None);
        self.backed_up.set(None);
    }
}
