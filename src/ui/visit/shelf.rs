//! At the shelf before the count: the front filled from the back, the oldest in front, tidy. What is left undone is recorded and
//! blocks nothing.

use crate::domain::draft::Counted;
use crate::domain::visit::ShelfTask;
use crate::state::app::App;
use crate::state::visit_room::{Line, VisitRoom};
use crate::ui::icon::icon;
use crate::ui::live::{live, words};
use crate::ui::say;
use crate::ui::texts::{tr, tx};
use leptos::prelude::*;

#[component]
pub fn ShelfStep(room: VisitRoom) -> impl IntoView {
    let app = room.app;
    let moves =
        Memo::new(move |_| room.lines.with(|lines| lines.iter().filter_map(|line| Some((*line, to_move(*line)?))).collect::<Vec<_>>()));
    let task = move |task: ShelfTask| {
        let is_done = move || room.shelf.with(|done| done.contains(&task));
        let press = move |_| {
            room.shelf.update(|done| {
                if !done.remove(&task) {
                    done.insert(task);
                }
            });
        };
        view! {
            <li>
                <button type="button" class="row shelf-task" role="checkbox" aria-checked=words(move || is_done().to_string()) on:click=press>
                    <span class="tick-ring" data-state=words(move || if is_done() { "counted" } else { "open" })>{live(move || is_done().then(|| icon("check")))}</span>
                    <span class="row-words">
                        <span class="row-name">{live(move || name(app, task))}</span>
                        <span class="row-why">{live(move || why(app, task))}</span>
                    </span>
                </button>
            </li>
        }
    };
    let done = move || tr!(app, shelf_done, done = room.shelf.with(|done| done.len()), all = ShelfTask::ALL.len());
    view! {
        <main class="visit-main visit-main-order">
            <div class="visit-list visit-page">
                <p class="group-hint">{tx!(app, shelf_intro)}</p>
                <ul class="rows">{ShelfTask::ALL.map(task).collect_view()}</ul>
                {live(move || {
                    let moves = moves.get();
                    (!moves.is_empty()).then(|| view! {
                        <section class="group">
                            <h2 class="group-title">{tx!(app, shelf_moves)}</h2>
                            <ul class="rows">{moves.into_iter().map(|(line, to_move)| move_row(app, line, to_move)).collect_view()}</ul>
                        </section>
                    })
                })}
            </div>
        </main>
        <footer class="visit-foot">
            <div class="foot-total"><p><strong>{words(done)}</strong></p><p>{tx!(app, shelf_foot)}</p></div>
            <button type="button" class="btn btn-primary btn-big" on:click=move |_| super::moves::to_count(room)>{tx!(app, to_count)}{icon("arrow-right")}</button>
        </footer>
    }
}

/// Units to bring to the front, their back and what the front still takes; by this count, else by the last one.
#[derive(Clone, Copy, PartialEq, Eq)]
struct ToMove {
    units: i64,
    back: i64,
    room: i64,
}

/// Move max(0, min(back, front capacity − front)) (reorder engine, expiry).
fn to_move(line: Line) -> Option<ToMove> {
    let product = line.product();
    let capacity = product.fields.front_capacity.0;
    let now = line.reading.with(|reading| match &reading.counted {
        Counted::Yes { count, .. } => Some(*count),
        _ => None,
    });
    let count = now.or(line.history().previous.map(|previous| previous.count))?;
    let back = product.fields.size.total(count.back)?.0;
    let room = capacity.saturating_sub(count.front.0);
    let units = back.min(room);
    (capacity > 0 && units > 0).then_some(ToMove { units, back, room })
}

fn move_row(app: App, line: Line, to_move: ToMove) -> impl IntoView {
    let product = line.product();
    let ToMove { units, back, room } = to_move;
    view! {
        <li class="row">
            <span class="row-words">
                <span class="row-name">{product.fields.name.clone()}</span>
                <span class="row-why">{tr!(app, shelf_room, back = say::number(back), room = say::number(room))}</span>
            </span>
            <span class="row-right">{tr!(app, shelf_move, quantity = say::units(app, &product.fields, crate::domain::quantity::Units(units)))}</span>
        </li>
    }
}

fn name(app: App, task: ShelfTask) -> &'static str {
    match task {
        ShelfTask::FillFront => tr!(app, shelf_fill),
        ShelfTask::OldestFirst => tr!(app, shelf_oldest),
        ShelfTask::Sorted => tr!(app, shelf_sorted),
        ShelfTask::PriceTags => tr!(app, shelf_tags),
        ShelfTask::Clean => tr!(app, shelf_clean),
    }
}

fn why(app: App, task: ShelfTask) -> &'static str {
    match task {
        ShelfTask::FillFront => tr!(app, shelf_fill_why),
        ShelfTask::OldestFirst => tr!(app, shelf_oldest_why),
        ShelfTask::Sorted => tr!(app, shelf_sorted_why),
        ShelfTask::PriceTags => tr!(app, shelf_tags_why),
        ShelfTask::Clean => tr!(app, shelf_clean_why),
    }
}
