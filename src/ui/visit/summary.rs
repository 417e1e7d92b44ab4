//! A finished visit: the receipt, what comes next. Shown right after finishing and ever after from the shop's history.

use super::card::{CardLine, OwnerCard};
use super::share::{ShareButton, order_text};
use crate::domain::id::VisitId;
use crate::domain::order::{Order, OrderLine};
use crate::domain::product::ProductFields;
use crate::domain::suggestion;
use crate::domain::today;
use crate::domain::visit::{Visit, VisitLine};
use crate::state::app::App;
use crate::ui::icon::icon;
use crate::ui::live::{When, live, words};
use crate::ui::load::load;
use crate::ui::pages::not_found::not_found;
use crate::ui::pages::today::StartPill;
use crate::ui::parts::head::Heading;
use crate::ui::platform;
use crate::ui::route::link;
use crate::ui::say;
use crate::ui::texts::{tr, trn, tx};
use chrono::{Datelike, NaiveDate};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Receipt lines drawn before "more".
const FIRST_LINES: usize = 6;

#[component]
pub fn SummaryPage(app: App, id: VisitId) -> impl IntoView {
    let found = load(move || async move { app.finished_visit(id).await.ok().flatten() });
    live(move || match found.get() {
        None => view! { <p class="opening" role="status">{tx!(app, loading)}</p> }.into_any(),
        Some(None) => not_found(app).into_any(),
        Some(Some((visit, order))) => view! { <Finished app visit order /> }.into_any(),
    })
}

#[component]
fn Finished(app: App, visit: Visit, order: Option<Order>) -> impl IntoView {
    let shop = app.book.with_untracked(|book| book.customer(visit.customer).map(|shop| shop.fields.name.clone())).unwrap_or_default();
    let minutes = (visit.finished - visit.started).num_minutes();
    let (on, finished, customer) = (visit.on, visit.finished, visit.customer);
    let (counted, range) = (visit.lines.len(), visit.range);
    let title = Signal::derive(move || match minutes {
        _ if on != app.today.get() => tr!(app, done_past_title, date = say::date(app, on)),
        1..=720 => trn!(app, done_title | done_title_single, count = minutes),
        _ => tr!(app, done_title_short).to_owned(),
    });
    let second = move || {
        let saved = tr!(app, done_saved, time = say::time(finished));
        format!("{saved} · {}", tr!(app, done_counted, counted = counted, range = range))
    };
    let card = RwSignal::new(false);
    let cards = card_lines(app, &visit, order.as_ref());
    let (card_shop, text_shop, text_order) = (shop.clone(), shop.clone(), order.clone());
    let text = Signal::derive(move || {
        text_order.as_ref().map(|order| order_text(app, &text_shop, order, |line| fields_of(app, line))).unwrap_or_default()
    });
    let has_order = order.as_ref().is_some_and(|order| order.total().products > 0);
    let counts = visit.lines.clone();
    let back = format!("/customers/{customer}");
    view! {
        <header class="page-head page-head-sub">
            <a href=link(&back) class="icon-button" aria-label=tx!(app, back)>{icon("chevron-left")}</a>
            <p class="head-shop">{shop}</p>
        </header>
        <main class="page page-start done">
            <section class="done-head">
                <span class="done-tick">{icon("check")}</span>
                <div><Heading app title /><p role="status">{words(second)}</p></div>
            </section>
            {order.map(|order| view! { <Receipt app order /> })}
            <When when=move || !has_order><p class="card">{tx!(app, done_no_order)}</p></When>
            <div class="actions">
                <button type="button" class="btn" on:click=move |_| card.set(true)>{icon("presentation")}{tx!(app, show_owner)}</button>
                <When when=move || has_order><ShareButton app text /></When>
                <button type="button" class="btn" on:click=|_| platform::print()>{icon("printer")}{tx!(app, print)}</button>
            </div>
            <NextVisit app customer visit_on=on />
            <Counts app lines=counts />
        </main>
        <NextShop app />
        <When when=move || card.get()>
            <OwnerCard app shop=card_shop.clone() on lines=cards.clone() start=0 on_close=move |()| card.set(false) />
        </When>
    }
}

