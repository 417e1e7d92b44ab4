//! Blocks from a text that was pasted or opened: first what would be added and which lines are left out and why, then one button.

use super::words;
use crate::domain::template_import::{BYTES_MAX, Imported};
use crate::state::app::App;
use crate::ui::icon::icon;
use crate::ui::live::{live, when};
use crate::ui::navigation::use_address;
use crate::ui::parts::head::SubPageHead;
use crate::ui::platform;
use crate::ui::texts::{tr, trn, tx};
use leptos::html::{Input, Textarea};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// How many of each are shown.
const SHOWN: usize = 100;

#[component]
pub fn ImportTemplates(app: App) -> impl IntoView {
    let title = Signal::derive(move || tr!(app, desk_import_title).to_owned());
    let address = use_address();
    let read = RwSignal::new(None::<Imported>);
    let is_refused = RwSignal::new(false);
    let saving = RwSignal::new(false);
    let area = NodeRef::<Textarea>::new();
    let file = NodeRef::<Input>::new();
    let look = move |text: String| {
        is_refused.set(false);
        spawn_local(async move {
            let answer = if text.trim().is_empty() { None } else { app.read_templates(&text).await.ok() };
            read.try_set(answer);
        });
    };
    let choose = move |_| {
        let Some(input) = file.get_untracked() else { return };
        let Some(chosen) = input.files().and_then(|files| files.get(0)) else { return };
        spawn_local(async move {
            // Four bytes a character at most; more is no list of sentences.
            let is_small = chosen.size() <= f64::from(u32::try_from(BYTES_MAX).unwrap_or(u32::MAX));
            let text = if is_small { platform::file_text(&chosen).await } else { None };
            match text {
                Some(text) => {
                    if let Some(area) = area.try_get_untracked().flatten() {
                        area.set_value(&text);
                    }
                    look(text);
                }
                None => {
                    is_refused.try_set(true);
                }
            }
            // The same file may be chosen again after it was changed.
            input.set_value("");
        });
    };
    let add = move |_| {
        let Some(found) = read.get_untracked() else { return };
        if saving.get_untracked() {
            return;
        }
        saving.set(true);
        spawn_local(async move {
            // A refused write is said by the banner; what was pasted stays.
            match app.add_templates(found.blocks).await {
                Ok(()) => address.replace("/desk/templates"),
                Err(_) => {
                    saving.try_set(false);
                }
            }
        });
    };
    view! {
        <SubPageHead app back="/desk/templates" title />
        <main class="page">
            <div class="form">
                <p class="group-hint">{tx!(app, desk_import_text)}</p>
                <p class="desk-bubble">{tx!(app, desk_import_example)}</p>
                <div class="field">
                    <label for="blocks-text">{tx!(app, desk_import_paste)}</label>
                    <textarea id="blocks-text" class="input desk-text" rows="6" node_ref=area on:input:target=move |event| look(event.target().value())></textarea>
                </div>
                <label class="btn file-button">
                    {icon("file-text")}{tx!(app, desk_import_file)}
                    <input type="file" id="blocks-file" node_ref=file accept=".txt,.csv,.tsv,text/plain,text/csv" on:change=choose />
                </label>
                {live(move || is_refused.get().then(|| view! { <p class="field-error" role="alert">{icon("circle-alert")}{tr!(app, desk_import_unread)}</p> }))}
                {live(move || read.get().map(|found| preview(app, &found)))}
                {live(move || read.with(|read| read.as_ref().map(|read| read.blocks.len())).filter(|count| *count > 0).map(|count| view! {
                    <div class="form-foot">
                        <button type="button" class="btn btn-primary btn-big" disabled=when(move || saving.get()) on:click=add>
                            {icon("plus")}{trn!(app, desk_import_add | desk_import_add_single, count = count)}
                        </button>
                    </div>
                }))}
            </div>
        </main>
    }
}

fn preview(app: App, found: &Imported) -> AnyView {
    let (new, known, problems) = (found.blocks.len(), found.known, found.problems.clone());
    let blocks: Vec<_> = found
        .blocks
        .iter()
        .take(SHOWN)
        .map(|fields| {
            view! {
                <li class="row">
                    <span class="row-words"><span class="row-name">{fields.name.clone()}</span><span class="row-why">{fields.text.clone()}</span></span>
                    <span class="chip chip-plain">{words::block(app, fields.block)}</span>
                </li>
            }
        })
        .collect();
    let refused: Vec<_> = problems
        .iter()
        .take(SHOWN)
        .map(|problem| {
            let words = words::refused(app, &problem.why);
            view! { <li>{icon("circle-alert")}<span>{tr!(app, desk_import_line, line = problem.line, why = words)}</span></li> }
        })
        .collect();
    view! {
        <section class="desk-import">
            <p role="status"><strong>{tr!(app, desk_import_found, new = new, known = known, refused = problems.len())}</strong></p>
            {(!refused.is_empty()).then(|| view! { <ul class="desk-refused">{refused}</ul> })}
            <ul class="rows">{blocks}</ul>
        </section>
    }
    .into_any()
}
