//! The order: what will be ordered, what not and why, and the button that finishes the visit.

use super::count_step::FootTotal;
use super::page::{Over, Overlay, finish_problem};
use super::words;
use crate::domain::draft::{LineReading, Step};
use crate::domain::finish::FinishProblem;
use crate::domain::guards;
use crate::domain::shelf_work;
use crate::domain::suggestion::Suggestion;
use crate::state::visit_line::Line;
use crate::state::visit_room::VisitRoom;
use crate::ui::icon::icon;
use crate::ui::live::{When, live, once_it_lasts, when, words};
use crate::ui::parts::empty::Empty;
use crate::ui::say;
use crate::ui::texts::{tr, tx};
use leptos::prelude::*;

#[component]
pub fn OrderStep(
    room: VisitRoom,
    problem: RwSignal<Option<FinishProblem>>,
    finishing: RwSignal<bool>,
    on_finish: Callback<()>,
) -> impl IntoView {
    let app = room.app;
    let overlay = expect_context::<Overlay>();
    let is_empty = move || room.total.get().products == 0;
    let problem_words = move || problem.get().map(|problem| finish_problem(app, problem));
    view! {
        <main class="visit-main visit-main-order">
            <div class="visit-list">
                <p class="open-problem" role="alert">{live(move || problem_words().map(|words| view! { {icon("circle-alert")}{words} }))}</p>
                <When when=is_empty>
                    <Empty
                        title=Signal::derive(move || tr!(app, order_empty_title).to_owned())
                        text=Signal::derive(move || tr!(app, order_empty_text).to_owned())
                    >
                        {if room.by_phone {
                            view! { <button type="button" class="btn btn-primary" on:click=move |_| overlay.find("")>{icon("plus")}{tx!(app, visit_add_product)}</button> }.into_any()
                        } else {
                            view! { <button type="button" class="btn" on:click=move |_| room.step.set(Step::Count)>{icon("arrow-left")}{tx!(app, order_back_to_count)}</button> }.into_any()
                        }}
                    </Empty>
                </When>
                {live(move || expired(room))}
                <Part room part=Part::Ordered />
                <Part room part=Part::Estimated />
                <Part room part=Part::NotNeeded />
                <Part room part=Part::First />
                <Part room part=Part::Uncounted />
                <button type="button" class="btn btn-link" on:click=move |_| overlay.find("")>{icon("plus")}{tx!(app, visit_add_product)}</button>
            </div>
        </main>
        <footer class="visit-foot">
            <FootTotal room />
            <When when=move || !room.by_phone>
                <button type="button" class="btn" on:click=move |_| room.step.set(Step::Agree)>{icon("handshake")}{tx!(app, visit_step_agree)}</button>
            </When>
            <FinishButton room finishing on_finish />
        </footer>
    }
}

/// Goods that have expired and were counted as still standing there.
fn expired(room: VisitRoom) -> Option<impl IntoView> {
    let app = room.app;
    let overlay = expect_context::<Overlay>();
    let left: Vec<_> = room.lines.with(|lines| {
        let found = lines
            .iter()
            .map(|line| (*line, line.reading.with(|reading| shelf_work::expired(reading.lots.as_deref().unwrap_or_default(), room.on))));
        found.filter(|(_, units)| !units.is_zero()).collect()
    });
    let rows: Vec<_> = left
        .into_iter()
        .map(|(line, units)| {
            let product = line.product();
            let words = tr!(app, expired_left, name = product.fields.name.clone(), quantity = say::units(app, &product.fields, units));
            view! {
                <div class="question question-late">
                    {icon("ban")}<p>{words}</p>
                    <button type="button" class="btn" on:click=move |_| overlay.show(Over::Lots(line.id))>{tr!(app, expired_act)}</button>
                </div>
            }
        })
        .collect();
    (!rows.is_empty()).then(|| view! { <div class="visit-page">{rows}</div> })
}

