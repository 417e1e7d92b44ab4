//! Forgetting a person who asks for it: every record that says who they were loses those words, and only those that could not be
//! changed are named to the rep. What stays is that something happened, never with whom.

use super::book::Record;
use super::chronicle::Chronicle;
use super::customer::Customer;
use super::person::{Fact, Person, PersonFields};
use super::phone;
use super::profile::{GivenUp, Profile, Snooze, Tip};
use super::promise::{Ended, Promise};
use super::stamp::Stamp;
use super::touch::Touch;
use super::visit::Visit;
use chrono::NaiveDate;

/// All records that may name a person.
#[derive(Clone, Copy, Debug)]
pub struct Around<'a> {
    /// The person's shop, and those it was found to be one with.
    pub shops: &'a [Customer],
    /// Everyone of those shops.
    pub people: &'a [Person],
    pub profile: Option<&'a Profile>,
    pub chronicle: &'a Chronicle,
}

/// What forgetting writes, and what it cannot.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Forgotten {
    pub records: Vec<Record>,
    /// Finished visits that name the person in what was promised or said: they are never written over.
    pub visits: u32,
}

/// Stands where a word was taken out.
const GONE: &str = "…";
/// A name of one character is a part of other words.
const NAME_LEAST: usize = 2;
/// Fewer digits are no number to know somebody by.
const DIGITS_LEAST: usize = 6;

/// Every record around a person without what says who it was. `stamp` is asked once for each.
pub fn forget(person: &Person, around: &Around<'_>, today: NaiveDate, mut stamp: impl FnMut() -> Stamp) -> Forgotten {
    let traces = Traces::of(person);
    let mut records = vec![Record::Person(person.forgotten(today, stamp()))];
    for touch in &around.chronicle.touches {
        records.extend(traces.touch(person, touch, &mut stamp).map(Record::Touch));
    }
    for promise in &around.chronicle.promises {
        records.extend(traces.promise(person, promise, &mut stamp).map(Record::Promise));
    }
    for episode in &around.chronicle.episodes {
        let mut next = episode.clone();
        next.title = traces.without(&episode.title);
        if let Some(closed) = &mut next.closed {
            closed.why = traces.without(&closed.why);
        }
        if next != *episode {
            next.envelope = episode.envelope.next(stamp());
            records.push(Record::Episode(next));
        }
    }
    for other in around.people.iter().filter(|other| other.id != person.id) {
        let fields = traces.other(&other.fields);
        if fields != other.fields {
            records.push(Record::Person(Person { fields, envelope: other.envelope.next(stamp()), ..other.clone() }));
        }
    }
    for shop in around.shops {
        let next = traces.shop(shop);
        if next != *shop {
            records.push(Record::Customer(Customer { envelope: shop.envelope.next(stamp()), ..next }));
        }
    }
    if let Some(profile) = around.profile {
        let next = traces.profile(profile);
        if next != *profile {
            records.push(Record::Profile(Profile { envelope: profile.envelope.next(stamp()), ..next }));
        }
    }
    let names = |visit: &&Visit| {
        let agreed = &visit.agreed;
        [&agreed.promise, &agreed.competitor, &agreed.opinion].into_iter().any(|text| traces.is_in(text))
    };
    let visits = around.chronicle.events.visits.iter().filter(names).count();
    Forgotten { records, visits: u32::try_from(visits).unwrap_or(u32::MAX) }
}

/// The words a person is known by.
struct Traces {
    /// Longest first: 周敏敏 before 周敏.
    words: Vec<String>,
    /// Digits of numbers.
    numbers: Vec<String>,
}

impl Traces {
    fn of(person: &Person) -> Traces {
        let fields = &person.fields;
        let named = [&fields.name, &fields.salutation].into_iter().chain(fields.handles.iter().map(|handle| &handle.text));
        let words: Vec<String> = named.map(|word| word.trim().to_owned()).filter(|word| word.chars().count() >= NAME_LEAST).collect();
        let words = super::sorting::by_key(words, |word| (-i64::try_from(word.len()).unwrap_or(i64::MAX), word.clone()));
        let numbers = fields.phones.iter().map(|number| digits(number)).filter(|number| number.len() >= DIGITS_LEAST).collect();
        Traces { words, numbers }
    }

    fn is_in(&self, text: &str) -> bool {
        self.without(text) != text
    }

    /// The text without the person's names, addresses and numbers.
    fn without(&self, text: &str) -> String {
        let mut left = text.to_owned();
        for word in &self.words {
            left = replaced(&left, word);
        }
        if self.numbers.is_empty() { left } else { self.without_numbers(&left) }
    }

