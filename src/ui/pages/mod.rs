//! The pages around the visit.

pub mod about;
pub mod customer;
pub mod customer_form;
mod customer_row;
pub mod customers;
pub mod data;
mod demo;
pub mod duplicates;
pub mod import;
mod import_words;
pub mod more;
pub mod not_found;
pub mod orders;
mod orders_out;
pub mod product_form;
pub mod products;
pub mod range;
pub mod reckoning;
pub mod recovery;
pub mod settings;
pub mod start;
pub mod stock;
mod timeline;
pub mod today;
pub mod waiting;
