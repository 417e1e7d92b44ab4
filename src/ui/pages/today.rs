//! Today: the one list of the day. Each row says why it is there and since when; the pill starts the next visit.

use super::customer::CustomerDetail;
use crate::domain::id::{CustomerId, VisitId};
use crate::domain::today::{self, Plan, Row, Why};
use crate::state::app::App;
use crate::ui::icon::icon;
use crate::ui::live::{When, live, words};
use crate::ui::parts::body::Body;
use crate::ui::parts::empty::shelf_picture;
use crate::ui::parts::head::Heading;
use crate::ui::root::{LeftList, Wide};
use crate::ui::route::link;
use crate::ui::say;
use crate::ui::texts::{tr, trn, tx};
use chrono::Datelike;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;

/// How many rows of a group are drawn before "show all".
const FIRST_ROWS: usize = 30;

/// The plan, shared by the page and the pane beside a shop.
fn plan_memo(app: App) -> Memo<Plan> {
    Memo::new(move |_| app.book.with(|book| today::plan(book, app.today.get())))
}

#[component]
pub fn TodayPage(app: App) -> impl IntoView {
    let wide = expect_context::<Wide>().0;
    expect_context::<RwSignal<LeftList>>().set(LeftList::Today);
    let plan = plan_memo(app);
    let next = Memo::new(move |_| plan.with(|plan| plan.next().map(Row::id)));
    view! {
        <div class="panes" class:panes-wide=wide>
            <div class="pane-list">
                <TodayList app plan selected=next is_page=true />
            </div>
            <When when=move || wide.get() && next.get().is_some()>
                <section class="pane-detail" aria-label=tx!(app, today_next)>{live(move || next.get().map(|id| view! { <CustomerDetail app id is_page=false /> }))}</section>
            </When>
        </div>
    }
}

/// Today's list as the left pane beside a shop.
#[component]
pub fn TodayPane(app: App, selected: CustomerId) -> impl IntoView {
    let plan = plan_memo(app);
    view! { <TodayList app plan selected=Memo::new(move |_| Some(selected)) is_page=false /> }
}

#[component]
fn TodayList(app: App, plan: Memo<Plan>, selected: Memo<Option<CustomerId>>, is_page: bool) -> impl IntoView {
    let wide = expect_context::<Wide>().0;
    let has_shops = Memo::new(move |_| app.book.with(|book| book.customers().len() > 0));
    let has_products = Memo::new(move |_| app.book.with(|book| book.products().len() > 0));
    let title = Signal::derive(move || tr!(app, nav_today).to_owned());
    let date = move || {
        let today = app.today.get();
        format!("{} {}", say::date(app, today), say::weekday(app, today.weekday()))
    };
    let heading = if is_page {
        view! { <Heading app title /> }.into_any()
    } else {
        view! { <h2 class="pane-title">{tx!(app, nav_today)}</h2> }.into_any()
    };
    let body = move || {
        if !has_shops.get() {
            first_steps(app, FirstStep::Shop).into_any()
        } else if !has_products.get() {
            first_steps(app, FirstStep::Product).into_any()
        } else {
            day(app, plan, selected).into_any()
        }
    };
    view! {
        <header class="page-head">{heading}<span class="page-head-note">{words(date)}</span></header>
        <Body is_page>{live(body)}</Body>
        <When when=move || is_page && has_shops.get() && has_products.get() && !wide.get()>
            <StartNext app plan />
        </When>
    }
}

#[derive(Clone, Copy)]
enum FirstStep {
    Shop,
    Product,
}

fn first_steps(app: App, step: FirstStep) -> impl IntoView {
    let (href, list) = match step {
        FirstStep::Shop => ("/customers/new", "/import/customers"),
        FirstStep::Product => ("/products/new", "/import/products"),
    };
    let (title, text, add) = match step {
        FirstStep::Shop => {
            (tx!(app, empty_shop_title).into_any(), tx!(app, empty_shop_text).into_any(), tx!(app, empty_shop_add).into_any())
        }
        FirstStep::Product => {
            (tx!(app, empty_product_title).into_any(), tx!(app, empty_product_text).into_any(), tx!(app, empty_product_add).into_any())
        }
    };
    view! {
        <div class="first">
            <div class="first-words">
                {shelf_picture()}
                <h2>{title}</h2>
                <p>{text}</p>
            </div>
            <div class="first-actions">
                <a href=link(href) class="btn btn-primary btn-big">{icon("plus")}{add}</a>
                <a href=link(list) class="btn">{icon("upload")}{tx!(app, import_list)}</a>
                <p class="first-note">{icon("smartphone")}{tx!(app, local_only)}</p>
            </div>
        </div>
    }
}

