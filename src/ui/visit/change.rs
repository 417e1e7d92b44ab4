//! The rep's own quantity: cases, units, and why. Kept as typed; a quantity that differs from the suggestion needs a reason.

use super::page::Overlay;
use super::words;
use crate::domain::draft::{Choice, ChoiceProblem};
use crate::domain::guards;
use crate::domain::money::Money;
use crate::domain::order::{Deal as Deals, Reason};
use crate::domain::quantity::{Packed, Units};
use crate::domain::typed;
use crate::state::app::App;
use crate::state::visit_line::Line;
use crate::state::visit_room::VisitRoom;
use crate::ui::icon::icon;
use crate::ui::live::{When, live, when, words as said};
use crate::ui::parts::dial::Dial;
use crate::ui::parts::field::{Keyboard, TextField, focus_first_error, raw_input};
use crate::ui::parts::form::choice;
use crate::ui::parts::sheet::Sheet;
use crate::ui::say;
use crate::ui::texts::{tr, tx};
use leptos::prelude::*;

#[component]
pub fn ChangeSheet(room: VisitRoom, line: Line) -> impl IntoView {
    let app = room.app;
    let overlay = expect_context::<Overlay>();
    let product = StoredValue::new(line.product());
    let reading = line.reading;
    let asked = RwSignal::new(false);
    begin(line);
    let chosen = move |read: fn(&Choice) -> String| {
        Signal::derive(move || line.draft.with(|draft| draft.choice.as_ref().map(read).unwrap_or_default()))
    };
    let edit = move |write: fn(&mut Choice, String)| {
        Callback::new(move |text: String| line.draft.update(|draft| write(draft.choice.get_or_insert_default(), text)))
    };
    let problem = move || reading.with(|reading| reading.choice_problem);
    let take = move || {
        if problem().is_none() {
            tidy(line);
            overlay.hide();
        } else {
            asked.set(true);
            focus_first_error();
        }
    };
    let take_it = Callback::new(move |()| take());
    let close = move |()| {
        tidy(line);
        overlay.hide();
    };
    let reset = move |_| {
        line.draft.update(|draft| draft.choice = None);
        overlay.hide();
    };
    let title = Signal::derive(move || tr!(app, choice_title).to_owned());
    let subtitle = Signal::derive(move || {
        let suggested = reading.with(|reading| reading.to_order);
        let words = product.with_value(|product| match suggested {
            None => tr!(app, choice_no_suggestion).to_owned(),
            Some(units) if units.is_zero() => tr!(app, choice_suggested, quantity = tr!(app, none_needed)),
            Some(units) => tr!(app, choice_suggested, quantity = say::units_packed(app, &product.fields, units)),
        });
        format!("{} · {words}", product.with_value(|product| product.fields.name.clone()))
    });
    let case = Signal::derive(move || product.with_value(|product| say::case_word(app, &product.fields)));
    let unit = Signal::derive(move || product.with_value(|product| say::unit_word(app, &product.fields)));
    let has_cases = product.with_value(|product| product.fields.size.units() > 1);
    let has_suggestion = move || reading.with(|reading| reading.to_order.is_some());
    let wrong_cases = Signal::derive(move || matches!(problem(), Some(ChoiceProblem::Cases(_))));
    let wrong_loose = Signal::derive(move || matches!(problem(), Some(ChoiceProblem::Loose(_))));
    let needs_reason = move || asked.get() && problem() == Some(ChoiceProblem::ReasonMissing);
    // A missing reason is said once the rep wants to go on, other problems at once.
    let is_missing = |problem: &ChoiceProblem| matches!(problem, ChoiceProblem::ReasonMissing | ChoiceProblem::DealMissing);
    let problem_words =
        move || problem().filter(|problem| asked.get() || !is_missing(problem)).map(|problem| say::choice_problem(app, problem));
    let note = chosen(|choice| choice.note.clone());
    let note_node = raw_input(note);
    let reason_now = move || line.draft.with(|draft| draft.choice.as_ref().and_then(|choice| choice.reason));
    let reasons = move || {
        Reason::ALL
            .into_iter()
            .map(|reason| {
                let pick = move |_| line.draft.update(|draft| draft.choice.get_or_insert_default().reason = Some(reason));
                view! {
                    <label class="choice">
                        <input
                            type="radio"
                            name="reason"
                            prop:checked=when(move || reason_now() == Some(reason))
                            aria-invalid=said(move || needs_reason().to_string())
                            on:change=pick
                        />
                        <span>{live(move || say::reason(app, reason))}</span>
                    </label>
                }
            })
            .collect_view()
    };
    let amount = move || reading.with(|reading| reading.amount).map(|amount| say::money(app, amount));
    view! {
        <Sheet app title subtitle on_close=close>
            <div class="dials dials-change">
                {has_cases.then(|| view! {
                    <Dial
                        app
                        id="change-cases".to_owned()
                        label=case
                        unit=case
                        text=chosen(|choice| choice.cases.clone())
                        on_text=edit(|choice, text| choice.cases = text)
                        wrong=wrong_cases
                        on_enter=Callback::new(|()| super::moves::focus("change-loose"))
                    />
                })}
                <Dial
                    app
                    id="change-loose".to_owned()
                    label=unit
                    unit=unit
                    text=chosen(|choice| choice.loose.clone())
                    on_text=edit(|choice, text| choice.loose = text)
                    wrong=wrong_loose
                    on_enter=take_it
                />
            </div>
            <fieldset class="field">
                <legend>{tx!(app, choice_reason)}</legend>
                <div class="choices">{live(reasons)}</div>
            </fieldset>
            <When when=move || reason_now() == Some(Reason::Other) || line.draft.with(|draft| draft.choice.as_ref().is_some_and(|choice| choice.deal == Some(crate::domain::order::Deal::Other)))>
                <div class="field">
                    <label for="choice-note">{tx!(app, choice_note)}</label>
                    <input
                        id="choice-note"
                        class="input"
                        node_ref=note_node
                        type="text"
                        autocomplete="off"
                        on:input:target=move |event| edit(|choice, text| choice.note = text).run(event.target().value())
                    />
                </div>
            </When>
            <Guards app line />
            <Deal room line asked />
            <p class="open-problem" role="alert">{live(move || problem_words().map(|words| view! { {icon("circle-alert")}{words} }))}</p>
            <div class="sheet-actions">
                <When when=has_suggestion>
                    <button type="button" class="btn" on:click=reset>{tx!(app, choice_reset)}</button>
                </When>
                <When when=move || !has_suggestion()>
                    <button type="button" class="btn" on:click=reset>{tx!(app, choice_remove)}</button>
                </When>
                <button type="button" class="btn btn-primary" on:click=move |_| take()>
                    {tx!(app, choice_take)}<span class="btn-amount">{live(amount)}</span>
                </button>
            </div>
        </Sheet>
    }
}

