//! What became of an order: one tap where all of it came, a few more where not. What was noted last stands.

use crate::domain::delivery::Came;
use crate::domain::order::Order;
use crate::domain::quantity::Units;
use crate::domain::typed;
use crate::state::app::App;
use crate::ui::icon::icon;
use crate::ui::live::{When, live, when, words};
use crate::ui::parts::field::raw_input;
use crate::ui::parts::form::switch;
use crate::ui::parts::sheet::Sheet;
use crate::ui::say;
use crate::ui::texts::{tr, tx};
use chrono::{Days, NaiveDate};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The sheet of one order; `on_noted` is told once it is on disk.
#[component]
pub fn DeliverySheet(app: App, order: Order, on_noted: Callback<()>, on_close: Callback<()>) -> impl IntoView {
    let after_count = RwSignal::new(false);
    let short = RwSignal::new(false);
    let expected = RwSignal::new(tomorrow(app).to_string());
    let goods: Vec<(crate::domain::id::ProductId, String, i64, RwSignal<String>)> = order
        .lines
        .iter()
        .filter(|line| line.net() > 0)
        .map(|line| {
            let name = app.book.with_untracked(|book| book.product(line.product).map(|product| product.fields.name.clone()));
            (line.product, name.unwrap_or_else(|| line.product.to_string()), line.net(), RwSignal::new(line.net().to_string()))
        })
        .collect();
    let order = StoredValue::new(order);
    let note = Callback::new(move |came: Came| {
        spawn_local(async move {
            // A refused write is said by the banner; the sheet stays open.
            if app.note_delivery(&order.get_value(), came, after_count.get_untracked()).await.is_ok() {
                on_noted.run(());
            }
        });
    });
    let rows = goods.clone();
    let figures = move || {
        rows.iter()
            .map(|(_, name, ordered, text)| {
                let node = raw_input((*text).into());
                let (text, label) = (*text, name.clone());
                let wrong = move || text.with(|raw| typed::units(raw)).is_err();
                view! {
                    <li class="came-row">
                        <span class="row-words">
                            <span class="row-name">{name.clone()}</span>
                            <span class="row-why">{tr!(app, delivery_ordered, count = say::number(*ordered))}</span>
                        </span>
                        <input
                            class="input came-input"
                            node_ref=node
                            type="text"
                            inputmode="numeric"
                            aria-label=label
                            aria-invalid=words(move || wrong().to_string())
                            on:input:target=move |event| text.set(event.target().value())
                            on:focus:target=move |event| event.target().select()
                        />
                    </li>
                }
            })
            .collect_view()
    };
    let came = {
        let goods = goods.clone();
        move || {
            goods
                .iter()
                .map(|(id, _, _, text)| text.with(|raw| typed::units(raw)).map(|units| (*id, units.unwrap_or(Units::ZERO))))
                .collect::<Result<Vec<_>, _>>()
                .ok()
        }
    };
    let is_readable = {
        let came = came.clone();
        move || came().is_some()
    };
    let save_short = move |_| {
        if let Some(came) = came() {
            note.run(Came::Short(came));
        }
    };
    let title = Signal::derive(move || tr!(app, delivery_title).to_owned());
    let subtitle = Signal::derive(move || order.with_value(|order| format!("{} · {}", order.number, say::date(app, order.on))));
    view! {
        <Sheet app title subtitle on_close=move |()| on_close.run(())>
            <div class="sheet-stack">
                <button type="button" class="btn" class:btn-primary=when(move || !short.get()) on:click=move |_| note.run(Came::InFull)>{icon("check")}{tx!(app, delivery_in_full)}</button>
                <button type="button" class="btn" aria-expanded=words(move || short.get().to_string()) on:click=move |_| short.update(|short| *short = !*short)>{tx!(app, delivery_short)}</button>
                <When when=move || short.get()>
                    <ul class="rows came">{figures()}</ul>
                    <p class="field-hint">{tx!(app, delivery_short_hint)}</p>
                </When>
                {
                    let is_readable = is_readable.clone();
                    let save_short = save_short.clone();
                    live(move || short.get().then(|| {
                        let (is_readable, save_short) = (is_readable.clone(), save_short.clone());
                        view! { <button type="button" class="btn btn-primary" disabled=when(move || !is_readable()) on:click=save_short>{tx!(app, save)}</button> }
                    }))
                }
                <div class="field-row delivery-later">
                    <input
                        type="date"
                        class="input"
                        aria-label=tx!(app, delivery_expected_on)
                        prop:value=words(move || expected.get())
                        on:change:target=move |event| expected.set(event.target().value())
                    />
                    <button type="button" class="btn" on:click=move |_| {
                        if let Ok(day) = expected.get_untracked().parse::<NaiveDate>() {
                            note.run(Came::NotYet(day));
                        }
                    }>{tx!(app, delivery_not_yet)}</button>
                </div>
                <button type="button" class="btn" on:click=move |_| note.run(Came::Cancelled)>{tx!(app, delivery_cancel)}</button>
                {switch(
                    Signal::derive(move || tr!(app, delivery_after).to_owned()),
                    Signal::derive(move || tr!(app, delivery_after_hint).to_owned()),
                    after_count.into(),
                    Callback::new(move |on| after_count.set(on)),
                )}
            </div>
        </Sheet>
    }
}

fn tomorrow(app: App) -> NaiveDate {
    let today = app.today.get_untracked();
    today.checked_add_days(Days::new(1)).unwrap_or(today)
}
