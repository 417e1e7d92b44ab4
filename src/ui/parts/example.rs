//! One line as an example for settings: it sold 24, 30, 26 and 30 in four weeks, 14 are left, a case is 12.

use crate::domain::factor::Factor;
use crate::domain::history::{LineHistory, Previous};
use crate::domain::id::ProductId;
use crate::domain::note::LineNote;
use crate::domain::policy::{Level, LineTerms, Policy, Terms};
use crate::domain::product::ProductFields;
use crate::domain::quantity::{PackSize, Units};
use crate::domain::rate::Cycle;
use crate::domain::settings::Reckoning;
use crate::domain::suggestion::{self, Found, Suggestion};
use crate::state::app::App;
use crate::ui::say;
use crate::ui::texts::tr;
use crate::ui::visit::words;
use chrono::{Days, NaiveDate};
use leptos::prelude::*;

/// The example's terms: a week to the next visit, a day to deliver.
pub fn policy(factor: Factor, reckoning: Reckoning) -> Policy {
    let terms = Terms {
        method: reckoning.method,
        window: reckoning.window,
        packing: reckoning.packing,
        maximum_cover_days: reckoning.maximum_cover_days,
        days_to_next: 7,
        lead_days: 1,
    };
    Policy { terms, line: LineTerms { factor, ..LineTerms::default() }, factor_from: Level::Everywhere }
}

/// What the example would order by these terms, with its sum.
pub fn example(app: App, policy: &Policy) -> String {
    let product = ProductFields { size: PackSize::new(12).unwrap_or(PackSize::ONE), ..ProductFields::named(String::new()) };
    let on = app.today.get_untracked();
    let Suggestion::Number(number) =
        suggestion::suggest(&history(on), Some(found(&LineNote::of(ProductId(uuid::Uuid::nil())), &product)), policy, on)
    else {
        return String::new();
    };
    let order = if number.order.is_zero() { tr!(app, none_needed).to_owned() } else { say::units_packed(app, &product, number.order) };
    let days = number.cover(number.order).map_or_else(String::new, |days| days.to_string());
    let first = tr!(app, settings_example, sum = words::short_sum(app, &number), order = order, days = days);
    let reasons = number.answer.iter().flat_map(|answer| &answer.reasons);
    let lines = reasons.map(|reason| words::reason_line(app, &product, &number, reason));
    std::iter::once(first).chain(lines).collect::<Vec<_>>().join(" · ")
}

fn found<'a>(note: &'a LineNote, product: &ProductFields) -> Found<'a> {
    Found { current: Units(14), lots: &[], note, closed_days: 0, size: product.size }
}

fn history(on: NaiveDate) -> LineHistory {
    let cycle = |previous, received, current| Cycle {
        previous: Units(previous),
        received: Units(received),
        current: Units(current),
        days: 7,
        ..Cycle::default()
    };
    let before = on.checked_sub_days(Days::new(7)).unwrap_or(on);
    LineHistory {
        previous: Some(Previous { units: Units(20), on: before, count: Default::default() }),
        ordered: Units(24),
        received: Units(24),
        cycles: vec![cycle(16, 24, 16), cycle(16, 30, 16), cycle(16, 30, 20)],
        ..LineHistory::default()
    }
}
