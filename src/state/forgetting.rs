//! Forgetting a person: out of every record that can be written, then out of the journal, whose older files go. What is beyond the app's
//! reach is told.

use super::app::App;
use super::clock;
use super::people;
use super::touches;
use crate::archive::errand::COPY_HEAD;
use crate::archive::record::Kind;
use crate::domain::book::{Change, Record};
use crate::domain::customer::Customer;
use crate::domain::forgetting::{Around, forget};
use crate::domain::id::PersonId;
use crate::domain::person::Person;
use crate::keep::keeper::Twin;
use crate::store::error::StoreError;
use leptos::prelude::*;

/// Where a person who was forgotten may still be named.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Remains {
    /// Finished visits whose notes name them.
    pub visits: u32,
    /// A backup was made on this device before: its file has them.
    pub backups: bool,
    /// A folder gets copies: the older ones have them.
    pub folder: bool,
    /// The copy from before the last restore has them.
    pub safety_copy: bool,
    /// The journal's older files could not be removed yet: they go with the next ones.
    pub journal: bool,
}

impl App {
    /// Forgets a person, and says what remains. None: nobody knows them.
    pub async fn forget_person(self, id: PersonId) -> Result<Option<Remains>, StoreError> {
        let found = self.store.get_value().records(&[(Kind::Person, id.to_string())]).await?;
        let Some(home) = found.iter().find_map(Record::shop) else { return Ok(None) };
        let shop = self.shop_of(home);
        let everyone = self.all_people(shop).await?;
        let Some(person) = everyone.iter().find(|person| person.id == id && person.forgotten_on.is_none()) else { return Ok(None) };
        let chronicle = self.chronicle(shop).await?;
        let profile = self.old_profile(shop).await?;
        let ids = self.book.with_untracked(|book| book.event_ids(shop));
        let shops: Vec<Customer> =
            self.book.with_untracked(|book| ids.iter().filter_map(|id| book.customer(*id)).map(|shop| shop.as_ref().clone()).collect());
        let around = Around { shops: &shops, people: &everyone, profile: profile.as_ref(), chronicle: &chronicle };
        let done = forget(person, &around, clock::today(), || self.stamp());
        let change = self.with_drafts(Change { records: done.records, ..Change::default() }, person);
        self.commit(change).await?;
        let journal = !self.clear_journal().await;
        Ok(Some(Remains {
            visits: done.visits,
            backups: self.backed_up.get_untracked().is_some(),
            folder: self.folder_state().await.is_some_and(|folder| folder.name.is_some()),
            safety_copy: self.store.get_value().kept(COPY_HEAD).await.is_ok_and(|kept| !kept.is_empty()),
            journal,
        }))
    }

    /// Forms in hand that may name the person go with the change.
    fn with_drafts(self, change: Change, person: &Person) -> Change {
        let shop = self.shop_of(person.customer);
        let words: Vec<String> = [person.fields.name.clone(), person.id.to_string()].into_iter().filter(|word| !word.is_empty()).collect();
        let mut keys = vec![people::draft_key(shop, Some(person.id)), people::draft_key(shop, None), touches::draft_key(shop)];
        let names = |body: &str| words.iter().any(|word| body.contains(word.as_str()));
        // A visit in hand stays: its words are the rep's to change.
        self.drafts.with_value(|drafts| {
            keys.extend(drafts.iter().filter(|(key, body)| !key.starts_with("visit:") && names(body)).map(|(key, _)| key.clone()));
        });
        keys.into_iter().fold(change, Change::finishing)
    }

    /// Makes the copy anew and removes older ones; true once nothing of before is left in them.
    async fn clear_journal(self) -> bool {
        // Two files are written by turns: after the second the first is gone.
        self.copy_drafts_now().await;
        self.copy_drafts_now().await;
        let keeper = self.keeper.get_value();
        if keeper.twin() == Twin::Absent {
            return true;
        }
        self.snapshot_by("\"SnapshotAlone\"").await
    }
}
