//! The rep's settings that change numbers, and the name under which orders go out. Language and looks are preferences of the
//! device and live elsewhere.

use super::customer::{FieldProblem, Problems};
use super::factor::Factor;
use super::stamp::Envelope;
use super::text::{self, NAME_MAX, SHORT_MAX};
use serde::{Deserialize, Serialize};

/// One record for the whole database.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    pub envelope: Envelope,
    pub factor: Factor,
    pub rep: Rep,
    /// The sign before an amount.
    pub currency: String,
}

/// Who sells: on orders, owner card and shared texts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rep {
    pub name: String,
    pub company: String,
    pub phone: String,
}

/// The sign of a rep who chose none.
pub const CURRENCY: &str = "¥";
/// The longest currency sign, in characters.
pub const CURRENCY_MAX: usize = 4;

/// The form as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RepDraft {
    pub name: String,
    pub company: String,
    pub phone: String,
    pub currency: String,
}

/// A field of the rep's form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RepField {
    Name,
    Company,
    Phone,
    Currency,
}

impl RepDraft {
    /// Who sells and the currency's sign, or every problem. An empty sign is the default one.
    pub fn check(&self) -> Result<(Rep, String), Vec<(RepField, FieldProblem)>> {
        let mut problems = Problems(Vec::new());
        let name = problems.take(RepField::Name, text::line(&self.name, SHORT_MAX));
        let company = problems.take(RepField::Company, text::line(&self.company, NAME_MAX));
        let phone = problems.take(RepField::Phone, text::line(&self.phone, SHORT_MAX));
        let currency = problems.take(RepField::Currency, text::line(&self.currency, CURRENCY_MAX));
        if !problems.0.is_empty() {
            return Err(problems.0);
        }
        let currency = if currency.is_empty() { CURRENCY.to_owned() } else { currency };
        Ok((Rep { name, company, phone }, currency))
    }
}
