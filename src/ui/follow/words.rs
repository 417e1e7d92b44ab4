//! What contacts and promises are called. One place words each, so that a chip, a row and the timeline say the same.

use crate::domain::channel::Channel;
use crate::domain::episode::{EpisodeEnd, EpisodeKind};
use crate::domain::promise::{End, Promise, Risk};
use crate::domain::promise_draft::PromiseProblem;
use crate::domain::promise_late::Lateness;
use crate::domain::text::TextProblem;
use crate::domain::touch::{Mood, Strategy, Touch, TouchOutcome, TouchPurpose};
use crate::domain::touch_draft::TouchProblem;
use crate::state::app::App;
use crate::ui::parts::form::Worded;
use crate::ui::say;
use crate::ui::texts::{tr, trn};
use chrono::NaiveDateTime;

pub fn channel(app: App, channel: Channel) -> &'static str {
    match channel {
        Channel::Visit => tr!(app, touch_visit),
        Channel::Phone => tr!(app, touch_phone),
        Channel::Sms => tr!(app, touch_sms),
        Channel::Chat => tr!(app, touch_chat),
        Channel::Email => tr!(app, touch_email),
        Channel::Letter => tr!(app, touch_letter),
    }
}

pub fn channel_sign(channel: Channel) -> &'static str {
    match channel {
        Channel::Visit => "store",
        Channel::Phone => "phone",
        Channel::Sms | Channel::Chat => "message-square",
        Channel::Email | Channel::Letter => "send",
    }
}

pub fn outcome(app: App, outcome: TouchOutcome) -> &'static str {
    match outcome {
        TouchOutcome::Reached => tr!(app, touch_reached),
        TouchOutcome::NoAnswer => tr!(app, touch_no_answer),
        TouchOutcome::Left => tr!(app, touch_left),
        TouchOutcome::Refused => tr!(app, touch_refused),
        TouchOutcome::WrongNumber => tr!(app, touch_wrong_number),
    }
}

pub fn purpose(app: App, purpose: TouchPurpose) -> &'static str {
    match purpose {
        TouchPurpose::Greeting => tr!(app, touch_greeting),
        TouchPurpose::FollowUp => tr!(app, touch_follow_up),
        TouchPurpose::Order => tr!(app, touch_order),
        TouchPurpose::Delivery => tr!(app, touch_delivery),
        TouchPurpose::Promise => tr!(app, touch_promise),
        TouchPurpose::Complaint => tr!(app, touch_complaint),
        TouchPurpose::Collection => tr!(app, touch_collection),
        TouchPurpose::Thanks => tr!(app, touch_thanks),
        TouchPurpose::Invitation => tr!(app, touch_invitation),
        TouchPurpose::Other => tr!(app, touch_other),
    }
}

pub fn strategy(app: App, strategy: Strategy) -> &'static str {
    match strategy {
        Strategy::Liking => tr!(app, touch_liking),
        Strategy::LetGo => tr!(app, touch_let_go),
        Strategy::Occasion => tr!(app, touch_occasion),
        Strategy::Candour => tr!(app, touch_candour),
        Strategy::Reckoning => tr!(app, touch_reckoning),
        Strategy::Example => tr!(app, touch_example),
        Strategy::Rehearsal => tr!(app, touch_rehearsal),
    }
}

pub fn mood(app: App, mood: Mood) -> &'static str {
    match mood {
        Mood::Good => tr!(app, touch_mood_good),
        Mood::Fine => tr!(app, touch_mood_fine),
        Mood::Bad => tr!(app, touch_mood_bad),
    }
}

pub fn risk(app: App, risk: Risk) -> &'static str {
    match risk {
        Risk::Economic => tr!(app, promise_risk_economic),
        Risk::Functional => tr!(app, promise_risk_functional),
        Risk::Quality => tr!(app, promise_risk_quality),
        Risk::Social => tr!(app, promise_risk_social),
        Risk::Psychological => tr!(app, promise_risk_psychological),
    }
}

pub fn episode(app: App, kind: EpisodeKind) -> &'static str {
    match kind {
        EpisodeKind::Complaint => tr!(app, episode_complaint),
        EpisodeKind::Deal => tr!(app, episode_deal),
        EpisodeKind::Problem => tr!(app, episode_problem),
        EpisodeKind::Other => tr!(app, episode_other),
    }
}

