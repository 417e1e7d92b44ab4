//! The order as text, for a messenger: shop, date, lines in cases and units, total.

use crate::domain::order::Order;
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
pub fn order_text(
    app: App,
    shop: &str,
    order: &Order,
    product: impl Fn(&crate::domain::order::OrderLine) -> ProductFields,
) -> (String, String) {
    let title = tr!(app, share_title, shop = shop.to_owned(), date = order.on.to_string());
    let mut lines = vec![title.clone()];
    for (at, line) in order.lines.iter().filter(|line| !line.quantity.is_zero()).enumerate() {
        let fields = product(line);
        let amount = line.amount.map_or_else(|| tr!(app, no_price).to_owned(), say::money);
        lines.push(format!("{}. {}  {}  {amount}", at + 1, fields.name, say::packed(app, &fields, line.quantity)));
    }
    let total = order.total();
    let packed = say::total_packed(app, &total);
    lines.push(tr!(app, share_total, products = total.products, packed = packed, amount = say::money(total.amount)));
    (title, lines.join("\n"))
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
