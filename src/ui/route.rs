//! Addresses as types: one place knows what a path means. The router keeps the history and the links; which page an address
//! shows is decided here, so that a page costs a variant and not another copy of the router.

use super::later::{self, Parts};
use super::pages;
use super::platform;
use super::visit;
use crate::domain::id::{CustomerId, ProductId, VisitId};
use crate::state::app::App;
use chrono::NaiveDate;
use leptos::prelude::*;

/// The address of a page's path as a link has it: relative to the base address, so that it works below any path. The router takes
/// every click on such a link; its own link component was ten kilobytes of the first load.
pub fn link(path: &str) -> String {
    format!("./{}", path.trim_start_matches('/'))
}

/// The address on screen, by which a page's place is kept.
pub fn address() -> String {
    window().location().pathname().unwrap_or_default()
}

/// Every page of the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    Today,
    Customers,
    NewCustomer,
    Customer(CustomerId),
    EditCustomer(CustomerId),
    /// What a shop usually sells.
    Range(CustomerId),
    /// Stock and rate of a shop's lines over time.
    Stock(CustomerId),
    /// One shop as a file.
    ShopFile(CustomerId),
    /// Shops that may be one.
    Duplicates,
    Products,
    NewProduct,
    EditProduct(ProductId),
    Import,
    /// The orders of one day.
    Orders(NaiveDate),
    OrdersToday,
    Visit(VisitId),
    Finished(VisitId),
    More,
    Data,
    Settings,
    About,
    /// The database is not what was kept: has no address, stands in the place of every page.
    Recovery,
    /// No page: wakes what came with a file of pages.
    Nothing,
    Unknown,
}

/// An entry of the dock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    Today,
    Customers,
    Products,
    More,
}

impl Page {
    /// The page of a path below the app's own.
    pub fn of(path: &str) -> Page {
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        match parts.as_slice() {
            [] => Page::Today,
            ["customers"] => Page::Customers,
            ["customers", "new"] => Page::NewCustomer,
            ["customers", "duplicates"] => Page::Duplicates,
            ["customers", id, "file"] => id.parse().map_or(Page::Unknown, Page::ShopFile),
            ["customers", id, "stock"] => id.parse().map_or(Page::Unknown, Page::Stock),
            ["customers", id, "range"] => id.parse().map_or(Page::Unknown, Page::Range),
            ["customers", id] => id.parse().map_or(Page::Unknown, Page::Customer),
            ["customers", id, "edit"] => id.parse().map_or(Page::Unknown, Page::EditCustomer),
            ["products"] => Page::Products,
            ["products", "new"] => Page::NewProduct,
            ["products", id] => id.parse().map_or(Page::Unknown, Page::EditProduct),
            ["import"] => Page::Import,
            ["orders"] => Page::OrdersToday,
            ["orders", day] => day.parse().map_or(Page::Unknown, Page::Orders),
            ["visit", id] => id.parse().map_or(Page::Unknown, Page::Visit),
            ["visits", id] => id.parse().map_or(Page::Unknown, Page::Finished),
            ["more"] => Page::More,
            ["settings"] => Page::Settings,
            ["data"] => Page::Data,
            ["about"] => Page::About,
            _ => Page::Unknown,
        }
    }

    /// Whether it is there to write: a tab that may not shows where to go on.
    pub fn writes(self) -> bool {
        matches!(
            self,
            Page::NewCustomer
                | Page::EditCustomer(_)
                | Page::Range(_)
                | Page::Duplicates
                | Page::NewProduct
                | Page::EditProduct(_)
                | Page::Import
                | Page::Visit(_)
                | Page::Data
                | Page::Settings
        )
    }

    /// Which entry of the dock the page belongs to.
    pub fn section(self) -> Section {
        match self {
            Page::Today | Page::Recovery | Page::Nothing | Page::Unknown => Section::Today,
            Page::Customers
            | Page::NewCustomer
            | Page::Customer(_)
            | Page::EditCustomer(_)
            | Page::Range(_)
            | Page::Stock(_)
            | Page::ShopFile(_)
            | Page::Duplicates
            | Page::Visit(_)
            | Page::Finished(_) => Section::Customers,
            Page::Products | Page::NewProduct | Page::EditProduct(_) => Section::Products,
            Page::Import | Page::Orders(_) | Page::OrdersToday | Page::More | Page::Data | Page::Settings | Page::About => Section::More,
        }
    }

    /// Draws the page, or the line before it while its file is fetched. What it needs from the address comes as plain values:
    /// another address is another page.
    pub fn draw(self, app: App) -> AnyView {
        let parts = expect_context::<Parts>();
        match self {
            Page::Today => view! { <pages::today::TodayPage app /> }.into_any(),
            Page::Unknown => pages::not_found::not_found(app).into_any(),
            Page::Customers | Page::Customer(_) | Page::Products | Page::Visit(_) | Page::Finished(_) => {
                later::show(parts.daily, self, app)
            }
            _ => later::show(parts.seldom, self, app),
        }
    }

    pub fn draw_daily(self, app: App) -> AnyView {
        app.wake(platform::worker);
        match self {
            Page::Customers => view! { <pages::customers::CustomersPage app /> }.into_any(),
            Page::Customer(id) => view! { <pages::customer::CustomerPage app id /> }.into_any(),
            Page::Products => view! { <pages::products::ProductsPage app /> }.into_any(),
            Page::Visit(id) => view! { <visit::page::VisitPage app id /> }.into_any(),
            Page::Finished(id) => view! { <visit::summary::SummaryPage app id /> }.into_any(),
            _ => ().into_any(),
        }
    }

    pub fn draw_seldom(self, app: App) -> AnyView {
        app.wake(platform::worker);
        match self {
            Page::NewCustomer => view! { <pages::customer_form::NewCustomer app /> }.into_any(),
            Page::EditCustomer(id) => view! { <pages::customer_form::EditCustomer app id /> }.into_any(),
            Page::NewProduct => view! { <pages::product_form::NewProduct app /> }.into_any(),
            Page::EditProduct(id) => view! { <pages::product_form::EditProduct app id /> }.into_any(),
            Page::Stock(id) => view! { <pages::stock::StockPage app id /> }.into_any(),
            Page::Range(id) => view! { <pages::range::RangePage app id /> }.into_any(),
            Page::Duplicates => view! { <pages::duplicates::DuplicatesPage app /> }.into_any(),
            Page::Import => view! { <pages::import::ImportPage app /> }.into_any(),
            Page::Orders(day) => view! { <pages::orders::OrdersPage app day /> }.into_any(),
            Page::OrdersToday => view! { <pages::orders::OrdersPage app day=app.today.get_untracked() /> }.into_any(),
            Page::More => view! { <pages::more::MorePage app /> }.into_any(),
            Page::Data => view! { <pages::data::DataPage app /> }.into_any(),
            Page::ShopFile(id) => view! { <pages::data::ShopFilePage app id /> }.into_any(),
            Page::Settings => view! { <pages::settings::SettingsPage app /> }.into_any(),
            Page::About => view! { <pages::about::AboutPage app /> }.into_any(),
            Page::Recovery => view! { <pages::recovery::RecoveryPage app /> }.into_any(),
            _ => ().into_any(),
        }
    }
}
