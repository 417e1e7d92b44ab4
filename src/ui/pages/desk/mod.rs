//! The message desk: the week's greetings, one message at a time and never in bulk. The list is beside the message where there is room
//! for it, below it elsewhere.

mod findings;
mod hand;
mod message;
mod queue;
mod room;
pub mod template_form;
pub mod template_import;
pub mod templates;
mod words;

use crate::domain::help::Topic;
use crate::state::app::App;
use crate::state::desk::DeskState;
use crate::ui::icon::icon;
use crate::ui::live::{When, live, words as said};
use crate::ui::parts::empty::Empty;
use crate::ui::parts::head::SubPageHead;
use crate::ui::parts::help_link::HelpLink;
use crate::ui::route::link;
use crate::ui::say;
use crate::ui::texts::{tr, trn, tx};
use leptos::prelude::*;
use message::Message;
use queue::QueueList;
use room::{DeskRoom, Did};

#[component]
pub fn DeskPage(app: App) -> impl IntoView {
    let room = DeskRoom::open(app);
    let title = Signal::derive(move || tr!(app, desk_title).to_owned());
    let has_state = move || room.state.with(Option::is_some);
    let is_empty = Memo::new(move |_| room.state.with(|state| state.as_ref().is_some_and(|state| state.queue.all() == 0)));
    let is_through = Memo::new(move |_| room.state.with(|state| state.as_ref().is_some_and(|state| state.queue.left.is_empty())));
    let waits = Memo::new(move |_| room.state.with(|state| state.as_ref().is_some_and(|state| waits_for_the_evening(room, state))));
    view! {
        <SubPageHead app back="/more" title>
            <a href=link("/desk/templates") class="btn btn-quiet desk-blocks">{icon("pencil")}{tx!(app, desk_templates)}</a>
        </SubPageHead>
        <main class="page desk-page">
            <When when=has_state fallback=move || view! { <p class="list-note" role="status">{tx!(app, desk_loading)}</p> }>
                <When when=is_empty>{empty(app)}</When>
                <When when=move || !is_empty.get()>
                    <div class="desk">
                        <div class="desk-main">
                            {nameless(app)}
                            {last_step(room)}
                            {live(move || match (is_through.get(), waits.get()) {
                                (true, _) => through(room),
                                (false, true) => before_the_evening(room),
                                (false, false) => live(move || room.current.get().map(|customer| view! { <Message room customer /> })).into_any(),
                            })}
                        </div>
                        <div class="desk-side">
                            {progress(room)}
                            <QueueList room />
                            <HelpLink app topic=Topic::Channels />
                        </div>
                    </div>
                </When>
            </When>
        </main>
    }
}

/// Another day than that of the round's beginning, and nothing begun yet.
fn waits_for_the_evening(room: DeskRoom, state: &DeskState) -> bool {
    let today = room.app.today.get();
    let is_begun = room.begun.get()
        || !state.queue.done.is_empty()
        || !state.queue.skipped.is_empty()
        || room.kept.with(|kept| !kept.drafts.is_empty());
    today != state.round.from.date() && !is_begun
}

fn empty(app: App) -> AnyView {
    let title = Signal::derive(move || tr!(app, desk_empty_title).to_owned());
    let text = Signal::derive(move || tr!(app, desk_empty_text).to_owned());
    view! { <Empty title text><a href=link("/customers") class="btn btn-primary">{icon("store")}{tx!(app, desk_empty_do)}</a></Empty> }
        .into_any()
}

/// A message without a name at its end is nobody's.
fn nameless(app: App) -> AnyView {
    let is_nameless = move || {
        app.book.with(|book| {
            let rep = book.rep();
            rep.name.trim().is_empty() || rep.company.trim().is_empty()
        })
    };
    view! {
        <When when=is_nameless>
            <p class="card notice">{icon("circle-alert")}<span>{tx!(app, desk_nameless)}</span><a href=link("/settings")>{tx!(app, desk_nameless_do)}</a></p>
        </When>
    }
    .into_any()
}

