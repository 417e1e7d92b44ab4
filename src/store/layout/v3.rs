//! Layout 3, frozen: people, touches, promises and episodes by shop, touches also by day, open promises apart; profiles, texts and heads.

use idb::{Database, Error, KeyPath, ObjectStore, ObjectStoreParams};

pub fn create(database: &Database) -> Result<(), Error> {
    let new = |name: &str| {
        let mut params = ObjectStoreParams::new();
        params.key_path(Some(KeyPath::new_single("id")));
        database.create_object_store(name, params)
    };
    let by = |store: &ObjectStore, name: &str, field: &str| store.create_index(name, KeyPath::new_single(field), None).map(drop);
    for name in ["people", "touches", "promises", "episodes"] {
        let store = new(name)?;
        by(&store, "by_customer", "customer")?;
        match name {
            "touches" => by(&store, "by_day", "day")?,
            "promises" => by(&store, "by_open", "open")?,
            _ => {}
        }
    }
    for name in ["profiles", "templates", "heads"] {
        new(name)?;
    }
    Ok(())
}
