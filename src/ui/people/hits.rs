//! Shops found by the number of somebody there: the number on the phone's screen says who is calling.

use super::words;
use crate::state::app::App;
use crate::ui::icon::icon;
use crate::ui::route::link;
use leptos::prelude::*;

/// Found numbers shown at a time.
const SHOWN: usize = 8;

/// The hits above the list of shops; nothing where what was typed is no number.
pub fn phone_hits(app: App, typed: &str) -> Option<AnyView> {
    let found = app.shops_by_phone(typed);
    let rows = found.into_iter().take(SHOWN).filter_map(|(shop, person)| {
        let name = app.book.with(|book| book.customer(shop).map(|shop| shop.fields.name.clone()))?;
        let person = app.person(person)?;
        let phones = &person.fields.phones;
        let phone = phones.iter().find(|known| crate::domain::phone::is_found(known, typed)).cloned().unwrap_or_default();
        let who = format!("{} · {phone}", words::called(&person));
        Some(view! {
            <li><a href=link(&format!("/customers/{shop}")) class="row">
                <span class="row-sign">{icon("phone")}</span>
                <span class="row-words"><span class="row-name">{who}</span><span class="row-why">{name}</span></span>
            </a></li>
        })
    });
    let rows: Vec<_> = rows.collect();
    (!rows.is_empty()).then(|| view! { <ul class="rows phone-hits">{rows}</ul> }.into_any())
}
