//! The laws of the reorder engine as properties, 10,000 lines each; and its limits: inside them every answer is exact, beyond them there
//! is an error value, never a panic.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod reference;

use proptest::prelude::*;
use reference::lines::{self, Made, Mix, made};
use reference::{Number, whole};
use shelfwise::domain::exact::Exact;
use shelfwise::domain::expiry;
use shelfwise::domain::factor::Factor;
use shelfwise::domain::quantity::Units;
use shelfwise::domain::rate::{Cycle, StatedRate, WINDOW_MAX};
use shelfwise::domain::reorder::{self, Answer, BeyondLimits, DAYS_MAX, LOTS_MAX, Line, Lot, Promotion, Reason, Rounding, Status};
use shelfwise::domain::rule;

fn suggest(line: &Line<'_>) -> Answer {
    reorder::suggest(line).unwrap()
}

fn exact(value: Exact) -> Number {
    reference::ratio(value.numerator(), value.denominator())
}

fn unexpiring(quantity: Units) -> Vec<Lot> {
    vec![Lot { quantity, days_left: None }]
}

/// A cycle with goods in it and two counts that it allows, the smaller first.
fn two_counts() -> impl Strategy<Value = (Cycle, Units, Units)> {
    let goods = (0..200_i64, 0..100_i64, prop_oneof![3 => Just(0_i64), 1 => 0..20_i64], 0..8_i64, 0..8_i64);
    let times = (prop_oneof![1 => Just(0_u32), 9 => 1..40_u32], prop_oneof![3 => Just(0_u32), 1 => 0..10_u32], 0..10_u32);
    (goods, times, 0..=1_000_i64, 0..=1_000_i64).prop_map(|((previous, received, other, returned, written_off), times, a, b)| {
        let most = (previous + received + other - returned - written_off).max(0);
        let (less, more) = (a.min(b) * most / 1_000, a.max(b) * most / 1_000);
        let [previous, received, other_source, returned, written_off] = [previous, received, other, returned, written_off].map(Units);
        let (days, closed_days, stockout_days) = times;
        let current = Units::ZERO;
        let cycle = Cycle { previous, received, other_source, returned, written_off, current, days, closed_days, stockout_days };
        (cycle, Units(less), Units(more))
    })
}

