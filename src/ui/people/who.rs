//! Who it is, in one card before the visit: names, who decides, what was promised last and what became of it, the last complaint, days
//! to come, what was told already. Read from the disk beside the page, which does not wait for it.

use super::ways::call_button;
use super::words as say_who;
use crate::domain::cadence::{LastContacts, Pace, State, clocks};
use crate::domain::dossier::{DayToCome, Dossier, LastPromise};
use crate::domain::episode::Episode;
use crate::domain::id::CustomerId;
use crate::domain::person::Person;
use crate::domain::promise::End;
use crate::state::app::App;
use crate::state::clock;
use crate::ui::icon::icon;
use crate::ui::live::{live, words};
use crate::ui::load::load;
use crate::ui::route::link;
use crate::ui::say;
use crate::ui::texts::{tr, trn, tx};
use leptos::prelude::*;

/// People on the card; the others are a tap away.
const PEOPLE: usize = 3;
/// Days to come are named so long before, in days.
const SOON: i64 = 30;
/// Days, and tips, on the card.
const SHOWN: usize = 3;

/// The dossier of a shop, read again when its people, contacts, promises, visits or profile change. None while it is read.
pub fn dossier_of(app: App, id: CustomerId) -> RwSignal<Option<Option<Dossier>>> {
    let rev = Memo::new(move |_| app.book.with(|book| book.summary(id).map(|summary| summary.envelope.rev)));
    let profile = Memo::new(move |_| app.profile(id).map(|profile| profile.envelope.rev));
    load(move || {
        // Read, not only tracked: a memo nobody has read follows nothing.
        let _ = (rev.get(), profile.get());
        app.day().contacts.track();
        async move { app.dossier(id).await.ok().flatten() }
    })
}

/// The card. Nothing is drawn before the dossier is there. Meeting the owner, what is still open stands in a place of its own.
#[component]
pub fn WhoCard(app: App, id: CustomerId, dossier: RwSignal<Option<Option<Dossier>>>, at_meet: bool) -> impl IntoView {
    live(move || dossier.with(|dossier| dossier.as_ref()?.as_ref().map(|dossier| untrack(|| card(app, id, dossier, at_meet)))))
}

fn card(app: App, id: CustomerId, dossier: &Dossier, at_meet: bool) -> AnyView {
    let promise = dossier.last_promise.as_ref().filter(|promise| !at_meet || promise.end.is_some());
    let people: Vec<_> = dossier.people.iter().take(PEOPLE).map(|person| person_line(app, id, person)).collect();
    let count = dossier.people.len() + dossier.former.len();
    let nobody = people.is_empty();
    let soon = dossier.days.iter().filter(|day| (day.on - app.today.get_untracked()).num_days() <= SOON).take(SHOWN);
    let days: Vec<_> = soon.map(|day| day_line(app, dossier, day)).collect();
    let tips: Vec<String> = dossier.tips().take(SHOWN).map(|tip| tip.text.clone()).collect();
    let rate = dossier.rate;
    view! {
        <section class="card who" aria-labelledby="who-title">
            <h2 id="who-title" class="group-title">{icon("users")}{tx!(app, people_who)}</h2>
            {nobody.then(|| view! { <p class="row-why">{tx!(app, people_who_nobody)}</p> })}
            {(!nobody).then(|| view! { <ul class="who-people">{people}</ul> })}
            <ul class="who-lines">
                {late_clocks(app, id)}
                {promise.map(|promise| promise_line(app, promise))}
                {(rate.kept + rate.broken > 0).then(|| line("shield-check", false, words(move || tr!(app, people_rate, kept = rate.kept, all = rate.kept + rate.broken)), None))}
                {dossier.last_complaint.as_ref().map(|complaint| complaint_line(app, complaint))}
                {days}
                {(!tips.is_empty()).then(|| line("presentation", false, words(move || tr!(app, people_told, tips = tips.join(tr!(app, list_separator)))), None))}
            </ul>
            <div class="who-foot">
                <a class="btn btn-quiet" href=link(&format!("/customers/{id}/people"))>{icon("users")}{live(move || trn!(app, people_all | people_all_single, count = count))}</a>
                <a class="btn btn-quiet" href=link(&format!("/customers/{id}/profile"))>{icon("repeat-2")}{tx!(app, profile_title)}</a>
            </div>
        </section>
    }
    .into_any()
}

fn person_line(app: App, shop: CustomerId, person: &Person) -> AnyView {
    let fields = person.fields.clone();
    let beside = {
        let fields = fields.clone();
        words(move || say_who::beside(app, &fields))
    };
    view! {
        <li class="who-person">
            <a href=link(&format!("/people/{}", person.id)) class="row-words">
                <span class="row-name">{say_who::called(person)}</span>
                <span class="row-why">{beside}</span>
                <span class="row-why">{words(move || say_who::known(app, &fields))}</span>
            </a>
            {call_button(app, shop, person)}
        </li>
    }
    .into_any()
}

