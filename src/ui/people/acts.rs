//! What is done with a person as a whole: put away, found to be another one, forgotten. Forgetting says before what goes and after what
//! is beyond the app's reach.

use super::words;
use crate::domain::id::PersonId;
use crate::domain::person::Person;
use crate::state::app::App;
use crate::state::day::Loaded;
use crate::state::forgetting::Remains;
use crate::ui::icon::icon;
use crate::ui::live::{live, words as text};
use crate::ui::load::load;
use crate::ui::navigation::{Address, use_address};
use crate::ui::parts::search_box::SearchBox;
use crate::ui::parts::sheet::Sheet;
use crate::ui::texts::{tr, trn, tx};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// People offered at a time to be the same.
const SHOWN: usize = 20;

/// What is over the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Over {
    Nothing,
    Merge,
    Forget,
}

/// `remains` is told what is left once the person is forgotten: the page under it is another one then.
#[component]
pub fn Acts(app: App, person: Person, remains: RwSignal<Option<Remains>>) -> impl IntoView {
    let over = RwSignal::new(Over::Nothing);
    let archived = person.fields.archived;
    let address = use_address();
    let person = StoredValue::new(person);
    let archive = move |_| {
        spawn_local(async move {
            // A refused write is said by the banner.
            let _ = app.archive_person(&person.get_value(), !archived).await;
        });
    };
    // Everyone's names are read a while after the first screen: before that nobody can be taken out of everything.
    let waits = move || app.day().loaded.get() != Loaded::All;
    let search = RwSignal::new(String::new());
    view! {
        <section class="group person-acts">
            <div class="actions doings">
                <button type="button" class="btn" on:click=archive>
                    {icon("archive")}{live(move || if archived { tr!(app, people_restore) } else { tr!(app, people_archive) })}
                </button>
                <button type="button" class="btn" on:click=move |_| over.set(Over::Merge)>{icon("merge")}{tx!(app, people_merge)}</button>
                <button type="button" class="btn btn-late" disabled=waits on:click=move |_| over.set(Over::Forget)>{icon("user-x")}{tx!(app, people_forget)}</button>
            </div>
        </section>
        {live(move || match over.get() {
            Over::Nothing => ().into_any(),
            Over::Merge => merge_sheet(app, person.get_value(), over, search, address),
            Over::Forget => forget_sheet(app, &person.get_value(), over, remains),
        })}
    }
}

fn merge_sheet(app: App, person: Person, over: RwSignal<Over>, search: RwSignal<String>, address: Address) -> AnyView {
    let shop = untrack(|| app.shop_of_person(&person));
    let mine = StoredValue::new(person);
    let others = load(move || async move { app.people(shop).await.unwrap_or_default() });
    let merge = move |into: Person| {
        spawn_local(async move {
            // A refused write is said by the banner; the sheet stays.
            if app.merge_people(&into, &mine.get_value()).await.is_ok() {
                address.replace(&format!("/people/{}", into.id));
            }
        });
    };
    let id = mine.with_value(|person| person.id);
    let rows = move || {
        let typed = search.with(|typed| app.search(typed));
        let fits = |person: &&Person| {
            let is_hit = |text: &String| typed.parts(text).iter().any(|(_, is_hit)| *is_hit);
            person.id != id && (typed.is_empty() || is_hit(&person.fields.name) || is_hit(&person.fields.salutation))
        };
        others.with(|others| {
            let found: Vec<Person> = others.iter().flatten().filter(fits).take(SHOWN).cloned().collect();
            if found.is_empty() && others.is_some() {
                return view! { <p class="list-note">{tx!(app, people_merge_none)}</p> }.into_any();
            }
            let rows = found.into_iter().map(|other| {
                let (name, beside) = (words::called(&other), words::beside(app, &other.fields));
                view! {
                    <li><button type="button" class="row" on:click=move |_| merge(other.clone())>
                        <span class="row-words"><span class="row-name">{name}</span><span class="row-why">{beside}</span></span>
                        {icon("merge")}
                    </button></li>
                }
            });
            view! { <ul class="rows">{rows.collect_view()}</ul> }.into_any()
        })
    };
    let name = mine.with_value(words::called);
    let title = Signal::derive(move || tr!(app, people_merge_title, name = name.clone()));
    view! {
        <Sheet app title on_close=move |()| over.set(Over::Nothing)>
            <p class="sheet-text">{tx!(app, people_merge_text)}</p>
            <SearchBox app text=search hint=Signal::derive(move || tr!(app, people_search_hint).to_owned()) />
            {live(rows)}
        </Sheet>
    }
    .into_any()
}

fn forget_sheet(app: App, person: &Person, over: RwSignal<Over>, remains: RwSignal<Option<Remains>>) -> AnyView {
    let id: PersonId = person.id;
    let name = words::called(person);
    let (busy, failed) = (RwSignal::new(false), RwSignal::new(false));
    let forget = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            if let Ok(Some(left)) = app.forget_person(id).await {
                remains.try_set(Some(left));
                over.try_set(Over::Nothing);
            } else {
                busy.try_set(false);
                failed.try_set(true);
            }
        });
    };
    let title = Signal::derive(move || tr!(app, people_forget_title, name = name.clone()));
    view! {
        <Sheet app title on_close=move |()| over.set(Over::Nothing)>
            <p class="sheet-text">{tx!(app, people_forget_text)}</p>
            <ul class="told">
                <li>{tx!(app, people_forget_person)}</li>
                <li>{tx!(app, people_forget_records)}</li>
                <li>{tx!(app, people_forget_copies)}</li>
            </ul>
            {live(move || failed.get().then(|| view! { <p class="field-error" role="alert">{icon("circle-alert")}{tx!(app, people_forget_failed)}</p> }))}
            <div class="sheet-actions">
                <button type="button" class="btn btn-late" disabled=busy on:click=forget>{icon("user-x")}{tx!(app, people_forget_do)}</button>
                <button type="button" class="btn" on:click=move |_| over.set(Over::Nothing)>{tx!(app, cancel)}</button>
            </div>
        </Sheet>
    }
    .into_any()
}

/// After it is done: what still names the person, beyond the app's reach.
pub fn remains_sheet(app: App, remains: Remains, on_close: Callback<()>) -> AnyView {
    let title = Signal::derive(move || tr!(app, people_forgotten).to_owned());
    view! {
        <Sheet app title on_close>
            {remain(app, remains)}
            <div class="sheet-actions"><button type="button" class="btn btn-primary" on:click=move |_| on_close.run(())>{tx!(app, people_done)}</button></div>
        </Sheet>
    }
    .into_any()
}

/// What the app cannot reach.
fn remain(app: App, remains: Remains) -> AnyView {
    let visits = remains.visits;
    let lines = [
        (visits > 0).then(|| text(move || trn!(app, people_remain_visits | people_remain_visits_single, count = visits))),
        remains.backups.then(|| text(move || tr!(app, people_remain_backups))),
        remains.folder.then(|| text(move || tr!(app, people_remain_folder))),
        remains.safety_copy.then(|| text(move || tr!(app, people_remain_safety))),
        remains.journal.then(|| text(move || tr!(app, people_remain_journal))),
        // Files the rep handed on are nowhere written down.
        Some(text(move || tr!(app, people_remain_exports))),
    ];
    let lines = lines.into_iter().flatten().map(|line| view! { <li>{line}</li> }).collect_view();
    view! {
        <p class="sheet-text" role="status">{tx!(app, people_remain)}</p>
        <ul class="told">{lines}</ul>
    }
    .into_any()
}
