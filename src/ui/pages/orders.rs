//! The orders of one day on their way to the warehouse: by shop and summed for loading, as text, file and print; what was sent and
//! what has to be sent again.

use crate::domain::dispatch::{Dispatch, How, State};
use crate::domain::id::ProductId;
use crate::domain::loading::{self, Load};
use crate::domain::order::{Order, Total};
use crate::state::app::App;
use crate::state::files::FileCell;
use crate::ui::icon::icon;
use crate::ui::live::{When, live, when, words};
use crate::ui::load::load;
use crate::ui::parts::empty::Empty;
use crate::ui::parts::head::SubPageHead;
use crate::ui::platform::{self, Shared};
use crate::ui::route::link;
use crate::ui::say;
use crate::ui::texts::{tr, trn, tx};
use crate::ui::visit::share::{fields_of, order_lines, signature, total_line};
use crate::ui::visit::words::ordered;
use chrono::{Datelike, Days, NaiveDate};
use leptos::prelude::*;
use leptos::task::spawn_local;

type Out = Vec<(Dispatch, Order)>;

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
    let head = move || format!("{} {}", say::date(app, day), say::weekday(app, day.weekday()));
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

fn sum(orders: &Out) -> Total {
    let mut total = Total::default();
    for line in standing(orders).flat_map(|(_, order)| &order.lines) {
        total.add(line.quantity, line.free, line.amount);
    }
    // The same product at two shops is one product.
    let lines = standing(orders).flat_map(|(_, order)| &order.lines).filter(|line| !line.quantity.is_zero() || !line.free.is_zero());
    let products = lines.map(|line| line.product).collect::<std::collections::BTreeSet<ProductId>>().len();
    Total { products, ..total }
}

/// Without orders that were taken back and only wait to be told so.
fn standing(orders: &Out) -> impl Iterator<Item = &(Dispatch, Order)> {
    orders.iter().filter(|(dispatch, _)| !dispatch.cancelled)
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
        let lines = order.lines.iter().filter(|line| !line.quantity.is_zero() || !line.free.is_zero());
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

fn loads(app: App, orders: &Out) -> Vec<(String, crate::domain::product::ProductFields, Load)> {
    let lines = standing(orders).flat_map(|(_, order)| &order.lines);
    let found = app
        .book
        .with_untracked(|book| loading::sum(lines, |id: ProductId| book.product(id).map_or(i64::MAX, |product| product.fields.place())));
    found
        .into_iter()
        .map(|load| {
            let fields = app.book.with_untracked(|book| book.product(load.product).map(|product| product.fields.clone()));
            let fields = fields.unwrap_or_else(|| crate::domain::product::ProductFields::named(load.product.to_string()));
            (fields.name.clone(), crate::domain::product::ProductFields { size: load.size, ..fields }, load)
        })
        .collect()
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
        platform::save_file(&format!("shelfwise-orders-{day}.csv"), &text);
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

/// The day as a message: by shop, or summed for loading.
fn day_text(app: App, day: NaiveDate, orders: &Out, by_product: bool) -> (String, String) {
    let title = tr!(app, orders_day_title, date = day.to_string());
    let mut parts = vec![title.clone()];
    if by_product {
        parts.extend(
            loads(app, orders)
                .iter()
                .enumerate()
                .map(|(at, (name, fields, load))| format!("{}. {name}  {}", at + 1, say::units_packed(app, fields, load.all))),
        );
    } else {
        for (dispatch, order) in orders.iter().filter(|(dispatch, _)| dispatch.is_unsent()) {
            let shop = app
                .book
                .with_untracked(|book| book.customer(order.customer).map(|shop| (shop.fields.name.clone(), shop.fields.address.clone())));
            let (name, address) = shop.unwrap_or_default();
            let mark = match dispatch.state() {
                _ if dispatch.cancelled => format!(" [{}]", tr!(app, orders_cancelled)),
                State::ToSendAgain(_) => format!(" [{}]", tr!(app, corrected)),
                _ => String::new(),
            };
            parts.push(format!("\n■ {name}{mark} {address}").trim_end().to_owned());
            parts.push(tr!(app, share_number, number = order.number.clone(), date = order.expected_on.to_string()));
            if !dispatch.cancelled {
                parts.extend(order_lines(app, order));
                parts.push(total_line(app, &order.total()));
            }
        }
    }
    parts.push(format!("\n{}", total_line(app, &sum(orders))));
    parts.extend(signature(app));
    (title, parts.join("\n"))
}

/// The day as a CSV file: a row for each line, or for each product.
fn day_file(app: App, orders: &Out, by_product: bool) -> String {
    if by_product {
        let rows = loads(app, orders).into_iter().map(|(name, fields, load)| {
            let packed = load.size.split(load.all);
            vec![
                FileCell::Text(fields.code),
                FileCell::Text(name),
                FileCell::Whole(packed.cases),
                FileCell::Whole(packed.loose),
                FileCell::Whole(load.all.0),
                FileCell::Whole(load.free.0),
            ]
        });
        let heads = [
            tr!(app, field_code),
            tr!(app, product_name),
            tr!(app, file_cases),
            tr!(app, file_loose),
            tr!(app, file_units),
            tr!(app, choice_free),
        ];
        return app.table_file(&heads, rows);
    }
    let rows = standing(orders).flat_map(|(_, order)| {
        let shop = app.book.with_untracked(|book| book.customer(order.customer).cloned());
        let (code, name) = shop.map(|shop| (shop.fields.code.clone(), shop.fields.name.clone())).unwrap_or_default();
        let lines = order.lines.iter().filter(|line| !line.quantity.is_zero() || !line.free.is_zero());
        let rows: Vec<Vec<FileCell>> = lines
            .map(|line| {
                let fields = fields_of(app, line);
                vec![
                    FileCell::Text(order.number.clone()),
                    FileCell::Text(order.on.to_string()),
                    FileCell::Text(order.expected_on.to_string()),
                    FileCell::Text(code.clone()),
                    FileCell::Text(name.clone()),
                    FileCell::Text(fields.code.clone()),
                    FileCell::Text(fields.name.clone()),
                    FileCell::Whole(line.quantity.cases),
                    FileCell::Whole(line.quantity.loose),
                    FileCell::Whole(line.units().0),
                    FileCell::Whole(line.free.0),
                    line.prices.unit.map_or(FileCell::Empty, FileCell::Amount),
                    line.amount.map_or(FileCell::Empty, FileCell::Amount),
                ]
            })
            .collect();
        rows
    });
    let heads = [
        tr!(app, file_number),
        tr!(app, file_date),
        tr!(app, file_expected),
        tr!(app, file_shop_code),
        tr!(app, file_shop),
        tr!(app, field_code),
        tr!(app, product_name),
        tr!(app, file_cases),
        tr!(app, file_loose),
        tr!(app, file_units),
        tr!(app, choice_free),
        tr!(app, product_unit_price),
        tr!(app, file_amount),
    ];
    app.table_file(&heads, rows)
}
