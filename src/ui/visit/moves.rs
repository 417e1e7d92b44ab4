//! Where Enter goes: to the next dial that mattered last time, else to the next uncounted row. A back that was empty last time is
//! recorded as 0 on the way, said so, and undone with one tap.

use crate::domain::draft::{Dial, Step};
use crate::domain::id::ProductId;
use crate::state::visit_line::Line;
use crate::state::visit_room::VisitRoom;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// The dials of a line, in the order they are counted.
pub fn dials(line: Line) -> Vec<Dial> {
    let has_cases = line.product().fields.size.units() > 1;
    match (line.has_back_stock, has_cases) {
        (false, _) => vec![Dial::Front],
        (true, true) => vec![Dial::Front, Dial::BackCases, Dial::BackLoose],
        (true, false) => vec![Dial::Front, Dial::BackLoose],
    }
}

/// The id of a dial's input.
pub fn dial_id(product: ProductId, dial: Dial) -> String {
    let place = match dial {
        Dial::Front => "front",
        Dial::BackCases => "cases",
        Dial::BackLoose => "loose",
    };
    format!("{place}-{product}")
}

/// Enter in a dial.
pub fn enter(room: VisitRoom, line: Line, at: Dial) {
    let later = dials(line).into_iter().skip_while(|dial| *dial != at).skip(1);
    let last = line.history().previous.map(|previous| previous.count);
    let mattered = |dial: &Dial| match (last, dial) {
        (None, _) => true,
        (Some(_), Dial::Front) => false,
        (Some(count), Dial::BackCases) => count.back.cases > 0,
        (Some(count), Dial::BackLoose) => count.back.loose > 0,
    };
    if let Some(next) = later.into_iter().find(mattered) {
        focus(&dial_id(line.id, next));
        return;
    }
    if last.is_some_and(|count| count.back.is_zero()) {
        line.draft.update(|draft| {
            let back_is_empty = draft.back_cases.trim().is_empty() && draft.back_loose.trim().is_empty();
            if back_is_empty && !draft.front.trim().is_empty() {
                draft.back_is_zero = true;
            }
        });
    }
    next(room, Some(line.id));
}

/// To the count, with the first uncounted line ready to be typed into.
pub fn to_count(room: VisitRoom) {
    room.step.set(Step::Count);
    if let Some(line) = room.open.get_untracked().or_else(|| room.next_uncounted(None)) {
        open(room, line);
    }
}

/// Opens the next uncounted row and puts the focus into its first dial; after the last, goes to the order's button.
pub fn next(room: VisitRoom, from: Option<ProductId>) {
    match room.next_uncounted(from) {
        Some(next) => open(room, next),
        None => focus("visit-next"),
    }
}

/// Opens a row with its dials in sight and the focus in the first.
pub fn open(room: VisitRoom, product: ProductId) {
    room.open.set(Some(product));
    request_animation_frame(move || {
        if let Some(row) = document().get_element_by_id(&row_id(product)) {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Start);
            row.scroll_into_view_with_scroll_into_view_options(&options);
        }
        focus(&dial_id(product, Dial::Front));
    });
}

/// The id of a row, to scroll to.
pub fn row_id(product: ProductId) -> String {
    format!("row-{product}")
}

/// Focuses an element without scrolling; one that is not there leaves the focus where it is.
pub fn focus(id: &str) {
    let element = document().get_element_by_id(id).and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(element) = element {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = element.focus_with_options(&options);
    }
}
