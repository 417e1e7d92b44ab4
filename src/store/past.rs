//! Reading what happened: the events of one shop, one visit, the orders of one day. Never all of it: that is the worker's.

use super::connection::Durability;
use super::database::{SetAside, Store, decode};
use super::error::StoreError;
use super::layout::{BY_CUSTOMER, BY_DAY, store_of};
use super::settled::apart;
use crate::archive::record::Kind;
use crate::domain::book::Record;
use crate::domain::dispatch::Dispatch;
use crate::domain::events::Events;
use crate::domain::id::{CustomerId, OrderId, VisitId};
use crate::domain::order::Order;
use crate::domain::visit::Visit;
use chrono::NaiveDate;
use idb::{Query, Transaction, TransactionMode};
use wasm_bindgen::JsValue;

/// The events of one shop, and how many of them could not be read.
#[derive(Clone, Debug, Default)]
pub struct Past {
    pub events: Events,
    pub set_aside: SetAside,
}

impl Store {
    /// Everything that happened at one shop, under all its ids.
    pub async fn events(&self, ids: &[CustomerId]) -> Result<Past, StoreError> {
        apart(async move {
            const EVENTS: [Kind; 3] = [Kind::Visit, Kind::Order, Kind::Delivery];
            let stores = EVENTS.map(store_of);
            let transaction = Transaction::from(self.transaction(&stores, TransactionMode::ReadOnly, Durability::Relaxed).await?);
            let mut requests = Vec::new();
            for kind in EVENTS {
                let index = transaction.object_store(store_of(kind))?.index(BY_CUSTOMER)?;
                for id in ids {
                    requests.push((kind, index.get_all(Some(Query::from(JsValue::from_str(&id.to_string()))), None)?));
                }
            }
            let mut past = Past::default();
            for (kind, request) in requests {
                for row in request.await? {
                    match decode(kind, &row) {
                        Ok(Record::Visit(visit)) => past.events.visits.push(visit),
                        Ok(Record::Order(order)) => past.events.orders.push(order),
                        Ok(Record::Delivery(delivery)) => past.events.deliveries.push(delivery),
                        Ok(_) => {}
                        Err(unreadable) => past.set_aside.add(&unreadable),
                    }
                }
            }
            Ok(past)
        })
        .await
    }

    /// The orders taken on one day and how far each has got, those still to be sent first; corrected ones are not among them.
    pub async fn orders_of(&self, day: NaiveDate) -> Result<Vec<(Dispatch, Order)>, StoreError> {
        apart(async move {
            let (ways, orders) = (store_of(Kind::Dispatch), store_of(Kind::Order));
            let transaction = Transaction::from(self.transaction(&[ways, orders], TransactionMode::ReadOnly, Durability::Relaxed).await?);
            let key = Query::from(JsValue::from_str(&day.to_string()));
            let rows = transaction.object_store(ways)?.index(BY_DAY)?.get_all(Some(key), None)?.await?;
            let mut requests = Vec::new();
            for row in rows {
                if let Ok(Record::Dispatch(dispatch)) = decode(Kind::Dispatch, &row)
                    && !dispatch.envelope.deleted
                {
                    let id = JsValue::from_str(&dispatch.id.to_string());
                    requests.push((dispatch, transaction.object_store(orders)?.get(Query::from(id))?));
                }
            }
            let mut found = Vec::new();
            for (dispatch, request) in requests {
                if let Some(Ok(Record::Order(order))) = request.await?.map(|row| decode(Kind::Order, &row)) {
                    found.push((dispatch, order));
                }
            }
            Ok(found)
        })
        .await
    }

    /// One order's way to the warehouse.
    pub async fn dispatch(&self, id: OrderId) -> Result<Option<Dispatch>, StoreError> {
        let found = self.records(&[(Kind::Dispatch, id.to_string())]).await?;
        Ok(found.into_iter().find_map(|record| match record {
            Record::Dispatch(dispatch) => Some(dispatch),
            _ => None,
        }))
    }

    /// One visit with its order.
    pub async fn visit(&self, id: VisitId) -> Result<Option<(Visit, Option<Order>)>, StoreError> {
        let found = self.records(&[(Kind::Visit, id.to_string())]).await?;
        let Some(Record::Visit(visit)) = found.into_iter().next() else { return Ok(None) };
        let order = match visit.order {
            Some(order) => self.order(order).await?,
            None => None,
        };
        Ok(Some((visit, order)))
    }

    async fn order(&self, id: OrderId) -> Result<Option<Order>, StoreError> {
        let found = self.records(&[(Kind::Order, id.to_string())]).await?;
        Ok(found.into_iter().find_map(|record| match record {
            Record::Order(order) => Some(order),
            _ => None,
        }))
    }
}
