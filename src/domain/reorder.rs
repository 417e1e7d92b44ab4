//! The reorder engine: what a shop should order today, and why (mode `engine`). One function computes the number; every screen,
//! report and export shows that number with the reasons it came with.
//!
//! All quantities in base units, all times in whole days. A line is brought to one common denominator, 10,000 times that of its
//! rate, and rounded once, at the end. Inside the limits the largest figure is below 10³⁰ (10⁴ lots of 10⁹ over a denominator of
//! 2.4·10¹⁵), so 128 bits never overflow; a figure beyond the limits is an error value.

use super::exact::{Exact, div};
use super::factor::{Factor, Hundredths};
use super::quantity::Units;
use super::rate::{self, Cycle, Rate, StatedRate};
pub use super::reorder_reason::{Flag, Reason};
use super::reorder_scale::{Scale, case_at_or_above};

/// The most days of any figure.
pub const DAYS_MAX: u32 = 10_000;
/// The most lots of a line.
pub const LOTS_MAX: usize = 10_000;
/// Days of stock after an order above which it is too much, where nothing else is set.
pub const COVER_DAYS: u32 = 30;

/// Goods of one expiry date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lot {
    pub quantity: Units,
    /// Days until it expires, 0 or less: it must come off the shelf. None: it never expires.
    pub days_left: Option<i32>,
}

/// A promotion ahead: for so many days sales are `uplift` hundredths of the usual, 100 ..= 1,000.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Promotion {
    pub days: u32,
    pub uplift: u16,
}

/// How a need becomes whole cases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rounding {
    /// Up.
    #[default]
    Ceil,
    /// To the nearest, halves up, where less than that already lasts until the next visit's goods; else up.
    Guard,
}

/// One line with all that the engine knows of it.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    /// Oldest first.
    pub cycles: &'a [Cycle],
    /// How many of the last valid cycles make the rate, 1 ..= 12.
    pub window: u8,
    /// What is on hand, in any order.
    pub lots: &'a [Lot],
    /// At least 1.
    pub days_to_next_visit: u32,
    pub delivery_days: u32,
    pub factor: Factor,
    pub on_order: Units,
    /// At least 1; 1 orders by the unit.
    pub units_per_case: i64,
    pub minimum_order: Units,
    /// Days that goods delivered now can be sold; may be below 0.
    pub fresh_days: Option<i32>,
    pub minimum_display: Units,
    pub capacity: Option<Units>,
    pub promotion: Option<Promotion>,
    pub rounding: Rounding,
    /// What the owner says it sells, for a line without a valid cycle.
    pub stated_rate: Option<StatedRate>,
    /// Smoothing of intermittent lines, in tenths, 0 ..= 10.
    pub alpha: u8,
    pub maximum_cover_days: u32,
}

impl Default for Line<'_> {
    fn default() -> Self {
        Line {
            cycles: &[],
            window: rate::WINDOW,
            lots: &[],
            days_to_next_visit: 1,
            delivery_days: 0,
            factor: Factor::RULE,
            on_order: Units::ZERO,
            units_per_case: 1,
            minimum_order: Units::ZERO,
            fresh_days: None,
            minimum_display: Units::ZERO,
            capacity: None,
            promotion: None,
            rounding: Rounding::Ceil,
            stated_rate: None,
            alpha: rate::ALPHA,
            maximum_cover_days: COVER_DAYS,
        }
    }
}

/// Which figure of a line is beyond the engine's limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BeyondLimits {
    Quantity,
    Days,
    Lots,
    Window,
    Uplift,
    Alpha,
    StatedRate,
    UnitsPerCase,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Something is to be ordered.
    Order,
    /// Nothing is needed.
    Enough,
    /// Needed, but rounded or capped to nothing.
    None,
    /// No rate, so no number.
    FirstVisit,
}

/// The engine's answer for one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Of the newest cycle, valid or not; may be negative.
    pub sales: Option<i64>,
    /// Where the rate comes from; none: no number.
    pub rate: Option<Rate>,
    /// The sum of the number; none without a rate.
    pub sum: Option<Steps>,
    pub order: Option<Units>,
    pub status: Status,
    /// Everything that moved the number, and every flag, in the order of the steps.
    pub reasons: Vec<Reason>,
}

/// The steps of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Steps {
    /// Days that stock has to last.
    pub horizon: Hundredths,
    /// Units to have for that time.
    pub target: Exact,
    /// On hand, less what expires unsold.
    pub usable: Exact,
    pub need: Exact,
}

impl Answer {
    pub fn flags(&self) -> impl Iterator<Item = Flag> {
        self.reasons.iter().filter_map(|reason| reason.flag())
    }

