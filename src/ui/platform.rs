//! The browser around the app: what `public/boot.js` offers, languages, links, sharing, printing. Every call may be missing in
//! some browser and then does nothing or says so.

use crate::domain::link;
use js_sys::{Function, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// The languages the system asks for, best first.
pub fn languages() -> Vec<String> {
    window().navigator().languages().iter().filter_map(|tag| tag.as_string()).collect()
}

/// Calls `window.shelfwise.<name>(…)` of `boot.js` with texts.
fn call(name: &str, arguments: &[&str]) -> Option<JsValue> {
    call_with(name, &arguments.iter().map(|argument| JsValue::from_str(argument)).collect())
}

fn call_with(name: &str, arguments: &js_sys::Array) -> Option<JsValue> {
    let shelfwise = Reflect::get(&window(), &"shelfwise".into()).ok()?;
    method(&shelfwise, name, arguments)
}

/// Calls a method that a browser may not have.
fn method(of: &JsValue, name: &str, arguments: &js_sys::Array) -> Option<JsValue> {
    let function: Function = Reflect::get(of, &name.into()).ok()?.dyn_into().ok()?;
    function.apply(of, arguments).ok()
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

/// Scrolls what scrolls by itself to its top.
pub fn to_top(panes: &str) {
    let Ok(found) = document().query_selector_all(panes) else { return };
    for at in 0..found.length() {
        if let Some(pane) = found.get(at).and_then(|node| node.dyn_into::<web_sys::Element>().ok()) {
            pane.set_scroll_top(0);
        }
    }
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
pub fn save_text(name: &str, text: &str) {
    call("saveFile", &[name, text]);
}

/// How handing over a file ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Handed {
    /// Given to the browser, which writes it where downloads go.
    Downloaded,
    Shared,
    /// The person closed the share sheet.
    Cancelled,
    /// The browser opens its share sheet only right after a tap.
    NeedsTap,
    Failed,
}

/// Hands a file over to keep: a download, or the share sheet where a download would strand the person.
pub async fn save_file(name: &str, file: &web_sys::Blob) -> Handed {
    hand("saveFile", name, file).await
}

/// Opens the share sheet with a file.
pub async fn share_file(name: &str, file: &web_sys::Blob) -> Handed {
    hand("shareFile", name, file).await
}

async fn hand(how: &str, name: &str, file: &web_sys::Blob) -> Handed {
    let Some(answer) = call_with(how, &js_sys::Array::of2(&name.into(), file)) else { return Handed::Failed };
    let word = answered(answer).await.and_then(|word| word.as_string()).unwrap_or_default();
    match word.as_str() {
        "saved" => Handed::Downloaded,
        "shared" => Handed::Shared,
        "cancelled" => Handed::Cancelled,
        "tap" => Handed::NeedsTap,
        _ => Handed::Failed,
    }
}

/// Whether the share sheet takes files here.
pub fn shares_files() -> bool {
    call("canShareFiles", &[]).is_some_and(|can| can.is_truthy())
}

/// How much the browser keeps for the site.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Space {
    /// Bytes; none where the browser does not say.
    pub used: Option<u64>,
    pub free: Option<u64>,
    /// Whether the browser has promised not to clear it on its own.
    pub persistent: Option<bool>,
}

pub async fn space() -> Space {
    let Some(storage) = storage() else { return Space::default() };
    let estimate = asked(&storage, "estimate").await.unwrap_or_default();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bytes are whole and below 2^53")]
    let bytes = |name: &str| Reflect::get(&estimate, &name.into()).ok()?.as_f64().map(|bytes| bytes.max(0.0) as u64);
    let used = bytes("usage");
    let free = bytes("quota").map(|quota| quota.saturating_sub(used.unwrap_or_default()));
    Space { used, free, persistent: asked(&storage, "persisted").await.and_then(|is| is.as_bool()) }
}

/// Asks the browser not to clear the site's data on its own; some ask the person.
pub async fn ask_to_stay() -> bool {
    match storage() {
        Some(storage) => asked(&storage, "persist").await.is_some_and(|granted| granted.is_truthy()),
        None => false,
    }
}

/// `navigator.storage`, which not every browser has.
fn storage() -> Option<JsValue> {
    let storage = Reflect::get(&window().navigator(), &"storage".into()).ok()?;
    storage.is_object().then_some(storage)
}

async fn asked(of: &JsValue, name: &str) -> Option<JsValue> {
    answered(method(of, name, &js_sys::Array::new())?).await
}

async fn answered(promise: JsValue) -> Option<JsValue> {
    JsFuture::from(promise.dyn_into::<js_sys::Promise>().ok()?).await.ok()
}

/// A phone number as a link, `tel` or `sms`.
pub fn phone_link(scheme: &str, phone: &str) -> Option<String> {
    link::phone(scheme, phone)
}

/// A map search for an address.
pub fn map_link(address: &str) -> Option<String> {
    link::map(&js_sys::encode_uri_component(address).as_string()?)
}
