//! Adding and changing a person. The name alone is enough; how to address and reach them comes first, what only a friend knows is
//! folded away.

use super::day_rows::{blank as blank_day, day_rows};
use super::list::from_shop;
use super::rows::Rows;
use super::words;
use crate::domain::channel::Channel;
use crate::domain::id::{CustomerId, PersonId};
use crate::domain::person::{BuyingRole, Decides, FACTS_MAX, HANDLES_MAX, HandleKind, PHONES_MAX, Person};
use crate::domain::person_draft::{FactDraft, HandleDraft, PersonDraft, PersonField, PersonProblem};
use crate::domain::special_day::{DAYS_MAX, DayKind};
use crate::state::app::App;
use crate::state::people::draft_key;
use crate::ui::icon::icon;
use crate::ui::live::live;
use crate::ui::load::load;
use crate::ui::navigation::use_address;
use crate::ui::pages::not_found::not_found;
use crate::ui::parts::field::{Keyboard, TextField};
use crate::ui::parts::form::{Form, Look, choice};
use crate::ui::parts::head::SubPageHead;
use crate::ui::parts::pick::{day_field, pick, tick};
use crate::ui::texts::{tr, tx};
use leptos::prelude::*;

type Typed = Form<PersonDraft, PersonField, PersonProblem>;

#[component]
pub fn NewPerson(app: App, shop: CustomerId) -> impl IntoView {
    let Some(fields) = app.book.with_untracked(|book| book.customer(shop).map(|shop| shop.fields.clone())) else {
        return not_found(app).into_any();
    };
    let of_shop = use_address().asked("of").and_then(|_| from_shop(&fields, &[]));
    view! { <PersonForm app shop old=None saved=of_shop.unwrap_or_default() /> }.into_any()
}

#[component]
pub fn EditPerson(app: App, id: PersonId) -> impl IntoView {
    let person = load(move || async move { app.whole_person(id).await.ok().flatten() });
    live(move || match person.get() {
        None => ().into_any(),
        Some(Some(person)) if person.forgotten_on.is_none() => untrack(|| {
            let (shop, saved) = (app.shop_of_person(&person), PersonDraft::from(&person.fields));
            view! { <PersonForm app shop old=Some(person) saved /> }.into_any()
        }),
        Some(_) => not_found(app).into_any(),
    })
    .into_any()
}

#[component]
fn PersonForm(app: App, shop: CustomerId, old: Option<Person>, saved: PersonDraft) -> impl IntoView {
    let id = old.as_ref().map(|person| person.id);
    let form: Typed = Form::open(app, draft_key(shop, id), saved);
    let address = use_address();
    let old = StoredValue::new(old);
    let save = move |event: web_sys::SubmitEvent| {
        let then = move |saved: PersonId| address.replace(&format!("/people/{saved}"));
        form.submit(&event, |typed| async move { app.save_person(shop, old.get_value().as_ref(), &typed).await }, then);
    };
    let title = Signal::derive(move || if id.is_some() { tr!(app, people_edit) } else { tr!(app, people_new) }.to_owned());
    let back = id.map_or_else(|| format!("/customers/{shop}/people"), |id| format!("/people/{id}"));
    view! {
        <SubPageHead app back title />
        <main class="page">
            <form class="form" novalidate on:submit=save>
                {form.field(PersonField::Name, Look::new("person-name", |app| tr!(app, people_name)), |draft| &mut draft.name)}
                <div class="field-pair">
                    {form.field(PersonField::Salutation, Look::new("person-salutation", |app| tr!(app, people_salutation)).hint(|app| tr!(app, people_salutation_hint)), |draft| &mut draft.salutation)}
                    {form.field(PersonField::Title, Look::new("person-title", |app| tr!(app, people_job)), |draft| &mut draft.title)}
                </div>
                {phones(form)}
                {handles(form)}
                {decides(form)}
                {roles(form)}
                <details class="group form-more" open=id.is_some()>
                    <summary class="group-title">{icon("chevron-right")}{tx!(app, people_more)}</summary>
                    <div class="form">
                        {preferred(form)}
                        <fieldset class="field"><legend>{tx!(app, people_days)}</legend>{days(form)}</fieldset>
                        {form.field(PersonField::Interests, Look::new("person-interests", |app| tr!(app, people_interests)), |draft| &mut draft.interests)}
                        <fieldset class="field"><legend>{tx!(app, people_facts)}</legend>{facts(form)}</fieldset>
                        {form.field(PersonField::Note, Look::new("person-note", |app| tr!(app, people_note)), |draft| &mut draft.note)}
                    </div>
                </details>
                {form.foot()}
            </form>
        </main>
    }
}

fn said(text: fn(App) -> &'static str, app: App) -> Signal<String> {
    Signal::derive(move || text(app).to_owned())
}

fn phones(form: Typed) -> AnyView {
    let app = form.app;
    let rows = Rows {
        app,
        all: Signal::derive(move || form.draft.with(|draft| draft.phones.clone())),
        set: Callback::new(move |phones| form.draft.update(|draft| draft.phones = phones)),
        blank: String::new,
        least: 1,
        most: PHONES_MAX,
    };
    let row = move |at: usize| {
        let label =
            Signal::derive(
                move || if at == 0 { tr!(app, people_phone).to_owned() } else { format!("{} {}", tr!(app, people_phone), at + 1) },
            );
        view! {
            <TextField
                id=format!("phone-{at}")
                label
                text=rows.read(at, String::clone)
                on_text=rows.setter(at, |row, text| *row = text)
                error=form.problem(PersonField::Phone(at))
                keyboard=Keyboard::Phone
            />
        }
        .into_any()
    };
    rows.view("phone", |app| tr!(app, people_add_phone), row)
}

