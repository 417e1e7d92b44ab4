//! What a line should order and why, as data: every screen shows this number with these figures and only words it. A line that
//! was not counted has no suggestion; negative sales are a question; three zeros are a trap, not "no demand".

use super::events::Events;
use super::exact::Exact;
use super::factor::{Factor, Hundredths};
use super::history::{self, LineHistory, PastRate};
use super::id::ProductId;
use super::lots::{self, CountedLot};
use super::note::{LineNote, Reply};
use super::policy::{Level, Method, Policy};
use super::quantity::{PackSize, Units};
use super::rate::{self, Cycle};
use super::reorder::{self, Answer, Flag, Line, Reason, Status};
use super::rule::{self, Rule};
use super::visit::{Basis, Visit, VisitLine};
use chrono::{Days, NaiveDate};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The answer for one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Suggestion {
    NotCounted,
    /// The first count of the line, and nobody said what it sells: no number.
    FirstCount {
        current: Units,
    },
    /// More on hand than there can be: something was miscounted, bought elsewhere or not noted.
    NegativeSales {
        sum: Sum,
        excess: Units,
        /// What the earlier rate would order.
        otherwise: Option<Units>,
    },
    /// Nothing before, nothing received, nothing now: the rule would say 0 for ever.
    ZeroTrap {
        last_rate: Option<PastRate>,
        /// What the earlier rate would order.
        otherwise: Option<Units>,
    },
    /// An order, 0 included, with its sum.
    Number(Number),
    /// A figure beyond the engine's limits.
    OutOfRange,
}

/// An order with everything that explains it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    pub order: Units,
    /// What was sold since the last count; none at the first count.
    pub sum: Option<Sum>,
    /// The engine's steps; none where the plain rule gives the number.
    pub answer: Option<Arc<Answer>>,
    pub policy: Policy,
    pub current: Units,
    pub on: NaiveDate,
    /// `current` was not counted but reckoned from the last count.
    pub is_estimate: bool,
}

/// One cycle and the plain rule over it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sum {
    /// What the rule takes: every order as received.
    pub basis: Basis,
    /// What happened since the previous count. By the plain rule every order came and nothing else happened.
    pub cycle: Cycle,
    pub current: Units,
    pub factor: Factor,
    pub rule: Rule,
    /// Days since the previous count; none where the phone's clock says the past lies ahead.
    pub days: Option<u32>,
    /// The local date of this count.
    pub on: NaiveDate,
}

/// What was found of a line.
#[derive(Clone, Copy, Debug)]
pub struct Found<'a> {
    pub current: Units,
    pub lots: &'a [CountedLot],
    pub note: &'a LineNote,
    /// Days the shop was shut since the last visit.
    pub closed_days: u16,
    pub size: PackSize,
}

/// The suggestion for a line on `on`; `found` is `None` where it was not counted.
pub fn suggest(history: &LineHistory, found: Option<Found<'_>>, policy: &Policy, on: NaiveDate) -> Suggestion {
    let Some(found) = found else { return Suggestion::NotCounted };
    match policy.terms.method {
        Method::Engine => by_engine(history, &found, policy, on),
        Method::Rule => by_rule(history, &found, policy, on),
    }
}

fn by_rule(history: &LineHistory, found: &Found<'_>, policy: &Policy, on: NaiveDate) -> Suggestion {
    let Some(sum) = sum_of(history, found, policy, on) else {
        // Without an earlier count only what the owner says gives a number, and only the engine can take it.
        return by_engine(history, found, policy, on);
    };
    let Ok(sum) = sum else { return Suggestion::OutOfRange };
    let Basis { previous, ordered, .. } = sum.basis;
    let order = Units(sum.rule.order.0.saturating_sub(history.ordered_today.0).max(0));
    let is_trap = previous.is_zero() && ordered.is_zero() && found.current.is_zero();
    if is_trap || sum.rule.sales < 0 {
        // The rule has no answer; by the earlier rate only the engine has one.
        let reply = if is_trap { Reply::Restart } else { Reply::GoOn };
        let by_rate = by_engine(history, &Found { note: &LineNote { answer: Some(reply), ..found.note.clone() }, ..*found }, policy, on);
        let otherwise = by_rate.order();
        return match (is_trap, otherwise.filter(|_| found.note.answer == Some(reply))) {
            (_, Some(_)) => by_rate,
            (true, None) => Suggestion::ZeroTrap { last_rate: history.last_rate, otherwise },
            (false, None) => Suggestion::NegativeSales { sum, excess: Units(-sum.rule.sales), otherwise },
        };
    }
    let number = Number { order, sum: Some(sum), answer: None, policy: *policy, current: found.current, on, is_estimate: false };
    Suggestion::Number(number)
}

