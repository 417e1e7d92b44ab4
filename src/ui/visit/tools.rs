//! Under the dials of an open line: the dates of its goods, what else happened, what the rep should look at twice. Never in the way.

use super::lots_sheet::lot_words;
use super::page::{Over, Overlay};
use crate::domain::draft::Counted;
use crate::domain::lots::CountedLot;
use crate::domain::near::Near;
use crate::state::app::App;
use crate::state::visit_line::Line;
use crate::state::visit_room::VisitRoom;
use crate::ui::icon::icon;
use crate::ui::live::{When, live, when, words};
use crate::ui::say;
use crate::ui::texts::{tr, trn, tx};
use leptos::prelude::*;

#[component]
pub fn LineTools(room: VisitRoom, line: Line) -> impl IntoView {
    let app = room.app;
    let overlay = expect_context::<Overlay>();
    let is_counted = Memo::new(move |_| line.reading.with(|reading| matches!(reading.counted, Counted::Yes { .. })));
    // Everything here follows the keystroke: it is drawn anew only where its words change.
    let chips = Memo::new(move |_| {
        let lots = line.reading.with(|reading| reading.lots.clone().unwrap_or_default());
        let near = if lots.is_empty() { Vec::new() } else { line.near(app) };
        let here = lots.iter().filter(|lot| lot.units() > 0);
        here.map(|lot| Chip::of(app, lot, near.iter().find(|near| near.lot == *lot))).collect::<Vec<_>>()
    });
    let noted = Memo::new(move |_| line.draft.with(|draft| draft.note != Default::default()));
    let wrong_dates = move || line.reading.with(|reading| reading.lots.is_err());
    let unusual = Memo::new(move |_| line.reading.with(|reading| reading.unusual.zip(reading.counted.current())));
    let trust = move |_| line.draft.update(|draft| draft.trusted = line.reading.with_untracked(|reading| reading.counted.current()));
    let recount = move || {
        let moved = line.reading.with(|reading| reading.recount)?;
        let product = line.product();
        let fields = &product.fields;
        let case = say::one(if fields.size.units() > 1 { say::case_word(app, fields) } else { say::unit_word(app, fields) });
        Some(tr!(app, recount_note, case = case, moved = say::number(moved)))
    };
    view! {
        <div class="line-tools">
            {live(move || chips.get().into_iter().map(|chip| chip.draw(overlay, line)).collect_view())}
            <button type="button" class="btn btn-quiet" disabled=when(move || !is_counted.get()) on:click=move |_| overlay.show(Over::Lots(line.id))>
                {icon("calendar-days")}{tx!(app, lots_button)}
            </button>
            <button type="button" class="btn btn-quiet" on:click=move |_| overlay.show(Over::Note(line.id))>
                {live(move || icon(if noted.get() { "check" } else { "ellipsis" }))}{tx!(app, note_button)}
            </button>
        </div>
        <When when=wrong_dates>
            <p class="open-problem" role="alert">{icon("circle-alert")}{tx!(app, finish_problem_lots)}</p>
        </When>
        {live(move || unusual.get().map(|(usual, current)| {
            let words = tr!(app, unusual, times = current.0.div_euclid(usual.0.max(1)), usual = say::number(usual.0));
            view! {
                <div class="unusual">
                    {icon("circle-question-mark")}<p>{words}</p>
                    <button type="button" class="btn" on:click=trust>{tr!(app, unusual_right)}</button>
                </div>
            }
        }))}
        <p class="open-note recount-note">{icon("repeat-2")}<span>{words(move || recount().unwrap_or_default())}</span></p>
    }
}

/// One date with its goods; amber where it is near, with the word beside the colour.
#[derive(Clone, PartialEq)]
struct Chip {
    words: String,
    said: Option<String>,
    is_near: bool,
    is_expired: bool,
}

impl Chip {
    fn of(app: App, lot: &CountedLot, near: Option<&Near>) -> Chip {
        let date = lot_words(app, lot.produced, lot.expires).unwrap_or_default();
        Chip {
            words: format!("{date} ×{}", say::number(lot.units())),
            said: near.map(|near| near_words(app, near)),
            is_near: near.is_some(),
            is_expired: near.is_some_and(Near::is_expired),
        }
    }

    fn draw(self, overlay: Overlay, line: Line) -> impl IntoView {
        let Chip { words, said, is_near, is_expired } = self;
        view! {
            <button type="button" class="lot-chip" class:lot-near=is_near class:lot-late=is_expired on:click=move |_| overlay.show(Over::Lots(line.id))>
                {is_near.then(|| icon(if is_expired { "ban" } else { "hourglass" }))}
                <span>{words}</span>{said.map(|said| view! { <b>{said}</b> })}
            </button>
        }
    }
}

/// `expired`, `4 days left`, `4 days left, 5 will not sell`.
pub fn near_words(app: App, near: &Near) -> String {
    if near.is_expired() {
        return tr!(app, near_expired).to_owned();
    }
    let left = trn!(app, near_left | near_left_single, count = near.days_left);
    match near.at_risk.filter(|risk| risk.is_positive()) {
        Some(risk) => format!("{left}{}{}", tr!(app, list_separator), tr!(app, near_risk, units = say::exact(risk))),
        None => left,
    }
}
