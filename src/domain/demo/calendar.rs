//! When things happen: six weeks of working days that end now, and the rep's watch on each. Nothing is ever later than now, even
//! five minutes after midnight.

use super::market::Dice;
use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Weekday};

/// Events of today at most: the visits, the attempt, the correction, the order by phone.
const EVENTS_TODAY: i64 = 6;
/// Seconds from one visit's start to the next.
const PACE: i64 = 28 * 60;
/// The first visit of a day, in seconds since midnight: 8:40.
const FIRST: i64 = (8 * 60 + 40) * 60;
/// When the day's orders are sent: 18:05.
const SENDING: i64 = (18 * 60 + 5) * 60;
const SPAN: u64 = 42;

/// The six weeks that end at `now`.
#[derive(Clone, Copy)]
pub(super) struct Calendar {
    now: NaiveDateTime,
}

impl Calendar {
    pub(super) fn ending(now: NaiveDateTime) -> Calendar {
        Calendar { now }
    }

    pub(super) fn today(&self) -> NaiveDate {
        self.now.date()
    }

    pub(super) fn start(&self) -> NaiveDate {
        self.ago(SPAN)
    }

    pub(super) fn days(self) -> impl Iterator<Item = NaiveDate> {
        (0..=SPAN).rev().map(move |days| self.ago(days))
    }

    pub(super) fn ago(&self, days: u64) -> NaiveDate {
        self.today().checked_sub_days(Days::new(days)).unwrap_or(self.today())
    }

    /// Whole weeks from a day to today: a shop visited once a week has one visit in each.
    pub(super) fn weeks_ago(&self, day: NaiveDate) -> i64 {
        (self.today() - day).num_days() / 7
    }

    /// The rep rests on Sundays; who opens the demonstration on one has Monday off.
    pub(super) fn is_working(&self, day: NaiveDate) -> bool {
        let rest = if self.today().weekday() == Weekday::Sun { Weekday::Mon } else { Weekday::Sun };
        day.weekday() != rest
    }

    /// The working day `tour` working days before today, 0 ..= 5, and `weeks` weeks earlier.
    pub(super) fn tour_day(&self, tour: u8, weeks: u64) -> NaiveDate {
        let working = (0..7).map(|days| self.ago(days)).filter(|day| self.is_working(*day)).nth(tour.into());
        let this_week = working.unwrap_or(self.today());
        this_week.checked_sub_days(Days::new(7 * weeks)).unwrap_or(this_week)
    }

    /// The watch at the start of a day. Today's events are over by now: early in the morning they crowd after midnight.
    pub(super) fn clock(&self, day: NaiveDate) -> Clock {
        if day != self.today() {
            return Clock { next: second_of(day, FIRST), pace: PACE };
        }
        let elapsed = (self.now - second_of(day, 0)).num_seconds();
        let pace = PACE.min(elapsed / EVENTS_TODAY);
        Clock { next: second_of(day, FIRST.min(elapsed - EVENTS_TODAY * pace)), pace }
    }

    /// When the orders of a day are sent.
    pub(super) fn evening(&self, day: NaiveDate) -> NaiveDateTime {
        second_of(day, SENDING)
    }
}

/// The rep's watch: each event begins after the one before has ended.
pub(super) struct Clock {
    next: NaiveDateTime,
    pace: i64,
}

impl Clock {
    /// Start and end of the next event.
    pub(super) fn event(&mut self, dice: &mut Dice) -> (NaiveDateTime, NaiveDateTime) {
        let started = later(self.next, self.pace * dice.below(15) / 100);
        let finished = later(started, self.pace * (40 + dice.below(45)) / 100);
        self.next = later(self.next, self.pace);
        (started, finished)
    }
}

/// `days` after a day.
pub(super) fn after(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(day)
}

/// `seconds` after a time.
pub(super) fn later(at: NaiveDateTime, seconds: i64) -> NaiveDateTime {
    at.checked_add_signed(TimeDelta::seconds(seconds)).unwrap_or(at)
}

fn second_of(day: NaiveDate, seconds: i64) -> NaiveDateTime {
    later(day.and_time(NaiveTime::MIN), seconds)
}
