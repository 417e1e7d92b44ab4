//! One person: how to reach them, what is known and what to ask next. A person who was forgotten is said to be that and nothing else.

use super::acts::{Acts, remains_sheet};
use super::ways::ways;
use super::words;
use crate::domain::id::PersonId;
use crate::domain::person::{Person, completeness};
use crate::state::app::App;
use crate::state::forgetting::Remains;
use crate::ui::icon::icon;
use crate::ui::live::live;
use crate::ui::load::load;
use crate::ui::navigation::use_address;
use crate::ui::pages::not_found::not_found;
use crate::ui::parts::head::SubPageHead;
use crate::ui::route::link;
use crate::ui::say;
use crate::ui::texts::{tr, tx};
use leptos::prelude::*;

#[component]
pub fn PersonPage(app: App, id: PersonId) -> impl IntoView {
    let person = load(move || {
        app.day().contacts.track();
        async move { app.whole_person(id).await.ok().flatten() }
    });
    let remains = RwSignal::new(None);
    let address = use_address();
    // Whose list it is: found out while the person is still there.
    let home = Memo::new(move |_| person.with(|person| person.as_ref()?.as_ref().map(|person| untrack(|| app.shop_of_person(person)))));
    let close = Callback::new(move |()| {
        remains.set(None);
        if let Some(home) = home.get_untracked() {
            address.replace(&format!("/customers/{home}/people"));
        }
    });
    view! {
        {live(move || match person.get() {
            None => ().into_any(),
            Some(None) => not_found(app).into_any(),
            Some(Some(person)) => match person.forgotten_on {
                Some(on) => forgotten(app, &person, on),
                None => untrack(|| page(app, person, remains)),
            },
        })}
        {live(move || remains.get().map(|left| remains_sheet(app, left, close)))}
    }
}

fn forgotten(app: App, person: &Person, on: chrono::NaiveDate) -> AnyView {
    let shop = untrack(|| app.shop_of_person(person));
    view! {
        <SubPageHead app back=format!("/customers/{shop}/people") title=Signal::derive(move || tr!(app, people_forgotten).to_owned()) />
        <main class="page"><p class="list-note">{live(move || tr!(app, people_forgotten_on, date = say::date(app, on)))}</p></main>
    }
    .into_any()
}

fn page(app: App, person: Person, remains: RwSignal<Option<Remains>>) -> AnyView {
    let shop = app.shop_of_person(&person);
    let (id, fields) = (person.id, person.fields.clone());
    let title = Signal::stored(words::called(&person));
    let shop_name = app.book.with_untracked(|book| book.customer(shop).map(|shop| shop.fields.name.clone())).unwrap_or_default();
    let known = {
        let fields = fields.clone();
        live(move || words::known(app, &fields))
    };
    let found = completeness(&fields);
    let edit = link(&format!("/people/{id}/edit"));
    let fill = edit.clone();
    view! {
        <SubPageHead app back=format!("/customers/{shop}/people") title>
            <a href=edit class="btn btn-quiet">{icon("pencil")}{tx!(app, edit)}</a>
        </SubPageHead>
        <main class="page person">
            <p class="person-who">
                {let fields = fields.clone(); live(move || words::beside(app, &fields))}
                <a href=link(&format!("/customers/{shop}")) class="person-shop">{icon("store")}{shop_name}</a>
            </p>
            {fields.archived.then(|| view! { <p class="pinned">{icon("archive")}<span>{tx!(app, people_archived_text)}</span></p> })}
            {(!fields.note.is_empty()).then(|| view! { <p class="pinned">{icon("pin")}<span>{fields.note.clone()}</span></p> })}
            {ways(app, shop, &person)}
            <p class="person-known">
                <progress max=found.of.to_string() value=found.known.to_string() aria-hidden="true"></progress>
                <span>{known}</span>
            </p>
            {(found.next.is_some()).then(|| view! { <a href=fill class="btn">{icon("clipboard-pen")}{tx!(app, people_fill)}</a> })}
            {facts(app, &person)}
            <Acts app person remains />
        </main>
    }
    .into_any()
}

/// What is known besides the ways to reach them.
fn facts(app: App, person: &Person) -> AnyView {
    let fields = &person.fields;
    let line =
        |label: fn(App) -> &'static str, said: AnyView| view! { <div><dt>{live(move || label(app))}</dt><dd>{said}</dd></div> }.into_any();
    let mut lines = Vec::new();
    if !fields.roles.is_empty() {
        let roles = fields.roles.clone();
        let said = move || roles.iter().map(|role| words::role(app, *role)).collect::<Vec<_>>().join(" · ");
        lines.push(line(|app| tr!(app, people_roles), live(said).into_any()));
    }
    if let Some(preferred) = fields.preferred {
        lines.push(line(|app| tr!(app, people_preferred), live(move || words::preferred(app, Some(preferred))).into_any()));
    }
    for day in fields.days.clone() {
        lines.push(line(|app| tr!(app, people_days), live(move || words::special_day(app, &day)).into_any()));
    }
    if !fields.interests.is_empty() {
        lines.push(line(|app| tr!(app, people_interests), fields.interests.clone().into_any()));
    }
    let told = fields.facts.iter().rev().map(|fact| {
        let (on, source) = (fact.on, fact.source.clone());
        let from = move || if source.is_empty() { say::date(app, on) } else { format!("{source} · {}", say::date(app, on)) };
        view! { <li class="fact">{fact.text.clone()}<small>{live(from)}</small></li> }
    });
    let told: Vec<_> = told.collect();
    view! {
        {(!lines.is_empty()).then(|| view! { <dl class="person-facts">{lines}</dl> })}
        {(!told.is_empty()).then(|| view! {
            <section class="group">
                <h2 class="group-title">{tx!(app, people_facts)}</h2>
                <ul class="told">{told}</ul>
            </section>
        })}
    }
    .into_any()
}
