//! The order in which the rep drives to a day's shops, as put by hand. Kept on the disk like a draft, so that it outlives a reload; shops
//! it does not name stand where their area says (`domain::route_order`), so that none is ever missing.

use super::app::App;
use super::autosave::Put;
use crate::archive::record;
use crate::domain::id::CustomerId;
use crate::domain::route_order::{self, ByHand, Stop};
use crate::domain::today::{Plan, Row};
use crate::store::error::StoreError;

/// Where the order is kept among the drafts.
pub const KEY: &str = "route:hand";

impl App {
    /// The order by hand; empty: by area alone.
    pub fn route_by_hand(self) -> Vec<CustomerId> {
        self.form_draft::<ByHand>(KEY).unwrap_or_default().shops
    }

    /// Keeps an order by hand; an empty one goes back to areas.
    pub async fn keep_route(self, shops: Vec<CustomerId>) -> Result<(), StoreError> {
        let written = self.put_draft(KEY, &record::body(&ByHand { shops })?, false, None).await.map(|_: Put| ());
        self.note_draft(&written);
        written
    }
}

/// The shops that are left today, in the order to drive to them.
pub fn stops(plan: &Plan, by_hand: &[CustomerId]) -> Vec<CustomerId> {
    let stop = |row: &Row| (row.id(), row.customer.fields.area.clone(), row.customer.fields.name.clone());
    let left: Vec<_> = plan.overdue.iter().chain(&plan.due).map(stop).collect();
    route_order::in_order(left.iter().map(|(id, area, name)| Stop { id: *id, area, name }).collect(), by_hand)
}
