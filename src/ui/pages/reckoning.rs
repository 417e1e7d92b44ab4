//! How orders are reckoned: each setting in two sentences, with its effect on an example that follows every keystroke.

use crate::domain::customer::CustomerClass;
use crate::domain::policy::{Method, Packing};
use crate::domain::settings::{ReckoningDraft, ReckoningField};
use crate::domain::typed::NumberProblem;
use crate::state::app::{App, Refused};
use crate::ui::icon::icon;
use crate::ui::live::{live, words};
use crate::ui::parts::example::{self, example};
use crate::ui::parts::field::{Keyboard, TextField, focus_first_error};
use crate::ui::parts::form::choice;
use crate::ui::say;
use crate::ui::texts::{tr, tx};
use leptos::prelude::*;
use leptos::task::spawn_local;

#[component]
pub fn ReckoningForm(app: App) -> impl IntoView {
    let draft = RwSignal::new(app.book.with_untracked(|book| ReckoningDraft::of(book.settings())));
    let problems = RwSignal::new(Vec::<(ReckoningField, NumberProblem)>::new());
    let saved = RwSignal::new(false);
    Effect::new(move |_| {
        draft.track();
        saved.set(false);
        problems.set(Vec::new());
    });
    let field = move |field: ReckoningField,
                      id: &'static str,
                      label: fn(App) -> &'static str,
                      hint: Option<fn(App) -> &'static str>,
                      text: fn(&mut ReckoningDraft) -> &mut String| {
        let shown = Signal::derive(move || draft.with(|draft| text(&mut draft.clone()).clone()));
        let on_text = Callback::new(move |typed: String| draft.update(|draft| *text(draft) = typed));
        let error = Signal::derive(move || {
            let found = problems.with(|problems| problems.iter().find(|(of, _)| *of == field).map(|(_, problem)| *problem));
            found.map(|problem| match (field, problem) {
                (ReckoningField::Factor | ReckoningField::Class(_), NumberProblem::TooSmall) => tr!(app, problem_factor_small).to_owned(),
                (_, other) => say::number_problem(app, other),
            })
        });
        let keyboard = match field {
            ReckoningField::Factor | ReckoningField::Class(_) => Keyboard::Decimal,
            _ => Keyboard::Digits,
        };
        let hint = Signal::derive(move || hint.map_or_else(String::new, |hint| hint(app).to_owned()));
        view! { <TextField id label=Signal::derive(move || label(app).to_owned()) text=shown on_text error hint keyboard /> }.into_any()
    };
    let method = move |method: Method, label: fn(App) -> &'static str| {
        let label = Signal::derive(move || label(app).to_owned());
        choice(label, "method", move || draft.with(|draft| draft.method == method), move || draft.update(|draft| draft.method = method))
    };
    let packing = move |packing: Packing, label: fn(App) -> &'static str| {
        let label = Signal::derive(move || label(app).to_owned());
        choice(
            label,
            "packing",
            move || draft.with(|draft| draft.packing == packing),
            move || draft.update(|draft| draft.packing = packing),
        )
    };
    let near = move |at: usize| {
        let ids = ["near-365", "near-180", "near-90", "near-30", "near-16", "near-less"];
        let id = ids.get(at).copied().unwrap_or("near");
        let shown = Signal::derive(move || draft.with(|draft| draft.near.get(at).cloned().unwrap_or_default()));
        let on_text = Callback::new(move |typed: String| {
            draft.update(|draft| {
                if let Some(place) = draft.near.get_mut(at) {
                    *place = typed;
                }
            });
        });
        let error = Signal::derive(move || {
            let found =
                problems.with(|problems| problems.iter().find(|(of, _)| *of == ReckoningField::Near(at)).map(|(_, problem)| *problem));
            found.map(|problem| say::number_problem(app, problem))
        });
        let from = crate::domain::expiry::NearWindow::LIVES.get(at).copied().unwrap_or(0);
        let label = Signal::derive(move || if from == 0 { tr!(app, near_less).to_owned() } else { tr!(app, near_from, days = from) });
        view! { <TextField id label text=shown on_text error keyboard=Keyboard::Digits suffix=Signal::derive(move || tr!(app, days_word).to_owned()) /> }
    };
    let shown = move || {
        let (factor, reckoning) = draft.with(|draft| draft.check().ok())?;
        Some(example(app, &example::policy(factor, reckoning)))
    };
    let save = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        spawn_local(async move {
            let written = app.save_reckoning(&draft.get_untracked()).await;
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
                <h2>{tx!(app, reckoning_title)}</h2>
                <fieldset class="field">
                    <legend>{tx!(app, reckoning_method)}</legend>
                    <div class="choices">{method(Method::Engine, |app| tr!(app, method_engine))}{method(Method::Rule, |app| tr!(app, method_rule))}</div>
                    <p class="field-hint">{tx!(app, reckoning_method_text)}</p>
                </fieldset>
                {field(ReckoningField::Factor, "factor", |app| tr!(app, settings_factor), Some(|app| tr!(app, settings_factor_text)), |draft| &mut draft.factor)}
                <div class="example" role="status">{icon("info")}<p>{words(move || shown().unwrap_or_default())}</p></div>
                <details class="group form-more">
                    <summary class="group-title">{icon("chevron-right")}{tx!(app, reckoning_more)}</summary>
                    <div class="form">
                        <fieldset class="field">
                            <legend>{tx!(app, reckoning_classes)}</legend>
                            <div class="field-pair field-three">
                                {field(ReckoningField::Class(CustomerClass::A), "factor-a", |app| tr!(app, class_a_short), None, |draft| &mut draft.class_a)}
                                {field(ReckoningField::Class(CustomerClass::B), "factor-b", |app| tr!(app, class_b_short), None, |draft| &mut draft.class_b)}
                                {field(ReckoningField::Class(CustomerClass::C), "factor-c", |app| tr!(app, class_c_short), None, |draft| &mut draft.class_c)}
                            </div>
                            <p class="field-hint">{tx!(app, reckoning_classes_text)}</p>
                        </fieldset>
                        {field(ReckoningField::Window, "window", |app| tr!(app, reckoning_window), Some(|app| tr!(app, reckoning_window_text)), |draft| &mut draft.window)}
                        <fieldset class="field">
                            <legend>{tx!(app, reckoning_packing)}</legend>
                            <div class="choices">
                                {packing(Packing::Units, |app| tr!(app, packing_units))}
                                {packing(Packing::Cases, |app| tr!(app, packing_cases))}
                                {packing(Packing::CasesGuarded, |app| tr!(app, packing_guarded))}
                            </div>
                            <p class="field-hint">{tx!(app, reckoning_packing_text)}</p>
                        </fieldset>
                        {field(ReckoningField::MaximumCover, "maximum-cover", |app| tr!(app, reckoning_cover), Some(|app| tr!(app, reckoning_cover_text)), |draft| &mut draft.maximum_cover_days)}
                        <p class="field-hint">{tx!(app, reckoning_products_text)}</p>
                        <fieldset class="field">
                            <legend>{tx!(app, reckoning_near)}</legend>
                            <p class="field-hint">{tx!(app, reckoning_near_text)}</p>
                            <div class="field-pair field-three">{(0..6).map(near).collect_view()}</div>
                        </fieldset>
                    </div>
                </details>
                <button type="submit" class="btn btn-primary">{tx!(app, save)}</button>
                <p class="form-kept" role="status">{live(move || saved.get().then(|| view! { {icon("check")}{tr!(app, settings_saved)} }))}</p>
            </form>
        </section>
    }
}
