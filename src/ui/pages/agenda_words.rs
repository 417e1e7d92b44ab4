//! What a row of the day's list says: why a shop is on it, since when, what is at stake, what can be done about it from here. Words and
//! figures only, so that two rows that say the same are the same row.

use crate::domain::agenda::{Item, Source, What};
use crate::domain::cadence::{ClockKind, State};
use crate::domain::customer::Customer;
use crate::domain::head::OpenPromise;
use crate::domain::id::{CustomerId, PersonId, ProductId, PromiseId};
use crate::domain::special_day::DayKind;
use crate::state::app::App;
use crate::ui::platform;
use crate::ui::say;
use crate::ui::texts::{tr, trn};
use chrono::NaiveDate;
use leptos::prelude::*;

/// One shop's row: its reasons in the order of the list.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct RowWords {
    pub id: CustomerId,
    pub name: String,
    /// As shown, and as the style knows it.
    pub class: Option<(&'static str, String)>,
    pub lines: Vec<Line>,
    pub action: Option<Action>,
    pub is_selected: bool,
}

/// One reason.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Line {
    pub sign: &'static str,
    pub tone: Tone,
    pub why: String,
    pub right: String,
    pub money: Option<String>,
}

/// How grave it looks; form and words say it too.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tone {
    Late,
    Dry,
    Near,
    Next,
    Plain,
}

/// What one tap does beside opening the shop.
#[derive(Clone, PartialEq, Eq, Hash)]
pub enum Action {
    Keep(PromiseId, String),
    Chased(PromiseId, String),
    Call { person: Option<PersonId>, href: String },
    Write { person: Option<PersonId>, href: String },
}

/// The row of a shop, if it is still there.
pub fn row(app: App, id: CustomerId, items: &[Item], is_next: bool, is_selected: bool) -> Option<RowWords> {
    let shop = app.book.with(|book| book.customer(id).cloned())?;
    let lines = items.iter().map(|item| line(app, &shop, item, is_next)).collect();
    let action = items.iter().find_map(|item| action(app, &shop, item));
    let class = shop.fields.class.map(|class| (say::class_short(app, class), format!("{class:?}")));
    Some(RowWords { id, name: shop.fields.name.clone(), class, lines, action, is_selected })
}

fn line(app: App, shop: &Customer, item: &Item, is_next: bool) -> Line {
    let money = item.money.map(|money| say::money(app, money));
    let sign = match item.what {
        What::Promise(_) | What::Answer(_) => "handshake",
        What::Chase(_) => "users",
        What::Route | What::Cadence(ClockKind::Visit) => "route",
        What::Cadence(_) => "phone",
        What::RunOut { .. } => "package-x",
        What::Expiry { .. } => "hourglass",
        What::Day { .. } => "calendar-days",
    };
    let tone = match (item.state, item.what.source()) {
        (State::Overdue, _) => Tone::Late,
        (_, Source::RunOut) => Tone::Dry,
        (_, Source::Expiry) => Tone::Near,
        (_, Source::Route) if is_next => Tone::Next,
        _ => Tone::Plain,
    };
    Line { sign, tone, why: why(app, shop, item), right: right(app, item, is_next), money }
}

