//! An order's way to the warehouse: to be sent, sent, corrected after sending. One small record beside each order, so that what
//! waits is known without reading the orders.

use super::id::{CustomerId, OrderId};
use super::order::{Channel, Order};
use super::stamp::{Envelope, Stamp};
use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

/// How far one order's news has got.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dispatch {
    /// The order it belongs to; there is one an order.
    pub id: OrderId,
    pub envelope: Envelope,
    pub customer: CustomerId,
    /// The local date the order was taken.
    pub on: NaiveDate,
    pub sent: Option<Sent>,
    /// When the order it corrects was sent: the warehouse has to hear again.
    pub sent_before: Option<Sent>,
    /// The order was taken back after it was sent: what is to be said is that it is off.
    pub cancelled: bool,
}

/// When and how an order was handed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    /// Local time of the phone.
    pub at: NaiveDateTime,
    pub how: How,
}

/// The way an order went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// The share sheet or a copied text.
    Text,
    File,
    Print,
    /// Said so by the rep: on the phone, on paper.
    Told,
}

/// Where an order stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Draft,
    Sent(Sent),
    /// The warehouse knows an older one.
    ToSendAgain(Sent),
}

impl Dispatch {
    /// The record of a new order; none for one that nobody waits for: nothing ordered, or read from a file.
    pub fn of(order: &Order, replaced: Option<&Dispatch>, stamp: Stamp) -> Option<Dispatch> {
        let sent_before = replaced.and_then(|old| old.sent.or(old.sent_before));
        // An order corrected to nothing is still news for a warehouse that knows the old one.
        let is_news = order.total().products > 0 || sent_before.is_some();
        (order.channel != Channel::Import && is_news).then(|| Dispatch {
            id: order.id,
            envelope: Envelope::first(stamp),
            customer: order.customer,
            on: order.on,
            sent: None,
            sent_before,
            cancelled: false,
        })
    }

    pub fn state(&self) -> State {
        match (self.sent, self.sent_before) {
            (Some(sent), _) => State::Sent(sent),
            (None, Some(before)) => State::ToSendAgain(before),
            (None, None) => State::Draft,
        }
    }

    /// The warehouse has not heard of it as it is now.
    pub fn is_unsent(&self) -> bool {
        self.sent.is_none() && !self.envelope.deleted
    }
}