fn handles(form: Typed) -> AnyView {
    let app = form.app;
    let rows = Rows {
        app,
        all: Signal::derive(move || form.draft.with(|draft| draft.handles.clone())),
        set: Callback::new(move |handles| form.draft.update(|draft| draft.handles = handles)),
        blank: || HandleDraft { kind: HandleKind::Wechat, text: String::new() },
        least: 0,
        most: HANDLES_MAX,
    };
    let row = move |at: usize| {
        let kind = rows.read(at, |row| row.kind);
        let label = Signal::derive(move || words::handle_kind(app, kind.get()).to_owned());
        view! {
            <div class="field-pair">
                {pick(app, format!("handle-{at}"), said(|app| tr!(app, people_handle_where), app), HandleKind::ALL.to_vec(), words::handle_kind, kind, rows.setter(at, |row, kind| row.kind = kind))}
                <TextField
                    id=format!("handle-text-{at}")
                    label
                    text=rows.read(at, |row| row.text.clone())
                    on_text=rows.setter(at, |row, text| row.text = text)
                    error=form.problem(PersonField::Handle(at))
                />
            </div>
        }
        .into_any()
    };
    rows.view("handle", |app| tr!(app, people_add_handle), row)
}

fn decides(form: Typed) -> AnyView {
    let app = form.app;
    let one = move |decides: Decides| {
        choice(
            Signal::derive(move || words::decides(app, decides).to_owned()),
            "person-decides",
            move || form.draft.with(|draft| draft.decides == decides),
            move || form.draft.update(|draft| draft.decides = decides),
        )
    };
    view! {
        <fieldset class="field">
            <legend>{tx!(app, people_decides)}</legend>
            <div class="choices">{Decides::ALL.map(one).collect_view()}</div>
        </fieldset>
    }
    .into_any()
}

fn roles(form: Typed) -> AnyView {
    let app = form.app;
    let one = move |role: BuyingRole| {
        let set = Callback::new(move |on: bool| {
            form.draft.update(|draft| {
                if on {
                    draft.roles.insert(role);
                } else {
                    draft.roles.remove(&role);
                }
            });
        });
        let label = Signal::derive(move || words::role(app, role).to_owned());
        tick(label, Signal::derive(move || form.draft.with(|draft| draft.roles.contains(&role))), set)
    };
    view! {
        <fieldset class="field">
            <legend>{tx!(app, people_roles)}</legend>
            <div class="choices">{BuyingRole::ALL.map(one).collect_view()}</div>
        </fieldset>
    }
    .into_any()
}

fn preferred(form: Typed) -> AnyView {
    let all = std::iter::once(None).chain(Channel::ALL.into_iter().map(Some)).collect();
    let chosen = Signal::derive(move || form.draft.with(|draft| draft.preferred));
    let set = Callback::new(move |channel| form.draft.update(|draft| draft.preferred = channel));
    pick(form.app, "person-preferred".to_owned(), said(|app| tr!(app, people_preferred), form.app), all, words::preferred, chosen, set)
}

fn days(form: Typed) -> AnyView {
    let rows = Rows {
        app: form.app,
        all: Signal::derive(move || form.draft.with(|draft| draft.days.clone())),
        set: Callback::new(move |days| form.draft.update(|draft| draft.days = days)),
        blank: || blank_day(DayKind::Birthday),
        least: 0,
        most: DAYS_MAX,
    };
    day_rows(rows, move |at| form.problem(PersonField::Day(at)))
}

fn facts(form: Typed) -> AnyView {
    let app = form.app;
    let rows = Rows {
        app,
        all: Signal::derive(move || form.draft.with(|draft| draft.facts.clone())),
        set: Callback::new(move |facts| form.draft.update(|draft| draft.facts = facts)),
        blank: FactDraft::default,
        least: 0,
        most: FACTS_MAX,
    };
    let row = move |at: usize| {
        let none = Signal::stored(None);
        view! {
            <TextField
                id=format!("fact-{at}")
                label=said(|app| tr!(app, people_fact), app)
                text=rows.read(at, |row| row.text.clone())
                on_text=rows.setter(at, |row, text| row.text = text)
                error=form.problem(PersonField::Fact(at))
            />
            <div class="field-pair">
                <TextField
                    id=format!("fact-source-{at}")
                    label=said(|app| tr!(app, people_fact_source), app)
                    text=rows.read(at, |row| row.source.clone())
                    on_text=rows.setter(at, |row, text| row.source = text)
                    error=none
                />
                {day_field(format!("fact-on-{at}"), said(|app| tr!(app, people_fact_on), app), rows.read(at, |row| row.on.clone()), rows.setter(at, |row, text| row.on = text), none)}
            </div>
        }
        .into_any()
    };
    rows.view("fact", |app| tr!(app, people_add_fact), row)
}
