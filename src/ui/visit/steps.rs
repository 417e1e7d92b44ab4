//! The sum behind a number, step by step with this shop's figures: the same steps in the sheet and beside the line on a wide screen.

use super::words;
use crate::domain::exact::Exact;
use crate::domain::policy::Level;
use crate::domain::product::ProductFields;
use crate::domain::quantity::Units;
use crate::domain::rate::Source;
use crate::domain::reorder::{Answer, Reason, Steps};
use crate::domain::suggestion::{Number, Sum};
use crate::state::app::App;
use crate::ui::say;
use crate::ui::texts::{tr, trn};
use chrono::Days;

/// One step of a sum.
pub struct Step {
    pub class: &'static str,
    pub sign: &'static str,
    pub label: String,
    pub note: String,
    pub value: String,
    pub unit: String,
}

/// What a figure stands for besides the number itself.
pub struct Told {
    /// `front 8 · back 6`.
    pub count: String,
    /// Nobody confirmed what came.
    pub is_assumed: bool,
}

/// All steps from the previous count to what is missing.
pub fn of(app: App, product: &ProductFields, number: &Number, told: &Told) -> Vec<Step> {
    let unit = say::unit_word(app, product);
    let mut steps: Vec<Step> = number.sum.iter().flat_map(|sum| cycle(app, sum, number, told, &unit)).collect();
    match (words::plain(number), number.answer.as_deref()) {
        (Some(sum), _) => steps.extend(by_rule(app, sum, number, told, &unit)),
        (None, Some(answer)) => steps.extend(by_engine(app, answer, number, told, &unit)),
        (None, None) => {}
    }
    steps
}

fn step(class: &'static str, sign: &'static str, label: impl Into<String>, note: String, value: String, unit: &str) -> Step {
    Step { class, sign, label: label.into(), note, value, unit: unit.to_owned() }
}

/// What was sold since the last count.
fn cycle(app: App, sum: &Sum, number: &Number, told: &Told, unit: &str) -> Vec<Step> {
    let n = |units: Units| say::number(units.0);
    let came_note = match (number.answer.is_some(), told.is_assumed) {
        (false, _) => tr!(app, why_ordered_note).to_owned(),
        (true, true) => tr!(app, why_received_assumed).to_owned(),
        (true, false) => String::new(),
    };
    let came = if number.answer.is_some() { tr!(app, why_received) } else { tr!(app, why_ordered) };
    let previous_on = tr!(app, why_previous_on, date = say::date(app, sum.basis.previous_on));
    let mut steps = vec![
        step("", "", tr!(app, why_previous), previous_on, n(sum.cycle.previous), unit),
        step("", "+", came, came_note, n(sum.cycle.received), unit),
    ];
    let others = [
        ("+", tr!(app, note_other_source), sum.cycle.other_source),
        ("−", tr!(app, note_returned), sum.cycle.returned),
        ("−", tr!(app, note_written_off), sum.cycle.written_off),
    ];
    steps.extend(
        others
            .into_iter()
            .filter(|(.., units)| !units.is_zero())
            .map(|(sign, label, units)| step("", sign, label, String::new(), n(units), unit)),
    );
    let sold = sum.days.map_or_else(|| tr!(app, why_sold).to_owned(), |days| tr!(app, why_sold_days, days = days));
    steps.push(step("", "−", tr!(app, why_current), told.count.clone(), n(sum.current), unit));
    steps.push(step("ledger-total", "=", sold, days_off(app, sum), say::number(sum.sold()), unit));
    steps
}

