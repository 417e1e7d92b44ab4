//! One row of the count: closed, a tick, a sentence and a figure; open, the dials (`open_line`).

use super::moves::{self, row_id};
use super::open_line::OpenLine;
use super::page::{Over, Overlay};
use super::words;
use crate::domain::draft::{Counted, LineReading};
use crate::domain::near::Near;
use crate::domain::suggestion::Suggestion;
use crate::state::app::App;
use crate::state::visit_line::Line;
use crate::state::visit_room::VisitRoom;
use crate::ui::icon::icon;
use crate::ui::live::{live, when, words};
use crate::ui::parts::stock_bar::StockBar;
use crate::ui::root::Wide;
use crate::ui::say;
use crate::ui::texts::{tr, trn, tx};
use leptos::prelude::*;

#[component]
pub fn CountRow(room: VisitRoom, line: Line) -> impl IntoView {
    let wide = expect_context::<Wide>().0;
    let is_open = Memo::new(move |_| room.open.get() == Some(line.id));
    view! {
        <li
            id=row_id(line.id)
            class="count-row"
            class:count-row-open=when(move || is_open.get() && !wide.get())
            data-selected=move || (is_open.get() && wide.get()).then_some("yes")
        >
            {live(move || if is_open.get() && !wide.get() {
                view! { <OpenLine room line /> }.into_any()
            } else {
                view! { <ClosedLine room line /> }.into_any()
            })}
        </li>
    }
}

#[component]
fn ClosedLine(room: VisitRoom, line: Line) -> impl IntoView {
    let app = room.app;
    let product = line.product();
    let name = product.fields.name.clone();
    let fields = StoredValue::new(product);
    let reading = line.reading;
    let near = Memo::new(move |_| line.near_or_known(app).into_iter().next());
    let why = move || reading.with(|reading| fields.with_value(|product| words::why_line(app, &product.fields, reading)));
    let uncounted = move || reading.with(|reading| reading.counted == Counted::No);
    view! {
        <Tick room line />
        <button type="button" class="count-open" aria-expanded="false" on:click=move |_| moves::open(room, line.id)>
            <span class="count-name" class:count-name-uncounted=when(uncounted)>{name}</span>
            <span class="count-why">{live(move || flags(app, line, near.get()))}{words(why)}</span>
        </button>
        <RowFigure room line />
    }
}

/// What matters most of a line: icon and word before the sentence.
fn flags(app: App, line: Line, near: Option<Near>) -> Vec<AnyView> {
    let reading = line.reading.get();
    let chip = |class: &'static str, sign: &'static str, words: String| view! { <span class=class>{icon(sign)}{words}</span> }.into_any();
    let is_counted = reading.counted.current().is_some();
    let dates = near.map(|near| {
        let late = near.is_expired();
        let words = if late { tr!(app, flag_expired).to_owned() } else { trn!(app, near_left | near_left_single, count = near.days_left) };
        chip(if late { "chip chip-late" } else { "chip chip-near" }, if late { "ban" } else { "hourglass" }, words)
    });
    let on_order = reading.suggestion.number().map(|number| number.on_order()).filter(|units| is_counted && !units.is_zero());
    let on_order = on_order.map(|units| {
        let quantity = say::units_packed(app, &line.product().fields, units);
        chip("chip chip-plain", "truck", tr!(app, flag_on_order, quantity = quantity))
    });
    let estimate = reading.suggestion.number().is_some_and(|number| number.is_estimate);
    let estimate = estimate.then(|| chip("chip chip-plain", "info", tr!(app, flag_estimate).to_owned()));
    let recount = reading.recount.map(|_| chip("chip chip-plain", "repeat-2", tr!(app, flag_recount).to_owned()));
    // A recount is always marked; of the rest the two that matter most.
    [flag(app, line), dates, on_order, estimate].into_iter().flatten().take(2).chain(recount).collect()
}

