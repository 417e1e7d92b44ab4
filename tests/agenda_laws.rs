//! The day's list: every clock brings its shop up on its day, the list is a pure function of what is known and of now, its order is
//! total, and a contact makes nothing on it more urgent.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "support/follow.rs"]
mod follow;

use chrono::{Days, NaiveDate, NaiveDateTime, Weekday};
use follow::{at, customer, date, envelope, head, money, open_promise, shop_id, touch};
use proptest::prelude::*;
use shelfwise::domain::agenda::{self, Item, Known, PersonDay, Source, What};
use shelfwise::domain::book::{Book, Record};
use shelfwise::domain::cadence::{ClockKind, State};
use shelfwise::domain::channel::Channel;
use shelfwise::domain::customer::{Customer, CustomerClass, VisitCycle};
use shelfwise::domain::day_done::{self, Done, How};
use shelfwise::domain::festival::Festival;
use shelfwise::domain::festival_task::{self, FestivalTask};
use shelfwise::domain::follow::Follow;
use shelfwise::domain::head::{EarliestLot, Head, HeadLine, HeadRate};
use shelfwise::domain::id::{PersonId, ProductId, PromiseId};
use shelfwise::domain::money::Prices;
use shelfwise::domain::product::{Product, ProductFields, ShelfLife};
use shelfwise::domain::profile::{CoolReason, GivenUp, Profile, Snooze, Stage, Tier};
use shelfwise::domain::promise_time::QuickPick;
use shelfwise::domain::run_out_list;
use shelfwise::domain::special_day::{Calendar, DayKind, SpecialDay};
use std::collections::BTreeSet;
use uuid::Uuid;

const MILK: ProductId = ProductId(Uuid::from_u128(1));
const WATER: ProductId = ProductId(Uuid::from_u128(2));

/// What a list is made of, held.
#[derive(Clone, Debug, Default)]
struct World {
    shops: Vec<Customer>,
    heads: Vec<Head>,
    profiles: Vec<Profile>,
    days: Vec<PersonDay>,
    follow: Follow,
}

impl World {
    /// A shop by number and name, without a plan: nothing brings it up but what is added.
    fn shop(&mut self, number: u128, name: &str, change: impl FnOnce(&mut Customer)) -> &mut Head {
        let mut shop = customer(number, name);
        change(&mut shop);
        self.shops.push(shop);
        // In touch an hour ago, so that no cadence is due.
        let known = Head { touched_on: Some(date(11, 22)), called_on: Some(date(11, 22)), ..head(number) };
        self.heads.push(known);
        self.heads.last_mut().unwrap()
    }

    fn profile(&mut self, number: u128, change: impl FnOnce(&mut Profile)) {
        let mut profile = Profile::blank(shop_id(number), envelope(1));
        change(&mut profile);
        self.profiles.push(profile);
    }

    fn book(&self) -> Book {
        let product = |id, price: Option<&str>, life| {
            let prices = Prices { unit: price.map(money), case: None };
            let fields = ProductFields { prices, shelf_life: life, ..ProductFields::named("奶".into()) };
            Record::Product(Product { id, envelope: envelope(1), fields })
        };
        let mut book = Book::default();
        book.apply([product(MILK, Some("4.50"), Some(ShelfLife::Days(21))), product(WATER, None, None)]);
        book.apply(self.shops.iter().cloned().map(Record::Customer));
        book
    }

    fn with<T>(&self, ask: impl FnOnce(&Known) -> T) -> T {
        let book = self.book();
        ask(&Known { book: &book, heads: &self.heads, profiles: &self.profiles, days: &self.days, follow: &self.follow })
    }

    fn list(&self, now: NaiveDateTime) -> Vec<Item> {
        self.with(|known| agenda::agenda(known, now, now.date()))
    }
}

fn line(product: ProductId, stock: i64, counted_on: NaiveDate, units: u64, days: u64) -> HeadLine {
    HeadLine { product, stock, counted_on, rate: HeadRate { units, days }, earliest: None }
}

fn names(world: &World, items: &[Item]) -> Vec<String> {
    let name = |item: &Item| world.shops.iter().find(|shop| shop.id == item.customer).unwrap().fields.name.clone();
    items.iter().map(name).collect()
}

