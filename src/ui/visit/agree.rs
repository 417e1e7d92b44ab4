//! What is agreed before leaving: a promise with its time, the next visit, the shop's class, what was heard. Kept as typed; a
//! promise without a time is not finished.

use super::count_step::FootTotal;
use super::order_step::FinishButton;
use super::page::finish_problem;
use super::teach::Teach;
use crate::domain::customer::CustomerClass;
use crate::domain::draft::AgreedDraft;
use crate::domain::finish::{AgreedProblem, FinishProblem};
use crate::domain::schedule;
use crate::state::app::App;
use crate::state::visit_room::VisitRoom;
use crate::ui::icon::icon;
use crate::ui::live::{live, words};
use crate::ui::parts::field::TextField;
use crate::ui::parts::form::choice;
use crate::ui::say;
use crate::ui::texts::{tr, tx};
use chrono::{Days, NaiveDate};
use leptos::prelude::*;

#[component]
pub fn AgreeStep(
    room: VisitRoom,
    problem: RwSignal<Option<FinishProblem>>,
    finishing: RwSignal<bool>,
    on_finish: Callback<()>,
) -> impl IntoView {
    let app = room.app;
    let agreed = room.agreed;
    let said = |text: fn(App) -> &'static str| Signal::derive(move || text(app).to_owned());
    let text = move |id: &'static str,
                     label: fn(App) -> &'static str,
                     read: fn(&AgreedDraft) -> &String,
                     write: fn(&mut AgreedDraft) -> &mut String,
                     error: Signal<Option<String>>| {
        let shown = Signal::derive(move || agreed.with(|agreed| read(agreed).clone()));
        let on_text = Callback::new(move |typed: String| agreed.update(|agreed| *write(agreed) = typed));
        view! { <TextField id label=said(label) text=shown on_text error /> }
    };
    let date = move |id: &'static str,
                     kind: &'static str,
                     label: fn(App) -> &'static str,
                     read: fn(&AgreedDraft) -> &String,
                     write: fn(&mut AgreedDraft) -> &mut String,
                     wrong: Signal<bool>| {
        view! {
            <div class="field">
                <label for=id>{live(move || label(app))}</label>
                <input
                    id=id
                    type=kind
                    class="input"
                    aria-invalid=words(move || wrong.get().to_string())
                    prop:value=words(move || agreed.with(|agreed| read(agreed).clone()))
                    on:change:target=move |event| agreed.update(|agreed| *write(agreed) = event.target().value())
                />
            </div>
        }
    };
    // What is wrong is said once the rep wants to finish, or where a date was chosen.
    let found =
        Memo::new(move |_| room.agreed_problem().filter(|found| problem.get().is_some() || *found != AgreedProblem::PromiseWithoutDay));
    let wrong_promise =
        Signal::derive(move || matches!(found.get(), Some(AgreedProblem::PromiseWithoutDay | AgreedProblem::PromiseInThePast)));
    let wrong_next = Signal::derive(move || found.get() == Some(AgreedProblem::NextInThePast));
    let no_error = Signal::stored(None);
    let due_in = move |days: u64| {
        let day = app.today.get_untracked().checked_add_days(Days::new(days)).unwrap_or(app.today.get_untracked());
        agreed.update(|agreed| {
            agreed.promise_day = day.to_string();
            agreed.promise_time = "12:00".to_owned();
        });
    };
    let plan = {
        let shop = room.customer();
        move || {
            let due = schedule::next_due(&shop.fields, room.on);
            tr!(app, agree_next_plan, date = say::day(app, due))
        }
    };
    let class_now = move || agreed.with(|agreed| agreed.class).or(room.customer().fields.class);
    let class = move |class: CustomerClass| {
        choice(
            Signal::derive(move || say::class(app, class).to_owned()),
            "agreed-class",
            move || class_now() == Some(class),
            move || agreed.update(|agreed| agreed.class = Some(class)),
        )
    };
    let next_in = move |days: u64| {
        let day: NaiveDate = room.on.checked_add_days(Days::new(days)).unwrap_or(room.on);
        agreed.update(|agreed| agreed.next_on = day.to_string());
    };
    view! {
        <main class="visit-main visit-main-order">
            <div class="visit-list visit-page form">
                <p class="open-problem" role="alert">{live(move || problem.get().filter(|problem| !matches!(problem, FinishProblem::Agreed(_)) || found.get().is_some()).map(|problem| view! { {icon("circle-alert")}{finish_problem(app, problem)} }))}</p>
                {text("agree-promise", |app| tr!(app, agree_promise), |agreed| &agreed.promise, |agreed| &mut agreed.promise, no_error)}
                <div class="choices" role="group" aria-label=tx!(app, agree_promise_due)>
                    <button type="button" class="filter" on:click=move |_| due_in(1)>{tx!(app, tomorrow_noon)}</button>
                    <button type="button" class="filter" on:click=move |_| due_in(3)>{tx!(app, in_three_days)}</button>
                    <button type="button" class="filter" on:click=move |_| due_in(7)>{tx!(app, in_a_week)}</button>
                </div>
                <div class="field-pair">
                    {date("agree-day", "date", |app| tr!(app, agree_promise_due), |agreed| &agreed.promise_day, |agreed| &mut agreed.promise_day, wrong_promise)}
                    {date("agree-time", "time", |app| tr!(app, agree_promise_time), |agreed| &agreed.promise_time, |agreed| &mut agreed.promise_time, Signal::stored(false))}
                </div>
                {date("agree-next", "date", |app| tr!(app, agree_next), |agreed| &agreed.next_on, |agreed| &mut agreed.next_on, wrong_next)}
                <p class="field-hint">{words(plan)}</p>
                <div class="choices">
                    <button type="button" class="filter" on:click=move |_| next_in(7)>{tx!(app, in_a_week)}</button>
                    <button type="button" class="filter" on:click=move |_| next_in(14)>{tx!(app, in_two_weeks)}</button>
                    <button type="button" class="filter" on:click=move |_| agreed.update(|agreed| agreed.next_on.clear())>{tx!(app, agree_as_planned)}</button>
                </div>
                <fieldset class="field">
                    <legend>{tx!(app, field_class)}</legend>
                    <div class="choices">{CustomerClass::ALL.map(class).collect_view()}</div>
                </fieldset>
                <Teach room />
                {text("agree-competitor", |app| tr!(app, agree_competitor), |agreed| &agreed.competitor, |agreed| &mut agreed.competitor, no_error)}
                {text("agree-opinion", |app| tr!(app, agree_opinion), |agreed| &agreed.opinion, |agreed| &mut agreed.opinion, no_error)}
            </div>
        </main>
        <footer class="visit-foot">
            <FootTotal room />
            <FinishButton room finishing on_finish />
        </footer>
    }
}
