//! A phone's clock goes a day or years forward and back, the rep flies, summer time begins in the middle of a visit, midnight
//! passes: what was saved keeps its order, nothing is lost or counted twice, and a visit keeps the day it began on. Whole lives of a
//! shop, thrown by dice, through the same code as the app.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, TimeDelta};
use shelfwise::domain::book::{Book, Change, Record};
use shelfwise::domain::clock_watch::{self, Acknowledged, Reading, Verdict};
use shelfwise::domain::customer::{Customer, CustomerFields};
use shelfwise::domain::draft::{LineContext, LineDraft, VisitDraft};
use shelfwise::domain::events::Events;
use shelfwise::domain::finish::{Finish, LineToFinish, finish};
use shelfwise::domain::history::{self, Counts, LineHistory};
use shelfwise::domain::id::{CustomerId, OrderId, VisitId};
use shelfwise::domain::policy::Ground;
use shelfwise::domain::quantity::Units;
use shelfwise::domain::schedule;
use shelfwise::domain::stamp::{DeviceId, Envelope, Stamp};
use std::collections::BTreeSet;
use support::{YOGURT, counted, ordering, product};
use uuid::Uuid;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// A zone: from which moment (UTC) it is how many minutes from UTC.
struct Zone {
    name: &'static str,
    offsets: &'static [(&'static str, i32)],
}

const BERLIN: Zone = Zone {
    name: "Europe/Berlin",
    offsets: &[
        ("", 60),
        ("2026-03-29T01:00:00", 120),
        ("2026-10-25T01:00:00", 60),
        ("2027-03-28T01:00:00", 120),
        ("2027-10-31T01:00:00", 60),
    ],
};
const NEW_YORK: Zone = Zone {
    name: "America/New_York",
    offsets: &[
        ("", -300),
        ("2026-03-08T07:00:00", -240),
        ("2026-11-01T06:00:00", -300),
        ("2027-03-14T07:00:00", -240),
        ("2027-11-07T06:00:00", -300),
    ],
};
const SHANGHAI: Zone = Zone { name: "Asia/Shanghai", offsets: &[("", 480)] };
const CHATHAM: Zone = Zone {
    name: "Pacific/Chatham",
    offsets: &[
        ("", 825),
        ("2026-04-04T14:00:00", 765),
        ("2026-09-26T14:00:00", 825),
        ("2027-04-03T14:00:00", 765),
        ("2027-09-25T14:00:00", 825),
    ],
};
const LORD_HOWE: Zone = Zone {
    name: "Australia/Lord_Howe",
    offsets: &[
        ("", 660),
        ("2026-04-04T15:00:00", 630),
        ("2026-10-03T15:30:00", 660),
        ("2027-04-03T15:00:00", 630),
        ("2027-10-02T15:30:00", 660),
    ],
};
const ZONES: [&Zone; 5] = [&BERLIN, &NEW_YORK, &SHANGHAI, &CHATHAM, &LORD_HOWE];

fn utc(text: &str) -> i64 {
    text.parse::<NaiveDateTime>().unwrap().and_utc().timestamp_millis()
}

impl Zone {
    fn offset(&self, wall: i64) -> i32 {
        let mut begun = self.offsets.iter().filter(|(from, _)| from.is_empty() || utc(from) <= wall);
        begun.next_back().unwrap().1
    }

    /// What the phone shows, to the second, as the app reads it.
    fn local(&self, wall: i64) -> NaiveDateTime {
        let moment = DateTime::from_timestamp_millis(wall + i64::from(self.offset(wall)) * MINUTE).unwrap().naive_utc();
        moment - TimeDelta::nanoseconds(i64::from(moment.and_utc().timestamp_subsec_nanos()))
    }
}

/// Small seeded dice: the same lives at every run.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        // splitmix64
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: u64) -> i64 {
        i64::try_from(self.next() % end).unwrap()
    }

    fn one_in(&mut self, odds: u64) -> bool {
        self.below(odds) == 0
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[usize::try_from(self.below(all.len() as u64)).unwrap()]
    }
}

