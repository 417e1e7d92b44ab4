//! The visit in hand as signals: one line, one signal of raw text, one memo of what it means. Lives as long as its page; the
//! draft on disk outlives it.

use super::app::{App, Refused};
use super::autosave::{Autosave, Kept};
use super::clock;
use super::visit_line::{Line, Setting};
use super::visits::OpenedVisit;
use crate::domain::customer::Customer;
use crate::domain::dispatch::Dispatch;
use crate::domain::draft::{self, AgreedDraft, LineDraft, Step, VisitDraft, visit_draft_key};
use crate::domain::events::Events;
use crate::domain::finish::{self, AgreedProblem, Finish, FinishProblem, LineToFinish};
use crate::domain::history::LineHistory;
use crate::domain::id::{OrderId, ProductId, VisitId};
use crate::domain::note;
use crate::domain::order::Total;
use crate::domain::policy::Ground;
use crate::domain::product::Product;
use crate::domain::quantity::Units;
use crate::domain::shelf_work::{Kind, ShelfWork};
use crate::domain::visit::{ShelfTask, Topic, Visit};
use crate::store::error::StoreError;
use chrono::{NaiveDate, NaiveDateTime};
use leptos::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// One visit in hand.
#[derive(Clone, Copy)]
pub struct VisitRoom {
    pub app: App,
    pub id: VisitId,
    customer: StoredValue<Arc<Customer>>,
    pub started: NaiveDateTime,
    /// The date the visit counts for: the one it was started on, or of the visit it puts right.
    pub on: NaiveDate,
    /// The finished visit it puts right.
    pub corrects: Option<VisitId>,
    /// An order on the phone: only the order is asked for.
    pub by_phone: bool,
    pub lines: RwSignal<Vec<Line>>,
    pub step: RwSignal<Step>,
    pub open: RwSignal<Option<ProductId>>,
    pub total: Memo<Total>,
    pub counted: Memo<usize>,
    /// Lines that the shop usually has, or that were touched: what "all counted" means.
    pub range: Memo<usize>,
    pub shelf: RwSignal<BTreeSet<ShelfTask>>,
    /// Work at the shelf that was ticked.
    pub work: RwSignal<Vec<ShelfWork>>,
    /// What was explained to the owner today.
    pub taught: RwSignal<BTreeSet<Topic>>,
    /// Days the shop was shut since the last visit, as typed.
    pub closed_days: RwSignal<String>,
    pub agreed: RwSignal<AgreedDraft>,
    /// Everything that happened at the shop before.
    pub events: StoredValue<Arc<Events>>,
    spent: RwSignal<u32>,
    /// When it came in sight, by the clock that nobody can set.
    sitting: StoredValue<Option<u64>>,
    histories: StoredValue<Arc<BTreeMap<ProductId, LineHistory>>>,
    added: RwSignal<Vec<ProductId>>,
    /// What all lines are reckoned by.
    pub ground: Memo<Ground>,
    closed: Memo<u16>,
    autosave: StoredValue<Autosave, LocalStorage>,
    /// What the visit's signals belong to: a line added from a sheet must outlive the sheet.
    owner: StoredValue<Owner>,
}

/// Whole seconds since a moment of the running clock.
fn seconds(since: u64) -> u32 {
    u32::try_from(clock::running().saturating_sub(since) / 1000).unwrap_or(0)
}

