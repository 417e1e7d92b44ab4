//! The outside world that `domain` takes as arguments: time, ids and this device's stamp. The only place that asks for them.

use crate::domain::stamp::{DeviceId, Stamp};
use crate::store::settled::{after, settled};
use chrono::{NaiveDate, NaiveDateTime};
use js_sys::{Function, Reflect};
use std::cell::Cell;
use uuid::Uuid;
use wasm_bindgen::JsCast;

/// Local date and time of the phone, to the second.
pub fn now() -> NaiveDateTime {
    in_local_time(&js_sys::Date::new_0())
}

/// A moment in milliseconds since 1970 (UTC) as the phone's local date and time.
#[expect(clippy::cast_precision_loss, reason = "milliseconds of this age are exact in a double")]
pub fn local(millis: u64) -> NaiveDateTime {
    in_local_time(&js_sys::Date::new(&(millis as f64).into()))
}

fn in_local_time(date: &js_sys::Date) -> NaiveDateTime {
    let year = i32::try_from(date.get_full_year()).unwrap_or(1970);
    NaiveDate::from_ymd_opt(year, date.get_month() + 1, date.get_date())
        .and_then(|day| day.and_hms_opt(date.get_hours(), date.get_minutes(), date.get_seconds()))
        .unwrap_or_default()
}

/// Minutes from UTC to local time: 480 in Shanghai.
#[expect(clippy::cast_possible_truncation, reason = "minutes from UTC are whole and at most a day")]
pub fn offset() -> i32 {
    -(js_sys::Date::new_0().get_timezone_offset() as i32)
}

/// Local time with its offset from UTC: `2026-11-22T21:40:00+08:00`.
pub fn now_with_offset() -> String {
    let offset = offset();
    let sign = if offset < 0 { '-' } else { '+' };
    let now = now();
    format!("{}T{}{sign}{:02}:{:02}", now.date(), now.time(), offset.abs() / 60, offset.abs() % 60)
}

/// Milliseconds since the page was opened, by a clock that nobody can set.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "milliseconds of a session are positive and few")]
pub fn running() -> u64 {
    let performance = Reflect::get(&js_sys::global(), &"performance".into()).unwrap_or_default();
    let now = Reflect::get(&performance, &"now".into()).and_then(JsCast::dyn_into::<Function>).and_then(|now| now.call0(&performance));
    now.ok().and_then(|now| now.as_f64()).unwrap_or_default().max(0.0) as u64
}

/// The local date.
pub fn today() -> NaiveDate {
    now().date()
}

/// A new id: time-ordered, unique on every device.
pub fn new_id() -> Uuid {
    Uuid::now_v7()
}

/// A new device's id, made once.
pub fn new_device() -> DeviceId {
    // The low half of a v7 id is random.
    DeviceId(Uuid::now_v7().as_u64_pair().1)
}

/// This device's hybrid clock.
#[derive(Debug)]
pub struct Clock {
    device: DeviceId,
    last: Cell<Option<Stamp>>,
}

impl Clock {
    pub fn new(device: DeviceId, last: Option<Stamp>) -> Clock {
        Clock { device, last: Cell::new(last) }
    }

    pub fn device(&self) -> DeviceId {
        self.device
    }

    /// A stamp later than every one seen.
    pub fn stamp(&self) -> Stamp {
        let stamp = Stamp::after(self.last.get(), millis(), self.device);
        self.last.set(Some(stamp));
        stamp
    }

    /// Another tab wrote `stamp`.
    pub fn saw(&self, stamp: Option<Stamp>) {
        self.last.set(self.last.get().max(stamp));
    }
}

/// Hears every minute for as long as the page lives.
#[inline(never)]
pub fn every_minute(hear: Box<dyn Fn()>) {
    let heard = wasm_bindgen::closure::Closure::<dyn Fn()>::new(hear);
    if let Some(window) = web_sys::window() {
        // A timer can always be set.
        let _ = window.set_interval_with_callback_and_timeout_and_arguments_0(heard.as_ref().unchecked_ref(), 60_000);
    }
    heard.forget();
}

/// Waits so many milliseconds, in a page or a worker.
pub async fn pause(milliseconds: i32) {
    // The promise is only ever resolved.
    let _ = settled(after(milliseconds)).await;
}

/// Whether the page is out of sight.
pub fn is_hidden() -> bool {
    let document = Reflect::get(&js_sys::global(), &"document".into()).unwrap_or_default();
    Reflect::get(&document, &"hidden".into()).is_ok_and(|hidden| hidden.is_truthy())
}

/// Hears an event of the app's own for as long as the page lives.
#[inline(never)]
pub fn on_page(name: &str, hear: Box<dyn Fn()>) {
    let heard = wasm_bindgen::closure::Closure::<dyn Fn()>::new(hear);
    if let Some(window) = web_sys::window() {
        // A listener can always be added.
        let _ = window.add_event_listener_with_callback(name, heard.as_ref().unchecked_ref());
    }
    heard.forget();
}

/// An event of the app's own, for all of the page.
pub fn tell_page(name: &str) {
    if let (Some(window), Ok(event)) = (web_sys::window(), web_sys::Event::new(name)) {
        // An event of our own is never one that cannot be sent.
        let _ = window.dispatch_event(&event);
    }
}

/// Wall time in milliseconds since 1970 (UTC).
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "milliseconds since 1970 are whole and positive")]
pub fn millis() -> u64 {
    js_sys::Date::now().max(0.0) as u64
}
