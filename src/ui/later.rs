//! Pages of a wasm file of their own, fetched when first asked for. The functions at which the file is split stand in `main.rs`: in
//! the library they would be exports of every binary, the worker's too.

use super::live::live;
use super::route::Page;
use super::texts::tx;
use crate::state::app::App;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

/// One file of pages.
#[derive(Clone, Copy)]
pub struct Part {
    /// Fetches the file, once; says whether it is there.
    pub fetch: fn() -> Pin<Box<dyn Future<Output = bool>>>,
    /// Draws a page of it, if it is there.
    pub draw: fn(Page, App) -> Option<AnyView>,
}

/// Which pages come later.
#[derive(Clone, Copy)]
pub struct Parts {
    pub daily: Part,
    pub seldom: Part,
}

impl Parts {
    /// Fetches what the next tap will need, after the first screen is drawn; with it comes what writes.
    pub fn fetch_ahead(self, app: App) {
        set_timeout(
            move || {
                spawn_local(async move {
                    // Not there: asked again when a page needs it.
                    if (self.daily.fetch)().await {
                        let _ = (self.daily.draw)(Page::Nothing, app);
                    }
                });
            },
            std::time::Duration::from_millis(100),
        );
    }
}

/// What a future answers without waiting.
pub fn at_once<T>(future: impl Future<Output = T>) -> Option<T> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(answer) => Some(answer),
        Poll::Pending => None,
    }
}

/// The page at once when its file is there; else a line until it is.
pub fn show(part: Part, page: Page, app: App) -> AnyView {
    let mut fetching = (part.fetch)();
    if at_once(fetching.as_mut()) == Some(true)
        && let Some(drawn) = (part.draw)(page, app)
    {
        return drawn;
    }
    let fetched = RwSignal::new(None);
    let wait = move |fetching: Pin<Box<dyn Future<Output = bool>>>| {
        spawn_local(async move {
            let is_there = fetching.await;
            // The page may be gone, and its signal with it.
            fetched.try_set(Some(is_there));
        });
    };
    wait((part.fetch)());
    live(move || match fetched.get() {
        None => view! { <main class="page"><p role="status">{tx!(app, loading)}</p></main> }.into_any(),
        Some(true) => (part.draw)(page, app).unwrap_or_else(|| ().into_any()),
        Some(false) => view! {
            <main class="page">
                <p class="field-error" role="alert">{tx!(app, page_failed)}</p>
                <button type="button" class="btn" on:click=move |_| { fetched.set(None); wait((part.fetch)()); }>{tx!(app, trouble_retry)}</button>
            </main>
        }
        .into_any(),
    })
    .into_any()
}