/// Free goods and another price, folded away: with their reason.
#[component]
fn Deal(room: VisitRoom, line: Line, asked: RwSignal<bool>) -> impl IntoView {
    let app = room.app;
    let product = line.product();
    let has_cases = product.fields.size.units() > 1;
    let is_used = line.draft.with_untracked(|draft| {
        draft
            .choice
            .as_ref()
            .is_some_and(|choice| [&choice.free, &choice.unit_price, &choice.case_price].iter().any(|text| !text.is_empty()))
    });
    let problem = move || line.reading.with(|reading| reading.choice_problem);
    let field = move |id: &'static str,
                      label: fn(App) -> &'static str,
                      keyboard: Keyboard,
                      hint: String,
                      text: fn(&mut Choice) -> &mut String,
                      wrong: fn(ChoiceProblem) -> bool| {
        let shown = Signal::derive(move || {
            line.draft.with(|draft| draft.choice.clone().map(|mut choice| text(&mut choice).clone()).unwrap_or_default())
        });
        let on_text = Callback::new(move |typed: String| line.draft.update(|draft| *text(draft.choice.get_or_insert_default()) = typed));
        let error = Signal::derive(move || problem().filter(|problem| wrong(*problem)).map(|problem| say::choice_problem(app, problem)));
        let label = Signal::derive(move || label(app).to_owned());
        view! { <TextField id label text=shown on_text error keyboard hint=Signal::stored(hint) /> }
    };
    let list = product.fields.prices;
    let list_price =
        move |price: Option<Money>| price.map_or_else(String::new, |price| tr!(app, price_list, price = say::price(app, price)));
    let deal_now = move || line.draft.with(|draft| draft.choice.as_ref().and_then(|choice| choice.deal));
    let deals = move || {
        Deals::ALL
            .into_iter()
            .map(|deal| {
                choice(
                    Signal::derive(move || say::deal(app, deal).to_owned()),
                    "deal",
                    move || deal_now() == Some(deal),
                    move || line.draft.update(|draft| draft.choice.get_or_insert_default().deal = Some(deal)),
                )
            })
            .collect_view()
    };
    let missing = move || asked.get() && problem() == Some(ChoiceProblem::DealMissing);
    view! {
        <details class="group form-more" open=is_used>
            <summary class="group-title">{icon("chevron-right")}{tx!(app, choice_deal)}</summary>
            <div class="field-pair">
                {field("change-free", |app| tr!(app, choice_free), Keyboard::Digits, say::unit_word(app, &product.fields), |choice| &mut choice.free, |problem| matches!(problem, ChoiceProblem::Free(_)))}
                {field("change-unit-price", |app| tr!(app, product_unit_price), Keyboard::Decimal, list_price(list.unit), |choice| &mut choice.unit_price, |problem| matches!(problem, ChoiceProblem::UnitPrice(_)))}
                {has_cases.then(|| field("change-case-price", |app| tr!(app, product_case_price), Keyboard::Decimal, list_price(list.case), |choice| &mut choice.case_price, |problem| matches!(problem, ChoiceProblem::CasePrice(_))))}
            </div>
            <fieldset class="field" aria-invalid=said(move || missing().to_string())>
                <legend>{tx!(app, choice_deal_why)}</legend>
                <div class="choices">{deals()}</div>
            </fieldset>
        </details>
    }
}