const NOW: fn() -> NaiveDateTime = || at(11, 22, 9, 0);

fn promised(due: NaiveDateTime) -> World {
    let mut world = World::default();
    world.shop(1, "a", |_| {}).promises = vec![open_promise(7, due)];
    world
}

fn only(items: &[Item]) -> Item {
    assert_eq!(items.len(), 1, "{items:?}");
    items[0]
}

#[test]
fn tomorrow_noon_made_2026_11_22_17_00_is_due_2026_11_23_12_00_and_overdue_at_12_01() {
    let due = QuickPick::TomorrowNoon.time(at(11, 22, 17, 0), None).unwrap();
    let world = promised(due);
    let seen = |now| {
        let item = only(&world.list(now));
        (item.state, item.late_days, item.is_broken())
    };
    assert_eq!(seen(at(11, 22, 17, 0)), (State::Soon, -1, false), "a day's notice");
    assert_eq!(seen(at(11, 23, 0, 0)), (State::Due, 0, false));
    assert_eq!(seen(at(11, 23, 12, 0)), (State::Due, 0, false));
    assert_eq!(seen(at(11, 23, 12, 1)), (State::Overdue, 0, true));
    assert_eq!(seen(at(11, 25, 8, 0)), (State::Overdue, 2, true));
    assert_eq!(world.list(at(11, 21, 9, 0)), [], "not two days before");
}

#[test]
fn a_promise_made_ten_minutes_before_midnight_is_due_the_same_night_and_the_next_noon() {
    let made = at(11, 22, 23, 50);
    let world = promised(QuickPick::TomorrowNoon.time(made, None).unwrap());
    assert_eq!(only(&world.list(made)).state, State::Soon);
    assert_eq!(only(&world.list(at(11, 23, 0, 10))).state, State::Due);
}

#[test]
fn deadlines_are_wall_time_in_any_zone_and_through_a_change_of_the_clock() {
    // 02:30 does not exist on 28 March 2027 in Berlin; it comes twice on 25 October 2026.
    let skipped = NaiveDate::from_ymd_opt(2027, 3, 28).unwrap();
    let state = |world: &World, now| world.list(now).iter().find(|item| item.what.source() == Source::Promise).unwrap().state;
    let world = promised(skipped.and_hms_opt(2, 30, 0).unwrap());
    assert_eq!(state(&world, skipped.and_hms_opt(1, 59, 0).unwrap()), State::Due);
    assert_eq!(state(&world, skipped.and_hms_opt(3, 0, 0).unwrap()), State::Overdue);
    let twice = promised(at(10, 25, 2, 30));
    assert_eq!(state(&twice, at(10, 25, 2, 31)), State::Overdue);
    assert_eq!(state(&twice, at(10, 25, 2, 10)), State::Due, "the hour again: the wall says it is not yet");
    // A flight to the west: the day begins once more, and so does the list.
    let noon = promised(at(11, 23, 12, 0));
    assert_eq!(state(&noon, at(11, 23, 12, 30)), State::Overdue);
    assert_eq!(state(&noon, at(11, 22, 23, 30)), State::Soon);
}

#[test]
fn the_answer_comes_before_the_delivery_and_the_house_is_asked_before_both() {
    let mut world = promised(at(11, 27, 18, 0));
    let promise = &mut world.heads[0].promises[0];
    promise.answer_by = Some(at(11, 23, 12, 0));
    promise.chase_at = Some(at(11, 22, 8, 0));
    let id = PromiseId(Uuid::from_u128(7));
    let list = world.list(NOW());
    assert_eq!(
        list.iter().map(|item| (item.what, item.state)).collect::<Vec<_>>(),
        [(What::Chase(id), State::Overdue), (What::Answer(id), State::Soon)]
    );
    world.heads[0].promises[0].answered = Some(at(11, 22, 10, 0));
    world.heads[0].promises[0].chase_at = None;
    assert_eq!(world.list(NOW()), [], "the delivery is not due for days");
    assert_eq!(only(&world.list(at(11, 27, 18, 1))).what, What::Promise(id));
}

