//! Where a page was scrolled to, so that Back returns there. The browser's own restoration comes before the page is drawn, so it is
//! turned off; a place is kept by address for pages and by name for panes.

#![expect(clippy::float_arithmetic, reason = "pixels are what the browser measures in; no quantity passes here")]

use crate::ui::route::address;
use leptos::html::Div;
use leptos::prelude::*;
use std::collections::BTreeMap;

/// Frames a page gets to be drawn as long as it was.
const TRIES: u8 = 40;

/// Places by address.
#[derive(Clone, Copy)]
pub struct Places {
    kept: StoredValue<BTreeMap<String, f64>>,
    /// A place to go back to: nothing is noted meanwhile.
    going: StoredValue<bool>,
}

impl Places {
    /// Watches the window from now on; call once, at the root.
    pub fn watch() -> Places {
        let places = Places { kept: StoredValue::new(BTreeMap::new()), going: StoredValue::new(false) };
        if let Ok(history) = window().history() {
            // A browser without it restores by itself, too early, and is put right below.
            let _ = history.set_scroll_restoration(web_sys::ScrollRestoration::Manual);
        }
        let scrolled = window_event_listener_untyped("scroll", move |_| {
            if !places.going.get_value() {
                let top = window().scroll_y().unwrap_or(0.0);
                places.kept.update_value(|kept| {
                    kept.insert(address(), top);
                });
            }
        });
        let back = window_event_listener_untyped("popstate", move |_| {
            let place = places.kept.with_value(|kept| kept.get(&address()).copied()).unwrap_or(0.0);
            places.going.set_value(true);
            places.go(place, TRIES);
        });
        on_cleanup(move || {
            scrolled.remove();
            back.remove();
        });
        places
    }

    /// Scrolls once the page is long enough to be there.
    fn go(self, place: f64, tries: u8) {
        request_animation_frame(move || {
            window().scroll_to_with_x_and_y(0.0, place);
            let is_there = (window().scroll_y().unwrap_or(0.0) - place).abs() < 2.0;
            // Once more after it is there: drawing may still move it.
            if tries > 0 && (!is_there || tries == TRIES) {
                self.go(place, tries - 1);
            } else {
                self.going.set_value(false);
            }
        });
    }

    /// Keeps the place of a pane that scrolls by itself; gives the reference to put on it.
    pub fn pane(self, name: &'static str) -> NodeRef<Div> {
        let node = NodeRef::<Div>::new();
        let place = self.kept.with_value(|kept| kept.get(name).copied()).unwrap_or(0.0);
        Effect::new(move |_| {
            if node.get().is_some() {
                restore(node, place, TRIES);
            }
        });
        let noted = window_event_listener_untyped("pointerdown", move |_| self.note(name, node));
        let keyed = window_event_listener_untyped("keydown", move |_| self.note(name, node));
        on_cleanup(move || {
            noted.remove();
            keyed.remove();
        });
        node
    }

    fn note(self, name: &'static str, node: NodeRef<Div>) {
        if let Some(pane) = node.get_untracked() {
            self.kept.update_value(|kept| {
                kept.insert(name.to_owned(), pane.scroll_top().into());
            });
        }
    }
}

fn restore(node: NodeRef<Div>, place: f64, tries: u8) {
    request_animation_frame(move || {
        if let Some(pane) = node.try_get_untracked().flatten() {
            #[expect(clippy::cast_possible_truncation, reason = "a scroll place in whole pixels")]
            pane.set_scroll_top(place as i32);
            if f64::from(pane.scroll_top()) < place - 2.0 && tries > 0 {
                restore(node, place, tries - 1);
            }
        }
    });
}
