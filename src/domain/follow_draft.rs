//! The measures for following up as typed, and all that is wrong with them at once. An empty field is the method's own figure.

use super::follow::{CHASE_HOURS_MAX, ClassDays, Follow, PromiseLimits, TOUCHES_A_WEEK_MAX};
use super::money::Money;
use super::profile::EVERY_MAX;
use super::text::{self, LONG_MAX, TextProblem};
use super::typed::{self, NumberProblem};
use chrono::Weekday;
use std::ops::RangeInclusive;

/// The form as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FollowDraft {
    pub key_days: String,
    pub greeting_days: String,
    /// Of classes A, B and C.
    pub class_days: [String; 3],
    pub due: String,
    pub overdue: String,
    pub min_gap_days: String,
    pub most_a_week: String,
    pub desk_weekday: Weekday,
    pub desk_hour: String,
    pub closing: String,
    /// Of classes A, B and C; empty: no limit.
    pub limits: [String; 3],
    pub chase_before_hours: String,
}

/// A field of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FollowField {
    KeyDays,
    GreetingDays,
    ClassDays(usize),
    Due,
    Overdue,
    MinGapDays,
    MostAWeek,
    DeskHour,
    Closing,
    Limit(usize),
    ChaseBeforeHours,
}

/// Why a field cannot be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FollowProblem {
    Number(NumberProblem),
    Text(TextProblem),
    /// Overdue before it is due.
    BeforeDue,
}

impl From<&Follow> for FollowDraft {
    fn from(follow: &Follow) -> Self {
        let amount = |amount: Option<Money>| amount.map_or_else(String::new, |amount| amount.0.normalize().to_string());
        let (days, limits) = (follow.class_days, follow.promise_limits);
        FollowDraft {
            key_days: follow.key_days.to_string(),
            greeting_days: follow.greeting_days.to_string(),
            class_days: [days.a, days.b, days.c].map(|days| days.to_string()),
            due: follow.due.to_string(),
            overdue: follow.overdue.to_string(),
            min_gap_days: follow.min_gap_days.to_string(),
            most_a_week: follow.most_a_week.to_string(),
            desk_weekday: follow.desk_weekday,
            desk_hour: follow.desk_hour.to_string(),
            closing: follow.closing.clone(),
            limits: [limits.a, limits.b, limits.c].map(amount),
            chase_before_hours: follow.chase_before_hours.to_string(),
        }
    }
}

impl FollowDraft {
    /// The measures, or every problem with the field it belongs to.
    pub fn check(&self) -> Result<Follow, Vec<(FollowField, FollowProblem)>> {
        let own = Follow::default();
        let mut problems = Vec::new();
        let mut number = |field, raw: &str, within: RangeInclusive<u16>, otherwise: u16| match whole(raw, &within) {
            Ok(number) => number.unwrap_or(otherwise),
            Err(problem) => {
                problems.push((field, FollowProblem::Number(problem)));
                otherwise
            }
        };
        let days = || 1..=EVERY_MAX;
        let key_days = number(FollowField::KeyDays, &self.key_days, days(), own.key_days);
        let greeting_days = number(FollowField::GreetingDays, &self.greeting_days, days(), own.greeting_days);
        let [a, b, c] = &self.class_days;
        let class_days = ClassDays {
            a: number(FollowField::ClassDays(0), a, days(), own.class_days.a),
            b: number(FollowField::ClassDays(1), b, days(), own.class_days.b),
            c: number(FollowField::ClassDays(2), c, days(), own.class_days.c),
        };
        let due = number(FollowField::Due, &self.due, 0..=EVERY_MAX, own.due);
        let overdue = number(FollowField::Overdue, &self.overdue, 0..=EVERY_MAX, own.overdue.max(due));
        let min_gap_days = number(FollowField::MinGapDays, &self.min_gap_days, 0..=EVERY_MAX, own.min_gap_days);
        let most_a_week = number(FollowField::MostAWeek, &self.most_a_week, 1..=TOUCHES_A_WEEK_MAX, own.most_a_week);
        let hour = number(FollowField::DeskHour, &self.desk_hour, 0..=23, own.desk_hour.into());
        let chase_before_hours =
            number(FollowField::ChaseBeforeHours, &self.chase_before_hours, 0..=CHASE_HOURS_MAX, own.chase_before_hours);
        if overdue < due {
            problems.push((FollowField::Overdue, FollowProblem::BeforeDue));
        }
        let closing = text::line(&self.closing, LONG_MAX).unwrap_or_else(|problem| {
            problems.push((FollowField::Closing, FollowProblem::Text(problem)));
            String::new()
        });
        let mut limits = [None; 3];
        for (at, (raw, limit)) in self.limits.iter().zip(&mut limits).enumerate() {
            match typed::price(raw) {
                Ok(amount) => *limit = amount,
                Err(problem) => problems.push((FollowField::Limit(at), FollowProblem::Number(problem))),
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let [a, b, c] = limits;
        Ok(Follow {
            key_days,
            greeting_days,
            class_days,
            due,
            overdue,
            min_gap_days,
            most_a_week,
            desk_weekday: self.desk_weekday,
            desk_hour: u8::try_from(hour).unwrap_or(own.desk_hour),
            closing,
            promise_limits: PromiseLimits { a, b, c },
            chase_before_hours,
        })
    }
}

fn whole(raw: &str, within: &RangeInclusive<u16>) -> Result<Option<u16>, NumberProblem> {
    let Some(units) = typed::units(raw.trim())? else { return Ok(None) };
    let number = u16::try_from(units.0).map_err(|_| NumberProblem::TooLarge)?;
    match number {
        number if number < *within.start() => Err(NumberProblem::TooSmall),
        number if number > *within.end() => Err(NumberProblem::TooLarge),
        number => Ok(Some(number)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_kept_is_typed_back_the_same_and_nothing_typed_is_the_methods_own() {
        let follow = Follow {
            overdue: 5,
            promise_limits: PromiseLimits { a: Some(Money(500.into())), ..PromiseLimits::default() },
            ..Follow::default()
        };
        assert_eq!(FollowDraft::from(&follow).check(), Ok(follow));
        let empty = FollowDraft { key_days: String::new(), class_days: Default::default(), ..FollowDraft::from(&Follow::default()) };
        assert_eq!(empty.check(), Ok(Follow::default()));
    }

    #[test]
    fn every_problem_comes_back_at_once() {
        let draft = FollowDraft {
            key_days: "0".into(),
            class_days: ["3".into(), "x".into(), "366".into()],
            due: "4".into(),
            overdue: "3".into(),
            desk_hour: "24".into(),
            closing: "长".repeat(201),
            limits: [String::new(), "-1".into(), String::new()],
            ..FollowDraft::from(&Follow::default())
        };
        assert_eq!(
            draft.check().unwrap_err(),
            [
                (FollowField::KeyDays, FollowProblem::Number(NumberProblem::TooSmall)),
                (FollowField::ClassDays(1), FollowProblem::Number(NumberProblem::NotANumber)),
                (FollowField::ClassDays(2), FollowProblem::Number(NumberProblem::TooLarge)),
                (FollowField::DeskHour, FollowProblem::Number(NumberProblem::TooLarge)),
                (FollowField::Overdue, FollowProblem::BeforeDue),
                (FollowField::Closing, FollowProblem::Text(TextProblem::TooLong(LONG_MAX))),
                (FollowField::Limit(1), FollowProblem::Number(NumberProblem::Negative)),
            ]
        );
    }
}
