//! The owner card: turn the phone round. Three numbers, the sum, what follows from it; one product a page, big type, no jargon.

use super::share::signature;
use crate::domain::id::ProductId;
use crate::domain::money::Money;
use crate::domain::product::ProductFields;
use crate::domain::quantity::{Packed, Units};
use crate::domain::suggestion::Sum;
use crate::state::app::App;
use crate::ui::icon::icon;
use crate::ui::live::{When, live, when, words};
use crate::ui::platform;
use crate::ui::say;
use crate::ui::texts::{tr, tx};
use chrono::NaiveDate;
use leptos::html::Dialog;
use leptos::prelude::*;

/// One product as the owner sees it.
#[derive(Clone, Debug)]
pub struct CardLine {
    pub id: ProductId,
    pub product: ProductFields,
    pub sum: Option<Sum>,
    pub current: Option<Units>,
    pub quantity: Option<Packed>,
    pub amount: Option<Money>,
}

/// What is ordered comes first; the rest in the order it was counted.
pub fn in_order(cards: Vec<CardLine>) -> Vec<CardLine> {
    let (ordered, rest): (Vec<_>, Vec<_>) = cards.into_iter().partition(|card| card.quantity.is_some_and(|quantity| !quantity.is_zero()));
    ordered.into_iter().chain(rest).collect()
}

#[component]
pub fn OwnerCard(
    app: App,
    shop: String,
    on: NaiveDate,
    lines: Vec<CardLine>,
    start: usize,
    #[prop(into)] on_close: Callback<()>,
) -> impl IntoView {
    let node = NodeRef::<Dialog>::new();
    let (at, turned) = (RwSignal::new(start), RwSignal::new(false));
    let all = lines.len();
    let lines = StoredValue::new(lines);
    Effect::new(move |_| {
        if let Some(dialog) = node.get()
            && !dialog.open()
        {
            // An element that is not in the page yet throws; the next run of this effect has it.
            let _ = dialog.show_modal();
        }
    });
    let line = move || lines.with_value(|lines| lines.get(at.get()).cloned());
    let head = move || format!("{shop} · {}", say::date(app, on));
    let turn = move |by: isize| move |_| at.update(|at| *at = at.saturating_add_signed(by).min(all.saturating_sub(1)));
    let name = move || line().map_or_else(String::new, |line| line.product.name);
    view! {
        <dialog class="owner-card" class:owner-card-turned=turned node_ref=node aria-label=tx!(app, show_owner) on:close=move |_| on_close.run(())>
            <header class="card-tools">
                <button type="button" class="icon-button" aria-label=tx!(app, close) on:click=move |_| on_close.run(())>{icon("x")}</button>
                <button type="button" class="card-tool" aria-pressed=words(move || turned.get().to_string()) on:click=move |_| turned.update(|turned| *turned = !*turned)>
                    {icon("rotate-ccw")}<span>{tx!(app, card_turn)}</span>
                </button>
                <button type="button" class="card-tool" on:click=|_| platform::print()>{icon("printer")}<span>{tx!(app, print)}</span></button>
            </header>
            <div class="card-body" tabindex="0" role="region" aria-label=tx!(app, card_region)>
                <p class="card-shop">{words(head)}</p>
                <h2>{words(name)}</h2>
                {live(move || line().map(|line| face(app, &line)))}
                <When when=move || all == 0><p>{tx!(app, card_empty)}</p></When>
                {signature(app).map(|who| view! { <p class="card-rep">{who}</p> })}
            </div>
            <footer class="card-pages">
                <button type="button" class="icon-button" aria-label=tx!(app, card_previous_page) disabled=when(move || at.get() == 0) on:click=turn(-1)>
                    {icon("chevron-left")}
                </button>
                <p role="status">{live(move || tr!(app, card_page, at = (at.get() + 1).min(all), all = all))}</p>
                <button type="button" class="icon-button" aria-label=tx!(app, card_next_page) disabled=when(move || at.get() + 1 >= all) on:click=turn(1)>
                    {icon("chevron-right")}
                </button>
            </footer>
        </dialog>
    }
}

