//! A shop and what a rep types about it. Only the name is required; the conversion from draft to fields returns all problems.

use super::id::CustomerId;
use super::stamp::Envelope;
use super::text::{self, LONG_MAX, SHORT_MAX, TextProblem};
use super::typed::{self, NumberProblem};
use chrono::{NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

/// A shop on the rep's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Customer {
    pub id: CustomerId,
    pub envelope: Envelope,
    pub fields: CustomerFields,
    /// The local date it was entered: a shop without a visit is due from its first route day after it.
    pub created_on: NaiveDate,
}

/// What the rep knows of a shop. Texts are cleaned; an unknown one is empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerFields {
    pub name: String,
    pub code: String,
    pub area: String,
    pub address: String,
    pub phone: String,
    /// The weekday of the rep's route; none: visits follow the cycle alone.
    pub route_day: Option<Weekday>,
    pub cycle: VisitCycle,
    /// Whether the shop keeps stock behind the counter. Without, a line is counted by its front alone.
    pub has_back_stock: bool,
}

impl CustomerFields {
    /// A shop of which only the name is known.
    pub fn named(name: String) -> CustomerFields {
        CustomerFields {
            name,
            code: String::new(),
            area: String::new(),
            address: String::new(),
            phone: String::new(),
            route_day: None,
            cycle: VisitCycle::WEEK,
            has_back_stock: true,
        }
    }
}

/// Days from one visit to the next, 1 ..= 365.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct VisitCycle(u16);

impl VisitCycle {
    pub const WEEK: VisitCycle = VisitCycle(7);

    pub fn new(days: u16) -> Option<VisitCycle> {
        (1..=365).contains(&days).then_some(VisitCycle(days))
    }

    pub fn days(self) -> u16 {
        self.0
    }
}

impl TryFrom<u16> for VisitCycle {
    type Error = &'static str;
    fn try_from(days: u16) -> Result<Self, Self::Error> {
        VisitCycle::new(days).ok_or("a visit cycle is 1 to 365 days")
    }
}

impl From<VisitCycle> for u16 {
    fn from(cycle: VisitCycle) -> u16 {
        cycle.0
    }
}

/// The form as typed, kept until it is saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CustomerDraft {
    pub name: String,
    pub code: String,
    pub area: String,
    pub address: String,
    pub phone: String,
    pub route_day: Option<Weekday>,
    pub cycle: String,
    pub has_back_stock: bool,
}

impl Default for CustomerDraft {
    fn default() -> Self {
        CustomerDraft::from(&CustomerFields::named(String::new()))
    }
}

impl From<&CustomerFields> for CustomerDraft {
    fn from(fields: &CustomerFields) -> Self {
        CustomerDraft {
            name: fields.name.clone(),
            code: fields.code.clone(),
            area: fields.area.clone(),
            address: fields.address.clone(),
            phone: fields.phone.clone(),
            route_day: fields.route_day,
            cycle: fields.cycle.days().to_string(),
            has_back_stock: fields.has_back_stock,
        }
    }
}

/// A field of the shop's form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CustomerField {
    Name,
    Code,
    Area,
    Address,
    Phone,
    Cycle,
}

/// Why a field of a form cannot be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldProblem {
    Text(TextProblem),
    Number(NumberProblem),
    /// The code belongs to another record already.
    CodeTaken,
}

impl From<TextProblem> for FieldProblem {
    fn from(problem: TextProblem) -> Self {
        FieldProblem::Text(problem)
    }
}

impl From<NumberProblem> for FieldProblem {
    fn from(problem: NumberProblem) -> Self {
        FieldProblem::Number(problem)
    }
}

impl CustomerDraft {
    /// The fields, or every problem with the field it belongs to. `code_taken` tells whether another shop has the code.
    pub fn check(&self, code_taken: impl Fn(&str) -> bool) -> Result<CustomerFields, Vec<(CustomerField, FieldProblem)>> {
        let mut problems = Problems(Vec::new());
        let name = problems.take(CustomerField::Name, text::name(&self.name));
        let code = problems.take(CustomerField::Code, text::line(&self.code, SHORT_MAX));
        let area = problems.take(CustomerField::Area, text::line(&self.area, SHORT_MAX));
        let address = problems.take(CustomerField::Address, text::line(&self.address, LONG_MAX));
        let phone = problems.take(CustomerField::Phone, text::line(&self.phone, SHORT_MAX));
        let cycle = problems.take(CustomerField::Cycle, cycle(&self.cycle));
        if !code.is_empty() && code_taken(&code) {
            problems.0.push((CustomerField::Code, FieldProblem::CodeTaken));
        }
        if !problems.0.is_empty() {
            return Err(problems.0);
        }
        let cycle = cycle.unwrap_or(VisitCycle::WEEK);
        Ok(CustomerFields { name, code, area, address, phone, route_day: self.route_day, cycle, has_back_stock: self.has_back_stock })
    }
}

fn cycle(raw: &str) -> Result<Option<VisitCycle>, NumberProblem> {
    match typed::units(raw)? {
        None => Ok(None),
        Some(days) if days.is_zero() => Err(NumberProblem::TooSmall),
        Some(days) => u16::try_from(days.0).ok().and_then(VisitCycle::new).ok_or(NumberProblem::TooLarge).map(Some),
    }
}

/// Collects the problems of a form while its fields are read one after the other.
pub(super) struct Problems<F>(pub Vec<(F, FieldProblem)>);

impl<F> Problems<F> {
    pub(super) fn take<T: Default, E: Into<FieldProblem>>(&mut self, field: F, read: Result<T, E>) -> T {
        read.unwrap_or_else(|problem| {
            self.0.push((field, problem.into()));
            T::default()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_alone_is_a_shop() {
        let draft = CustomerDraft { name: " 惠民副食 ".into(), ..CustomerDraft::default() };
        assert_eq!(draft.check(|_| false), Ok(CustomerFields::named("惠民副食".into())));
    }

    #[test]
    fn every_problem_comes_back_at_once() {
        let draft = CustomerDraft { cycle: "0".into(), phone: "1".repeat(41), code: "C1".into(), ..CustomerDraft::default() };
        let problems = draft.check(|code| code == "C1").unwrap_err();
        assert_eq!(
            problems,
            vec![
                (CustomerField::Name, FieldProblem::Text(TextProblem::Empty)),
                (CustomerField::Phone, FieldProblem::Text(TextProblem::TooLong(SHORT_MAX))),
                (CustomerField::Cycle, FieldProblem::Number(NumberProblem::TooSmall)),
                (CustomerField::Code, FieldProblem::CodeTaken),
            ]
        );
    }
}
