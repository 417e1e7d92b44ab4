//! The lunar table and the two solar terms against the sky: new moons and solar terms by formulas that share nothing with the
//! crate that `build.rs` takes the table from.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::float_arithmetic)]

use calendrical_calculations::chinese_based::{ChineseBased, chinese_based_date_from_fixed, month_structure_for_year};
use calendrical_calculations::gregorian::fixed_from_gregorian;
use calendrical_calculations::rata_die::RataDie;
use chrono::{Datelike, NaiveDate};
use shelfwise::domain::festival::Festival;
use shelfwise::domain::lunar;

/// The calendar as China keeps it: by the time of 120° east.
struct China;

impl ChineseBased for China {
    fn utc_offset(_: RataDie) -> f64 {
        8.0 / 24.0
    }

    const EPOCH: RataDie = fixed_from_gregorian(-2636, 2, 15);
    const DEBUG_NAME: &'static str = "china";
}

fn date(fixed: RataDie) -> NaiveDate {
    NaiveDate::from_num_days_from_ce_opt(fixed.to_i64_date().try_into().unwrap()).unwrap()
}

#[test]
fn every_lunar_day_of_fifty_years_is_where_sun_and_moon_put_it() {
    for year in 2000..=2050 {
        let bounds = chinese_based_date_from_fixed::<China>(fixed_from_gregorian(year, 7, 1)).year_bounds;
        let (long, leap) = month_structure_for_year::<China>(bounds.new_year, bounds.next_new_year);
        let mut begins = date(bounds.new_year);
        assert_eq!(lunar::first_day(year), Some(begins), "{year}");
        let mut number = 0;
        for place in 1..=12 + u8::from(leap.is_some()) {
            let length = if long[usize::from(place) - 1] { 30 } else { 29 };
            if leap != Some(place) {
                number += 1;
                for day in 1..=30_u8 {
                    let expected = begins + chrono::Days::new(u64::from(day.min(length)) - 1);
                    assert_eq!(lunar::to_solar(year, number, day), Some(expected), "{year}-{number}-{day}");
                }
            }
            begins = begins + chrono::Days::new(length.into());
        }
        assert_eq!((number, begins), (12, date(bounds.next_new_year)), "{year}");
    }
}

/// Degrees of the sun at midnight in China, to a hundredth (J. Meeus, Astronomical Algorithms, chapter 25, low accuracy).
fn longitude(midnight: NaiveDate) -> f64 {
    let days = f64::from(midnight.num_days_from_ce() - 730_120) - 0.5 - 8.0 / 24.0 + 70.0 / 86_400.0;
    let t = days / 36_525.0;
    let mean = 280.466_46 + 36_000.769_83 * t + 0.000_303_2 * t * t;
    let anomaly = (357.529_11 + 35_999.050_29 * t - 0.000_153_7 * t * t).to_radians();
    let centre = (1.914_602 - 0.004_817 * t) * anomaly.sin() + 0.019_993 * (2.0 * anomaly).sin() + 0.000_289 * (3.0 * anomaly).sin();
    let node = (125.04 - 1_934.136 * t).to_radians();
    (mean + centre - 0.005_69 - 0.004_78 * node.sin()).rem_euclid(360.0)
}

#[test]
fn the_sun_reaches_the_two_solar_terms_on_their_days() {
    for year in 2000..=2050 {
        for (term, degrees) in [(Festival::Qingming, 15.0), (Festival::WinterSolstice, 270.0)] {
            let day = term.on(year).unwrap();
            let (before, after) = (longitude(day), longitude(day.succ_opt().unwrap()));
            assert!(before <= degrees && degrees < after, "{term:?} {year}: {before} to {after}");
        }
    }
}
