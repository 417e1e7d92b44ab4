//! Layout 1, frozen: rows of `{id, customer?, body}` by `id`, events also by shop.

use idb::{Database, Error, KeyPath, ObjectStoreParams};

pub fn create(database: &Database) -> Result<(), Error> {
    for name in ["customers", "products", "summaries", "settings", "visits", "orders", "drafts", "meta"] {
        let mut params = ObjectStoreParams::new();
        params.key_path(Some(KeyPath::new_single("id")));
        let store = database.create_object_store(name, params)?;
        if matches!(name, "visits" | "orders") {
            store.create_index("by_customer", KeyPath::new_single("customer"), None)?;
        }
    }
    Ok(())
}
