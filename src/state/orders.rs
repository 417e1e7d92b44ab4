//! The day's orders on their way to the warehouse, and what came of them at the shop.

use super::app::App;
use super::clock;
use crate::domain::book::{Change, Record};
use crate::domain::delivery::{self, Came, Delivery, Whereabouts};
use crate::domain::dispatch::{Dispatch, How, Sent};
use crate::domain::id::DeliveryId;
use crate::domain::order::Order;
use crate::domain::stamp::Envelope;
use crate::store::error::StoreError;
use chrono::NaiveDate;
use leptos::prelude::*;

impl App {
    /// The orders taken on one day and how far each has got.
    pub async fn orders_of(self, day: NaiveDate) -> Result<Vec<(Dispatch, Order)>, StoreError> {
        self.store.get_value().orders_of(day).await
    }

    /// The warehouse has them now.
    pub async fn mark_sent(self, dispatches: Vec<Dispatch>, how: How) -> Result<(), StoreError> {
        let sent = Sent { at: clock::now(), how };
        self.write_ways(dispatches, Some(sent)).await
    }

    /// It was not sent after all.
    pub async fn mark_unsent(self, dispatch: Dispatch) -> Result<(), StoreError> {
        self.write_ways(vec![dispatch], None).await
    }

    async fn write_ways(self, dispatches: Vec<Dispatch>, sent: Option<Sent>) -> Result<(), StoreError> {
        let stamp = self.stamp();
        let written = dispatches.into_iter().map(|old| Dispatch { sent, envelope: old.envelope.next(stamp), ..old });
        self.commit(Change { records: written.map(Record::Dispatch).collect(), ..Change::default() }).await
    }

    /// What became of an order's delivery.
    pub async fn note_delivery(self, order: &Order, came: Came, after_count: bool) -> Result<(), StoreError> {
        let envelope = Envelope { demo: order.envelope.demo, ..Envelope::first(self.stamp()) };
        let id = DeliveryId(clock::new_id());
        let today = clock::today();
        // What should be there by now came when it was expected; nobody stood beside it.
        let on = match came {
            Came::InFull | Came::Short(_) if !after_count => {
                let events = self.events(order.customer).await?.events;
                match delivery::whereabouts(order, events.delivery_of(order), today) {
                    Whereabouts::Received { on, assumed: true, .. } => on,
                    _ => today,
                }
            }
            _ => today,
        };
        let delivery = Delivery { id, envelope, customer: order.customer, order: order.id, on, came, after_count };
        self.commit(Change::of(Record::Delivery(delivery))).await?;
        self.deliveries.update(|count| *count += 1);
        Ok(())
    }
}
