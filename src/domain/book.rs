//! Everything the app holds in memory: shops, products, summaries and settings. Visits and orders are not in it: they are read
//! for one shop when it is opened. A [`Change`] is the only way in, and it is applied after it is on disk.

use super::customer::Customer;
use super::factor::Factor;
use super::id::{CustomerId, ProductId};
use super::order::Order;
use super::product::Product;
use super::schedule;
use super::settings::Settings;
use super::stamp::Stamp;
use super::summary::Summary;
use super::visit::Visit;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The rep's book.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Book {
    customers: BTreeMap<CustomerId, Arc<Customer>>,
    products: BTreeMap<ProductId, Arc<Product>>,
    summaries: BTreeMap<CustomerId, Arc<Summary>>,
    settings: Option<Settings>,
    customer_codes: BTreeMap<String, CustomerId>,
    product_codes: BTreeMap<String, ProductId>,
    last_stamp: Option<Stamp>,
}

/// One record of any kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Record {
    Customer(Customer),
    Product(Product),
    Summary(Summary),
    Settings(Settings),
    Visit(Visit),
    Order(Order),
}

/// What one confirmed action writes: all of it or nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    pub records: Vec<Record>,
    /// Drafts that the action makes obsolete.
    pub finished_drafts: BTreeSet<String>,
}

impl Change {
    pub fn of(record: Record) -> Change {
        Change { records: vec![record], ..Change::default() }
    }

    pub fn finishing(mut self, draft: String) -> Change {
        self.finished_drafts.insert(draft);
        self
    }
}

impl Book {
    /// Takes in what was written. Events are not kept.
    pub fn apply(&mut self, records: impl IntoIterator<Item = Record>) {
        for record in records {
            self.last_stamp = self.last_stamp.max(Some(record.stamp()));
            match record {
                Record::Customer(customer) => self.put_customer(customer),
                Record::Product(product) => self.put_product(product),
                Record::Summary(summary) => drop(self.summaries.insert(summary.id, Arc::new(summary))),
                Record::Settings(settings) => self.settings = Some(settings),
                Record::Visit(_) | Record::Order(_) => {}
            }
        }
    }

    fn put_customer(&mut self, customer: Customer) {
        if let Some(old) = self.customers.get(&customer.id) {
            self.customer_codes.remove(&old.fields.code);
        }
        if !customer.fields.code.is_empty() {
            self.customer_codes.insert(customer.fields.code.clone(), customer.id);
        }
        self.customers.insert(customer.id, Arc::new(customer));
    }

    fn put_product(&mut self, product: Product) {
        if let Some(old) = self.products.get(&product.id) {
            self.product_codes.remove(&old.fields.code);
        }
        if !product.fields.code.is_empty() {
            self.product_codes.insert(product.fields.code.clone(), product.id);
        }
        self.products.insert(product.id, Arc::new(product));
    }

    /// All shops in the order they were entered.
    pub fn customers(&self) -> impl ExactSizeIterator<Item = &Arc<Customer>> {
        self.customers.values()
    }

    /// All products in the order they were entered.
    pub fn products(&self) -> impl ExactSizeIterator<Item = &Arc<Product>> {
        self.products.values()
    }

    pub fn customer(&self, id: CustomerId) -> Option<&Arc<Customer>> {
        self.customers.get(&id)
    }

    pub fn product(&self, id: ProductId) -> Option<&Arc<Product>> {
        self.products.get(&id)
    }

    pub fn customer_by_code(&self, code: &str) -> Option<&Arc<Customer>> {
        self.customer_codes.get(code).and_then(|id| self.customers.get(id))
    }

    pub fn product_by_code(&self, code: &str) -> Option<&Arc<Product>> {
        self.product_codes.get(code).and_then(|id| self.products.get(id))
    }

    pub fn summary(&self, id: CustomerId) -> Option<&Arc<Summary>> {
        self.summaries.get(&id)
    }

    pub fn settings(&self) -> Option<&Settings> {
        self.settings.as_ref()
    }

    /// The factor in force: the rep's, else the rule's 1.5.
    pub fn factor(&self) -> Factor {
        self.settings.as_ref().map_or(Factor::RULE, |settings| settings.factor)
    }

    /// When a shop is due next: as written by its last visit, else its first route day; none without either.
    pub fn next_due(&self, id: CustomerId) -> Option<NaiveDate> {
        match self.summaries.get(&id) {
            Some(summary) => Some(summary.next_due),
            None => self.customers.get(&id).and_then(|shop| schedule::first_due(&shop.fields, shop.created_on)),
        }
    }

    /// The newest stamp seen in any record.
    pub fn last_stamp(&self) -> Option<Stamp> {
        self.last_stamp
    }
}

impl Record {
    pub fn stamp(&self) -> Stamp {
        match self {
            Record::Customer(record) => record.envelope.stamp,
            Record::Product(record) => record.envelope.stamp,
            Record::Summary(record) => record.envelope.stamp,
            Record::Settings(record) => record.envelope.stamp,
            Record::Visit(record) => record.envelope.stamp,
            Record::Order(record) => record.envelope.stamp,
        }
    }
}
