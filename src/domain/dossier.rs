//! Who a shop is, for its page and for the card before a visit: everyone there, every contact, what was promised and complained of, the
//! days to come. Contacts are touches and visits that were made, newest first, each once.

use super::chronicle::Chronicle;
use super::customer::Customer;
use super::episode::{Episode, EpisodeKind};
use super::id::{PersonId, VisitId};
use super::lunar;
use super::person::{Decides, Person};
use super::profile::Profile;
use super::promise::{Ended, Promise, Rate};
use super::sorting;
use super::special_day::SpecialDay;
use super::touch::{self, Touch};
use chrono::{NaiveDate, NaiveDateTime};
use std::sync::Arc;

/// Everything of one shop that following it up needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dossier {
    pub shop: Arc<Customer>,
    /// Those still there, who decides first, then by name.
    pub people: Vec<Person>,
    /// Put away, by name.
    pub former: Vec<Person>,
    pub profile: Option<Profile>,
    /// Newest first.
    pub contacts: Vec<Contact>,
    /// Open ones by their deadline, then ended ones, newest first.
    pub promises: Vec<Promise>,
    pub rate: Rate,
    /// The last one made, at a visit or otherwise.
    pub last_promise: Option<LastPromise>,
    /// Open ones first, newest first.
    pub episodes: Vec<Episode>,
    pub last_complaint: Option<Episode>,
    /// Days to come, soonest first.
    pub days: Vec<DayToCome>,
}

/// One contact that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Contact {
    Touch(Box<Touch>),
    Visit { id: VisitId, at: NaiveDateTime, minutes: u32 },
}

impl Contact {
    /// Local date and time of the phone.
    pub fn at(&self) -> NaiveDateTime {
        match self {
            Contact::Touch(touch) => touch.at,
            Contact::Visit { at, .. } => *at,
        }
    }
}

/// "Last time you promised …".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastPromise {
    pub text: String,
    pub made: NaiveDateTime,
    pub due: Option<NaiveDateTime>,
    /// None: open, or made before promises were kept apart from visits.
    pub end: Option<Ended>,
}

/// A day that comes round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayToCome {
    /// The shop's own without.
    pub person: Option<PersonId>,
    pub day: SpecialDay,
    pub on: NaiveDate,
}

impl Dossier {
    /// Put together of what is on the disk, as it stands on `today`.
    pub fn of(shop: Arc<Customer>, people: Vec<Person>, profile: Option<Profile>, chronicle: Chronicle, today: NaiveDate) -> Dossier {
        let known = people.into_iter().filter(|person| person.forgotten_on.is_none() && !person.envelope.deleted).collect();
        let by_name =
            sorting::by_key(known, |person: &Person| (i64::from(person.fields.decides != Decides::Yes), person.fields.name.clone()));
        let (former, people): (Vec<Person>, Vec<Person>) = by_name.into_iter().partition(|person| person.fields.archived);
        let days = days(&people, profile.as_ref(), today);
        let promises: Vec<Promise> = chronicle.promises.iter().filter(|promise| !promise.envelope.deleted).cloned().collect();
        let episodes: Vec<Episode> = chronicle.episodes.iter().filter(|episode| !episode.envelope.deleted).cloned().collect();
        let last_complaint =
            episodes.iter().filter(|episode| episode.kind == EpisodeKind::Complaint).max_by_key(|episode| (episode.opened_on, episode.id));
        Dossier {
            shop,
            people,
            former,
            profile,
            contacts: contacts(&chronicle),
            rate: Rate::of(&promises),
            last_promise: last_promise(&promises, &chronicle),
            last_complaint: last_complaint.cloned(),
            promises: sorting::by_key(promises, |promise| match promise.end.as_ref() {
                None => (seconds(promise.deadline().unwrap_or(promise.made)) - OPEN_FIRST, promise.id.to_string()),
                Some(end) => (-seconds(end.at), promise.id.to_string()),
            }),
            episodes: sorting::by_key(episodes, |episode| {
                let days = (episode.opened_on - NaiveDate::MIN).num_days();
                (if episode.is_open() { -days - OPEN_FIRST } else { -days }, episode.id.to_string())
            }),
            days,
        }
    }

    /// What was told to the shop already, newest first.
    pub fn tips(&self) -> impl Iterator<Item = &super::profile::Tip> {
        self.profile.iter().flat_map(|profile| profile.tips.iter().rev())
    }
}

/// More seconds than any date is away from another.
const OPEN_FIRST: i64 = 1 << 50;

fn seconds(at: NaiveDateTime) -> i64 {
    at.and_utc().timestamp()
}

fn contacts(chronicle: &Chronicle) -> Vec<Contact> {
    let touches = touch::standing(&chronicle.touches).cloned().map(|touch| Contact::Touch(Box::new(touch)));
    let made = chronicle.events.standing().visits.into_iter().filter(|visit| visit.outcome.is_made());
    let visits = made.map(|visit| Contact::Visit { id: visit.id, at: visit.started, minutes: visit.spent / 60 });
    sorting::by_key(touches.chain(visits).collect(), |contact| (-seconds(contact.at()), String::new()))
}