/// What one save counted and ordered, kept beside the app in the order in which it happened.
#[derive(Clone, Debug)]
struct Told {
    visit: VisitId,
    on: NaiveDate,
    count: Option<i64>,
    ordered: i64,
}

/// A phone with one shop: its clock is the true time moved by `error`.
struct Phone {
    truth: i64,
    error: i64,
    zone: &'static Zone,
    last: Option<Stamp>,
    customer: Customer,
    book: Book,
    events: Events,
    stamps: Vec<Stamp>,
    told: Vec<Told>,
    ids: u128,
}

impl Phone {
    fn new(truth: i64, zone: &'static Zone, fields: CustomerFields) -> Phone {
        let first = Envelope::first(Stamp { millis: 1, counter: 0, device: DeviceId(1) });
        let created_on = zone.local(truth).date();
        let customer =
            Customer { id: CustomerId(Uuid::from_u128(9)), envelope: first, fields, created_on, range: Vec::new(), merged_into: None };
        let mut book = Book::default();
        book.apply([Record::Customer(customer.clone())]);
        let (events, stamps, told) = (Events::default(), Vec::new(), Vec::new());
        Phone { truth, error: 0, zone, last: book.last_stamp(), customer, book, events, stamps, told, ids: 100 }
    }

    fn wall(&self) -> i64 {
        (self.truth + self.error).max(0)
    }

    fn now(&self) -> NaiveDateTime {
        self.zone.local(self.wall())
    }

    fn today(&self) -> NaiveDate {
        self.now().date()
    }

    fn begin(&mut self) -> VisitDraft {
        self.ids += 2;
        VisitDraft::begun(VisitId(Uuid::from_u128(self.ids)), self.customer.id, self.now())
    }

    fn save(&mut self, draft: &VisitDraft, line: LineDraft) -> Change {
        let seen = match draft.corrects {
            Some(visit) => self.events.clone().without(visit).until(draft.on),
            None => self.events.clone(),
        };
        let counts = if draft.by_phone { Counts::OfTodayToo } else { Counts::BeforeToday };
        let history = history::lines_with(&seen, draft.on, counts).remove(&YOGURT).unwrap_or_default();
        let fields = product(12, "4.5");
        let ground = Ground::of(None, &self.customer.fields, draft.on, None);
        let policy = ground.policy(&fields, &history);
        let by_phone = draft.by_phone;
        let context =
            LineContext { product: &fields, history: &history, policy, on: draft.on, has_back_stock: true, closed_days: 0, by_phone };
        let stamp = Stamp::after(self.last, u64::try_from(self.wall()).unwrap(), DeviceId(1));
        self.last = Some(stamp);
        self.stamps.push(stamp);
        let summary = self.book.summary(self.customer.id).cloned();
        let finishing = Finish {
            draft,
            order_id: OrderId(Uuid::from_u128(self.ids + 1)),
            customer: &self.customer,
            events: &self.events,
            summary: summary.as_deref(),
            replaced: None,
            ground: &ground,
            finished: self.now(),
            spent: 60,
            range: 1,
            stamp,
        };
        let change = finish(&finishing, &[LineToFinish { product: YOGURT, draft: &line, context }]).unwrap();
        for record in &change.records {
            match record {
                Record::Visit(visit) => self.events.visits.push(visit.clone()),
                Record::Order(order) => self.events.orders.push(order.clone()),
                _ => {}
            }
        }
        self.book.apply(change.records.clone());
        change
    }

    /// A visit from door to door, `lasting` so long.
    fn visit(&mut self, count: i64, ordered: i64, lasting: i64) {
        let draft = self.begin();
        self.truth += lasting;
        self.end(&draft, count, ordered);
    }

    fn end(&mut self, draft: &VisitDraft, count: i64, ordered: i64) {
        self.save(draft, ordering(counted(count), ordered));
        self.told.push(Told { visit: draft.id, on: draft.on, count: Some(count), ordered });
    }

    fn phone_order(&mut self, ordered: i64) {
        let draft = VisitDraft { by_phone: true, ..self.begin() };
        self.save(&draft, ordering(LineDraft::default(), ordered));
        self.told.push(Told { visit: draft.id, on: draft.on, count: None, ordered });
    }

