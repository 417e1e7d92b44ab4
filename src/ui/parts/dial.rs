//! A dial: a figure that opens the keypad, with one-less and one-more below. Empty shows "–", never 0.

use super::field::{is_plain_enter, raw_input};
use crate::domain::quantity::Units;
use crate::domain::typed;
use crate::state::app::App;
use crate::ui::icon::icon;
use crate::ui::live::{live, when, words};
use crate::ui::texts::tr;
use leptos::prelude::*;

/// One dial. `id` is the input's, for focus.
#[component]
pub fn Dial(
    app: App,
    id: String,
    /// What a screen reader says: place and unit.
    #[prop(into)]
    label: Signal<String>,
    #[prop(into)] unit: Signal<String>,
    #[prop(into)] text: Signal<String>,
    #[prop(into)] on_text: Callback<String>,
    #[prop(into)] wrong: Signal<bool>,
    #[prop(into)] on_enter: Callback<()>,
    #[prop(optional, into)] on_focus: Option<Callback<()>>,
) -> impl IntoView {
    let node = raw_input(text);
    let step = move |by: i64| {
        let stepped = text.with_untracked(|raw| match typed::units(raw) {
            Ok(None) => Some(by.max(0)),
            Ok(Some(units)) => Some((units.0 + by).clamp(0, Units::MAX.0)),
            Err(_) => None,
        });
        if let Some(value) = stepped {
            on_text.run(value.to_string());
        }
    };
    view! {
        <div class="dial" class:dial-wrong=when(move || wrong.get()) role="group" aria-label=words(move || label.get())>
            <label class="dial-figure">
                <input
                    id=id
                    node_ref=node
                    type="text"
                    inputmode="numeric"
                    enterkeyhint="next"
                    autocomplete="off"
                    placeholder="–"
                    aria-label=words(move || label.get())
                    aria-invalid=words(move || wrong.get().to_string())
                    size=words(move || text.with(|raw| raw.chars().count().clamp(1, 11)).to_string())
                    on:input:target=move |event| on_text.run(event.target().value())
                    on:focus:target=move |event| {
                        event.target().select();
                        if let Some(on_focus) = on_focus {
                            on_focus.run(());
                        }
                    }
                    on:keydown=move |event| {
                        if is_plain_enter(&event) {
                            event.prevent_default();
                            on_enter.run(());
                        }
                    }
                />
                <span class="dial-unit" aria-hidden="true">{live(move || unit.get())}</span>
            </label>
            <div class="dial-steps">
                <button type="button" aria-label=words(move || tr!(app, dial_less, dial = label.get())) on:click=move |_| step(-1)>
                    {icon("minus")}
                </button>
                <button type="button" aria-label=words(move || tr!(app, dial_more, dial = label.get())) on:click=move |_| step(1)>
                    {icon("plus")}
                </button>
            </div>
        </div>
    }
}
