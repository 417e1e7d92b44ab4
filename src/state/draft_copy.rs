//! The copy of the drafts beside the database: written after each write of one, and what the database lost of them is put back from it.

use super::app::App;
use super::role::Role;
use crate::archive::journal::{self, Reading};
use crate::keep::drafts::{self, Copy};
use crate::keep::keeper::Twin;
use crate::store::journal::{DRAFTS, Kept, number_of};
use leptos::prelude::*;
use leptos::task::spawn_local;

impl App {
    /// A draft was kept, or went with a save: the copy follows.
    pub(super) fn copy_drafts(self) {
        if let Some(awake) = self.awake.get_value() {
            spawn_local((awake.copy_drafts)(self));
        }
    }

    /// Writes the copy.
    pub(super) async fn copy_drafts_now(self) {
        let keeper = self.keeper.get_value();
        let _turn = keeper.log.drafts_turn().await;
        if self.role.get_untracked() != Role::Writer || !matches!(keeper.twin(), Twin::Whole | Twin::Behind) {
            return;
        }
        let copy = Copy { mark: keeper.mark(), turn: self.store.get_value().turns().1, drafts: self.drafts.get_value() };
        // What fails is in the database all the same, and is tried again with the next.
        let _ = keeper.log.put_drafts(drafts::file(&copy)).await;
    }

    /// Puts back what the database lost of the drafts. `files`: the journal's, as found. Whether there was something.
    pub(super) async fn mend_drafts(self, files: &[Kept]) -> bool {
        let (keeper, store) = (self.keeper.get_value(), self.store.get_value());
        let mark = keeper.mark();
        let copies: Vec<(u64, Reading)> =
            files.iter().filter_map(|file| Some((number_of(DRAFTS, &file.name)?, journal::read(&file.bytes)))).collect();
        let (numbers, copies): (Vec<u64>, Vec<Reading>) = copies.into_iter().unzip();
        let Some((at, copy)) = drafts::newest(&copies, mark.epoch) else { return false };
        keeper.log.set_newest_drafts(numbers.get(at).copied().unwrap_or_default());
        let (read, now) = store.turns();
        store.set_turns(read, copy.turn);
        // Typed since the start: what is there now is what the rep sees.
        let is_touched = now > read;
        let lost = self.drafts.with_value(|held| {
            let mut lost = drafts::lacking(copy, mark, read, held);
            lost.retain(|key, _| !is_touched || !held.contains_key(key));
            lost
        });
        let mut is_back = false;
        for (key, body) in lost {
            is_back |= store.put_draft(&key, &body).await.is_ok();
        }
        is_back
    }
}
