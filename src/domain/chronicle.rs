//! All of one shop that a head is made of: what happened there and how it is followed up. What a change writes is taken in here before
//! it is on the disk, so that the head goes to the disk with it; a record stands once, in its newest form.

use super::book::{Book, Record};
use super::customer::Customer;
use super::episode::Episode;
use super::events::Events;
use super::head_of::Happened;
use super::id::CustomerId;
use super::promise::Promise;
use super::touch::Touch;
use std::borrow::Cow;
use std::sync::Arc;

/// Everything of one shop, and of those that were found to be it, in any order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chronicle {
    pub events: Events,
    pub touches: Vec<Touch>,
    pub promises: Vec<Promise>,
    pub episodes: Vec<Episode>,
}

impl Chronicle {
    /// Takes in one record, whosever it is; false for one that is no part of a chronicle.
    pub fn add(&mut self, record: Record) -> bool {
        match record {
            Record::Visit(visit) => put(&mut self.events.visits, visit, |visit| visit.id),
            Record::Order(order) => put(&mut self.events.orders, order, |order| order.id),
            Record::Delivery(delivery) => put(&mut self.events.deliveries, delivery, |delivery| delivery.id),
            Record::Touch(touch) => put(&mut self.touches, touch, |touch| touch.id),
            Record::Promise(promise) => put(&mut self.promises, promise, |promise| promise.id),
            Record::Episode(episode) => put(&mut self.episodes, episode, |episode| episode.id),
            _ => return false,
        }
        true
    }

    /// As a head is made of it.
    pub fn happened(&self) -> Happened<'_> {
        Happened { events: &self.events, touches: &self.touches, promises: &self.promises, episodes: &self.episodes }
    }

    /// Takes in what a change writes of the shop that has these ids.
    pub fn take_in(&mut self, ids: &[CustomerId], records: &[Record]) {
        for record in records.iter().filter(|record| owner(record).is_some_and(|owner| ids.contains(&owner))) {
            self.add(record.clone());
        }
    }
}

fn put<T, I: PartialEq>(list: &mut Vec<T>, new: T, id: impl Fn(&T) -> I) {
    match list.iter_mut().find(|old| id(old) == id(&new)) {
        Some(old) => *old = new,
        None => list.push(new),
    }
}

/// The shop whose chronicle a record is part of.
pub fn owner(record: &Record) -> Option<CustomerId> {
    match record {
        Record::Visit(visit) => Some(visit.customer),
        Record::Order(order) => Some(order.customer),
        Record::Delivery(delivery) => Some(delivery.customer),
        Record::Touch(touch) => Some(touch.customer),
        Record::Promise(promise) => Some(promise.customer),
        Record::Episode(episode) => Some(episode.customer),
        _ => None,
    }
}

/// A shop whose head has to be written anew, with the ids under which its chronicle is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outdated {
    pub shop: Arc<Customer>,
    pub ids: Vec<CustomerId>,
}

/// The shops whose heads are no longer true once these records are written: where something happened, and those that were found to be
/// one or no longer one. As they stand after it.
pub fn outdated(book: &Book, records: &[Record]) -> Vec<Outdated> {
    let joined = |record: &Record| match record {
        Record::Customer(shop) => book.customer(shop.id).is_some_and(|old| old.merged_into != shop.merged_into).then_some(shop.id),
        _ => None,
    };
    let moved: Vec<CustomerId> = records.iter().filter_map(joined).collect();
    let mut after = Cow::Borrowed(book);
    if !moved.is_empty() {
        after.to_mut().apply(records.iter().filter(|record| matches!(record, Record::Customer(_))).cloned());
    }
    let before = moved.iter().map(|id| shop_that_is(book, *id));
    let now =
        moved.iter().chain(&records.iter().filter_map(owner).collect::<Vec<_>>()).map(|id| shop_that_is(&after, *id)).collect::<Vec<_>>();
    let mut outdated: Vec<Outdated> = Vec::new();
    for id in before.chain(now) {
        let Some(shop) = after.customer(id).filter(|shop| shop.merged_into.is_none()) else { continue };
        if outdated.iter().all(|known| known.shop.id != id) {
            outdated.push(Outdated { shop: Arc::clone(shop), ids: after.event_ids(id) });
        }
    }
    outdated
}

