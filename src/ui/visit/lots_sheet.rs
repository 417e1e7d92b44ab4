//! The dates of one line: a date and how many of it in front and behind. The first row without figures stands for everything; dates
//! of the last visit and of today's carton are one tap. What has expired comes off here.

use super::page::Overlay;
use super::tools::near_words;
use crate::domain::draft::Counted;
use crate::domain::lots::{LotDraft, LotProblem};
use crate::domain::near::Near;
use crate::domain::shelf_work::{Kind, ShelfWork};
use crate::state::app::App;
use crate::state::carton;
use crate::state::visit_line::Line;
use crate::state::visit_room::VisitRoom;
use crate::ui::icon::icon;
use crate::ui::live::{live, words};
use crate::ui::parts::field::{is_plain_enter, raw_input};
use crate::ui::parts::sheet::Sheet;
use crate::ui::say;
use crate::ui::texts::{tr, tx};
use chrono::NaiveDate;
use leptos::prelude::*;

#[component]
pub fn LotsSheet(room: VisitRoom, line: Line) -> impl IntoView {
    let app = room.app;
    let overlay = expect_context::<Overlay>();
    if line.draft.with_untracked(|draft| draft.lots.is_empty()) {
        line.draft.update(|draft| draft.lots.push(LotDraft::default()));
    }
    let product = StoredValue::new(line.product());
    let count = Memo::new(move |_| line.draft.with(|draft| draft.lots.len()));
    let done = move || {
        line.draft.update(|draft| draft.lots.retain(|lot| *lot != LotDraft::default()));
        carton::remember(app, line.id, line.reading.with_untracked(|reading| reading.lots.clone().unwrap_or_default()));
        overlay.hide();
    };
    let take = Callback::new(move |()| {
        if line.reading.with_untracked(|reading| reading.lots.is_ok()) {
            done();
        }
    });
    let close = move |()| done();
    let add = move |date: String| {
        let is_empty = date.is_empty();
        line.draft.update(|draft| {
            draft.lots.retain(|lot| *lot != LotDraft::default());
            draft.lots.push(LotDraft { date, ..LotDraft::default() });
        });
        focus_last(count.get_untracked(), is_empty);
    };
    let problem = move || line.reading.with(|reading| reading.lots.as_ref().err().map(|problem| problem_words(app, *problem)));
    let subtitle = Signal::derive(move || {
        let counted = line.reading.with(|reading| match &reading.counted {
            Counted::Yes { count, current } => {
                let (front, back) = (say::number(count.front.0), say::number(current.0 - count.front.0));
                format!(" · {}", tr!(app, why_current_note, front = front, back = back))
            }
            _ => String::new(),
        });
        product.with_value(|product| format!("{}{counted}", product.fields.name))
    });
    let has_life = product.with_value(|product| product.fields.shelf_life.is_some());
    let title = Signal::derive(move || if has_life { tr!(app, lots_title) } else { tr!(app, lots_title_expiry) }.to_owned());
    view! {
        <Sheet app title subtitle on_close=close>
            <p class="field-hint">{live(move || if has_life { tr!(app, lots_hint) } else { tr!(app, lots_hint_expiry) })}</p>
            <ul class="lot-rows">
                {live(move || (0..count.get()).map(|at| lot_row(app, line, at, take)).collect_view())}
            </ul>
            <p class="open-problem" role="alert">{live(move || problem().map(|words| view! { {icon("circle-alert")}{words} }))}</p>
            <div class="choices">
                {live(move || known_dates(app, line).into_iter().map(|(label, date)| view! {
                    <button type="button" class="filter" on:click=move |_| add(date.clone())>{label}</button>
                }).collect_view())}
                <button type="button" class="filter" on:click=move |_| add(String::new())>{icon("plus")}{tx!(app, lots_add)}</button>
            </div>
            {live(move || {
                let expired: Vec<Near> = line.near(app).into_iter().filter(Near::is_expired).collect();
                (!expired.is_empty() && line.reading.with(|reading| reading.counted.current().is_some())).then(|| expired_part(room, line, expired))
            })}
            <div class="sheet-actions">
                <button type="button" class="btn btn-primary" on:click=move |_| take.run(())>{icon("check")}{tx!(app, lots_done)}</button>
            </div>
        </Sheet>
    }
}

