//! Moving between pages: a click on a link of the app changes the address without loading the site again; Back and Forward are the
//! browser's own. `leptos_router` did this too, with nested routes, loaders and transitions of which one route used nothing, for ten
//! kilobytes of the first load.

use super::platform;
use super::route::{Page, link};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlAnchorElement, MouseEvent, Url, UrlSearchParams};

/// The address on screen.
#[derive(Clone, Copy)]
pub struct Address {
    /// The path below the app's own.
    path: RwSignal<String>,
}

/// What becomes of the address that is left.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Left {
    /// Back returns to it.
    Kept,
    Gone,
}

impl Address {
    /// Follows clicks, Back and Forward from now on; call once, at the root.
    pub fn watch() -> Address {
        let address = Address { path: RwSignal::new(path()) };
        let clicked = window_event_listener(leptos::ev::click, move |event| address.follow(&event));
        let back = window_event_listener(leptos::ev::popstate, move |_| address.look());
        on_cleanup(move || {
            clicked.remove();
            back.remove();
        });
        address
    }

    /// The page of the address.
    pub fn page(self) -> Page {
        self.path.with(|path| Page::of(path))
    }

    /// A value behind the question mark.
    pub fn asked(self, key: &str) -> Option<String> {
        let search = window().location().search().unwrap_or_default();
        UrlSearchParams::new_with_str(&search).ok()?.get(key)
    }

    /// Goes to a path of the app.
    pub fn go(self, path: &str) {
        self.to(&link(path), Left::Kept);
    }

    /// Goes there in the place of the page that is left.
    pub fn replace(self, path: &str) {
        self.to(&link(path), Left::Gone);
    }

    fn to(self, href: &str, left: Left) {
        let Ok(history) = window().history() else { return };
        let moved = match left {
            Left::Kept => history.push_state_with_url(&JsValue::NULL, "", Some(href)),
            Left::Gone => history.replace_state_with_url(&JsValue::NULL, "", Some(href)),
        };
        // A browser refuses after some hundred moves in half a minute: then it loads the page itself.
        if moved.is_err() {
            let _ = window().location().assign(href);
            return;
        }
        self.look();
        window().scroll_to_with_x_and_y(0.0, 0.0);
    }

    fn look(self) {
        let path = path();
        if self.path.with_untracked(|old| *old != path) {
            self.path.set(path);
        }
    }

    /// A plain click on a link into the app; any other is the browser's.
    fn follow(self, event: &MouseEvent) {
        let with_key = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
        if event.default_prevented() || event.button() != 0 || with_key {
            return;
        }
        let clicked = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let anchor = clicked
            .and_then(|clicked| clicked.closest("a[href]").ok().flatten())
            .and_then(|found| found.dyn_into::<HtmlAnchorElement>().ok());
        let Some(anchor) = anchor.filter(|anchor| anchor.target().is_empty() && !anchor.has_attribute("download")) else { return };
        let Ok(url) = Url::new(&anchor.href()) else { return };
        let is_ours =
            url.origin() == window().location().origin().unwrap_or_default() && url.pathname().starts_with(&platform::base_path());
        if !is_ours || is_a_file(&url.pathname()) {
            return;
        }
        event.prevent_default();
        let is_here = url.href() == window().location().href().unwrap_or_default();
        self.to(&url.href(), if is_here { Left::Gone } else { Left::Kept });
    }
}

/// A file of the site, no page.
fn is_a_file(path: &str) -> bool {
    path.rsplit('/').next().is_some_and(|name| name.contains('.'))
}

/// The path on screen below the app's own.
fn path() -> String {
    let path = window().location().pathname().unwrap_or_default();
    path.strip_prefix(&platform::base_path()).unwrap_or("/nowhere").to_owned()
}

/// The address, in any component.
pub fn use_address() -> Address {
    expect_context()
}
