//! Line icons from the sprite `public/icons.svg` (Lucide, ISC), which `scripts/icons.mjs` writes from the package.

use leptos::prelude::*;

/// An icon; decoration only, the words beside it or the control's label say what it means.
pub fn icon(name: &'static str) -> impl IntoView {
    view! {
        <svg class="icon" aria-hidden="true" focusable="false" viewBox="0 0 24 24">
            <use href=format!("icons.svg#{name}")></use>
        </svg>
    }
}
