//! The frame of every page: routes, dock or rail, banners, language and looks of the document.

use super::icon::icon;
use super::later::Parts;
use super::navigation::{Address, use_address};
use super::pages::customers::ShopView;
use super::pages::import::Import;
use super::pages::products::ProductView;
use super::parts::head::FirstPage;
use super::parts::paper::{PrintFoot, Whole};
use super::parts::place::Places;
use super::platform::{self, Warning};
use super::route::{Page, Section, link};
use super::texts::{tr, trn, tx};
use crate::state::app::App;
use crate::state::app::StoreError;
use crate::state::errands::Errands;
use crate::state::role::Role;
use crate::state::watch::{Verdict, Way};
use crate::ui::live::{When, live, words};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Whether there is room for list and detail side by side.
#[derive(Clone, Copy)]
pub struct Wide(pub RwSignal<bool>);

/// Which list stands at the left of a shop's page where there is room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftList {
    Today,
    Customers,
}

/// The whole app.
pub fn root(app: App, parts: Parts) -> impl IntoView {
    provide_context(parts);
    provide_context(Wide(platform::is_wide()));
    provide_context(FirstPage(StoredValue::new(true)));
    provide_context(RwSignal::new(LeftList::Today));
    provide_context(Address::watch());
    provide_context(Places::watch());
    provide_context(Whole::watch());
    provide_context(ShopView::new());
    provide_context(ProductView::new());
    provide_context(Import::new(Errands::new(app, platform::worker)));
    parts.fetch_ahead(app);
    fetch_hanzi(app);
    dress_document(app);
    follow_time(app);
    view! {
        <Frame app />
    }
}

#[component]
fn Frame(app: App) -> impl IntoView {
    let address = use_address();
    let page = Memo::new(move |_| address.page());
    let is_lost = Memo::new(move |_| app.lost.get().is_some());
    let is_reader = Memo::new(move |_| app.role.get() == Role::Reader);
    let in_visit = Memo::new(move |_| matches!(page.get(), Page::Visit(_)) && !is_reader.get());
    // No dock: the page has the window to itself.
    let is_alone = Memo::new(move |_| in_visit.get() || is_lost.get());
    let draw = move || {
        app.hands.track();
        if is_lost.get() {
            Page::Recovery.draw(app)
        } else if is_reader.get() && page.get().writes() && !is_over(app, page.get()) {
            elsewhere(app)
        } else {
            page.get().draw(app)
        }
    };
    view! {
        <div class="frame" class:frame-visit=is_alone>
            <a class="skip" href="#content" on:click=move |event| {
                // The base address would turn a bare fragment into another page.
                event.prevent_default();
                focus_content();
            }>{tx!(app, skip_to_content)}</a>
            <When when=move || !is_alone.get()>
                <Dock app page />
            </When>
            <div id="content" class="content" tabindex="-1">
                <Banners app in_visit />
                {live(draw)}
                <PrintFoot app />
            </div>
        </div>
    }
}

/// The spelling table, after the first screen is drawn: search by initials waits for it, nothing else does.
fn fetch_hanzi(app: App) {
    set_timeout(
        move || {
            spawn_local(async move {
                if let Some(bytes) = platform::shipped_bytes("hanzi.bin").await {
                    app.learn_hanzi(&bytes);
                }
            });
        },
        std::time::Duration::from_millis(300),
    );
}

fn focus_content() {
    use wasm_bindgen::JsCast;
    let content = document().get_element_by_id("content").and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(content) = content {
        // It has a tabindex; failing to focus leaves the focus on the link.
        let _ = content.focus();
    }
}

#[component]
fn Dock(app: App, page: Memo<Page>) -> impl IntoView {
    let entry = move |path: &'static str, section: Section, sign: &'static str, name: fn(App) -> &'static str| {
        let current = words(move || if page.get().section() == section { "page" } else { "false" });
        view! { <a href=link(path) aria-current=current>{icon(sign)}<span>{words(move || name(app))}</span></a> }
    };
    view! {
        <nav class="dock-bar" aria-label=tx!(app, nav_label)>
            {entry("/", Section::Today, "sun", |app| tr!(app, nav_today))}
            {entry("/customers", Section::Customers, "store", |app| tr!(app, nav_customers))}
            {entry("/products", Section::Products, "milk", |app| tr!(app, nav_products))}
            {entry("/more", Section::More, "menu", |app| tr!(app, nav_more))}
        </nav>
    }
}

