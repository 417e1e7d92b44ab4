//! The rep's own settings for following up a shop, as typed until they are saved.

use super::day_rows::{blank, day_rows};
use super::rows::Rows;
use super::words as say_who;
use crate::domain::id::CustomerId;
use crate::domain::profile::{Approach, BuyerStyle, Stage, Tier};
use crate::domain::profile_draft::{ProfileDraft, ProfileField, ProfileProblem};
use crate::domain::special_day::{DAYS_MAX, DayKind};
use crate::state::app::App;
use crate::state::profiles::draft_key;
use crate::ui::icon::icon;
use crate::ui::live::live;
use crate::ui::navigation::use_address;
use crate::ui::parts::field::Keyboard;
use crate::ui::parts::form::{Form, Look, choice};
use crate::ui::parts::pick::{day_field, pick};
use crate::ui::texts::{tr, tx};
use leptos::prelude::*;

type Typed = Form<ProfileDraft, ProfileField, ProfileProblem>;

#[component]
pub fn ProfileForm(app: App, id: CustomerId) -> impl IntoView {
    let saved = untrack(|| app.profile(id)).map(|profile| ProfileDraft::from(&profile)).unwrap_or_default();
    let form: Typed = Form::open(app, draft_key(id), saved);
    let draft = form.draft;
    let address = use_address();
    let save = move |event: web_sys::SubmitEvent| {
        let then = move |()| address.replace(&format!("/customers/{id}"));
        form.submit(&event, |typed| async move { app.save_profile(id, &typed).await }, then);
    };
    let said = |text: fn(App) -> &'static str| Signal::derive(move || text(app).to_owned());
    let stage = move |stage: Option<Stage>| {
        let word = move || stage.map_or_else(|| tr!(app, profile_stage_none), |stage| say_who::stage(app, stage)).to_owned();
        choice(
            Signal::derive(word),
            "profile-stage",
            move || draft.with(|draft| draft.stage == stage),
            move || draft.update(|draft| draft.stage = stage),
        )
    };
    let stages = std::iter::once(None).chain(Stage::ALL.into_iter().map(Some)).map(stage).collect_view();
    let tiers = std::iter::once(None).chain(Tier::ALL.into_iter().map(Some)).collect();
    let approaches = std::iter::once(None).chain(Approach::ALL.into_iter().map(Some)).collect();
    let styles = std::iter::once(None).chain(BuyerStyle::ALL.into_iter().map(Some)).collect();
    let rows = Rows {
        app,
        all: Signal::derive(move || draft.with(|draft| draft.days.clone())),
        set: Callback::new(move |days| draft.update(|draft| draft.days = days)),
        blank: || blank(DayKind::Anniversary),
        least: 0,
        most: DAYS_MAX,
    };
    view! {
        <form class="form" novalidate on:submit=save>
            <h2 class="group-title">{icon("settings")}{tx!(app, profile_settings)}</h2>
            <fieldset class="field">
                <legend>{tx!(app, profile_stage)}</legend>
                <div class="choices">{stages}</div>
            </fieldset>
            {pick(app, "profile-tier".to_owned(), said(|app| tr!(app, profile_tier)), tiers, say_who::tier,
                Signal::derive(move || draft.with(|draft| draft.tier)), Callback::new(move |tier| draft.update(|draft| draft.tier = tier)))}
            {form.field(ProfileField::Every, Look::new("profile-every", |app| tr!(app, profile_every)).hint(|app| tr!(app, profile_every_hint)).suffix(|app| tr!(app, days_word)).keyboard(Keyboard::Digits), |draft| &mut draft.every)}
            <fieldset class="field">
                <legend>{tx!(app, profile_days)}</legend>
                {day_rows(rows, move |at| form.problem(ProfileField::Day(at)))}
                <p class="field-hint field-error">{live(move || form.problem(ProfileField::Days).get())}</p>
            </fieldset>
            <div class="field-pair">
                {pick(app, "profile-approach".to_owned(), said(|app| tr!(app, profile_approach)), approaches, say_who::approach,
                    Signal::derive(move || draft.with(|draft| draft.approach)), Callback::new(move |one| draft.update(|draft| draft.approach = one)))}
                {pick(app, "profile-style".to_owned(), said(|app| tr!(app, profile_style)), styles, say_who::style,
                    Signal::derive(move || draft.with(|draft| draft.style)), Callback::new(move |one| draft.update(|draft| draft.style = one)))}
            </div>
            {day_field("profile-met".to_owned(), said(|app| tr!(app, profile_met)), Signal::derive(move || draft.with(|draft| draft.met_on.clone())),
                Callback::new(move |day| draft.update(|draft| draft.met_on = day)), form.problem(ProfileField::MetOn))}
            {form.foot()}
        </form>
    }
}
