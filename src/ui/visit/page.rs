//! The page of a visit in hand: head, step rail, the step, footer. What lies over it is one overlay at a time.

use super::card::{CardLine, OwnerCard};
use super::change::ChangeSheet;
use super::count_row::CountRow;
use super::finder::FinderSheet;
use super::moves;
use super::open_line::OpenLine;
use super::order_step::OrderStep;
use super::question::QuestionSheet;
use super::why::WhySheet;
use crate::domain::draft::{Counted, FinishProblem, Step};
use crate::domain::id::{ProductId, VisitId};
use crate::state::app::{App, Refused};
use crate::state::autosave::Kept;
use crate::state::visit_room::{Line, VisitRoom};
use crate::state::visits::Opened;
use crate::ui::icon::icon;
use crate::ui::live::{When, live, words};
use crate::ui::load::load;
use crate::ui::parts::empty::Empty;
use crate::ui::parts::head::{Heading, SubPageHead};
use crate::ui::parts::sheet::Sheet;
use crate::ui::root::Wide;
use crate::ui::route::link;
use crate::ui::say;
use crate::ui::texts::{tr, trn, tx};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::{use_location, use_navigate};

/// What lies over the visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    Nothing,
    Why(ProductId),
    Change(ProductId),
    Question(ProductId),
    Finder,
    /// The owner card, at a product.
    Card(Option<ProductId>),
    Discard,
}

/// One overlay at a time.
#[derive(Clone, Copy)]
pub struct Overlay(RwSignal<Over>);

impl Overlay {
    pub fn show(self, over: Over) {
        self.0.set(over);
    }

    pub fn hide(self) {
        self.0.set(Over::Nothing);
    }
}

#[component]
pub fn VisitPage(app: App, id: VisitId) -> impl IntoView {
    let opened = load(move || async move { app.open_visit(id).await.unwrap_or(Opened::Unknown) });
    live(move || match opened.get() {
        None => view! { <p class="opening" role="status">{tx!(app, loading)}</p> }.into_any(),
        Some(Opened::InHand(opened)) => {
            let room = VisitRoom::enter(app, *opened);
            view! { <VisitInHand room /> }.into_any()
        }
        Some(Opened::Finished) => view! { <GoToSummary id /> }.into_any(),
        Some(Opened::Unknown) => gone(app).into_any(),
    })
}

#[component]
fn GoToSummary(id: VisitId) -> impl IntoView {
    let navigate = use_navigate();
    Effect::new(move |_| navigate(&format!("/visits/{id}"), leptos_router::NavigateOptions { replace: true, ..Default::default() }));
}

fn gone(app: App) -> impl IntoView {
    let title = Signal::derive(move || tr!(app, visit_gone_title).to_owned());
    view! {
        <SubPageHead app back="/" title />
        <main class="page">
            <Empty title text=Signal::derive(move || tr!(app, visit_gone_text).to_owned())>
                <a href=link("/") class="btn btn-primary">{tx!(app, go_today)}</a>
            </Empty>
        </main>
    }
}

#[component]
fn VisitInHand(room: VisitRoom) -> impl IntoView {
    let app = room.app;
    let overlay = Overlay(RwSignal::new(Over::Nothing));
    provide_context(overlay);
    let wide = expect_context::<Wide>().0;
    let problem = RwSignal::new(None::<FinishProblem>);
    take_added_product(room);
    if room.open.get_untracked().is_none() {
        room.open.set(room.next_uncounted(None));
    }
    // Another step begins at its top.
    Effect::new(move |before: Option<Step>| {
        let step = room.step.get();
        if before.is_some_and(|before| before != step) {
            window().scroll_to_with_x_and_y(0.0, 0.0);
        }
        step
    });
    // Another tab finished or discarded it: this page has nothing to keep any more.
    let navigate = use_navigate();
    let finishing = RwSignal::new(false);
    Effect::new(move |_| {
        let is_open = app.open_visits.with(|visits| visits.contains_key(&room.id));
        if !is_open && !finishing.get_untracked() {
            room.stop();
            navigate(&format!("/visits/{}", room.id), leptos_router::NavigateOptions { replace: true, ..Default::default() });
        }
    });
    view! {
        <div class="visit" class:visit-wide=wide>
            <VisitHead room />
            {live(move || match room.step.get() {
                Step::Count => view! { <CountStep room /> }.into_any(),
                Step::Order => view! { <OrderStep room problem finishing /> }.into_any(),
            })}
            <When when=move || room.step.get() == Step::Count><CountFoot room /></When>
            {live(move || over(room, overlay))}
        </div>
    }
}

