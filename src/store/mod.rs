//! The only code that touches storage: IndexedDB for the rep's data, localStorage for small preferences, a channel to other tabs.
//! One save is one strict transaction; a record that cannot be read is set aside and counted, never dropped.

pub mod bulk;
pub mod database;
pub mod error;
mod layout;
pub mod past;
pub mod prefs;
pub mod session;
pub mod tabs;
