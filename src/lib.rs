//! Shelfwise (架上有数): what a field sales rep counts, orders and promises at small shops, on one phone, without a network.
//!
//! The tour, left to right; no arrow points back (`tests/tidy.rs` holds it to that):
//!
//! - [`domain`]: what the business is. Quantities, money, shops, visits, the reorder rule. Pure: time, ids and language come in
//!   as arguments. Begin with [`domain::suggestion`], the number the product exists for, then [`domain::draft`], the visit in hand.
//! - [`archive`]: how data is written down. Record shapes with their version and upgrades, backups, the journal's frames, CSV.
//! - [`keep`]: in which order a save reaches the disk and its copy, and what is done after a crash. Begin with [`keep::keeper`].
//! - `store`: IndexedDB and small preferences, the only code that touches storage. Browser only, as all that follows.
//! - `state`: root signals and the commands that change them, after the disk has said yes.
//! - `ui`: pages, widgets and texts.
//!
//! And beside them, in a worker with its own wasm: `errand`, what a visit does not need: import, export, demonstration.

pub mod archive;
pub mod domain;
pub mod keep;

#[cfg(target_arch = "wasm32")]
pub mod errand;
#[cfg(target_arch = "wasm32")]
pub mod state;
#[cfg(target_arch = "wasm32")]
pub mod store;
#[cfg(target_arch = "wasm32")]
pub mod ui;
