//! The engine at a shop: what deliveries, notes, closed days, answers and dates do to sales, rate and number, visit by visit.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use shelfwise::domain::customer::{CustomerClass, VisitCycle};
use shelfwise::domain::delivery::Came;
use shelfwise::domain::draft::{LineDraft, VisitDraft};
use shelfwise::domain::exact::Exact;
use shelfwise::domain::factor::{Factor, Uplift};
use shelfwise::domain::finish::FinishProblem;
use shelfwise::domain::history::{LineHistory, PastRate};
use shelfwise::domain::id::ProductId;
use shelfwise::domain::lots::LotDraft;
use shelfwise::domain::note::{NoteDraft, Reply};
use shelfwise::domain::policy::{Ground, Level, Packing};
use shelfwise::domain::product::{ProductFields, Promotion, ShelfLife};
use shelfwise::domain::quantity::Units;
use shelfwise::domain::rate::{Source, StatedRate};
use shelfwise::domain::reorder::{Flag, Status};
use shelfwise::domain::shelf_work::{Kind, ShelfWork};
use shelfwise::domain::suggestion::{Suggestion, as_it_is, past_of};
use shelfwise::domain::visit::Topic;
use support::{
    Shop, WATER, YOGURT, counted, day, noon, noting, number, order_of, ordering, reading, reading_with, sold_and_order, visit_of,
};

/// Ten yogurts counted on the 3rd, 24 ordered that come on the 4th; the route comes by on Tuesdays.
fn shop() -> Shop {
    let mut shop = Shop::engine();
    shop.visit(day(3), &[(YOGURT, ordering(counted(10), 24))]);
    shop
}

fn factor(hundredths: u16) -> Factor {
    Factor::from_hundredths(hundredths).unwrap()
}

/// A figure of a note.
fn note(set: impl FnOnce(&mut NoteDraft)) -> NoteDraft {
    let mut note = NoteDraft::default();
    set(&mut note);
    note
}

fn answered(units: i64, reply: Reply) -> LineDraft {
    noting(counted(units), note(|note| note.answer = Some(reply)))
}

fn dated(units: i64, rows: &[(&str, &str)]) -> LineDraft {
    let lots = rows.iter().map(|(date, front)| LotDraft { date: (*date).into(), front: (*front).into(), back: String::new() }).collect();
    LineDraft { lots, ..counted(units) }
}

fn days_of(shop: &Shop, line: &LineDraft) -> i64 {
    number(shop, line, day(10)).sum.unwrap().cycle.exposure()
}

#[test]
fn a_visit_by_the_engine_counts_what_came_and_orders_for_one_and_a_half_weeks() {
    let number = number(&shop(), &counted(20), day(10));
    let answer = number.answer.clone().unwrap();
    // 10 + 24 − 20 in 7 days are 2 a day, for 10.5 days 21.
    assert_eq!((number.sum.unwrap().sold(), number.rate(), number.order), (14, Exact::new(2, 1), Units(1)));
    assert_eq!((answer.status, answer.sum.unwrap().target), (Status::Order, Exact::whole(21)));
    assert_eq!((number.cover(number.order), number.lasts_until(number.order)), (Some(10), Some(day(20))));
    assert_eq!(number.rule_says(), None, "the rule says the same: {:?}", number.sum);
}

#[test]
fn at_equal_gaps_without_delivery_time_and_one_cycle_in_the_window_it_is_the_rule() {
    for (ordered, current) in [(24, 20), (24, 3), (5, 12), (5, 15), (0, 7)] {
        let made = |mut shop: Shop| {
            shop.customer.fields.lead_days = 0;
            shop.settings.reckoning.window = 1;
            shop.visit(day(3), &[(YOGURT, ordering(counted(10), ordered))]);
            sold_and_order(&shop, &counted(current), day(10))
        };
        assert_eq!(made(Shop::engine()), made(Shop::new()), "{ordered} {current}");
    }
}

