//! In which order a confirmed change reaches the disk, and what is done after a crash: pure, so that ten thousand crashes can be
//! simulated natively. The disk, the journal beside it and the canary are traits; `store` has the browser's.
//!
//! A save: journal frame with the next sequence, flushed → database, strict, complete → canary → "saved". So whatever happens in
//! between, either nobody was told "saved", or both copies have it.

pub mod batch;
pub mod drafts;
pub mod error;
pub mod image;
pub mod judge;
pub mod keeper;
pub mod sabotage;
