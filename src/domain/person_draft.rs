//! The form of a person as typed, and what it means: the fields, or all its problems at once. An empty row is no entry.

use super::channel::Channel;
use super::person::{BuyingRole, Decides, FACTS_MAX, Fact, HANDLES_MAX, Handle, HandleKind, PHONES_MAX, PersonFields};
use super::phone::{self, PhoneProblem};
use super::special_day::{Calendar, DAYS_MAX, DayKind, SpecialDay};
use super::text::{self, LONG_MAX, NAME_MAX, SHORT_MAX, TextProblem};
use super::typed::{self, NumberProblem};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// As typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PersonDraft {
    pub name: String,
    pub title: String,
    pub salutation: String,
    pub roles: BTreeSet<BuyingRole>,
    pub decides: Decides,
    pub phones: Vec<String>,
    pub handles: Vec<HandleDraft>,
    pub preferred: Option<Channel>,
    pub days: Vec<DayDraft>,
    pub interests: String,
    pub facts: Vec<FactDraft>,
    pub note: String,
    pub archived: bool,
}

/// An address as typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandleDraft {
    pub kind: HandleKind,
    pub text: String,
}

/// A day as typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayDraft {
    pub kind: DayKind,
    pub label: String,
    pub calendar: Calendar,
    pub month: String,
    pub day: String,
    pub year: String,
}

/// A fact as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactDraft {
    pub text: String,
    pub source: String,
    /// As a date field gives it; empty: today.
    pub on: String,
}

/// A field of the form; rows count from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PersonField {
    Name,
    Title,
    Salutation,
    Phone(usize),
    Handle(usize),
    Day(usize),
    Interests,
    Fact(usize),
    Note,
}

/// Why a field cannot be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PersonProblem {
    Text(TextProblem),
    Phone(PhoneProblem),
    /// An e-mail address has one @ with something on both sides.
    NotAnEmail,
    /// No calendar has that day.
    NotADay,
    Year(NumberProblem),
    NotADate,
    /// One row more than is kept; how many are.
    TooMany(usize),
}

impl From<TextProblem> for PersonProblem {
    fn from(problem: TextProblem) -> Self {
        PersonProblem::Text(problem)
    }
}

impl From<&PersonFields> for PersonDraft {
    fn from(fields: &PersonFields) -> Self {
        PersonDraft {
            name: fields.name.clone(),
            title: fields.title.clone(),
            salutation: fields.salutation.clone(),
            roles: fields.roles.clone(),
            decides: fields.decides,
            phones: fields.phones.clone(),
            handles: fields.handles.iter().map(|handle| HandleDraft { kind: handle.kind, text: handle.text.clone() }).collect(),
            preferred: fields.preferred,
            days: fields.days.iter().map(DayDraft::of).collect(),
            interests: fields.interests.clone(),
            facts: fields.facts.iter().map(FactDraft::of).collect(),
            note: fields.note.clone(),
            archived: fields.archived,
        }
    }
}

impl PersonDraft {
    /// The fields, or every problem with its field. `today` dates a fact that has no date of its own.
    pub fn check(&self, today: NaiveDate) -> Result<PersonFields, Vec<(PersonField, PersonProblem)>> {
        let mut problems = Vec::new();
        let fields = PersonFields {
            name: take(&mut problems, PersonField::Name, text::name(&self.name)),
            title: take(&mut problems, PersonField::Title, text::line(&self.title, SHORT_MAX)),
            salutation: take(&mut problems, PersonField::Salutation, text::line(&self.salutation, SHORT_MAX)),
            roles: self.roles.clone(),
            decides: self.decides,
            phones: rows(&mut problems, PersonField::Phone, PHONES_MAX, &self.phones, |raw| {
                let number = phone::read(raw).map_err(PersonProblem::Phone)?;
                Ok(Some(number).filter(|number| !number.is_empty()))
            }),
            handles: rows(&mut problems, PersonField::Handle, HANDLES_MAX, &self.handles, HandleDraft::read),
            preferred: self.preferred,
            days: rows(&mut problems, PersonField::Day, DAYS_MAX, &self.days, DayDraft::read),
            interests: take(&mut problems, PersonField::Interests, text::line(&self.interests, LONG_MAX)),
            facts: rows(&mut problems, PersonField::Fact, FACTS_MAX, &self.facts, |fact| fact.read(today)),
            note: take(&mut problems, PersonField::Note, text::line(&self.note, LONG_MAX)),
            archived: self.archived,
        };
        if problems.is_empty() { Ok(fields) } else { Err(problems) }
    }
}