#[test]
fn the_generator_makes_every_status_and_every_flag() {
    let mut mix = Mix::default();
    for made in lines::seeded(made(), 3, 10_000) {
        mix.add(&reference::Result::of(&suggest(&made.line())));
    }
    mix.check();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_is_never_negative_and_always_whole_cases(made in made()) {
        let line = made.line();
        let order = suggest(&line).order.unwrap_or_default().0;
        prop_assert!(order >= 0 && order % line.units_per_case == 0, "{}", order);
    }

    #[test]
    fn an_order_is_never_below_the_minimum(made in made()) {
        let line = made.line();
        let order = suggest(&line).order.unwrap_or_default();
        prop_assert!(order.is_zero() || order >= line.minimum_order, "{:?}", order);
    }

    #[test]
    fn the_order_is_never_above_either_cap(made in made()) {
        let line = made.line();
        let answer = suggest(&line);
        let Some(rate) = answer.rate else { return Ok(()) };
        let order = whole(answer.order.unwrap().0);
        if let Some(cap) = reference::shelf_life_cap(&line, &exact(rate.exact())) {
            prop_assert!(order <= cap, "{} above {}", order, cap);
        }
        if let Some(cap) = reference::capacity_cap(&line) {
            prop_assert!(order <= cap, "{} above {}", order, cap);
        }
    }

    #[test]
    fn an_order_comes_from_a_need_and_a_status_from_the_order(made in made()) {
        let answer = suggest(&made.line());
        let has_need = answer.sum.map(|sum| sum.need.is_positive());
        let status = match (answer.order, has_need) {
            (None, None) => Status::FirstVisit,
            (Some(Units(1..)), Some(true)) => Status::Order,
            (Some(Units(0)), Some(true)) => Status::None,
            (Some(Units(0)), Some(false)) => Status::Enough,
            other => return Err(TestCaseError::fail(format!("{other:?}"))),
        };
        prop_assert_eq!(answer.status, status);
        prop_assert_eq!(answer.rate.is_some(), answer.sum.is_some());
    }

    #[test]
    fn the_reasons_lead_from_the_need_to_the_order_without_a_gap(made in made()) {
        let answer = suggest(&made.line());
        let Some(sum) = answer.sum.filter(|sum| sum.need.is_positive()) else { return Ok(()) };
        let mut now = sum.need;
        for reason in &answer.reasons {
            let (from, to) = match *reason {
                Reason::Rounded { to } => (sum.need, to),
                Reason::BelowCase => (sum.need, 0),
                Reason::RaisedToMinimum { from, to } | Reason::CappedByShelfLife { from, to } | Reason::CappedByCapacity { from, to } => {
                    (Exact::whole(from), to)
                }
                Reason::BelowMinimum { left } => (Exact::whole(left), 0),
                _ => continue,
            };
            prop_assert_eq!(now, from, "{:?}", reason);
            prop_assert_ne!(from, Exact::whole(to), "{:?} moves nothing", reason);
            now = Exact::whole(to);
        }
        prop_assert_eq!(now, Exact::whole(answer.order.unwrap().0));
    }

    #[test]
    fn with_all_that_came_in_fixed_the_order_never_rises_as_the_count_rises(
        older in lines::cycles(), (cycle, less, more) in two_counts(), rest in lines::rest(),
    ) {
        let order = |current: Units| {
            let cycles: Vec<Cycle> = older.iter().copied().chain([Cycle { current, ..cycle }]).collect();
            let lots = unexpiring(current);
            suggest(&Line { cycles: &cycles, lots: &lots, window: 1, rounding: Rounding::Ceil, ..rest }).order
        };
        let (of_less, of_more) = (order(less), order(more));
        if cycle.previous.0 + cycle.received.0 + cycle.other_source.0 > 0 && (Cycle { current: more, ..cycle }).sales() >= 0 {
            prop_assert_eq!(of_less.is_some(), of_more.is_some());
            prop_assert!(of_more <= of_less, "{:?} at {:?}, {:?} at {:?}", of_less, less, of_more, more);
        }
    }

    #[test]
    fn at_equal_gaps_with_nothing_else_set_the_engine_orders_what_the_rule_orders(
        previous in 0..300_i64, ordered in prop_oneof![1 => Just(0_i64), 3 => 0..300_i64], current in 0..500_i64, gap in 1..60_u32,
        factor in 100..=500_u16, is_empty in prop::bool::weighted(0.05),
    ) {
        let [previous, received, current] = [previous, ordered, current].map(|units| Units(if is_empty { 0 } else { units }));
        let factor = Factor::from_hundredths(factor).unwrap();
        let rule = rule::apply(previous, received, current, factor).unwrap();
        let cycle = Cycle { previous, received, current, days: gap, ..Cycle::default() };
        let lots = unexpiring(current);
        let line = Line { cycles: &[cycle], lots: &lots, window: 1, days_to_next_visit: gap, factor, ..Line::default() };
        let answer = suggest(&line);
        prop_assert_eq!(answer.sales, Some(rule.sales));
        if cycle.is_valid() {
            prop_assert_eq!(answer.order, Some(rule.order));
            prop_assert_eq!(answer.sum.map(|sum| sum.target), Exact::new(rule.target.0.into(), 100));
        } else {
            // Negative sales, or nothing before, nothing since and nothing now: the rule says 0, the engine that it does not know.
            prop_assert!(rule.sales < 0 || is_empty || previous.0 + received.0 == 0);
            prop_assert_eq!((rule.order, answer.order, answer.status), (Units(0), None, Status::FirstVisit));
        }
    }

    #[test]
    fn what_is_at_risk_is_at_most_the_stock_of_each_lot_and_of_all(lots in lines::lots(), n in 0..60_i64, d in 1..60_i64) {
        let risks = expiry::at_risk(&lots, Exact::new(n.into(), d.into()).unwrap());
        prop_assert_eq!(risks.len(), lots.len());
        for (risk, lot) in risks.iter().zip(&lots) {
            prop_assert!(*risk >= Exact::whole(0) && *risk <= Exact::whole(lot.quantity.0));
            prop_assert!(lot.days_left.is_some() || risk.is_zero());
        }
        let sum: Number = risks.into_iter().map(exact).sum();
        prop_assert!(sum <= whole(lots.iter().map(|lot| lot.quantity.0).sum::<i64>()));
    }

    #[test]
    fn a_faster_line_never_has_more_at_risk(lots in lines::lots(), a in 0..600_i64, b in 0..600_i64) {
        let at = |rate: i64| -> Number { expiry::at_risk(&lots, Exact::new(rate.into(), 60).unwrap()).into_iter().map(exact).sum() };
        prop_assert!(at(a.max(b)) <= at(a.min(b)));
    }

    #[test]
    fn adding_expired_stock_never_lowers_the_order(made in made(), quantity in 1..500_i64, days_left in -30..=0_i32) {
        let before = suggest(&made.line());
        let mut more = made.clone();
        more.lots.push(Lot { quantity: Units(quantity), days_left: Some(days_left) });
        let after = suggest(&more.line());
        prop_assert!(after.order >= before.order);
        prop_assert_eq!(after.sum, before.sum, "what is expired is not there");
    }

    #[test]
    fn the_answer_does_not_depend_on_the_order_of_the_lots(
        (made, shuffled) in made().prop_flat_map(|made| { let lots = made.lots.clone(); (Just(made), Just(lots).prop_shuffle()) }),
    ) {
        prop_assert_eq!(suggest(&made.line()), suggest(&Line { lots: &shuffled, ..made.line() }));
    }

    #[test]
    fn a_lot_counted_in_two_parts_is_the_same_lot(made in made(), at in any::<prop::sample::Index>(), percent in 0..=100_i64) {
        let mut parts = made.lots.clone();
        if !parts.is_empty() {
            let lot = &mut parts[at.index(made.lots.len())];
            let moved = Units(lot.quantity.0 * percent / 100);
            lot.quantity.0 -= moved.0;
            let rest = Lot { quantity: moved, ..*lot };
            parts.push(rest);
        }
        prop_assert_eq!(suggest(&made.line()), suggest(&Line { lots: &parts, ..made.line() }));
    }

    #[test]
    fn guarded_rounding_never_orders_more_than_rounding_up(made in made()) {
        let order = |rounding| suggest(&Line { rounding, ..made.line() }).order;
        prop_assert!(order(Rounding::Guard) <= order(Rounding::Ceil));
    }
}