/// Ends the visit, or says why not yet.
#[component]
pub fn FinishButton(room: VisitRoom, finishing: RwSignal<bool>, on_finish: Callback<()>) -> impl IntoView {
    let app = room.app;
    let is_slow = once_it_lasts(finishing);
    view! {
        <button type="button" id="visit-finish" class="btn btn-primary btn-big" disabled=is_slow on:click=move |_| on_finish.run(())>
            {icon("check")}
            {live(move || match (is_slow.get(), room.by_phone) {
                (true, _) => tr!(app, order_finishing),
                (false, true) => tr!(app, phone_finish),
                (false, false) => tr!(app, order_finish),
            })}
        </button>
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Ordered,
    /// Reckoned on the phone, not taken yet.
    Estimated,
    NotNeeded,
    First,
    Uncounted,
}

impl Part {
    fn of(reading: &LineReading) -> Part {
        match (reading.quantity, &reading.suggestion) {
            _ if reading.choice_problem.is_some() => Part::Ordered,
            (Some(quantity), _) if !quantity.is_zero() || !reading.free.is_zero() => Part::Ordered,
            (None, Suggestion::Number(number)) if number.is_estimate => Part::Estimated,
            (_, Suggestion::NotCounted) => Part::Uncounted,
            (_, Suggestion::FirstCount { .. }) => Part::First,
            _ => Part::NotNeeded,
        }
    }
}

#[component]
fn Part(room: VisitRoom, part: Part) -> impl IntoView {
    let app = room.app;
    let lines = Memo::new(move |_| {
        // What the shop does not usually have is not missing from its count.
        let is_here = |line: &&Line| line.is_in_range() && line.reading.with(|reading| Part::of(reading) == part);
        room.lines.with(|lines| lines.iter().filter(is_here).copied().collect::<Vec<_>>())
    });
    let title = move || match part {
        Part::Ordered => tr!(app, order_title),
        Part::Estimated => tr!(app, order_estimated),
        Part::NotNeeded => tr!(app, order_not_needed),
        Part::First => tr!(app, order_first),
        Part::Uncounted => tr!(app, order_uncounted),
    };
    let rows =
        move || view! { <ul class="rows"><For each=move || lines.get() key=|line| line.id let(line)><OrderRow room line /></For></ul> };
    view! {
        <When when=move || lines.with(|lines| !lines.is_empty())>
            {if matches!(part, Part::Ordered | Part::Estimated) {
                view! {
                    <section class="group">
                        {(part == Part::Estimated).then(|| view! { <h2 class="group-title">{words(title)}</h2><p class="group-hint">{tx!(app, order_estimated_hint)}</p> })}
                        {rows()}
                    </section>
                }.into_any()
            } else {
                view! {
                    <details class="group">
                        <summary class="group-title">{icon("chevron-right")}{words(title)}<span class="group-count">{live(move || lines.with(Vec::len))}</span></summary>
                        {rows()}
                    </details>
                }.into_any()
            }}
        </When>
    }
}

#[component]
fn OrderRow(room: VisitRoom, line: Line) -> impl IntoView {
    let app = room.app;
    let overlay = expect_context::<Overlay>();
    let name = line.product().fields.name.clone();
    let product = StoredValue::new(line.product());
    let reading = line.reading;
    let second = move || {
        let reason = line.draft.with(|draft| draft.choice.as_ref().and_then(|choice| choice.reason));
        reading.with(|reading| {
            if let Some(problem) = reading.choice_problem {
                return say::choice_problem(app, problem);
            }
            let why = product.with_value(|product| words::why_line(app, &product.fields, reading));
            let deal = line.draft.with(|draft| draft.choice.as_ref().and_then(|choice| choice.deal)).map(|deal| say::deal(app, deal));
            [reason.map(|reason| say::reason(app, reason)), deal, Some(why.as_str())].into_iter().flatten().collect::<Vec<_>>().join(" · ")
        })
    };
    let guards = move || {
        reading.with(|reading| {
            let number = reading.suggestion.number()?;
            let chosen = product.with_value(|product| product.fields.size.total(reading.quantity?)?.plus(reading.free))?;
            let said = guards::of(number, chosen).into_iter();
            let lines = said.map(|guard| product.with_value(|product| words::guard_line(app, &product.fields, &guard)));
            Some(lines.map(|line| view! { <span class="row-why row-why-warn">{line}</span> }).collect_view())
        })
    };
    let has_problem = move || reading.with(|reading| reading.choice_problem.is_some());
    let figure = move || {
        let has_choice = line.draft.with(|draft| draft.choice.is_some());
        reading.with(|reading| {
            product.with_value(|product| {
                let old = words::changed_from(reading, &product.fields, has_choice).map(|old| {
                    let words = if old.is_zero() { tr!(app, none_needed).to_owned() } else { say::units_packed(app, &product.fields, old) };
                    view! { <s class="figure-old">{words}</s> }
                });
                let estimate = reading.to_order.filter(|_| reading.quantity.is_none()).map(|units| {
                    let quantity =
                        if units.is_zero() { tr!(app, none_needed).to_owned() } else { say::units_packed(app, &product.fields, units) };
                    view! { <span>{quantity}</span> }
                });
                let now = reading.quantity.map(|quantity| words::ordered(app, &product.fields, quantity, reading.free));
                view! { {old}{estimate}<strong>{now}</strong> }
            })
        })
    };
    let amount = move || {
        reading.with(|reading| match (reading.amount, reading.quantity) {
            (Some(amount), Some(quantity)) if !quantity.is_zero() => say::money(app, amount),
            (None, Some(quantity)) if !quantity.is_zero() => tr!(app, no_price).to_owned(),
            _ => String::new(),
        })
    };
    view! {
        <li>
            <button type="button" class="row order-row" on:click=move |_| overlay.show(Over::Change(line.id))>
                <span class="row-words">
                    <span class="row-name">{name}</span>
                    <span class="row-why" class:row-why-late=when(has_problem)>{words(second)}</span>
                    {live(guards)}
                </span>
                <span class="order-figure"><span>{live(figure)}</span><small>{words(amount)}</small></span>
                <span class="row-edit">{icon("pencil")}<span class="visually-hidden">{tx!(app, change)}</span></span>
            </button>
        </li>
    }
}
