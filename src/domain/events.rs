//! Everything that happened at one shop. Events are only ever added; which of them stand follows from the corrections among
//! them, so the order in which they are read does not matter.

use super::delivery::Delivery;
use super::id::{OrderId, VisitId};
use super::order::Order;
use super::sorting;
use super::visit::Visit;
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// The events of one shop, in any order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Events {
    pub visits: Vec<Visit>,
    pub orders: Vec<Order>,
    pub deliveries: Vec<Delivery>,
}

impl Events {
    /// What stands: without what was corrected or deleted. Oldest first; a correction stands in the place of what it puts right.
    pub fn standing(&self) -> Events {
        let visits: BTreeSet<VisitId> =
            self.visits.iter().filter(|visit| !visit.envelope.deleted).filter_map(|visit| visit.corrects).collect();
        let orders: BTreeSet<OrderId> =
            self.orders.iter().filter(|order| !order.envelope.deleted).filter_map(|order| order.corrects).collect();
        // A corrected visit's order falls with it, whether or not the correction has an order of its own.
        let fallen: BTreeSet<OrderId> =
            self.visits.iter().filter(|visit| visits.contains(&visit.id)).filter_map(|visit| visit.order).chain(orders).collect();
        let standing_visits = self.visits.iter().filter(|visit| !visit.envelope.deleted && !visits.contains(&visit.id)).cloned().collect();
        let standing_orders = self.orders.iter().filter(|order| !order.envelope.deleted && !fallen.contains(&order.id)).cloned().collect();
        let deliveries = self.deliveries.iter().filter(|delivery| !delivery.envelope.deleted).cloned().collect();
        Events {
            visits: sorting::by_key(standing_visits, |visit: &Visit| (0, self.first_of(visit).envelope.stamp.sortable())),
            orders: sorting::by_key(standing_orders, |order: &Order| (0, self.first_order_of(order).envelope.stamp.sortable())),
            deliveries: sorting::by_key(deliveries, |delivery: &Delivery| (0, delivery.envelope.stamp.sortable())),
        }
    }

    /// What stands and is the rep's own: without the demonstration.
    pub fn own(&self) -> Events {
        let mut own = self.standing();
        own.visits.retain(|visit| !visit.envelope.demo);
        own.orders.retain(|order| !order.envelope.demo);
        own.deliveries.retain(|delivery| !delivery.envelope.demo);
        own
    }

    /// Without what came after `day`: how things stood for someone who puts that day right.
    pub fn until(mut self, day: NaiveDate) -> Events {
        self.visits.retain(|visit| visit.on <= day);
        self.orders.retain(|order| order.on <= day);
        self.deliveries.retain(|delivery| delivery.on <= day);
        self
    }

    /// What one visit found: without it, without what it puts right or is put right by, without their orders, and without what
    /// came later on its day.
    pub fn without(mut self, visit: VisitId) -> Events {
        let Some(known) = self.visits.iter().find(|known| known.id == visit).cloned() else { return self };
        let first = self.first_of(&known).clone();
        let same: BTreeSet<VisitId> =
            self.visits.iter().filter(|other| self.first_of(other).id == first.id).map(|other| other.id).collect();
        let orders: BTreeSet<OrderId> =
            self.visits.iter().filter(|other| same.contains(&other.id)).filter_map(|other| other.order).collect();
        let (on, stamp) = (first.on, first.envelope.stamp);
        let later_visits: BTreeSet<VisitId> = self
            .visits
            .iter()
            .filter(|other| other.on == on && self.first_of(other).envelope.stamp > stamp)
            .map(|other| other.id)
            .collect();
        let later_orders: BTreeSet<OrderId> = self
            .orders
            .iter()
            .filter(|other| other.on == on && self.first_order_of(other).envelope.stamp > stamp)
            .map(|other| other.id)
            .collect();
        self.visits.retain(|other| !same.contains(&other.id) && !later_visits.contains(&other.id));
        self.orders.retain(|other| !orders.contains(&other.id) && !later_orders.contains(&other.id));
        self
    }

    /// The latest note on an order's delivery, or on the order it puts right. `order` is one of these events, standing or not.
    pub fn delivery_of(&self, order: &Order) -> Option<&Delivery> {
        let mut ids = vec![order.id];
        let mut corrected = order.corrects;
        while let Some(id) = corrected.filter(|id| !ids.contains(id)) {
            ids.push(id);
            corrected = self.orders.iter().find(|known| known.id == id).and_then(|known| known.corrects);
        }
        let noted = self.deliveries.iter().filter(|delivery| !delivery.envelope.deleted && ids.contains(&delivery.order));
        noted.max_by_key(|delivery| delivery.envelope.stamp)
    }

    /// The ids of a visit and of those it puts right, newest first.
    pub fn chain(&self, visit: &Visit) -> Vec<VisitId> {
        let mut ids = vec![visit.id];
        let mut corrected = visit.corrects;
        while let Some(id) = corrected.filter(|id| !ids.contains(id)) {
            ids.push(id);
            corrected = self.visits.iter().find(|known| known.id == id).and_then(|known| known.corrects);
        }
        ids
    }

    pub(super) fn first_of<'a>(&'a self, visit: &'a Visit) -> &'a Visit {
        let first = self.chain(visit).last().copied();
        self.visits.iter().find(|known| Some(known.id) == first).unwrap_or(visit)
    }

    pub(super) fn first_order_of<'a>(&'a self, order: &'a Order) -> &'a Order {
        let mut first = order;
        // As many steps as there are orders: a chain that bites its tail ends.
        for _ in 0..self.orders.len() {
            match first.corrects.and_then(|id| self.orders.iter().find(|known| known.id == id)) {
                Some(earlier) => first = earlier,
                None => break,
            }
        }
        first
    }
}