    /// Puts right what was said of the visit `at` in [`Self::told`].
    fn correct(&mut self, at: usize, count: i64, ordered: i64) {
        let old = self.told[at].clone();
        let on = self.events.visits.iter().find(|visit| visit.id == old.visit).unwrap().on;
        let draft = VisitDraft { corrects: Some(old.visit), on, ..self.begin() };
        self.save(&draft, ordering(counted(count), ordered));
        self.told[at] = Told { visit: draft.id, on, count: Some(count), ordered };
    }

    fn history(&self) -> LineHistory {
        history::lines(&self.events, self.today()).remove(&YOGURT).unwrap_or_default()
    }

    /// Laws that hold whatever the clock did.
    fn hold(&self, case: &str) {
        assert!(self.stamps.windows(2).all(|pair| pair[0] < pair[1]), "{case}: stamps rise");
        let texts: Vec<String> = self.stamps.iter().map(Stamp::sortable).collect();
        assert!(texts.windows(2).all(|pair| pair[0] < pair[1]), "{case}: as texts too");
        assert_eq!(self.book.last_stamp(), self.last, "{case}");

        let standing = self.events.standing();
        let visits: Vec<VisitId> = standing.visits.iter().map(|visit| visit.id).collect();
        let told: Vec<VisitId> = self.told.iter().filter(|told| told.count.is_some()).map(|told| told.visit).collect();
        assert_eq!(visits, told, "{case}: what stands, in the order in which it happened");
        let days: Vec<NaiveDate> = standing.visits.iter().map(|visit| visit.on).collect();
        let told_days: Vec<NaiveDate> = self.told.iter().filter(|told| told.count.is_some()).map(|told| told.on).collect();
        assert_eq!(days, told_days, "{case}: each on the day it began");
        let units = |events: &Events| -> Vec<i64> { events.orders.iter().map(|order| order.lines[0].units().0).collect() };
        let ordered: Vec<i64> = self.told.iter().map(|told| told.ordered).collect();
        assert_eq!(units(&standing), ordered, "{case}: every order once, in its order");

        let mut shuffled = self.events.clone();
        shuffled.visits.reverse();
        shuffled.orders.reverse();
        let again = history::lines(&shuffled, self.today()).remove(&YOGURT).unwrap_or_default();
        assert_eq!(again, self.history(), "{case}: the order of reading does not matter");

        if let Some(last) = standing.visits.last() {
            let summary = self.book.summary(self.customer.id).unwrap();
            assert_eq!(
                summary.last_visit.map(|last| (last.id, last.on)),
                Some((last.id, last.on)),
                "{case}: the last visit is the last made"
            );
            assert_eq!(summary.next_due, Some(schedule::next_due(&self.customer.fields, last.on)), "{case}: due from the last visit on");
            let order = standing.orders.last().unwrap();
            assert_eq!(summary.last_order.map(|last| last.id), Some(order.id), "{case}: the last order is the last taken");
        }
    }

    /// What a visit of today starts from: the last count that was not made today, and everything ordered from it on, but for today.
    fn previous_is_the_last_count(&self, case: &str) {
        let (today, history) = (self.today(), self.history());
        let at = self.told.iter().rposition(|told| told.count.is_some() && told.on != today);
        assert_eq!(history.previous.map(|previous| previous.units.0), at.and_then(|at| self.told[at].count), "{case}: previous");
        let Some(at) = at else { return };
        // Orders of the day of a count came after it, also those on the phone before.
        let on = self.told[at].on;
        let first = self.told[..at].iter().rposition(|told| told.on != on).map_or(0, |before| before + 1);
        let since: i64 = self.told[first..].iter().filter(|told| told.on != today).map(|told| told.ordered).sum();
        assert_eq!(history.ordered, Units(since), "{case}: ordered since");
    }
}

fn shop(dice: &mut Dice) -> CustomerFields {
    use chrono::Weekday::{Fri, Mon, Sun, Tue};
    let route_day = dice.of(&[None, Some(Mon), Some(Tue), Some(Fri), Some(Sun)]);
    let cycle = shelfwise::domain::customer::VisitCycle::new(dice.of(&[1, 7, 10, 14, 28])).unwrap();
    CustomerFields { route_day, cycle, lead_days: 1, ..CustomerFields::named("惠民".into()) }
}