/// To what is still to be typed: the date, or how many of it.
fn focus_last(count: usize, of_date: bool) {
    let field = if of_date { "date" } else { "front" };
    request_animation_frame(move || super::moves::focus(&format!("lot-{field}-{}", count.saturating_sub(1))));
}

/// One date: the text and what it means, how many in front, how many behind.
fn lot_row(app: App, line: Line, at: usize, take: Callback<()>) -> impl IntoView {
    let field = move |id: String,
                      label: String,
                      class: &'static str,
                      numeric: bool,
                      read: fn(&LotDraft) -> &String,
                      write: fn(&mut LotDraft) -> &mut String| {
        let text = Signal::derive(move || line.draft.with(|draft| draft.lots.get(at).map(|lot| read(lot).clone()).unwrap_or_default()));
        let node = raw_input(text);
        view! {
            <label class=class>
                <small>{label}</small>
                <input
                    id=id
                    class="input"
                    node_ref=node
                    type="text"
                    inputmode=if numeric { "numeric" } else { "text" }
                    autocomplete="off"
                    on:input:target=move |event| {
                        let typed = event.target().value();
                        line.draft.update(|draft| {
                            if let Some(lot) = draft.lots.get_mut(at) {
                                *write(lot) = typed;
                            }
                        });
                    }
                    on:focus:target=move |event| event.target().select()
                    on:keydown=move |event| {
                        if is_plain_enter(&event) {
                            event.prevent_default();
                            take.run(());
                        }
                    }
                />
            </label>
        }
    };
    let unit = say::unit_word(app, &line.product().fields);
    let place = move || {
        line.draft.with(|draft| {
            let has_date = |lot: &&LotDraft| !lot.date.trim().is_empty();
            draft.lots.get(at).filter(has_date)?;
            Some(draft.lots.iter().take(at).filter(has_date).count())
        })
    };
    let meaning = move || {
        let near = line.near(app);
        line.reading.with(|reading| {
            let lots = reading.lots.as_ref().ok()?;
            // Rows without a date have no lot.
            let lot = lots.get(place()?)?;
            let expires = lot.expires.map(|date| tr!(app, lot_until, date = say::date(app, date)));
            let said = near.iter().find(|near| near.lot == *lot).map(|near| near_words(app, near));
            let goods = tr!(app, why_current_note, front = say::number(lot.front.0), back = say::number(lot.back.0));
            Some([Some(goods), expires, said].into_iter().flatten().collect::<Vec<_>>().join(" · "))
        })
    };
    let remove = move |_| {
        line.draft.update(|draft| {
            if at < draft.lots.len() {
                draft.lots.remove(at);
            }
        })
    };
    let has_back = line.has_back_stock;
    view! {
        <li class="lot-row">
            {field(format!("lot-date-{at}"), tr!(app, lot_date).to_owned(), "lot-date", false, |lot| &lot.date, |lot| &mut lot.date)}
            {field(format!("lot-front-{at}"), tr!(app, dial_front, unit = unit.clone()), "lot-units", true, |lot| &lot.front, |lot| &mut lot.front)}
            {has_back.then(|| field(format!("lot-back-{at}"), tr!(app, dial_back_loose, unit = unit), "lot-units", true, |lot| &lot.back, |lot| &mut lot.back))}
            <button type="button" class="icon-button" aria-label=tr!(app, lot_remove) on:click=remove>{icon("trash-2")}</button>
            <p class="field-hint">{words(move || meaning().unwrap_or_default())}</p>
        </li>
    }
}

