//! Why this number: the ledger of the sum with this shop's figures, what it means, and a sentence for the owner.

use super::page::{Over, Overlay};
use super::words;
use crate::domain::product::ProductFields;
use crate::domain::quantity::Units;
use crate::domain::suggestion::Sum;
use crate::state::app::App;
use crate::state::visit_room::{Line, VisitRoom};
use crate::ui::icon::icon;
use crate::ui::live::live;
use crate::ui::parts::sheet::Sheet;
use crate::ui::platform;
use crate::ui::say;
use crate::ui::texts::{tr, trn, tx};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The sheet of a line that has a sum.
#[component]
pub fn WhySheet(room: VisitRoom, line: Line) -> impl IntoView {
    let app = room.app;
    let overlay = expect_context::<Overlay>();
    let product = StoredValue::new(line.product());
    let reading = line.reading;
    let sum = move || reading.with(|reading| reading.suggestion.sum().copied());
    let title = Signal::derive(move || {
        let order = sum().map_or(Units::ZERO, |sum| sum.rule.order);
        if order.is_zero() {
            tr!(app, why_title_none).to_owned()
        } else {
            let quantity = product.with_value(|product| say::units_packed(app, &product.fields, order));
            tr!(app, why_title, quantity = quantity)
        }
    });
    let subtitle = Signal::derive(move || {
        product.with_value(|product| {
            let parts = [Some(product.fields.name.clone()), say::per_case(app, &product.fields)];
            parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
        })
    });
    let count_note = Signal::derive(move || {
        reading.with(|reading| match &reading.counted {
            crate::domain::draft::Counted::Yes { count, current } => {
                let back = say::number(current.0 - count.front.0);
                tr!(app, why_current_note, front = say::number(count.front.0), back = back)
            }
            _ => String::new(),
        })
    });
    view! {
        <Sheet app title subtitle on_close=move |()| overlay.hide()>
            {live(move || sum().map(|sum| product.with_value(|product| ledger(app, &product.fields, &sum, count_note))))}
            <div class="sheet-actions">
                <button type="button" class="btn" on:click=move |_| overlay.show(Over::Change(line.id))>
                    {icon("pencil")}{tx!(app, change_quantity)}
                </button>
                <button type="button" class="btn btn-primary" on:click=move |_| overlay.show(Over::Card(Some(line.id)))>
                    {icon("presentation")}{tx!(app, show_owner)}
                </button>
            </div>
        </Sheet>
    }
}

fn ledger(app: App, product: &ProductFields, sum: &Sum, count_note: Signal<String>) -> impl IntoView + use<> {
    let unit = say::unit_word(app, product);
    let n = say::number;
    let row = |class: &'static str, sign: &'static str, label: String, note: AnyView, value: String, unit: &str| {
        view! {
            <tr class=class>
                <td class="ledger-sign">{sign}</td>
                <th scope="row">{label}<small>{note}</small></th>
                <td class="ledger-value"><strong>{value}</strong><span>{unit.to_owned()}</span></td>
            </tr>
        }
        .into_any()
    };
    let nothing = || ().into_any();
    let previous_on = tr!(app, why_previous_on, date = say::date(app, sum.basis.previous_on));
    let sold = sum.days.map_or_else(|| tr!(app, why_sold).to_owned(), |days| tr!(app, why_sold_days, days = days));
    let now = tr!(app, why_current).to_owned();
    let rows = vec![
        row("", "", tr!(app, why_previous).to_owned(), previous_on.into_any(), n(sum.basis.previous.0), &unit),
        row("", "+", tr!(app, why_ordered).to_owned(), tr!(app, why_ordered_note).into_any(), n(sum.basis.ordered.0), &unit),
        row("", "−", now.clone(), count_note.into_any(), n(sum.current.0), &unit),
        row("ledger-total", "=", sold, nothing(), n(sum.rule.sales), &unit),
        row("", "×", tr!(app, why_factor).to_owned(), tr!(app, why_factor_note).into_any(), sum.factor.to_string(), ""),
        row("ledger-sub", "=", tr!(app, why_target).to_owned(), nothing(), sum.rule.target.to_string(), &unit),
        row("", "−", now, count_note.into_any(), n(sum.current.0), &unit),
        row("ledger-total", "=", tr!(app, why_raw).to_owned(), nothing(), sum.rule.raw.to_string(), &unit),
    ];
    let order = sum.rule.order;
    let answer = if order.is_zero() { tr!(app, none_needed).to_owned() } else { say::units_packed(app, product, order) };
    let units = say::units(app, product, order);
    // The way from the sum to the answer: rounding, then cases. Nothing where the answer is the sum.
    let plain = match say::rounded(&sum.rule) {
        _ if order.is_zero() => String::new(),
        rounded if rounded != order.0.to_string() => format!("{rounded} ="),
        _ if units == answer => String::new(),
        _ => format!("{units} ="),
    };
    let talk = words::talk(app, product, sum);
    view! {
        <table class="ledger"><tbody>{rows}</tbody></table>
        <div class="ledger-answer"><span>{plain}</span><strong>{answer}</strong></div>
        {facts(app, product, sum)}
        <p class="formula">{words::formula(app, product, sum)}</p>
        <Talk app talk />
    }
}

/// How long it lasts, until when, and what one miscounted unit does.
pub fn facts(app: App, product: &ProductFields, sum: &Sum) -> impl IntoView + use<> {
    let with_order = sum.current.plus(sum.rule.order).unwrap_or(sum.current);
    let lasts = sum.lasts(with_order);
    let until = sum.lasts_until(sum.rule.order);
    let unit = say::unit_word(app, product);
    let slip = format!("{} {unit}", sum.slip());
    let slips = (!sum.rule.order.is_zero()).then(|| {
        view! { <div><dt>{tr!(app, why_slip, unit = unit)}</dt><dd>{slip}</dd></div> }
    });
    view! {
        <dl class="facts facts-sheet">
            {lasts.map(|days| view! { <div><dt>{tr!(app, why_lasts)}</dt><dd>{trn!(app, why_days | why_days_single, count = days)}</dd></div> })}
            {until.map(|date| view! { <div><dt>{tr!(app, why_until)}</dt><dd>{say::date(app, date)}</dd></div> })}
            {slips}
        </dl>
    }
}

#[component]
fn Talk(app: App, talk: String) -> impl IntoView {
    let copied = RwSignal::new(false);
    let words = talk.clone();
    let copy = move |_| {
        let words = words.clone();
        spawn_local(async move {
            copied.try_set(platform::copy(&words).await);
        });
    };
    view! {
        <div class="talk">
            <p>{talk}</p>
            <button type="button" class="icon-button icon-button-blue" aria-label=tx!(app, copy) on:click=copy>
                {live(move || if copied.get() { icon("check") } else { icon("copy") })}
            </button>
        </div>
        <p class="visually-hidden" role="status">{live(move || if copied.get() { tr!(app, copied) } else { "" })}</p>
    }
}