/// What the rep must know now, above every page.
#[component]
fn Banners(app: App, in_visit: Memo<bool>) -> impl IntoView {
    let update_waits = RwSignal::new(platform::update_waits());
    let listener = window_event_listener_untyped("shelfwise-update", move |_| update_waits.set(true));
    on_cleanup(move || listener.remove());
    let surroundings = match platform::warning() {
        Some(Warning::Install) => Some(banner("smartphone", tx_pair(app, Warned::Install), ().into_any())),
        Some(Warning::OpenInBrowser) => Some(banner("external-link", tx_pair(app, Warned::OpenInBrowser), ().into_any())),
        None => None,
    };
    let trouble = move || {
        app.trouble.get().map(|trouble| {
            let (warned, retry) = match trouble {
                StoreError::Full => (Warned::Full, true),
                StoreError::Newer => (Warned::Newer, false),
                StoreError::Closed => (Warned::Closed, false),
                StoreError::AlreadyThere | StoreError::Reader | StoreError::Lost(_) | StoreError::Broken(_) => (Warned::Broken, true),
            };
            let button = if retry {
                view! { <button type="button" class="btn btn-primary" on:click=move |_| app.retry()>{tx!(app, trouble_retry)}</button> }
                    .into_any()
            } else {
                view! { <button type="button" class="btn btn-primary" on:click=move |_| reload()>{tx!(app, trouble_reload)}</button> }
                    .into_any()
            };
            // What can be read can be taken along, whatever cannot be written.
            let raw =
                view! { <button type="button" class="btn" on:click=|_| platform::export_raw()>{tx!(app, settings_raw_export)}</button> };
            banner("circle-alert", tx_pair(app, warned), view! { {button} {raw} }.into_any())
        })
    };
    let reader = move || {
        (app.role.get() == Role::Reader).then(|| {
            let button = view! {
                <button type="button" id="take-over" class="btn btn-primary" on:click=move |_| app.ask_for_writing()>{tx!(app, reader_take_over)}</button>
            };
            view! { <div class="reader-banner">{banner("info", tx_pair(app, Warned::Reader), button.into_any())}</div> }
        })
    };
    let set_aside = move || {
        // What a newer version wrote is spoken of above: the app has to be updated.
        let count = app.set_aside.get().malformed;
        (count > 0).then(|| {
            let title = Signal::derive(move || trn!(app, set_aside_title | set_aside_title_single, count = count));
            let text = Signal::derive(move || tr!(app, set_aside_text).to_owned());
            let button =
                view! { <button type="button" class="btn" on:click=|_| platform::export_raw()>{tx!(app, settings_raw_export)}</button> };
            banner("circle-alert", (title, text), button.into_any())
        })
    };
    let update = move || {
        update_waits.get().then(|| {
            let busy = move || app.open_visits.with(|visits| !visits.is_empty());
            let title = Signal::derive(move || tr!(app, update_title).to_owned());
            let text = Signal::derive(move || if busy() { tr!(app, update_after_visit) } else { tr!(app, update_text) }.to_owned());
            let button = view! {
                <When when=move || !busy()>
                    <button type="button" class="btn" on:click=|_| platform::apply_update()>{tx!(app, update_now)}</button>
                </When>
            };
            banner("refresh-cw", (title, text), button.into_any())
        })
    };
    view! {
        <div class="banners" aria-live="polite">
            {live(trouble)}
            {live(reader)}
            {live(move || clock_words(app))}
            {live(set_aside)}
            <When when=move || !in_visit.get()>{live(update)}</When>
            {surroundings}
        </div>
    }
}

#[derive(Clone, Copy)]
enum Warned {
    Install,
    OpenInBrowser,
    Full,
    Newer,
    Closed,
    Broken,
    Reader,
}

