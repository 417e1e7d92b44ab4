//! What several contacts are about: opened with a title, its contacts beneath it, closed with what came of it. What was lost says why.

use super::log::touch_row;
use super::time_field::said;
use super::words;
use crate::domain::episode::{Episode, EpisodeEnd, EpisodeKind};
use crate::domain::id::CustomerId;
use crate::domain::touch::Touch;
use crate::state::app::{App, Refused};
use crate::ui::icon::icon;
use crate::ui::live::{live, words as text_of};
use crate::ui::parts::field::{TextField, focus_first_error};
use crate::ui::parts::form::choice;
use crate::ui::parts::sheet::Sheet;
use crate::ui::say;
use crate::ui::texts::{tr, tx};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What the sheets remember while they are open. Made by the page.
#[derive(Clone, Copy)]
pub struct Matters {
    /// A new one is typed.
    opening: RwSignal<bool>,
    closing: RwSignal<Option<Episode>>,
    kind: RwSignal<EpisodeKind>,
    end: RwSignal<EpisodeEnd>,
    text: RwSignal<String>,
    problem: RwSignal<Option<String>>,
}

impl Matters {
    pub fn new() -> Matters {
        Matters {
            opening: RwSignal::new(false),
            closing: RwSignal::new(None),
            kind: RwSignal::new(EpisodeKind::Complaint),
            end: RwSignal::new(EpisodeEnd::Solved),
            text: RwSignal::default(),
            problem: RwSignal::new(None),
        }
    }

    fn clear(self) {
        self.text.set(String::new());
        self.problem.set(None);
    }

    pub fn begin(self) {
        self.clear();
        self.opening.set(true);
    }

    fn ask_how(self, episode: Episode) {
        self.clear();
        self.end.set(if episode.kind == EpisodeKind::Deal { EpisodeEnd::Won } else { EpisodeEnd::Solved });
        self.closing.set(Some(episode));
    }

    fn hide(self) {
        self.opening.try_set(false);
        self.closing.try_set(None);
    }

    fn refuse(self, problem: String) {
        self.problem.try_set(Some(problem));
        focus_first_error();
    }
}

/// One matter with its contacts.
pub fn episode_card(app: App, episode: &Episode, touches: &[Touch], matters: Matters) -> AnyView {
    let (id, kind, opened, closed) = (episode.id, episode.kind, episode.opened_on, episode.closed.clone());
    let rows: Vec<_> = touches.iter().filter(|touch| touch.episode == Some(id)).map(|touch| touch_row(app, touch)).collect();
    let is_open = episode.is_open();
    let whole = episode.clone();
    let reopen = move |_| {
        spawn_local(async move {
            // A refused write is said by the banner.
            let _ = app.reopen_episode(id).await;
        });
    };
    let said = move || match &closed {
        None => tr!(app, episode_since, kind = words::episode(app, kind), date = say::date(app, opened)),
        Some(closed) => {
            let how = tr!(app, episode_closed, how = words::episode_end(app, closed.how), date = say::date(app, closed.on));
            if closed.why.is_empty() { how } else { format!("{how} · {}", closed.why) }
        }
    };
    view! {
        <section class="card episode">
            <h3 class="row-name">{episode.title.clone()}</h3>
            <p class="row-why">{text_of(said)}</p>
            {(!rows.is_empty()).then(|| view! { <ol class="timeline">{rows}</ol> })}
            {if is_open {
                view! { <button type="button" class="btn" on:click=move |_| matters.ask_how(whole.clone())>{icon("check")}{tx!(app, episode_close)}</button> }.into_any()
            } else {
                view! { <button type="button" class="btn" on:click=reopen>{icon("rotate-ccw")}{tx!(app, episode_reopen)}</button> }.into_any()
            }}
        </section>
    }
    .into_any()
}

/// The sheets that open and close a matter.
#[component]
pub fn EpisodeSheets(app: App, shop: CustomerId, matters: Matters) -> impl IntoView {
    let text = move |id: &'static str, label: fn(App) -> &'static str| {
        view! {
            <TextField id label=said(app, label) text=matters.text on_text=Callback::new(move |typed| matters.text.set(typed)) error=matters.problem />
        }
    };
    let open = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        spawn_local(async move {
            match app.open_episode(shop, matters.kind.get_untracked(), &matters.text.get_untracked()).await {
                Ok(_) => matters.hide(),
                Err(Refused::Problems(found)) => {
                    matters.refuse(untrack(|| found.first().map_or_else(String::new, |problem| words::text_problem(app, *problem))));
                }
                // Said by the banner; what was typed stays.
                Err(_) => {}
            }
        });
    };
    let close = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let Some(episode) = matters.closing.get_untracked() else { return };
        spawn_local(async move {
            match app.close_episode(episode.id, matters.end.get_untracked(), &matters.text.get_untracked()).await {
                Ok(()) => matters.hide(),
                Err(Refused::Problems(found)) => {
                    matters.refuse(untrack(|| found.first().map_or_else(String::new, |problem| words::text_problem(app, *problem))));
                }
                Err(_) => {}
            }
        });
    };
    let kind = move |kind: EpisodeKind| {
        choice(
            Signal::derive(move || words::episode(app, kind).to_owned()),
            "episode-kind",
            move || matters.kind.get() == kind,
            move || matters.kind.set(kind),
        )
    };
    let end = move |end: EpisodeEnd| {
        choice(
            Signal::derive(move || words::episode_end(app, end).to_owned()),
            "episode-end",
            move || matters.end.get() == end,
            move || matters.end.set(end),
        )
    };
    let save = move || view! { <div class="sheet-actions"><button type="submit" class="btn btn-primary">{icon("check")}{tx!(app, save)}</button></div> };
    view! {
        {live(move || matters.opening.get().then(|| view! {
            <Sheet app title=said(app, |app| tr!(app, episode_new)) on_close=move |()| matters.hide()>
                <form class="form" novalidate on:submit=open>
                    <div class="choices" role="group" aria-label=tx!(app, episode_new)>{EpisodeKind::ALL.map(kind).collect_view()}</div>
                    {text("episode-title", |app| tr!(app, episode_title))}
                    {save()}
                </form>
            </Sheet>
        }))}
        {live(move || matters.closing.get().map(|episode| view! {
            <Sheet app title=Signal::stored(episode.title) on_close=move |()| matters.hide()>
                <form class="form" novalidate on:submit=close>
                    <div class="choices" role="group" aria-label=tx!(app, episode_close)>{EpisodeEnd::ALL.map(end).collect_view()}</div>
                    {text("episode-why", |app| tr!(app, episode_why))}
                    {save()}
                </form>
            </Sheet>
        }))}
    }
}
