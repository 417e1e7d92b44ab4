//! The rep's own measures for following up: how often, how soon, how much, and when messages are written (D0 36, 37, 67, 75, 85-87,
//! D2 240). Part of the settings; every figure has the method's own as its default.

use super::customer::CustomerClass;
use super::money::Money;
use chrono::Weekday;
use serde::{Deserialize, Serialize};

/// How shops are followed up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Follow {
    /// Most days from one contact with a key customer to the next (D0 36).
    pub key_days: u16,
    /// Days from one greeting call to the next: half a month (D0 67).
    pub greeting_days: u16,
    /// Days from one contact to the next by class (D0 85-87).
    pub class_days: ClassDays,
    /// Late by so many days, a shop is due.
    pub due: u16,
    /// Late by so many days, it is overdue. Not below `due`.
    pub overdue: u16,
    /// Least days from one contact to the next, so that nobody is pestered (D0 75); 1: one a day.
    pub min_gap_days: u16,
    /// Most contacts in seven days (D0 75).
    pub most_a_week: u16,
    /// When messages are written (D0 37).
    pub desk_weekday: Weekday,
    /// From this hour on, 0 ..= 23.
    pub desk_hour: u8,
    /// The closing phrase of a message (D0 44); empty: the app's own.
    pub closing: String,
    /// What a promise may cost by class before the rep is warned (D2 240).
    pub promise_limits: PromiseLimits,
    /// So long before a promise is due its dependency is asked after, unless another time was set.
    pub chase_before_hours: u16,
}

/// The most contacts in seven days that can be set.
pub const TOUCHES_A_WEEK_MAX: u16 = 50;
/// The longest time between asking after a dependency and the promise: a month, in hours.
pub const CHASE_HOURS_MAX: u16 = 720;

/// Days by class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassDays {
    pub a: u16,
    pub b: u16,
    /// Calls of the pool are spread over so many days.
    pub c: u16,
}

impl ClassDays {
    pub fn of(self, class: CustomerClass) -> u16 {
        match class {
            CustomerClass::A => self.a,
            CustomerClass::B => self.b,
            CustomerClass::C => self.c,
        }
    }
}

/// Amounts by class; none: no limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromiseLimits {
    pub a: Option<Money>,
    pub b: Option<Money>,
    pub c: Option<Money>,
}

impl PromiseLimits {
    pub fn of(self, class: CustomerClass) -> Option<Money> {
        match class {
            CustomerClass::A => self.a,
            CustomerClass::B => self.b,
            CustomerClass::C => self.c,
        }
    }
}

impl Default for Follow {
    fn default() -> Self {
        Follow {
            key_days: 7,
            greeting_days: 15,
            class_days: ClassDays { a: 3, b: 7, c: 30 },
            due: 0,
            overdue: 3,
            min_gap_days: 1,
            most_a_week: 3,
            desk_weekday: Weekday::Fri,
            desk_hour: 18,
            closing: String::new(),
            promise_limits: PromiseLimits::default(),
            chase_before_hours: 24,
        }
    }
}
