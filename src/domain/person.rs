//! A person at a shop: who they are, what they decide, how they are reached and what is known of them (D0 34, 35, 63, 70, D4 152).
//! A person who asks to be forgotten stays as an empty record with the day of it, so that no older copy brings them back.

use super::channel::Channel;
use super::id::{CustomerId, PersonId};
use super::special_day::{DayKind, SpecialDay};
use super::stamp::{Envelope, Stamp};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Someone the rep knows at a shop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub id: PersonId,
    pub envelope: Envelope,
    pub customer: CustomerId,
    pub fields: PersonFields,
    /// The local date they were forgotten on: everything that says who they were is gone.
    pub forgotten_on: Option<NaiveDate>,
}

/// What the rep knows of a person. Texts are cleaned; an unknown one is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonFields {
    pub name: String,
    pub title: String,
    /// How to address them: 周姐, Mr Li.
    pub salutation: String,
    pub roles: BTreeSet<BuyingRole>,
    pub decides: Decides,
    /// At most [`PHONES_MAX`], the usual one first.
    pub phones: Vec<String>,
    /// At most [`HANDLES_MAX`].
    pub handles: Vec<Handle>,
    pub preferred: Option<Channel>,
    /// At most [`super::special_day::DAYS_MAX`].
    pub days: Vec<SpecialDay>,
    pub interests: String,
    /// At most [`FACTS_MAX`], oldest first.
    pub facts: Vec<Fact>,
    pub note: String,
    /// No longer there: in no list of whom to call, still named where they were.
    pub archived: bool,
}

/// A part in a purchase (D4 152). One person may have several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BuyingRole {
    User,
    Influencer,
    Decider,
    Approver,
    Buyer,
    Gatekeeper,
}

impl BuyingRole {
    pub const ALL: [BuyingRole; 6] =
        [BuyingRole::User, BuyingRole::Influencer, BuyingRole::Decider, BuyingRole::Approver, BuyingRole::Buyer, BuyingRole::Gatekeeper];
}

/// Whether they may say yes (D0 80).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decides {
    Yes,
    No,
    #[default]
    Unknown,
}

impl Decides {
    pub const ALL: [Decides; 3] = [Decides::Yes, Decides::No, Decides::Unknown];
}

/// An address besides the phone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handle {
    pub kind: HandleKind,
    pub text: String,
}

/// Where an address is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HandleKind {
    Wechat,
    Qq,
    Whatsapp,
    Email,
    Other,
}

impl HandleKind {
    pub const ALL: [HandleKind; 5] = [HandleKind::Wechat, HandleKind::Qq, HandleKind::Whatsapp, HandleKind::Email, HandleKind::Other];
}

/// Something personal, and from whom and since when it is known (D0 70).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    pub text: String,
    pub source: String,
    pub on: NaiveDate,
}

/// The most people of one shop.
pub const PEOPLE_MAX: usize = 500;
/// The most phones of one person.
pub const PHONES_MAX: usize = 5;
/// The most other addresses of one person.
pub const HANDLES_MAX: usize = 8;
/// The most facts of one person.
pub const FACTS_MAX: usize = 50;

impl Person {
    /// Neither put away nor forgotten nor deleted.
    pub fn is_active(&self) -> bool {
        !self.fields.archived && self.forgotten_on.is_none() && !self.envelope.deleted
    }

    /// What is left of a person who is forgotten on `on`: the record's id, its shop and the day.
    pub fn forgotten(&self, on: NaiveDate, stamp: Stamp) -> Person {
        Person {
            id: self.id,
            envelope: self.envelope.next(stamp),
            customer: self.customer,
            fields: PersonFields::default(),
            forgotten_on: Some(on),
        }
    }
}

/// How much is known of a person, and what to ask next (D0 35).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Completeness {
    pub known: u8,
    /// How many things there are to know.
    pub of: u8,
    /// None: all is known.
    pub next: Option<Ask>,
}

/// Something worth knowing of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    Salutation,
    Phone,
    /// Another way to reach them, should the first fail (D0 35).
    SecondChannel,
    Role,
    Decides,
    Birthday,
    Interests,
    Preferred,
}

impl Ask {
    /// In the order they are asked.
    pub const ALL: [Ask; 8] =
        [Ask::Salutation, Ask::Phone, Ask::SecondChannel, Ask::Role, Ask::Decides, Ask::Birthday, Ask::Interests, Ask::Preferred];

    fn is_known(self, fields: &PersonFields) -> bool {
        match self {
            Ask::Salutation => !fields.salutation.is_empty(),
            Ask::Phone => !fields.phones.is_empty(),
            Ask::SecondChannel => fields.phones.len().min(1) + fields.handles.len() >= 2 || fields.phones.len() >= 2,
            Ask::Role => !fields.roles.is_empty(),
            Ask::Decides => fields.decides != Decides::Unknown,
            Ask::Birthday => fields.days.iter().any(|day| day.kind == DayKind::Birthday),
            Ask::Interests => !fields.interests.is_empty(),
            Ask::Preferred => fields.preferred.is_some(),
        }
    }
}

/// How much of [`Ask::ALL`] is known.
pub fn completeness(fields: &PersonFields) -> Completeness {
    let (mut known, mut of, mut next) = (0, 0, None);
    for ask in Ask::ALL {
        of += 1;
        if ask.is_known(fields) {
            known += 1;
        } else {
            next = next.or(Some(ask));
        }
    }
    Completeness { known, of, next }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_next_is_the_first_thing_that_is_not_known() {
        let mut fields = PersonFields { name: "周敏".into(), ..PersonFields::default() };
        assert_eq!(completeness(&fields), Completeness { known: 0, of: 8, next: Some(Ask::Salutation) });
        fields.salutation = "周姐".into();
        fields.phones = vec!["13800001111".into()];
        assert_eq!(completeness(&fields), Completeness { known: 2, of: 8, next: Some(Ask::SecondChannel) });
        fields.handles = vec![Handle { kind: HandleKind::Wechat, text: "zhou".into() }];
        assert_eq!(completeness(&fields), Completeness { known: 3, of: 8, next: Some(Ask::Role) });
    }

    #[test]
    fn two_phones_are_two_ways_and_one_address_alone_is_not() {
        let phones = PersonFields { phones: vec!["1380".into(), "1390".into()], ..PersonFields::default() };
        assert!(Ask::SecondChannel.is_known(&phones));
        let handle = PersonFields { handles: vec![Handle { kind: HandleKind::Qq, text: "1".into() }], ..PersonFields::default() };
        assert!(!Ask::SecondChannel.is_known(&handle));
    }

    #[test]
    fn of_a_forgotten_person_nothing_is_left_but_the_day() {
        let stamp = |millis| Stamp::after(None, millis, super::super::stamp::DeviceId(1));
        let day = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
        let person = Person {
            id: PersonId(uuid::Uuid::from_u128(1)),
            envelope: Envelope::first(stamp(1)),
            customer: CustomerId(uuid::Uuid::from_u128(2)),
            fields: PersonFields { name: "周敏".into(), phones: vec!["1380".into()], note: "x".into(), ..PersonFields::default() },
            forgotten_on: None,
        };
        let left = person.forgotten(day, stamp(2));
        assert_eq!((&left.fields, left.forgotten_on, left.envelope.rev), (&PersonFields::default(), Some(day), 2));
        assert!(person.is_active() && !left.is_active());
    }
}
