//! Times a promise is given by a tap, and when to ask inside the house (D0 51, 53). Every time offered lies ahead of now, in local
//! wall time: noon is noon, whatever a clock change does to the night before.

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

/// A time by when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum QuickPick {
    TodayEvening,
    TomorrowNoon,
    TomorrowEvening,
    /// By the end of the day of the next visit.
    NextVisit,
    InAWeek,
}

impl QuickPick {
    pub const ALL: [QuickPick; 5] =
        [QuickPick::TodayEvening, QuickPick::TomorrowNoon, QuickPick::TomorrowEvening, QuickPick::NextVisit, QuickPick::InAWeek];

    /// The time it means for a promise made `now`; none where that is past, or no visit is planned.
    pub fn time(self, now: NaiveDateTime, next_visit: Option<NaiveDate>) -> Option<NaiveDateTime> {
        let (days, hour) = match self {
            QuickPick::TodayEvening => (0, 18),
            QuickPick::TomorrowNoon => (1, 12),
            QuickPick::TomorrowEvening => (1, 18),
            QuickPick::NextVisit => return next_visit.map(end_of_day).filter(|end| *end > now && end.date() > now.date()),
            QuickPick::InAWeek => (7, 18),
        };
        let time = now.date().checked_add_days(Days::new(days))?.and_hms_opt(hour, 0, 0)?;
        Some(time).filter(|time| *time > now)
    }
}

/// The last minute of a day: what is promised for a day is not late on it.
pub fn end_of_day(day: NaiveDate) -> NaiveDateTime {
    day.and_time(NaiveTime::from_hms_opt(23, 59, 0).unwrap_or_default())
}

/// When to ask those inside the house on whom a promise depends: so many hours before it is due, at once where that is past.
pub fn chase_at(due: NaiveDateTime, before_hours: u16, now: NaiveDateTime) -> NaiveDateTime {
    due.checked_sub_signed(TimeDelta::hours(before_hours.into())).unwrap_or(now).max(now)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(day: u32, hour: u32, minute: u32) -> NaiveDateTime {
        NaiveDate::from_ymd_opt(2026, 11, day).unwrap().and_hms_opt(hour, minute, 0).unwrap()
    }

    #[test]
    fn tomorrow_noon_made_on_sunday_at_five_is_monday_at_twelve() {
        assert_eq!(QuickPick::TomorrowNoon.time(at(22, 17, 0), None), Some(at(23, 12, 0)));
    }

    #[test]
    fn every_pick_lies_ahead() {
        let picks = |now, visit| QuickPick::ALL.map(|pick| pick.time(now, visit));
        let visit = at(24, 0, 0).date();
        assert_eq!(
            picks(at(22, 17, 0), Some(visit)),
            [Some(at(22, 18, 0)), Some(at(23, 12, 0)), Some(at(23, 18, 0)), Some(at(24, 23, 59)), Some(at(29, 18, 0))]
        );
        assert_eq!(picks(at(22, 18, 0), None)[0], None, "it is six already");
        assert_eq!(QuickPick::NextVisit.time(at(24, 9, 0), Some(visit)), None, "today's visit is not the next");
        assert_eq!(QuickPick::TomorrowNoon.time(at(22, 23, 50), None), Some(at(23, 12, 0)), "just before midnight");
        assert_eq!(QuickPick::TomorrowNoon.time(NaiveDate::MAX.and_hms_opt(9, 0, 0).unwrap(), None), None);
    }

    #[test]
    fn the_house_is_asked_before_the_deadline_but_never_in_the_past() {
        assert_eq!(chase_at(at(25, 12, 0), 24, at(22, 17, 0)), at(24, 12, 0));
        assert_eq!(chase_at(at(23, 12, 0), 24, at(22, 17, 0)), at(22, 17, 0));
    }
}