fn last_promise(promises: &[Promise], chronicle: &Chronicle) -> Option<LastPromise> {
    let known = promises.iter().map(|promise| LastPromise {
        text: promise.text.clone(),
        made: promise.made,
        due: promise.due.or(promise.answer_by),
        end: promise.end.clone(),
    });
    let standing = chronicle.events.standing();
    let is_apart = |visit: &super::visit::Visit| chronicle.promises.iter().any(|promise| promise.visit == Some(visit.id));
    let said = standing.visits.iter().filter(|visit| !visit.agreed.promise.is_empty() && !is_apart(visit));
    let at_visits = said.map(|visit| LastPromise {
        text: visit.agreed.promise.clone(),
        made: visit.finished,
        due: visit.agreed.promise_due,
        end: None,
    });
    known.chain(at_visits).filter(|promise| !promise.text.is_empty()).max_by_key(|promise| promise.made)
}

fn days(people: &[Person], profile: Option<&Profile>, today: NaiveDate) -> Vec<DayToCome> {
    let of_shop = profile.into_iter().flat_map(|profile| &profile.days).map(|day| (None, day));
    let of_people = people.iter().flat_map(|person| person.fields.days.iter().map(|day| (Some(person.id), day)));
    let to_come = of_shop.chain(of_people).filter_map(|(person, day)| {
        let on = day.next_on(today, lunar::date_of)?;
        Some(DayToCome { person, day: day.clone(), on })
    });
    sorting::by_key(to_come.collect(), |day| ((day.on - NaiveDate::MIN).num_days(), String::new()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::customer::CustomerFields;
    use crate::domain::id::{CustomerId, PromiseId};
    use crate::domain::person::PersonFields;
    use crate::domain::promise_draft::{PromiseDraft, PromiseTerms, TimeDraft};
    use crate::domain::special_day::{Calendar, DayKind};
    use crate::domain::stamp::{DeviceId, Envelope, Stamp};
    use uuid::Uuid;

    fn at(day: u32) -> NaiveDateTime {
        NaiveDate::from_ymd_opt(2026, 11, day).unwrap().and_hms_opt(12, 0, 0).unwrap()
    }

    fn envelope() -> Envelope {
        Envelope::first(Stamp::after(None, 1, DeviceId(1)))
    }

    fn person(number: u128, fields: PersonFields) -> Person {
        let customer = CustomerId(Uuid::from_u128(9));
        Person { id: PersonId(Uuid::from_u128(number)), envelope: envelope(), customer, fields, forgotten_on: None }
    }

    fn promise(number: u128, text: &str, made: u32, due: u32) -> Promise {
        let terms = PromiseTerms { now: at(made), limit: None, chase_before_hours: 24, old: None };
        let draft = PromiseDraft { text: text.into(), due: TimeDraft::of(Some(at(due))), ..PromiseDraft::default() };
        let id = PromiseId(Uuid::from_u128(number));
        draft.check(terms).unwrap().made(id, envelope(), CustomerId(Uuid::from_u128(9)), None, at(made))
    }

    #[test]
    fn who_decides_comes_first_and_open_promises_before_those_that_ended() {
        let shop = Arc::new(Customer {
            id: CustomerId(Uuid::from_u128(9)),
            envelope: envelope(),
            fields: CustomerFields::named("惠民".into()),
            created_on: at(1).date(),
            range: Vec::new(),
            merged_into: None,
        });
        let named = |name: &str| PersonFields { name: name.into(), ..PersonFields::default() };
        let birthday =
            SpecialDay { kind: DayKind::Birthday, label: String::new(), calendar: Calendar::Solar, month: 12, day: 1, year: None };
        let people = vec![
            person(1, named("甲")),
            person(2, PersonFields { decides: Decides::Yes, days: vec![birthday], ..named("乙") }),
            person(3, PersonFields { archived: true, ..named("丙") }),
            Person { forgotten_on: Some(at(1).date()), ..person(4, PersonFields::default()) },
        ];
        let mut kept = promise(10, "样品", 1, 2);
        kept.end = Some(Ended { how: crate::domain::promise::End::Kept, at: at(2), note: String::new() });
        let chronicle =
            Chronicle { promises: vec![kept, promise(11, "海报", 3, 9), promise(12, "退货", 4, 8)], ..Chronicle::default() };
        let dossier = Dossier::of(shop, people, None, chronicle, at(22).date());
        assert_eq!(dossier.people.iter().map(|person| person.fields.name.as_str()).collect::<Vec<_>>(), ["乙", "甲"]);
        assert_eq!(dossier.former.len(), 1);
        assert_eq!(dossier.promises.iter().map(|promise| promise.text.as_str()).collect::<Vec<_>>(), ["退货", "海报", "样品"]);
        assert_eq!((dossier.rate, dossier.last_promise.unwrap().text.as_str()), (Rate { kept: 1, broken: 0 }, "退货"));
        assert_eq!(dossier.days.iter().map(|day| day.on.to_string()).collect::<Vec<_>>(), ["2026-12-01"]);
    }
}
