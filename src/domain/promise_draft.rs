//! The form of a promise as typed: none is kept without a time (D0 50), none is due in the past. What it may cost by class and whether
//! it was looked into are warnings, not problems: the rep decides (D2 239-242).

use super::id::{CustomerId, PersonId, PromiseId, VisitId};
use super::money::Money;
use super::promise::{Ability, Dependency, Promise, Risk};
use super::stamp::Envelope;
use super::text::{self, LONG_MAX, SHORT_MAX, TextProblem};
use super::typed::{self, NumberProblem};
use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// As typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PromiseDraft {
    pub text: String,
    pub person: Option<PersonId>,
    /// When the shop gets an answer, where the time of delivery is not known yet.
    pub answer: TimeDraft,
    pub due: TimeDraft,
    pub department: String,
    pub colleague: String,
    pub chase: TimeDraft,
    pub able: Ability,
    pub cost: String,
    pub risks: BTreeSet<Risk>,
}

/// A time as date and time fields give it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TimeDraft {
    /// `2026-11-23`
    pub day: String,
    /// `12:00`; empty: the end of the day.
    pub time: String,
}

/// A field of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PromiseField {
    Text,
    Answer,
    Due,
    Department,
    Colleague,
    Chase,
    Cost,
}

/// Why a field cannot be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PromiseProblem {
    Text(TextProblem),
    Number(NumberProblem),
    NotATime,
    /// Neither an answer nor a delivery has a time.
    NoTime,
    InThePast,
    /// The answer would come after what it is about.
    AfterDue,
    /// Somebody is to be asked, and nobody is named.
    Nobody,
    /// Asking would come after the promise is due.
    TooLateToAsk,
}

/// What the rep should know before making a promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PromiseWarning {
    /// It costs more than shops of this class are usually promised.
    AboveLimit(Money),
    /// Nobody made sure that it can be done.
    Unchecked,
}

/// What a form is checked against.
#[derive(Clone, Copy, Debug)]
pub struct PromiseTerms<'a> {
    /// Local wall time.
    pub now: NaiveDateTime,
    /// What a promise to this shop may cost before the rep is warned.
    pub limit: Option<Money>,
    /// How long before the deadline a dependency is asked after unless the rep says when.
    pub chase_before_hours: u16,
    /// The promise that is changed: its times may stay as they are, past or not.
    pub old: Option<&'a Promise>,
}

/// A promise that can be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promised {
    pub text: String,
    pub person: Option<PersonId>,
    pub answer_by: Option<NaiveDateTime>,
    pub due: Option<NaiveDateTime>,
    pub needs: Option<Dependency>,
    pub able: Ability,
    pub cost: Option<Money>,
    pub risks: BTreeSet<Risk>,
    pub warnings: Vec<PromiseWarning>,
}

impl Promised {
    /// A new promise.
    pub fn made(self, id: PromiseId, envelope: Envelope, customer: CustomerId, visit: Option<VisitId>, made: NaiveDateTime) -> Promise {
        let Promised { text, person, answer_by, due, needs, able, cost, risks, warnings: _ } = self;
        Promise { id, envelope, customer, person, visit, text, made, answer_by, answered: None, due, needs, able, cost, risks, end: None }
    }

    /// A promise that was made before, as it is now.
    pub fn changed(self, old: &Promise, envelope: Envelope) -> Promise {
        let Promised { text, person, answer_by, due, needs, able, cost, risks, warnings: _ } = self;
        Promise { envelope, text, person, answer_by, due, needs, able, cost, risks, ..old.clone() }
    }
}

impl From<&Promise> for PromiseDraft {
    fn from(promise: &Promise) -> Self {
        let needs = promise.needs.as_ref();
        PromiseDraft {
            text: promise.text.clone(),
            person: promise.person,
            answer: TimeDraft::of(promise.answer_by),
            due: TimeDraft::of(promise.due),
            department: needs.map_or_else(String::new, |needs| needs.department.clone()),
            colleague: needs.map_or_else(String::new, |needs| needs.person.clone()),
            chase: TimeDraft::of(needs.map(|needs| needs.chase_at)),
            able: promise.able,
            cost: promise.cost.map_or_else(String::new, |cost| cost.0.to_string()),
            risks: promise.risks.clone(),
        }
    }
}

