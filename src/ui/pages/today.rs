//! Today: the one list of the day. Each row says why it is there and since when; the pill starts the next visit.

use super::customer::CustomerDetail;
use super::start::{StartNext, visit_path};
use super::waiting::Waiting;
use crate::domain::draft_head::Purpose;
use crate::domain::id::CustomerId;
use crate::domain::today::{self, Plan, Row, Why};
use crate::state::app::App;
use crate::ui::icon::icon;
use crate::ui::live::{When, live, words};
use crate::ui::parts::body::Body;
use crate::ui::parts::empty::shelf_picture;
use crate::ui::parts::head::Heading;
use crate::ui::parts::paper::{HandOn, Whole};
use crate::ui::parts::place::Places;
use crate::ui::root::{LeftList, Wide};
use crate::ui::route::link;
use crate::ui::say;
use crate::ui::texts::{tr, trn, tx};
use leptos::prelude::*;

/// How many rows of a group are drawn before "show all".
const FIRST_ROWS: usize = 30;
/// How many of them come with the first frame: what a screen shows; the others follow at once.
const FIRST_FRAME: usize = 8;

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
    let pane = expect_context::<Places>().pane("today");
    view! {
        <div class="panes" class:panes-wide=wide>
            <div class="pane-list" node_ref=pane>
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
    let has_shops = Memo::new(move |_| app.book.with(|book| book.active_customers().next().is_some()));
    let has_products = Memo::new(move |_| app.book.with(|book| book.active_products().next().is_some()));
    let title = Signal::derive(move || tr!(app, nav_today).to_owned());
    let date = move || {
        let today = app.today.get();
        say::day(app, today)
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
        <header class="page-head">{heading}<span class="page-head-note">{words(date)}</span><When when=move || has_shops.get()><HandOn app title /></When></header>
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
    let href = match step {
        FirstStep::Shop => "/customers/new",
        FirstStep::Product => "/products/new",
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
                <a href=link("/import") class="btn">{icon("upload")}{tx!(app, import_list)}</a>
                <super::demo::TryDemo app />
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
        <Waiting app />
        <Group app group=Group::Overdue plan selected next />
        <Group app group=Group::Due plan selected next />
        <Group app group=Group::Unplanned plan selected next />
        <Group app group=Group::Soon plan selected next />
        <Group app group=Group::Tried plan selected next />
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
                                <span class="row-why">{match visit.purpose {
                                    Purpose::Visit => tr!(app, today_open_since, time = say::time(visit.started)),
                                    Purpose::Phone => tr!(app, phone_order).to_owned(),
                                    Purpose::Correction(_) => tr!(app, today_open_correction, date = say::date(app, visit.started.date())),
                                }}</span></span>
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

#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    Overdue,
    Due,
    Unplanned,
    Soon,
    Tried,
    Done,
}

#[component]
fn Group(app: App, group: Group, plan: Memo<Plan>, selected: Memo<Option<CustomerId>>, next: Memo<Option<CustomerId>>) -> impl IntoView {
    let all = RwSignal::new(false);
    let rest = RwSignal::new(false);
    request_animation_frame(move || {
        request_animation_frame(move || {
            // A page that was left meanwhile has no rest to draw.
            let _ = rest.try_set(true);
        });
    });
    let rows = Memo::new(move |_| {
        plan.with(|plan| {
            match group {
                Group::Overdue => &plan.overdue,
                Group::Due => &plan.due,
                Group::Unplanned => &plan.unplanned,
                Group::Soon => &plan.soon,
                Group::Tried => &plan.tried,
                Group::Done => &plan.done,
            }
            .clone()
        })
    });
    let whole = expect_context::<Whole>().0;
    let shown = move || {
        let limit = match (all.get() || whole.get(), group) {
            (true, _) => usize::MAX,
            (false, Group::Unplanned | Group::Soon) => 5,
            (false, _) if rest.get() => FIRST_ROWS,
            (false, _) => FIRST_FRAME,
        };
        rows.with(|rows| rows.iter().take(limit).cloned().collect::<Vec<_>>())
    };
    let wide = expect_context::<Wide>().0;
    let drawn = move || {
        let (next, selected, language) = (next.get(), selected.get().filter(|_| wide.get()), app.language.get().tag());
        let as_drawn = |row: Row| {
            let id = row.id();
            let key: Drawn = (id, row.customer.envelope.rev, row.last_visit, row.why, language, next == Some(id), selected == Some(id));
            (key, row)
        };
        shown().into_iter().map(as_drawn).collect::<Vec<_>>()
    };
    let hidden = move || rest.get() && rows.with(Vec::len) > shown().len();
    let title = move || match group {
        Group::Overdue => tr!(app, today_overdue),
        Group::Due => tr!(app, today_due),
        Group::Unplanned => tr!(app, today_unplanned),
        Group::Soon => tr!(app, today_soon),
        Group::Tried => tr!(app, today_tried),
        Group::Done => tr!(app, today_done),
    };
    let sign = match group {
        Group::Overdue => "circle-alert",
        Group::Due => "list-checks",
        Group::Unplanned => "route",
        Group::Soon => "calendar-days",
        Group::Tried => "door-closed",
        Group::Done => "check",
    };
    view! {
        <When when=move || rows.with(|rows| !rows.is_empty())>
            <section class="group" class:group-late=group == Group::Overdue>
                <h2 class="group-title">{icon(sign)}{live(title)}<span class="group-count">{live(move || rows.with(Vec::len))}</span></h2>
                <When when=move || group == Group::Unplanned><p class="group-hint">{tx!(app, today_unplanned_hint)}</p></When>
                <ul class="rows">
                    <For each=drawn key=|(key, _)| *key let((key, row))>
                        <li>{untrack(|| shop_row(app, &row, key.5, key.6))}</li>
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

/// A row as it stands: drawn once, without signals, and anew when any of this changes.
type Drawn = (CustomerId, u32, Option<chrono::NaiveDate>, Why, &'static str, bool, bool);

fn shop_row(app: App, row: &Row, is_next: bool, is_selected: bool) -> AnyView {
    let (why, last) = (row.why, row.last_visit);
    let late = matches!(why, Why::Overdue { .. });
    let sign = match why {
        Why::Done => "check",
        Why::Tried { .. } => "door-closed",
        Why::Unplanned | Why::Soon { .. } => "store",
        Why::Cycle(_) => "calendar-clock",
        Why::RouteDay(_) | Why::Overdue { .. } => "route",
    };
    let right = match why {
        Why::Overdue { days, .. } => trn!(app, overdue_days | overdue_days_single, count = days),
        Why::RouteDay(_) | Why::Cycle(_) if is_next => tr!(app, today_next).to_owned(),
        _ => String::new(),
    };
    let right_class = if late { "row-right row-right-late" } else { "row-right row-right-next" };
    view! {
        <a href=link(&format!("/customers/{}", row.id())) class="row" data-selected=is_selected.then_some("yes")>
            <span class=if late { "row-sign row-sign-late" } else { "row-sign" }>{icon(sign)}</span>
            <span class="row-words">
                <span class="row-name">{row.customer.fields.name.clone()}</span>
                <span class="row-why">{why_words(app, why, last)}</span>
            </span>
            <span class=right_class>{right}</span>
        </a>
    }
    .into_any()
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
            let next = tr!(app, next_visit, date = say::day(app, due));
            let last = last.map_or_else(|| tr!(app, never_visited).to_owned(), |last| tr!(app, last_visit, date = last));
            format!("{next} · {last}")
        }
        (Why::Tried { why, next }, _) => {
            let next = next.map(|next| tr!(app, next_visit, date = say::date(app, next)));
            [Some(say::outcome(app, why).to_owned()), next].into_iter().flatten().collect::<Vec<_>>().join(" · ")
        }
        (Why::Done, _) => tr!(app, why_done).to_owned(),
        (Why::Unplanned, _) => tr!(app, why_unplanned).to_owned(),
    }
}
