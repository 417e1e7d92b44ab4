//! A contact as typed after it, or by two taps: every problem at once. A contact is made before it is noted, never after.

use super::channel::Channel;
use super::id::{CustomerId, EpisodeId, PersonId, PromiseId, TouchId};
use super::promise_draft::TimeDraft;
use super::stamp::Envelope;
use super::text::{self, LONG_MAX, TextProblem};
use super::touch::{MESSAGE_MAX, Mood, Strategy, Touch, TouchOutcome, TouchPurpose};
use super::typed;
use chrono::{NaiveDateTime, TimeDelta};
use serde::{Deserialize, Serialize};

/// The form as typed, kept until it is saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TouchDraft {
    pub person: Option<PersonId>,
    /// Empty: now. A day alone is that day at noon, today alone is now.
    pub at: TimeDraft,
    pub channel: Channel,
    pub purpose: TouchPurpose,
    pub reason: String,
    pub strategy: Option<Strategy>,
    pub outcome: TouchOutcome,
    pub mood: Option<Mood>,
    pub next: String,
    pub episode: Option<EpisodeId>,
    pub promise: Option<PromiseId>,
    pub message: String,
    pub note: String,
    pub minutes: String,
}

impl Default for TouchDraft {
    fn default() -> Self {
        TouchDraft {
            person: None,
            at: TimeDraft::default(),
            channel: Channel::Phone,
            purpose: TouchPurpose::FollowUp,
            reason: String::new(),
            strategy: None,
            outcome: TouchOutcome::Reached,
            mood: None,
            next: String::new(),
            episode: None,
            promise: None,
            message: String::new(),
            note: String::new(),
            minutes: String::new(),
        }
    }
}

impl From<&Touch> for TouchDraft {
    fn from(touch: &Touch) -> Self {
        TouchDraft {
            person: touch.person,
            at: TimeDraft::of(Some(touch.at)),
            channel: touch.channel,
            purpose: touch.purpose,
            reason: touch.reason.clone(),
            strategy: touch.strategy,
            outcome: touch.outcome,
            mood: touch.mood,
            next: touch.next.clone(),
            episode: touch.episode,
            promise: touch.promise,
            message: touch.message.clone(),
            note: touch.note.clone(),
            minutes: if touch.minutes == 0 { String::new() } else { touch.minutes.to_string() },
        }
    }
}

/// A field of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TouchField {
    At,
    Reason,
    Next,
    Message,
    Note,
    Minutes,
}

/// Why a field cannot be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TouchProblem {
    Text(TextProblem),
    /// No time of any day.
    NotATime,
    InTheFuture,
    /// No whole number of minutes of one day.
    NotMinutes,
}

/// What a contact is besides what was typed.
#[derive(Clone, Copy, Debug)]
pub struct NewTouch {
    pub id: TouchId,
    pub envelope: Envelope,
    pub customer: CustomerId,
    pub now: NaiveDateTime,
    pub corrects: Option<TouchId>,
}

/// The most minutes of one contact: a day.
const MINUTES_MAX: u16 = 1_440;

