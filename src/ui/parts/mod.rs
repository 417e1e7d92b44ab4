//! Widgets: small pieces that several pages draw.

pub mod body;
pub mod dial;
pub mod empty;
pub mod field;
pub mod head;
pub mod listing;
pub mod sheet;
pub mod stock_bar;
