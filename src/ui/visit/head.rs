//! The head of a visit: shop, how far it is kept, the step rail. Any order; nothing blocks.

use super::page::{Over, Overlay};
use crate::domain::draft::Step;
use crate::state::app::App;
use crate::state::autosave::Kept;
use crate::state::visit_room::VisitRoom;
use crate::ui::icon::icon;
use crate::ui::live::{live, words};
use crate::ui::parts::head::Heading;
use crate::ui::route::link;
use crate::ui::say;
use crate::ui::texts::{tr, tx};
use leptos::prelude::*;

#[component]
pub fn VisitHead(room: VisitRoom) -> impl IntoView {
    let app = room.app;
    let overlay = expect_context::<Overlay>();
    let name = room.customer().fields.name.clone();
    let kept = room.kept();
    let is_typed = move || room.lines.with(|lines| lines.iter().any(|line| line.draft.with(|draft| *draft != Default::default())));
    let status = move || match kept.get() {
        Kept::OnDisk => (Some("check"), tr!(app, visit_saved)),
        Kept::Clean if is_typed() => (Some("check"), tr!(app, visit_saved)),
        Kept::Clean => (None, tr!(app, visit_new)),
        Kept::Waiting => (None, tr!(app, visit_saving)),
        Kept::Failed => (Some("circle-alert"), tr!(app, visit_save_failed)),
    };
    let second = move || match (room.by_phone, room.corrects) {
        (true, _) => tr!(app, phone_order).to_owned(),
        (_, Some(_)) => tr!(app, visit_correcting, date = say::date(app, room.on)),
        _ => tr!(app, visit_started, time = say::time(room.started)),
    };
    let steps: Vec<Step> = if room.by_phone { vec![Step::Order] } else { Step::ALL.to_vec() };
    let step = move |to: Step| {
        view! {
            <button
                type="button"
                aria-current=move || (room.step.get() == to).then_some("step")
                on:click=move |_| room.step.set(to)
            >
                {live(move || is_done(room, to).then(|| icon("check")))}
                {live(move || step_name(app, to))}
            </button>
        }
    };
    let back = format!("/customers/{}", room.customer().id);
    view! {
        <header class="visit-head">
            <a href=link(&back) class="icon-button" aria-label=tx!(app, back)>{icon("chevron-left")}</a>
            <div class="visit-names">
                <Heading app title=Signal::stored(name) />
                <p class="visit-status" data-kept=words(move || format!("{:?}", kept.get()))>
                    {live(move || { let (sign, words) = status(); view! { {sign.map(icon)}<span>{words}</span> } })}
                    <span>{live(move || format!("· {}", second()))}</span>
                </p>
            </div>
            <nav class="steps" aria-label=tx!(app, visit_steps)>
                {steps.into_iter().map(step).collect_view()}
                <button type="button" disabled=true>{tx!(app, visit_step_done)}</button>
            </nav>
            <button type="button" class="icon-button visit-search" aria-label=tx!(app, visit_add_product) on:click=move |_| overlay.find("")>
                {icon("search")}
            </button>
            <button type="button" class="icon-button visit-menu" aria-label=tx!(app, visit_menu) on:click=move |_| overlay.show(Over::Menu)>
                {icon("ellipsis")}
            </button>
        </header>
    }
}

fn step_name(app: App, step: Step) -> &'static str {
    match step {
        Step::Meet => tr!(app, visit_step_meet),
        Step::Shelf => tr!(app, visit_step_shelf),
        Step::Count => tr!(app, visit_step_count),
        Step::Order => tr!(app, visit_step_order),
        Step::Agree => tr!(app, visit_step_agree),
    }
}

/// A small tick: something was done there. Never a condition for going on.
fn is_done(room: VisitRoom, step: Step) -> bool {
    match step {
        Step::Meet => false,
        Step::Shelf => room.shelf.with(|done| !done.is_empty()),
        Step::Count => room.range.get() > 0 && room.counted.get() >= room.range.get(),
        Step::Order => false,
        Step::Agree => room.agreed.with(|agreed| *agreed != Default::default()) && room.agreed_problem().is_none(),
    }
}
