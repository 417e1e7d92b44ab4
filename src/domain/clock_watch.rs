//! Whether the phone's clock can be right: by the newest entry, and by a second clock that nobody can set. Days are what the
//! business counts in, so a wrong date harms more than a lost minute; the order of entries does not depend on it
//! ([`super::stamp`], [`super::sequence`]). Judges only: what is seen comes in, the rep is asked by others, and only once.

use super::stamp::Stamp;
use serde::{Deserialize, Serialize};

const MINUTE: u64 = 60_000;
const DAY: u64 = 24 * 60 * MINUTE;

/// What a clock may be off without a word. A phone that finds the network again is put right by seconds, and two phones whose records
/// were brought together differ by no more; a person who sets a clock moves it by minutes at least.
pub const TOLERANCE: u64 = 2 * MINUTE;

/// How far the wall clock may run ahead of the other one within a session. Some browsers stop the other one while the phone
/// sleeps, so going forward is no fault by itself: from Friday evening to Tuesday morning of a long weekend nobody is asked.
pub const SLEEP: u64 = 4 * DAY;

/// So long after the newest entry a wrong year is likelier than a rep who did nothing: half a year.
pub const FAR: u64 = 180 * DAY;

/// Both clocks at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// Milliseconds since 1970 (UTC), as the phone says.
    pub wall: u64,
    /// Minutes from UTC to local time: 480 in Shanghai.
    pub offset: i32,
    /// Milliseconds since the session began, by a clock that only goes forward.
    pub running: u64,
}

/// What is to be said of the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Fine,
    /// Earlier than the newest entry, by so many milliseconds.
    Behind {
        by: u64,
    },
    /// Moved while the app was open.
    Jumped {
        by: u64,
        way: Way,
    },
    /// So long after the newest entry that the year may be wrong.
    FarAhead {
        by: u64,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    Forward,
    Back,
}

/// The rep said "the clock is right now", and of what. Kept over the end of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acknowledged {
    /// Milliseconds of the newest entry then.
    pub newest: Option<u64>,
    pub reading: Reading,
}

/// The clock's state by the newest entry and by `before`: the last reading in this session that was fine or acknowledged. What
/// harms most comes first.
pub fn judge(newest: Option<Stamp>, before: Option<Reading>, now: Reading) -> Verdict {
    let newest = newest.map(|stamp| stamp.millis);
    let behind = newest.map_or(0, |newest| newest.saturating_sub(now.wall));
    let ahead = newest.map_or(0, |newest| now.wall.saturating_sub(newest));
    if behind > TOLERANCE {
        return Verdict::Behind { by: behind };
    }
    if ahead > FAR {
        return Verdict::FarAhead { by: ahead };
    }
    match before.and_then(|before| jump(before, now)) {
        Some((by, way)) => Verdict::Jumped { by, way },
        None => Verdict::Fine,
    }
}

/// [`judge`], without what the rep has answered already.
pub fn to_ask(newest: Option<Stamp>, before: Option<Reading>, now: Reading, said: Option<&Acknowledged>) -> Verdict {
    let verdict = judge(newest, before, now);
    match said.is_some_and(|said| said.answers(verdict, newest, now)) {
        true => Verdict::Fine,
        false => verdict,
    }
}

impl Acknowledged {
    /// The rep says that the clock is right as it is.
    pub fn now(newest: Option<Stamp>, now: Reading) -> Acknowledged {
        Acknowledged { newest: newest.map(|stamp| stamp.millis), reading: now }
    }

    /// Whether this verdict is the state that was acknowledged, and not a new one.
    pub fn answers(&self, verdict: Verdict, newest: Option<Stamp>, now: Reading) -> bool {
        let newest = newest.map(|stamp| stamp.millis);
        let not_set_back = now.wall.saturating_add(TOLERANCE) >= self.reading.wall;
        match verdict {
            Verdict::Fine => true,
            // While the clock is behind, new stamps keep the milliseconds of the newest one: it is the same state until the clock has
            // been ahead of it again.
            Verdict::Behind { .. } => newest == self.newest && not_set_back,
            Verdict::FarAhead { .. } => newest == self.newest && not_set_back && now.wall.saturating_sub(self.reading.wall) <= FAR,
            // Of an earlier session it says nothing: the other clock began anew, and so did the comparison.
            Verdict::Jumped { .. } => now.running >= self.reading.running && not_set_back && jump(self.reading, now).is_none(),
        }
    }
}

