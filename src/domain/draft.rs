//! A visit while it is being made: the raw text of every field, what it means, and the step from there to a finished visit. The
//! draft is kept as typed; the conversion returns all problems, each with its line.

use super::book::{Change, Record};
use super::count::Count;
use super::customer::Customer;
use super::factor::Factor;
use super::history::LineHistory;
use super::id::{CustomerId, OrderId, ProductId, VisitId};
use super::money::Money;
use super::order::{Order, OrderLine, Reason, Total};
use super::product::ProductFields;
use super::quantity::{Packed, Units};
use super::schedule;
use super::stamp::{Envelope, Stamp};
use super::suggestion::{self, Suggestion};
use super::summary::{LastOrder, Summary};
use super::text::{self, LONG_MAX};
use super::typed::{self, NumberProblem};
use super::visit::{Visit, VisitLine};
use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A visit in hand, as it is written to disk while it is made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitDraft {
    pub id: VisitId,
    pub customer: CustomerId,
    /// Local time of the phone.
    pub started: NaiveDateTime,
    pub step: Step,
    /// The line that was open.
    pub open: Option<ProductId>,
    /// Products added to this visit beyond the shop's own.
    pub added: Vec<ProductId>,
    pub lines: BTreeMap<ProductId, LineDraft>,
}

/// Where the rep is in the visit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    #[default]
    Count,
    Order,
}

/// One line as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LineDraft {
    pub front: String,
    pub back_cases: String,
    pub back_loose: String,
    /// The back was passed over with Enter or "back 0": empty there, and said so.
    pub back_is_zero: bool,
    /// The rep took the tick away: typed figures stay, the line is not counted.
    pub unticked: bool,
    pub choice: Option<Choice>,
}

/// An order quantity that the rep chose instead of the suggestion.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Choice {
    pub cases: String,
    pub loose: String,
    pub reason: Option<Reason>,
    pub note: String,
}

/// The three dials of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dial {
    Front,
    BackCases,
    BackLoose,
}

/// How far a line is counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Counted {
    #[default]
    No,
    /// Front typed, back missing; with the front units.
    FrontOnly(Units),
    /// Back typed, front missing.
    BackOnly,
    /// Something typed cannot be read.
    Unreadable(Dial, NumberProblem),
    /// More than a line can hold.
    TooMuch,
    Yes {
        count: Count,
        current: Units,
    },
}

impl Counted {
    pub fn current(&self) -> Option<Units> {
        match self {
            Counted::Yes { current, .. } => Some(*current),
            _ => None,
        }
    }
}

/// What a line means: recomputed from its text at every keystroke, never stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineReading {
    pub counted: Counted,
    pub suggestion: Suggestion,
    /// What will be ordered: the rep's choice, else the suggestion; none where there is no number.
    pub quantity: Option<Packed>,
    pub amount: Option<Money>,
    pub choice_problem: Option<ChoiceProblem>,
}

/// Why the rep's own quantity cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChoiceProblem {
    Cases(NumberProblem),
    Loose(NumberProblem),
    TooMuch,
    /// A quantity other than the suggestion needs a reason.
    ReasonMissing,
    NoteTooLong,
}

/// What a line is read with besides its text.
#[derive(Clone, Copy)]
pub struct LineContext<'a> {
    pub product: &'a ProductFields,
    pub history: &'a LineHistory,
    pub factor: Factor,
    pub on: NaiveDate,
    pub has_back_stock: bool,
}

impl LineDraft {
    /// The line's meaning today.
    pub fn read(&self, context: LineContext<'_>) -> LineReading {
        let counted = self.counted(context);
        let suggestion = suggestion::suggest(context.history, counted.current(), context.factor, context.on);
        let (quantity, choice_problem) = match &self.choice {
            None => (suggestion.order().map(|units| context.product.size.split(units)), None),
            Some(choice) => match choice.quantity(context, &suggestion) {
                Ok(quantity) => (Some(quantity), None),
                Err(problem) => (None, Some(problem)),
            },
        };
        let amount = quantity.and_then(|quantity| context.product.prices.amount(quantity, context.product.size));
        LineReading { counted, suggestion, quantity, amount, choice_problem }
    }

    fn counted(&self, context: LineContext<'_>) -> Counted {
        let read = |raw: &str, dial| typed::units(raw).map_err(|problem| Counted::Unreadable(dial, problem));
        let figures = read(&self.front, Dial::Front).and_then(|front| {
            let cases = if context.product.size.units() == 1 { Ok(None) } else { read(&self.back_cases, Dial::BackCases) }?;
            Ok((front, cases, read(&self.back_loose, Dial::BackLoose)?))
        });
        let (front, cases, loose) = match figures {
            Ok(figures) => figures,
            Err(unreadable) => return unreadable,
        };
        let back_known = cases.is_some() || loose.is_some() || self.back_is_zero || !context.has_back_stock;
        let back = Packed { cases: cases.map_or(0, |units| units.0), loose: loose.map_or(0, |units| units.0) };
        match front {
            _ if self.unticked => Counted::No,
            Some(front) if back_known => {
                let count = Count { front, back };
                match count.current(context.product.size) {
                    Some(current) => Counted::Yes { count, current },
                    None => Counted::TooMuch,
                }
            }
            Some(front) => Counted::FrontOnly(front),
            None if cases.is_some() || loose.is_some() => Counted::BackOnly,
            None => Counted::No,
        }
    }

    /// The dials as they were at the last count.
    pub fn copy_count(&mut self, count: Count, has_cases: bool) {
        self.front = count.front.0.to_string();
        self.back_cases = if has_cases { count.back.cases.to_string() } else { String::new() };
        let loose = if has_cases { count.back.loose } else { count.back.loose.saturating_add(count.back.cases) };
        self.back_loose = loose.to_string();
        self.back_is_zero = false;
        self.unticked = false;
    }
}

