//! What the pages of contacts and promises read: everything that happened at a shop, and every promise there is.

use super::app::App;
use crate::archive::record::Kind;
use crate::domain::book::Record;
use crate::domain::chronicle::Chronicle;
use crate::domain::id::{CustomerId, TouchId};
use crate::domain::promise::Promise;
use crate::domain::touch::Touch;
use crate::store::error::StoreError;
use leptos::prelude::*;

impl App {
    /// Everything of one shop, as it stands on the disk; read again whenever [`super::day::DayBook::contacts`] counts.
    pub async fn past_of(self, shop: CustomerId) -> Result<Chronicle, StoreError> {
        self.chronicle(shop).await
    }

    /// A contact as it stands on the disk.
    pub async fn touch(self, id: TouchId) -> Result<Option<Touch>, StoreError> {
        let found = self.store.get_value().records(&[(Kind::Touch, id.to_string())]).await?;
        Ok(found.into_iter().find_map(|record| if let Record::Touch(touch) = record { Some(touch) } else { None }))
    }

    /// Promises of every shop, ended ones too: of those whose head knows of any.
    pub async fn all_promises(self) -> Result<Vec<Promise>, StoreError> {
        let shops: Vec<CustomerId> = self.day().heads.with_untracked(|heads| {
            let with_any = heads.iter().filter(|head| !head.promises.is_empty() || head.kept > 0 || head.broken > 0);
            with_any.map(|head| head.id).collect()
        });
        let ids: Vec<CustomerId> = self.book.with_untracked(|book| shops.into_iter().flat_map(|shop| book.event_ids(shop)).collect());
        Ok(self.store.get_value().promises_of(&ids).await?.records)
    }
}