fn by_engine(history: &LineHistory, found: &Found<'_>, policy: &Policy, on: NaiveDate) -> Suggestion {
    let sum = match sum_of(history, found, policy, on) {
        Some(Err(rule::OutOfRange)) => return Suggestion::OutOfRange,
        Some(Ok(sum)) => Some(sum),
        None => None,
    };
    let cycles: Vec<Cycle> =
        history.cycles.iter().copied().chain(history.cycle(found.current, found.note, found.closed_days, on)).collect();
    let lots = lots::for_engine(found.lots, found.current, on);
    let stated_rate = found.note.stated.or(history.stated);
    let line = Line { cycles: &cycles, lots: &lots, on_order: history.on_order, stated_rate, ..policy.line(found.size.units()) };
    let Ok(answer) = reorder::suggest(&line) else { return Suggestion::OutOfRange };
    let reply = found.note.answer;
    let asks = |flag, unless| answer.has(flag) && reply != Some(unless);
    match sum {
        Some(sum) if asks(Flag::NegativeSales, Reply::GoOn) => {
            let excess = Units(-answer.sales.unwrap_or(0));
            return Suggestion::NegativeSales { sum, excess, otherwise: answer.order };
        }
        _ if asks(Flag::ZeroTrap, Reply::Restart) => {
            return Suggestion::ZeroTrap { last_rate: history.last_sold(), otherwise: answer.order };
        }
        _ => {}
    }
    number(answer, sum, policy, Counted { current: found.current, on, is_estimate: false })
}

struct Counted {
    current: Units,
    on: NaiveDate,
    is_estimate: bool,
}

fn number(answer: Answer, sum: Option<Sum>, policy: &Policy, counted: Counted) -> Suggestion {
    let Counted { current, on, is_estimate } = counted;
    match answer.order {
        None => Suggestion::FirstCount { current },
        Some(order) if order > Units::MAX => Suggestion::OutOfRange,
        Some(order) => Suggestion::Number(Number { order, sum, answer: Some(Arc::new(answer)), policy: *policy, current, on, is_estimate }),
    }
}

/// What to order between visits, nothing counted: the engine on what should be there by the last count and the known rate.
pub fn estimate(history: &LineHistory, policy: &Policy, size: PackSize, on: NaiveDate) -> Suggestion {
    let Some(rate) = rate::of(&history.cycles, policy.terms.window, rate::ALPHA, history.stated) else { return Suggestion::NotCounted };
    let Some(current) = history.estimate(rate.exact(), on) else { return Suggestion::NotCounted };
    let lots = lots::for_engine(&history.lots_left(Some(rate.exact()), on), current, on);
    let line =
        Line { cycles: &history.cycles, lots: &lots, on_order: history.on_order, stated_rate: history.stated, ..policy.line(size.units()) };
    match reorder::suggest(&line) {
        Ok(mut answer) => {
            // What the last cycle asked was answered at its visit.
            answer.reasons.retain(|reason| !matches!(reason, Reason::NegativeSales { .. } | Reason::ZeroTrap));
            number(answer, None, policy, Counted { current, on, is_estimate: true })
        }
        Err(_) => Suggestion::OutOfRange,
    }
}

