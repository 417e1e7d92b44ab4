//! A block as it is written: its kind, its text with placeholders put in by a tap, and what it will look like to a shop. Kept while it
//! is typed.

use super::words;
use crate::domain::id::TemplateId;
use crate::domain::message;
use crate::domain::placeholder::{Fillings, Placeholder};
use crate::domain::template::{Block, Template};
use crate::domain::template_draft::{TemplateDraft, TemplateField, TemplateProblem};
use crate::state::app::{App, Refused};
use crate::state::autosave::{Autosave, Kept};
use crate::state::templates::draft_key;
use crate::ui::icon::icon;
use crate::ui::live::{When, live, when, words as said};
use crate::ui::load::load;
use crate::ui::navigation::use_address;
use crate::ui::pages::not_found::not_found;
use crate::ui::parts::field::{TextField, focus_first_error};
use crate::ui::parts::form::choice;
use crate::ui::parts::head::SubPageHead;
use crate::ui::texts::{tr, tx};
use leptos::html::Textarea;
use leptos::prelude::*;
use leptos::task::spawn_local;

#[component]
pub fn NewTemplate(app: App) -> impl IntoView {
    view! { <TemplateForm app old=None /> }
}

#[component]
pub fn EditTemplate(app: App, id: TemplateId) -> impl IntoView {
    let found = load(move || async move { app.templates().await.ok()?.into_iter().find(|template| template.id == id) });
    live(move || match found.get() {
        None => ().into_any(),
        Some(None) => not_found(app).into_any(),
        Some(Some(template)) => view! { <TemplateForm app old=Some(template) /> }.into_any(),
    })
}

/// What the placeholders stand for at the first shop of the book, with its name.
fn example(app: App) -> Fillings {
    app.book.with(|book| {
        let rep = book.rep();
        let shop = book.active_customers().next().map(|shop| shop.fields.clone());
        let address = shop.as_ref().map(|shop| message::address(&shop.salutation, &shop.contact, "")).unwrap_or_default();
        Fillings {
            name: address,
            shop: shop.map(|shop| shop.name).unwrap_or_default(),
            company: rep.company,
            rep: rep.name,
            day: String::new(),
        }
    })
}

#[component]
fn TemplateForm(app: App, old: Option<Template>) -> impl IntoView {
    let key = draft_key(old.as_ref().map(|old| old.id));
    let saved = old.as_ref().map(|old| TemplateDraft::from(&old.fields)).unwrap_or_default();
    let kept = app.form_draft::<TemplateDraft>(&key);
    let was_kept = RwSignal::new(kept.is_some());
    let draft = RwSignal::new(kept.unwrap_or_else(|| saved.clone()));
    let problems = RwSignal::new(Vec::<(TemplateField, TemplateProblem)>::new());
    let saving = RwSignal::new(false);
    let autosave = StoredValue::new_local(Autosave::watch(app, key.clone(), move || draft.get()));
    let on_disk = autosave.with_value(Autosave::kept);
    let address = use_address();
    let node = NodeRef::<Textarea>::new();
    let is_old = old.is_some();
    let title = Signal::derive(move || if is_old { tr!(app, desk_block_edit) } else { tr!(app, desk_block_new) }.to_owned());
    let old = StoredValue::new(old);
    let error = move |field: TemplateField| {
        Signal::derive(move || {
            let found = problems.with(|problems| problems.iter().find(|(of, _)| *of == field).map(|(_, problem)| problem.clone()));
            found.map(|problem| words::template_problem(app, &problem))
        })
    };
    let save = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if saving.get_untracked() {
            return;
        }
        saving.set(true);
        let watch = autosave.get_value();
        watch.stop();
        spawn_local(async move {
            let typed = draft.get_untracked();
            match app.save_template(old.get_value().as_ref(), &typed).await {
                Ok(_) => address.replace("/desk/templates"),
                Err(refused) => {
                    watch.resume();
                    saving.try_set(false);
                    if let Refused::Problems(found) = refused {
                        problems.try_set(found);
                        focus_first_error();
                    }
                }
            }
        });
    };
    let start_over = move || {
        draft.set(saved.clone());
        problems.set(Vec::new());
        was_kept.set(false);
        app.discard_draft(&key);
    };
    let start_over = StoredValue::new_local(start_over);
    let kind = move |block: Block| {
        choice(
            Signal::derive(move || words::block(app, block).to_owned()),
            "block",
            move || draft.with(|draft| draft.block == block),
            move || draft.update(|draft| draft.block = block),
        )
    };
    let label = Signal::derive(move || tr!(app, desk_block_name).to_owned());
    let hint = Signal::derive(move || tr!(app, desk_block_name_hint).to_owned());
    let name = Signal::derive(move || draft.with(|draft| draft.name.clone()));
    let on_name = Callback::new(move |typed: String| draft.update(|draft| draft.name = typed));
    let is_kept = move || on_disk.get() == Kept::OnDisk || was_kept.get();
    view! {
        <SubPageHead app back="/desk/templates" title />
        <main class="page">
            <form class="form" novalidate on:submit=save>
                <fieldset class="field">
                    <legend>{tx!(app, desk_block_kind)}</legend>
                    <div class="choices">{Block::ALL.into_iter().map(kind).collect_view()}</div>
                </fieldset>
                {text(app, draft, node, error(TemplateField::Text))}
                {preview(app, draft)}
                <TextField id="block-name" label text=name on_text=on_name error=error(TemplateField::Name) hint />
                <div class="form-foot">
                    <When when=is_kept>
                        <p class="form-kept">
                            {icon("check")}{tx!(app, kept_draft)}
                            <button type="button" class="btn btn-link" on:click=move |_| start_over.with_value(|start_over| start_over())>{tx!(app, discard_draft)}</button>
                        </p>
                    </When>
                    <button type="submit" class="btn btn-primary btn-big" disabled=saving>{live(move || if saving.get() { tr!(app, saving) } else { tr!(app, save) })}</button>
                </div>
            </form>
        </main>
    }
}