fn day(app: App, plan: Memo<Plan>, selected: Memo<Option<CustomerId>>) -> impl IntoView {
    let next = Memo::new(move |_| plan.with(|plan| plan.next().map(Row::id)));
    let is_planned = move || plan.with(|plan| plan.size() > 0);
    view! {
        <When when=is_planned fallback=move || view! {
            <section class="card">
                <h2>{tx!(app, today_free_title)}</h2>
                <p>{tx!(app, today_free_text)}</p>
            </section>
        }>
            <Progress app plan />
        </When>
        <OpenVisits app />
        <Group app group=Group::Overdue plan selected next />
        <Group app group=Group::Due plan selected next />
        <Group app group=Group::Unplanned plan selected next />
        <Group app group=Group::Soon plan selected next />
        <Group app group=Group::Done plan selected next />
        <div class="start-room"></div>
    }
}

/// How far the day has come: a figure, and one slot a shop.
#[component]
fn Progress(app: App, plan: Memo<Plan>) -> impl IntoView {
    let figures = move || plan.with(|plan| (plan.done.len(), plan.size(), plan.left(), plan.overdue.len()));
    let progress = move || {
        let (done, all, ..) = figures();
        tr!(app, today_progress, done = done, all = all)
    };
    let left = move || {
        let (_, _, left, overdue) = figures();
        tr!(app, today_left, left = left, overdue = overdue)
    };
    let slots = move || {
        let (done, all, _, overdue) = figures();
        (0..all.min(60))
            .map(|at| {
                let state = if at < done {
                    "slot slot-done"
                } else if at < done + overdue {
                    "slot slot-late"
                } else if at == done + overdue {
                    "slot slot-next"
                } else {
                    "slot"
                };
                view! { <i class=state></i> }
            })
            .collect_view()
    };
    view! {
        <section class="card progress">
            <p class="progress-figures"><strong>{words(progress)}</strong><span>{words(left)}</span></p>
            <div class="slots" aria-hidden="true">{live(slots)}</div>
        </section>
    }
}

/// Visits in hand: each returns where it was.
#[component]
fn OpenVisits(app: App) -> impl IntoView {
    let visits = move || {
        let open: Vec<_> = app.open_visits.with(|visits| visits.iter().map(|(id, visit)| (*id, visit.clone())).collect());
        (!open.is_empty()).then(|| {
            let rows = open
                .into_iter()
                .map(|(id, visit)| {
                    let name = app.book.with(|book| book.customer(visit.customer).map(|shop| shop.fields.name.clone())).unwrap_or_default();
                    view! {
                        <li>
                            <a href=link(&visit_path(id)) class="row">
                                <span class="row-sign row-sign-next">{icon("clipboard-pen")}</span>
                                <span class="row-words"><span class="row-name">{name}</span>
                                <span class="row-why">{tr!(app, today_open_since, time = say::time(visit.started))}</span></span>
                                <span class="row-right row-right-next">{icon("chevron-right")}</span>
                            </a>
                        </li>
                    }
                })
                .collect_view();
            view! {
                <section class="group">
                    <h2 class="group-title">{icon("clipboard-pen")}{tr!(app, today_open_visits)}</h2>
                    <ul class="rows">{rows}</ul>
                </section>
            }
        })
    };
    view! { {live(visits)} }
}

pub fn visit_path(id: VisitId) -> String {
    format!("/visit/{id}")
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    Overdue,
    Due,
    Unplanned,
    Soon,
    Done,
}

#[component]
fn Group(app: App, group: Group, plan: Memo<Plan>, selected: Memo<Option<CustomerId>>, next: Memo<Option<CustomerId>>) -> impl IntoView {
    let all = RwSignal::new(false);
    let rows = Memo::new(move |_| {
        plan.with(|plan| {
            match group {
                Group::Overdue => &plan.overdue,
                Group::Due => &plan.due,
                Group::Unplanned => &plan.unplanned,
                Group::Soon => &plan.soon,
                Group::Done => &plan.done,
            }
            .clone()
        })
    });
    let shown = move || {
        let limit = match (all.get(), group) {
            (true, _) => usize::MAX,
            (false, Group::Unplanned | Group::Soon) => 5,
            (false, _) => FIRST_ROWS,
        };
        rows.with(|rows| rows.iter().take(limit).cloned().collect::<Vec<_>>())
    };
    let hidden = move || rows.with(Vec::len) > shown().len();
    let title = move || match group {
        Group::Overdue => tr!(app, today_overdue),
        Group::Due => tr!(app, today_due),
        Group::Unplanned => tr!(app, today_unplanned),
        Group::Soon => tr!(app, today_soon),
        Group::Done => tr!(app, today_done),
    };
    let sign = match group {
        Group::Overdue => "circle-alert",
        Group::Due => "list-checks",
        Group::Unplanned => "route",
        Group::Soon => "calendar-days",
        Group::Done => "check",
    };
    view! {
        <When when=move || rows.with(|rows| !rows.is_empty())>
            <section class="group" class:group-late=group == Group::Overdue>
                <h2 class="group-title">{icon(sign)}{live(title)}<span class="group-count">{live(move || rows.with(Vec::len))}</span></h2>
                <When when=move || group == Group::Unplanned><p class="group-hint">{tx!(app, today_unplanned_hint)}</p></When>
                <ul class="rows">
                    <For each=shown key=|row| (row.id(), row.customer.envelope.rev, row.last_visit) let(row)>
                        <li><ShopRow app row selected next /></li>
                    </For>
                </ul>
                <When when=hidden>
                    <button type="button" class="btn btn-link" on:click=move |_| all.set(true)>
                        {live(move || trn!(app, today_show_all | today_show_all_single, count = rows.with(Vec::len)))}
                    </button>
                </When>
            </section>
        </When>
    }
}

