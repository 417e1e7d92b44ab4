//! A windowed list: only the rows in sight exist, so 5,000 rows scroll like 50. Works in whatever scrolls around it. Every row
//! is `row_height` high; the list says its full length to a screen reader.

#![expect(clippy::float_arithmetic, reason = "pixels and rem are what the browser measures in; no quantity passes here")]

use super::paper::Whole;
use crate::ui::live::words;
use leptos::html::Ul;
use leptos::prelude::*;
use std::hash::Hash;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// Rows drawn above and below what is in sight, and at least drawn anew at a time: fewer at once keep each frame short.
const MARGIN: usize = 2;

/// A list of `items`; `key` identifies a row with its revision.
#[component]
pub fn Listing<T, K, V>(
    #[prop(into)] items: Signal<Vec<T>>,
    /// Height of one row in hundredths of a rem.
    row_height: u32,
    #[prop(into)] label: Signal<String>,
    key: fn(&T) -> K,
    /// What else the rows say: they are drawn anew when it changes, and need no signals of their own.
    #[prop(optional, into)]
    follows: Option<Signal<String>>,
    row: impl Fn(T) -> V + Clone + Send + 'static,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
    K: Eq + Hash + Clone + Send + 'static,
    V: IntoView + 'static,
{
    let node = NodeRef::<Ul>::new();
    let seen = RwSignal::new((0_usize, 6 * MARGIN));
    let look = move || {
        if let Some(list) = node.get_untracked() {
            let row = f64::from(row_height) / 100.0 * root_font_size();
            let above = (-list.get_bounding_client_rect().top()).max(0.0);
            let height = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or(800.0);
            let first = whole(above / row).saturating_sub(MARGIN);
            let rows = whole(height / row) + 2 * MARGIN + 1;
            // Whole pages of rows, so that a small scroll draws nothing.
            let first = first - first % MARGIN;
            seen.set((first, first + rows + MARGIN));
        }
    };
    watch_scrolling(look);
    Effect::new(move |_| {
        items.with(Vec::len);
        node.track();
        look();
    });
    let seen = Memo::new(move |_| seen.get());
    let whole = expect_context::<Whole>().0;
    let in_sight = move || {
        let (first, end) = if whole.get() { (0, usize::MAX) } else { seen.get() };
        let followed = follows.map(|follows| follows.get());
        items.with(|items| {
            items
                .iter()
                .cloned()
                .enumerate()
                .skip(first)
                .take(end - first)
                .map(|(at, item)| (at, followed.clone(), item))
                .collect::<Vec<_>>()
        })
    };
    let total = move || items.with(Vec::len);
    view! {
        <ul class="listing" node_ref=node aria-label=words(move || label.get()) style:height=words(move || rem(total(), row_height))>
            <For each=in_sight key=move |(at, followed, item)| (*at, followed.clone(), key(item)) let((at, _followed, item))>
                <li
                    style:top=rem(at, row_height)
                    style:height=rem(1, row_height)
                    aria-setsize=words(move || total().to_string())
                    aria-posinset=(at + 1).to_string()
                >
                    {row(item)}
                </li>
            </For>
        </ul>
    }
}

/// Calls `look` at most once a frame while anything scrolls or the window changes size.
fn watch_scrolling(look: impl Fn() + Copy + 'static) {
    let waiting = StoredValue::new(false);
    let on_scroll = Closure::<dyn Fn()>::new(move || {
        if waiting.try_get_value() == Some(false) {
            waiting.set_value(true);
            request_animation_frame(move || {
                if waiting.try_set_value(false).is_none() {
                    look();
                }
            });
        }
    });
    let listener = on_scroll.as_ref().unchecked_ref::<js_sys::Function>().clone();
    // Capturing: a scroll of any element around the list is seen here, and does not bubble.
    let _ = window().add_event_listener_with_callback_and_bool("scroll", &listener, true);
    let _ = window().add_event_listener_with_callback("resize", &listener);
    let kept = send_wrapper::SendWrapper::new((listener, on_scroll));
    on_cleanup(move || {
        let (listener, _) = &*kept;
        let _ = window().remove_event_listener_with_callback_and_bool("scroll", listener, true);
        let _ = window().remove_event_listener_with_callback("resize", listener);
    });
}

fn root_font_size() -> f64 {
    document()
        .document_element()
        .and_then(|root| window().get_computed_style(&root).ok().flatten())
        .and_then(|style| style.get_property_value("font-size").ok())
        .and_then(|size| size.trim_end_matches("px").parse().ok())
        .unwrap_or(16.0)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a pixel position is small and not negative")]
fn whole(value: f64) -> usize {
    value.max(0.0) as usize
}

/// `rows` rows of `height` hundredths of a rem, as a length. Not by floats: printing one costs kilobytes.
fn rem(rows: usize, height: u32) -> String {
    let hundredths = u64::try_from(rows).unwrap_or(u64::MAX).saturating_mul(height.into());
    format!("{}.{:02}rem", hundredths / 100, hundredths % 100)
}
