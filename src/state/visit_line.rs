//! One product of a visit in hand: a signal of raw text, a memo of what it means.

use super::app::App;
use crate::domain::draft::{Counted, LineContext, LineDraft, LineReading};
use crate::domain::exact::Exact;
use crate::domain::history::LineHistory;
use crate::domain::id::ProductId;
use crate::domain::near::{self, Near};
use crate::domain::policy::{Ground, Method};
use crate::domain::product::Product;
use crate::domain::quantity::Units;
use crate::domain::rate;
use crate::domain::shelf_work::{self, ShelfWork};
use chrono::NaiveDate;
use leptos::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// One product of the visit.
#[derive(Clone, Copy)]
pub struct Line {
    pub id: ProductId,
    product: StoredValue<Arc<Product>>,
    history: StoredValue<Arc<LineHistory>>,
    pub draft: RwSignal<LineDraft>,
    pub reading: Memo<LineReading>,
    pub has_back_stock: bool,
    /// The shop usually has it; other lines are there to be found.
    pub is_usual: bool,
    ground: Memo<Ground>,
    closed: Memo<u16>,
    by_phone: bool,
}

/// What all lines of a visit share.
#[derive(Clone, Copy)]
pub(super) struct Setting {
    pub(super) ground: Memo<Ground>,
    pub(super) closed: Memo<u16>,
    pub(super) has_back_stock: bool,
    pub(super) by_phone: bool,
    pub(super) is_usual: bool,
}

fn known_rate(history: &LineHistory) -> Option<Exact> {
    rate::of(&history.cycles, rate::WINDOW, rate::ALPHA, history.stated).map(rate::Rate::exact)
}

impl PartialEq for Line {
    fn eq(&self, other: &Line) -> bool {
        self.id == other.id
    }
}

impl Line {
    pub(super) fn new(product: Arc<Product>, histories: &BTreeMap<ProductId, LineHistory>, typed: LineDraft, setting: Setting) -> Line {
        let Setting { ground, closed, has_back_stock, by_phone, is_usual } = setting;
        let (id, history) = (product.id, Arc::new(histories.get(&product.id).cloned().unwrap_or_default()));
        let draft = RwSignal::new(typed);
        let (of, past) = (Arc::clone(&product), Arc::clone(&history));
        // The terms follow the settings, not the keystroke.
        let terms = Memo::new(move |_| ground.with(|ground| (ground.policy_of(id, &of.fields, &past), ground.on)));
        let (of, past) = (Arc::clone(&product), Arc::clone(&history));
        let reading = Memo::new(move |_| {
            let (policy, on) = terms.get();
            let closed_days = closed.get();
            let context = LineContext { product: &of.fields, history: &past, policy, on, has_back_stock, closed_days, by_phone };
            draft.with(|draft| draft.read(id, context))
        });
        let (product, history) = (StoredValue::new(product), StoredValue::new(history));
        Line { id, product, history, draft, reading, has_back_stock, is_usual, ground, closed, by_phone }
    }

    /// What the line is read with.
    pub(super) fn context<'a>(self, product: &'a Product, history: &'a LineHistory) -> LineContext<'a> {
        let (policy, on) = self.ground.with_untracked(|ground| (ground.policy_of(self.id, &product.fields, history), ground.on));
        let (has_back_stock, closed_days, by_phone) = (self.has_back_stock, self.closed.get_untracked(), self.by_phone);
        LineContext { product: &product.fields, history, policy, on, has_back_stock, closed_days, by_phone }
    }

    /// Counts towards "all counted": usual, or touched.
    pub fn is_in_range(self) -> bool {
        self.is_usual || self.draft.with(|draft| *draft != LineDraft::default())
    }

    /// Nothing typed, nothing chosen.
    pub fn is_untouched(self) -> bool {
        self.draft.with_untracked(|draft| *draft == LineDraft::default())
    }

    pub fn product(self) -> Arc<Product> {
        self.product.get_value()
    }

    pub fn history(self) -> Arc<LineHistory> {
        self.history.get_value()
    }

    pub fn is_uncounted(self) -> bool {
        self.reading.with_untracked(|reading| !matches!(reading.counted, Counted::Yes { .. }))
    }

    /// The local date the visit counts for.
    pub fn day(self) -> NaiveDate {
        self.ground.with_untracked(|ground| ground.on)
    }

    /// What came since the last count: by the plain rule everything that was ordered.
    pub fn came(self) -> Units {
        let history = self.history();
        if self.ground.with(|ground| ground.terms.method) == Method::Rule { history.ordered } else { history.received }
    }

    /// Units a day, where anything is known of it.
    pub fn rate(self, window: u8) -> Option<Exact> {
        let known = self.reading.with(|reading| reading.suggestion.number().and_then(|number| number.rate()));
        let history = self.history();
        known.or_else(|| rate::of(&history.cycles, window, rate::ALPHA, history.stated).map(rate::Rate::exact))
    }

    /// Dates worth a word: of today's count, else as far as they were seen at the last one.
    pub fn near(self, app: App) -> Vec<Near> {
        let reckoning = app.book.with(|book| book.settings().map(|settings| settings.reckoning).unwrap_or_default());
        let on = self.ground.with(|ground| ground.on);
        let lots = self.reading.with(|reading| reading.counted.current().is_some().then(|| reading.lots.clone().unwrap_or_default()));
        let rate = self.rate(reckoning.window);
        let lots = lots.unwrap_or_else(|| self.history().lots_left(rate, on));
        near::of_line(&lots, self.product().fields.shelf_life, reckoning.near, rate, on)
    }

    /// As [`Self::near`]; where the count has no dates, those of the last visit that should still be there.
    pub fn near_or_known(self, app: App) -> Vec<Near> {
        let near = self.near(app);
        let is_undated =
            self.reading.with(|reading| reading.counted.current().is_some_and(|units| !units.is_zero()) && reading.lots == Ok(Vec::new()));
        if !near.is_empty() || !is_undated {
            return near;
        }
        let reckoning = app.reckoning();
        let (on, rate, history) = (self.day(), self.rate(reckoning.window), self.history());
        near::of_line(&history.lots_left(rate, on), self.product().fields.shelf_life, reckoning.near, rate, on)
    }

    /// What there is to do at the shelf: by today's count, else by the last one.
    pub(super) fn shelf_work(self) -> Vec<ShelfWork> {
        let on = self.ground.with(|ground| ground.on);
        let history = self.history();
        let (count, lots) = self.reading.with(|reading| match &reading.counted {
            Counted::Yes { count, .. } => (Some(*count), reading.lots.clone().unwrap_or_default()),
            _ => (history.previous.map(|previous| previous.count), history.lots_left(known_rate(&history), on)),
        });
        count.map(|count| shelf_work::of_line(self.id, &self.product().fields, count, &lots, on)).unwrap_or_default()
    }
}
