//! The message desk: once a week a greeting to every customer that counts, one after the other, never in bulk (D0 37-39, 47). The queue
//! is worked out from what was sent, so it goes on where it stopped on any day and without a network; only what was skipped and what is
//! half written is kept beside it.

use super::channel::Channel;
use super::id::CustomerId;
use super::money::Money;
use super::profile::Stage;
use super::sorting;
use super::touch::{Touch, TouchPurpose};
use chrono::{Datelike, Days, NaiveDateTime, NaiveTime, TimeDelta, Weekday};
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};

/// The week a queue is for: from the rep's hour on until the same one a week later. Local time of the phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    pub from: NaiveDateTime,
}

impl Round {
    /// The one that runs at `now`, by the weekday and hour of the settings; an hour past 23 is 23.
    pub fn at(now: NaiveDateTime, weekday: Weekday, hour: u8) -> Round {
        let since = u64::from(now.date().weekday().days_since(weekday));
        let begins = NaiveTime::from_hms_opt(u32::from(hour.min(23)), 0, 0).unwrap_or(NaiveTime::MIN);
        let days = if since == 0 && now.time() < begins { 7 } else { since };
        Round { from: now.date().checked_sub_days(Days::new(days)).unwrap_or(now.date()).and_time(begins) }
    }

    /// The first moment that is no more in it.
    pub fn until(self) -> NaiveDateTime {
        self.from.checked_add_days(Days::new(7)).unwrap_or(self.from)
    }

    pub fn holds(self, at: NaiveDateTime) -> bool {
        self.from <= at && at < self.until()
    }
}

/// A shop as the queue looks at it.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    pub customer: CustomerId,
    pub name: &'a str,
    pub stage: Option<Stage>,
    /// What it buys a week.
    pub weekly: Option<Money>,
}

/// Written to every week: signed, about to sign, key, long-term (D0 38).
pub fn is_written_to(stage: Option<Stage>) -> bool {
    match stage {
        Some(Stage::AboutToSign | Stage::Signed | Stage::Key | Stage::LongTerm) => true,
        Some(Stage::Prospect | Stage::Closed) | None => false,
    }
}

/// A greeting that went out: to whom, when. None where a touch is none.
pub fn greeting(touch: &Touch) -> Option<(CustomerId, NaiveDateTime)> {
    let is_written = matches!(touch.channel, Channel::Sms | Channel::Chat | Channel::Email);
    let is_greeting = is_written && touch.purpose == TouchPurpose::Greeting && !touch.withdrawn && !touch.envelope.deleted;
    is_greeting.then_some((touch.customer, touch.at))
}

/// What is kept between two openings of the desk, as one text under the key `desk`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    pub round: Round,
    /// Not this week, in the order they were skipped.
    pub skipped: Vec<CustomerId>,
    /// Written and not sent, the last one written last; at most [`DRAFTS_MAX`].
    pub drafts: Vec<(CustomerId, String)>,
}

/// The most half-written messages kept.
pub const DRAFTS_MAX: usize = 200;

impl Kept {
    pub fn new(round: Round) -> Kept {
        Kept { round, skipped: Vec::new(), drafts: Vec::new() }
    }

    /// What was kept, if it is of this round: last week's is forgotten.
    pub fn of(kept: Option<Kept>, round: Round) -> Kept {
        kept.filter(|kept| kept.round == round).unwrap_or_else(|| Kept::new(round))
    }

    pub fn skip(&mut self, customer: CustomerId) {
        if !self.skipped.contains(&customer) {
            self.skipped.push(customer);
        }
    }

    pub fn take_back(&mut self, customer: CustomerId) {
        self.skipped.retain(|skipped| *skipped != customer);
    }

    /// Keeps the text of a message; an empty one is none.
    pub fn write(&mut self, customer: CustomerId, text: &str) {
        self.drafts.retain(|(written, _)| *written != customer);
        if !text.is_empty() {
            self.drafts.push((customer, text.to_owned()));
        }
        let over = self.drafts.len().saturating_sub(DRAFTS_MAX);
        self.drafts.drain(..over);
    }

    pub fn draft(&self, customer: CustomerId) -> Option<&str> {
        self.drafts.iter().find(|(written, _)| *written == customer).map(|(_, text)| text.as_str())
    }
}

/// The queue as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Queue {
    /// Still to write to: what buys most first, then by name.
    pub left: Vec<CustomerId>,
    pub done: Vec<CustomerId>,
    pub skipped: Vec<CustomerId>,
    pub pace: Option<Pace>,
}