/// Years before any summer time to after the last in the tables, at any time of a day.
fn some_moment(dice: &mut Dice) -> i64 {
    utc("2026-02-01T00:00:00") + dice.below(500) * DAY + dice.below(24 * 60) * MINUTE
}

/// Just before the clocks of a zone change.
fn before_a_change(dice: &mut Dice, zone: &Zone) -> i64 {
    let changes: Vec<&str> = zone.offsets.iter().map(|(from, _)| *from).filter(|from| !from.is_empty()).collect();
    if changes.is_empty() { some_moment(dice) } else { utc(dice.of(&changes)) - dice.below(40) * MINUTE }
}

#[test]
fn with_a_right_clock_every_lookup_is_what_was_told_over_zones_summer_time_and_midnight() {
    for seed in 0..300 {
        let mut dice = Dice(seed);
        let zone = dice.of(&ZONES);
        let case = format!("life {seed}, {}", zone.name);
        let start = if dice.one_in(2) { before_a_change(&mut dice, zone) - 3 * DAY } else { some_moment(&mut dice) };
        let fields = shop(&mut dice);
        let mut phone = Phone::new(start, zone, fields);
        for step in 0..14 {
            let case = format!("{case}, step {step}");
            phone.previous_is_the_last_count(&case);
            let (count, ordered) = (dice.below(60), 1 + dice.below(40));
            match dice.below(6) {
                0 => phone.phone_order(ordered),
                1 if phone.told.iter().any(|told| told.count.is_some()) => {
                    let at = phone.told.iter().rposition(|told| told.count.is_some()).unwrap();
                    phone.correct(at, count, ordered);
                }
                _ => {
                    let draft = phone.begin();
                    assert_eq!(draft.on, draft.started.date());
                    // A plane lands, or the clocks change, while the visit is open.
                    if dice.one_in(4) {
                        phone.zone = dice.of(&ZONES);
                    }
                    phone.truth += 5 * MINUTE + dice.below(180) * MINUTE;
                    phone.end(&draft, count, ordered);
                    // Back home before the next: local days never go back by more than the flight.
                    phone.zone = zone;
                }
            }
            phone.hold(&case);
            // Within the day, past midnight, days later, and up to the next change of the clocks.
            phone.truth += dice.of(&[HOUR, 26 * HOUR, 3 * DAY, 7 * DAY, 7 * DAY, 12 * DAY]) + dice.below(90) * MINUTE;
        }
    }
    println!("300 lives of 14 steps with a right clock");
}

#[test]
fn with_a_clock_that_is_wrong_for_a_visit_the_last_count_is_still_the_last_that_was_made() {
    const ERRORS: [i64; 16] = [-1, 1, -3, 3, -12, 30, -30, 200, -200, 365, -365, 366, -731, 3 * 365, -20 * 365, -56 * 365];
    for seed in 0..300 {
        let mut dice = Dice(1_000 + seed);
        let zone = dice.of(&ZONES);
        let start = some_moment(&mut dice) - 70 * DAY;
        let fields = shop(&mut dice);
        let mut phone = Phone::new(start, zone, fields);
        let mut wrong: u64 = 0;
        for step in 0..12 {
            // One visit in four is made with a wrong clock, never the one behind such a one.
            let is_wrong = wrong == 0 && dice.one_in(3);
            phone.error = if is_wrong { dice.of(&ERRORS) * DAY } else { 0 };
            wrong = u64::from(is_wrong);
            let case = format!("life {seed}, {}, step {step}, {} days wrong", zone.name, phone.error / DAY);
            phone.previous_is_the_last_count_or_today(&case);
            let (count, ordered) = (dice.below(60), 1 + dice.below(40));
            phone.visit(count, ordered, 20 * MINUTE);
            phone.hold(&case);
            if dice.one_in(5) {
                // The clock is put right, and with it what was counted.
                phone.error = 0;
                let at = phone.told.len() - 1;
                phone.correct(at, count + 1, ordered);
                phone.hold(&case);
            }
            phone.truth += 14 * DAY - 20 * MINUTE;
        }
    }
    println!("300 lives of 12 visits with a clock that is wrong now and then");
}

