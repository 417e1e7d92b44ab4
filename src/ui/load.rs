//! Reading from disk for a page: nothing while it is read, then the answer. Smaller than a resource, and a page that is left
//! before the answer comes is no trouble.

use leptos::prelude::*;
use leptos::task::spawn_local;
use std::future::Future;

/// Reads now and whenever what `read` looked at before its first await changes.
pub fn load<T, F>(read: impl Fn() -> F + 'static) -> RwSignal<Option<T>>
where
    T: Send + Sync + 'static,
    F: Future<Output = T> + 'static,
{
    let answer = RwSignal::new(None);
    Effect::new(move |_| {
        let reading = read();
        spawn_local(async move {
            let read = reading.await;
            // The page may be gone, and its signal with it.
            answer.try_set(Some(read));
        });
    });
    answer
}
