//! More: everything that is not the daily loop.

use crate::state::app::App;
use crate::ui::icon::icon;
use crate::ui::live::live;
use crate::ui::parts::head::Heading;
use crate::ui::route::link;
use crate::ui::texts::tr;
use leptos::prelude::*;

#[component]
pub fn MorePage(app: App) -> impl IntoView {
    let title = Signal::derive(move || tr!(app, more_title).to_owned());
    view! {
        <div class="column">
            <header class="page-head"><Heading app title /></header>
            <main class="page">
                <ul class="rows">
                    {entry(app, "/products", "milk", |app| tr!(app, products_title), |app| tr!(app, products_text))}
                    {entry(app, "/orders", "send", |app| tr!(app, orders_title), |app| tr!(app, orders_text))}
                    {entry(app, "/data", "archive", |app| tr!(app, data_title), |app| tr!(app, data_text))}
                    {entry(app, "/import", "upload", |app| tr!(app, import_title), |app| tr!(app, import_text))}
                    {entry(app, "/settings", "settings", |app| tr!(app, settings), |app| tr!(app, settings_text))}
                    {entry(app, "/about", "info", |app| tr!(app, about), |app| tr!(app, about_text))}
                </ul>
                <super::demo::DemoCard app />
            </main>
        </div>
    }
}

fn entry(app: App, href: &'static str, sign: &'static str, name: fn(App) -> &'static str, text: fn(App) -> &'static str) -> impl IntoView {
    view! {
        <li>
            <a href=link(href) class="row">
                <span class="row-sign">{icon(sign)}</span>
                <span class="row-words"><span class="row-name">{live(move || name(app))}</span><span class="row-why">{live(move || text(app))}</span></span>
                <span class="row-right">{icon("chevron-right")}</span>
            </a>
        </li>
    }
}
