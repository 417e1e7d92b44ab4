//! What became of an order on its way to the shop: an append-only event, the latest of an order stands. An order that nobody
//! spoke of is on order until its expected date, then assumed to have come in full (reorder engine, cycles).

use super::id::{CustomerId, DeliveryId, OrderId, ProductId};
use super::order::Order;
use super::quantity::Units;
use super::stamp::Envelope;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What the rep noted of one order's delivery.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    pub id: DeliveryId,
    pub envelope: Envelope,
    pub customer: CustomerId,
    pub order: OrderId,
    /// The local date the goods came, or the note was made.
    pub on: NaiveDate,
    pub came: Came,
    /// On the day of a count: the goods came after it. They came before it unless the rep says otherwise.
    pub after_count: bool,
}

/// What came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Came {
    InFull,
    /// What came of each product; one that is not named did not come. The rest is not delivered any more.
    Short(Vec<(ProductId, Units)>),
    /// Still on order, expected on this date.
    NotYet(NaiveDate),
    Cancelled,
}

/// Where an order's goods are, as seen from one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whereabouts {
    Cancelled,
    OnOrder {
        expected_on: NaiveDate,
    },
    /// Came on this day; `assumed` where nobody said so.
    Received {
        on: NaiveDate,
        assumed: bool,
        after_count: bool,
    },
}

/// Where `order` is on `today`, by the latest note of its delivery.
pub fn whereabouts(order: &Order, note: Option<&Delivery>, today: NaiveDate) -> Whereabouts {
    let waiting = |expected_on: NaiveDate| {
        if expected_on > today {
            Whereabouts::OnOrder { expected_on }
        } else {
            Whereabouts::Received { on: expected_on, assumed: true, after_count: false }
        }
    };
    match note.map(|note| (&note.came, note)) {
        None => waiting(order.expected_on),
        Some((Came::NotYet(expected_on), _)) => waiting(*expected_on),
        Some((Came::Cancelled, _)) => Whereabouts::Cancelled,
        Some((Came::InFull | Came::Short(_), note)) => Whereabouts::Received { on: note.on, assumed: false, after_count: note.after_count },
    }
}

/// What reaches the shop of each product of an order, whenever it comes. May be negative: goods that went back.
pub fn arriving(order: &Order, note: Option<&Delivery>) -> BTreeMap<ProductId, i64> {
    let mut goods: BTreeMap<ProductId, i64> = BTreeMap::new();
    let mut add = |product, units: i64| {
        let sum = goods.entry(product).or_default();
        *sum = sum.saturating_add(units);
    };
    match note.map(|note| &note.came) {
        Some(Came::Cancelled) => {}
        Some(Came::Short(came)) => came.iter().for_each(|(product, units)| add(*product, units.0)),
        None | Some(Came::InFull | Came::NotYet(_)) => order.lines.iter().for_each(|line| add(line.product, line.net())),
    }
    goods
}
