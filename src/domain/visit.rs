//! A visit, made or tried: an append-only event. It keeps what was counted and the figures each suggestion stood on, so that the
//! sum shown then can be shown again, whatever is corrected later. A correction is a new visit that names the old.

use super::count::Count;
use super::customer::CustomerClass;
use super::factor::Factor;
use super::id::{CustomerId, OrderId, ProductId, VisitId};
use super::lots::CountedLot;
use super::note::LineNote;
use super::policy::{LineTerms, Terms};
use super::quantity::{PackSize, Units};
use super::shelf_work::ShelfWork;
use super::stamp::Envelope;
use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// One visit to one shop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    pub id: VisitId,
    pub envelope: Envelope,
    pub customer: CustomerId,
    /// Local date and times of the phone.
    pub on: NaiveDate,
    pub started: NaiveDateTime,
    pub finished: NaiveDateTime,
    /// Time the visit was in front of the rep, in seconds.
    pub spent: u32,
    pub outcome: Outcome,
    /// The visit this one puts right: that one's counts no longer stand.
    pub corrects: Option<VisitId>,
    /// The factor in force.
    pub factor: Factor,
    /// Counted lines only, in the order of the visit.
    pub lines: Vec<VisitLine>,
    /// By which terms the lines were reckoned; none: the plain rule.
    pub terms: Option<Terms>,
    /// What else happened to products, counted today or not.
    pub notes: Vec<LineNote>,
    /// Days the shop was shut since the last visit.
    pub closed_days: u16,
    /// How many lines the visit had, counted or not.
    pub range: u32,
    pub order: Option<OrderId>,
    /// What was done at the shelf; the rest was left undone.
    pub shelf: BTreeSet<ShelfTask>,
    /// What there was to move, swap and take off, done or not.
    pub work: Vec<ShelfWork>,
    /// What was explained to the owner.
    pub taught: BTreeSet<Topic>,
    pub agreed: Agreed,
}

impl Visit {
    /// Every product it says something of, counted or not; one may come several times.
    pub fn products(&self) -> impl Iterator<Item = ProductId> {
        let counted = self.lines.iter().map(|line| line.product);
        counted.chain(self.notes.iter().map(|note| note.product)).chain(self.work.iter().map(|work| work.product))
    }
}

/// How a visit ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Made,
    /// Tried, not made: moves no stock figure and no cycle.
    Closed,
    OwnerAway,
    Refused,
    NoTime,
}

impl Outcome {
    /// Why a visit did not happen.
    pub const NOT_MADE: [Outcome; 4] = [Outcome::Closed, Outcome::OwnerAway, Outcome::Refused, Outcome::NoTime];

    pub fn is_made(self) -> bool {
        self == Outcome::Made
    }
}

/// A thing to do at the shelf before the count (D0 5, 11, 28).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShelfTask {
    FillFront,
    OldestFirst,
    Sorted,
    PriceTags,
    Clean,
}

impl ShelfTask {
    pub const ALL: [ShelfTask; 5] =
        [ShelfTask::FillFront, ShelfTask::OldestFirst, ShelfTask::Sorted, ShelfTask::PriceTags, ShelfTask::Clean];
}

/// What a rep explains to an owner (D0 27).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    Fifo,
    Rule,
    NearExpiry,
    Sorted,
}

impl Topic {
    pub const ALL: [Topic; 4] = [Topic::Fifo, Topic::Rule, Topic::NearExpiry, Topic::Sorted];
}

/// What rep and owner agreed, and what the rep heard.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreed {
    /// What the rep promised; empty: nothing.
    pub promise: String,
    /// By when, local time of the phone. A promise without a time is not kept.
    pub promise_due: Option<NaiveDateTime>,
    /// The next visit's date where it was agreed otherwise than the plan.
    pub next_on: Option<NaiveDate>,
    /// The class the shop got at this visit; none: left as it was.
    pub class: Option<CustomerClass>,
    pub competitor: String,
    pub opinion: String,
}

/// One counted product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitLine {
    pub product: ProductId,
    pub count: Count,
    /// Units per case on that day.
    pub size: PackSize,
    /// What the count was compared with; none at the first count of a line.
    pub basis: Option<Basis>,
    /// Goods by date, as far as dates were noted.
    pub lots: Vec<CountedLot>,
    /// By which terms the line was reckoned; none: by the visit's factor alone.
    pub terms: Option<LineTerms>,
}

/// The earlier figures a sum starts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basis {
    pub previous: Units,
    /// The local date of the previous count.
    pub previous_on: NaiveDate,
    /// All orders since that count.
    pub ordered: Units,
}
