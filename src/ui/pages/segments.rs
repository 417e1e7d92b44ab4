//! The days that can be looked at: the same three links on each of their pages.

use crate::state::app::App;
use crate::ui::live::words;
use crate::ui::route::{Page, link};
use crate::ui::texts::{tr, tx};
use leptos::prelude::*;

/// Today, tomorrow, the week.
pub fn segments(app: App, here: Page) -> impl IntoView {
    let segment = move |path: &'static str, page: Page, name: fn(App) -> &'static str| {
        view! { <a href=link(path) class="filter" aria-current=(here == page).then_some("page")>{words(move || name(app))}</a> }
    };
    view! {
        <nav class="segments" aria-label=tx!(app, agenda_days)>
            {segment("/", Page::Today, |app| tr!(app, nav_today))}
            {segment("/today/tomorrow", Page::Tomorrow, |app| tr!(app, agenda_tomorrow))}
            {segment("/today/week", Page::Week, |app| tr!(app, agenda_week))}
        </nav>
    }
}