/// The newest cycle with the plain rule over it; none before the first count.
fn sum_of(history: &LineHistory, found: &Found<'_>, policy: &Policy, on: NaiveDate) -> Option<Result<Sum, rule::OutOfRange>> {
    let known = history.basis()?;
    let cycle = history.cycle(found.current, found.note, found.closed_days, on)?;
    // What came without an order came all the same.
    let unordered = cycle.received.0.saturating_sub(history.received.0);
    let basis = Basis { previous: cycle.previous, ordered: Units(known.ordered.0.saturating_add(unordered)), ..known };
    let cycle = match policy.terms.method {
        Method::Engine => cycle,
        Method::Rule => {
            Cycle { previous: basis.previous, received: basis.ordered, current: found.current, days: cycle.days, ..Cycle::default() }
        }
    };
    Some(sum(basis, cycle, found.current, policy.line.factor, on))
}

fn sum(basis: Basis, cycle: Cycle, current: Units, factor: Factor, on: NaiveDate) -> Result<Sum, rule::OutOfRange> {
    let rule = rule::apply(basis.previous, basis.ordered, current, factor)?;
    let days = u32::try_from((on - basis.previous_on).num_days()).ok().filter(|days| *days > 0);
    Ok(Sum { basis, cycle, current, factor, rule, days, on })
}

/// How far the order moves where one case was counted too many or too few, the larger way of both; none where it does not.
pub fn slip(history: &LineHistory, found: Found<'_>, policy: &Policy, on: NaiveDate) -> Option<i64> {
    let order = |current: i64| suggest(history, Some(Found { current: Units(current), ..found }), policy, on).order();
    let here = order(found.current.0)?.0;
    let case = found.size.units();
    let more = order(found.current.0.saturating_add(case)).map(|units| (units.0 - here).abs());
    let less = (found.current.0 >= case).then(|| order(found.current.0 - case)).flatten().map(|units| (units.0 - here).abs());
    more.into_iter().chain(less).max().filter(|moved| *moved > 0)
}

/// The past of each line of a finished visit as it stands today: an earlier count or order may have been put right since. The
/// visit itself keeps the figures it was made with.
pub fn past_of(events: &Events, visit: &Visit) -> BTreeMap<ProductId, LineHistory> {
    let before = events.clone().without(visit.id).until(visit.on);
    history::lines(&before, visit.on)
}

/// The suggestion of a finished visit's line from the past as it stands, else from the figures the visit kept.
pub fn as_it_is(visit: &Visit, line: &VisitLine, history: Option<&LineHistory>) -> Suggestion {
    let Some(current) = line.count.current(line.size) else { return Suggestion::OutOfRange };
    let none = LineNote::of(line.product);
    let note = visit.notes.iter().find(|note| note.product == line.product).unwrap_or(&none);
    let found = Found { current, lots: &line.lots, note, closed_days: visit.closed_days, size: line.size };
    let policy = visit.terms.zip(line.terms).map(|(terms, line)| Policy { terms, line, factor_from: Level::Everywhere });
    let policy = policy.unwrap_or_else(|| Policy::plain(visit.factor));
    match (history, line.basis) {
        (Some(history), _) => suggest(history, Some(found), &policy, visit.on),
        (None, None) => suggest(&LineHistory::default(), Some(found), &policy, visit.on),
        (None, Some(basis)) => {
            let cycle = Cycle { previous: basis.previous, received: basis.ordered, current, ..Cycle::default() };
            match sum(basis, cycle, current, policy.line.factor, visit.on) {
                Ok(sum) if sum.rule.sales < 0 => Suggestion::NegativeSales { sum, excess: Units(-sum.rule.sales), otherwise: None },
                Ok(_) if basis.previous.is_zero() && basis.ordered.is_zero() && current.is_zero() => {
                    Suggestion::ZeroTrap { last_rate: None, otherwise: None }
                }
                Ok(sum) => {
                    let order = sum.rule.order;
                    Suggestion::Number(Number { order, sum: Some(sum), answer: None, policy, current, on: visit.on, is_estimate: false })
                }
                Err(rule::OutOfRange) => Suggestion::OutOfRange,
            }
        }
    }
}

impl Suggestion {
    /// The quantity to order, 0 where nothing is needed, `None` where there is no number.
    pub fn order(&self) -> Option<Units> {
        self.number().map(|number| number.order)
    }