#[test]
fn what_is_not_delivered_yet_is_on_order_and_not_sold() {
    let mut shop = Shop::engine();
    let order = order_of(&shop.visit(day(3), &[(YOGURT, ordering(counted(30), 12))])).id;
    shop.note(order, day(9), Came::NotYet(day(12)), false);
    let number = number(&shop, &counted(16), day(10));
    // 14 sold; 21 to have, 16 there, 12 still to come.
    assert_eq!((number.sum.unwrap().sold(), number.on_order(), number.order), (14, Units(12), Units(0)));
    assert!(number.has(Flag::OnOrderCovers));
    assert_eq!(number.rule_says(), Some(Units(23)), "the rule takes it as received");
    shop.visit(day(10), &[(YOGURT, counted(16))]);
    // By the 12th it is assumed to be there.
    assert_eq!(sold_and_order(&shop, &counted(14), day(17)).0, 14);
}

#[test]
fn goods_that_come_on_the_day_they_were_ordered_belong_to_the_next_cycle() {
    for is_noted in [false, true] {
        let mut shop = Shop::engine();
        shop.customer.fields.lead_days = 0;
        let order = order_of(&shop.visit(day(3), &[(YOGURT, ordering(counted(10), 24))])).id;
        if is_noted {
            shop.note(order, day(3), Came::InFull, false);
        }
        let again = shop.history(YOGURT, day(3));
        assert_eq!((again.received, again.on_order), (Units::ZERO, Units(24)), "a second count of the day, {is_noted}");
        let next = shop.history(YOGURT, day(10));
        assert_eq!((next.received, next.on_order), (Units(24), Units::ZERO), "{is_noted}");
    }
}

#[test]
fn short_deliveries_and_free_goods_count_as_they_came() {
    let mut shop = Shop::engine();
    let order = order_of(&shop.visit(day(3), &[(YOGURT, ordering(counted(10), 24))])).id;
    shop.note(order, day(5), Came::Short(vec![(YOGURT, Units(18))]), false);
    assert_eq!(sold_and_order(&shop, &counted(14), day(10)).0, 14);
    shop.note(order, day(5), Came::Short(vec![(YOGURT, Units(30))]), false);
    assert_eq!(sold_and_order(&shop, &counted(26), day(10)).0, 14, "six came on top");
}

#[test]
fn what_went_back_was_written_off_or_came_from_elsewhere_moves_sales_as_it_should() {
    type Figure = fn(&mut NoteDraft) -> &mut String;
    let figures: [(Figure, i64); 4] =
        [(|n| &mut n.returned, -4), (|n| &mut n.written_off, -4), (|n| &mut n.other_source, 4), (|n| &mut n.unordered, 4)];
    for (figure, moved) in figures {
        let noted = noting(counted(20), note(|note| *figure(note) = "4".into()));
        assert_eq!(sold_and_order(&shop(), &noted, day(10)).0, 14 + moved);
        // Kept with the visit, the figures are those of the cycle ever after.
        let mut shop = shop();
        let change = shop.visit(day(10), &[(YOGURT, noted)]);
        assert_eq!(visit_of(&change).notes.len(), 1);
        assert_eq!(shop.history(YOGURT, day(17)).cycles[0].sales(), 14 + moved);
    }
}

#[test]
fn the_plain_rule_knows_no_notes_but_what_came_unordered() {
    let mut shop = Shop::new();
    shop.visit(day(3), &[(YOGURT, ordering(counted(10), 24))]);
    let written_off = noting(counted(20), note(|note| note.written_off = "4".into()));
    assert_eq!(sold_and_order(&shop, &written_off, day(10)), (14, Units(1)));
    let unordered = noting(counted(20), note(|note| note.unordered = "4".into()));
    assert_eq!(sold_and_order(&shop, &unordered, day(10)), (18, Units(7)));
}

