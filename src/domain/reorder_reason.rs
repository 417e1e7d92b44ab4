//! Why the engine's number is what it is: each step that moved it and each warning, with its figures.

use super::exact::Exact;
use super::quantity::Units;

/// A step that moved the number, or a flag, with its figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// More on hand than there can be, by so many units.
    NegativeSales { excess: i64 },
    /// Nothing before, nothing received, nothing now.
    ZeroTrap,
    /// No unexpired unit on hand.
    StockOut,
    /// Units that must come off the shelf.
    Expired { units: i64 },
    /// The time it has to last is the next visit plus delivery, longer than the factor's.
    LongDelivery { days: u32 },
    /// A promotion raises the target by so many units.
    Promotion { days: u32, extra: Exact },
    /// The shelf has to show at least this, more than the rate asks for.
    MinimumDisplay { units: Units },
    /// Units on hand that expire before they can be sold.
    ExpiresUnsold { units: Exact },
    /// Still to come: it is not ordered again.
    OnOrder { units: Units },
    /// What is still to come covers what stock alone does not.
    OnOrderCovers,
    /// Nothing sells, and there is stock.
    Slow { stock: i64 },
    /// The need as whole cases or units.
    Rounded { to: i64 },
    /// Less than half a case is missing, and stock lasts.
    BelowCase,
    /// Raised to what can be ordered at all.
    RaisedToMinimum { from: i64, to: i64 },
    /// More would expire before it is sold.
    CappedByShelfLife { from: i64, to: i64 },
    /// More has no room.
    CappedByCapacity { from: i64, to: i64 },
    /// What the caps leave is less than can be ordered.
    BelowMinimum { left: i64 },
    /// Stock after the order lasts longer than it should.
    Overstock { days: i64 },
}

/// A warning on a line, by the name it has in every report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Flag {
    ZeroTrap,
    StockOut,
    Expired,
    NegativeSales,
    Slow,
    OnOrderCovers,
    BelowCase,
    CappedByShelfLife,
    CappedByCapacity,
    Overstock,
}

impl Reason {
    /// The flag it raises; a step alone raises none.
    pub fn flag(self) -> Option<Flag> {
        Some(match self {
            Reason::NegativeSales { .. } => Flag::NegativeSales,
            Reason::ZeroTrap => Flag::ZeroTrap,
            Reason::StockOut => Flag::StockOut,
            Reason::Expired { .. } => Flag::Expired,
            Reason::OnOrderCovers => Flag::OnOrderCovers,
            Reason::Slow { .. } => Flag::Slow,
            Reason::BelowCase => Flag::BelowCase,
            Reason::CappedByShelfLife { .. } => Flag::CappedByShelfLife,
            Reason::CappedByCapacity { .. } => Flag::CappedByCapacity,
            Reason::Overstock { .. } => Flag::Overstock,
            Reason::LongDelivery { .. }
            | Reason::Promotion { .. }
            | Reason::MinimumDisplay { .. }
            | Reason::ExpiresUnsold { .. }
            | Reason::OnOrder { .. }
            | Reason::Rounded { .. }
            | Reason::RaisedToMinimum { .. }
            | Reason::BelowMinimum { .. } => return None,
        })
    }
}
