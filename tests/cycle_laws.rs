//! The paragraph of the reorder engine on what `previous`, `ordered` and `received` mean, sentence by sentence, and what
//! corrections, attempts and phone orders do to them.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use shelfwise::domain::book::Record;
use shelfwise::domain::delivery::Came;
use shelfwise::domain::dispatch::{How, Sent, State};
use shelfwise::domain::draft::{AgreedDraft, ChoiceProblem, LineDraft};
use shelfwise::domain::finish::{self, AgreedProblem};
use shelfwise::domain::money::Money;
use shelfwise::domain::order::{Channel, Deal};
use shelfwise::domain::quantity::Units;
use shelfwise::domain::summary::Summary;
use shelfwise::domain::today::{self, Why};
use shelfwise::domain::visit::Outcome;
use support::{Shop, WATER, YOGURT, counted, day, noon, order_of, ordering, reading, sold_and_order, stamp, visit_of};

fn money(text: &str) -> Money {
    Money(text.parse().unwrap())
}

fn sales_and_order(shop: &Shop, units: i64, on: chrono::NaiveDate) -> (i64, Units) {
    sold_and_order(shop, &counted(units), on)
}

#[test]
fn a_cycle_of_a_line_runs_from_the_last_visit_where_that_line_was_counted_over_visits_that_skipped_it() {
    let mut shop = Shop::new();
    shop.visit(day(3), &[(YOGURT, ordering(counted(10), 5))]);
    shop.visit(day(10), &[(YOGURT, ordering(LineDraft::default(), 4)), (WATER, counted(7))]);
    let history = shop.history(YOGURT, day(17));
    assert_eq!((history.previous.unwrap().units, history.previous.unwrap().on, history.ordered), (Units(10), day(3), Units(9)));
}

#[test]
fn previous_is_that_count_and_ordered_is_all_its_orders_since_by_visit_or_phone() {
    let mut shop = Shop::new();
    shop.visit(day(3), &[(YOGURT, ordering(counted(10), 5))]);
    shop.phone_order(day(5), 6);
    let history = shop.history(YOGURT, day(10));
    assert_eq!((history.previous.unwrap().units, history.ordered), (Units(10), Units(11)));
    assert!(shop.events.orders.iter().any(|order| order.channel == Channel::Phone && order.visit.is_none()));
}

#[test]
fn a_cancelled_order_is_not_among_those_ordered() {
    let mut shop = Shop::new();
    shop.visit(day(3), &[(YOGURT, ordering(counted(10), 5))]);
    let phoned = shop.phone_order(day(5), 6);
    shop.note(phoned, day(6), Came::Cancelled, false);
    let history = shop.history(YOGURT, day(10));
    assert_eq!((history.ordered, history.received, history.on_order), (Units(5), Units(5), Units::ZERO));
}

#[test]
fn received_is_what_was_delivered_in_between() {
    let mut shop = Shop::new();
    let first = shop.visit(day(3), &[(YOGURT, ordering(counted(10), 24))]);
    shop.note(order_of(&first).id, day(5), Came::Short(vec![(YOGURT, Units(20))]), false);
    let history = shop.history(YOGURT, day(10));
    assert_eq!((history.received, history.assumed, history.on_order), (Units(20), Units::ZERO, Units::ZERO));
    // What will not come any more was not ordered for the rule either.
    assert_eq!(history.ordered, Units(20));
}

#[test]
fn an_order_nobody_confirmed_is_on_order_until_its_expected_date_then_assumed_delivered_in_full() {
    let mut shop = Shop::new();
    shop.customer.fields.lead_days = 5;
    let first = shop.visit(day(3), &[(YOGURT, ordering(counted(10), 5))]);
    assert_eq!(order_of(&first).expected_on, day(8));
    let before = shop.history(YOGURT, day(7));
    assert_eq!((before.received, before.assumed, before.on_order), (Units::ZERO, Units::ZERO, Units(5)));
    let after = shop.history(YOGURT, day(8));
    assert_eq!((after.received, after.assumed, after.on_order), (Units(5), Units(5), Units::ZERO));
}

#[test]
fn what_was_assumed_is_corrected_with_one_note_and_the_last_note_stands() {
    let mut shop = Shop::new();
    let order = order_of(&shop.visit(day(3), &[(YOGURT, ordering(counted(10), 5))])).id;
    assert_eq!(shop.history(YOGURT, day(10)).assumed, Units(5));
    shop.note(order, day(10), Came::NotYet(day(12)), false);
    let waiting = shop.history(YOGURT, day(10));
    assert_eq!((waiting.received, waiting.on_order), (Units::ZERO, Units(5)));
    shop.note(order, day(10), Came::InFull, false);
    let here = shop.history(YOGURT, day(10));
    assert_eq!((here.received, here.assumed, here.on_order), (Units(5), Units::ZERO, Units::ZERO));
}

