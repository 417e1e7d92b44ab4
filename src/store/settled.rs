//! Waiting for the browser, apart from who waits. What makes a closure for the browser has to be in the first load, and with it whatever
//! it is inlined into and calls: kept in functions of their own, the pages and commands that wait stay in files that come later.

use js_sys::{Array, Function, Promise, Reflect};
use std::future::Future;
use std::pin::Pin;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// A future behind a pointer: nothing of it is inlined into who awaits it.
#[inline(never)]
pub fn apart<'a, T>(future: impl Future<Output = T> + 'a) -> Pin<Box<dyn Future<Output = T> + 'a>> {
    Box::pin(future)
}

/// Settles after so many milliseconds, in a page or a worker.
#[inline(never)]
pub fn after(milliseconds: i32) -> Promise {
    Promise::new(&mut |resolve, _| {
        let set: Result<Function, _> = Reflect::get(&js_sys::global(), &"setTimeout".into()).and_then(JsCast::dyn_into);
        if let Ok(set) = set {
            // Setting a timer does not throw.
            let _ = set.call2(&JsValue::NULL, &resolve, &milliseconds.into());
        }
    })
}

/// What a promise settles to, or undefined where that takes longer.
pub fn within(milliseconds: i32, promise: &Promise) -> Pin<Box<dyn Future<Output = Result<JsValue, JsValue>>>> {
    settled(Promise::race(&Array::of2(promise, &after(milliseconds))))
}

/// What a promise settles to.
pub fn settled(promise: Promise) -> Pin<Box<dyn Future<Output = Result<JsValue, JsValue>>>> {
    apart(async move { JsFuture::from(promise).await })
}
