//! The chronicle of the shop in hand, kept from its page to the save: a visit is finished without reading again what was read when it
//! began. It holds what is on the disk, or it is dropped.

use super::app::App;
use crate::domain::chronicle::Chronicle;
use crate::domain::id::CustomerId;
use crate::store::error::StoreError;
use leptos::prelude::*;

/// A chronicle and the ids under which it was read, the shop's own first.
#[derive(Clone, Debug)]
pub struct ShopPast {
    pub ids: Vec<CustomerId>,
    pub chronicle: Chronicle,
}

impl App {
    /// What happened at a shop and how it is followed up, read from the disk and remembered for the next save there.
    pub(super) async fn chronicle(self, customer: CustomerId) -> Result<Chronicle, StoreError> {
        let ids = self.book.with_untracked(|book| book.event_ids(customer));
        self.chronicle_of(ids).await
    }

    pub(super) async fn chronicle_of(self, ids: Vec<CustomerId>) -> Result<Chronicle, StoreError> {
        let day = self.day();
        let before = day.writes.get_value();
        let chronicle = self.store.get_value().chronicle(&ids).await?.chronicle;
        // Written meanwhile: nobody knows whether this has it.
        if day.writes.get_value() == before {
            day.past.set_value(Some(ShopPast { ids, chronicle: chronicle.clone() }));
        }
        Ok(chronicle)
    }

    /// The remembered chronicle, taken out; read where it is another shop's.
    pub(super) async fn take_chronicle(self, ids: &[CustomerId]) -> Result<Chronicle, StoreError> {
        let day = self.day();
        let held = day.past.try_update_value(Option::take).flatten();
        match held.filter(|held| held.ids == ids) {
            Some(held) => Ok(held.chronicle),
            None => Ok(self.store.get_value().chronicle(ids).await?.chronicle),
        }
    }
}