/// The shop that a shop was found to be, in the end; itself where it stands alone.
pub fn shop_that_is(book: &Book, id: CustomerId) -> CustomerId {
    let mut at = id;
    // As many steps as there are shops: a chain that bites its tail ends.
    for _ in 0..book.customers().len() {
        match book.customer(at).and_then(|shop| shop.merged_into) {
            Some(into) => at = into,
            None => break,
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::channel::Channel;
    use crate::domain::customer::CustomerFields;
    use crate::domain::id::TouchId;
    use crate::domain::stamp::{DeviceId, Envelope, Stamp};
    use crate::domain::touch::{TouchOutcome, TouchPurpose};
    use chrono::NaiveDate;
    use uuid::Uuid;

    fn envelope(millis: u64) -> Envelope {
        Envelope::first(Stamp::after(None, millis, DeviceId(1)))
    }

    fn id(number: u128) -> CustomerId {
        CustomerId(Uuid::from_u128(number))
    }

    fn shop(number: u128, merged_into: Option<u128>) -> Record {
        Record::Customer(Customer {
            id: id(number),
            envelope: envelope(1),
            fields: CustomerFields::named(number.to_string()),
            created_on: NaiveDate::MIN,
            range: Vec::new(),
            merged_into: merged_into.map(id),
        })
    }

    fn touch(number: u128, customer: u128, note: &str) -> Record {
        Record::Touch(Touch {
            id: TouchId(Uuid::from_u128(number)),
            envelope: envelope(2),
            customer: id(customer),
            person: None,
            at: NaiveDate::MIN.and_hms_opt(9, 0, 0).unwrap(),
            channel: Channel::Phone,
            purpose: TouchPurpose::Greeting,
            reason: String::new(),
            strategy: None,
            outcome: TouchOutcome::Reached,
            mood: None,
            next: String::new(),
            episode: None,
            promise: None,
            message: String::new(),
            note: note.to_owned(),
            minutes: 0,
            corrects: None,
            withdrawn: false,
        })
    }

    fn book(shops: &[Record]) -> Book {
        let mut book = Book::default();
        book.apply(shops.to_vec());
        book
    }

    fn ids(outdated: &[Outdated]) -> Vec<(CustomerId, usize)> {
        outdated.iter().map(|one| (one.shop.id, one.ids.len())).collect()
    }

    #[test]
    fn a_record_written_again_takes_the_place_of_the_old_and_other_shops_records_stay_out() {
        let mut chronicle = Chronicle::default();
        chronicle.take_in(&[id(1)], &[touch(10, 1, "a"), touch(11, 2, "b"), shop(1, None)]);
        chronicle.take_in(&[id(1)], &[touch(10, 1, "c")]);
        assert_eq!(chronicle.touches.iter().map(|touch| touch.note.as_str()).collect::<Vec<_>>(), ["c"]);
    }

    #[test]
    fn a_touch_at_a_merged_shop_outdates_the_head_of_the_shop_it_is() {
        let book = book(&[shop(1, None), shop(2, Some(1)), shop(3, Some(2))]);
        assert_eq!(ids(&outdated(&book, &[touch(10, 3, "")])), [(id(1), 3)]);
        assert_eq!(ids(&outdated(&book, &[shop(4, None)])), [], "a new shop has no head");
    }

    #[test]
    fn merging_outdates_the_one_that_stays_and_taking_it_back_outdates_both() {
        let apart = book(&[shop(1, None), shop(2, None)]);
        assert_eq!(ids(&outdated(&apart, &[shop(2, Some(1)), shop(1, None)])), [(id(1), 2)]);
        let one = book(&[shop(1, None), shop(2, Some(1))]);
        assert_eq!(ids(&outdated(&one, &[shop(2, None)])), [(id(1), 1), (id(2), 1)]);
    }

    #[test]
    fn shops_that_were_merged_in_a_circle_by_a_broken_file_end_the_search() {
        let book = book(&[shop(1, Some(2)), shop(2, Some(1))]);
        assert_eq!(ids(&outdated(&book, &[touch(10, 1, "")])), []);
    }
}
