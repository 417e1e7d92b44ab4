//! The open line: three dials, the bar, the price tag. The heart of the app: everything here follows the keystroke.

use super::count_row::Tick;
use super::moves::{self, dial_id};
use super::page::{Over, Overlay};
use super::scan;
use super::steps;
use super::tools::LineTools;
use super::words;
use crate::domain::draft::{Counted, Dial as Place, LineReading};
use crate::domain::suggestion::{Number, Suggestion, Sum};
use crate::state::app::App;
use crate::state::visit_line::Line;
use crate::state::visit_room::VisitRoom;
use crate::ui::icon::icon;
use crate::ui::live::{When, live, when, words};
use crate::ui::parts::dial::Dial;
use crate::ui::parts::stock_bar::StockBar;
use crate::ui::root::Wide;
use crate::ui::say;
use crate::ui::texts::{tr, tx};
use leptos::prelude::*;

#[component]
pub fn OpenLine(room: VisitRoom, line: Line) -> impl IntoView {
    let app = room.app;
    let wide = expect_context::<Wide>().0;
    let product = line.product();
    let history = line.history();
    let name = product.fields.name.clone();
    let label = name.clone();
    let previous = {
        let (history, product) = (history.clone(), product.clone());
        move || match history.basis() {
            Some(basis) => tr!(
                app,
                previous_figures,
                date = say::date(app, basis.previous_on),
                previous = say::number(basis.previous.0),
                ordered = say::number(line.came().0)
            ),
            None => match product.fields.prices.unit {
                Some(price) => format!("{} · {}", tr!(app, first_time), say::price(app, price)),
                None => tr!(app, first_time).to_owned(),
            },
        }
    };
    let same = history.previous.map(|previous| {
        let has_cases = product.fields.size.units() > 1;
        let copy = move |_| line.draft.update(|draft| draft.copy_count(previous.count, has_cases));
        view! { <button type="button" class="btn btn-quiet" on:click=copy>{icon("copy")}{tx!(app, same_as_last)}</button> }
    });
    let ordered_today = {
        let (history, product) = (history.clone(), product.clone());
        (!history.ordered_today.is_zero()).then(move || {
            let words = move || tr!(app, ordered_today, quantity = say::units_packed(app, &product.fields, history.ordered_today));
            view! { <p class="open-note">{icon("truck")}{live(words)}</p> }
        })
    };
    view! {
        <section class="open-line" aria-label=label>
            <header class="open-head">
                <Tick room line />
                <div class="open-names">
                    <h2>
                        {live(move || if wide.get() {
                            view! { <span>{name.clone()}</span> }.into_any()
                        } else {
                            let name = name.clone();
                            view! {
                                <button type="button" class="open-close" aria-expanded="true" on:click=move |_| room.open.set(None)>{name}</button>
                            }.into_any()
                        })}
                    </h2>
                    <p>{words(previous)}</p>
                </div>
                {same}
            </header>
            {ordered_today}
            <Dials room line />
            <LineTools room line />
            <Problem app line />
            <Answer room line />
        </section>
    }
}

#[component]
fn Dials(room: VisitRoom, line: Line) -> impl IntoView {
    let app = room.app;
    let overlay = expect_context::<Overlay>();
    let product = StoredValue::new(line.product());
    let unit = Signal::derive(move || product.with_value(|product| say::unit_word(app, &product.fields)));
    let case = Signal::derive(move || product.with_value(|product| say::case_word(app, &product.fields)));
    let back_label = move || {
        product.with_value(|product| {
            if product.fields.size.units() > 1 {
                let count = say::number(product.fields.size.units());
                tr!(app, place_back_pack, count = count, unit = unit.get(), case = say::one(case.get()))
            } else {
                tr!(app, place_back).to_owned()
            }
        })
    };
    let dial = move |place: Place| {
        let text = Signal::derive(move || line.draft.with(|draft| draft.text(place).clone()));
        let on_text = Callback::new(move |typed: String| {
            line.draft.update(|draft| {
                *draft.text_mut(place) = typed;
                draft.unticked = false;
            });
        });
        let wrong =
            Signal::derive(move || line.reading.with(|reading| matches!(&reading.counted, Counted::Unreadable(at, _) if *at == place)));
        let label = Signal::derive(move || match place {
            Place::Front => tr!(app, dial_front, unit = unit.get()),
            Place::BackCases => tr!(app, dial_back_cases, case = case.get()),
            Place::BackLoose => tr!(app, dial_back_loose, unit = unit.get()),
        });
        let shown = if place == Place::BackCases { case } else { unit };
        let before = StoredValue::new(String::new());
        let on_focus = Callback::new(move |()| before.set_value(line.draft.with_untracked(|draft| draft.text(place).clone())));
        let on_enter = Callback::new(move |()| {
            if !scan::in_dial(room, overlay, line, place, &before.get_value()) {
                moves::enter(room, line, place);
            }
        });
        view! { <Dial app id=dial_id(line.id, place) label unit=shown text on_text wrong on_enter on_focus /> }
    };
    let places = moves::dials(line);
    let (has_back, has_two) = (places.len() > 1, places.len() == 2);
    view! {
        <div class="dials" class:dials-front-only=!has_back class:dials-two=has_two>
            <span class="dials-label">{tx!(app, place_front)}</span>
            {has_back.then(|| view! { <span class="dials-label dials-label-back">{words(back_label)}</span> })}
            {places.into_iter().map(dial).collect_view()}
        </div>
    }
}