/// The text, and what may stand in braces in it.
fn text(app: App, draft: RwSignal<TemplateDraft>, node: NodeRef<Textarea>, error: Signal<Option<String>>) -> AnyView {
    Effect::new(move |_| {
        let text = draft.with(|draft| draft.text.clone());
        if let Some(area) = node.get()
            && area.value() != text
        {
            area.set_value(&text);
        }
    });
    let put = move |placeholder: Placeholder| {
        let Some(area) = node.get_untracked() else { return };
        let word = format!("{{{}}}", placeholder.word(app.tongue()));
        let at = area.selection_start().ok().flatten().unwrap_or_default();
        // An area that is on screen takes both.
        let _ = area.set_range_text(&word);
        let behind = at + u32::try_from(word.encode_utf16().count()).unwrap_or_default();
        let _ = area.set_selection_range(behind, behind);
        draft.update(|draft| draft.text = area.value());
        let _ = area.focus();
    };
    let chip = move |placeholder: Placeholder| {
        let word = move || {
            app.language.track();
            placeholder.word(app.tongue())
        };
        view! { <button type="button" class="btn desk-chip" on:click=move |_| put(placeholder)>{icon("plus")}{said(word)}</button> }
    };
    view! {
        <div class="field">
            <label for="block-text">{tx!(app, desk_block_text)}</label>
            <textarea
                id="block-text"
                class="input desk-text"
                class:input-error=when(move || error.with(Option::is_some))
                rows="4"
                node_ref=node
                aria-invalid=said(move || error.with(Option::is_some).to_string())
                aria-describedby="block-text-hint"
                on:input:target=move |event| draft.update(|draft| draft.text = event.target().value())
            ></textarea>
            <p id="block-text-hint" class="field-hint" class:field-error=when(move || error.with(Option::is_some))>
                {said(move || error.get().unwrap_or_else(|| tr!(app, desk_block_text_hint).to_owned()))}
            </p>
            <div class="desk-chips" role="group" aria-label=tx!(app, desk_placeholders)>{Placeholder::ALL.into_iter().map(chip).collect_view()}</div>
        </div>
    }
    .into_any()
}

fn preview(app: App, draft: RwSignal<TemplateDraft>) -> AnyView {
    let fillings = Memo::new(move |_| example(app));
    let shown = move || fillings.with(|fillings| draft.with(|draft| fillings.fill(&message::one_line(&draft.text))));
    let label = move || match fillings.with(|fillings| fillings.shop.clone()) {
        none if none.is_empty() => tr!(app, desk_preview).to_owned(),
        shop => tr!(app, desk_preview_for, shop = shop),
    };
    view! {
        <When when=move || draft.with(|draft| !draft.text.trim().is_empty())>
            <div class="desk-preview"><p class="field-hint">{said(label)}</p><p class="desk-bubble">{said(shown)}</p></div>
        </When>
    }
    .into_any()
}
