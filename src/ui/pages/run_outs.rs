//! Whom to call because a shelf is empty before goods of the next visit can come: by the date of the first empty line, with what it
//! loses and the phone beside it.

use super::agenda_row::contact;
use super::agenda_words::{call as phone_of, product_name};
use crate::domain::channel::Channel;
use crate::domain::help::Topic;
use crate::domain::run_out_list::Call;
use crate::state::app::App;
use crate::state::day::Loaded;
use crate::ui::follow::{Of, OfferBar};
use crate::ui::icon::icon;
use crate::ui::live::{When, live};
use crate::ui::parts::empty::Empty;
use crate::ui::parts::head::SubPageHead;
use crate::ui::parts::help_link::HelpLink;
use crate::ui::parts::paper::{HandOn, Whole};
use crate::ui::route::link;
use crate::ui::say;
use crate::ui::texts::{tr, trn, tx};
use chrono::NaiveDate;
use leptos::prelude::*;

/// How many shops are drawn before "show all".
const FIRST_ROWS: usize = 60;
/// How many lines of a shop are named.
const NAMED: usize = 3;

#[component]
pub fn RunOutsPage(app: App) -> impl IntoView {
    let title = Signal::derive(move || tr!(app, agenda_calls).to_owned());
    let all = RwSignal::new(false);
    let whole = expect_context::<Whole>().0;
    let calls = Memo::new(move |_| {
        app.day().agenda.track();
        untrack(|| app.run_outs())
    });
    let is_ready = move || app.day().loaded.get() != Loaded::Nothing;
    let limit = move || if all.get() || whole.get() { usize::MAX } else { FIRST_ROWS };
    let list = move || {
        let calls = calls.get();
        let count = calls.len();
        if count == 0 {
            let text = Signal::derive(move || tr!(app, agenda_no_calls_text).to_owned());
            return view! { <Empty title=Signal::derive(move || tr!(app, agenda_no_calls).to_owned()) text /> }.into_any();
        }
        let limit = limit();
        let mut dated: Vec<(NaiveDate, Vec<Call>)> = Vec::new();
        for call in calls.into_iter().take(limit) {
            let Some(dry_on) = call.dry_on() else { continue };
            match dated.last_mut().filter(|(date, _)| *date == dry_on) {
                Some((_, calls)) => calls.push(call),
                None => dated.push((dry_on, vec![call])),
            }
        }
        let more = (count > limit).then(|| {
            view! { <button type="button" class="btn btn-link" on:click=move |_| all.set(true)>{trn!(app, today_show_all | today_show_all_single, count = count)}</button> }
        });
        let groups = dated.into_iter().map(|(date, calls)| group(app, date, calls)).collect_view();
        view! { <p class="group-hint">{tx!(app, agenda_calls_hint)}</p> <HelpLink app topic=Topic::Calls /> {groups} {more} }.into_any()
    };
    view! {
        <SubPageHead app back="/" title><HandOn app title /></SubPageHead>
        <main class="page">
            <OfferBar app of=Of::AllBut(None) />
            <When when=is_ready fallback=move || view! { <p class="agenda-wait" role="status">{tx!(app, agenda_wait)}</p> }>{live(list)}</When>
        </main>
    }
}

fn group(app: App, date: NaiveDate, calls: Vec<Call>) -> impl IntoView {
    let is_dry = date <= app.today.get();
    let title =
        if is_dry { tr!(app, agenda_dry_since, date = say::day(app, date)) } else { tr!(app, agenda_dry_on, date = say::day(app, date)) };
    let count = calls.len();
    let rows = calls.into_iter().map(|call| row(app, &call)).collect_view();
    view! {
        <section class="group" class:group-late=is_dry>
            <h2 class="group-title">{icon("package-x")}{title}<span class="group-count">{count}</span></h2>
            <ul class="rows">{rows}</ul>
        </section>
    }
}

fn row(app: App, call: &Call) -> Option<AnyView> {
    let shop = app.book.with(|book| book.customer(call.customer).cloned())?;
    let named: Vec<String> = call.lines.iter().take(NAMED).map(|line| product_name(app, line.product)).collect();
    let more = call.lines.len().saturating_sub(NAMED);
    let goods = match more {
        0 => named.join(" · "),
        _ => tr!(app, agenda_and_more, names = named.join(" · "), count = more),
    };
    let next = tr!(app, agenda_next_goods, visit = say::date(app, call.next.visit_on), goods = say::date(app, call.next.goods_on));
    let money = call.money.map(|money| say::money(app, money));
    let phone = phone_of(app, &shop).map(|(person, href)| {
        contact(app, shop.id, person, Channel::Phone, href, "phone", tr!(app, agenda_call_shop, name = shop.fields.name))
    });
    let row = view! {
        <li>
            <div class="agenda-row">
                <a href=link(&format!("/customers/{}", shop.id)) class="row">
                    <span class="row-words">
                        <span class="row-name">{shop.fields.name.clone()}</span>
                        <span class="row-why">{goods}</span>
                        <span class="row-why">{next}</span>
                    </span>
                    <span class="row-right">{money}</span>
                </a>
                {phone}
            </div>
        </li>
    };
    Some(row.into_any())
}