/// What was done last, with its way back. Always there, so that a reader hears it.
fn last_step(room: DeskRoom) -> AnyView {
    let app = room.app;
    let words = move || {
        room.last.get().map(|step| {
            let shop = app.book.with(|book| book.customer(step.customer).map(|shop| shop.fields.name.clone())).unwrap_or_default();
            match step.did {
                Did::Sent(_) => tr!(app, desk_sent_to, shop = shop),
                Did::Skipped => tr!(app, desk_skipped_shop, shop = shop),
            }
        })
    };
    view! {
        <div class="desk-last">
            <p role="status">{said(move || words().unwrap_or_default())}</p>
            <When when=move || room.last.with(Option::is_some)>
                <button type="button" class="btn btn-quiet" on:click=move |_| room.undo()>{icon("undo-2")}{tx!(app, desk_undo)}</button>
            </When>
        </div>
    }
    .into_any()
}

/// When the next round begins.
fn next_round(room: DeskRoom) -> String {
    let app = room.app;
    room.state.with(|state| {
        let next = state.as_ref().map(|state| state.round.until()).unwrap_or_default();
        format!("{} {}", say::day(app, next.date()), say::time(next))
    })
}

fn before_the_evening(room: DeskRoom) -> AnyView {
    let app = room.app;
    let left = move || room.state.with(|state| state.as_ref().map_or(0, |state| state.queue.left.len()));
    let set = move || app.day().follow.with(|follow| (say::weekday(app, follow.desk_weekday), i64::from(follow.desk_hour)));
    let begin = move |_| {
        room.focus.set_value(room::Focus::Heading);
        room.begun.set(true);
    };
    view! {
        <section class="card desk-wait">
            <h2>{live(move || { let (day, hour) = set(); tr!(app, desk_wait_title, day = day, hour = hour) })}</h2>
            <p>{live(move || trn!(app, desk_wait_text | desk_wait_text_single, count = left(), next = next_round(room)))}</p>
            <button type="button" class="btn btn-primary btn-big" on:click=begin>{tx!(app, desk_begin)}{icon("arrow-right")}</button>
            <a href=link("/settings/follow") class="btn btn-link">{tx!(app, desk_wait_settings)}</a>
        </section>
    }
    .into_any()
}

fn through(room: DeskRoom) -> AnyView {
    let app = room.app;
    let done = move || room.state.with(|state| state.as_ref().map_or(0, |state| state.queue.done.len()));
    view! {
        <section class="card desk-through">
            <h2>{icon("check")}{tx!(app, desk_through_title)}</h2>
            <p>{live(move || trn!(app, desk_through_text | desk_through_text_single, count = done(), next = next_round(room)))}</p>
            <a href=link("/") class="btn">{tx!(app, nav_today)}</a>
        </section>
    }
    .into_any()
}

/// Done, left, how long one takes and what the rest will.
fn progress(room: DeskRoom) -> AnyView {
    let app = room.app;
    let figures = Memo::new(move |_| {
        room.state.with(|state| {
            state
                .as_ref()
                .map(|state| (state.queue.done.len(), state.queue.left.len(), state.queue.all(), state.queue.pace, state.queue.rest()))
        })
    });
    live(move || {
        figures.get().map(|(done, left, all, pace, rest)| {
            view! {
                <section class="desk-progress" aria-label=tr!(app, desk_progress)>
                    <p class="progress-figures">
                        <strong>{tr!(app, desk_done_of, done = done, all = all)}</strong>
                        <span>{tr!(app, desk_left, count = left)}</span>
                    </p>
                    <progress max=all.to_string() value=(all - left).to_string() aria-hidden="true"></progress>
                    {pace.map(|pace| view! { <p class="group-hint">{words::pace(app, pace, rest)}</p> })}
                </section>
            }
        })
    })
    .into_any()
}
