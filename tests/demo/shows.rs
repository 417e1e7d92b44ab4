//! What the demonstration has to show: every screen finds something of every kind.

use super::{TONGUES, demo, moments, now};
use chrono::NaiveDate;
use shelfwise::domain::customer::CustomerClass;
use shelfwise::domain::delivery::{self, Came, Whereabouts};
use shelfwise::domain::demo::Tongue;
use shelfwise::domain::dispatch::{Dispatch, State};
use shelfwise::domain::history;
use shelfwise::domain::id::OrderId;
use shelfwise::domain::order::{Channel, Order, Reason};
use shelfwise::domain::product::ShelfLife;
use shelfwise::domain::quantity::{PackSize, Units};
use shelfwise::domain::suggestion::Suggestion;
use shelfwise::domain::today::Why;
use shelfwise::domain::visit::{Outcome, ShelfTask, Visit};
use std::collections::BTreeSet;

#[test]
fn the_plan_of_today_has_something_of_everything() {
    for now in moments() {
        for tongue in TONGUES {
            let plan = demo(tongue, now).plan(now.date());
            let sizes = [&plan.done, &plan.tried, &plan.due, &plan.overdue, &plan.unplanned].map(Vec::len);
            assert_eq!(sizes, [3, 1, 6, 3, 1], "{now}");
            assert!(plan.soon.len() >= 8, "{now}");
            assert!(plan.due.iter().any(|row| matches!(row.why, Why::Cycle(14))));
            assert!(plan.due.iter().any(|row| row.last_visit.is_none()), "a new shop");
            assert!(plan.overdue.iter().all(|row| matches!(row.why, Why::Overdue { days: 1..=14, .. })));
        }
    }
}

#[test]
fn the_list_shows_every_kind_of_product() {
    let demo = demo(Tongue::Chinese, now());
    let fields: Vec<_> = demo.products.iter().map(|product| &product.fields).collect();
    assert!(
        fields.iter().any(|f| f.shelf_life == Some(ShelfLife::Days(16)))
            && fields.iter().any(|f| f.shelf_life == Some(ShelfLife::Months(18)))
    );
    assert!(fields.iter().any(|f| f.size == PackSize::ONE) && fields.iter().any(|f| f.minimum_order.0 > 0));
    assert!(fields.iter().any(|f| f.prices.unit.is_none()) && fields.iter().any(|f| f.prices.case.is_none()));
    assert!(fields.iter().all(|f| f.front_capacity.0 > 0 && f.display_order > 0 && !f.prices.is_missing()));
}

#[test]
fn the_list_shows_every_kind_of_shop() {
    let demo = demo(Tongue::Chinese, now());
    let shops = &demo.customers;
    let of = |class| shops.iter().filter(|shop| shop.fields.class == class).count();
    assert!([Some(CustomerClass::A), Some(CustomerClass::B), Some(CustomerClass::C), None].into_iter().all(|class| of(class) > 0));
    assert_eq!(shops.iter().map(|shop| &shop.fields.area).collect::<BTreeSet<_>>().len(), 4);
    assert_eq!(shops.iter().map(|shop| shop.fields.lead_days).collect::<BTreeSet<_>>(), BTreeSet::from([1, 2, 3]));
    assert_eq!(shops.iter().filter(|shop| !shop.fields.has_back_stock).count(), 1);
    assert!(shops.iter().all(|shop| (8..=20).contains(&shop.range.len()) && !shop.fields.opening_hours.is_empty()));
    assert!(shops.iter().filter(|shop| !shop.fields.note.is_empty()).count() >= 5);
    let phones: BTreeSet<&str> = shops.iter().map(|shop| shop.fields.phone.as_str()).collect();
    assert_eq!(phones.len(), shops.len() - 1, "two shops share a phone");
    for shop in shops {
        assert!(shop.range.iter().all(|id| demo.book.product(*id).unwrap().is_active()));
    }
}

#[test]
fn what_can_happen_on_a_visit_has_happened() {
    for now in moments() {
        let demo = demo(Tongue::Chinese, now);
        for outcome in Outcome::NOT_MADE {
            assert!(demo.visits().any(|visit| visit.outcome == outcome && visit.agreed.next_on.is_some()), "{outcome:?}");
        }
        assert_eq!(demo.visits().filter(|visit| visit.corrects.is_some()).count(), 2, "{now}");
        let of_a_day = |visit: &&Visit| {
            demo.events[&visit.customer].standing().visits.iter().filter(|other| other.on == visit.on && other.outcome.is_made()).count()
                == 2
        };
        assert_eq!(demo.visits().filter(of_a_day).count(), 2, "a second count");
        assert!(demo.visits().any(|visit| visit.outcome.is_made() && visit.lines.len() < visit.range as usize));
        assert!(demo.visits().any(|visit| visit.shelf.len() == ShelfTask::ALL.len()) && demo.visits().any(|visit| visit.shelf.len() < 4));
        assert!(
            demo.visits().any(|visit| !visit.agreed.competitor.is_empty()) && demo.visits().any(|visit| !visit.agreed.opinion.is_empty())
        );
        assert_eq!(demo.visits().filter(|visit| visit.agreed.class.is_some()).count(), 2);
        assert!(demo.summaries.values().filter(|summary| summary.stock_outs > 0).count() >= 3, "{now}");
        let last_day = demo.visits().filter(|visit| visit.outcome.is_made() && visit.on == now.date());
        assert_eq!(last_day.count(), 3);
    }
}

