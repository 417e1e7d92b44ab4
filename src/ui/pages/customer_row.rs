//! One shop in the list of shops: name and class, last and next visit, what to look out for.

use crate::domain::customer::Customer;
use crate::domain::id::CustomerId;
use crate::domain::shop_list::ShopFlag;
use crate::state::app::App;
use crate::state::finding::Search;
use crate::ui::icon::icon;
use crate::ui::parts::marked::marked;
use crate::ui::route::link;
use crate::ui::say;
use crate::ui::texts::{tr, trn};
use leptos::prelude::*;

/// Drawn once, without signals: the list draws it anew when what it says changes, and scrolling stays light.
pub fn shop_line(app: App, shop: &Customer, selected: Option<CustomerId>, search: &Search) -> AnyView {
    let id = shop.id;
    let class = shop.fields.class.map(|class| {
        view! { <span class="class-chip" data-class=format!("{class:?}")>{say::class_short(app, class)}</span> }
    });
    view! {
        <a href=link(&format!("/customers/{id}")) class="row" data-selected=(selected == Some(id)).then_some("yes")>
            <span class="row-words">
                <span class="row-name-line"><span class="row-name">{marked(search, &shop.fields.name)}</span>{class}</span>
                <span class="row-why">{dates(app, shop)}</span>
            </span>
            {flags(app, shop)}
        </a>
    }
    .into_any()
}

fn dates(app: App, shop: &Customer) -> String {
    let (last, next) = app.book.with(|book| (book.summary(shop.id).and_then(|summary| summary.last_visit_on()), book.next_due(shop.id)));
    let last = match last {
        Some(last) => tr!(app, last_visit, date = say::date(app, last)),
        None => tr!(app, never_visited).to_owned(),
    };
    match next {
        Some(next) if next == app.today.get() => format!("{last} · {}", tr!(app, next_visit, date = tr!(app, due_today))),
        Some(next) => format!("{last} · {}", tr!(app, next_visit, date = say::date(app, next))),
        None => last,
    }
}

/// The two gravest things a rep should know, else the area.
fn flags(app: App, shop: &Customer) -> AnyView {
    let today = app.today.get();
    let found = app.book.with(|book| {
        let holds = |flag: ShopFlag| flag.holds(book, shop, today);
        let late = holds(ShopFlag::Overdue).then(|| book.next_due(shop.id)).flatten().map(|due| (today - due).num_days());
        let out = holds(ShopFlag::StockOut).then(|| book.summary(shop.id).map_or(0, |summary| summary.stock_outs));
        (late, out, holds(ShopFlag::Unsent))
    });
    let (late, out, unsent) = found;
    let chips = [
        late.map(|days| ("chip chip-late", "circle-alert", trn!(app, overdue_days | overdue_days_single, count = days))),
        unsent.then(|| ("chip chip-near", "send", tr!(app, flag_unsent).to_owned())),
        out.map(|count| ("chip chip-out", "package-x", tr!(app, flag_out_count, count = count))),
    ];
    let chips: Vec<_> = chips.into_iter().flatten().take(2).collect();
    if chips.is_empty() {
        return view! { <span class="row-area">{shop.fields.area.clone()}</span> }.into_any();
    }
    let chips = chips.into_iter().map(|(class, sign, words)| view! { <span class=class>{icon(sign)}{words}</span> }).collect_view();
    view! { <span class="row-flags">{chips}</span> }.into_any()
}
