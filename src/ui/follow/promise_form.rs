//! A promise: what, to whom, by when. Where the time is not known yet, an answer comes first. None is saved without a time, none due in
//! the past; what it costs and whether it can be done are warned of, never forbidden.

use super::time_field::{said, time_field};
use super::touch_form::fieldset;
use super::words;
use crate::domain::dossier::Dossier;
use crate::domain::help::Topic;
use crate::domain::id::{CustomerId, PromiseId};
use crate::domain::promise::{Ability, Promise, Risk};
use crate::domain::promise_draft::{PromiseDraft, PromiseField, PromiseProblem, PromiseWarning, TimeDraft};
use crate::domain::promise_time::QuickPick;
use crate::state::app::App;
use crate::state::clock;
use crate::state::promises::draft_key;
use crate::ui::icon::icon;
use crate::ui::live::{When, live, words as text_of};
use crate::ui::load::load;
use crate::ui::navigation::use_address;
use crate::ui::parts::field::Keyboard;
use crate::ui::parts::form::{Form, Look, choice, switch};
use crate::ui::parts::head::SubPageHead;
use crate::ui::parts::help_link::HelpLink;
use crate::ui::say;
use crate::ui::texts::{tr, tx};
use leptos::prelude::*;

type PromiseForm = Form<PromiseDraft, PromiseField, PromiseProblem>;

/// The page, once the shop's people are read. `old`: the promise that is changed.
#[component]
pub fn PromisePage(app: App, shop: CustomerId, old: Option<PromiseId>) -> impl IntoView {
    let read = load(move || async move {
        let old = match old {
            Some(id) => app.promise(id).await.ok().flatten(),
            None => None,
        };
        (app.dossier(shop).await.ok().flatten(), old)
    });
    let title = said(app, if old.is_some() { |app| tr!(app, promise_change) } else { |app| tr!(app, promise_new) });
    let back = from_visit().unwrap_or_else(|| format!("/customers/{shop}"));
    view! {
        <SubPageHead app back title />
        <main class="page">
            {live(move || read.with(|read| match read {
                None => view! { <p role="status">{tx!(app, loading)}</p> }.into_any(),
                Some((Some(dossier), found)) if old.is_none() || found.is_some() => untrack(|| promise_form(app, shop, dossier, found.clone())),
                Some(_) => view! { <p class="list-note">{tx!(app, promise_gone)}</p> }.into_any(),
            }))}
        </main>
    }
}

/// The visit that the rep came from and goes back to.
fn from_visit() -> Option<String> {
    let visit: crate::domain::id::VisitId = use_address().asked("visit")?.parse().ok()?;
    Some(format!("/visit/{visit}"))
}

