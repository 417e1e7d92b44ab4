//! What the worker is doing, how far it is, and the button that stops it.

use crate::state::app::App;
use crate::state::errands::{Ask, Errands, Step};
use crate::ui::live::{live, words};
use crate::ui::texts::{tr, tx};
use leptos::prelude::*;

/// A bar with words; nothing is written when it is stopped.
#[component]
pub fn Working(app: App, errands: Errands) -> impl IntoView {
    let progress = Memo::new(move |_| errands.progress());
    let percent = move || progress.get().map_or(0, |(_, percent)| percent);
    let step = move || match progress.get().map(|(step, _)| step) {
        None => tr!(app, step_starting),
        Some(Step::Reading) => tr!(app, step_reading),
        Some(Step::Checking) => tr!(app, step_checking),
        Some(Step::Comparing) => tr!(app, step_comparing),
        Some(Step::Copying) => tr!(app, step_copying),
        Some(Step::Writing) => tr!(app, step_writing),
        Some(Step::Making) => tr!(app, step_making),
    };
    view! {
        <section class="card working">
            <p><strong role="status">{live(step)}</strong><span>{words(move || format!("{}%", percent()))}</span></p>
            <progress max="100" value=words(move || percent().to_string()) aria-label=words(step)></progress>
            <p class="field-hint">{tx!(app, import_goes_on)}</p>
            <button type="button" class="btn" on:click=move |_| errands.ask(&Ask::Stop, None)>{tx!(app, cancel)}</button>
        </section>
    }
}