    fn without_numbers(&self, text: &str) -> String {
        let mut left = String::with_capacity(text.len());
        let mut run = String::new();
        let is_of_number = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c) || "+-() （）－".contains(c);
        for c in text.chars().map(Some).chain([None]) {
            match c {
                Some(c) if is_of_number(c) => run.push(c),
                c => {
                    let found = digits(&run);
                    let is_known = self.numbers.iter().any(|number| found.len() >= DIGITS_LEAST && phone::is_found(number, &found));
                    left.push_str(if is_known { GONE } else { &run });
                    run.clear();
                    left.extend(c);
                }
            }
        }
        left
    }

    fn touch(&self, person: &Person, touch: &Touch, stamp: &mut impl FnMut() -> Stamp) -> Option<Touch> {
        if touch.person == Some(person.id) {
            let is_bare = [&touch.reason, &touch.next, &touch.message, &touch.note].into_iter().all(String::is_empty);
            return (!is_bare).then(|| touch.forgotten(stamp()));
        }
        let next = Touch {
            reason: self.without(&touch.reason),
            next: self.without(&touch.next),
            message: self.without(&touch.message),
            note: self.without(&touch.note),
            ..touch.clone()
        };
        (next != *touch).then(|| Touch { envelope: touch.envelope.next(stamp()), ..next })
    }

    fn promise(&self, person: &Person, promise: &Promise, stamp: &mut impl FnMut() -> Stamp) -> Option<Promise> {
        if promise.person == Some(person.id) {
            let is_bare = promise.text.is_empty() && promise.end.as_ref().is_none_or(|end| end.note.is_empty());
            return (!is_bare).then(|| promise.forgotten(stamp()));
        }
        let end = promise.end.clone().map(|end| Ended { note: self.without(&end.note), ..end });
        let next = Promise { text: self.without(&promise.text), end, ..promise.clone() };
        (next != *promise).then(|| Promise { envelope: promise.envelope.next(stamp()), ..next })
    }

    /// What others at the shop are known to have said of the person.
    fn other(&self, fields: &PersonFields) -> PersonFields {
        let fact = |fact: &Fact| Fact { text: self.without(&fact.text), source: self.without(&fact.source), on: fact.on };
        PersonFields {
            interests: self.without(&fields.interests),
            facts: fields.facts.iter().map(fact).collect(),
            note: self.without(&fields.note),
            ..fields.clone()
        }
    }

    /// The shop's own contact, number and address, where they are the person's. A shop's name stays: it is on its sign.
    fn shop(&self, shop: &Customer) -> Customer {
        let mut next = shop.clone();
        let is_theirs = self.is_in(&shop.fields.contact);
        let blank = |text: &str| if is_theirs || self.is_in(text) { String::new() } else { text.to_owned() };
        next.fields.contact = blank(&shop.fields.contact);
        next.fields.salutation = blank(&shop.fields.salutation);
        if self.is_in(&shop.fields.phone) {
            next.fields.phone = String::new();
        }
        next.fields.note = self.without(&shop.fields.note);
        next
    }

    fn profile(&self, profile: &Profile) -> Profile {
        Profile {
            snooze: profile.snooze.clone().map(|snooze| Snooze { reason: self.without(&snooze.reason), ..snooze }),
            tips: profile.tips.iter().map(|tip| Tip { text: self.without(&tip.text), on: tip.on }).collect(),
            given_up: profile.given_up.clone().map(|given_up| GivenUp { text: self.without(&given_up.text), ..given_up }),
            ..profile.clone()
        }
    }
}

/// Case is folded letter by letter: what changes its length there is compared as it is.
fn replaced(text: &str, word: &str) -> String {
    let fold = |c: char| {
        let mut lower = c.to_lowercase();
        lower.next().filter(|_| lower.next().is_none()).unwrap_or(c)
    };
    let (letters, sought): (Vec<char>, Vec<char>) = (text.chars().collect(), word.chars().map(fold).collect());
    let mut left = String::with_capacity(text.len());
    let mut rest = letters.as_slice();
    while let Some((first, behind)) = rest.split_first() {
        let is_here = rest.len() >= sought.len() && rest.iter().zip(&sought).all(|(here, sought)| fold(*here) == *sought);
        if is_here {
            left.push_str(GONE);
            rest = rest.get(sought.len()..).unwrap_or_default();
        } else {
            left.push(*first);
            rest = behind;
        }
    }
    left
}

