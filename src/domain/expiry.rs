//! Expiry: what of a line's stock will not sell in time, when goods expire, what has to change places on the shelf (mode
//! `expiry`). Exact, in base units and days.

use super::exact::Exact;
use super::product::ShelfLife;
use super::quantity::Units;
use super::reorder::Lot;
use chrono::{Days, Months, NaiveDate};

/// Units of each lot, in the order given, that are left when it expires: lots sell earliest expiry first, equal ones in the order
/// given, at `rate` units a day (not negative). Without an expiry nothing is at risk.
pub fn at_risk(lots: &[Lot], rate: Exact) -> Vec<Exact> {
    let (day, one) = rate.reduced();
    let mut by_expiry: Vec<(usize, &Lot, i32)> =
        lots.iter().enumerate().filter_map(|(place, lot)| Some((place, lot, lot.days_left?))).collect();
    by_expiry.sort_by_key(|(_, _, days_left)| *days_left);
    let mut risks = vec![Exact::whole(0); lots.len()];
    let mut sold: i128 = 0;
    for (place, lot, days_left) in by_expiry {
        let quantity = one.saturating_mul(lot.quantity.0.into());
        let sells = quantity.min(day.saturating_mul(days_left.into()).saturating_sub(sold).max(0));
        sold = sold.saturating_add(sells);
        if let Some(risk) = risks.get_mut(place) {
            *risk = Exact::over(quantity - sells, one);
        }
    }
    risks
}

/// The last day's date: production date + shelf life, months clamped to the month's end. None beyond the calendar.
pub fn expires(produced: NaiveDate, life: ShelfLife) -> Option<NaiveDate> {
    match life {
        ShelfLife::Days(days) => produced.checked_add_days(Days::new(days.into())),
        ShelfLife::Months(months) => produced.checked_add_months(Months::new(months)),
    }
}

/// Days left before which goods count as near expiry, by the days of their whole life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct NearWindow(pub [u16; 6]);

impl NearWindow {
    /// From these lives on, in days.
    pub const LIVES: [u32; 6] = [365, 180, 90, 30, 16, 0];
    pub const DEFAULT: NearWindow = NearWindow([45, 20, 15, 10, 5, 2]);

    /// Days for goods that keep `life` days in all.
    pub fn of(self, life: u32) -> u16 {
        Self::LIVES.into_iter().zip(self.0).find(|(from, _)| life >= *from).map_or(0, |(_, days)| days)
    }
}

/// Goods of one date in front and behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Production or expiry date: the earlier one has to stand in front.
    pub date: NaiveDate,
    pub front: Units,
    pub back: Units,
}

/// Front units that are not among the oldest as many of front and back together: what has to change places. 0 where the oldest in
/// the back is not older than the newest in front.
pub fn swaps(placed: &[Placed]) -> Units {
    let mut by_date: Vec<&Placed> = placed.iter().collect();
    by_date.sort_by_key(|lot| lot.date);
    let mut room: i64 = placed.iter().map(|lot| lot.front.0).sum();
    let mut wrong = 0;
    for lot in by_date {
        // Of one date those in front count as the older ones: they stay where they are.
        let stay = lot.front.0.min(room);
        wrong += lot.front.0 - stay;
        room -= stay;
        room -= lot.back.0.min(room);
    }
    Units(wrong)
}

/// Units to bring to the front before the pitch: `max(0, min(back, capacity − front))`.
pub fn front_fill(front: Units, back: Units, front_capacity: Units) -> Units {
    Units(back.0.min(front_capacity.0.saturating_sub(front.0)).max(0))
}

/// Units of another shop's lot that a shop can sell in time: `rate × (days left − days until its visit) − stock − on order`,
/// rounded down, at least 0.
pub fn absorbs(rate: Exact, days_left: i32, days_until_visit: i32, stock: Units, on_order: Units) -> Units {
    let days = i64::from(days_left).saturating_sub(days_until_visit.into()).max(0);
    Units(rate.times(days).floor().saturating_sub(stock.0).saturating_sub(on_order.0).max(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, month, day).unwrap()
    }

    #[test]
    fn a_month_is_clamped_to_its_end() {
        assert_eq!(expires(day(8, 31), ShelfLife::Months(6)), NaiveDate::from_ymd_opt(2027, 2, 28));
        assert_eq!(expires(day(11, 7), ShelfLife::Days(21)), Some(day(11, 28)));
    }

    #[test]
    fn the_window_follows_the_shelf_life() {
        for (life, days) in [(365, 45), (364, 20), (180, 20), (179, 15), (90, 15), (89, 10), (30, 10), (29, 5), (16, 5), (15, 2), (1, 2)] {
            assert_eq!(NearWindow::DEFAULT.of(life), days, "{life}");
        }
    }

    #[test]
    fn older_goods_in_the_back_change_places_with_the_newest_in_front() {
        let lot = |date, front, back| Placed { date, front: Units(front), back: Units(back) };
        assert_eq!(swaps(&[lot(day(10, 3), 5, 0), lot(day(9, 12), 0, 8)]), Units(5));
        assert_eq!(swaps(&[lot(day(10, 3), 5, 0), lot(day(9, 12), 3, 2)]), Units(2));
        assert_eq!(swaps(&[lot(day(9, 12), 5, 0), lot(day(10, 3), 0, 8)]), Units(0));
        assert_eq!(swaps(&[lot(day(9, 12), 5, 8)]), Units(0), "one date: nothing to swap");
        assert_eq!(swaps(&[]), Units(0));
    }

    #[test]
    fn the_front_is_filled_from_the_back_as_far_as_it_goes() {
        assert_eq!(front_fill(Units(2), Units(19), Units(12)), Units(10));
        assert_eq!(front_fill(Units(2), Units(7), Units(12)), Units(7));
        assert_eq!(front_fill(Units(14), Units(7), Units(12)), Units(0));
    }

    #[test]
    fn another_shop_takes_what_it_sells_before_the_date() {
        let two_a_day = Exact::whole(2);
        assert_eq!(absorbs(two_a_day, 10, 3, Units(4), Units(2)), Units(8));
        assert_eq!(absorbs(two_a_day, 3, 5, Units(0), Units(0)), Units(0));
    }
}
