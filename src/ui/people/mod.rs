//! People of shops and how shops are followed up: who it is before a visit, everyone there, what the rep set for the shop.

mod acts;
mod clocks;
mod day_rows;
pub mod form;
pub mod hits;
pub mod list;
pub mod person;
pub mod profile;
mod profile_form;
mod quiet;
mod rows;
mod tips;
mod ways;
pub mod who;
pub mod words;
