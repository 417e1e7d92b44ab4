//! Meeting the owner: the pinned note, who decides, what was promised last time, what became of the last order.

use super::page::{Over, Overlay};
use crate::domain::delivery::{self, Came, Whereabouts};
use crate::domain::draft::Step;
use crate::domain::events::Events;
use crate::domain::id::OrderId;
use crate::domain::note;
use crate::domain::order::Order;
use crate::domain::visit::Visit;
use crate::state::app::App;
use crate::state::clock;
use crate::state::visit_room::VisitRoom;
use crate::ui::icon::icon;
use crate::ui::live::{live, words};
use crate::ui::parts::field::{Keyboard, TextField};
use crate::ui::platform;
use crate::ui::say;
use crate::ui::texts::{tr, tx};
use chrono::Days;
use leptos::prelude::*;

/// Orders older than this are not asked about any more, in days.
const ASKED_FOR: u64 = 30;

/// Whether there is anything to say before the shelf.
pub fn has_news(room: VisitRoom) -> bool {
    let fields = &room.customer().fields;
    let texts = [&fields.note, &fields.contact, &fields.salutation, &fields.opening_hours];
    texts.iter().any(|text| !text.is_empty()) || room.events.with_value(|events| !events.visits.is_empty() || !events.orders.is_empty())
}

#[component]
pub fn MeetStep(room: VisitRoom) -> impl IntoView {
    let app = room.app;
    let overlay = expect_context::<Overlay>();
    let shop = room.customer();
    let fields = shop.fields.clone();
    let standing = room.events.with_value(|events| events.standing());
    let who = [&fields.contact, &fields.salutation].into_iter().filter(|text| !text.is_empty()).cloned().collect::<Vec<_>>().join(" · ");
    let call = platform::phone_link("tel", &fields.phone).map(|href| {
        view! { <a class="btn btn-quiet" href=href rel="noreferrer">{icon("phone")}{tx!(app, call)}</a> }
    });
    let hours = (!fields.opening_hours.is_empty()).then(|| fields.opening_hours.clone());
    let has_who = !who.is_empty() || hours.is_some() || call.is_some();
    let last = standing.visits.iter().rev().find(|visit| visit.outcome.is_made()).cloned();
    view! {
        <main class="visit-main visit-main-order">
            <div class="visit-list visit-page meet">
                {(!fields.note.is_empty()).then(|| view! { <p class="pinned">{icon("pin")}<span>{fields.note.clone()}</span></p> })}
                {has_who.then(|| view! {
                    <section class="card meet-who">
                        <span class="row-sign">{icon("user")}</span>
                        <div class="row-words">
                            <span class="row-name">{if who.is_empty() { fields.phone.clone() } else { who }}</span>
                            {hours.map(|hours| view! { <span class="row-why">{live(move || tr!(app, meet_hours, hours = hours.clone()))}</span> })}
                        </div>
                        {call}
                    </section>
                })}
                {promise(app, room, &standing)}
                {last.as_ref().and_then(|last| last_time(app, last))}
                {deliveries(room, overlay, &standing)}
                {last.as_ref().map(|_| closed_days(room))}
                {(!has_news(room)).then(|| view! { <p class="list-note">{tx!(app, meet_nothing)}</p> })}
                <button type="button" class="btn btn-link" on:click=move |_| overlay.show(Over::NotMade)>{icon("door-closed")}{tx!(app, not_made)}</button>
            </div>
        </main>
        <footer class="visit-foot">
            <div class="foot-total"><p>{tx!(app, meet_foot)}</p></div>
            <button type="button" class="btn btn-primary btn-big" on:click=move |_| room.step.set(Step::Shelf)>{tx!(app, to_shelf)}{icon("arrow-right")}</button>
        </footer>
    }
}

/// Days the shop was shut: they do not count as days without sales.
fn closed_days(room: VisitRoom) -> AnyView {
    let app = room.app;
    let wrong = move || room.closed_days.with(|raw| note::days(raw)).err();
    let error = Signal::derive(move || wrong().map(|problem| say::number_problem(app, problem)));
    view! {
        <section class="group meet-closed">
            <TextField
                id="meet-closed"
                label=Signal::derive(move || tr!(app, note_closed).to_owned())
                text=room.closed_days
                on_text=Callback::new(move |typed| room.closed_days.set(typed))
                error
                hint=Signal::derive(move || tr!(app, note_closed_hint).to_owned())
                keyboard=Keyboard::Digits
                suffix=Signal::derive(move || tr!(app, days_word).to_owned())
            />
        </section>
    }
    .into_any()
}

