//! Which stores and indexes exist. Additive only: each version is a frozen module, an older database runs through the missing
//! ones. What is inside a record is `archive::record`'s business.

mod v1;
mod v2;
mod v3;

use crate::archive::record::Kind;

/// The current layout.
pub const VERSION: u32 = 3;

/// Drafts of visits and forms, by key.
pub const DRAFTS: &str = "drafts";
/// Facts about this database: the device id.
pub const META: &str = "meta";
/// What an import replaced and added, so that it can be taken back.
pub const SAFETY: &str = "safety";
/// The index by shop: of events, people, touches, promises and episodes.
pub const BY_CUSTOMER: &str = "by_customer";
/// The index by day: of orders' ways when they were taken, of touches when they were made.
pub const BY_DAY: &str = "by_day";
/// The index of orders' ways that the warehouse has not heard of; others are not in it.
pub const BY_UNSENT: &str = "by_unsent";

/// The index of promises that are still to be kept; others are not in it.
pub const BY_OPEN: &str = "by_open";

/// Brings a database of version `from` (0: new) up to [`VERSION`].
pub fn upgrade(database: &idb::Database, from: u32) -> Result<(), idb::Error> {
    if from < 1 {
        v1::create(database)?;
    }
    if from < 2 {
        v2::create(database)?;
    }
    if from < 3 {
        v3::create(database)?;
    }
    Ok(())
}

/// The store that holds a kind of record.
pub fn store_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Customer => "customers",
        Kind::Product => "products",
        Kind::Summary => "summaries",
        Kind::Settings => "settings",
        Kind::Visit => "visits",
        Kind::Order => "orders",
        Kind::Delivery => "deliveries",
        Kind::Dispatch => "dispatches",
        Kind::Person => "people",
        Kind::Profile => "profiles",
        Kind::Touch => "touches",
        Kind::Promise => "promises",
        Kind::Episode => "episodes",
        Kind::Template => "templates",
        Kind::Head => "heads",
    }
}
