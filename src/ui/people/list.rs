//! Everyone at a shop, who is still there first; windowed, because a market has hundreds. What the shop's own fields say of a person
//! becomes one by a tap.

use super::ways::call_button;
use super::words;
use crate::domain::customer::CustomerFields;
use crate::domain::id::{CustomerId, PersonId};
use crate::domain::person::Person;
use crate::domain::person_draft::PersonDraft;
use crate::domain::phone;
use crate::state::app::{App, Refused};
use crate::ui::icon::icon;
use crate::ui::live::{When, live};
use crate::ui::load::load;
use crate::ui::navigation::use_address;
use crate::ui::pages::not_found::not_found;
use crate::ui::parts::empty::Empty;
use crate::ui::parts::head::SubPageHead;
use crate::ui::parts::listing::Listing;
use crate::ui::parts::marked::marked;
use crate::ui::parts::search_box::SearchBox;
use crate::ui::route::link;
use crate::ui::texts::{tr, trn, tx};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// From so many people on they are looked for by typing.
const MANY: usize = 8;

#[component]
pub fn PeoplePage(app: App, id: CustomerId) -> impl IntoView {
    if app.book.with_untracked(|book| book.customer(id).is_none()) {
        return not_found(app).into_any();
    }
    let people = load(move || {
        app.day().contacts.track();
        async move { app.people(id).await.unwrap_or_default() }
    });
    let search = RwSignal::new(String::new());
    let count = Memo::new(move |_| people.with(|people| people.as_ref().map(Vec::len)));
    let found = Memo::new(move |_| {
        let typed = search.get();
        people.with(|people| people.iter().flatten().filter(|person| is_found(app, person, &typed)).cloned().collect::<Vec<_>>())
    });
    let shop = move || app.book.with(|book| book.customer(id).map(|shop| shop.fields.clone()));
    // Offered while nobody is known by that name or number.
    let offered = Memo::new(move |_| shop().and_then(|fields| from_shop(&fields, &people.get().unwrap_or_default())));
    let follows = Signal::derive(move || format!("{:?} {}", app.language.get(), search.get()));
    let title = Signal::derive(move || tr!(app, people_title).to_owned());
    let make = make_button(app, id, offered);
    view! {
        <SubPageHead app back=format!("/customers/{id}") title>
            <a href=link(&format!("/customers/{id}/people/new")) class="icon-button icon-button-blue" aria-label=tx!(app, people_add)>{icon("plus")}</a>
        </SubPageHead>
        <main class="page people">
            <When when=move || count.get() == Some(0)>
                <Empty
                    title=Signal::derive(move || tr!(app, people_empty_title).to_owned())
                    text=Signal::derive(move || tr!(app, people_empty_text).to_owned())
                >
                    <a href=link(&format!("/customers/{id}/people/new")) class="btn btn-primary">{icon("plus")}{tx!(app, people_add)}</a>
                </Empty>
            </When>
            {make}
            <When when=move || count.get().is_some_and(|count| count >= MANY)>
                <SearchBox app text=search hint=Signal::derive(move || tr!(app, people_search_hint).to_owned()) />
            </When>
            <When when=move || count.get().is_some_and(|count| count > 0)>
                <p class="list-note" role="status">{live(move || trn!(app, people_count | people_count_single, count = found.with(Vec::len)))}</p>
                <Listing
                    items=found
                    row_height=450
                    label=title
                    key=row_key
                    follows
                    row=move |person| untrack(|| line(app, id, &person, &search.get()))
                />
            </When>
        </main>
    }
    .into_any()
}

fn row_key(person: &Person) -> (PersonId, u32) {
    (person.id, person.envelope.rev)
}

/// By a part of what they are called, or of a number.
fn is_found(app: App, person: &Person, typed: &str) -> bool {
    if typed.trim().is_empty() {
        return true;
    }
    let fields = &person.fields;
    let search = app.search(typed);
    let hits = |text: &String| search.parts(text).iter().any(|(_, is_hit)| *is_hit);
    [&fields.name, &fields.salutation, &fields.title].into_iter().any(hits)
        || fields.phones.iter().any(|known| phone::is_found(known, typed))
}

fn line(app: App, shop: CustomerId, person: &Person, typed: &str) -> AnyView {
    let fields = &person.fields;
    let search = app.search(typed);
    let chip = fields.archived.then(|| view! { <span class="chip chip-plain">{icon("archive")}{tr!(app, people_archived)}</span> });
    let second = [words::beside(app, fields), fields.phones.first().cloned().unwrap_or_default(), words::known(app, fields)];
    let second = second.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    view! {
        <div class="row person-line">
            <a href=link(&format!("/people/{}", person.id)) class="row-words">
                <span class="row-name-line"><span class="row-name">{marked(&search, &words::called(person))}</span>{chip}</span>
                <span class="row-why">{second}</span>
            </a>
            {call_button(app, shop, person)}
        </div>
    }
    .into_any()
}

/// The person that a shop's own fields speak of, unless somebody like that is known.
pub fn from_shop(fields: &CustomerFields, known: &[Person]) -> Option<PersonDraft> {
    let name = [&fields.contact, &fields.salutation].into_iter().find(|text| !text.is_empty())?.clone();
    let is_them = |person: &Person| {
        let theirs = &person.fields;
        theirs.name == name || theirs.salutation == name || theirs.phones.contains(&fields.phone)
    };
    let is_known = known.iter().any(is_them);
    let phones = if fields.phone.is_empty() { Vec::new() } else { vec![fields.phone.clone()] };
    let draft = PersonDraft { name, salutation: fields.salutation.clone(), phones, ..PersonDraft::default() };
    (!is_known).then_some(draft)
}

fn make_button(app: App, id: CustomerId, offered: Memo<Option<PersonDraft>>) -> AnyView {
    let address = use_address();
    let busy = RwSignal::new(false);
    let make = move |draft: PersonDraft| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            // What cannot be kept as it is comes into the form; a refused write is said by the banner.
            if let Err(Refused::Problems(_)) = app.save_person(id, None, &draft).await {
                address.go(&format!("/customers/{id}/people/new?of=shop"));
            }
            busy.try_set(false);
        });
    };
    live(move || {
        offered.get().map(|draft| {
            let name = draft.name.clone();
            view! {
                <section class="card notice">
                    <p>{tx!(app, people_of_shop_text)}</p>
                    <button type="button" class="btn" disabled=busy on:click=move |_| make(draft.clone())>
                        {icon("user")}{live(move || tr!(app, people_of_shop, name = name.clone()))}
                    </button>
                </section>
            }
        })
    })
    .into_any()
}
