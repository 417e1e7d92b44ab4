//! Goods of one line by their dates: what the rep typed of them and what it means. Dates split what was counted; what has no date
//! is undated, never a lot of its own.

use super::count::Count;
use super::expiry::{self, Placed};
use super::product::ShelfLife;
use super::quantity::{PackSize, Units};
use super::reorder::Lot;
use super::typed::{self, NumberProblem};
use super::typed_date::{self, Lies, Typed};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Goods of one date as counted, in base units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountedLot {
    pub produced: Option<NaiveDate>,
    pub expires: Option<NaiveDate>,
    pub front: Units,
    pub back: Units,
}

/// As typed. Empty figures of the only row are everything counted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LotDraft {
    pub date: String,
    pub front: String,
    pub back: String,
}

impl LotDraft {
    /// A lot as it would be typed.
    pub fn of(lot: &CountedLot) -> LotDraft {
        LotDraft { date: lot.typed(), front: lot.front.0.to_string(), back: lot.back.0.to_string() }
    }
}

/// Why typed dates cannot be used; the row it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LotProblem {
    NotADate(usize),
    Number(usize, NumberProblem),
    /// A day of production that is still to come.
    NotYetMade(usize),
    /// More than was counted in front.
    MoreThanFront,
    /// More than was counted behind.
    MoreThanBack,
}

/// The most dates of one line.
pub const LOTS_MAX: usize = 24;

impl CountedLot {
    pub fn units(&self) -> i64 {
        self.front.0.saturating_add(self.back.0)
    }

    /// Whole days until it expires, 0 or less: it has.
    pub fn days_left(&self, on: NaiveDate) -> Option<i32> {
        i32::try_from((self.expires? - on).num_days()).ok()
    }

    /// Its date as it would be typed.
    pub fn typed(&self) -> String {
        match (self.produced, self.expires) {
            (Some(produced), _) => produced.to_string(),
            (None, Some(expires)) => format!("e{expires}"),
            (None, None) => String::new(),
        }
    }

    /// The day by which it is told apart: production, else expiry.
    pub fn date(&self) -> Option<NaiveDate> {
        self.produced.or(self.expires)
    }
}

/// The lots of a line that was counted as `count`. A row without figures takes what is left in front and behind.
pub fn read(
    rows: &[LotDraft],
    count: Count,
    size: PackSize,
    life: Option<ShelfLife>,
    on: NaiveDate,
) -> Result<Vec<CountedLot>, LotProblem> {
    let mut lots = Vec::new();
    let back = size.total(count.back).unwrap_or(Units::ZERO);
    let (mut front_left, mut back_left) = (count.front.0, back.0);
    let mut without_figures = Vec::new();
    for (at, row) in rows.iter().enumerate().take(LOTS_MAX) {
        let lies = if life.is_some() { Lies::Behind } else { Lies::Near };
        let typed = typed_date::read(&row.date, on, lies).map_err(|_| LotProblem::NotADate(at))?;
        let figure = |raw: &str| typed::units(raw).map_err(|problem| LotProblem::Number(at, problem));
        let (front, back) = (figure(&row.front)?, figure(&row.back)?);
        let (produced, expires) = match typed {
            None if front.is_some() || back.is_some() => return Err(LotProblem::NotADate(at)),
            None => continue,
            Some(Typed::Expires(date)) => (None, Some(date)),
            Some(Typed::Day(date)) => match life {
                Some(_) if date > on => return Err(LotProblem::NotYetMade(at)),
                Some(life) => (Some(date), expiry::expires(date, life)),
                None => (None, Some(date)),
            },
        };
        if front.is_none() && back.is_none() {
            without_figures.push(lots.len());
        }
        let lot = CountedLot { produced, expires, front: front.unwrap_or_default(), back: back.unwrap_or_default() };
        front_left -= lot.front.0;
        back_left -= lot.back.0;
        lots.push(lot);
    }
    if front_left < 0 {
        return Err(LotProblem::MoreThanFront);
    }
    if back_left < 0 {
        return Err(LotProblem::MoreThanBack);
    }
    // The first row without figures stands for everything that has no date yet.
    if let Some(lot) = without_figures.first().and_then(|at| lots.get_mut(*at)) {
        (lot.front, lot.back) = (Units(front_left), Units(back_left));
    }
    Ok(lots)
}

/// What the engine needs of `current` units on hand: dated goods, earliest first, and the rest without a date.
pub fn for_engine(lots: &[CountedLot], current: Units, on: NaiveDate) -> Vec<Lot> {
    let mut left = current.0;
    let mut dated: Vec<(i32, i64)> = lots.iter().filter_map(|lot| Some((lot.days_left(on)?.clamp(-10_000, 10_000), lot.units()))).collect();
    dated.sort_unstable();
    let mut all = Vec::with_capacity(dated.len() + 1);
    for (days_left, units) in dated {
        let quantity = units.min(left);
        left -= quantity;
        all.push(Lot { quantity: Units(quantity), days_left: Some(days_left) });
    }
    all.push(Lot { quantity: Units(left.max(0)), days_left: None });
    all
}

