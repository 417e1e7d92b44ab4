//! The people of shops: read for one shop, found by their numbers, saved, put away, found to be one.

use super::app::{App, Refused};
use super::clock;
use super::heads::put;
use crate::domain::agenda;
use crate::domain::book::{Change, Record};
use crate::domain::chronicle::shop_that_is;
use crate::domain::id::{CustomerId, PersonId};
use crate::domain::person::{PEOPLE_MAX, Person, PersonFields};
use crate::domain::person_draft::{PersonDraft, PersonField, PersonProblem};
use crate::domain::person_merge;
use crate::domain::phone;
use crate::domain::sorting;
use crate::domain::stamp::Envelope;
use crate::store::error::StoreError;
use leptos::prelude::*;

/// Digits typed before numbers are looked through.
const DIGITS: usize = 4;

/// The key of a person form's draft; of a new one by the shop.
pub fn draft_key(shop: CustomerId, id: Option<PersonId>) -> String {
    id.map_or_else(|| format!("person:new/{shop}"), |id| format!("person:{id}"))
}

/// What is held of everyone: how they are called, reached and when their days are.
pub(super) fn slim(person: &Person) -> Person {
    let known = &person.fields;
    let fields = PersonFields {
        name: known.name.clone(),
        title: known.title.clone(),
        salutation: known.salutation.clone(),
        phones: known.phones.clone(),
        preferred: known.preferred,
        days: known.days.clone(),
        archived: known.archived,
        ..PersonFields::default()
    };
    Person { id: person.id, envelope: person.envelope, customer: person.customer, fields, forgotten_on: person.forgotten_on }
}

impl App {
    /// Everyone at a shop, and at those that were found to be it, by name; put away ones behind, forgotten ones not.
    pub async fn people(self, shop: CustomerId) -> Result<Vec<Person>, StoreError> {
        let mut people = self.all_people(shop).await?;
        people.retain(|person| person.forgotten_on.is_none() && !person.envelope.deleted);
        Ok(sorting::by_key(people, |person| (i64::from(person.fields.archived), person.fields.name.clone())))
    }

    pub(super) async fn all_people(self, shop: CustomerId) -> Result<Vec<Person>, StoreError> {
        let ids = self.book.with_untracked(|book| book.event_ids(shop));
        Ok(self.store.get_value().people_of(&ids).await?.records)
    }

    /// Adds a person to a shop, or changes `old`.
    pub async fn save_person(
        self,
        shop: CustomerId,
        old: Option<&Person>,
        draft: &PersonDraft,
    ) -> Result<PersonId, Refused<(PersonField, PersonProblem)>> {
        let fields = draft.check(clock::today()).map_err(Refused::Problems)?;
        let stamp = self.stamp();
        let person = match old {
            Some(old) => Person { fields, envelope: old.envelope.next(stamp), ..old.clone() },
            None => {
                let known = self.all_people(shop).await?;
                if known.iter().filter(|person| !person.envelope.deleted).count() >= PEOPLE_MAX {
                    return Err(Refused::Problems(vec![(PersonField::Name, PersonProblem::TooMany(PEOPLE_MAX))]));
                }
                let (id, envelope) = (PersonId(clock::new_id()), Envelope::first(stamp));
                Person { id, envelope, customer: shop, fields, forgotten_on: None }
            }
        };
        let id = person.id;
        self.commit(Change::of(Record::Person(person)).finishing(draft_key(shop, old.map(|old| old.id)))).await?;
        Ok(id)
    }

    /// Takes a person off the lists of whom to call, or puts them back.
    pub async fn archive_person(self, person: &Person, archived: bool) -> Result<(), StoreError> {
        let fields = PersonFields { archived, ..person.fields.clone() };
        let changed = Person { fields, envelope: person.envelope.next(self.stamp()), ..person.clone() };
        self.commit(Change::of(Record::Person(changed))).await
    }

    /// Two records are one person: what is not known of `into` is taken from `from`, whose contacts and promises are `into`'s from now on.
    pub async fn merge_people(self, into: &Person, from: &Person) -> Result<(), StoreError> {
        if into.id == from.id {
            return Ok(());
        }
        let chronicle = self.chronicle(self.shop_of(from.customer)).await?;
        let records = person_merge::merge(into, from, &chronicle, || self.stamp());
        self.commit(Change { records, ..Change::default() }).await
    }

    /// Shops with a person whose number ends in what was typed, or holds it, from four digits on; each with the person. Follows the list of
    /// people, which is there some time after the first screen.
    pub fn shops_by_phone(self, typed: &str) -> Vec<(CustomerId, PersonId)> {
        if typed.chars().filter(|c| c.is_numeric()).count() < DIGITS || typed.chars().any(char::is_alphabetic) {
            return Vec::new();
        }
        let day = self.day();
        day.people.with(|people| {
            let found =
                people.iter().filter(|person| person.is_active() && person.fields.phones.iter().any(|known| phone::is_found(known, typed)));
            self.book.with(|book| found.map(|person| (shop_that_is(book, person.customer), person.id)).collect())
        })
    }

    /// A person as they are held in memory: names, numbers and days.
    pub fn person(self, id: PersonId) -> Option<Person> {
        let day = self.day();
        day.people.with(|people| people.binary_search_by_key(&id, |person| person.id).ok().and_then(|at| people.get(at).cloned()))
    }

    /// The shop that a shop was found to be.
    pub fn shop_of(self, id: CustomerId) -> CustomerId {
        self.book.with_untracked(|book| shop_that_is(book, id))
    }

    pub(super) fn take_in_person(self, person: &Person) {
        let day = self.day();
        let slim = slim(person);
        let is_same = day.people.with_untracked(|people| {
            let known = people.binary_search_by_key(&slim.id, |known| known.id).ok().and_then(|at| people.get(at));
            known.map_or(slim.fields.days.is_empty(), |known| {
                (&known.fields.days, known.is_active()) == (&slim.fields.days, slim.is_active())
            })
        });
        day.people.update(|people| put(people, slim, |known| known.id));
        if !is_same {
            self.days_anew();
        }
    }

    /// Everyone's days, by the shop they belong to today.
    pub(super) fn days_anew(self) {
        let day = self.day();
        let days = day
            .people
            .with_untracked(|people| self.book.with_untracked(|book| agenda::people_days(people, |shop| shop_that_is(book, shop))));
        if day.days.with_untracked(|known| *known != days) {
            day.days.set(days);
        }
    }
}
