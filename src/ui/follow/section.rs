//! Following up on a shop's page: contacts in two taps, what is promised and how often promises were kept.

use super::contact_tiles::ContactTiles;
use super::offer_bar::{Of, OfferBar};
use super::promise_moves::{Moves, PromiseSheet};
use super::promise_row::{Named, promise_row};
use super::promises_page::rate_words;
use crate::domain::channel::Channel;
use crate::domain::id::CustomerId;
use crate::domain::promise::{Promise, Rate};
use crate::domain::sorting;
use crate::state::app::App;
use crate::ui::icon::icon;
use crate::ui::live::{live, words as text_of};
use crate::ui::load::load;
use crate::ui::route::link;
use crate::ui::texts::tx;
use leptos::prelude::*;

/// Ended promises shown under the open ones.
const ENDED: usize = 3;

/// What a tap on a link to a shop's number remembers: when the rep is back, the contact is offered to be noted.
pub fn on_link(app: App, shop: CustomerId, channel: Channel) -> impl Fn(web_sys::MouseEvent) + Copy {
    move |_| app.link_opened(shop, None, channel)
}

/// Contacts and promises.
#[component]
pub fn FollowSection(app: App, id: CustomerId) -> impl IntoView {
    let day = app.day();
    let all = load(move || {
        let _ = day.contacts.get();
        async move { app.promises_at(id).await.unwrap_or_default() }
    });
    let moves = Moves::new();
    let open = moves.opener();
    let rate = Memo::new(move |_| all.with(|all| all.as_ref().map(Rate::of)));
    let rows = move || {
        all.with(|all| {
            let all = all.as_ref()?;
            let waiting: Vec<Promise> = all.iter().filter(|promise| promise.is_open()).cloned().collect();
            let ended: Vec<Promise> = all.iter().filter(|promise| promise.end.is_some() && !promise.envelope.deleted).cloned().collect();
            let waiting = sorting::by_key(waiting, |promise: &Promise| {
                (promise.deadline().unwrap_or(promise.made).and_utc().timestamp(), promise.id.to_string())
            });
            let ended = sorting::by_key(ended, |promise: &Promise| {
                (promise.end.as_ref().map_or(0, |end| -end.at.and_utc().timestamp()), promise.id.to_string())
            });
            let none = waiting.is_empty() && ended.is_empty();
            let drawn = untrack(|| {
                waiting.iter().chain(ended.iter().take(ENDED)).map(|promise| promise_row(app, promise, Named::No, open)).collect_view()
            });
            Some(view! {
                <ul class="rows promises">{drawn}</ul>
                {none.then(|| view! { <p class="list-note">{tx!(app, promises_none_here)}</p> })}
            })
        })
    };
    view! {
        <OfferBar app of=Of::Shop(id) />
        <section class="group follow-contacts">
            <h2 class="group-title">{tx!(app, touch_section)}</h2>
            <ContactTiles app shop=id />
            <a class="btn btn-link" href=link(&format!("/customers/{id}/contacts"))>{icon("history")}{tx!(app, touch_all)}</a>
        </section>
        <section class="group follow-promises">
            <h2 class="group-title">{tx!(app, promises_title)}<span class="group-count">{live(move || rate.get().filter(|rate| rate.percent().is_some()).map(|rate| text_of(move || rate_words(app, rate))))}</span></h2>
            {live(rows)}
            <a class="btn" href=link(&format!("/customers/{id}/promise"))>{icon("handshake")}{tx!(app, promise_new)}</a>
        </section>
        <PromiseSheet app moves />
    }
}
