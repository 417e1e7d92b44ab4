//! The reorder engine a second time: written from the text of its specification, step by step, with fractions of unlimited size, slow
//! and plain. It takes the engine's own inputs and shares nothing else with it.
#![allow(dead_code)]

pub mod lines;

use num_bigint::BigInt;
use num_rational::BigRational;
use shelfwise::domain::exact::Exact;
use shelfwise::domain::quantity::Units;
use shelfwise::domain::rate::{Cycle, StatedRate};
use shelfwise::domain::reorder::{Answer, Flag, Line, Lot, Rounding, Status};
use std::collections::BTreeSet;

pub type Number = BigRational;

pub fn whole(value: impl Into<BigInt>) -> Number {
    Number::from_integer(value.into())
}

pub fn ratio(numerator: impl Into<BigInt>, denominator: impl Into<BigInt>) -> Number {
    Number::new(numerator.into(), denominator.into())
}

fn units(units: Units) -> Number {
    whole(units.0)
}

fn zero() -> Number {
    whole(0)
}

/// Everything that the engine answers.
#[derive(Debug, PartialEq)]
pub struct Result {
    pub sales: Option<Number>,
    pub rate: Option<Number>,
    pub horizon: Option<Number>,
    pub target: Option<Number>,
    pub usable: Option<Number>,
    pub need: Option<Number>,
    pub order: Option<Number>,
    pub status: Status,
    pub flags: BTreeSet<Flag>,
}

impl Result {
    /// The engine's answer in the same form.
    pub fn of(answer: &Answer) -> Result {
        let exact = |value: Exact| ratio(value.numerator(), value.denominator());
        let sum = answer.sum;
        Result {
            sales: answer.sales.map(whole),
            rate: answer.rate.map(|rate| exact(rate.exact())),
            horizon: sum.map(|sum| ratio(sum.horizon.0, 100)),
            target: sum.map(|sum| exact(sum.target)),
            usable: sum.map(|sum| exact(sum.usable)),
            need: sum.map(|sum| exact(sum.need)),
            order: answer.order.map(units),
            status: answer.status,
            flags: answer.flags().collect(),
        }
    }
}

/// Step 1.
fn sales(cycle: &Cycle) -> Number {
    units(cycle.previous) + units(cycle.received) + units(cycle.other_source)
        - units(cycle.returned)
        - units(cycle.written_off)
        - units(cycle.current)
}

/// Step 2.
fn exposure(cycle: &Cycle) -> Number {
    let exposure = whole(cycle.days) - whole(cycle.closed_days) - whole(cycle.stockout_days);
    if exposure <= zero() { whole(cycle.days) - whole(cycle.closed_days) } else { exposure }
}

/// Step 3.
fn is_valid(cycle: &Cycle) -> bool {
    let something = cycle.previous.0 > 0 || cycle.received.0 > 0 || cycle.other_source.0 > 0;
    exposure(cycle) > zero() && sales(cycle) >= zero() && something
}

/// Step 4.
pub fn rate(cycles: &[Cycle], window: usize, alpha: Number, stated: Option<StatedRate>) -> Option<Number> {
    let valid: Vec<&Cycle> = cycles.iter().filter(|cycle| is_valid(cycle)).collect();
    let window: Vec<&Cycle> = valid.iter().rev().take(window).rev().copied().collect();
    if window.is_empty() {
        return stated.map(|stated| ratio(stated.units, stated.days));
    }
    let without_a_sale = window.iter().filter(|cycle| sales(cycle) == zero()).count();
    let at_least_half = without_a_sale * 2 >= window.len();
    if !(window.len() >= 4 && at_least_half && without_a_sale < window.len()) {
        let sold: Number = window.iter().map(|cycle| sales(cycle)).sum();
        let days: Number = window.iter().map(|cycle| exposure(cycle)).sum();
        return Some(sold / days);
    }
    let (mut size, mut gap) = (None, None);
    let mut days_since = zero();
    for cycle in window {
        days_since += exposure(cycle);
        if sales(cycle) > zero() {
            let smooth = |old: Option<Number>, new: Number| match old {
                None => Some(new),
                Some(old) => Some((whole(1) - alpha.clone()) * old + alpha.clone() * new),
            };
            size = smooth(size, sales(cycle));
            gap = smooth(gap, days_since);
            days_since = zero();
        }
    }
    Some((whole(1) - alpha / whole(2)) * size? / gap?)
}

/// The places of the lots, earliest expiry first; unknown expiry last, equal ones in the order of the input.
fn earliest_first(lots: &[Lot]) -> Vec<usize> {
    let mut places: Vec<usize> = (0..lots.len()).collect();
    places.sort_by_key(|place| (lots[*place].days_left.is_none(), lots[*place].days_left));
    places
}

/// What each lot sells before it expires and within so many days, at the place of the lot. A lot of unknown expiry sells whatever the
/// days allow.
fn sells(lots: &[Lot], rate: &Number, within: Option<&Number>) -> Vec<Number> {
    let mut sells = vec![zero(); lots.len()];
    let mut before = zero();
    for place in earliest_first(lots) {
        let lot = lots[place];
        let until = match (lot.days_left.map(whole), within) {
            (Some(left), Some(within)) => Some(left.min(within.clone())),
            (Some(left), None) => Some(left),
            (None, within) => within.cloned(),
        };
        let quantity = units(lot.quantity);
        sells[place] = match until {
            None => quantity,
            Some(days) => quantity.min((rate * days - &before).max(zero())),
        };
        before += &sells[place];
    }
    sells
}

