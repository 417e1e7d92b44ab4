//! What a shop usually sells: ticked from all products, in the order of the list. A tap is saved at once.

use super::not_found::not_found;
use crate::domain::id::{CustomerId, ProductId};
use crate::domain::product::Product;
use crate::domain::sorting;
use crate::state::app::App;
use crate::ui::icon::icon;
use crate::ui::live::{live, words};
use crate::ui::load::load;
use crate::ui::parts::head::SubPageHead;
use crate::ui::parts::listing::Listing;
use crate::ui::parts::marked::marked;
use crate::ui::parts::paper::HandOn;
use crate::ui::parts::search_box::SearchBox;
use crate::ui::texts::{tr, trn, tx};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::BTreeSet;
use std::sync::Arc;

#[component]
pub fn RangePage(app: App, id: CustomerId) -> impl IntoView {
    if app.book.with_untracked(|book| book.customer(id).is_none()) {
        return not_found(app).into_any();
    }
    let search = RwSignal::new(String::new());
    let only = RwSignal::new(false);
    let range = Memo::new(move |_| app.book.with(|book| book.customer(id).map(|shop| shop.range.clone()).unwrap_or_default()));
    // Without a range of its own, a shop's usual goods are those it had before.
    let known = load(move || async move {
        let events = app.events(id).await.unwrap_or_default().events;
        let counted = events.visits.iter().flat_map(|visit| visit.lines.iter().map(|line| line.product));
        let ordered = events.orders.iter().flat_map(|order| order.lines.iter().map(|line| line.product));
        counted.chain(ordered).collect::<BTreeSet<ProductId>>()
    });
    let is_usual = move |product: ProductId| {
        range.with(|range| {
            if range.is_empty() {
                known.with(|known| known.as_ref().is_some_and(|known| known.contains(&product)))
            } else {
                range.contains(&product)
            }
        })
    };
    let products = Memo::new(move |_| {
        let search = search.with(|raw| app.search(raw));
        let only = only.get();
        let found =
            app.book.with(|book| book.active_products().filter(|product| search.finds_product(product)).cloned().collect::<Vec<_>>());
        let found = found.into_iter().filter(|product| !only || is_usual(product.id)).collect();
        sorting::by_key(found, |product: &Arc<Product>| (product.fields.place(), String::new()))
    });
    let toggle = Callback::new(move |product: ProductId| {
        let usual: Vec<ProductId> = app.book.with_untracked(|book| {
            let all = sorting::by_key(book.active_products().cloned().collect(), |product: &Arc<Product>| {
                (product.fields.place(), String::new())
            });
            all.iter().map(|product| product.id).filter(|id| untrack(|| is_usual(*id)) != (*id == product)).collect()
        });
        spawn_local(async move {
            // A refused write is said by the banner.
            let _ = app.save_range(id, usual).await;
        });
    });
    let title = Signal::derive(move || tr!(app, range_title).to_owned());
    let count = move || app.book.with(|book| book.active_products().filter(|product| is_usual(product.id)).count());
    let row = move |product: Arc<Product>| {
        let (id, name) = (product.id, product.fields.name.clone());
        view! {
            <button type="button" class="row" role="checkbox" aria-checked=words(move || is_usual(id).to_string()) on:click=move |_| toggle.run(id)>
                <span class="tick-ring" data-state=words(move || if is_usual(id) { "counted" } else { "open" })>{live(move || is_usual(id).then(|| icon("check")))}</span>
                <span class="row-words"><span class="row-name">{live(move || marked(&search.with(|raw| app.search(raw)), &name))}</span></span>
            </button>
        }
    };
    view! {
        <SubPageHead app back=format!("/customers/{id}") title><HandOn app title /></SubPageHead>
        <main class="page">
            <p class="group-hint">{tx!(app, range_text)}</p>
            <SearchBox app text=search hint=Signal::derive(move || tr!(app, products_search_hint).to_owned()) />
            <div class="list-tools">
                <p class="list-note" role="status">{live(move || trn!(app, range_count | range_count_single, count = count()))}</p>
                <button type="button" class="filter" aria-pressed=words(move || only.get().to_string()) on:click=move |_| only.update(|only| *only = !*only)>
                    {live(move || only.get().then(|| icon("check")))}{tx!(app, range_only)}
                </button>
            </div>
            <Listing
                items=products
                row_height=400
                label=title
                key=row_key
                row=row
            />
        </main>
    }
    .into_any()
}

fn row_key(product: &Arc<Product>) -> (ProductId, u32) {
    (product.id, product.envelope.rev)
}