/// How far the wall clock moved against the other one. Not a jump: another time zone, summer time (only local time moves), and a
/// wrong zone put right on a clock whose face was right (only UTC moves: the days stay what they were).
fn jump(before: Reading, now: Reading) -> Option<(u64, Way)> {
    let elapsed = i128::from(now.running) - i128::from(before.running);
    if elapsed < 0 {
        // Another session's reading.
        return None;
    }
    let moved = i128::from(now.wall) - i128::from(before.wall) - elapsed;
    let face = moved + (i128::from(now.offset) - i128::from(before.offset)) * i128::from(MINUTE);
    let is_fault = |moved: i128| moved < -i128::from(TOLERANCE) || moved > i128::from(SLEEP);
    if !is_fault(moved) || !is_fault(face) {
        return None;
    }
    let way = if moved < 0 { Way::Back } else { Way::Forward };
    Some((u64::try_from(moved.abs()).unwrap_or(u64::MAX), way))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::stamp::DeviceId;

    const NOON: u64 = 1_795_000_000_000;
    const HOUR: u64 = 60 * MINUTE;

    fn newest(millis: u64) -> Option<Stamp> {
        Some(Stamp { millis, counter: 3, device: DeviceId(1) })
    }

    fn at(wall: u64, running: u64) -> Reading {
        Reading { wall, offset: 480, running }
    }

    #[test]
    fn a_clock_at_or_behind_the_newest_entry_by_little_is_fine() {
        for wall in [NOON - TOLERANCE, NOON, NOON + 1, NOON + FAR] {
            assert_eq!(judge(newest(NOON), None, at(wall, 0)), Verdict::Fine);
        }
        assert_eq!(judge(None, None, at(0, 0)), Verdict::Fine, "nothing to compare it with");
    }

    #[test]
    fn earlier_than_the_newest_entry_is_behind_and_half_a_year_later_far_ahead() {
        assert_eq!(judge(newest(NOON), None, at(NOON - TOLERANCE - 1, 0)), Verdict::Behind { by: TOLERANCE + 1 });
        assert_eq!(judge(newest(NOON), None, at(0, 0)), Verdict::Behind { by: NOON });
        assert_eq!(judge(newest(NOON), None, at(NOON + FAR + 1, 0)), Verdict::FarAhead { by: FAR + 1 });
        assert_eq!(judge(newest(u64::MAX), None, at(0, 0)), Verdict::Behind { by: u64::MAX });
    }

    #[test]
    fn a_clock_that_is_moved_while_the_app_is_open_has_jumped() {
        let before = Some(at(NOON, 1_000));
        let fine = [(NOON + 5_000, 6_000), (NOON - TOLERANCE + 5_000, 6_000), (NOON + SLEEP, 1_000), (NOON + 62 * HOUR, 2_000)];
        for (wall, running) in fine {
            assert_eq!(judge(newest(0), before, at(wall, running)), judge(newest(0), None, at(wall, running)));
            assert_eq!(judge(None, before, at(wall, running)), Verdict::Fine, "{wall} {running}");
        }
        assert_eq!(judge(None, before, at(NOON - HOUR, 1_000)), Verdict::Jumped { by: HOUR, way: Way::Back });
        assert_eq!(judge(None, before, at(NOON, 1_000 + HOUR)), Verdict::Jumped { by: HOUR, way: Way::Back }, "stood still");
        assert_eq!(judge(None, before, at(NOON + SLEEP + 1, 1_000)), Verdict::Jumped { by: SLEEP + 1, way: Way::Forward });
        assert_eq!(judge(None, before, at(0, 500)), Verdict::Fine, "a reading of another session");
    }

    #[test]
    fn another_zone_summer_time_and_a_zone_put_right_are_no_jump() {
        let before = Some(at(NOON, 0));
        for offset in [-720, -300, 60, 120, 630, 660, 825, 840] {
            assert_eq!(judge(None, before, Reading { offset, ..at(NOON, 0) }), Verdict::Fine, "only local time moved");
        }
        // The face kept its time: eight hours back in UTC, eight more from UTC.
        let face = Reading { wall: NOON - 8 * HOUR, offset: 480 + 480, running: 0 };
        assert_eq!(judge(None, before, face), Verdict::Fine);
        let both = Reading { wall: NOON - 24 * HOUR, offset: 480 + 60, running: 0 };
        assert_eq!(judge(None, before, both), Verdict::Jumped { by: 24 * HOUR, way: Way::Back });
    }

    #[test]
    fn what_was_acknowledged_is_not_asked_again() {
        let last = newest(NOON);
        let then = at(NOON - 365 * DAY, 0);
        let said = Acknowledged::now(last, then);
        // A year's entries later, all with the stamp's milliseconds of before, and after the app was opened again.
        for days in [0, 1, 200, 364] {
            let stamp = Some(Stamp::after(last, then.wall + days * DAY, DeviceId(1)));
            assert_eq!(to_ask(stamp, None, at(then.wall + days * DAY, 7), Some(&said)), Verdict::Fine, "{days}");
        }
        let lower = at(then.wall - HOUR, 0);
        assert_eq!(to_ask(last, None, lower, Some(&said)), judge(last, None, lower), "set back further");
        let entered = newest(NOON + HOUR);
        assert_eq!(to_ask(entered, None, then, Some(&said)), judge(entered, None, then), "it was ahead again in between");
        assert_ne!(to_ask(last, None, then, None), Verdict::Fine);
    }

    #[test]
    fn far_ahead_is_acknowledged_for_the_same_newest_entry_and_not_for_another_half_year() {
        let (last, then) = (newest(NOON), at(NOON + 200 * DAY, 0));
        let said = Acknowledged::now(last, then);
        assert_eq!(to_ask(last, None, at(then.wall + 30 * DAY, 0), Some(&said)), Verdict::Fine);
        assert_ne!(to_ask(last, None, at(then.wall + FAR + 1, 0), Some(&said)), Verdict::Fine);
        assert_ne!(to_ask(newest(NOON + 1), None, then, Some(&said)), Verdict::Fine);
        assert_ne!(to_ask(last, None, at(then.wall - DAY, 0), Some(&said)), Verdict::Fine, "moved again");
    }

    #[test]
    fn a_jump_is_acknowledged_until_the_next_one() {
        let (before, then) = (Some(at(NOON, 0)), at(NOON + 30 * DAY, 1_000));
        let said = Acknowledged::now(None, then);
        assert_eq!(to_ask(None, before, at(then.wall + HOUR, 1_000 + HOUR), Some(&said)), Verdict::Fine);
        assert_ne!(to_ask(None, before, at(then.wall + 60 * DAY, 2_000), Some(&said)), Verdict::Fine);
        assert_ne!(to_ask(None, Some(at(NOON, 0)), at(NOON - DAY, 2_000), Some(&said)), Verdict::Fine);
        assert_ne!(to_ask(None, before, at(then.wall, 500), Some(&said)), Verdict::Fine, "of a session before");
    }

    #[test]
    fn no_reading_is_too_odd() {
        let odd = [0, 1, NOON, u64::MAX - 1, u64::MAX];
        for (wall, running) in odd.into_iter().flat_map(|wall| odd.map(|running| (wall, running))) {
            for offset in [i32::MIN, -1, 0, i32::MAX] {
                let now = Reading { wall, offset, running };
                for (newest, before) in odd.into_iter().map(|millis| (newest(millis), Some(at(millis, NOON)))) {
                    let said = Acknowledged::now(newest, now);
                    assert_eq!(to_ask(newest, before, now, Some(&said)), Verdict::Fine, "the moment it was said");
                }
            }
        }
    }
}
