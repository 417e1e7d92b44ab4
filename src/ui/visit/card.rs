//! The owner card: turn the phone round. Three numbers, the sum, what follows from it; one product a page, big type, no jargon.

use super::share::{ShareButton, signature};
use super::words as said;
use crate::domain::id::ProductId;
use crate::domain::money::Money;
use crate::domain::near::Near;
use crate::domain::product::ProductFields;
use crate::domain::quantity::{Packed, Units};
use crate::domain::suggestion::{Number, Suggestion, Sum};
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
    pub said: Suggestion,
    pub current: Option<Units>,
    pub quantity: Option<Packed>,
    pub amount: Option<Money>,
    /// On top, for nothing.
    pub free: Units,
    /// Dates worth a word.
    pub near: Vec<Near>,
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
    // Where dates are near, a last page has them all.
    let has_near = lines.iter().any(|line| !line.near.is_empty());
    let products = lines.len();
    let all = products + usize::from(has_near);
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
    let shop = StoredValue::new(shop);
    let head = move || shop.with_value(|shop| format!("{shop} · {}", say::date(app, on)));
    let is_last = move || has_near && at.get() == products;
    let text = Signal::derive(move || line().map(|line| shop.with_value(|shop| text_of(app, shop, on, &line))).unwrap_or_default());
    let turn = move |by: isize| move |_| at.update(|at| *at = at.saturating_add_signed(by).min(all.saturating_sub(1)));
    let name = move || match line() {
        Some(line) => line.product.name,
        None if is_last() => tr!(app, near_title).to_owned(),
        None => String::new(),
    };
    view! {
        <dialog class="owner-card" class:owner-card-turned=turned node_ref=node aria-label=tx!(app, show_owner) on:close=move |_| on_close.run(())>
            <header class="card-tools">
                <button type="button" class="icon-button" aria-label=tx!(app, close) on:click=move |_| on_close.run(())>{icon("x")}</button>
                <button type="button" class="card-tool" aria-pressed=words(move || turned.get().to_string()) on:click=move |_| turned.update(|turned| *turned = !*turned)>
                    {icon("rotate-ccw")}<span>{tx!(app, card_turn)}</span>
                </button>
                <button type="button" class="card-tool" on:click=|_| platform::print()>{icon("printer")}<span>{tx!(app, print)}</span></button>
                <When when=move || line().is_some()><div class="card-share"><ShareButton app text /></div></When>
            </header>
            <div class="card-body" tabindex="0" role="region" aria-label=tx!(app, card_region)>
                <p class="card-shop">{words(head)}</p>
                <h2>{words(name)}</h2>
                {live(move || line().map(|line| face(app, &line)))}
                {live(move || is_last().then(|| lines.with_value(|lines| together(app, lines))))}
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
    let top = match line.said.sum().filter(|sum| sum.sold() >= 0) {
        Some(sum) => three_numbers(app, sum, &unit).into_any(),
        None => {
            let current = line.current.map(|units| say::number(units.0));
            view! {
                {current.map(|current| view! {
                    <div class="card-sold"><span>{tr!(app, card_current)}</span><strong>{current}<small>{unit.clone()}</small></strong></div>
                })}
                {matches!(line.said, Suggestion::FirstCount { .. }).then(|| view! { <p class="card-note">{tr!(app, card_first)}</p> })}
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
            {cell(tr!(app, card_previous), sum.cycle.previous.0)}
            <i>"+"</i>
            {cell(tr!(app, card_ordered), sum.cycle.received.0)}
            <i>"−"</i>
            {cell(tr!(app, card_current), sum.current.0)}
        </div>
        {also(app, sum).map(|also| view! { <p class="card-also">{also}</p> })}
        <div class="card-sold"><span>{sold_label}</span><strong>{say::number(sum.sold())}<small>{unit.to_owned()}</small></strong></div>
    }
}

/// What else came and went: `bought elsewhere +4 · written off −2`.
fn also(app: App, sum: &Sum) -> Option<String> {
    let parts = [
        ("+", tr!(app, note_other_source), sum.cycle.other_source),
        ("−", tr!(app, note_returned), sum.cycle.returned),
        ("−", tr!(app, note_written_off), sum.cycle.written_off),
    ];
    let told = parts
        .into_iter()
        .filter(|(.., units)| !units.is_zero())
        .map(|(sign, what, units)| format!("{what} {sign}{}", say::number(units.0)));
    Some(told.collect::<Vec<_>>().join(" · ")).filter(|told| !told.is_empty())
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
    let words = said::ordered(app, &line.product, quantity, line.free);
    let size = match words.chars().count() {
        0..=6 => "digits-short",
        7..=11 => "digits-medium",
        _ => "digits-long",
    };
    let amount = line.amount.filter(|_| !quantity.is_zero()).map(|amount| say::money(app, amount));
    let follows = line.product.size.total(quantity);
    // The sum is shown only where the order is what it says.
    let sum = line.said.number().filter(|number| follows == Some(number.order)).map(|number| card_sum(app, number));
    Some(view! {
        <div class="card-tag">
            <p class="card-tag-head"><span>{tr!(app, card_order)}</span><span>{amount}</span></p>
            <strong class=size>{words}</strong>
            <p>{sum}</p>
        </div>
    })
}

fn card_sum(app: App, number: &Number) -> String {
    let Some(sum) = said::plain(number) else { return said::short_sum(app, number) };
    let (sold, current) = (say::number(sum.rule.sales), say::number(sum.current.0));
    if sum.rule.order.is_zero() {
        tr!(app, card_sum_enough, factor = sum.factor.to_string(), target = sum.rule.target.to_string(), current = current)
    } else {
        tr!(app, card_sum, factor = sum.factor.to_string(), sold = sold, current = current, order = say::rounded(&sum.rule))
    }
}

fn facts(app: App, line: &CardLine) -> impl IntoView + use<> {
    let ordered = coming(line);
    let until = line.said.number().and_then(|number| {
        let until = say::date(app, number.lasts_until(ordered)?);
        Some(if ordered.is_zero() { tr!(app, card_lasts_now, date = until) } else { tr!(app, card_until, date = until) })
    });
    let money = line.current.and_then(|current| {
        let before = line.product.prices.value(current, line.product.size)?;
        let after = line.product.prices.value(current.plus(ordered)?, line.product.size)?;
        Some(tr!(app, card_money, before = say::money(app, before), after = say::money(app, after)))
    });
    let fact = |sign: &'static str, class: &'static str, words: Option<String>| {
        words.map(|words| view! { <li class=class>{icon(sign)}<span>{words}</span></li> })
    };
    let near: Vec<_> = line.near.iter().map(|near| fact("hourglass", "card-near", Some(near_line(app, &line.product, near)))).collect();
    view! { {fact("calendar-check", "", until)}{near}{fact("wallet", "", money)} }
}

/// Ordered and free together.
fn coming(line: &CardLine) -> Units {
    let ordered = line.quantity.and_then(|quantity| line.product.size.total(quantity)).unwrap_or(Units::ZERO);
    ordered.plus(line.free).unwrap_or(ordered)
}

/// `6 cups expire on 28 Nov: to the front, ¥13.50 saved`.
pub fn near_line(app: App, product: &ProductFields, near: &Near) -> String {
    let quantity = say::units(app, product, Units(near.lot.units()));
    let made = near.lot.produced.map(|made| format!(" ({})", tr!(app, lot_made, date = say::date(app, made)))).unwrap_or_default();
    let quantity = format!("{quantity}{made} ");
    let date = near.lot.expires.map(|date| say::date(app, date)).unwrap_or_default();
    if near.is_expired() {
        return tr!(app, card_expired, quantity = quantity, date = date);
    }
    match near.at_risk.filter(|risk| risk.is_positive()).and_then(|risk| Some((risk, near.loss(product.prices, product.size)?))) {
        Some((risk, loss)) => {
            tr!(app, card_near_risk, quantity = quantity, date = date, units = say::exact(risk), loss = say::money(app, loss))
        }
        None => tr!(app, card_near, quantity = quantity, date = date),
    }
}

/// What the card says of one product, as a text to hand on.
fn text_of(app: App, shop: &str, on: NaiveDate, line: &CardLine) -> (String, String) {
    let title = format!("{shop} · {} · {}", say::date(app, on), line.product.name);
    let mut lines = vec![title.clone()];
    if let Some(sum) = line.said.sum().filter(|sum| sum.sold() >= 0) {
        let sold = sum.days.map_or_else(|| tr!(app, card_sold).to_owned(), |days| tr!(app, card_sold_days, days = days));
        let n = say::number;
        let (previous, came, current) = (n(sum.cycle.previous.0), n(sum.cycle.received.0), n(sum.current.0));
        let also = also(app, sum).map(|also| format!(" ({also})")).unwrap_or_default();
        lines.push(format!("{sold}: {previous} + {came} − {current}{also} = {}", n(sum.sold())));
    }
    if let Some(number) = line.said.number() {
        lines.push(said::formula(app, &line.product, number));
    }
    if let Some(quantity) = line.quantity {
        let words = said::ordered(app, &line.product, quantity, line.free);
        lines.push(format!("{}: {words}", tr!(app, card_order)));
    }
    lines.extend(line.near.iter().map(|near| near_line(app, &line.product, near)));
    lines.extend(signature(app));
    (title, lines.join("\n"))
}

/// All products together, where dates are near: what expires, what it saves, what money lies in stock.
fn together(app: App, lines: &[CardLine]) -> impl IntoView + use<> {
    let near = lines.iter().flat_map(|line| line.near.iter().map(move |near| (line, near)));
    let rows: Vec<_> = near
        .map(|(line, near)| {
            let made = near.lot.produced.or(near.lot.expires).map(|date| say::date(app, date)).unwrap_or_default();
            let left = if near.is_expired() { tr!(app, flag_expired).to_owned() } else { near.days_left.to_string() };
            let risk = near.at_risk.filter(|risk| risk.is_positive()).map(say::exact).unwrap_or_default();
            view! {
                <tr class:card-near=near.is_alarm()>
                    <th scope="row">{line.product.name.clone()}</th>
                    <td>{say::units(app, &line.product, Units(near.lot.units()))}</td><td>{made}</td><td>{left}</td><td>{risk}</td>
                </tr>
            }
        })
        .collect();
    // What has expired is lost already.
    let losses = lines.iter().flat_map(|line| {
        line.near.iter().filter(|near| !near.is_expired()).filter_map(|near| near.loss(line.product.prices, line.product.size))
    });
    let saved = losses.fold(Money::ZERO, |sum, loss| sum.plus(loss).unwrap_or(sum));
    let tied = |with_order: bool| {
        let values = lines.iter().filter_map(|line| {
            let ordered = if with_order { coming(line) } else { Units::ZERO };
            line.product.prices.value(line.current?.plus(ordered)?, line.product.size)
        });
        values.fold(Money::ZERO, |sum, value| sum.plus(value).unwrap_or(sum))
    };
    view! {
        <table class="card-table">
            <thead><tr>
                <th scope="col">{tr!(app, near_product)}</th><th scope="col">{tr!(app, near_quantity)}</th><th scope="col">{tr!(app, lot_date)}</th>
                <th scope="col">{tr!(app, near_days)}</th><th scope="col">{tr!(app, near_at_risk)}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
        <ul class="card-facts">
            <li class="card-near">{icon("hourglass")}<span>{tr!(app, card_saves, amount = say::money(app, saved))}</span></li>
            <li>{icon("wallet")}<span>{tr!(app, card_money, before = say::money(app, tied(false)), after = say::money(app, tied(true)))}</span></li>
        </ul>
    }
}
