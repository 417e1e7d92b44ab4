//! What is to be done tomorrow and in the week from today, each thing on its day, as it looks now.

use super::agenda::{ShopItems, by_shop};
use super::agenda_row::shop_row;
use super::agenda_words::row;
use super::segments::segments;
use crate::state::app::App;
use crate::state::day::Loaded;
use crate::ui::follow::{Of, OfferBar};
use crate::ui::live::{When, live, words};
use crate::ui::parts::empty::Empty;
use crate::ui::parts::head::Heading;
use crate::ui::parts::paper::{HandOn, Whole};
use crate::ui::route::Page;
use crate::ui::say;
use crate::ui::texts::{tr, trn, tx};
use chrono::NaiveDate;
use leptos::prelude::*;

/// How many rows of a day are drawn before "show all".
const FIRST_ROWS: usize = 20;

type Day = (NaiveDate, Vec<ShopItems>);

#[component]
pub fn TomorrowPage(app: App) -> impl IntoView {
    page(app, Page::Tomorrow, 1..2)
}

#[component]
pub fn WeekPage(app: App) -> impl IntoView {
    page(app, Page::Week, 0..7)
}

fn page(app: App, here: Page, of: std::ops::Range<usize>) -> impl IntoView {
    let title = Signal::derive(move || if here == Page::Week { tr!(app, agenda_week) } else { tr!(app, agenda_tomorrow) }.to_owned());
    let from = of.start;
    let days = Memo::new(move |_| {
        // The minute goes on without a list to be drawn anew for it.
        app.day().agenda.track();
        let week = untrack(|| app.week()).into_iter().skip(of.start).take(of.len());
        week.map(|(date, items)| (date, by_shop(items.into_iter()))).collect::<Vec<Day>>()
    });
    let is_ready = move || app.day().loaded.get() != Loaded::Nothing;
    let is_empty = move || days.with(|days| days.iter().all(|(_, shops)| shops.is_empty()));
    let places = move || days.with(|days| (0..days.len()).collect::<Vec<_>>());
    view! {
        <div class="column">
            <header class="page-head"><Heading app title /><HandOn app title /></header>
            <main class="page">
                {segments(app, here)}
                <OfferBar app of=Of::AllBut(None) />
                <When when=is_ready fallback=move || view! { <p class="agenda-wait" role="status">{tx!(app, agenda_wait)}</p> }>
                    <When when=is_empty>
                        <Empty title=Signal::derive(move || tr!(app, agenda_free).to_owned()) text=Signal::derive(move || tr!(app, agenda_free_text).to_owned()) />
                    </When>
                    <For each=places key=|at| *at let(at)>{day(app, days, at, from)}</For>
                </When>
            </main>
        </div>
    }
}

/// One day under its date. `from`: which day of the week the first one is.
fn day(app: App, days: Memo<Vec<Day>>, at: usize, from: usize) -> impl IntoView {
    let all = RwSignal::new(false);
    let whole = expect_context::<Whole>().0;
    let limit = move || if all.get() || whole.get() { usize::MAX } else { FIRST_ROWS };
    let count = move || days.with(|days| days.get(at).map_or(0, |(_, shops)| shops.len()));
    let title = move || {
        let date = days.with(|days| days.get(at).map(|(date, _)| say::day(app, *date))).unwrap_or_default();
        if from + at == 0 { tr!(app, agenda_by_today, date = date) } else { date }
    };
    let rows = move || {
        days.with(|days| {
            let shops = days.get(at).map(|(_, shops)| shops.as_slice()).unwrap_or_default();
            shops.iter().take(limit()).filter_map(|(id, items)| row(app, *id, items, false, false)).collect::<Vec<_>>()
        })
    };
    view! {
        <When when=move || { count() > 0 }>
            <section class="group">
                <h2 class="group-title">{words(title)}<span class="group-count">{live(count)}</span></h2>
                <ul class="rows">
                    <For each=rows key=Clone::clone let(row)><li>{untrack(|| shop_row(app, row, None))}</li></For>
                </ul>
                <When when=move || { count() > limit() }>
                    <button type="button" class="btn btn-link" on:click=move |_| all.set(true)>
                        {words(move || trn!(app, today_show_all | today_show_all_single, count = count()))}
                    </button>
                </When>
            </section>
        </When>
    }
}
