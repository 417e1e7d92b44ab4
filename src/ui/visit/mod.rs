//! The visit: meet, shelf, count, order, agree, done. One page with a step rail; nothing blocks, everything typed is kept.

mod agree;
mod card;
mod change;
mod count_row;
mod count_step;
pub mod delivery_sheet;
mod finder;
mod head;
pub mod meet;
mod moves;
pub mod not_made;
mod open_line;
mod order_step;
pub mod page;
mod question;
mod scan;
pub mod share;
mod shelf;
pub mod summary;
mod why;
pub mod words;
