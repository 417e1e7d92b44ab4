//! How a visit that is over is seen: by itself, without what corrected it, without what came later on its day, by its own terms. And
//! what a shop's dates are worth some days after they were counted.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use shelfwise::domain::factor::Factor;
use shelfwise::domain::history::{self, Counts};
use shelfwise::domain::lots::{self, CountedLot};
use shelfwise::domain::note::NoteDraft;
use shelfwise::domain::policy::{Ground, Method};
use shelfwise::domain::quantity::Units;
use shelfwise::domain::suggestion::{as_it_is, past_of};
use support::{Shop, YOGURT, counted, day, noting, order_of, ordering, visit_of};

fn written_off(units: i64, count: i64) -> shelfwise::domain::draft::LineDraft {
    noting(counted(count), NoteDraft { written_off: units.to_string(), ..NoteDraft::default() })
}

#[test]
fn a_corrected_visit_and_its_correction_see_neither_each_other_nor_each_others_orders() {
    let mut shop = Shop::engine();
    shop.visit(day(3), &[(YOGURT, ordering(counted(10), 5))]);
    let wrong = shop.visit(day(10), &[(YOGURT, ordering(written_off(2, 8), 20))]);
    let right = shop.correct(visit_of(&wrong).id, &[(YOGURT, ordering(written_off(2, 8), 20))]);
    let again = shop.correct(visit_of(&right).id, &[(YOGURT, ordering(written_off(2, 8), 20))]);
    for change in [&wrong, &right, &again] {
        let visit = visit_of(change);
        let past = past_of(&shop.events, visit).remove(&YOGURT).unwrap();
        assert_eq!((past.on_order, past.since.written_off), (Units::ZERO, Units::ZERO));
        let sum = *as_it_is(visit, &visit.lines[0], Some(&past)).sum().unwrap();
        assert_eq!((sum.cycle.written_off, sum.sold()), (Units(2), 5), "10 + 5 − 2 − 8");
    }
}

#[test]
fn what_was_ordered_later_on_a_day_is_not_in_the_mornings_sum() {
    let mut shop = Shop::engine();
    shop.visit(day(3), &[(YOGURT, ordering(counted(10), 5))]);
    let morning = shop.visit(day(10), &[(YOGURT, counted(5))]);
    let visit = visit_of(&morning).clone();
    let said = |shop: &Shop| as_it_is(&visit, &visit.lines[0], past_of(&shop.events, &visit).get(&YOGURT)).order();
    let before = said(&shop);
    assert_eq!(before, Some(order_of(&morning).lines[0].units()));
    shop.phone_order(day(10), 7);
    shop.visit(day(10), &[(YOGURT, ordering(counted(4), 3))]);
    assert_eq!(said(&shop), before);
}

#[test]
fn a_visit_keeps_its_terms_when_it_is_put_right() {
    let mut shop = Shop::engine();
    let made = shop.visit(day(3), &[(YOGURT, counted(10))]);
    let old = shelfwise::domain::visit::Visit { terms: None, factor: Factor::from_hundredths(200).unwrap(), ..visit_of(&made).clone() };
    let old = shelfwise::domain::visit::Visit {
        lines: old.lines.iter().cloned().map(|line| shelfwise::domain::visit::VisitLine { terms: None, ..line }).collect(),
        ..old
    };
    let ground = Ground::of(None, &shop.customer.fields, day(3), None).as_at(&old);
    let policy = ground.policy_of(YOGURT, &support::product(12, "4.5"), &history::LineHistory::default());
    assert_eq!((policy.terms.method, policy.line.factor), (Method::Rule, old.factor), "before there were terms, the plain rule");
    let ground = Ground::of(None, &shop.customer.fields, day(3), None).as_at(visit_of(&made));
    assert_eq!(ground.terms, visit_of(&made).terms.unwrap());
}

#[test]
fn on_the_phone_a_count_of_the_same_day_is_the_last_one() {
    let mut shop = Shop::engine();
    shop.visit(day(3), &[(YOGURT, ordering(counted(20), 5))]);
    shop.visit(day(10), &[(YOGURT, ordering(counted(3), 24))]);
    let past = history::lines_with(&shop.events, day(10), Counts::OfTodayToo).remove(&YOGURT).unwrap();
    assert_eq!((past.previous.unwrap().on, past.previous.unwrap().units, past.cycles.len()), (day(10), Units(3), 1));
    assert_eq!((past.on_order, past.received), (Units(24), Units::ZERO), "ordered this morning, still on order");
    assert_eq!(past.estimate(shelfwise::domain::exact::Exact::over(22, 7), day(10)), Some(Units(3)));
    assert_eq!(history::lines(&shop.events, day(10))[&YOGURT].previous.unwrap().on, day(3), "a second count of the day replaces the first");
}

#[test]
fn dates_seen_some_days_ago_are_less_by_what_was_sold_since_the_earliest_first() {
    let lot = |expires, front, back| CountedLot { produced: None, expires: Some(day(expires)), front: Units(front), back: Units(back) };
    let left = lots::after_selling(&[lot(20, 4, 6), lot(12, 3, 0)], 5);
    assert_eq!(left, vec![lot(20, 2, 6)]);
    assert_eq!(lots::after_selling(&[lot(12, 3, 0)], 9), vec![]);
}
