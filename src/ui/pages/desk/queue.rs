//! The week's list: still to write to, written to, not this week. A row leads to the message of its shop, never sends one.

use super::room::{DeskRoom, Focus};
use crate::domain::id::CustomerId;
use crate::ui::icon::icon;
use crate::ui::live::{live, words};
use crate::ui::platform;
use crate::ui::route::link;
use crate::ui::texts::{tr, tx};
use leptos::prelude::*;

/// How many of those that are left are drawn: the desk goes through them from the top.
const ROWS: usize = 60;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pile {
    Left,
    Done,
    Skipped,
}

#[component]
pub fn QueueList(room: DeskRoom) -> impl IntoView {
    let is_wide = platform::is_wide();
    view! {
        {pile(room, Pile::Left, is_wide.get_untracked())}
        {pile(room, Pile::Skipped, false)}
        {pile(room, Pile::Done, false)}
    }
}

fn pile(room: DeskRoom, which: Pile, is_open: bool) -> AnyView {
    let app = room.app;
    let ids = Memo::new(move |_| {
        room.state
            .with(|state| {
                let queue = state.as_ref().map(|state| &state.queue);
                queue.map(|queue| match which {
                    Pile::Left => queue.left.clone(),
                    Pile::Done => queue.done.clone(),
                    Pile::Skipped => queue.skipped.clone(),
                })
            })
            .unwrap_or_default()
    });
    let title = move || match which {
        Pile::Left => tr!(app, desk_pile_left),
        Pile::Done => tr!(app, desk_pile_done),
        Pile::Skipped => tr!(app, desk_pile_skipped),
    };
    // Drawn anew where the pile changes alone: a row that holds the focus keeps it.
    let is_there = Memo::new(move |_| ids.with(|ids| !ids.is_empty()));
    live(move || {
        is_there.get().then(|| {
            view! {
                <details class="group desk-pile" open=is_open>
                    <summary class="group-title">{icon("chevron-right")}{words(title)}<span class="group-count">{live(move || ids.with(Vec::len))}</span></summary>
                    <ul class="rows">{live(move || ids.get().into_iter().take(ROWS).map(|id| row(room, which, id)).collect_view())}</ul>
                    {live(move || {
                        let more = ids.with(Vec::len).saturating_sub(ROWS);
                        (more > 0).then(|| view! { <p class="list-note">{tr!(app, desk_more, count = more)}</p> })
                    })}
                </details>
            }
        })
    })
    .into_any()
}

fn row(room: DeskRoom, which: Pile, id: CustomerId) -> AnyView {
    let app = room.app;
    let name = move || app.book.with(|book| book.customer(id).map(|shop| shop.fields.name.clone())).unwrap_or_default();
    let is_current = move || room.current.get() == Some(id);
    let has_draft = move || room.kept.with(|kept| kept.draft(id).is_some());
    match which {
        Pile::Left => {
            let choose = move |event: web_sys::MouseEvent| {
                room.choose(id);
                room.focus.set_value(if event.detail() == 0 { Focus::Text } else { Focus::Heading });
            };
            view! {
                <li>
                    <button type="button" class="row" data-selected=move || is_current().then_some("") aria-current=move || is_current().then_some("true") on:click=choose>
                        <span class="row-words"><span class="row-name">{words(name)}</span></span>
                        {live(move || has_draft().then(|| view! { <span class="chip chip-plain">{icon("pencil")}{tr!(app, desk_has_draft)}</span> }))}
                    </button>
                </li>
            }
            .into_any()
        }
        Pile::Done => view! {
            <li>
                <a class="row" href=link(&format!("/customers/{id}"))>
                    <span class="row-words"><span class="row-name">{words(name)}</span></span>
                    <span class="chip chip-plain">{icon("check")}{tx!(app, desk_is_sent)}</span>
                </a>
            </li>
        }
        .into_any(),
        Pile::Skipped => view! {
            <li class="row">
                <span class="row-words"><span class="row-name">{words(name)}</span></span>
                <button type="button" class="btn btn-quiet" on:click=move |_| room.take_back(id)>{icon("undo-2")}{tx!(app, desk_take_back)}</button>
            </li>
        }
        .into_any(),
    }
}
