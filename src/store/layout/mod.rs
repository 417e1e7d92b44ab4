//! Which stores and indexes exist. Additive only: each version is a frozen module, an older database runs through the missing
//! ones. What is inside a record is `archive::record`'s business.

mod v1;
mod v2;

use crate::archive::record::Kind;

/// The current layout.
pub const VERSION: u32 = 2;

/// Drafts of visits and forms, by key.
pub const DRAFTS: &str = "drafts";
/// Facts about this database: the device id.
pub const META: &str = "meta";
/// What an import replaced and added, so that it can be taken back.
pub const SAFETY: &str = "safety";
/// The index of events by shop.
pub const BY_CUSTOMER: &str = "by_customer";
/// The index of orders' ways by the day they were taken.
pub const BY_DAY: &str = "by_day";
/// The index of orders' ways that the warehouse has not heard of; others are not in it.
pub const BY_UNSENT: &str = "by_unsent";

/// Brings a database of version `from` (0: new) up to [`VERSION`].
pub fn upgrade(database: &idb::Database, from: u32) -> Result<(), idb::Error> {
    if from < 1 {
        v1::create(database)?;
    }
    if from < 2 {
        v2::create(database)?;
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
    }
}