fn fields_of(app: App, line: &OrderLine) -> ProductFields {
    let known = app.book.with_untracked(|book| book.product(line.product).map(|product| product.fields.clone()));
    let fields = known.unwrap_or_else(|| ProductFields::named(line.product.to_string()));
    // The receipt keeps the case size and prices of its day.
    ProductFields { size: line.size, prices: line.prices, ..fields }
}

fn card_lines(app: App, visit: &Visit, order: Option<&Order>) -> Vec<CardLine> {
    let ordered = |product| order.and_then(|order| order.lines.iter().find(|line| line.product == product));
    let mut cards: Vec<CardLine> = visit
        .lines
        .iter()
        .map(|line| {
            let of = ordered(line.product);
            let known = app.book.with_untracked(|book| book.product(line.product).map(|product| product.fields.clone()));
            let fields = known.unwrap_or_else(|| ProductFields::named(line.product.to_string()));
            let prices = of.map_or(fields.prices, |of| of.prices);
            let said = suggestion::as_it_was(visit, line);
            let none = said.order().filter(|order| order.is_zero()).map(|_| Default::default());
            CardLine {
                id: line.product,
                product: ProductFields { size: line.size, prices, ..fields },
                sum: said.sum().copied(),
                current: line.count.current(line.size),
                quantity: of.map(|of| of.quantity).or(none),
                amount: of.and_then(|of| of.amount),
            }
        })
        .collect();
    let uncounted =
        order.into_iter().flat_map(|order| &order.lines).filter(|line| visit.lines.iter().all(|counted| counted.product != line.product));
    cards.extend(uncounted.map(|line| CardLine {
        id: line.product,
        product: fields_of(app, line),
        sum: None,
        current: None,
        quantity: Some(line.quantity),
        amount: line.amount,
    }));
    super::card::in_order(cards)
}

#[component]
fn Receipt(app: App, order: Order) -> impl IntoView {
    let total = order.total();
    let all = RwSignal::new(order.lines.len() <= FIRST_LINES + 1);
    let hidden = order.lines.len().saturating_sub(FIRST_LINES);
    let lines = StoredValue::new(order.lines);
    let rows = move || {
        let shown = if all.get() { usize::MAX } else { FIRST_LINES };
        lines.with_value(|lines| lines.iter().take(shown).map(|line| receipt_row(app, line)).collect_view())
    };
    let products = move || {
        format!("{} · {}", trn!(app, total_products | total_products_single, count = total.products), say::total_packed(app, &total))
    };
    view! {
        <section class="card receipt">
            <table><tbody>{live(rows)}</tbody></table>
            <When when=move || !all.get()>
                <button type="button" class="btn btn-link" on:click=move |_| all.set(true)>
                    {live(move || trn!(app, done_more_lines | done_more_lines_single, count = hidden))}{icon("chevron-down")}
                </button>
            </When>
            <p class="receipt-total"><span>{words(products)}</span><strong>{say::money(total.amount)}</strong></p>
            <When when=move || { total.unpriced > 0 }>
                <p class="field-hint">{live(move || trn!(app, total_unpriced | total_unpriced_single, count = total.unpriced))}</p>
            </When>
        </section>
    }
}

fn receipt_row(app: App, line: &OrderLine) -> impl IntoView + use<> {
    let fields = fields_of(app, line);
    let changed = line.suggested.filter(|suggested| *suggested != line.units());
    let old = changed.map(|old| if old.is_zero() { tr!(app, none_needed).to_owned() } else { say::units_packed(app, &fields, old) });
    let now = if line.quantity.is_zero() { tr!(app, none_needed).to_owned() } else { say::packed(app, &fields, line.quantity) };
    let reason = line.reason.map(|reason| match line.note.as_str() {
        "" => say::reason(app, reason).to_owned(),
        note => note.to_owned(),
    });
    let amount = line.amount.map_or_else(String::new, |amount| format!("{:.2}", amount.0));
    view! {
        <tr>
            <th scope="row">{fields.name.clone()}{reason.map(|reason| view! { <small>{reason}</small> })}</th>
            <td>{old.map(|old| view! { <s>{old}</s>" " })}<strong>{now}</strong></td>
            <td>{amount}</td>
        </tr>
    }
}

