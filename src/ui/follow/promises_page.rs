//! Every promise: late ones on top, then by their time, with what was kept and broken overall and how fast answers came. From here they
//! go to the phone's calendar.

use super::calendar;
use super::promise_moves::{Moves, PromiseSheet};
use super::promise_row::{Named, late, promise_row};
use super::reminder::RemindMe;
use super::time_field::said;
use super::words;
use crate::domain::promise::{Promise, Rate};
use crate::domain::promise_late::answer_minutes;
use crate::domain::sorting;
use crate::state::app::App;
use crate::state::day::Loaded;
use crate::ui::icon::icon;
use crate::ui::live::{live, words as text_of};
use crate::ui::load::load;
use crate::ui::parts::empty::Empty;
use crate::ui::parts::head::SubPageHead;
use crate::ui::texts::{tr, trn, tx};
use leptos::prelude::*;

/// Rows drawn before "more".
const FIRST: usize = 60;

/// Which of them are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shown {
    Open,
    Late,
    Inside,
    Ended,
}

impl Shown {
    const ALL: [Shown; 4] = [Shown::Open, Shown::Late, Shown::Inside, Shown::Ended];

    fn has(self, app: App, promise: &Promise) -> bool {
        match self {
            Shown::Open => promise.is_open(),
            Shown::Late => late(app, std::slice::from_ref(promise)) > 0,
            Shown::Inside => promise.is_open() && promise.needs.is_some(),
            Shown::Ended => promise.end.is_some() && !promise.envelope.deleted,
        }
    }

    fn words(self, app: App) -> &'static str {
        match self {
            Shown::Open => tr!(app, promises_open),
            Shown::Late => tr!(app, promises_late),
            Shown::Inside => tr!(app, promises_inside),
            Shown::Ended => tr!(app, promises_ended),
        }
    }
}

#[component]
pub fn PromisesPage(app: App) -> impl IntoView {
    let day = app.day();
    let all = load(move || {
        let (loaded, _) = (day.loaded.get(), day.contacts.get());
        async move { if loaded == Loaded::Nothing { None } else { app.all_promises().await.ok() } }
    });
    let shown = RwSignal::new(Shown::Open);
    let count = RwSignal::new(FIRST);
    let moves = Moves::new();
    let open = moves.opener();
    let rows = Memo::new(move |_| {
        let found = all.with(|all| all.clone().flatten())?;
        let found: Vec<Promise> = found.into_iter().filter(|promise| shown.get().has(app, promise)).collect();
        let seconds = |promise: &Promise| match (&promise.end, promise.deadline()) {
            (Some(end), _) => -end.at.and_utc().timestamp(),
            (None, deadline) => deadline.unwrap_or(promise.made).and_utc().timestamp(),
        };
        Some(sorting::by_key(found, |promise: &Promise| (seconds(promise), promise.id.to_string())))
    });
    let figures = move || {
        all.with(|all| {
            let all = all.as_ref()?.as_ref()?;
            let (rate, open) = (Rate::of(all), all.iter().filter(|promise| promise.is_open()).count());
            let (late, answer) = (late(app, all), answer_minutes(all));
            Some(view! {
                <dl class="facts">
                    <div><dt>{tx!(app, promises_open)}</dt><dd>{open}</dd></div>
                    <div><dt>{tx!(app, promises_late)}</dt><dd class:fact-late=late.gt(&0)>{late}</dd></div>
                    <div><dt>{tx!(app, promises_kept)}</dt><dd>{text_of(move || rate_words(app, rate))}</dd></div>
                    <div><dt>{tx!(app, promises_answer)}</dt><dd>{text_of(move || answer.map_or_else(|| tr!(app, none).to_owned(), |minutes| words::span(app, minutes)))}</dd></div>
                </dl>
            })
        })
    };
    let filter = move |which: Shown| {
        view! {
            <button type="button" class="filter" aria-pressed=text_of(move || (shown.get() == which).to_string()) on:click=move |_| shown.set(which)>
                {live(move || (shown.get() == which).then(|| icon("check")))}{live(move || which.words(app))}
            </button>
        }
    };
    let list = move || match rows.get() {
        None => view! { <p role="status">{tx!(app, loading)}</p> }.into_any(),
        Some(rows) if rows.is_empty() => view! {
            <Empty title=said(app, |app| tr!(app, promises_empty_title)) text=said(app, |app| tr!(app, promises_empty_text)) />
        }
        .into_any(),
        Some(rows) => {
            let more = rows.len().saturating_sub(count.get());
            let drawn =
                untrack(|| rows.iter().take(count.get()).map(|promise| promise_row(app, promise, Named::Shop, open)).collect_view());
            view! {
                <ul class="rows promises">{drawn}</ul>
                {(more > 0).then(|| view! { <button type="button" class="btn btn-link" on:click=move |_| count.update(|count| *count += FIRST)>{live(move || trn!(app, promises_more | promises_more_single, count = more))}</button> })}
            }
            .into_any()
        }
    };
    view! {
        <div class="column">
            <SubPageHead app back="/" title=said(app, |app| tr!(app, promises_title)) />
            <main class="page">
                {live(figures)}
                <div class="filters" role="group" aria-label=tx!(app, promises_title)>{Shown::ALL.map(filter).collect_view()}</div>
                {live(list)}
                <RemindMe app />
                <div class="actions">
                    <button type="button" class="btn" on:click=move |_| calendar::hand_over(app)>{icon("calendar-days")}{tx!(app, calendar_take)}</button>
                </div>
                <p class="field-hint">{tx!(app, calendar_hint)}</p>
            </main>
        </div>
        <PromiseSheet app moves />
    }
}

/// `11 / 12 · 91%`; a dash where none ended.
pub fn rate_words(app: App, rate: Rate) -> String {
    match rate.percent() {
        None => tr!(app, none).to_owned(),
        Some(percent) => tr!(app, promises_rate, kept = rate.kept, all = rate.kept.saturating_add(rate.broken), percent = percent),
    }
}
