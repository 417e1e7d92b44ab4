//! Starting, reopening and looking up visits.

use super::app::{App, OpenVisit};
use super::clock;
use crate::archive::record;
use crate::domain::customer::Customer;
use crate::domain::draft::{Step, VisitDraft, visit_draft_key};
use crate::domain::history::{self, LineHistory};
use crate::domain::id::{CustomerId, ProductId, VisitId};
use crate::domain::order::Order;
use crate::domain::product::Product;
use crate::domain::visit::Visit;
use crate::store::database::Events;
use crate::store::error::StoreError;
use leptos::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Up to this many products in all, every visit shows them all; beyond, a visit shows what the shop had before and what is added.
const SHOW_ALL_UP_TO: usize = 80;

/// A visit in hand with everything its page needs.
#[derive(Clone, Debug)]
pub struct OpenedVisit {
    pub draft: VisitDraft,
    pub customer: Arc<Customer>,
    /// In the order they are shown.
    pub products: Vec<Arc<Product>>,
    pub histories: Arc<BTreeMap<ProductId, LineHistory>>,
}

/// What became of a visit's page.
#[derive(Clone, Debug)]
pub enum Opened {
    InHand(Box<OpenedVisit>),
    /// It is finished: its summary is the page to show.
    Finished,
    Unknown,
}

impl App {
    /// Starts a visit, or goes back to the one in hand at that shop.
    pub async fn start_visit(self, customer: CustomerId) -> Result<VisitId, StoreError> {
        let in_hand =
            self.open_visits.with_untracked(|visits| visits.iter().find(|(_, visit)| visit.customer == customer).map(|(id, _)| *id));
        if let Some(id) = in_hand {
            return Ok(id);
        }
        let draft = VisitDraft {
            id: VisitId(clock::new_id()),
            customer,
            started: clock::now(),
            step: Step::Count,
            open: None,
            added: Vec::new(),
            lines: BTreeMap::new(),
        };
        let written = self.store.get_value().put_draft(&visit_draft_key(draft.id), &record::body(&draft)?).await;
        self.note(&written);
        written?;
        self.open_visits.update(|visits| {
            visits.insert(draft.id, OpenVisit { customer, started: draft.started });
        });
        Ok(draft.id)
    }

    /// The visit in hand as it was left, with the shop's past.
    pub async fn open_visit(self, id: VisitId) -> Result<Opened, StoreError> {
        let store = self.store.get_value();
        let Some(body) = store.draft(&visit_draft_key(id)).await? else {
            return Ok(if store.visit(id).await?.is_some() { Opened::Finished } else { Opened::Unknown });
        };
        let draft: VisitDraft = record::read(&body)?;
        let Some(customer) = self.book.with_untracked(|book| book.customer(draft.customer).cloned()) else { return Ok(Opened::Unknown) };
        let events = store.events(draft.customer).await?;
        let histories = Arc::new(history::lines(&events.visits, &events.orders, draft.started.date()));
        let products = self.products_of(&draft, &histories);
        self.open_visits.update(|visits| {
            visits.insert(id, OpenVisit { customer: draft.customer, started: draft.started });
        });
        Ok(Opened::InHand(Box::new(OpenedVisit { draft, customer, products, histories })))
    }

    fn products_of(self, draft: &VisitDraft, histories: &BTreeMap<ProductId, LineHistory>) -> Vec<Arc<Product>> {
        self.book.with_untracked(|book| {
            let all = book.products().len() <= SHOW_ALL_UP_TO;
            let added: BTreeSet<ProductId> = draft.added.iter().copied().collect();
            let shown = |id: &ProductId| all || histories.contains_key(id) || draft.lines.contains_key(id);
            let own = book.products().filter(|product| shown(&product.id) && !added.contains(&product.id)).cloned();
            own.chain(draft.added.iter().filter_map(|id| book.product(*id).cloned())).collect()
        })
    }

    /// A finished visit and its order.
    pub async fn finished_visit(self, id: VisitId) -> Result<Option<(Visit, Option<Order>)>, StoreError> {
        self.store.get_value().visit(id).await
    }

    /// Everything that happened at a shop.
    pub async fn events(self, customer: CustomerId) -> Result<Events, StoreError> {
        self.store.get_value().events(customer).await
    }
}
