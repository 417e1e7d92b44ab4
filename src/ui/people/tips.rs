//! What the shop was told already, newest first, so that nothing is told twice; a new one is a line and a tap.

use crate::domain::id::CustomerId;
use crate::state::app::{App, Refused};
use crate::state::profiles::ProfileRefusal;
use crate::ui::icon::icon;
use crate::ui::live::live;
use crate::ui::parts::field::{TextField, focus_first_error};
use crate::ui::parts::form::Worded;
use crate::ui::say;
use crate::ui::texts::{tr, tx};
use leptos::prelude::*;
use leptos::task::spawn_local;

#[component]
pub fn Tips(app: App, id: CustomerId) -> impl IntoView {
    let text = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<ProfileRefusal>);
    let busy = RwSignal::new(false);
    let tips = Memo::new(move |_| app.profile(id).map(|profile| profile.tips).unwrap_or_default());
    let add = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let typed = text.get_untracked();
            let answer = app.tell_tip(id, &typed).await;
            busy.try_set(false);
            match answer {
                Ok(()) => {
                    problem.try_set(None);
                    text.try_set(String::new());
                }
                Err(Refused::Problems(found)) => {
                    problem.try_set(found.into_iter().next());
                    focus_first_error();
                }
                // The disk's refusal is said by the banner; what was typed stays.
                Err(Refused::Store(_)) => {}
            }
        });
    };
    let list = move || {
        let tips = tips.get();
        (!tips.is_empty()).then(|| {
            let lines = tips.into_iter().rev().map(|tip| {
                let on = tip.on;
                view! { <li>{tip.text}<small>{live(move || say::date(app, on))}</small></li> }
            });
            view! { <ul class="told">{lines.collect_view()}</ul> }
        })
    };
    let error = Signal::derive(move || problem.get().map(|problem| problem.worded(app)));
    view! {
        <section class="group">
            <h2 class="group-title">{icon("presentation")}{tx!(app, profile_tips)}</h2>
            <form class="tip-form" novalidate on:submit=add>
                <TextField
                    id="tip"
                    label=Signal::derive(move || tr!(app, profile_tip).to_owned())
                    text=text
                    on_text=Callback::new(move |typed| text.set(typed))
                    error
                />
                <button type="submit" class="btn" disabled=busy>{icon("plus")}{tx!(app, profile_tip_add)}</button>
            </form>
            {live(list)}
        </section>
    }
}
