//! How often a shop wants to hear of the rep: up to four clocks a shop, each running from the last contact of its kind. A clock only
//! ever starts anew by a contact, so a contact makes nothing more overdue, and what is quiet for a while comes back on its day.

use super::calendar_month::add_months;
use super::customer::{Customer, CustomerClass};
use super::follow::Follow;
use super::head::Head;
use super::id::CustomerId;
use super::profile::{Profile, Stage, Tier};
use chrono::{Datelike, Days, NaiveDate};

/// What a clock asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClockKind {
    /// Any contact: by class, stage or the shop's own gap (D0 36, 85-87). Every touch resets it.
    Contact,
    /// A call to say hello, half a month after the last call (D0 67).
    Greeting,
    /// A call by the shop's tier (D3 88-90).
    Call,
    /// A visit by the shop's tier.
    Visit,
}

/// One clock as it stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    pub kind: ClockKind,
    /// The contact it runs from; none: never, it runs from when the shop became known.
    pub last: Option<NaiveDate>,
    pub due: NaiveDate,
    /// Days since `due`; below 0: to come.
    pub late_days: i64,
}

/// How late something is, by the two thresholds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    Overdue,
    Due,
    Soon,
}

impl Clock {
    pub fn state(&self, follow: &Follow) -> State {
        match self.late_days {
            late if late < follow.due.into() => State::Soon,
            late if late < follow.overdue.into() => State::Due,
            _ => State::Overdue,
        }
    }
}

/// What the clocks of one shop run by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    pub id: CustomerId,
    pub class: Option<CustomerClass>,
    pub stage: Option<Stage>,
    pub tier: Option<Tier>,
    /// The shop's own gap in days.
    pub every: Option<u16>,
    /// The last day on which nothing is asked.
    pub quiet_until: Option<NaiveDate>,
    /// Followed no more: no clock runs.
    pub given_up: bool,
    /// When the shop became known: where clocks begin that no contact ever set.
    pub since: NaiveDate,
}

impl Pace {
    pub fn of(shop: &Customer, profile: Option<&Profile>) -> Pace {
        Pace {
            id: shop.id,
            class: shop.fields.class,
            stage: profile.and_then(|profile| profile.stage),
            tier: profile.and_then(|profile| profile.tier),
            every: profile.and_then(|profile| profile.every),
            quiet_until: profile.and_then(|profile| Some(profile.snooze.as_ref()?.until)),
            given_up: profile.is_some_and(|profile| profile.given_up.is_some() || profile.stage == Some(Stage::Closed)),
            since: profile.and_then(|profile| profile.met_on).unwrap_or(shop.created_on),
        }
    }

    /// Quiet today: a snooze hides until its day, that day included.
    pub fn is_quiet(&self, today: NaiveDate) -> bool {
        self.quiet_until.is_some_and(|until| today <= until)
    }
}

/// The local dates of the last contacts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LastContacts {
    pub called_on: Option<NaiveDate>,
    pub visited_on: Option<NaiveDate>,
    /// Of any kind.
    pub touched_on: Option<NaiveDate>,
}

impl From<&Head> for LastContacts {
    fn from(head: &Head) -> LastContacts {
        LastContacts { called_on: head.called_on, visited_on: head.visited_on, touched_on: head.touched_on }
    }
}

/// All clocks of a shop as they stand on `today`, whether due or not, snoozed or not; none of a shop that is given up. A tier takes the
/// place of the class and of the greeting call; a key customer's week and the shop's own gap stay beside it.
pub fn clocks(pace: &Pace, last: LastContacts, follow: &Follow, today: NaiveDate) -> impl Iterator<Item = Clock> {
    // A contact of a day to come was made while the phone's clock was ahead: it counts as of today.
    let clock = |kind, last: Option<NaiveDate>, due: &dyn Fn(NaiveDate) -> NaiveDate| {
        let last = last.map(|last| last.min(today));
        let due = due(last.unwrap_or(pace.since.min(today)));
        Clock { kind, last, due, late_days: (today - due).num_days() }
    };
    let contact = contact_gap(pace, follow).map(|gap| {
        clock(ClockKind::Contact, last.touched_on, &|from| match gap {
            Gap::Days(days) => plus(from, days),
            Gap::Pool(days) => pool_day(pace.id, days, from),
        })
    });
    let greeting =
        wants_greeting(pace).then(|| clock(ClockKind::Greeting, last.called_on, &|from| plus(from, follow.greeting_days.max(1))));
    let tier = pace.tier.map(months);
    let call = tier.map(|(call, _)| clock(ClockKind::Call, last.called_on, &|from| add_months(from, call)));
    let visit = tier.map(|(_, visit)| clock(ClockKind::Visit, last.visited_on, &|from| add_months(from, visit)));
    let is_followed = !pace.given_up;
    [contact, greeting, call, visit].into_iter().flatten().filter(move |_| is_followed)
}

