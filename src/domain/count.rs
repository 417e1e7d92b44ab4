//! A count: front in single units, back in full cases and loose units. What was not counted is unknown, never zero.

use super::quantity::{PackSize, Packed, Units};
use serde::{Deserialize, Serialize};

/// What was counted of one product: `current = front + back_cases × units_per_case + back_loose`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    pub front: Units,
    pub back: Packed,
}

impl Count {
    /// Everything on hand in base units; `None` above [`Units::MAX`].
    pub fn current(self, size: PackSize) -> Option<Units> {
        size.total(self.back)?.plus(self.front)
    }
}
