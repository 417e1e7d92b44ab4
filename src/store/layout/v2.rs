//! Layout 2, frozen: deliveries by shop, orders' ways to the warehouse by day and by what waits, and what an import replaced.

use idb::{Database, Error, KeyPath, ObjectStoreParams};

pub fn create(database: &Database) -> Result<(), Error> {
    let new = |name: &str| {
        let mut params = ObjectStoreParams::new();
        params.key_path(Some(KeyPath::new_single("id")));
        database.create_object_store(name, params)
    };
    new("deliveries")?.create_index("by_customer", KeyPath::new_single("customer"), None)?;
    let dispatches = new("dispatches")?;
    dispatches.create_index("by_day", KeyPath::new_single("day"), None)?;
    dispatches.create_index("by_unsent", KeyPath::new_single("unsent"), None)?;
    new("safety")?;
    Ok(())
}
