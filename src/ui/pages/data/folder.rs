//! Copies into a folder of the device, where the browser has that.

use crate::state::app::App;
use crate::state::errands::{Answer, Ask, Desk, Errands};
use crate::state::folder::InFolder;
use crate::ui::icon::icon;
use crate::ui::live::{live, when};
use crate::ui::load::load;
use crate::ui::say;
use crate::ui::texts::{tr, tx};
use leptos::prelude::*;
use leptos::task::spawn_local;

#[component]
pub fn FolderCard(app: App, errands: Errands) -> impl IntoView {
    let asked = RwSignal::new(0_u32);
    let found = load(move || {
        asked.track();
        errands.busy.track();
        app.folder_state()
    });
    Effect::new(move |_| {
        if let Some(Answer::InFolder(said)) = errands.answer(Desk::Backup) {
            app.note_in_folder(&said);
            asked.update(|asked| *asked += 1);
        }
    });
    let said = move || match errands.answer(Desk::Backup) {
        Some(Answer::InFolder(InFolder::Written { name, bytes, .. })) => {
            let words = tr!(app, folder_written, name = name, size = say::bytes(bytes));
            Some(view! { <p role="status">{icon("check")}<strong>{words}</strong></p> }.into_any())
        }
        Some(Answer::InFolder(InFolder::Failed)) => {
            let words = tr!(app, folder_failed);
            Some(view! { <p role="alert">{icon("circle-alert")}<strong>{words}</strong></p> }.into_any())
        }
        _ => None,
    };
    let copy = move |_| {
        spawn_local(async move {
            if app.pick_folder().await {
                errands.ask(&Ask::CopyToFolder, None);
            }
        });
    };
    let forget = move |_| {
        spawn_local(async move {
            app.forget_folder().await;
            asked.try_update(|asked| *asked += 1);
        });
    };
    let state = move || {
        found.get().flatten().map(|state| {
            let label = match (&state.name, state.is_allowed) {
                (None, _) => tr!(app, folder_pick),
                (Some(_), _) if state.is_gone => tr!(app, folder_pick),
                (Some(_), false) => tr!(app, folder_allow),
                (Some(_), true) => tr!(app, folder_now),
            };
            let kept = state.name.map(|name| {
                let last = match state.last {
                    Some(at) => tr!(app, folder_last, name = name, date = say::date_time(app, at)),
                    None => tr!(app, folder_never, name = name),
                };
                view! {
                    <p class="folder-last">{last}</p>
                    {(!state.is_allowed).then(|| view! { <p class="field-hint">{tr!(app, folder_asks)}</p> })}
                    {state.is_gone.then(|| view! { <p class="field-hint">{tr!(app, folder_gone)}</p> })}
                    {state.larger.map(|name| view! { <p class="field-hint">{tr!(app, folder_larger, name = name)}</p> })}
                }
            });
            let has_one = kept.is_some();
            view! {
                {kept}
                <div class="actions">
                    <button type="button" id="folder-copy" class="btn" disabled=when(move || errands.is_busy()) on:click=copy>{icon("download")}{label}</button>
                    {has_one.then(|| view! { <button type="button" id="folder-forget" class="btn btn-quiet" on:click=forget>{tr!(app, folder_forget)}</button> })}
                </div>
            }
        })
    };
    app.can_pick_folder().then(|| {
        view! {
            <section class="card folder">
                <h2>{tx!(app, folder_title)}</h2>
                <p>{tx!(app, folder_text)}</p>
                {live(said)}
                {live(state)}
            </section>
        }
    })
}
