//! Promises and the plan of the next seven days as a calendar file, so that the phone reminds of them with the app closed.

use crate::domain::agenda::{Item, What};
use crate::domain::calendar_file::{self, Entry, When};
use crate::domain::promise_late::AHEAD_MINUTES;
use crate::state::app::App;
use crate::state::reminders::deadline;
use crate::ui::platform;
use crate::ui::texts::tr;
use leptos::prelude::*;
use leptos::task::spawn_local;

const NAME: &str = "shelfwise.ics";

/// Makes the file and hands it over.
pub fn hand_over(app: App) {
    let text = untrack(|| {
        let entries = [promises(app), plan(app)].concat();
        calendar_file::file(&entries, tr!(app, app_name), app.made_at())
    });
    spawn_local(async move {
        // A file that is not taken leaves everything as it was.
        let _ = platform::save_calendar(NAME, &text).await;
    });
}

fn name_of(app: App, shop: crate::domain::id::CustomerId) -> Option<String> {
    app.book.with_untracked(|book| book.customer(shop).map(|shop| shop.fields.name.clone()))
}

fn promises(app: App) -> Vec<Entry> {
    let before = u16::try_from(AHEAD_MINUTES).unwrap_or_default();
    app.day().heads.with_untracked(|heads| {
        let open = heads.iter().flat_map(|head| head.promises.iter().map(|promise| (head.id, promise)));
        let entries = open.filter_map(|(shop, promise)| {
            let (shop, at) = (name_of(app, shop)?, deadline(promise)?);
            let title = tr!(app, calendar_promise, shop = shop, what = promise.text);
            Some(Entry { uid: format!("promise-{}@shelfwise", promise.id), when: When::At(at, before), title, text: promise.needs.clone() })
        });
        entries.collect()
    })
}

/// Visits of the week, one entry a shop and day.
fn plan(app: App) -> Vec<Entry> {
    let is_visit = |item: &Item| item.what == What::Route;
    let week = app.week();
    let days =
        week.into_iter().flat_map(|(day, items)| items.into_iter().filter(is_visit).map(move |item| (day, item)).collect::<Vec<_>>());
    let entries = days.filter_map(|(day, item)| {
        let shop = app.book.with_untracked(|book| book.customer(item.customer).cloned())?;
        let title = tr!(app, calendar_visit, shop = shop.fields.name);
        Some(Entry {
            uid: format!("visit-{}-{day}@shelfwise", item.customer),
            when: When::On(day),
            title,
            text: shop.fields.address.clone(),
        })
    });
    entries.collect()
}
