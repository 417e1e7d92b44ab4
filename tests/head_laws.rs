//! A head follows from the shop's events and from nothing else: what it says after visits, orders, contacts and promises, in whatever
//! order they are read, and that the short way of one more contact leads to the same head.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "support/follow.rs"]
mod follow;
mod support;

use chrono::{Days, NaiveDate};
use follow::{at, date, money, promise, touch};
use proptest::prelude::*;
use shelfwise::domain::channel::Channel;
use shelfwise::domain::delivery::Came;
use shelfwise::domain::episode::{Closed, Episode, EpisodeEnd, EpisodeKind};
use shelfwise::domain::head::{EarliestLot, Head, HeadRate};
use shelfwise::domain::head_of::Happened;
use shelfwise::domain::id::EpisodeId;
use shelfwise::domain::lots::LotDraft;
use shelfwise::domain::money::Money;
use shelfwise::domain::note::{NoteDraft, Reply};
use shelfwise::domain::promise::{Dependency, End, Ended, Promise};
use shelfwise::domain::touch::Touch;
use shelfwise::domain::visit::Outcome;
use support::{Shop, YOGURT, counted, day, noting, order_of, ordering, stamp};
use uuid::Uuid;

fn head_with(shop: &Shop, touches: &[Touch], promises: &[Promise], episodes: &[Episode]) -> Head {
    Head::of(&shop.customer, Happened { events: &shop.events, touches, promises, episodes }, None, stamp(5))
}

fn head(shop: &Shop) -> Head {
    head_with(shop, &[], &[], &[])
}

#[test]
fn stock_is_the_last_count_and_what_was_ordered_since() {
    let mut shop = Shop::engine();
    shop.visit(day(3), &[(YOGURT, ordering(counted(10), 12))]);
    let order = order_of(&shop.visit(day(10), &[(YOGURT, ordering(counted(8), 24))])).id;
    let line = head(&shop).lines[0];
    assert_eq!((line.product, line.stock, line.counted_on), (YOGURT, 32, day(10)));
    assert_eq!(line.rate, HeadRate { units: 2, days: 1 }, "14 in 7 days");
    shop.note(order, day(11), Came::Short(vec![(YOGURT, shelfwise::domain::quantity::Units(12))]), false);
    assert_eq!(head(&shop).lines[0].stock, 20, "half of it came");
    shop.note(order, day(12), Came::Cancelled, false);
    assert_eq!(head(&shop).lines[0].stock, 8);
    shop.phone_order(day(13), 6);
    assert_eq!(head(&shop).lines[0].stock, 14);
}

#[test]
fn a_line_that_the_shop_gave_up_is_in_no_head_and_a_new_one_has_no_rate() {
    let mut shop = Shop::engine();
    shop.visit(day(3), &[(YOGURT, counted(10))]);
    assert_eq!(head(&shop).lines[0].rate, HeadRate { units: 0, days: 1 });
    let gone = NoteDraft { answer: Some(Reply::Delist), ..NoteDraft::default() };
    shop.visit(day(10), &[(YOGURT, ordering(noting(counted(0), gone), 0))]);
    assert_eq!(head(&shop).lines, Vec::new());
}

#[test]
fn the_earliest_lot_is_the_one_that_expires_first() {
    let mut shop = Shop::engine();
    let lot = |date: &str, front: &str| LotDraft { date: date.into(), front: front.into(), back: String::new() };
    let mut line = counted(10);
    line.lots = vec![lot("e2026-12-20", "4"), lot("e2026-11-28", "6")];
    shop.visit(day(3), &[(YOGURT, line)]);
    assert_eq!(head(&shop).lines[0].earliest, Some(EarliestLot { expires: day(28), units: 6 }));
}

#[test]
fn visits_calls_and_orders_by_phone_are_contacts_and_a_closed_door_is_none() {
    let mut shop = Shop::engine();
    shop.visit(day(3), &[(YOGURT, counted(10))]);
    shop.not_made(day(10), Outcome::Closed, day(11));
    let known = head(&shop);
    assert_eq!((known.called_on, known.visited_on, known.touched_on), (None, Some(day(3)), Some(day(3))));
    shop.phone_order(day(12), 6);
    let known = head(&shop);
    assert_eq!((known.called_on, known.touched_on, known.follow_ups), (Some(day(12)), Some(day(12)), 1));
    let touches = [
        touch(1, at(11, 12, 9, 0), Channel::Phone),
        touch(2, at(11, 13, 9, 0), Channel::Chat),
        touch(3, at(11, 3, 9, 0), Channel::Visit),
        touch(4, at(11, 14, 9, 0), Channel::Visit),
    ];
    let known = head_with(&shop, &touches, &[], &[]);
    assert_eq!(known.touches, [day(3), day(12), day(13), day(14)], "the call was the order's, the visit the counted one");
    assert_eq!((known.called_on, known.visited_on, known.touched_on), (Some(day(12)), Some(day(14)), Some(day(14))));
    assert_eq!(known.follow_ups, 3);
}