fn face(app: App, line: &CardLine) -> impl IntoView + use<> {
    let unit = say::unit_word(app, &line.product);
    let top = match &line.sum {
        Some(sum) => three_numbers(app, sum, &unit).into_any(),
        None => {
            let current = line.current.map(|units| say::number(units.0));
            view! {
                {current.map(|current| view! {
                    <div class="card-sold"><span>{tr!(app, card_current)}</span><strong>{current}<small>{unit.clone()}</small></strong></div>
                })}
                <p class="card-note">{tr!(app, card_first)}</p>
            }
            .into_any()
        }
    };
    view! {
        {top}
        {tag(app, line)}
        <ul class="card-facts">{facts(app, line)}</ul>
    }
}

fn three_numbers(app: App, sum: &Sum, unit: &str) -> impl IntoView + use<> {
    let cell = |label: &'static str, value: i64| {
        let words = say::number(value);
        let size = digits_class(words.chars().count());
        view! { <div class="card-number"><small>{label}</small><strong class=size>{words}</strong></div> }
    };
    let sold_label = sum.days.map_or_else(|| tr!(app, card_sold).to_owned(), |days| tr!(app, card_sold_days, days = days));
    view! {
        <div class="card-sum">
            {cell(tr!(app, card_previous), sum.basis.previous.0)}
            <i>"+"</i>
            {cell(tr!(app, card_ordered), sum.basis.ordered.0)}
            <i>"−"</i>
            {cell(tr!(app, card_current), sum.current.0)}
        </div>
        <div class="card-sold"><span>{sold_label}</span><strong>{say::number(sum.rule.sales)}<small>{unit.to_owned()}</small></strong></div>
    }
}

/// Long figures get smaller type: the number always fits.
fn digits_class(digits: usize) -> &'static str {
    match digits {
        0..=2 => "digits-two",
        3 => "digits-short",
        4..=6 => "digits-medium",
        _ => "digits-long",
    }
}

fn tag(app: App, line: &CardLine) -> Option<impl IntoView + use<>> {
    let quantity = line.quantity?;
    let words = if quantity.is_zero() { tr!(app, none_needed).to_owned() } else { say::packed(app, &line.product, quantity) };
    let size = match words.chars().count() {
        0..=6 => "digits-short",
        7..=11 => "digits-medium",
        _ => "digits-long",
    };
    let amount = line.amount.filter(|_| !quantity.is_zero()).map(|amount| say::money(app, amount));
    let follows = line.product.size.total(quantity);
    // The sum is shown only where the order is what it says.
    let sum = line.sum.filter(|sum| follows == Some(sum.rule.order)).map(|sum| {
        let (sold, current) = (say::number(sum.rule.sales), say::number(sum.current.0));
        if sum.rule.order.is_zero() {
            tr!(app, card_sum_enough, factor = sum.factor.to_string(), target = sum.rule.target.to_string(), current = current)
        } else {
            tr!(app, card_sum, factor = sum.factor.to_string(), sold = sold, current = current, order = say::rounded(&sum.rule))
        }
    });
    Some(view! {
        <div class="card-tag">
            <p class="card-tag-head"><span>{tr!(app, card_order)}</span><span>{amount}</span></p>
            <strong class=size>{words}</strong>
            <p>{sum}</p>
        </div>
    })
}

fn facts(app: App, line: &CardLine) -> impl IntoView + use<> {
    let ordered = line.quantity.and_then(|quantity| line.product.size.total(quantity)).unwrap_or(Units::ZERO);
    let until = line.sum.and_then(|sum| {
        let until = say::date(app, sum.lasts_until(ordered)?);
        Some(if ordered.is_zero() { tr!(app, card_lasts_now, date = until) } else { tr!(app, card_until, date = until) })
    });
    let money = line.current.and_then(|current| {
        let before = line.product.prices.value(current, line.product.size)?;
        let after = line.product.prices.value(current.plus(ordered)?, line.product.size)?;
        Some(tr!(app, card_money, before = say::money(app, before), after = say::money(app, after)))
    });
    let fact = |sign: &'static str, words: Option<String>| words.map(|words| view! { <li>{icon(sign)}<span>{words}</span></li> });
    view! { {fact("calendar-check", until)}{fact("wallet", money)} }
}
