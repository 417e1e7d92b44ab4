//! Empty states teach: what this is, why it matters, the one thing that starts it.

use crate::ui::live::live;
use leptos::prelude::*;

/// Title and text of an empty state; the button comes as children.
#[component]
pub fn Empty(
    #[prop(into)] title: Signal<String>,
    #[prop(into)] text: Signal<String>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <h2>{live(move || title.get())}</h2>
            <p>{live(move || text.get())}</p>
            {children.map(|children| children())}
        </div>
    }
}

/// The shelf of the first screen: full, half empty, and the number that fills it.
pub fn shelf_picture() -> impl IntoView {
    view! {
        <svg class="shelf-picture" viewBox="0 0 232 152" aria-hidden="true" focusable="false">
            <g class="shelf-frame">
                <path d="M8 2v146M224 2v146" />
                <rect x="2" y="64" width="228" height="10" rx="3" />
                <rect x="2" y="134" width="228" height="10" rx="3" />
                <path d="M38 12h12v10l6 8v34H32V30l6-8zM70 12h12v10l6 8v34H64V30l6-8z" />
                <path d="M34 102l8-12h28l8 12v32H34zM34 102h44M56 90v12" />
            </g>
            <g class="shelf-gap">
                <path d="M110 12h12v10l6 8v34h-24V30l6-8zM142 12h12v10l6 8v34h-24V30l6-8z" />
                <path d="M172 24h40v40h-40zM92 102l8-12h24l8 12v32H92zM154 94h52v40h-52z" />
            </g>
            <g class="shelf-tag">
                <rect x="96" y="56" width="58" height="28" rx="6" />
                <text x="125" y="76" text-anchor="middle">"+5"</text>
            </g>
        </svg>
    }
}
