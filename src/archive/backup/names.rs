//! Who is in a backup, and who is named in it: an event without its shop, an order line without its product, a contact with a person of
//! another shop is no backup.

use super::place::Place;
use super::read::{Damage, Problem, What};
use crate::domain::book::Record;
use crate::domain::id::{CustomerId, OrderId, PersonId, ProductId};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Ids that are there, and ids that are named, first by which entry.
#[derive(Default)]
pub struct Names {
    shops: HashSet<Uuid>,
    products: HashSet<Uuid>,
    orders: HashSet<Uuid>,
    /// People with their shop; none where that cannot be read.
    people: HashMap<Uuid, Option<Uuid>>,
    /// Shops that turned out to be another one.
    merged: HashMap<Uuid, Uuid>,
    shops_named: HashMap<Uuid, (Place, u32)>,
    products_named: HashMap<Uuid, (Place, u32)>,
    orders_named: HashMap<Uuid, (Place, u32)>,
    /// With the shop at which they are named.
    people_named: HashMap<(Uuid, Uuid), (Place, u32)>,
}

impl Names {
    /// A record is there.
    pub fn add(&mut self, record: &Record) {
        match record {
            Record::Customer(record) => {
                self.shops.insert(record.id.0);
                self.merged.extend(record.merged_into.map(|into| (record.id.0, into.0)));
            }
            Record::Product(record) => drop(self.products.insert(record.id.0)),
            Record::Order(record) => drop(self.orders.insert(record.id.0)),
            Record::Person(record) => drop(self.people.insert(record.id.0, Some(record.customer.0))),
            _ => {}
        }
    }

    /// Something is there that cannot be read.
    pub fn add_unread(&mut self, place: Place, id: Uuid) {
        match place {
            Place::Customers => drop(self.shops.insert(id)),
            Place::Products => drop(self.products.insert(id)),
            Place::Orders => drop(self.orders.insert(id)),
            Place::People => drop(self.people.insert(id, None)),
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
        for (person, shop) in named.person.into_iter().zip(named.shop) {
            self.people_named.entry((person.0, shop.0)).or_insert(at);
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
            && named.person.into_iter().zip(named.shop).all(|(person, shop)| self.is_of(person.0, shop.0))
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
        let strangers = self.people_named.iter().filter(|((person, shop), _)| !self.is_of(*person, *shop));
        if let Some((place, number)) = strangers.map(|(_, at)| *at).min() {
            return Err(Problem::Entry(Damage { place, number, what: What::Unknown(Place::People) }));
        }
        Ok(())
    }

    /// Whether a person is there and of this shop, or of one that is the same.
    fn is_of(&self, person: Uuid, shop: Uuid) -> bool {
        self.people.get(&person).is_some_and(|of| of.is_none_or(|of| self.last(of) == self.last(shop)))
    }

    /// The shop under which this one is read today.
    fn last(&self, shop: Uuid) -> Uuid {
        // As many steps as there are merged shops: a chain that bites its tail ends.
        (0..self.merged.len()).try_fold(shop, |shop, _| self.merged.get(&shop).copied().ok_or(shop)).unwrap_or_else(|last| last)
    }
}

/// Whom a record cannot do without. A shop's usual range and what it was merged into are not among it, nor are the promise and the
/// episode of a contact: without those, nothing that happened loses its meaning.
#[derive(Default)]
struct Named {
    shop: Option<CustomerId>,
    order: Option<OrderId>,
    person: Option<PersonId>,
    products: Vec<ProductId>,
}

impl Named {
    fn of(record: &Record) -> Named {
        let named = Named { shop: record.shop(), ..Named::default() };
        match record {
            Record::Visit(record) => Named { products: record.products().collect(), ..named },
            Record::Order(record) => Named { products: record.lines.iter().map(|line| line.product).collect(), ..named },
            Record::Delivery(record) => Named { order: Some(record.order), ..named },
            Record::Dispatch(record) => Named { order: Some(record.id), ..named },
            Record::Touch(record) => Named { person: record.person, ..named },
            Record::Promise(record) => Named { person: record.person, ..named },
            Record::Head(record) => Named { products: record.lines.iter().map(|line| line.product).collect(), ..named },
            _ => named,
        }
    }
}
