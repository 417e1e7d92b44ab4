//! At the shelf before the count: the front filled from the back, the oldest in front, what has expired off, tidy. What is left
//! undone is recorded and blocks nothing.

use super::card::near_line;
use super::page::{Over, Overlay};
use super::take_off::take_back;
use crate::domain::draft::Counted;
use crate::domain::lots;
use crate::domain::shelf_work::{Kind, ShelfWork};
use crate::domain::visit::ShelfTask;
use crate::state::app::App;
use crate::state::visit_line::Line;
use crate::state::visit_room::VisitRoom;
use crate::ui::icon::icon;
use crate::ui::live::{live, when, words};
use crate::ui::say;
use crate::ui::texts::{tr, trn, tx};
use leptos::prelude::*;

#[component]
pub fn ShelfStep(room: VisitRoom) -> impl IntoView {
    let app = room.app;
    let work = Memo::new(move |_| room.shelf_work());
    let part = move |kind: Kind| {
        let of_kind = Memo::new(move |_| work.get().into_iter().filter(|work| work.kind == kind).collect::<Vec<_>>());
        let count = Memo::new(move |_| of_kind.with(Vec::len));
        // A tick draws no row anew: the focus stays on it.
        live(move || {
            let count = count.get();
            (count > 0).then(|| {
                let (title, note) = match kind {
                    Kind::Fill => (tr!(app, shelf_moves), trn!(app, shelf_moves_count | shelf_moves_count_single, count = count)),
                    Kind::Swap => (tr!(app, shelf_swaps), tr!(app, teach_fifo).to_owned()),
                    Kind::TakeOff => (tr!(app, shelf_off), tr!(app, shelf_off_note).to_owned()),
                };
                view! {
                    <section class="group">
                        <h2 class="group-title"><span>{title}</span><small>{note}</small></h2>
                        <ul class="rows">
                            <For each=move || of_kind.get() key=|work| (work.product, work.units.0) let(work)>{work_row(room, work)}</For>
                        </ul>
                    </section>
                }
            })
        })
    };
    let done = move || {
        let (pieces, ticked) = (work.with(Vec::len), work.with(|work| work.iter().filter(|work| work.done).count()));
        tr!(app, shelf_done, done = ticked + room.shelf.with(|done| done.len()), all = pieces + ShelfTask::ALL.len())
    };
    view! {
        <main class="visit-main visit-main-order">
            <div class="visit-list visit-page">
                {fullness(room)}
                {part(Kind::Fill)}
                {part(Kind::Swap)}
                {part(Kind::TakeOff)}
                {live(move || near_part(room))}
                <section class="group">
                    <h2 class="group-title">{tx!(app, shelf_tidy)}</h2>
                    <div class="choices shelf-tasks">{ShelfTask::ALL.map(|task| task_chip(room, task)).into_iter().collect_view()}</div>
                </section>
            </div>
        </main>
        <footer class="visit-foot">
            <div class="foot-total"><p><strong>{words(done)}</strong></p><p>{tx!(app, shelf_foot)}</p></div>
            <button type="button" class="btn btn-primary btn-big" on:click=move |_| super::moves::to_count(room)>{tx!(app, to_count)}{icon("arrow-right")}</button>
        </footer>
    }
}

/// How full the front is and how full it will be, in per cent; by today's count, else by the last one.
fn fullness(room: VisitRoom) -> impl IntoView {
    let app = room.app;
    let share = Memo::new(move |_| {
        let fronts = room.lines.with(|lines| lines.iter().filter_map(|line| front(*line)).collect::<Vec<_>>());
        let (capacity, now, then) =
            fronts.into_iter().fold((0, 0, 0), |sum, (capacity, now, then)| (sum.0 + capacity, sum.1 + now, sum.2 + then));
        (capacity > 0).then(|| (now * 100 / capacity, then * 100 / capacity))
    });
    live(move || {
        let bar = share.get().map(|(now, then)| {
            let (width, end) = (format!("{now}%"), format!("{then}%"));
            view! {
                <p class="fill-head"><span>{tr!(app, shelf_full)}</span><span><strong>{format!("{now}%")}</strong>" "{tr!(app, shelf_full_then, percent = then)}</span></p>
                <div class="fill-bar" role="img" aria-label=tr!(app, shelf_full_label, now = now, then = then)>
                    <span class="fill-then" style:width=end></span><span class="fill-now" style:width=width></span>
                </div>
            }
        });
        view! { <section class="card fill-card">{bar}<p class="group-hint">{tr!(app, shelf_intro)}</p></section> }
    })
}

/// Capacity, what stands in front, and what will after filling.
fn front(line: Line) -> Option<(i64, i64, i64)> {
    let product = line.product();
    let capacity = product.fields.front_capacity.0;
    let now = line.reading.with(|reading| match &reading.counted {
        Counted::Yes { count, .. } => Some(*count),
        _ => None,
    });
    let count = now.or(line.history().previous.map(|previous| previous.count)).filter(|_| capacity > 0)?;
    let back = product.fields.size.total(count.back)?.0;
    let front = count.front.0.min(capacity);
    Some((capacity, front, front.saturating_add(back).min(capacity)))
}

