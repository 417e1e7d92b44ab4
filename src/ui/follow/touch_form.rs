//! A contact in full: over which way, with whom, what for, how it went and what comes next. A correction takes the place of the old one;
//! what was typed stays until the disk has it.

use super::time_field::{said, time_field};
use super::words;
use crate::domain::channel::Channel;
use crate::domain::dossier::Dossier;
use crate::domain::help::Topic;
use crate::domain::id::{CustomerId, TouchId};
use crate::domain::touch::{Mood, Strategy, Touch, TouchOutcome, TouchPurpose};
use crate::domain::touch_draft::{TouchDraft, TouchField, TouchProblem};
use crate::state::app::{App, Refused};
use crate::state::touches::draft_key;
use crate::ui::icon::icon;
use crate::ui::live::live;
use crate::ui::load::load;
use crate::ui::navigation::use_address;
use crate::ui::parts::field::Keyboard;
use crate::ui::parts::form::{Form, Look, choice};
use crate::ui::parts::head::SubPageHead;
use crate::ui::parts::help_link::HelpLink;
use crate::ui::texts::{tr, tx};
use leptos::prelude::*;
use leptos::task::spawn_local;

type TouchForm = Form<TouchDraft, TouchField, TouchProblem>;

/// The page, once the shop's people and matters are read. `old`: the contact that is put right.
#[component]
pub fn TouchPage(app: App, shop: CustomerId, old: Option<TouchId>) -> impl IntoView {
    let read = load(move || async move {
        let dossier = app.dossier(shop).await.ok().flatten();
        let old = match old {
            Some(id) => app.touch(id).await.ok().flatten(),
            None => None,
        };
        (dossier, old)
    });
    let title = said(app, if old.is_some() { |app| tr!(app, touch_correct) } else { |app| tr!(app, touch_new) });
    view! {
        <SubPageHead app back=format!("/customers/{shop}") title />
        <main class="page">
            {live(move || read.with(|read| match read {
                None => view! { <p role="status">{tx!(app, loading)}</p> }.into_any(),
                Some((Some(dossier), found)) if old.is_none() || found.is_some() => untrack(|| touch_form(app, shop, dossier, found.clone())),
                Some(_) => view! { <p class="list-note">{tx!(app, touch_gone)}</p> }.into_any(),
            }))}
        </main>
    }
}

