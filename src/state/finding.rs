//! Search over the book. What a record is found by is folded once for each of its revisions and kept, so that a keystroke only
//! compares.

use super::app::App;
use crate::domain::customer::Customer;
use crate::domain::hanzi::Hanzi;
use crate::domain::product::Product;
use crate::domain::search::{Key, Query};
use crate::domain::shop_list;
use leptos::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

/// Keys by record, each with the revision it was made of.
#[derive(Debug, Default)]
pub struct Keys {
    /// The spelling they were made with; another one makes them all anew.
    hanzi: Arc<Hanzi>,
    keys: BTreeMap<Uuid, (u32, Arc<Key>)>,
    /// Names as they sort.
    spelt: BTreeMap<Uuid, (u32, String)>,
}

/// Records folded at a time, ahead of the first search.
const FOLDED_AT_ONCE: usize = 250;

impl Keys {
    fn key(&mut self, hanzi: &Arc<Hanzi>, id: Uuid, rev: u32, texts: &[&str]) -> Arc<Key> {
        self.renew(hanzi);
        match self.keys.get(&id) {
            Some((of, key)) if *of == rev => Arc::clone(key),
            _ => {
                let key = Arc::new(Key::new(hanzi, texts));
                self.keys.insert(id, (rev, Arc::clone(&key)));
                key
            }
        }
    }
}

impl Keys {
    fn renew(&mut self, hanzi: &Arc<Hanzi>) {
        if !Arc::ptr_eq(&self.hanzi, hanzi) {
            *self = Keys { hanzi: Arc::clone(hanzi), ..Keys::default() };
        }
    }

    fn spelt(&mut self, hanzi: &Arc<Hanzi>, shop: &Customer) -> String {
        self.renew(hanzi);
        match self.spelt.get(&shop.id.0) {
            Some((of, spelt)) if *of == shop.envelope.rev => spelt.clone(),
            _ => {
                let spelt = shop_list::spelt(hanzi, &shop.fields.name);
                self.spelt.insert(shop.id.0, (shop.envelope.rev, spelt.clone()));
                spelt
            }
        }
    }
}

/// A search as typed, ready to ask records.
#[derive(Clone)]
pub struct Search {
    app: App,
    query: Query,
    hanzi: Arc<Hanzi>,
}

impl App {
    /// A search for what was typed. Follows the spelling table, which comes after the first screen.
    pub fn search(self, typed: &str) -> Search {
        let hanzi = self.hanzi.get();
        Search { app: self, query: Query::new(&hanzi, typed), hanzi }
    }

    /// The spelling table has come.
    pub fn learn_hanzi(self, bytes: &[u8]) {
        if let Some(hanzi) = Hanzi::parse(bytes) {
            self.hanzi.set(Arc::new(hanzi));
            self.fold_ahead(0);
        }
    }

    /// A shop's name as it sorts.
    pub fn spelt(self, shop: &Customer) -> String {
        let hanzi = self.hanzi.get();
        self.keys.try_update_value(|keys| keys.spelt(&hanzi, shop)).unwrap_or_default()
    }

    /// Folds shops while nothing else is to do, so that the first letter of a search only compares.
    fn fold_ahead(self, from: usize) {
        let search = untrack(|| self.search("a"));
        let shops: Vec<Arc<Customer>> =
            self.book.with_untracked(|book| book.customers().skip(from).take(FOLDED_AT_ONCE).cloned().collect());
        for shop in &shops {
            search.finds_shop(shop);
            untrack(|| self.spelt(shop));
        }
        if !shops.is_empty() {
            set_timeout(move || self.fold_ahead(from + FOLDED_AT_ONCE), Duration::from_millis(30));
        }
    }
}

impl Search {
    pub fn is_empty(&self) -> bool {
        self.query.is_empty()
    }

    pub fn finds_shop(&self, shop: &Arc<Customer>) -> bool {
        let fields = &shop.fields;
        self.query.is_empty()
            || self.finds(shop.id.0, shop.envelope.rev, &[&fields.name, &fields.code, &fields.phone, &fields.area, &fields.contact])
    }

    pub fn finds_product(&self, product: &Arc<Product>) -> bool {
        let fields = &product.fields;
        self.query.is_empty()
            || self.finds(product.id.0, product.envelope.rev, &[&fields.name, &fields.code, &fields.barcode, &fields.other_name])
    }

    fn finds(&self, id: Uuid, rev: u32, texts: &[&str]) -> bool {
        let key = self.app.keys.try_update_value(|keys| keys.key(&self.hanzi, id, rev, texts));
        key.is_some_and(|key| self.query.finds(&key))
    }

    /// A text in parts, those that the search hit marked.
    pub fn parts(&self, text: &str) -> Vec<(String, bool)> {
        let mut parts = Vec::new();
        let mut at = 0;
        if !self.query.is_empty() {
            for hit in self.query.hits(&self.hanzi, text) {
                let mut add = |from: usize, to: usize, is_hit| {
                    parts.extend(text.get(from..to).filter(|part| !part.is_empty()).map(|part| (part.to_owned(), is_hit)));
                };
                add(at, hit.start, false);
                add(hit.start, hit.end, true);
                at = hit.end;
            }
        }
        parts.extend(text.get(at..).filter(|part| !part.is_empty()).map(|part| (part.to_owned(), false)));
        parts
    }
}
