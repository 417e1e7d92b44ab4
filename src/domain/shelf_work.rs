//! What there is to do at the shelf before the count: bring goods to the front, change old for new, take off what has expired. What
//! was left undone is recorded and blocks nothing.

use super::count::Count;
use super::expiry;
use super::id::ProductId;
use super::lots::{self, CountedLot};
use super::product::ProductFields;
use super::quantity::Units;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// One piece of work at the shelf.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShelfWork {
    pub product: ProductId,
    pub kind: Kind,
    pub units: Units,
    pub done: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// From the back to the front.
    Fill,
    /// Older goods behind for newer ones in front.
    Swap,
    /// Expired goods off the shelf.
    TakeOff,
}

/// What there is to do for one product, by what is known of it: today's count, else the last one.
pub fn of_line(product: ProductId, fields: &ProductFields, count: Count, lots: &[CountedLot], on: NaiveDate) -> Vec<ShelfWork> {
    let work = |kind, units: Units| (!units.is_zero()).then_some(ShelfWork { product, kind, units, done: false });
    let back = fields.size.total(count.back).unwrap_or(Units::ZERO);
    let fill = expiry::front_fill(count.front, back, fields.front_capacity);
    let swap = lots::swap(lots).map_or(Units::ZERO, |swap| swap.units);
    [work(Kind::Fill, fill), work(Kind::Swap, swap), work(Kind::TakeOff, expired(lots, on))].into_iter().flatten().collect()
}

/// Units that must come off the shelf.
pub fn expired(lots: &[CountedLot], on: NaiveDate) -> Units {
    let gone = lots.iter().filter(|lot| lot.days_left(on).is_some_and(|days| days <= 0));
    Units(gone.map(CountedLot::units).fold(0, i64::saturating_add))
}

/// All work of a visit: what was done, and what was there to do and is not among it.
pub fn of_visit(done: &[ShelfWork], found: &[ShelfWork]) -> Vec<ShelfWork> {
    let is_done = |work: &ShelfWork| done.iter().any(|other| (other.product, other.kind) == (work.product, work.kind));
    let left = found.iter().filter(|work| !is_done(work)).copied();
    done.iter().map(|work| ShelfWork { done: true, ..*work }).chain(left).collect()
}
