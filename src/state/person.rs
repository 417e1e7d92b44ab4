//! One person as they are on the disk, with all that is known of them: what is held of everyone is their names, numbers and days.

use super::app::App;
use crate::archive::record::Kind;
use crate::domain::book::Record;
use crate::domain::id::{CustomerId, PersonId};
use crate::domain::person::Person;
use crate::store::error::StoreError;
use leptos::prelude::*;

impl App {
    /// A person with everything that is known; one who was forgotten as what is left of them. None: nobody knows them.
    pub async fn whole_person(self, id: PersonId) -> Result<Option<Person>, StoreError> {
        let found = self.store.get_value().records(&[(Kind::Person, id.to_string())]).await?;
        Ok(found.into_iter().find_map(|record| match record {
            Record::Person(person) if !person.envelope.deleted => Some(person),
            _ => None,
        }))
    }

    /// The shop at which a person is today: that which their shop was found to be.
    pub fn shop_of_person(self, person: &Person) -> CustomerId {
        self.shop_of(person.customer)
    }
}
