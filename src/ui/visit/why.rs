//! Why this number: the ledger of the sum with this shop's figures, what it means, and a sentence for the owner.

use super::page::{Over, Overlay};
use super::steps::{self, Told};
use super::words;
use crate::domain::draft::Counted;
use crate::domain::exact::Exact;
use crate::domain::product::ProductFields;
use crate::domain::reorder::Reason;
use crate::domain::suggestion::Number;
use crate::state::app::App;
use crate::state::visit_line::Line;
use crate::state::visit_room::VisitRoom;
use crate::ui::icon::icon;
use crate::ui::live::live;
use crate::ui::parts::sheet::Sheet;
use crate::ui::platform;
use crate::ui::say;
use crate::ui::texts::{tr, trn, tx};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The sheet of a line that has a number.
#[component]
pub fn WhySheet(room: VisitRoom, line: Line) -> impl IntoView {
    let app = room.app;
    let overlay = expect_context::<Overlay>();
    let product = StoredValue::new(line.product());
    let reading = line.reading;
    let title = Signal::derive(move || {
        let order = reading.with(|reading| reading.suggestion.order()).unwrap_or_default();
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
    view! {
        <Sheet app title subtitle on_close=move |()| overlay.hide()>
            {live(move || {
                let told = told(app, line);
                reading.with(|reading| reading.suggestion.number().map(|number| product.with_value(|product| ledger(app, &product.fields, number, &told))))
            })}
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

/// What stands beside the figures of a line.
pub fn told(app: App, line: Line) -> Told {
    let count = line.reading.with(|reading| match &reading.counted {
        Counted::Yes { count, current } => {
            let back = say::number(current.0 - count.front.0);
            tr!(app, why_current_note, front = say::number(count.front.0), back = back)
        }
        _ => String::new(),
    });
    Told { count, is_assumed: !line.history().assumed.is_zero() }
}

fn ledger(app: App, product: &ProductFields, number: &Number, told: &Told) -> impl IntoView + use<> {
    let rows: Vec<_> = steps::of(app, product, number, told)
        .into_iter()
        .map(|step| {
            view! {
                <tr class=step.class>
                    <td class="ledger-sign">{step.sign}</td>
                    <th scope="row">{step.label}<small>{step.note}</small></th>
                    <td class="ledger-value"><strong>{step.value}</strong><span>{step.unit}</span></td>
                </tr>
            }
            .into_any()
        })
        .collect();
    let order = number.order;
    let answer = if order.is_zero() { tr!(app, none_needed).to_owned() } else { say::units_packed(app, product, order) };
    let units = say::units(app, product, order);
    // The way from the sum to the answer: rounding, then cases. Nothing where the answer is the sum.
    let need = match (words::plain(number), number.answer.as_ref().and_then(|answer| answer.sum)) {
        (Some(sum), _) => say::rounded(&sum.rule),
        (None, Some(steps)) if steps.need == Exact::whole(order.0) => order.0.to_string(),
        (None, Some(steps)) => format!("{} → {}", say::exact(steps.need), order.0),
        (None, None) => String::new(),
    };
    let plain = match need {
        _ if order.is_zero() => String::new(),
        need if need != order.0.to_string() => format!("{need} ="),
        _ if units == answer => String::new(),
        _ => format!("{units} ="),
    };
    let talk = words::talk(app, product, number);
    view! {
        <table class="ledger"><tbody>{rows}</tbody></table>
        <div class="ledger-answer"><span>{plain}</span><strong>{answer}</strong></div>
        {facts(app, product, number)}
        {reasons(app, product, number)}
        <p class="formula">{words::formula(app, product, number)}</p>
        <Talk app talk />
    }
}

/// Everything else that moved the number, and what the plain rule would say.
pub fn reasons(app: App, product: &ProductFields, number: &Number) -> impl IntoView + use<> {
    let told = number.answer.iter().flat_map(|answer| &answer.reasons).filter(|reason| !matches!(reason, Reason::OnOrder { .. }));
    let mut lines: Vec<String> = told.map(|reason| words::reason_line(app, product, number, reason)).collect();
    let rule = match (number.rule_says(), &number.sum) {
        (Some(units), _) if units.is_zero() => Some(tr!(app, why_rule_says, quantity = tr!(app, none_needed))),
        (Some(units), _) => Some(tr!(app, why_rule_says, quantity = say::units_packed(app, product, units))),
        (None, Some(_)) if words::plain(number).is_none() => Some(tr!(app, why_rule_same).to_owned()),
        _ => None,
    };
    lines.extend(rule);
    (!lines.is_empty()).then(|| {
        view! {
            <section class="why-reasons">
                <h3>{tr!(app, why_reasons)}</h3>
                <ul>{lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
            </section>
        }
    })
}

/// How long it lasts, until when, and what one miscounted unit does.
pub fn facts(app: App, product: &ProductFields, number: &Number) -> impl IntoView + use<> {
    let cover = number.cover(number.order);
    let until = number.lasts_until(number.order);
    let unit = say::unit_word(app, product);
    let slips = words::plain(number).filter(|sum| !sum.rule.order.is_zero()).map(|sum| {
        let slip = format!("{} {unit}", sum.slip());
        view! { <div><dt>{tr!(app, why_slip, unit = unit.clone())}</dt><dd>{slip}</dd></div> }
    });
    view! {
        <dl class="facts facts-sheet">
            {cover.map(|days| view! { <div><dt>{tr!(app, why_lasts)}</dt><dd>{trn!(app, why_days | why_days_single, count = days)}</dd></div> })}
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
