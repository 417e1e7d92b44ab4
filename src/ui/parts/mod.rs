//! Widgets: small pieces that several pages draw.

pub mod body;
pub mod dial;
pub mod empty;
pub mod example;
pub mod field;
pub mod form;
pub mod hand_over;
pub mod head;
pub mod listing;
pub mod marked;
pub mod paper;
pub mod place;
pub mod search_box;
pub mod sheet;
pub mod stock_bar;
pub mod working;
