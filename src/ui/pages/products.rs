//! The products: search and a windowed list.

use crate::domain::id::ProductId;
use crate::domain::product::Product;
use crate::domain::sorting;
use crate::state::app::App;
use crate::state::finding::Search;
use crate::ui::icon::icon;
use crate::ui::live::{When, live, words};
use crate::ui::parts::empty::Empty;
use crate::ui::parts::head::Heading;
use crate::ui::parts::listing::Listing;
use crate::ui::parts::marked::marked;
use crate::ui::parts::paper::HandOn;
use crate::ui::parts::search_box::SearchBox;
use crate::ui::route::link;
use crate::ui::say;
use crate::ui::texts::{tr, trn, tx};
use leptos::prelude::*;
use std::sync::Arc;

/// What the rep looks for among the products. Lives at the root.
#[derive(Clone, Copy)]
pub struct ProductView {
    pub search: RwSignal<String>,
    pub archived: RwSignal<bool>,
}

impl ProductView {
    pub fn new() -> ProductView {
        ProductView { search: RwSignal::default(), archived: RwSignal::default() }
    }
}

#[component]
pub fn ProductsPage(app: App) -> impl IntoView {
    let view = expect_context::<ProductView>();
    let all = Memo::new(move |_| app.book.with(|book| book.products().len()));
    let active = Memo::new(move |_| app.book.with(|book| book.active_products().count()));
    let found = Memo::new(move |_| {
        let (search, archived) = (view.search.with(|raw| app.search(raw)), view.archived.get());
        app.book.with(|book| {
            let found =
                book.products().filter(|product| product.is_active() != archived && search.finds_product(product)).cloned().collect();
            sorting::by_key(found, |product: &Arc<Product>| (product.fields.place(), String::new()))
        })
    });
    let title = Signal::derive(move || tr!(app, products_title).to_owned());
    let follows = Signal::derive(move || {
        let is_spelt = app.hanzi.with(|hanzi| Arc::as_ptr(hanzi) as usize);
        format!("{} {:?} {} {is_spelt}", app.currency.get(), app.language.get(), view.search.get())
    });
    view! {
        <div class="column">
        <header class="page-head">
            <Heading app title />
            <span class="page-head-note">{live(move || trn!(app, products_count | products_count_single, count = active.get()))}</span>
            <When when=move || { all.get() > 0 }><HandOn app title /></When>
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
                        <a href=link("/import") class="btn">{icon("upload")}{tx!(app, import_list)}</a>
                    </Empty>
                }
            >
                <SearchBox app text=view.search hint=Signal::derive(move || tr!(app, products_search_hint).to_owned()) />
                <div class="list-tools">
                    <p class="list-note" role="status">{live(move || trn!(app, products_found | products_found_single, count = found.with(Vec::len)))}</p>
                    <button
                        type="button"
                        class="filter"
                        aria-pressed=words(move || view.archived.get().to_string())
                        on:click=move |_| view.archived.update(|archived| *archived = !*archived)
                    >{live(move || view.archived.get().then(|| icon("check")))}{tx!(app, product_archived)}</button>
                </div>
                <Listing
                    items=found
                    row_height=425
                    label=title
                    key=row_key
                    follows
                    row=move |product| untrack(|| product_line(app, &product, &view.search.with(|raw| app.search(raw))))
                />
            </When>
        </main>
        </div>
    }
}

fn row_key(product: &Arc<Product>) -> (ProductId, u32) {
    (product.id, product.envelope.rev)
}

/// Drawn once, without signals: the list draws it anew when what it says changes.
fn product_line(app: App, product: &Product, search: &Search) -> AnyView {
    let fields = &product.fields;
    let known = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    let price = match (fields.prices.unit, fields.prices.case) {
        (Some(unit), _) => tr!(app, price_per, price = say::price(app, unit), unit = say::one(say::unit_word(app, fields))),
        (None, Some(case)) => tr!(app, price_per, price = say::price(app, case), unit = say::one(say::case_word(app, fields))),
        (None, None) => tr!(app, no_price).to_owned(),
    };
    let parts = [Some(price), say::per_case(app, fields), known(&fields.code), known(&fields.other_name)];
    view! {
        <a href=link(&format!("/products/{}", product.id)) class="row">
            <span class="row-words">
                <span class="row-name">{marked(search, &fields.name)}</span>
                <span class="row-why">{parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")}</span>
            </span>
            <span class="row-right">{icon("chevron-right")}</span>
        </a>
    }
    .into_any()
}
