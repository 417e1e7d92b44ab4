//! A scanner at the cable or by radio types a barcode like a very fast person and presses Enter, wherever the focus is. What it
//! typed into a dial is taken out again: a barcode is never a count.

use super::moves;
use super::page::{Over, Overlay};
use crate::domain::draft::{Dial, Step};
use crate::domain::product::Product;
use crate::state::visit_line::Line;
use crate::state::visit_room::VisitRoom;
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::JsCast;

/// The shortest barcode: EAN-8. No shelf holds ten million of anything.
const SHORTEST: usize = 8;

/// Characters of a scanner come faster than this, in whole milliseconds.
const FAST: i64 = 120;

/// Whether a text can be a barcode.
pub fn is_barcode(text: &str) -> bool {
    text.len() >= SHORTEST && text.len() <= 14 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Hears what a scanner types where no field has the focus.
pub fn listen(room: VisitRoom, overlay: Overlay) {
    let typed = StoredValue::new((String::new(), 0_i64));
    let listener = window_event_listener(leptos::ev::keydown, move |event| {
        if event.target().is_some_and(|target| target.dyn_ref::<web_sys::HtmlInputElement>().is_some()) {
            return;
        }
        let (mut text, last) = typed.get_value();
        #[expect(clippy::cast_possible_truncation, reason = "milliseconds since the page was opened")]
        let now = event.time_stamp() as i64;
        if now.saturating_sub(last) > FAST {
            text.clear();
        }
        let key = event.key();
        if key == "Enter" && is_barcode(&text) {
            event.prevent_default();
            found(room, overlay, &text);
            text.clear();
        } else if key.chars().count() == 1 {
            text.push_str(&key);
        }
        typed.set_value((text, now));
    });
    on_cleanup(move || listener.remove());
}

/// Enter in a dial that holds a barcode: the figure from before comes back, the scanned line opens. False where it is a count.
pub fn in_dial(room: VisitRoom, overlay: Overlay, line: Line, dial: Dial, before: &str) -> bool {
    let text = line.draft.with_untracked(|draft| draft.text(dial).trim().to_owned());
    // Typed behind a figure that was there: the barcode is what came after it.
    let scanned = text.strip_prefix(before).filter(|rest| is_barcode(rest)).unwrap_or(&text).to_owned();
    if !is_barcode(&scanned) {
        return false;
    }
    line.draft.update(|draft| before.clone_into(draft.text_mut(dial)));
    found(room, overlay, &scanned);
    true
}

fn found(room: VisitRoom, overlay: Overlay, scanned: &str) {
    match room.app.book.with_untracked(|book| book.product_by_scan(scanned).cloned()) {
        Some(product) => {
            overlay.hide();
            go_to(room, overlay, &product);
        }
        None => overlay.find(scanned),
    }
}

/// Opens a product's line, which it gets if it has none: its count, or on the phone its quantity.
pub fn go_to(room: VisitRoom, overlay: Overlay, product: &Arc<Product>) {
    room.add_product(product);
    if room.by_phone || room.step.get_untracked() == Step::Order {
        overlay.show(Over::Change(product.id));
    } else {
        room.step.set(Step::Count);
        moves::open(room, product.id);
    }
}
