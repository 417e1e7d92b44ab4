//! A text with what a search hit marked in it.

use crate::state::finding::Search;
use leptos::prelude::*;

pub fn marked(search: &Search, text: &str) -> AnyView {
    let part = |(part, is_hit): (String, bool)| {
        if is_hit { view! { <mark>{part}</mark> }.into_any() } else { part.into_any() }
    };
    search.parts(text).into_iter().map(part).collect_view().into_any()
}
