//! At the start of a visit: what was promised last time and is still open, with a tap that says it was kept. "Not yet" leaves it on the
//! list: a deadline is never moved by being asked about it.

use super::words;
use crate::domain::id::{CustomerId, PromiseId};
use crate::domain::promise::{End, Promise};
use crate::domain::sorting;
use crate::state::app::App;
use crate::state::clock;
use crate::ui::icon::icon;
use crate::ui::live::{live, words as text_of};
use crate::ui::load::load;
use crate::ui::say;
use crate::ui::texts::{tr, tx};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::BTreeSet;

/// Open promises asked about at the door.
const MOST: usize = 3;

/// Open promises to the shop, or `otherwise` where none is kept as a record.
#[component]
pub fn PromisesAtMeet(app: App, shop: CustomerId, otherwise: ViewFn) -> impl IntoView {
    let day = app.day();
    let all = load(move || {
        let _ = day.contacts.get();
        async move { app.promises_at(shop).await.unwrap_or_default() }
    });
    let put_off = RwSignal::new(BTreeSet::<PromiseId>::new());
    let otherwise = StoredValue::new(otherwise);
    live(move || {
        all.with(|all| {
            let all = all.as_ref()?;
            if all.iter().all(|promise| promise.envelope.deleted) {
                return Some(otherwise.with_value(|otherwise| otherwise.run()));
            }
            let open: Vec<Promise> = all.iter().filter(|promise| promise.is_open()).cloned().collect();
            let open = sorting::by_key(open, |promise: &Promise| {
                (promise.deadline().unwrap_or(promise.made).and_utc().timestamp(), promise.id.to_string())
            });
            Some(open.into_iter().take(MOST).map(|promise| card(app, promise, put_off)).collect_view().into_any())
        })
    })
}

fn card(app: App, promise: Promise, put_off: RwSignal<BTreeSet<PromiseId>>) -> AnyView {
    let (id, made, deadline) = (promise.id, promise.made.date(), promise.deadline());
    let is_over = promise.is_overdue(clock::now());
    let keep = move |_| {
        spawn_local(async move {
            // A refused write is said by the banner.
            let _ = app.end_promise(id, End::Kept, "").await;
        });
    };
    view! {
        <section class="card meet-promise" class:meet-late=is_over>
            <span class="row-sign" class:row-sign-late=is_over>{icon("handshake")}</span>
            <div class="row-words">
                <span class="row-why">{live(move || tr!(app, promise_last_time, date = say::date(app, made)))}</span>
                <span class="row-name">{promise.text}</span>
                <span class="row-why" class:row-why-late=is_over>{text_of(move || deadline.map(|by| words::deadline(app, by, clock::now())).unwrap_or_default())}</span>
                {live(move || if put_off.with(|put_off| put_off.contains(&id)) {
                    view! { <span class="row-why" role="status">{tx!(app, promise_stays_open)}</span> }.into_any()
                } else {
                    view! {
                        <div class="actions promise-asked">
                            <button type="button" class="btn" on:click=keep>{icon("check")}{tx!(app, promise_kept)}</button>
                            <button type="button" class="btn" on:click=move |_| put_off.update(|put_off| { put_off.insert(id); })>{icon("clock")}{tx!(app, promise_not_yet)}</button>
                        </div>
                    }
                    .into_any()
                })}
            </div>
        </section>
    }
    .into_any()
}
