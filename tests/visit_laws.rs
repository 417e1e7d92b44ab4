//! From typed text to a finished visit: what `previous` and `ordered` mean over skipped lines and second counts, what a draft
//! says of itself, and what finishing writes.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use chrono::{Days, NaiveDate, Weekday};
use shelfwise::domain::book::Record;
use shelfwise::domain::draft::{Choice, ChoiceProblem, Counted, Dial, LineContext, LineDraft};
use shelfwise::domain::factor::Factor;
use shelfwise::domain::finish::FinishProblem;
use shelfwise::domain::history::LineHistory;
use shelfwise::domain::money::Money;
use shelfwise::domain::order::Reason;
use shelfwise::domain::policy::Policy;
use shelfwise::domain::quantity::{Packed, Units};
use shelfwise::domain::today::{self, Why};
use shelfwise::domain::typed::NumberProblem;
use support::{Shop, WATER, YOGURT, counted, day, ordering, product, reading, sold_and_order};

#[test]
fn a_cycle_runs_over_visits_that_skipped_the_line() {
    let mut shop = Shop::new();
    shop.visit(day(3), &[(YOGURT, ordering(counted(10), 5))]);
    shop.visit(day(10), &[(YOGURT, ordering(LineDraft::default(), 4)), (WATER, counted(7))]);
    let history = shop.history(YOGURT, day(17));
    let basis = history.basis().unwrap();
    assert_eq!((basis.previous, basis.previous_on, basis.ordered), (Units(10), day(3), Units(9)));
}

#[test]
fn a_second_count_on_the_same_day_replaces_the_first() {
    let mut shop = Shop::new();
    shop.visit(day(3), &[(YOGURT, ordering(counted(10), 5))]);
    shop.visit(day(10), &[(YOGURT, counted(12))]);
    // 10 + 5: 12 then 10 counted gives sales 5, order 0.
    assert_eq!(sold_and_order(&shop, &counted(10), day(10)), (5, Units(0)));
    shop.visit(day(10), &[(YOGURT, counted(10))]);
    assert_eq!(shop.history(YOGURT, day(17)).basis().unwrap().previous, Units(10));
}

#[test]
fn an_order_taken_on_the_day_of_a_count_came_after_it() {
    let mut shop = Shop::new();
    shop.visit(day(3), &[(YOGURT, ordering(counted(10), 5))]);
    shop.visit(day(10), &[(YOGURT, ordering(counted(4), 20))]);
    let same_day = shop.history(YOGURT, day(10));
    assert_eq!((same_day.ordered, same_day.ordered_today), (Units(5), Units(20)));
    let next_week = shop.history(YOGURT, day(17));
    assert_eq!((next_week.basis().unwrap().previous, next_week.ordered), (Units(4), Units(20)));
}

#[test]
fn the_zero_trap_knows_the_last_rate() {
    let mut shop = Shop::new();
    shop.visit(day(3), &[(YOGURT, ordering(counted(10), 4))]);
    shop.visit(day(10), &[(YOGURT, counted(0))]);
    let history = shop.history(YOGURT, day(17));
    let rate = history.last_rate.unwrap();
    assert_eq!((rate.sold, rate.days, rate.on), (Units(14), 7, day(10)));
}

#[test]
fn half_a_count_is_no_count_and_rubbish_names_its_dial() {
    let (fields, history) = (product(12, "4.5"), LineHistory::default());
    let policy = Policy::plain(Factor::RULE);
    let context =
        LineContext { product: &fields, history: &history, policy, on: day(3), has_back_stock: true, closed_days: 0, by_phone: false };
    let typed = |front: &str, cases: &str, loose: &str| LineDraft {
        front: front.into(),
        back_cases: cases.into(),
        back_loose: loose.into(),
        ..LineDraft::default()
    };
    assert_eq!(typed("", "", "").read(YOGURT, context).counted, Counted::No);
    assert_eq!(typed("11", "", "").read(YOGURT, context).counted, Counted::FrontOnly(Units(11)));
    assert_eq!(typed("", "0", "").read(YOGURT, context).counted, Counted::BackOnly);
    assert_eq!(typed("8", "0", "6").read(YOGURT, context).counted.current(), Some(Units(14)));
    assert_eq!(typed("８", "2", "").read(YOGURT, context).counted.current(), Some(Units(32)));
    assert_eq!(typed("12.5", "", "").read(YOGURT, context).counted, Counted::Unreadable(Dial::Front, NumberProblem::NotWhole));
    assert_eq!(typed("1000000000", "1", "").read(YOGURT, context).counted, Counted::TooMuch);
    let shop_without_back = LineContext { has_back_stock: false, ..context };
    assert_eq!(typed("11", "", "").read(YOGURT, shop_without_back).counted.current(), Some(Units(11)));
    let unticked = LineDraft { unticked: true, ..typed("8", "0", "6") };
    assert_eq!(unticked.read(YOGURT, context).counted, Counted::No);
}

