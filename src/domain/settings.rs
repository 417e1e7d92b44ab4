//! The rep's settings that change numbers, and the name under which orders go out. Language and looks are preferences of the
//! device and live elsewhere.

use super::customer::{CustomerClass, FieldProblem, Problems};
use super::expiry::NearWindow;
use super::factor::Factor;
use super::policy::{Method, Packing};
use super::rate;
use super::reorder;
use super::stamp::Envelope;
use super::text::{self, NAME_MAX, SHORT_MAX};
use super::typed::{self, NumberProblem};
use serde::{Deserialize, Serialize};

/// One record for the whole database.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    pub envelope: Envelope,
    pub factor: Factor,
    pub reckoning: Reckoning,
    pub rep: Rep,
    /// The sign before an amount.
    pub currency: String,
}

/// How orders are reckoned, beside the factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reckoning {
    pub method: Method,
    pub class_factors: ClassFactors,
    /// Cycles that make the rate, 1 ..= 12.
    pub window: u8,
    pub packing: Packing,
    /// Days of stock after an order above which it is too much.
    pub maximum_cover_days: u16,
    pub near: NearWindow,
}

impl Default for Reckoning {
    fn default() -> Self {
        Reckoning {
            method: Method::Engine,
            class_factors: ClassFactors::default(),
            window: rate::WINDOW,
            packing: Packing::Units,
            maximum_cover_days: u16::try_from(reorder::COVER_DAYS).unwrap_or(30),
            near: NearWindow::DEFAULT,
        }
    }
}

/// The form as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReckoningDraft {
    pub method: Method,
    pub packing: Packing,
    pub factor: String,
    pub class_a: String,
    pub class_b: String,
    pub class_c: String,
    pub window: String,
    pub maximum_cover_days: String,
    /// Days before expiry, by the life of the goods, longest first.
    pub near: [String; 6],
}

/// A field of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReckoningField {
    Factor,
    Class(CustomerClass),
    Window,
    MaximumCover,
    Near(usize),
}

impl ReckoningDraft {
    pub fn of(settings: Option<&Settings>) -> ReckoningDraft {
        let (factor, reckoning) = settings.map_or((Factor::RULE, Reckoning::default()), |settings| (settings.factor, settings.reckoning));
        let own = |class| reckoning.class_factors.of(class).map_or_else(String::new, |factor| factor.to_string());
        ReckoningDraft {
            method: reckoning.method,
            packing: reckoning.packing,
            factor: factor.to_string(),
            class_a: own(CustomerClass::A),
            class_b: own(CustomerClass::B),
            class_c: own(CustomerClass::C),
            window: reckoning.window.to_string(),
            maximum_cover_days: reckoning.maximum_cover_days.to_string(),
            near: reckoning.near.0.map(|days| days.to_string()),
        }
    }

    /// The factor and the rest, or every problem with its field. The factor is required; another empty field is the default.
    pub fn check(&self) -> Result<(Factor, Reckoning), Vec<(ReckoningField, NumberProblem)>> {
        let mut problems = Vec::new();
        let default = Reckoning::default();
        let mut days = |field, raw: &str, empty: u16, most: i64, least: i64| match typed::units(raw) {
            Ok(None) => empty,
            Ok(Some(days)) if days.0 < least => {
                problems.push((field, NumberProblem::TooSmall));
                empty
            }
            Ok(Some(days)) => u16::try_from(days.0).ok().filter(|days| i64::from(*days) <= most).unwrap_or_else(|| {
                problems.push((field, NumberProblem::TooLarge));
                empty
            }),
            Err(problem) => {
                problems.push((field, problem));
                empty
            }
        };
        let window = days(ReckoningField::Window, &self.window, default.window.into(), rate::WINDOW_MAX.into(), 1);
        let maximum_cover_days = days(ReckoningField::MaximumCover, &self.maximum_cover_days, default.maximum_cover_days, 3_650, 1);
        let mut near = NearWindow::DEFAULT;
        for (at, (place, raw)) in near.0.iter_mut().zip(&self.near).enumerate() {
            *place = days(ReckoningField::Near(at), raw, *place, 3_650, 0);
        }
        let mut factor = |field, raw: &str| {
            Factor::parse_own(raw).unwrap_or_else(|problem| {
                problems.push((field, problem));
                None
            })
        };
        let a = factor(ReckoningField::Class(CustomerClass::A), &self.class_a);
        let b = factor(ReckoningField::Class(CustomerClass::B), &self.class_b);
        let c = factor(ReckoningField::Class(CustomerClass::C), &self.class_c);
        let everywhere = Factor::parse(&self.factor).unwrap_or_else(|problem| {
            problems.push((ReckoningField::Factor, problem));
            Factor::RULE
        });
        if !problems.is_empty() {
            return Err(problems);
        }
        let window = u8::try_from(window).unwrap_or(default.window);
        let class_factors = ClassFactors { a, b, c };
        let (method, packing) = (self.method, self.packing);
        Ok((everywhere, Reckoning { method, class_factors, window, packing, maximum_cover_days, near }))
    }
}

/// Factors of their own for classes of shops.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassFactors {
    pub a: Option<Factor>,
    pub b: Option<Factor>,
    pub c: Option<Factor>,
}

impl ClassFactors {
    pub fn of(&self, class: CustomerClass) -> Option<Factor> {
        match class {
            CustomerClass::A => self.a,
            CustomerClass::B => self.b,
            CustomerClass::C => self.c,
        }
    }
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
