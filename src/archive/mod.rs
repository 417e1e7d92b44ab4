//! How data is written down: record shapes with their version and upgrades, and CSV. Pure text in, plain data out: nothing here
//! knows a browser, and nothing can fail because of one.

pub mod backup;
pub mod cells;
pub mod columns;
pub mod dates;
mod delimiter;
pub mod encoding;
pub mod errand;
pub mod export;
pub mod formula;
pub mod journal;
pub mod judge;
pub mod judge_events;
pub mod mapping;
pub mod record;
mod scan;
pub mod sheet;
pub mod sheet_writer;
pub mod sound;
mod strict;
pub mod tables;
mod upgrades;
