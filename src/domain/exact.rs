//! An exact fraction: what the reorder engine answers with. Never a float, never rounded before the last step.

use std::cmp::Ordering;

/// `numerator ÷ denominator`, the denominator above 0, not reduced: two fractions are equal where their reduced forms are.
#[derive(Clone, Copy, Debug)]
pub struct Exact {
    numerator: i128,
    denominator: i128,
}

impl Exact {
    /// A fraction; a denominator of 0 or less is none.
    pub fn new(numerator: i128, denominator: i128) -> Option<Exact> {
        (denominator > 0).then_some(Exact { numerator, denominator })
    }

    pub fn whole(value: i64) -> Exact {
        Exact { numerator: value.into(), denominator: 1 }
    }

    /// Over a denominator that is known to be positive; another one counts as 1.
    pub fn over(numerator: i128, denominator: i128) -> Exact {
        Exact { numerator, denominator: denominator.max(1) }
    }

    pub fn numerator(self) -> i128 {
        self.numerator
    }

    pub fn denominator(self) -> i128 {
        self.denominator
    }

    /// Numerator and denominator without a common divisor.
    pub fn reduced(self) -> (i128, i128) {
        // Nearly every figure fits 64 bits, and a division of 128 bits is slow where there is no instruction for it.
        let small = |figure: i128| i64::try_from(figure).ok();
        if let (Some(n), Some(d)) = (small(self.numerator), small(self.denominator)) {
            let (mut a, mut b) = (n.unsigned_abs(), d.unsigned_abs());
            while b != 0 {
                (a, b) = (b, a % b);
            }
            let divisor = i64::try_from(a).unwrap_or(1).max(1);
            return ((n / divisor).into(), (d / divisor).into());
        }
        let (mut a, mut b) = (self.numerator.unsigned_abs(), self.denominator.unsigned_abs());
        while b != 0 {
            (a, b) = (b, a % b);
        }
        let divisor = i128::try_from(a).unwrap_or(1).max(1);
        (self.numerator / divisor, self.denominator / divisor)
    }

    pub fn is_zero(self) -> bool {
        self.numerator == 0
    }

    pub fn is_positive(self) -> bool {
        self.numerator > 0
    }

    pub fn floor(self) -> i64 {
        clamp(div(self.numerator, self.denominator).0)
    }

    pub fn ceil(self) -> i64 {
        let (whole, rest) = div(self.numerator, self.denominator);
        clamp(whole + i128::from(rest != 0))
    }

    /// This many of it; limits of the engine keep it far from overflow, beyond them it stays at the largest figure.
    pub fn times(self, count: i64) -> Exact {
        Exact { numerator: self.numerator.saturating_mul(count.into()), ..self }
    }

    /// Whole days that `stock` lasts at this many units a day; none at a rate of 0 or beyond 9,999 days.
    pub fn lasts(self, stock: i64) -> Option<u32> {
        if self.numerator <= 0 {
            return None;
        }
        let days = i128::from(stock).checked_mul(self.denominator)?;
        let (days, _) = div(days, self.numerator);
        u32::try_from(days).ok().filter(|days| *days <= 9_999)
    }

    /// As a person reads it, at most two decimals, halves away from zero; and whether that is all of it.
    pub fn read(self) -> (String, bool) {
        let (n, d) = self.reduced();
        let Some(scaled) = n.checked_mul(200) else { return (self.floor().to_string(), false) };
        let half = if scaled < 0 { -d } else { d };
        // Towards zero, so that halves go away from it on both sides.
        let (whole, _) = div(scaled.saturating_add(half).saturating_abs(), d.saturating_mul(2));
        let hundredths = if scaled < 0 { -whole } else { whole };
        let exact = hundredths.saturating_mul(d) == n.saturating_mul(100);
        (super::factor::Hundredths(clamp(hundredths)).to_string(), exact)
    }
}

/// Quotient rounded down and what is left, the divisor above 0; in 64 bits where they reach.
pub(super) fn div(figure: i128, by: i128) -> (i128, i128) {
    match (i64::try_from(figure), i64::try_from(by)) {
        (Ok(figure), Ok(by)) => (figure.div_euclid(by).into(), figure.rem_euclid(by).into()),
        _ => (figure.div_euclid(by), figure.rem_euclid(by)),
    }
}

fn clamp(value: i128) -> i64 {
    i64::try_from(value).unwrap_or(if value < 0 { i64::MIN } else { i64::MAX })
}

impl PartialEq for Exact {
    fn eq(&self, other: &Exact) -> bool {
        if self.denominator == other.denominator {
            return self.numerator == other.numerator;
        }
        self.reduced() == other.reduced()
    }
}

impl Eq for Exact {}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Exact) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Exact {
    fn cmp(&self, other: &Exact) -> Ordering {
        if self.denominator == other.denominator {
            return self.numerator.cmp(&other.numerator);
        }
        // Whole parts first, then the rests as fractions below 1, turned over: no product of two large figures.
        let (mut a, mut b) = (*self, *other);
        loop {
            let ((whole_a, rest_a), (whole_b, rest_b)) = (div(a.numerator, a.denominator), div(b.numerator, b.denominator));
            match (whole_a.cmp(&whole_b), rest_a, rest_b) {
                (Ordering::Equal, 0, 0) => return Ordering::Equal,
                (Ordering::Equal, 0, _) => return Ordering::Less,
                (Ordering::Equal, _, 0) => return Ordering::Greater,
                (Ordering::Equal, ..) => {
                    let turned = Exact { numerator: b.denominator, denominator: rest_b };
                    b = Exact { numerator: a.denominator, denominator: rest_a };
                    a = turned;
                }
                (unequal, ..) => return unequal,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(n: i128, d: i128) -> Exact {
        Exact::new(n, d).unwrap()
    }

    #[test]
    fn fractions_are_equal_by_value_and_ordered_without_overflow() {
        assert_eq!(exact(2, 4), exact(1, 2));
        assert_ne!(exact(1, 3), exact(1, 2));
        assert!(exact(-1, 3) < exact(-1, 4) && exact(7, 3) > exact(9, 4) && exact(5, 7) > exact(2, 3) && exact(2, 3) < exact(5, 7));
        let (big, next) = (exact(i128::MAX / 2, i128::MAX / 3), exact(i128::MAX / 2 - 1, i128::MAX / 3));
        assert_eq!(big.cmp(&next), Ordering::Greater);
        assert_eq!(Exact::new(1, 0), None);
    }

    #[test]
    fn a_fraction_reads_with_two_decimals() {
        for (n, d, text, all) in
            [(9, 2, "4.5", true), (81, 350, "0.23", false), (-1, 3, "-0.33", false), (24, 1, "24", true), (1, 200, "0.01", false)]
        {
            assert_eq!(exact(n, d).read(), (text.to_owned(), all), "{n}/{d}");
        }
    }

    #[test]
    fn floor_and_ceil_go_the_right_way_below_zero() {
        assert_eq!((exact(-7, 2).floor(), exact(-7, 2).ceil(), exact(7, 2).floor(), exact(7, 2).ceil()), (-4, -3, 3, 4));
        assert_eq!((exact(2, 1).lasts(45), exact(0, 1).lasts(45), exact(1, 1_000_000).lasts(45)), (Some(22), None, None));
    }
}
