//! Where the formula has no answer it asks: negative sales, and the zero trap.

use super::moves;
use super::page::{Over, Overlay};
use crate::domain::draft::Choice;
use crate::domain::order::Reason;
use crate::domain::suggestion::Suggestion;
use crate::state::app::App;
use crate::state::visit_room::{Line, VisitRoom};
use crate::ui::icon::icon;
use crate::ui::live::live;
use crate::ui::parts::sheet::Sheet;
use crate::ui::say;
use crate::ui::texts::{tr, tx};
use leptos::prelude::*;

#[component]
pub fn QuestionSheet(room: VisitRoom, line: Line) -> impl IntoView {
    let app = room.app;
    let overlay = expect_context::<Overlay>();
    let words = Memo::new(move |_| line.reading.with(|reading| question(app, line, &reading.suggestion)));
    let is_trap = line.reading.with_untracked(|reading| matches!(reading.suggestion, Suggestion::ZeroTrap { .. }));
    let own_quantity = move |_| overlay.show(Over::Change(line.id));
    let recount = move |_| {
        overlay.hide();
        moves::open(room, line.id);
    };
    let declines = move |_| {
        line.draft.update(|draft| {
            draft.choice = Some(Choice { loose: "0".to_owned(), reason: Some(Reason::OwnerDeclines), ..Choice::default() });
        });
        overlay.hide();
    };
    let subtitle = Signal::stored(line.product().fields.name.clone());
    view! {
        <Sheet app title=Signal::derive(move || words.get().0) subtitle on_close=move |()| overlay.hide()>
            <p class="sheet-text">{live(move || words.get().1)}</p>
            <div class="sheet-stack">
                {if is_trap {
                    view! {
                        <button type="button" class="btn btn-primary" on:click=own_quantity>{icon("plus")}{tx!(app, trap_restart)}</button>
                        <button type="button" class="btn" on:click=declines>{tx!(app, trap_declines)}</button>
                    }.into_any()
                } else {
                    view! {
                        <button type="button" class="btn btn-primary" on:click=recount>{icon("repeat-2")}{tx!(app, negative_recount)}</button>
                        <button type="button" class="btn" on:click=own_quantity>{tx!(app, negative_own)}</button>
                    }.into_any()
                }}
            </div>
        </Sheet>
    }
}

fn question(app: App, line: Line, suggestion: &Suggestion) -> (String, String) {
    let product = line.product();
    match suggestion {
        Suggestion::NegativeSales { sum, excess } => (
            tr!(app, negative_title, excess = say::units(app, &product.fields, *excess)),
            tr!(
                app,
                negative_text,
                previous = say::number(sum.basis.previous.0),
                ordered = say::number(sum.basis.ordered.0),
                had = say::number(sum.had()),
                current = say::number(sum.current.0)
            ),
        ),
        Suggestion::ZeroTrap { last_rate } => {
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
