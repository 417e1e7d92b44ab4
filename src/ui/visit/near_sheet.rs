//! What to do with goods that near their date: to the front, on offer, exchanged, or to a shop of this week that can still sell them.

use super::card::near_line;
use super::page::Overlay;
use crate::domain::neighbours::{self, Takes};
use crate::domain::quantity::Units;
use crate::state::visit_line::Line;
use crate::state::visit_room::VisitRoom;
use crate::ui::icon::icon;
use crate::ui::live::live;
use crate::ui::load::load;
use crate::ui::parts::sheet::Sheet;
use crate::ui::route::link;
use crate::ui::say;
use crate::ui::texts::{tr, trn, tx};
use leptos::prelude::*;

#[component]
pub fn NearSheet(room: VisitRoom, line: Line) -> impl IntoView {
    let app = room.app;
    let overlay = expect_context::<Overlay>();
    let product = line.product();
    let near = line.near(app);
    let here = room.customer().id;
    let stops = load(move || async move { app.stops_this_week(here, line.id).await.unwrap_or_default() });
    let fields = StoredValue::new(product.fields.clone());
    // The lots are given out together, the earliest first: no shop takes the same room twice.
    let parts = move || {
        let mut stops = stops.get();
        let lots = near.iter().filter(|near| !near.is_expired());
        lots.map(|near| {
            let words = fields.with_value(|fields| near_line(app, fields, near));
            let risk = near.at_risk.map_or(0, |risk| risk.ceil());
            let takes = stops.as_mut().filter(|_| risk > 0).map(|stops| neighbours::takers(stops, near.days_left, Units(risk)));
            let told = match takes {
                _ if risk == 0 => view! { <p class="field-hint">{tr!(app, near_sells_out)}</p> }.into_any(),
                None => view! { <p class="field-hint" role="status">{tr!(app, first_looking)}</p> }.into_any(),
                Some(takes) if takes.is_empty() => view! { <p class="field-hint">{tr!(app, near_nobody)}</p> }.into_any(),
                Some(takes) => {
                    let rows = takes.into_iter().map(|takes| taker(room, fields, takes)).collect_view();
                    view! { <ul class="rows">{rows}</ul> }.into_any()
                }
            };
            view! { <section class="group"><p class="sheet-text">{words}</p>{told}</section> }
        })
        .collect_view()
    };
    let title = Signal::derive(move || tr!(app, near_title).to_owned());
    let subtitle = Signal::stored(product.fields.name.clone());
    view! {
        <Sheet app title subtitle on_close=move |()| overlay.hide()>
            <ul class="near-ways">
                <li>{icon("arrow-right")}{tx!(app, near_front)}</li>
                <li>{icon("flask-conical")}{tx!(app, near_promote)}</li>
                <li>{icon("repeat-2")}{tx!(app, near_exchange)}</li>
            </ul>
            <h3 class="group-title">{tx!(app, near_transfer)}</h3>
            {live(parts)}
        </Sheet>
    }
}

fn taker(room: VisitRoom, fields: StoredValue<crate::domain::product::ProductFields>, takes: Takes) -> impl IntoView {
    let app = room.app;
    let name = app.book.with_untracked(|book| book.customer(takes.customer).map(|shop| shop.fields.name.clone())).unwrap_or_default();
    let quantity = fields.with_value(|fields| say::units(app, fields, takes.units));
    let when =
        if takes.days_until == 0 { tr!(app, due_today).to_owned() } else { trn!(app, in_days | in_days_single, count = takes.days_until) };
    view! {
        <li>
            <a class="row" href=link(&format!("/customers/{}", takes.customer))>
                <span class="row-words"><span class="row-name">{name}</span><span class="row-why">{when}</span></span>
                <span class="row-right">{tr!(app, near_takes, quantity = quantity)}</span>
            </a>
        </li>
    }
}
