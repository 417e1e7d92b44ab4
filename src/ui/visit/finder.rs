//! Any product into this visit: search by name, code or barcode, tap or Enter adds it and opens its line.

use super::page::Overlay;
use super::scan;
use crate::domain::product::Product;
use crate::state::visit_room::VisitRoom;
use crate::ui::icon::icon;
use crate::ui::live::{When, live, words};
use crate::ui::parts::marked::marked;
use crate::ui::parts::search_box::SearchBox;
use crate::ui::parts::sheet::Sheet;
use crate::ui::route::link;
use crate::ui::say;
use crate::ui::texts::{tr, tx};
use leptos::prelude::*;
use std::sync::Arc;

/// Hits drawn; more words find fewer.
const HITS: usize = 30;

#[component]
pub fn FinderSheet(room: VisitRoom) -> impl IntoView {
    let app = room.app;
    let overlay = expect_context::<Overlay>();
    let text = overlay.find;
    let hits = Memo::new(move |_| {
        let search = text.with(|raw| app.search(raw));
        app.book.with(|book| {
            let scanned = text.with(|raw| book.product_by_scan(raw).cloned());
            let others = book
                .active_products()
                .filter(|product| search.finds_product(product) && scanned.as_ref().is_none_or(|known| known.id != product.id));
            scanned.iter().chain(others).take(HITS).cloned().collect::<Vec<_>>()
        })
    });
    let add = move |product: &Arc<Product>| {
        overlay.hide();
        scan::go_to(room, overlay, product);
    };
    let first = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if let Some(product) = hits.get_untracked().first() {
            add(product);
        }
    };
    let title = Signal::derive(move || tr!(app, visit_add_product).to_owned());
    let row = move |product: Arc<Product>| {
        let (name, fields) = (product.fields.name.clone(), product.fields.clone());
        let is_here = room.line(product.id).is_some();
        let second = move || {
            let parts = [
                Some(fields.code.clone()).filter(|code| !code.is_empty()),
                say::per_case(app, &fields),
                is_here.then(|| tr!(app, visit_already).to_owned()),
            ];
            parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
        };
        view! {
            <li>
                <button type="button" class="row" on:click=move |_| add(&product)>
                    <span class="row-words"><span class="row-name">{live(move || marked(&text.with(|raw| app.search(raw)), &name))}</span><span class="row-why">{words(second)}</span></span>
                    <span class="row-right">{icon(if is_here { "check" } else { "plus" })}</span>
                </button>
            </li>
        }
    };
    view! {
        <Sheet app title on_close=move |()| overlay.hide()>
            <form on:submit=first>
                <SearchBox app text hint=Signal::derive(move || tr!(app, visit_search_hint).to_owned()) />
            </form>
            <ul class="rows finder-rows">
                <For each=move || hits.get() key=|product| product.id let(product)>{row(product)}</For>
            </ul>
            <When when=move || hits.with(Vec::is_empty)>
                <p class="list-note" role="status">{tx!(app, visit_search_none)}</p>
                {live(move || {
                    let name = text.get();
                    let key = if scan::is_barcode(name.trim()) { "barcode" } else { "name" };
                    let href = format!("/products/new?visit={}&{key}={}", room.id, js_sys::encode_uri_component(name.trim()));
                    let words = if name.trim().is_empty() { tr!(app, products_add).to_owned() } else { tr!(app, visit_create_product, name = name.trim().to_owned()) };
                    view! { <a href=link(&href) class="btn btn-primary">{icon("plus")}{words}</a> }
                })}
            </When>
        </Sheet>
    }
}