/// Why, and since when.
fn why(app: App, shop: &Customer, item: &Item) -> String {
    let on = item.since.date();
    let date = say::date(app, on);
    let head = || app.head(shop.id);
    match item.what {
        What::Promise(id) => tr!(app, agenda_promise, by = say::date_time(app, item.since), text = promised(app, shop.id, id)),
        What::Answer(id) => tr!(app, agenda_answer, by = say::date_time(app, item.since), text = promised(app, shop.id, id)),
        What::Chase(id) => {
            let (text, who) = promise(app, shop.id, id).map(|promise| (promise.text, promise.needs)).unwrap_or_default();
            tr!(app, agenda_chase, who = who, text = text)
        }
        What::Route => {
            let last =
                app.book.with(|book| book.summary(shop.id).and_then(|summary| summary.last_visit_on())).map(|last| say::date(app, last));
            let is_late = item.late_days > 0;
            match (is_late, shop.fields.route_day, last) {
                (true, _, Some(last)) => tr!(app, why_overdue, due = date, last = last),
                (true, _, None) => tr!(app, why_overdue_first, due = date),
                (false, Some(day), Some(last)) => tr!(app, why_route_day, day = say::weekday(app, day), last = last),
                (false, Some(day), None) => tr!(app, why_route_day_first, day = say::weekday(app, day)),
                (false, None, Some(last)) => tr!(app, why_cycle, days = shop.fields.cycle.days(), last = last),
                (false, None, None) => tr!(app, why_cycle_first, days = shop.fields.cycle.days()),
            }
        }
        What::Cadence(kind) => {
            let last = head().and_then(|head| match kind {
                ClockKind::Contact => head.touched_on,
                ClockKind::Greeting | ClockKind::Call => head.called_on,
                ClockKind::Visit => head.visited_on,
            });
            cadence(app, kind, &date, last)
        }
        What::RunOut { product, lines } => goods(app, product, lines, |name, lines| match (lines, item.late_days >= 0) {
            (1, false) => tr!(app, agenda_dry, name = name, date = date),
            (_, false) => tr!(app, agenda_dry_more, name = name, count = lines, date = date),
            (1, true) => tr!(app, agenda_dried, name = name, date = date),
            (_, true) => tr!(app, agenda_dried_more, name = name, count = lines, date = date),
        }),
        What::Expiry { product, lines } => goods(app, product, lines, |name, lines| match lines {
            1 => tr!(app, agenda_expires, name = name, date = date),
            _ => tr!(app, agenda_expires_more, name = name, count = lines, date = date),
        }),
        What::Day { kind, person, place } => {
            let day = app.day();
            let who = person.and_then(|id| app.person(id)).map(|person| person.fields.name);
            let label = match person {
                Some(person) => day
                    .days
                    .with(|days| days.iter().find(|day| day.person == person && day.place == place).map(|day| day.day.label.clone())),
                None => app.known(|known| {
                    known.profile(shop.id).and_then(|profile| profile.days.get(usize::from(place))).map(|day| day.label.clone())
                }),
            };
            let what = label.filter(|label| !label.is_empty()).unwrap_or_else(|| day_kind(app, kind).to_owned());
            match who {
                Some(who) => tr!(app, agenda_day_of, who = who, what = what, date = date),
                None => tr!(app, agenda_day, what = what, date = date),
            }
        }
    }
}

fn cadence(app: App, kind: ClockKind, due: &str, last: Option<NaiveDate>) -> String {
    let last = last.map(|last| say::date(app, last));
    match (kind, last) {
        (ClockKind::Contact, Some(last)) => tr!(app, agenda_contact, due = due, last = last),
        (ClockKind::Contact, None) => tr!(app, agenda_contact_first, due = due),
        (ClockKind::Greeting, Some(last)) => tr!(app, agenda_greeting, due = due, last = last),
        (ClockKind::Greeting, None) => tr!(app, agenda_greeting_first, due = due),
        (ClockKind::Call, Some(last)) => tr!(app, agenda_call, due = due, last = last),
        (ClockKind::Call, None) => tr!(app, agenda_call_first, due = due),
        (ClockKind::Visit, Some(last)) => tr!(app, agenda_visit, due = due, last = last),
        (ClockKind::Visit, None) => tr!(app, agenda_visit_first, due = due),
    }
}

fn day_kind(app: App, kind: DayKind) -> &'static str {
    match kind {
        DayKind::Birthday => tr!(app, agenda_birthday),
        DayKind::Anniversary => tr!(app, agenda_anniversary),
        DayKind::Other => tr!(app, agenda_other_day),
    }
}

fn goods(app: App, product: ProductId, lines: u16, say: impl FnOnce(String, u16) -> String) -> String {
    say(product_name(app, product), lines)
}

