//! A shop that is left alone for a while, or for good: until when and why. Giving up early asks for the reason in words; both are taken
//! back by one tap.

use super::words as say_who;
use crate::domain::id::CustomerId;
use crate::domain::profile::{CoolReason, GivenUp, Snooze};
use crate::state::app::{App, Refused};
use crate::state::profiles::ProfileRefusal;
use crate::ui::icon::icon;
use crate::ui::live::live;
use crate::ui::parts::field::{TextField, focus_first_error};
use crate::ui::parts::form::{Worded, choice};
use crate::ui::parts::pick::day_field;
use crate::ui::parts::sheet::Sheet;
use crate::ui::say;
use crate::ui::texts::{tr, tx};
use chrono::{Days, NaiveDate};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What is over the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Over {
    Nothing,
    Snooze,
    GiveUp,
}

/// What is typed into a sheet; kept by the page while the sheet is drawn anew.
#[derive(Clone, Copy)]
struct Typed {
    id: CustomerId,
    until: RwSignal<String>,
    text: RwSignal<String>,
    reason: RwSignal<CoolReason>,
    problem: RwSignal<Option<ProfileRefusal>>,
    busy: RwSignal<bool>,
    over: RwSignal<Over>,
}

impl Typed {
    fn show(self, over: Over) {
        self.problem.set(None);
        self.text.set(String::new());
        self.over.set(over);
    }

    /// What came of a command: the sheet goes, or says what is wrong.
    fn done(self, answer: Result<(), Refused<ProfileRefusal>>) {
        self.busy.try_set(false);
        match answer {
            Ok(()) => {
                self.over.try_set(Over::Nothing);
            }
            Err(Refused::Problems(found)) => {
                self.problem.try_set(found.into_iter().next());
                focus_first_error();
            }
            // The disk's refusal is said by the banner; what was typed stays.
            Err(Refused::Store(_)) => {}
        }
    }
}

#[component]
pub fn Quiet(app: App, id: CustomerId) -> impl IntoView {
    let typed = Typed {
        id,
        until: RwSignal::new(String::new()),
        text: RwSignal::new(String::new()),
        reason: RwSignal::new(CoolReason::NotInterested),
        problem: RwSignal::new(None),
        busy: RwSignal::new(false),
        over: RwSignal::new(Over::Nothing),
    };
    let state = Memo::new(move |_| app.profile(id).map(|profile| (profile.snooze, profile.given_up)));
    let parts = move || {
        let (snooze, given_up) = state.get().unwrap_or_default();
        let snooze = snooze.filter(|snooze| snooze.until >= app.today.get());
        match (given_up, snooze) {
            (Some(given_up), _) => given_up_note(app, id, given_up),
            (None, Some(snooze)) => snooze_note(app, id, snooze),
            (None, None) => view! {
                <div class="actions">
                    <button type="button" class="btn" on:click=move |_| { typed.until.set(in_days(app, 7)); typed.show(Over::Snooze); }>{icon("hourglass")}{tx!(app, profile_snooze)}</button>
                    <button type="button" class="btn" on:click=move |_| typed.show(Over::GiveUp)>{icon("ban")}{tx!(app, profile_give_up)}</button>
                </div>
            }
            .into_any(),
        }
    };
    view! {
        {live(parts)}
        {live(move || match typed.over.get() {
            Over::Nothing => ().into_any(),
            Over::Snooze => snooze_sheet(app, typed),
            Over::GiveUp => give_up_sheet(app, typed),
        })}
    }
}

fn in_days(app: App, days: u64) -> String {
    app.today.get_untracked().checked_add_days(Days::new(days)).unwrap_or(app.today.get_untracked()).to_string()
}

fn snooze_note(app: App, id: CustomerId, snooze: Snooze) -> AnyView {
    let wake = move |_| {
        spawn_local(async move {
            // A refused write is said by the banner.
            let _ = app.wake_up(id).await;
        });
    };
    let Snooze { until, reason } = snooze;
    view! {
        <section class="card notice" role="status">
            {icon("hourglass")}
            <p>{live(move || tr!(app, profile_snoozed, date = say::day(app, until), reason = reason.clone()))}</p>
            <button type="button" class="btn" on:click=wake>{icon("undo-2")}{tx!(app, profile_wake)}</button>
        </section>
    }
    .into_any()
}

