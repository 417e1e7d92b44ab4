//! The top of a page: its one heading, which takes the focus after a change of page, and the title of the browser tab.

use crate::state::app::App;
use crate::ui::icon::icon;
use crate::ui::live::{live, words};
use crate::ui::route::link;
use crate::ui::texts::tr;
use leptos::html::H1;
use leptos::prelude::*;

/// Set once the first page is drawn: only later pages take the focus.
#[derive(Clone, Copy)]
pub struct FirstPage(pub StoredValue<bool>);

/// A heading that announces its page.
#[component]
pub fn Heading(app: App, #[prop(into)] title: Signal<String>) -> impl IntoView {
    let node = NodeRef::<H1>::new();
    let first = use_context::<FirstPage>();
    Effect::new(move |_| {
        document().set_title(&format!("{} · {}", title.get(), tr!(app, app_name)));
    });
    Effect::new(move |done: Option<()>| {
        if let (None, Some(heading)) = (done, node.get()) {
            let is_first = first.is_some_and(|first| first.0.get_value());
            if let Some(first) = first {
                first.0.set_value(false);
            }
            if !is_first {
                let options = web_sys::FocusOptions::new();
                options.set_prevent_scroll(true);
                // A heading always takes the focus; were it gone already, the next page's does.
                let _ = heading.focus_with_options(&options);
            }
        }
    });
    view! { <h1 tabindex="-1" node_ref=node>{live(move || title.get())}</h1> }
}

/// Back, title, and what stands at the right.
#[component]
pub fn SubPageHead(
    app: App,
    #[prop(into)] back: String,
    #[prop(into)] title: Signal<String>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <header class="page-head page-head-sub">
            <a href=link(&back) class="icon-button" aria-label=words(move || tr!(app, back))>{icon("chevron-left")}</a>
            <Heading app title />
            {children.map(|children| children())}
        </header>
    }
}
