//! The visit: count, order, done. One scrollable page with a step rail; nothing blocks, everything typed is kept.

mod card;
mod change;
mod count_row;
mod finder;
mod moves;
mod open_line;
mod order_step;
pub mod page;
mod question;
mod share;
pub mod summary;
mod why;
mod words;
