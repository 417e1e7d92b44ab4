//! The page of a visit in hand: head, step rail, the step, footer. What lies over it is one overlay at a time.

use super::agree::AgreeStep;
use super::card::{CardLine, OwnerCard};
use super::change::ChangeSheet;
use super::count_step::{CountFoot, CountStep};
use super::delivery_sheet::DeliverySheet;
use super::finder::FinderSheet;
use super::first_sheet::FirstSheet;
use super::head::VisitHead;
use super::lots_sheet::LotsSheet;
use super::meet::{self, MeetStep};
use super::moves;
use super::near_sheet::NearSheet;
use super::not_made::NotMadeSheet;
use super::note_sheet::NoteSheet;
use super::order_step::OrderStep;
use super::question::QuestionSheet;
use super::scan;
use super::shelf::ShelfStep;
use super::take_off::TakeOffSheet;
use super::why::WhySheet;
use crate::domain::draft::Step;
use crate::domain::finish::{AgreedProblem, FinishProblem};
use crate::domain::id::{OrderId, ProductId, VisitId};
use crate::state::app::{App, Refused};
use crate::state::preferences;
use crate::state::visit_line::Line;
use crate::state::visit_room::VisitRoom;
use crate::state::visits::Opened;
use crate::ui::icon::icon;
use crate::ui::live::{When, live};
use crate::ui::load::load;
use crate::ui::navigation::use_address;
use crate::ui::parts::empty::Empty;
use crate::ui::parts::head::SubPageHead;
use crate::ui::parts::sheet::Sheet;
use crate::ui::platform;
use crate::ui::root::Wide;
use crate::ui::route::link;
use crate::ui::texts::{tr, tx};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What lies over the visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    Nothing,
    Why(ProductId),
    Change(ProductId),
    Question(ProductId),
    /// What becomes of expired goods before the count.
    TakeOff(ProductId),
    /// The dates of a line's goods.
    Lots(ProductId),
    /// What else happened to a line.
    Note(ProductId),
    /// What to do with goods near their date.
    Near(ProductId),
    /// A line that was never counted before.
    First(ProductId),
    Finder,
    /// The owner card, at a product.
    Card(Option<ProductId>),
    /// What became of an order.
    Delivery(OrderId),
    NotMade,
    Menu,
    Discard,
}

/// One overlay at a time, and what the finder begins with.
#[derive(Clone, Copy)]
pub struct Overlay {
    over: RwSignal<Over>,
    pub find: RwSignal<String>,
}

impl Overlay {
    /// Looks for a product, from `text` on.
    pub fn find(self, text: &str) {
        self.find.set(text.to_owned());
        self.over.set(Over::Finder);
    }

    pub fn show(self, over: Over) {
        self.over.set(over);
    }

    pub fn hide(self) {
        self.over.set(Over::Nothing);
    }
}

#[component]
pub fn VisitPage(app: App, id: VisitId) -> impl IntoView {
    let opened = load(move || {
        // A note on a delivery changes the past: the lines are read again with it.
        app.deliveries.track();
        async move { app.open_visit(id).await.unwrap_or(Opened::Unknown) }
    });
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
    let address = use_address();
    Effect::new(move |_| address.replace(&format!("/visits/{id}")));
}

pub fn gone(app: App) -> impl IntoView {
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
    let overlay = Overlay { over: RwSignal::new(Over::Nothing), find: RwSignal::default() };
    provide_context(overlay);
    let wide = expect_context::<Wide>().0;
    let problem = RwSignal::new(None::<FinishProblem>);
    take_added_product(room);
    scan::listen(room, overlay);
    begin_where_there_is_news(room);
    if room.open.get_untracked().is_none() {
        room.open.set(room.next_uncounted(None));
    }
    // Another step begins at its top.
    Effect::new(move |before: Option<Step>| {
        let step = room.step.get();
        if before.is_some_and(|before| before != step) {
            window().scroll_to_with_x_and_y(0.0, 0.0);
            platform::to_top(".visit-main-order, .visit-list, .visit-pane");
        }
        step
    });
    // Another tab finished or discarded it: this page has nothing to keep any more.
    let address = use_address();
    let finishing = RwSignal::new(false);
    Effect::new(move |_| {
        let is_open = app.open_visits.with(|visits| visits.contains_key(&room.id));
        if !is_open && !finishing.get_untracked() {
            room.stop();
            address.replace(&ended(room));
        }
    });
    let address = use_address();
    let on_finish = Callback::new(move |()| {
        finish(room, overlay, problem, finishing, move |to| address.replace(&to));
    });
    view! {
        <div class="visit" class:visit-wide=wide>
            <VisitHead room />
            {live(move || match room.step.get() {
                Step::Meet => view! { <MeetStep room /> }.into_any(),
                Step::Shelf => view! { <ShelfStep room /> }.into_any(),
                Step::Count => view! { <CountStep room /> }.into_any(),
                Step::Order => view! { <OrderStep room problem finishing on_finish /> }.into_any(),
                Step::Agree => view! { <AgreeStep room problem finishing on_finish /> }.into_any(),
            })}
            <When when=move || room.step.get() == Step::Count><CountFoot room /></When>
            {live(move || over(room, overlay, finishing))}
        </div>
    }
}

