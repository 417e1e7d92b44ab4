//! The body of a list or a shop: the page's one `main`, or a plain part of it where it stands beside another.

use leptos::prelude::*;

#[component]
pub fn Body(is_page: bool, #[prop(default = "page")] class: &'static str, children: Children) -> impl IntoView {
    if is_page {
        view! { <main class=class>{children()}</main> }.into_any()
    } else {
        view! { <div class=class>{children()}</div> }.into_any()
    }
}