impl Phone {
    /// As [`Self::previous_is_the_last_count`], for a clock that may show the day of an earlier visit: then the two are one visit twice,
    /// and nothing can tell otherwise.
    fn previous_is_the_last_count_or_today(&self, case: &str) {
        let days: BTreeSet<NaiveDate> = self.told.iter().map(|told| told.on).collect();
        if days.contains(&self.today()) || days.len() < self.told.len() {
            return;
        }
        let history = self.history();
        let Some(last) = self.told.last() else { return };
        assert_eq!(history.previous.map(|previous| previous.units.0), last.count, "{case}: previous");
        assert_eq!(history.ordered, Units(last.ordered), "{case}: ordered since");
    }
}

#[test]
fn a_visit_keeps_its_day_over_midnight_summer_time_and_a_flight() {
    // 23:50 in Shanghai; finished at 0:20.
    let mut phone = Phone::new(utc("2026-11-17T15:50:00"), &SHANGHAI, CustomerFields::named("惠民".into()));
    phone.visit(10, 5, 30 * MINUTE);
    assert_eq!((phone.told[0].on.day(), phone.today().day()), (17, 18));
    assert_eq!(phone.history().previous.map(|previous| previous.on.day()), Some(17), "the 18th is another day already");
    // Over the night in which Lord Howe loses half an hour, and the hour that Berlin has twice.
    for (zone, start, began, ended) in [
        (&LORD_HOWE, "2026-04-04T14:50:00", "01:50:00", "01:50:00"),
        (&BERLIN, "2026-10-25T00:45:00", "02:45:00", "02:15:00"),
        (&NEW_YORK, "2026-03-08T06:45:00", "01:45:00", "03:15:00"),
        (&CHATHAM, "2026-09-26T13:45:00", "02:30:00", "04:00:00"),
    ] {
        let mut phone = Phone::new(utc(start), zone, CustomerFields::named("惠民".into()));
        phone.visit(10, 5, 30 * MINUTE);
        let visit = &phone.events.visits[0];
        assert_eq!((visit.started.time().to_string(), visit.finished.time().to_string()), (began.into(), ended.into()), "{}", zone.name);
        phone.truth += 7 * DAY;
        phone.previous_is_the_last_count(zone.name);
        assert_eq!(phone.history().cycle(Units(3), &shelfwise::domain::note::LineNote::of(YOGURT), 0, phone.today()).unwrap().days, 7);
    }
    // Begun on the 18th on Chatham, finished on the 17th in New York: and it is of the 18th.
    let mut phone = Phone::new(utc("2026-11-17T12:00:00"), &CHATHAM, CustomerFields::named("惠民".into()));
    let draft = phone.begin();
    phone.zone = &NEW_YORK;
    phone.truth += HOUR;
    phone.end(&draft, 10, 5);
    assert_eq!((phone.told[0].on.day(), phone.today().day()), (18, 17));
    phone.hold("flight");
    phone.truth += 7 * DAY;
    phone.previous_is_the_last_count("flight");
}

#[test]
fn next_dates_are_counted_in_days_of_the_calendar() {
    for seed in 0..200 {
        let mut dice = Dice(2_000 + seed);
        let zone = dice.of(&ZONES);
        let start = before_a_change(&mut dice, zone);
        let fields = shop(&mut dice);
        let mut phone = Phone::new(start, zone, fields);
        phone.visit(10, 5, 60 * MINUTE);
        let due = phone.book.next_due(phone.customer.id).unwrap();
        let fields = &phone.customer.fields;
        let (on, cycle) = (phone.told[0].on, u64::from(fields.cycle.days()));
        match fields.route_day {
            None => assert_eq!(due, on + Days::new(cycle), "{seed}"),
            Some(day) => {
                assert_eq!(due.weekday(), day, "{seed}");
                let off = (due - (on + Days::new(cycle))).num_days();
                assert!(due > on && off.abs() <= 6 && (off.abs() <= 3 || due - Days::new(7) <= on), "{seed}: {on} {due}");
            }
        }
        assert_eq!(phone.events.orders[0].expected_on, on + Days::new(1), "{seed}");
    }
}

