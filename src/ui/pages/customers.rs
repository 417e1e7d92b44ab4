//! The shops: search, filters, order, and a windowed list. What was searched and filtered stays while the app runs.

use super::customer_row::shop_line;
use crate::domain::customer::{Customer, CustomerClass};
use crate::domain::id::CustomerId;
use crate::domain::shop_list::{self, ShopFilter, ShopFlag, SortBy};
use crate::state::app::App;
use crate::ui::icon::icon;
use crate::ui::live::{When, live, words};
use crate::ui::parts::body::Body;
use crate::ui::parts::empty::Empty;
use crate::ui::parts::head::Heading;
use crate::ui::parts::listing::Listing;
use crate::ui::parts::paper::HandOn;
use crate::ui::parts::place::Places;
use crate::ui::parts::search_box::SearchBox;
use crate::ui::root::{LeftList, Wide};
use crate::ui::route::link;
use crate::ui::say;
use crate::ui::texts::{tr, trn, tx};
use leptos::prelude::*;
use std::sync::Arc;

/// What the rep looks for among the shops. Lives at the root.
#[derive(Clone, Copy)]
pub struct ShopView {
    pub search: RwSignal<String>,
    pub filter: RwSignal<ShopFilter>,
    pub sort: RwSignal<SortBy>,
}

impl ShopView {
    pub fn new() -> ShopView {
        ShopView { search: RwSignal::default(), filter: RwSignal::default(), sort: RwSignal::default() }
    }
}

#[component]
pub fn CustomersPage(app: App) -> impl IntoView {
    let wide = expect_context::<Wide>().0;
    expect_context::<RwSignal<LeftList>>().set(LeftList::Customers);
    let pane = expect_context::<Places>().pane("customers");
    view! {
        <div class="panes" class:panes-wide=wide>
            <div class="pane-list" node_ref=pane><CustomerList app selected=None is_page=true /></div>
            <When when=move || wide.get()>
                <section class="pane-detail pane-detail-empty" aria-label=tx!(app, customers_title)><p>{tx!(app, customers_pick)}</p></section>
            </When>
        </div>
    }
}

/// The list, as a page or as the left pane beside a shop.
#[component]
pub fn CustomerList(app: App, selected: Option<CustomerId>, is_page: bool) -> impl IntoView {
    let view = expect_context::<ShopView>();
    let found = Memo::new(move |_| {
        let search = view.search.with(|raw| app.search(raw));
        let (filter, sort, today) = (view.filter.get(), view.sort.get(), app.today.get());
        app.book.with(|book| shop_list::shops(book, today, &filter, sort, |shop| search.finds_shop(shop), |shop| app.spelt(shop)))
    });
    let all = Memo::new(move |_| app.book.with(|book| book.customers().len()));
    let active = Memo::new(move |_| app.book.with(|book| book.active_customers().count()));
    let title = Signal::derive(move || tr!(app, customers_title).to_owned());
    let heading = if is_page {
        view! { <Heading app title /> }.into_any()
    } else {
        view! { <h2 class="pane-title">{tx!(app, customers_title)}</h2> }.into_any()
    };
    // What a row says comes from the book, the day, the language and the search.
    let follows = Signal::derive(move || {
        let book = app.book.with(|book| book.last_stamp().map(|stamp| stamp.to_string()));
        let is_spelt = app.hanzi.with(|hanzi| Arc::as_ptr(hanzi) as usize);
        format!("{book:?} {} {:?} {} {is_spelt}", app.today.get(), app.language.get(), view.search.get())
    });
    let count = move || {
        let count = found.with(Vec::len);
        if count == 0 { tr!(app, customers_none).to_owned() } else { trn!(app, customers_found | customers_found_single, count = count) }
    };
    view! {
        <header class="page-head">
            {heading}
            <span class="page-head-note">{live(move || trn!(app, customers_count | customers_count_single, count = active.get()))}</span>
            <When when=move || { all.get() > 0 }><HandOn app title /></When>
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
                        <a href=link("/import") class="btn">{icon("upload")}{tx!(app, import_list)}</a>
                    </Empty>
                }
            >
                <SearchBox app text=view.search hint=Signal::derive(move || tr!(app, customers_search_hint).to_owned()) />
                <Filters app view />
                <div class="list-tools">
                    <p class="list-note" role="status">{words(count)}</p>
                    <SortSelect app sort=view.sort />
                </div>
                <Listing
                    items=found
                    row_height=450
                    label=title
                    key=row_key
                    follows
                    row=move |shop| untrack(|| shop_line(app, &shop, selected, &view.search.with(|raw| app.search(raw))))
                />
            </When>
        </Body>
    }
}

