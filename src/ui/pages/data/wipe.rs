//! Deleting everything: asks for a word, and offers a backup first.

use crate::state::app::App;
use crate::state::errands::{Answer, Ask, Desk, Errands};
use crate::ui::icon::icon;
use crate::ui::live::{live, when, words};
use crate::ui::parts::sheet::Sheet;
use crate::ui::route::link;
use crate::ui::texts::{tr, tx};
use leptos::prelude::*;

#[component]
pub fn WipeCard(app: App, errands: Errands) -> impl IntoView {
    let open = RwSignal::new(false);
    // The page starts anew: nothing of what was is left in its memory.
    Effect::new(move |_| {
        if let Some(Answer::Wiped) = errands.answer(Desk::Backup) {
            app.forget_backups();
            // A page that runs can always go somewhere.
            let _ = window().location().assign(&link("/"));
        }
    });
    view! {
        <section class="card wipe">
            <h2>{tx!(app, wipe_title)}</h2>
            <p>{tx!(app, wipe_text)}</p>
            <button type="button" id="wipe-open" class="btn btn-late" on:click=move |_| open.set(true)>{icon("trash-2")}{tx!(app, wipe_title)}</button>
        </section>
        {live(move || open.get().then(|| view! { <WipeSheet app errands open /> }))}
    }
}

#[component]
fn WipeSheet(app: App, errands: Errands, open: RwSignal<bool>) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let is_right = move || typed.with(|typed| typed.trim().eq_ignore_ascii_case(tr!(app, wipe_word)));
    let title = Signal::derive(move || tr!(app, wipe_ask).to_owned());
    let wipe = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if untrack(is_right) && errands.busy.get_untracked().is_none() {
            errands.ask(&Ask::Wipe, None);
        }
    };
    view! {
        <Sheet app title on_close=move |()| open.set(false)>
            <p class="sheet-text">{tx!(app, wipe_sheet_text)}</p>
            <button type="button" id="wipe-backup" class="btn" disabled=when(move || errands.is_busy()) on:click=move |_| {
                open.set(false);
                errands.ask(&Ask::BackUp { shop: None }, None);
            }>{icon("download")}{tx!(app, wipe_backup_first)}</button>
            <form class="form wipe-form" novalidate on:submit=wipe>
                <div class="field">
                    <label for="wipe-word">{tx!(app, wipe_type)}" "<strong id="wipe-word-wanted">{words(move || tr!(app, wipe_word))}</strong></label>
                    <input id="wipe-word" class="input" type="text" autocomplete="off" autocapitalize="off" spellcheck="false"
                        on:input:target=move |event| typed.set(event.target().value()) />
                </div>
                <div class="sheet-actions">
                    <button type="button" class="btn" on:click=move |_| open.set(false)>{tx!(app, cancel)}</button>
                    <button type="submit" id="wipe-now" class="btn btn-late" disabled=when(move || !is_right() || errands.is_busy())>{icon("trash-2")}{tx!(app, wipe_now)}</button>
                </div>
            </form>
        </Sheet>
    }
}
