//! An order taken at a shop: an append-only event with the prices of that day. Its total is the sum of rounded lines; free goods
//! cost nothing and count as goods. A correction is a new order that names the old.

use super::id::{CustomerId, OrderId, ProductId, VisitId};
use super::money::{Money, Prices};
use super::quantity::{PackSize, Packed, Units};
use super::stamp::Envelope;
use chrono::{Datelike, NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

/// What a shop ordered at one time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    pub id: OrderId,
    pub envelope: Envelope,
    pub customer: CustomerId,
    /// What people call it by.
    pub number: String,
    pub visit: Option<VisitId>,
    pub channel: Channel,
    /// Local date and time of the phone.
    pub on: NaiveDate,
    pub taken: NaiveDateTime,
    /// The local date it should arrive.
    pub expected_on: NaiveDate,
    /// The order this one puts right: that one no longer stands.
    pub corrects: Option<OrderId>,
    /// In the order of the visit. A line of zero keeps the reason why a suggestion was declined.
    pub lines: Vec<OrderLine>,
}

/// How an order came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    Visit,
    Phone,
    /// Read from a file: long delivered, never sent to a warehouse.
    Import,
}

/// One product of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderLine {
    pub product: ProductId,
    pub quantity: Packed,
    /// Goods on top that cost nothing.
    pub free: Units,
    /// Goods that went back (imported history only).
    pub returned: Units,
    pub size: PackSize,
    /// What was charged.
    pub prices: Prices,
    /// The list's prices where the rep agreed others.
    pub list: Option<Prices>,
    /// Rounded half up to the cent; none where the product had no price.
    pub amount: Option<Money>,
    pub suggested: Option<Units>,
    /// Why the quantity differs from the suggestion.
    pub reason: Option<Reason>,
    /// Why there are free goods or another price.
    pub deal: Option<Deal>,
    /// The rep's own words beside a reason.
    pub note: String,
}

impl OrderLine {
    /// What was ordered and charged, in base units.
    pub fn units(&self) -> Units {
        self.size.total(self.quantity).unwrap_or(Units::ZERO)
    }

    /// What reaches the shelf: ordered and free, less what went back. May be negative.
    pub fn net(&self) -> i64 {
        self.units().0.saturating_add(self.free.0).saturating_sub(self.returned.0)
    }

    /// Something is to be brought to the shop.
    pub fn goes_out(&self) -> bool {
        !self.quantity.is_zero() || !self.free.is_zero()
    }

    /// Nothing moves: a declined suggestion.
    pub fn is_empty(&self) -> bool {
        self.quantity.is_zero() && self.free.is_zero() && self.returned.is_zero()
    }
}

/// The number of an order made here: its day and the end of its id, unique without asking anyone.
pub fn number(id: OrderId, on: NaiveDate) -> String {
    let text = id.to_string();
    let tail: String = text.chars().rev().take(4).collect::<Vec<_>>().into_iter().rev().collect();
    // Not by chrono's formats: they cost tens of kilobytes.
    format!("{:02}{:02}{:02}-{}", on.year().rem_euclid(100), on.month(), on.day(), tail.to_uppercase())
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

/// Why goods are free or a price is another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deal {
    Promotion,
    Volume,
    Compensation,
    Display,
    Other,
}

impl Deal {
    pub const ALL: [Deal; 5] = [Deal::Promotion, Deal::Volume, Deal::Compensation, Deal::Display, Deal::Other];
}

/// An order in figures: products, cases, loose units, free units and money.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Total {
    pub products: usize,
    pub cases: i64,
    pub loose: i64,
    pub free: i64,
    pub amount: Money,
    /// Lines whose product has no price: the amount is without them.
    pub unpriced: usize,
}

impl Total {
    /// Adds a line; figures that would overflow stay at their limit.
    pub fn add(&mut self, quantity: Packed, free: Units, amount: Option<Money>) {
        if quantity.is_zero() && free.is_zero() {
            return;
        }
        self.products += 1;
        self.cases = self.cases.saturating_add(quantity.cases);
        self.loose = self.loose.saturating_add(quantity.loose);
        self.free = self.free.saturating_add(free.0);
        match amount.and_then(|amount| self.amount.plus(amount)) {
            Some(sum) => self.amount = sum,
            None if quantity.is_zero() => {}
            None => self.unpriced += 1,
        }
    }
}

impl Order {
    pub fn total(&self) -> Total {
        let mut total = Total::default();
        for line in &self.lines {
            total.add(line.quantity, line.free, line.amount);
            if !line.returned.is_zero() {
                total.amount = line.amount.and_then(|amount| total.amount.plus(amount)).unwrap_or(total.amount);
            }
        }
        total
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn free_goods_cost_nothing_and_count_as_goods() {
        let mut total = Total::default();
        total.add(Packed { cases: 2, loose: 0 }, Units(3), Some(Money("48".parse().unwrap())));
        total.add(Packed::default(), Units(6), None);
        assert_eq!((total.products, total.cases, total.free, total.unpriced), (2, 2, 9, 0));
        assert_eq!(total.amount, Money("48".parse().unwrap()));
    }

    #[test]
    fn an_order_is_called_by_its_day_and_the_end_of_its_id() {
        let id = OrderId("0191d1a0-0000-7000-8000-00000000ab12".parse().unwrap());
        assert_eq!(number(id, NaiveDate::from_ymd_opt(2026, 11, 24).unwrap()), "261124-AB12");
    }
}
