//! What other shops tell of one: how fast shops of the same class sell a product, and which shop of the week can take what will not
//! sell here in time. Pure; whose events are read is decided elsewhere.

use super::exact::Exact;
use super::expiry;
use super::history::LineHistory;
use super::id::{CustomerId, ProductId};
use super::quantity::Units;
use super::rate::{self, StatedRate};
use std::collections::BTreeMap;

/// The rates of one product at several shops.
pub type Rates = BTreeMap<ProductId, Vec<Exact>>;

/// Adds what one shop's past says.
pub fn gather(rates: &mut Rates, lines: &BTreeMap<ProductId, LineHistory>, window: u8) {
    for (product, history) in lines.iter().filter(|(_, history)| !history.is_delisted) {
        if let Some(rate) = rate::of(&history.cycles, window, rate::ALPHA, None) {
            rates.entry(*product).or_default().push(rate.exact());
        }
    }
}

/// The middle rate, as an owner would state it; the mean of the two middle ones of an even number.
pub fn median(rates: &[Exact]) -> Option<StatedRate> {
    let mut sorted = rates.to_vec();
    sorted.sort_unstable();
    let upper = sorted.get(sorted.len() / 2)?;
    let lower = sorted.get(sorted.len().checked_sub(1)? / 2)?;
    let ((a, b), (c, d)) = (lower.reduced(), upper.reduced());
    let sum = a.checked_mul(d)?.checked_add(c.checked_mul(b)?)?;
    let (units, days) = Exact::new(sum, b.checked_mul(d)?.checked_mul(2)?)?.reduced();
    let small = |figure: i128| u32::try_from(figure).ok().filter(|figure| *figure <= 1_000_000);
    match (small(units), small(days)) {
        (Some(units), Some(days)) => Some(StatedRate { units, days }),
        // Beyond what a stated rate holds: hundredths of a unit a week.
        _ => Some(StatedRate { units: small(Exact::new(units.checked_mul(700)?, days)?.ceil().into())?, days: 700 }),
    }
}

/// A shop still to be visited this week.
#[derive(Clone, Debug)]
pub struct Stop {
    pub customer: CustomerId,
    /// Days until its visit, at least 0.
    pub days_until: i32,
    pub history: LineHistory,
    /// What should be there today.
    pub stock: Units,
    pub rate: Exact,
}

/// Units that a shop can take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Takes {
    pub customer: CustomerId,
    pub days_until: i32,
    pub units: Units,
}

/// Where `units` of a lot with `days_left` can still be sold, the earliest stop first; a lot is given out once.
pub fn takers(stops: &mut [Stop], days_left: i32, units: Units) -> Vec<Takes> {
    let mut by_day: Vec<&mut Stop> = stops.iter_mut().collect();
    by_day.sort_by_key(|stop| stop.days_until);
    let mut left = units.0;
    let mut takes = Vec::new();
    for stop in by_day {
        let can = expiry::absorbs(stop.rate, days_left, stop.days_until, stop.stock, stop.history.on_order);
        let units = Units(can.0.min(left));
        if !units.is_zero() {
            left -= units.0;
            // What it takes of this lot it cannot take of the next.
            stop.stock = Units(stop.stock.0.saturating_add(units.0));
            takes.push(Takes { customer: stop.customer, days_until: stop.days_until, units });
        }
    }
    takes
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn exact(n: i128, d: i128) -> Exact {
        Exact::new(n, d).unwrap()
    }

    #[test]
    fn the_middle_rate_is_exact_where_it_can_be() {
        assert_eq!(median(&[exact(8, 7), exact(2, 1), exact(1, 7)]), Some(StatedRate { units: 8, days: 7 }));
        assert_eq!(median(&[exact(1, 1), exact(2, 1)]), Some(StatedRate { units: 3, days: 2 }));
        assert_eq!(median(&[]), None);
        let fine = median(&[exact(1, 999_983), exact(1, 999_979)]).unwrap();
        assert_eq!(fine, StatedRate { units: 1, days: 700 });
    }

    #[test]
    fn a_lot_is_given_out_once_the_earliest_stop_first() {
        let stop = |id: u128, days_until, stock| Stop {
            customer: CustomerId(Uuid::from_u128(id)),
            days_until,
            history: LineHistory::default(),
            stock: Units(stock),
            rate: exact(2, 1),
        };
        let mut stops = [stop(1, 4, 0), stop(2, 1, 10), stop(3, 9, 0)];
        let takes = takers(&mut stops, 10, Units(15));
        let told: Vec<(u128, i64)> = takes.iter().map(|takes| (takes.customer.0.as_u128(), takes.units.0)).collect();
        assert_eq!(told, vec![(2, 8), (1, 7)], "18 sell there of which 10 are covered; 12 would sell at the next");
    }
}
