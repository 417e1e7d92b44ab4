//! The visit in hand as signals: one line, one signal of raw text, one memo of what it means. Lives as long as its page; the
//! draft on disk outlives it.

use super::app::{App, Refused};
use super::autosave::{Autosave, Kept};
use super::clock;
use super::visits::OpenedVisit;
use crate::domain::customer::Customer;
use crate::domain::draft::{
    self, Counted, Finish, FinishProblem, LineContext, LineDraft, LineReading, LineToFinish, Step, VisitDraft, visit_draft_key,
};
use crate::domain::factor::Factor;
use crate::domain::history::LineHistory;
use crate::domain::id::{OrderId, ProductId, VisitId};
use crate::domain::order::Total;
use crate::domain::product::Product;
use crate::store::error::StoreError;
use chrono::{NaiveDate, NaiveDateTime};
use leptos::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// One visit in hand.
#[derive(Clone, Copy)]
pub struct VisitRoom {
    pub app: App,
    pub id: VisitId,
    customer: StoredValue<Arc<Customer>>,
    pub started: NaiveDateTime,
    /// The date the visit counts for: the one it was started on.
    pub on: NaiveDate,
    pub lines: RwSignal<Vec<Line>>,
    pub step: RwSignal<Step>,
    pub open: RwSignal<Option<ProductId>>,
    pub total: Memo<Total>,
    pub counted: Memo<usize>,
    histories: StoredValue<Arc<BTreeMap<ProductId, LineHistory>>>,
    added: RwSignal<Vec<ProductId>>,
    factor: Memo<Factor>,
    autosave: StoredValue<Autosave, LocalStorage>,
    /// What the visit's signals belong to: a line added from a sheet must outlive the sheet.
    owner: StoredValue<Owner>,
}

/// One product of the visit.
#[derive(Clone, Copy)]
pub struct Line {
    pub id: ProductId,
    product: StoredValue<Arc<Product>>,
    history: StoredValue<Arc<LineHistory>>,
    pub draft: RwSignal<LineDraft>,
    pub reading: Memo<LineReading>,
    pub has_back_stock: bool,
}

impl PartialEq for Line {
    fn eq(&self, other: &Line) -> bool {
        self.id == other.id
    }
}

impl VisitRoom {
    /// Enters a visit. Call where the signals may live: inside its page.
    pub fn enter(app: App, opened: OpenedVisit) -> VisitRoom {
        let OpenedVisit { draft, customer, products, histories } = opened;
        let factor = Memo::new(move |_| app.book.with(|book| book.factor()));
        let on = draft.started.date();
        let has_back_stock = customer.fields.has_back_stock;
        let new_line = |product: &Arc<Product>| {
            let typed = draft.lines.get(&product.id).cloned().unwrap_or_default();
            Line::new(Arc::clone(product), &histories, typed, factor, on, has_back_stock)
        };
        let lines = RwSignal::new(products.iter().map(new_line).collect::<Vec<_>>());
        let total = Memo::new(move |_| {
            lines.with(|lines| {
                let readings: Vec<LineReading> = lines.iter().map(|line| line.reading.get()).collect();
                draft::total(&readings)
            })
        });
        let counted = Memo::new(move |_| {
            lines.with(|lines| lines.iter().filter(|line| line.reading.with(|reading| reading.counted.current().is_some())).count())
        });
        let (step, open, added) = (RwSignal::new(draft.step), RwSignal::new(draft.open), RwSignal::new(draft.added));
        let (id, customer_id, started) = (draft.id, draft.customer, draft.started);
        let snapshot = move || VisitDraft {
            id,
            customer: customer_id,
            started,
            step: step.get(),
            open: open.get(),
            added: added.get(),
            lines: lines.with(|lines| {
                let typed = lines.iter().map(|line| (line.id, line.draft.get()));
                typed.filter(|(_, draft)| *draft != LineDraft::default()).collect()
            }),
        };
        let autosave = Autosave::watch(app, visit_draft_key(id), snapshot);
        VisitRoom {
            app,
            id,
            customer: StoredValue::new(customer),
            started,
            on,
            lines,
            step,
            open,
            total,
            counted,
            histories: StoredValue::new(histories),
            added,
            factor,
            autosave: StoredValue::new_local(autosave),
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
        }
    }

    pub fn customer(self) -> Arc<Customer> {
        self.customer.get_value()
    }

    /// How far the draft is kept.
    pub fn kept(self) -> RwSignal<Kept> {
        self.autosave.with_value(Autosave::kept)
    }

    pub fn factor(self) -> Factor {
        self.factor.get()
    }

