//! How a shop is followed up, as typed: every problem at once. What other commands set (a snooze, tips, giving up) stays as it is.

use super::person_draft::{DayDraft, PersonProblem};
use super::profile::{Approach, BuyerStyle, EVERY_MAX, Profile, Stage, Tier};
use super::special_day::DAYS_MAX;
use super::typed;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The form as typed, kept until it is saved.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProfileDraft {
    pub stage: Option<Stage>,
    pub tier: Option<Tier>,
    /// Days; empty: as class and stage have it.
    pub every: String,
    pub approach: Option<Approach>,
    pub style: Option<BuyerStyle>,
    pub days: Vec<DayDraft>,
    /// `2026-11-22`; empty: not known.
    pub met_on: String,
}

impl From<&Profile> for ProfileDraft {
    fn from(profile: &Profile) -> Self {
        ProfileDraft {
            stage: profile.stage,
            tier: profile.tier,
            every: profile.every.map_or_else(String::new, |days| days.to_string()),
            approach: profile.approach,
            style: profile.style,
            days: profile.days.iter().map(DayDraft::of).collect(),
            met_on: profile.met_on.map_or_else(String::new, |day| day.to_string()),
        }
    }
}

/// A field of the form; a day by its row, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProfileField {
    Every,
    Day(usize),
    Days,
    MetOn,
}

/// Why a field cannot be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProfileProblem {
    /// No whole number of days from 1 to [`EVERY_MAX`].
    NotDays,
    Day(PersonProblem),
    TooMany(usize),
    /// No day, or one to come.
    NotADay,
}

impl ProfileDraft {
    /// `before` with what was typed, or every problem with the field it belongs to.
    pub fn check(&self, before: &Profile, today: NaiveDate) -> Result<Profile, Vec<(ProfileField, ProfileProblem)>> {
        let mut problems = Vec::new();
        let every = match typed::units(&self.every) {
            Ok(None) => None,
            Ok(Some(units)) => Some(u16::try_from(units.0).ok().filter(|days| (1..=EVERY_MAX).contains(days))),
            Err(_) => Some(None),
        };
        if every == Some(None) {
            problems.push((ProfileField::Every, ProfileProblem::NotDays));
        }
        let mut days = Vec::new();
        for (row, day) in self.days.iter().enumerate() {
            match day.read() {
                Ok(day) => days.extend(day),
                Err(problem) => problems.push((ProfileField::Day(row), ProfileProblem::Day(problem))),
            }
        }
        if days.len() > DAYS_MAX {
            problems.push((ProfileField::Days, ProfileProblem::TooMany(DAYS_MAX)));
        }
        let typed_day = self.met_on.trim();
        let met_on: Option<NaiveDate> = typed_day.parse().ok().filter(|day| *day <= today);
        if met_on.is_none() && !typed_day.is_empty() {
            problems.push((ProfileField::MetOn, ProfileProblem::NotADay));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let (stage, tier, approach, style) = (self.stage, self.tier, self.approach, self.style);
        Ok(Profile { stage, tier, every: every.flatten(), approach, style, days, met_on, ..before.clone() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::CustomerId;
    use crate::domain::profile::{Snooze, Tip};
    use crate::domain::special_day::{Calendar, DayKind, SpecialDay};
    use crate::domain::stamp::{DeviceId, Envelope, Stamp};

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
    }

    fn anniversary() -> SpecialDay {
        SpecialDay { kind: DayKind::Anniversary, label: String::new(), calendar: Calendar::Solar, month: 1, day: 1, year: None }
    }

    fn blank() -> Profile {
        Profile::blank(CustomerId(uuid::Uuid::from_u128(1)), Envelope::first(Stamp::after(None, 1, DeviceId(1))))
    }

    #[test]
    fn what_was_typed_takes_its_place_and_the_rest_stays() {
        let before = Profile {
            snooze: Some(Snooze { until: day(30), reason: "装修".into() }),
            tips: vec![Tip { text: "先进先出".into(), on: day(1) }],
            ..blank()
        };
        let draft =
            ProfileDraft { stage: Some(Stage::Key), every: "１０".into(), met_on: "2026-11-01".into(), ..ProfileDraft::default() };
        let after = draft.check(&before, day(22)).unwrap();
        assert_eq!((after.stage, after.every, after.met_on), (Some(Stage::Key), Some(10), Some(day(1))));
        assert_eq!((&after.snooze, &after.tips), (&before.snooze, &before.tips));
        assert_eq!(ProfileDraft::from(&after).check(&blank(), day(22)).unwrap().stage, Some(Stage::Key));
    }

    #[test]
    fn every_problem_comes_back_at_once() {
        let draft = ProfileDraft {
            every: "0".into(),
            days: vec![DayDraft { month: "4".into(), day: "31".into(), ..DayDraft::of(&anniversary()) }],
            met_on: "2026-11-23".into(),
            ..ProfileDraft::default()
        };
        assert_eq!(
            draft.check(&blank(), day(22)).unwrap_err(),
            [
                (ProfileField::Every, ProfileProblem::NotDays),
                (ProfileField::Day(0), ProfileProblem::Day(PersonProblem::NotADay)),
                (ProfileField::MetOn, ProfileProblem::NotADay),
            ]
        );
        assert!(ProfileDraft { every: "366".into(), ..ProfileDraft::default() }.check(&blank(), day(22)).is_err());
    }
}
