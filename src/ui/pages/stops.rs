//! The order of the shops that are left today: by area, then as the rep puts them, by dragging or by the buttons that do the same. What
//! is on screen is what was kept: a refused save puts the old order back.

use super::marks::FirstStop;
use crate::domain::id::CustomerId;
use crate::domain::route_order::{Move, moved};
use crate::domain::today;
use crate::state::app::App;
use crate::state::route::stops;
use crate::ui::icon::icon;
use crate::ui::live::{When, live, when, words};
use crate::ui::parts::empty::Empty;
use crate::ui::parts::head::SubPageHead;
use crate::ui::route::link;
use crate::ui::texts::{tr, tx};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;

/// One order, and what is shown of it.
#[derive(Clone, Copy)]
struct Order {
    app: App,
    by_hand: RwSignal<Vec<CustomerId>>,
    shown: Memo<Vec<CustomerId>>,
    /// Read out after a move.
    said: RwSignal<String>,
    first: FirstStop,
}

impl Order {
    fn put(self, id: CustomerId, how: Move) {
        let moved = moved(&self.by_hand.get_untracked(), &self.shown.get_untracked(), id, how);
        self.keep(moved, Some(id));
    }

    fn keep(self, by_hand: Vec<CustomerId>, id: Option<CustomerId>) {
        let old = self.by_hand.get_untracked();
        if old == by_hand {
            return;
        }
        self.by_hand.set(by_hand.clone());
        let app = self.app;
        let words = id.and_then(|id| self.shown.with_untracked(|shown| shown.iter().position(|stop| *stop == id))).map(|at| {
            let all = self.shown.with_untracked(Vec::len);
            tr!(app, agenda_moved, place = at + 1, all = all)
        });
        spawn_local(async move {
            // What the disk refuses is said by the banner.
            if app.keep_route(by_hand).await.is_err() {
                self.by_hand.try_set(old);
                return;
            }
            let is_by_hand = self.by_hand.try_with_untracked(|by_hand| !by_hand.is_empty()).unwrap_or_default();
            let stop = self.shown.try_get_untracked().and_then(|shown| shown.first().copied()).filter(|_| is_by_hand);
            self.first.0.set(stop);
            self.said.try_set(words.unwrap_or_default());
        });
    }
}

#[component]
pub fn StopsPage(app: App) -> impl IntoView {
    let plan = Memo::new(move |_| app.book.with(|book| today::plan(book, app.today.get())));
    let by_hand = RwSignal::new(app.route_by_hand());
    let shown = Memo::new(move |_| plan.with(|plan| by_hand.with(|by_hand| stops(plan, by_hand))));
    let order = Order { app, by_hand, shown, said: RwSignal::new(String::new()), first: expect_context::<FirstStop>() };
    // The shop in hand, and before which of the others it would go: none, behind the last.
    let dragged = RwSignal::new(None::<CustomerId>);
    let target = RwSignal::new(None::<CustomerId>);
    // The first row whose foot is below the finger.
    let under = move |y: i32| {
        shown.get_untracked().into_iter().find(|id| {
            let place = document().get_element_by_id(&row_id(*id)).map(|row| row.get_bounding_client_rect());
            place.is_some_and(|place| f64::from(y) < place.bottom())
        })
    };
    let over = window_event_listener(leptos::ev::pointermove, move |event| {
        if dragged.get_untracked().is_some() {
            let before = under(event.client_y());
            if target.get_untracked() != before {
                target.set(before);
            }
        }
    });
    let let_go = window_event_listener(leptos::ev::pointerup, move |event| {
        let Some(id) = dragged.get_untracked() else { return };
        dragged.set(None);
        let how = under(event.client_y()).map_or(Move::Last, Move::Before);
        if how != Move::Before(id) {
            order.put(id, how);
        }
    });
    let cancel = window_event_listener(leptos::ev::pointercancel, move |_| dragged.set(None));
    on_cleanup(move || {
        over.remove();
        let_go.remove();
        cancel.remove();
    });
    let title = Signal::derive(move || tr!(app, agenda_order).to_owned());
    let is_empty = move || shown.with(Vec::is_empty);
    let take = move |id: CustomerId| {
        target.set(Some(id));
        dragged.set(Some(id));
    };
    view! {
        <SubPageHead app back="/" title />
        <main class="page">
            <When when=is_empty fallback=move || view! {
                <p class="group-hint">{tx!(app, agenda_order_hint)}</p>
                <ol class="rows stops" class:stops-dragging=move || dragged.get().is_some()>
                    <For each=move || shown.get() key=|id| *id let(id)>{stop(order, id, dragged, target, take)}</For>
                </ol>
                <When when=move || by_hand.with(|by_hand| !by_hand.is_empty())>
                    <p class="agenda-link"><button type="button" id="by-area" class="btn" on:click=move |_| order.keep(Vec::new(), None)>{icon("undo-2")}{tx!(app, agenda_by_area)}</button></p>
                </When>
            }>
                <Empty title=Signal::derive(move || tr!(app, today_free_title).to_owned()) text=Signal::derive(move || tr!(app, today_free_text).to_owned()) />
            </When>
            <p class="visually-hidden" role="status">{words(move || order.said.get())}</p>
        </main>
    }
}