#[test]
fn a_touch_taken_back_never_was_and_a_corrected_one_stands_where_it_is_put() {
    let shop = Shop::engine();
    let call = touch(1, at(11, 20, 9, 0), Channel::Phone);
    let undo = Touch { corrects: Some(call.id), withdrawn: true, ..touch(2, at(11, 20, 9, 1), Channel::Phone) };
    assert_eq!(head_with(&shop, &[call.clone(), undo], &[], &[]).touched_on, None);
    let moved = Touch { corrects: Some(call.id), ..touch(3, at(11, 18, 9, 0), Channel::Sms) };
    let known = head_with(&shop, &[moved, call], &[], &[]);
    assert_eq!((known.called_on, known.touched_on), (None, Some(day(18))));
}

#[test]
fn only_the_last_fourteen_days_of_contacts_are_kept_one_by_one() {
    let shop = Shop::engine();
    let touches: Vec<Touch> = (1..=20).map(|on| touch(on.into(), at(11, on, 9, 0), Channel::Sms)).collect();
    let known = head_with(&shop, &touches, &[], &[]);
    assert_eq!((known.touches.first(), known.touches.len(), known.follow_ups), (Some(&day(7)), 14, 19));
}

#[test]
fn a_shop_buys_a_week_what_its_orders_last() {
    let mut shop = Shop::engine();
    shop.customer.fields.cycle = shelfwise::domain::customer::VisitCycle::new(14).unwrap();
    assert_eq!(head(&shop).weekly, Money::ZERO);
    shop.visit(day(3), &[(YOGURT, ordering(counted(10), 20))]);
    assert_eq!(head(&shop).weekly, money("45.00"), "90 for its cycle of two weeks");
    shop.visit(day(10), &[(YOGURT, ordering(counted(10), 20))]);
    shop.visit(day(17), &[(YOGURT, ordering(counted(10), 20))]);
    assert_eq!(head(&shop).weekly, money("90.00"), "one order a week");
    let mut monthly = Shop::engine();
    monthly.visit(day(1), &[(YOGURT, ordering(counted(10), 20))]);
    monthly.visit(day(29), &[(YOGURT, ordering(counted(10), 20))]);
    assert_eq!(head(&monthly).weekly, money("22.50"), "one in four");
}

#[test]
fn open_promises_and_the_last_open_complaint_are_at_hand() {
    let shop = Shop::engine();
    let open = Promise {
        text: "字".repeat(100),
        needs: Some(Dependency { department: "仓库".into(), person: "老张".into(), chase_at: at(11, 24, 12, 0), chased: None }),
        ..promise(2, at(11, 22, 17, 0), at(11, 25, 12, 0))
    };
    let end = |how, on| Some(Ended { how, at: on, note: String::new() });
    let kept = Promise { end: end(End::Kept, at(11, 21, 9, 0)), ..promise(3, at(11, 20, 9, 0), at(11, 21, 12, 0)) };
    let late = Promise { end: end(End::Kept, at(11, 21, 13, 0)), ..promise(4, at(11, 20, 9, 0), at(11, 21, 12, 0)) };
    let first = promise(5, at(11, 22, 9, 0), at(11, 26, 12, 0));
    let complaint = |number: u128, on, closed| Episode {
        id: EpisodeId(Uuid::from_u128(number)),
        envelope: follow::envelope(1),
        customer: shop.customer.id,
        kind: EpisodeKind::Complaint,
        title: "漏包".into(),
        opened_on: on,
        closed,
    };
    let closed = Some(Closed { on: day(21), how: EpisodeEnd::Solved, why: String::new() });
    let episodes = [complaint(1, day(20), closed), complaint(2, day(18), None), complaint(3, day(12), None)];
    let known = head_with(&shop, &[], &[open.clone(), kept, late, first.clone()], &episodes);
    assert_eq!((known.kept, known.broken), (1, 1), "kept too late is broken");
    assert_eq!(known.promises.iter().map(|promise| promise.id).collect::<Vec<_>>(), [first.id, open.id]);
    let shown = &known.promises[1];
    assert_eq!((shown.text.chars().count(), shown.chase_at, shown.needs.as_str()), (60, Some(at(11, 24, 12, 0)), "仓库 老张"));
    assert_eq!(known.complaint.map(|complaint| complaint.opened_on), Some(day(18)));
}

