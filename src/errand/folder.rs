//! A backup into the folder that the rep picked: one file a day, the newest two stay.

use super::back_up;
use crate::archive::errand::{Answer, InFolder};
use crate::state::clock;
use crate::store::database::Store;
use crate::store::error::StoreError;
use std::cell::Cell;

/// Our files in the folder begin so; others are never touched.
const PREFIX: &str = "shelfwise-copy-";

/// Copies that stay.
const GENERATIONS: usize = 2;

/// Writes everything into the folder. One with far fewer records never takes the place of one with more.
pub async fn copy(store: &Store, stop: &Cell<bool>) -> Result<Answer, StoreError> {
    let Some(folder) = store.folder().await? else { return Ok(Answer::InFolder(InFolder::None)) };
    if !folder.is_allowed().await {
        return Ok(Answer::InFolder(InFolder::Asks));
    }
    let (Answer::File(made), Some(content)) = back_up::everything(store, stop).await? else { return Ok(Answer::Stopped) };
    let before = folder.list(PREFIX).await?;
    let is_far_larger = |size: u64| size > 2 * made.bytes;
    let plain = format!("{PREFIX}{}.json", clock::today());
    let in_the_way = before.iter().any(|(name, size)| *name == plain && is_far_larger(*size));
    let name = if in_the_way { format!("{PREFIX}{}-{}.json", clock::today(), clock::millis()) } else { plain };
    folder.write(&name, &content).await?;
    let now = folder.list(PREFIX).await?;
    let old = now.iter().rev().filter(|(held, _)| *held != name).skip(GENERATIONS - 1);
    for (name, size) in old {
        if !is_far_larger(*size) {
            folder.remove(name).await;
        }
    }
    Ok(Answer::InFolder(InFolder::Written { at: clock::now(), name, bytes: made.bytes }))
}
