//! What can become of a promise: answered, with a time for the rest; kept, broken, taken back; asked after inside the house; open again.

use super::promise_form::pick_words;
use super::time_field::{said, time_field};
use super::words;
use crate::domain::promise::{End, Promise};
use crate::domain::promise_draft::TimeDraft;
use crate::domain::promise_time::QuickPick;
use crate::state::app::{App, Refused};
use crate::state::clock;
use crate::state::promises::DueProblem;
use crate::ui::icon::icon;
use crate::ui::live::{When, live, words as text_of};
use crate::ui::parts::field::TextField;
use crate::ui::parts::sheet::Sheet;
use crate::ui::route::link;
use crate::ui::say;
use crate::ui::texts::{tr, tx};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What the sheet remembers while it is open. Made by the page, so that it outlives a redraw of the sheet.
#[derive(Clone, Copy)]
pub struct Moves {
    pub open: RwSignal<Option<Promise>>,
    note: RwSignal<String>,
    answering: RwSignal<bool>,
    time: RwSignal<TimeDraft>,
    problem: RwSignal<Option<String>>,
}

impl Moves {
    pub fn new() -> Moves {
        Moves {
            open: RwSignal::new(None),
            note: RwSignal::default(),
            answering: RwSignal::new(false),
            time: RwSignal::default(),
            problem: RwSignal::new(None),
        }
    }

    /// Opens the sheet of a promise, as if nothing had been typed in it.
    pub fn opener(self) -> Callback<Promise> {
        Callback::new(move |promise: Promise| {
            self.note.set(String::new());
            self.answering.set(false);
            self.time.set(TimeDraft::default());
            self.problem.set(None);
            self.open.set(Some(promise));
        })
    }

    fn close(self) {
        self.open.try_set(None);
    }
}

/// The sheet, where one is open.
#[component]
pub fn PromiseSheet(app: App, moves: Moves) -> impl IntoView {
    live(move || moves.open.get().map(|promise| untrack(|| sheet(app, moves, promise))))
}