#[test]
fn run_out_is_worth_rate_times_price_times_days_short() {
    let mut world = World::default();
    // Due next on 25 November, goods a day later.
    let milk = line(MILK, 4, date(11, 18), 2, 1);
    let known = world.shop(1, "a", |shop| {
        shop.fields.route_day = Some(Weekday::Wed);
        shop.created_on = date(11, 22);
    });
    known.lines = vec![milk, line(WATER, 5, date(11, 18), 2, 1), line(MILK, 400, date(11, 18), 2, 1)];
    let item = only(&world.list(NOW()));
    assert_eq!(item.what, What::RunOut { product: MILK, lines: 2 }, "the third lasts; the water has no price and still counts");
    assert_eq!((item.since.date(), item.late_days, item.state), (date(11, 20), 2, State::Overdue));
    // 2 a day × 4.50 × 4 days from the 22nd to the 26th.
    assert_eq!(item.money, Some(money("36.00")));
}

#[test]
fn a_shelf_is_called_for_on_the_last_day_an_order_still_comes_in_time() {
    let mut world = World::default();
    let known = world.shop(1, "a", |shop| {
        shop.fields.cycle = VisitCycle::new(14).unwrap();
        shop.fields.lead_days = 2;
    });
    known.lines = vec![line(MILK, 10, date(11, 20), 2, 1)];
    assert_eq!(world.list(NOW()), [], "dry on the 25th, ordered by the 23rd");
    let item = only(&world.list(at(11, 23, 9, 0)));
    assert_eq!((item.state, item.since.date(), item.day, item.late_days), (State::Due, date(11, 25), date(11, 23), -2));
    assert_eq!(only(&world.list(at(11, 25, 9, 0))).state, State::Overdue, "the shelf is empty");
}

#[test]
fn goods_that_expire_before_they_are_sold_are_worth_what_is_left_of_them() {
    let mut world = World::default();
    let lot = |units| Some(EarliestLot { expires: date(11, 26), units });
    // 21 days of life: near from 5 days before, the 21st. 8 days at 1 a day from 20 are 12 left.
    world.shop(1, "a", |_| {}).lines = vec![HeadLine { earliest: lot(20), ..line(MILK, 900, date(11, 18), 1, 1) }];
    world.shop(2, "b", |_| {}).lines = vec![HeadLine { earliest: lot(8), ..line(MILK, 900, date(11, 18), 1, 1) }];
    let item = only(&world.list(NOW()));
    assert_eq!((item.customer, item.what), (shop_id(1), What::Expiry { product: MILK, lines: 1 }));
    assert_eq!((item.money, item.state, item.day, item.late_days), (Some(money("54.00")), State::Due, date(11, 21), -4));
    assert_eq!(world.list(at(11, 20, 9, 0)), []);
    assert_eq!(only(&world.list(at(11, 26, 9, 0))).state, State::Overdue);
}

#[test]
fn the_route_brings_a_shop_up_on_its_day_and_every_day_after_it() {
    let mut world = World::default();
    world.shop(1, "a", |shop| {
        shop.fields.route_day = Some(Weekday::Sun);
        shop.created_on = date(11, 20);
    });
    assert_eq!(world.list(at(11, 21, 9, 0)), []);
    let state = |on| {
        let item = only(&world.list(on));
        (item.what, item.state, item.late_days)
    };
    assert_eq!(state(NOW()), (What::Route, State::Due, 0));
    assert_eq!(state(at(11, 23, 9, 0)), (What::Route, State::Overdue, 1));
}

#[test]
fn a_cadence_turns_from_due_to_overdue_by_the_two_thresholds() {
    let mut world = World::default();
    let known = world.shop(1, "a", |shop| shop.fields.class = Some(CustomerClass::B));
    (known.touched_on, known.called_on) = (Some(date(11, 15)), Some(date(11, 20)));
    let state = |on| only(&world.list(on)).state;
    assert_eq!(world.list(at(11, 21, 9, 0)), []);
    assert_eq!((state(NOW()), state(at(11, 24, 9, 0)), state(at(11, 25, 9, 0))), (State::Due, State::Due, State::Overdue));
    assert_eq!(only(&world.list(NOW())).what, What::Cadence(ClockKind::Contact));
}

