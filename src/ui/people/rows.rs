//! Rows of a form that come and go: phones, addresses, days, facts. Each row keeps its fields while others change, so typing is never
//! disturbed; a new row takes the focus.

use crate::state::app::App;
use crate::ui::icon::icon;
use crate::ui::live::{live, words};
use crate::ui::texts::tr;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Rows of one kind, as they stand in a draft.
pub struct Rows<T: Send + Sync + 'static> {
    pub app: App,
    pub all: Signal<Vec<T>>,
    pub set: Callback<Vec<T>>,
    pub blank: fn() -> T,
    /// So many rows are shown where nothing was typed yet.
    pub least: usize,
    /// No more than so many are kept.
    pub most: usize,
}

impl<T: Send + Sync + 'static> Clone for Rows<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Rows<T> {}

impl<T: Clone + Send + Sync + 'static> Rows<T> {
    /// Something of one row, of a blank one where nothing was typed yet.
    pub fn read<V: Send + Sync + 'static>(self, at: usize, part: fn(&T) -> V) -> Signal<V> {
        Signal::derive(move || self.all.with(|all| all.get(at).map_or_else(|| part(&(self.blank)()), part)))
    }

    pub fn change(self, at: usize, change: impl FnOnce(&mut T)) {
        let mut all = self.all.get_untracked();
        while all.len() <= at {
            all.push((self.blank)());
        }
        if let Some(row) = all.get_mut(at) {
            change(row);
        }
        self.set.run(all);
    }

    /// A change by what was typed or chosen.
    pub fn setter<V: 'static>(self, at: usize, change: fn(&mut T, V)) -> Callback<V> {
        Callback::new(move |value| self.change(at, |row| change(row, value)))
    }

    fn remove(self, at: usize) {
        let mut all = self.all.get_untracked();
        if at < all.len() {
            all.remove(at);
        }
        self.set.run(all);
    }

    /// The rows, and the button that adds one. `id` begins the ids of their first fields, `add` is what the button says.
    pub fn view(self, id: &'static str, add: fn(App) -> &'static str, row: impl Fn(usize) -> AnyView + Clone + Send + 'static) -> AnyView {
        let app = self.app;
        let count = Memo::new(move |_| self.all.with(Vec::len).max(self.least));
        let more = move || {
            let at = count.get_untracked();
            self.change(at, |_| ());
            focus(format!("{id}-{at}"));
        };
        let button = move || {
            (count.get() < self.most).then(|| {
                view! {
                    <button type="button" class="btn btn-link form-add" on:click=move |_| more()>
                        {icon("plus")}{words(move || add(app))}
                    </button>
                }
            })
        };
        let remove = move |at: usize| {
            view! {
                <button
                    type="button"
                    class="icon-button form-remove"
                    aria-label=words(move || tr!(app, people_remove, row = format!("{} {}", add(app), at + 1)))
                    on:click=move |_| {
                        self.remove(at);
                        focus(format!("{id}-{}", at.saturating_sub(1)));
                    }
                >
                    {icon("x")}
                </button>
            }
        };
        view! {
            <For each=move || 0..count.get() key=|at| *at let(at)>
                <div class="form-row"><div class="form-row-fields">{row(at)}</div>{remove(at)}</div>
            </For>
            {live(button)}
        }
        .into_any()
    }
}

/// Moves the focus to a field once it is drawn.
fn focus(id: String) {
    request_animation_frame(move || {
        let element = document().get_element_by_id(&id).and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
        if let Some(element) = element {
            // An element that cannot take the focus leaves it where it is.
            let _ = element.focus();
        }
    });
}
