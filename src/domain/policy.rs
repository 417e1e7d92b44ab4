//! By which terms a line is reckoned: the rep's settings, the shop's and the product's own, the most specific one first. What was
//! in force at a visit is kept with it, so that its sums can be shown again.

use super::customer::{CustomerClass, CustomerFields};
use super::expiry;
use super::factor::Factor;
use super::history::LineHistory;
use super::id::ProductId;
use super::product::{ProductFields, ShelfLife};
use super::quantity::Units;
use super::reorder::{self, Promotion};
use super::schedule;
use super::settings::{Reckoning, Settings};
use super::visit::{Visit, VisitLine};
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Which rule gives the number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// All of the engine.
    #[default]
    Engine,
    /// The plain 1.5 rule.
    Rule,
}

/// In what an order is rounded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Packing {
    /// Single units, up.
    #[default]
    Units,
    /// Full cases, up.
    Cases,
    /// Full cases, to the nearest where stock lasts.
    CasesGuarded,
}

/// The terms of a whole visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    pub method: Method,
    pub window: u8,
    pub packing: Packing,
    pub maximum_cover_days: u16,
    /// Days to the next visit (R), at least 1.
    pub days_to_next: u16,
    /// Days from an order to its delivery (L).
    pub lead_days: u16,
}

/// The terms of one line beside them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineTerms {
    pub factor: Factor,
    #[serde(default, skip_serializing_if = "Units::is_none")]
    pub minimum_order: Units,
    #[serde(default, skip_serializing_if = "Units::is_none")]
    pub minimum_display: Units,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity: Option<Units>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fresh_days: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promotion: Option<Ahead>,
}

/// A promotion as a line meets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ahead {
    pub days: u16,
    /// Hundredths of the usual sales.
    pub uplift: u16,
}

/// Everything one line is reckoned by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    pub terms: Terms,
    pub line: LineTerms,
    pub factor_from: Level,
}

/// Where a factor was set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    Everywhere,
    Class(CustomerClass),
    Shop,
    Product,
}

/// What all lines of a visit share, with what the shop and the settings add to each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ground {
    pub terms: Terms,
    /// The next visit's date, R days away.
    pub next_on: NaiveDate,
    pub on: NaiveDate,
    /// The factor where neither shop nor product have one of their own.
    pub factor: Factor,
    factor_from: Level,
    wish_days: u16,
    /// Lines that keep the terms they were reckoned by.
    kept: BTreeMap<ProductId, LineTerms>,
}

impl Ground {
    /// At a shop on a day; `next_on` where another next date was agreed than the route's.
    pub fn of(settings: Option<&Settings>, shop: &CustomerFields, on: NaiveDate, next_on: Option<NaiveDate>) -> Ground {
        let reckoning = settings.map(|settings| settings.reckoning).unwrap_or_default();
        let next_on = next_on.filter(|next| *next > on).unwrap_or_else(|| schedule::next_route_day(shop, on));
        let days = u16::try_from((next_on - on).num_days().clamp(1, 10_000)).unwrap_or(1);
        let class = shop.class.and_then(|class| Some((reckoning.class_factors.of(class)?, Level::Class(class))));
        let everywhere = (settings.map_or(Factor::RULE, |settings| settings.factor), Level::Everywhere);
        let (factor, factor_from) = shop.factor.map(|factor| (factor, Level::Shop)).or(class).unwrap_or(everywhere);
        let terms = Terms {
            method: reckoning.method,
            window: reckoning.window,
            packing: reckoning.packing,
            maximum_cover_days: reckoning.maximum_cover_days,
            days_to_next: days,
            lead_days: shop.lead_days,
        };
        Ground { terms, next_on, on, factor, factor_from, wish_days: shop.wish_days, kept: BTreeMap::new() }
    }

    /// By the terms of the visit that is put right: what was not counted otherwise keeps its number.
    pub fn as_at(mut self, visit: &Visit) -> Ground {
        let plain = Policy::plain(visit.factor);
        self.terms = visit.terms.unwrap_or(plain.terms);
        (self.factor, self.factor_from) = (visit.factor, Level::Everywhere);
        let line_terms = |line: &VisitLine| line.terms.unwrap_or(LineTerms { factor: visit.factor, ..plain.line });
        self.kept = visit.lines.iter().map(|line| (line.product, line_terms(line))).collect();
        self
    }

    /// The terms of a line of this visit.
    pub fn policy_of(&self, id: ProductId, product: &ProductFields, history: &LineHistory) -> Policy {
        match self.kept.get(&id) {
            Some(line) => Policy { terms: self.terms, line: *line, factor_from: Level::Everywhere },
            None => self.policy(product, history),
        }
    }

    /// The terms of one product's line.
    pub fn policy(&self, product: &ProductFields, history: &LineHistory) -> Policy {
        let (factor, factor_from) = product.factor.map_or((self.factor, self.factor_from), |factor| (factor, Level::Product));
        let line = LineTerms {
            factor,
            minimum_order: product.minimum_order,
            minimum_display: product.minimum_display,
            capacity: Some(product.capacity).filter(|capacity| !capacity.is_zero()),
            fresh_days: product.shelf_life.and_then(|life| self.fresh_days(life, product, history)),
            promotion: product.promotion.and_then(|promotion| {
                let days = u16::try_from((promotion.until - self.on).num_days()).ok().filter(|days| (1..=10_000).contains(days))?;
                Some(Ahead { days, uplift: promotion.uplift.hundredths() })
            }),
        };
        Policy { terms: self.terms, line, factor_from }
    }

    /// Shelf life − age on delivery − the days the shop wants to be left, counted by the calendar.
    fn fresh_days(&self, life: ShelfLife, product: &ProductFields, history: &LineHistory) -> Option<i32> {
        let age = product.delivery_age.or(history.delivery_age).unwrap_or(0);
        let made = self.on.checked_sub_days(Days::new(age.into()))?;
        let days = (expiry::expires(made, life)? - self.on).num_days() - i64::from(self.wish_days);
        i32::try_from(days.clamp(-10_000, 10_000)).ok()
    }
}

impl Policy {
    /// The plain rule with a factor, as visits were made before there were terms.
    pub fn plain(factor: Factor) -> Policy {
        let reckoning = Reckoning::default();
        let terms = Terms {
            method: Method::Rule,
            window: 1,
            packing: Packing::Units,
            maximum_cover_days: reckoning.maximum_cover_days,
            days_to_next: 7,
            lead_days: 0,
        };
        Policy { terms, line: LineTerms { factor, ..LineTerms::default() }, factor_from: Level::Everywhere }
    }

    /// As the engine takes it, without what was counted.
    pub fn line(&self, units_per_case: i64) -> reorder::Line<'static> {
        let (terms, line) = (self.terms, self.line);
        reorder::Line {
            window: terms.window,
            days_to_next_visit: terms.days_to_next.into(),
            delivery_days: terms.lead_days.into(),
            factor: line.factor,
            units_per_case: if terms.packing == Packing::Units { 1 } else { units_per_case },
            minimum_order: line.minimum_order,
            fresh_days: line.fresh_days,
            minimum_display: line.minimum_display,
            capacity: line.capacity,
            promotion: line.promotion.map(|ahead| Promotion { days: ahead.days.into(), uplift: ahead.uplift }),
            rounding: if terms.packing == Packing::CasesGuarded { reorder::Rounding::Guard } else { reorder::Rounding::Ceil },
            maximum_cover_days: terms.maximum_cover_days.into(),
            ..reorder::Line::default()
        }
    }
}
