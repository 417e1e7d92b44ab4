//! What a list needs to know of a shop without loading its visits. Written in the transaction of the event it sums up.

use super::id::{CustomerId, OrderId, VisitId};
use super::money::Money;
use super::stamp::Envelope;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The last visit, the last order and the next due date of one shop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// The shop it belongs to; there is one summary a shop.
    pub id: CustomerId,
    pub envelope: Envelope,
    pub last_visit: VisitId,
    pub last_visit_on: NaiveDate,
    /// Finished visits so far.
    pub visits: u32,
    pub next_due: NaiveDate,
    pub last_order: Option<LastOrder>,
}

/// The last order that was not empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastOrder {
    pub id: OrderId,
    pub on: NaiveDate,
    pub amount: Money,
}
