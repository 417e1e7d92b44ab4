//! The only code that touches storage: IndexedDB for the rep's data, a journal of it in OPFS, localStorage for small preferences and the
//! canary, a lock and a channel between tabs.
//! One save is one strict transaction; a record that cannot be read is set aside and counted, never dropped.

pub mod bulk;
pub mod canary;
mod connection;
pub mod database;
pub mod drafts;
pub mod error;
pub mod folder;
pub mod journal;
mod layout;
pub mod mark;
pub mod opfs;
pub mod past;
pub mod prefs;
pub mod session;
pub mod settled;
pub mod tabs;
pub mod writer;
