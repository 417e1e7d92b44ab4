//! How data is written down: record shapes with their version and upgrades, and CSV. Pure text in, plain data out: nothing here
//! knows a browser, and nothing can fail because of one.

pub mod csv_file;
pub mod import;
pub mod record;
