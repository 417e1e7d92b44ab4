//! The main wasm is split after linking (`scripts/split`), which needs its relocations. And the table of lunar years that
//! `domain::lunar` reads is made here, so that a calendar of two hundred years does not go out with the app.

use chinese_lunisolar_calendar::{LunarMonth, LunisolarDate, LunisolarYear, SolarYear};
use std::path::Path;

/// Lunar years in the table: the demonstration's past, festivals to 2040 and ten years of birthdays behind them.
const YEARS: std::ops::RangeInclusive<u16> = 2000..=2050;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_ARCH").as_deref() == Ok("wasm32") {
        println!("cargo::rustc-link-arg-bin=shelfwise=--emit-relocs");
    }
    let years = YEARS.map(lunar_year).collect::<Option<Vec<u32>>>().ok_or("a lunar year is not known")?;
    let table = format!(
        "/// The first year of [`YEARS`].\nconst FIRST: i32 = {};\nconst YEARS: [u32; {}] = {years:?};\n",
        YEARS.start(),
        years.len()
    );
    std::fs::write(Path::new(&std::env::var("OUT_DIR")?).join("lunar_years.rs"), table)?;
    Ok(())
}

/// One lunar year: bit 0 to 12 are its months in their order, a leap month in its place, set where a month has 30 days; from bit 13 on
/// the number of the month that comes twice (0: none); from bit 17 on the day of the solar year, from 1, on which it begins.
fn lunar_year(year: u16) -> Option<u32> {
    let begins = u32::from(LunisolarDate::from_ymd(year, 1, false, 1).ok()?.to_solar_date().the_n_day_in_this_year());
    let lunar = LunisolarYear::from_solar_year(SolarYear::from_u16(year)).ok()?;
    let leap = lunar.get_leap_lunar_month();
    let mut months = Vec::new();
    for number in 1..=12 {
        months.push(LunarMonth::from_u8_with_leap(number, false).ok()?);
        months.extend(leap.filter(|leap| leap.to_u8() == number));
    }
    let mut packed = begins << 17 | u32::from(leap.map_or(0, LunarMonth::to_u8)) << 13;
    for (place, month) in months.into_iter().enumerate() {
        packed |= u32::from(lunar.get_total_days_in_a_month(month)? == 30) << place;
    }
    Some(packed)
}