#[test]
fn what_a_visit_noted_that_skipped_the_line_still_counts_in_the_cycle() {
    let mut shop = shop();
    let skipped = noting(LineDraft::default(), note(|note| (note.written_off, note.stockout_days) = ("3".into(), "2".into())));
    let change = shop.visit(day(10), &[(YOGURT, skipped), (WATER, counted(5))]);
    assert_eq!((visit_of(&change).lines.len(), visit_of(&change).notes.len()), (1, 1));
    let noted = noting(counted(7), note(|note| note.written_off = "1".into()));
    let cycle = number(&shop, &noted, day(17)).sum.unwrap().cycle;
    // Nothing was ordered on the 10th: 10 + 24 − 3 − 1 − 7 in 14 days, 2 of them without stock.
    assert_eq!((cycle.sales(), cycle.written_off, cycle.exposure()), (23, Units(4), 12));
    shop.visit(day(17), &[(YOGURT, noted)]);
    assert_eq!(shop.history(YOGURT, day(24)).cycles, vec![cycle]);
    assert_eq!(shop.history(YOGURT, day(24)).since, Default::default(), "a new cycle begins");
}

#[test]
fn closed_days_and_days_without_stock_take_exposure_away() {
    let mut shop = shop();
    let out = |days: &str| noting(counted(0), note(|note| note.stockout_days = days.into()));
    assert_eq!(days_of(&shop, &counted(0)), 7);
    assert_eq!(days_of(&shop, &out("3")), 4);
    assert_eq!(days_of(&shop, &out("7")), 7, "never in stock: the days it was open");
    let closed = |draft: &mut VisitDraft| draft.closed_days = "2".into();
    let both = reading_with(&shop, &out("3"), day(10), closed);
    let sum = *both.suggestion.sum().unwrap();
    assert_eq!((sum.cycle.exposure(), sum.sold()), (2, 34));
    assert_eq!(both.suggestion.number().unwrap().rate(), Exact::new(17, 1));
    // A visit that did not count the line says how long the shop was shut all the same.
    shop.visit_with(day(10), &[(WATER, counted(5))], closed);
    let history = shop.history(YOGURT, day(17));
    assert_eq!(history.since.closed_days, 2);
    assert_eq!(number(&shop, &counted(0), day(17)).sum.unwrap().cycle.exposure(), 12);
    let unread = shop.try_visit(day(17), &[(YOGURT, out("400"))]);
    assert_eq!(unread, Err(vec![FinishProblem::Note(YOGURT)]));
}

#[test]
fn a_wrong_previous_count_is_put_right_without_touching_its_visit() {
    let mut shop = shop();
    shop.visit(day(10), &[(YOGURT, counted(2))]);
    let before = shop.events.clone();
    let mended = noting(counted(16), note(|note| note.previous_was = "20".into()));
    let ordered = shop.history(YOGURT, day(17)).received.0;
    let sum = number(&shop, &mended, day(17)).sum.unwrap();
    assert_eq!((sum.cycle.previous, sum.sold()), (Units(20), 20 + ordered - 16));
    shop.visit(day(17), &[(YOGURT, mended)]);
    let history = shop.history(YOGURT, day(24));
    let sales: Vec<i64> = history.cycles.iter().map(|cycle| cycle.sales()).collect();
    assert_eq!(sales, vec![10 + 24 - 20, 20 + ordered - 16], "the cycle before ends with the right figure too");
    assert_eq!(history.counts[1].units, Units(20));
    assert_eq!(shop.events.visits[..before.visits.len()], before.visits, "events are only added");
    let visit = &shop.events.visits[1];
    assert_eq!((visit.lines[0].count.current(visit.lines[0].size), visit.lines[0].basis.unwrap().previous), (Some(Units(2)), Units(10)));
    // Seen as it was made, it says what it said.
    let past = past_of(&shop.events, visit);
    assert_eq!(as_it_is(visit, &visit.lines[0], past.get(&YOGURT)).sum().unwrap().sold(), 32);
}

