//! A visit while it is being made: the raw text of every field and what it means. The draft is kept as typed; `finish` turns it
//! into events.

use super::count::Count;
use super::customer::CustomerClass;
use super::draft_head::{DraftHead, Purpose};
use super::factor::Factor;
use super::history::LineHistory;
use super::id::{CustomerId, ProductId, VisitId};
use super::money::{Money, Prices};
use super::order::{Deal, Order, OrderLine, Reason, Total};
use super::product::ProductFields;
use super::quantity::{Packed, Units};
use super::suggestion::{self, Suggestion};
use super::text::{self, LONG_MAX};
use super::typed::{self, NumberProblem};
use super::visit::{ShelfTask, Visit};
use chrono::{NaiveDate, NaiveDateTime, Timelike};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A visit in hand, as it is written to disk while it is made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitDraft {
    pub id: VisitId,
    pub customer: CustomerId,
    /// Local time of the phone.
    pub started: NaiveDateTime,
    /// The local date it counts for: the one it was started on, or the one it puts right.
    pub on: NaiveDate,
    /// The finished visit it puts right.
    pub corrects: Option<VisitId>,
    /// An order on the phone: nothing is counted and no visit is made.
    pub by_phone: bool,
    /// Time it was in front of the rep so far, in seconds.
    pub spent: u32,
    pub step: Step,
    /// The line that was open.
    pub open: Option<ProductId>,
    /// Products added to this visit beyond the shop's own.
    pub added: Vec<ProductId>,
    pub shelf: BTreeSet<ShelfTask>,
    pub agreed: AgreedDraft,
    pub lines: BTreeMap<ProductId, LineDraft>,
}

impl VisitDraft {
    pub fn purpose(&self) -> Purpose {
        Purpose::of(self.corrects, self.by_phone)
    }

    pub fn head(&self) -> DraftHead {
        DraftHead { id: self.id, customer: self.customer, started: self.started, corrects: self.corrects, by_phone: self.by_phone }
    }

    /// A visit that begins now.
    pub fn begun(id: VisitId, customer: CustomerId, started: NaiveDateTime) -> VisitDraft {
        VisitDraft {
            id,
            customer,
            started,
            on: started.date(),
            corrects: None,
            by_phone: false,
            spent: 0,
            step: Step::default(),
            open: None,
            added: Vec::new(),
            shelf: BTreeSet::new(),
            agreed: AgreedDraft::default(),
            lines: BTreeMap::new(),
        }
    }

    /// A finished visit as it was typed, to be put right.
    pub fn correcting(id: VisitId, visit: &Visit, order: Option<&Order>) -> VisitDraft {
        let mut lines: BTreeMap<ProductId, LineDraft> = BTreeMap::new();
        for line in &visit.lines {
            lines.entry(line.product).or_default().copy_count(line.count, line.size.units() > 1);
        }
        for line in order.iter().flat_map(|order| &order.lines) {
            let is_suggestion = line.suggested == Some(line.units()) && line.free.is_zero() && line.list.is_none();
            if !is_suggestion {
                lines.entry(line.product).or_default().choice = Some(Choice::of(line));
            }
        }
        let agreed = &visit.agreed;
        let agreed = AgreedDraft {
            promise: agreed.promise.clone(),
            promise_day: agreed.promise_due.map_or_else(String::new, |due| due.date().to_string()),
            promise_time: agreed.promise_due.map_or_else(String::new, |due| format!("{:02}:{:02}", due.hour(), due.minute())),
            next_on: agreed.next_on.map_or_else(String::new, |next| next.to_string()),
            class: agreed.class,
            competitor: agreed.competitor.clone(),
            opinion: agreed.opinion.clone(),
        };
        VisitDraft {
            on: visit.on,
            corrects: Some(visit.id),
            step: Step::Count,
            shelf: visit.shelf.clone(),
            agreed,
            lines,
            ..VisitDraft::begun(id, visit.customer, visit.started)
        }
    }
}

/// What is agreed, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AgreedDraft {
    pub promise: String,
    /// `2026-11-26`, as a date field gives it.
    pub promise_day: String,
    /// `12:00`, as a time field gives it; empty: the end of the day.
    pub promise_time: String,
    pub next_on: String,
    pub class: Option<CustomerClass>,
    pub competitor: String,
    pub opinion: String,
}

/// Where the rep is in the visit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    #[default]
    Meet,
    Shelf,
    Count,
    Order,
    Agree,
}