/// Months from one call and one visit to the next (D3 88-90).
fn months(tier: Tier) -> (u16, u16) {
    match tier {
        Tier::First => (1, 3),
        Tier::Second => (3, 6),
        Tier::Third => (6, 12),
    }
}

enum Gap {
    Days(u16),
    /// Called once in so many days, each shop on its own day of them (D0 87).
    Pool(u16),
}

fn contact_gap(pace: &Pace, follow: &Follow) -> Option<Gap> {
    if let Some(every) = pace.every {
        return Some(Gap::Days(every.max(1)));
    }
    let by_class = match pace.class.filter(|_| pace.tier.is_none()) {
        Some(class @ (CustomerClass::A | CustomerClass::B)) => Some(Gap::Days(follow.class_days.of(class).max(1))),
        // A shop that nobody put into a class is not to be forgotten either.
        Some(CustomerClass::C) | None => pace.tier.is_none().then_some(Gap::Pool(follow.class_days.c.max(1))),
    };
    if pace.stage != Some(Stage::Key) {
        return by_class;
    }
    let key = follow.key_days.max(1);
    Some(match by_class {
        Some(Gap::Days(days)) => Gap::Days(days.min(key)),
        Some(Gap::Pool(_)) | None => Gap::Days(key),
    })
}

/// Greeted by phone are those worth a call of their own: classes A and B and whoever is as good as a customer.
fn wants_greeting(pace: &Pace) -> bool {
    let is_close = pace.stage.is_some_and(Stage::is_greeted);
    pace.tier.is_none() && (is_close || matches!(pace.class, Some(CustomerClass::A | CustomerClass::B)))
}

/// The day on which a shop of the pool is called after a contact on `from`: its own day of every `days`, at least half of them later.
/// So one in `days` shops comes up a day, each at most one and a half times `days` after the last contact, and always the same ones
/// together whatever is asked when.
pub fn pool_day(id: CustomerId, days: u16, from: NaiveDate) -> NaiveDate {
    let days = i64::from(days.max(1));
    let own = i64::try_from(id.0.as_u128() % u128::from(days.unsigned_abs())).unwrap_or(0);
    let earliest = plus(from, u16::try_from((days + 1) / 2).unwrap_or(u16::MAX));
    let wait = (own - i64::from(earliest.num_days_from_ce())).rem_euclid(days);
    plus(earliest, u16::try_from(wait).unwrap_or(0))
}