fn over(room: VisitRoom, overlay: Overlay) -> Option<AnyView> {
    let app = room.app;
    let line = |id| room.line(id);
    match overlay.0.get() {
        Over::Nothing => None,
        Over::Why(id) => line(id).map(|line| view! { <WhySheet room line /> }.into_any()),
        Over::Change(id) => line(id).map(|line| view! { <ChangeSheet room line /> }.into_any()),
        Over::Question(id) => line(id).map(|line| view! { <QuestionSheet room line /> }.into_any()),
        Over::Finder => Some(view! { <FinderSheet room /> }.into_any()),
        Over::Card(at) => {
            let lines = card_lines(room);
            let start = at.and_then(|at| lines.iter().position(|line| line.id == at)).unwrap_or(0);
            let shop = room.customer().fields.name.clone();
            Some(view! { <OwnerCard app shop on=room.on lines start on_close=move |()| overlay.hide() /> }.into_any())
        }
        Over::Discard => Some(view! { <DiscardSheet room overlay /> }.into_any()),
    }
}

fn card_lines(room: VisitRoom) -> Vec<CardLine> {
    let lines = room.lines.get_untracked();
    super::card::in_order(lines.into_iter().filter_map(card_line).collect())
}

fn card_line(line: Line) -> Option<CardLine> {
    let reading = line.reading.get_untracked();
    let current = reading.counted.current();
    let is_ordered = reading.quantity.is_some_and(|quantity| !quantity.is_zero());
    (current.is_some() || is_ordered).then(|| CardLine {
        id: line.id,
        product: line.product().fields.clone(),
        sum: reading.suggestion.sum().copied(),
        current,
        quantity: reading.quantity,
        amount: reading.amount,
    })
}

/// A product made on the way comes back in the address.
fn take_added_product(room: VisitRoom) {
    let added = use_location().query.with_untracked(|query| query.get("add")).and_then(|id| id.parse::<ProductId>().ok());
    let product = added.and_then(|id| room.app.book.with_untracked(|book| book.product(id).cloned()));
    if let Some(product) = product {
        room.add_product(&product);
        let navigate = use_navigate();
        let options = leptos_router::NavigateOptions { replace: true, ..Default::default() };
        request_animation_frame(move || navigate(&format!("/visit/{}", room.id), options));
    }
}