/// What is left of lots after so many units were sold, earliest expiry first, the front before the back.
pub fn after_selling(lots: &[CountedLot], sold: i64) -> Vec<CountedLot> {
    let mut left: Vec<CountedLot> = lots.to_vec();
    left.sort_by_key(|lot| (lot.expires.is_none(), lot.expires));
    let mut sold = sold.max(0);
    for lot in &mut left {
        for part in [&mut lot.front, &mut lot.back] {
            let gone = part.0.min(sold);
            part.0 -= gone;
            sold -= gone;
        }
    }
    left.retain(|lot| lot.units() > 0);
    left
}

/// Units to change places on the shelf, the oldest behind and the newest in front: `None` where all stands right.
pub fn swap(lots: &[CountedLot]) -> Option<Swap> {
    // By expiry, which goods with either date have; the same order as production for goods of one life.
    let age = |lot: &CountedLot| lot.expires.or(lot.produced);
    let placed: Vec<Placed> = lots.iter().filter_map(|lot| Some(Placed { date: age(lot)?, front: lot.front, back: lot.back })).collect();
    let units = expiry::swaps(&placed);
    let behind = lots.iter().filter(|lot| !lot.back.is_zero() && age(lot).is_some()).min_by_key(|lot| age(lot))?;
    let in_front = lots.iter().filter(|lot| !lot.front.is_zero() && age(lot).is_some()).max_by_key(|lot| age(lot))?;
    (!units.is_zero()).then_some(Swap { units, oldest_behind: behind.date()?, newest_in_front: in_front.date()? })
}

/// Older goods behind than in front.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Swap {
    pub units: Units,
    pub oldest_behind: NaiveDate,
    pub newest_in_front: NaiveDate,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::quantity::Packed;

    fn day(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, month, day).unwrap()
    }

    fn row(date: &str, front: &str, back: &str) -> LotDraft {
        LotDraft { date: date.into(), front: front.into(), back: back.into() }
    }

    fn read_all(rows: &[LotDraft]) -> Result<Vec<CountedLot>, LotProblem> {
        let count = Count { front: Units(8), back: Packed { cases: 1, loose: 2 } };
        read(rows, count, PackSize::new(12).unwrap(), Some(ShelfLife::Days(21)), day(11, 24))
    }

    #[test]
    fn a_date_without_figures_is_all_that_is_left() {
        let lots = read_all(&[row("1107", "6", ""), row("1116", "", "")]).unwrap();
        assert_eq!((lots[0].front, lots[0].back, lots[0].expires), (Units(6), Units(0), Some(day(11, 28))));
        assert_eq!((lots[1].front, lots[1].back, lots[1].days_left(day(11, 24))), (Units(2), Units(14), Some(13)));
    }

    #[test]
    fn dates_cannot_hold_more_than_was_counted_and_no_day_to_come_was_one_of_production() {
        assert_eq!(read_all(&[row("1107", "9", "")]), Err(LotProblem::MoreThanFront));
        assert_eq!(read_all(&[row("1107", "", "15")]), Err(LotProblem::MoreThanBack));
        assert_eq!(read_all(&[row("2026-12-01", "1", "")]), Err(LotProblem::NotYetMade(0)));
        assert_eq!(read_all(&[row("1107", "1", ""), row("x", "1", "")]), Err(LotProblem::NotADate(1)));
        assert_eq!(read_all(&[row("1107", "a", "")]), Err(LotProblem::Number(0, NumberProblem::NotANumber)));
        assert_eq!(read_all(&[row("", "", "")]), Ok(Vec::new()));
        assert_eq!(read_all(&[row("", "3", "")]), Err(LotProblem::NotADate(0)), "figures without a date");
    }

    #[test]
    fn what_has_no_date_never_expires_for_the_engine() {
        let lots = read_all(&[row("1107", "6", "")]).unwrap();
        let all = for_engine(&lots, Units(22), day(11, 24));
        assert_eq!(all, vec![Lot { quantity: Units(6), days_left: Some(4) }, Lot { quantity: Units(16), days_left: None }]);
    }

    #[test]
    fn a_lot_is_typed_again_as_it_was_meant() {
        let lots = read_all(&[row("1107", "6", "2"), row("+6m", "2", "12")]).unwrap();
        let again: Vec<LotDraft> = lots.iter().map(LotDraft::of).collect();
        assert_eq!(again[1].date, "e2027-05-24");
        assert_eq!(read_all(&again).unwrap(), lots);
    }

    #[test]
    fn older_goods_behind_are_a_swap() {
        let lots = read_all(&[row("1116", "8", ""), row("1107", "", "14")]).unwrap();
        let swap = swap(&lots).unwrap();
        assert_eq!((swap.units, swap.oldest_behind, swap.newest_in_front), (Units(8), day(11, 7), day(11, 16)));
    }
}
