//! What the day list needs to know of a shop without loading what happened there: stock and rate of every line, the last contacts,
//! what is promised. Derived from the shop's events and written in the transaction of the event that changed them, so that it can be
//! made anew at any time.

use super::id::{CustomerId, EpisodeId, ProductId, PromiseId};
use super::money::Money;
use super::stamp::Envelope;
use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

/// One shop, packed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The shop it belongs to; there is one head a shop.
    pub id: CustomerId,
    pub envelope: Envelope,
    pub lines: Vec<HeadLine>,
    /// Local dates of the last call, the last visit that was made, and the last contact of any kind.
    pub called_on: Option<NaiveDate>,
    pub visited_on: Option<NaiveDate>,
    pub touched_on: Option<NaiveDate>,
    /// Days of the last contacts, oldest first, one entry a contact: [`RECENT_DAYS`] days back from the last.
    pub touches: Vec<NaiveDate>,
    /// Days with a contact after the first: two calls of one day are one follow-up.
    pub follow_ups: u32,
    /// Open ones, in the order they were made.
    pub promises: Vec<OpenPromise>,
    /// Ended promises.
    pub kept: u32,
    pub broken: u32,
    /// What the shop buys a week.
    pub weekly: Money,
    /// The last complaint that is not closed.
    pub complaint: Option<OpenEpisode>,
}

/// One product of a shop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadLine {
    pub product: ProductId,
    /// Base units on hand at the last count and all that was ordered and not cancelled since, come or on its way, less what went back or
    /// was written off; 0 ..= 10¹².
    pub stock: i64,
    pub counted_on: NaiveDate,
    pub rate: HeadRate,
    /// The earliest lot that was noted.
    pub earliest: Option<EarliestLot>,
}

/// So many units in so many days, exact; days at least 1, both below 2⁵³. No units: it does not sell, or nobody knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadRate {
    pub units: u64,
    pub days: u64,
}

/// The goods of a line that expire first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EarliestLot {
    pub expires: NaiveDate,
    /// Base units, 0 ..= 10¹².
    pub units: i64,
}

/// An open promise as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenPromise {
    pub id: PromiseId,
    /// Its first [`TEXT_MAX`] characters.
    pub text: String,
    pub made: NaiveDateTime,
    pub answer_by: Option<NaiveDateTime>,
    pub answered: Option<NaiveDateTime>,
    pub due: Option<NaiveDateTime>,
    /// When to ask inside the house, unless that was done.
    pub chase_at: Option<NaiveDateTime>,
    /// Whom to ask, department and person in one line; empty: nobody.
    pub needs: String,
}

/// An open episode as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenEpisode {
    pub id: EpisodeId,
    pub title: String,
    pub opened_on: NaiveDate,
}

/// How far back [`Head::touches`] goes, in days.
pub const RECENT_DAYS: u16 = 14;
/// The longest text of an [`OpenPromise`], in characters.
pub const TEXT_MAX: usize = 60;
