//! The visit did not happen: one tap for the reason, with a new date beside it. Counts as tried, moves no figure.

use crate::domain::id::CustomerId;
use crate::domain::visit::Outcome;
use crate::state::app::App;
use crate::ui::icon::icon;
use crate::ui::live::{live, words};
use crate::ui::parts::sheet::Sheet;
use crate::ui::say;
use crate::ui::texts::{tr, tx};
use chrono::{Days, NaiveDate};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The sheet; `on_done` is told once it is on disk.
#[component]
pub fn NotMadeSheet(
    app: App,
    customer: CustomerId,
    /// A visit in hand with something typed ends with it: that is asked first.
    loses: bool,
    on_done: Callback<()>,
    on_close: Callback<()>,
) -> impl IntoView {
    let today = app.today.get_untracked();
    let in_days = move |days: u64| today.checked_add_days(Days::new(days)).unwrap_or(today);
    let next = RwSignal::new(in_days(1));
    let problem = RwSignal::new(false);
    let record = move |why: Outcome| {
        spawn_local(async move {
            // A refused write is said by the banner; the sheet stays open.
            if app.visit_not_made(customer, why, next.get_untracked()).await.is_ok() {
                on_done.run(());
            }
        });
    };
    let asking = RwSignal::new(None::<Outcome>);
    let choose = move |why: Outcome| if loses { asking.set(Some(why)) } else { record(why) };
    let pick = move |days: u64, words_of: fn(App) -> &'static str| {
        let day = in_days(days);
        view! {
            <button type="button" class="filter" aria-pressed=words(move || (next.get() == day).to_string()) on:click=move |_| next.set(day)>
                {live(move || words_of(app))}
            </button>
        }
    };
    let reason = move |why: Outcome| {
        let sign = match why {
            Outcome::Closed => "door-closed",
            Outcome::OwnerAway => "user-x",
            Outcome::Refused => "ban",
            _ => "clock",
        };
        view! { <button type="button" class="btn" on:click=move |_| choose(why)>{icon(sign)}{live(move || say::outcome(app, why))}</button> }
    };
    let title = Signal::derive(move || tr!(app, not_made_title).to_owned());
    let subtitle = Signal::derive(move || {
        let day = next.get();
        tr!(app, not_made_next, date = say::day(app, day))
    });
    view! {
        <Sheet app title subtitle on_close=move |()| on_close.run(())>
            <div class="not-made-days" role="group" aria-label=tx!(app, done_next_change)>
                {pick(1, |app| tr!(app, tomorrow))}
                {pick(2, |app| tr!(app, after_tomorrow))}
                {pick(7, |app| tr!(app, next_week))}
                <input
                    type="date"
                    class="input"
                    aria-label=tx!(app, done_next_change)
                    aria-invalid=words(move || problem.get().to_string())
                    prop:value=words(move || next.get().to_string())
                    on:change:target=move |event| {
                        let typed = event.target().value().parse::<NaiveDate>().ok().filter(|day| *day >= today);
                        problem.set(typed.is_none());
                        if let Some(day) = typed {
                            next.set(day);
                        }
                    }
                />
            </div>
            <p class="field-hint field-error" role="alert">{live(move || problem.get().then(|| tr!(app, not_made_past)))}</p>
            <div class="not-made-reasons">{Outcome::NOT_MADE.map(reason).collect_view()}</div>
            <p class="field-hint">{tx!(app, not_made_hint)}</p>
            {live(move || asking.get().map(|why| view! {
                <div class="sheet-stack" role="alert">
                    <p class="open-problem">{icon("circle-alert")}{tx!(app, not_made_loses)}</p>
                    <button type="button" class="btn btn-late" on:click=move |_| record(why)>{icon("trash-2")}{live(move || tr!(app, not_made_lose, why = say::outcome(app, why)))}</button>
                    <button type="button" class="btn" on:click=move |_| on_close.run(())>{tx!(app, visit_keep)}</button>
                </div>
            }))}
        </Sheet>
    }
}