fn digits(text: &str) -> String {
    let half = |c: char| if ('０'..='９').contains(&c) { char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c) } else { c };
    text.chars().map(half).filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::customer::CustomerFields;
    use crate::domain::episode::{Episode, EpisodeKind};
    use crate::domain::id::{CustomerId, EpisodeId, PersonId, TouchId};
    use crate::domain::stamp::{DeviceId, Envelope};
    use crate::domain::touch_draft::{NewTouch, TouchDraft};
    use uuid::Uuid;

    fn day() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()
    }

    fn stamp() -> Stamp {
        Stamp::after(None, 1, DeviceId(1))
    }

    fn person(number: u128, name: &str) -> Person {
        Person {
            id: PersonId(Uuid::from_u128(number)),
            envelope: Envelope::first(stamp()),
            customer: CustomerId(Uuid::from_u128(9)),
            fields: PersonFields { name: name.into(), ..PersonFields::default() },
            forgotten_on: None,
        }
    }

    fn touch(number: u128, whom: Option<&Person>, note: &str) -> Touch {
        let new = NewTouch {
            id: TouchId(Uuid::from_u128(number)),
            envelope: Envelope::first(stamp()),
            customer: CustomerId(Uuid::from_u128(9)),
            now: day().and_hms_opt(9, 0, 0).unwrap(),
            corrects: None,
        };
        TouchDraft { person: whom.map(|whom| whom.id), note: note.into(), message: note.into(), ..TouchDraft::default() }
            .touch(&new)
            .unwrap()
    }

    fn zhou() -> Person {
        let mut zhou = person(1, "周敏");
        zhou.fields.salutation = "周姐".into();
        zhou.fields.phones = vec!["138-0000-1111".into()];
        zhou
    }

    #[test]
    fn nothing_written_names_the_person_any_more() {
        let zhou = zhou();
        let mut other = person(2, "王五");
        other.fields.facts = vec![Fact { text: "周姐的弟弟".into(), source: "周敏".into(), on: day() }];
        let mut shop = Customer {
            id: zhou.customer,
            envelope: Envelope::first(stamp()),
            fields: CustomerFields::named("惠民副食".into()),
            created_on: day(),
            range: Vec::new(),
            merged_into: None,
        };
        shop.fields.contact = "周敏（老板）".into();
        shop.fields.salutation = "老板娘".into();
        shop.fields.phone = "+86 138 0000 1111".into();
        shop.fields.note = "下午找周姐，电话 １３８００００１１１１。进门左转".into();
        let episode = Episode {
            id: EpisodeId(Uuid::from_u128(5)),
            envelope: Envelope::first(stamp()),
            customer: zhou.customer,
            kind: EpisodeKind::Complaint,
            title: "周敏投诉漏气".into(),
            opened_on: day(),
            closed: None,
        };
        let chronicle = Chronicle {
            touches: vec![touch(10, Some(&zhou), "聊了很久"), touch(11, Some(&other), "说周姐不在"), touch(12, None, "没人接")],
            episodes: vec![episode],
            ..Chronicle::default()
        };
        let (shops, people) = ([shop], [zhou.clone(), other]);
        let around = Around { shops: &shops, people: &people, profile: None, chronicle: &chronicle };
        let done = forget(&zhou, &around, day(), stamp);
        let said = format!("{:?}", done.records);
        for word in ["周敏", "周姐", "1380000", "138 0000", "１３８", "老板娘", "聊了很久"] {
            assert!(!said.contains(word), "{word} in {said}");
        }
        assert!(said.contains("进门左转") && said.contains("不在") && said.contains("惠民副食"), "{said}");
        assert_eq!(done.records.len(), 6, "the touch that named nobody is not written: {said}");
    }

    #[test]
    fn a_name_of_one_letter_and_short_numbers_take_nothing_from_other_words() {
        let mut short = person(1, "周");
        short.fields.phones = vec!["110".into()];
        let chronicle = Chronicle { touches: vec![touch(10, None, "周末打 110")], ..Chronicle::default() };
        let around = Around { shops: &[], people: &[], profile: None, chronicle: &chronicle };
        assert_eq!(forget(&short, &around, day(), stamp).records.len(), 1);
    }

    #[test]
    fn case_does_not_hide_a_name_and_odd_letters_do_no_harm() {
        assert_eq!(replaced("ask ANN moss, İstanbul", "Ann Moss"), "ask …, İstanbul");
        assert_eq!(replaced("annann", "Ann"), "……");
        assert_eq!(replaced("an", "ann"), "an");
    }
}