#[test]
fn what_the_owner_says_gives_a_number_until_there_is_a_valid_cycle() {
    let mut shop = Shop::engine();
    assert_eq!(reading(&shop, &counted(4), day(3)).suggestion, Suggestion::FirstCount { current: Units(4) });
    let said = noting(counted(4), note(|note| note.a_week = "8".into()));
    let first = number(&shop, &said, day(3));
    // 8/7 for 10.5 days are 12.
    assert_eq!((first.sum, first.rate(), first.order), (None, Exact::new(8, 7), Units(8)));
    shop.visit(day(3), &[(YOGURT, said)]);
    assert_eq!(shop.history(YOGURT, day(10)).stated, Some(StatedRate { units: 8, days: 7 }));
    // More there than can be, gone on all the same: no valid cycle yet.
    assert_eq!(number(&shop, &answered(30, Reply::GoOn), day(10)).rate(), Exact::new(8, 7));
    let counted = number(&shop, &counted(5), day(10));
    assert_eq!((counted.sum.unwrap().sold(), counted.rate()), (7, Exact::new(1, 1)));
    assert!(matches!(counted.answer.unwrap().rate.unwrap().from, Source::Cycles { cycles: 1, sales: 7, days: 7 }));
}

/// Sold 34 in a week, nothing ordered since, and nothing there on the 17th either.
fn trapped() -> Shop {
    let mut shop = shop();
    shop.visit(day(10), &[(YOGURT, ordering(counted(0), 0))]);
    shop
}

#[test]
fn the_zero_trap_asks_and_restart_answers_with_the_last_rate() {
    let shop = trapped();
    let Suggestion::ZeroTrap { last_rate, otherwise } = reading(&shop, &counted(0), day(17)).suggestion else { panic!() };
    assert_eq!((last_rate, otherwise), (Some(PastRate { sold: Units(34), days: 7, on: day(10) }), Some(Units(51))));
    assert_eq!(number(&shop, &answered(0, Reply::Restart), day(17)).order, Units(51));
    for reply in [Reply::Delist, Reply::OwnerDeclines, Reply::GoOn] {
        let reading = reading(&shop, &answered(0, reply), day(17));
        assert!(reading.suggestion.asks() && reading.to_order.is_none(), "{reply:?}");
    }
}

#[test]
fn the_last_known_rate_takes_nothing_as_sold_that_never_came() {
    let mut shop = Shop::engine();
    shop.customer.fields.lead_days = 30;
    shop.visit(day(3), &[(YOGURT, ordering(counted(14), 24))]);
    shop.visit(day(10), &[(YOGURT, ordering(counted(0), 0))]);
    let Suggestion::ZeroTrap { last_rate, .. } = reading(&shop, &counted(0), day(17)).suggestion else { panic!() };
    assert_eq!(last_rate, Some(PastRate { sold: Units(14), days: 7, on: day(10) }));
}

#[test]
fn what_the_shop_gave_up_is_out_until_it_is_counted_or_ordered_again() {
    let mut shop = trapped();
    shop.visit(day(17), &[(YOGURT, answered(0, Reply::OwnerDeclines))]);
    assert!(!shop.history(YOGURT, day(18)).is_delisted);
    let delisted = || {
        let mut shop = trapped();
        shop.visit(day(17), &[(YOGURT, answered(0, Reply::Delist))]);
        shop.visit(day(24), &[(WATER, counted(1))]);
        assert!(shop.history(YOGURT, day(25)).is_delisted, "another line says nothing of it");
        shop
    };
    let mut shop = delisted();
    shop.visit(day(24), &[(YOGURT, counted(6))]);
    assert!(!shop.history(YOGURT, day(25)).is_delisted);
    let mut shop = delisted();
    shop.phone_order(day(20), 12);
    assert!(!shop.history(YOGURT, day(25)).is_delisted);
    // Six stood behind a box after all: the answer was to three zeros.
    let mut shop = trapped();
    shop.visit(day(17), &[(YOGURT, answered(6, Reply::Delist))]);
    assert!(!shop.history(YOGURT, day(18)).is_delisted);
}