    pub fn has(&self, flag: Flag) -> bool {
        self.flags().any(|raised| raised == flag)
    }
}

/// What the line should order.
///
/// # Errors
/// The first kind of figure that is beyond the limits.
pub fn suggest(line: &Line<'_>) -> Result<Answer, BeyondLimits> {
    check(line)?;
    let rate = rate::of(line.cycles, line.window, line.alpha, line.stated_rate);
    let newest = line.cycles.last();
    let sales = newest.map(|cycle| cycle.sales());
    let mut reasons = Vec::new();
    if let Some(sales) = sales.filter(|sales| *sales < 0) {
        reasons.push(Reason::NegativeSales { excess: -sales });
    }
    if newest.is_some_and(|cycle| cycle.is_zero_trap()) {
        reasons.push(Reason::ZeroTrap);
    }
    let stock = Stock::of(line.lots);
    if stock.fresh == 0 {
        reasons.push(Reason::StockOut);
    }
    if stock.expired > 0 {
        reasons.push(Reason::Expired { units: stock.expired });
    }
    let Some(rate) = rate else {
        return Ok(Answer { sales, rate: None, sum: None, order: None, status: Status::FirstVisit, reasons });
    };
    let scale = Scale::of(&rate);
    let lots = sorted(line.lots);
    let horizon = horizon(line, &mut reasons);
    let target = target(line, &scale, horizon, &mut reasons);
    let unsold = scale.unsold(&lots, horizon);
    if unsold > scale.units(stock.expired) {
        reasons.push(Reason::ExpiresUnsold { units: scale.exact(unsold - scale.units(stock.expired)) });
    }
    let usable = scale.units(stock.fresh + stock.expired) - unsold;
    let on_order = scale.units(line.on_order.0);
    let need = target - usable - on_order;
    if !line.on_order.is_zero() {
        reasons.push(Reason::OnOrder { units: line.on_order });
    }
    if need <= 0 && target > usable {
        reasons.push(Reason::OnOrderCovers);
    }
    if rate.is_zero() && stock.fresh > 0 {
        reasons.push(Reason::Slow { stock: stock.fresh });
    }
    let order = if need > 0 {
        quantity(line, &scale, &Needed { need, has: usable + on_order, fresh: stock.fresh }, &lots, &mut reasons)
    } else {
        0
    };
    let after = usable + on_order + scale.units(order);
    if order > 0 && !rate.is_zero() && after > scale.sold_in(line.maximum_cover_days.into()) {
        reasons.push(Reason::Overstock { days: i64::try_from(div(after, scale.sold_in(1)).0).unwrap_or(i64::MAX) });
    }
    let status = match order {
        1.. => Status::Order,
        _ if need <= 0 => Status::Enough,
        _ => Status::None,
    };
    let sum = Steps { horizon, target: scale.exact(target), usable: scale.exact(usable), need: scale.exact(need) };
    Ok(Answer { sales, rate: Some(rate), sum: Some(sum), order: Some(Units(order)), status, reasons })
}

fn check(line: &Line<'_>) -> Result<(), BeyondLimits> {
    let quantity = |units: Units| (0..=Units::MAX.0).contains(&units.0);
    let days = |days: u32| days <= DAYS_MAX;
    let within = |days: i32| days.unsigned_abs() <= DAYS_MAX;
    let mut quantities = [line.on_order, line.minimum_order, line.minimum_display].into_iter().chain(line.capacity);
    let checks = [
        (quantities.all(quantity), BeyondLimits::Quantity),
        (line.lots.iter().all(|lot| quantity(lot.quantity)), BeyondLimits::Quantity),
        (line.cycles.iter().all(|cycle| cycle.quantities().into_iter().all(quantity)), BeyondLimits::Quantity),
        (line.lots.len() <= LOTS_MAX, BeyondLimits::Lots),
        ((1..=rate::WINDOW_MAX).contains(&line.window), BeyondLimits::Window),
        (line.alpha <= 10, BeyondLimits::Alpha),
        ((1..=Units::MAX.0).contains(&line.units_per_case), BeyondLimits::UnitsPerCase),
        (line.stated_rate.is_none_or(StatedRate::is_within), BeyondLimits::StatedRate),
        (line.promotion.is_none_or(|promotion| (100..=1_000).contains(&promotion.uplift)), BeyondLimits::Uplift),
        (line.promotion.is_none_or(|promotion| days(promotion.days)), BeyondLimits::Days),
        (line.days_to_next_visit >= 1 && days(line.days_to_next_visit), BeyondLimits::Days),
        (days(line.delivery_days) && days(line.maximum_cover_days), BeyondLimits::Days),
        (line.fresh_days.is_none_or(within) && line.lots.iter().all(|lot| lot.days_left.is_none_or(within)), BeyondLimits::Days),
        (line.cycles.iter().all(|cycle| [cycle.days, cycle.closed_days, cycle.stockout_days].into_iter().all(days)), BeyondLimits::Days),
    ];
    checks.into_iter().find(|(fine, _)| !fine).map_or(Ok(()), |(_, beyond)| Err(beyond))
}

