//! A visit while it is being made: the raw text of every field and what it means. The draft is kept as typed; `finish` turns it
//! into events.

use super::choice::Chosen;
pub use super::choice::{Choice, ChoiceProblem};
use super::count::Count;
use super::customer::CustomerClass;
use super::draft_head::{DraftHead, Purpose};
use super::history::LineHistory;
use super::id::{CustomerId, ProductId, VisitId};
use super::lots::{self, CountedLot, LotDraft, LotProblem};
use super::money::{Money, Prices};
use super::note::{LineNote, NoteDraft, NoteField};
use super::order::{Order, Total};
use super::policy::Policy;
use super::product::ProductFields;
use super::quantity::{Packed, Units};
use super::shelf_work::ShelfWork;
use super::suggestion::{self, Found, Suggestion};
use super::typed::{self, NumberProblem};
use super::visit::{ShelfTask, Topic, Visit};
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
    /// Work at the shelf that was done, as it was when it was ticked.
    pub work: Vec<ShelfWork>,
    pub taught: BTreeSet<Topic>,
    /// Days the shop was shut since the last visit, as typed.
    pub closed_days: String,
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
            work: Vec::new(),
            taught: BTreeSet::new(),
            closed_days: String::new(),
            agreed: AgreedDraft::default(),
            lines: BTreeMap::new(),
        }
    }

    /// A finished visit as it was typed, to be put right.
    pub fn correcting(id: VisitId, visit: &Visit, order: Option<&Order>) -> VisitDraft {
        let mut lines: BTreeMap<ProductId, LineDraft> = BTreeMap::new();
        for line in &visit.lines {
            let typed = lines.entry(line.product).or_default();
            typed.copy_count(line.count, line.size.units() > 1);
            typed.lots = line.lots.iter().map(LotDraft::of).collect();
        }
        for line in order.iter().flat_map(|order| &order.lines) {
            let is_suggestion = line.suggested == Some(line.units()) && line.free.is_zero() && line.list.is_none();
            if !is_suggestion {
                lines.entry(line.product).or_default().choice = Some(Choice::of(line));
            }
        }
        for note in &visit.notes {
            lines.entry(note.product).or_default().note = NoteDraft::of(note);
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
            work: visit.work.iter().filter(|work| work.done).copied().collect(),
            taught: visit.taught.clone(),
            closed_days: if visit.closed_days == 0 { String::new() } else { visit.closed_days.to_string() },
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
    /// Goods by date.
    pub lots: Vec<LotDraft>,
    /// What else happened.
    pub note: NoteDraft,
    /// An unusual figure the rep said is right.
    pub trusted: Option<Units>,
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
    pub lots: Result<Vec<CountedLot>, LotProblem>,
    pub note: Result<LineNote, (NoteField, NumberProblem)>,
    pub suggestion: Suggestion,
    /// One case counted wrong would move the order by so many units: worth a second look.
    pub recount: Option<i64>,
    /// Ten times what is usual there, by so much: asked once.
    pub unusual: Option<Units>,
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

/// What a line is read with besides its text.
#[derive(Clone, Copy)]
pub struct LineContext<'a> {
    pub product: &'a ProductFields,
    pub history: &'a LineHistory,
    pub policy: Policy,
    pub on: NaiveDate,
    pub has_back_stock: bool,
    /// Days the shop was shut since the last visit.
    pub closed_days: u16,
    /// On the phone nothing is counted: what should be there is reckoned.
    pub by_phone: bool,
}

impl LineDraft {
    /// The line's meaning today.
    pub fn read(&self, product: ProductId, context: LineContext<'_>) -> LineReading {
        let counted = self.counted(context);
        let (fields, history, policy, on) = (context.product, context.history, &context.policy, context.on);
        let lots = match &counted {
            Counted::Yes { count, .. } => lots::read(&self.lots, *count, fields.size, fields.shelf_life, on),
            _ => Ok(Vec::new()),
        };
        let note = self.note.read(product);
        let nothing = LineNote::of(product);
        let found = counted.current().map(|current| Found {
            current,
            lots: lots.as_deref().unwrap_or_default(),
            note: note.as_ref().unwrap_or(&nothing),
            closed_days: context.closed_days,
            size: fields.size,
        });
        let suggestion = match found {
            None if context.by_phone => suggestion::estimate(history, policy, fields.size, on),
            found => suggestion::suggest(history, found, policy, on),
        };
        let recount = found.and_then(|found| suggestion::slip(history, found, policy, on));
        let usual = history.usual().filter(|usual| !usual.is_zero());
        let unusual = counted
            .current()
            .zip(usual)
            .filter(|(current, usual)| current.0 >= usual.0.saturating_mul(10) && self.trusted != Some(*current));
        let to_order = suggestion.order();
        // An estimate is ordered only where the owner says so.
        let to_take = to_order.filter(|_| !context.by_phone || counted.current().is_some());
        let plain =
            Chosen { quantity: to_take.map(|units| context.product.size.split(units)), free: Units::ZERO, prices: context.product.prices };
        let (chosen, choice_problem) = match &self.choice {
            None => (plain, None),
            Some(choice) => match choice.read(context, to_order) {
                Ok(chosen) => (chosen, None),
                Err(problem) => (Chosen { quantity: None, ..plain }, Some(problem)),
            },
        };
        let Chosen { quantity, free, prices } = chosen;
        let amount = quantity.and_then(|quantity| prices.amount(quantity, context.product.size));
        let unusual = unusual.map(|(_, usual)| usual);
        LineReading { counted, lots, note, suggestion, recount, unusual, to_order, quantity, free, prices, amount, choice_problem }
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

/// The key of a visit's draft on disk.
pub fn visit_draft_key(id: VisitId) -> String {
    format!("visit:{id}")
}

/// Adds a line's quantity and amount to the order so far.
pub fn add_to(total: &mut Total, reading: &LineReading) {
    if let Some(quantity) = reading.quantity {
        total.add(quantity, reading.free, reading.amount);
    }
}