pub fn product_name(app: App, product: ProductId) -> String {
    app.book.with(|book| book.product(product).map(|product| product.fields.name.clone())).unwrap_or_default()
}

fn promise(app: App, shop: CustomerId, id: PromiseId) -> Option<OpenPromise> {
    app.head(shop)?.promises.into_iter().find(|promise| promise.id == id)
}

fn promised(app: App, shop: CustomerId, id: PromiseId) -> String {
    promise(app, shop, id).map(|promise| promise.text).unwrap_or_default()
}

/// The figure at the right.
fn right(app: App, item: &Item, is_next: bool) -> String {
    let late = item.late_days;
    match (item.what.source(), item.state) {
        (Source::RunOut, _) if late >= 0 => tr!(app, agenda_is_dry).to_owned(),
        (Source::RunOut, _) => tr!(app, agenda_dry_when, when = from_today(app, -late)),
        (Source::Expiry, _) if late >= 0 => tr!(app, agenda_is_over).to_owned(),
        (Source::Expiry, _) => trn!(app, agenda_keeps | agenda_keeps_single, count = -late),
        (Source::Promise, State::Overdue) if late == 0 => tr!(app, agenda_time_over).to_owned(),
        (Source::Promise, State::Due) => say::time(item.since),
        (Source::Day, _) if late > 0 => trn!(app, agenda_days_ago | agenda_days_ago_single, count = late),
        (_, State::Overdue) => trn!(app, overdue_days | overdue_days_single, count = late),
        (Source::Route, _) if is_next => tr!(app, today_next).to_owned(),
        (Source::Route, _) => String::new(),
        (_, State::Due) if late > 0 => trn!(app, agenda_late | agenda_late_single, count = late),
        _ => from_today(app, (item.day - app.today.get()).num_days()),
    }
}

/// Today, tomorrow, in some days.
pub fn from_today(app: App, days: i64) -> String {
    match days {
        ..=0 => tr!(app, due_today).to_owned(),
        1 => tr!(app, agenda_tomorrow).to_owned(),
        _ => tr!(app, agenda_in_days, count = days),
    }
}

fn action(app: App, shop: &Customer, item: &Item) -> Option<Action> {
    match item.what {
        What::Promise(id) => Some(Action::Keep(id, promised(app, shop.id, id))),
        What::Chase(id) => Some(Action::Chased(id, promised(app, shop.id, id))),
        What::Day { person, .. } => {
            let (person, number) = number_of(app, shop, person)?;
            Some(Action::Write { person, href: platform::phone_link("sms", &number)? })
        }
        What::Cadence(ClockKind::Contact | ClockKind::Greeting | ClockKind::Call) | What::RunOut { .. } => {
            let (person, href) = call(app, shop)?;
            Some(Action::Call { person, href })
        }
        What::Answer(_) | What::Route | What::Cadence(ClockKind::Visit) | What::Expiry { .. } => None,
    }
}

/// Whom to call at a shop, and how.
pub fn call(app: App, shop: &Customer) -> Option<(Option<PersonId>, String)> {
    let (person, number) = number_of(app, shop, None)?;
    Some((person, platform::phone_link("tel", &number)?))
}

/// The number of a person; without one the shop's, else of the first person there who has one.
fn number_of(app: App, shop: &Customer, person: Option<PersonId>) -> Option<(Option<PersonId>, String)> {
    let of_person = |id: PersonId| app.person(id).and_then(|person| person.fields.phones.first().cloned()).map(|number| (Some(id), number));
    if let Some(found) = person.and_then(of_person) {
        return Some(found);
    }
    if !shop.fields.phone.is_empty() {
        return Some((None, shop.fields.phone.clone()));
    }
    app.day().people.with(|people| {
        let there = people.iter().filter(|person| person.customer == shop.id && person.is_active());
        there.filter_map(|person| Some((Some(person.id), person.fields.phones.first()?.clone()))).next()
    })
}
