//! The same of what following up a shop writes: people, touches, promises, episodes, profiles, texts, heads.

use super::{Fault, LINES_MAX, SUM_MAX, TEXT_MAX, amount, first, known, price, short};
use crate::domain::episode::Episode;
use crate::domain::head::{Head, HeadLine, OpenPromise};
use crate::domain::person::{FACTS_MAX, HANDLES_MAX, PHONES_MAX, Person};
use crate::domain::profile::{EVERY_MAX, Profile, TIPS_MAX};
use crate::domain::promise::{Dependency, Promise};
use crate::domain::special_day::{DAYS_MAX, SpecialDay};
use crate::domain::template::Template;
use crate::domain::touch::Touch;
use chrono::{NaiveDate, NaiveDateTime};

/// The most contacts of a head's few days.
const TOUCHES_MAX: usize = 1_000;
/// From here on a reader in JavaScript changes a number.
const EXACT_MAX: u64 = (1 << 53) - 1;

pub fn person(person: &Person) -> Fault {
    let fields = &person.fields;
    let texts = [&fields.name, &fields.title, &fields.salutation, &fields.interests, &fields.note];
    first([
        (short(texts) && (!fields.name.trim().is_empty() || person.forgotten_on.is_some()), "name or another text"),
        (fields.phones.len() <= PHONES_MAX && fields.phones.iter().all(brief), "phones"),
        (fields.handles.len() <= HANDLES_MAX && fields.handles.iter().all(|handle| brief(&handle.text)), "handles"),
        (days(&fields.days), "days"),
        (fields.facts.len() <= FACTS_MAX && fields.facts.iter().all(|fact| short([&fact.text, &fact.source]) && known(fact.on)), "facts"),
        (person.forgotten_on.is_none_or(known), "forgotten_on"),
    ])
}

pub fn profile(profile: &Profile) -> Fault {
    first([
        (profile.every.is_none_or(|days| (1..=EVERY_MAX).contains(&days)), "every"),
        (profile.snooze.as_ref().is_none_or(|snooze| known(snooze.until) && brief(&snooze.reason)), "snooze"),
        (days(&profile.days), "days"),
        (profile.tips.len() <= TIPS_MAX && profile.tips.iter().all(|tip| brief(&tip.text) && known(tip.on)), "tips"),
        (profile.given_up.as_ref().is_none_or(|given_up| known(given_up.on) && brief(&given_up.text)), "given_up"),
        (profile.met_on.is_none_or(known), "met_on"),
    ])
}

pub fn touch(touch: &Touch) -> Fault {
    first([
        (known(touch.at.date()), "at"),
        (short([&touch.reason, &touch.next, &touch.message, &touch.note]), "a text"),
        (touch.withdrawn <= touch.corrects.is_some(), "withdrawn"),
    ])
}

pub fn promise(promise: &Promise) -> Fault {
    let end = promise.end.as_ref();
    let needs = |needs: &Dependency| short([&needs.department, &needs.person]) && dated([Some(needs.chase_at), needs.chased]);
    first([
        (promise.answer_by.is_some() || promise.due.is_some(), "due"),
        (dated([Some(promise.made), promise.answer_by, promise.answered, promise.due]), "a date"),
        (brief(&promise.text), "text"),
        (promise.needs.as_ref().is_none_or(needs), "needs"),
        (promise.cost.is_none_or(price), "cost"),
        (end.is_none_or(|end| known(end.at.date()) && brief(&end.note)), "end"),
    ])
}

pub fn episode(episode: &Episode) -> Fault {
    first([
        (brief(&episode.title), "title"),
        (known(episode.opened_on), "opened_on"),
        (episode.closed.as_ref().is_none_or(|closed| known(closed.on) && brief(&closed.why)), "closed"),
    ])
}

pub fn template(template: &Template) -> Fault {
    let fields = &template.fields;
    let is_empty = |text: &String| text.trim().is_empty();
    first([(short([&fields.name, &fields.text]) && !is_empty(&fields.name) && !is_empty(&fields.text), "name or text")])
}

pub fn head(head: &Head) -> Fault {
    let dates = [head.called_on, head.visited_on, head.touched_on];
    first([
        (head.lines.len() <= LINES_MAX && head.lines.iter().all(line), "lines"),
        (dates.into_iter().flatten().all(known), "a date"),
        (head.touches.len() <= TOUCHES_MAX && head.touches.iter().copied().all(known), "touches"),
        (head.promises.len() <= LINES_MAX && head.promises.iter().all(open_promise), "promises"),
        (amount(head.weekly), "weekly"),
        (head.complaint.as_ref().is_none_or(|complaint| brief(&complaint.title) && known(complaint.opened_on)), "complaint"),
    ])
}

fn line(line: &HeadLine) -> bool {
    let sums = [Some(line.stock), line.earliest.map(|lot| lot.units)];
    let dates = [Some(line.counted_on), line.earliest.map(|lot| lot.expires)];
    sums.into_iter().flatten().all(|units| (0..=SUM_MAX).contains(&units))
        && dates.into_iter().flatten().all(known)
        && line.rate.units <= EXACT_MAX
        && (1..=EXACT_MAX).contains(&line.rate.days)
}

fn open_promise(promise: &OpenPromise) -> bool {
    short([&promise.text, &promise.needs])
        && dated([Some(promise.made), promise.answer_by, promise.answered, promise.due, promise.chase_at])
}

fn days(days: &[SpecialDay]) -> bool {
    days.len() <= DAYS_MAX && days.iter().all(|day| day.is_within() && brief(&day.label))
}

fn brief(text: impl AsRef<str>) -> bool {
    text.as_ref().len() <= TEXT_MAX
}

fn dated<const N: usize>(times: [Option<NaiveDateTime>; N]) -> bool {
    times.into_iter().flatten().map(|time| time.date()).all(|date: NaiveDate| known(date))
}
