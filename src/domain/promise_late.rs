//! How late a promise is, in the words a rep uses, and which ones come due (D0 50-52). Local wall time; the minute of a deadline still
//! belongs to it, so that what is due at 12:00 is late from 12:01 on.

use super::promise::{Promise, is_past};
use chrono::{NaiveDateTime, TimeDelta};

/// A deadline as seen now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lateness {
    /// To come, on a later day.
    Ahead,
    /// To come, today.
    Today,
    /// Past since a time of today.
    SinceToday,
    /// Past by so many days, at least 1.
    Days(i64),
}

impl Lateness {
    pub fn of(deadline: NaiveDateTime, now: NaiveDateTime) -> Lateness {
        let days = (now.date() - deadline.date()).num_days();
        match (is_past(deadline, now), days) {
            (false, 0) => Lateness::Today,
            (false, _) => Lateness::Ahead,
            (true, ..=0) => Lateness::SinceToday,
            (true, days) => Lateness::Days(days),
        }
    }

    pub fn is_late(self) -> bool {
        matches!(self, Lateness::SinceToday | Lateness::Days(_))
    }
}

/// How long before its deadline a promise is spoken of, in minutes.
pub const AHEAD_MINUTES: i64 = 30;

/// Whether a deadline has to be spoken of now, if `before` was the last look: half an hour ahead of it, once.
pub fn comes_due(deadline: NaiveDateTime, before: NaiveDateTime, now: NaiveDateTime) -> bool {
    let Some(moment) = deadline.checked_sub_signed(TimeDelta::minutes(AHEAD_MINUTES)) else { return false };
    before < moment && moment <= now
}

/// Minutes from a promise to the answer that it said would come, on average over those that came, rounded down (D0 51). None: none came.
pub fn answer_minutes<'a>(promises: impl IntoIterator<Item = &'a Promise>) -> Option<i64> {
    let standing = promises.into_iter().filter(|promise| !promise.envelope.deleted && promise.answer_by.is_some());
    let taken = standing.filter_map(|promise| Some((promise.answered? - promise.made).num_minutes().max(0)));
    let (sum, count) = taken.fold((0_i64, 0_i64), |(sum, count), minutes| (sum.saturating_add(minutes), count + 1));
    sum.checked_div(count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::{CustomerId, PromiseId};
    use crate::domain::promise::Ability;
    use crate::domain::stamp::{DeviceId, Envelope, Stamp};
    use chrono::NaiveDate;
    use std::collections::BTreeSet;
    use uuid::Uuid;

    fn at(day: u32, hour: u32, minute: u32) -> NaiveDateTime {
        NaiveDate::from_ymd_opt(2026, 11, day).unwrap().and_hms_opt(hour, minute, 0).unwrap()
    }

    #[test]
    fn noon_is_late_from_a_minute_past_it_and_a_day_late_from_midnight_on() {
        let noon = at(23, 12, 0);
        assert_eq!(Lateness::of(noon, at(22, 17, 0)), Lateness::Ahead);
        assert_eq!(Lateness::of(noon, at(23, 9, 0)), Lateness::Today);
        assert_eq!(Lateness::of(noon, at(23, 12, 0)), Lateness::Today);
        assert_eq!(Lateness::of(noon, at(23, 12, 1)), Lateness::SinceToday);
        assert_eq!(Lateness::of(noon, at(24, 0, 0)), Lateness::Days(1));
        assert_eq!(Lateness::of(at(23, 23, 59), at(24, 0, 0)), Lateness::Days(1));
        assert!(!Lateness::of(noon, noon).is_late());
    }

    #[test]
    fn a_deadline_is_spoken_of_once_half_an_hour_ahead_however_rarely_somebody_looks() {
        let noon = at(23, 12, 0);
        assert!(!comes_due(noon, at(23, 11, 0), at(23, 11, 29)));
        assert!(comes_due(noon, at(23, 11, 29), at(23, 11, 30)));
        assert!(!comes_due(noon, at(23, 11, 30), at(23, 11, 31)));
        assert!(comes_due(noon, at(23, 8, 0), at(23, 13, 0)));
    }

    #[test]
    fn the_time_to_an_answer_is_the_average_of_those_that_have_one() {
        let promise = |answer: Option<NaiveDateTime>| Promise {
            id: PromiseId(Uuid::from_u128(1)),
            envelope: Envelope::first(Stamp::after(None, 1, DeviceId(1))),
            customer: CustomerId(Uuid::from_u128(9)),
            person: None,
            visit: None,
            text: "报价".into(),
            made: at(22, 9, 0),
            answer_by: Some(at(23, 12, 0)),
            answered: answer,
            due: None,
            needs: None,
            able: Ability::Checked,
            cost: None,
            risks: BTreeSet::new(),
            end: None,
        };
        assert_eq!(answer_minutes(&[promise(None)]), None);
        assert_eq!(answer_minutes(&[promise(Some(at(22, 10, 0))), promise(None), promise(Some(at(22, 9, 31)))]), Some(45));
    }
}
