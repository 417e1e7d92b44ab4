//! The order as text, for a messenger: shop, date, lines in cases and units, total.

use super::words;
use crate::domain::order::{Order, OrderLine, Total};
use crate::domain::product::ProductFields;
use crate::state::app::App;
use crate::ui::icon::icon;
use crate::ui::live::{When, live};
use crate::ui::platform::{self, Shared};
use crate::ui::say;
use crate::ui::texts::{tr, tx};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Title and text of an order.
pub fn order_text(app: App, shop: &str, order: &Order) -> (String, String) {
    let title = tr!(app, share_title, shop = shop.to_owned(), date = order.on.to_string());
    let mut lines = vec![title.clone(), tr!(app, share_number, number = order.number.clone(), date = order.expected_on.to_string())];
    lines.extend(order_lines(app, order));
    lines.push(total_line(app, &order.total()));
    lines.extend(signature(app));
    (title, lines.join("\n"))
}

/// The lines of an order, numbered: `1. 原味酸奶 200g  2件+7杯 送2杯  ¥131.75`.
pub fn order_lines(app: App, order: &Order) -> Vec<String> {
    let lines = order.lines.iter().filter(|line| line.goes_out());
    lines
        .enumerate()
        .map(|(at, line)| {
            let fields = fields_of(app, line);
            let amount = match line.amount {
                Some(amount) => say::money(app, amount),
                None => tr!(app, no_price).to_owned(),
            };
            let quantity = words::ordered(app, &fields, line.quantity, line.free);
            format!("{}. {}  {quantity}  {amount}", at + 1, fields.name)
        })
        .collect()
}

pub fn total_line(app: App, total: &Total) -> String {
    tr!(app, share_total, products = total.products, packed = say::total_packed(app, total), amount = say::money(app, total.amount))
}

/// Who sells, where the rep said so.
pub fn signature(app: App) -> Option<String> {
    let rep = app.book.with(|book| book.rep());
    let parts = [rep.company, rep.name, rep.phone];
    let said = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    (!said.is_empty()).then_some(said)
}

/// A product as an order's line has it: the case size and prices of its day.
pub fn fields_of(app: App, line: &OrderLine) -> ProductFields {
    let known = app.book.with_untracked(|book| book.product(line.product).map(|product| product.fields.clone()));
    let fields = known.unwrap_or_else(|| ProductFields::named(line.product.to_string()));
    ProductFields { size: line.size, prices: line.prices, ..fields }
}

/// The button that hands the text on; where nothing else works, the text itself to copy by hand.
#[component]
pub fn ShareButton(app: App, #[prop(into)] text: Signal<(String, String)>) -> impl IntoView {
    let outcome = RwSignal::new(None::<Shared>);
    let press = move |_| {
        let (title, text) = text.get_untracked();
        spawn_local(async move {
            outcome.try_set(Some(platform::share(&title, &text).await));
        });
    };
    view! {
        <button type="button" class="btn" on:click=press>
            {icon("share-2")}
            {live(move || if outcome.get() == Some(Shared::Copied) { tr!(app, copied) } else { tr!(app, share) })}
        </button>
        <When when=move || outcome.get() == Some(Shared::Failed)>
            <div class="share-text">
                <p role="alert">{tx!(app, share_failed)}</p>
                <textarea readonly rows="8" aria-label=tx!(app, share)>{live(move || text.get().1)}</textarea>
            </div>
        </When>
    }
}
