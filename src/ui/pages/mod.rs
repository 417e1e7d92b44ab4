//! The pages around the visit.

pub mod about;
pub mod customer;
pub mod customer_form;
pub mod customers;
pub mod import;
pub mod more;
pub mod not_found;
pub mod product_form;
pub mod products;
pub mod settings;
pub mod today;
