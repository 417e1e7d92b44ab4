//! Four things to explain to an owner, each with a sentence to say and the day it was last explained here.

use crate::domain::visit::Topic;
use crate::state::app::App;
use crate::state::visit_room::VisitRoom;
use crate::ui::icon::icon;
use crate::ui::live::{live, words};
use crate::ui::say;
use crate::ui::texts::{tr, tx};
use chrono::NaiveDate;
use leptos::prelude::*;

#[component]
pub fn Teach(room: VisitRoom) -> impl IntoView {
    let app = room.app;
    let last = room.events.with_value(|events| {
        let standing = events.standing();
        Topic::ALL.map(|topic| (topic, standing.visits.iter().filter(|visit| visit.taught.contains(&topic)).map(|visit| visit.on).max()))
    });
    view! {
        <section class="group">
            <h2 class="group-title">{tx!(app, teach_title)}</h2>
            <ul class="rows">{last.map(|(topic, last)| row(room, topic, last)).into_iter().collect_view()}</ul>
        </section>
    }
}

fn row(room: VisitRoom, topic: Topic, last: Option<NaiveDate>) -> impl IntoView {
    let app = room.app;
    let is_done = move || room.taught.with(|taught| taught.contains(&topic));
    let press = move |_| {
        room.taught.update(|taught| {
            if !taught.remove(&topic) {
                taught.insert(topic);
            }
        });
    };
    let when = move || match (is_done(), last) {
        (true, _) => tr!(app, teach_today).to_owned(),
        (false, Some(last)) => tr!(app, teach_last, date = say::date(app, last)),
        (false, None) => tr!(app, teach_never).to_owned(),
    };
    view! {
        <li>
            <button type="button" class="row shelf-task" role="checkbox" aria-checked=words(move || is_done().to_string()) on:click=press>
                <span class="tick-ring" data-state=words(move || if is_done() { "counted" } else { "open" })>{live(move || is_done().then(|| icon("check")))}</span>
                <span class="row-words">
                    <span class="row-name">{live(move || name(app, topic))}</span>
                    <span class="row-why">{live(move || lesson(app, topic))}</span>
                </span>
                <span class="row-right row-when">{words(when)}</span>
            </button>
        </li>
    }
}

pub fn name(app: App, topic: Topic) -> &'static str {
    match topic {
        Topic::Fifo => tr!(app, teach_fifo),
        Topic::Rule => tr!(app, teach_rule),
        Topic::NearExpiry => tr!(app, teach_near),
        Topic::Sorted => tr!(app, teach_sorted),
    }
}

/// The sentence to say.
fn lesson(app: App, topic: Topic) -> &'static str {
    match topic {
        Topic::Fifo => tr!(app, teach_fifo_text),
        Topic::Rule => tr!(app, teach_rule_text),
        Topic::NearExpiry => tr!(app, teach_near_text),
        Topic::Sorted => tr!(app, teach_sorted_text),
    }
}