impl TouchDraft {
    /// The contact, or every problem with the field it belongs to.
    pub fn touch(&self, new: &NewTouch) -> Result<Touch, Vec<(TouchField, TouchProblem)>> {
        let mut problems = Vec::new();
        let has_time = !self.at.time.trim().is_empty();
        let at = match self.at.read() {
            Ok(None) => new.now,
            Ok(Some(at)) if !has_time && at.date() == new.now.date() => new.now,
            Ok(Some(at)) if !has_time && at < new.now => at.date().and_hms_opt(12, 0, 0).unwrap_or(at),
            // The minute that is running is not over yet.
            Ok(Some(at)) if at - new.now > TimeDelta::minutes(1) => {
                problems.push((TouchField::At, TouchProblem::InTheFuture));
                new.now
            }
            Ok(Some(at)) => at,
            Err(_) => {
                problems.push((TouchField::At, TouchProblem::NotATime));
                new.now
            }
        };
        let mut line = |field, raw: &str, max| {
            text::line(raw, max).unwrap_or_else(|problem| {
                problems.push((field, TouchProblem::Text(problem)));
                String::new()
            })
        };
        let reason = line(TouchField::Reason, &self.reason, LONG_MAX);
        let next = line(TouchField::Next, &self.next, LONG_MAX);
        let message = line(TouchField::Message, &self.message, MESSAGE_MAX);
        let note = line(TouchField::Note, &self.note, LONG_MAX);
        let minutes = typed::units(&self.minutes).ok().map(|typed| typed.map_or(0, |units| units.0));
        let minutes = minutes.and_then(|minutes| u16::try_from(minutes).ok()).filter(|minutes| *minutes <= MINUTES_MAX);
        if minutes.is_none() {
            problems.push((TouchField::Minutes, TouchProblem::NotMinutes));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(Touch {
            id: new.id,
            envelope: new.envelope,
            customer: new.customer,
            person: self.person,
            at,
            channel: self.channel,
            purpose: self.purpose,
            reason,
            strategy: self.strategy,
            outcome: self.outcome,
            mood: self.mood,
            next,
            episode: self.episode,
            promise: self.promise,
            message,
            note,
            minutes: minutes.unwrap_or_default(),
            corrects: new.corrects,
            withdrawn: false,
        })
    }
}

impl Touch {
    /// Says that `self` never happened.
    pub fn withdrawal(&self, id: TouchId, envelope: Envelope) -> Touch {
        Touch {
            id,
            envelope: Envelope { demo: self.envelope.demo, ..envelope },
            reason: String::new(),
            next: String::new(),
            message: String::new(),
            note: String::new(),
            corrects: Some(self.id),
            withdrawn: true,
            ..self.clone()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::stamp::{DeviceId, Stamp};
    use crate::domain::touch::standing;
    use chrono::NaiveDate;
    use uuid::Uuid;

    fn new(number: u128, corrects: Option<TouchId>) -> NewTouch {
        NewTouch {
            id: TouchId(Uuid::from_u128(number)),
            envelope: Envelope::first(Stamp::after(None, 1, DeviceId(1))),
            customer: CustomerId(Uuid::from_u128(9)),
            now: NaiveDate::from_ymd_opt(2026, 11, 22).unwrap().and_hms_opt(17, 0, 30).unwrap(),
            corrects,
        }
    }

    #[test]
    fn two_taps_are_a_contact_of_this_minute() {
        let touch =
            TouchDraft { channel: Channel::Sms, outcome: TouchOutcome::Left, ..TouchDraft::default() }.touch(&new(1, None)).unwrap();
        assert_eq!((touch.at, touch.channel, touch.outcome, touch.minutes), (new(1, None).now, Channel::Sms, TouchOutcome::Left, 0));
    }

    #[test]
    fn a_contact_of_yesterday_is_noted_today_and_one_of_tomorrow_is_refused() {
        let at = |day: &str, time: &str| {
            TouchDraft { at: TimeDraft { day: day.into(), time: time.into() }, ..TouchDraft::default() }.touch(&new(1, None))
        };
        assert_eq!(at("2026-11-21", "09:30").unwrap().at.to_string(), "2026-11-21 09:30:00");
        assert_eq!(at("2026-11-21", "").unwrap().at.to_string(), "2026-11-21 12:00:00");
        assert_eq!(at("2026-11-22", "").unwrap().at, new(1, None).now);
        assert_eq!(at("2026-11-23", "09:30").unwrap_err(), [(TouchField::At, TouchProblem::InTheFuture)]);
        assert_eq!(at("2026-13-01", "").unwrap_err(), [(TouchField::At, TouchProblem::NotATime)]);
    }

    #[test]
    fn every_problem_comes_back_at_once() {
        let draft = TouchDraft { note: "长".repeat(201), minutes: "1.5".into(), message: "长".repeat(2_001), ..TouchDraft::default() };
        assert_eq!(
            draft.touch(&new(1, None)).unwrap_err(),
            [
                (TouchField::Message, TouchProblem::Text(TextProblem::TooLong(MESSAGE_MAX))),
                (TouchField::Note, TouchProblem::Text(TextProblem::TooLong(LONG_MAX))),
                (TouchField::Minutes, TouchProblem::NotMinutes),
            ]
        );
    }

    #[test]
    fn a_correction_takes_the_place_of_a_contact_and_a_withdrawal_takes_it_away() {
        let first = TouchDraft { note: "x".into(), ..TouchDraft::default() }.touch(&new(1, None)).unwrap();
        let second = TouchDraft::from(&first).touch(&new(2, Some(first.id))).unwrap();
        assert_eq!((second.note.as_str(), second.at), ("x", NaiveDate::from_ymd_opt(2026, 11, 22).unwrap().and_hms_opt(17, 0, 0).unwrap()));
        let gone = second.withdrawal(TouchId(Uuid::from_u128(3)), new(3, None).envelope);
        assert_eq!(standing(&[first.clone(), second.clone()]).map(|touch| touch.id).collect::<Vec<_>>(), [second.id]);
        assert_eq!(standing(&[first, second, gone]).count(), 0);
    }
}
