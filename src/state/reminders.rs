//! Reminders on the phone: whether the rep wants them, and which promises come due while the app is open. Each is spoken of once.

use super::app::App;
use super::clock;
use crate::domain::head::OpenPromise;
use crate::domain::id::CustomerId;
use crate::domain::promise_late::comes_due;
use crate::store::prefs;
use chrono::{DateTime, NaiveDateTime};
use leptos::prelude::*;

const KEY: &str = "shelfwise.remind";

/// A promise whose deadline is near.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComesDue {
    pub customer: CustomerId,
    /// The shop's name.
    pub shop: String,
    pub text: String,
    pub deadline: NaiveDateTime,
}

/// An open promise's next deadline.
pub fn deadline(promise: &OpenPromise) -> Option<NaiveDateTime> {
    promise.answer_by.filter(|_| promise.answered.is_none()).or(promise.due)
}

impl App {
    /// Whether the rep wants to be reminded.
    pub fn reminds(self) -> bool {
        prefs::get(KEY).is_some()
    }

    pub fn set_reminds(self, reminds: bool) {
        prefs::set(KEY, reminds.then_some("yes"));
    }

    /// What comes due between the last look and this one.
    pub fn coming_due(self, before: NaiveDateTime, now: NaiveDateTime) -> Vec<ComesDue> {
        let known = |id| self.book.with_untracked(|book| book.customer(id).map(|shop| shop.fields.name.clone()));
        self.day().heads.with_untracked(|heads| {
            let open = heads.iter().flat_map(|head| head.promises.iter().map(|promise| (head.id, promise)));
            let near = open.filter_map(|(customer, promise)| {
                let deadline = deadline(promise).filter(|deadline| comes_due(*deadline, before, now))?;
                Some(ComesDue { customer, shop: known(customer)?, text: promise.text.clone(), deadline })
            });
            near.collect()
        })
    }

    /// The time of a file that is made now, in UTC.
    pub fn made_at(self) -> NaiveDateTime {
        let millis = i64::try_from(clock::millis()).unwrap_or_default();
        DateTime::from_timestamp_millis(millis).unwrap_or_default().naive_utc()
    }
}
