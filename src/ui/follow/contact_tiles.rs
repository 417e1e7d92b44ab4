//! A contact in two taps: a tile says what happened and notes it at once; the line below says so and takes it back.

use super::words::{channel_sign, outcome};
use crate::domain::channel::Channel;
use crate::domain::id::{CustomerId, TouchId};
use crate::domain::touch::TouchOutcome;
use crate::state::app::App;
use crate::state::touches::Tile;
use crate::ui::icon::icon;
use crate::ui::live::{live, words};
use crate::ui::route::link;
use crate::ui::texts::{tr, tx};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What is tapped most.
const TILES: [Tile; 5] = [
    Tile { channel: Channel::Phone, outcome: TouchOutcome::Reached },
    Tile { channel: Channel::Phone, outcome: TouchOutcome::NoAnswer },
    Tile { channel: Channel::Sms, outcome: TouchOutcome::Left },
    Tile { channel: Channel::Chat, outcome: TouchOutcome::Reached },
    Tile { channel: Channel::Visit, outcome: TouchOutcome::Reached },
];

fn tile_words(app: App, tile: Tile) -> &'static str {
    match (tile.channel, tile.outcome) {
        (Channel::Phone, TouchOutcome::Reached) => tr!(app, touch_tile_reached),
        (Channel::Phone, _) => tr!(app, touch_tile_no_answer),
        (Channel::Sms, _) => tr!(app, touch_tile_sms),
        (Channel::Chat, _) => tr!(app, touch_tile_chat),
        _ => tr!(app, touch_tile_visit),
    }
}

/// The tiles, and what became of the last tap.
#[component]
pub fn ContactTiles(app: App, shop: CustomerId) -> impl IntoView {
    let done = RwSignal::new(None::<(TouchId, Tile)>);
    let busy = RwSignal::new(false);
    let note = move |tile: Tile| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            // A refused write is said by the banner.
            if let Ok(id) = app.log_tile(shop, None, tile).await {
                done.try_set(Some((id, tile)));
            }
            busy.try_set(false);
        });
    };
    let undo = move |id: TouchId| {
        spawn_local(async move {
            if app.undo_touch(id).await.is_ok() {
                done.try_set(None);
            }
        });
    };
    let tile = move |tile: Tile| {
        let sign = if tile.outcome == TouchOutcome::NoAnswer { "phone-incoming" } else { channel_sign(tile.channel) };
        view! { <button type="button" class="btn" on:click=move |_| note(tile)>{icon(sign)}{live(move || tile_words(app, tile))}</button> }
    };
    view! {
        <div class="actions doings contact-tiles">
            {TILES.map(tile).collect_view()}
            <a class="btn" href=link(&format!("/customers/{shop}/contact"))>{icon("clipboard-pen")}{tx!(app, touch_more)}</a>
        </div>
        <div role="status" class="contact-done">{live(move || done.get().map(|(id, tile)| view! {
            <p class="card notice">
                <span>{icon("check")}" "{words(move || tr!(app, touch_noted, what = format!("{} · {}", super::words::channel(app, tile.channel), outcome(app, tile.outcome))))}</span>
                <button type="button" class="btn" on:click=move |_| undo(id)>{icon("undo-2")}{tx!(app, touch_undo)}</button>
            </p>
        }))}</div>
    }
}