pub fn episode_end(app: App, how: EpisodeEnd) -> &'static str {
    match how {
        EpisodeEnd::Solved => tr!(app, episode_solved),
        EpisodeEnd::Won => tr!(app, episode_won),
        EpisodeEnd::Lost => tr!(app, episode_lost),
    }
}

/// A contact in a few words: `电话 · 联系上了`.
pub fn touch(app: App, touch: &Touch) -> String {
    format!("{} · {}", channel(app, touch.channel), outcome(app, touch.outcome))
}

/// What was said at a contact, its own words first.
pub fn touch_words(app: App, touch: &Touch) -> String {
    let known = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    let next = known(&touch.next).map(|next| tr!(app, touch_next_is, next = next));
    let minutes = (touch.minutes > 0).then(|| trn!(app, touch_minutes_of | touch_minutes_of_single, count = touch.minutes));
    let parts = [
        Some(purpose(app, touch.purpose).to_owned()),
        known(&touch.note),
        known(&touch.reason),
        known(&touch.message),
        next,
        touch.mood.map(|mood_of| mood(app, mood_of).to_owned()),
        minutes,
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// By when, as seen now: `明天以前`, `12:00 起已逾期`, `已逾期 2 天`.
pub fn deadline(app: App, deadline: NaiveDateTime, now: NaiveDateTime) -> String {
    match Lateness::of(deadline, now) {
        Lateness::Ahead => tr!(app, promise_due, due = say::date_time(app, deadline)),
        Lateness::Today => tr!(app, promise_today, time = say::time(deadline)),
        Lateness::SinceToday => tr!(app, promise_over, due = say::time(deadline)),
        Lateness::Days(days) => trn!(app, promise_late_days | promise_late_days_single, count = days),
    }
}

/// How a promise ended.
pub fn ended(app: App, promise: &Promise) -> Option<String> {
    let end = promise.end.as_ref()?;
    let on = say::date_time(app, end.at);
    let is_late = promise.due.or(promise.answer_by).is_some_and(|due| Lateness::of(due, end.at).is_late());
    Some(match end.how {
        End::Kept if is_late => tr!(app, promise_kept_late, on = on),
        End::Kept => tr!(app, promise_kept_on, on = on),
        End::Broken => tr!(app, promise_broken_on, on = on),
        End::Withdrawn => tr!(app, promise_withdrawn_on, on = on),
    })
}

/// A time that took so many minutes, in the largest unit it fills.
pub fn span(app: App, minutes: i64) -> String {
    match (minutes / 1440, minutes / 60) {
        (0, 0) => trn!(app, span_minutes | span_minutes_single, count = minutes),
        (0, hours) => trn!(app, span_hours | span_hours_single, count = hours),
        (days, _) => trn!(app, span_days | span_days_single, count = days),
    }
}

pub fn text_problem(app: App, problem: TextProblem) -> String {
    match problem {
        TextProblem::Empty => tr!(app, problem_empty).to_owned(),
        TextProblem::TooLong(max) => tr!(app, problem_too_long, max = max),
    }
}

impl Worded for PromiseProblem {
    fn worded(self, app: App) -> String {
        match self {
            PromiseProblem::Text(problem) => text_problem(app, problem),
            PromiseProblem::Number(problem) => say::number_problem(app, problem),
            PromiseProblem::NotATime => tr!(app, promise_not_a_time).to_owned(),
            PromiseProblem::NoTime => tr!(app, promise_no_time).to_owned(),
            PromiseProblem::InThePast => tr!(app, promise_in_the_past).to_owned(),
            PromiseProblem::AfterDue => tr!(app, promise_after_due).to_owned(),
            PromiseProblem::Nobody => tr!(app, promise_nobody).to_owned(),
            PromiseProblem::TooLateToAsk => tr!(app, promise_too_late_to_ask).to_owned(),
        }
    }
}

impl Worded for TouchProblem {
    fn worded(self, app: App) -> String {
        match self {
            TouchProblem::Text(problem) => text_problem(app, problem),
            TouchProblem::NotATime => tr!(app, promise_not_a_time).to_owned(),
            TouchProblem::InTheFuture => tr!(app, touch_in_the_future).to_owned(),
            TouchProblem::NotMinutes => tr!(app, touch_not_minutes).to_owned(),
        }
    }
}