/// A visit that has just begun opens on what there is to know; where there is nothing, on the count.
fn begin_where_there_is_news(room: VisitRoom) {
    let is_untouched =
        room.step.get_untracked() == Step::Meet && room.lines.with_untracked(|lines| lines.iter().all(|line| line.is_untouched()));
    if is_untouched && !meet::has_news(room) {
        room.step.set(Step::Count);
    }
}

/// Where a visit that is over is found: an order on the phone has no summary of its own.
fn ended(room: VisitRoom) -> String {
    if room.by_phone { format!("/customers/{}", room.customer().id) } else { format!("/visits/{}", room.id) }
}

fn over(room: VisitRoom, overlay: Overlay, finishing: RwSignal<bool>) -> Option<AnyView> {
    let app = room.app;
    let line = |id| room.line(id);
    match overlay.over.get() {
        Over::Nothing => None,
        Over::Why(id) => line(id).map(|line| view! { <WhySheet room line /> }.into_any()),
        Over::Change(id) => line(id).map(|line| view! { <ChangeSheet room line /> }.into_any()),
        Over::Question(id) => line(id).map(|line| view! { <QuestionSheet room line /> }.into_any()),
        Over::TakeOff(id) => line(id).map(|line| view! { <TakeOffSheet room line /> }.into_any()),
        Over::Lots(id) => line(id).map(|line| view! { <LotsSheet room line /> }.into_any()),
        Over::Note(id) => line(id).map(|line| view! { <NoteSheet room line /> }.into_any()),
        Over::Near(id) => line(id).map(|line| view! { <NearSheet room line /> }.into_any()),
        Over::First(id) => line(id).map(|line| view! { <FirstSheet room line /> }.into_any()),
        Over::Finder => Some(view! { <FinderSheet room /> }.into_any()),
        Over::Card(at) => {
            let lines = card_lines(room);
            let start = at.and_then(|at| lines.iter().position(|line| line.id == at)).unwrap_or(0);
            let shop = room.customer().fields.name.clone();
            Some(view! { <OwnerCard app shop on=room.on lines start on_close=move |()| overlay.hide() /> }.into_any())
        }
        Over::Delivery(id) => meet::order_of(room, id).map(|order| {
            let close = Callback::new(move |()| overlay.hide());
            view! { <DeliverySheet app order on_noted=close on_close=close /> }.into_any()
        }),
        Over::NotMade => {
            let (customer, close) = (room.customer().id, Callback::new(move |()| overlay.hide()));
            // What is on disk then ends this page by itself.
            Some(view! { <NotMadeSheet app customer loses=room.is_begun() on_done=close on_close=close /> }.into_any())
        }
        Over::Menu => Some(view! { <MenuSheet room overlay /> }.into_any()),
        Over::Discard => Some(view! { <DiscardSheet room overlay finishing /> }.into_any()),
    }
}

fn card_lines(room: VisitRoom) -> Vec<CardLine> {
    let lines = room.lines.get_untracked();
    super::card::in_order(lines.into_iter().filter_map(|line| card_line(room.app, line)).collect())
}

fn card_line(app: App, line: Line) -> Option<CardLine> {
    let reading = line.reading.get_untracked();
    let current = reading.counted.current();
    let is_ordered = reading.quantity.is_some_and(|quantity| !quantity.is_zero());
    (current.is_some() || is_ordered).then(|| CardLine {
        id: line.id,
        product: line.product().fields.clone(),
        said: reading.suggestion.clone(),
        near: line.near(app),
        current,
        quantity: reading.quantity,
        amount: reading.amount,
        free: reading.free,
    })
}

