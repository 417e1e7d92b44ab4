//! Reading what following up needs: people, contacts, promises, episodes of one shop under all its ids; texts, profiles and heads of all.
//! Never at start: the first screen is there before any of it.

use super::connection::Durability;
use super::database::{SetAside, Store, body, decode};
use super::error::StoreError;
use super::layout::{BY_CUSTOMER, BY_DAY, BY_OPEN, store_of};
use super::mark::key;
use super::settled::apart;
use crate::archive::record::{self, Kind, Unreadable};
use crate::domain::book::Record;
use crate::domain::episode::Episode;
use crate::domain::head::Head;
use crate::domain::id::CustomerId;
use crate::domain::person::Person;
use crate::domain::profile::Profile;
use crate::domain::promise::Promise;
use crate::domain::template::Template;
use crate::domain::touch::Touch;
use chrono::NaiveDate;
use idb::request::GetAllStoreRequest as Rows;
use idb::{KeyRange, ObjectStore, Query, Transaction, TransactionMode};
use wasm_bindgen::JsValue;

/// Records of one kind, and how many of them could not be read.
#[derive(Clone, Debug)]
pub struct Found<T> {
    pub records: Vec<T>,
    pub set_aside: SetAside,
}

/// Reads a row of a kind: with every reader, or with those of profiles and heads alone.
type Reader = fn(Kind, &JsValue) -> Result<Record, Unreadable>;

impl Store {
    /// The people of a shop, forgotten and put away ones too.
    pub async fn people_of(&self, ids: &[CustomerId]) -> Result<Found<Person>, StoreError> {
        let found = self.of_shop(Kind::Person, ids).await?;
        Ok(found.only(|record| if let Record::Person(person) = record { Some(person) } else { None }))
    }

    /// Every contact with a shop, corrected ones too.
    pub async fn touches_of(&self, ids: &[CustomerId]) -> Result<Found<Touch>, StoreError> {
        Ok(self.of_shop(Kind::Touch, ids).await?.touches())
    }

    /// Contacts with any shop on `day` or later, corrected ones too.
    pub async fn touches_since(&self, day: NaiveDate) -> Result<Found<Touch>, StoreError> {
        let from = JsValue::from_str(&day.to_string());
        let ask = |store: &ObjectStore| {
            let range = KeyRange::lower_bound(&from, Some(false))?;
            Ok(vec![store.index(BY_DAY)?.get_all(Some(Query::from(range)), None)?])
        };
        Ok(self.found(Kind::Touch, decode, ask).await?.touches())
    }

    /// Every promise to a shop, ended ones too.
    pub async fn promises_of(&self, ids: &[CustomerId]) -> Result<Found<Promise>, StoreError> {
        Ok(self.of_shop(Kind::Promise, ids).await?.promises())
    }

    /// Every promise that is still to be kept.
    pub async fn open_promises(&self) -> Result<Found<Promise>, StoreError> {
        let ask = |store: &ObjectStore| Ok(vec![store.index(BY_OPEN)?.get_all(None, None)?]);
        Ok(self.found(Kind::Promise, decode, ask).await?.promises())
    }

    /// What the contacts with a shop were about.
    pub async fn episodes_of(&self, ids: &[CustomerId]) -> Result<Found<Episode>, StoreError> {
        let found = self.of_shop(Kind::Episode, ids).await?;
        Ok(found.only(|record| if let Record::Episode(episode) = record { Some(episode) } else { None }))
    }

    /// Every block of text, put away ones too.
    pub async fn templates(&self) -> Result<Found<Template>, StoreError> {
        let found = self.found(Kind::Template, decode, whole).await?;
        Ok(found.only(|record| if let Record::Template(template) = record { Some(template) } else { None }))
    }

    /// The head of every shop that has one.
    pub async fn heads(&self) -> Result<Found<Head>, StoreError> {
        let found = self.found(Kind::Head, followed, whole).await?;
        Ok(found.only(|record| if let Record::Head(head) = record { Some(head) } else { None }))
    }

    /// The profile of every shop that has one.
    pub async fn profiles(&self) -> Result<Found<Profile>, StoreError> {
        let found = self.found(Kind::Profile, followed, whole).await?;
        Ok(found.only(|record| if let Record::Profile(profile) = record { Some(profile) } else { None }))
    }

    async fn of_shop(&self, kind: Kind, ids: &[CustomerId]) -> Result<Found<Record>, StoreError> {
        let ask = |store: &ObjectStore| {
            let index = store.index(BY_CUSTOMER)?;
            ids.iter().map(|id| index.get_all(Some(key(&id.to_string())), None)).collect()
        };
        self.found(kind, decode, ask).await
    }

    /// The rows that `ask` asks for, in one transaction: all requests are made before the first is awaited.
    async fn found(
        &self,
        kind: Kind,
        read: Reader,
        ask: impl Fn(&ObjectStore) -> Result<Vec<Rows>, idb::Error>,
    ) -> Result<Found<Record>, StoreError> {
        apart(async move {
            let store = store_of(kind);
            let transaction = Transaction::from(self.transaction(&[store], TransactionMode::ReadOnly, Durability::Relaxed).await?);
            let mut found = Found { records: Vec::new(), set_aside: SetAside::default() };
            for request in ask(&transaction.object_store(store)?)? {
                for row in request.await? {
                    match read(kind, &row) {
                        Ok(record) => found.records.push(record),
                        Err(unreadable) => found.set_aside.add(&unreadable),
                    }
                }
            }
            Ok(found)
        })
        .await
    }
}

impl Found<Record> {
    fn only<T>(self, take: impl Fn(Record) -> Option<T>) -> Found<T> {
        Found { records: self.records.into_iter().filter_map(take).collect(), set_aside: self.set_aside }
    }

    fn touches(self) -> Found<Touch> {
        self.only(|record| if let Record::Touch(touch) = record { Some(touch) } else { None })
    }

    fn promises(self) -> Found<Promise> {
        self.only(|record| if let Record::Promise(promise) = record { Some(promise) } else { None })
    }
}

fn whole(store: &ObjectStore) -> Result<Vec<Rows>, idb::Error> {
    Ok(vec![store.get_all(None, None)?])
}

fn followed(kind: Kind, row: &JsValue) -> Result<Record, Unreadable> {
    record::decode_followed(kind, &body(row)?)
}