#[test]
fn another_quantity_than_the_suggestion_needs_a_reason() {
    let mut shop = Shop::new();
    shop.visit(day(3), &[(YOGURT, ordering(counted(20), 24))]);
    let mut line = LineDraft { front: "8".into(), back_cases: "0".into(), back_loose: "6".into(), ..LineDraft::default() };
    line.choice = Some(Choice { cases: "3".into(), ..Choice::default() });
    assert_eq!(shop.try_visit(day(10), &[(YOGURT, line.clone())]), Err(vec![FinishProblem::Choice(YOGURT)]));
    assert_eq!(reading(&shop, &line, day(10)).choice_problem, Some(ChoiceProblem::ReasonMissing));
    line.choice.as_mut().unwrap().reason = Some(Reason::WholeCases);
    let change = shop.visit(day(10), &[(YOGURT, line)]);
    let order = change.records.iter().find_map(|record| if let Record::Order(order) = record { Some(order) } else { None }).unwrap();
    assert_eq!(order.lines[0].quantity, Packed { cases: 3, loose: 0 });
    assert_eq!((order.lines[0].suggested, order.lines[0].reason), (Some(Units(31)), Some(Reason::WholeCases)));
    assert_eq!(order.total().amount, Money("162.00".parse().unwrap()));
}

#[test]
fn a_declined_suggestion_is_kept_with_its_reason_and_orders_nothing() {
    let mut shop = Shop::new();
    shop.visit(day(3), &[(YOGURT, ordering(counted(20), 24))]);
    let mut line = counted(14);
    line.choice = Some(Choice { reason: Some(Reason::OwnerDeclines), ..Choice::default() });
    let change = shop.visit(day(10), &[(YOGURT, line)]);
    let order = shop.events.orders.last().unwrap();
    assert_eq!((order.lines[0].units(), order.total().products), (Units(0), 0));
    let Record::Summary(summary) = &change.records[0] else { panic!() };
    assert_eq!(summary.last_order.unwrap().on, day(3), "the last real order stays the last");
}

#[test]
fn finishing_writes_visit_order_and_next_due_date_and_ends_the_draft() {
    let mut shop = Shop::new();
    let change = shop.visit(day(3), &[(YOGURT, ordering(counted(10), 5)), (WATER, LineDraft::default())]);
    assert_eq!(change.records.len(), 4, "summary, visit, order and the order's way to the warehouse");
    assert_eq!(change.finished_drafts.len(), 1);
    let Record::Visit(visit) = &change.records[1] else { panic!() };
    assert_eq!((visit.lines.len(), visit.range, visit.order), (1, 2, Some(shop.events.orders[0].id)));
    assert_eq!(shop.book.next_due(shop.customer.id), Some(day(10)));
}

#[test]
fn an_empty_visit_and_an_unreadable_figure_are_not_finished() {
    let mut shop = Shop::new();
    assert_eq!(shop.try_visit(day(3), &[(YOGURT, LineDraft::default())]), Err(vec![FinishProblem::Empty]));
    let bad = LineDraft { front: "<img onerror>".into(), ..LineDraft::default() };
    let problems = shop.try_visit(day(3), &[(YOGURT, bad.clone()), (WATER, bad)]);
    assert_eq!(problems, Err(vec![FinishProblem::Count(YOGURT), FinishProblem::Count(WATER)]));
}

#[test]
fn the_day_lists_due_overdue_done_and_coming_shops() {
    let mut shop = Shop::new();
    let why = |shop: &Shop, on: NaiveDate| {
        let plan = today::plan(&shop.book, on);
        let all = [&plan.overdue, &plan.due, &plan.done, &plan.unplanned, &plan.soon];
        all.into_iter().flatten().map(|row| row.why).next()
    };
    assert_eq!(why(&shop, day(3)), Some(Why::RouteDay(Weekday::Tue)));
    assert_eq!(why(&shop, day(5)), Some(Why::Overdue { due: day(3), days: 2 }));
    shop.visit(day(5), &[(YOGURT, counted(10))]);
    assert_eq!(why(&shop, day(5)), Some(Why::Done));
    assert_eq!(why(&shop, day(6)), Some(Why::Soon { due: day(10) }));
    assert_eq!(why(&shop, day(10)), Some(Why::RouteDay(Weekday::Tue)));
    assert_eq!(why(&shop, day(10) + Days::new(3)), Some(Why::Overdue { due: day(10), days: 3 }));
}
