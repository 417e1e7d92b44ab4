//! Quantities in base units (bottle, pack) and the case they come in. A quantity is whole, never negative and at most 10⁹.

use serde::{Deserialize, Serialize};

/// Base units of one product: bottles, packs, cups. 0 ..= [`Units::MAX`] wherever a person can enter it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Units(pub i64);

impl Units {
    pub const ZERO: Units = Units(0);
    /// The largest quantity of a line (reorder engine, limits).
    pub const MAX: Units = Units(1_000_000_000);

    pub fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// As [`Self::is_zero`], for a field that is left out where it is 0.
    pub fn is_none(&self) -> bool {
        self.0 == 0
    }

    /// The sum, or `None` above [`Units::MAX`].
    pub fn plus(self, other: Units) -> Option<Units> {
        self.0.checked_add(other.0).map(Units).filter(|sum| *sum <= Units::MAX)
    }
}

/// Units per case: 1 ..= 100,000. 1 means the product is sold by the unit only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "i64")]
pub struct PackSize(i64);

impl PackSize {
    pub const ONE: PackSize = PackSize(1);
    pub const MAX: i64 = 100_000;

    pub fn new(units: i64) -> Option<PackSize> {
        (1..=Self::MAX).contains(&units).then_some(PackSize(units))
    }

    pub fn units(self) -> i64 {
        self.0
    }

    /// `cases` full cases and `loose` units in base units; `None` above [`Units::MAX`] or for a negative part.
    pub fn total(self, packed: Packed) -> Option<Units> {
        if packed.cases < 0 || packed.loose < 0 {
            return None;
        }
        let units = packed.cases.checked_mul(self.0)?.checked_add(packed.loose)?;
        Some(Units(units)).filter(|units| *units <= Units::MAX)
    }

    /// Base units as full cases and the rest: 31 at 12 a case is 2 cases and 7. What is sold by the unit has no cases.
    pub fn split(self, units: Units) -> Packed {
        if self == PackSize::ONE {
            return Packed { cases: 0, loose: units.0 };
        }
        Packed { cases: units.0.div_euclid(self.0), loose: units.0.rem_euclid(self.0) }
    }
}

impl TryFrom<i64> for PackSize {
    type Error = &'static str;
    fn try_from(units: i64) -> Result<Self, Self::Error> {
        PackSize::new(units).ok_or("units per case must be 1 to 100000")
    }
}

impl From<PackSize> for i64 {
    fn from(size: PackSize) -> i64 {
        size.0
    }
}

/// A quantity as a rep says it: full cases and loose units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Packed {
    pub cases: i64,
    pub loose: i64,
}

impl Packed {
    pub fn is_zero(self) -> bool {
        self.cases == 0 && self.loose == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thirty_one_at_twelve_a_case_is_two_cases_and_seven() {
        let size = PackSize::new(12).unwrap();
        let packed = size.split(Units(31));
        assert_eq!(packed, Packed { cases: 2, loose: 7 });
        assert_eq!(size.total(packed), Some(Units(31)));
    }

    #[test]
    fn what_is_sold_by_the_unit_has_no_cases() {
        assert_eq!(PackSize::ONE.split(Units(8)), Packed { cases: 0, loose: 8 });
    }

    #[test]
    fn quantities_beyond_a_thousand_million_are_refused_not_wrapped() {
        let size = PackSize::new(100_000).unwrap();
        assert_eq!(size.total(Packed { cases: 10_000, loose: 0 }), Some(Units::MAX));
        assert_eq!(size.total(Packed { cases: 10_000, loose: 1 }), None);
        assert_eq!(size.total(Packed { cases: i64::MAX, loose: i64::MAX }), None);
        assert_eq!(Units::MAX.plus(Units(1)), None);
        assert_eq!(PackSize::new(0), None);
    }
}
