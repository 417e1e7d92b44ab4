//! The clocks of a shop in words: from when each runs, when it is due, how late it is; and how far a prospect has been followed up by
//! the method's own figures.

use super::words as say_who;
use crate::domain::cadence::{Clock, ClockKind, LastContacts, Pace, State, clocks};
use crate::domain::id::CustomerId;
use crate::domain::persistence;
use crate::state::app::App;
use crate::ui::icon::icon;
use crate::ui::live::{live, words};
use crate::ui::say;
use crate::ui::texts::{tr, trn, tx};
use leptos::prelude::*;

/// Every clock of the shop, due or not.
#[component]
pub fn Clocks(app: App, id: CustomerId) -> impl IntoView {
    let found = Memo::new(move |_| {
        let today = app.today.get();
        app.known(|known| {
            let shop = known.book.customer(id)?;
            let profile = known.profiles.iter().find(|profile| profile.id == id);
            let last = known.heads.iter().find(|head| head.id == id).map(LastContacts::from).unwrap_or_default();
            let pace = Pace::of(shop, profile);
            let all = clocks(&pace, last, known.follow, today);
            Some(all.map(|clock| (clock, clock.state(known.follow))).collect::<Vec<_>>())
        })
        .unwrap_or_default()
    });
    let rows = move || {
        let found = found.get();
        if found.is_empty() {
            return view! { <p class="list-note">{tx!(app, profile_no_clocks)}</p> }.into_any();
        }
        let rows = found.into_iter().map(|(clock, state)| row(app, clock, state)).collect_view();
        view! { <ul class="rows clocks">{rows}</ul> }.into_any()
    };
    view! {
        <section class="group">
            <h2 class="group-title">{icon("clock")}{tx!(app, profile_clocks)}</h2>
            {live(rows)}
        </section>
    }
}

fn row(app: App, clock: Clock, state: State) -> AnyView {
    let sign = match clock.kind {
        ClockKind::Contact => "users",
        ClockKind::Greeting | ClockKind::Call => "phone",
        ClockKind::Visit => "store",
    };
    let second = move || {
        let due = say::date(app, clock.due);
        match clock.last {
            Some(last) => tr!(app, profile_clock_last, last = say::date(app, last), due = due),
            None => tr!(app, profile_clock_never, due = due),
        }
    };
    let (class, icon_of) = match state {
        State::Overdue => ("chip chip-late", "circle-alert"),
        State::Due => ("chip chip-near", "hourglass"),
        State::Soon => ("chip chip-plain", "check"),
    };
    let late = clock.late_days;
    let said = move || match late {
        0 => tr!(app, due_today).to_owned(),
        late if late > 0 => trn!(app, overdue_days | overdue_days_single, count = late),
        early => trn!(app, people_in_days | people_in_days_single, count = -early),
    };
    view! {
        <li class="row">
            <span class="row-sign" class:row-sign-late=state == State::Overdue>{icon(sign)}</span>
            <span class="row-words">
                <span class="row-name">{words(move || say_who::clock(app, clock.kind))}</span>
                <span class="row-why">{words(second)}</span>
            </span>
            <span class=class>{icon(icon_of)}{live(said)}</span>
        </li>
    }
    .into_any()
}

/// How far the shop was followed up, with the method's figures.
#[component]
pub fn Meter(app: App, id: CustomerId) -> impl IntoView {
    let follow_ups = Memo::new(move |_| app.head(id).map_or(0, |head| head.follow_ups));
    let slots = move || {
        let done = follow_ups.get();
        let slot = move |at: u32| {
            let class = if at <= done {
                "slot slot-done"
            } else if at == done + 1 {
                "slot slot-next"
            } else {
                "slot"
            };
            view! { <span class=class></span> }
        };
        (0..=persistence::LAST).map(slot).collect_view()
    };
    view! {
        <section class="card meter">
            <h2 class="group-title">{icon("chart-line")}{tx!(app, profile_meter)}</h2>
            <p class="progress-figures">
                <strong>{live(move || format!("{} %", persistence::percent(follow_ups.get())))}</strong>
                <span>{live(move || trn!(app, profile_follow_ups | profile_follow_ups_single, count = follow_ups.get()))}</span>
            </p>
            <div class="slots" aria-hidden="true">{live(slots)}</div>
            <p class="field-hint">{tx!(app, profile_meter_text)}</p>
        </section>
    }
}