fn given_up_note(app: App, id: CustomerId, given_up: GivenUp) -> AnyView {
    let again = move |_| {
        spawn_local(async move {
            // A refused write is said by the banner.
            let _ = app.take_up_again(id).await;
        });
    };
    let said = move || {
        let reason = say_who::cool_reason(app, given_up.reason);
        let why = if given_up.text.is_empty() { reason.to_owned() } else { format!("{reason} · {}", given_up.text) };
        tr!(app, profile_given_up, date = say::date(app, given_up.on), reason = why)
    };
    view! {
        <section class="card notice" role="status">
            {icon("ban")}
            <p>{live(said)}</p>
            <button type="button" class="btn" on:click=again>{icon("undo-2")}{tx!(app, profile_take_up)}</button>
        </section>
    }
    .into_any()
}

fn snooze_sheet(app: App, typed: Typed) -> AnyView {
    let save = move |_| {
        if typed.busy.get_untracked() {
            return;
        }
        let Ok(until) = typed.until.with_untracked(|until| until.parse::<NaiveDate>()) else {
            return typed.done(Err(Refused::Problems(vec![ProfileRefusal::InThePast])));
        };
        typed.busy.set(true);
        spawn_local(async move {
            let text = typed.text.get_untracked();
            typed.done(app.snooze(typed.id, until, &text).await);
        });
    };
    let day_error = Signal::derive(move || {
        typed.problem.get().filter(|problem| *problem == ProfileRefusal::InThePast).map(|problem| problem.worded(app))
    });
    let soon = move |days: u64, label: fn(App) -> &'static str| {
        view! { <button type="button" class="filter" on:click=move |_| typed.until.set(in_days(app, days))>{live(move || label(app))}</button> }
    };
    let title = Signal::derive(move || tr!(app, profile_snooze).to_owned());
    view! {
        <Sheet app title on_close=move |()| typed.over.set(Over::Nothing)>
            <p class="sheet-text">{tx!(app, profile_snooze_text)}</p>
            <div class="choices">{soon(7, |app| tr!(app, in_a_week))}{soon(14, |app| tr!(app, in_two_weeks))}{soon(30, |app| tr!(app, profile_in_a_month))}</div>
            {day_field("snooze-until".to_owned(), Signal::derive(move || tr!(app, profile_until).to_owned()), typed.until.into(), Callback::new(move |day| typed.until.set(day)), day_error)}
            {why_field(app, typed)}
            <div class="sheet-actions">
                <button type="button" class="btn btn-primary" disabled=typed.busy on:click=save>{tx!(app, profile_snooze_do)}</button>
            </div>
        </Sheet>
    }
    .into_any()
}

fn give_up_sheet(app: App, typed: Typed) -> AnyView {
    let save = move |_| {
        if typed.busy.get_untracked() {
            return;
        }
        typed.busy.set(true);
        spawn_local(async move {
            let (reason, text) = (typed.reason.get_untracked(), typed.text.get_untracked());
            typed.done(app.give_up(typed.id, reason, &text).await);
        });
    };
    let early = untrack(|| app.asks_why(typed.id));
    let one = move |reason: CoolReason| {
        choice(
            Signal::derive(move || say_who::cool_reason(app, reason).to_owned()),
            "cool-reason",
            move || typed.reason.get() == reason,
            move || typed.reason.set(reason),
        )
    };
    let title = Signal::derive(move || tr!(app, profile_give_up).to_owned());
    view! {
        <Sheet app title on_close=move |()| typed.over.set(Over::Nothing)>
            <p class="sheet-text">{live(move || if early { tr!(app, profile_give_up_early) } else { tr!(app, profile_give_up_text) })}</p>
            <fieldset class="field">
                <legend>{tx!(app, profile_cool)}</legend>
                <div class="choices">{CoolReason::ALL.map(one).collect_view()}</div>
            </fieldset>
            {why_field(app, typed)}
            <div class="sheet-actions">
                <button type="button" class="btn btn-primary" disabled=typed.busy on:click=save>{tx!(app, profile_give_up_do)}</button>
            </div>
        </Sheet>
    }
    .into_any()
}

fn why_field(app: App, typed: Typed) -> AnyView {
    let error = Signal::derive(move || {
        typed.problem.get().filter(|problem| *problem != ProfileRefusal::InThePast).map(|problem| problem.worded(app))
    });
    view! {
        <TextField
            id="quiet-why"
            label=Signal::derive(move || tr!(app, profile_why).to_owned())
            text=typed.text
            on_text=Callback::new(move |text| typed.text.set(text))
            error
        />
    }
    .into_any()
}