type Problems = Vec<(PersonField, PersonProblem)>;

fn take(problems: &mut Problems, field: PersonField, read: Result<String, TextProblem>) -> String {
    read.unwrap_or_else(|problem| {
        problems.push((field, problem.into()));
        String::new()
    })
}

/// The rows that say something; the first beyond `most` is a problem of its own.
fn rows<D, T>(
    problems: &mut Problems,
    field: fn(usize) -> PersonField,
    most: usize,
    drafts: &[D],
    read: impl Fn(&D) -> Result<Option<T>, PersonProblem>,
) -> Vec<T> {
    let mut kept = Vec::new();
    for (at, draft) in drafts.iter().enumerate() {
        match read(draft) {
            Ok(None) => {}
            Ok(Some(_)) if kept.len() == most => {
                problems.push((field(at), PersonProblem::TooMany(most)));
                break;
            }
            Ok(Some(row)) => kept.push(row),
            Err(problem) => problems.push((field(at), problem)),
        }
    }
    kept
}

impl HandleDraft {
    fn read(&self) -> Result<Option<Handle>, PersonProblem> {
        let text = text::line(&self.text, NAME_MAX)?;
        if text.is_empty() {
            return Ok(None);
        }
        if self.kind == HandleKind::Email && !is_email(&text) {
            return Err(PersonProblem::NotAnEmail);
        }
        Ok(Some(Handle { kind: self.kind, text }))
    }
}

fn is_email(text: &str) -> bool {
    let is_part = |part: &str| !part.is_empty() && !part.contains(['@', ' ']);
    text.split_once('@').is_some_and(|(name, host)| is_part(name) && is_part(host))
}

impl DayDraft {
    /// A day as it would be typed.
    pub fn of(day: &SpecialDay) -> DayDraft {
        DayDraft {
            kind: day.kind,
            label: day.label.clone(),
            calendar: day.calendar,
            month: day.month.to_string(),
            day: day.day.to_string(),
            year: day.year.map_or_else(String::new, |year| year.to_string()),
        }
    }

    /// The day; none for a row in which nothing was typed. A shop's own days are read by it, too.
    pub fn read(&self) -> Result<Option<SpecialDay>, PersonProblem> {
        let label = text::line(&self.label, SHORT_MAX)?;
        let number = |raw: &str| typed::units(raw).map(|units| units.map(|units| units.0));
        let (month, day) = (number(&self.month), number(&self.day));
        let year = number(&self.year).map_err(PersonProblem::Year)?;
        if (month, day, year) == (Ok(None), Ok(None), None) && label.is_empty() {
            return Ok(None);
        }
        let small = |number: Result<Option<i64>, NumberProblem>| number.ok().flatten().and_then(|number| u8::try_from(number).ok());
        let (Some(month), Some(day)) = (small(month), small(day)) else { return Err(PersonProblem::NotADay) };
        let year = year.map(|year| u16::try_from(year).map_err(|_| PersonProblem::Year(NumberProblem::TooLarge))).transpose()?;
        if year.is_some_and(|year| !(1900..=9999).contains(&year)) {
            let problem = if year < Some(1900) { NumberProblem::TooSmall } else { NumberProblem::TooLarge };
            return Err(PersonProblem::Year(problem));
        }
        let read = SpecialDay { kind: self.kind, label, calendar: self.calendar, month, day, year };
        if read.is_within() { Ok(Some(read)) } else { Err(PersonProblem::NotADay) }
    }
}

impl FactDraft {
    fn of(fact: &Fact) -> FactDraft {
        FactDraft { text: fact.text.clone(), source: fact.source.clone(), on: fact.on.to_string() }
    }

