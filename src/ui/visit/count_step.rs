//! The count: the usual range first, what is not counted yet on demand, any other product by search or scan.

use super::count_row::CountRow;
use super::moves;
use super::open_line::OpenLine;
use super::page::{Over, Overlay};
use crate::domain::draft::{Counted, Step};
use crate::state::visit_line::Line;
use crate::state::visit_room::VisitRoom;
use crate::ui::icon::icon;
use crate::ui::live::{When, live, when, words};
use crate::ui::parts::empty::Empty;
use crate::ui::root::Wide;
use crate::ui::say;
use crate::ui::texts::{tr, trn, tx};
use leptos::prelude::*;

#[component]
pub fn CountStep(room: VisitRoom) -> impl IntoView {
    let app = room.app;
    let overlay = expect_context::<Overlay>();
    let wide = expect_context::<Wide>().0;
    let only_uncounted = RwSignal::new(false);
    let left = move || room.range.get().saturating_sub(room.counted.get());
    let shown = move || {
        room.lines.with(|lines| {
            let keep = |line: &&Line| {
                !only_uncounted.get()
                    || room.open.get() == Some(line.id)
                    || line.reading.with(|reading| !matches!(reading.counted, Counted::Yes { .. }))
            };
            lines.iter().filter(keep).copied().collect::<Vec<_>>()
        })
    };
    let usual = move || shown().into_iter().filter(|line| line.is_usual).collect::<Vec<_>>();
    let others = move || shown().into_iter().filter(|line| !line.is_usual).collect::<Vec<_>>();
    let open_line = move || room.open.get().and_then(|id| room.line(id));
    view! {
        <main class="visit-main">
            <div class="visit-list">
                <div class="count-tools">
                    <p>{live(move || tr!(app, counted_of, counted = room.counted.get(), all = room.range.get()))}</p>
                    <button
                        type="button"
                        class="filter"
                        aria-pressed=words(move || only_uncounted.get().to_string())
                        on:click=move |_| only_uncounted.update(|only| *only = !*only)
                    >
                        {live(move || only_uncounted.get().then(|| icon("check")))}
                        {live(move || tr!(app, only_uncounted, count = left()))}
                    </button>
                </div>
                <When
                    when=move || room.lines.with(|lines| !lines.is_empty())
                    fallback=move || view! {
                        <Empty
                            title=Signal::derive(move || tr!(app, visit_no_products_title).to_owned())
                            text=Signal::derive(move || tr!(app, visit_no_products_text).to_owned())
                        >
                            <button type="button" class="btn btn-primary" on:click=move |_| overlay.find("")>{icon("plus")}{tx!(app, visit_add_product)}</button>
                        </Empty>
                    }
                >
                    <ul class="count-list">
                        <For each=usual key=|line| line.id let(line)><CountRow room line /></For>
                    </ul>
                    <When when=move || !others().is_empty()>
                        <details class="group others" open=when(move || open_line().is_some_and(|line| !line.is_usual))>
                            <summary class="group-title">
                                {icon("chevron-right")}{tx!(app, visit_others)}<span class="group-count">{live(move || others().len())}</span>
                            </summary>
                            <ul class="count-list">
                                <For each=others key=|line| line.id let(line)><CountRow room line /></For>
                            </ul>
                        </details>
                    </When>
                    <button type="button" class="btn btn-link" on:click=move |_| overlay.find("")>{icon("plus")}{tx!(app, visit_add_product)}</button>
                </When>
            </div>
            <When when=move || wide.get()>
                <div class="visit-pane">{live(move || open_line().map(|line| view! { <OpenLine room line /> }))}</div>
            </When>
        </main>
    }
}

#[component]
pub fn CountFoot(room: VisitRoom) -> impl IntoView {
    let app = room.app;
    let overlay = expect_context::<Overlay>();
    let wide = expect_context::<Wide>().0;
    let is_last = move || {
        room.lines.track();
        room.counted.track();
        room.next_uncounted(room.open.get()).is_none()
    };
    let go_on = move |_| {
        if is_last() {
            room.step.set(Step::Order);
        } else {
            moves::next(room, room.open.get_untracked());
        }
    };
    view! {
        <footer class="visit-foot">
            <FootTotal room />
            <When when=move || wide.get()>
                <button type="button" class="btn" on:click=move |_| overlay.show(Over::Card(room.open.get_untracked()))>
                    {icon("presentation")}{tx!(app, show_owner)}
                </button>
            </When>
            <button type="button" id="visit-next" class="btn btn-primary btn-big" on:click=go_on>
                {live(move || if is_last() { tr!(app, to_order) } else { tr!(app, next_product) })}
                {live(move || icon(if is_last() { "arrow-right" } else { "arrow-down" }))}
            </button>
        </footer>
    }
}

/// The money so far, and how far the count has come.
#[component]
pub fn FootTotal(room: VisitRoom) -> impl IntoView {
    let app = room.app;
    let second = move || {
        let total = room.total.get();
        let counted = tr!(app, counted_of, counted = room.counted.get(), all = room.range.get());
        let products = trn!(app, total_products | total_products_single, count = total.products);
        let parts = [Some(counted), (total.products > 0).then_some(products), (total.products > 0).then(|| say::total_packed(app, &total))];
        let unpriced = (total.unpriced > 0).then(|| trn!(app, total_unpriced | total_unpriced_single, count = total.unpriced));
        parts.into_iter().flatten().chain(unpriced).collect::<Vec<_>>().join(" · ")
    };
    view! {
        <div class="foot-total">
            <p><small>{tx!(app, total)}</small><strong>{live(move || say::money(app, room.total.get().amount))}</strong></p>
            <p>{words(second)}</p>
        </div>
    }
}
