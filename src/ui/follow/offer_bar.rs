//! The rep is back from a call or a message that a link began: one tap notes it, another says that there was none.

use super::words::{channel, outcome};
use crate::domain::channel::Channel;
use crate::domain::id::CustomerId;
use crate::domain::touch::TouchOutcome;
use crate::state::app::App;
use crate::ui::icon::icon;
use crate::ui::live::live;
use crate::ui::texts::{tr, tx};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Contacts with which shops are offered to be noted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Of {
    Shop(CustomerId),
    /// All, but the one that stands beside the list with an offer of its own.
    AllBut(Option<CustomerId>),
}

impl Of {
    fn takes(self, shop: CustomerId) -> bool {
        match self {
            Of::Shop(wanted) => wanted == shop,
            Of::AllBut(beside) => beside != Some(shop),
        }
    }
}

/// The bar on the page of the shop that was called.
#[component]
pub fn OfferBar(app: App, #[prop(into)] of: Signal<Of>) -> impl IntoView {
    let offer = app.day().offer;
    let accept = move |how: TouchOutcome| {
        spawn_local(async move {
            // A refused write is said by the banner, and the bar stays.
            let _ = app.accept_offer(how).await;
        });
    };
    let shown = move || {
        let offer = offer.get().filter(|offer| of.get().takes(app.shop_of(offer.customer)))?;
        let ways: &[TouchOutcome] = match offer.channel {
            Channel::Phone | Channel::Visit => &[TouchOutcome::Reached, TouchOutcome::NoAnswer],
            _ => &[TouchOutcome::Left],
        };
        let name = app.book.with_untracked(|book| book.customer(offer.customer).map(|shop| shop.fields.name.clone())).unwrap_or_default();
        let way = offer.channel;
        let buttons = ways.iter().map(|how| {
            let how = *how;
            view! { <button type="button" class="btn" on:click=move |_| accept(how)>{icon("check")}{live(move || outcome(app, how))}</button> }
        });
        Some(view! {
            <section class="card offer-bar" role="status">
                <p>{icon(super::words::channel_sign(way))}<strong>{live(move || tr!(app, touch_offer, way = channel(app, way), shop = name.clone()))}</strong></p>
                <div class="actions">
                    {buttons.collect_view()}
                    <button type="button" class="btn btn-quiet" on:click=move |_| app.dismiss_offer()>{icon("x")}{tx!(app, touch_offer_none)}</button>
                </div>
            </section>
        })
    };
    live(shown)
}