/// A product made on the way comes back in the address.
fn take_added_product(room: VisitRoom) {
    let added = use_address().asked("add").and_then(|id| id.parse::<ProductId>().ok());
    let product = added.and_then(|id| room.app.book.with_untracked(|book| book.product(id).cloned()));
    if let Some(product) = product {
        room.add_product(&product);
        let address = use_address();
        request_animation_frame(move || address.replace(&format!("/visit/{}", room.id)));
    }
}

#[component]
fn MenuSheet(room: VisitRoom, overlay: Overlay) -> impl IntoView {
    let app = room.app;
    let can_fail = !room.by_phone && room.corrects.is_none();
    let title = Signal::derive(move || tr!(app, visit_menu).to_owned());
    view! {
        <Sheet app title on_close=move |()| overlay.hide()>
            <div class="sheet-stack">
                <button type="button" class="btn" on:click=move |_| overlay.show(Over::Card(None))>{icon("presentation")}{tx!(app, show_owner)}</button>
                <When when=move || can_fail>
                    <button type="button" class="btn" on:click=move |_| overlay.show(Over::NotMade)>{icon("door-closed")}{tx!(app, not_made)}</button>
                </When>
                <button type="button" class="btn btn-late" on:click=move |_| overlay.show(Over::Discard)>{icon("trash-2")}{tx!(app, visit_discard)}</button>
            </div>
        </Sheet>
    }
}

#[component]
fn DiscardSheet(room: VisitRoom, overlay: Overlay, finishing: RwSignal<bool>) -> impl IntoView {
    let app = room.app;
    let address = use_address();
    let discard = move |_| {
        // This page goes to the shop, not to a visit that is no more.
        finishing.set(true);
        room.discard();
        address.replace(&format!("/customers/{}", room.customer().id));
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
pub fn finish(
    room: VisitRoom,
    overlay: Overlay,
    problem: RwSignal<Option<FinishProblem>>,
    finishing: RwSignal<bool>,
    go: impl Fn(String) + 'static,
) {
    if finishing.get_untracked() {
        return;
    }
    finishing.set(true);
    spawn_local(async move {
        match room.finish().await {
            Ok(()) => {
                go(ended(room));
                // There is something to lose now. Some browsers ask the person, once.
                if preferences::asks_to_stay() {
                    platform::ask_to_stay().await;
                }
            }
            Err(refused) => {
                finishing.try_set(false);
                if let Refused::Problems(problems) = refused {
                    let first = problems.first().copied();
                    problem.try_set(first);
                    match first {
                        Some(FinishProblem::Count(id)) => {
                            room.step.set(Step::Count);
                            moves::open(room, id);
                        }
                        Some(FinishProblem::Lots(id)) => {
                            room.step.set(Step::Count);
                            overlay.show(Over::Lots(id));
                        }
                        Some(FinishProblem::Note(id)) => overlay.show(Over::Note(id)),
                        Some(FinishProblem::ClosedDays) => room.step.set(Step::Meet),
                        Some(FinishProblem::Choice(_) | FinishProblem::Empty) => room.step.set(Step::Order),
                        Some(FinishProblem::Agreed(_)) => room.step.set(Step::Agree),
                        None => {}
                    }
                }
            }
        }
    });
}

/// Why the visit is not finished yet.
pub fn finish_problem(app: App, problem: FinishProblem) -> &'static str {
    match problem {
        FinishProblem::Count(_) => tr!(app, finish_problem_count),
        FinishProblem::Lots(_) => tr!(app, finish_problem_lots),
        FinishProblem::Note(_) => tr!(app, finish_problem_note),
        FinishProblem::ClosedDays => tr!(app, finish_problem_closed),
        FinishProblem::Choice(_) => tr!(app, finish_problem_choice),
        FinishProblem::Empty => tr!(app, finish_problem_empty),
        FinishProblem::Agreed(AgreedProblem::PromiseWithoutDay) => tr!(app, finish_promise_day),
        FinishProblem::Agreed(AgreedProblem::PromiseInThePast) => tr!(app, finish_promise_past),
        FinishProblem::Agreed(AgreedProblem::NextInThePast) => tr!(app, done_next_past),
        FinishProblem::Agreed(AgreedProblem::TooLong) => tr!(app, finish_too_long),
    }
}
