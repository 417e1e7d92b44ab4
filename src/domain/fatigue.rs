//! The guard against pestering: a least gap between two contacts and a most in seven days (D0 75). It only ever says "not before";
//! nothing is made more urgent by it.

use super::follow::Follow;
use chrono::{Days, NaiveDate};

/// Too much already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fatigue {
    pub why: TooMuch,
    /// The first day on which another contact is no bother; later than today.
    pub next_on: NaiveDate,
}

/// Which measure is full.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TooMuch {
    /// The last contact was this day.
    TooSoon(NaiveDate),
    /// So many contacts in the seven days that end today.
    TooMany(usize),
}

/// What speaks against a contact on `today`, by the days of the last contacts, oldest first, one entry a contact
/// ([`super::head::Head::touches`]). Days ahead of today count as today: the phone's clock was wrong.
pub fn fatigue(touches: &[NaiveDate], today: NaiveDate, follow: &Follow) -> Option<Fatigue> {
    let days = |count: u16| Days::new(count.into());
    let last = touches.last().map(|last| (*last).min(today))?;
    let after_gap = last.checked_add_days(days(follow.min_gap_days)).unwrap_or(last);
    let too_soon = Some(Fatigue { why: TooMuch::TooSoon(last), next_on: after_gap }).filter(|fatigue| fatigue.next_on > today);
    // The week is free again when the first of the last `most` contacts is seven days back.
    let most = usize::from(follow.most_a_week).max(1);
    let first = touches.len().checked_sub(most).and_then(|at| touches.get(at)).map(|first| (*first).min(today));
    let too_many = first.and_then(|first| {
        let next_on = first.checked_add_days(days(7)).filter(|next_on| *next_on > today)?;
        let week = touches.iter().filter(|day| (today - **day).num_days() < 7).count();
        Some(Fatigue { why: TooMuch::TooMany(week), next_on })
    });
    match (too_soon, too_many) {
        (Some(soon), Some(many)) => Some(if many.next_on >= soon.next_on { many } else { soon }),
        (soon, many) => soon.or(many),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
    }

    fn next_on(touches: &[u32], today: u32) -> Option<(TooMuch, NaiveDate)> {
        let touches: Vec<NaiveDate> = touches.iter().map(|at| day(*at)).collect();
        fatigue(&touches, day(today), &Follow::default()).map(|fatigue| (fatigue.why, fatigue.next_on))
    }

    #[test]
    fn one_contact_a_day_is_enough() {
        assert_eq!(next_on(&[22], 22), Some((TooMuch::TooSoon(day(22)), day(23))));
        assert_eq!(next_on(&[21], 22), None);
        assert_eq!(next_on(&[], 22), None);
    }

    #[test]
    fn the_fourth_of_a_week_waits_until_the_first_is_a_week_old() {
        assert_eq!(next_on(&[16, 18, 20], 22), Some((TooMuch::TooMany(3), day(23))));
        assert_eq!(next_on(&[16, 18, 20], 23), None);
        assert_eq!(next_on(&[1, 16, 18, 20, 22], 22), Some((TooMuch::TooMany(4), day(25))), "both full: the later day counts");
        assert_eq!(next_on(&[15, 18, 20], 22), None);
    }

    #[test]
    fn a_touch_dated_ahead_bothers_for_a_day_and_no_longer() {
        assert_eq!(next_on(&[29], 22), Some((TooMuch::TooSoon(day(22)), day(23))));
    }

    #[test]
    fn a_longer_gap_is_kept() {
        let follow = Follow { min_gap_days: 3, ..Follow::default() };
        assert_eq!(fatigue(&[day(20)], day(22), &follow).map(|fatigue| fatigue.next_on), Some(day(23)));
        assert_eq!(fatigue(&[day(20)], day(23), &follow), None);
    }
}