#[test]
fn a_delivery_on_the_day_of_a_count_came_before_it_unless_the_rep_says_otherwise() {
    for (after_count, this_cycle, next_cycle, on_order) in [(false, 5, 0, 0), (true, 0, 5, 5)] {
        let mut shop = Shop::new();
        let order = order_of(&shop.visit(day(3), &[(YOGURT, ordering(counted(10), 5))])).id;
        shop.note(order, day(10), Came::InFull, after_count);
        let today = shop.history(YOGURT, day(10));
        assert_eq!((today.received, today.on_order), (Units(this_cycle), Units(on_order)), "{after_count}");
        shop.visit(day(10), &[(YOGURT, counted(12))]);
        assert_eq!(shop.history(YOGURT, day(17)).received, Units(next_cycle), "{after_count}");
    }
}

#[test]
fn a_second_count_on_the_same_day_replaces_the_first_and_orders_of_that_day_stay_on_order() {
    let mut shop = Shop::new();
    shop.visit(day(3), &[(YOGURT, ordering(counted(10), 5))]);
    let first = shop.visit(day(10), &[(YOGURT, ordering(counted(12), 6))]);
    assert_eq!(order_of(&first).lines[0].units(), Units(6));
    assert_eq!(sales_and_order(&shop, 10, day(10)), (5, Units(0)), "10 + 5, first 12 then 10 counted");
    let history = shop.history(YOGURT, day(10));
    assert_eq!((history.ordered, history.ordered_today, history.on_order), (Units(5), Units(6), Units(6)));
    shop.visit(day(10), &[(YOGURT, counted(10))]);
    let next = shop.history(YOGURT, day(17));
    assert_eq!((next.previous.unwrap().units, next.ordered, next.received), (Units(10), Units(6), Units(6)));
}

#[test]
fn the_rule_treats_every_order_as_received() {
    let mut shop = Shop::new();
    shop.customer.fields.lead_days = 30;
    shop.visit(day(3), &[(YOGURT, ordering(counted(10), 5))]);
    let history = shop.history(YOGURT, day(10));
    assert_eq!((history.received, history.on_order, history.basis().unwrap().ordered), (Units::ZERO, Units(5), Units(5)));
    assert_eq!(sales_and_order(&shop, 12, day(10)), (3, Units(0)));
}

#[test]
fn a_correction_is_a_new_event_the_old_one_stays_and_what_follows_follows() {
    let mut shop = Shop::new();
    shop.visit(day(3), &[(YOGURT, ordering(counted(10), 5))]);
    let wrong = shop.visit(day(10), &[(YOGURT, ordering(counted(12), 3))]);
    let (visit, order) = (visit_of(&wrong).id, order_of(&wrong).id);
    assert_eq!(sales_and_order(&shop, 9, day(17)), (6, Units(0)), "12 + 3 - 9");
    let right = shop.correct(visit, &[(YOGURT, ordering(counted(10), 4))]);
    assert_eq!(visit_of(&right).corrects, Some(visit));
    assert_eq!((order_of(&right).corrects, visit_of(&right).on), (Some(order), day(10)));
    assert_eq!(visit_of(&right).lines[0].basis.unwrap().previous, Units(10), "compared with the count before the visit it corrects");
    assert_eq!(shop.events.visits.len(), 3, "nothing was written over");
    assert_eq!(sales_and_order(&shop, 9, day(17)), (5, Units(0)), "10 + 4 - 9");
    assert_eq!((shop.summary().visits, shop.summary().last_order.unwrap().amount), (2, money("18")));
}

#[test]
fn an_order_that_was_sent_is_to_be_sent_again_after_its_correction() {
    let mut shop = Shop::new();
    let wrong = shop.visit(day(3), &[(YOGURT, ordering(counted(10), 5))]);
    let order = order_of(&wrong).id;
    assert_eq!(shop.dispatch(order).unwrap().state(), State::Draft);
    let sent = Sent { at: noon(day(3)), how: How::Text };
    shop.dispatches[0].sent = Some(sent);
    let right = shop.correct(visit_of(&wrong).id, &[(YOGURT, ordering(counted(10), 6))]);
    assert!(shop.dispatch(order).unwrap().envelope.deleted);
    assert_eq!(shop.dispatch(order_of(&right).id).unwrap().state(), State::ToSendAgain(sent));
    assert_eq!(shop.book.unsent().count(), 1);
    // And where the correction takes the order back, the warehouse still has to hear of it.
    let gone = shop.correct(visit_of(&right).id, &[(YOGURT, counted(10))]);
    assert!(visit_of(&gone).order.is_none());
    assert_eq!(shop.book.unsent().count(), 1, "what it knows is the first order");
}