fn work_row(room: VisitRoom, work: ShelfWork) -> Option<impl IntoView + use<>> {
    let app = room.app;
    let overlay = expect_context::<Overlay>();
    let line = room.line(work.product)?;
    let product = line.product();
    let quantity = say::units(app, &product.fields, work.units);
    let what = match work.kind {
        Kind::Fill => tr!(app, shelf_move, quantity = quantity),
        Kind::Swap => tr!(app, shelf_swap, quantity = quantity),
        Kind::TakeOff => tr!(app, shelf_take_off, quantity = quantity),
    };
    let why = why(app, line, work);
    let is_done =
        Memo::new(move |_| room.work.with(|done| done.iter().any(|other| (other.product, other.kind) == (work.product, work.kind))));
    let press = move |_| match (work.kind, is_done.get_untracked()) {
        // What becomes of expired goods is noted: they were not sold.
        (Kind::TakeOff, false) => overlay.show(Over::TakeOff(line.id)),
        (Kind::TakeOff, true) => take_back(room, line, work),
        _ => room.tick(work),
    };
    let late = work.kind == Kind::TakeOff;
    Some(view! {
        <li>
            <button type="button" class="row shelf-task" class:shelf-done=when(move || is_done.get()) role="checkbox" aria-checked=words(move || is_done.get().to_string()) on:click=press>
                <span class="tick-ring" data-state=words(move || if is_done.get() { "counted" } else { "open" })>{live(move || is_done.get().then(|| icon("check")))}</span>
                <span class="row-words"><span class="row-name">{product.fields.name.clone()}</span><span class="row-why">{why}</span></span>
                <span class="row-right" class:row-why-late=late>{what}</span>
            </button>
        </li>
    })
}

/// Where the goods are and where they go.
fn why(app: App, line: Line, work: ShelfWork) -> String {
    let (count, lots) = line.reading.with_untracked(|reading| match &reading.counted {
        Counted::Yes { count, .. } => (Some(*count), reading.lots.clone().unwrap_or_default()),
        _ => (line.history().previous.map(|previous| previous.count), line.history().lots.clone()),
    });
    let product = line.product();
    match work.kind {
        Kind::Fill => {
            let back = count.and_then(|count| product.fields.size.total(count.back)).unwrap_or_default().0;
            let room = count.map_or(0, |count| product.fields.front_capacity.0.saturating_sub(count.front.0).max(0));
            tr!(app, shelf_room, back = say::number(back), room = say::number(room))
        }
        Kind::Swap => lots::swap(&lots).map_or_else(String::new, |swap| {
            tr!(app, shelf_swap_why, back = say::date(app, swap.oldest_behind), front = say::date(app, swap.newest_in_front))
        }),
        Kind::TakeOff => {
            let gone = lots.iter().filter_map(|lot| lot.expires).filter(|date| *date <= line.day()).min();
            gone.map_or_else(String::new, |date| tr!(app, lot_until, date = say::date(app, date)))
        }
    }
}

/// Dates that are near at this shop, with what they would cost.
fn near_part(room: VisitRoom) -> Option<impl IntoView> {
    let app = room.app;
    let overlay = expect_context::<Overlay>();
    let near: Vec<_> =
        room.lines.with(|lines| lines.iter().flat_map(|line| line.near(app).into_iter().map(|near| (*line, near))).collect());
    let rows: Vec<_> = near
        .into_iter()
        .filter(|(_, near)| !near.is_expired())
        .map(|(line, near)| {
            let product = line.product();
            let words = near_line(app, &product.fields, &near);
            let is_alarm = near.is_alarm();
            view! {
                <li>
                    <button type="button" class="row" on:click=move |_| overlay.show(Over::Near(line.id))>
                        <span class="row-sign" class:row-sign-warn=is_alarm>{icon("hourglass")}</span>
                        <span class="row-words"><span class="row-name">{product.fields.name.clone()}</span><span class="row-why">{words}</span></span>
                        <span class="row-right">{trn!(app, near_left | near_left_single, count = near.days_left)}</span>
                    </button>
                </li>
            }
        })
        .collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section class="group">
                <h2 class="group-title"><span>{tr!(app, near_title)}</span></h2>
                <ul class="rows">{rows}</ul>
            </section>
        }
    })
}

fn task_chip(room: VisitRoom, task: ShelfTask) -> impl IntoView {
    let app = room.app;
    let is_done = move || room.shelf.with(|done| done.contains(&task));
    let press = move |_| {
        room.shelf.update(|done| {
            if !done.remove(&task) {
                done.insert(task);
            }
        });
    };
    view! {
        <button type="button" class="filter shelf-task" class:filter-on=when(is_done) role="checkbox" aria-checked=words(move || is_done().to_string()) on:click=press>
            {live(move || is_done().then(|| icon("check")))}{live(move || name(app, task))}
        </button>
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