/// What is to be said of the quantity as it is typed.
#[component]
pub fn Guards(app: App, line: Line) -> impl IntoView {
    let said = move || {
        let product = line.product();
        // As typed, before there is a reason for it.
        let typed = line.draft.with(|draft| {
            let choice = draft.choice.as_ref()?;
            let figure = |raw: &str| typed::units(raw).ok().map(|units| units.map_or(0, |units| units.0));
            product
                .fields
                .size
                .total(Packed { cases: figure(&choice.cases)?, loose: figure(&choice.loose)? })?
                .plus(Units(figure(&choice.free)?))
        });
        line.reading.with(|reading| {
            let (number, chosen) = reading.suggestion.number().zip(typed)?;
            let lines = guards::of(number, chosen).into_iter().map(|guard| {
                view! { <p class="open-note open-note-warn">{icon("circle-alert")}{words::guard_line(app, &product.fields, &guard)}</p> }
            });
            Some(lines.collect_view())
        })
    };
    view! { <div role="status">{live(said)}</div> }
}

/// The sheet opens on what would be ordered now.
fn begin(line: Line) {
    if line.draft.with_untracked(|draft| draft.choice.is_some()) {
        return;
    }
    let size = line.product().fields.size;
    // On the phone the estimate is where the talk begins.
    let quantity = line.reading.with_untracked(|reading| reading.quantity.or(reading.to_order.map(|units| size.split(units))));
    let figure = |value: i64| if value == 0 { String::new() } else { value.to_string() };
    let choice = Choice {
        cases: quantity.map_or_else(String::new, |quantity| figure(quantity.cases)),
        loose: quantity.map_or_else(String::new, |quantity| figure(quantity.loose)),
        ..Choice::default()
    };
    line.draft.update(|draft| draft.choice = Some(choice));
}

/// A choice that only repeats the suggestion, or chooses nothing where there is none, is no choice.
fn tidy(line: Line) {
    let reading = line.reading.get_untracked();
    let size = line.product().fields.size;
    let chosen = reading.quantity.and_then(|quantity| size.total(quantity));
    let repeats = match reading.to_order {
        Some(suggested) => chosen == Some(suggested),
        None => chosen.is_some_and(crate::domain::quantity::Units::is_zero),
    };
    let keeps_reason =
        line.draft.with_untracked(|draft| draft.choice.as_ref().is_some_and(|choice| choice.reason == Some(Reason::OwnerDeclines)));
    let has_deal = !reading.free.is_zero() || reading.prices != line.product().fields.prices;
    // An estimate is ordered only where it was taken.
    let is_taken = reading.suggestion.number().is_some_and(|number| number.is_estimate) && chosen.is_some_and(|chosen| !chosen.is_zero());
    if reading.choice_problem.is_none() && !is_taken && repeats && !has_deal && !(keeps_reason && reading.to_order.is_none()) {
        line.draft.update(|draft| draft.choice = None);
    }
}
