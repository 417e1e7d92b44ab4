//! What was promised to a shop, and by when (D0 49-53, D2 239-242). Saved only with a time: `answer_by` or `due` is set. Times are
//! the phone's local wall time and are compared as such, so that noon stays noon in another zone.

use super::id::{CustomerId, PersonId, PromiseId, VisitId};
use super::money::Money;
use super::stamp::{Envelope, Stamp};
use chrono::{NaiveDateTime, TimeDelta};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// One promise, open until it ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    pub id: PromiseId,
    pub envelope: Envelope,
    pub customer: CustomerId,
    /// To whom.
    pub person: Option<PersonId>,
    /// Where it was made at a visit.
    pub visit: Option<VisitId>,
    pub text: String,
    pub made: NaiveDateTime,
    /// When the shop gets an answer, where the delivery's time was not known yet (D0 51).
    pub answer_by: Option<NaiveDateTime>,
    pub answered: Option<NaiveDateTime>,
    pub due: Option<NaiveDateTime>,
    /// Who inside the house has to do something first (D0 53).
    pub needs: Option<Dependency>,
    /// Whether the rep made sure that it can be done (D2 242).
    pub able: Ability,
    /// What it costs.
    pub cost: Option<Money>,
    /// Which fears of the buyer it answers (D2 241).
    pub risks: BTreeSet<Risk>,
    pub end: Option<Ended>,
}

/// Someone inside the house on whom a promise depends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dependency {
    pub department: String,
    pub person: String,
    /// When to ask how far they are, before the promise is due.
    pub chase_at: NaiveDateTime,
    /// When they were asked.
    pub chased: Option<NaiveDateTime>,
}

/// Whether a promise was looked into before it was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ability {
    Checked,
    #[default]
    Unchecked,
}

/// What a buyer is afraid of (D2 241).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Risk {
    Economic,
    Functional,
    Quality,
    Social,
    Psychological,
}

impl Risk {
    pub const ALL: [Risk; 5] = [Risk::Economic, Risk::Functional, Risk::Quality, Risk::Social, Risk::Psychological];
}

/// How and when a promise ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    pub how: End,
    pub at: NaiveDateTime,
    pub note: String,
}

/// How a promise ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum End {
    Kept,
    Broken,
    /// Nobody waits for it any more: neither kept nor broken.
    Withdrawn,
}

impl End {
    pub const ALL: [End; 3] = [End::Kept, End::Broken, End::Withdrawn];
}

impl Promise {
    /// Still to be kept.
    pub fn is_open(&self) -> bool {
        self.end.is_none() && !self.envelope.deleted
    }

    /// The next deadline: the answer until it was given, then the delivery. None where the answer was given and no delivery is due.
    pub fn deadline(&self) -> Option<NaiveDateTime> {
        self.answer_by.filter(|_| self.answered.is_none()).or(self.due)
    }

    /// Open and past its next deadline: due at 12:00, it is overdue at 12:01.
    pub fn is_overdue(&self, now: NaiveDateTime) -> bool {
        self.is_open() && self.deadline().is_some_and(|deadline| is_past(deadline, now))
    }

    /// How it counts: a promise kept after its time, or answered after it, is a broken one.
    pub fn verdict(&self) -> Option<Verdict> {
        let end = self.end.as_ref().filter(|_| !self.envelope.deleted)?;
        let in_time = |by: Option<NaiveDateTime>, at: NaiveDateTime| by.is_none_or(|by| !is_past(by, at));
        let is_kept = in_time(self.answer_by, self.answered.unwrap_or(end.at)) && in_time(self.due, end.at);
        match end.how {
            End::Withdrawn => None,
            End::Kept if is_kept => Some(Verdict::Kept),
            End::Kept | End::Broken => Some(Verdict::Broken),
        }
    }

    /// Without the words said to a person who is forgotten; that something was promised by when stays.
    pub fn forgotten(&self, stamp: Stamp) -> Promise {
        let end = self.end.clone().map(|end| Ended { note: String::new(), ..end });
        Promise { envelope: self.envelope.next(stamp), text: String::new(), end, ..self.clone() }
    }
}

/// The minute of a deadline still belongs to it: at 12:00:59 noon is not past.
pub fn is_past(deadline: NaiveDateTime, now: NaiveDateTime) -> bool {
    now.signed_duration_since(deadline) >= TimeDelta::minutes(1)
}

/// How an ended promise counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Kept,
    Broken,
}

/// Promises kept and broken, of one shop or of all (D0 52).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rate {
    pub kept: u32,
    pub broken: u32,
}

