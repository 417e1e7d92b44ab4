//! A form: one draft as typed, kept on disk while it is typed, its problems tied to their fields, saved once. Every form of the app
//! is one of these.

use super::field::{Keyboard, TextField, focus_first_error};
use crate::domain::customer::FieldProblem;
use crate::state::app::{App, Refused};
use crate::state::autosave::{Autosave, DraftShape, Kept};
use crate::ui::icon::icon;
use crate::ui::live::{When, live, when};
use crate::ui::say;
use crate::ui::texts::{tr, tx};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::future::Future;

/// A draft under a form's hands. `Field` names what a problem belongs to.
pub struct Form<Draft: 'static, Field: 'static> {
    pub app: App,
    pub draft: RwSignal<Draft>,
    pub saving: RwSignal<bool>,
    problems: RwSignal<Vec<(Field, FieldProblem)>>,
    was_kept: RwSignal<bool>,
    kept: RwSignal<Kept>,
    key: StoredValue<String>,
    saved: StoredValue<Draft>,
    autosave: StoredValue<Autosave, LocalStorage>,
}

impl<Draft, Field> Clone for Form<Draft, Field> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<Draft, Field> Copy for Form<Draft, Field> {}

/// How a text field of a form looks and what it asks the keyboard for.
pub struct Look {
    pub id: &'static str,
    pub label: fn(App) -> &'static str,
    pub hint: Option<fn(App) -> &'static str>,
    pub suffix: Option<fn(App) -> &'static str>,
    pub keyboard: Keyboard,
}

impl Look {
    pub fn new(id: &'static str, label: fn(App) -> &'static str) -> Look {
        Look { id, label, hint: None, suffix: None, keyboard: Keyboard::Text }
    }

    pub fn hint(self, hint: fn(App) -> &'static str) -> Look {
        Look { hint: Some(hint), ..self }
    }

    pub fn suffix(self, suffix: fn(App) -> &'static str) -> Look {
        Look { suffix: Some(suffix), ..self }
    }

    pub fn keyboard(self, keyboard: Keyboard) -> Look {
        Look { keyboard, ..self }
    }
}

