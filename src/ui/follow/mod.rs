//! Following up: contacts, what they are about, and what was promised.

mod ask_first;
pub mod at_meet;
mod calendar;
mod contact_tiles;
pub mod contacts_page;
mod episodes;
mod log;
mod offer_bar;
pub mod promise_form;
mod promise_moves;
mod promise_row;
pub mod promises_page;
pub mod reminder;
pub mod section;
mod time_field;
pub mod touch_form;
pub mod words;

pub use ask_first::{AskFirst, Fate};
pub use offer_bar::{Of, OfferBar};
