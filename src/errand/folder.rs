//! A backup into the folder that the rep picked: one file a day, the newest two stay.

use super::back_up;
use crate::archive::errand::{Answer, InFolder};
use crate::state::clock;
use crate::store::database::Store;
use crate::store::error::StoreError;
use crate::store::folder::{COPY, Picked, is_cut_off, is_far_smaller};
use std::cell::Cell;
use web_sys::Blob;

/// Copies that stay.
const GENERATIONS: usize = 2;

/// Writes everything into the folder. What goes wrong with the folder is no trouble of the database.
pub async fn copy(store: &Store, stop: &Cell<bool>) -> Result<Answer, StoreError> {
    let Some(folder) = store.folder().await? else { return Ok(Answer::InFolder(InFolder::None)) };
    if !folder.is_allowed().await {
        return Ok(Answer::InFolder(InFolder::Asks));
    }
    let (Answer::File(made), Some(content)) = back_up::everything(store, stop).await? else { return Ok(Answer::Stopped) };
    Ok(Answer::InFolder(match put(&folder, &content, made.bytes).await {
        Ok(name) => InFolder::Written { at: clock::now(), name, bytes: made.bytes },
        Err(_) => InFolder::Failed,
    }))
}

/// Writes a copy and removes what is old. One with far fewer records never takes the place of one with more.
async fn put(folder: &Picked, content: &Blob, bytes: u64) -> Result<String, StoreError> {
    let before = folder.list(COPY).await?;
    let is_far_larger = |size: u64| is_far_smaller(bytes, size);
    let plain = format!("{COPY}{}.json", clock::today());
    let in_the_way = before.iter().any(|(name, size)| *name == plain && is_far_larger(*size));
    // The name sorts behind the one it stands beside.
    let name = if in_the_way { format!("{COPY}{}_{}.json", clock::today(), clock::millis()) } else { plain };
    if let Err(error) = folder.write(&name, content).await {
        if !before.iter().any(|(held, _)| *held == name) {
            folder.remove(&name).await;
        }
        return Err(error);
    }
    // It is written: what cannot be listed now stays. What a crash left of a write is no copy.
    let others = folder.list(COPY).await.unwrap_or_default().into_iter().rev().filter(|(held, _)| *held != name);
    let (cut_off, whole): (Vec<_>, Vec<_>) = others.partition(|(name, size)| is_cut_off(name, *size));
    let old = whole.into_iter().skip(GENERATIONS - 1).filter(|(_, size)| !is_far_larger(*size));
    for (name, _) in old.chain(cut_off) {
        folder.remove(&name).await;
    }
    Ok(name)
}
