//! A finished visit: an append-only event. It keeps what was counted and the figures each suggestion stood on, so that the sum
//! shown then can be shown again, whatever is corrected later.

use super::count::Count;
use super::factor::Factor;
use super::id::{CustomerId, OrderId, ProductId, VisitId};
use super::quantity::{PackSize, Units};
use super::stamp::Envelope;
use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

/// One visit to one shop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    pub id: VisitId,
    pub envelope: Envelope,
    pub customer: CustomerId,
    /// Local date and times of the phone.
    pub on: NaiveDate,
    pub started: NaiveDateTime,
    pub finished: NaiveDateTime,
    /// The factor in force.
    pub factor: Factor,
    /// Counted lines only, in the order of the visit.
    pub lines: Vec<VisitLine>,
    /// How many lines the visit had, counted or not.
    pub range: u32,
    pub order: Option<OrderId>,
}

/// One counted product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitLine {
    pub product: ProductId,
    pub count: Count,
    /// Units per case on that day.
    pub size: PackSize,
    /// What the count was compared with; none at the first count of a line.
    pub basis: Option<Basis>,
}

/// The earlier figures a sum starts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basis {
    pub previous: Units,
    /// The local date of the previous count.
    pub previous_on: NaiveDate,
    /// All orders since that count.
    pub ordered: Units,
}