/// When the shop is due again; the date can be agreed otherwise.
#[component]
fn NextVisit(app: App, customer: crate::domain::id::CustomerId, visit_on: NaiveDate) -> impl IntoView {
    let editing = RwSignal::new(false);
    let problem = RwSignal::new(false);
    let due = Memo::new(move |_| {
        app.book.with(|book| {
            let summary = book.summary(customer)?;
            (summary.last_visit_on == visit_on).then_some((summary.next_due, book.customer(customer)?.fields.route_day))
        })
    });
    let date_words =
        move |(due, _): (NaiveDate, _)| tr!(app, done_next, date = say::date(app, due), day = say::weekday(app, due.weekday()));
    let why = move |(due, route): (NaiveDate, Option<chrono::Weekday>)| {
        let days = (due - visit_on).num_days();
        match route.filter(|route| *route == due.weekday()) {
            Some(route) => tr!(app, done_next_why_route, day = say::weekday(app, route), count = days),
            None => trn!(app, done_next_why | done_next_why_single, count = days),
        }
    };
    let choose = move |typed: String| {
        let Ok(date) = typed.parse::<NaiveDate>() else { return };
        problem.set(date <= app.today.get_untracked());
        if date > app.today.get_untracked() {
            spawn_local(async move {
                // A refused write is said by the banner, and the old date stays on screen.
                if app.set_next_visit(customer, date).await.is_ok() {
                    editing.try_set(false);
                }
            });
        }
    };
    view! {
        {live(move || due.get().map(|due| view! {
            <section class="next-visit">
                <span class="row-sign">{icon("calendar-days")}</span>
                <div class="row-words"><span class="row-name">{date_words(due)}</span><span class="row-why">{why(due)}</span></div>
                <button type="button" class="btn btn-quiet" aria-label=tx!(app, done_next_change) on:click=move |_| editing.update(|editing| *editing = !*editing)>
                    {tx!(app, edit)}
                </button>
                <When when=move || editing.get()>
                    <input
                        type="date"
                        class="input"
                        aria-label=tx!(app, done_next_change)
                        aria-invalid=words(move || problem.get().to_string())
                        prop:value=due.0.to_string()
                        on:change:target=move |event| choose(event.target().value())
                    />
                    <When when=move || problem.get()><p class="field-hint field-error" role="alert">{tx!(app, done_next_past)}</p></When>
                </When>
            </section>
        }))}
    }
}

/// What was counted, as it was.
#[component]
fn Counts(app: App, lines: Vec<VisitLine>) -> impl IntoView {
    let rows = StoredValue::new(lines);
    let row = move |line: &VisitLine| {
        let known = app.book.with_untracked(|book| book.product(line.product).map(|product| product.fields.clone()));
        let fields = ProductFields { size: line.size, ..known.unwrap_or_else(|| ProductFields::named(line.product.to_string())) };
        let current = line.count.current(line.size).unwrap_or_default();
        let back = say::number(current.0 - line.count.front.0);
        let places = tr!(app, why_current_note, front = say::number(line.count.front.0), back = back);
        view! { <tr><th scope="row">{fields.name.clone()}</th><td>{places}</td><td><strong>{say::units(app, &fields, current)}</strong></td></tr> }
    };
    let count = rows.with_value(Vec::len);
    (count > 0).then(|| {
        view! {
            <details class="group counts">
                <summary class="group-title">{icon("chevron-right")}{tx!(app, done_counts)}<span class="group-count">{count}</span></summary>
                <table>
                    <tbody>{live(move || rows.with_value(|lines| lines.iter().map(row).collect_view()))}</tbody>
                </table>
            </details>
        }
    })
}

/// The pill to the next shop of the day.
#[component]
fn NextShop(app: App) -> impl IntoView {
    let next = Memo::new(move |_| {
        app.book.with(|book| today::plan(book, app.today.get()).next().map(|row| (row.id(), row.customer.fields.name.clone())))
    });
    move || {
        next.get().map(|(id, name)| {
            let note = Signal::derive(move || tr!(app, done_next_shop, name = name.clone()));
            view! { <StartPill app id note /> }
        })
    }
}
