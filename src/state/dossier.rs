//! A shop's dossier, read from the disk when its page or its card is opened; read again whenever [`super::day::DayBook::contacts`] counts.

use super::app::App;
use crate::archive::record::Kind;
use crate::domain::book::Record;
use crate::domain::dossier::Dossier;
use crate::domain::id::CustomerId;
use crate::store::error::StoreError;
use leptos::prelude::*;

impl App {
    /// Everything that following up a shop needs; of a shop that was found to be another one, that other's. None: nobody knows it.
    pub async fn dossier(self, id: CustomerId) -> Result<Option<Dossier>, StoreError> {
        let id = self.shop_of(id);
        let Some(shop) = self.book.with_untracked(|book| book.customer(id).cloned()) else { return Ok(None) };
        let people = self.all_people(id).await?;
        let profile =
            self.store.get_value().records(&[(Kind::Profile, id.to_string())]).await?.into_iter().find_map(|record| match record {
                Record::Profile(profile) => Some(profile),
                _ => None,
            });
        let chronicle = self.chronicle(id).await?;
        Ok(Some(Dossier::of(shop, people, profile, chronicle, self.today.get_untracked())))
    }
}