#[test]
fn a_snooze_hides_the_cadence_until_its_day_but_no_promise() {
    let mut world = World::default();
    let known = world.shop(1, "a", |shop| shop.fields.class = Some(CustomerClass::A));
    (known.touched_on, known.called_on) = (Some(date(11, 1)), Some(date(11, 20)));
    world.profile(1, |profile| profile.snooze = Some(Snooze { until: date(11, 24), reason: "装修".into() }));
    assert_eq!(world.list(at(11, 24, 9, 0)), []);
    assert_eq!(only(&world.list(at(11, 25, 9, 0))).late_days, 21, "it wakes as late as it is");
    world.heads[0].promises = vec![open_promise(7, at(11, 24, 8, 0))];
    assert!(only(&world.list(at(11, 24, 9, 0))).is_broken());
}

#[test]
fn who_was_called_three_times_this_week_is_left_in_peace() {
    let mut world = World::default();
    let known = world.shop(1, "a", |_| {});
    (known.touches, known.touched_on) = (vec![date(11, 16), date(11, 18), date(11, 20)], Some(date(11, 20)));
    world.profile(1, |profile| profile.every = Some(1));
    assert_eq!(world.list(NOW()), []);
    assert_eq!(only(&world.list(at(11, 23, 9, 0))).what, What::Cadence(ClockKind::Contact));
}

#[test]
fn a_touch_takes_its_row_off_the_list() {
    let mut world = World::default();
    let known = world.shop(1, "a", |shop| shop.fields.class = Some(CustomerClass::B));
    (known.touched_on, known.called_on) = (Some(date(11, 1)), Some(date(11, 1)));
    let kinds = |world: &World| world.list(NOW()).iter().map(|item| item.what).collect::<Vec<_>>();
    assert_eq!(kinds(&world), [What::Cadence(ClockKind::Contact), What::Cadence(ClockKind::Greeting)]);
    let chat = touch(1, NOW(), Channel::Chat);
    let mut after = world.clone();
    after.heads[0] = world.heads[0].after(&chat, envelope(2).stamp).unwrap();
    // The greeting call waits a day, too: one contact a day is enough.
    assert_eq!(kinds(&after), []);
    let tomorrow = after.list(at(11, 23, 9, 0));
    assert_eq!(only(&tomorrow).what, What::Cadence(ClockKind::Greeting), "a chat is no call");
    assert_eq!(after.with(|known| day_done::done(known, date(11, 22))), [Done { customer: shop_id(1), how: How::InTouch }]);
}

fn birthday(calendar: Calendar, month: u8, day: u8) -> SpecialDay {
    SpecialDay { kind: DayKind::Birthday, label: String::new(), calendar, month, day, year: None }
}

#[test]
fn birthdays_solar_and_lunar_come_up_three_days_before_and_stay_three_days_after() {
    let mut world = World::default();
    world.shop(1, "a", |_| {}).touched_on = Some(date(11, 19));
    let person = PersonId(Uuid::from_u128(3));
    // The 20th of the tenth lunar month of 2026 is 28 November.
    let day = birthday(Calendar::Lunar, 10, 20);
    world.days = vec![PersonDay { customer: shop_id(1), person, place: 2, day }];
    let what = What::Day { kind: DayKind::Birthday, person: Some(person), place: 2 };
    let state = |on| world.list(on).iter().filter(|item| item.what == what).map(|item| item.state).next();
    assert_eq!([24, 25, 28, 29].map(|on| state(at(11, on, 9, 0))), [None, Some(State::Soon), Some(State::Due), Some(State::Overdue)]);
    assert_eq!((state(at(12, 1, 9, 0)), state(at(12, 2, 9, 0))), (Some(State::Overdue), None));
    let mut greeted = world.clone();
    greeted.heads[0].touched_on = Some(date(11, 28));
    assert_eq!(greeted.list(at(11, 28, 9, 0)), []);
    // A shop's own anniversary, on 29 February in a common year.
    world.profile(1, |profile| profile.days = vec![SpecialDay { kind: DayKind::Anniversary, ..birthday(Calendar::Solar, 2, 29) }]);
    let list = world.list(NaiveDate::from_ymd_opt(2027, 2, 28).unwrap().and_hms_opt(9, 0, 0).unwrap());
    let anniversary = What::Day { kind: DayKind::Anniversary, person: None, place: 0 };
    assert_eq!(list.iter().filter(|item| item.what == anniversary).map(|item| item.state).collect::<Vec<_>>(), [State::Due]);
}

