//! The measures for following up: how often, how soon, how much, and when messages are written. Each field names the method's own
//! figure, which an empty field means.

use crate::domain::follow_draft::{FollowDraft, FollowField, FollowProblem};
use crate::domain::help::Topic;
use crate::domain::message;
use crate::domain::text::TextProblem;
use crate::state::app::{App, Refused};
use crate::ui::icon::icon;
use crate::ui::live::{live, when};
use crate::ui::parts::field::{Keyboard, TextField, focus_first_error};
use crate::ui::parts::head::SubPageHead;
use crate::ui::parts::help_link::HelpLink;
use crate::ui::say;
use crate::ui::texts::{tr, tx};
use chrono::Weekday;
use leptos::prelude::*;
use leptos::task::spawn_local;

const WEEK: [Weekday; 7] = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

fn problem_words(app: App, problem: FollowProblem) -> String {
    match problem {
        FollowProblem::Number(problem) => say::number_problem(app, problem),
        FollowProblem::Text(TextProblem::Empty) => tr!(app, problem_empty).to_owned(),
        FollowProblem::Text(TextProblem::TooLong(max)) => tr!(app, problem_too_long, max = max),
        FollowProblem::BeforeDue => tr!(app, follow_before_due).to_owned(),
    }
}

/// The form under its fields' hands.
#[derive(Clone, Copy)]
struct Measures {
    app: App,
    draft: RwSignal<FollowDraft>,
    problems: RwSignal<Vec<(FollowField, FollowProblem)>>,
}

/// What a field is called, what stands under it and behind it.
struct Words {
    label: fn(App) -> &'static str,
    hint: fn(App) -> String,
    suffix: fn(App) -> &'static str,
}

impl Measures {
    fn field(
        self,
        field: FollowField,
        id: &'static str,
        keyboard: Keyboard,
        words: Words,
        text: fn(&mut FollowDraft) -> &mut String,
    ) -> AnyView {
        let Measures { app, draft, problems } = self;
        let Words { label, hint, suffix } = words;
        let shown = Signal::derive(move || draft.with(|draft| text(&mut draft.clone()).clone()));
        let on_text = Callback::new(move |typed: String| draft.update(|draft| *text(draft) = typed));
        let error = Signal::derive(move || {
            let found = problems.with(|problems| problems.iter().find(|(of, _)| *of == field).map(|(_, problem)| *problem));
            found.map(|problem| problem_words(app, problem))
        });
        let label = Signal::derive(move || label(app).to_owned());
        let hint = Signal::derive(move || hint(app));
        let suffix = Signal::derive(move || suffix(app).to_owned());
        view! { <TextField id label text=shown on_text error hint keyboard suffix /> }.into_any()
    }

    fn days(
        self,
        field: FollowField,
        id: &'static str,
        label: fn(App) -> &'static str,
        hint: fn(App) -> String,
        text: fn(&mut FollowDraft) -> &mut String,
    ) -> AnyView {
        self.field(field, id, Keyboard::Digits, Words { label, hint, suffix: |app| tr!(app, days_word) }, text)
    }

    fn limit(self, at: usize, id: &'static str, label: fn(App) -> &'static str, text: fn(&mut FollowDraft) -> &mut String) -> AnyView {
        self.field(FollowField::Limit(at), id, Keyboard::Decimal, Words { label, hint: |_| String::new(), suffix: |_| "" }, text)
    }
}

#[component]
pub fn FollowPage(app: App) -> impl IntoView {
    let title = Signal::derive(move || tr!(app, follow_title).to_owned());
    let start = app.book.with_untracked(|book| book.settings().map(|settings| settings.follow.clone()).unwrap_or_default());
    let draft = RwSignal::new(FollowDraft::from(&start));
    let problems = RwSignal::new(Vec::<(FollowField, FollowProblem)>::new());
    let saved = RwSignal::new(false);
    Effect::new(move |_| {
        draft.track();
        saved.set(false);
        problems.set(Vec::new());
    });
    let form = Measures { app, draft, problems };
    let save = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        spawn_local(async move {
            let written = app.save_follow(&draft.get_untracked()).await;
            problems.try_set(match &written {
                Err(Refused::Problems(found)) => found.clone(),
                _ => Vec::new(),
            });
            saved.try_set(written.is_ok());
            if written.is_err() {
                focus_first_error();
            }
        });
    };
    view! {
        <SubPageHead app back="/settings" title />
        <main class="page">
            <form class="form" novalidate on:submit=save>
                <p class="group-hint">{tx!(app, follow_intro)}</p>
                <HelpLink app topic=Topic::Frequency />
                {contacts(form)}
                {guard(form)}
                {desk(form)}
                {promises(form)}
                <div class="form-foot">
                    <p class="form-kept" role="status">{live(move || saved.get().then(|| view! { {icon("check")}{tr!(app, settings_saved)} }))}</p>
                    <button type="submit" class="btn btn-primary btn-big">{tx!(app, save)}</button>
                </div>
            </form>
        </main>
    }
}

