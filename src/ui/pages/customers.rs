//! The shops: search and a windowed list.

use crate::domain::customer::Customer;
use crate::domain::id::CustomerId;
use crate::domain::search::Query;
use crate::domain::sorting;
use crate::state::app::App;
use crate::ui::icon::icon;
use crate::ui::live::{When, live, words};
use crate::ui::parts::body::Body;
use crate::ui::parts::empty::Empty;
use crate::ui::parts::field::raw_input;
use crate::ui::parts::head::Heading;
use crate::ui::parts::listing::Listing;
use crate::ui::root::{LeftList, Wide};
use crate::ui::route::link;
use crate::ui::say;
use crate::ui::texts::{tr, trn, tx};
use leptos::prelude::*;
use std::sync::Arc;

#[component]
pub fn CustomersPage(app: App) -> impl IntoView {
    let wide = expect_context::<Wide>().0;
    expect_context::<RwSignal<LeftList>>().set(LeftList::Customers);
    view! {
        <div class="panes" class:panes-wide=wide>
            <div class="pane-list"><CustomerList app selected=None is_page=true /></div>
            <When when=move || wide.get()>
                <section class="pane-detail pane-detail-empty" aria-label=tx!(app, customers_title)><p>{tx!(app, customers_pick)}</p></section>
            </When>
        </div>
    }
}

/// The list, as a page or as the left pane beside a shop.
#[component]
pub fn CustomerList(app: App, selected: Option<CustomerId>, is_page: bool) -> impl IntoView {
    let search = RwSignal::new(String::new());
    let found = Memo::new(move |_| {
        let query = search.with(|raw| Query::new(raw));
        app.book.with(|book| {
            let hit = |shop: &&Arc<Customer>| {
                let fields = &shop.fields;
                query.finds(&[&fields.name, &fields.code, &fields.phone, &fields.area])
            };
            let shops: Vec<Arc<Customer>> = book.customers().filter(hit).cloned().collect();
            sorting::by_key(shops, |shop| (0, shop.fields.name.clone()))
        })
    });
    let all = Memo::new(move |_| app.book.with(|book| book.customers().len()));
    let title = Signal::derive(move || tr!(app, customers_title).to_owned());
    let heading = if is_page {
        view! { <Heading app title /> }.into_any()
    } else {
        view! { <h2 class="pane-title">{tx!(app, customers_title)}</h2> }.into_any()
    };
    view! {
        <header class="page-head">
            {heading}
            <span class="page-head-note">{live(move || trn!(app, customers_count | customers_count_single, count = all.get()))}</span>
            <a href=link("/customers/new") class="icon-button icon-button-blue" aria-label=tx!(app, customers_add)>{icon("plus")}</a>
        </header>
        <Body is_page>
            <When
                when=move || { all.get() > 0 }
                fallback=move || view! {
                    <Empty
                        title=Signal::derive(move || tr!(app, empty_shop_title).to_owned())
                        text=Signal::derive(move || tr!(app, empty_shop_text).to_owned())
                    >
                        <a href=link("/customers/new") class="btn btn-primary">{icon("plus")}{tx!(app, empty_shop_add)}</a>
                        <a href=link("/import/customers") class="btn">{icon("upload")}{tx!(app, import_list)}</a>
                    </Empty>
                }
            >
                <SearchBox app text=search hint=Signal::derive(move || tr!(app, customers_search_hint).to_owned()) />
                <p class="list-note" role="status">
                    {live(move || {
                        let count = found.with(Vec::len);
                        if count == 0 { tr!(app, customers_none).to_owned() } else { trn!(app, customers_found | customers_found_single, count = count) }
                    })}
                </p>
                <Listing
                    items=found
                    row_height=425
                    label=title
                    key=row_key
                    row=move |shop| view! { <ShopLine app shop selected /> }
                />
            </When>
        </Body>
    }
}

fn row_key(shop: &Arc<Customer>) -> (CustomerId, u32) {
    (shop.id, shop.envelope.rev)
}

#[component]
fn ShopLine(app: App, shop: Arc<Customer>, selected: Option<CustomerId>) -> impl IntoView {
    let id = shop.id;
    let today = app.today;
    let second = move || {
        let (last, next) = app.book.with(|book| (book.summary(id).map(|summary| summary.last_visit_on), book.next_due(id)));
        let last = match last {
            Some(last) => tr!(app, last_visit, date = say::date(app, last)),
            None => tr!(app, never_visited).to_owned(),
        };
        match next {
            Some(next) if next == today.get() => format!("{last} · {}", tr!(app, next_visit, date = tr!(app, due_today))),
            Some(next) => format!("{last} · {}", tr!(app, next_visit, date = say::date(app, next))),
            None => last,
        }
    };
    let late = move || {
        let due = app.book.with(|book| book.next_due(id))?;
        let days = (today.get() - due).num_days();
        (days > 0).then(|| trn!(app, overdue_days | overdue_days_single, count = days))
    };
    let area = shop.fields.area.clone();
    view! {
        <a href=link(&format!("/customers/{id}")) class="row" data-selected=(selected == Some(id)).then_some("yes")>
            <span class="row-words">
                <span class="row-name">{shop.fields.name.clone()}</span>
                <span class="row-why">{words(second)}</span>
            </span>
            {live(move || match late() {
                Some(late) => view! { <span class="chip chip-late">{icon("circle-alert")}{late}</span> }.into_any(),
                None => view! { <span class="row-area">{area.clone()}</span> }.into_any(),
            })}
        </a>
    }
}

/// A search field with its clear button.
#[component]
pub fn SearchBox(app: App, text: RwSignal<String>, #[prop(into)] hint: Signal<String>) -> impl IntoView {
    let node = raw_input(text.into());
    view! {
        <div class="search" role="search">
            {icon("search")}
            <input
                node_ref=node
                type="text"
                inputmode="search"
                enterkeyhint="search"
                autocomplete="off"
                aria-label=tx!(app, search)
                placeholder=words(move || hint.get())
                on:input:target=move |event| text.set(event.target().value())
            />
            <When when=move || text.with(|text| !text.is_empty())>
                <button type="button" aria-label=tx!(app, clear_search) on:click=move |_| text.set(String::new())>{icon("circle-x")}</button>
            </When>
        </div>
    }
}

/// A shop's page with its left pane.
pub fn beside(app: App, id: CustomerId) -> impl IntoView {
    let left = expect_context::<RwSignal<LeftList>>();
    move || match left.get() {
        LeftList::Today => view! { <super::today::TodayPane app selected=id /> }.into_any(),
        LeftList::Customers => view! { <CustomerList app selected=Some(id) is_page=false /> }.into_any(),
    }
}
