//! Who is in a backup, and who is named in it: an event without its shop, an order line without its product is no backup.

use super::place::Place;
use super::read::{Damage, Problem, What};
use crate::domain::book::Record;
use crate::domain::id::{CustomerId, OrderId, ProductId};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Ids that are there, and ids that are named, first by which entry.
#[derive(Default)]
pub struct Names {
    shops: HashSet<Uuid>,
    products: HashSet<Uuid>,
    orders: HashSet<Uuid>,
    shops_named: HashMap<Uuid, (Place, u32)>,
    products_named: HashMap<Uuid, (Place, u32)>,
    orders_named: HashMap<Uuid, (Place, u32)>,
}

impl Names {
    /// A record is there.
    pub fn add(&mut self, record: &Record) {
        match record {
            Record::Customer(record) => drop(self.shops.insert(record.id.0)),
            Record::Product(record) => drop(self.products.insert(record.id.0)),
            Record::Order(record) => drop(self.orders.insert(record.id.0)),
            _ => {}
        }
    }

    /// Something is there that cannot be read.
    pub fn add_unread(&mut self, place: Place, id: Uuid) {
        match place {
            Place::Customers => drop(self.shops.insert(id)),
            Place::Products => drop(self.products.insert(id)),
            Place::Orders => drop(self.orders.insert(id)),
            _ => {}
        }
    }

    /// Notes whom a record names.
    pub fn name(&mut self, record: &Record, at: (Place, u32)) {
        let named = Named::of(record);
        if let Some(id) = named.shop {
            self.shops_named.entry(id.0).or_insert(at);
        }
        if let Some(id) = named.order {
            self.orders_named.entry(id.0).or_insert(at);
        }
        for id in named.products {
            self.products_named.entry(id.0).or_insert(at);
        }
    }

    /// Whether everybody a record names is there already.
    pub fn knows(&self, record: &Record) -> bool {
        let named = Named::of(record);
        named.shop.is_none_or(|id| self.shops.contains(&id.0))
            && named.order.is_none_or(|id| self.orders.contains(&id.0))
            && named.products.iter().all(|id| self.products.contains(&id.0))
    }

    /// The first entry that names somebody who is not there.
    pub fn check(&self) -> Result<(), Problem> {
        let lists = [
            (Place::Customers, &self.shops_named, &self.shops),
            (Place::Products, &self.products_named, &self.products),
            (Place::Orders, &self.orders_named, &self.orders),
        ];
        for (of, named, there) in lists {
            if let Some((place, number)) = named.iter().filter(|(id, _)| !there.contains(*id)).map(|(_, at)| *at).min() {
                return Err(Problem::Entry(Damage { place, number, what: What::Unknown(of) }));
            }
        }
        Ok(())
    }
}

/// Whom a record cannot do without. A shop's usual range and what it was merged into are not among it: without those, nothing
/// that happened loses its meaning.
#[derive(Default)]
struct Named {
    shop: Option<CustomerId>,
    order: Option<OrderId>,
    products: Vec<ProductId>,
}

impl Named {
    fn of(record: &Record) -> Named {
        match record {
            Record::Customer(_) | Record::Product(_) | Record::Settings(_) => Named::default(),
            Record::Summary(record) => Named { shop: Some(record.id), ..Named::default() },
            Record::Visit(record) => Named { shop: Some(record.customer), products: record.products().collect(), ..Named::default() },
            Record::Order(record) => {
                Named { shop: Some(record.customer), products: record.lines.iter().map(|line| line.product).collect(), ..Named::default() }
            }
            Record::Delivery(record) => Named { shop: Some(record.customer), order: Some(record.order), ..Named::default() },
            Record::Dispatch(record) => Named { shop: Some(record.customer), order: Some(record.id), ..Named::default() },
        }
    }
}