/// What is to be said of the phone's clock.
fn clock_words(app: App) -> Option<AnyView> {
    let (by, words): (u64, fn(App, String) -> String) = match app.clock_verdict.get() {
        Verdict::Fine => return None,
        Verdict::Behind { by } => (by, |app, by| tr!(app, clock_behind, by = by)),
        Verdict::FarAhead { by } => (by, |app, by| tr!(app, clock_far, by = by)),
        Verdict::Jumped { by, way: Way::Forward } => (by, |app, by| tr!(app, clock_forward, by = by)),
        Verdict::Jumped { by, way: Way::Back } => (by, |app, by| tr!(app, clock_back, by = by)),
    };
    let minutes = by / 60_000;
    let span = move || {
        let (days, hours) = (minutes / 1440, minutes / 60);
        match (days, hours) {
            (0, 0) => trn!(app, span_minutes | span_minutes_single, count = minutes),
            (0, _) => trn!(app, span_hours | span_hours_single, count = hours),
            _ => trn!(app, span_days | span_days_single, count = days),
        }
    };
    let title = Signal::derive(move || tr!(app, clock_title).to_owned());
    let text = Signal::derive(move || words(app, span()));
    let button = view! { <button type="button" id="clock-is-right" class="btn" on:click=move |_| app.clock_is_right()>{tx!(app, clock_right)}</button> };
    Some(view! { <div class="clock-banner">{banner("clock", (title, text), button.into_any())}</div> }.into_any())
}

/// A visit that is not in hand any more: its page leads on to what became of it.
fn is_over(app: App, page: Page) -> bool {
    matches!(page, Page::Visit(id) if app.open_visits.with(|visits| !visits.contains_key(&id)))
}

/// In a tab that may only read, in the place of a page that writes.
fn elsewhere(app: App) -> AnyView {
    view! {
        <main class="page empty elsewhere">
            <h1>{tx!(app, elsewhere_title)}</h1>
            <p>{tx!(app, elsewhere_text)}</p>
            <a href=link("/") class="btn">{tx!(app, nav_today)}</a>
        </main>
    }
    .into_any()
}

fn tx_pair(app: App, warned: Warned) -> (Signal<String>, Signal<String>) {
    let title = move || match warned {
        Warned::Install => tr!(app, ios_title),
        Warned::OpenInBrowser => tr!(app, wechat_title),
        Warned::Full => tr!(app, trouble_full_title),
        Warned::Newer => tr!(app, trouble_newer_title),
        Warned::Closed => tr!(app, trouble_closed_title),
        Warned::Broken => tr!(app, trouble_broken_title),
        Warned::Reader => tr!(app, reader_title),
    };
    let text = move || match warned {
        Warned::Install => tr!(app, ios_text),
        Warned::OpenInBrowser => tr!(app, wechat_text),
        Warned::Full => tr!(app, trouble_full_text),
        Warned::Newer => tr!(app, trouble_newer_text),
        Warned::Closed => tr!(app, trouble_closed_text),
        Warned::Broken => tr!(app, trouble_broken_text),
        Warned::Reader => tr!(app, reader_text),
    };
    (Signal::derive(move || title().to_owned()), Signal::derive(move || text().to_owned()))
}

fn banner(sign: &'static str, (title, text): (Signal<String>, Signal<String>), button: AnyView) -> AnyView {
    view! {
        <section class="banner" role="status">
            {icon(sign)}
            <div>
                <strong>{live(move || title.get())}</strong>
                <p>{live(move || text.get())}</p>
                {button}
            </div>
        </section>
    }
    .into_any()
}

fn reload() {
    // Reloading cannot fail in a page that runs.
    let _ = window().location().reload();
}

/// Language, direction of looks, on the document itself.
fn dress_document(app: App) {
    Effect::new(move |_| {
        if let Some(root) = document().document_element() {
            // Attributes of the root element can always be set.
            let _ = root.set_attribute("lang", app.language.get().tag());
        }
    });
    Effect::new(move |_| {
        if let Some(root) = document().document_element() {
            let _ = match app.appearance.get().word() {
                Some("dark") => root.set_attribute("data-theme", "shelfwise-dark"),
                Some(_) => root.set_attribute("data-theme", "shelfwise"),
                None => root.remove_attribute("data-theme"),
            };
        }
    });
}

/// A new day, and the moment before the page may vanish.
fn follow_time(app: App) {
    let listener = window_event_listener_untyped("shelfwise-show", move |_| app.refresh_today());
    on_cleanup(move || listener.remove());
    if let Ok(minute) = set_interval_with_handle(move || app.refresh_today(), std::time::Duration::from_secs(60)) {
        on_cleanup(move || minute.clear());
    }
}
