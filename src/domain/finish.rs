//! The step from a visit in hand to events: the visit, its order, the order's way to the warehouse and the shop's summary as one
//! change, or every problem of every line. An attempt that was not made and a correction go the same way.

use super::book::{Change, Record};
use super::customer::Customer;
use super::dispatch::Dispatch;
use super::draft::{AgreedDraft, Counted, LineContext, LineDraft, LineReading, VisitDraft, visit_draft_key};
use super::events::Events;
use super::id::{OrderId, ProductId};
use super::note::{self, LineNote};
use super::order::{self, Channel, Order, OrderLine};
use super::policy::Ground;
use super::shelf_work::{self, ShelfWork};
use super::stamp::{Envelope, Stamp};
use super::summary::Summary;
use super::text::{self, LONG_MAX};
use super::visit::{Agreed, Outcome, Visit, VisitLine};
use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime};

/// One line of a visit with everything it needs to be finished.
#[derive(Clone, Copy)]
pub struct LineToFinish<'a> {
    pub product: ProductId,
    pub draft: &'a LineDraft,
    pub context: LineContext<'a>,
}

/// Why a visit cannot be finished yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FinishProblem {
    /// A count that cannot be read: the line to open.
    Count(ProductId),
    /// An order quantity that cannot be taken.
    Choice(ProductId),
    /// A date that cannot be read: the line to open.
    Lots(ProductId),
    /// A figure of what else happened.
    Note(ProductId),
    /// The days the shop was shut.
    ClosedDays,
    /// What was agreed cannot be kept so.
    Agreed(AgreedProblem),
    /// Nothing counted and nothing ordered.
    Empty,
}

/// Why what was agreed cannot be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AgreedProblem {
    /// A promise needs a time (D0 50).
    PromiseWithoutDay,
    PromiseInThePast,
    NextInThePast,
    TooLong,
}

/// What finishing needs besides the lines.
pub struct Finish<'a> {
    pub draft: &'a VisitDraft,
    pub order_id: OrderId,
    pub customer: &'a Customer,
    /// Everything that happened at the shop before.
    pub events: &'a Events,
    pub summary: Option<&'a Summary>,
    /// The way of the order that a correction replaces.
    pub replaced: Option<&'a Dispatch>,
    pub ground: &'a Ground,
    pub finished: NaiveDateTime,
    /// Time in front of the rep, in seconds.
    pub spent: u32,
    /// Lines the visit had to count: the usual ones, and those that were touched.
    pub range: u32,
    pub stamp: Stamp,
}