#[test]
fn more_than_there_can_be_is_asked_and_going_on_keeps_the_earlier_rate() {
    let mut shop = shop();
    shop.visit(day(10), &[(YOGURT, ordering(counted(20), 1))]);
    let Suggestion::NegativeSales { sum, excess, otherwise } = reading(&shop, &counted(25), day(17)).suggestion else { panic!() };
    assert_eq!((sum.sold(), excess, otherwise), (-4, Units(4), Some(Units(0))));
    let going_on = number(&shop, &answered(25, Reply::GoOn), day(17));
    assert_eq!((going_on.rate(), going_on.order), (Exact::new(2, 1), Units(0)));
    // Each answer that mends a figure answers it.
    for mend in [(|n| &mut n.previous_was) as fn(&mut NoteDraft) -> &mut String, |n| &mut n.other_source, |n| &mut n.unordered] {
        let mended = noting(counted(25), note(|note| *mend(note) = "30".into()));
        assert!(number(&shop, &mended, day(17)).sum.unwrap().sold() >= 0);
    }
    // Gone on, the cycle is not valid and says nothing of the rate later either.
    shop.visit(day(17), &[(YOGURT, answered(25, Reply::GoOn))]);
    let next = number(&shop, &counted(11), day(24));
    assert_eq!((next.sum.unwrap().sold(), next.rate()), (14, Exact::new(2, 1)));
}

#[test]
fn the_most_specific_factor_wins_and_says_where_it_comes_from() {
    let mut shop = Shop::engine();
    let nothing = LineHistory::default();
    let found = |shop: &Shop| {
        let policy = shop.ground(day(10)).policy(&shop.fields, &nothing);
        (policy.line.factor, policy.factor_from)
    };
    shop.settings.factor = factor(160);
    shop.customer.fields.class = Some(CustomerClass::B);
    shop.settings.reckoning.class_factors.a = Some(factor(300));
    assert_eq!(found(&shop), (factor(160), Level::Everywhere), "another class's factor is none of its business");
    shop.settings.reckoning.class_factors.b = Some(factor(170));
    assert_eq!(found(&shop), (factor(170), Level::Class(CustomerClass::B)));
    shop.customer.fields.factor = Some(factor(100));
    assert_eq!(found(&shop), (factor(100), Level::Shop));
    shop.fields.factor = Some(factor(200));
    assert_eq!(found(&shop), (factor(200), Level::Product));
    // The visit keeps what was in force.
    let change = shop.visit(day(3), &[(YOGURT, ordering(counted(4), 0))]);
    assert_eq!((visit_of(&change).factor, visit_of(&change).lines[0].terms.unwrap().factor), (factor(100), factor(200)));
    shop.visit(day(10), &[(YOGURT, counted(1))]);
    let visit = shop.events.visits.last().unwrap();
    let kept = as_it_is(visit, &visit.lines[0], None);
    assert_eq!(kept.sum().unwrap().factor, factor(200), "and shows its sum by it");
}

#[test]
fn the_order_has_to_last_until_the_next_route_day_or_a_cycle_where_there_is_none() {
    let mut shop = Shop::engine();
    let days = |shop: &Shop, on, next| Ground::of(Some(&shop.settings), &shop.customer.fields, on, next).terms.days_to_next;
    assert_eq!(days(&shop, day(3), None), 7, "on its day: a week");
    assert_eq!(days(&shop, day(5), None), 5, "late");
    assert_eq!(days(&shop, day(9), None), 1, "a day before");
    assert_eq!(days(&shop, day(3), Some(day(6))), 3, "agreed otherwise");
    assert_eq!(days(&shop, day(3), Some(day(3))), 7, "today is no next visit");
    shop.customer.fields.route_day = None;
    shop.customer.fields.cycle = VisitCycle::new(10).unwrap();
    assert_eq!((days(&shop, day(3), None), shop.ground(day(3)).next_on), (10, day(13)));
    assert_eq!(shop.ground(day(3)).terms.lead_days, shop.customer.fields.lead_days);
}

