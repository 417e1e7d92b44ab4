//! Addresses as types: one place knows what a path means. The router keeps the history and the links; which page an address
//! shows is decided here, so that a page costs a variant and not another copy of the router.

use super::follow;
use super::later::{self, Parts};
use super::pages;
use super::people;
use super::platform;
use super::visit;
use crate::domain::help::Topic;
use crate::domain::id::{CustomerId, PersonId, ProductId, PromiseId, TemplateId, TouchId, VisitId};
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
    Tomorrow,
    Week,
    /// Whom to call before a shelf is empty.
    RunOuts,
    /// The order of the day's shops.
    Stops,
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
    /// Every contact with a shop.
    Contacts(CustomerId),
    /// A contact to note, or one to put right.
    Contact(CustomerId, Option<TouchId>),
    /// A promise to make, or one to change.
    Promise(CustomerId, Option<PromiseId>),
    /// Every promise.
    Promises,
    /// Shops that may be one.
    Duplicates,
    /// Everyone at a shop.
    People(CustomerId),
    NewPerson(CustomerId),
    Person(PersonId),
    EditPerson(PersonId),
    /// How a shop is followed up.
    Profile(CustomerId),
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
    /// How shops are followed up.
    Follow,
    /// The message desk.
    Desk,
    Templates,
    NewTemplate,
    EditTemplate(TemplateId),
    ImportTemplates,
    Help,
    HelpOn(Topic),
    About,
    /// The database is not what was kept: has no address, stands in the place of every page.
    Recovery,
    /// Today's list of all clocks: has no address, stands in Today's page once it is known.
    DayList,
    /// A shop beside Today's list: has no address.
    Beside(CustomerId),
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
            ["today", "tomorrow"] => Page::Tomorrow,
            ["today", "week"] => Page::Week,
            ["today", "run-out"] => Page::RunOuts,
            ["today", "route"] => Page::Stops,
            ["customers"] => Page::Customers,
            ["customers", "new"] => Page::NewCustomer,
            ["customers", "duplicates"] => Page::Duplicates,
            ["customers", id, "file"] => id.parse().map_or(Page::Unknown, Page::ShopFile),
            ["customers", id, "stock"] => id.parse().map_or(Page::Unknown, Page::Stock),
            ["customers", id, "range"] => id.parse().map_or(Page::Unknown, Page::Range),
            ["customers", id, "people"] => id.parse().map_or(Page::Unknown, Page::People),
            ["customers", id, "people", "new"] => id.parse().map_or(Page::Unknown, Page::NewPerson),
            ["customers", id, "profile"] => id.parse().map_or(Page::Unknown, Page::Profile),
            ["people", id] => id.parse().map_or(Page::Unknown, Page::Person),
            ["people", id, "edit"] => id.parse().map_or(Page::Unknown, Page::EditPerson),
            ["customers", id, "contacts"] => id.parse().map_or(Page::Unknown, Page::Contacts),
            ["customers", id, "contact"] => id.parse().map_or(Page::Unknown, |id| Page::Contact(id, None)),
            ["customers", id, "contacts", touch] => both(id, touch).map_or(Page::Unknown, |(id, touch)| Page::Contact(id, Some(touch))),
            ["customers", id, "promise"] => id.parse().map_or(Page::Unknown, |id| Page::Promise(id, None)),
            ["customers", id, "promises", promise] => {
                both(id, promise).map_or(Page::Unknown, |(id, promise)| Page::Promise(id, Some(promise)))
            }
            ["promises"] => Page::Promises,
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
            ["settings", "follow"] => Page::Follow,
            ["desk"] => Page::Desk,
            ["desk", "templates"] => Page::Templates,
            ["desk", "templates", "new"] => Page::NewTemplate,
            ["desk", "templates", "import"] => Page::ImportTemplates,
            ["desk", "templates", id] => id.parse().map_or(Page::Unknown, Page::EditTemplate),
            ["help"] => Page::Help,
            ["help", topic] => Topic::of(topic).map_or(Page::Unknown, Page::HelpOn),
            ["data"] => Page::Data,
            ["about"] => Page::About,
            _ => Page::Unknown,
        }
    }

    /// Whether it is there to write: a tab that may not shows where to go on.
    pub fn writes(self) -> bool {
        matches!(
            self,
            Page::Stops
                | Page::NewCustomer
                | Page::EditCustomer(_)
                | Page::Range(_)
                | Page::Contact(..)
                | Page::Promise(..)
                | Page::Duplicates
                | Page::NewPerson(_)
                | Page::EditPerson(_)
                | Page::Profile(_)
                | Page::NewProduct
                | Page::EditProduct(_)
                | Page::Import
                | Page::Visit(_)
                | Page::Data
                | Page::Settings
                | Page::Follow
                | Page::Desk
                | Page::NewTemplate
                | Page::EditTemplate(_)
                | Page::ImportTemplates
        )
    }

    /// Which entry of the dock the page belongs to.
    pub fn section(self) -> Section {
        match self {
            Page::Today
            | Page::Promises
            | Page::Tomorrow
            | Page::Week
            | Page::RunOuts
            | Page::Stops
            | Page::DayList
            | Page::Beside(_)
            | Page::Recovery
            | Page::Nothing
            | Page::Unknown => Section::Today,
            Page::Customers
            | Page::NewCustomer
            | Page::Customer(_)
            | Page::EditCustomer(_)
            | Page::Range(_)
            | Page::Stock(_)
            | Page::ShopFile(_)
            | Page::Contacts(_)
            | Page::Contact(..)
            | Page::Promise(..)
            | Page::Duplicates
            | Page::People(_)
            | Page::NewPerson(_)
            | Page::Person(_)
            | Page::EditPerson(_)
            | Page::Profile(_)
            | Page::Visit(_)
            | Page::Finished(_) => Section::Customers,
            Page::Products | Page::NewProduct | Page::EditProduct(_) => Section::Products,
            Page::Import | Page::Orders(_) | Page::OrdersToday | Page::More | Page::Data | Page::Settings | Page::About => Section::More,
            Page::Follow | Page::Desk | Page::Templates | Page::NewTemplate | Page::EditTemplate(_) | Page::ImportTemplates => {
                Section::More
            }
            Page::Help | Page::HelpOn(_) => Section::More,
        }
    }

    /// Draws the page, or the line before it while its file is fetched. What it needs from the address comes as plain values:
    /// another address is another page.
    pub fn draw(self, app: App) -> AnyView {
        let parts = expect_context::<Parts>();
        match self {
            Page::Today => view! { <pages::today::TodayPage app /> }.into_any(),
            Page::Unknown => pages::not_found::not_found(app).into_any(),
            Page::Tomorrow
            | Page::Week
            | Page::RunOuts
            | Page::Stops
            | Page::Customers
            | Page::Customer(_)
            | Page::People(_)
            | Page::Person(_)
            | Page::Contacts(_)
            | Page::Contact(..)
            | Page::Promise(..)
            | Page::Promises
            | Page::Products
            | Page::Visit(_)
            | Page::Finished(_) => later::show(parts.daily, self, app),
            _ => later::show(parts.seldom, self, app),
        }
    }

    pub fn draw_daily(self, app: App) -> AnyView {
        app.wake(platform::worker);
        follow::reminder::watch(app);
        match self {
            Page::DayList => view! { <pages::agenda::DayList app /> }.into_any(),
            Page::Beside(id) => view! { <pages::customer::CustomerDetail app id is_page=false /> }.into_any(),
            Page::Tomorrow => view! { <pages::week::TomorrowPage app /> }.into_any(),
            Page::Week => view! { <pages::week::WeekPage app /> }.into_any(),
            Page::RunOuts => view! { <pages::run_outs::RunOutsPage app /> }.into_any(),
            Page::Stops => view! { <pages::stops::StopsPage app /> }.into_any(),
            Page::Customers => view! { <pages::customers::CustomersPage app /> }.into_any(),
            Page::Customer(id) => view! { <pages::customer::CustomerPage app id /> }.into_any(),
            Page::People(id) => view! { <people::list::PeoplePage app id /> }.into_any(),
            Page::Person(id) => view! { <people::person::PersonPage app id /> }.into_any(),
            Page::Contacts(shop) => view! { <follow::contacts_page::ContactsPage app shop /> }.into_any(),
            Page::Contact(shop, old) => view! { <follow::touch_form::TouchPage app shop old /> }.into_any(),
            Page::Promise(shop, old) => view! { <follow::promise_form::PromisePage app shop old /> }.into_any(),
            Page::Promises => view! { <follow::promises_page::PromisesPage app /> }.into_any(),
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
            Page::NewPerson(shop) => view! { <people::form::NewPerson app shop /> }.into_any(),
            Page::EditPerson(id) => view! { <people::form::EditPerson app id /> }.into_any(),
            Page::Profile(id) => view! { <people::profile::ProfilePage app id /> }.into_any(),
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
            Page::Follow => view! { <pages::follow::FollowPage app /> }.into_any(),
            Page::Desk => view! { <pages::desk::DeskPage app /> }.into_any(),
            Page::Templates => view! { <pages::desk::templates::TemplatesPage app /> }.into_any(),
            Page::NewTemplate => view! { <pages::desk::template_form::NewTemplate app /> }.into_any(),
            Page::EditTemplate(id) => view! { <pages::desk::template_form::EditTemplate app id /> }.into_any(),
            Page::ImportTemplates => view! { <pages::desk::template_import::ImportTemplates app /> }.into_any(),
            Page::Help => view! { <pages::help::HelpPage app /> }.into_any(),
            Page::HelpOn(topic) => view! { <pages::help::TopicPage app topic /> }.into_any(),
            Page::About => view! { <pages::about::AboutPage app /> }.into_any(),
            Page::Recovery => view! { <pages::recovery::RecoveryPage app /> }.into_any(),
            _ => ().into_any(),
        }
    }
}

/// Two ids of an address.
fn both<A: std::str::FromStr, B: std::str::FromStr>(first: &str, second: &str) -> Option<(A, B)> {
    Some((first.parse().ok()?, second.parse().ok()?))
}
