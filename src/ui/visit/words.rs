//! What a line says of itself in one sentence: the same words in the row, the open line and the order.

use crate::domain::draft::{Counted, LineReading};
use crate::domain::product::ProductFields;
use crate::domain::quantity::{Packed, Units};
use crate::domain::suggestion::{Suggestion, Sum};
use crate::state::app::App;
use crate::ui::say;
use crate::ui::texts::tr;

/// Why the number is what it is, or what is missing for one.
pub fn why_line(app: App, product: &ProductFields, reading: &LineReading) -> String {
    match (&reading.counted, &reading.suggestion) {
        (Counted::FrontOnly(front), _) => tr!(app, half_front, front = say::number(front.0)),
        (Counted::BackOnly, _) => tr!(app, half_back).to_owned(),
        (Counted::Unreadable(_, problem), _) => say::number_problem(app, *problem),
        (Counted::TooMuch, _) | (_, Suggestion::OutOfRange) => tr!(app, too_much).to_owned(),
        (_, Suggestion::NotCounted) => tr!(app, not_counted).to_owned(),
        (_, Suggestion::FirstCount { .. }) => format!("{}{}{}", tr!(app, first_time), tr!(app, list_separator), tr!(app, first_time_short)),
        (_, Suggestion::NegativeSales { excess, .. }) => {
            tr!(app, line_negative, excess = say::units(app, product, *excess))
        }
        (_, Suggestion::ZeroTrap { last_rate: Some(rate) }) => {
            let rate = format!("{} {}", say::rate(rate.sold, rate.days), say::unit_word(app, product));
            tr!(app, line_trap_rate, rate = rate)
        }
        (_, Suggestion::ZeroTrap { last_rate: None }) => tr!(app, line_trap).to_owned(),
        (_, Suggestion::Rule(sum)) => sold_line(app, sum),
    }
}

fn sold_line(app: App, sum: &Sum) -> String {
    let (sold, left) = (say::number(sum.rule.sales), say::number(sum.current.0));
    match sum.days {
        _ if sum.current.is_zero() => {
            let (previous, ordered) = (say::number(sum.basis.previous.0), say::number(sum.basis.ordered.0));
            tr!(app, line_sold_out, previous = previous, ordered = ordered)
        }
        Some(days) if sum.rule.sales == 0 => tr!(app, line_sold_none, days = days, left = left),
        Some(days) => tr!(app, line_sold, days = days, sold = sold, left = left),
        None => tr!(app, line_sold_no_days, sold = sold, left = left),
    }
}

/// A quantity with what comes free on top: `2件+7瓶 送2瓶`.
pub fn ordered(app: App, product: &ProductFields, quantity: Packed, free: Units) -> String {
    let free_words = (!free.is_zero()).then(|| tr!(app, free_goods, quantity = say::units_packed(app, product, free)));
    let paid = match (quantity.is_zero(), &free_words) {
        (true, None) => Some(tr!(app, none_needed).to_owned()),
        (true, Some(_)) => None,
        (false, _) => Some(say::packed(app, product, quantity)),
    };
    [paid, free_words].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// Counted, and nothing is there: out of stock.
pub fn is_out(reading: &LineReading) -> bool {
    reading.counted.current() == Some(Units::ZERO)
}

/// The rep's own quantity instead of another suggestion.
pub fn changed_from(reading: &LineReading, product: &ProductFields, has_choice: bool) -> Option<Units> {
    let suggested = reading.to_order?;
    let chosen = reading.quantity.and_then(|quantity| product.size.total(quantity));
    (has_choice && chosen.is_some_and(|chosen| chosen != suggested)).then_some(suggested)
}

/// The sum in words: `10 + 5 − 12 = 3 sold; 3 × 1.5 = 4.5; 4.5 < 12: do not order`.
pub fn formula(app: App, product: &ProductFields, sum: &Sum) -> String {
    let n = say::number;
    let (previous, ordered, current) = (n(sum.basis.previous.0), n(sum.basis.ordered.0), n(sum.current.0));
    let (sold, target, factor) = (n(sum.rule.sales), sum.rule.target.to_string(), sum.factor.to_string());
    if sum.rule.order.is_zero() {
        let sign = if sum.rule.raw.0 == 0 { "=" } else { "<" };
        tr!(
            app,
            why_formula_enough,
            previous = previous,
            ordered = ordered,
            current = current.clone(),
            sold = sold.clone(),
            factor = factor,
            target = target,
            sign = sign
        )
    } else {
        let order = say::units(app, product, sum.rule.order);
        let raw = sum.rule.raw.to_string();
        tr!(
            app,
            why_formula_order,
            previous = previous,
            ordered = ordered,
            current = current.clone(),
            sold = sold.clone(),
            factor = factor,
            target = target.clone(),
            raw = raw,
            order = order
        )
    }
}

/// One sentence to say to the owner.
pub fn talk(app: App, product: &ProductFields, sum: &Sum) -> String {
    let sold = say::units(app, product, Units(sum.rule.sales));
    let current = say::units(app, product, sum.current);
    let order = say::units(app, product, sum.rule.order);
    let (factor, target) = (sum.factor.to_string(), format!("{} {}", sum.rule.target, say::unit_word(app, product)));
    match (sum.rule.order.is_zero(), sum.days) {
        (false, Some(days)) => {
            tr!(app, talk_order, days = days, sold = sold, factor = factor, target = target, current = current, order = order)
        }
        (false, None) => {
            tr!(app, talk_order_no_days, sold = sold, factor = factor, target = target, current = current, order = order)
        }
        (true, Some(days)) => tr!(app, talk_enough, days = days, sold = sold, factor = factor, target = target, current = current),
        (true, None) => tr!(app, talk_enough_no_days, sold = sold, factor = factor, target = target, current = current),
    }
}
