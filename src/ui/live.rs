//! Closures in views, as few types as possible. Every closure of its own type is a copy of the drawing code in the binary: boxed,
//! all texts share one, all conditions another. That halves the first load; a box costs nothing beside a DOM node.

use leptos::prelude::*;
use std::time::Duration;

/// A part of a view that follows its signals.
pub fn live<V: IntoAny>(part: impl Fn() -> V + Send + 'static) -> Box<dyn Fn() -> AnyView + Send> {
    Box::new(move || part().into_any())
}

/// A text, as an attribute or a child.
pub fn words<S: Into<String>>(text: impl Fn() -> S + Send + 'static) -> Box<dyn Fn() -> String + Send> {
    Box::new(move || text().into())
}

/// A condition: a class, a disabled button.
pub fn when(condition: impl Fn() -> bool + Send + 'static) -> Box<dyn Fn() -> bool + Send> {
    Box::new(condition)
}

/// Whether something has been going on for a tenth of a second: what is over sooner has nothing drawn for it, and is over sooner still.
pub fn once_it_lasts(signal: RwSignal<bool>) -> RwSignal<bool> {
    let lasts = RwSignal::new(false);
    Effect::new(move |_| {
        if signal.get() {
            let look = move || {
                // The page may be gone by then.
                lasts.try_set(signal.try_get_untracked().unwrap_or_default());
            };
            set_timeout(look, Duration::from_millis(100));
        } else {
            lasts.set(false);
        }
    });
    lasts
}

/// Children that are there while a condition holds.
#[component]
pub fn When(#[prop(into)] when: Signal<bool>, children: ChildrenFn, #[prop(optional, into)] fallback: ViewFn) -> impl IntoView {
    let holds = Memo::new(move |_| when.get());
    live(move || if holds.get() { children().into_any() } else { fallback.run() })
}
