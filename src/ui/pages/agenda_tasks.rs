//! What the day's list has besides shops to see: festivals to greet for, shelves to fill by phone, and, folded away, whom the rep was in
//! touch with already.

use super::agenda_words::from_today;
use crate::domain::agenda::Source;
use crate::domain::day_done::How;
use crate::domain::festival::Festival;
use crate::state::app::App;
use crate::ui::icon::icon;
use crate::ui::live::live;
use crate::ui::route::link;
use crate::ui::say;
use crate::ui::texts::{tr, trn, tx};
use leptos::prelude::*;

/// One task for many shops each: it leads to where they are gone through one by one.
pub fn tasks(app: App) -> impl IntoView {
    let festivals = Memo::new(move |_| app.festivals());
    let dry = Memo::new(move |_| app.day().agenda.with(|items| items.iter().filter(|item| item.what.source() == Source::RunOut).count()));
    live(move || {
        let mut rows = festivals.with(|tasks| {
            let greet = tasks.iter().map(|task| {
                let why = trn!(app, agenda_greet | agenda_greet_single, count = task.shops.len(), date = say::day(app, task.on));
                let when = from_today(app, (task.on - app.today.get()).num_days());
                row("/desk", "calendar-days", festival(app, task.festival).to_owned(), why, when)
            });
            greet.collect::<Vec<_>>()
        });
        let count = dry.get();
        if count > 0 {
            let why = trn!(app, agenda_calls_why | agenda_calls_why_single, count = count);
            rows.push(row("/today/run-out", "package-x", tr!(app, agenda_calls).to_owned(), why, String::new()));
        }
        (!rows.is_empty()).then(|| view! { <ul class="rows agenda-tasks">{rows}</ul> })
    })
}

fn row(path: &str, sign: &'static str, name: String, why: String, right: String) -> AnyView {
    view! {
        <li><a href=link(path) class="row">
            <span class="row-sign row-sign-next">{icon(sign)}</span>
            <span class="row-words"><span class="row-name">{name}</span><span class="row-why">{why}</span></span>
            <span class="row-right row-right-next">{right}{icon("chevron-right")}</span>
        </a></li>
    }
    .into_any()
}

/// Shops the rep called or wrote to today; those visited stand in their own group.
pub fn in_touch(app: App) -> impl IntoView {
    let shops = Memo::new(move |_| {
        let done = app.done_today().into_iter().filter(|done| done.how == How::InTouch);
        app.book.with(|book| {
            done.filter_map(|done| book.customer(done.customer).map(|shop| (shop.id, shop.fields.name.clone()))).collect::<Vec<_>>()
        })
    });
    live(move || {
        let shops = shops.get();
        (!shops.is_empty()).then(|| {
            let count = shops.len();
            let rows = shops.into_iter().map(|(id, name)| {
                view! {
                    <li><a href=link(&format!("/customers/{id}")) class="row">
                        <span class="row-sign">{icon("check")}</span>
                        <span class="row-words"><span class="row-name">{name}</span></span>
                    </a></li>
                }
            });
            view! {
                <details class="group">
                    <summary class="group-title">{icon("check")}{tx!(app, agenda_in_touch)}<span class="group-count">{count}</span></summary>
                    <ul class="rows">{rows.collect_view()}</ul>
                </details>
            }
        })
    })
}

fn festival(app: App, festival: Festival) -> &'static str {
    match festival {
        Festival::NewYear => tr!(app, agenda_new_year),
        Festival::SpringFestivalEve => tr!(app, agenda_spring_eve),
        Festival::SpringFestival => tr!(app, agenda_spring),
        Festival::Lantern => tr!(app, agenda_lantern),
        Festival::Womens => tr!(app, agenda_womens),
        Festival::Qingming => tr!(app, agenda_qingming),
        Festival::Labour => tr!(app, agenda_labour),
        Festival::DragonBoat => tr!(app, agenda_dragon_boat),
        Festival::Qixi => tr!(app, agenda_qixi),
        Festival::MidAutumn => tr!(app, agenda_mid_autumn),
        Festival::DoubleNinth => tr!(app, agenda_double_ninth),
        Festival::National => tr!(app, agenda_national),
        Festival::WinterSolstice => tr!(app, agenda_winter_solstice),
        Festival::Christmas => tr!(app, agenda_christmas),
    }
}