fn touch_form(app: App, shop: CustomerId, dossier: &Dossier, old: Option<Touch>) -> AnyView {
    let key = old.as_ref().map_or_else(|| draft_key(shop), |old| format!("touch:{}", old.id));
    let saved = old.as_ref().map(TouchDraft::from).unwrap_or_default();
    let form = TouchForm::open(app, key.clone(), saved);
    let draft = form.draft;
    let address = use_address();
    let id = old.as_ref().map(|old| old.id);
    let old = StoredValue::new(old);
    let then = move |_: TouchId| address.replace(&format!("/customers/{shop}"));
    let save = move |event: web_sys::SubmitEvent| {
        let key = key.clone();
        form.submit(
            &event,
            |typed| async move {
                match old.get_value() {
                    Some(old) => {
                        let saved = app.correct_touch(&old, &typed).await?;
                        app.discard_draft(&key);
                        Ok::<TouchId, Refused<(TouchField, TouchProblem)>>(saved)
                    }
                    None => app.log_touch(shop, &typed).await,
                }
            },
            then,
        );
    };
    let undo = move |id: TouchId| {
        spawn_local(async move {
            if app.undo_touch(id).await.is_ok() {
                address.replace(&format!("/customers/{shop}"));
            }
        });
    };
    let channel = move |way: Channel| {
        choice(
            Signal::derive(move || words::channel(app, way).to_owned()),
            "touch-channel",
            move || draft.with(|draft| draft.channel == way),
            move || draft.update(|draft| draft.channel = way),
        )
    };
    let outcome = move |how: TouchOutcome| {
        choice(
            Signal::derive(move || words::outcome(app, how).to_owned()),
            "touch-outcome",
            move || draft.with(|draft| draft.outcome == how),
            move || draft.update(|draft| draft.outcome = how),
        )
    };
    let purpose = move |what: TouchPurpose| {
        choice(
            Signal::derive(move || words::purpose(app, what).to_owned()),
            "touch-purpose",
            move || draft.with(|draft| draft.purpose == what),
            move || draft.update(|draft| draft.purpose = what),
        )
    };
    let strategy = move |how: Option<Strategy>| {
        let label = Signal::derive(move || how.map_or_else(|| tr!(app, touch_no_strategy), |how| words::strategy(app, how)).to_owned());
        choice(
            label,
            "touch-strategy",
            move || draft.with(|draft| draft.strategy == how),
            move || draft.update(|draft| draft.strategy = how),
        )
    };
    let mood = move |how: Option<Mood>| {
        let label = Signal::derive(move || how.map_or_else(|| tr!(app, touch_no_mood), |how| words::mood(app, how)).to_owned());
        choice(label, "touch-mood", move || draft.with(|draft| draft.mood == how), move || draft.update(|draft| draft.mood = how))
    };
    let excuse = move |text: fn(App) -> &'static str| {
        view! { <button type="button" class="filter" on:click=move |_| draft.update(|draft| draft.reason = text(app).to_owned())>{live(move || text(app))}</button> }
    };
    let people: Vec<_> = dossier.people.iter().map(|person| (person.id, person.fields.name.clone())).collect();
    let person = (!people.is_empty()).then(|| {
        let everyone = std::iter::once((None, None)).chain(people.into_iter().map(|(id, name)| (Some(id), Some(name))));
        let chips = everyone.map(|(id, name)| {
            let label = Signal::derive(move || name.clone().unwrap_or_else(|| tr!(app, touch_nobody).to_owned()));
            choice(label, "touch-person", move || draft.with(|draft| draft.person == id), move || draft.update(|draft| draft.person = id))
        });
        fieldset(said(app, |app| tr!(app, touch_person)), chips.collect_view().into_any())
    });
    let open: Vec<_> = dossier.episodes.iter().filter(|one| one.is_open()).map(|one| (one.id, one.title.clone())).collect();
    let episode = (!open.is_empty()).then(|| {
        let all = std::iter::once((None, None)).chain(open.into_iter().map(|(id, title)| (Some(id), Some(title))));
        let chips = all.map(|(id, title)| {
            let label = Signal::derive(move || title.clone().unwrap_or_else(|| tr!(app, touch_no_episode).to_owned()));
            choice(
                label,
                "touch-episode",
                move || draft.with(|draft| draft.episode == id),
                move || draft.update(|draft| draft.episode = id),
            )
        });
        fieldset(said(app, |app| tr!(app, touch_episode)), chips.collect_view().into_any())
    });
    let at = Signal::derive(move || draft.with(|draft| draft.at.clone()));
    let set_at = Callback::new(move |at| draft.update(|draft| draft.at = at));
    view! {
        <form class="form" novalidate on:submit=save>
            {fieldset(said(app, |app| tr!(app, touch_channel)), Channel::ALL.map(channel).collect_view().into_any())}
            {fieldset(said(app, |app| tr!(app, touch_outcome)), TouchOutcome::ALL.map(outcome).collect_view().into_any())}
            {person}
            {fieldset(said(app, |app| tr!(app, touch_purpose)), TouchPurpose::ALL.map(purpose).collect_view().into_any())}
            {form.field(TouchField::Note, Look::new("touch-note", |app| tr!(app, touch_note)), |draft| &mut draft.note)}
            <HelpLink app topic=Topic::Questions />
            {form.field(TouchField::Next, Look::new("touch-next", |app| tr!(app, touch_next)), |draft| &mut draft.next)}
            {fieldset(said(app, |app| tr!(app, touch_mood)), [None, Some(Mood::Good), Some(Mood::Fine), Some(Mood::Bad)].map(mood).collect_view().into_any())}
            {episode}
            <details class="group form-more" open=id.is_some()>
                <summary class="group-title">{icon("chevron-right")}{tx!(app, form_more)}</summary>
                <div class="form">
                    {form.field(TouchField::Reason, Look::new("touch-reason", |app| tr!(app, touch_reason)).hint(|app| tr!(app, touch_reason_hint)), |draft| &mut draft.reason)}
                    <div class="choices" role="group" aria-label=tx!(app, touch_reason)>
                        {excuse(|app| tr!(app, touch_excuse_new))}
                        {excuse(|app| tr!(app, touch_excuse_sold))}
                        {excuse(|app| tr!(app, touch_excuse_festival))}
                        {excuse(|app| tr!(app, touch_excuse_passing))}
                        {excuse(|app| tr!(app, touch_excuse_advice))}
                    </div>
                    <HelpLink app topic=Topic::Excuses />
                    {fieldset(said(app, |app| tr!(app, touch_strategy)), std::iter::once(None).chain(Strategy::ALL.map(Some)).map(strategy).collect_view().into_any())}
                    <HelpLink app topic=Topic::Strategies />
                    {form.field(TouchField::Message, Look::new("touch-message", |app| tr!(app, touch_message)), |draft| &mut draft.message)}
                    {form.field(TouchField::Minutes, Look::new("touch-minutes", |app| tr!(app, touch_minutes)).keyboard(Keyboard::Digits), |draft| &mut draft.minutes)}
                    {time_field("touch-at", (said(app, |app| tr!(app, touch_on)), said(app, |app| tr!(app, touch_at))), at, set_at, form.problem(TouchField::At))}
                </div>
            </details>
            {id.map(|id| view! {
                <button type="button" class="btn btn-late" on:click=move |_| undo(id)>{icon("trash-2")}{tx!(app, touch_never)}</button>
            })}
            {form.foot()}
        </form>
    }
    .into_any()
}

/// A few chips under one word.
pub fn fieldset(legend: Signal<String>, chips: AnyView) -> AnyView {
    view! {
        <fieldset class="field">
            <legend>{live(move || legend.get())}</legend>
            <div class="choices">{chips}</div>
        </fieldset>
    }
    .into_any()
}
