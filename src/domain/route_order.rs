//! The order in which a day's shops are driven to: by area, then as the rep put them by hand. The stored list of ids may be older than
//! the shops: who is not in it stands behind the shops of its area, so that nobody is missing and nobody comes twice.

use super::id::CustomerId;
use super::sorting;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// An order by hand as it is stored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ByHand {
    pub shops: Vec<CustomerId>,
}

/// One shop to put in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop<'a> {
    pub id: CustomerId,
    pub area: &'a str,
    pub name: &'a str,
}

/// The ids of `stops` in the order to drive: those in `by_hand` as they are there, any other behind the last one of its area, without
/// such behind all others, by area and name. Shops without an area come last.
pub fn in_order(stops: Vec<Stop<'_>>, by_hand: &[CustomerId]) -> Vec<CustomerId> {
    let areas: BTreeMap<CustomerId, &str> = stops.iter().map(|stop| (stop.id, stop.area)).collect();
    let mut seen = BTreeSet::new();
    let mut ordered: Vec<CustomerId> = by_hand.iter().filter(|id| areas.contains_key(id) && seen.insert(**id)).copied().collect();
    let by_area =
        sorting::by_key(stops, |stop| (i64::from(stop.area.is_empty()), format!("{}\u{0}{}\u{0}{}", stop.area, stop.name, stop.id)));
    for stop in by_area.into_iter().filter(|stop| seen.insert(stop.id)) {
        let neighbour = ordered.iter().rposition(|id| areas.get(id).is_some_and(|area| !area.is_empty() && *area == stop.area));
        ordered.insert(neighbour.map_or(ordered.len(), |at| at + 1), stop.id);
    }
    ordered
}

/// Where a shop goes by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// One place towards the beginning of what is shown.
    Up,
    Down,
    /// Where it was let go: before this one of those shown.
    Before(CustomerId),
    Last,
}

/// The list to store after `id` was moved, of which `shown` are to be seen in this order: those not shown today keep their neighbours.
pub fn moved(by_hand: &[CustomerId], shown: &[CustomerId], id: CustomerId, how: Move) -> Vec<CustomerId> {
    let mut order: Vec<CustomerId> = shown.to_vec();
    let Some(from) = order.iter().position(|known| *known == id) else { return by_hand.to_vec() };
    order.remove(from);
    let to = match how {
        Move::Up => from.saturating_sub(1),
        Move::Down => from + 1,
        Move::Before(other) => order.iter().position(|known| *known == other).unwrap_or(from),
        Move::Last => order.len(),
    };
    order.insert(to.min(order.len()), id);
    // Those not shown stay behind the one they stood behind; in front where they stood in front.
    let is_shown: BTreeSet<CustomerId> = shown.iter().copied().collect();
    let mut behind: BTreeMap<Option<CustomerId>, Vec<CustomerId>> = BTreeMap::new();
    let mut last = None;
    let mut seen = BTreeSet::new();
    for known in by_hand.iter().filter(|known| seen.insert(**known)) {
        if is_shown.contains(known) {
            last = Some(*known);
        } else {
            behind.entry(last).or_default().push(*known);
        }
    }
    let mut stored = behind.remove(&None).unwrap_or_default();
    for shop in order {
        stored.push(shop);
        stored.extend(behind.remove(&Some(shop)).unwrap_or_default());
    }
    stored
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn id(number: u128) -> CustomerId {
        CustomerId(uuid::Uuid::from_u128(number))
    }

    fn ids(numbers: &[u128]) -> Vec<CustomerId> {
        numbers.iter().map(|number| id(*number)).collect()
    }

    fn stop(number: u128, area: &'static str, name: &'static str) -> Stop<'static> {
        Stop { id: id(number), area, name }
    }

    fn day() -> Vec<Stop<'static>> {
        vec![stop(1, "东", "b"), stop(2, "", "z"), stop(3, "东", "a"), stop(4, "西", "c"), stop(5, "北", "d")]
    }

    #[test]
    fn without_a_hand_shops_go_by_area_then_name_and_those_without_an_area_last() {
        assert_eq!(in_order(day(), &[]), ids(&[3, 1, 5, 4, 2]));
    }

    #[test]
    fn a_new_shop_stands_behind_those_of_its_area() {
        assert_eq!(in_order(day(), &ids(&[4, 1])), ids(&[4, 1, 3, 5, 2]));
        assert_eq!(in_order(day(), &ids(&[2, 9, 2, 4])), ids(&[2, 4, 3, 1, 5]), "who is not due today is left out, and nobody is twice");
    }

    #[test]
    fn a_shop_moves_among_those_shown_and_takes_nobody_along() {
        let stored = ids(&[1, 8, 2, 3, 9]);
        let shown = ids(&[1, 2, 3]);
        assert_eq!(moved(&stored, &shown, id(3), Move::Up), ids(&[1, 8, 3, 9, 2]));
        assert_eq!(moved(&stored, &shown, id(1), Move::Down), ids(&[2, 1, 8, 3, 9]));
        assert_eq!(moved(&stored, &shown, id(3), Move::Before(id(1))), ids(&[3, 9, 1, 8, 2]));
        assert_eq!(moved(&stored, &shown, id(1), Move::Last), ids(&[2, 3, 9, 1, 8]));
        assert_eq!(moved(&stored, &shown, id(1), Move::Up), stored, "the first goes no higher");
        assert_eq!(moved(&stored, &shown, id(7), Move::Up), stored, "not shown");
        assert_eq!(moved(&[], &shown, id(3), Move::Up), ids(&[1, 3, 2]), "the first time");
    }

    proptest! {
        #[test]
        fn nobody_is_lost_and_nobody_comes_twice(
            by_hand in proptest::collection::vec(0_u128..12, 0..16),
            moves in proptest::collection::vec((0_u128..12, 0_usize..4, 0_u128..12), 0..8),
        ) {
            let shown: Vec<Stop> = (0..6).map(|at| stop(at, if at % 2 == 0 { "东" } else { "" }, "n")).collect();
            let mut hand = ids(&by_hand);
            let mut known: BTreeSet<CustomerId> = hand.iter().copied().collect();
            for (shop, how, other) in moves {
                let order = in_order(shown.clone(), &hand);
                prop_assert_eq!(order.iter().copied().collect::<BTreeSet<_>>().len(), 6);
                prop_assert_eq!(order.len(), 6);
                let how = [Move::Up, Move::Down, Move::Before(id(other)), Move::Last][how];
                hand = moved(&hand, &order, id(shop), how);
                if order.contains(&id(shop)) {
                    known.extend(order);
                    prop_assert_eq!(hand.len(), known.len());
                }
                prop_assert_eq!(&hand.iter().copied().collect::<BTreeSet<_>>(), &known);
            }
        }
    }
}
