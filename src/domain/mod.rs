//! What the business is: shops, products, counts, orders and the sums between them. Pure: time, ids and language enter as
//! arguments, nothing here can fail because of the outside world, and no binary floating point touches a quantity or a price.
#![deny(clippy::float_arithmetic)]

pub mod backup;
pub mod book;
pub mod count;
pub mod customer;
pub mod delivery;
pub mod demo;
pub mod dispatch;
pub mod draft;
pub mod draft_head;
pub mod duplicates;
pub mod events;
pub mod exact;
pub mod expiry;
pub mod factor;
pub mod finish;
pub mod hanzi;
pub mod history;
pub mod id;
pub mod loading;
pub mod money;
pub mod order;
pub mod product;
pub mod quantity;
pub mod rate;
pub mod reorder;
pub mod reorder_reason;
mod reorder_scale;
pub mod rule;
pub mod schedule;
pub mod search;
pub mod settings;
pub mod shop_list;
pub mod sorting;
pub mod stamp;
pub mod suggestion;
pub mod summary;
pub mod text;
pub mod today;
pub mod typed;
pub mod visit;
