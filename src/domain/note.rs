//! What else happened to a line since it was last counted: goods that went back, were written off or bought elsewhere, days without
//! stock, what the owner says it sells, and the rep's answers where the formula asks. Noted beside the count, never in its way.

use super::id::ProductId;
use super::quantity::Units;
use super::rate::StatedRate;
use super::typed::{self, NumberProblem};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// What a visit noted of one product. Part of the visit, so a correction replaces it with its visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineNote {
    pub product: ProductId,
    #[serde(default, skip_serializing_if = "Units::is_none")]
    pub returned: Units,
    #[serde(default, skip_serializing_if = "Units::is_none")]
    pub written_off: Units,
    /// Bought elsewhere by the owner.
    #[serde(default, skip_serializing_if = "Units::is_none")]
    pub other_source: Units,
    /// Delivered without an order that the app knows.
    #[serde(default, skip_serializing_if = "Units::is_none")]
    pub unordered: Units,
    #[serde(default, skip_serializing_if = "is_zero")]
    pub stockout_days: u16,
    /// What the previous count should have been. That count itself stays as it was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous_was: Option<Units>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stated: Option<StatedRate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<Reply>,
}

fn is_zero(days: &u16) -> bool {
    *days == 0
}

/// The rep's answer where the formula asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reply {
    /// Zero trap: sell it again.
    Restart,
    /// Zero trap: the shop no longer sells it.
    Delist,
    /// Zero trap: not now.
    OwnerDeclines,
    /// Negative sales that nobody can explain: go by the earlier rate.
    GoOn,
}

impl LineNote {
    pub fn of(product: ProductId) -> LineNote {
        LineNote {
            product,
            returned: Units::ZERO,
            written_off: Units::ZERO,
            other_source: Units::ZERO,
            unordered: Units::ZERO,
            stockout_days: 0,
            previous_was: None,
            stated: None,
            answer: None,
        }
    }

    pub fn is_empty(&self) -> bool {
        *self == LineNote::of(self.product)
    }
}

/// As typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NoteDraft {
    pub returned: String,
    pub written_off: String,
    pub other_source: String,
    pub unordered: String,
    pub stockout_days: String,
    pub previous_was: String,
    /// What it sells a week, as the owner says.
    pub a_week: String,
    /// What it sells at shops of the same class, taken over instead.
    pub like_others: Option<StatedRate>,
    pub answer: Option<Reply>,
}

/// A field of the note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoteField {
    Returned,
    WrittenOff,
    OtherSource,
    Unordered,
    StockoutDays,
    PreviousWas,
    AWeek,
}

impl NoteField {
    pub const ALL: [NoteField; 7] = [
        NoteField::Returned,
        NoteField::WrittenOff,
        NoteField::OtherSource,
        NoteField::Unordered,
        NoteField::StockoutDays,
        NoteField::PreviousWas,
        NoteField::AWeek,
    ];
}

impl NoteDraft {
    pub fn text(&self, field: NoteField) -> &String {
        match field {
            NoteField::Returned => &self.returned,
            NoteField::WrittenOff => &self.written_off,
            NoteField::OtherSource => &self.other_source,
            NoteField::Unordered => &self.unordered,
            NoteField::StockoutDays => &self.stockout_days,
            NoteField::PreviousWas => &self.previous_was,
            NoteField::AWeek => &self.a_week,
        }
    }

    pub fn text_mut(&mut self, field: NoteField) -> &mut String {
        match field {
            NoteField::Returned => &mut self.returned,
            NoteField::WrittenOff => &mut self.written_off,
            NoteField::OtherSource => &mut self.other_source,
            NoteField::Unordered => &mut self.unordered,
            NoteField::StockoutDays => &mut self.stockout_days,
            NoteField::PreviousWas => &mut self.previous_was,
            NoteField::AWeek => &mut self.a_week,
        }
    }

    /// The note, or the first field that cannot be read.
    pub fn read(&self, product: ProductId) -> Result<LineNote, (NoteField, NumberProblem)> {
        let figure = |field| typed::units(self.text(field)).map_err(|problem| (field, problem));
        let units = |field| figure(field).map(Option::unwrap_or_default);
        let stated = a_week(&self.a_week).map_err(|problem| (NoteField::AWeek, problem))?;
        Ok(LineNote {
            product,
            returned: units(NoteField::Returned)?,
            written_off: units(NoteField::WrittenOff)?,
            other_source: units(NoteField::OtherSource)?,
            unordered: units(NoteField::Unordered)?,
            stockout_days: days(&self.stockout_days).map_err(|problem| (NoteField::StockoutDays, problem))?,
            previous_was: figure(NoteField::PreviousWas)?,
            stated: stated.or(self.like_others),
            answer: self.answer,
        })
    }

    /// A note as it would be typed.
    pub fn of(note: &LineNote) -> NoteDraft {
        let some = |units: Units| if units.is_zero() { String::new() } else { units.0.to_string() };
        NoteDraft {
            returned: some(note.returned),
            written_off: some(note.written_off),
            other_source: some(note.other_source),
            unordered: some(note.unordered),
            stockout_days: some(Units(note.stockout_days.into())),
            previous_was: note.previous_was.map_or_else(String::new, |units| units.0.to_string()),
            a_week: note.stated.filter(|stated| stated.days == 7).map_or_else(String::new, |stated| stated.units.to_string()),
            like_others: note.stated.filter(|stated| stated.days != 7),
            answer: note.answer,
        }
    }
}

/// Days, at most a year.
pub fn days(raw: &str) -> Result<u16, NumberProblem> {
    let days = typed::units(raw)?.map_or(0, |days| days.0);
    u16::try_from(days).ok().filter(|days| *days <= 366).ok_or(NumberProblem::TooLarge)
}

/// Units a week, at most two decimals, as a rate: `8` is 8 in 7 days, `11.2` is 112 in 70.
pub fn a_week(raw: &str) -> Result<Option<StatedRate>, NumberProblem> {
    let Some(value) = typed::decimal(raw, 2)? else { return Ok(None) };
    let value = value.normalize();
    let tens = 10_u32.pow(value.scale());
    let units = value.checked_mul(Decimal::from(tens)).and_then(|units| u32::try_from(units).ok());
    let units = units.filter(|units| *units <= 1_000_000).ok_or(NumberProblem::TooLarge)?;
    Ok(Some(StatedRate { units, days: 7 * tens }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_owner_says_a_week_is_an_exact_rate() {
        assert_eq!(a_week("8"), Ok(Some(StatedRate { units: 8, days: 7 })));
        assert_eq!(a_week("11.2"), Ok(Some(StatedRate { units: 112, days: 70 })));
        assert_eq!(a_week("0.05"), Ok(Some(StatedRate { units: 5, days: 700 })));
        assert_eq!(a_week(""), Ok(None));
        assert_eq!(a_week("0.005"), Err(NumberProblem::TooPrecise));
        assert_eq!(a_week("1000001"), Err(NumberProblem::TooLarge));
    }

    #[test]
    fn an_unreadable_field_is_named() {
        let id = ProductId(uuid::Uuid::from_u128(1));
        let draft = NoteDraft { returned: "2".into(), stockout_days: "400".into(), ..NoteDraft::default() };
        assert_eq!(draft.read(id), Err((NoteField::StockoutDays, NumberProblem::TooLarge)));
        let draft = NoteDraft { stockout_days: "3".into(), ..draft };
        let note = draft.read(id).unwrap();
        assert_eq!((note.returned, note.stockout_days, note.is_empty()), (Units(2), 3, false));
        assert_eq!(NoteDraft::of(&note), draft);
    }
}