/// The visit, its order and the shop's next due date as one change, or every problem of every line.
pub fn finish(finish: &Finish<'_>, lines: &[LineToFinish<'_>]) -> Result<Change, Vec<FinishProblem>> {
    let mut problems = Vec::new();
    let mut counted = Vec::new();
    let mut ordered = Vec::new();
    let mut notes = Vec::new();
    let mut work = Vec::new();
    for line in lines {
        let reading = line.draft.read(line.product, line.context);
        match reading.counted {
            Counted::Yes { count, .. } => counted.push(VisitLine {
                product: line.product,
                count,
                size: line.context.product.size,
                basis: line.context.history.basis(),
                lots: reading.lots.iter().flatten().filter(|lot| lot.units() > 0).copied().collect(),
                terms: Some(line.context.policy.line),
            }),
            Counted::Unreadable(..) | Counted::TooMuch => problems.push(FinishProblem::Count(line.product)),
            Counted::No | Counted::FrontOnly(_) | Counted::BackOnly => {}
        }
        if reading.lots.is_err() {
            problems.push(FinishProblem::Lots(line.product));
        }
        match &reading.note {
            Ok(note) if !note.is_empty() => notes.push(note.clone()),
            Ok(_) => {}
            Err(_) => problems.push(FinishProblem::Note(line.product)),
        }
        work.extend(left_at_shelf(line, &reading));
        if reading.choice_problem.is_some() {
            problems.push(FinishProblem::Choice(line.product));
        }
        ordered.extend(order_line(line, &reading));
    }
    let corrected = finish.draft.corrects.and_then(|id| finish.events.visits.iter().find(|visit| visit.id == id));
    let agreed =
        agreed(&finish.draft.agreed, finish.draft.on, finish.finished, corrected.map(|visit| &visit.agreed)).unwrap_or_else(|problem| {
            problems.push(FinishProblem::Agreed(problem));
            Agreed::default()
        });
    let closed_days = note::days(&finish.draft.closed_days).unwrap_or_else(|_| {
        problems.push(FinishProblem::ClosedDays);
        0
    });
    let draft = finish.draft;
    let said = agreed != Agreed::default()
        || !draft.shelf.is_empty()
        || !draft.work.is_empty()
        || !draft.taught.is_empty()
        || !notes.is_empty()
        || closed_days > 0;
    // A correction may take everything back.
    if problems.is_empty() && counted.is_empty() && ordered.is_empty() && !said && finish.draft.corrects.is_none() {
        problems.push(FinishProblem::Empty);
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let work = if draft.by_phone { Vec::new() } else { shelf_work::of_visit(&draft.work, &work) };
    Ok(finish.change(Outcome::Made, Made { agreed, counted, ordered, notes, work, closed_days }))
}

/// The visit did not happen: tried, with the reason, and when to come again. Moves no stock figure and no cycle.
pub fn not_made(finish: &Finish<'_>, why: Outcome, next_on: Option<NaiveDate>) -> Change {
    let next_on = next_on.filter(|next| *next >= finish.draft.on);
    let agreed = Agreed { next_on, ..Agreed::default() };
    finish.change(why, Made { agreed, ..Made::default() })
}

/// What a visit found and agreed.
#[derive(Default)]
struct Made {
    agreed: Agreed,
    counted: Vec<VisitLine>,
    ordered: Vec<OrderLine>,
    notes: Vec<LineNote>,
    work: Vec<ShelfWork>,
    closed_days: u16,
}

/// What a counted line leaves to do at the shelf.
fn left_at_shelf(line: &LineToFinish<'_>, reading: &LineReading) -> Vec<ShelfWork> {
    let Counted::Yes { count, .. } = &reading.counted else { return Vec::new() };
    let lots = reading.lots.as_deref().unwrap_or_default();
    shelf_work::of_line(line.product, line.context.product, *count, lots, line.context.on)
}

fn order_line(line: &LineToFinish<'_>, reading: &LineReading) -> Option<OrderLine> {
    let quantity = reading.quantity?;
    let suggested = reading.to_order;
    let choice = line.draft.choice.as_ref();
    let declined = choice.is_some() && suggested.is_some_and(|units| !units.is_zero());
    if quantity.is_zero() && reading.free.is_zero() && !declined {
        return None;
    }
    let list = line.context.product.prices;
    Some(OrderLine {
        product: line.product,
        quantity,
        free: reading.free,
        returned: super::quantity::Units::ZERO,
        size: line.context.product.size,
        prices: reading.prices,
        list: (reading.prices != list).then_some(list),
        amount: reading.amount,
        suggested,
        reason: choice.and_then(|choice| choice.reason),
        deal: choice.and_then(|choice| choice.deal),
        note: choice.and_then(|choice| text::line(&choice.note, LONG_MAX).ok()).unwrap_or_default(),
    })
}

/// What was agreed, checked against the visit's day and now. A correction may keep what was agreed `before`, whose time is over.
pub fn agreed(typed: &AgreedDraft, on: NaiveDate, now: NaiveDateTime, before: Option<&Agreed>) -> Result<Agreed, AgreedProblem> {
    let line = |raw: &str| text::line(raw, LONG_MAX).map_err(|_| AgreedProblem::TooLong);
    let promise = line(&typed.promise)?;
    let day: Option<NaiveDate> = typed.promise_day.parse().ok();
    let time = time(&typed.promise_time).or(NaiveTime::from_hms_opt(23, 59, 0));
    let promise_due = match (promise.is_empty(), day.zip(time)) {
        (true, _) => None,
        (false, None) => return Err(AgreedProblem::PromiseWithoutDay),
        (false, Some((day, time)))
            if day.and_time(time) < now && before.is_none_or(|before| before.promise_due != Some(day.and_time(time))) =>
        {
            return Err(AgreedProblem::PromiseInThePast);
        }
        (false, Some((day, time))) => Some(day.and_time(time)),
    };
    let next_on: Option<NaiveDate> = typed.next_on.parse().ok();
    if next_on.is_some_and(|next| next <= on) {
        return Err(AgreedProblem::NextInThePast);
    }
    Ok(Agreed { promise, promise_due, next_on, class: typed.class, competitor: line(&typed.competitor)?, opinion: line(&typed.opinion)? })
}

/// `12:00`, as a time field gives it.
fn time(raw: &str) -> Option<NaiveTime> {
    let (hour, minute) = raw.split_once(':')?;
    NaiveTime::from_hms_opt(hour.parse().ok()?, minute.parse().ok()?, 0)
}

impl Finish<'_> {
    fn change(&self, outcome: Outcome, made: Made) -> Change {
        let Made { agreed, counted, ordered, notes, work, closed_days } = made;
        let draft = self.draft;
        let corrected = draft.corrects.and_then(|id| self.events.visits.iter().find(|visit| visit.id == id));
        let envelope = Envelope::first(self.stamp);
        let corrected_order = corrected.and_then(|visit| visit.order);
        let order = (!ordered.is_empty()).then(|| Order {
            id: self.order_id,
            envelope,
            customer: self.customer.id,
            number: order::number(self.order_id, draft.on),
            visit: (!draft.by_phone).then_some(draft.id),
            channel: if draft.by_phone { Channel::Phone } else { Channel::Visit },
            on: draft.on,
            taken: self.finished,
            expected_on: expected_on(self.customer, draft.on),
            corrects: corrected_order,
            lines: ordered,
        });
        let visit = Visit {
            id: draft.id,
            envelope,
            customer: self.customer.id,
            on: draft.on,
            started: draft.started,
            finished: self.finished,
            spent: self.spent,
            outcome,
            corrects: draft.corrects,
            factor: self.ground.factor,
            terms: outcome.is_made().then_some(self.ground.terms),
            notes,
            closed_days,
            lines: counted,
            range: if outcome.is_made() { self.range } else { 0 },
            order: order.as_ref().map(|order| order.id),
            shelf: draft.shelf.clone(),
            work,
            taught: draft.taught.clone(),
            agreed,
        };
        let mut records = Vec::new();
        let mut after = self.events.clone();
        if !draft.by_phone {
            after.visits.push(visit.clone());
        }
        after.orders.extend(order.clone());
        records.push(Record::Summary(Summary::derive(self.customer, &after, self.summary, self.stamp)));
        if let Some(class) = visit.agreed.class.filter(|class| Some(*class) != self.customer.fields.class) {
            let mut shop = self.customer.clone();
            shop.fields.class = Some(class);
            shop.envelope = shop.envelope.next(self.stamp);
            records.push(Record::Customer(shop));
        }
        if !draft.by_phone {
            records.push(Record::Visit(visit));
        }
        records.extend(self.dispatches(order.as_ref()));
        records.extend(order.map(Record::Order));
        Change { records, ..Change::default() }.finishing(visit_draft_key(draft.id))
    }

    /// The new order's way; the one it replaces ends.
    fn dispatches(&self, order: Option<&Order>) -> Vec<Record> {
        let new = order.and_then(|order| Dispatch::of(order, self.replaced, self.stamp));
        let old = self.replaced.map(|old| match (order, old.sent.or(old.sent_before)) {
            // Nothing takes its place, but the warehouse knows it: it stays, to be sent again as cancelled.
            (None, Some(sent)) => {
                Dispatch { sent: None, sent_before: Some(sent), cancelled: true, envelope: old.envelope.next(self.stamp), ..old.clone() }
            }
            _ => Dispatch { envelope: Envelope { deleted: true, ..old.envelope.next(self.stamp) }, ..old.clone() },
        });
        old.into_iter().chain(new).map(Record::Dispatch).collect()
    }
}

/// When an order of `on` should arrive, by the shop's lead time.
pub fn expected_on(shop: &Customer, on: NaiveDate) -> NaiveDate {
    on.checked_add_days(Days::new(shop.fields.lead_days.into())).unwrap_or(on)
}