impl Step {
    pub const ALL: [Step; 5] = [Step::Meet, Step::Shelf, Step::Count, Step::Order, Step::Agree];
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

/// What the rep chose instead of the suggestion: a quantity, free goods, a price.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Choice {
    pub cases: String,
    pub loose: String,
    pub reason: Option<Reason>,
    /// Units on top that cost nothing.
    pub free: String,
    /// Another price than the list's; empty: the list's.
    pub unit_price: String,
    pub case_price: String,
    /// Why there are free goods or another price.
    pub deal: Option<Deal>,
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
    /// What the suggestion leaves to order: what was ordered today already is not ordered twice.
    pub to_order: Option<Units>,
    /// What will be ordered: the rep's choice, else the suggestion; none where there is no number.
    pub quantity: Option<Packed>,
    /// Units on top that cost nothing.
    pub free: Units,
    /// What is charged.
    pub prices: Prices,
    pub amount: Option<Money>,
    pub choice_problem: Option<ChoiceProblem>,
}

/// Why the rep's own quantity cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChoiceProblem {
    Cases(NumberProblem),
    Loose(NumberProblem),
    Free(NumberProblem),
    UnitPrice(NumberProblem),
    CasePrice(NumberProblem),
    TooMuch,
    /// A quantity other than the suggestion needs a reason.
    ReasonMissing,
    /// Free goods or another price need a reason.
    DealMissing,
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
        let to_order = suggestion.order().map(|units| Units(units.0.saturating_sub(context.history.ordered_today.0).max(0)));
        let plain =
            Chosen { quantity: to_order.map(|units| context.product.size.split(units)), free: Units::ZERO, prices: context.product.prices };
        let (chosen, choice_problem) = match &self.choice {
            None => (plain, None),
            Some(choice) => match choice.read(context, to_order) {
                Ok(chosen) => (chosen, None),
                Err(problem) => (Chosen { quantity: None, ..plain }, Some(problem)),
            },
        };
        let Chosen { quantity, free, prices } = chosen;
        let amount = quantity.and_then(|quantity| prices.amount(quantity, context.product.size));
        LineReading { counted, suggestion, to_order, quantity, free, prices, amount, choice_problem }
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

    /// The raw text of a dial.
    pub fn text(&self, dial: Dial) -> &String {
        match dial {
            Dial::Front => &self.front,
            Dial::BackCases => &self.back_cases,
            Dial::BackLoose => &self.back_loose,
        }
    }

    /// The raw text of a dial, to be typed into.
    pub fn text_mut(&mut self, dial: Dial) -> &mut String {
        match dial {
            Dial::Front => &mut self.front,
            Dial::BackCases => &mut self.back_cases,
            Dial::BackLoose => &mut self.back_loose,
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

/// What a choice means.
struct Chosen {
    quantity: Option<Packed>,
    free: Units,
    prices: Prices,
}

impl Choice {
    /// What was chosen for a line of a finished order, as it would be typed.
    fn of(line: &OrderLine) -> Choice {
        let some = |value: i64| if value == 0 { String::new() } else { value.to_string() };
        let price = |price: Option<Money>| price.filter(|_| line.list.is_some()).map_or_else(String::new, |money| money.0.to_string());
        Choice {
            cases: some(line.quantity.cases),
            loose: some(line.quantity.loose),
            reason: line.reason,
            free: some(line.free.0),
            unit_price: price(line.prices.unit),
            case_price: price(line.prices.case),
            deal: line.deal,
            note: line.note.clone(),
        }
    }

    fn read(&self, context: LineContext<'_>, to_order: Option<Units>) -> Result<Chosen, ChoiceProblem> {
        let (size, list) = (context.product.size, context.product.prices);
        let has_cases = size.units() > 1;
        let cases = if has_cases { typed::units(&self.cases).map_err(ChoiceProblem::Cases)? } else { None };
        let loose = typed::units(&self.loose).map_err(ChoiceProblem::Loose)?;
        let free = typed::units(&self.free).map_err(ChoiceProblem::Free)?.unwrap_or(Units::ZERO);
        let quantity = Packed { cases: cases.map_or(0, |units| units.0), loose: loose.map_or(0, |units| units.0) };
        let units = size.total(quantity).ok_or(ChoiceProblem::TooMuch)?;
        units.plus(free).ok_or(ChoiceProblem::TooMuch)?;
        let unit_price = typed::price(&self.unit_price).map_err(ChoiceProblem::UnitPrice)?;
        let case_price = if has_cases { typed::price(&self.case_price).map_err(ChoiceProblem::CasePrice)? } else { None };
        // One price agreed anew prices the whole line: the other one of the list no longer fits it.
        let prices = if unit_price.is_none() && case_price.is_none() { list } else { Prices { unit: unit_price, case: case_price } };
        let differs = to_order.is_some_and(|suggested| suggested != units);
        if differs && self.reason.is_none() {
            return Err(ChoiceProblem::ReasonMissing);
        }
        if (!free.is_zero() || prices != list) && self.deal.is_none() {
            return Err(ChoiceProblem::DealMissing);
        }
        text::line(&self.note, LONG_MAX).map_err(|_| ChoiceProblem::NoteTooLong)?;
        Ok(Chosen { quantity: Some(quantity), free, prices })
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
            total.add(quantity, reading.free, reading.amount);
        }
    }
    total
}
