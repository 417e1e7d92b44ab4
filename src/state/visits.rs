//! Starting, reopening, putting right and looking up visits.

use super::app::{App, OpenVisit, Refused};
use super::clock;
use super::role::Role;
use crate::archive::record;
use crate::domain::customer::Customer;
use crate::domain::draft::{VisitDraft, visit_draft_key};
use crate::domain::draft_head::Purpose;
use crate::domain::events::Events;
use crate::domain::finish::{self, Finish};
use crate::domain::history::{self, Counts, LineHistory};
use crate::domain::id::{CustomerId, OrderId, ProductId, VisitId};
use crate::domain::order::Order;
use crate::domain::policy::Ground;
use crate::domain::product::Product;
use crate::domain::sorting;
use crate::domain::visit::{Outcome, Visit};
use crate::store::error::StoreError;
pub use crate::store::past::Past;
use chrono::NaiveDate;
use leptos::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Up to this many products in all, every visit shows them all, behind the usual ones; beyond, the others are searched.
const SHOW_ALL_UP_TO: usize = 80;

/// A visit in hand with everything its page needs.
#[derive(Clone, Debug)]
pub struct OpenedVisit {
    pub draft: VisitDraft,
    pub customer: Arc<Customer>,
    /// What the shop usually sells or what was added, in the order shown.
    pub usual: Vec<Arc<Product>>,
    /// The rest of a small catalogue.
    pub others: Vec<Arc<Product>>,
    pub histories: Arc<BTreeMap<ProductId, LineHistory>>,
    /// Everything that happened at the shop.
    pub events: Arc<Events>,
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
        self.begin(VisitDraft::begun(VisitId(clock::new_id()), customer, clock::now())).await
    }

    /// Starts an order on the phone, or goes back to what is in hand at that shop.
    pub async fn start_phone_order(self, customer: CustomerId) -> Result<VisitId, StoreError> {
        let draft = VisitDraft::begun(VisitId(clock::new_id()), customer, clock::now());
        self.begin(VisitDraft { by_phone: true, step: crate::domain::draft::Step::Order, ..draft }).await
    }

    /// Opens a finished visit again as a draft that will put it right.
    pub async fn start_correction(self, visit: &Visit, order: Option<&Order>) -> Result<VisitId, StoreError> {
        self.begin(VisitDraft::correcting(VisitId(clock::new_id()), visit, order)).await
    }

    async fn begin(self, draft: VisitDraft) -> Result<VisitId, StoreError> {
        let same = |visit: &OpenVisit| visit.customer == draft.customer && visit.purpose == draft.purpose();
        let in_hand = self.open_visits.with_untracked(|visits| visits.iter().find(|(_, visit)| same(visit)).map(|(id, _)| *id));
        if let Some(id) = in_hand {
            return Ok(id);
        }
        let written = self.put_draft(&visit_draft_key(draft.id), &record::body(&draft)?, false, None).await.map(drop);
        self.note(&written);
        written?;
        self.open_visits.update(|visits| {
            visits.insert(draft.id, OpenVisit::from(draft.head()));
        });
        Ok(draft.id)
    }

    /// The visit in hand as it was left, with the shop's past.
    pub async fn open_visit(self, id: VisitId) -> Result<Opened, StoreError> {
        let store = self.store.get_value();
        let key = visit_draft_key(id);
        let on_disk = store.draft(&key).await?;
        // The tab that writes may have typed what the disk is still to get.
        let typed = self.drafts.with_value(|drafts| drafts.get(&key).cloned()).filter(|_| self.role.get_untracked() == Role::Writer);
        let Some(body) = typed.or(on_disk) else {
            return Ok(if store.visit(id).await?.is_some() { Opened::Finished } else { Opened::Unknown });
        };
        let draft: VisitDraft = record::read(&body)?;
        let Some(customer) = self.book.with_untracked(|book| book.customer(draft.customer).cloned()) else { return Ok(Opened::Unknown) };
        let events = self.events(draft.customer).await?.events;
        let histories = Arc::new(match draft.corrects {
            Some(visit) => history::lines(&events.clone().without(visit).until(draft.on), draft.on),
            None if draft.by_phone => history::lines_with(&events, draft.on, Counts::OfTodayToo),
            None => history::lines(&events, draft.on),
        });
        let (usual, others) = self.products_of(&draft, &customer, &histories);
        self.open_visits.update(|visits| {
            visits.insert(id, OpenVisit::from(draft.head()));
        });
        Ok(Opened::InHand(Box::new(OpenedVisit { draft, customer, usual, others, histories, events: Arc::new(events) })))
    }

    fn products_of(
        self,
        draft: &VisitDraft,
        shop: &Customer,
        histories: &BTreeMap<ProductId, LineHistory>,
    ) -> (Vec<Arc<Product>>, Vec<Arc<Product>>) {
        self.book.with_untracked(|book| {
            let added: BTreeSet<ProductId> = draft.added.iter().copied().collect();
            let mut usual: Vec<Arc<Product>> = shop.range.iter().filter_map(|id| book.product(*id).cloned()).collect();
            if usual.is_empty() {
                let known = book.products().filter(|product| histories.contains_key(&product.id) && product.is_active()).cloned().collect();
                usual = sorting::by_key(known, |product: &Arc<Product>| (product.fields.place(), String::new()));
            }
            // What the shop gave up is not asked about again; what was typed of it stays.
            let is_sold = |product: &Product| product.is_active() && histories.get(&product.id).is_none_or(|past| !past.is_delisted);
            usual.retain(|product| !added.contains(&product.id) && (is_sold(product) || draft.lines.contains_key(&product.id)));
            let has = |list: &[Arc<Product>], id| list.iter().any(|product| product.id == id);
            // What was typed already is shown, whatever became of the range since.
            let typed =
                draft.lines.keys().filter(|id| !has(&usual, **id) && !added.contains(*id)).filter_map(|id| book.product(*id).cloned());
            let typed: Vec<_> = typed.collect();
            usual.extend(typed);
            usual.extend(draft.added.iter().filter_map(|id| book.product(*id).cloned()));
            let rest: Vec<Arc<Product>> = book.active_products().filter(|product| !has(&usual, product.id)).cloned().collect();
            let rest = sorting::by_key(rest, |product| (product.fields.place(), String::new()));
            let is_small = book.products().len() <= SHOW_ALL_UP_TO;
            match (is_small, usual.is_empty()) {
                // A shop of which nothing is known: everything may be there.
                (true, true) => (rest, Vec::new()),
                (true, false) => (usual, rest),
                (false, _) => (usual, Vec::new()),
            }
        })
    }

    /// The visit did not happen. A visit in hand at that shop ends with it.
    pub async fn visit_not_made(self, customer: CustomerId, why: Outcome, next_on: NaiveDate) -> Result<(), Refused<()>> {
        let Some(shop) = self.book.with_untracked(|book| book.customer(customer).cloned()) else { return Ok(()) };
        let events = self.events(customer).await?.events;
        let in_hand = self.open_visits.with_untracked(|visits| {
            visits
                .iter()
                .find(|(_, visit)| visit.customer == customer && visit.purpose == Purpose::Visit)
                .map(|(id, visit)| (*id, visit.started))
        });
        let (id, started) = in_hand.unwrap_or_else(|| (VisitId(clock::new_id()), clock::now()));
        let draft = VisitDraft::begun(id, customer, started);
        let ground = self.book.with_untracked(|book| Ground::of(book.settings(), &shop.fields, draft.on, None));
        let change = self.book.with_untracked(|book| {
            let finish = Finish {
                draft: &draft,
                order_id: OrderId(clock::new_id()),
                customer: &shop,
                events: &events,
                summary: book.summary(customer).map(Arc::as_ref),
                replaced: None,
                ground: &ground,
                finished: clock::now(),
                spent: 0,
                range: 0,
                stamp: self.stamp(),
            };
            finish::not_made(&finish, why, Some(next_on))
        });
        match self.commit(change).await {
            // Another tab was first: it is on disk.
            Err(StoreError::AlreadyThere) | Ok(()) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// A finished visit and its order.
    pub async fn finished_visit(self, id: VisitId) -> Result<Option<(Visit, Option<Order>)>, StoreError> {
        self.store.get_value().visit(id).await
    }

    /// Everything that happened at a shop, and at those that were found to be it.
    pub async fn events(self, customer: CustomerId) -> Result<Past, StoreError> {
        let ids = self.book.with_untracked(|book| book.event_ids(customer));
        self.store.get_value().events(&ids).await
    }
}
