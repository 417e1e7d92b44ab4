//! The outside world that `domain` takes as arguments: time, ids and this device's stamp. The only place that asks for them.

use crate::domain::stamp::{DeviceId, Stamp};
use chrono::{NaiveDate, NaiveDateTime};
use std::cell::Cell;
use uuid::Uuid;

/// Local date and time of the phone, to the second.
pub fn now() -> NaiveDateTime {
    let date = js_sys::Date::new_0();
    let year = i32::try_from(date.get_full_year()).unwrap_or(1970);
    NaiveDate::from_ymd_opt(year, date.get_month() + 1, date.get_date())
        .and_then(|day| day.and_hms_opt(date.get_hours(), date.get_minutes(), date.get_seconds()))
        .unwrap_or_default()
}

/// Local time with its offset from UTC: `2026-11-22T21:40:00+08:00`.
pub fn now_with_offset() -> String {
    #[expect(clippy::cast_possible_truncation, reason = "minutes from UTC are whole and at most a day")]
    let behind = js_sys::Date::new_0().get_timezone_offset() as i32;
    let sign = if behind > 0 { '-' } else { '+' };
    let now = now();
    format!("{}T{}{sign}{:02}:{:02}", now.date(), now.time(), behind.abs() / 60, behind.abs() % 60)
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

/// Wall time in milliseconds since 1970 (UTC).
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "milliseconds since 1970 are whole and positive")]
pub fn millis() -> u64 {
    js_sys::Date::now().max(0.0) as u64
}
