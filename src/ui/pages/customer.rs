//! One shop: what a rep needs at its door, the facts, and everything that happened.

use super::customers;
use super::not_found::not_found;
use super::today::StartPill;
use crate::domain::customer::Customer;
use crate::domain::id::CustomerId;
use crate::domain::order::Order;
use crate::domain::sorting;
use crate::domain::visit::Visit;
use crate::state::app::App;
use crate::ui::icon::icon;
use crate::ui::live::{When, live, when, words};
use crate::ui::load::load;
use crate::ui::parts::body::Body;
use crate::ui::parts::empty::Empty;
use crate::ui::parts::head::Heading;
use crate::ui::platform;
use crate::ui::root::Wide;
use crate::ui::route::link;
use crate::ui::say;
use crate::ui::texts::{tr, trn, tx};
use chrono::Datelike;
use leptos::prelude::*;
use std::sync::Arc;

/// Visits drawn before "earlier".
const FIRST_VISITS: usize = 12;

#[component]
pub fn CustomerPage(app: App, id: CustomerId) -> impl IntoView {
    let wide = expect_context::<Wide>().0;
    if app.book.with_untracked(|book| book.customer(id).is_none()) {
        return not_found(app).into_any();
    }
    view! {
        <div class="panes" class:panes-wide=wide>
            <When when=wide><section class="pane-list" aria-label=tx!(app, beside_list)>{customers::beside(app, id)}</section></When>
            <div class="pane-detail"><CustomerDetail app id is_page=true /></div>
        </div>
    }
    .into_any()
}

/// The shop itself. `is_page` says whether its name is the page's heading.
#[component]
pub fn CustomerDetail(app: App, id: CustomerId, is_page: bool) -> impl IntoView {
    let shop = Memo::new(move |_| app.book.with(|book| book.customer(id).cloned()));
    let name = Signal::derive(move || shop.with(|shop| shop.as_ref().map(|shop| shop.fields.name.clone()).unwrap_or_default()));
    let second = move || {
        shop.with(|shop| {
            let Some(shop) = shop else { return String::new() };
            let parts = [&shop.fields.area, &shop.fields.address, &shop.fields.code];
            parts.into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" · ")
        })
    };
    let heading =
        if is_page { view! { <Heading app title=name /> }.into_any() } else { view! { <h2 class="detail-title">{name}</h2> }.into_any() };
    let note = Signal::derive(move || start_note(app, id));
    view! {
        <header class="detail-head">
            <a href=link("/customers") class="icon-button detail-back" aria-label=tx!(app, back)>{icon("chevron-left")}</a>
            <div class="detail-names">{heading}<p>{words(second)}</p></div>
            <a href=link(&format!("/customers/{id}/edit")) class="btn btn-quiet">{icon("pencil")}{tx!(app, edit)}</a>
        </header>
        <Body is_page class="page page-start">
            {live(move || shop.get().map(|shop| links(app, &shop)))}
            <Facts app id />
            <Timeline app id />
        </Body>
        <StartPill app id note />
    }
}

fn start_note(app: App, id: CustomerId) -> String {
    let last = app.book.with(|book| book.summary(id).map(|summary| summary.last_visit_on));
    match last {
        None => tr!(app, start_first).to_owned(),
        Some(last) => match (app.today.get() - last).num_days() {
            0 => tr!(app, start_today).to_owned(),
            days => trn!(app, start_last | start_last_single, count = days, date = say::date(app, last)),
        },
    }
}

/// Call, text, map: each only where the shop has what it needs.
fn links(app: App, shop: &Arc<Customer>) -> impl IntoView + use<> {
    let link = |href: Option<String>, sign, words: AnyView| {
        href.map(|href| view! { <a class="btn" href=href rel="noreferrer">{icon(sign)}{words}</a> })
    };
    let fields = &shop.fields;
    let call = link(platform::phone_link("tel", &fields.phone), "phone", tx!(app, call).into_any());
    let map = link(platform::map_link(&fields.address), "navigation", tx!(app, navigate).into_any());
    let sms = link(platform::phone_link("sms", &fields.phone), "message-square", tx!(app, sms).into_any());
    (call.is_some() || map.is_some()).then(|| view! { <div class="actions">{call}{map}{sms}</div> })
}