#[test]
fn a_festival_is_one_task_for_all_who_are_greeted_and_not_yet_in_touch() {
    let mut world = World::default();
    for number in 1..=4 {
        world.shop(number, "a", |_| {}).touched_on = Some(date(9, if number == 2 { 23 } else { 20 }));
        let stage = if number == 4 { Stage::Prospect } else { Stage::Signed };
        world.profile(number, |profile| profile.stage = Some(stage));
    }
    let gone = GivenUp { on: date(9, 1), reason: CoolReason::Other, text: String::new() };
    world.profiles[2].given_up = Some(gone);
    let tasks = |on| world.with(|known| festival_task::tasks(known, on));
    let mid_autumn = FestivalTask { festival: Festival::MidAutumn, on: date(9, 25), shops: vec![shop_id(1)] };
    assert_eq!(tasks(date(9, 22)), [mid_autumn]);
    assert_eq!(tasks(date(9, 21)), []);
    assert_eq!(tasks(date(9, 26)), [], "it is over");
    assert_eq!(tasks(date(4, 5)), [], "nobody is wished a happy day of the graves");
}

/// Shops with one thing each, in the order the list has them.
#[test]
fn broken_promises_stand_on_top_then_what_is_overdue_by_money_then_by_days_then_by_name() {
    let mut world = World::default();
    let empty = |shop: &mut Customer| shop.fields.cycle = VisitCycle::new(10).unwrap();
    let known = world.shop(1, "promise", |_| {});
    (known.promises, known.weekly) = (vec![open_promise(1, at(11, 22, 8, 0))], money("5"));
    world.shop(2, "little", empty).lines = vec![line(MILK, 0, date(11, 20), 1, 1)];
    world.shop(3, "much", empty).lines = vec![line(MILK, 0, date(11, 20), 9, 1)];
    world.shop(4, "route late", |shop| {
        shop.fields.route_day = Some(Weekday::Fri);
        shop.created_on = date(11, 15);
    });
    world.shop(5, "route later", |shop| {
        shop.fields.route_day = Some(Weekday::Tue);
        shop.created_on = date(11, 15);
    });
    for (number, name) in [(6, "due b"), (7, "due a")] {
        world.shop(number, name, |shop| {
            shop.fields.route_day = Some(Weekday::Sun);
            shop.created_on = date(11, 20);
        });
    }
    let known = world.shop(8, "promise today", |_| {});
    (known.promises, known.weekly) = (vec![open_promise(2, at(11, 22, 18, 0))], money("900"));
    world.shop(9, "promise tomorrow", |_| {}).promises = vec![open_promise(3, at(11, 23, 18, 0))];
    let list = world.list(NOW());
    let order = ["promise", "much", "little", "route later", "route late", "promise today", "due a", "due b", "promise tomorrow"];
    assert_eq!(names(&world, &list), order);
    assert_eq!(agenda::left(&list), 8, "what is only to come is not counted");
    assert_eq!(list.iter().filter(|item| item.what.source() == Source::Promise).count(), 3);
}

#[test]
fn a_week_has_everything_on_its_day_and_what_is_late_today() {
    let mut world = promised(at(11, 25, 12, 0));
    world.shop(2, "b", |shop| {
        shop.fields.route_day = Some(Weekday::Tue);
        shop.created_on = date(11, 22);
    });
    let late = |shop: &mut Customer| {
        shop.fields.route_day = Some(Weekday::Fri);
        shop.created_on = date(11, 15);
    };
    world.shop(3, "c", late);
    world.shop(4, "d", |shop| shop.fields.class = Some(CustomerClass::B)).touched_on = Some(date(11, 20));
    let week = world.with(|known| agenda::by_day(known, NOW(), 7));
    let found: Vec<(NaiveDate, Vec<String>)> =
        week.iter().filter(|(_, items)| !items.is_empty()).map(|(on, items)| (*on, names(&world, items))).collect();
    let names = |list: &[&str]| list.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    assert_eq!(week.len(), 7);
    assert_eq!(
        found,
        [(date(11, 22), names(&["c"])), (date(11, 24), names(&["b"])), (date(11, 25), names(&["a"])), (date(11, 27), names(&["d"]))]
    );
    let tomorrow = world.with(|known| agenda::by_day(known, NOW(), 2));
    assert_eq!(tomorrow[1], (date(11, 23), Vec::new()));
    assert_eq!(world.with(|known| agenda::by_day(known, NOW(), 0)), []);
}

