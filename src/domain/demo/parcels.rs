//! Goods on their way: what comes of an order, when, and what the rep hears of it.

use super::calendar::after;
use super::story::{Fate, When};
use crate::domain::delivery::Came;
use crate::domain::id::{OrderId, ProductId};
use crate::domain::order::Order;
use crate::domain::quantity::Units;
use chrono::NaiveDate;

/// Goods on their way, or the news of them.
pub(super) struct Parcel {
    pub(super) order: OrderId,
    pub(super) on: NaiveDate,
    pub(super) when: When,
    pub(super) goods: Vec<(ProductId, i64)>,
    pub(super) note: Option<Came>,
}

/// What is on its way after an order, and what the rep will hear of it.
pub(super) fn parcels(order: &Order, fate: Option<Fate>, next_visit: Option<NaiveDate>) -> Vec<Parcel> {
    let goods: Vec<(ProductId, i64)> = order.lines.iter().map(|line| (line.product, line.net())).filter(|(_, units)| *units > 0).collect();
    let parcel = |on, goods, note| Parcel { order: order.id, on, when: When::Morning, goods, note };
    let expected_on = order.expected_on;
    match fate {
        None => vec![parcel(expected_on, goods, None)],
        Some(Fate::InFull) => vec![parcel(expected_on, goods, Some(Came::InFull))],
        Some(Fate::Cancelled) => vec![parcel(expected_on, Vec::new(), Some(Came::Cancelled))],
        Some(Fate::Short(place)) => {
            let came: Vec<_> =
                goods.iter().enumerate().map(|(at, (id, units))| (*id, if at == place { units / 2 } else { *units })).collect();
            let note = came.iter().map(|(id, units)| (*id, Units(*units))).collect();
            vec![parcel(expected_on, came, Some(Came::Short(note)))]
        }
        Some(Fate::NotYet(days)) => {
            let on = after(expected_on, days);
            vec![parcel(expected_on, Vec::new(), Some(Came::NotYet(on))), parcel(on, goods, None)]
        }
        Some(Fate::AfterTheCount) => {
            let on = next_visit.unwrap_or(expected_on);
            vec![Parcel { when: When::AfterTheCount, ..parcel(on, goods, Some(Came::InFull)) }]
        }
    }
}