#[component]
fn Facts(app: App, id: CustomerId) -> impl IntoView {
    let next = move || match app.book.with(|book| book.next_due(id)) {
        None => tr!(app, not_planned).to_owned(),
        Some(due) if due == app.today.get() => tr!(app, due_today).to_owned(),
        Some(due) => say::date(app, due),
    };
    let late = move || app.book.with(|book| book.next_due(id)).is_some_and(|due| due < app.today.get());
    let route = move || {
        app.book.with(|book| book.customer(id).map(|shop| (shop.fields.route_day, shop.fields.cycle.days()))).map(
            |(day, cycle)| match day {
                Some(day) => tr!(app, every_weekday, day = say::weekday(app, day)),
                None => trn!(app, every_days | every_days_single, count = cycle),
            },
        )
    };
    let visits = move || {
        let visits = app.book.with(|book| book.summary(id).map_or(0, |summary| summary.visits));
        trn!(app, visits_count | visits_count_single, count = visits)
    };
    let order = move || {
        let last = app.book.with(|book| book.summary(id).and_then(|summary| summary.last_order));
        last.map_or_else(|| tr!(app, none).to_owned(), |order| say::money(order.amount))
    };
    view! {
        <dl class="facts">
            <div><dt>{tx!(app, next_label)}</dt><dd class:fact-late=when(late)>{words(next)}</dd></div>
            <div><dt>{tx!(app, route_label)}</dt><dd>{live(route)}</dd></div>
            <div><dt>{tx!(app, visits_label)}</dt><dd>{words(visits)}</dd></div>
            <div><dt>{tx!(app, last_order_label)}</dt><dd>{words(order)}</dd></div>
        </dl>
    }
}

/// Visits and orders, newest first, read from disk when the shop is opened and after each change to it.
#[component]
fn Timeline(app: App, id: CustomerId) -> impl IntoView {
    let rev = Memo::new(move |_| app.book.with(|book| book.summary(id).map(|summary| summary.envelope.rev)));
    let events = load(move || {
        rev.track();
        async move { app.events(id).await.unwrap_or_default() }
    });
    let shown = RwSignal::new(FIRST_VISITS);
    let visits = move || {
        events.get().map(|events| {
            let mut visits = sorting::by_key(events.visits, |visit| (0, visit.envelope.stamp.sortable()));
            visits.reverse();
            let order_of = |visit: &Visit| events.orders.iter().find(|order| Some(order.id) == visit.order).cloned();
            let earlier = visits.len().saturating_sub(shown.get());
            let rows = visits.iter().take(shown.get()).map(|visit| timeline_row(app, visit, order_of(visit).as_ref())).collect_view();
            if visits.is_empty() {
                return view! {
                    <Empty
                        title=Signal::derive(move || tr!(app, timeline_empty_title).to_owned())
                        text=Signal::derive(move || tr!(app, timeline_empty_text).to_owned())
                    />
                }
                .into_any();
            }
            view! {
                <ol class="timeline">{rows}</ol>
                {(earlier > 0).then(|| view! {
                    <button type="button" class="btn btn-link" on:click=move |_| shown.update(|shown| *shown += 52)>
                        {live(move || trn!(app, timeline_more | timeline_more_single, count = earlier))}
                    </button>
                })}
            }
            .into_any()
        })
    };
    view! {
        <section class="group">
            <h2 class="group-title">{tx!(app, timeline)}</h2>
            {live(visits)}
        </section>
    }
}

fn timeline_row(app: App, visit: &Visit, order: Option<&Order>) -> impl IntoView + use<> {
    let total = order.map(Order::total).filter(|total| total.products > 0);
    let (counted, range, on) = (visit.lines.len(), visit.range, visit.on);
    let title = move || match total {
        Some(total) => tr!(app, timeline_order, products = total.products, amount = say::money(total.amount)),
        None => tr!(app, timeline_no_order).to_owned(),
    };
    view! {
        <li>
            <a href=link(&format!("/visits/{}", visit.id)) class="timeline-row">
                <span class="timeline-sign">{icon("clipboard-check")}</span>
                <span class="row-words">
                    <span class="row-name">{words(title)}</span>
                    <span class="row-why">{live(move || tr!(app, timeline_counted, counted = counted, range = range))}</span>
                </span>
                <span class="timeline-date">{live(move || format!("{} {}", say::date(app, on), say::weekday(app, on.weekday())))}</span>
            </a>
        </li>
    }
}
