//! Line icons from the sprite `public/icons.svg` (Lucide, ISC), which `scripts/icons.mjs` writes from the package. It stands in
//! the page itself: from a file of its own Chromium asked for it again with almost every icon.

use leptos::prelude::*;

/// An icon; decoration only, the words beside it or the control's label say what it means.
pub fn icon(name: &'static str) -> impl IntoView {
    view! {
        <svg class="icon" aria-hidden="true" focusable="false" viewBox="0 0 24 24">
            <use href=format!("#{name}")></use>
        </svg>
    }
}