fn promise_form(app: App, shop: CustomerId, dossier: &Dossier, old: Option<Promise>) -> AnyView {
    let saved = old.as_ref().map(PromiseDraft::from).unwrap_or_default();
    let form = PromiseForm::open(app, draft_key(shop, old.as_ref().map(|old| old.id)), saved);
    let draft = form.draft;
    let address = use_address();
    let back = StoredValue::new(from_visit().unwrap_or_else(|| format!("/customers/{shop}")));
    // The answer's time is asked for where it is said that the time is not known yet.
    let two_steps = RwSignal::new(draft.with_untracked(|draft| !draft.answer.is_empty()));
    let is_new = old.is_none();
    let old = StoredValue::new(old);
    let save = move |event: web_sys::SubmitEvent| {
        form.submit(
            &event,
            |typed| async move { app.save_promise(shop, old.get_value().as_ref(), &typed).await },
            move |_: PromiseId| address.replace(&back.get_value()),
        );
    };
    let next_visit = Memo::new(move |_| app.book.with(|book| book.next_due(shop)));
    let pick_row = move |write: fn(&mut PromiseDraft) -> &mut TimeDraft| {
        live(move || {
            let now = app.day().minute.get().max(clock::now());
            let picks = QuickPick::ALL.into_iter().filter_map(|pick| Some((pick, pick.time(now, next_visit.get())?)));
            let chips = picks.map(|(pick, at)| {
                let set = move |_| draft.update(|draft| *write(draft) = TimeDraft::of(Some(at)));
                view! {
                    <button type="button" class="filter promise-pick" on:click=set>
                        <span>{text_of(move || pick_words(app, pick))}</span><small>{text_of(move || say::date_time(app, at))}</small>
                    </button>
                }
            });
            view! { <div class="choices" role="group">{chips.collect_view()}</div> }
        })
    };
    let due = Signal::derive(move || draft.with(|draft| draft.due.clone()));
    let answer = Signal::derive(move || draft.with(|draft| draft.answer.clone()));
    let chase = Signal::derive(move || draft.with(|draft| draft.chase.clone()));
    let step = move |is_two: bool, text: fn(App) -> &'static str| {
        let pick = move || {
            two_steps.set(is_two);
            if !is_two {
                draft.update(|draft| draft.answer = TimeDraft::default());
            }
        };
        choice(said(app, text), "promise-steps", move || two_steps.get() == is_two, pick)
    };
    let risk = move |risk: Risk| {
        let has = move || draft.with(|draft| draft.risks.contains(&risk)).to_string();
        let flip = move |_| {
            draft.update(|draft| {
                if !draft.risks.remove(&risk) {
                    draft.risks.insert(risk);
                }
            });
        };
        view! { <button type="button" class="filter" aria-pressed=text_of(has) on:click=flip>{live(move || draft.with(|draft| draft.risks.contains(&risk)).then(|| icon("check")))}{live(move || words::risk(app, risk))}</button> }
    };
    let warnings = move || {
        let found = draft.with(|draft| old.with_value(|old| app.promise_warnings(shop, draft, old.as_ref())));
        found.into_iter().map(|warning| view! { <p class="open-note open-note-warn">{icon("circle-alert")}<span>{text_of(move || warning_words(app, warning))}</span></p> }).collect_view()
    };
    let people: Vec<_> = dossier.people.iter().map(|person| (person.id, person.fields.name.clone())).collect();
    let to_whom = (!people.is_empty()).then(|| {
        let everyone = std::iter::once((None, None)).chain(people.into_iter().map(|(id, name)| (Some(id), Some(name))));
        let chips = everyone.map(|(id, name)| {
            let label = Signal::derive(move || name.clone().unwrap_or_else(|| tr!(app, promise_the_shop).to_owned()));
            choice(label, "promise-person", move || draft.with(|draft| draft.person == id), move || draft.update(|draft| draft.person = id))
        });
        fieldset(said(app, |app| tr!(app, promise_to_whom)), chips.collect_view().into_any())
    });
    let time_of = move |text: fn(App) -> &'static str| (said(app, text), said(app, |app| tr!(app, promise_time)));
    view! {
        <form class="form" novalidate on:submit=save>
            {form.field(PromiseField::Text, Look::new("promise-text", |app| tr!(app, promise_what)).hint(|app| tr!(app, promise_what_hint)), |draft| &mut draft.text)}
            <HelpLink app topic=Topic::ExactAndPrompt />
            {to_whom}
            {fieldset(said(app, |app| tr!(app, promise_steps)), (step(false, |app| tr!(app, promise_time_known)), step(true, |app| tr!(app, promise_answer_first))).into_any())}
            <When when=two_steps>
                <fieldset class="field">
                    <legend>{tx!(app, promise_answer_by)}</legend>
                    {pick_row(|draft| &mut draft.answer)}
                    {time_field("promise-answer", time_of(|app| tr!(app, promise_answer_day)), answer, Callback::new(move |time| draft.update(|draft| draft.answer = time)), form.problem(PromiseField::Answer))}
                </fieldset>
            </When>
            <fieldset class="field">
                <legend>{live(move || if two_steps.get() { tr!(app, promise_due_later) } else { tr!(app, promise_by_when) })}</legend>
                {pick_row(|draft| &mut draft.due)}
                {time_field("promise-due", time_of(|app| tr!(app, promise_day)), due, Callback::new(move |time| draft.update(|draft| draft.due = time)), form.problem(PromiseField::Due))}
            </fieldset>
            {switch(
                said(app, |app| tr!(app, promise_able)),
                said(app, |app| tr!(app, promise_able_hint)),
                Signal::derive(move || draft.with(|draft| draft.able == Ability::Checked)),
                Callback::new(move |on| draft.update(|draft| draft.able = if on { Ability::Checked } else { Ability::Unchecked })),
            )}
            <details class="group form-more" open=!is_new>
                <summary class="group-title">{icon("chevron-right")}{tx!(app, promise_more)}</summary>
                <div class="form">
                    <p class="field-hint">{tx!(app, promise_needs_hint)}</p>
                    <div class="field-pair">
                        {form.field(PromiseField::Department, Look::new("promise-department", |app| tr!(app, promise_department)), |draft| &mut draft.department)}
                        {form.field(PromiseField::Colleague, Look::new("promise-colleague", |app| tr!(app, promise_colleague)), |draft| &mut draft.colleague)}
                    </div>
                    {time_field("promise-chase", time_of(|app| tr!(app, promise_chase_day)), chase, Callback::new(move |time| draft.update(|draft| draft.chase = time)), form.problem(PromiseField::Chase))}
                    {form.field(PromiseField::Cost, Look::new("promise-cost", |app| tr!(app, promise_cost)).keyboard(Keyboard::Decimal), |draft| &mut draft.cost)}
                    <fieldset class="field">
                        <legend>{tx!(app, promise_risks)}</legend>
                        <div class="choices">{Risk::ALL.map(risk).collect_view()}</div>
                    </fieldset>
                </div>
            </details>
            <div role="status" class="promise-warnings">{live(warnings)}</div>
            {form.foot()}
        </form>
    }
    .into_any()
}

pub fn pick_words(app: App, pick: QuickPick) -> &'static str {
    match pick {
        QuickPick::TodayEvening => tr!(app, promise_today_evening),
        QuickPick::TomorrowNoon => tr!(app, tomorrow_noon),
        QuickPick::TomorrowEvening => tr!(app, promise_tomorrow_evening),
        QuickPick::NextVisit => tr!(app, promise_next_visit),
        QuickPick::InAWeek => tr!(app, in_a_week),
    }
}

fn warning_words(app: App, warning: PromiseWarning) -> String {
    match warning {
        PromiseWarning::AboveLimit(limit) => tr!(app, promise_above_limit, limit = say::money(app, limit)),
        PromiseWarning::Unchecked => tr!(app, promise_unchecked).to_owned(),
    }
}
