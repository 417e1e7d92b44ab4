//! The orders of one day on their way to the warehouse: by shop and summed for loading; what was sent and what has to be sent again.

use super::orders_out::{Out, day_file, day_text, loads, sum};
use crate::domain::dispatch::{Dispatch, How, State};
use crate::domain::order::Order;
use crate::state::app::App;
use crate::ui::icon::icon;
use crate::ui::live::{When, live, when, words};
use crate::ui::load::load;
use crate::ui::parts::empty::Empty;
use crate::ui::parts::head::SubPageHead;
use crate::ui::platform::{self, Shared};
use crate::ui::route::link;
use crate::ui::say;
use crate::ui::texts::{tr, trn, tx};
use crate::ui::visit::share::{fields_of, signature};
use crate::ui::visit::words::ordered;
use chrono::{Days, NaiveDate};
use leptos::prelude::*;
use leptos::task::spawn_local;

#[component]
pub fn OrdersPage(app: App, day: NaiveDate) -> impl IntoView {
    let changed = RwSignal::new(0_u32);
    let found = load(move || {
        // Sent from another tab, or a visit finished meanwhile.
        changed.track();
        app.book.with(|book| book.unsent().len());
        async move { app.orders_of(day).await.unwrap_or_default() }
    });
    let orders = Memo::new(move |_| found.get());
    let by_product = RwSignal::new(false);
    let title = Signal::derive(move || tr!(app, orders_title).to_owned());
    let other = |by: i64| {
        let shifted = if by < 0 { day.checked_sub_days(Days::new(1)) } else { day.checked_add_days(Days::new(1)) };
        link(&format!("/orders/{}", shifted.unwrap_or(day)))
    };
    let head = move || say::day(app, day);
    let total = move || orders.with(|orders| orders.as_ref().map(sum).unwrap_or_default());
    let body = move || {
        let Some(orders) = orders.get() else { return ().into_any() };
        if orders.is_empty() {
            let text = Signal::derive(move || tr!(app, orders_empty_text).to_owned());
            return view! { <Empty title=Signal::derive(move || tr!(app, orders_empty).to_owned()) text /> }.into_any();
        }
        if by_product.get() { loading_list(app, &orders).into_any() } else { shops(app, orders, changed).into_any() }
    };
    let tab = move |products: bool, name: fn(App) -> &'static str| {
        view! {
            <button type="button" class="filter" aria-pressed=words(move || (by_product.get() == products).to_string()) on:click=move |_| by_product.set(products)>
                {live(move || name(app))}
            </button>
        }
    };
    view! {
        <SubPageHead app back="/more" title />
        <main class="page orders">
            <div class="orders-day">
                <a class="icon-button" href=other(-1) aria-label=tx!(app, day_before)>{icon("chevron-left")}</a>
                <h2>{words(head)}</h2>
                <a class="icon-button" href=other(1) aria-label=tx!(app, day_after)>{icon("chevron-right")}</a>
            </div>
            <When when=move || orders.with(|orders| orders.as_ref().is_some_and(|orders| !orders.is_empty()))>
                <p class="orders-total"><strong>{live(move || say::money(app, total().amount))}</strong><span>{live(move || {
                    let orders = orders.with(|orders| orders.as_ref().map_or(0, Vec::len));
                    format!("{} · {}", trn!(app, orders_count | orders_count_single, count = orders), say::total_packed(app, &total()))
                })}</span></p>
                <div class="orders-tabs" role="group" aria-label=tx!(app, orders_title)>
                    {tab(false, |app| tr!(app, orders_by_shop))}{tab(true, |app| tr!(app, orders_by_product))}
                </div>
            </When>
            {live(body)}
            {move || signature(app).map(|who| view! { <p class="print-only">{who}</p> })}
        </main>
        <When when=move || orders.with(|orders| orders.as_ref().is_some_and(|orders| !orders.is_empty()))>
            <Send app day orders by_product changed />
        </When>
    }
}

fn state_chip(app: App, dispatch: &Dispatch) -> AnyView {
    let (class, sign, words) = match dispatch.state() {
        _ if dispatch.cancelled && dispatch.is_unsent() => ("chip chip-late", "circle-alert", tr!(app, orders_cancelled).to_owned()),
        State::Draft => ("chip chip-near", "send", tr!(app, orders_draft).to_owned()),
        State::ToSendAgain(before) => ("chip chip-late", "circle-alert", tr!(app, orders_again, time = say::date_time(app, before.at))),
        State::Sent(sent) => {
            ("chip chip-plain", "check", tr!(app, orders_sent, time = say::date_time(app, sent.at), how = say::how(app, sent.how)))
        }
    };
    view! { <span class=class>{icon(sign)}{words}</span> }.into_any()
}

