//! One line as the rep types it: the count of what stands there with its dates, what else happened, the work that is done and, where it
//! is not the suggestion, the order.

use super::market::{Dice, Shelf};
use super::story::Turn;
use super::{Text, Tongue};
use crate::domain::draft::{Choice, Counted, LineDraft, LineReading};
use crate::domain::lots::LotDraft;
use crate::domain::note::{NoteDraft, NoteField, Reply};
use crate::domain::order::Reason;
use crate::domain::quantity::{PackSize, Units};
use crate::domain::shelf_work::{self, Kind, ShelfWork};
use crate::domain::suggestion::Suggestion;
use chrono::NaiveDate;

/// What is typed of the shelf's stock: the front as far as it holds, the rest behind in cases and loose units.
pub(super) fn count(shelf: &Shelf<'_>, has_back_stock: bool, turns: &[&Turn], dice: &mut Dice) -> LineDraft {
    let fields = &shelf.product.fields;
    // A front is seldom quite full before the rep has filled it.
    let room = (fields.front_capacity.0 - dice.below(4)).max(1);
    let front = if has_back_stock { shelf.in_front(room) } else { shelf.stock() };
    let back = fields.size.split(Units(shelf.stock() - front));
    let counted = LineDraft { front: front.to_string(), ..LineDraft::default() };
    let passed_over = dice.once_in(24);
    for turn in turns {
        match turn {
            Turn::Uncounted => return LineDraft::default(),
            Turn::FrontOnly if has_back_stock => return counted,
            // One in front, and nobody looked behind.
            Turn::Miscounted => return LineDraft { front: "1".to_owned(), back_is_zero: true, ..LineDraft::default() },
            _ => {}
        }
    }
    if passed_over && turns.is_empty() {
        return LineDraft::default();
    }
    if !has_back_stock {
        return counted;
    }
    if back.is_zero() {
        return LineDraft { back_is_zero: true, ..counted };
    }
    let back_cases = if fields.size == PackSize::ONE { String::new() } else { back.cases.to_string() };
    LineDraft { back_cases, back_loose: back.loose.to_string(), ..counted }
}

/// What turned up at the shelf before it is counted.
pub(super) fn happen(shelf: &mut Shelf<'_>, turns: &[&Turn], day: NaiveDate) {
    for turn in turns {
        match **turn {
            Turn::SoldOut => shelf.take(shelf.stock()),
            Turn::Bought(units) | Turn::Noted(NoteField::OtherSource, units) => shelf.receive(units, day),
            Turn::Noted(NoteField::Returned | NoteField::WrittenOff, units) => shelf.take(units),
            Turn::Forgotten(units, days_left) => shelf.forget(units, days_left, day),
            Turn::Delisted => shelf.end(day),
            _ => {}
        }
    }
}

/// The dates of what was counted; none where it was not, or not everything was seen.
pub(super) fn dates(shelf: &Shelf<'_>, counted: &Counted) -> Vec<LotDraft> {
    match counted {
        Counted::Yes { count, current } if current.0 == shelf.stock() => shelf.dated(count.front.0).iter().map(LotDraft::of).collect(),
        _ => Vec::new(),
    }
}

/// What else is noted of a line: `off` expired units go back at one place and are lost at the next.
pub(super) fn note(turns: &[&Turn], off: i64, place: usize) -> NoteDraft {
    let mut note = NoteDraft::default();
    if off > 0 {
        let field = if place.is_multiple_of(2) { NoteField::WrittenOff } else { NoteField::Returned };
        *note.text_mut(field) = off.to_string();
    }
    for turn in turns {
        match **turn {
            Turn::Noted(field, figure) => *note.text_mut(field) = figure.to_string(),
            Turn::Delisted => note.answer = Some(Reply::Delist),
            _ => {}
        }
    }
    note
}