#[test]
fn fresh_days_are_life_less_age_less_what_the_shop_wants_left() {
    let mut shop = Shop::engine();
    let fresh = |shop: &Shop, history: &LineHistory| shop.ground(day(10)).policy(&shop.fields, history).line.fresh_days;
    let learnt = LineHistory { delivery_age: Some(4), ..LineHistory::default() };
    assert_eq!(fresh(&shop, &learnt), None, "what keeps for ever");
    shop.fields.shelf_life = Some(ShelfLife::Days(21));
    assert_eq!(fresh(&shop, &LineHistory::default()), Some(21));
    assert_eq!(fresh(&shop, &learnt), Some(17));
    shop.customer.fields.wish_days = 7;
    assert_eq!(fresh(&shop, &learnt), Some(10));
    shop.fields.delivery_age = Some(2);
    assert_eq!(fresh(&shop, &learnt), Some(12), "the product's own age comes first");
    shop.fields.shelf_life = Some(ShelfLife::Months(1));
    // Made on the 8th of November, it keeps until the 8th of December.
    assert_eq!(fresh(&shop, &learnt), Some(28 - 7));
}

#[test]
fn the_age_on_delivery_is_the_median_of_deliveries_whose_goods_showed_a_new_date() {
    let mut shop = Shop::engine();
    shop.fields.shelf_life = Some(ShelfLife::Days(60));
    let age = |shop: &Shop| shop.history(YOGURT, day(30)).delivery_age;
    shop.visit(day(3), &[(YOGURT, ordering(dated(10, &[("2026-10-20", "")]), 12))]);
    assert_eq!(age(&shop), None, "nobody knows when the first goods came");
    // Came on the 4th, made on the 30th of October: 5 days.
    shop.visit(day(10), &[(YOGURT, ordering(dated(15, &[("2026-10-20", "3"), ("2026-10-30", "12")]), 12))]);
    assert_eq!(age(&shop), Some(5));
    // The same newest date again tells nothing.
    shop.visit(day(17), &[(YOGURT, ordering(dated(15, &[("2026-10-30", "15")]), 12))]);
    assert_eq!(age(&shop), Some(5));
    // Came on the 18th, made on the 17th: 1 day; then on the 25th made on the 16th would be older: not new.
    shop.visit(day(24), &[(YOGURT, ordering(dated(15, &[("2026-11-17", "12")]), 12))]);
    assert_eq!(age(&shop), Some(3), "between 5 and 1");
    assert_eq!(shop.ground(day(30)).policy(&shop.fields, &shop.history(YOGURT, day(30))).line.fresh_days, Some(57));
}

#[test]
fn goods_by_date_are_kept_and_what_expires_unsold_is_not_usable() {
    let mut shop = shop();
    shop.fields.shelf_life = Some(ShelfLife::Days(21));
    // 14 sold, 2 a day. Of 12 made on 23 October 3 days are left: 6 of them expire unsold.
    let line = dated(20, &[("2026-10-23", "12")]);
    let change = shop.try_visit(day(10), &[(YOGURT, line.clone())]).unwrap();
    let lots = &visit_of(&change).lines[0].lots;
    assert_eq!((lots.len(), lots[0].units(), lots[0].expires), (1, 12, Some(day(13))));
    let number = number(&shop, &line, day(10));
    assert_eq!((number.available(), number.order), (Units(14), Units(7)));
    let gone = dated(20, &[("2026-10-20", "12")]);
    assert!(support::number(&shop, &gone, day(10)).has(Flag::Expired));
    let wrong = shop.try_visit(day(10), &[(YOGURT, dated(5, &[("1020", "12")]))]);
    assert_eq!(wrong, Err(vec![FinishProblem::Lots(YOGURT)]));
}