impl Rate {
    pub fn of<'a>(promises: impl IntoIterator<Item = &'a Promise>) -> Rate {
        let mut rate = Rate::default();
        for verdict in promises.into_iter().filter_map(Promise::verdict) {
            let count = match verdict {
                Verdict::Kept => &mut rate.kept,
                Verdict::Broken => &mut rate.broken,
            };
            *count = count.saturating_add(1);
        }
        rate
    }

    pub fn plus(self, other: Rate) -> Rate {
        Rate { kept: self.kept.saturating_add(other.kept), broken: self.broken.saturating_add(other.broken) }
    }

    /// Kept in hundredths of all that ended, rounded down; none where none ended.
    pub fn percent(self) -> Option<u32> {
        let (kept, all) = (u64::from(self.kept), u64::from(self.kept) + u64::from(self.broken));
        (kept * 100).checked_div(all).and_then(|percent| u32::try_from(percent).ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::stamp::DeviceId;
    use chrono::NaiveDate;
    use uuid::Uuid;

    fn at(day: u32, hour: u32, minute: u32) -> NaiveDateTime {
        NaiveDate::from_ymd_opt(2026, 11, day).unwrap().and_hms_opt(hour, minute, 0).unwrap()
    }

    fn promise(answer_by: Option<NaiveDateTime>, due: Option<NaiveDateTime>) -> Promise {
        Promise {
            id: PromiseId(Uuid::from_u128(1)),
            envelope: Envelope::first(Stamp::after(None, 1, DeviceId(1))),
            customer: CustomerId(Uuid::from_u128(2)),
            person: None,
            visit: None,
            text: "送两箱样品".into(),
            made: at(22, 17, 0),
            answer_by,
            answered: None,
            due,
            needs: None,
            able: Ability::Checked,
            cost: None,
            risks: BTreeSet::new(),
            end: None,
        }
    }

    fn ended(how: End, at: NaiveDateTime) -> Option<Ended> {
        Some(Ended { how, at, note: String::new() })
    }

    #[test]
    fn due_at_noon_it_is_overdue_a_minute_later() {
        let open = promise(None, Some(at(23, 12, 0)));
        assert!(!open.is_overdue(at(23, 12, 0)));
        assert!(!open.is_overdue(at(23, 12, 0) + TimeDelta::seconds(59)));
        assert!(open.is_overdue(at(23, 12, 1)));
        assert!(!Promise { end: ended(End::Kept, at(23, 9, 0)), ..open }.is_overdue(at(23, 12, 1)));
    }

    #[test]
    fn the_answer_is_the_deadline_until_it_is_given() {
        let open = promise(Some(at(23, 12, 0)), Some(at(27, 18, 0)));
        assert_eq!(open.deadline(), Some(at(23, 12, 0)));
        let answered = Promise { answered: Some(at(23, 10, 0)), ..open };
        assert_eq!(answered.deadline(), Some(at(27, 18, 0)));
        let no_delivery = Promise { due: None, ..answered };
        assert_eq!((no_delivery.deadline(), no_delivery.is_overdue(at(30, 0, 0))), (None, false));
    }

    #[test]
    fn a_promise_kept_too_late_counts_as_broken_and_a_withdrawn_one_not_at_all() {
        let open = promise(None, Some(at(23, 12, 0)));
        let verdict = |end| Promise { end, ..open.clone() }.verdict();
        assert_eq!(verdict(None), None);
        assert_eq!(verdict(ended(End::Kept, at(23, 12, 0))), Some(Verdict::Kept));
        assert_eq!(verdict(ended(End::Kept, at(23, 12, 1))), Some(Verdict::Broken));
        assert_eq!(verdict(ended(End::Broken, at(23, 9, 0))), Some(Verdict::Broken));
        assert_eq!(verdict(ended(End::Withdrawn, at(24, 9, 0))), None);
        let late_answer =
            Promise { answered: Some(at(23, 13, 0)), end: ended(End::Kept, at(24, 9, 0)), ..promise(Some(at(23, 12, 0)), None) };
        assert_eq!(late_answer.verdict(), Some(Verdict::Broken));
    }

    #[test]
    fn the_rate_is_of_those_that_ended() {
        let kept = Promise { end: ended(End::Kept, at(22, 18, 0)), ..promise(None, Some(at(23, 12, 0))) };
        let broken = Promise { end: ended(End::Broken, at(23, 18, 0)), ..kept.clone() };
        let open = Promise { end: None, ..kept.clone() };
        let rate = Rate::of([&kept, &kept, &broken, &open]);
        assert_eq!((rate, rate.percent()), (Rate { kept: 2, broken: 1 }, Some(66)));
        assert_eq!((Rate::default().percent(), rate.plus(rate).broken), (None, 2));
    }
}