#[test]
fn a_visit_dated_a_year_ahead_does_not_stop_the_clocks_for_a_year() {
    let mut shop = Shop::engine();
    shop.visit(day(3), &[(YOGURT, counted(30))]);
    shop.visit(NaiveDate::from_ymd_opt(2027, 11, 10).unwrap(), &[(YOGURT, counted(24))]);
    shop.visit(day(17), &[(YOGURT, counted(20))]);
    shop.visit(day(24), &[(YOGURT, counted(16))]);
    let known = head(&shop);
    assert_eq!((known.visited_on, known.touched_on), (Some(day(24)), Some(day(24))));
    assert_eq!(known.lines[0].counted_on, day(24));
}

/// A shop with some weeks of visits, its touches by day, channel and which earlier one each corrects.
fn grown(counts: &[(u64, i64, i64)]) -> Shop {
    let mut shop = Shop::engine();
    let mut on = date(9, 1);
    for (days, count, order) in counts {
        on = on.checked_add_days(Days::new(*days)).unwrap();
        shop.visit(on, &[(YOGURT, ordering(counted(*count), *order))]);
    }
    shop
}

fn touches(raw: &[(u64, usize, bool)]) -> Vec<Touch> {
    let contact = |(place, (days, channel, corrects)): (usize, &(u64, usize, bool))| {
        let on = date(9, 1).checked_add_days(Days::new(*days)).unwrap().and_hms_opt(9, 0, 0).unwrap();
        let number = place as u128 + 1;
        let corrects = (*corrects && place > 0).then(|| touch(number - 1, on, Channel::Sms).id);
        Touch { corrects, ..touch(number, on, Channel::ALL[*channel]) }
    };
    raw.iter().enumerate().map(contact).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn the_order_of_reading_makes_no_difference(
        counts in proptest::collection::vec((1_u64..12, 0_i64..60, 0_i64..60), 0..6),
        raw in proptest::collection::vec((0_u64..80, 0_usize..6, any::<bool>()), 0..8),
        turn in 0_usize..8,
    ) {
        let shop = grown(&counts);
        let contacts = touches(&raw);
        let made = head_with(&shop, &contacts, &[], &[]);
        let mut other = shop.clone();
        other.events.visits.rotate_left(turn % counts.len().max(1));
        other.events.orders.reverse();
        let mut turned = contacts.clone();
        turned.rotate_left(turn % contacts.len().max(1));
        prop_assert_eq!(&head_with(&other, &turned, &[], &[]), &made);
        // Made anew over itself, only its envelope counts on.
        let happened = Happened { events: &shop.events, touches: &contacts, promises: &[], episodes: &[] };
        let again = Head::of(&shop.customer, happened, Some(&made), stamp(6));
        prop_assert_eq!(Head { envelope: made.envelope, ..again.clone() }, made);
        prop_assert_eq!(again.envelope.rev, 2);
    }

    #[test]
    fn one_more_contact_by_the_short_way_is_the_head_made_anew(
        counts in proptest::collection::vec((1_u64..12, 0_i64..60, 0_i64..60), 0..6),
        raw in proptest::collection::vec((0_u64..80, 0_usize..6, any::<bool>()), 0..8),
        (days, channel) in (0_u64..80, 0_usize..6),
        phone_order in proptest::option::of(0_u64..80),
    ) {
        let mut shop = grown(&counts);
        if let Some(days) = phone_order {
            shop.phone_order(date(9, 1).checked_add_days(Days::new(days)).unwrap(), 6);
        }
        let mut contacts = touches(&raw);
        let before = head_with(&shop, &contacts, &[], &[]);
        let new = Touch { corrects: None, ..touch(900, (date(9, 1) + Days::new(days)).and_hms_opt(18, 0, 0).unwrap(), Channel::ALL[channel]) };
        let short = before.after(&new, stamp(6));
        contacts.push(new);
        let happened = Happened { events: &shop.events, touches: &contacts, promises: &[], episodes: &[] };
        let anew = Head::of(&shop.customer, happened, Some(&before), stamp(6));
        prop_assert!(short.is_none() || short == Some(anew));
        // The common case goes the short way: the newest contact, no visit.
        let is_newest = before.touched_on.is_none_or(|last| last < date(9, 1) + Days::new(days));
        prop_assert!(short.is_some() || !is_newest || Channel::ALL[channel] == Channel::Visit);
    }
}
