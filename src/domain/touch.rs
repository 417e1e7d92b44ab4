//! One contact with a shop that was no counted visit, or that says more of one: who, how, why and what came of it (D0 34, 72, 74,
//! D4 238). Added once; a correction is a new one that names the old. It is written over only where the person it names is forgotten.

use super::channel::Channel;
use super::id::{CustomerId, EpisodeId, PersonId, PromiseId, TouchId};
use super::stamp::{Envelope, Stamp};
use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// One contact made or tried.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Touch {
    pub id: TouchId,
    pub envelope: Envelope,
    pub customer: CustomerId,
    pub person: Option<PersonId>,
    /// Local date and time of the phone.
    pub at: NaiveDateTime,
    pub channel: Channel,
    pub purpose: TouchPurpose,
    /// The occasion that was used (D0 74); empty: none.
    pub reason: String,
    pub strategy: Option<Strategy>,
    pub outcome: TouchOutcome,
    pub mood: Option<Mood>,
    /// What is to be done next; empty: nothing.
    pub next: String,
    /// What it is about, with others.
    pub episode: Option<EpisodeId>,
    pub promise: Option<PromiseId>,
    /// The text that was sent; empty: none.
    pub message: String,
    pub note: String,
    /// Time it took.
    pub minutes: u16,
    /// The touch this one puts right: that one no longer stands.
    pub corrects: Option<TouchId>,
    /// It never happened: takes back what it corrects.
    pub withdrawn: bool,
}

/// What a contact is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TouchPurpose {
    Greeting,
    FollowUp,
    Order,
    Delivery,
    Promise,
    Complaint,
    Collection,
    Thanks,
    Invitation,
    Other,
}

impl TouchPurpose {
    pub const ALL: [TouchPurpose; 10] = [
        TouchPurpose::Greeting,
        TouchPurpose::FollowUp,
        TouchPurpose::Order,
        TouchPurpose::Delivery,
        TouchPurpose::Promise,
        TouchPurpose::Complaint,
        TouchPurpose::Collection,
        TouchPurpose::Thanks,
        TouchPurpose::Invitation,
        TouchPurpose::Other,
    ];
}

/// The seven ways of following up (D0 72).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Strategy {
    /// 投其所好: what they like.
    Liking,
    /// 欲擒故纵: let go to hold.
    LetGo,
    /// 借题发挥: make something of an occasion.
    Occasion,
    /// 推心置腹: open words.
    Candour,
    /// 精打细算: reckon it for them.
    Reckoning,
    /// 抛砖引玉: give something first, a case of others.
    Example,
    /// 成功冥想: see it done beforehand.
    Rehearsal,
}

impl Strategy {
    pub const ALL: [Strategy; 7] = [
        Strategy::Liking,
        Strategy::LetGo,
        Strategy::Occasion,
        Strategy::Candour,
        Strategy::Reckoning,
        Strategy::Example,
        Strategy::Rehearsal,
    ];
}

/// What came of a contact. Any of them is a contact: each resets the clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TouchOutcome {
    Reached,
    NoAnswer,
    /// A message was left.
    Left,
    Refused,
    WrongNumber,
}

impl TouchOutcome {
    pub const ALL: [TouchOutcome; 5] =
        [TouchOutcome::Reached, TouchOutcome::NoAnswer, TouchOutcome::Left, TouchOutcome::Refused, TouchOutcome::WrongNumber];
}

/// How the other side felt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mood {
    Good,
    Fine,
    Bad,
}

impl Mood {
    pub const ALL: [Mood; 3] = [Mood::Good, Mood::Fine, Mood::Bad];
}

/// The longest message, in characters.
pub const MESSAGE_MAX: usize = 2_000;

impl Touch {
    /// Without the words that say who it was with or what was said to them (the person is forgotten).
    pub fn forgotten(&self, stamp: Stamp) -> Touch {
        Touch {
            envelope: self.envelope.next(stamp),
            reason: String::new(),
            next: String::new(),
            message: String::new(),
            note: String::new(),
            ..self.clone()
        }
    }
}

/// The touches that stand: without what was corrected, withdrawn or deleted, in the order given.
pub fn standing(touches: &[Touch]) -> impl Iterator<Item = &Touch> {
    let replaced: BTreeSet<TouchId> = touches.iter().filter(|touch| !touch.envelope.deleted).filter_map(|touch| touch.corrects).collect();
    touches.iter().filter(move |touch| !touch.envelope.deleted && !touch.withdrawn && !replaced.contains(&touch.id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::stamp::DeviceId;
    use uuid::Uuid;

    fn touch(id: u128, corrects: Option<u128>) -> Touch {
        Touch {
            id: TouchId(Uuid::from_u128(id)),
            envelope: Envelope::first(Stamp::after(None, 1, DeviceId(1))),
            customer: CustomerId(Uuid::from_u128(9)),
            person: None,
            at: chrono::NaiveDate::from_ymd_opt(2026, 11, 22).unwrap().and_hms_opt(9, 0, 0).unwrap(),
            channel: Channel::Phone,
            purpose: TouchPurpose::Greeting,
            reason: "新品".into(),
            strategy: None,
            outcome: TouchOutcome::Reached,
            mood: None,
            next: "寄样品".into(),
            episode: None,
            promise: None,
            message: "周姐您好".into(),
            note: "x".into(),
            minutes: 2,
            corrects: corrects.map(|id| TouchId(Uuid::from_u128(id))),
            withdrawn: false,
        }
    }

    fn ids(touches: &[Touch]) -> Vec<u128> {
        standing(touches).map(|touch| touch.id.0.as_u128()).collect()
    }

    #[test]
    fn a_correction_stands_in_the_place_of_what_it_puts_right_and_a_withdrawal_leaves_nothing() {
        let (first, second) = (touch(1, None), touch(2, Some(1)));
        let withdrawn = Touch { withdrawn: true, ..touch(3, Some(2)) };
        assert_eq!(ids(&[first.clone(), second.clone()]), [2]);
        assert_eq!(ids(&[second.clone(), first.clone()]), [2], "in any order");
        assert_eq!(ids(&[first.clone(), second.clone(), withdrawn.clone()]), [0; 0]);
        let mut gone = withdrawn;
        gone.envelope.deleted = true;
        assert_eq!(ids(&[first, second, gone]), [2], "what is deleted takes nothing back");
    }

    #[test]
    fn of_a_touch_with_a_forgotten_person_only_the_figures_are_left() {
        let known = touch(1, None);
        let left = known.forgotten(Stamp::after(None, 2, DeviceId(1)));
        assert!([&left.reason, &left.next, &left.message, &left.note].into_iter().all(String::is_empty));
        assert_eq!((left.at, left.channel, left.minutes, left.envelope.rev), (known.at, known.channel, known.minutes, 2));
    }
}
