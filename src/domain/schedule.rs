//! When a shop is due. The next visit is one cycle after the last; a shop with a route day is due on the route day nearest to
//! that, so an early or late visit does not push it off the route.

use super::customer::CustomerFields;
use chrono::{Datelike, Days, NaiveDate, Weekday};

/// The next visit's local date after a visit on `visited`: always later than it.
pub fn next_due(shop: &CustomerFields, visited: NaiveDate) -> NaiveDate {
    let cycle = u64::from(shop.cycle.days());
    let after_cycle = visited.checked_add_days(Days::new(cycle)).unwrap_or(visited);
    let Some(route_day) = shop.route_day else { return after_cycle };
    let ahead = u64::from(days_ahead(after_cycle.weekday(), route_day));
    let later = after_cycle.checked_add_days(Days::new(ahead)).unwrap_or(after_cycle);
    let earlier = later.checked_sub_days(Days::new(7)).filter(|day| *day > visited);
    match earlier {
        // The route day is 4 to 6 days after the cycle's end: the one before is nearer.
        Some(earlier) if ahead > 3 => earlier,
        _ => later,
    }
}

/// The shop's next day on the route after `on`: what an order has to last for. A shop of several weeks' cycle is next visited when it
/// is due, one without a route day a cycle later. Always later than `on`.
pub fn next_route_day(shop: &CustomerFields, on: NaiveDate) -> NaiveDate {
    match shop.route_day.filter(|_| shop.cycle.days() <= 7) {
        Some(route_day) => {
            let ahead = days_ahead(on.weekday(), route_day);
            on.checked_add_days(Days::new(if ahead == 0 { 7 } else { ahead.into() })).unwrap_or(on)
        }
        None => next_due(shop, on),
    }
}

/// The first due date of a shop that was never visited: its first route day from the day it was entered; none without one.
pub fn first_due(shop: &CustomerFields, created_on: NaiveDate) -> Option<NaiveDate> {
    let ahead = days_ahead(created_on.weekday(), shop.route_day?);
    created_on.checked_add_days(Days::new(ahead.into()))
}

fn days_ahead(from: Weekday, to: Weekday) -> u32 {
    (7 + to.num_days_from_monday() - from.num_days_from_monday()) % 7
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::customer::VisitCycle;

    fn day(d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, d).unwrap()
    }

    fn shop(route_day: Option<Weekday>, cycle: u16) -> CustomerFields {
        CustomerFields { route_day, cycle: VisitCycle::new(cycle).unwrap(), ..CustomerFields::named("店".into()) }
    }

    #[test]
    fn without_a_route_day_the_cycle_alone_decides() {
        assert_eq!(next_due(&shop(None, 10), day(17)), day(27));
    }

    #[test]
    fn an_early_or_late_visit_stays_on_the_route() {
        let tuesday = shop(Some(Weekday::Tue), 7);
        assert_eq!(next_due(&tuesday, day(17)), day(24), "on its day");
        assert_eq!(next_due(&tuesday, day(18)), day(24), "a day late");
        assert_eq!(next_due(&tuesday, day(16)), day(24), "a day early");
        assert_eq!(next_due(&tuesday, day(20)), day(24), "three days late: still the next route day");
        assert_eq!(next_due(&tuesday, day(21)), NaiveDate::from_ymd_opt(2026, 12, 1).unwrap(), "three days early: it is this week's visit");
        let fortnight = shop(Some(Weekday::Tue), 14);
        assert_eq!(next_due(&fortnight, day(17)), NaiveDate::from_ymd_opt(2026, 12, 1).unwrap());
    }

    #[test]
    fn the_next_visit_is_always_later_than_the_last() {
        for cycle in [1, 2, 3, 7, 30] {
            for visited in 1..=28 {
                for route_day in [None, Some(Weekday::Mon), Some(Weekday::Thu), Some(Weekday::Sun)] {
                    assert!(next_due(&shop(route_day, cycle), day(visited)) > day(visited));
                }
            }
        }
    }

    #[test]
    fn an_order_lasts_until_the_next_route_day_or_a_cycle_where_there_is_none() {
        assert_eq!(next_route_day(&shop(Some(Weekday::Tue), 7), day(17)), day(24), "on its day: a week");
        assert_eq!(next_route_day(&shop(Some(Weekday::Fri), 7), day(18)), day(20), "between: the day that comes");
        assert_eq!(next_route_day(&shop(None, 10), day(17)), day(27));
        assert_eq!(next_route_day(&shop(Some(Weekday::Tue), 14), day(10)), day(24), "every other week");
    }

    #[test]
    fn a_new_shop_is_due_on_its_first_route_day() {
        assert_eq!(first_due(&shop(Some(Weekday::Tue), 7), day(22)), Some(day(24)));
        assert_eq!(first_due(&shop(Some(Weekday::Sun), 7), day(22)), Some(day(22)));
        assert_eq!(first_due(&shop(None, 7), day(22)), None);
    }
}