#[component]
fn VisitHead(room: VisitRoom) -> impl IntoView {
    let app = room.app;
    let overlay = expect_context::<Overlay>();
    let name = room.customer().fields.name.clone();
    let kept = room.kept();
    let is_typed = move || room.lines.with(|lines| lines.iter().any(|line| line.draft.with(|draft| *draft != Default::default())));
    let status = move || match kept.get() {
        Kept::OnDisk => (Some("check"), tr!(app, visit_saved)),
        Kept::Clean if is_typed() => (Some("check"), tr!(app, visit_saved)),
        Kept::Clean => (None, tr!(app, visit_new)),
        Kept::Waiting => (None, tr!(app, visit_saving)),
        Kept::Failed => (Some("circle-alert"), tr!(app, visit_save_failed)),
    };
    let started = move || tr!(app, visit_started, time = say::time(room.started));
    let step = move |to: Step, words: fn(App) -> &'static str| {
        view! {
            <button
                type="button"
                aria-current=move || (room.step.get() == to).then_some("step")
                on:click=move |_| room.step.set(to)
            >
                {live(move || (to == Step::Count && is_all_counted(room)).then(|| icon("check")))}
                {live(move || words(app))}
            </button>
        }
    };
    view! {
        <header class="visit-head">
            <a href=link(&format!("/customers/{}", room.customer().id)) class="icon-button" aria-label=tx!(app, back)>{icon("chevron-left")}</a>
            <div class="visit-names">
                <Heading app title=Signal::stored(name) />
                <p class="visit-status" data-kept=words(move || format!("{:?}", kept.get()))>
                    {live(move || { let (sign, words) = status(); view! { {sign.map(icon)}<span>{words}</span> } })}
                    <span>{live(move || format!("· {}", started()))}</span>
                </p>
            </div>
            <nav class="steps" aria-label=tx!(app, visit_steps)>
                {step(Step::Count, |app| tr!(app, visit_step_count))}
                {step(Step::Order, |app| tr!(app, visit_step_order))}
                <button type="button" disabled=true>{tx!(app, visit_step_done)}</button>
            </nav>
            <button type="button" class="icon-button visit-search" aria-label=tx!(app, visit_add_product) on:click=move |_| overlay.show(Over::Finder)>
                {icon("search")}
            </button>
            <button type="button" class="icon-button visit-menu" aria-label=tx!(app, visit_menu) on:click=move |_| overlay.show(Over::Discard)>
                {icon("ellipsis")}
            </button>
        </header>
    }
}

fn is_all_counted(room: VisitRoom) -> bool {
    let all = room.lines.with(Vec::len);
    all > 0 && room.counted.get() == all
}

#[component]
fn CountStep(room: VisitRoom) -> impl IntoView {
    let app = room.app;
    let overlay = expect_context::<Overlay>();
    let wide = expect_context::<Wide>().0;
    let only_uncounted = RwSignal::new(false);
    let left = move || room.lines.with(Vec::len) - room.counted.get();
    let shown = move || {
        room.lines.with(|lines| {
            let keep = |line: &&Line| {
                !only_uncounted.get()
                    || room.open.get() == Some(line.id)
                    || line.reading.with(|reading| !matches!(reading.counted, Counted::Yes { .. }))
            };
            lines.iter().filter(keep).copied().collect::<Vec<_>>()
        })
    };
    let open_line = move || room.open.get().and_then(|id| room.line(id));
    view! {
        <main class="visit-main">
            <div class="visit-list">
                <div class="count-tools">
                    <p>{live(move || tr!(app, counted_of, counted = room.counted.get(), all = room.lines.with(Vec::len)))}</p>
                    <button
                        type="button"
                        class="filter"
                        aria-pressed=words(move || only_uncounted.get().to_string())
                        on:click=move |_| only_uncounted.update(|only| *only = !*only)
                    >
                        {live(move || only_uncounted.get().then(|| icon("check")))}
                        {live(move || tr!(app, only_uncounted, count = left()))}
                    </button>
                </div>
                <When
                    when=move || room.lines.with(|lines| !lines.is_empty())
                    fallback=move || view! {
                        <Empty
                            title=Signal::derive(move || tr!(app, visit_no_products_title).to_owned())
                            text=Signal::derive(move || tr!(app, visit_no_products_text).to_owned())
                        >
                            <button type="button" class="btn btn-primary" on:click=move |_| overlay.show(Over::Finder)>{icon("plus")}{tx!(app, visit_add_product)}</button>
                        </Empty>
                    }
                >
                    <ul class="count-list">
                        <For each=shown key=|line| line.id let(line)><CountRow room line /></For>
                    </ul>
                    <button type="button" class="btn btn-link" on:click=move |_| overlay.show(Over::Finder)>{icon("plus")}{tx!(app, visit_add_product)}</button>
                </When>
            </div>
            <When when=move || wide.get()>
                <div class="visit-pane">{live(move || open_line().map(|line| view! { <OpenLine room line /> }))}</div>
            </When>
        </main>
    }
}