impl PromiseDraft {
    /// The promise with what to warn of, or every problem with its field.
    pub fn check(&self, terms: PromiseTerms<'_>) -> Result<Promised, Vec<(PromiseField, PromiseProblem)>> {
        let mut problems = Vec::new();
        let text = take(&mut problems, PromiseField::Text, text::line(&self.text, LONG_MAX).map_err(PromiseProblem::Text));
        if text.is_empty() && !problems.iter().any(|(field, _)| *field == PromiseField::Text) {
            problems.push((PromiseField::Text, PromiseProblem::Text(TextProblem::Empty)));
        }
        let answer_by = take(&mut problems, PromiseField::Answer, self.answer.read());
        let due = take(&mut problems, PromiseField::Due, self.due.read());
        let old = terms.old;
        let is_past =
            |time: Option<NaiveDateTime>, before: Option<NaiveDateTime>| time.is_some_and(|time| time <= terms.now) && time != before;
        if is_past(answer_by, old.and_then(|old| old.answer_by)) {
            problems.push((PromiseField::Answer, PromiseProblem::InThePast));
        }
        if is_past(due, old.and_then(|old| old.due)) {
            problems.push((PromiseField::Due, PromiseProblem::InThePast));
        }
        if answer_by.zip(due).is_some_and(|(answer, due)| answer > due) {
            problems.push((PromiseField::Answer, PromiseProblem::AfterDue));
        }
        if self.answer.is_empty() && self.due.is_empty() {
            problems.push((PromiseField::Due, PromiseProblem::NoTime));
        }
        let needs = self.dependency(&mut problems, terms, answer_by.or(due));
        let cost = take(&mut problems, PromiseField::Cost, typed::price(&self.cost).map_err(PromiseProblem::Number));
        if !problems.is_empty() {
            return Err(problems);
        }
        let above = terms.limit.filter(|limit| cost.is_some_and(|cost| cost > *limit)).map(PromiseWarning::AboveLimit);
        let unchecked = Some(PromiseWarning::Unchecked).filter(|_| self.able == Ability::Unchecked);
        let warnings = above.into_iter().chain(unchecked).collect();
        Ok(Promised { text, person: self.person, answer_by, due, needs, able: self.able, cost, risks: self.risks.clone(), warnings })
    }

    /// Who inside the house is asked, and when: before the first deadline.
    fn dependency(&self, problems: &mut Problems, terms: PromiseTerms<'_>, deadline: Option<NaiveDateTime>) -> Option<Dependency> {
        let word = |raw: &str| text::line(raw, SHORT_MAX).map_err(PromiseProblem::Text);
        let department = take(problems, PromiseField::Department, word(&self.department));
        let person = take(problems, PromiseField::Colleague, word(&self.colleague));
        let chase_at = take(problems, PromiseField::Chase, self.chase.read());
        let nobody = self.department.trim().is_empty() && self.colleague.trim().is_empty();
        if nobody {
            if !self.chase.is_empty() {
                problems.push((PromiseField::Department, PromiseProblem::Nobody));
            }
            return None;
        }
        let known = terms.old.and_then(|old| old.needs.as_ref());
        let is_old = chase_at.is_some() && chase_at == known.map(|known| known.chase_at);
        if chase_at.is_some_and(|chase_at| chase_at <= terms.now) && !is_old {
            problems.push((PromiseField::Chase, PromiseProblem::InThePast));
        }
        if chase_at.zip(deadline).is_some_and(|(chase_at, deadline)| chase_at >= deadline) {
            problems.push((PromiseField::Chase, PromiseProblem::TooLateToAsk));
        }
        let before = deadline.and_then(|deadline| deadline.checked_sub_signed(TimeDelta::hours(terms.chase_before_hours.into())));
        let chase_at = chase_at.or(before.map(|before| before.max(terms.now)))?;
        let chased = known.filter(|known| known.chase_at == chase_at).and_then(|known| known.chased);
        Some(Dependency { department, person, chase_at, chased })
    }
}

type Problems = Vec<(PromiseField, PromiseProblem)>;

fn take<T: Default>(problems: &mut Problems, field: PromiseField, read: Result<T, PromiseProblem>) -> T {
    read.unwrap_or_else(|problem| {
        problems.push((field, problem));
        T::default()
    })
}

