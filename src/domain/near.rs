//! Goods of a line that near their expiry, and what would be lost with them: by the date where the product's window says so, by the
//! shop's own rate where it is too slow. A fast shop inside the window raises no alarm; a slow one far outside it does.

use super::exact::Exact;
use super::expiry::{self, NearWindow};
use super::lots::CountedLot;
use super::money::{Money, Prices};
use super::product::ShelfLife;
use super::quantity::{PackSize, Units};
use super::reorder::Lot;
use chrono::NaiveDate;
use rust_decimal::{Decimal, RoundingStrategy};

/// One lot worth a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Near {
    pub lot: CountedLot,
    /// 0 or less: expired.
    pub days_left: i32,
    /// Units that will be left when it expires; none where nothing is known of the shop's sales.
    pub at_risk: Option<Exact>,
}

impl Near {
    pub fn is_expired(&self) -> bool {
        self.days_left <= 0
    }

    /// Some of it will not sell in time.
    pub fn is_alarm(&self) -> bool {
        self.is_expired() || self.at_risk.is_some_and(Exact::is_positive)
    }

    /// What the units at risk cost, to the cent.
    pub fn loss(&self, prices: Prices, size: PackSize) -> Option<Money> {
        let risk = if self.is_expired() { Exact::whole(self.lot.units()) } else { self.at_risk? };
        let price = prices.unit.map(|price| price.0).or_else(|| prices.case?.0.checked_div(Decimal::from(size.units())))?;
        let (n, d) = risk.reduced();
        let units = Decimal::from_i128_with_scale(n, 0).checked_div(Decimal::from_i128_with_scale(d, 0))?;
        Some(Money(units.checked_mul(price)?.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)))
    }
}

/// Whole days that goods keep, a month as 30 days: which window they fall into.
pub fn life_days(life: ShelfLife) -> u32 {
    match life {
        ShelfLife::Days(days) => days,
        ShelfLife::Months(months) => months.saturating_mul(30),
    }
}

/// The lots of a line that are expired, inside the window or will not sell in time at `rate` units a day; earliest expiry first.
pub fn of_line(lots: &[CountedLot], life: Option<ShelfLife>, window: NearWindow, rate: Option<Exact>, on: NaiveDate) -> Vec<Near> {
    let dated: Vec<(CountedLot, i32)> = lots.iter().filter_map(|lot| Some((*lot, lot.days_left(on)?))).collect();
    let for_risk: Vec<Lot> =
        dated.iter().map(|(lot, days_left)| Lot { quantity: Units(lot.units()), days_left: Some(*days_left) }).collect();
    let risks = rate.map(|rate| expiry::at_risk(&for_risk, rate));
    // Of goods whose life is not known the shortest window counts.
    let window = i32::from(window.of(life.map_or(0, life_days)));
    let all = dated.into_iter().enumerate().map(|(at, (lot, days_left))| {
        let at_risk = risks.as_ref().and_then(|risks| risks.get(at).copied());
        Near { lot, days_left, at_risk }
    });
    let mut near: Vec<Near> = all.filter(|near| near.is_alarm() || near.days_left <= window).collect();
    near.sort_by_key(|near| near.days_left);
    near
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, month, day).unwrap()
    }

    fn lot(expires: NaiveDate, front: i64) -> CountedLot {
        CountedLot { produced: None, expires: Some(expires), front: Units(front), back: Units(0) }
    }

    #[test]
    fn a_fast_shop_inside_the_window_is_no_alarm_and_a_slow_one_outside_is() {
        let (on, life) = (day(11, 24), Some(ShelfLife::Days(180)));
        let fast = of_line(&[lot(day(12, 4), 10)], life, NearWindow::DEFAULT, Some(Exact::whole(5)), on);
        assert_eq!((fast.len(), fast[0].days_left, fast[0].is_alarm()), (1, 10, false));
        let slow = of_line(&[lot(NaiveDate::from_ymd_opt(2027, 2, 22).unwrap(), 24)], life, NearWindow::DEFAULT, Exact::new(1, 10), on);
        assert_eq!((slow[0].days_left, slow[0].at_risk), (90, Some(Exact::whole(15))));
        assert!(
            of_line(&[lot(NaiveDate::from_ymd_opt(2027, 2, 22).unwrap(), 24)], life, NearWindow::DEFAULT, Some(Exact::whole(2)), on)
                .is_empty()
        );
    }

    #[test]
    fn the_loss_is_the_units_at_risk_at_the_unit_price() {
        let prices = Prices { unit: Some(Money("4.50".parse().unwrap())), case: None };
        let near = Near { lot: lot(day(12, 1), 9), days_left: 7, at_risk: Exact::new(7, 2) };
        assert_eq!(near.loss(prices, PackSize::ONE), Some(Money("15.75".parse().unwrap())));
        let gone = Near { days_left: 0, at_risk: None, ..near };
        assert_eq!(gone.loss(prices, PackSize::ONE), Some(Money("40.50".parse().unwrap())));
    }
}
