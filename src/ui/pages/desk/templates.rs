//! The blocks of text that messages are made of: the rep's own by kind, to change, put away and take back, and the app's own to begin
//! with.

use super::words;
use crate::domain::blocks;
use crate::domain::template::{Block, Template};
use crate::state::app::App;
use crate::ui::icon::icon;
use crate::ui::live::{live, words as said};
use crate::ui::load::load;
use crate::ui::parts::empty::Empty;
use crate::ui::parts::head::SubPageHead;
use crate::ui::route::link;
use crate::ui::texts::{tr, tx};
use leptos::prelude::*;
use leptos::task::spawn_local;

#[component]
pub fn TemplatesPage(app: App) -> impl IntoView {
    let title = Signal::derive(move || tr!(app, desk_templates).to_owned());
    let writes = RwSignal::new(0_u32);
    let all = load(move || {
        writes.track();
        async move { app.templates().await.unwrap_or_default() }
    });
    let put_away = move |template: Template| {
        spawn_local(async move {
            let archived = !template.fields.archived;
            // A refused write is said by the banner.
            if app.archive_template(&template, archived).await.is_ok() {
                writes.try_update(|writes| *writes += 1);
            }
        });
    };
    let row = move |template: Template| {
        let (id, name, text, archived) =
            (template.id, template.fields.name.clone(), template.fields.text.clone(), template.fields.archived);
        view! {
            <li class="row desk-block">
                <a class="row-words" href=link(&format!("/desk/templates/{id}"))><span class="row-name">{name}</span><span class="row-why">{text}</span></a>
                <button type="button" class="btn btn-quiet" on:click=move |_| put_away(template.clone())>
                    {icon(if archived { "undo-2" } else { "archive" })}
                    {said(move || if archived { tr!(app, desk_block_back) } else { tr!(app, desk_block_away) })}
                </button>
            </li>
        }
    };
    let group = move |kind: Block, all: &[Template]| {
        let rows: Vec<_> =
            all.iter().filter(|template| template.fields.block == kind && !template.fields.archived).cloned().map(row).collect();
        (!rows.is_empty()).then(|| {
            view! {
                <section class="group">
                    <h2 class="group-title">{said(move || words::block(app, kind))}</h2>
                    <ul class="rows">{rows}</ul>
                </section>
            }
        })
    };
    let away = move |all: &[Template]| {
        let rows: Vec<_> = all.iter().filter(|template| template.fields.archived).cloned().map(row).collect();
        let count = rows.len();
        (count > 0).then(|| {
            view! {
                <details class="group desk-away">
                    <summary class="group-title">{icon("chevron-right")}{tx!(app, desk_blocks_away)}<span class="group-count">{count}</span></summary>
                    <ul class="rows">{rows}</ul>
                </details>
            }
        })
    };
    let list = move || {
        let all = all.get()?;
        if all.is_empty() {
            let title = Signal::derive(move || tr!(app, desk_blocks_none).to_owned());
            let text = Signal::derive(move || tr!(app, desk_blocks_none_text).to_owned());
            return Some(view! { <Empty title text /> }.into_any());
        }
        let groups: Vec<_> = Block::ALL.into_iter().filter_map(|kind| group(kind, &all)).collect();
        Some(view! { {groups}{away(&all)} }.into_any())
    };
    view! {
        <SubPageHead app back="/desk" title />
        <main class="page">
            <p class="group-hint">{tx!(app, desk_blocks_text)}</p>
            <div class="actions">
                <a class="btn btn-primary" href=link("/desk/templates/new")>{icon("plus")}{tx!(app, desk_block_new)}</a>
                <a class="btn" href=link("/desk/templates/import")>{icon("upload")}{tx!(app, desk_import)}</a>
            </div>
            {live(list)}
            {own(app)}
        </main>
    }
}

/// What the app brings, to read; it needs no care.
fn own(app: App) -> AnyView {
    let rows = move || {
        app.language.track();
        let own = blocks::own(app.tongue());
        own.into_iter()
            .map(|fields| {
                let kind = fields.block;
                view! {
                    <li class="row">
                        <span class="row-words"><span class="row-name">{fields.text}</span><span class="row-why">{said(move || words::block(app, kind))}</span></span>
                    </li>
                }
            })
            .collect_view()
    };
    view! {
        <details class="group desk-own">
            <summary class="group-title">{icon("chevron-right")}{tx!(app, desk_blocks_own)}</summary>
            <ul class="rows">{live(rows)}</ul>
        </details>
    }
    .into_any()
}
