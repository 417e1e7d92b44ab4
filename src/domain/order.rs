//! An order taken at a shop: an append-only event with the prices of that day. Its total is the sum of rounded lines.

use super::id::{CustomerId, OrderId, ProductId, VisitId};
use super::money::{Money, Prices};
use super::quantity::{PackSize, Packed, Units};
use super::stamp::Envelope;
use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

/// What a shop ordered at one time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    pub id: OrderId,
    pub envelope: Envelope,
    pub customer: CustomerId,
    pub visit: Option<VisitId>,
    /// Local date and time of the phone.
    pub on: NaiveDate,
    pub taken: NaiveDateTime,
    /// In the order of the visit. A line of zero keeps the reason why a suggestion was declined.
    pub lines: Vec<OrderLine>,
}

/// One product of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderLine {
    pub product: ProductId,
    pub quantity: Packed,
    pub size: PackSize,
    pub prices: Prices,
    /// Rounded half up to the cent; none where the product had no price.
    pub amount: Option<Money>,
    pub suggested: Option<Units>,
    /// Why the quantity differs from the suggestion.
    pub reason: Option<Reason>,
    /// The rep's own words beside [`Reason::Other`].
    pub note: String,
}

impl OrderLine {
    pub fn units(&self) -> Units {
        self.size.total(self.quantity).unwrap_or(Units::ZERO)
    }
}

/// Why a rep ordered something else than was suggested.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    WholeCases,
    Promotion,
    CashShort,
    NoSpace,
    OwnerDeclines,
    Other,
}

impl Reason {
    pub const ALL: [Reason; 6] =
        [Reason::WholeCases, Reason::Promotion, Reason::CashShort, Reason::NoSpace, Reason::OwnerDeclines, Reason::Other];
}

/// An order in figures: products, cases, loose units and money.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Total {
    pub products: usize,
    pub cases: i64,
    pub loose: i64,
    pub amount: Money,
    /// Lines whose product has no price: the amount is without them.
    pub unpriced: usize,
}

impl Total {
    /// Adds a line; figures that would overflow stay at their limit.
    pub fn add(&mut self, quantity: Packed, amount: Option<Money>) {
        if quantity.is_zero() {
            return;
        }
        self.products += 1;
        self.cases = self.cases.saturating_add(quantity.cases);
        self.loose = self.loose.saturating_add(quantity.loose);
        match amount.and_then(|amount| self.amount.plus(amount)) {
            Some(sum) => self.amount = sum,
            None => self.unpriced += 1,
        }
    }
}

impl Order {
    pub fn total(&self) -> Total {
        let mut total = Total::default();
        for line in &self.lines {
            total.add(line.quantity, line.amount);
        }
        total
    }
}
