//! How fast a line sells, from its cycles: the sum of sales over the sum of days on the shelf, or Syntetos–Boylan's method where
//! most cycles sold nothing. Exact.

use super::exact::Exact;
use super::quantity::Units;
use serde::{Deserialize, Serialize};

/// Cycles in the window where nothing else is set.
pub const WINDOW: u8 = 4;
/// The largest window.
pub const WINDOW_MAX: u8 = 12;
/// Smoothing of intermittent lines, in tenths.
pub const ALPHA: u8 = 2;

/// From one count of a line to the next. Quantities in base units, times in days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cycle {
    pub previous: Units,
    /// Delivered, free goods among it.
    pub received: Units,
    /// Bought elsewhere by the owner.
    pub other_source: Units,
    pub returned: Units,
    pub written_off: Units,
    pub current: Units,
    pub days: u32,
    pub closed_days: u32,
    pub stockout_days: u32,
}

impl Cycle {
    /// `previous + received + other source − returned − written off − current`; below 0 is a question to the rep.
    pub fn sales(&self) -> i64 {
        self.previous.0 + self.received.0 + self.other_source.0 - self.returned.0 - self.written_off.0 - self.current.0
    }

    /// Days on which it could sell: without closed days and, unless nothing is left then, without days out of stock.
    pub fn exposure(&self) -> i64 {
        let open = i64::from(self.days) - i64::from(self.closed_days);
        let stocked = open - i64::from(self.stockout_days);
        if stocked > 0 { stocked } else { open }
    }

    /// Whether it says anything of the rate.
    pub fn is_valid(&self) -> bool {
        let had = self.previous.0 > 0 || self.received.0 > 0 || self.other_source.0 > 0;
        self.exposure() > 0 && self.sales() >= 0 && had
    }

    pub(super) fn is_zero_trap(&self) -> bool {
        [self.previous, self.received, self.other_source, self.current].into_iter().all(Units::is_zero)
    }

    pub(super) fn quantities(&self) -> [Units; 6] {
        [self.previous, self.received, self.other_source, self.returned, self.written_off, self.current]
    }
}

/// What an owner says: so many units in so many days, both at most 10⁶, days at least 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatedRate {
    pub units: u32,
    pub days: u32,
}

impl StatedRate {
    /// Inside the engine's limits.
    pub fn is_within(self) -> bool {
        self.units <= 1_000_000 && (1..=1_000_000).contains(&self.days)
    }
}

/// Units a day, exact, and where the figure comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    pub(super) numerator: i128,
    /// Above 0.
    pub(super) denominator: i128,
    pub from: Source,
}

/// What a rate was made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The sum of `sales` over the sum of `days` on the shelf of so many cycles.
    Cycles { cycles: usize, sales: i64, days: i64 },
    /// Seldom sold: `selling` of `cycles` cycles sold something.
    Seldom { cycles: usize, selling: usize },
    /// What the owner said.
    Stated(StatedRate),
}

impl Rate {
    pub fn exact(self) -> Exact {
        Exact::over(self.numerator, self.denominator)
    }

    pub fn is_zero(self) -> bool {
        self.numerator == 0
    }
}

/// The rate over the last `window` valid cycles, oldest first; without one what the owner stated; without that none.
pub fn of(cycles: &[Cycle], window: u8, alpha: u8, stated: Option<StatedRate>) -> Option<Rate> {
    let mut sizes = [(0_i64, 0_i64); WINDOW_MAX as usize];
    let newest = cycles.iter().rev().filter(|cycle| cycle.is_valid()).take(usize::from(window));
    let mut count = 0;
    for (place, cycle) in sizes.iter_mut().zip(newest) {
        *place = (cycle.sales(), cycle.exposure());
        count += 1;
    }
    let window = sizes.get_mut(..count).unwrap_or_default();
    window.reverse();
    if window.is_empty() {
        let from =
            |stated: StatedRate| Rate { numerator: stated.units.into(), denominator: stated.days.into(), from: Source::Stated(stated) };
        return stated.filter(|stated| stated.days > 0).map(from);
    }
    let selling = window.iter().filter(|(sales, _)| *sales > 0).count();
    if count >= 4 && selling > 0 && selling * 2 <= count {
        return Some(seldom(window, alpha, Source::Seldom { cycles: count, selling }));
    }
    let (sales, days) = window.iter().fold((0, 0), |sum, cycle| (sum.0 + cycle.0, sum.1 + cycle.1));
    Some(Rate { numerator: sales.into(), denominator: days.into(), from: Source::Cycles { cycles: count, sales, days } })
}

/// Syntetos–Boylan: `(1 − α/2) · z / p`, z the smoothed size of a sale, p the smoothed days between sales. Both are kept over the
/// same power of ten, so it falls out of the quotient; at most six of twelve cycles sell, so it is at most 10⁵.
fn seldom(window: &[(i64, i64)], alpha: u8, from: Source) -> Rate {
    let alpha = i128::from(alpha);
    let mut smoothed: Option<(i128, i128)> = None;
    let mut tens: i128 = 1;
    let mut days_since = 0;
    for (sales, days) in window {
        days_since += i128::from(*days);
        if *sales == 0 {
            continue;
        }
        smoothed = Some(match smoothed {
            None => ((*sales).into(), days_since),
            Some((size, gap)) => {
                tens *= 10;
                let step = |old: i128, new: i128| (10 - alpha) * old + alpha * new * (tens / 10);
                (step(size, (*sales).into()), step(gap, days_since))
            }
        });
        days_since = 0;
    }
    let (size, gap) = smoothed.unwrap_or((0, 1));
    Rate { numerator: (20 - alpha) * size, denominator: 20 * gap, from }
}