#[test]
fn the_call_list_has_who_runs_dry_before_the_next_visits_goods_by_date() {
    let mut world = World::default();
    let fortnight = |shop: &mut Customer| shop.fields.cycle = VisitCycle::new(14).unwrap();
    world.shop(1, "later", fortnight).lines = vec![line(MILK, 20, date(11, 20), 2, 1), line(WATER, 24, date(11, 20), 2, 1)];
    world.shop(2, "sooner", fortnight).lines = vec![line(MILK, 6, date(11, 20), 2, 1)];
    world.shop(3, "more", fortnight).lines = vec![line(MILK, 9, date(11, 20), 3, 1)];
    world.shop(4, "enough", fortnight).lines = vec![line(MILK, 500, date(11, 20), 2, 1)];
    let calls = world.with(|known| run_out_list::calls(known, date(11, 22)));
    let found: Vec<_> = calls.iter().map(|call| (call.customer, call.dry_on().unwrap(), call.lines.len(), call.money)).collect();
    // The next visit on 6 December, goods on the 7th.
    assert_eq!(calls[0].next.goods_on, date(12, 7));
    assert_eq!(
        found,
        [
            (shop_id(3), date(11, 23), 1, Some(money("189.00"))),
            (shop_id(2), date(11, 23), 1, Some(money("126.00"))),
            (shop_id(1), date(11, 30), 2, Some(money("63.00")))
        ]
    );
}

#[test]
fn a_shop_that_is_given_up_is_asked_nothing_but_what_was_promised_it() {
    let mut world = promised(at(11, 22, 8, 0));
    let known = &mut world.heads[0];
    (known.lines, known.touched_on) = (vec![line(MILK, 0, date(11, 20), 2, 1)], None);
    assert_eq!(world.list(NOW()).len(), 3, "promise, run-out, contact");
    world.profile(1, |profile| profile.stage = Some(Stage::Closed));
    assert!(only(&world.list(NOW())).is_broken());
    assert_eq!(world.with(|known| run_out_list::calls(known, date(11, 22))), []);
}

#[test]
fn a_shop_put_away_is_on_no_list() {
    let mut world = promised(at(11, 22, 8, 0));
    world.shops[0].fields.archived = true;
    assert_eq!(world.list(NOW()), []);
}

fn day_of(days: u64) -> NaiveDate {
    date(10, 1) + Days::new(days)
}

prop_compose! {
    fn heads()(
        touched in proptest::option::of(0_u64..90),
        called in proptest::option::of(0_u64..90),
        stock in 0_i64..60,
        units in 0_u64..9,
        lot in proptest::option::of((0_u64..90, 1_i64..40)),
        due in proptest::option::of(0_u64..90),
        chase in proptest::option::of(0_u64..90),
        weekly in 0_i64..3,
    ) -> Head {
        let touched_on = touched.max(called).map(day_of);
        let mut open = open_promise(1, day_of(due.unwrap_or(0)).and_hms_opt(12, 0, 0).unwrap());
        open.chase_at = chase.map(|days| day_of(days).and_hms_opt(9, 0, 0).unwrap());
        let earliest = lot.map(|(expires, units)| EarliestLot { expires: day_of(expires), units });
        Head {
            called_on: called.map(day_of),
            touched_on,
            touches: touched_on.into_iter().collect(),
            promises: due.map(|_| open).into_iter().collect(),
            lines: vec![HeadLine { earliest, ..line(if stock % 2 == 0 { MILK } else { WATER }, stock, day_of(40), units, 7) }],
            weekly: shelfwise::domain::money::Money(weekly.into()),
            ..head(0)
        }
    }
}

