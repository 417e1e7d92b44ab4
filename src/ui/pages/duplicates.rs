//! Shops that may be one, side by side: merged with a tap, history and all, and taken back with another.

use crate::domain::customer::Customer;
use crate::domain::duplicates::{self, Alike, Candidate};
use crate::domain::id::CustomerId;
use crate::state::app::App;
use crate::ui::icon::icon;
use crate::ui::live::{live, words};
use crate::ui::parts::empty::Empty;
use crate::ui::parts::head::SubPageHead;
use crate::ui::parts::paper::HandOn;
use crate::ui::parts::sheet::Sheet;
use crate::ui::route::link;
use crate::ui::say;
use crate::ui::texts::{tr, trn, tx};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

type Pair = (Arc<Customer>, Arc<Customer>, Alike);

#[component]
pub fn DuplicatesPage(app: App) -> impl IntoView {
    let pairs = Memo::new(move |_| {
        let hanzi = app.hanzi.get();
        app.book.with(|book| {
            let shops: Vec<Candidate<'_, CustomerId>> =
                book.active_customers().map(|shop| Candidate { id: shop.id, name: &shop.fields.name, phone: &shop.fields.phone }).collect();
            let found = duplicates::pairs(&hanzi, &shops).into_iter();
            found
                .filter_map(|(one, other, why)| Some((book.customer(one)?.clone(), book.customer(other)?.clone(), why)))
                .collect::<Vec<Pair>>()
        })
    });
    let asking = RwSignal::new(None::<(CustomerId, CustomerId)>);
    let title = Signal::derive(move || tr!(app, duplicates_title).to_owned());
    let list = move || {
        let pairs = pairs.get();
        if pairs.is_empty() {
            let text = Signal::derive(move || tr!(app, duplicates_none_text).to_owned());
            return view! { <Empty title=Signal::derive(move || tr!(app, duplicates_none).to_owned()) text /> }.into_any();
        }
        let rows = pairs.into_iter().map(|pair| pair_row(app, pair, asking)).collect_view();
        view! { <p class="group-hint">{tx!(app, duplicates_text)}</p><ul class="pairs">{rows}</ul> }.into_any()
    };
    view! {
        <SubPageHead app back="/customers" title><HandOn app title /></SubPageHead>
        <main class="page">{live(list)}</main>
        {live(move || asking.get().map(|pair| view! { <MergeSheet app pair asking /> }))}
    }
}

fn pair_row(app: App, (one, other, why): Pair, asking: RwSignal<Option<(CustomerId, CustomerId)>>) -> AnyView {
    let pair = (one.id, other.id);
    let side = move |shop: Arc<Customer>| {
        let id = shop.id;
        let visits = move || app.book.with(|book| book.summary(id).map_or(0, |summary| summary.visits));
        let facts = {
            let fields = &shop.fields;
            [&fields.code, &fields.phone, &fields.area].into_iter().filter(|text| !text.is_empty()).cloned().collect::<Vec<_>>().join(" · ")
        };
        view! {
            <a class="row" href=link(&format!("/customers/{id}"))>
                <span class="row-words">
                    <span class="row-name">{shop.fields.name.clone()}</span>
                    <span class="row-why">{facts}</span>
                </span>
                <span class="row-right">{words(move || trn!(app, visits_count | visits_count_single, count = visits()))}</span>
            </a>
        }
    };
    view! {
        <li class="card pair">
            <p class="group-title">{icon("circle-alert")}{live(move || say::alike(app, why))}</p>
            {side(one)}{side(other)}
            <button type="button" class="btn" on:click=move |_| asking.set(Some(pair))>{icon("merge")}{tx!(app, merge)}</button>
        </li>
    }
    .into_any()
}

/// Which of the two stays.
#[component]
fn MergeSheet(app: App, pair: (CustomerId, CustomerId), asking: RwSignal<Option<(CustomerId, CustomerId)>>) -> impl IntoView {
    let merge = move |into: CustomerId, from: CustomerId| {
        spawn_local(async move {
            // A refused write is said by the banner; the sheet stays open.
            if app.merge_customers(into, from).await.is_ok() {
                asking.try_set(None);
            }
        });
    };
    let (one, other) = pair;
    let keep = move |into: CustomerId, from: CustomerId| {
        let name = app.book.with_untracked(|book| book.customer(into).map(|shop| shop.fields.name.clone())).unwrap_or_default();
        let facts = app
            .book
            .with_untracked(|book| book.customer(into).map(|shop| format!("{} {}", shop.fields.code, shop.fields.phone)))
            .unwrap_or_default();
        view! {
            <button type="button" class="btn" on:click=move |_| merge(into, from)>
                <span class="merge-keep"><strong>{live(move || tr!(app, merge_keep, name = name.clone()))}</strong><small>{facts}</small></span>
            </button>
        }
    };
    view! {
        <Sheet app title=Signal::derive(move || tr!(app, merge_title).to_owned()) on_close=move |()| asking.set(None)>
            <p class="sheet-text">{tx!(app, merge_text)}</p>
            <div class="sheet-stack">{keep(one, other)}{keep(other, one)}</div>
        </Sheet>
    }
}
