//! A shop and what a rep types about it. Only the name is required; the conversion from draft to fields returns all problems.

use super::factor::Factor;
use super::id::{CustomerId, ProductId};
use super::note;
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
    /// What this shop usually sells, in its own order. Empty: what was counted or ordered there before.
    pub range: Vec<ProductId>,
    /// This shop turned out to be another one: its history is read as part of that one's.
    pub merged_into: Option<CustomerId>,
}

impl Customer {
    /// On the rep's lists: neither put away nor found to be another shop.
    pub fn is_active(&self) -> bool {
        !self.fields.archived && self.merged_into.is_none() && !self.envelope.deleted
    }

    /// Fills what is not known of this shop from another record of the same shop; what is known stays.
    pub fn take_missing(&mut self, other: &Customer) {
        let (mine, theirs) = (&mut self.fields, &other.fields);
        let texts = [
            (&mut mine.code, &theirs.code),
            (&mut mine.area, &theirs.area),
            (&mut mine.address, &theirs.address),
            (&mut mine.phone, &theirs.phone),
            (&mut mine.contact, &theirs.contact),
            (&mut mine.salutation, &theirs.salutation),
            (&mut mine.opening_hours, &theirs.opening_hours),
            (&mut mine.note, &theirs.note),
        ];
        for (known, offered) in texts.into_iter().filter(|(known, _)| known.is_empty()) {
            offered.clone_into(known);
        }
        mine.class = mine.class.or(theirs.class);
        mine.route_day = mine.route_day.or(theirs.route_day);
        // A range is an order of its own: products of the other one go behind.
        let new = other.range.iter().filter(|id| !self.range.contains(id)).copied().collect::<Vec<_>>();
        if !self.range.is_empty() {
            self.range.extend(new);
        }
    }
}

/// How much a shop matters (甲乙丙, D0 85-87).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum CustomerClass {
    A,
    B,
    C,
}

impl CustomerClass {
    pub const ALL: [CustomerClass; 3] = [CustomerClass::A, CustomerClass::B, CustomerClass::C];
}

/// What the rep knows of a shop. Texts are cleaned; an unknown one is empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerFields {
    pub name: String,
    pub code: String,
    pub class: Option<CustomerClass>,
    pub area: String,
    pub address: String,
    pub phone: String,
    /// Who decides there.
    pub contact: String,
    /// How to address that person: 周姐, Mr Li.
    pub salutation: String,
    /// The weekday of the rep's route; none: visits follow the cycle alone.
    pub route_day: Option<Weekday>,
    pub cycle: VisitCycle,
    /// Days from an order to its delivery, 0 ..= [`LEAD_MAX`].
    pub lead_days: u16,
    /// A safety factor of its own.
    pub factor: Option<Factor>,
    /// Days that goods should still keep when they come, 0 ..= 366.
    pub wish_days: u16,
    /// Whether the shop keeps stock behind the counter. Without, a line is counted by its front alone.
    pub has_back_stock: bool,
    pub opening_hours: String,
    /// Pinned on top of every visit.
    pub note: String,
    /// Put away: on no list and in no plan, its history kept.
    pub archived: bool,
}

/// The longest lead time, in days.
pub const LEAD_MAX: u16 = 60;

impl CustomerFields {
    /// A shop of which only the name is known.
    pub fn named(name: String) -> CustomerFields {
        CustomerFields {
            name,
            code: String::new(),
            class: None,
            area: String::new(),
            address: String::new(),
            phone: String::new(),
            contact: String::new(),
            salutation: String::new(),
            route_day: None,
            cycle: VisitCycle::WEEK,
            lead_days: 1,
            factor: None,
            wish_days: 0,
            has_back_stock: true,
            opening_hours: String::new(),
            note: String::new(),
            archived: false,
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
    pub class: Option<CustomerClass>,
    pub area: String,
    pub address: String,
    pub phone: String,
    pub contact: String,
    pub salutation: String,
    pub route_day: Option<Weekday>,
    pub cycle: String,
    pub lead_days: String,
    pub factor: String,
    pub wish_days: String,
    pub has_back_stock: bool,
    pub opening_hours: String,
    pub note: String,
    pub archived: bool,
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
            class: fields.class,
            area: fields.area.clone(),
            address: fields.address.clone(),
            phone: fields.phone.clone(),
            contact: fields.contact.clone(),
            salutation: fields.salutation.clone(),
            route_day: fields.route_day,
            cycle: fields.cycle.days().to_string(),
            lead_days: fields.lead_days.to_string(),
            factor: fields.factor.map_or_else(String::new, |factor| factor.to_string()),
            wish_days: if fields.wish_days == 0 { String::new() } else { fields.wish_days.to_string() },
            has_back_stock: fields.has_back_stock,
            opening_hours: fields.opening_hours.clone(),
            note: fields.note.clone(),
            archived: fields.archived,
        }
    }
}

/// A field of the shop's form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CustomerField {
    Name,
    Code,
    Area,
    Address,
    Phone,
    Contact,
    Salutation,
    Cycle,
    LeadDays,
    Factor,
    WishDays,
    OpeningHours,
    Note,
}

/// Why a field of a form cannot be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
        let contact = problems.take(CustomerField::Contact, text::line(&self.contact, SHORT_MAX));
        let salutation = problems.take(CustomerField::Salutation, text::line(&self.salutation, SHORT_MAX));
        let lead_days = problems.take(CustomerField::LeadDays, lead_days(&self.lead_days));
        let factor = problems.take(CustomerField::Factor, Factor::parse_own(&self.factor));
        let wish_days = problems.take(CustomerField::WishDays, note::days(&self.wish_days));
        let opening_hours = problems.take(CustomerField::OpeningHours, text::line(&self.opening_hours, SHORT_MAX));
        let note = problems.take(CustomerField::Note, text::line(&self.note, LONG_MAX));
        let cycle = problems.take(CustomerField::Cycle, cycle(&self.cycle));
        if !code.is_empty() && code_taken(&code) {
            problems.0.push((CustomerField::Code, FieldProblem::CodeTaken));
        }
        if !problems.0.is_empty() {
            return Err(problems.0);
        }
        let cycle = cycle.unwrap_or(VisitCycle::WEEK);
        Ok(CustomerFields {
            name,
            code,
            class: self.class,
            area,
            address,
            phone,
            contact,
            salutation,
            route_day: self.route_day,
            cycle,
            lead_days,
            factor,
            wish_days,
            has_back_stock: self.has_back_stock,
            opening_hours,
            note,
            archived: self.archived,
        })
    }
}

fn cycle(raw: &str) -> Result<Option<VisitCycle>, NumberProblem> {
    match typed::units(raw)? {
        None => Ok(None),
        Some(days) if days.is_zero() => Err(NumberProblem::TooSmall),
        Some(days) => u16::try_from(days.0).ok().and_then(VisitCycle::new).ok_or(NumberProblem::TooLarge).map(Some),
    }
}

fn lead_days(raw: &str) -> Result<u16, NumberProblem> {
    let days = typed::units(raw)?.map_or(0, |days| days.0);
    u16::try_from(days).ok().filter(|days| *days <= LEAD_MAX).ok_or(NumberProblem::TooLarge)
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
