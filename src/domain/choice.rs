//! What a rep orders instead of the suggestion, as typed and what it means: a quantity, free goods, another price.

use super::draft::LineContext;
use super::money::{Money, Prices};
use super::order::{Deal, OrderLine, Reason};
use super::quantity::{Packed, Units};
use super::text::{self, LONG_MAX};
use super::typed::{self, NumberProblem};
use serde::{Deserialize, Serialize};

/// What the rep chose instead of the suggestion: a quantity, free goods, a price.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Choice {
    pub cases: String,
    pub loose: String,
    pub reason: Option<Reason>,
    /// Units on top that cost nothing.
    pub free: String,
    /// Another price than the list's; empty: the list's.
    pub unit_price: String,
    pub case_price: String,
    /// Why there are free goods or another price.
    pub deal: Option<Deal>,
    pub note: String,
}

/// Why the rep's own quantity cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChoiceProblem {
    Cases(NumberProblem),
    Loose(NumberProblem),
    Free(NumberProblem),
    UnitPrice(NumberProblem),
    CasePrice(NumberProblem),
    TooMuch,
    /// A quantity other than the suggestion needs a reason.
    ReasonMissing,
    /// Free goods or another price need a reason.
    DealMissing,
    NoteTooLong,
}

/// What a choice means.
pub(super) struct Chosen {
    pub(super) quantity: Option<Packed>,
    pub(super) free: Units,
    pub(super) prices: Prices,
}

impl Choice {
    /// What was chosen for a line of a finished order, as it would be typed.
    pub(super) fn of(line: &OrderLine) -> Choice {
        let some = |value: i64| if value == 0 { String::new() } else { value.to_string() };
        let price = |price: Option<Money>| price.filter(|_| line.list.is_some()).map_or_else(String::new, |money| money.0.to_string());
        Choice {
            cases: some(line.quantity.cases),
            loose: some(line.quantity.loose),
            reason: line.reason,
            free: some(line.free.0),
            unit_price: price(line.prices.unit),
            case_price: price(line.prices.case),
            deal: line.deal,
            note: line.note.clone(),
        }
    }

    pub(super) fn read(&self, context: LineContext<'_>, to_order: Option<Units>) -> Result<Chosen, ChoiceProblem> {
        let (size, list) = (context.product.size, context.product.prices);
        let has_cases = size.units() > 1;
        let cases = if has_cases { typed::units(&self.cases).map_err(ChoiceProblem::Cases)? } else { None };
        let loose = typed::units(&self.loose).map_err(ChoiceProblem::Loose)?;
        let free = typed::units(&self.free).map_err(ChoiceProblem::Free)?.unwrap_or(Units::ZERO);
        let quantity = Packed { cases: cases.map_or(0, |units| units.0), loose: loose.map_or(0, |units| units.0) };
        let units = size.total(quantity).ok_or(ChoiceProblem::TooMuch)?;
        units.plus(free).ok_or(ChoiceProblem::TooMuch)?;
        let unit_price = typed::price(&self.unit_price).map_err(ChoiceProblem::UnitPrice)?;
        let case_price = if has_cases { typed::price(&self.case_price).map_err(ChoiceProblem::CasePrice)? } else { None };
        // One price agreed anew prices the whole line: the other one of the list no longer fits it.
        let prices = if unit_price.is_none() && case_price.is_none() { list } else { Prices { unit: unit_price, case: case_price } };
        // What was only reckoned on the phone needs no reason to be ordered otherwise.
        let differs = !context.by_phone && to_order.is_some_and(|suggested| suggested != units);
        if differs && self.reason.is_none() {
            return Err(ChoiceProblem::ReasonMissing);
        }
        if (!free.is_zero() || prices != list) && self.deal.is_none() {
            return Err(ChoiceProblem::DealMissing);
        }
        text::line(&self.note, LONG_MAX).map_err(|_| ChoiceProblem::NoteTooLong)?;
        Ok(Chosen { quantity: Some(quantity), free, prices })
    }
}
