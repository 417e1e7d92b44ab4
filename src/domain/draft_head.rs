//! A visit in hand as a list shows it: whose it is and what for. Read from the same text as the whole draft, without its lines.

use super::id::{CustomerId, VisitId};
use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

/// What a list needs to know of a draft: read from the same text, without its lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftHead {
    pub id: VisitId,
    pub customer: CustomerId,
    pub started: NaiveDateTime,
    pub corrects: Option<VisitId>,
    pub by_phone: bool,
}

impl DraftHead {
    pub fn purpose(&self) -> Purpose {
        Purpose::of(self.corrects, self.by_phone)
    }
}

/// What a draft is for. A shop can have one of each in hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    Visit,
    /// An order on the phone.
    Phone,
    Correction(VisitId),
}

impl Purpose {
    pub fn of(corrects: Option<VisitId>, by_phone: bool) -> Purpose {
        match corrects {
            Some(visit) => Purpose::Correction(visit),
            None if by_phone => Purpose::Phone,
            None => Purpose::Visit,
        }
    }
}
