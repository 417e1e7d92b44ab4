//! Settings: how orders are reckoned, who sells, language, looks, and where the data is.

use super::reckoning::ReckoningForm;
use crate::domain::customer::FieldProblem;
use crate::domain::settings::{RepDraft, RepField};
use crate::state::app::{App, Refused};
use crate::state::preferences::{Appearance, Language};
use crate::ui::icon::icon;
use crate::ui::live::live;
use crate::ui::parts::field::{Keyboard, TextField, focus_first_error};
use crate::ui::parts::form::choice;
use crate::ui::parts::head::SubPageHead;
use crate::ui::platform;
use crate::ui::route::link;
use crate::ui::say;
use crate::ui::texts::{tr, tx};
use leptos::prelude::*;
use leptos::task::spawn_local;

#[component]
pub fn SettingsPage(app: App) -> impl IntoView {
    let title = Signal::derive(move || tr!(app, settings).to_owned());
    view! {
        <SubPageHead app back="/more" title />
        <main class="page">
            <ReckoningForm app />
            <RepForm app />
            <Looks app />
            <section class="card">
                <h2>{tx!(app, settings_data)}</h2>
                <p>{tx!(app, settings_data_text)}</p>
                <div class="actions">
                    <a class="btn" href=link("/data")>{icon("archive")}{tx!(app, data_title)}</a>
                    <button type="button" class="btn" on:click=|_| platform::export_raw()>{icon("download")}{tx!(app, settings_raw_export)}</button>
                </div>
            </section>
        </main>
    }
}

/// Language and looks of this device.
#[component]
pub fn Looks(app: App) -> impl IntoView {
    let language = move |language: Language, name: &'static str| {
        choice(Signal::stored(name.to_owned()), "language", move || app.language.get() == language, move || app.choose_language(language))
    };
    let looks = move |looks: Appearance, name: fn(App) -> &'static str| {
        let label = Signal::derive(move || name(app).to_owned());
        choice(label, "appearance", move || app.appearance.get() == looks, move || app.choose_appearance(looks))
    };
    view! {
        <section class="card">
            <fieldset class="field">
                <legend>{tx!(app, settings_language)}</legend>
                // Each language is named in itself, so that it can be found from the other.
                <div class="choices">{language(Language::Chinese, Language::Chinese.own_name())}{language(Language::English, Language::English.own_name())}</div>
            </fieldset>
            <fieldset class="field">
                <legend>{tx!(app, settings_appearance)}</legend>
                <div class="choices">
                    {looks(Appearance::System, |app| tr!(app, appearance_system))}
                    {looks(Appearance::Light, |app| tr!(app, appearance_light))}
                    {looks(Appearance::Dark, |app| tr!(app, appearance_dark))}
                </div>
            </fieldset>
        </section>
    }
}

/// Who sells and in which currency: on orders, owner card and shared texts.
#[component]
fn RepForm(app: App) -> impl IntoView {
    let start = app.book.with_untracked(|book| {
        let rep = book.rep();
        RepDraft { name: rep.name, company: rep.company, phone: rep.phone, currency: book.currency().to_owned() }
    });
    let draft = RwSignal::new(start);
    let problems = RwSignal::new(Vec::<(RepField, FieldProblem)>::new());
    let saved = RwSignal::new(false);
    Effect::new(move |_| {
        draft.track();
        saved.set(false);
    });
    let field = move |field: RepField,
                      id: &'static str,
                      label: fn(App) -> &'static str,
                      keyboard: Keyboard,
                      text: fn(&mut RepDraft) -> &mut String| {
        let shown = Signal::derive(move || draft.with(|draft| text(&mut draft.clone()).clone()));
        let on_text = Callback::new(move |typed: String| draft.update(|draft| *text(draft) = typed));
        let error = Signal::derive(move || {
            let found = problems.with(|problems| problems.iter().find(|(of, _)| *of == field).map(|(_, problem)| *problem));
            found.map(|problem| say::field_problem(app, problem))
        });
        view! { <TextField id label=Signal::derive(move || label(app).to_owned()) text=shown on_text error keyboard /> }
    };
    let save = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        spawn_local(async move {
            let written = app.save_rep(&draft.get_untracked()).await;
            problems.try_set(match &written {
                Err(Refused::Problems(found)) => found.clone(),
                _ => Vec::new(),
            });
            saved.try_set(written.is_ok());
            if written.is_err() {
                focus_first_error();
            }
        });
    };
    view! {
        <section class="card">
            <form class="form" novalidate on:submit=save>
                <h2>{tx!(app, rep_title)}</h2>
                <p>{tx!(app, rep_text)}</p>
                {field(RepField::Name, "rep-name", |app| tr!(app, rep_name), Keyboard::Text, |draft| &mut draft.name)}
                {field(RepField::Company, "rep-company", |app| tr!(app, rep_company), Keyboard::Text, |draft| &mut draft.company)}
                <div class="field-pair">
                    {field(RepField::Phone, "rep-phone", |app| tr!(app, rep_phone), Keyboard::Phone, |draft| &mut draft.phone)}
                    {field(RepField::Currency, "rep-currency", |app| tr!(app, rep_currency), Keyboard::Text, |draft| &mut draft.currency)}
                </div>
                <button type="submit" class="btn">{tx!(app, save)}</button>
                <p class="form-kept" role="status">{live(move || saved.get().then(|| view! { {icon("check")}{tr!(app, settings_saved)} }))}</p>
            </form>
        </section>
    }
}
