//! What waits beside the day's shops: orders nobody has sent on, work that is on this device alone. A word on Today, never in the way.

use crate::domain::backup;
use crate::domain::id::OrderId;
use crate::state::app::App;
use crate::ui::icon::icon;
use crate::ui::live::live;
use crate::ui::route::link;
use crate::ui::say;
use crate::ui::texts::{tr, trn};
use chrono::NaiveDate;
use leptos::prelude::*;

#[component]
pub fn Waiting(app: App) -> impl IntoView {
    view! {
        <Unsent app />
        <NotBackedUp app />
    }
}

/// Orders the warehouse has not heard of: today's as a reminder, older ones as a warning.
#[component]
fn Unsent(app: App) -> impl IntoView {
    let figures = Memo::new(move |_| {
        let today = app.today.get();
        app.book.with(|book| {
            let first = book.unsent().map(|dispatch| dispatch.on).min();
            (book.unsent().len(), first, first.is_some_and(|first| first < today))
        })
    });
    view! {
        {live(move || {
            let (count, first, is_late) = figures.get();
            first.map(|first| view! {
                <a href=link(&format!("/orders/{first}")) class="card waits unsent" class:unsent-late=is_late>
                    {icon("send")}
                    <span class="row-words">
                        <strong>{trn!(app, unsent_count | unsent_count_single, count = count)}</strong>
                        <span>{if is_late { tr!(app, unsent_since, date = say::date(app, first)) } else { tr!(app, unsent_today).to_owned() }}</span>
                    </span>
                    {icon("chevron-right")}
                </a>
            })
        })}
    }
}

/// Beside an order: that the warehouse has not heard of it.
#[component]
pub fn ToSend(app: App, id: OrderId, day: NaiveDate) -> impl IntoView {
    let waits = Memo::new(move |_| app.book.with(|book| book.unsent().any(|dispatch| dispatch.id == id)));
    live(move || {
        waits.get().then(|| {
            view! {
                <a href=link(&format!("/orders/{day}")) class="card waits no-print">
                    {icon("send")}
                    <span class="row-words"><strong>{tr!(app, to_send)}</strong><span>{tr!(app, to_send_text)}</span></span>
                    {icon("chevron-right")}
                </a>
            }
        })
    })
}

/// A word about the backup, when a day's work is on this device alone.
#[component]
fn NotBackedUp(app: App) -> impl IntoView {
    let unsaved = Memo::new(move |_| {
        let (last, today) = (app.backed_up.get(), app.today.get());
        app.book.with(|book| backup::unsaved(book, last.as_ref())).filter(|unsaved| unsaved.is_due(today))
    });
    live(move || {
        unsaved.get().map(|unsaved| {
            let age = match app.backed_up.get() {
                Some(last) => tr!(app, backup_last, date = say::date(app, last.at.date())),
                None => tr!(app, backup_never).to_owned(),
            };
            view! {
                <a href=link("/data") class="card waits backup-due">
                    {icon("archive")}
                    <span class="row-words">
                        <strong>{trn!(app, backup_only_here | backup_only_here_single, count = unsaved.shops)}</strong>
                        <span>{age}</span>
                    </span>
                    {icon("chevron-right")}
                </a>
            }
        })
    })
}