impl Choice {
    fn quantity(&self, context: LineContext<'_>, suggestion: &Suggestion) -> Result<Packed, ChoiceProblem> {
        let cases = match context.product.size.units() {
            1 => None,
            _ => typed::units(&self.cases).map_err(ChoiceProblem::Cases)?,
        };
        let loose = typed::units(&self.loose).map_err(ChoiceProblem::Loose)?;
        let quantity = Packed { cases: cases.map_or(0, |units| units.0), loose: loose.map_or(0, |units| units.0) };
        let units = context.product.size.total(quantity).ok_or(ChoiceProblem::TooMuch)?;
        let differs = suggestion.order().is_some_and(|suggested| suggested != units);
        if differs && self.reason.is_none() {
            return Err(ChoiceProblem::ReasonMissing);
        }
        text::line(&self.note, LONG_MAX).map_err(|_| ChoiceProblem::NoteTooLong)?;
        Ok(quantity)
    }
}

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
    /// Nothing counted and nothing ordered.
    Empty,
}

/// What finishing needs besides the lines.
pub struct Finish<'a> {
    pub id: VisitId,
    pub order_id: OrderId,
    pub customer: &'a Customer,
    pub summary: Option<&'a Summary>,
    pub factor: Factor,
    pub started: NaiveDateTime,
    pub finished: NaiveDateTime,
    pub on: NaiveDate,
    pub stamp: Stamp,
}

/// The visit, its order and the shop's next due date as one change, or every problem of every line.
pub fn finish(finish: &Finish<'_>, lines: &[LineToFinish<'_>]) -> Result<Change, Vec<FinishProblem>> {
    let mut problems = Vec::new();
    let mut counted = Vec::new();
    let mut ordered = Vec::new();
    for line in lines {
        let reading = line.draft.read(line.context);
        match reading.counted {
            Counted::Yes { count, .. } => counted.push(VisitLine {
                product: line.product,
                count,
                size: line.context.product.size,
                basis: line.context.history.basis(),
            }),
            Counted::Unreadable(..) | Counted::TooMuch => problems.push(FinishProblem::Count(line.product)),
            Counted::No | Counted::FrontOnly(_) | Counted::BackOnly => {}
        }
        if reading.choice_problem.is_some() {
            problems.push(FinishProblem::Choice(line.product));
        }
        ordered.extend(order_line(line, &reading));
    }
    if problems.is_empty() && counted.is_empty() && ordered.is_empty() {
        problems.push(FinishProblem::Empty);
    }
    if problems.is_empty() { Ok(finish.change(counted, ordered, lines.len())) } else { Err(problems) }
}

fn order_line(line: &LineToFinish<'_>, reading: &LineReading) -> Option<OrderLine> {
    let quantity = reading.quantity?;
    let suggested = reading.suggestion.order();
    let choice = line.draft.choice.as_ref();
    let declined = choice.is_some() && suggested.is_some_and(|units| !units.is_zero());
    if quantity.is_zero() && !declined {
        return None;
    }
    Some(OrderLine {
        product: line.product,
        quantity,
        size: line.context.product.size,
        prices: line.context.product.prices,
        amount: reading.amount,
        suggested,
        reason: choice.and_then(|choice| choice.reason),
        note: choice.and_then(|choice| text::line(&choice.note, LONG_MAX).ok()).unwrap_or_default(),
    })
}

impl Finish<'_> {
    fn change(&self, counted: Vec<VisitLine>, ordered: Vec<OrderLine>, range: usize) -> Change {
        let envelope = Envelope::first(self.stamp);
        let order = (!ordered.is_empty()).then_some(Order {
            id: self.order_id,
            envelope,
            customer: self.customer.id,
            visit: Some(self.id),
            on: self.on,
            taken: self.finished,
            lines: ordered,
        });
        let visit = Visit {
            id: self.id,
            envelope,
            customer: self.customer.id,
            on: self.on,
            started: self.started,
            finished: self.finished,
            factor: self.factor,
            lines: counted,
            range: u32::try_from(range).unwrap_or(u32::MAX),
            order: order.as_ref().map(|order| order.id),
        };
        let mut records = vec![Record::Summary(self.summary(order.as_ref()))];
        records.push(Record::Visit(visit));
        records.extend(order.map(Record::Order));
        Change { records, ..Change::default() }.finishing(visit_draft_key(self.id))
    }

    fn summary(&self, order: Option<&Order>) -> Summary {
        let last_order = order
            .map(|order| (order.id, order.on, order.total()))
            .filter(|(_, _, total)| total.products > 0)
            .map(|(id, on, total)| LastOrder { id, on, amount: total.amount })
            .or(self.summary.and_then(|summary| summary.last_order));
        Summary {
            id: self.customer.id,
            envelope: self.summary.map_or(Envelope::first(self.stamp), |summary| summary.envelope.next(self.stamp)),
            last_visit: self.id,
            last_visit_on: self.on,
            visits: self.summary.map_or(0, |summary| summary.visits).saturating_add(1),
            next_due: schedule::next_due(&self.customer.fields, self.on),
            last_order,
        }
    }
}

/// The key of a visit's draft on disk.
pub fn visit_draft_key(id: VisitId) -> String {
    format!("visit:{id}")
}

/// The order so far: every line's quantity and amount.
pub fn total<'a>(readings: impl IntoIterator<Item = &'a LineReading>) -> Total {
    let mut total = Total::default();
    for reading in readings {
        if let Some(quantity) = reading.quantity {
            total.add(quantity, reading.amount);
        }
    }
    total
}
