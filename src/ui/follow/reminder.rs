//! Reminders while the app is open. The browser is asked for leave only after a tap on "remind me", and only once; a promise is spoken of
//! half an hour before its time, once.

use crate::state::app::App;
use crate::state::clock;
use crate::ui::icon::icon;
use crate::ui::live::live;
use crate::ui::notify::{self, Leave};
use crate::ui::say;
use crate::ui::texts::{tr, tx};
use chrono::NaiveDateTime;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::Cell;

thread_local! {
    /// The last look; none: nobody looks yet.
    static LAST: Cell<Option<NaiveDateTime>> = const { Cell::new(None) };
}

/// Looks every minute from now on, for as long as the page lives.
pub fn watch(app: App) {
    if LAST.with(Cell::get).is_none() {
        LAST.with(|last| last.set(Some(clock::now())));
        clock::every_minute(Box::new(move || look(app)));
    }
}

fn look(app: App) {
    let now = clock::now();
    let before = LAST.with(|last| last.replace(Some(now))).unwrap_or(now);
    if !app.reminds() || notify::leave() != Leave::Given {
        return;
    }
    untrack(|| {
        for due in app.coming_due(before, now) {
            let title = tr!(app, reminder_title, shop = due.shop, time = say::time(due.deadline));
            spawn_local(async move { notify::show(&title, &due.text).await });
        }
    });
}

/// The tap that asks; afterwards, whether reminders come.
#[component]
pub fn RemindMe(app: App) -> impl IntoView {
    let leave = RwSignal::new(notify::leave());
    let wants = RwSignal::new(app.reminds());
    let ask = move |_| {
        spawn_local(async move {
            let given = notify::ask().await;
            app.set_reminds(given == Leave::Given);
            wants.try_set(given == Leave::Given);
            leave.try_set(given);
        });
    };
    let stop = move |_| {
        app.set_reminds(false);
        wants.set(false);
    };
    let shown = move || {
        match (leave.get(), wants.get()) {
        (Leave::Missing, _) => ().into_any(),
        (Leave::Given, true) => view! {
            <p class="card notice"><span>{icon("check")}" "{tx!(app, reminder_on)}</span><button type="button" class="btn" on:click=stop>{tx!(app, reminder_stop)}</button></p>
        }
        .into_any(),
        (Leave::Refused, _) => view! { <p class="field-hint">{tx!(app, reminder_refused)}</p> }.into_any(),
        _ => view! {
            <p class="card notice"><span>{tx!(app, reminder_text)}</span><button type="button" class="btn" on:click=ask>{icon("clock")}{tx!(app, reminder_ask)}</button></p>
        }
        .into_any(),
    }
    };
    view! { <div class="reminder" role="status">{live(shown)}</div> }
}
