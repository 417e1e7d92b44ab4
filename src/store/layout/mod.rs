//! Which stores and indexes exist. Additive only: each version is a frozen module, an older database runs through the missing
//! ones. What is inside a record is `archive::record`'s business.

mod v1;

use crate::archive::record::Kind;

/// The current layout.
pub const VERSION: u32 = 1;

/// Drafts of visits and forms, by key.
pub const DRAFTS: &str = "drafts";
/// Facts about this database: the device id.
pub const META: &str = "meta";
/// The index of events by shop.
pub const BY_CUSTOMER: &str = "by_customer";

/// Brings a database of version `from` (0: new) up to [`VERSION`].
pub fn upgrade(database: &idb::Database, from: u32) -> Result<(), idb::Error> {
    if from < 1 {
        v1::create(database)?;
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
    }
}
