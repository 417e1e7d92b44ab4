//! One shop: what a rep needs at its door, the facts, what can be done, and everything that happened.

use super::customers;
use super::not_found::not_found;
use super::start::StartPill;
use super::timeline::Timeline;
use crate::domain::customer::Customer;
use crate::domain::draft_head::Purpose;
use crate::domain::id::CustomerId;
use crate::state::app::App;
use crate::ui::icon::icon;
use crate::ui::live::{When, live, when, words};
use crate::ui::navigation::use_address;
use crate::ui::parts::body::Body;
use crate::ui::parts::head::Heading;
use crate::ui::parts::paper::HandOn;
use crate::ui::parts::place::Places;
use crate::ui::platform;
use crate::ui::root::Wide;
use crate::ui::route::link;
use crate::ui::say;
use crate::ui::texts::{tr, trn, tx};
use crate::ui::visit::not_made::NotMadeSheet;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

#[component]
pub fn CustomerPage(app: App, id: CustomerId) -> impl IntoView {
    let wide = expect_context::<Wide>().0;
    if app.book.with_untracked(|book| book.customer(id).is_none()) {
        return not_found(app).into_any();
    }
    let pane = expect_context::<Places>().pane("customers");
    view! {
        <div class="panes" class:panes-wide=wide>
            <When when=wide><section class="pane-region" aria-label=tx!(app, beside_list)><div class="pane-list" node_ref=pane>{customers::beside(app, id)}</div></section></When>
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
            let fields = &shop.fields;
            let parts = [&fields.salutation, &fields.contact, &fields.area, &fields.address, &fields.code];
            parts.into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" · ")
        })
    };
    let heading =
        if is_page { view! { <Heading app title=name /> }.into_any() } else { view! { <h2 class="detail-title">{name}</h2> }.into_any() };
    let class = move || shop.with(|shop| shop.as_ref().and_then(|shop| shop.fields.class));
    let is_active = Memo::new(move |_| shop.with(|shop| shop.as_ref().is_some_and(|shop| shop.is_active())));
    let note = Signal::derive(move || start_note(app, id));
    view! {
        <header class="detail-head">
            <a href=link("/customers") class="icon-button detail-back" aria-label=tx!(app, back)>{icon("chevron-left")}</a>
            <div class="detail-names"><div class="row-name-line">{heading}{live(move || class().map(|class| view! { <span class="class-chip" data-class=format!("{class:?}")>{say::class_short(app, class)}</span> }))}</div><p>{words(second)}</p></div>
            <HandOn app title=name />
            <a href=link(&format!("/customers/{id}/edit")) class="btn btn-quiet">{icon("pencil")}{tx!(app, edit)}</a>
        </header>
        <Body is_page class="page page-start">
            {live(move || shop.get().map(|shop| notices(app, &shop)))}
            {live(move || shop.get().map(|shop| links(app, &shop)))}
            <Facts app id />
            <Doings app id />
            <Timeline app id />
        </Body>
        <When when=is_active><StartPill app id note /></When>
    }
}

/// What stands above everything: the pinned note, and what makes the shop a special case.
fn notices(app: App, shop: &Arc<Customer>) -> impl IntoView + use<> {
    let id = shop.id;
    let merged = shop.merged_into.and_then(|into| app.book.with_untracked(|book| book.customer(into).cloned()));
    let note = shop.fields.note.clone();
    let act = move |what: Act| {
        spawn_local(async move {
            // A refused write is said by the banner.
            let _ = match what {
                Act::Restore => app.archive_customer(id, false).await,
                Act::Unmerge => app.unmerge_customer(id).await,
            };
        });
    };
    let archived = shop.fields.archived && merged.is_none();
    view! {
        {(!note.is_empty()).then(|| view! { <p class="pinned">{icon("pin")}<span>{note}</span></p> })}
        {merged.map(|into| view! {
            <section class="card notice">
                <p>{live(move || tr!(app, merged_into))}" "<a href=link(&format!("/customers/{}", into.id))>{into.fields.name.clone()}</a></p>
                <button type="button" class="btn" on:click=move |_| act(Act::Unmerge)>{icon("undo-2")}{tx!(app, unmerge)}</button>
            </section>
        })}
        {archived.then(|| view! {
            <section class="card notice">
                <p>{tx!(app, customer_archived)}</p>
                <button type="button" class="btn" on:click=move |_| act(Act::Restore)>{icon("undo-2")}{tx!(app, customer_restore)}</button>
            </section>
        })}
    }
}

#[derive(Clone, Copy)]
enum Act {
    Restore,
    Unmerge,
}

/// What can be done with a shop besides visiting it.
#[component]
fn Doings(app: App, id: CustomerId) -> impl IntoView {
    let not_made = RwSignal::new(false);
    let address = use_address();
    let phone = move |_| {
        spawn_local(async move {
            if let Ok(visit) = app.start_phone_order(id).await {
                address.go(&super::start::visit_path(visit));
            }
        });
    };
    let close = Callback::new(move |()| not_made.set(false));
    let range = move || app.book.with(|book| book.customer(id).map_or(0, |shop| shop.range.len()));
    view! {
        <div class="actions doings">
            <button type="button" class="btn" on:click=move |_| not_made.set(true)>{icon("door-closed")}{tx!(app, not_made)}</button>
            <button type="button" class="btn" on:click=phone>{icon("phone-incoming")}{tx!(app, phone_order)}</button>
            <a class="btn" href=link(&format!("/customers/{id}/stock"))>{icon("chart-line")}{tx!(app, stock_title)}</a>
            <a class="btn" href=link(&format!("/customers/{id}/file"))>{icon("file-text")}{tx!(app, shop_file)}</a>
            <a class="btn" href=link(&format!("/customers/{id}/range"))>{icon("list-checks")}{live(move || tr!(app, range_title))}{live(move || (range() > 0).then(|| format!(" {}", range())))}</a>
        </div>
        {live(move || not_made.get().then(|| {
            let loses = app.open_visits.with_untracked(|visits| visits.values().any(|visit| visit.customer == id && visit.purpose == Purpose::Visit));
            view! { <NotMadeSheet app customer=id loses on_done=close on_close=close /> }
        }))}
    }
}

fn start_note(app: App, id: CustomerId) -> String {
    let last = app.book.with(|book| book.summary(id).and_then(|summary| summary.last_visit_on()));
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
        last.map_or_else(|| tr!(app, none).to_owned(), |order| say::money(app, order.amount))
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