#[test]
fn an_order_on_the_phone_during_a_visit_left_overnight_is_no_fault_of_the_clock() {
    let mut phone = Phone::new(utc("2026-11-10T02:00:00"), &SHANGHAI, CustomerFields::named("惠民".into()));
    phone.visit(20, 5, 10 * MINUTE);
    phone.truth += 7 * DAY;
    let draft = phone.begin();
    phone.truth += DAY;
    phone.phone_order(3);
    phone.truth += DAY;
    phone.end(&draft, 10, 4);
    phone.truth += 5 * DAY;
    let history = phone.history();
    assert_eq!((history.previous.unwrap().units, history.previous.unwrap().on.day()), (Units(10), 17));
    assert_eq!(history.ordered, Units(3 + 4), "both came after the count of the 17th");
    assert_eq!(history.cycles, vec![history.cycles[0]]);
    assert_eq!((history.cycles[0].received, history.cycles[0].days), (Units(5), 7));
}

#[test]
fn a_wrong_year_ahead_does_not_stand_before_the_shop_until_that_year_comes() {
    let mut phone = Phone::new(utc("2026-11-03T02:00:00"), &SHANGHAI, CustomerFields::named("惠民".into()));
    let visits = [(20, 5, 0), (15, 6, 0), (12, 7, 365), (9, 8, 0), (8, 9, 0)];
    for (count, ordered, error) in visits {
        phone.error = error * DAY;
        phone.visit(count, ordered, 10 * MINUTE);
        phone.hold("wrong year");
        phone.truth += 7 * DAY;
    }
    let history = phone.history();
    assert_eq!((history.previous.unwrap().units, history.ordered), (Units(8), Units(9)));
    let sold: Vec<i64> = history.cycles.iter().map(|cycle| cycle.sales()).collect();
    assert_eq!(sold, vec![20 + 5 - 15, 15 + 6 - 12, 12 + 7 - 9, 9 + 8 - 8], "every count and every order once");
    assert_eq!(phone.book.summary(phone.customer.id).unwrap().visits, 5);
}

#[test]
fn every_clock_that_harms_is_asked_about_once() {
    for seed in 0..100 {
        let mut dice = Dice(3_000 + seed);
        let zone = dice.of(&ZONES);
        let start = some_moment(&mut dice);
        let mut phone = Phone::new(start, zone, CustomerFields::named("惠民".into()));
        phone.visit(10, 5, 10 * MINUTE);
        let reading = |phone: &Phone, since: i64| Reading {
            wall: u64::try_from(phone.wall()).unwrap(),
            offset: phone.zone.offset(phone.wall()),
            running: u64::try_from(phone.truth - since).unwrap(),
        };
        let before = reading(&phone, start);
        phone.truth += dice.below(8) * HOUR;
        phone.zone = dice.of(&ZONES);
        let ask = |phone: &Phone, said: Option<&Acknowledged>| clock_watch::to_ask(phone.last, Some(before), reading(phone, start), said);
        assert_eq!(ask(&phone, None), Verdict::Fine, "{seed}: a right clock in any zone");
        phone.error = dice.of(&[-1, 5, -7, 30, -30, 365, -365, -56 * 365]) * DAY;
        let verdict = ask(&phone, None);
        assert_ne!(verdict, Verdict::Fine, "{seed}");
        let said = Acknowledged::now(phone.last, reading(&phone, start));
        assert_eq!(ask(&phone, Some(&said)), Verdict::Fine, "{seed}: said once");
        if matches!(verdict, Verdict::Behind { .. }) {
            phone.visit(9, 4, 10 * MINUTE);
            let newest = phone.last;
            assert_eq!(newest.map(|stamp| stamp.millis), phone.stamps.first().map(|stamp| stamp.millis));
            assert_eq!(ask(&phone, Some(&said)), Verdict::Fine, "{seed}: and not after the next entry");
        }
    }
}
