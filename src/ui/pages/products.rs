//! The products: search and a windowed list.

use super::customers::SearchBox;
use crate::domain::id::ProductId;
use crate::domain::product::Product;
use crate::domain::search::Query;
use crate::state::app::App;
use crate::ui::icon::icon;
use crate::ui::live::{When, live, words};
use crate::ui::parts::empty::Empty;
use crate::ui::parts::head::Heading;
use crate::ui::parts::listing::Listing;
use crate::ui::route::link;
use crate::ui::say;
use crate::ui::texts::{tr, trn, tx};
use leptos::prelude::*;
use std::sync::Arc;

#[component]
pub fn ProductsPage(app: App) -> impl IntoView {
    let search = RwSignal::new(String::new());
    let all = Memo::new(move |_| app.book.with(|book| book.products().len()));
    let found = Memo::new(move |_| {
        let query = search.with(|raw| Query::new(raw));
        app.book.with(|book| {
            let hit = |product: &&Arc<Product>| query.finds(&[&product.fields.name, &product.fields.code]);
            book.products().filter(hit).cloned().collect::<Vec<_>>()
        })
    });
    let title = Signal::derive(move || tr!(app, products_title).to_owned());
    view! {
        <div class="column">
        <header class="page-head">
            <Heading app title />
            <span class="page-head-note">{live(move || trn!(app, products_count | products_count_single, count = all.get()))}</span>
            <a href=link("/products/new") class="icon-button icon-button-blue" aria-label=tx!(app, products_add)>{icon("plus")}</a>
        </header>
        <main class="page">
            <When
                when=move || { all.get() > 0 }
                fallback=move || view! {
                    <Empty
                        title=Signal::derive(move || tr!(app, empty_product_title).to_owned())
                        text=Signal::derive(move || tr!(app, empty_product_text).to_owned())
                    >
                        <a href=link("/products/new") class="btn btn-primary">{icon("plus")}{tx!(app, empty_product_add)}</a>
                        <a href=link("/import/products") class="btn">{icon("upload")}{tx!(app, import_list)}</a>
                    </Empty>
                }
            >
                <SearchBox app text=search hint=Signal::derive(move || tr!(app, products_search_hint).to_owned()) />
                <p class="list-note" role="status">{live(move || trn!(app, products_found | products_found_single, count = found.with(Vec::len)))}</p>
                <Listing
                    items=found
                    row_height=425
                    label=title
                    key=row_key
                    row=move |product| product_line(app, &product)
                />
            </When>
        </main>
        </div>
    }
}

fn row_key(product: &Arc<Product>) -> (ProductId, u32) {
    (product.id, product.envelope.rev)
}

fn product_line(app: App, product: &Arc<Product>) -> impl IntoView + use<> {
    let fields = product.fields.clone();
    let (name, id) = (fields.name.clone(), product.id);
    let second = move || {
        let parts = [Some(fields.code.clone()).filter(|code| !code.is_empty()), say::per_case(app, &fields)];
        let price = match (fields.prices.unit, fields.prices.case) {
            (Some(unit), _) => tr!(app, price_per, price = say::price(unit), unit = say::unit_word(app, &fields)),
            (None, Some(case)) => tr!(app, price_per, price = say::price(case), unit = say::case_word(app, &fields)),
            (None, None) => tr!(app, no_price).to_owned(),
        };
        parts.into_iter().flatten().chain([price]).collect::<Vec<_>>().join(" · ")
    };
    view! {
        <a href=link(&format!("/products/{id}")) class="row">
            <span class="row-words">
                <span class="row-name">{name}</span>
                <span class="row-why">{words(second)}</span>
            </span>
            <span class="row-right">{icon("chevron-right")}</span>
        </a>
    }
}