    fn read(&self, today: NaiveDate) -> Result<Option<Fact>, PersonProblem> {
        let (text, source) = (text::line(&self.text, LONG_MAX)?, text::line(&self.source, SHORT_MAX)?);
        if text.is_empty() {
            return if source.is_empty() { Ok(None) } else { Err(PersonProblem::Text(TextProblem::Empty)) };
        }
        let on = if self.on.is_empty() { today } else { self.on.parse().map_err(|_| PersonProblem::NotADate)? };
        Ok(Some(Fact { text, source, on }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()
    }

    fn birthday(month: &str, day: &str, year: &str) -> DayDraft {
        let (month, day, year) = (month.to_owned(), day.to_owned(), year.to_owned());
        DayDraft { kind: DayKind::Birthday, label: String::new(), calendar: Calendar::Lunar, month, day, year }
    }

    fn email(text: &str) -> HandleDraft {
        HandleDraft { kind: HandleKind::Email, text: text.to_owned() }
    }

    #[test]
    fn a_name_alone_is_a_person_and_empty_rows_are_nothing() {
        let draft = PersonDraft {
            name: " 周敏 ".into(),
            phones: vec![String::new(), " ".into()],
            handles: vec![email("")],
            days: vec![birthday("", "", "")],
            facts: vec![FactDraft::default()],
            ..PersonDraft::default()
        };
        assert_eq!(draft.check(today()), Ok(PersonFields { name: "周敏".into(), ..PersonFields::default() }));
    }

    #[test]
    fn every_problem_comes_back_at_once() {
        let draft = PersonDraft {
            title: "长".repeat(41),
            phones: vec!["１３８".into(), "周敏".into()],
            handles: vec![email("a@b"), email("a@b@c"), email("@"), email("a b@c")],
            days: vec![birthday("13", "1", ""), birthday("12", "30", "1899"), birthday("8", "", "")],
            facts: vec![FactDraft { text: "爱钓鱼".into(), source: String::new(), on: "昨天".into() }],
            ..PersonDraft::default()
        };
        let expected = vec![
            (PersonField::Name, PersonProblem::Text(TextProblem::Empty)),
            (PersonField::Title, PersonProblem::Text(TextProblem::TooLong(40))),
            (PersonField::Phone(1), PersonProblem::Phone(PhoneProblem::NotANumber)),
            (PersonField::Handle(1), PersonProblem::NotAnEmail),
            (PersonField::Handle(2), PersonProblem::NotAnEmail),
            (PersonField::Handle(3), PersonProblem::NotAnEmail),
            (PersonField::Day(0), PersonProblem::NotADay),
            (PersonField::Day(1), PersonProblem::Year(NumberProblem::TooSmall)),
            (PersonField::Day(2), PersonProblem::NotADay),
            (PersonField::Fact(0), PersonProblem::NotADate),
        ];
        assert_eq!(draft.check(today()), Err(expected));
    }

    #[test]
    fn one_row_more_than_is_kept_is_said_once() {
        let draft = PersonDraft { name: "周敏".into(), phones: vec!["138".into(); 9], ..PersonDraft::default() };
        assert_eq!(draft.check(today()), Err(vec![(PersonField::Phone(5), PersonProblem::TooMany(5))]));
    }

    #[test]
    fn what_was_kept_is_typed_back_the_same() {
        let draft = PersonDraft {
            name: "周敏".into(),
            roles: BTreeSet::from([BuyingRole::Decider]),
            decides: Decides::Yes,
            phones: vec!["+86 138".into()],
            handles: vec![email("zhou@example.com")],
            preferred: Some(Channel::Chat),
            days: vec![birthday("12", "30", "1980")],
            facts: vec![FactDraft { text: "女儿今年高考".into(), source: "老板".into(), on: String::new() }],
            ..PersonDraft::default()
        };
        let fields = draft.check(today()).unwrap();
        assert_eq!(fields.facts.first().map(|fact| fact.on), Some(today()));
        assert_eq!(PersonDraft::from(&fields).check(today()), Ok(fields));
    }
}