/// Mode `expiry`.
pub fn at_risk(lots: &[Lot], rate: &Number) -> Vec<Number> {
    sells(lots, rate, None).into_iter().zip(lots).map(|(sells, lot)| units(lot.quantity) - sells).collect()
}

/// Step 5.
fn horizon(line: &Line<'_>) -> Number {
    let visit = whole(line.days_to_next_visit);
    (ratio(line.factor.hundredths(), 100) * &visit).max(visit + whole(line.delivery_days))
}

/// Step 6.
fn target(line: &Line<'_>, rate: &Number, horizon: &Number) -> Number {
    let expected = match line.promotion {
        None => rate * horizon,
        Some(promotion) => {
            let days = whole(promotion.days).min(horizon.clone());
            rate * (horizon - &days) + rate * ratio(promotion.uplift, 100) * days
        }
    };
    expected.max(units(line.minimum_display))
}

/// Step 7.
fn usable(lots: &[Lot], rate: &Number, horizon: &Number) -> Number {
    let expires_inside = |lot: &Lot| lot.days_left.is_some_and(|left| whole(left) < *horizon);
    sells(lots, rate, None).into_iter().zip(lots).map(|(sells, lot)| if expires_inside(lot) { sells } else { units(lot.quantity) }).sum()
}

fn unexpired(lots: &[Lot]) -> Number {
    lots.iter().filter(|lot| lot.days_left.is_none_or(|left| left > 0)).map(|lot| units(lot.quantity)).sum()
}

/// Step 10: the most that sells while it is fresh, in whole cases.
pub fn shelf_life_cap(line: &Line<'_>, rate: &Number) -> Option<Number> {
    let days = whole(line.fresh_days?);
    let existing: Number = sells(line.lots, rate, Some(&days)).into_iter().sum();
    let room = rate * days - existing - units(line.on_order);
    Some(down(&room.max(zero()), line))
}

/// Step 10: the most that there is room for, in whole cases.
pub fn capacity_cap(line: &Line<'_>) -> Option<Number> {
    let room = units(line.capacity?) - unexpired(line.lots) - units(line.on_order);
    Some(down(&room.max(zero()), line))
}

fn down(quantity: &Number, line: &Line<'_>) -> Number {
    (quantity / whole(line.units_per_case)).floor() * whole(line.units_per_case)
}

fn up(quantity: &Number, line: &Line<'_>) -> Number {
    (quantity / whole(line.units_per_case)).ceil() * whole(line.units_per_case)
}

fn nearest(quantity: &Number, line: &Line<'_>) -> Number {
    (quantity / whole(line.units_per_case) + ratio(1, 2)).floor() * whole(line.units_per_case)
}

/// Mode `engine`, for a line inside the limits.
pub fn suggest(line: &Line<'_>) -> Result {
    let mut flags = BTreeSet::new();
    let mut raise = |flag: Flag, raised: bool| {
        if raised {
            flags.insert(flag);
        }
    };
    let sales = line.cycles.last().map(sales);
    let nothing = |cycle: &Cycle| cycle.previous.0 == 0 && cycle.received.0 == 0 && cycle.other_source.0 == 0 && cycle.current.0 == 0;
    raise(Flag::ZeroTrap, line.cycles.last().is_some_and(nothing));
    raise(Flag::StockOut, unexpired(line.lots) == zero());
    raise(Flag::Expired, line.lots.iter().any(|lot| lot.quantity.0 > 0 && lot.days_left.is_some_and(|left| left <= 0)));
    raise(Flag::NegativeSales, sales.as_ref().is_some_and(|sales| *sales < zero()));
    let Some(rate) = rate(line.cycles, line.window.into(), ratio(line.alpha, 10), line.stated_rate) else {
        let status = Status::FirstVisit;
        return Result { sales, rate: None, horizon: None, target: None, usable: None, need: None, order: None, status, flags };
    };
    let horizon = horizon(line);
    let target = target(line, &rate, &horizon);
    let usable = usable(line.lots, &rate, &horizon);
    let need = &target - &usable - units(line.on_order);
    raise(Flag::Slow, rate == zero() && unexpired(line.lots) > zero());
    raise(Flag::OnOrderCovers, need <= zero() && target > usable);

    let mut order = zero();
    if need > zero() {
        // Step 9.
        let has = &usable + units(line.on_order);
        let lasts = has + down(&need, line) >= &rate * (whole(line.days_to_next_visit) + whole(line.delivery_days));
        order = if line.rounding == Rounding::Guard && lasts { nearest(&need, line) } else { up(&need, line) };
        raise(Flag::BelowCase, order == zero());
        let minimum = units(line.minimum_order);
        if order > zero() && order < minimum {
            order = up(&minimum, line);
        }
        // Step 10.
        if let Some(cap) = shelf_life_cap(line, &rate).filter(|cap| *cap < order) {
            raise(Flag::CappedByShelfLife, true);
            order = cap;
        }
        if let Some(cap) = capacity_cap(line).filter(|cap| *cap < order) {
            raise(Flag::CappedByCapacity, true);
            order = cap;
        }
        if order < minimum {
            order = zero();
        }
    }
    let after = &usable + units(line.on_order) + &order;
    raise(Flag::Overstock, order > zero() && rate > zero() && after / &rate > whole(line.maximum_cover_days));
    let status = match () {
        () if order > zero() => Status::Order,
        () if need <= zero() => Status::Enough,
        () => Status::None,
    };
    Result {
        sales,
        rate: Some(rate),
        horizon: Some(horizon),
        target: Some(target),
        usable: Some(usable),
        need: Some(need),
        order: Some(order),
        status,
        flags,
    }
}
