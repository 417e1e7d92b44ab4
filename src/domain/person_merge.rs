//! Two records that are one person. Nothing that is known of the one that stays is written over; what only the other one has is added,
//! and what was done with the other one was done with it.

use super::book::Record;
use super::chronicle::Chronicle;
use super::person::{Decides, FACTS_MAX, HANDLES_MAX, PHONES_MAX, Person, PersonFields};
use super::phone;
use super::promise::Promise;
use super::special_day::DAYS_MAX;
use super::stamp::{Envelope, Stamp};
use super::touch::Touch;

/// The name of a record that stands for nobody any more.
const NO_NAME: &str = "…";

/// The records of finding `from` to be `into`. `from` is empty and deleted afterwards. `stamp` is asked once for each.
pub fn merge(into: &Person, from: &Person, chronicle: &Chronicle, mut stamp: impl FnMut() -> Stamp) -> Vec<Record> {
    let kept = Person { fields: filled(&into.fields, &from.fields), envelope: into.envelope.next(stamp()), ..into.clone() };
    let deleted = Envelope { deleted: true, ..from.envelope.next(stamp()) };
    // A record needs a name; this one must not bring back who is forgotten one day.
    let fields = PersonFields { name: NO_NAME.to_owned(), ..PersonFields::default() };
    let gone = Person { fields, envelope: deleted, ..from.clone() };
    let mut records = vec![Record::Person(kept), Record::Person(gone)];
    let (person, customer) = (Some(into.id), into.customer);
    for touch in chronicle.touches.iter().filter(|touch| touch.person == Some(from.id)) {
        records.push(Record::Touch(Touch { person, customer, envelope: touch.envelope.next(stamp()), ..touch.clone() }));
    }
    for promise in chronicle.promises.iter().filter(|promise| promise.person == Some(from.id)) {
        records.push(Record::Promise(Promise { person, customer, envelope: promise.envelope.next(stamp()), ..promise.clone() }));
    }
    records
}

fn filled(mine: &PersonFields, theirs: &PersonFields) -> PersonFields {
    let text = |mine: &String, theirs: &String| if mine.is_empty() { theirs.clone() } else { mine.clone() };
    let mut fields = PersonFields {
        name: mine.name.clone(),
        title: text(&mine.title, &theirs.title),
        salutation: text(&mine.salutation, &theirs.salutation),
        roles: mine.roles.union(&theirs.roles).copied().collect(),
        decides: if mine.decides == Decides::Unknown { theirs.decides } else { mine.decides },
        preferred: mine.preferred.or(theirs.preferred),
        interests: text(&mine.interests, &theirs.interests),
        note: text(&mine.note, &theirs.note),
        ..mine.clone()
    };
    let is_new =
        |known: &[String], number: &str| !known.iter().any(|known| phone::is_found(known, number) && phone::is_found(number, known));
    let phones: Vec<String> = theirs.phones.iter().filter(|number| is_new(&mine.phones, number)).cloned().collect();
    fields.phones.extend(phones);
    fields.phones.truncate(PHONES_MAX);
    add(&mut fields.handles, &theirs.handles, HANDLES_MAX);
    add(&mut fields.days, &theirs.days, DAYS_MAX);
    add(&mut fields.facts, &theirs.facts, FACTS_MAX);
    fields
}

fn add<T: Clone + PartialEq>(mine: &mut Vec<T>, theirs: &[T], most: usize) {
    for one in theirs {
        if !mine.contains(one) && mine.len() < most {
            mine.push(one.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::{CustomerId, PersonId, TouchId};
    use crate::domain::stamp::DeviceId;
    use crate::domain::touch_draft::{NewTouch, TouchDraft};
    use uuid::Uuid;

    fn stamp() -> Stamp {
        Stamp::after(None, 1, DeviceId(1))
    }

    fn person(number: u128, fields: PersonFields) -> Person {
        let customer = CustomerId(Uuid::from_u128(9));
        Person { id: PersonId(Uuid::from_u128(number)), envelope: Envelope::first(stamp()), customer, fields, forgotten_on: None }
    }

    #[test]
    fn what_is_known_stays_and_what_was_done_with_the_other_was_done_with_the_one_that_stays() {
        let mine =
            PersonFields { name: "周敏".into(), title: "店长".into(), phones: vec!["138 0000 1111".into()], ..PersonFields::default() };
        let theirs = PersonFields {
            name: "周姐".into(),
            title: "老板".into(),
            salutation: "周姐".into(),
            decides: Decides::Yes,
            phones: vec!["13800001111".into(), "13900002222".into()],
            ..PersonFields::default()
        };
        let (into, from) = (person(1, mine), person(2, theirs));
        let new = NewTouch {
            id: TouchId(Uuid::from_u128(5)),
            envelope: Envelope::first(stamp()),
            customer: into.customer,
            now: chrono::NaiveDate::from_ymd_opt(2026, 11, 22).unwrap().and_hms_opt(9, 0, 0).unwrap(),
            corrects: None,
        };
        let touch = TouchDraft { person: Some(from.id), ..TouchDraft::default() }.touch(&new).unwrap();
        let chronicle = Chronicle { touches: vec![touch], ..Chronicle::default() };
        let records = merge(&into, &from, &chronicle, stamp);
        let [Record::Person(kept), Record::Person(gone), Record::Touch(touch)] = records.as_slice() else { panic!("{records:?}") };
        assert_eq!((kept.fields.title.as_str(), kept.fields.salutation.as_str(), kept.fields.decides), ("店长", "周姐", Decides::Yes));
        assert_eq!(kept.fields.phones, ["138 0000 1111", "13900002222"]);
        assert!(gone.envelope.deleted && gone.fields.phones.is_empty());
        assert_eq!(touch.person, Some(into.id));
    }
}
