//! A search field with its clear button.

use super::field::raw_input;
use crate::state::app::App;
use crate::ui::icon::icon;
use crate::ui::live::{When, words};
use crate::ui::texts::tx;
use leptos::prelude::*;

#[component]
pub fn SearchBox(app: App, text: RwSignal<String>, #[prop(into)] hint: Signal<String>) -> impl IntoView {
    let node = raw_input(text.into());
    view! {
        <div class="search" role="search">
            {icon("search")}
            <input
                node_ref=node
                type="text"
                inputmode="search"
                enterkeyhint="search"
                autocomplete="off"
                aria-label=tx!(app, search)
                placeholder=words(move || hint.get())
                on:input:target=move |event| text.set(event.target().value())
            />
            <When when=move || text.with(|text| !text.is_empty())>
                <button type="button" aria-label=tx!(app, clear_search) on:click=move |_| text.set(String::new())>{icon("circle-x")}</button>
            </When>
        </div>
    }
}
