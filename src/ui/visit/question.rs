//! Where the formula has no answer it asks: negative sales, and the zero trap. Each answer mends the figure it is about; what was
//! written before stays.

use super::moves;
use super::note_sheet::note_field;
use super::page::{Over, Overlay};
use crate::domain::draft::{Choice, LineDraft};
use crate::domain::note::{NoteField, Reply};
use crate::domain::order::Reason;
use crate::domain::quantity::Units;
use crate::domain::suggestion::Suggestion;
use crate::state::app::App;
use crate::state::visit_line::Line;
use crate::state::visit_room::VisitRoom;
use crate::ui::icon::icon;
use crate::ui::live::{When, live};
use crate::ui::parts::sheet::Sheet;
use crate::ui::say;
use crate::ui::texts::{tr, tx};
use leptos::prelude::*;

#[component]
pub fn QuestionSheet(room: VisitRoom, line: Line) -> impl IntoView {
    let app = room.app;
    let overlay = expect_context::<Overlay>();
    let asked = line.reading.with_untracked(|reading| reading.suggestion.clone());
    let is_trap = matches!(asked, Suggestion::ZeroTrap { .. });
    let words = StoredValue::new(question(app, line, &asked));
    let title = Signal::derive(move || words.with_value(|words| words.0.clone()));
    let subtitle = Signal::stored(line.product().fields.name.clone());
    let answers = if is_trap { trap(app, overlay, line, &asked).into_any() } else { negative(room, overlay, line, &asked).into_any() };
    view! {
        <Sheet app title subtitle on_close=move |()| overlay.hide()>
            <p class="sheet-text">{words.with_value(|words| words.1.clone())}</p>
            <div class="sheet-stack">{answers}</div>
        </Sheet>
    }
}

/// Sell it again, give it up, or not now.
fn trap(app: App, overlay: Overlay, line: Line, asked: &Suggestion) -> impl IntoView + use<> {
    let otherwise = match asked {
        Suggestion::ZeroTrap { otherwise, .. } => otherwise.filter(|units| !units.is_zero()),
        _ => None,
    };
    let answer = move |reply: Reply, change: fn(&mut LineDraft)| {
        line.draft.update(|draft| {
            draft.note.answer = Some(reply);
            change(draft);
        });
        overlay.hide();
    };
    let restart = move |_| match otherwise {
        Some(_) => answer(Reply::Restart, |draft| draft.choice = None),
        // Nothing is known of it: the rep says how many.
        None => overlay.show(Over::Change(line.id)),
    };
    let restart_words = move || match otherwise {
        Some(units) => tr!(app, trap_restart_with, quantity = say::units_packed(app, &line.product().fields, units)),
        None => tr!(app, trap_restart).to_owned(),
    };
    let declines = move |_| {
        answer(Reply::OwnerDeclines, |draft| {
            draft.choice = Some(Choice { loose: "0".to_owned(), reason: Some(Reason::OwnerDeclines), ..Choice::default() });
        });
    };
    view! {
        <button type="button" class="btn btn-primary" on:click=restart>{icon("plus")}{live(restart_words)}</button>
        <button type="button" class="btn" on:click=declines>{tx!(app, trap_declines)}</button>
        <button type="button" class="btn" on:click=move |_| answer(Reply::Delist, |draft| draft.choice = None)>{icon("ban")}{tx!(app, trap_delist)}</button>
    }
}

/// Which figure is wrong.
fn negative(room: VisitRoom, overlay: Overlay, line: Line, asked: &Suggestion) -> impl IntoView + use<> {
    let app = room.app;
    let (excess, otherwise) = match asked {
        Suggestion::NegativeSales { excess, otherwise, .. } => (*excess, *otherwise),
        _ => (Units::ZERO, None),
    };
    let product = line.product();
    let quantity = say::units(app, &product.fields, excess);
    let unit = say::unit_word(app, &product.fields);
    let before = RwSignal::new(false);
    let note = move |field: NoteField| {
        line.draft.update(|draft| {
            let text = draft.note.text_mut(field);
            let known = crate::domain::typed::units(text).ok().flatten().unwrap_or_default();
            *text = known.0.saturating_add(excess.0).to_string();
        });
        overlay.hide();
    };
    let recount = move |_| {
        overlay.hide();
        moves::open(room, line.id);
    };
    let go_on = move |_| {
        line.draft.update(|draft| draft.note.answer = Some(Reply::GoOn));
        overlay.hide();
    };
    let earlier = otherwise.map(|units| {
        let quantity = if units.is_zero() { tr!(app, none_needed).to_owned() } else { say::units_packed(app, &product.fields, units) };
        view! { <button type="button" class="btn" on:click=go_on>{icon("history")}{tr!(app, negative_go_on, quantity = quantity)}</button> }
    });
    let (other, unordered) = (tr!(app, negative_other, quantity = quantity.clone()), tr!(app, negative_unordered, quantity = quantity));
    view! {
        <button type="button" class="btn btn-primary" on:click=recount>{icon("repeat-2")}{tx!(app, negative_recount)}</button>
        <button type="button" class="btn" on:click=move |_| before.update(|before| *before = !*before)>{icon("history")}{tx!(app, negative_before)}</button>
        <When when=move || before.get()>
            <div>
                {note_field(app, line, NoteField::PreviousWas, "negative-previous", |app| tr!(app, note_previous), &unit)}
                <button type="button" class="btn btn-primary" on:click=move |_| overlay.hide()>{icon("check")}{tx!(app, lots_done)}</button>
            </div>
        </When>
        <button type="button" class="btn" on:click=move |_| note(NoteField::OtherSource)>{icon("store")}{other}</button>
        <button type="button" class="btn" on:click=move |_| note(NoteField::Unordered)>{icon("truck")}{unordered}</button>
        {earlier}
        <button type="button" class="btn" on:click=move |_| overlay.show(Over::Change(line.id))>{icon("pencil")}{tx!(app, negative_own)}</button>
    }
}

fn question(app: App, line: Line, suggestion: &Suggestion) -> (String, String) {
    let product = line.product();
    match suggestion {
        Suggestion::NegativeSales { sum, excess, .. } => (
            tr!(app, negative_title, excess = say::units(app, &product.fields, *excess)),
            tr!(
                app,
                negative_text,
                previous = say::number(sum.cycle.previous.0),
                ordered = say::number(sum.cycle.received.0),
                had = say::number(sum.had()),
                current = say::number(sum.current.0)
            ),
        ),
        Suggestion::ZeroTrap { last_rate, .. } => {
            let rate = last_rate.map(|past| {
                let rate = format!("{} {}", say::rate(past.sold, past.days), say::unit_word(app, &product.fields));
                tr!(app, trap_rate, rate = rate, date = say::date(app, past.on))
            });
            let text = [Some(tr!(app, trap_text).to_owned()), rate].into_iter().flatten().collect::<Vec<_>>().join(" ");
            (tr!(app, trap_title).to_owned(), text)
        }
        _ => (product.fields.name.clone(), String::new()),
    }
}
