//! Orders by phone: no visit, no count and so no suggestion; the rest is an order like any other.

use super::Desk;
use super::round::Shop;
use super::story::CALLS;
use crate::domain::book::{Change, Record};
use crate::domain::dispatch::Dispatch;
use crate::domain::finish::expected_on;
use crate::domain::id::OrderId;
use crate::domain::order::{self, Channel, Order, OrderLine};
use crate::domain::product::Product;
use crate::domain::quantity::Units;
use crate::domain::summary::Summary;
use chrono::NaiveDate;

impl Shop<'_> {
    /// The shop rings on the days that the story names.
    pub(super) fn ring_up(&mut self, desk: &mut Desk<'_>, day: NaiveDate) {
        let calls = CALLS.iter().filter(|call| call.shop == self.number && desk.calendar.tour_day(call.tour, call.weeks) == day);
        for call in calls.collect::<Vec<_>>() {
            let (_, taken) = desk.clock.event(&mut desk.dice);
            let id = OrderId((desk.new_id)());
            let products = self.shelves.iter().map(|shelf| shelf.product).zip(call.cases);
            let order = Order {
                id,
                envelope: desk.envelope(),
                customer: self.customer.id,
                number: order::number(id, day),
                visit: None,
                channel: Channel::Phone,
                on: day,
                taken,
                expected_on: expected_on(&self.customer, day),
                corrects: None,
                lines: products.filter(|(_, cases)| **cases > 0).map(|(product, cases)| line(product, *cases)).collect(),
            };
            self.expect(&order, call.fate);
            let stamp = order.envelope.stamp;
            let dispatch = Dispatch::of(&order, None, stamp).map(Record::Dispatch);
            self.take(Change::of(Record::Order(order)));
            let summary = Summary::derive(&self.customer, &self.events, self.summary.as_ref(), stamp);
            self.take(Change { records: dispatch.into_iter().chain([Record::Summary(summary)]).collect(), ..Change::default() });
        }
    }
}

fn line(product: &Product, cases: i64) -> OrderLine {
    let fields = &product.fields;
    let quantity = fields.size.split(Units(cases * fields.size.units()));
    OrderLine {
        product: product.id,
        quantity,
        free: Units::ZERO,
        returned: Units::ZERO,
        size: fields.size,
        prices: fields.prices,
        list: None,
        amount: fields.prices.amount(quantity, fields.size),
        suggested: None,
        reason: None,
        deal: None,
        note: String::new(),
    }
}