/// What is wrong with a figure, or what a half count lacks.
#[component]
fn Problem(app: App, line: Line) -> impl IntoView {
    let words = move || {
        line.reading.with(|reading| match &reading.counted {
            Counted::Unreadable(_, problem) => Some(say::number_problem(app, *problem)),
            Counted::TooMuch => Some(tr!(app, too_much).to_owned()),
            _ => None,
        })
    };
    view! { <p class="open-problem" role="alert">{live(move || words().map(|words| view! { {icon("circle-alert")}{words} }))}</p> }
}

/// Bar and tag, or what stands in their place.
#[component]
fn Answer(room: VisitRoom, line: Line) -> impl IntoView {
    let app = room.app;
    // The parts are drawn once and follow the figures; only a change of kind draws anew.
    let kind = Memo::new(move |_| line.reading.with(AnswerKind::of));
    view! {
        {live(move || match kind.get() {
            AnswerKind::Sum => view! { <BarLine app line /><Tag room line /> }.into_any(),
            AnswerKind::Waiting => view! { <Tag room line /> }.into_any(),
            AnswerKind::Question => view! { <QuestionTag room line /> }.into_any(),
        })}
        <p class="visually-hidden" role="status">{spoken(app, line)}</p>
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum AnswerKind {
    Sum,
    Waiting,
    Question,
}

impl AnswerKind {
    fn of(reading: &LineReading) -> AnswerKind {
        match reading.suggestion {
            Suggestion::Number(Number { sum: Some(_), .. }) => AnswerKind::Sum,
            _ if reading.suggestion.asks() && reading.quantity.is_none() => AnswerKind::Question,
            _ => AnswerKind::Waiting,
        }
    }
}

/// Speaks after a pause, not at every digit.
fn spoken(app: App, line: Line) -> impl Fn() -> String {
    let said = RwSignal::new(String::new());
    let name = line.product().fields.name.clone();
    let words = Memo::new(move |_| {
        let reading = line.reading.get();
        let product = line.product();
        let quantity = |quantity| say::packed(app, &product.fields, quantity);
        match (&reading.suggestion, reading.quantity) {
            (Suggestion::Number(number), Some(chosen)) if product.fields.size.total(chosen) == Some(number.order) => {
                if chosen.is_zero() {
                    tr!(app, say_enough, name = name.clone())
                } else {
                    tr!(app, say_suggestion, name = name.clone(), quantity = quantity(chosen))
                }
            }
            (_, Some(chosen)) => tr!(app, say_chosen, name = name.clone(), quantity = quantity(chosen)),
            _ => String::new(),
        }
    });
    let pause = StoredValue::new(0_u32);
    Effect::new(move |_| {
        let now = words.get();
        pause.update_value(|count| *count += 1);
        let mine = pause.get_value();
        set_timeout(
            move || {
                if pause.try_get_value() == Some(mine) {
                    said.set(now);
                }
            },
            std::time::Duration::from_millis(900),
        );
    });
    move || said.get()
}

#[component]
fn BarLine(app: App, line: Line) -> impl IntoView {
    let sum = Signal::derive(move || line.reading.with(|reading| reading.suggestion.sum().copied()));
    let with = move |words: fn(App, &Sum) -> String| move || sum.with(|sum| sum.as_ref().map(|sum| words(app, sum)));
    let now = move || {
        line.reading.with(|reading| {
            let number = reading.suggestion.number()?;
            let current = say::number(number.current.0);
            Some(match number.lasts(number.current) {
                Some(days) => tr!(app, now_left, current = current, days = days),
                None => tr!(app, now_left_plain, current = current),
            })
        })
    };
    let enough = with(|app, sum| tr!(app, enough_at, percent = (sum.notch_permille() + 5) / 10, units = say::number(sum.enough_at().0)));
    let sold = with(|app, sum| match sum.days {
        Some(days) => tr!(app, sold_in, days = days, sold = say::number(sum.sold())),
        None => tr!(app, sold_plain, sold = say::number(sum.sold())),
    });
    let clock_wrong = move || sum.with(|sum| sum.as_ref().is_some_and(|sum| sum.basis.previous_on > sum.on));
    view! {
        <div class="bar-words"><strong>{now}</strong><span>{enough}</span><strong>{sold}</strong></div>
        <StockBar app sum />
        <When when=clock_wrong><p class="open-note open-note-late">{icon("circle-alert")}{tx!(app, clock_wrong)}</p></When>
    }
}

/// The yellow price tag: the number, its sum, and the way to change it.
#[component]
fn Tag(room: VisitRoom, line: Line) -> impl IntoView {
    let app = room.app;
    let wide = expect_context::<Wide>().0;
    let overlay = expect_context::<Overlay>();
    let product = StoredValue::new(line.product());
    let reading = line.reading;
    let has_choice = Memo::new(move |_| line.draft.with(|draft| draft.choice.is_some()));
    let old = move || {
        reading.with(|reading| {
            product.with_value(|product| {
                words::changed_from(reading, &product.fields, has_choice.get()).map(|old| say::units_packed(app, &product.fields, old))
            })
        })
    };
    let label = move || {
        reading.with(|reading| match (&reading.suggestion, reading.quantity) {
            (_, Some(_)) if old().is_some() => tr!(app, chosen),
            (Suggestion::Number(number), _) if number.order.is_zero() => tr!(app, suggested_none),
            (Suggestion::Number(_), _) => tr!(app, suggested),
            (_, Some(_)) => tr!(app, chosen),
            _ => "",
        })
    };
    let figure = move || {
        reading.with(|reading| {
            product.with_value(|product| match reading.quantity {
                Some(quantity) => words::ordered(app, &product.fields, quantity, reading.free),
                None => String::new(),
            })
        })
    };
    let sum_words = move || {
        reading.with(|reading| match &reading.suggestion {
            Suggestion::Number(number) => words::short_sum(app, number),
            Suggestion::NotCounted if reading.counted == Counted::No => tr!(app, not_counted_no_number).to_owned(),
            Suggestion::FirstCount { .. } => tr!(app, first_ask_owner).to_owned(),
            _ => product.with_value(|product| words::why_line(app, &product.fields, reading)),
        })
    };
    let amount = move || {
        reading.with(|reading| {
            reading.amount.filter(|_| reading.quantity.is_some_and(|quantity| !quantity.is_zero())).map(|amount| say::money(app, amount))
        })
    };
    let has_sum = Memo::new(move |_| reading.with(|reading| matches!(reading.suggestion, Suggestion::Number(_))));
    let is_first = Memo::new(move |_| reading.with(|reading| matches!(reading.suggestion, Suggestion::FirstCount { .. })));
    let has_number = move || reading.with(|reading| reading.quantity.is_some());
    let change_words = move || if has_sum.get() { tr!(app, change) } else { tr!(app, order_direct) };
    view! {
        <div class="tag" class:tag-plain=when(move || !has_number())>
            <button
                type="button"
                class="tag-main"
                disabled=when(move || !has_sum.get() && !is_first.get())
                on:click=move |_| overlay.show(if has_sum.get_untracked() { Over::Why(line.id) } else { Over::First(line.id) })
            >
                <span class="tag-line">
                    <small>{words(label)}</small>
                    {live(move || old().map(|old| view! { <s>{old}</s> }))}
                    <strong class="tag-figure">{words(figure)}</strong>
                    <span class="tag-amount">{live(amount)}</span>
                </span>
                <span class="tag-sum">{words(sum_words)}{live(move || (has_sum.get() || is_first.get()).then(|| icon("chevron-right")))}</span>
            </button>
            <button type="button" class="tag-change" on:click=move |_| overlay.show(Over::Change(line.id))>
                {icon("pencil")}<span>{words(change_words)}</span>
            </button>
        </div>
        <When when=move || wide.get() && has_sum.get()>
            {live(move || reading.get().suggestion.number().map(|number| wide_sum(app, line, number)))}
        </When>
    }
}

/// On a wide screen the whole sum is always in sight.
fn wide_sum(app: App, line: Line, number: &Number) -> impl IntoView + use<> {
    let product = line.product();
    let steps = steps::of(app, &product.fields, number, &super::why::told(app, line));
    let facts = super::why::facts(app, &product.fields, number);
    view! {
        <div class="wide-sum">
            {steps.into_iter().map(|step| view! {
                <span class="wide-step"><i>{step.sign}</i><span><small>{step.label}</small><strong>{step.value}</strong></span></span>
            }).collect_view()}
        </div>
        {facts}
        {super::why::reasons(app, &product.fields, number)}
        <p class="formula">{words::formula(app, &product.fields, number)}</p>
        <p class="talk">{words::talk(app, &product.fields, number)}</p>
    }
}

/// A question instead of a number.
#[component]
fn QuestionTag(room: VisitRoom, line: Line) -> impl IntoView {
    let app = room.app;
    let overlay = expect_context::<Overlay>();
    let product = StoredValue::new(line.product());
    let why = move || line.reading.with(|reading| product.with_value(|product| words::why_line(app, &product.fields, reading)));
    let is_trap = move || line.reading.with(|reading| matches!(reading.suggestion, Suggestion::ZeroTrap { .. }));
    view! {
        <div class="question">
            {icon("circle-question-mark")}
            <p>{words(why)}</p>
            <button type="button" class="btn" on:click=move |_| overlay.show(Over::Question(line.id))>
                {live(move || if is_trap() { tr!(app, ask_choose) } else { tr!(app, ask_explain) })}
            </button>
        </div>
    }
}