impl Queue {
    /// The queue of `round`: candidates that are written to, without those in `sent` (any greetings, of any time) and the skipped ones.
    /// A shop that was written to is done, even if it was skipped before.
    pub fn of(round: Round, candidates: &[Candidate<'_>], sent: &[(CustomerId, NaiveDateTime)], kept: &Kept) -> Queue {
        let sent: Vec<(CustomerId, NaiveDateTime)> = sent.iter().filter(|(_, at)| round.holds(*at)).copied().collect();
        let written_to = candidates.iter().filter(|candidate| is_written_to(candidate.stage)).copied().collect();
        let in_order = sorting::by_key(written_to, |candidate: &Candidate<'_>| {
            (-cents(candidate.weekly), format!("{}\u{0}{}", candidate.name, candidate.customer.0))
        });
        let is_done = |customer: &CustomerId| sent.iter().any(|(to, _)| to == customer);
        let is_skipped = |customer: &CustomerId| kept.round == round && kept.skipped.contains(customer);
        let mut queue = Queue { left: Vec::new(), done: Vec::new(), skipped: Vec::new(), pace: pace(&sent) };
        for candidate in in_order {
            let customer = candidate.customer;
            let pile = if is_done(&customer) {
                &mut queue.done
            } else if is_skipped(&customer) {
                &mut queue.skipped
            } else {
                &mut queue.left
            };
            // A list that names a shop twice writes to it once.
            if !pile.contains(&customer) {
                pile.push(customer);
            }
        }
        queue
    }

    /// All of this week.
    pub fn all(&self) -> usize {
        self.left.len() + self.done.len() + self.skipped.len()
    }

    /// Seconds the rest will take at this pace.
    pub fn rest(&self) -> Option<u64> {
        Some(self.pace?.seconds().saturating_mul(u64::try_from(self.left.len()).ok()?))
    }
}

/// How long messages took: only those that came one soon after another, so that a night between two is no slow message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// Seconds between messages, in all.
    pub total: u64,
    /// Messages they were spent on, 1 or more.
    pub messages: u64,
}

/// A longer pause is no part of writing.
const PAUSE: TimeDelta = TimeDelta::minutes(15);

impl Pace {
    /// Of one message, half up.
    pub fn seconds(self) -> u64 {
        (self.total + self.messages / 2) / self.messages.max(1)
    }
}

fn pace(sent: &[(CustomerId, NaiveDateTime)]) -> Option<Pace> {
    let mut times: Vec<NaiveDateTime> = sent.iter().map(|(_, at)| *at).collect();
    times.sort_unstable();
    let mut pace = Pace { total: 0, messages: 0 };
    for (before, after) in times.iter().zip(times.iter().skip(1)) {
        let took = *after - *before;
        if took <= PAUSE {
            pace.total += u64::try_from(took.num_seconds()).unwrap_or(0);
            pace.messages += 1;
        }
    }
    (pace.messages > 0).then_some(pace)
}