impl TimeDraft {
    /// A time as it would be typed.
    pub fn of(time: Option<NaiveDateTime>) -> TimeDraft {
        let Some(at) = time else { return TimeDraft::default() };
        TimeDraft { day: at.date().to_string(), time: format!("{:02}:{:02}", at.hour(), at.minute()) }
    }

    pub fn is_empty(&self) -> bool {
        self.day.trim().is_empty() && self.time.trim().is_empty()
    }

    /// The time; none where nothing was typed.
    pub fn read(&self) -> Result<Option<NaiveDateTime>, PromiseProblem> {
        if self.is_empty() {
            return Ok(None);
        }
        let day: NaiveDate = self.day.trim().parse().map_err(|_| PromiseProblem::NotATime)?;
        let time = match self.time.trim() {
            "" => NaiveTime::from_hms_opt(23, 59, 0),
            time => time.split_once(':').and_then(|(hour, minute)| NaiveTime::from_hms_opt(hour.parse().ok()?, minute.parse().ok()?, 0)),
        };
        time.map(|time| Some(day.and_time(time))).ok_or(PromiseProblem::NotATime)
    }
}

/// A time that is picked with one tap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuickPick {
    TodayEvening,
    TomorrowNoon,
    TomorrowEvening,
    /// By the end of the day of the next visit.
    NextVisit,
    InAWeek,
}

impl QuickPick {
    pub const ALL: [QuickPick; 5] =
        [QuickPick::TodayEvening, QuickPick::TomorrowNoon, QuickPick::TomorrowEvening, QuickPick::NextVisit, QuickPick::InAWeek];

