//! The demonstration: made in one transaction, and really deleted in another.

use super::{all_events, load};
use crate::archive::errand::{Answer, Ask};
use crate::archive::record::{self, Kind, Row};
use crate::domain::book::Record;
use crate::domain::customer::Customer;
use crate::domain::demo;
use crate::domain::id::{CustomerId, ProductId};
use crate::domain::product::Product;
use crate::domain::stamp::{Envelope, Stamp};
use crate::state::clock;
use crate::store::bulk::Go;
use crate::store::database::Store;
use crate::store::error::StoreError;
use std::collections::BTreeSet;

pub async fn make(store: &Store, chinese: bool, last: Option<Stamp>) -> Result<Answer, StoreError> {
    let (book, clock) = load(store, last).await?;
    if book.customers().any(|shop| shop.envelope.demo) {
        return Ok(Answer::DemoMade { shops: 0 });
    }
    let records = demo::records(Ask::tongue(chinese), clock::now(), &mut clock::new_id, &mut || clock.stamp());
    let rows = records.iter().map(record::encode).collect::<Result<Vec<Row>, _>>()?;
    store.write_many(&rows, &[], None, |_| Go::On).await?;
    Ok(Answer::DemoMade {
        shops: records.iter().filter(|record| matches!(record, Record::Customer(shop) if !shop.fields.archived)).count(),
    })
}

/// Deletes every record with the demo mark. A demo shop that got a real visit asks first; then it goes with all that happened
/// there, or it stays, as a shop of the rep's.
pub async fn remove(store: &Store, with_real: bool) -> Result<Answer, StoreError> {
    let (book, clock) = load(store, None).await?;
    let events = all_events(store).await?;
    let demo_shops: BTreeSet<CustomerId> = book.customers().filter(|shop| shop.envelope.demo).map(|shop| shop.id).collect();
    let real = |customer: CustomerId, demo: bool| (!demo && demo_shops.contains(&customer)).then_some(customer);
    let used: BTreeSet<CustomerId> = events
        .visits
        .iter()
        .filter_map(|visit| real(visit.customer, visit.envelope.demo))
        .chain(events.orders.iter().filter_map(|order| real(order.customer, order.envelope.demo)))
        .collect();
    if !used.is_empty() && !with_real {
        let shops = used.iter().filter_map(|id| book.customer(*id)).map(|shop| shop.fields.name.clone()).collect();
        return Ok(Answer::DemoInUse { shops });
    }
    // A demo product in an event of the rep's own shops becomes the rep's: a record would lose its name without it.
    let is_own = |customer: CustomerId| !demo_shops.contains(&customer);
    let own_visits = events.visits.iter().filter(|visit| is_own(visit.customer)).flat_map(|visit| visit.products());
    let own_orders =
        events.orders.iter().filter(|order| is_own(order.customer)).flat_map(|order| order.lines.iter().map(|line| line.product));
    let kept: BTreeSet<ProductId> = own_visits.chain(own_orders).collect();
    // Asked and answered: everything of the demo shops goes, real visits among it.
    let mut removed: Vec<(Kind, String)> = Vec::new();
    for kind in Kind::ALL {
        for record in store.all(kind).await? {
            let customer = match &record {
                Record::Visit(visit) => Some(visit.customer),
                Record::Order(order) => Some(order.customer),
                Record::Delivery(delivery) => Some(delivery.customer),
                Record::Dispatch(dispatch) => Some(dispatch.customer),
                Record::Summary(summary) => Some(summary.id),
                _ => None,
            };
            if matches!(&record, Record::Product(product) if kept.contains(&product.id)) {
                continue;
            }
            if record.envelope().demo || customer.is_some_and(|id| demo_shops.contains(&id)) {
                removed.push((kind, record::encode(&record)?.id));
            }
        }
    }
    // A shop of the rep's that was merged with a demo shop stands alone again.
    let freed = book.customers().filter(|shop| !shop.envelope.demo && shop.merged_into.is_some_and(|into| demo_shops.contains(&into)));
    let freed = freed
        .map(|shop| Record::Customer(Customer { merged_into: None, envelope: shop.envelope.next(clock.stamp()), ..shop.as_ref().clone() }));
    let taken = book.products().filter(|product| product.envelope.demo && kept.contains(&product.id));
    let taken = taken.map(|product| {
        let envelope = Envelope { demo: false, ..product.envelope.next(clock.stamp()) };
        Record::Product(Product { envelope, ..product.as_ref().clone() })
    });
    let rows = freed.chain(taken).map(|record| record::encode(&record)).collect::<Result<Vec<Row>, _>>()?;
    store.write_many(&rows, &removed, None, |_| Go::On).await?;
    Ok(Answer::DemoRemoved)
}