impl<Draft, Field> Form<Draft, Field>
where
    Draft: DraftShape + Clone + PartialEq + Send + Sync + 'static,
    Field: Copy + PartialEq + Send + Sync + 'static,
{
    /// A form over what is `saved`, or what was typed before under `key`.
    pub fn open(app: App, key: String, saved: Draft) -> Form<Draft, Field> {
        let kept = app.form_draft::<Draft>(&key);
        let was_kept = RwSignal::new(kept.is_some());
        let draft = RwSignal::new(kept.unwrap_or_else(|| saved.clone()));
        let autosave = Autosave::watch(app, key.clone(), move || draft.get());
        Form {
            app,
            draft,
            saving: RwSignal::new(false),
            problems: RwSignal::new(Vec::new()),
            was_kept,
            kept: autosave.kept(),
            key: StoredValue::new(key),
            saved: StoredValue::new(saved),
            autosave: StoredValue::new_local(autosave),
        }
    }

    /// A text field over one text of the draft.
    pub fn field(self, field: Field, look: Look, text: fn(&mut Draft) -> &mut String) -> AnyView {
        let app = self.app;
        let label = look.label;
        // Read through the same place that is written: the draft is a handful of short texts.
        let shown = Signal::derive(move || self.draft.with(|draft| text(&mut draft.clone()).clone()));
        let on_text = Callback::new(move |typed: String| self.draft.update(|draft| *text(draft) = typed));
        let error = Signal::derive(move || {
            let found = self.problems.with(|problems| problems.iter().find(|(of, _)| *of == field).map(|(_, problem)| *problem));
            found.map(|problem| say::field_problem(app, problem))
        });
        let words = |text: Option<fn(App) -> &'static str>| text.map(|text| Signal::derive(move || text(app).to_owned()));
        text_field(
            look.id,
            Signal::derive(move || label(app).to_owned()),
            shown,
            on_text,
            error,
            words(look.hint),
            words(look.suffix),
            look.keyboard,
        )
    }

    /// Saves once; what was typed stays where it is refused.
    pub fn submit<Saved, F>(self, event: &web_sys::SubmitEvent, save: impl FnOnce(Draft) -> F, then: impl FnOnce(Saved) + 'static)
    where
        F: Future<Output = Result<Saved, Refused<(Field, FieldProblem)>>> + 'static,
        Saved: 'static,
    {
        event.prevent_default();
        if self.saving.get_untracked() {
            return;
        }
        self.saving.set(true);
        let autosave = self.autosave.get_value();
        autosave.stop();
        let saved = save(self.draft.get_untracked());
        spawn_local(async move {
            match saved.await {
                Ok(saved) => then(saved),
                Err(refused) => {
                    autosave.resume();
                    self.saving.try_set(false);
                    if let Refused::Problems(found) = refused {
                        self.problems.try_set(found);
                        focus_first_error();
                    }
                }
            }
        });
    }

    /// What is kept, start over, save.
    pub fn foot(self) -> AnyView {
        let start_over = Callback::new(move |()| {
            self.draft.set(self.saved.get_value());
            self.problems.set(Vec::new());
            self.was_kept.set(false);
            self.app.discard_draft(&self.key.get_value());
        });
        foot(self.app, self.saving, self.kept, self.was_kept, start_over)
    }
}

/// One copy in the binary for the fields of all forms.
#[expect(clippy::too_many_arguments, reason = "the parts of one field, named at the one place that calls it")]
fn text_field(
    id: &'static str,
    label: Signal<String>,
    text: Signal<String>,
    on_text: Callback<String>,
    error: Signal<Option<String>>,
    hint: Option<Signal<String>>,
    suffix: Option<Signal<String>>,
    keyboard: Keyboard,
) -> AnyView {
    let hint = hint.unwrap_or_else(|| Signal::stored(String::new()));
    match suffix {
        Some(suffix) => view! { <TextField id label text on_text error hint keyboard suffix /> }.into_any(),
        None => view! { <TextField id label text on_text error hint keyboard /> }.into_any(),
    }
}

fn foot(app: App, saving: RwSignal<bool>, kept: RwSignal<Kept>, was_kept: RwSignal<bool>, start_over: Callback<()>) -> AnyView {
    let is_kept = move || kept.get() == Kept::OnDisk || was_kept.get();
    view! {
        <div class="form-foot">
            <When when=is_kept>
                <p class="form-kept">
                    {icon("check")}{tx!(app, kept_draft)}
                    <button type="button" class="btn btn-link" on:click=move |_| start_over.run(())>{tx!(app, discard_draft)}</button>
                </p>
            </When>
            <button type="submit" class="btn btn-primary btn-big" disabled=saving>
                {live(move || if saving.get() { tr!(app, saving) } else { tr!(app, save) })}
            </button>
        </div>
    }
    .into_any()
}

/// One of a few: a radio button that looks like a chip.
pub fn choice(
    label: Signal<String>,
    group: &'static str,
    on: impl Fn() -> bool + Send + Sync + Copy + 'static,
    pick: impl Fn() + Send + Sync + Copy + 'static,
) -> AnyView {
    chip(label, group, Signal::derive(on), Callback::new(move |()| pick()))
}

fn chip(label: Signal<String>, group: &'static str, on: Signal<bool>, pick: Callback<()>) -> AnyView {
    view! {
        <label class="choice">
            <input type="radio" name=group prop:checked=when(move || on.get()) on:change=move |_| pick.run(()) />
            <span>{live(move || label.get())}</span>
        </label>
    }
    .into_any()
}

/// A line with a switch at its end.
pub fn switch(label: Signal<String>, hint: Signal<String>, on: Signal<bool>, set: Callback<bool>) -> AnyView {
    view! {
        <label class="switch-row">
            <span><strong>{live(move || label.get())}</strong><small>{live(move || hint.get())}</small></span>
            <input type="checkbox" class="toggle" prop:checked=when(move || on.get()) on:change:target=move |event| set.run(event.target().checked()) />
        </label>
    }
    .into_any()
}
