//! Exact figures of one line over one denominator, so that the engine adds and compares whole numbers and rounds once.

use super::exact::{Exact, div};
use super::factor::Hundredths;
use super::rate::Rate;
use super::reorder::Lot;

/// The common denominator of a line: figures are whole numbers of `1 ÷ one` units.
pub(super) struct Scale {
    one: i128,
    /// What sells in a day.
    day: i128,
    /// What sells in a ten-thousandth of a day.
    moment: i128,
}

impl Scale {
    pub(super) fn of(rate: &Rate) -> Scale {
        Scale { one: rate.denominator * 10_000, day: rate.numerator * 10_000, moment: rate.numerator }
    }

    pub(super) fn units(&self, units: i64) -> i128 {
        self.one * i128::from(units)
    }

    pub(super) fn sold_in(&self, days: i64) -> i128 {
        self.day * i128::from(days)
    }

    /// What sells in so many hundredths of a day, `uplift` hundredths of the usual.
    pub(super) fn sold_in_hundredths(&self, days: i128, uplift: i128) -> i128 {
        self.moment * days * uplift
    }

    pub(super) fn exact(&self, figure: i128) -> Exact {
        Exact::over(figure, self.one)
    }

    /// What of the lots expires unsold within the horizon.
    pub(super) fn unsold(&self, lots: &[Lot], horizon: Hundredths) -> i128 {
        let (mut sold, mut unsold) = (0, 0);
        for lot in lots {
            let Some(days_left) = lot.days_left else { break };
            let quantity = self.units(lot.quantity.0);
            let sells = quantity.min((self.sold_in(days_left.into()) - sold).max(0));
            sold += sells;
            if i64::from(days_left) * 100 < horizon.0 {
                unsold += quantity - sells;
            }
        }
        unsold
    }

    /// What the lots sell within so many days.
    pub(super) fn sells_within(&self, lots: &[Lot], days: i64) -> i128 {
        lots.iter().fold(0, |sold, lot| {
            let until = lot.days_left.map_or(days, |left| days.min(left.into()));
            sold + self.units(lot.quantity.0).min((self.sold_in(until) - sold).max(0))
        })
    }

    pub(super) fn down(&self, figure: i128, case: i64) -> i64 {
        let (cases, _) = div(figure.max(0), self.one * i128::from(case));
        whole(cases * i128::from(case))
    }

    pub(super) fn up(&self, figure: i128, case: i64) -> i64 {
        let per_case = self.one * i128::from(case);
        let (cases, rest) = div(figure.max(0), per_case);
        let cases = cases + i128::from(rest != 0);
        whole(cases * i128::from(case))
    }

    pub(super) fn nearest(&self, figure: i128, case: i64) -> i64 {
        let per_case = self.one * i128::from(case);
        let (cases, _) = div(2 * figure.max(0) + per_case, 2 * per_case);
        whole(cases * i128::from(case))
    }
}

/// Inside the limits an order is below 10¹⁷ units.
fn whole(units: i128) -> i64 {
    i64::try_from(units).unwrap_or(i64::MAX)
}

/// The first whole case at or above `units`.
pub(super) fn case_at_or_above(units: i64, case: i64) -> i64 {
    let cases = units / case + i64::from(units % case != 0);
    cases.saturating_mul(case)
}