prop_compose! {
    fn worlds()(
        shops in proptest::collection::vec((
            heads(),
            proptest::option::of(proptest::sample::select(CustomerClass::ALL.to_vec())),
            proptest::option::of(proptest::sample::select(Stage::ALL.to_vec())),
            proptest::option::of(proptest::sample::select(Tier::ALL.to_vec())),
            proptest::option::of(0_u8..7),
            proptest::option::of(1_u8..29),
            proptest::option::of(0_u64..90),
            any::<bool>(),
        ), 0..7),
    ) -> World {
        let mut world = World::default();
        for (place, (head, class, stage, tier, weekday, birthday_on, snooze, has_profile)) in shops.into_iter().enumerate() {
            let number = place as u128 + 1;
            // Names are not told apart: the order has to be total without them.
            *world.shop(number, "店", |shop| {
                shop.fields.class = class;
                shop.fields.route_day = weekday.and_then(|day| Weekday::try_from(day).ok());
                shop.created_on = date(10, 1);
            }) = Head { id: shop_id(number), ..head };
            if has_profile {
                let snooze = snooze.map(|days| Snooze { until: day_of(days), reason: String::new() });
                world.profile(number, |profile| (profile.stage, profile.tier, profile.snooze) = (stage, tier, snooze));
            }
            let day = birthday_on.map(|day| birthday(Calendar::Lunar, 10, day));
            let person = PersonId(Uuid::from_u128(number));
            world.days.extend(day.map(|day| PersonDay { customer: shop_id(number), person, place: 0, day }));
        }
        world
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn the_list_is_a_pure_function_of_data_and_now(world in worlds(), days in 0_u64..90, hour in 0_u32..24, ahead in 0_u64..8) {
        let now = day_of(days).and_hms_opt(hour, 0, 0).unwrap();
        let until = now.date() + Days::new(ahead);
        let list = world.with(|known| agenda::agenda(known, now, until));
        // The same records, taken in the other way round.
        let mut turned = world.clone();
        turned.shops.reverse();
        prop_assert_eq!(&turned.with(|known| agenda::agenda(known, now, until)), &list);
        // One row a shop and thing, so that no two rows can stand either way.
        let rows: BTreeSet<String> = list.iter().map(|item| format!("{} {:?}", item.customer, item.what)).collect();
        prop_assert_eq!(rows.len(), list.len());
    }

    #[test]
    fn the_order_is_total(world in worlds(), days in 0_u64..90) {
        let list = world.list(day_of(days).and_hms_opt(9, 0, 0).unwrap());
        let rank = |item: &Item| if item.is_broken() { 0 } else { item.state as u8 + 1 };
        for pair in list.windows(2) {
            let key = |item: &Item| (rank(item), std::cmp::Reverse(item.money), std::cmp::Reverse(item.late_days), item.customer);
            prop_assert!(key(&pair[0]) <= key(&pair[1]), "{:?} before {:?}", pair[0], pair[1]);
        }
    }

    #[test]
    fn a_touch_now_makes_no_row_more_urgent_and_brings_none_up(
        world in worlds(),
        days in 0_u64..90,
        channel in proptest::sample::select(Channel::ALL.to_vec()),
    ) {
        let now = day_of(days).and_hms_opt(18, 0, 0).unwrap();
        let before = world.list(now);
        for place in 0..world.heads.len() {
            let mut after = world.clone();
            let Some(head) = world.heads[place].after(&touch(1, now, channel), envelope(2).stamp) else { continue };
            after.heads[place] = head;
            for item in after.list(now) {
                let was = before.iter().find(|was| (was.customer, was.what) == (item.customer, item.what));
                prop_assert!(was.is_some_and(|was| was.late_days >= item.late_days && was.state <= item.state), "{was:?} {item:?}");
            }
        }
    }

    #[test]
    fn a_longer_look_ahead_loses_nothing(world in worlds(), days in 0_u64..90, ahead in 1_u64..10) {
        let now = day_of(days).and_hms_opt(9, 0, 0).unwrap();
        let rows = |until| world.with(|known| agenda::agenda(known, now, until));
        let key = |item: &Item| format!("{} {:?}", item.customer, item.what.source());
        let later: BTreeSet<String> = rows(now.date() + Days::new(ahead)).iter().map(key).collect();
        for item in rows(now.date()) {
            prop_assert!(later.contains(&key(&item)), "{item:?}");
        }
    }
}