#[test]
fn an_order_taken_back_after_it_was_sent_waits_to_be_sent_as_cancelled() {
    let mut shop = Shop::new();
    let wrong = shop.visit(day(3), &[(YOGURT, ordering(counted(10), 5))]);
    let order = order_of(&wrong).id;
    let sent = Sent { at: noon(day(3)), how: How::Print };
    shop.dispatches[0].sent = Some(sent);
    shop.correct(visit_of(&wrong).id, &[(YOGURT, counted(10))]);
    assert_eq!(shop.dispatch(order).unwrap().state(), State::ToSendAgain(sent));
    assert!(shop.events.standing().orders.is_empty());
}

#[test]
fn a_visit_that_did_not_happen_counts_as_tried_and_moves_no_stock_figure_and_no_cycle() {
    let mut shop = Shop::new();
    shop.visit(day(3), &[(YOGURT, ordering(counted(10), 5))]);
    let before = (shop.history(YOGURT, day(12)), shop.summary());
    shop.not_made(day(10), Outcome::Closed, day(12));
    assert_eq!(shop.history(YOGURT, day(12)), before.0);
    let summary = shop.summary();
    assert_eq!((summary.last_visit, summary.visits), (before.1.last_visit, before.1.visits));
    assert_eq!((summary.next_due, summary.tried.unwrap().why), (Some(day(12)), Outcome::Closed));
    let plan = today::plan(&shop.book, day(10));
    assert_eq!((plan.done.len(), plan.tried.len(), plan.left()), (0, 1, 0));
    assert!(matches!(plan.tried[0].why, Why::Tried { why: Outcome::Closed, next: Some(next) } if next == day(12)));
    assert_eq!(today::plan(&shop.book, day(12)).due.len(), 1);
    // Made after all: the attempt is history, the cycle runs from the visit.
    shop.visit(day(12), &[(YOGURT, counted(9))]);
    assert_eq!((shop.summary().tried, shop.summary().next_due), (None, Some(day(17))));
}

#[test]
fn a_shop_that_was_visited_while_the_clock_was_ahead_is_not_off_the_lists_until_then() {
    let mut shop = Shop::new();
    let next_year = day(3).checked_add_months(chrono::Months::new(12)).unwrap();
    shop.visit(next_year, &[(YOGURT, counted(10))]);
    let plan = today::plan(&shop.book, day(10));
    assert_eq!((plan.due.len() + plan.soon.len() + plan.overdue.len(), plan.unplanned.len()), (1, 0));
}

#[test]
fn free_goods_cost_nothing_count_as_received_and_need_a_reason() {
    let mut shop = Shop::new();
    let mut line = ordering(counted(10), 12);
    line.choice.as_mut().unwrap().free = "2".into();
    assert_eq!(reading(&shop, &line, day(3)).choice_problem, Some(ChoiceProblem::DealMissing));
    line.choice.as_mut().unwrap().deal = Some(Deal::Promotion);
    let change = shop.visit(day(3), &[(YOGURT, line)]);
    let order = order_of(&change);
    assert_eq!((order.total().amount, order.total().free), (money("54"), 2));
    let history = shop.history(YOGURT, day(10));
    assert_eq!((history.ordered, history.received), (Units(14), Units(14)));
}

#[test]
fn another_price_is_charged_with_its_reason_and_the_lists_price_is_kept_beside_it() {
    let mut shop = Shop::new();
    let mut line = ordering(counted(10), 12);
    let choice = line.choice.as_mut().unwrap();
    (choice.unit_price, choice.deal) = ("4".into(), Some(Deal::Volume));
    let change = shop.visit(day(3), &[(YOGURT, line)]);
    let line = &order_of(&change).lines[0];
    assert_eq!(line.amount, Some(money("48")));
    assert_eq!((line.prices.unit.unwrap().0.to_string(), line.list.unwrap().unit.unwrap().0.to_string()), ("4".into(), "4.5".into()));
}