fn plus(from: NaiveDate, days: u16) -> NaiveDate {
    from.checked_add_days(Days::new(days.into())).unwrap_or(NaiveDate::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, month, day).unwrap()
    }

    fn pace(class: Option<CustomerClass>) -> Pace {
        let id = CustomerId(uuid::Uuid::from_u128(7));
        Pace { id, class, stage: None, tier: None, every: None, quiet_until: None, given_up: false, since: day(6, 1) }
    }

    fn late(pace: &Pace, last: LastContacts, today: NaiveDate) -> Vec<(ClockKind, i64)> {
        clocks(pace, last, &Follow::default(), today).map(|clock| (clock.kind, clock.late_days)).collect()
    }

    fn touched(on: NaiveDate) -> LastContacts {
        LastContacts { touched_on: Some(on), ..LastContacts::default() }
    }

    fn called(on: NaiveDate) -> LastContacts {
        LastContacts { called_on: Some(on), touched_on: Some(on), ..LastContacts::default() }
    }

    #[test]
    fn tier_one_last_call_20_october_last_visit_15_august_call_is_2_days_late_and_visit_7_on_22_november() {
        let first = Pace { tier: Some(Tier::First), ..pace(Some(CustomerClass::A)) };
        let last = LastContacts { called_on: Some(day(10, 20)), visited_on: Some(day(8, 15)), touched_on: Some(day(10, 20)) };
        let all: Vec<Clock> = clocks(&first, last, &Follow::default(), day(11, 22)).collect();
        assert_eq!(
            all.iter().map(|clock| (clock.kind, clock.due, clock.late_days)).collect::<Vec<_>>(),
            [(ClockKind::Call, day(11, 20), 2), (ClockKind::Visit, day(11, 15), 7)]
        );
        assert_eq!(all.iter().map(|clock| clock.state(&Follow::default())).collect::<Vec<_>>(), [State::Due, State::Overdue]);
    }

    #[test]
    fn a_tier_counts_months_by_the_calendar() {
        let due = |tier, called: NaiveDate| {
            let last = LastContacts { called_on: Some(called), visited_on: Some(called), touched_on: Some(called) };
            clocks(&Pace { tier: Some(tier), ..pace(None) }, last, &Follow::default(), called).map(|clock| clock.due).collect::<Vec<_>>()
        };
        let ymd = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
        assert_eq!(due(Tier::First, day(11, 30)), [day(12, 30), ymd(2027, 2, 28)]);
        assert_eq!(due(Tier::Second, day(11, 30)), [ymd(2027, 2, 28), ymd(2027, 5, 30)]);
        assert_eq!(due(Tier::Third, ymd(2027, 8, 31)), [ymd(2028, 2, 29), ymd(2028, 8, 31)], "a leap year");
    }

    #[test]
    fn class_a_is_due_after_three_days_b_after_a_week_and_a_key_customer_within_seven_days() {
        assert_eq!(late(&pace(Some(CustomerClass::A)), called(day(11, 19)), day(11, 22))[0], (ClockKind::Contact, 0));
        assert_eq!(late(&pace(Some(CustomerClass::B)), called(day(11, 19)), day(11, 22))[0], (ClockKind::Contact, -4));
        let key = Pace { stage: Some(Stage::Key), ..pace(Some(CustomerClass::C)) };
        assert_eq!(late(&key, called(day(11, 14)), day(11, 22))[0], (ClockKind::Contact, 1));
        let key_a = Pace { class: Some(CustomerClass::A), ..key };
        assert_eq!(late(&key_a, called(day(11, 14)), day(11, 22))[0], (ClockKind::Contact, 5), "the shorter gap");
        let own = Pace { every: Some(10), ..key };
        assert_eq!(late(&own, called(day(11, 14)), day(11, 22))[0], (ClockKind::Contact, -2), "its own gap before all");
    }

    #[test]
    fn a_change_of_class_moves_the_clock_at_once() {
        let last = touched(day(11, 17));
        let contact = |class| late(&pace(class), last, day(11, 22))[0].1;
        assert_eq!((contact(Some(CustomerClass::A)), contact(Some(CustomerClass::B))), (2, -2));
        assert!(contact(Some(CustomerClass::C)) < -2, "into the pool");
        assert_eq!(contact(Some(CustomerClass::C)), contact(None), "without a class: in the pool, too");
    }

    #[test]
    fn a_greeting_call_is_due_half_a_month_after_the_last_call_and_a_visit_is_no_call() {
        let b = pace(Some(CustomerClass::B));
        let last = LastContacts { called_on: Some(day(11, 5)), visited_on: Some(day(11, 20)), touched_on: Some(day(11, 20)) };
        assert_eq!(late(&b, last, day(11, 22)), [(ClockKind::Contact, -5), (ClockKind::Greeting, 2)]);
        assert_eq!(late(&b, called(day(11, 22)), day(11, 22)), [(ClockKind::Contact, -7), (ClockKind::Greeting, -15)]);
        assert_eq!(late(&pace(Some(CustomerClass::C)), last, day(11, 22)).len(), 1, "the pool is not greeted by phone");
    }

    #[test]
    fn a_shop_never_contacted_is_late_since_it_became_known() {
        assert_eq!(
            late(&pace(Some(CustomerClass::A)), LastContacts::default(), day(6, 5)),
            [(ClockKind::Contact, 1), (ClockKind::Greeting, -11)]
        );
    }

    #[test]
    fn a_snooze_is_quiet_to_its_last_day_and_wakes_the_day_after() {
        let quiet = Pace { quiet_until: Some(day(11, 22)), ..pace(None) };
        assert_eq!([21, 22, 23].map(|at| quiet.is_quiet(day(11, at))), [true, true, false]);
    }

    #[test]
    fn what_is_given_up_has_no_clock() {
        let gone = Pace { given_up: true, tier: Some(Tier::First), stage: Some(Stage::Key), ..pace(Some(CustomerClass::A)) };
        assert_eq!(late(&gone, LastContacts::default(), day(11, 22)), []);
    }

    #[test]
    fn a_contact_dated_ahead_counts_as_of_today() {
        let ahead = touched(NaiveDate::from_ymd_opt(2027, 11, 20).unwrap());
        assert_eq!(late(&pace(Some(CustomerClass::A)), ahead, day(11, 22))[0], (ClockKind::Contact, -3));
    }

    #[test]
    fn the_thresholds_tell_due_from_overdue() {
        let follow = Follow { due: 1, overdue: 4, ..Follow::default() };
        let state = |late_days| Clock { kind: ClockKind::Contact, last: None, due: day(11, 1), late_days }.state(&follow);
        assert_eq!([0, 1, 3, 4].map(state), [State::Soon, State::Due, State::Due, State::Overdue]);
    }

    #[test]
    fn the_pool_brings_up_one_shop_in_thirty_a_day() {
        let from = day(11, 1);
        let mut days = [0; 46];
        for shop in 0..3_000 {
            let id = CustomerId(uuid::Uuid::from_u128(0x0192_0000_0000_7000_8000_0000_0000_0000 + shop * 977));
            days[usize::try_from((pool_day(id, 30, from) - from).num_days()).unwrap()] += 1;
        }
        assert!(days[..15].iter().all(|shops| *shops == 0), "nobody sooner than half a month");
        assert!(days[15..45].iter().all(|shops| (80..=120).contains(shops)), "{days:?}");
        assert_eq!(days[45], 0, "nobody later than one and a half");
    }

    fn dates() -> impl Strategy<Value = Option<NaiveDate>> {
        proptest::option::of((0_u64..800).prop_map(|days| day(1, 1) + Days::new(days)))
    }

    fn paces() -> impl Strategy<Value = Pace> {
        let class = proptest::option::of(proptest::sample::select(CustomerClass::ALL.to_vec()));
        let stage = proptest::option::of(proptest::sample::select(Stage::ALL.to_vec()));
        let tier = proptest::option::of(proptest::sample::select(Tier::ALL.to_vec()));
        let every = proptest::option::of(1_u16..366);
        (class, stage, tier, every, any::<u128>(), dates()).prop_map(|(class, stage, tier, every, id, since)| Pace {
            id: CustomerId(uuid::Uuid::from_u128(id)),
            stage,
            tier,
            every,
            since: since.unwrap_or(day(3, 3)),
            ..pace(class)
        })
    }

    proptest! {
        #[test]
        fn a_touch_never_makes_anything_more_overdue(
            pace in paces(),
            called in dates(),
            visited in dates(),
            touched in dates(),
            ago in 0_u64..60,
            kind in 0..3,
            c in 1_u16..90,
        ) {
            let (today, on) = (day(12, 1), day(12, 1) - Days::new(ago));
            let before = LastContacts { called_on: called, visited_on: visited, touched_on: touched.max(called).max(visited) };
            let mut after = LastContacts { touched_on: before.touched_on.max(Some(on)), ..before };
            match kind {
                0 => after.called_on = after.called_on.max(Some(on)),
                1 => after.visited_on = after.visited_on.max(Some(on)),
                _ => {}
            }
            let mut follow = Follow::default();
            follow.class_days.c = c;
            // A contact before the shop was entered shows that it was known before.
            prop_assume!(on >= pace.since);
            let lates = |last| clocks(&pace, last, &follow, today).map(|clock| (clock.kind, clock.late_days)).collect::<Vec<_>>();
            for ((kind, before), (same, after)) in lates(before).into_iter().zip(lates(after)) {
                prop_assert_eq!(kind, same);
                prop_assert!(after <= before, "{:?}: {} then {}", kind, before, after);
            }
        }

        #[test]
        fn nobody_in_the_pool_is_forgotten_or_called_too_soon(id in any::<u128>(), days in 1_u16..400, from in dates()) {
            let from = from.unwrap_or(day(2, 28));
            let wait = (pool_day(CustomerId(uuid::Uuid::from_u128(id)), days, from) - from).num_days();
            prop_assert!(wait * 2 >= i64::from(days) && wait <= i64::from(days) + i64::from(days) / 2 + 1);
        }
    }
}