    /// The time it stands for; none where that is not to come, or no visit is planned.
    pub fn at(self, now: NaiveDateTime, next_visit: Option<NaiveDate>) -> Option<NaiveDateTime> {
        let (noon, evening) = ((12, 0), (18, 0));
        let ahead = |days| now.date().checked_add_days(Days::new(days));
        let (day, (hour, minute)) = match self {
            QuickPick::TodayEvening => (Some(now.date()), evening),
            QuickPick::TomorrowNoon => (ahead(1), noon),
            QuickPick::TomorrowEvening => (ahead(1), evening),
            QuickPick::NextVisit => (next_visit, (23, 59)),
            QuickPick::InAWeek => (ahead(7), evening),
        };
        day?.and_hms_opt(hour, minute, 0).filter(|at| *at > now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::stamp::{DeviceId, Stamp};
    use uuid::Uuid;

    fn at(day: u32, hour: u32, minute: u32) -> NaiveDateTime {
        NaiveDate::from_ymd_opt(2026, 11, day).unwrap().and_hms_opt(hour, minute, 0).unwrap()
    }

    fn terms() -> PromiseTerms<'static> {
        PromiseTerms { now: at(22, 17, 0), limit: None, chase_before_hours: 24, old: None }
    }

    fn draft(due: Option<NaiveDateTime>) -> PromiseDraft {
        PromiseDraft { text: "送两箱样品".into(), due: TimeDraft::of(due), able: Ability::Checked, ..PromiseDraft::default() }
    }

    #[test]
    fn tomorrow_noon_is_noon_of_the_next_day() {
        let pick = |pick: QuickPick, now| pick.at(now, NaiveDate::from_ymd_opt(2026, 11, 24));
        assert_eq!(pick(QuickPick::TomorrowNoon, at(22, 17, 0)), Some(at(23, 12, 0)));
        assert_eq!(pick(QuickPick::TomorrowEvening, at(22, 23, 50)), Some(at(23, 18, 0)));
        assert_eq!(pick(QuickPick::NextVisit, at(22, 17, 0)), Some(at(24, 23, 59)));
        assert_eq!(pick(QuickPick::InAWeek, at(22, 17, 0)), Some(at(29, 18, 0)));
        assert_eq!(pick(QuickPick::TodayEvening, at(22, 17, 0)), Some(at(22, 18, 0)));
        assert_eq!(pick(QuickPick::TodayEvening, at(22, 18, 0)), None);
        assert_eq!(QuickPick::NextVisit.at(at(22, 17, 0), None), None);
    }

    #[test]
    fn no_promise_is_kept_without_a_time() {
        assert_eq!(draft(None).check(terms()), Err(vec![(PromiseField::Due, PromiseProblem::NoTime)]));
        let day = PromiseDraft { due: TimeDraft { day: "2026-11-26".into(), time: String::new() }, ..draft(None) };
        assert_eq!(day.check(terms()).unwrap().due, Some(at(26, 23, 59)));
        let answer = PromiseDraft { answer: TimeDraft::of(Some(at(23, 12, 0))), ..draft(None) };
        let promised = answer.check(terms()).unwrap();
        assert_eq!((promised.answer_by, promised.due), (Some(at(23, 12, 0)), None));
    }

    #[test]
    fn every_problem_comes_back_at_once() {
        let wrong = PromiseDraft {
            text: " ".into(),
            answer: TimeDraft::of(Some(at(25, 12, 0))),
            due: TimeDraft::of(Some(at(22, 17, 0))),
            chase: TimeDraft { day: "bald".into(), time: String::new() },
            cost: "x".into(),
            ..PromiseDraft::default()
        };
        let expected = vec![
            (PromiseField::Text, PromiseProblem::Text(TextProblem::Empty)),
            (PromiseField::Due, PromiseProblem::InThePast),
            (PromiseField::Answer, PromiseProblem::AfterDue),
            (PromiseField::Chase, PromiseProblem::NotATime),
            (PromiseField::Department, PromiseProblem::Nobody),
            (PromiseField::Cost, PromiseProblem::Number(NumberProblem::NotANumber)),
        ];
        assert_eq!(wrong.check(terms()), Err(expected));
    }

    #[test]
    fn a_dependency_is_asked_after_before_the_first_deadline() {
        let needs = PromiseDraft { department: "仓库".into(), ..draft(Some(at(27, 12, 0))) };
        let chase = |draft: &PromiseDraft| draft.check(terms()).map(|promised| promised.needs.map(|needs| needs.chase_at));
        assert_eq!(chase(&needs), Ok(Some(at(26, 12, 0))));
        let soon = PromiseDraft { answer: TimeDraft::of(Some(at(23, 12, 0))), ..needs.clone() };
        assert_eq!(chase(&soon), Ok(Some(at(22, 17, 0))), "a day before the answer is past: now");
        let late = PromiseDraft { chase: TimeDraft::of(Some(at(27, 12, 0))), ..needs.clone() };
        assert_eq!(chase(&late), Err(vec![(PromiseField::Chase, PromiseProblem::TooLateToAsk)]));
        let past = PromiseDraft { chase: TimeDraft::of(Some(at(21, 12, 0))), ..needs };
        assert_eq!(chase(&past), Err(vec![(PromiseField::Chase, PromiseProblem::InThePast)]));
    }

    #[test]
    fn a_high_cost_and_an_unchecked_promise_are_warned_of_not_refused() {
        let limit = Some(Money(100.into()));
        let dear = PromiseDraft { cost: "100.01".into(), able: Ability::Unchecked, ..draft(Some(at(23, 12, 0))) };
        let warnings = |draft: &PromiseDraft| draft.check(PromiseTerms { limit, ..terms() }).unwrap().warnings;
        assert_eq!(warnings(&dear), [PromiseWarning::AboveLimit(Money(100.into())), PromiseWarning::Unchecked]);
        assert_eq!(warnings(&PromiseDraft { cost: "100".into(), able: Ability::Checked, ..dear }), []);
    }

    #[test]
    fn an_overdue_promise_can_be_changed_without_another_time() {
        let envelope = Envelope::first(Stamp::after(None, 1, DeviceId(1)));
        let id = PromiseId(Uuid::from_u128(1));
        let needs = PromiseDraft { department: "仓库".into(), ..draft(Some(at(23, 12, 0))) };
        let old = needs.check(terms()).unwrap().made(id, envelope, CustomerId(Uuid::from_u128(2)), None, at(22, 17, 0));
        let later = PromiseTerms { now: at(25, 9, 0), old: Some(&old), ..terms() };
        let again = PromiseDraft { text: "送三箱".into(), ..PromiseDraft::from(&old) };
        let changed = again.check(later).unwrap().changed(&old, envelope);
        assert_eq!((changed.text.as_str(), changed.due, changed.made, changed.needs), ("送三箱", old.due, old.made, old.needs.clone()));
        let moved = PromiseDraft { due: TimeDraft::of(Some(at(24, 12, 0))), ..PromiseDraft::from(&old) };
        assert_eq!(moved.check(later), Err(vec![(PromiseField::Due, PromiseProblem::InThePast)]));
    }
}