#[component]
fn ShopRow(app: App, row: Row, selected: Memo<Option<CustomerId>>, next: Memo<Option<CustomerId>>) -> impl IntoView {
    let id = row.id();
    let wide = expect_context::<Wide>().0;
    let (why, last) = (row.why, row.last_visit);
    let late = matches!(why, Why::Overdue { .. });
    let sign = match why {
        Why::Done => "check",
        Why::Unplanned | Why::Soon { .. } => "store",
        Why::Cycle(_) => "calendar-clock",
        Why::RouteDay(_) | Why::Overdue { .. } => "route",
    };
    let right = move || match why {
        Why::Overdue { days, .. } => trn!(app, overdue_days | overdue_days_single, count = days),
        Why::RouteDay(_) | Why::Cycle(_) if next.get() == Some(id) => tr!(app, today_next).to_owned(),
        _ => String::new(),
    };
    view! {
        <a
            href=link(&format!("/customers/{id}"))
            class="row"
            data-selected=move || (wide.get() && selected.get() == Some(id)).then_some("yes")
        >
            <span class="row-sign" class:row-sign-late=late>{icon(sign)}</span>
            <span class="row-words">
                <span class="row-name">{row.customer.fields.name.clone()}</span>
                <span class="row-why">{live(move || why_words(app, why, last))}</span>
            </span>
            <span class="row-right" class:row-right-late=late class:row-right-next=!late>{words(right)}</span>
        </a>
    }
}

fn why_words(app: App, why: Why, last: Option<chrono::NaiveDate>) -> String {
    let last = last.map(|last| say::date(app, last));
    match (why, last) {
        (Why::RouteDay(day), Some(last)) => tr!(app, why_route_day, day = say::weekday(app, day), last = last),
        (Why::RouteDay(day), None) => tr!(app, why_route_day_first, day = say::weekday(app, day)),
        (Why::Cycle(days), Some(last)) => tr!(app, why_cycle, days = days, last = last),
        (Why::Cycle(days), None) => tr!(app, why_cycle_first, days = days),
        (Why::Overdue { due, .. }, Some(last)) => tr!(app, why_overdue, due = say::date(app, due), last = last),
        (Why::Overdue { due, .. }, None) => tr!(app, why_overdue_first, due = say::date(app, due)),
        (Why::Soon { due }, last) => {
            let next = tr!(app, next_visit, date = format!("{} {}", say::date(app, due), say::weekday(app, due.weekday())));
            let last = last.map_or_else(|| tr!(app, never_visited).to_owned(), |last| tr!(app, last_visit, date = last));
            format!("{next} · {last}")
        }
        (Why::Done, _) => tr!(app, why_done).to_owned(),
        (Why::Unplanned, _) => tr!(app, why_unplanned).to_owned(),
    }
}

/// The pill that starts the next shop's visit.
#[component]
fn StartNext(app: App, plan: Memo<Plan>) -> impl IntoView {
    let next = Memo::new(move |_| plan.with(|plan| plan.next().map(|row| (row.id(), row.customer.fields.name.clone()))));
    view! {
        {live(move || next.get().map(|(id, name)| {
            let note = Signal::derive(move || tr!(app, start_next, name = name.clone()));
            view! { <StartPill app id note /> }
        }))}
    }
}

/// "Start visit", or back to the one in hand.
#[component]
pub fn StartPill(app: App, id: CustomerId, #[prop(into)] note: Signal<String>) -> impl IntoView {
    let navigate = use_navigate();
    let in_hand = move || app.open_visits.with(|visits| visits.values().any(|visit| visit.customer == id));
    let start = move |_| {
        let navigate = navigate.clone();
        spawn_local(async move {
            // A visit that could not be started is said by the banner.
            if let Ok(visit) = app.start_visit(id).await {
                navigate(&visit_path(visit), leptos_router::NavigateOptions::default());
            }
        });
    };
    view! {
        <div class="start">
            <button type="button" class="start-pill" on:click=start>
                <span class="start-words">
                    <strong>{live(move || if in_hand() { tr!(app, continue_visit) } else { tr!(app, start_visit) })}</strong>
                    <span>{live(move || note.get())}</span>
                </span>
                <span class="start-arrow">{icon("arrow-right")}</span>
            </button>
        </div>
    }
}
