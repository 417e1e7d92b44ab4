//! A line counted for the first time: what the owner says it sells, what it sells at shops of the same class, one case to try, or
//! no number.

use super::note_sheet::note_field;
use super::page::{Over, Overlay};
use crate::domain::draft::Choice;
use crate::domain::neighbours;
use crate::domain::note::NoteField;
use crate::state::visit_line::Line;
use crate::state::visit_room::VisitRoom;
use crate::ui::icon::icon;
use crate::ui::live::{live, words};
use crate::ui::load::load;
use crate::ui::parts::sheet::Sheet;
use crate::ui::say;
use crate::ui::texts::{tr, trn, tx};
use leptos::prelude::*;

#[component]
pub fn FirstSheet(room: VisitRoom, line: Line) -> impl IntoView {
    let app = room.app;
    let overlay = expect_context::<Overlay>();
    let product = StoredValue::new(line.product());
    let customer = room.customer();
    let rates = load(move || {
        let customer = customer.clone();
        async move { app.rates_like(&customer).await.unwrap_or_default() }
    });
    let unit = say::unit_word(app, &product.get_value().fields);
    let others = move || {
        let found =
            rates.with(|rates| rates.as_ref().map(|rates| rates.get(&line.id).map_or((None, 0), |of| (neighbours::median(of), of.len()))));
        let class = room.customer().fields.class;
        match found {
            None => view! { <p class="field-hint" role="status">{tr!(app, first_looking)}</p> }.into_any(),
            Some((Some(stated), shops)) => {
                let a_week = crate::domain::exact::Exact::over(i128::from(stated.units) * 7, stated.days.into());
                let quantity = product.with_value(|product| format!("{} {}", say::exact(a_week), say::unit_word(app, &product.fields)));
                let take = move |_| {
                    line.draft.update(|draft| {
                        draft.note.a_week.clear();
                        draft.note.like_others = Some(stated);
                    });
                    overlay.hide();
                };
                let label = match class {
                    Some(class) => tr!(app, first_like_class, class = say::class_short(app, class), quantity = quantity),
                    None => tr!(app, first_like_others, quantity = quantity),
                };
                view! { <button type="button" class="btn" on:click=take>{icon("store")}{label}<small>{trn!(app, first_shops | first_shops_single, count = shops)}</small></button> }.into_any()
            }
            Some((None, _)) => view! { <p class="field-hint">{tr!(app, first_no_others)}</p> }.into_any(),
        }
    };
    let trial = move |_| {
        let size = product.with_value(|product| product.fields.size);
        let (cases, loose) = if size.units() > 1 { ("1".to_owned(), String::new()) } else { (String::new(), "1".to_owned()) };
        line.draft.update(|draft| draft.choice = Some(Choice { cases, loose, ..Choice::default() }));
        overlay.hide();
    };
    let suggested = move || {
        line.reading.with(|reading| reading.suggestion.order()).map(|order| {
            let quantity = product.with_value(|product| {
                if order.is_zero() { tr!(app, none_needed).to_owned() } else { say::units_packed(app, &product.fields, order) }
            });
            tr!(app, choice_suggested, quantity = quantity)
        })
    };
    let title = Signal::derive(move || tr!(app, first_title).to_owned());
    let subtitle = Signal::stored(product.get_value().fields.name.clone());
    view! {
        <Sheet app title subtitle on_close=move |()| overlay.hide()>
            {note_field(app, line, NoteField::AWeek, "first-week", |app| tr!(app, note_week), &unit)}
            <p class="first-suggested" role="status">{words(move || suggested().unwrap_or_default())}</p>
            <div class="sheet-stack">
                {live(others)}
                <button type="button" class="btn" on:click=trial>{icon("flask-conical")}{tx!(app, first_trial)}</button>
                <button type="button" class="btn" on:click=move |_| overlay.show(Over::Change(line.id))>{icon("pencil")}{tx!(app, order_direct)}</button>
            </div>
            <div class="sheet-actions">
                <button type="button" class="btn btn-primary" on:click=move |_| overlay.hide()>{icon("check")}{tx!(app, lots_done)}</button>
            </div>
        </Sheet>
    }
}