impl VisitRoom {
    /// Enters a visit. Call where the signals may live: inside its page.
    pub fn enter(app: App, opened: OpenedVisit) -> VisitRoom {
        let OpenedVisit { draft, customer, usual, others, histories, events } = opened;
        let on = draft.on;
        let (agreed, closed_days) = (RwSignal::new(draft.agreed.clone()), RwSignal::new(draft.closed_days.clone()));
        let (shop, shop_id) = (Arc::clone(&customer), customer.id);
        let corrected = draft.corrects.and_then(|id| events.visits.iter().find(|visit| visit.id == id).cloned());
        let ground = Memo::new(move |_| {
            let next_on = agreed.with(|agreed| agreed.next_on.parse().ok());
            let ground = app.book.with(|book| Ground::of(book.settings(), &book.customer(shop_id).unwrap_or(&shop).fields, on, next_on));
            match &corrected {
                Some(visit) => ground.as_at(visit),
                None => ground,
            }
        });
        let closed = Memo::new(move |_| closed_days.with(|raw| note::days(raw)).unwrap_or(0));
        let by_phone = draft.by_phone;
        let has_back_stock = customer.fields.has_back_stock;
        let new_line = |product: &Arc<Product>, is_usual| {
            let typed = draft.lines.get(&product.id).cloned().unwrap_or_default();
            Line::new(Arc::clone(product), &histories, typed, Setting { ground, closed, has_back_stock, by_phone, is_usual })
        };
        let first = usual.iter().map(|product| new_line(product, true));
        let lines = RwSignal::new(first.chain(others.iter().map(|product| new_line(product, false))).collect::<Vec<_>>());
        let total = Memo::new(move |_| {
            lines.with(|lines| {
                lines.iter().fold(Total::default(), |mut total, line| {
                    line.reading.with(|reading| draft::add_to(&mut total, reading));
                    total
                })
            })
        });
        let counted = Memo::new(move |_| {
            lines.with(|lines| lines.iter().filter(|line| line.reading.with(|reading| reading.counted.current().is_some())).count())
        });
        let range = Memo::new(move |_| lines.with(|lines| lines.iter().filter(|line| line.is_in_range()).count()));
        let (step, open, added) = (RwSignal::new(draft.step), RwSignal::new(draft.open), RwSignal::new(draft.added));
        let (shelf, spent) = (RwSignal::new(draft.shelf), RwSignal::new(draft.spent));
        let (work, taught) = (RwSignal::new(draft.work), RwSignal::new(draft.taught));
        let (id, customer_id, started) = (draft.id, draft.customer, draft.started);
        let corrects = draft.corrects;
        let snapshot = move || VisitDraft {
            id,
            customer: customer_id,
            started,
            on,
            corrects,
            by_phone,
            spent: spent.get(),
            step: step.get(),
            open: open.get(),
            added: added.get(),
            shelf: shelf.get(),
            work: work.get(),
            taught: taught.get(),
            closed_days: closed_days.get(),
            agreed: agreed.get(),
            lines: lines.with(|lines| {
                let typed = lines.iter().map(|line| (line.id, line.draft.get()));
                typed.filter(|(_, draft)| *draft != LineDraft::default()).collect()
            }),
        };
        let autosave = Autosave::watch(app, visit_draft_key(id), snapshot);
        let room = VisitRoom {
            app,
            id,
            customer: StoredValue::new(customer),
            started,
            on,
            corrects,
            by_phone,
            lines,
            step,
            open,
            total,
            counted,
            range,
            shelf,
            work,
            taught,
            closed_days,
            agreed,
            events: StoredValue::new(events),
            spent,
            sitting: StoredValue::new(Some(clock::running())),
            histories: StoredValue::new(histories),
            added,
            ground,
            closed,
            autosave: StoredValue::new_local(autosave),
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
        };
        room.keep_time();
        room
    }

    /// Counts the time the visit is in front of the rep: from now to leaving or hiding the page, and again when it is shown.
    fn keep_time(self) {
        let rise = move || {
            let since = self.sitting.try_get_value().flatten();
            if let Some(since) = since {
                self.sitting.set_value(None);
                self.spent.update(|spent| *spent = spent.saturating_add(seconds(since)));
            }
        };
        let hidden = window_event_listener_untyped("shelfwise-hide", move |_| rise());
        let shown = window_event_listener_untyped("shelfwise-show", move |_| {
            // A page that is gone has no sitting to begin.
            let _ = self.sitting.try_set_value(Some(clock::running()));
        });
        on_cleanup(move || {
            hidden.remove();
            shown.remove();
        });
    }

    /// Time in front of the rep so far, in seconds.
    fn spent(self) -> u32 {
        let sitting = self.sitting.get_value().map_or(0, seconds);
        self.spent.get_untracked().saturating_add(sitting)
    }

    pub fn customer(self) -> Arc<Customer> {
        self.customer.get_value()
    }

    /// How far the draft is kept.
    pub fn kept(self) -> RwSignal<Kept> {
        self.autosave.with_value(Autosave::kept)
    }

    pub fn line(self, product: ProductId) -> Option<Line> {
        self.lines.with_untracked(|lines| lines.iter().find(|line| line.id == product).copied())
    }

