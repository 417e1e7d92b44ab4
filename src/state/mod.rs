//! Root signals and the commands that change them. A command changes a signal only after the disk has said yes, so what is on
//! screen is on disk; nothing here draws.

pub mod app;
pub mod autosave;
pub mod awake;
pub mod carton;
pub mod clock;
pub mod customers;
mod draft_copy;
pub mod errands;
pub mod files;
pub mod finding;
pub mod folder;
pub mod keeping;
pub mod neighbours;
pub mod orders;
pub mod preferences;
pub mod products;
pub mod role;
pub mod safety;
pub mod settings;
pub mod visit_line;
pub mod visit_room;
pub mod visits;
pub mod watch;