#[test]
fn at_its_limits_the_engine_is_as_exact_as_anywhere() {
    for made in lines::seeded(lines::extreme(), 4, 10_000) {
        let line = made.line();
        assert_eq!(reference::Result::of(&suggest(&line)), reference::suggest(&line), "{line:?}");
    }
}

#[test]
fn the_largest_line_of_all_is_exact_at_every_smoothing() {
    let (max, most) = (Units::MAX, i32::try_from(DAYS_MAX).unwrap());
    let still = Cycle { previous: max, current: max, days: DAYS_MAX, ..Cycle::default() };
    let sold = Cycle { received: max, other_source: max, current: Units(0), ..still };
    let cycles: Vec<Cycle> = (0..WINDOW_MAX).map(|at| if at % 2 == 1 { sold } else { still }).collect();
    let some_lots = (0..1_000).map(|at| Lot { quantity: max, days_left: (at % 3 > 0).then_some(most - at) }).collect();
    let all_lots = vec![Lot { quantity: max, days_left: None }; LOTS_MAX];
    let promotion = Some(Promotion { days: DAYS_MAX, uplift: 1_000 });
    for lots in [vec![], some_lots, all_lots] {
        for alpha in 0..=10 {
            let made = Made {
                cycles: cycles.clone(),
                lots: lots.clone(),
                rest: Line {
                    window: WINDOW_MAX,
                    days_to_next_visit: DAYS_MAX,
                    delivery_days: DAYS_MAX,
                    factor: Factor::from_hundredths(500).unwrap(),
                    on_order: if alpha % 2 == 0 { Units(0) } else { max },
                    units_per_case: if alpha % 3 == 0 { 1 } else { max.0 },
                    minimum_order: max,
                    minimum_display: max,
                    promotion,
                    fresh_days: (alpha % 4 == 0).then_some(most),
                    alpha,
                    maximum_cover_days: DAYS_MAX,
                    ..Line::default()
                },
            };
            let line = made.line();
            assert_eq!(reference::Result::of(&suggest(&line)), reference::suggest(&line), "{} lots, alpha {alpha}", lots.len());
        }
    }
}