#[component]
fn CountFoot(room: VisitRoom) -> impl IntoView {
    let app = room.app;
    let overlay = expect_context::<Overlay>();
    let wide = expect_context::<Wide>().0;
    let is_last = move || {
        room.lines.track();
        room.counted.track();
        room.next_uncounted(room.open.get()).is_none()
    };
    let go_on = move |_| {
        if is_last() {
            room.step.set(Step::Order);
        } else {
            moves::next(room, room.open.get_untracked());
        }
    };
    view! {
        <footer class="visit-foot">
            <FootTotal room />
            <When when=move || wide.get()>
                <button type="button" class="btn" on:click=move |_| overlay.show(Over::Card(room.open.get_untracked()))>
                    {icon("presentation")}{tx!(app, show_owner)}
                </button>
            </When>
            <button type="button" id="visit-next" class="btn btn-primary btn-big" on:click=go_on>
                {live(move || if is_last() { tr!(app, to_order) } else { tr!(app, next_product) })}
                {live(move || icon(if is_last() { "arrow-right" } else { "arrow-down" }))}
            </button>
        </footer>
    }
}

/// The money so far, and how far the count has come.
#[component]
pub fn FootTotal(room: VisitRoom) -> impl IntoView {
    let app = room.app;
    let second = move || {
        let total = room.total.get();
        let counted = tr!(app, counted_of, counted = room.counted.get(), all = room.lines.with(Vec::len));
        let products = trn!(app, total_products | total_products_single, count = total.products);
        let parts = [Some(counted), (total.products > 0).then_some(products), (total.products > 0).then(|| say::total_packed(app, &total))];
        let unpriced = (total.unpriced > 0).then(|| trn!(app, total_unpriced | total_unpriced_single, count = total.unpriced));
        parts.into_iter().flatten().chain(unpriced).collect::<Vec<_>>().join(" · ")
    };
    view! {
        <div class="foot-total">
            <p><small>{tx!(app, total)}</small><strong>{live(move || say::money(room.total.get().amount))}</strong></p>
            <p>{words(second)}</p>
        </div>
    }
}

#[component]
fn DiscardSheet(room: VisitRoom, overlay: Overlay) -> impl IntoView {
    let app = room.app;
    let navigate = use_navigate();
    let discard = move |_| {
        room.discard();
        navigate(&format!("/customers/{}", room.customer().id), leptos_router::NavigateOptions { replace: true, ..Default::default() });
    };
    let title = Signal::derive(move || tr!(app, visit_discard).to_owned());
    view! {
        <Sheet app title on_close=move |()| overlay.hide()>
            <p class="sheet-text">{tx!(app, visit_discard_ask)}</p>
            <div class="sheet-stack">
                <button type="button" class="btn btn-primary" on:click=move |_| overlay.hide()>{tx!(app, visit_keep)}</button>
                <button type="button" class="btn btn-late" on:click=discard>{icon("trash-2")}{tx!(app, visit_discard_yes)}</button>
            </div>
        </Sheet>
    }
}

/// Finishes the visit, or leads to the first problem.
pub fn finish(room: VisitRoom, problem: RwSignal<Option<FinishProblem>>, finishing: RwSignal<bool>, go: impl Fn(String) + 'static) {
    if finishing.get_untracked() {
        return;
    }
    finishing.set(true);
    spawn_local(async move {
        match room.finish().await {
            Ok(()) => go(format!("/visits/{}", room.id)),
            Err(refused) => {
                finishing.try_set(false);
                if let Refused::Problems(problems) = refused {
                    let first = problems.first().copied();
                    problem.try_set(first);
                    if let Some(FinishProblem::Count(id)) = first {
                        room.step.set(Step::Count);
                        moves::open(room, id);
                    }
                }
            }
        }
    });
}