    pub fn line(self, product: ProductId) -> Option<Line> {
        self.lines.with_untracked(|lines| lines.iter().find(|line| line.id == product).copied())
    }

    /// Adds a product to this visit and opens it; one that is there already is only opened.
    pub fn add_product(self, product: &Arc<Product>) {
        if self.line(product.id).is_none() {
            let (histories, has_back_stock) = (self.histories.get_value(), self.customer().fields.has_back_stock);
            let new_line = || Line::new(Arc::clone(product), &histories, LineDraft::default(), self.factor, self.on, has_back_stock);
            let line = self.owner.with_value(|owner| owner.with(new_line));
            self.lines.update(|lines| lines.push(line));
            self.added.update(|added| added.push(product.id));
        }
        self.open.set(Some(product.id));
    }

    /// The next line after `from` (or from the top) that is not counted, going round once.
    pub fn next_uncounted(self, from: Option<ProductId>) -> Option<ProductId> {
        self.lines.with_untracked(|lines| {
            let start = from.and_then(|from| lines.iter().position(|line| line.id == from)).map_or(0, |at| at + 1);
            let (before, after) = lines.split_at_checked(start).unwrap_or((lines, &[]));
            after.iter().chain(before).find(|line| line.is_uncounted() && Some(line.id) != from).map(|line| line.id)
        })
    }

    /// Writes the visit, its order and the shop's next due date, or says every problem.
    pub async fn finish(self) -> Result<(), Refused<FinishProblem>> {
        let app = self.app;
        let lines = self.lines.get_untracked();
        let drafts: Vec<LineDraft> = lines.iter().map(|line| line.draft.get_untracked()).collect();
        let factor = self.factor.get_untracked();
        let pasts: Vec<(Arc<Product>, Arc<LineHistory>)> = lines.iter().map(|line| (line.product(), line.history())).collect();
        let customer = self.customer();
        let to_finish: Vec<LineToFinish<'_>> = lines
            .iter()
            .zip(drafts.iter().zip(&pasts))
            .map(|(line, (draft, (product, history)))| {
                let has_back_stock = line.has_back_stock;
                let context = LineContext { product: &product.fields, history, factor, on: self.on, has_back_stock };
                LineToFinish { product: line.id, draft, context }
            })
            .collect();
        let change = app.book.with_untracked(|book| {
            let finish = Finish {
                id: self.id,
                order_id: OrderId(clock::new_id()),
                customer: &customer,
                summary: book.summary(customer.id).map(Arc::as_ref),
                factor,
                started: self.started,
                finished: clock::now(),
                on: self.on,
                stamp: app.stamp(),
            };
            draft::finish(&finish, &to_finish)
        });
        let autosave = self.autosave.get_value();
        autosave.stop();
        let committed = match change {
            Ok(change) => app.commit(change).await.map_err(Refused::Store),
            Err(problems) => Err(Refused::Problems(problems)),
        };
        match committed {
            // Another tab finished the same visit: it is on disk.
            Err(Refused::Store(StoreError::AlreadyThere)) => Ok(()),
            Err(refused) => {
                autosave.resume();
                Err(refused)
            }
            Ok(()) => Ok(()),
        }
    }

    /// Keeps nothing more: another tab ended this visit.
    pub fn stop(self) {
        self.autosave.with_value(Autosave::stop);
    }

    /// Throws the visit away.
    pub fn discard(self) {
        self.autosave.with_value(Autosave::stop);
        self.app.discard_draft(&visit_draft_key(self.id));
    }
}

impl Line {
    fn new(
        product: Arc<Product>,
        histories: &BTreeMap<ProductId, LineHistory>,
        typed: LineDraft,
        factor: Memo<Factor>,
        on: NaiveDate,
        has_back_stock: bool,
    ) -> Line {
        let history = Arc::new(histories.get(&product.id).cloned().unwrap_or_default());
        let draft = RwSignal::new(typed);
        let (of, past) = (Arc::clone(&product), Arc::clone(&history));
        let reading = Memo::new(move |_| {
            let context = LineContext { product: &of.fields, history: &past, factor: factor.get(), on, has_back_stock };
            draft.with(|draft| draft.read(context))
        });
        Line { id: product.id, product: StoredValue::new(product), history: StoredValue::new(history), draft, reading, has_back_stock }
    }

    pub fn product(self) -> Arc<Product> {
        self.product.get_value()
    }

    pub fn history(self) -> Arc<LineHistory> {
        self.history.get_value()
    }

    fn is_uncounted(self) -> bool {
        self.reading.with_untracked(|reading| !matches!(reading.counted, Counted::Yes { .. }))
    }
}