/// The work at the shelf that is done: what was expired is taken off in any case, the rest where there is time for it.
pub(super) fn work(shelf: &mut Shelf<'_>, reading: &LineReading, off: i64, is_in_a_rush: bool, day: NaiveDate) -> Vec<ShelfWork> {
    let product = shelf.product;
    let taken_off = ShelfWork { product: product.id, kind: Kind::TakeOff, units: Units(off), done: true };
    let mut done: Vec<ShelfWork> = (off > 0).then_some(taken_off).into_iter().collect();
    if let Counted::Yes { count, .. } = &reading.counted
        && !is_in_a_rush
    {
        shelf.bring_forward();
        let found = shelf_work::of_line(product.id, &product.fields, *count, reading.lots.as_deref().unwrap_or_default(), day);
        done.extend(found.into_iter().map(|work| ShelfWork { done: true, ..work }));
    }
    done
}

/// What is ordered instead of the suggestion; none: the suggestion, or nothing where there is none.
pub(super) fn choice(shelf: &Shelf<'_>, reading: &LineReading, turns: &[&Turn], tongue: Tongue) -> Option<Choice> {
    let fields = &shelf.product.fields;
    let size = fields.size.units();
    let suggested = reading.suggestion.order().map(|units| units.0);
    for turn in turns {
        match **turn {
            Turn::Decline(reason, note) => {
                return suggested.filter(|units| *units > 0).map(|_| because(of(fields.size, 0), reason, note, tongue));
            }
            Turn::Cases(more, reason, note) => {
                let cases = suggested.unwrap_or(0) / size + more;
                return Some(because(of(fields.size, cases.max(0) * size), reason, note, tongue));
            }
            Turn::Free(units, deal) => {
                return Some(Choice { free: units.to_string(), deal: Some(deal), ..at_least_a_case(fields.size, suggested) });
            }
            Turn::Cheaper(cents, deal) => {
                let price = super::products::cheaper(fields.prices, cents)?.0.to_string();
                return Some(Choice { unit_price: price, deal: Some(deal), ..at_least_a_case(fields.size, suggested) });
            }
            _ => {}
        }
    }
    match (suggested, &reading.suggestion) {
        (Some(units), _) if units > 0 && units < fields.minimum_order.0 => {
            Some(because(of(fields.size, fields.minimum_order.0), Reason::Other, MINIMUM, tongue))
        }
        // Two short of a full case: nobody opens one for that.
        (Some(units), _) if size >= 10 && units % size >= size - 2 => {
            Some(because(of(fields.size, (units / size + 1) * size), Reason::WholeCases, Text::NONE, tongue))
        }
        (None, Suggestion::FirstCount { .. } | Suggestion::ZeroTrap { .. }) => {
            Some(shelf.by_experience()).filter(|units| *units > 0).map(|units| of(fields.size, units))
        }
        _ => None,
    }
}

const MINIMUM: Text = Text("按起订量", "The least we deliver");

/// Nothing of it, with the reason: for a line that was ordered already.
pub(super) fn nothing(reading: &LineReading, note: Text, tongue: Tongue) -> Option<Choice> {
    reading.suggestion.order().filter(|units| !units.is_zero()).map(|_| because(Choice::default(), Reason::Other, note, tongue))
}

/// The suggestion, or a case where it is nothing.
fn at_least_a_case(size: PackSize, suggested: Option<i64>) -> Choice {
    match suggested {
        Some(units) if units > 0 => of(size, units),
        Some(_) => Choice { reason: Some(Reason::Promotion), ..of(size, size.units()) },
        None => of(size, size.units()),
    }
}

fn of(size: PackSize, units: i64) -> Choice {
    let packed = size.split(Units(units));
    let cases = if packed.cases == 0 { String::new() } else { packed.cases.to_string() };
    let loose = if packed.loose == 0 { String::new() } else { packed.loose.to_string() };
    Choice { cases, loose, ..Choice::default() }
}

fn because(choice: Choice, reason: Reason, note: Text, tongue: Tongue) -> Choice {
    Choice { reason: Some(reason), note: note.spoken(tongue), ..choice }
}
