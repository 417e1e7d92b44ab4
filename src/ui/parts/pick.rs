//! Choices in a form besides radio chips: one of many words in a list, several chips at once, a day of the calendar. Each is the
//! browser's own control, so keyboard, wheel and screen reader work as everywhere.

use crate::state::app::App;
use crate::ui::live::{live, when, words};
use leptos::prelude::*;

/// One of a few, in the browser's own list. `all` in the order shown.
pub fn pick<T: Copy + PartialEq + Send + Sync + 'static>(
    app: App,
    id: String,
    label: Signal<String>,
    all: Vec<T>,
    word: fn(App, T) -> &'static str,
    chosen: Signal<T>,
    set: Callback<T>,
) -> AnyView {
    let options = all.iter().enumerate().map(|(at, one)| {
        let one = *one;
        view! { <option value=at.to_string() prop:selected=when(move || chosen.get() == one)>{live(move || word(app, one))}</option> }
    });
    let options = options.collect_view();
    view! {
        <div class="field">
            <label for=id.clone()>{live(move || label.get())}</label>
            <select id=id class="input" on:change:target=move |event| {
                if let Some(one) = event.target().value().parse::<usize>().ok().and_then(|at| all.get(at).copied()) {
                    set.run(one);
                }
            }>{options}</select>
        </div>
    }
    .into_any()
}

/// One of several that may be chosen together: a checkbox that looks like a chip.
pub fn tick(label: Signal<String>, on: Signal<bool>, set: Callback<bool>) -> AnyView {
    view! {
        <label class="choice">
            <input type="checkbox" prop:checked=when(move || on.get()) on:change:target=move |event| set.run(event.target().checked()) />
            <span>{live(move || label.get())}</span>
        </label>
    }
    .into_any()
}

/// A day of the calendar, as `2026-11-24`.
pub fn day_field(id: String, label: Signal<String>, text: Signal<String>, set: Callback<String>, error: Signal<Option<String>>) -> AnyView {
    let hint = format!("{id}-hint");
    view! {
        <div class="field">
            <label for=id.clone()>{live(move || label.get())}</label>
            <input
                id=id
                type="date"
                class="input"
                class:input-error=when(move || error.with(Option::is_some))
                aria-invalid=words(move || error.with(Option::is_some).to_string())
                aria-describedby=hint.clone()
                prop:value=words(move || text.get())
                on:change:target=move |event| set.run(event.target().value())
            />
            <p id=hint class="field-hint field-error">{live(move || error.get())}</p>
        </div>
    }
    .into_any()
}
