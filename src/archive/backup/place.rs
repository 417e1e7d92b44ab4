//! The ten lists of a backup's `data`, in the order of the file.

use crate::archive::record::Kind;
use serde::{Deserialize, Serialize};

/// A list of `data`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Place {
    Customers,
    Products,
    Summaries,
    Settings,
    Visits,
    Orders,
    Deliveries,
    Dispatches,
    /// What is being typed: visits in hand, half-filled forms.
    Drafts,
    /// Records on the device that this version cannot read, as they are.
    Unreadable,
}

impl Place {
    pub const ALL: [Place; 10] = [
        Place::Customers,
        Place::Products,
        Place::Summaries,
        Place::Settings,
        Place::Visits,
        Place::Orders,
        Place::Deliveries,
        Place::Dispatches,
        Place::Drafts,
        Place::Unreadable,
    ];

    /// Its key in the file.
    pub fn name(self) -> &'static str {
        match self {
            Place::Customers => "customers",
            Place::Products => "products",
            Place::Summaries => "summaries",
            Place::Settings => "settings",
            Place::Visits => "visits",
            Place::Orders => "orders",
            Place::Deliveries => "deliveries",
            Place::Dispatches => "dispatches",
            Place::Drafts => "drafts",
            Place::Unreadable => "unreadable",
        }
    }

    pub fn named(name: &str) -> Option<Place> {
        Place::ALL.into_iter().find(|place| place.name() == name)
    }

    /// Its place in the file, from 0.
    pub fn at(self) -> usize {
        self as usize
    }

    /// The records it holds; none for drafts and what cannot be read.
    pub fn kind(self) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| Place::of(*kind) == self)
    }

    pub fn of(kind: Kind) -> Place {
        match kind {
            Kind::Customer => Place::Customers,
            Kind::Product => Place::Products,
            Kind::Summary => Place::Summaries,
            Kind::Settings => Place::Settings,
            Kind::Visit => Place::Visits,
            Kind::Order => Place::Orders,
            Kind::Delivery => Place::Deliveries,
            Kind::Dispatch => Place::Dispatches,
        }
    }
}