/// The latest promise, and whether its time is over.
fn promise(app: App, room: VisitRoom, standing: &Events) -> Option<impl IntoView + use<>> {
    let visit = standing.visits.iter().rev().find(|visit| !visit.agreed.promise.is_empty())?.clone();
    let (text, due, made) = (visit.agreed.promise.clone(), visit.agreed.promise_due?, visit.on);
    let is_over = due < clock::now() && room.corrects.is_none();
    Some(view! {
        <section class="card meet-promise" class:meet-late=is_over>
            <span class="row-sign" class:row-sign-late=is_over>{icon("handshake")}</span>
            <div class="row-words">
                <span class="row-why">{live(move || tr!(app, meet_promised, date = say::date(app, made)))}</span>
                <span class="row-name">{text}</span>
                <span class="row-why" class:row-why-late=is_over>{live(move || {
                    let due = say::date_time(app, due);
                    if is_over { tr!(app, promise_over, due = due) } else { tr!(app, promise_due, due = due) }
                })}</span>
            </div>
        </section>
    })
}

fn last_time(app: App, last: &Visit) -> Option<AnyView> {
    let on = last.on;
    let heard = [(&last.agreed.opinion, "message-square"), (&last.agreed.competitor, "swords")];
    let heard = heard.into_iter().filter(|(text, _)| !text.is_empty()).map(|(text, sign)| {
        view! { <li>{icon(sign)}<span>{text.clone()}</span></li> }
    });
    let heard: Vec<_> = heard.collect();
    (!heard.is_empty()).then(|| {
        view! {
            <section class="group">
                <h2 class="group-title">{live(move || tr!(app, meet_last, date = say::date(app, on)))}</h2>
                <ul class="heard">{heard}</ul>
            </section>
        }
        .into_any()
    })
}

/// Orders whose goods should be here by now, or are on their way.
fn deliveries(room: VisitRoom, overlay: Overlay, standing: &Events) -> Option<impl IntoView + use<>> {
    let on = room.on;
    let first = on.checked_sub_days(Days::new(ASKED_FOR)).unwrap_or(on);
    let asked = standing.orders.iter().filter(|order| order.on >= first && order.on <= on && order.total().products > 0);
    let rows: Vec<_> = asked.rev().take(3).map(|order| delivery_row(room, overlay, order)).collect();
    let app = room.app;
    (!rows.is_empty()).then(|| {
        view! {
            <section class="group">
                <h2 class="group-title">{icon("truck")}{tx!(app, deliveries)}</h2>
                <ul class="rows">{rows}</ul>
            </section>
        }
    })
}

fn delivery_row(room: VisitRoom, overlay: Overlay, order: &Order) -> impl IntoView + use<> {
    let (app, on) = (room.app, room.on);
    let (taken, total, id) = (order.on, order.total(), order.id);
    let note = room.events.with_value(|events| events.delivery_of(order).cloned());
    let place = delivery::whereabouts(order, note.as_ref(), on);
    // Nobody said yet what became of it.
    let waits = matches!(place, Whereabouts::OnOrder { .. } | Whereabouts::Received { assumed: true, .. });
    let title =
        move || tr!(app, delivery_order, date = say::date(app, taken), products = total.products, amount = say::money(app, total.amount));
    view! {
        <li class="row">
            <span class="row-words">
                <span class="row-name">{words(title)}</span>
                <span class="row-why">{words(move || whereabouts_words(app, place))}</span>
            </span>
            {waits.then(|| view! {
                <button type="button" class="btn" on:click=move |_| confirm(room, id)>{icon("check")}{tx!(app, delivery_in_full)}</button>
            })}
            <button type="button" class="btn btn-quiet" on:click=move |_| {
                // What was typed is on disk before the past is read again.
                leptos::task::spawn_local(async move { room.keep_now().await });
                overlay.show(Over::Delivery(id));
            }>{tx!(app, edit)}</button>
        </li>
    }
}

/// All of it came: one tap.
fn confirm(room: VisitRoom, id: OrderId) {
    let Some(order) = order_of(room, id) else { return };
    leptos::task::spawn_local(async move {
        // What was typed is on disk before the past is read again; a refused write is said by the banner.
        room.keep_now().await;
        let _ = room.app.note_delivery(&order, Came::InFull, false).await;
    });
}

pub fn whereabouts_words(app: App, place: Whereabouts) -> String {
    match place {
        Whereabouts::Cancelled => tr!(app, delivery_cancelled).to_owned(),
        Whereabouts::OnOrder { expected_on } => tr!(app, delivery_expected, date = say::date(app, expected_on)),
        Whereabouts::Received { on, assumed: true, .. } => tr!(app, delivery_assumed, date = say::date(app, on)),
        Whereabouts::Received { on, .. } => tr!(app, delivery_came, date = say::date(app, on)),
    }
}

/// The order a delivery sheet is about.
pub fn order_of(room: VisitRoom, id: OrderId) -> Option<Order> {
    room.events.with_value(|events| events.orders.iter().find(|order| order.id == id).cloned())
}
