//! How a shop is followed up: how far it is, how often it wants to be called, what it was told already (D0 36-38, 64, 71, D3 88-90,
//! D4 153). One a shop, under the shop's id; a shop without one is followed up by its class alone.

use super::id::CustomerId;
use super::special_day::SpecialDay;
use super::stamp::Envelope;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What the rep set for following up one shop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// The shop it belongs to; there is at most one a shop.
    pub id: CustomerId,
    pub envelope: Envelope,
    pub stage: Option<Stage>,
    pub tier: Option<Tier>,
    /// At most so many days from one contact to the next, 1 ..= 365; none: as its stage and class have it.
    pub every: Option<u16>,
    pub snooze: Option<Snooze>,
    /// The shop's own days, as its anniversary.
    pub days: Vec<SpecialDay>,
    pub approach: Option<Approach>,
    pub style: Option<BuyerStyle>,
    /// Told already, oldest first, at most [`TIPS_MAX`].
    pub tips: Vec<Tip>,
    pub given_up: Option<GivenUp>,
    /// The local date of the first contact, where the app does not know it from one.
    pub met_on: Option<NaiveDate>,
}

impl Profile {
    /// A shop of which nothing is set.
    pub fn blank(id: CustomerId, envelope: Envelope) -> Profile {
        Profile {
            id,
            envelope,
            stage: None,
            tier: None,
            every: None,
            snooze: None,
            days: Vec::new(),
            approach: None,
            style: None,
            tips: Vec::new(),
            given_up: None,
            met_on: None,
        }
    }
}

/// How far a shop is (D0 38).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    Prospect,
    AboutToSign,
    Signed,
    /// Followed up above all others.
    Key,
    /// Important, and needs a long breath.
    LongTerm,
    /// Buys no more.
    Closed,
}

impl Stage {
    pub const ALL: [Stage; 6] = [Stage::Prospect, Stage::AboutToSign, Stage::Signed, Stage::Key, Stage::LongTerm, Stage::Closed];

    /// Written to on Fridays, greeted at festivals and by phone (D0 38, 67, 69).
    pub fn is_greeted(self) -> bool {
        matches!(self, Stage::AboutToSign | Stage::Signed | Stage::Key | Stage::LongTerm)
    }
}

/// How often a shop is called and visited at least (D3 88-90).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    /// A call a month, a visit a quarter.
    First,
    /// A call a quarter, a visit a half-year.
    Second,
    /// A call a half-year, a visit a year.
    Third,
}

impl Tier {
    pub const ALL: [Tier; 3] = [Tier::First, Tier::Second, Tier::Third];
}

/// Not to be reminded of before a day, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snooze {
    /// The last day it is quiet.
    pub until: NaiveDate,
    pub reason: String,
}

/// Where the way in is (D0 64).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Approach {
    Product,
    Service,
    Charm,
    Interest,
}

impl Approach {
    pub const ALL: [Approach; 4] = [Approach::Product, Approach::Service, Approach::Charm, Approach::Interest];
}

/// What a buyer goes by (D4 153).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BuyerStyle {
    Economic,
    Ethical,
    Individual,
    Convenient,
}

impl BuyerStyle {
    pub const ALL: [BuyerStyle; 4] = [BuyerStyle::Economic, BuyerStyle::Ethical, BuyerStyle::Individual, BuyerStyle::Convenient];
}

/// Something told to the shop, so that it is not told twice (D0 71).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tip {
    pub text: String,
    pub on: NaiveDate,
}

/// A prospect the rep follows no more (D0 56, 57, 65).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivenUp {
    pub on: NaiveDate,
    pub reason: CoolReason,
    pub text: String,
}

/// Why a prospect cooled (D0 57).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CoolReason {
    /// 煮熟的鸭子飞了: it was as good as done, and went to another.
    SlippedAway,
    /// 理念凉了: the idea lost its warmth.
    IdeaCooled,
    /// 不感兴趣了
    NotInterested,
    /// 不划算了
    NotWorthIt,
    Other,
}

impl CoolReason {
    pub const ALL: [CoolReason; 5] =
        [CoolReason::SlippedAway, CoolReason::IdeaCooled, CoolReason::NotInterested, CoolReason::NotWorthIt, CoolReason::Other];
}

/// The most tips kept of one shop.
pub const TIPS_MAX: usize = 100;
/// The longest gap of a shop's own, in days.
pub const EVERY_MAX: u16 = 365;
