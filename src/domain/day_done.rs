//! What was done today already: shops visited or otherwise in touch with, which the list folds away. From heads and summaries alone, so
//! no history is read for it.

use super::agenda::Known;
use super::id::CustomerId;
use chrono::NaiveDate;

/// A shop that was worked today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Done {
    pub customer: CustomerId,
    pub how: How,
}

/// In what way; a visit is more than a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    Visited,
    InTouch,
}

/// The shops worked on `today`, in the order of the book.
pub fn done(known: &Known, today: NaiveDate) -> Vec<Done> {
    let shops = known.book.active_customers().map(|shop| shop.id);
    let all = shops.filter_map(|customer| {
        let visited_on = known.book.summary(customer).and_then(|summary| summary.last_visit_on());
        let head = known.head(customer);
        if visited_on == Some(today) || head.is_some_and(|head| head.visited_on == Some(today)) {
            Some(Done { customer, how: How::Visited })
        } else {
            head.filter(|head| head.touched_on == Some(today)).map(|_| Done { customer, how: How::InTouch })
        }
    });
    all.collect()
}
