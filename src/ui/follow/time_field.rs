//! A day and a time to type, with what they mean and what is wrong with them.

use crate::domain::promise_draft::TimeDraft;
use crate::state::app::App;
use crate::ui::live::{live, when, words};
use leptos::prelude::*;

/// A part of a time: its day or its hour.
fn part(
    id: String,
    kind: &'static str,
    label: Signal<String>,
    error: Signal<Option<String>>,
    shown: Signal<String>,
    set: Callback<String>,
) -> AnyView {
    let described = format!("{}-hint", id.trim_end_matches("-time"));
    view! {
        <div class="field">
            <label for=id.clone()>{live(move || label.get())}</label>
            <input
                id=id
                type=kind
                class="input"
                class:input-error=when(move || error.with(Option::is_some))
                aria-invalid=words(move || error.with(Option::is_some).to_string())
                aria-describedby=described
                prop:value=words(move || shown.get())
                on:change:target=move |event| set.run(event.target().value())
            />
        </div>
    }
    .into_any()
}

/// Both, under one word for what is to happen then. `hint` says what they come to.
pub fn time_field(
    id: &'static str,
    labels: (Signal<String>, Signal<String>),
    time: Signal<TimeDraft>,
    set: Callback<TimeDraft>,
    error: Signal<Option<String>>,
) -> AnyView {
    let day = Signal::derive(move || time.with(|time| time.day.clone()));
    let hour = Signal::derive(move || time.with(|time| time.time.clone()));
    let set_day = Callback::new(move |day: String| set.run(TimeDraft { day, ..time.get_untracked() }));
    let set_hour = Callback::new(move |time_of: String| set.run(TimeDraft { time: time_of, ..time.get_untracked() }));
    view! {
        <div class="field-pair">
            {part(id.to_owned(), "date", labels.0, error, day, set_day)}
            {part(format!("{id}-time"), "time", labels.1, error, hour, set_hour)}
        </div>
        <p id=format!("{id}-hint") class="field-hint" class:field-error=when(move || error.with(Option::is_some))>
            {live(move || error.get().unwrap_or_default())}
        </p>
    }
    .into_any()
}

/// A signal of a text that follows the language.
pub fn said(app: App, text: fn(App) -> &'static str) -> Signal<String> {
    Signal::derive(move || text(app).to_owned())
}
