//! What writes comes with the pages that need it, and is not in the first load. The root knows it by pointers alone, set once it is there:
//! a plain call would bring it all into the first file.

use super::app::App;
use super::clock;
use super::keeping::Bulk;
use crate::domain::book::Change;
use crate::store::error::StoreError;
use leptos::prelude::*;
use std::future::Future;
use std::pin::Pin;

/// How long is waited for the file, in hundredths of a second.
const AWAITED: u32 = 300;

/// What writes.
#[derive(Clone, Copy)]
pub(super) struct Awake {
    pub commit: fn(App, Change) -> Later<Result<(), StoreError>>,
    pub settle: fn(App) -> Later<Result<(), StoreError>>,
    pub take_over: fn(App),
    pub copy_drafts: fn(App) -> Later<()>,
    pub begin_bulk: fn(App, bool, bool) -> Later<Result<Bulk, StoreError>>,
    pub end_bulk: fn(App, Bulk) -> Later<()>,
}

/// What is there later.
pub(super) type Later<T> = Pin<Box<dyn Future<Output = T>>>;

impl App {
    /// Writes a change and, once it is on disk, shows it here and tells the other tabs.
    pub(super) async fn commit(self, change: Change) -> Result<(), StoreError> {
        let awake = self.awaken().await?;
        (awake.commit)(self, change).await
    }

    /// What writes; waits for its file right after the start.
    pub(super) async fn awaken(self) -> Result<Awake, StoreError> {
        for _ in 0..AWAITED {
            if let Some(awake) = self.awake.get_value() {
                return Ok(awake);
            }
            clock::pause(10).await;
        }
        Err(StoreError::Broken("a file of the app is not there".to_owned()))
    }

    /// The rep wants to write in this tab.
    pub fn ask_for_writing(self) {
        if let Some(awake) = self.awake.get_value() {
            (awake.take_over)(self);
        }
    }
}
