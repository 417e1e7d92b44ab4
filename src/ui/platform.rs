//! The browser around the app: what `public/boot.js` offers, languages, links, sharing, printing. Every call may be missing in
//! some browser and then does nothing or says so.

use js_sys::{Function, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// The languages the system asks for, best first.
pub fn languages() -> Vec<String> {
    window().navigator().languages().iter().filter_map(|tag| tag.as_string()).collect()
}

/// Calls `window.shelfwise.<name>(…)` of `boot.js`.
fn call(name: &str, arguments: &[&str]) -> Option<JsValue> {
    let shelfwise = Reflect::get(&window(), &"shelfwise".into()).ok()?;
    let function: Function = Reflect::get(&shelfwise, &name.into()).ok()?.dyn_into().ok()?;
    let arguments: js_sys::Array = arguments.iter().map(|argument| JsValue::from_str(argument)).collect();
    function.apply(&shelfwise, &arguments).ok()
}

/// The app is on screen: the static page's clock stops.
pub fn started() {
    call("started", &[]);
}

/// Shows the static page; `why` picks its words, `detail` is for a report.
pub fn fail(why: &str, detail: &str) {
    call("fail", &[why, detail]);
}

/// Downloads everything in the database as it is, in plain JavaScript.
pub fn export_raw() {
    call("exportRaw", &[]);
}

/// Lets the waiting version take over and reloads.
pub fn apply_update() {
    call("applyUpdate", &[]);
}

/// Whether a new version waits.
pub fn update_waits() -> bool {
    call("updateWaits", &[]).is_some_and(|waits| waits.is_truthy())
}

/// What a rep should know before typing anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Warning {
    /// Safari on iOS outside the Home Screen: data goes after 7 days without use.
    Install,
    /// Inside WeChat or QQ.
    OpenInBrowser,
}

/// The warning for this browser, if any.
pub fn warning() -> Option<Warning> {
    match call("surroundings", &[])?.as_string()?.as_str() {
        "ios-browser" => Some(Warning::Install),
        "wechat" => Some(Warning::OpenInBrowser),
        _ => None,
    }
}

/// The path the app is served under, without the last slash: empty at the top.
pub fn base_path() -> String {
    let base = document().base_uri().ok().flatten().and_then(|uri| web_sys::Url::new(&uri).ok()).map(|url| url.pathname());
    base.unwrap_or_default().trim_end_matches('/').to_owned()
}

/// Whether the screen has room for two panes; follows the window.
pub fn is_wide() -> RwSignal<bool> {
    let query = window().match_media("(min-width: 56.25rem)").ok().flatten();
    let wide = RwSignal::new(query.as_ref().is_some_and(web_sys::MediaQueryList::matches));
    if let Some(query) = query {
        let now = query.clone();
        let changed = wasm_bindgen::closure::Closure::<dyn Fn()>::new(move || wide.set(now.matches()));
        // The root watches for as long as the page lives.
        let _ = query.add_event_listener_with_callback("change", changed.as_ref().unchecked_ref());
        changed.forget();
    }
    wide
}

pub fn print() {
    // A browser that cannot print says so itself.
    let _ = window().print();
}

/// How handing on a text ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shared {
    Sent,
    Copied,
    /// The person closed the share sheet.
    Cancelled,
    Failed,
}

/// Opens the share sheet where there is one, else copies.
pub async fn share(title: &str, text: &str) -> Shared {
    let navigator = window().navigator();
    if Reflect::has(&navigator, &"share".into()).unwrap_or(false) {
        let data = web_sys::ShareData::new();
        data.set_title(title);
        data.set_text(text);
        match JsFuture::from(navigator.share_with_data(&data)).await {
            Ok(_) => return Shared::Sent,
            Err(error) if name_of(&error) == "AbortError" => return Shared::Cancelled,
            Err(error) => super::log(&error),
        }
    }
    if copy(text).await { Shared::Copied } else { Shared::Failed }
}

/// Copies to the clipboard; false where the browser refuses.
pub async fn copy(text: &str) -> bool {
    let clipboard = Reflect::get(&window().navigator(), &"clipboard".into()).unwrap_or_default();
    if clipboard.is_falsy() {
        return false;
    }
    JsFuture::from(window().navigator().clipboard().write_text(text)).await.is_ok()
}

fn name_of(error: &JsValue) -> String {
    Reflect::get(error, &"name".into()).ok().and_then(|name| name.as_string()).unwrap_or_default()
}

/// A same-origin file that ships with the app.
async fn shipped(path: &str) -> Option<web_sys::Response> {
    let response: web_sys::Response = JsFuture::from(window().fetch_with_str(path)).await.ok()?.dyn_into().ok()?;
    response.ok().then_some(response)
}

/// A text that ships with the app.
pub async fn shipped_text(path: &str) -> Option<String> {
    JsFuture::from(shipped(path).await?.text().ok()?).await.ok()?.as_string()
}

/// Bytes that ship with the app.
pub async fn shipped_bytes(path: &str) -> Option<Vec<u8>> {
    let buffer = JsFuture::from(shipped(path).await?.array_buffer().ok()?).await.ok()?;
    Some(js_sys::Uint8Array::new(&buffer).to_vec())
}

/// Starts the worker; none where the browser has none.
pub fn worker() -> Option<web_sys::Worker> {
    call("worker", &[])?.dyn_into().ok()
}

/// Hands a text over as a file to keep.
pub fn save_file(name: &str, text: &str) {
    call("saveFile", &[name, text]);
}

/// A phone number as a link; only digits and the signs a number has reach it.
pub fn phone_link(scheme: &str, phone: &str) -> Option<String> {
    let number: String = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    (!number.is_empty()).then(|| format!("{scheme}:{number}"))
}

/// A map search for an address.
pub fn map_link(address: &str) -> Option<String> {
    let encoded = js_sys::encode_uri_component(address).as_string()?;
    (!address.is_empty()).then(|| format!("geo:0,0?q={encoded}"))
}