#[test]
fn settings_of_product_and_rep_reach_the_engine() {
    let order = |set: &dyn Fn(&mut Shop)| {
        let mut shop = shop();
        set(&mut shop);
        number(&shop, &counted(20), day(10)).order
    };
    assert_eq!(order(&|_| {}), Units(1));
    assert_eq!(order(&|shop| shop.settings.reckoning.packing = Packing::Cases), Units(12));
    assert_eq!(order(&|shop| shop.settings.reckoning.packing = Packing::CasesGuarded), Units(0));
    assert_eq!(order(&|shop| shop.fields.minimum_order = Units(6)), Units(6));
    assert_eq!(order(&|shop| shop.fields.minimum_display = Units(40)), Units(20));
    assert_eq!(order(&|shop| shop.fields.capacity = Units(20)), Units(0));
    let promotion = |until| Promotion { until, uplift: Uplift::parse("2").unwrap().unwrap() };
    assert_eq!(order(&|shop| shop.fields.promotion = Some(promotion(day(15)))), Units(11), "five days at twice the pace");
    assert_eq!(order(&|shop| shop.fields.promotion = Some(promotion(day(10)))), Units(1), "over");
    assert_eq!(order(&|shop| shop.customer.fields.lead_days = 5), Units(4), "R + L are longer than the factor's days");
}

#[test]
fn an_order_on_the_phone_reckons_what_should_be_there() {
    let mut shop = shop();
    let by_phone = |shop: &Shop, on| reading_with(shop, &LineDraft::default(), on, |draft| draft.by_phone = true).suggestion;
    assert_eq!(by_phone(&shop, day(8)), Suggestion::NotCounted, "one count has no rate");
    shop.visit(day(10), &[(YOGURT, ordering(counted(20), 6))]);
    let Suggestion::Number(number) = by_phone(&shop, day(13)) else { panic!() };
    // 20 + 6 that came on the 11th, less 3 days at 2; 4 days to the next visit, times 1.5.
    assert_eq!((number.current, number.is_estimate, number.order), (Units(20), true, Units(0)));
    let Suggestion::Number(later) = by_phone(&shop, day(22)) else { panic!() };
    assert_eq!((later.current, later.answer.unwrap().sum.unwrap().target, later.order), (Units(2), Exact::whole(6), Units(4)));
    assert_eq!(shop.history(YOGURT, day(30)).estimate(Exact::whole(2), day(30)), Some(Units::ZERO), "never less than nothing");
    // It is what should be there, not what was ordered: the owner says.
    let phone = |draft: &mut VisitDraft| draft.by_phone = true;
    assert_eq!(reading_with(&shop, &LineDraft::default(), day(22), phone).quantity, None);
    let mut chosen = ordering(LineDraft::default(), 24);
    chosen.choice.as_mut().unwrap().reason = None;
    assert_eq!(reading_with(&shop, &chosen, day(22), phone).choice_problem, None, "another quantity needs no reason");
    // Ordered, it is on its way: a second call the same day asks for nothing more.
    shop.phone_order(day(22), 4);
    assert_eq!(by_phone(&shop, day(22)).order(), Some(Units(0)));
    assert!(shop.events.visits.iter().all(|visit| visit.on != day(22)), "no visit, no count");
}

#[test]
fn a_line_is_marked_where_one_case_counted_wrong_would_move_the_order() {
    let shop = shop();
    assert_eq!(number(&shop, &counted(20), day(10)).order, Units(1));
    // 12 fewer left: 26 sold, 39 wanted, 8 there.
    assert_eq!(reading(&shop, &counted(20), day(10)).recount, Some(30));
    // A case less is still far more than it sells.
    let mut plenty = Shop::engine();
    plenty.visit(day(3), &[(YOGURT, ordering(counted(80), 24))]);
    assert_eq!(number(&plenty, &counted(100), day(10)).order, Units(0));
    assert_eq!(reading(&plenty, &counted(100), day(10)).recount, None);
    assert_eq!(reading(&plenty, &LineDraft::default(), day(10)).recount, None, "not counted");
    assert_eq!(reading(&plenty, &counted(200), day(10)).recount, None, "a question, no order");
}

