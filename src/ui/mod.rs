//! Pages, widgets and texts. A component takes props, makes a few signals and draws; what needs a comment belongs in `domain`.

mod icon;
pub mod later;
mod live;
mod load;
mod navigation;
mod pages;
mod parts;
mod platform;
mod root;
pub mod route;
mod say;
mod texts;
mod visit;

use crate::state::app::App;
use crate::state::app::StoreError;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsValue;

/// Starts the app in the page that `index.html` prepared. What cannot start is said by the static page, in both languages.
pub fn run(parts: later::Parts) {
    std::panic::set_hook(Box::new(|panic| platform::fail("panic", &panic.to_string())));
    // Mounting does this too, but reading the database comes first. Twice is an error that changes nothing.
    let _ = any_spawner::Executor::init_wasm_bindgen();
    spawn_local(async move {
        match App::start(&platform::languages()).await {
            Ok(app) => {
                mount_to_body(move || root::root(app, parts));
                platform::started();
            }
            Err(StoreError::Newer) => platform::fail("newer", ""),
            Err(StoreError::Full) => platform::fail("full", ""),
            // Something was saved here: the copy of it may still be there.
            Err(error) if App::was_used() => platform::fail("unreadable", &format!("{error:?}")),
            Err(error) => platform::fail("storage", &format!("{error:?}")),
        }
    });
}

/// The browser's own words for an exception, for the console only.
fn log(value: &JsValue) {
    leptos::logging::warn!("{value:?}");
}
