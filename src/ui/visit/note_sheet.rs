//! What else happened to a line since the last count. Kept as typed; every figure moves the sum as it says.

use super::page::Overlay;
use crate::domain::note::NoteField;
use crate::state::app::App;
use crate::state::visit_line::Line;
use crate::state::visit_room::VisitRoom;
use crate::ui::icon::icon;
use crate::ui::live::live;
use crate::ui::parts::field::{Keyboard, TextField};
use crate::ui::parts::sheet::Sheet;
use crate::ui::say;
use crate::ui::texts::{tr, tx};
use leptos::prelude::*;

#[component]
pub fn NoteSheet(room: VisitRoom, line: Line) -> impl IntoView {
    let app = room.app;
    let overlay = expect_context::<Overlay>();
    let closed_wrong = Memo::new(move |_| room.closed_days.with(|raw| crate::domain::note::days(raw)).err());
    let closed_error = Signal::derive(move || closed_wrong.get().map(|problem| say::number_problem(app, problem)));
    let title = Signal::derive(move || tr!(app, note_title).to_owned());
    let subtitle = Signal::stored(line.product().fields.name.clone());
    let unit = say::unit_word(app, &line.product().fields);
    let close = move |()| overlay.hide();
    view! {
        <Sheet app title subtitle on_close=close>
            <p class="field-hint">{tx!(app, note_hint)}</p>
            <div class="form note-form">
                <div class="field-pair">
                    {note_field(app, line, NoteField::Returned, "note-returned", |app| tr!(app, note_returned), &unit)}
                    {note_field(app, line, NoteField::WrittenOff, "note-written-off", |app| tr!(app, note_written_off), &unit)}
                </div>
                <div class="field-pair">
                    {note_field(app, line, NoteField::OtherSource, "note-other", |app| tr!(app, note_other_source), &unit)}
                    {note_field(app, line, NoteField::Unordered, "note-unordered", |app| tr!(app, note_unordered), &unit)}
                </div>
                <div class="field-pair">
                    {note_field(app, line, NoteField::StockoutDays, "note-stockout", |app| tr!(app, note_stockout), tr!(app, days_word))}
                    {note_field(app, line, NoteField::PreviousWas, "note-previous", |app| tr!(app, note_previous), &unit)}
                </div>
                {note_field(app, line, NoteField::AWeek, "note-week", |app| tr!(app, note_week), &unit)}
                {live(move || line.draft.with(|draft| draft.note.answer.is_some() || draft.note.like_others.is_some()).then(|| view! {
                    <button type="button" class="btn" on:click=move |_| line.draft.update(|draft| {
                        draft.note.answer = None;
                        draft.note.like_others = None;
                    })>{icon("undo-2")}{tr!(app, note_undo)}</button>
                }))}
                <TextField
                    id="note-closed"
                    label=Signal::derive(move || tr!(app, note_closed).to_owned())
                    text=room.closed_days
                    on_text=Callback::new(move |typed| room.closed_days.set(typed))
                    error=closed_error
                    hint=Signal::derive(move || tr!(app, note_closed_hint).to_owned())
                    keyboard=Keyboard::Digits
                    suffix=Signal::derive(move || tr!(app, days_word).to_owned())
                />
            </div>
            <div class="sheet-actions">
                <button type="button" class="btn btn-primary" on:click=move |_| overlay.hide()>{icon("check")}{live(move || tr!(app, lots_done))}</button>
            </div>
        </Sheet>
    }
}

/// One figure of a line's note.
pub fn note_field(app: App, line: Line, field: NoteField, id: &'static str, label: fn(App) -> &'static str, suffix: &str) -> AnyView {
    let text = Signal::derive(move || line.draft.with(|draft| draft.note.text(field).clone()));
    let on_text = Callback::new(move |typed: String| {
        line.draft.update(|draft| {
            *draft.note.text_mut(field) = typed;
            // What is said here stands instead of what others sell.
            if field == NoteField::AWeek {
                draft.note.like_others = None;
            }
        });
    });
    let error = Signal::derive(move || {
        let found = line.reading.with(|reading| reading.note.as_ref().err().copied());
        found.filter(|(of, _)| *of == field).map(|(_, problem)| say::number_problem(app, problem))
    });
    let keyboard = if field == NoteField::AWeek { Keyboard::Decimal } else { Keyboard::Digits };
    let suffix = Signal::stored(suffix.to_owned());
    view! { <TextField id label=Signal::derive(move || label(app).to_owned()) text on_text error keyboard suffix /> }.into_any()
}