fn stop(
    order: Order,
    id: CustomerId,
    dragged: RwSignal<Option<CustomerId>>,
    target: RwSignal<Option<CustomerId>>,
    take: impl Fn(CustomerId) + 'static,
) -> AnyView {
    let app = order.app;
    let Some(shop) = app.book.with_untracked(|book| book.customer(id).cloned()) else { return ().into_any() };
    let (name, area) = (shop.fields.name.clone(), shop.fields.area.clone());
    let place = Memo::new(move |_| order.shown.with(|shown| shown.iter().position(|stop| *stop == id).unwrap_or_default()));
    let is_last = move || place.get() + 1 == order.shown.with(Vec::len);
    let (up, down) = (format!("up-{id}"), format!("down-{id}"));
    let button = |own: String, other: String, sign: &'static str, how: Move, label: String, is_off: Box<dyn Fn() -> bool + Send>| {
        let press = {
            let own = own.clone();
            move |_| {
                order.put(id, how);
                focus_one_of(own.clone(), other.clone());
            }
        };
        view! { <button type="button" class="icon-button icon-button-blue" id=own aria-label=label disabled=is_off on:click=press>{icon(sign)}</button> }
    };
    let up_label = tr!(app, agenda_up, name = name);
    let down_label = tr!(app, agenda_down, name = name);
    view! {
        <li class="stop" id=row_id(id) class:stop-dragged=when(move || dragged.get() == Some(id)) class:stop-target=when(move || dragged.get().is_some_and(|in_hand| in_hand != id) && target.get() == Some(id))>
            // Dragging is for fingers and mice; keys have the buttons.
            <span class="stop-grip" aria-hidden="true" on:pointerdown=move |event| { event.prevent_default(); take(id); }>{icon("menu")}</span>
            <span class="stop-place">{live(move || place.get() + 1)}</span>
            <a href=link(&format!("/customers/{id}")) class="row-words"><span class="row-name">{name}</span><span class="row-why">{area}</span></a>
            {button(up.clone(), down.clone(), "arrow-up", Move::Up, up_label, when(move || place.get() == 0))}
            {button(down, up, "arrow-down", Move::Down, down_label, when(is_last))}
        </li>
    }
    .into_any()
}

fn row_id(id: CustomerId) -> String {
    format!("stop-{id}")
}

/// After the rows were drawn in their new order: the same button, or its neighbour where that one can do no more.
fn focus_one_of(one: String, other: String) {
    request_animation_frame(move || {
        let find = |id: &str| document().get_element_by_id(id).and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok());
        let usable = [one, other].iter().filter_map(|id| find(id)).find(|button| !button.has_attribute("disabled"));
        if let Some(button) = usable {
            // A button on screen takes the focus.
            let _ = button.focus();
        }
    });
}
