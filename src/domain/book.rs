//! Everything the app holds in memory: shops, products, summaries and settings. Visits and orders are not in it: they are read
//! for one shop when it is opened. A [`Change`] is the only way in, and it is applied after it is on disk.

use super::customer::Customer;
use super::delivery::Delivery;
use super::dispatch::Dispatch;
use super::factor::Factor;
use super::id::{CustomerId, OrderId, ProductId};
use super::order::Order;
use super::product::Product;
use super::schedule;
use super::settings::{CURRENCY, Rep, Settings};
use super::stamp::{Envelope, Stamp};
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
    /// Orders the warehouse has not heard of as they are now.
    unsent: BTreeMap<OrderId, Arc<Dispatch>>,
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
    Delivery(Delivery),
    Dispatch(Dispatch),
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
                Record::Dispatch(dispatch) => self.put_dispatch(dispatch),
                Record::Visit(_) | Record::Order(_) | Record::Delivery(_) => {}
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

    fn put_dispatch(&mut self, dispatch: Dispatch) {
        if dispatch.is_unsent() {
            self.unsent.insert(dispatch.id, Arc::new(dispatch));
        } else {
            self.unsent.remove(&dispatch.id);
        }
    }

    /// Orders still to be sent, in the order they were taken.
    pub fn unsent(&self) -> impl ExactSizeIterator<Item = &Arc<Dispatch>> {
        self.unsent.values()
    }

    /// The ids under which a shop's events are found: its own and those of shops that were merged into it.
    pub fn event_ids(&self, id: CustomerId) -> Vec<CustomerId> {
        let mut ids = vec![id];
        let mut at = 0;
        while let Some(into) = ids.get(at).copied() {
            let merged = self.customers.values().filter(|shop| shop.merged_into == Some(into)).map(|shop| shop.id);
            let new: Vec<CustomerId> = merged.filter(|id| !ids.contains(id)).collect();
            ids.extend(new);
            at += 1;
        }
        ids
    }

    /// All shops in the order they were entered, archived and merged ones too.
    pub fn customers(&self) -> impl ExactSizeIterator<Item = &Arc<Customer>> {
        self.customers.values()
    }

    /// Shops on the rep's lists.
    pub fn active_customers(&self) -> impl Iterator<Item = &Arc<Customer>> {
        self.customers.values().filter(|shop| shop.is_active())
    }

    /// Products still sold.
    pub fn active_products(&self) -> impl Iterator<Item = &Arc<Product>> {
        self.products.values().filter(|product| product.is_active())
    }

    /// All products in the order they were entered, archived ones too.
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

    /// The product with this barcode, or this code where none has the barcode.
    pub fn product_by_scan(&self, scanned: &str) -> Option<&Arc<Product>> {
        let scanned = scanned.trim();
        let by_barcode =
            self.products.values().find(|product| !scanned.is_empty() && product.fields.barcode == scanned && product.is_active());
        by_barcode.or_else(|| self.product_by_code(scanned))
    }

    pub fn summary(&self, id: CustomerId) -> Option<&Arc<Summary>> {
        self.summaries.get(&id)
    }

    /// What lists show of each shop.
    pub fn summaries(&self) -> impl Iterator<Item = &Arc<Summary>> {
        self.summaries.values()
    }

    pub fn settings(&self) -> Option<&Settings> {
        self.settings.as_ref()
    }

    /// The sign before an amount.
    pub fn currency(&self) -> &str {
        self.settings.as_ref().map_or(CURRENCY, |settings| settings.currency.as_str())
    }

    /// Who sells.
    pub fn rep(&self) -> Rep {
        self.settings.as_ref().map(|settings| settings.rep.clone()).unwrap_or_default()
    }

    /// The factor in force: the rep's, else the rule's 1.5.
    pub fn factor(&self) -> Factor {
        self.settings.as_ref().map_or(Factor::RULE, |settings| settings.factor)
    }

    /// When a shop is due next: as written by its last visit, else its first route day; none without either.
    pub fn next_due(&self, id: CustomerId) -> Option<NaiveDate> {
        let written = self.summaries.get(&id).and_then(|summary| summary.next_due);
        written.or_else(|| self.customers.get(&id).and_then(|shop| schedule::first_due(&shop.fields, shop.created_on)))
    }

    /// The newest stamp seen in any record.
    pub fn last_stamp(&self) -> Option<Stamp> {
        self.last_stamp
    }
}

impl Record {
    pub fn stamp(&self) -> Stamp {
        self.envelope().stamp
    }

    pub fn envelope(&self) -> &Envelope {
        match self {
            Record::Customer(record) => &record.envelope,
            Record::Product(record) => &record.envelope,
            Record::Summary(record) => &record.envelope,
            Record::Settings(record) => &record.envelope,
            Record::Visit(record) => &record.envelope,
            Record::Order(record) => &record.envelope,
            Record::Delivery(record) => &record.envelope,
            Record::Dispatch(record) => &record.envelope,
        }
    }
}
