//! A promise as a list shows it: what, by when in words, on whom it waits; one tap says that it was kept, another opens the rest.

use super::words;
use crate::domain::promise::{End, Promise};
use crate::domain::promise_late::Lateness;
use crate::state::app::App;
use crate::ui::icon::icon;
use crate::ui::live::words as text_of;
use crate::ui::say;
use crate::ui::texts::{tr, tx};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Which names a row says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// The list is one shop's.
    No,
    Shop,
}

/// One row. `open` takes the promise whose sheet is to be shown.
pub fn promise_row(app: App, promise: &Promise, named: Named, open: Callback<Promise>) -> AnyView {
    let minute = app.day().minute;
    let id = promise.id;
    let deadline = promise.deadline();
    let now = minute.get_untracked().max(crate::state::clock::now());
    let is_late = promise.is_overdue(now);
    let shop = (named == Named::Shop)
        .then(|| app.book.with_untracked(|book| book.customer(app.shop_of(promise.customer)).map(|shop| shop.fields.name.clone())))
        .flatten();
    let shop_link = shop.map(|name| view! { <a class="promise-shop" href=crate::ui::route::link(&format!("/customers/{}", app.shop_of(promise.customer)))>{name}</a> });
    let text = if promise.text.is_empty() { tr!(app, promise_forgotten).to_owned() } else { promise.text.clone() };
    let is_open = promise.is_open();
    let of_answer = deadline.is_some() && deadline == promise.answer_by && promise.answered.is_none();
    let words_of = {
        let promise = promise.clone();
        move || {
            let now = minute.get().max(crate::state::clock::now());
            match (words::ended(app, &promise), deadline) {
                (Some(ended), _) => ended,
                (None, Some(deadline)) if of_answer => {
                    format!("{} · {}", tr!(app, promise_answer_word), words::deadline(app, deadline, now))
                }
                (None, Some(deadline)) => words::deadline(app, deadline, now),
                (None, None) => tr!(app, promise_no_due).to_owned(),
            }
        }
    };
    let needs = promise.needs.clone().filter(|_| is_open).map(|needs| {
        let whom = [needs.department, needs.person].into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        move || match needs.chased {
            Some(chased) => tr!(app, promise_chased_on, whom = whom, on = say::date_time(app, chased)),
            None => tr!(app, promise_chase_at, whom = whom, at = say::date_time(app, needs.chase_at)),
        }
    });
    let keep = move |_| {
        spawn_local(async move {
            // A refused write is said by the banner.
            let _ = app.end_promise(id, End::Kept, "").await;
        });
    };
    let sign = match promise.end.as_ref().map(|end| end.how) {
        None if is_late => "circle-alert",
        None => "handshake",
        Some(End::Kept) => "check",
        Some(End::Broken) => "circle-x",
        Some(End::Withdrawn) => "ban",
    };
    let shown = promise.clone();
    let named_more = text.clone();
    let named_kept = text.clone();
    view! {
        <li class="promise-row" data-late=is_late.then_some("")>
            <span class="row-sign" class:row-sign-late=is_late>{icon(sign)}</span>
            <div class="row-words">
                {shop_link}
                <span class="row-name">{text}</span>
                <span class="row-why" class:row-why-late=is_late>{text_of(words_of)}</span>
                {needs.map(|needs| view! { <span class="row-why">{text_of(needs)}</span> })}
            </div>
            <div class="promise-acts">
                {is_open.then(|| view! { <button type="button" class="btn" aria-label=text_of(move || format!("{} {named_kept}", tr!(app, promise_kept))) on:click=keep>{icon("check")}{tx!(app, promise_kept)}</button> })}
                <button type="button" class="icon-button" aria-label=text_of(move || format!("{} {named_more}", tr!(app, promise_other))) on:click=move |_| open.run(shown.clone())>{icon("ellipsis")}</button>
            </div>
        </li>
    }
    .into_any()
}

/// Late ones in red words; used where a list says how many of them there are.
pub fn late(app: App, promises: &[Promise]) -> usize {
    let now = app.day().minute.get().max(crate::state::clock::now());
    promises.iter().filter(|promise| promise.is_open() && promise.deadline().is_some_and(|by| Lateness::of(by, now).is_late())).count()
}
