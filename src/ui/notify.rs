//! Notifications of the browser while the app is open, through its service worker where there is one. Nothing is asked here without a tap:
//! whoever calls [`ask`] was tapped.

use js_sys::{Function, Object, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// What the person said to notifications.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leave {
    /// The browser has none.
    Missing,
    Unasked,
    Given,
    Refused,
}

fn notification() -> Option<JsValue> {
    Reflect::get(&window(), &"Notification".into()).ok().filter(JsValue::is_function)
}

/// Whether notifications may be shown.
pub fn leave() -> Leave {
    let Some(notification) = notification() else { return Leave::Missing };
    let word = Reflect::get(&notification, &"permission".into()).ok().and_then(|word| word.as_string()).unwrap_or_default();
    match word.as_str() {
        "granted" => Leave::Given,
        "denied" => Leave::Refused,
        _ => Leave::Unasked,
    }
}

/// Asks the person, who may not answer.
pub async fn ask() -> Leave {
    if let Some(notification) = notification()
        && let Some(promise) = called(&notification, "requestPermission", &js_sys::Array::new())
    {
        // What was answered is read below; a question that fails leaves it open.
        let _ = JsFuture::from(promise).await;
    }
    leave()
}

/// Shows one; a browser that cannot shows nothing. The worker's registration does it: phones know no other way.
pub async fn show(title: &str, text: &str) {
    let options = Object::new();
    for (name, value) in [("body", text), ("tag", title), ("icon", "./icons/icon-192.png")] {
        // A plain object takes every property.
        let _ = Reflect::set(&options, &name.into(), &value.into());
    }
    let arguments = js_sys::Array::of2(&title.into(), &options);
    let container = Reflect::get(&window().navigator(), &"serviceWorker".into()).unwrap_or_default();
    let Some(asked) = called(&container, "getRegistration", &js_sys::Array::new()) else { return };
    if let Ok(registration) = JsFuture::from(asked).await
        && let Some(shown) = called(&registration, "showNotification", &arguments)
    {
        // Refused meanwhile: the list shows it all the same.
        let _ = JsFuture::from(shown).await;
    }
}

/// Calls a method that answers later; none where the browser has none.
fn called(of: &JsValue, name: &str, arguments: &js_sys::Array) -> Option<js_sys::Promise> {
    let function: Function = Reflect::get(of, &name.into()).ok()?.dyn_into().ok()?;
    function.apply(of, arguments).ok()?.dyn_into().ok()
}
