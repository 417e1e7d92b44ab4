//! The safety factor of the 1.5 rule: how many visit cycles of sales a shop should hold. In hundredths, 1.00 to 5.00; below 1
//! a shop is certain to run out before the next visit, so it is refused (D0).

use super::typed::{self, NumberProblem};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The factor in hundredths: 150 is the rule's 1.5.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct Factor(u16);

impl Factor {
    pub const RULE: Factor = Factor(150);
    const ALLOWED: std::ops::RangeInclusive<u16> = 100..=500;

    pub fn from_hundredths(hundredths: u16) -> Option<Factor> {
        Self::ALLOWED.contains(&hundredths).then_some(Factor(hundredths))
    }

    pub fn hundredths(self) -> i64 {
        i64::from(self.0)
    }

    /// What a person typed: `1.5`, `１．５`, `2`. At most two decimals.
    pub fn parse(raw: &str) -> Result<Factor, NumberProblem> {
        let value = typed::decimal(raw, 2)?.ok_or(NumberProblem::Empty)?;
        let hundredths = value.checked_mul(100.into()).ok_or(NumberProblem::TooLarge)?;
        if hundredths < 100.into() {
            return Err(NumberProblem::TooSmall);
        }
        u16::try_from(hundredths).ok().and_then(Factor::from_hundredths).ok_or(NumberProblem::TooLarge)
    }
}

impl Factor {
    /// A factor of its own, or none where nothing was typed.
    pub fn parse_own(raw: &str) -> Result<Option<Factor>, NumberProblem> {
        match Factor::parse(raw) {
            Err(NumberProblem::Empty) => Ok(None),
            own => own.map(Some),
        }
    }
}

impl Default for Factor {
    fn default() -> Self {
        Factor::RULE
    }
}

impl fmt::Display for Factor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Hundredths(self.0.into()).fmt(f)
    }
}

impl TryFrom<u16> for Factor {
    type Error = &'static str;
    fn try_from(hundredths: u16) -> Result<Self, Self::Error> {
        Factor::from_hundredths(hundredths).ok_or("factor must be 1.00 to 5.00")
    }
}

impl From<Factor> for u16 {
    fn from(factor: Factor) -> u16 {
        factor.0
    }
}

/// What a promotion does to sales, in hundredths of the usual: 1.00 to 10.00.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct Uplift(u16);

impl Uplift {
    pub fn hundredths(self) -> u16 {
        self.0
    }

    /// What a person typed: `1.8`; none for an empty field. At most two decimals.
    pub fn parse(raw: &str) -> Result<Option<Uplift>, NumberProblem> {
        let Some(value) = typed::decimal(raw, 2)? else { return Ok(None) };
        let hundredths = value.checked_mul(100.into()).ok_or(NumberProblem::TooLarge)?;
        if hundredths < 100.into() {
            return Err(NumberProblem::TooSmall);
        }
        u16::try_from(hundredths).ok().and_then(|hundredths| Uplift::try_from(hundredths).ok()).ok_or(NumberProblem::TooLarge).map(Some)
    }
}

impl fmt::Display for Uplift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Hundredths(self.0.into()).fmt(f)
    }
}

impl TryFrom<u16> for Uplift {
    type Error = &'static str;
    fn try_from(hundredths: u16) -> Result<Self, Self::Error> {
        if (100..=1_000).contains(&hundredths) { Ok(Uplift(hundredths)) } else { Err("an uplift is 1.00 to 10.00") }
    }
}

impl From<Uplift> for u16 {
    fn from(uplift: Uplift) -> u16 {
        uplift.0
    }
}

/// An exact figure in hundredths, shown without trailing zeros: 450 is `4.5`, −750 is `-7.5`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hundredths(pub i64);

impl Hundredths {
    /// The least whole number at or above it.
    pub fn ceil(self) -> i64 {
        self.0.div_euclid(100) + i64::from(self.0.rem_euclid(100) != 0)
    }
}

impl fmt::Display for Hundredths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, part) = (self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100);
        match (part % 10, part) {
            (_, 0) => write!(f, "{sign}{whole}"),
            (0, _) => write!(f, "{sign}{whole}.{}", part / 10),
            _ => write!(f, "{sign}{whole}.{part:02}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_factor_below_one_is_refused() {
        assert_eq!(Factor::parse("0.99"), Err(NumberProblem::TooSmall));
        assert_eq!(Factor::parse("1"), Ok(Factor(100)));
        assert_eq!(Factor::parse("１．５"), Ok(Factor::RULE));
        assert_eq!(Factor::parse("5.01"), Err(NumberProblem::TooLarge));
        assert_eq!(Factor::parse("1.555"), Err(NumberProblem::TooPrecise));
        assert_eq!(Factor::parse(" "), Err(NumberProblem::Empty));
        assert_eq!(Factor::parse("-2"), Err(NumberProblem::Negative));
    }

    #[test]
    fn hundredths_read_like_a_person_writes_them() {
        for (value, text) in [(450, "4.5"), (-750, "-7.5"), (0, "0"), (105, "1.05"), (1500, "15"), (-5, "-0.05")] {
            assert_eq!(Hundredths(value).to_string(), text);
        }
        assert_eq!(Hundredths(750).ceil(), 8);
        assert_eq!(Hundredths(-750).ceil(), -7);
        assert_eq!(Hundredths(700).ceil(), 7);
    }
}