/// Days that do not count for the rate.
fn days_off(app: App, sum: &Sum) -> String {
    let (out, closed) = (sum.cycle.stockout_days, sum.cycle.closed_days);
    let parts = [
        (out > 0).then(|| trn!(app, why_days_out | why_days_out_single, count = out)),
        (closed > 0).then(|| trn!(app, why_days_closed | why_days_closed_single, count = closed)),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(tr!(app, list_separator))
}

fn by_rule(app: App, sum: &Sum, number: &Number, told: &Told, unit: &str) -> Vec<Step> {
    vec![
        step("", "×", tr!(app, why_factor), factor_note(app, number), sum.factor.to_string(), ""),
        step("ledger-sub", "=", tr!(app, why_target), String::new(), sum.rule.target.to_string(), unit),
        step("", "−", tr!(app, why_current), told.count.clone(), say::number(sum.current.0), unit),
        step("ledger-total", "=", tr!(app, why_raw), String::new(), sum.rule.raw.to_string(), unit),
    ]
}

/// Where the factor was set.
fn factor_note(app: App, number: &Number) -> String {
    match number.policy.factor_from {
        Level::Everywhere => tr!(app, why_factor_note).to_owned(),
        Level::Class(class) => tr!(app, why_factor_class, class = say::class_short(app, class)),
        Level::Shop => tr!(app, why_factor_shop).to_owned(),
        Level::Product => tr!(app, why_factor_product).to_owned(),
    }
}

fn by_engine(app: App, answer: &Answer, number: &Number, told: &Told, unit: &str) -> Vec<Step> {
    let (Some(rate), Some(steps)) = (answer.rate, answer.sum) else { return Vec::new() };
    let source = match rate.from {
        Source::Cycles { cycles: 1, sales, days } => tr!(app, why_rate_one, sales = say::number(sales), days = days),
        Source::Cycles { cycles, sales, days } => tr!(app, why_rate_cycles, cycles = cycles, sales = say::number(sales), days = days),
        Source::Seldom { cycles, selling } => tr!(app, why_rate_seldom, cycles = cycles, selling = selling),
        Source::Stated(stated) => tr!(app, why_rate_stated, units = stated.units, days = stated.days),
    };
    let mut all = vec![
        step("", "", tr!(app, why_rate), source, say::exact(rate.exact()), unit),
        step("", "×", tr!(app, why_horizon), horizon_note(app, number, answer), steps.horizon.to_string(), tr!(app, days_word)),
    ];
    let extra =
        answer.reasons.iter().find_map(|reason| if let Reason::Promotion { days, extra } = reason { Some((*days, *extra)) } else { None });
    all.extend(
        extra.map(|(days, extra)| {
            step("", "+", tr!(app, why_promotion), tr!(app, why_promotion_note, days = days), say::exact(extra), unit)
        }),
    );
    let display = answer.reasons.iter().find_map(|reason| if let Reason::MinimumDisplay { units } = reason { Some(*units) } else { None });
    let shown = display.map(|units| tr!(app, why_display, units = say::number(units.0))).unwrap_or_default();
    all.push(step("ledger-sub", "=", tr!(app, why_target), shown, say::exact(steps.target), unit));
    all.push(step("", "−", tr!(app, why_usable), usable_note(app, number, &steps, told), say::exact(steps.usable), unit));
    let on_order = number.on_order();
    if !on_order.is_zero() {
        all.push(step("", "−", tr!(app, why_on_order), String::new(), say::number(on_order.0), unit));
    }
    all.push(step("ledger-total", "=", tr!(app, why_raw), String::new(), say::exact(steps.need), unit));
    all
}

/// `1.5 × 7 days, next visit 30 Nov`, or how long the goods take.
fn horizon_note(app: App, number: &Number, answer: &Answer) -> String {
    let terms = number.policy.terms;
    let next = number.on.checked_add_days(Days::new(terms.days_to_next.into())).unwrap_or(number.on);
    let date = say::date(app, next);
    if answer.reasons.iter().any(|reason| matches!(reason, Reason::LongDelivery { .. })) {
        return tr!(app, why_horizon_delivery, days = terms.days_to_next, lead = terms.lead_days, date = date);
    }
    let note = tr!(app, why_horizon_factor, factor = number.policy.line.factor.to_string(), days = terms.days_to_next, date = date);
    match number.policy.factor_from {
        Level::Everywhere => note,
        _ => format!("{note} · {}", factor_note(app, number)),
    }
}

fn usable_note(app: App, number: &Number, steps: &Steps, told: &Told) -> String {
    if steps.usable == Exact::whole(number.current.0) {
        return if number.is_estimate { tr!(app, why_estimated).to_owned() } else { told.count.clone() };
    }
    let lost =
        Exact::over(i128::from(number.current.0) * steps.usable.denominator() - steps.usable.numerator(), steps.usable.denominator());
    tr!(app, why_usable_note, current = say::number(number.current.0), lost = say::exact(lost))
}
