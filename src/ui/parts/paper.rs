//! A list on paper and as a text to send: what the screen draws, but all of it. While a page is being handed on every list draws its
//! last row; a screen shows only those in sight.

use crate::state::app::App;
use crate::ui::icon::icon;
use crate::ui::live::{live, words};
use crate::ui::parts::sheet::Sheet;
use crate::ui::platform::{self, Shared};
use crate::ui::say;
use crate::ui::texts::{tr, tx};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Whether lists draw all of their rows.
#[derive(Clone, Copy)]
pub struct Whole(pub RwSignal<bool>);

impl Whole {
    /// Follows the browser's own print command too.
    pub fn watch() -> Whole {
        let whole = RwSignal::new(false);
        for (event, is_whole) in [("beforeprint", true), ("afterprint", false)] {
            let listener = window_event_listener_untyped(event, move |_| whole.set(is_whole));
            on_cleanup(move || listener.remove());
        }
        Whole(whole)
    }

    /// Does something with the whole page, and lets the lists go back to what is in sight.
    fn during(self, what: impl FnOnce() + 'static) {
        self.0.set(true);
        // Lists draw in the first frame, the browser lays out in the second.
        request_animation_frame(move || {
            request_animation_frame(move || {
                what();
                self.0.set(false);
            });
        });
    }
}

/// The button on top of a list: print it, send it as a text.
#[component]
pub fn HandOn(app: App, #[prop(into)] title: Signal<String>) -> impl IntoView {
    let open = RwSignal::new(false);
    let note = RwSignal::new(None::<Shared>);
    let list = StoredValue::new_local(None::<Element>);
    let whole = expect_context::<Whole>();
    let print = move |_| {
        open.set(false);
        whole.during(platform::print);
    };
    let send = move |_| {
        whole.during(move || {
            let heading = format!("{} {}", title.get_untracked(), app.today.get_untracked());
            let text = list.with_value(|list| list.as_ref().map(rows_as_text)).unwrap_or_default();
            spawn_local(async move {
                let shared = platform::share(&heading, &format!("{heading}\n{text}")).await;
                note.try_set(Some(shared));
                if shared == Shared::Sent {
                    open.try_set(false);
                }
            });
        });
    };
    view! {
        <button
            type="button"
            class="icon-button hand-on"
            aria-label=tx!(app, hand_on)
            on:click=move |event| {
                // What was clicked may be the drawing in the button.
                let clicked = event.target().and_then(|target| target.dyn_into::<Element>().ok());
                list.set_value(clicked.and_then(|clicked| clicked.closest(".pane-list, .pane-detail, .column, #content").ok().flatten()));
                note.set(None);
                open.set(true);
            }
        >{icon("share-2")}</button>
        {live(move || open.get().then(|| view! {
            <Sheet app title=Signal::derive(move || tr!(app, hand_on).to_owned()) subtitle=title on_close=move |()| open.set(false)>
                <div class="sheet-stack">
                    <button type="button" class="btn btn-primary" on:click=send>{icon("message-square")}{tx!(app, hand_on_text)}</button>
                    <button type="button" class="btn" on:click=print>{icon("printer")}{tx!(app, print)}</button>
                </div>
                <p class="field-hint" role="status">{live(move || match note.get() {
                    Some(Shared::Copied) => tr!(app, hand_on_copied),
                    Some(Shared::Failed) => tr!(app, share_failed_short),
                    _ => "",
                })}</p>
            </Sheet>
        }))}
    }
}

/// What the rows of a page say, one a line, under the titles of their groups.
fn rows_as_text(list: &Element) -> String {
    let Ok(found) = list.query_selector_all(".group-title, .row, .timeline-row, .facts > div") else { return String::new() };
    let mut lines = Vec::new();
    let mut number = 0;
    for at in 0..found.length() {
        let Some(element) = found.get(at).and_then(|node| node.dyn_into::<HtmlElement>().ok()) else { continue };
        let text = element.inner_text().split(['\n', '\t']).map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
        if text.is_empty() {
            continue;
        }
        let classes = element.class_list();
        if classes.contains("group-title") {
            number = 0;
            lines.push(format!("\n■ {text}"));
        } else if classes.contains("row") || classes.contains("timeline-row") {
            number += 1;
            lines.push(format!("{number}. {text}"));
        } else {
            lines.push(text);
        }
    }
    lines.join("\n")
}

/// At the foot of every printed page: who, and when.
#[component]
pub fn PrintFoot(app: App) -> impl IntoView {
    let words_of_rep = move || {
        let rep = app.book.with(|book| book.rep());
        let parts = [rep.company, rep.name, rep.phone, say::day(app, app.today.get())];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    };
    view! { <p class="print-only print-foot">{words(words_of_rep)}</p> }
}