#[test]
fn promises_are_overdue_due_today_and_still_to_come() {
    for now in moments() {
        let due: Vec<NaiveDate> =
            demo(Tongue::Chinese, now).visits().filter_map(|visit| visit.agreed.promise_due).map(|due| due.date()).collect();
        assert!(due.iter().any(|day| *day < now.date()) && due.contains(&now.date()) && due.iter().any(|day| *day > now.date()), "{now}");
    }
}

#[test]
fn every_answer_of_the_engine_is_among_the_counts() {
    for now in moments() {
        let demo = demo(Tongue::Chinese, now);
        let has = |wanted: fn(&Suggestion) -> bool| demo.suggestions().any(|(_, suggestion)| wanted(&suggestion));
        assert!(has(|s| matches!(s, Suggestion::FirstCount { .. })) && has(|s| matches!(s, Suggestion::ZeroTrap { .. })));
        assert!(has(|s| matches!(s, Suggestion::NegativeSales { .. })) && has(|s| s.order() == Some(Units::ZERO)));
        let numbers = demo.suggestions().filter(|(_, s)| matches!(s, Suggestion::Number(_))).count();
        let odd = demo.suggestions().filter(|(_, s)| matches!(s, Suggestion::NegativeSales { .. } | Suggestion::ZeroTrap { .. })).count();
        assert!(odd * 20 < numbers, "{now}: {odd} of {numbers} are questions");
        // Shops still to be visited today: a trap in one, a line that will not add up in another.
        let waiting: Vec<_> = demo.plan(now.date()).due.iter().map(|row| row.id()).collect();
        let pasts = waiting.iter().filter_map(|id| demo.events.get(id)).flat_map(|events| history::lines(events, now.date()).into_values());
        let pasts: Vec<_> = pasts.filter(|past| past.ordered == Units::ZERO && past.last_rate.is_some()).collect();
        assert!(pasts.iter().any(|past| past.basis().is_some_and(|basis| basis.previous == Units::ZERO)), "{now}: a zero trap");
        assert!(pasts.iter().any(|past| past.basis().is_some_and(|basis| basis.previous == Units(1))), "{now}: a miscount");
    }
}

#[test]
fn orders_have_met_every_fate() {
    for now in moments() {
        let (demo, today) = (demo(Tongue::Chinese, now), now.date());
        let notes = |came: fn(&Came) -> bool| demo.deliveries().filter(|note| came(&note.came)).count();
        let (full, short) = (notes(|c| matches!(c, Came::InFull)), notes(|c| matches!(c, Came::Short(_))));
        assert!(full >= 10 && short >= 2 && notes(|c| matches!(c, Came::Cancelled)) == 1, "{now}: {full} {short}");
        assert!(demo.deliveries().any(|note| note.after_count));
        let on_order = demo.events.values().any(|events| {
            let standing = events.standing();
            let place = |order: &Order| delivery::whereabouts(order, standing.delivery_of(order), today);
            let noted = |order: &&Order| matches!(standing.delivery_of(order).map(|note| &note.came), Some(Came::NotYet(_)));
            standing.orders.iter().filter(noted).any(|order| matches!(place(order), Whereabouts::OnOrder { .. }))
        });
        assert!(on_order, "{now}");
        assert!(demo.orders().filter(|order| order.channel == Channel::Phone && order.visit.is_none()).count() == 6);
        let lines: Vec<_> = demo.orders().flat_map(|order| &order.lines).collect();
        assert!(lines.iter().any(|line| !line.free.is_zero() && line.deal.is_some()));
        assert!(lines.iter().any(|line| line.list.is_some() && line.deal.is_some()));
        for reason in Reason::ALL {
            assert!(lines.iter().any(|line| line.reason == Some(reason)), "{now}: {reason:?}");
        }
        assert!(lines.iter().filter(|line| line.is_empty() && line.suggested > Some(Units::ZERO)).count() >= 5, "declined");
        let suggested: Vec<_> = lines.iter().filter(|line| line.suggested.is_some()).collect();
        let taken = suggested.iter().filter(|line| line.suggested == Some(line.units())).count();
        assert!(taken * 4 > suggested.len() * 3, "{now}: {taken} of {}", suggested.len());
    }
}

#[test]
fn orders_of_today_wait_and_one_that_was_put_right_has_to_be_sent_again() {
    for now in moments() {
        let demo = demo(Tongue::Chinese, now);
        let standing: Vec<&Dispatch> = demo.dispatches.values().filter(|dispatch| !dispatch.envelope.deleted).collect();
        let again: Vec<_> = standing.iter().filter(|dispatch| matches!(dispatch.state(), State::ToSendAgain(_))).collect();
        let drafts: Vec<_> = standing.iter().filter(|dispatch| dispatch.state() == State::Draft).collect();
        assert_eq!((again.len(), drafts.len()), (1, 4), "{now}");
        assert!(again[0].on < now.date() && drafts.iter().all(|dispatch| dispatch.on == now.date()));
        assert_eq!(demo.book.unsent().len(), 5);
        // Each order that stands has its way, and each way its order.
        let orders: BTreeSet<OrderId> =
            demo.events.values().flat_map(|events| events.standing().orders).filter(|o| o.total().products > 0).map(|o| o.id).collect();
        assert_eq!(standing.iter().map(|dispatch| dispatch.id).collect::<BTreeSet<_>>(), orders);
    }
}