fn row_key(shop: &Arc<Customer>) -> (CustomerId, u32) {
    (shop.id, shop.envelope.rev)
}

/// The filters in one row that scrolls sideways: each a button that stays pressed.
#[component]
fn Filters(app: App, view: ShopView) -> impl IntoView {
    let areas = Memo::new(move |_| app.book.with(shop_list::areas));
    let button = move |words_of: Box<dyn Fn() -> String + Send>, on: Signal<bool>, press: Callback<()>| {
        view! {
            <button type="button" class="filter" aria-pressed=words(move || on.get().to_string()) on:click=move |_| press.run(())>
                {live(move || on.get().then(|| icon("check")))}{words_of}
            </button>
        }
        .into_any()
    };
    let flag = move |flag: ShopFlag| {
        let on = Signal::derive(move || view.filter.with(|filter| filter.flags.contains(&flag)));
        let press = Callback::new(move |()| {
            view.filter.update(|filter| {
                if !filter.flags.remove(&flag) {
                    filter.flags.insert(flag);
                }
            });
        });
        button(words(move || say::shop_flag(app, flag)), on, press)
    };
    let class = move |class: CustomerClass| {
        let on = Signal::derive(move || view.filter.with(|filter| filter.classes.contains(&class)));
        let press = Callback::new(move |()| {
            view.filter.update(|filter| {
                if !filter.classes.remove(&class) {
                    filter.classes.insert(class);
                }
            });
        });
        button(words(move || say::class(app, class)), on, press)
    };
    let archived = button(
        words(move || tr!(app, filter_archived)),
        Signal::derive(move || view.filter.with(|filter| filter.archived)),
        Callback::new(move |()| view.filter.update(|filter| filter.archived = !filter.archived)),
    );
    let area_select = move || {
        let areas = areas.get();
        (!areas.is_empty()).then(|| {
            let options = areas.into_iter().map(|area| {
                let is_chosen = view.filter.with_untracked(|filter| filter.area.as_ref() == Some(&area));
                view! { <option value=area.clone() selected=is_chosen>{area.clone()}</option> }
            });
            let options = options.collect_view();
            view! {
                <select
                    class="filter filter-select"
                    aria-label=tx!(app, field_area)
                    data-on=move || view.filter.with(|filter| filter.area.is_some()).then_some("yes")
                    on:change:target=move |event| {
                        let chosen = event.target().value();
                        view.filter.update(|filter| filter.area = (!chosen.is_empty()).then_some(chosen));
                    }
                >
                    <option value="">{tx!(app, filter_all_areas)}</option>
                    {options}
                </select>
            }
        })
    };
    view! {
        <div class="filters" role="group" aria-label=tx!(app, filters)>
            <When when=move || view.filter.with(|filter| !filter.is_open())>
                <button type="button" class="filter filter-clear" aria-label=tx!(app, filter_clear) on:click=move |_| view.filter.set(ShopFilter::default())>{icon("x")}</button>
            </When>
            {live(area_select)}
            {[ShopFlag::DueToday, ShopFlag::Overdue].map(flag).collect_view()}
            {CustomerClass::ALL.map(class).collect_view()}
            {[ShopFlag::StockOut, ShopFlag::NeverVisited, ShopFlag::Unsent].map(flag).collect_view()}
            {archived}
            <a href=link("/customers/duplicates") class="filter">{tx!(app, duplicates_title)}</a>
        </div>
    }
}

#[component]
fn SortSelect(app: App, sort: RwSignal<SortBy>) -> impl IntoView {
    let option = move |by: SortBy| {
        let at = SortBy::ALL.iter().position(|known| *known == by).unwrap_or(0);
        view! { <option value=at.to_string() selected=move || sort.get() == by>{live(move || say::sort_by(app, by))}</option> }
    };
    view! {
        <label class="sort">
            {icon("arrow-up-down")}
            <span class="visually-hidden">{tx!(app, sort_label)}</span>
            <select on:change:target=move |event| {
                let chosen = event.target().value().parse::<usize>().ok().and_then(|at| SortBy::ALL.get(at).copied());
                sort.set(chosen.unwrap_or_default());
            }>{SortBy::ALL.map(option).collect_view()}</select>
        </label>
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
