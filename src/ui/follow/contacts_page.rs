//! Every contact with a shop: first what is open and belongs together, then all of them, newest first.

use super::contact_tiles::ContactTiles;
use super::episodes::{EpisodeSheets, Matters, episode_card};
use super::log::touch_row;
use super::offer_bar::{Of, OfferBar};
use super::time_field::said;
use crate::domain::dossier::{Contact, Dossier};
use crate::domain::id::CustomerId;
use crate::domain::touch::Touch;
use crate::state::app::App;
use crate::ui::icon::icon;
use crate::ui::live::{live, words as text_of};
use crate::ui::load::load;
use crate::ui::pages::not_found::not_found;
use crate::ui::parts::empty::Empty;
use crate::ui::parts::head::SubPageHead;
use crate::ui::route::link;
use crate::ui::say;
use crate::ui::texts::{tr, trn, tx};
use leptos::prelude::*;

/// Contacts drawn before "earlier".
const FIRST: usize = 30;

#[component]
pub fn ContactsPage(app: App, shop: CustomerId) -> impl IntoView {
    if app.book.with_untracked(|book| book.customer(shop).is_none()) {
        return not_found(app).into_any();
    }
    let day = app.day();
    let dossier = load(move || {
        let _ = day.contacts.get();
        async move { app.dossier(shop).await.ok().flatten() }
    });
    let shown = RwSignal::new(FIRST);
    let matters = Matters::new();
    let all = move || {
        dossier.with(|dossier| dossier.as_ref().and_then(Option::as_ref).map(|dossier| untrack(|| log(app, dossier, shown, matters))))
    };
    view! {
        <div class="column">
            <SubPageHead app back=format!("/customers/{shop}") title=said(app, |app| tr!(app, touch_all)) />
            <main class="page">
                <OfferBar app of=Of::Shop(shop) />
                <ContactTiles app shop />
                <button type="button" class="btn" on:click=move |_| matters.begin()>{icon("plus")}{tx!(app, episode_new)}</button>
                {live(all)}
            </main>
        </div>
        <EpisodeSheets app shop matters />
    }
    .into_any()
}

fn log(app: App, dossier: &Dossier, shown: RwSignal<usize>, matters: Matters) -> AnyView {
    let touches: Vec<Touch> = dossier
        .contacts
        .iter()
        .filter_map(|contact| match contact {
            Contact::Touch(touch) => Some(touch.as_ref().clone()),
            Contact::Visit { .. } => None,
        })
        .collect();
    let episodes: Vec<_> = dossier.episodes.iter().map(|episode| episode_card(app, episode, &touches, matters)).collect();
    let contacts = StoredValue::new(dossier.contacts.clone());
    let rows = move || {
        let count = shown.get();
        contacts.with_value(|contacts| {
            let earlier = contacts.len().saturating_sub(count);
            let drawn = untrack(|| contacts.iter().take(count).map(|contact| contact_row(app, contact)).collect_view());
            view! {
                <ol class="timeline">{drawn}</ol>
                {(earlier > 0).then(|| view! {
                    <button type="button" class="btn btn-link" on:click=move |_| shown.update(|shown| *shown += FIRST)>{live(move || trn!(app, timeline_more | timeline_more_single, count = earlier))}</button>
                })}
            }
        })
    };
    if dossier.contacts.is_empty() && episodes.is_empty() {
        return view! { <Empty title=said(app, |app| tr!(app, touch_empty_title)) text=said(app, |app| tr!(app, touch_empty_text)) /> }
            .into_any();
    }
    view! {
        {(!episodes.is_empty()).then(|| view! { <section class="group"><h2 class="group-title">{tx!(app, episode_title_all)}</h2>{episodes}</section> })}
        <section class="group"><h2 class="group-title">{tx!(app, touch_section)}</h2>{live(rows)}</section>
    }
    .into_any()
}

fn contact_row(app: App, contact: &Contact) -> AnyView {
    match contact {
        Contact::Touch(touch) => touch_row(app, touch),
        Contact::Visit { id, at, .. } => {
            let at = *at;
            view! {
                <li>
                    <a href=link(&format!("/visits/{id}")) class="timeline-row">
                        <span class="timeline-sign">{icon("clipboard-check")}</span>
                        <span class="row-words"><span class="row-name">{tx!(app, touch_visit)}</span></span>
                        <span class="timeline-date">{text_of(move || format!("{} {}", say::day(app, at.date()), say::time(at)))}</span>
                    </a>
                </li>
            }
            .into_any()
        }
    }
}