fn sheet(app: App, moves: Moves, promise: Promise) -> AnyView {
    let id = promise.id;
    let shop = app.shop_of(promise.customer);
    let text_problem = move |problem: String| {
        moves.problem.try_set(Some(problem));
    };
    let end = move |how: End| {
        spawn_local(async move {
            match app.end_promise(id, how, &moves.note.get_untracked()).await {
                Ok(()) => moves.close(),
                Err(Refused::Problems(found)) => {
                    if let Some(problem) = found.into_iter().next() {
                        text_problem(words::text_problem(app, problem));
                    }
                }
                // Said by the banner; what was typed stays.
                Err(_) => {}
            }
        });
    };
    let answered = move || {
        let Ok(due) = moves.time.get_untracked().read() else {
            text_problem(untrack(|| tr!(app, promise_not_a_time).to_owned()));
            return;
        };
        spawn_local(async move {
            match app.answer_promise(id, due).await {
                Ok(()) => moves.close(),
                Err(Refused::Problems(found)) => text_problem(untrack(|| match found.first() {
                    Some(DueProblem::BeforeAnswer) => tr!(app, promise_after_due).to_owned(),
                    _ => tr!(app, promise_in_the_past).to_owned(),
                })),
                Err(_) => {}
            }
        });
    };
    let chased = move |_| {
        spawn_local(async move {
            if app.set_chased(id, true).await.is_ok() {
                moves.close();
            }
        });
    };
    let reopen = move |_| {
        spawn_local(async move {
            if app.reopen_promise(id).await.is_ok() {
                moves.close();
            }
        });
    };
    let next_visit = app.book.with_untracked(|book| book.next_due(shop));
    let picks: Vec<_> = QuickPick::ALL.into_iter().filter_map(|pick| Some((pick, pick.time(clock::now(), next_visit)?))).collect();
    let picks = StoredValue::new(picks);
    let chips = move || {
        let chip = |(pick, at)| {
            view! {
                <button type="button" class="filter promise-pick" on:click=move |_| moves.time.set(TimeDraft::of(Some(at)))>
                    <span>{live(move || pick_words(app, pick))}</span><small>{text_of(move || say::date_time(app, at))}</small>
                </button>
            }
        };
        picks.get_value().into_iter().map(chip).collect_view()
    };
    let waits_for_answer = promise.is_open() && promise.answer_by.is_some() && promise.answered.is_none();
    let to_chase = promise.is_open() && promise.needs.as_ref().is_some_and(|needs| needs.chased.is_none());
    let is_open = promise.is_open();
    let title = Signal::stored(promise.text.clone());
    let subtitle = {
        let promise = promise.clone();
        Signal::derive(move || {
            let made = tr!(app, meet_promised, date = say::date(app, promise.made.date()));
            let note = promise.end.as_ref().map(|end| end.note.clone()).filter(|note| !note.is_empty());
            let cost = promise.cost.map(|cost| tr!(app, promise_costs, cost = say::money(app, cost)));
            [Some(made), words::ended(app, &promise), note, cost].into_iter().flatten().collect::<Vec<_>>().join(" · ")
        })
    };
    let due_later = Signal::derive(move || tr!(app, promise_due_later).to_owned());
    let has_due = promise.due.is_some();
    let edit = link(&format!("/customers/{shop}/promises/{id}"));
    let answer_step = waits_for_answer.then(|| {
        view! {
            <button type="button" class="btn" on:click=move |_| if has_due { answered() } else { moves.answering.set(true) }>{icon("message-square")}{tx!(app, promise_answered)}</button>
            <When when=moves.answering>
                <fieldset class="field">
                    <legend>{live(move || due_later.get())}</legend>
                    <div class="choices">{chips()}</div>
                    {time_field("moves-due", (said(app, |app| tr!(app, promise_day)), said(app, |app| tr!(app, promise_time))), moves.time.into(), Callback::new(move |time| moves.time.set(time)), Signal::stored(None))}
                    <button type="button" class="btn btn-primary" on:click=move |_| answered()>{icon("check")}{live(move || if moves.time.with(TimeDraft::is_empty) { tr!(app, promise_answered_done) } else { tr!(app, promise_answered_due) })}</button>
                </fieldset>
            </When>
        }
    });
    let ends = is_open.then(|| {
        view! {
            <TextField
                id="moves-note"
                label=said(app, |app| tr!(app, promise_end_note))
                text=moves.note
                on_text=Callback::new(move |typed| moves.note.set(typed))
                error=Signal::stored(None::<String>)
            />
            <button type="button" class="btn" on:click=move |_| end(End::Kept)>{icon("check")}{tx!(app, promise_kept)}</button>
            <button type="button" class="btn btn-late" on:click=move |_| end(End::Broken)>{icon("circle-x")}{tx!(app, promise_broken)}</button>
            <button type="button" class="btn" on:click=move |_| end(End::Withdrawn)>{icon("ban")}{tx!(app, promise_withdraw)}</button>
        }
    });
    view! {
        <Sheet app title subtitle on_close=move |()| moves.close()>
            <p class="open-problem" role="alert">{live(move || moves.problem.get().map(|problem| view! { {icon("circle-alert")}{problem} }))}</p>
            <div class="sheet-stack">
                {answer_step}
                {to_chase.then(|| view! { <button type="button" class="btn" on:click=chased>{icon("users")}{tx!(app, promise_chased)}</button> })}
                {ends}
                {(!is_open).then(|| view! { <button type="button" class="btn" on:click=reopen>{icon("rotate-ccw")}{tx!(app, promise_reopen)}</button> })}
                {is_open.then(|| view! { <a class="btn" href=edit>{icon("pencil")}{tx!(app, promise_change)}</a> })}
            </div>
        </Sheet>
    }
    .into_any()
}