    pub fn number(&self) -> Option<&Number> {
        match self {
            Suggestion::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The sum behind the number, where there is one.
    pub fn sum(&self) -> Option<&Sum> {
        self.number().and_then(|number| number.sum.as_ref())
    }

    /// What happened since the last count, also where it is a question.
    pub fn any_sum(&self) -> Option<&Sum> {
        match self {
            Suggestion::NegativeSales { sum, .. } => Some(sum),
            other => other.sum(),
        }
    }

    /// The rep has to answer before there is a number.
    pub fn asks(&self) -> bool {
        matches!(self, Suggestion::NegativeSales { .. } | Suggestion::ZeroTrap { .. })
    }
}

impl Number {
    /// Units a day, where anything is known of it.
    pub fn rate(&self) -> Option<Exact> {
        match (&self.answer, &self.sum) {
            (Some(answer), _) => answer.rate.map(rate::Rate::exact),
            (None, Some(sum)) => Exact::new(sum.rule.sales.into(), sum.days?.into()).filter(|rate| rate.is_positive()),
            (None, None) => None,
        }
    }

    /// Needed, and still nothing can be ordered.
    pub fn is_capped_to_nothing(&self) -> bool {
        self.answer.as_ref().is_some_and(|answer| answer.status == Status::None)
    }

    /// Whole days that `stock` lasts; none without sales.
    pub fn lasts(&self, stock: Units) -> Option<u32> {
        self.rate()?.lasts(stock.0)
    }

    /// Whole days that what is usable, what is on its way and `order` last.
    pub fn cover(&self, order: Units) -> Option<u32> {
        self.lasts(self.available().plus(order)?)
    }

    /// What can be sold of what is here or on its way, rounded down.
    pub fn available(&self) -> Units {
        match self.answer.as_ref().and_then(|answer| answer.sum) {
            Some(steps) => Units(steps.usable.floor().saturating_add(self.on_order().0).min(Units::MAX.0)),
            None => self.current,
        }
    }

    pub fn on_order(&self) -> Units {
        let reasons = self.answer.iter().flat_map(|answer| &answer.reasons);
        reasons.fold(Units::ZERO, |known, reason| if let Reason::OnOrder { units } = reason { *units } else { known })
    }

    /// The date until which stock plus `order` lasts.
    pub fn lasts_until(&self, order: Units) -> Option<NaiveDate> {
        self.on.checked_add_days(Days::new(self.cover(order)?.into()))
    }

    /// The plain rule's number, where it is another one.
    pub fn rule_says(&self) -> Option<Units> {
        let rule = self.sum.as_ref()?.rule;
        (self.answer.is_some() && rule.order != self.order).then_some(rule.order)
    }

    pub fn has(&self, flag: Flag) -> bool {
        self.answer.as_ref().is_some_and(|answer| answer.has(flag))
    }
}

impl Sum {
    /// Everything that was there or came: the whole length of the bar.
    pub fn had(&self) -> i64 {
        self.cycle.sales() + self.current.0
    }

    pub fn sold(&self) -> i64 {
        self.cycle.sales()
    }

    /// The least stock that needs no order by the rule (the notch of the bar).
    pub fn enough_at(&self) -> Units {
        rule::enough_at(Units(self.had().max(0)), Units::ZERO, self.factor)
    }

    /// Where the notch stands on the bar, in per mille: factor ÷ (factor + 1); 600 for 1.5.
    pub fn notch_permille(&self) -> i64 {
        let f = self.factor.hundredths();
        (f * 1000 + (f + 100) / 2) / (f + 100)
    }

    /// How much of the bar is left, in per mille, 0 ..= 1000.
    pub fn left_permille(&self) -> i64 {
        if self.had() <= 0 { 0 } else { (self.current.0 * 1000 / self.had()).clamp(0, 1000) }
    }

    /// How far one miscounted unit moves a non-zero order of the rule: factor + 1 units.
    pub fn slip(&self) -> Hundredths {
        Hundredths(self.factor.hundredths() + 100)
    }
}
