//! A file that the worker made: handed over as soon as it is there, and once more by a tap, which a share sheet wants and a person
//! who missed the download too.

use crate::state::app::App;
use crate::state::errands::{Errands, Made};
use crate::ui::icon::icon;
use crate::ui::live::live;
use crate::ui::platform::{self, Handed};
use crate::ui::say;
use crate::ui::texts::tr;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Where a file goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    Save,
    Share,
}

/// What became of it, with the button for once more.
#[component]
pub fn HandOver(app: App, errands: Errands, made: Made, way: Way) -> impl IntoView {
    let handed = RwSignal::new(None::<Handed>);
    let made = StoredValue::new(made);
    let hand = move || {
        let Some(file) = errands.file() else { return };
        let Made { name, backed_up, .. } = made.get_value();
        spawn_local(async move {
            let how = match way {
                Way::Save => platform::save_file(&name, &file).await,
                Way::Share => platform::share_file(&name, &file).await,
            };
            if let (Handed::Downloaded | Handed::Shared, Some(backed_up)) = (how, backed_up) {
                app.note_backup(backed_up);
            }
            // The page may be gone.
            handed.try_set(Some(how));
        });
    };
    if errands.is_fresh() {
        hand();
    }
    let name = move || made.with_value(|made| format!("{}  {}", made.name, say::bytes(made.bytes)));
    view! {
        <section class="card notice handed" data-handed=move || handed.get().map(|how| format!("{how:?}"))>
            <p role="status">{live(move || match handed.get() {
                Some(Handed::Downloaded) => view! { {icon("check")}<strong>{tr!(app, file_downloaded)}</strong> }.into_any(),
                Some(Handed::Shared) => view! { {icon("check")}<strong>{tr!(app, file_shared)}</strong> }.into_any(),
                Some(Handed::Cancelled) => view! { {icon("circle-alert")}<strong>{tr!(app, file_cancelled)}</strong> }.into_any(),
                Some(Handed::Failed) => view! { {icon("circle-alert")}<strong>{tr!(app, file_failed)}</strong> }.into_any(),
                Some(Handed::NeedsTap) | None => view! { {icon("file-text")}<strong>{tr!(app, file_ready)}</strong> }.into_any(),
            })}</p>
            <p class="handed-name">{name}</p>
            <button type="button" class="btn" on:click=move |_| hand()>
                {icon("download")}{live(move || match handed.get() {
                    Some(Handed::Downloaded | Handed::Shared) => tr!(app, file_again),
                    _ => tr!(app, file_take),
                })}
            </button>
        </section>
    }
}