/// Dates to take with one tap: those of the last visit and of the carton opened today.
fn known_dates(app: App, line: Line) -> Vec<(String, String)> {
    let typed: Vec<String> = line.draft.with(|draft| draft.lots.iter().map(|lot| lot.date.clone()).collect());
    let last = line.history().lots.clone();
    let today = carton::of_today(app, line.id);
    let known = last.iter().filter_map(|lot| Some((lot_words(app, lot.produced, lot.expires)?, lot.typed())));
    let today = today.and_then(|date| Some((lot_words(app, Some(date), None)?, date.to_string())));
    let mut dates: Vec<(String, String)> = Vec::new();
    for (label, date) in known.chain(today) {
        if !typed.contains(&date) && dates.iter().all(|(_, known)| *known != date) {
            dates.push((label, date));
        }
    }
    dates
}

/// `made 3 Nov`, `expires 1 Dec`.
pub fn lot_words(app: App, produced: Option<NaiveDate>, expires: Option<NaiveDate>) -> Option<String> {
    match (produced, expires) {
        (Some(made), _) => Some(tr!(app, lot_made, date = say::date(app, made))),
        (None, Some(expires)) => Some(tr!(app, lot_expires, date = say::date(app, expires))),
        (None, None) => None,
    }
}

/// What has expired must come off: written off or taken back. It leaves the count with it.
fn expired_part(room: VisitRoom, line: Line, expired: Vec<Near>) -> impl IntoView {
    let app = room.app;
    let units: i64 = expired.iter().map(|near| near.lot.units()).sum();
    let product = line.product();
    let quantity = say::units(app, &product.fields, crate::domain::quantity::Units(units));
    let off = move |returned: bool| {
        take_off(line, returned);
        room.did(ShelfWork { product: line.id, kind: Kind::TakeOff, units: crate::domain::quantity::Units(units), done: true });
    };
    view! {
        <section class="question question-late">
            {icon("ban")}
            <p>{tr!(app, expired_ask, quantity = quantity)}</p>
            <button type="button" class="btn" on:click=move |_| off(false)>{tr!(app, expired_write_off)}</button>
            <button type="button" class="btn" on:click=move |_| off(true)>{tr!(app, expired_return)}</button>
        </section>
    }
}

/// Takes the expired lots out of the count and notes what became of them.
fn take_off(line: Line, returned: bool) {
    let on = line.day();
    let (lots, count) = line.reading.with_untracked(|reading| match &reading.counted {
        Counted::Yes { count, .. } => (reading.lots.clone().unwrap_or_default(), Some(*count)),
        _ => (Vec::new(), None),
    });
    let Some(count) = count else { return };
    let product = line.product();
    let size = product.fields.size;
    let (gone, left): (Vec<_>, Vec<_>) = lots.into_iter().partition(|lot| lot.days_left(on).is_some_and(|days| days <= 0));
    let (front, back) = gone.iter().fold((0, 0), |sum, lot| (sum.0 + lot.front.0, sum.1 + lot.back.0));
    let behind = size.total(count.back).unwrap_or_default().0.saturating_sub(back).max(0);
    let has_cases = size.units() > 1;
    line.draft.update(|draft| {
        let kept = crate::domain::count::Count {
            front: crate::domain::quantity::Units(count.front.0.saturating_sub(front).max(0)),
            back: size.split(crate::domain::quantity::Units(behind)),
        };
        draft.copy_count(kept, has_cases);
        draft.lots = left.iter().map(LotDraft::of).collect();
        let field = if returned { &mut draft.note.returned } else { &mut draft.note.written_off };
        let known = crate::domain::typed::units(field).ok().flatten().unwrap_or_default();
        *field = known.0.saturating_add(front).saturating_add(back).to_string();
    });
}

fn problem_words(app: App, problem: LotProblem) -> String {
    match problem {
        LotProblem::NotADate(_) => tr!(app, lot_problem_date).to_owned(),
        LotProblem::NotYetMade(_) => tr!(app, lot_problem_future).to_owned(),
        LotProblem::Number(_, problem) => say::number_problem(app, problem),
        LotProblem::MoreThanFront => tr!(app, lot_problem_front).to_owned(),
        LotProblem::MoreThanBack => tr!(app, lot_problem_back).to_owned(),
    }
}
