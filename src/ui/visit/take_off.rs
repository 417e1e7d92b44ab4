//! Expired goods found at the shelf, before the count: they go off it, written off or taken back, and are noted as that, not as sold.

use super::page::Overlay;
use crate::domain::note::NoteField;
use crate::domain::quantity::Units;
use crate::domain::shelf_work::{Kind, ShelfWork};
use crate::domain::typed;
use crate::state::visit_line::Line;
use crate::state::visit_room::VisitRoom;
use crate::ui::live::words;
use crate::ui::parts::dial::Dial;
use crate::ui::parts::sheet::Sheet;
use crate::ui::say;
use crate::ui::texts::{tr, tx};
use leptos::prelude::*;

#[component]
pub fn TakeOffSheet(room: VisitRoom, line: Line) -> impl IntoView {
    let app = room.app;
    let overlay = expect_context::<Overlay>();
    let product = line.product();
    let unit = Signal::stored(say::unit_word(app, &product.fields));
    let work = room.shelf_work().into_iter().find(|work| work.product == line.id && work.kind == Kind::TakeOff);
    // By the last visit's dates so many; what is really there the rep sees.
    let text = RwSignal::new(work.map_or_else(String::new, |work| work.units.0.to_string()));
    let is_wrong = Signal::derive(move || text.with(|raw| typed::units(raw)).is_err());
    let off = move |field: NoteField| {
        let Ok(units) = text.with_untracked(|raw| typed::units(raw)) else { return };
        let units = units.unwrap_or_default();
        add(line, field, units.0);
        room.did(ShelfWork { product: line.id, kind: Kind::TakeOff, units, done: true });
        overlay.hide();
    };
    let title = Signal::derive(move || tr!(app, shelf_off).to_owned());
    let subtitle = Signal::stored(product.fields.name.clone());
    view! {
        <Sheet app title subtitle on_close=move |()| overlay.hide()>
            <p class="sheet-text">{words(move || tr!(app, take_off_ask))}</p>
            <div class="dials dials-change">
                <Dial
                    app
                    id="take-off".to_owned()
                    label=unit
                    unit=unit
                    text=text
                    on_text=Callback::new(move |typed| text.set(typed))
                    wrong=is_wrong
                    on_enter=Callback::new(move |()| off(NoteField::WrittenOff))
                />
            </div>
            <div class="sheet-actions">
                <button type="button" class="btn btn-primary" on:click=move |_| off(NoteField::WrittenOff)>{tx!(app, expired_write_off)}</button>
                <button type="button" class="btn" on:click=move |_| off(NoteField::Returned)>{tx!(app, expired_return)}</button>
            </div>
        </Sheet>
    }
}

/// Adds to a figure of the line's note; less than nothing takes away, at most all of it.
fn add(line: Line, field: NoteField, units: i64) {
    line.draft.update(|draft| {
        let text = draft.note.text_mut(field);
        let known = typed::units(text).ok().flatten().unwrap_or_default();
        let sum = known.0.saturating_add(units).max(0);
        *text = if sum == 0 { String::new() } else { sum.to_string() };
    });
}

/// They are still there after all: the tick and what was noted with it go.
pub fn take_back(room: VisitRoom, line: Line, work: ShelfWork) {
    let written_off = line.draft.with_untracked(|draft| typed::units(&draft.note.written_off).ok().flatten()).unwrap_or_default();
    let first = written_off.min(work.units);
    add(line, NoteField::WrittenOff, -first.0);
    add(line, NoteField::Returned, -Units(work.units.0 - first.0).0);
    room.tick(work);
}