/// Out of stock, or changed by the rep.
fn flag(app: App, line: Line) -> Option<AnyView> {
    let reading = line.reading.get();
    let reason = line.draft.with(|draft| draft.choice.as_ref().and_then(|choice| choice.reason));
    let changed = words::changed_from(&reading, &line.product().fields, reason.is_some());
    if words::is_out(&reading) {
        Some(view! { <span class="chip chip-out">{icon("package-x")}{tr!(app, flag_out)}</span> }.into_any())
    } else if changed.is_some() {
        let words = reason.map_or(tr!(app, flag_changed), |reason| say::reason(app, reason));
        Some(view! { <span class="chip chip-plain">{icon("pencil")}{words}</span> }.into_any())
    } else {
        None
    }
}

/// The tick: counted, half, a question, not counted. Tapping it completes a half count, takes the tick away or gives it back.
#[component]
pub fn Tick(room: VisitRoom, line: Line) -> impl IntoView {
    let app = room.app;
    let name = line.product().fields.name.clone();
    let state = Memo::new(move |_| line.reading.with(tick_state));
    let checked = move || match state.get() {
        TickState::Counted | TickState::Question => "true",
        TickState::Half => "mixed",
        TickState::Open | TickState::Wrong => "false",
    };
    let sign = move || match state.get() {
        TickState::Counted => Some(icon("check").into_any()),
        TickState::Question => Some(icon("circle-question-mark").into_any()),
        TickState::Wrong => Some(icon("circle-alert").into_any()),
        TickState::Half | TickState::Open => None,
    };
    let press = move |_| {
        let typed =
            line.draft.with_untracked(|draft| !draft.front.is_empty() || !draft.back_cases.is_empty() || !draft.back_loose.is_empty());
        match state.get_untracked() {
            TickState::Counted | TickState::Question => line.draft.update(|draft| draft.unticked = true),
            TickState::Half => complete(line),
            TickState::Open if typed => line.draft.update(|draft| draft.unticked = false),
            TickState::Open | TickState::Wrong => moves::open(room, line.id),
        }
    };
    view! {
        <button
            type="button"
            class="tick"
            role="checkbox"
            data-state=words(move || state.get().word())
            aria-checked=words(checked)
            aria-label=words(move || tr!(app, tick_label, name = name.clone()))
            on:click=press
        >
            <span class="tick-ring">{live(sign)}</span>
        </button>
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TickState {
    Open,
    Half,
    Counted,
    Question,
    Wrong,
}

impl TickState {
    fn word(self) -> &'static str {
        match self {
            TickState::Open => "open",
            TickState::Half => "half",
            TickState::Counted => "counted",
            TickState::Question => "question",
            TickState::Wrong => "wrong",
        }
    }
}

fn tick_state(reading: &LineReading) -> TickState {
    match (&reading.counted, &reading.suggestion) {
        (Counted::No, _) => TickState::Open,
        (Counted::FrontOnly(_) | Counted::BackOnly, _) => TickState::Half,
        (Counted::Unreadable(..) | Counted::TooMuch, _) => TickState::Wrong,
        (Counted::Yes { .. }, Suggestion::NegativeSales { .. } | Suggestion::ZeroTrap { .. }) => TickState::Question,
        (Counted::Yes { .. }, _) => TickState::Counted,
    }
}

/// Takes the missing part of a half count as 0.
fn complete(line: Line) {
    let front_missing = line.reading.with_untracked(|reading| reading.counted == Counted::BackOnly);
    line.draft.update(|draft| if front_missing { draft.front = "0".to_owned() } else { draft.back_is_zero = true });
}

/// What stands at the right of a closed row.
#[component]
fn RowFigure(room: VisitRoom, line: Line) -> impl IntoView {
    let app = room.app;
    let overlay = expect_context::<Overlay>();
    let button = move |words: &'static str, label: Option<&'static str>, press: Callback<()>| {
        view! { <button type="button" class="btn row-button" aria-label=label on:click=move |_| press.run(())>{words}</button> }.into_any()
    };
    let figure = move || {
        let reading = line.reading.get();
        let product = line.product();
        match (&reading.counted, &reading.suggestion) {
            (Counted::FrontOnly(_), _) => {
                button(tr!(app, back_zero), Some(tr!(app, back_zero_label)), Callback::new(move |()| complete(line)))
            }
            (Counted::BackOnly, _) => {
                button(tr!(app, front_zero), Some(tr!(app, front_zero_label)), Callback::new(move |()| complete(line)))
            }
            _ if reading.choice_problem.is_some() => {
                button(tr!(app, ask_choose), None, Callback::new(move |()| overlay.show(Over::Change(line.id))))
            }
            (_, Suggestion::FirstCount { .. }) if reading.quantity.is_none() => {
                button(tr!(app, first_ask), None, Callback::new(move |()| overlay.show(Over::First(line.id))))
            }
            (_, Suggestion::NegativeSales { .. }) if reading.quantity.is_none() => {
                button(tr!(app, ask_explain), None, Callback::new(move |()| overlay.show(Over::Question(line.id))))
            }
            (_, Suggestion::ZeroTrap { .. }) if reading.quantity.is_none() => {
                button(tr!(app, ask_choose), None, Callback::new(move |()| overlay.show(Over::Question(line.id))))
            }
            _ if !matches!(reading.counted, Counted::Yes { .. }) && reading.suggestion.number().is_some() && reading.quantity.is_none() => {
                // An estimate on the phone is taken with a tap.
                let order = reading.suggestion.order().unwrap_or_default();
                let words = if order.is_zero() { tr!(app, none_needed).to_owned() } else { say::units_packed(app, &product.fields, order) };
                view! { <span class="count-previous">{words}</span> }.into_any()
            }
            (Counted::Yes { .. }, _) | (_, Suggestion::OutOfRange) => counted_figure(app, line, &reading),
            _ if reading.quantity.is_some() => counted_figure(app, line, &reading),
            _ => {
                let history = line.history();
                let words = match history.basis() {
                    Some(basis) => {
                        tr!(app, previous_short, previous = say::number(basis.previous.0), ordered = say::number(line.came().0))
                    }
                    None => String::new(),
                };
                drop(product);
                view! { <span class="count-previous">{words}</span> }.into_any()
            }
        }
    };
    view! {
        <div class="count-right">
            {live(figure)}
            {live(move || line.draft.with(|draft| draft.back_is_zero && draft.back_cases.is_empty() && draft.back_loose.is_empty()).then(|| view! {
                <button
                    type="button"
                    class="chip chip-button"
                    aria-label=tx!(app, undo_back_zero)
                    on:click=move |_| line.draft.update(|draft| draft.back_is_zero = false)
                >{icon("undo-2")}{tx!(app, back_zero)}</button>
            }))}
        </div>
    }
}

fn counted_figure(app: App, line: Line, reading: &LineReading) -> AnyView {
    let product = line.product();
    let sum = reading.suggestion.sum().copied();
    let has_choice = line.draft.with(|draft| draft.choice.is_some());
    let old = words::changed_from(reading, &product.fields, has_choice).map(|old| {
        let words = if old.is_zero() { tr!(app, none_needed).to_owned() } else { say::units_packed(app, &product.fields, old) };
        view! { <s class="figure-old">{words}</s> }
    });
    let words = match reading.quantity {
        None => say::units(app, &product.fields, reading.counted.current().unwrap_or_default()),
        Some(quantity) if quantity.is_zero() => tr!(app, none_needed).to_owned(),
        Some(quantity) => say::packed(app, &product.fields, quantity),
    };
    let is_order = reading.quantity.is_some_and(|quantity| !quantity.is_zero());
    let is_none = reading.quantity.is_some_and(|quantity| quantity.is_zero());
    view! {
        <span class="count-figure" class:count-figure-none=is_none>
            {is_order.then(|| view! { <small>{tr!(app, order_word)}</small> })}
            {old}
            <strong>{words}</strong>
        </span>
        {sum.map(|sum| view! { <StockBar app sum=Signal::stored(Some(sum)) /> })}
    }
    .into_any()
}
