//! The pill that starts a visit, or goes back to the one in hand.

use crate::domain::draft_head::Purpose;
use crate::domain::id::{CustomerId, VisitId};
use crate::domain::today::Plan;
use crate::state::app::App;
use crate::ui::icon::icon;
use crate::ui::live::live;
use crate::ui::navigation::use_address;
use crate::ui::texts::tr;
use leptos::prelude::*;
use leptos::task::spawn_local;

pub fn visit_path(id: VisitId) -> String {
    format!("/visit/{id}")
}

/// The pill that starts the next shop's visit.
#[component]
pub fn StartNext(app: App, plan: Memo<Plan>) -> impl IntoView {
    let next = Memo::new(move |_| plan.with(|plan| plan.next().map(|row| (row.id(), row.customer.fields.name.clone()))));
    view! {
        {live(move || next.get().map(|(id, name)| {
            let note = Signal::derive(move || tr!(app, start_next, name = name.clone()));
            view! { <StartPill app id note /> }
        }))}
    }
}

/// "Start visit", or back to the one in hand.
#[component]
pub fn StartPill(app: App, id: CustomerId, #[prop(into)] note: Signal<String>) -> impl IntoView {
    let address = use_address();
    let in_hand =
        move || app.open_visits.with(|visits| visits.values().any(|visit| visit.customer == id && visit.purpose == Purpose::Visit));
    let start = move |_| {
        spawn_local(async move {
            // A visit that could not be started is said by the banner.
            if let Ok(visit) = app.start_visit(id).await {
                address.go(&visit_path(visit));
            }
        });
    };
    view! {
        <div class="start">
            <button type="button" class="start-pill" on:click=start>
                <span class="start-words">
                    <strong>{live(move || if in_hand() { tr!(app, continue_visit) } else { tr!(app, start_visit) })}</strong>
                    <span>{live(move || note.get())}</span>
                </span>
                <span class="start-arrow">{icon("arrow-right")}</span>
            </button>
        </div>
    }
}
