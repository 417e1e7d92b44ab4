//! The 60 % bar: its length is previous stock + previous order; solid is left, hatched is sold, the notch is what is enough.

use crate::domain::suggestion::Sum;
use crate::state::app::App;
use crate::ui::live::{when, words};
use crate::ui::texts::tr;
use leptos::prelude::*;

/// The bar of one sum.
#[component]
pub fn StockBar(app: App, #[prop(into)] sum: Signal<Option<Sum>>) -> impl IntoView {
    let left = move || sum.get().map_or(0, |sum| sum.left_permille());
    let notch = move || sum.get().map_or(600, |sum| sum.notch_permille());
    let enough = move || sum.get().is_some_and(|sum| sum.current >= sum.enough_at());
    let label = move || tr!(app, bar_label, percent = (left() + 5) / 10, notch = (notch() + 5) / 10);
    view! {
        <div class="stock-bar" class:stock-bar-enough=when(enough) role="img" aria-label=words(label)>
            <span class="stock-bar-left" style:width=words(move || percent(left()))></span>
            <span class="stock-bar-notch" style:left=words(move || percent(notch()))></span>
        </div>
    }
}

fn percent(permille: i64) -> String {
    format!("{}.{}%", permille / 10, permille % 10)
}