/// What is on hand, in units.
struct Stock {
    fresh: i64,
    expired: i64,
}

impl Stock {
    fn of(lots: &[Lot]) -> Stock {
        let mut stock = Stock { fresh: 0, expired: 0 };
        for lot in lots {
            let part = if lot.days_left.is_some_and(|days| days <= 0) { &mut stock.expired } else { &mut stock.fresh };
            *part += lot.quantity.0;
        }
        stock
    }
}

/// Earliest expiry first, what never expires last.
fn sorted(lots: &[Lot]) -> std::borrow::Cow<'_, [Lot]> {
    let key = |lot: &Lot| lot.days_left.unwrap_or(i32::MAX);
    if lots.is_sorted_by_key(key) {
        return lots.into();
    }
    let mut lots = lots.to_vec();
    lots.sort_by_key(key);
    lots.into()
}

/// `max(factor × R, R + L)`.
fn horizon(line: &Line<'_>, reasons: &mut Vec<Reason>) -> Hundredths {
    let by_factor = line.factor.hundredths() * i64::from(line.days_to_next_visit);
    let days = line.days_to_next_visit + line.delivery_days;
    let by_delivery = i64::from(days) * 100;
    if by_delivery > by_factor {
        reasons.push(Reason::LongDelivery { days });
    }
    Hundredths(by_factor.max(by_delivery))
}

fn target(line: &Line<'_>, scale: &Scale, horizon: Hundredths, reasons: &mut Vec<Reason>) -> i128 {
    let all = i128::from(horizon.0);
    let plain = scale.sold_in_hundredths(all, 100);
    let expected = line.promotion.map_or(plain, |promotion| {
        let within = (i128::from(promotion.days) * 100).min(all);
        let with = scale.sold_in_hundredths(all - within, 100) + scale.sold_in_hundredths(within, promotion.uplift.into());
        if with > plain {
            reasons.push(Reason::Promotion { days: promotion.days, extra: scale.exact(with - plain) });
        }
        with
    });
    let display = scale.units(line.minimum_display.0);
    if display > expected {
        reasons.push(Reason::MinimumDisplay { units: line.minimum_display });
    }
    expected.max(display)
}

/// What is missing and what is there, scaled; `fresh` in units.
struct Needed {
    need: i128,
    has: i128,
    fresh: i64,
}

/// From a need above 0 to what can be ordered: round, minimum, shelf life, capacity, minimum again.
fn quantity(line: &Line<'_>, scale: &Scale, needed: &Needed, lots: &[Lot], reasons: &mut Vec<Reason>) -> i64 {
    let case = line.units_per_case;
    let until_delivery = scale.sold_in(i64::from(line.days_to_next_visit + line.delivery_days));
    let lasts = || needed.has + scale.units(scale.down(needed.need, case)) >= until_delivery;
    let rounded = if line.rounding == Rounding::Guard && lasts() { scale.nearest(needed.need, case) } else { scale.up(needed.need, case) };
    if rounded == 0 {
        reasons.push(Reason::BelowCase);
        return 0;
    }
    if scale.units(rounded) != needed.need {
        reasons.push(Reason::Rounded { to: rounded });
    }
    let minimum = case_at_or_above(line.minimum_order.0, case);
    let mut order = rounded;
    if order < line.minimum_order.0 {
        reasons.push(Reason::RaisedToMinimum { from: order, to: minimum });
        order = minimum;
    }
    if let Some(fresh_days) = line.fresh_days {
        let days = i64::from(fresh_days);
        let cap = scale.sold_in(days) - scale.sells_within(lots, days) - scale.units(line.on_order.0);
        let cap = scale.down(cap, case);
        if cap < order {
            reasons.push(Reason::CappedByShelfLife { from: order, to: cap });
            order = cap;
        }
    }
    if let Some(capacity) = line.capacity {
        let room = (capacity.0 - needed.fresh - line.on_order.0).max(0);
        let cap = room / case * case;
        if cap < order {
            reasons.push(Reason::CappedByCapacity { from: order, to: cap });
            order = cap;
        }
    }
    if order > 0 && order < line.minimum_order.0 {
        reasons.push(Reason::BelowMinimum { left: order });
        order = 0;
    }
    order
}