/// One thing worth knowing, its words, and what stands behind it.
fn line(sign: &'static str, is_late: bool, first: Box<dyn Fn() -> String + Send>, second: Option<AnyView>) -> AnyView {
    view! {
        <li class="who-line" class:who-late=is_late>
            {icon(sign)}
            <span class="row-words"><span>{first}</span>{second}</span>
        </li>
    }
    .into_any()
}

/// What became of the last promise: whether its time is over is said in words and by its sign.
fn promise_line(app: App, promise: &LastPromise) -> AnyView {
    let (text, made, due, end) = (promise.text.clone(), promise.made.date(), promise.due, promise.end.clone());
    let is_over = end.is_none() && due.is_some_and(|due| due < clock::now());
    let was_late = end.as_ref().is_some_and(|end| due.is_some_and(|due| end.at > due));
    let became = move || match (end.as_ref().map(|end| (end.how, end.at)), due) {
        (Some((End::Kept, at)), _) if was_late => tr!(app, people_promise_late, date = say::date(app, at.date())),
        (Some((End::Kept, at)), _) => tr!(app, people_promise_kept, date = say::date(app, at.date())),
        (Some((End::Broken, _)), _) => tr!(app, people_promise_broken).to_owned(),
        (Some((End::Withdrawn, _)), _) => tr!(app, people_promise_withdrawn).to_owned(),
        (None, Some(due)) if is_over => tr!(app, promise_over, due = say::date_time(app, due)),
        (None, Some(due)) => tr!(app, promise_due, due = say::date_time(app, due)),
        (None, None) => String::new(),
    };
    let first = words(move || format!("{}{}{text}", tr!(app, meet_promised, date = say::date(app, made)), tr!(app, people_colon)));
    let second = view! { <span class="row-why" class:row-why-late=is_over>{live(became)}</span> }.into_any();
    line("handshake", is_over, first, Some(second))
}

fn complaint_line(app: App, complaint: &Episode) -> AnyView {
    let (title, on, is_open) = (complaint.title.clone(), complaint.opened_on, complaint.is_open());
    let first = words(move || tr!(app, people_complaint, title = title.clone()));
    let state = move || {
        let date = say::date(app, on);
        if is_open { tr!(app, people_complaint_open, date = date) } else { tr!(app, people_complaint_closed, date = date) }
    };
    let second = view! { <span class="row-why" class:row-why-late=is_open>{live(state)}</span> }.into_any();
    line("circle-alert", is_open, first, Some(second))
}

fn day_line(app: App, dossier: &Dossier, day: &DayToCome) -> AnyView {
    let who = day.person.and_then(|id| dossier.people.iter().find(|person| person.id == id)).map(say_who::called);
    let (day, on) = (day.day.clone(), day.on);
    let first = move || {
        let name = say_who::day_name(app, &day);
        who.as_ref().map_or_else(|| name.clone(), |who| format!("{who} · {name}"))
    };
    let second = move || {
        let when = match (on - app.today.get()).num_days() {
            0 => tr!(app, people_today).to_owned(),
            days => trn!(app, people_in_days | people_in_days_single, count = days),
        };
        format!("{} · {when}", say::day(app, on))
    };
    line("calendar-days", false, words(first), Some(view! { <span class="row-why">{live(second)}</span> }.into_any()))
}

/// Clocks of the shop that ran out.
fn late_clocks(app: App, id: CustomerId) -> AnyView {
    let found = move || {
        let today = app.today.get();
        app.known(|known| {
            let shop = known.book.customer(id)?;
            let profile = known.profiles.iter().find(|profile| profile.id == id);
            let pace = Pace::of(shop, profile);
            let last = known.heads.iter().find(|head| head.id == id).map(LastContacts::from).unwrap_or_default();
            let is_late = |clock: &crate::domain::cadence::Clock| clock.state(known.follow) != State::Soon;
            Some(clocks(&pace, last, known.follow, today).filter(is_late).collect::<Vec<_>>()).filter(|_| !pace.is_quiet(today))
        })
        .unwrap_or_default()
    };
    live(move || {
        let late = found().into_iter().map(|clock| {
            let days = clock.late_days;
            let first = words(move || say_who::clock(app, clock.kind));
            let second = words(move || match days {
                0 => tr!(app, due_today).to_owned(),
                days => trn!(app, overdue_days | overdue_days_single, count = days),
            });
            line("clock", true, first, Some(view! { <span class="row-why row-why-late">{second}</span> }.into_any()))
        });
        late.collect_view()
    })
    .into_any()
}