    /// Adds a product to this visit and opens it; one that is there already is only opened.
    pub fn add_product(self, product: &Arc<Product>) {
        if self.line(product.id).is_none() {
            let (histories, has_back_stock) = (self.histories.get_value(), self.customer().fields.has_back_stock);
            let (ground, closed, by_phone) = (self.ground, self.closed, self.by_phone);
            let setting = Setting { ground, closed, has_back_stock, by_phone, is_usual: true };
            let new_line = || Line::new(Arc::clone(product), &histories, LineDraft::default(), setting);
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
            let waits = |line: &&Line| line.is_usual && line.is_uncounted() && Some(line.id) != from;
            after.iter().chain(before).find(waits).map(|line| line.id)
        })
    }

    /// Writes the visit, its order and the shop's next due date, or says every problem.
    pub async fn finish(self) -> Result<(), Refused<FinishProblem>> {
        let app = self.app;
        let lines = self.lines.get_untracked();
        let drafts: Vec<LineDraft> = lines.iter().map(|line| line.draft.get_untracked()).collect();
        let pasts: Vec<(Arc<Product>, Arc<LineHistory>)> = lines.iter().map(|line| (line.product(), line.history())).collect();
        let customer = self.customer();
        let to_finish: Vec<LineToFinish<'_>> = lines
            .iter()
            .zip(drafts.iter().zip(&pasts))
            .map(|(line, (draft, (product, history)))| LineToFinish { product: line.id, draft, context: line.context(product, history) })
            .collect();
        // All that the page holds, before anything is waited for: it may be drawn anew meanwhile.
        let (draft, events, ground) = (self.snapshot(), self.events.get_value(), self.ground.get_untracked());
        let (spent, range) = (self.spent(), u32::try_from(self.range.get_untracked()).unwrap_or(u32::MAX));
        let autosave = self.autosave.get_value();
        let replaced = self.replaced().await?;
        let change = app.book.with_untracked(|book| {
            // The book's own: the shop may have been changed since the visit began.
            let shop = book.customer(customer.id).map_or(&customer, |now| now);
            let finish = Finish {
                draft: &draft,
                order_id: OrderId(clock::new_id()),
                customer: shop,
                events: &events,
                summary: book.summary(customer.id).map(Arc::as_ref),
                replaced: replaced.as_ref(),
                ground: &ground,
                finished: clock::now(),
                spent,
                range,
                stamp: app.stamp(),
            };
            finish::finish(&finish, &to_finish)
        });
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

    /// The visit this one puts right.
    fn corrected(self) -> Option<Visit> {
        let id = self.corrects?;
        self.events.with_value(|events| events.visits.iter().find(|visit| visit.id == id).cloned())
    }

    /// How far the order that this correction replaces has got.
    async fn replaced(self) -> Result<Option<Dispatch>, StoreError> {
        match self.corrected().and_then(|visit| visit.order) {
            Some(order) => self.app.store.get_value().dispatch(order).await,
            None => Ok(None),
        }
    }

    /// Everything but the lines, as it would be written now.
    fn snapshot(self) -> VisitDraft {
        VisitDraft {
            on: self.on,
            corrects: self.corrects,
            by_phone: self.by_phone,
            shelf: self.shelf.get_untracked(),
            work: self.work.get_untracked(),
            taught: self.taught.get_untracked(),
            closed_days: self.closed_days.get_untracked(),
            agreed: self.agreed.get_untracked(),
            ..VisitDraft::begun(self.id, self.customer().id, self.started)
        }
    }

    /// Something was typed or done that ending the visit otherwise would lose.
    pub fn is_begun(self) -> bool {
        let typed = self.lines.with_untracked(|lines| lines.iter().any(|line| !line.is_untouched()));
        let closed = !self.closed_days.with_untracked(String::is_empty);
        let at_shelf = closed || !self.shelf.with_untracked(BTreeSet::is_empty) || !self.work.with_untracked(Vec::is_empty);
        typed
            || at_shelf
            || !self.taught.with_untracked(BTreeSet::is_empty)
            || self.agreed.with_untracked(|agreed| *agreed != AgreedDraft::default())
    }

    /// Ticks a piece of work at the shelf, or takes the tick away.
    pub fn tick(self, piece: ShelfWork) {
        self.work.update(|work| {
            let is_it = |other: &ShelfWork| (other.product, other.kind) == (piece.product, piece.kind);
            match work.iter().position(is_it) {
                Some(at) => drop(work.remove(at)),
                None => work.push(ShelfWork { done: true, ..piece }),
            }
        });
    }

    /// Notes a piece of work as done, on top of what was done of it before.
    pub fn did(self, piece: ShelfWork) {
        self.work.update(|work| {
            let known = work.iter().position(|other| (other.product, other.kind) == (piece.product, piece.kind));
            let before = known.map_or(0, |at| work.remove(at).units.0);
            work.push(ShelfWork { units: Units(piece.units.0.saturating_add(before)), done: true, ..piece });
        });
    }

    /// All there is to do at the shelf and what was done, fills first.
    pub fn shelf_work(self) -> Vec<ShelfWork> {
        let found: Vec<ShelfWork> = self.lines.with(|lines| lines.iter().flat_map(|line| line.shelf_work()).collect());
        let all = self.work.with(|done| crate::domain::shelf_work::of_visit(done, &found));
        // Where it stands in the visit, not what was ticked first.
        let place = |work: &ShelfWork| self.lines.with(|lines| lines.iter().position(|line| line.id == work.product).unwrap_or(usize::MAX));
        let kind = |work: &ShelfWork| [Kind::TakeOff, Kind::Fill, Kind::Swap].into_iter().position(|kind| kind == work.kind).unwrap_or(0);
        crate::domain::sorting::by_key(all, |work| (i64::try_from(place(work)).unwrap_or(i64::MAX), kind(work).to_string()))
    }

    /// What is wrong with what was agreed, as typed.
    pub fn agreed_problem(self) -> Option<AgreedProblem> {
        let before = self.corrected().map(|visit| visit.agreed);
        self.agreed.with(|agreed| finish::agreed(agreed, self.on, clock::now(), before.as_ref()).err())
    }

    /// Writes what waits, before the page is read again from disk.
    pub async fn keep_now(self) {
        self.autosave.get_value().flush_now().await;
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
