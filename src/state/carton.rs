//! Today's carton: the production date a rep read off a case holds for every shop it is delivered to today.

use super::app::App;
use crate::domain::id::ProductId;
use crate::domain::lots::CountedLot;
use crate::store::prefs;
use chrono::NaiveDate;
use leptos::prelude::*;

const CARTONS: &str = "shelfwise.cartons";
/// Dates of so many products are kept.
const MOST: usize = 200;

/// The date last typed of a product today.
pub fn of_today(app: App, product: ProductId) -> Option<NaiveDate> {
    let text = prefs::get(CARTONS)?;
    let (day, dates) = text.split_once(' ')?;
    if day != app.today.get_untracked().to_string() {
        return None;
    }
    let key = product.to_string();
    dates.split(' ').rev().find_map(|pair| pair.strip_prefix(&key)?.strip_prefix('=')?.parse().ok())
}

/// Keeps the newest production date among `lots` for the shops to come.
pub fn remember(app: App, product: ProductId, lots: Vec<CountedLot>) {
    let Some(made) = lots.iter().filter_map(|lot| lot.produced).max() else { return };
    let today = app.today.get_untracked().to_string();
    let text = prefs::get(CARTONS).unwrap_or_default();
    let known = text.strip_prefix(&today).unwrap_or_default();
    let key = product.to_string();
    let others: Vec<&str> = known.split(' ').filter(|pair| !pair.is_empty() && !pair.starts_with(&key)).collect();
    let kept = others.iter().skip(others.len().saturating_sub(MOST - 1)).fold(today, |text, pair| format!("{text} {pair}"));
    prefs::set(CARTONS, Some(&format!("{kept} {key}={made}")));
}
