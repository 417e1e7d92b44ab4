//! When a line runs dry, and what an empty shelf costs: stock over rate of sale, exact. A line runs dry on the first day that begins
//! without a unit left to sell for all of it, so the whole days that stock lasts are rounded down.

use super::exact::Exact;
use super::money::{Money, Prices};
use super::quantity::PackSize;
use chrono::{Days, NaiveDate};
use rust_decimal::{Decimal, RoundingStrategy};

/// The date on which `stock` units, there on `counted_on`, no longer last a whole day at `rate` units a day; `counted_on` itself where
/// nothing was there. None: nothing sells, or it lasts longer than 9,999 days.
pub fn dry_on(stock: i64, counted_on: NaiveDate, rate: Exact) -> Option<NaiveDate> {
    let days = rate.lasts(stock.max(0))?;
    counted_on.checked_add_days(Days::new(days.into()))
}

/// What is not sold from `dry_on` on until goods can come again, from `today` on: what was lost before is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Whole days without goods; above 0.
    pub days: u32,
    /// Units not sold in them.
    pub units: Exact,
}

/// The gap of a line that runs dry on `dry_on` where the next goods come on `goods_on`; none where they come in time.
pub fn gap(dry_on: NaiveDate, rate: Exact, today: NaiveDate, goods_on: NaiveDate) -> Option<Gap> {
    let days = u32::try_from((goods_on - dry_on.max(today)).num_days()).ok().filter(|days| *days > 0)?;
    Some(Gap { days, units: rate.times(days.into()) })
}

/// What so many units cost, to the cent, by the unit's price or that of a case divided. None without a price.
pub fn worth(units: Exact, prices: Prices, size: PackSize) -> Option<Money> {
    let (n, d) = units.reduced();
    let (price, per) = match (prices.unit, prices.case) {
        (Some(unit), _) => (unit, 1),
        (None, Some(case)) => (case, size.units()),
        (None, None) => return None,
    };
    // Multiplied first and divided once: a third of three cases is one.
    let all = decimal(n)?.checked_mul(price.0)?;
    let exact = all.checked_div(decimal(d.checked_mul(per.into())?)?)?;
    Some(Money(exact.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)))
}

fn decimal(figure: i128) -> Option<Decimal> {
    Decimal::try_from_i128_with_scale(figure, 0).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
    }

    fn money(text: &str) -> Money {
        Money(text.parse().unwrap())
    }

    fn rate(units: i128, days: i128) -> Exact {
        Exact::new(units, days).unwrap()
    }

    #[test]
    fn ten_units_at_three_a_day_last_three_whole_days() {
        assert_eq!(dry_on(10, day(20), rate(3, 1)), Some(day(23)));
        assert_eq!(dry_on(9, day(20), rate(3, 1)), Some(day(23)));
        assert_eq!(dry_on(0, day(20), rate(3, 1)), Some(day(20)));
        assert_eq!(dry_on(-4, day(20), rate(3, 1)), Some(day(20)), "an order that went back");
        assert_eq!((dry_on(10, day(20), rate(0, 7)), dry_on(10, day(20), rate(1, 100_000))), (None, None));
    }

    #[test]
    fn money_at_stake_is_rate_times_price_times_days_short() {
        // 8 a week, dry on the 24th, goods on the 31st less one: 6 days; 8 ÷ 7 × 6 × 4.50 = 30.857…
        let gap = gap(day(24), rate(8, 7), day(22), day(30)).unwrap();
        assert_eq!((gap.days, gap.units), (6, rate(48, 7)));
        let by_unit = Prices { unit: Some(money("4.50")), case: None };
        assert_eq!(worth(gap.units, by_unit, PackSize::ONE), Some(money("30.86")));
        let by_case = Prices { unit: None, case: Some(money("10")) };
        assert_eq!(worth(rate(1, 3), by_case, PackSize::new(3).unwrap()), Some(money("1.11")));
        assert_eq!(worth(rate(9, 1), by_case, PackSize::new(3).unwrap()), Some(money("30.00")));
        assert_eq!(worth(gap.units, Prices::default(), PackSize::ONE), None);
    }

    #[test]
    fn goods_that_come_in_time_leave_no_gap_and_what_is_lost_is_not_at_stake() {
        assert_eq!(gap(day(24), rate(1, 1), day(22), day(24)), None);
        assert_eq!(gap(day(2), rate(1, 1), day(22), day(24)).map(|gap| gap.days), Some(2));
    }

    proptest! {
        /// The day it is dry is the last one that the stock reaches: a unit a day earlier would be left, a day later one is missing.
        #[test]
        fn the_stock_lasts_to_the_day_and_no_longer(stock in 0_i64..1_000_000_000, units in 1_i64..1_000_000, days in 1_i64..10_000) {
            let rate = rate(units.into(), days.into());
            if let Some(dry) = dry_on(stock, day(1), rate) {
                let lasts = (dry - day(1)).num_days();
                prop_assert!(rate.times(lasts) <= Exact::whole(stock));
                prop_assert!(rate.times(lasts + 1) > Exact::whole(stock));
            }
        }

        #[test]
        fn more_stock_never_runs_dry_sooner(stock in 0_i64..10_000, more in 0_i64..10_000, units in 1_i64..1_000, days in 1_i64..1_000) {
            let rate = rate(units.into(), days.into());
            let (less, more) = (dry_on(stock, day(1), rate), dry_on(stock + more, day(1), rate));
            prop_assert!(more.is_none() || less <= more);
        }
    }
}