#[test]
fn a_stated_rate_may_be_a_million_a_day_or_one_in_a_million_days() {
    for (units, days) in [(1_000_000, 1), (1, 1_000_000), (1_000_000, 1_000_000), (999_999, 1_000_000), (0, 1)] {
        let rest =
            Line { stated_rate: Some(StatedRate { units, days }), days_to_next_visit: DAYS_MAX, units_per_case: 24, ..Line::default() };
        let made = Made { cycles: vec![], lots: unexpiring(Units(3)), rest };
        assert_eq!(reference::Result::of(&suggest(&made.line())), reference::suggest(&made.line()), "{units}/{days}");
    }
}

#[test]
fn one_beyond_a_limit_is_an_error_that_names_it() {
    let over = Units(Units::MAX.0 + 1);
    let late = i32::try_from(DAYS_MAX).unwrap() + 1;
    let late_days = DAYS_MAX + 1;
    let line = Line { days_to_next_visit: 7, ..Line::default() };
    assert!(reorder::suggest(&line).is_ok());
    let refused = |line: Line<'_>, beyond: BeyondLimits| assert_eq!(reorder::suggest(&line), Err(beyond), "{line:?}");

    let cycle = Cycle::default();
    for wrong in [over, Units(-1)] {
        refused(Line { on_order: wrong, ..line }, BeyondLimits::Quantity);
        refused(Line { minimum_order: wrong, ..line }, BeyondLimits::Quantity);
        refused(Line { minimum_display: wrong, ..line }, BeyondLimits::Quantity);
        refused(Line { capacity: Some(wrong), ..line }, BeyondLimits::Quantity);
        refused(Line { lots: &unexpiring(wrong), ..line }, BeyondLimits::Quantity);
        for cycle in [
            Cycle { previous: wrong, ..cycle },
            Cycle { received: wrong, ..cycle },
            Cycle { other_source: wrong, ..cycle },
            Cycle { returned: wrong, ..cycle },
            Cycle { written_off: wrong, ..cycle },
            Cycle { current: wrong, ..cycle },
        ] {
            refused(Line { cycles: &[cycle], ..line }, BeyondLimits::Quantity);
        }
    }
    refused(Line { units_per_case: 0, ..line }, BeyondLimits::UnitsPerCase);
    refused(Line { units_per_case: -1, ..line }, BeyondLimits::UnitsPerCase);
    refused(Line { units_per_case: over.0, ..line }, BeyondLimits::UnitsPerCase);
    for window in [0, WINDOW_MAX + 1] {
        refused(Line { window, ..line }, BeyondLimits::Window);
    }
    refused(Line { alpha: 11, ..line }, BeyondLimits::Alpha);
    for uplift in [99, 1_001] {
        refused(Line { promotion: Some(Promotion { days: 1, uplift }), ..line }, BeyondLimits::Uplift);
    }
    for (units, days) in [(1_000_001, 1), (1, 1_000_001), (1, 0)] {
        refused(Line { stated_rate: Some(StatedRate { units, days }), ..line }, BeyondLimits::StatedRate);
    }
    refused(Line { lots: &vec![Lot { quantity: Units(0), days_left: None }; LOTS_MAX + 1], ..line }, BeyondLimits::Lots);

    refused(Line { days_to_next_visit: 0, ..line }, BeyondLimits::Days);
    refused(Line { days_to_next_visit: late_days, ..line }, BeyondLimits::Days);
    refused(Line { delivery_days: late_days, ..line }, BeyondLimits::Days);
    refused(Line { maximum_cover_days: late_days, ..line }, BeyondLimits::Days);
    refused(Line { promotion: Some(Promotion { days: late_days, uplift: 100 }), ..line }, BeyondLimits::Days);
    for wrong in [late, -late] {
        refused(Line { fresh_days: Some(wrong), ..line }, BeyondLimits::Days);
        refused(Line { lots: &[Lot { quantity: Units(1), days_left: Some(wrong) }], ..line }, BeyondLimits::Days);
    }
    for cycle in
        [Cycle { days: late_days, ..cycle }, Cycle { closed_days: late_days, ..cycle }, Cycle { stockout_days: late_days, ..cycle }]
    {
        refused(Line { cycles: &[cycle], ..line }, BeyondLimits::Days);
    }
    assert_eq!((Factor::from_hundredths(99), Factor::from_hundredths(501)), (None, None));
}