/// How often, and from when on it is late.
fn contacts(form: Measures) -> AnyView {
    let app = form.app;
    view! {
        <section class="card form">
            <h2>{tx!(app, follow_contacts)}</h2>
            {form.days(FollowField::KeyDays, "follow-key", |app| tr!(app, follow_key), |app| tr!(app, follow_method, value = 7), |draft| &mut draft.key_days)}
            {form.days(FollowField::GreetingDays, "follow-greeting", |app| tr!(app, follow_greeting), |app| tr!(app, follow_method, value = 15), |draft| &mut draft.greeting_days)}
            <fieldset class="field">
                <legend>{tx!(app, follow_classes)}</legend>
                <div class="field-pair field-three">
                    {form.days(FollowField::ClassDays(0), "follow-a", |app| tr!(app, class_a_short), |app| tr!(app, follow_method_short, value = 3), |draft| { let [a, _, _] = &mut draft.class_days; a })}
                    {form.days(FollowField::ClassDays(1), "follow-b", |app| tr!(app, class_b_short), |app| tr!(app, follow_method_short, value = 7), |draft| { let [_, b, _] = &mut draft.class_days; b })}
                    {form.days(FollowField::ClassDays(2), "follow-c", |app| tr!(app, class_c_short), |app| tr!(app, follow_method_short, value = 30), |draft| { let [_, _, c] = &mut draft.class_days; c })}
                </div>
                <p class="field-hint">{tx!(app, follow_classes_text)}</p>
            </fieldset>
            <div class="field-pair">
                {form.days(FollowField::Due, "follow-due", |app| tr!(app, follow_due), |app| tr!(app, follow_due_text, value = 0), |draft| &mut draft.due)}
                {form.days(FollowField::Overdue, "follow-overdue", |app| tr!(app, follow_overdue), |app| tr!(app, follow_overdue_text, value = 3), |draft| &mut draft.overdue)}
            </div>
        </section>
    }
    .into_any()
}

/// So that nobody is pestered.
fn guard(form: Measures) -> AnyView {
    let app = form.app;
    view! {
        <section class="card form">
            <h2>{tx!(app, follow_guard)}</h2>
            <p>{tx!(app, follow_guard_text)}</p>
            <div class="field-pair">
                {form.days(FollowField::MinGapDays, "follow-gap", |app| tr!(app, follow_gap), |app| tr!(app, follow_method, value = 1), |draft| &mut draft.min_gap_days)}
                {form.field(
                    FollowField::MostAWeek,
                    "follow-week",
                    Keyboard::Digits,
                    Words { label: |app| tr!(app, follow_week), hint: |app| tr!(app, follow_method_times, value = 3), suffix: |app| tr!(app, follow_times) },
                    |draft| &mut draft.most_a_week,
                )}
            </div>
        </section>
    }
    .into_any()
}

/// When messages are written, and how they close.
fn desk(form: Measures) -> AnyView {
    let Measures { app, draft, .. } = form;
    let option = move |day: Weekday| {
        let is_on = when(move || draft.with(|draft| draft.desk_weekday == day));
        view! { <option value=day.num_days_from_monday().to_string() prop:selected=is_on>{live(move || say::weekday(app, day))}</option> }
    };
    let choose = move |value: String| {
        if let Some(day) = value.parse::<usize>().ok().and_then(|at| WEEK.get(at)) {
            draft.update(|draft| draft.desk_weekday = *day);
        }
    };
    view! {
        <section class="card form">
            <h2>{tx!(app, follow_desk)}</h2>
            <div class="field-pair">
                <div class="field">
                    <label for="follow-weekday">{tx!(app, follow_weekday)}</label>
                    <select id="follow-weekday" class="input" on:change:target=move |event| choose(event.target().value())>{WEEK.into_iter().map(option).collect_view()}</select>
                    <p class="field-hint">{live(move || tr!(app, follow_method_word, value = say::weekday(app, Weekday::Fri)))}</p>
                </div>
                {form.field(
                    FollowField::DeskHour,
                    "follow-hour",
                    Keyboard::Digits,
                    Words { label: |app| tr!(app, follow_hour), hint: |app| tr!(app, follow_method_hour, value = 18), suffix: |app| tr!(app, follow_oclock) },
                    |draft| &mut draft.desk_hour,
                )}
            </div>
            {form.field(
                FollowField::Closing,
                "follow-closing",
                Keyboard::Text,
                Words {
                    label: |app| tr!(app, follow_closing),
                    hint: |app| tr!(app, follow_closing_text, phrase = message::closing({ app.language.track(); app.tongue() })),
                    suffix: |_| "",
                },
                |draft| &mut draft.closing,
            )}
        </section>
    }
    .into_any()
}

/// What a promise may cost before a warning, and when colleagues are asked.
fn promises(form: Measures) -> AnyView {
    let app = form.app;
    view! {
        <section class="card form">
            <h2>{tx!(app, follow_promises)}</h2>
            <fieldset class="field">
                <legend>{tx!(app, follow_limits)}</legend>
                <div class="field-pair field-three">
                    {form.limit(0, "follow-limit-a", |app| tr!(app, class_a_short), |draft| { let [a, _, _] = &mut draft.limits; a })}
                    {form.limit(1, "follow-limit-b", |app| tr!(app, class_b_short), |draft| { let [_, b, _] = &mut draft.limits; b })}
                    {form.limit(2, "follow-limit-c", |app| tr!(app, class_c_short), |draft| { let [_, _, c] = &mut draft.limits; c })}
                </div>
                <p class="field-hint">{tx!(app, follow_limits_text)}</p>
            </fieldset>
            {form.field(
                FollowField::ChaseBeforeHours,
                "follow-chase",
                Keyboard::Digits,
                Words { label: |app| tr!(app, follow_chase), hint: |app| tr!(app, follow_chase_text, value = 24), suffix: |app| tr!(app, follow_hours) },
                |draft| &mut draft.chase_before_hours,
            )}
        </section>
    }
    .into_any()
}