fn cents(money: Option<Money>) -> i64 {
    let cents = money.and_then(|money| money.0.checked_mul(rust_decimal::Decimal::ONE_HUNDRED));
    cents.and_then(|cents| cents.trunc().to_i64()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn at(day: u32, hour: u32, minute: u32) -> NaiveDateTime {
        NaiveDate::from_ymd_opt(2026, 11, day).unwrap().and_hms_opt(hour, minute, 0).unwrap()
    }

    fn shop(id: u128, name: &str, stage: Option<Stage>, weekly: i64) -> Candidate<'_> {
        Candidate { customer: CustomerId(Uuid::from_u128(id)), name, stage, weekly: Some(Money(weekly.into())) }
    }

    fn id(id: u128) -> CustomerId {
        CustomerId(Uuid::from_u128(id))
    }

    #[test]
    fn a_round_runs_from_friday_evening_to_friday_evening() {
        let round = |now| Round::at(now, Weekday::Fri, 18).from;
        assert_eq!(round(at(20, 18, 0)), at(20, 18, 0));
        assert_eq!(round(at(20, 17, 59)), at(13, 18, 0), "before the hour last week's still runs");
        assert_eq!(round(at(23, 9, 0)), at(20, 18, 0));
        assert_eq!(round(at(27, 17, 59)), at(20, 18, 0));
        assert_eq!(Round::at(at(23, 0, 0), Weekday::Mon, 0).from, at(23, 0, 0));
        assert_eq!(Round::at(at(23, 22, 0), Weekday::Mon, 200).from, at(16, 23, 0));
    }

    #[test]
    fn four_stages_are_written_to_the_biggest_first() {
        let candidates = [
            shop(1, "惠民", Some(Stage::Signed), 100),
            shop(2, "兴隆", Some(Stage::Key), 900),
            shop(3, "新店", Some(Stage::Prospect), 5_000),
            shop(4, "老店", Some(Stage::Closed), 5_000),
            shop(5, "没定", None, 5_000),
            shop(6, "A", Some(Stage::LongTerm), 100),
            Candidate { weekly: None, ..shop(7, "Z", Some(Stage::AboutToSign), 0) },
        ];
        let round = Round::at(at(20, 18, 0), Weekday::Fri, 18);
        let queue = Queue::of(round, &candidates, &[], &Kept::new(round));
        assert_eq!(queue.left, vec![id(2), id(6), id(1), id(7)]);
    }

    #[test]
    fn what_was_sent_is_done_and_what_was_skipped_waits_for_next_week() {
        let names: Vec<String> = (0..30).map(|n| format!("店{n:02}")).collect();
        let candidates: Vec<Candidate<'_>> = names.iter().zip(1_u128..).map(|(name, n)| shop(n, name, Some(Stage::Signed), 0)).collect();
        let round = Round::at(at(20, 19, 0), Weekday::Fri, 18);
        let mut kept = Kept::new(round);
        kept.skip(id(3));
        kept.skip(id(3));
        kept.skip(id(2));
        let sent =
            [(id(1), at(20, 18, 30)), (id(2), at(20, 18, 32)), (id(4), at(20, 18, 33)), (id(5), at(21, 8, 0)), (id(6), at(20, 17, 59))];
        let queue = Queue::of(round, &candidates, &sent, &kept);
        assert_eq!((queue.all(), queue.left.len(), queue.left[0]), (30, 25, id(6)), "before the hour is last week's");
        assert_eq!((queue.done.clone(), queue.skipped.clone()), (vec![id(1), id(2), id(4), id(5)], vec![id(3)]));
        assert_eq!(queue.pace, Some(Pace { total: 180, messages: 2 }), "the night is no slow message");
        assert_eq!(queue.rest(), Some(25 * 90));
        let next = Round { from: at(27, 18, 0) };
        assert_eq!(Queue::of(next, &candidates, &sent, &Kept::of(Some(kept), next)).left.len(), 30);
    }

    #[test]
    fn a_half_written_message_is_there_when_the_desk_opens_again() {
        let round = Round::at(at(20, 19, 0), Weekday::Fri, 18);
        let mut kept = Kept::new(round);
        kept.write(id(1), "王总");
        kept.write(id(1), "王总，");
        kept.write(id(2), "x");
        kept.write(id(2), "");
        let text = serde_json::to_string(&kept).unwrap();
        let again = Kept::of(serde_json::from_str(&text).ok(), round);
        assert_eq!((again.draft(id(1)), again.draft(id(2))), (Some("王总，"), None));
        for n in 0..300 {
            kept.write(id(n), "x");
        }
        assert_eq!((kept.drafts.len(), kept.draft(id(299)), kept.draft(id(5))), (DRAFTS_MAX, Some("x"), None));
    }

    proptest! {
        #[test]
        fn every_shop_is_in_one_pile_and_a_message_never_makes_the_rest_longer(
            stages in proptest::collection::vec(0_usize..7, 0..30),
            sent in proptest::collection::vec((0_u128..30, 0_i64..30_000), 0..40),
            skipped in proptest::collection::vec(0_u128..30, 0..10),
        ) {
            let candidates: Vec<Candidate<'_>> = stages.iter().zip(0_u128..).map(|(stage, n)| shop(n, "", Stage::ALL.get(*stage).copied(), 1)).collect();
            let round = Round { from: at(20, 18, 0) };
            let sent: Vec<_> = sent.iter().map(|(n, minutes)| (id(*n), at(10, 18, 0) + TimeDelta::minutes(*minutes))).collect();
            let mut kept = Kept::new(round);
            skipped.iter().for_each(|n| kept.skip(id(*n)));
            let queue = Queue::of(round, &candidates, &sent, &kept);
            let mut all: Vec<CustomerId> = [&queue.left, &queue.done, &queue.skipped].into_iter().flatten().copied().collect();
            all.sort_unstable();
            let mut expected: Vec<CustomerId> = candidates.iter().filter(|shop| is_written_to(shop.stage)).map(|shop| shop.customer).collect();
            expected.sort_unstable();
            prop_assert_eq!(all, expected);
            if let Some(next) = queue.left.first() {
                let more: Vec<_> = sent.iter().copied().chain([(*next, at(21, 9, 0))]).collect();
                prop_assert_eq!(Queue::of(round, &candidates, &more, &kept).left, queue.left[1..].to_vec());
            }
        }
    }
}