#[test]
fn a_correction_keeps_what_was_noted_of_the_delivery() {
    let mut shop = Shop::new();
    let first = shop.visit(day(3), &[(YOGURT, ordering(counted(10), 24))]);
    shop.note(order_of(&first).id, day(4), Came::Short(vec![(YOGURT, Units(20))]), false);
    shop.correct(visit_of(&first).id, &[(YOGURT, ordering(counted(12), 24))]);
    assert_eq!(shop.history(YOGURT, day(10)).ordered, Units(20));
}

#[test]
fn a_correction_stands_in_the_place_of_what_it_corrects_not_behind_what_came_later() {
    let mut shop = Shop::new();
    shop.visit(day(3), &[(YOGURT, ordering(counted(10), 5))]);
    let first = shop.visit(day(10), &[(YOGURT, counted(12))]);
    let second = shop.visit(day(10), &[(YOGURT, counted(7))]);
    shop.correct(visit_of(&first).id, &[(YOGURT, counted(11))]);
    assert_eq!(shop.history(YOGURT, day(17)).previous.unwrap().units, Units(7), "the second count of the day still stands");
    assert_eq!(shop.summary().last_visit.unwrap().id, visit_of(&second).id);
    // An attempt after a visit stays the last thing that happened, whatever is corrected before it.
    let mut shop = Shop::new();
    let made = shop.visit(day(3), &[(YOGURT, ordering(counted(10), 5))]);
    shop.not_made(day(3), Outcome::Closed, day(5));
    shop.correct(visit_of(&made).id, &[(YOGURT, ordering(counted(11), 5))]);
    assert_eq!((shop.summary().tried.unwrap().on, shop.summary().next_due), (day(3), Some(day(5))));
}

#[test]
fn an_order_sent_then_corrected_then_taken_back_is_still_to_be_cancelled_at_the_warehouse() {
    let mut shop = Shop::new();
    let first = shop.visit(day(3), &[(YOGURT, ordering(counted(10), 5))]);
    let sent = Sent { at: noon(day(3)), how: How::Text };
    shop.dispatches[0].sent = Some(sent);
    let second = shop.correct(visit_of(&first).id, &[(YOGURT, ordering(counted(10), 6))]);
    shop.correct(visit_of(&second).id, &[(YOGURT, counted(10))]);
    let way = shop.dispatch(order_of(&second).id).unwrap();
    assert_eq!((way.state(), way.cancelled, way.envelope.deleted), (State::ToSendAgain(sent), true, false));
}

#[test]
fn an_agreed_next_date_stays_when_the_route_is_changed_and_a_promise_when_its_visit_is_corrected() {
    let mut shop = Shop::new();
    let change = shop.visit(day(3), &[(YOGURT, counted(10))]);
    shop.events.visits[0].agreed.next_on = Some(day(20));
    let derived = Summary::derive(&shop.customer, &shop.events, None, stamp(5));
    assert_eq!((derived.next_due, derived.replanned(&shop.customer.fields, stamp(6)).next_due), (Some(day(20)), Some(day(20))));
    let typed = AgreedDraft { promise: "x".into(), promise_day: "2026-11-05".into(), ..AgreedDraft::default() };
    assert_eq!(finish::agreed(&typed, day(3), noon(day(9)), None), Err(AgreedProblem::PromiseInThePast));
    let before = finish::agreed(&typed, day(3), noon(day(3)), None).unwrap();
    assert_eq!(finish::agreed(&typed, day(3), noon(day(9)), Some(&before)), Ok(before));
    assert!(visit_of(&change).agreed.promise.is_empty());
}

#[test]
fn what_was_ordered_today_is_not_ordered_twice_by_a_second_visit() {
    let mut shop = Shop::new();
    shop.visit(day(3), &[(YOGURT, ordering(counted(10), 20))]);
    let first = shop.visit(day(10), &[(YOGURT, counted(5))]);
    let second = shop.visit(day(10), &[(YOGURT, counted(5))]);
    assert!(order_of(&first).lines[0].units() > Units::ZERO);
    assert!(visit_of(&second).order.is_none(), "the suggestion was ordered an hour ago");
}

#[test]
fn the_date_agreed_last_is_the_next_one() {
    let mut shop = Shop::new();
    shop.visit(day(3), &[(YOGURT, counted(10))]);
    let moved = shop.summary().moved_to(day(8), stamp(900));
    shop.book.apply([Record::Summary(moved)]);
    shop.not_made(day(3), Outcome::Closed, day(5));
    assert_eq!(shop.summary().next_due, Some(day(5)));
    shop.not_made(day(10), Outcome::Closed, day(1));
    assert_eq!(shop.summary().next_due, Some(day(10)), "a date before the attempt is none: the plan stands");
}