/// Each shop's order with its lines.
fn shops(app: App, orders: Out, changed: RwSignal<u32>) -> impl IntoView {
    let shop_name = move |order: &Order| {
        app.book.with_untracked(|book| book.customer(order.customer).map(|shop| shop.fields.name.clone())).unwrap_or_default()
    };
    let row = move |(dispatch, order): (Dispatch, Order)| {
        let name = shop_name(&order);
        let (customer, visit, number, expected, total) =
            (order.customer, order.visit, order.number.clone(), order.expected_on, order.total());
        let href = visit.map_or_else(|| format!("/customers/{customer}"), |visit| format!("/visits/{visit}"));
        let lines = order.lines.iter().filter(|line| line.goes_out());
        let lines = lines.map(|line| {
            let fields = fields_of(app, line);
            let amount = line.amount.map_or_else(String::new, |amount| format!("{:.2}", amount.0));
            view! { <tr><th scope="row">{fields.name.clone()}</th><td>{ordered(app, &fields, line.quantity, line.free)}</td><td>{amount}</td></tr> }
        });
        let lines = lines.collect_view();
        let is_sent = !dispatch.is_unsent();
        let way = dispatch.clone();
        let flip = move |_| {
            let way = way.clone();
            spawn_local(async move {
                let written = if is_sent { app.mark_unsent(way).await } else { app.mark_sent(vec![way], How::Told).await };
                // A refused write is said by the banner.
                if written.is_ok() {
                    changed.update(|count| *count += 1);
                }
            });
        };
        view! {
            <li class="card receipt out-order">
                <header class="out-head">
                    <a href=link(&href)><strong>{name}</strong></a>
                    {live(move || state_chip(app, &dispatch))}
                    <p>{live(move || tr!(app, share_number, number = number.clone(), date = say::date(app, expected)))}</p>
                </header>
                <table><tbody>{lines}</tbody></table>
                <p class="receipt-total"><span>{live(move || say::total_packed(app, &total))}</span><strong>{live(move || say::money(app, total.amount))}</strong></p>
                <button type="button" class="btn btn-link no-print" on:click=flip>{live(move || if is_sent { tr!(app, orders_unmark) } else { tr!(app, orders_mark) })}</button>
            </li>
        }
    };
    view! { <ul class="out-orders">{orders.into_iter().map(row).collect_view()}</ul> }
}

/// Summed by product, for loading the van.
fn loading_list(app: App, orders: &Out) -> impl IntoView + use<> {
    let rows = loads(app, orders).into_iter().map(|(name, fields, load)| {
        let free = (!load.free.is_zero()).then(|| tr!(app, free_of_it, quantity = say::units_packed(app, &fields, load.free)));
        view! {
            <tr>
                <th scope="row">{name}{free.map(|free| view! { <small>{free}</small> })}</th>
                <td><strong>{say::units_packed(app, &fields, load.all)}</strong></td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! { <section class="card receipt"><table><tbody>{rows}</tbody></table></section> }
}

/// Handing the list on: a messenger, a file, paper. What was handed on counts as sent.
#[component]
fn Send(app: App, day: NaiveDate, orders: Memo<Option<Out>>, by_product: RwSignal<bool>, changed: RwSignal<u32>) -> impl IntoView {
    let note = RwSignal::new(None::<&'static str>);
    let unsent = move || {
        orders.with(|orders| {
            orders.iter().flatten().filter(|(dispatch, _)| dispatch.is_unsent()).map(|(dispatch, _)| dispatch.clone()).collect::<Vec<_>>()
        })
    };
    let sent = move |how: How| {
        let waiting = untrack(unsent);
        spawn_local(async move {
            if app.mark_sent(waiting, how).await.is_ok() {
                changed.update(|count| *count += 1);
            }
        });
    };
    let share = move |_| {
        let orders = orders.get_untracked().unwrap_or_default();
        let products = by_product.get_untracked();
        let (title, text) = untrack(|| day_text(app, day, &orders, products));
        spawn_local(async move {
            match platform::share(&title, &text).await {
                Shared::Sent | Shared::Copied if products => note.set(Some("shared")),
                Shared::Sent | Shared::Copied => sent(How::Text),
                Shared::Cancelled => {}
                Shared::Failed => note.set(Some("failed")),
            }
        });
    };
    let file = move |_| {
        let orders = orders.get_untracked().unwrap_or_default();
        let products = by_product.get_untracked();
        let text = untrack(|| day_file(app, &orders, products));
        platform::save_text(&format!("shelfwise-orders-{day}.csv"), &text);
        if !products {
            sent(How::File);
        }
    };
    let print = move |_| {
        platform::print();
        if !by_product.get_untracked() {
            sent(How::Print);
        }
    };
    let waiting = move || unsent().len();
    view! {
        <footer class="visit-foot orders-foot no-print">
            <div class="foot-total">
                <p><strong>{live(move || match waiting() {
                    0 => tr!(app, orders_all_sent).to_owned(),
                    count => trn!(app, unsent_count | unsent_count_single, count = count),
                })}</strong></p>
                <p role="status">{live(move || match note.get() {
                    Some("failed") => tr!(app, share_failed_short),
                    Some(_) => tr!(app, orders_shared),
                    None => tr!(app, orders_send_hint),
                })}</p>
            </div>
            <button type="button" class="btn" on:click=print aria-label=tx!(app, print)>{icon("printer")}</button>
            <button type="button" class="btn" on:click=file aria-label=tx!(app, orders_file)>{icon("download")}</button>
            <button type="button" class="btn btn-primary btn-big" disabled=when(move || orders.with(Option::is_none)) on:click=share>{icon("share-2")}{tx!(app, share)}</button>
        </footer>
    }
}