#[test]
fn ten_times_the_usual_is_asked_once() {
    let mut shop = Shop::engine();
    for (on, units) in [(3, 4), (10, 6), (17, 5)] {
        shop.visit(day(on), &[(YOGURT, ordering(counted(units), 0))]);
    }
    let unusual = |units| reading(&shop, &counted(units), day(24)).unusual;
    assert_eq!((unusual(49), unusual(50)), (None, Some(Units(5))));
    let trusted = LineDraft { trusted: Some(Units(50)), ..counted(50) };
    assert_eq!(reading(&shop, &trusted, day(24)).unusual, None);
    let another = LineDraft { trusted: Some(Units(50)), ..counted(500) };
    assert_eq!(reading(&shop, &another, day(24)).unusual, Some(Units(5)), "another figure is asked again");
    assert_eq!(reading(&Shop::engine(), &counted(500), day(24)).unusual, None, "nothing is usual yet");
}

#[test]
fn shelf_work_is_kept_done_or_not() {
    let mut shop = shop();
    shop.fields = ProductFields { front_capacity: Units(12), shelf_life: Some(ShelfLife::Days(21)), ..shop.fields };
    let line = |front: &str, back: &str, lots: &[(&str, &str, &str)]| LineDraft {
        front: front.into(),
        back_loose: back.into(),
        lots: lots
            .iter()
            .map(|(date, front, back)| LotDraft { date: (*date).into(), front: (*front).into(), back: (*back).into() })
            .collect(),
        ..LineDraft::default()
    };
    let work = |product: ProductId, kind, units, done| ShelfWork { product, kind, units: Units(units), done };
    let lines = [
        // Five may come to the front; the eight behind are older.
        (YOGURT, line("7", "9", &[("1106", "7", ""), ("1101", "", "9")])),
        // Expired since the 9th.
        (WATER, line("12", "0", &[("2026-10-19", "4", "")])),
    ];
    let change = shop.visit_with(day(10), &lines, |draft| {
        draft.work = vec![work(WATER, Kind::TakeOff, 4, false)];
        draft.taught.insert(Topic::Fifo);
    });
    let visit = visit_of(&change);
    assert_eq!(
        visit.work,
        vec![work(WATER, Kind::TakeOff, 4, true), work(YOGURT, Kind::Fill, 5, false), work(YOGURT, Kind::Swap, 7, false),]
    );
    assert!(visit.taught.contains(&Topic::Fifo));
    // A correction begins with what was done.
    let draft = VisitDraft::correcting(visit.id, visit, None);
    assert_eq!(draft.work, vec![work(WATER, Kind::TakeOff, 4, true)]);
    assert_eq!((draft.taught.len(), draft.started.date()), (1, noon(day(10)).date()));
}

#[test]
fn a_correction_begins_with_dates_notes_and_closed_days_as_they_were_typed() {
    let mut shop = shop();
    shop.fields.shelf_life = Some(ShelfLife::Days(21));
    let line = noting(dated(20, &[("2026-10-23", "12")]), note(|note| (note.returned, note.a_week) = ("2".into(), "8".into())));
    let first = shop.visit_with(day(10), &[(YOGURT, line)], |draft| draft.closed_days = "1".into());
    let draft = VisitDraft::correcting(visit_of(&first).id, visit_of(&first), None);
    assert_eq!(draft.closed_days, "1");
    let again = shop.correct(visit_of(&first).id, &[(YOGURT, draft.lines[&YOGURT].clone())]);
    assert_eq!(visit_of(&again).notes, visit_of(&first).notes);
    assert_eq!(visit_of(&again).lines[0].lots, visit_of(&first).lines[0].lots);
    assert_eq!(shop.history(YOGURT, day(17)).cycles.len(), 1, "one visit of that day stands");
}
