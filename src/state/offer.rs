//! A call or a message that was begun by a link leaves the app: when the rep is back, it offers to note the contact. Remembered beside the
//! data, because the phone may end the page meanwhile; losing it costs two taps.

use super::app::App;
use super::clock;
use super::touches::Tile;
use crate::domain::channel::Channel;
use crate::domain::id::{CustomerId, PersonId, TouchId};
use crate::domain::touch::TouchOutcome;
use crate::store::error::StoreError;
use crate::store::prefs;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};

const KEY: &str = "shelfwise.offer";

/// Later than this nobody remembers whether somebody answered: twelve hours, in milliseconds.
const FORGOTTEN: u64 = 12 * 3_600_000;

/// Where a link does not hide the page, so soon the offer comes, in milliseconds.
const AT_ONCE: i32 = 2_000;

/// A contact that may have been made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    pub customer: CustomerId,
    pub person: Option<PersonId>,
    pub channel: Channel,
    /// Milliseconds since 1970 at which the link was opened.
    pub at: u64,
}

impl App {
    /// A tel:, sms: or mailto: link to somebody was opened.
    pub fn link_opened(self, customer: CustomerId, person: Option<PersonId>, channel: Channel) {
        let offer = Offer { customer, person, channel, at: clock::millis() };
        prefs::set(KEY, serde_json::to_string(&offer).ok().as_deref());
        spawn_local(async move {
            clock::pause(AT_ONCE).await;
            if !clock::is_hidden() {
                self.recall_offer();
            }
        });
    }

    /// The page is in sight (again): what was begun is offered to be noted.
    pub(super) fn recall_offer(self) {
        let kept: Option<Offer> = prefs::get(KEY).and_then(|text| serde_json::from_str(&text).ok());
        let is_known = |offer: &Offer| self.book.with_untracked(|book| book.customer(offer.customer).is_some());
        let offer = kept.filter(|offer| clock::millis().saturating_sub(offer.at) < FORGOTTEN && is_known(offer));
        let shown = self.day().offer;
        if shown.get_untracked() != offer {
            shown.set(offer);
        }
    }

    /// The contact was made, and so it went: noted by one tap.
    pub async fn accept_offer(self, outcome: TouchOutcome) -> Result<Option<TouchId>, StoreError> {
        let Some(offer) = self.day().offer.get_untracked() else { return Ok(None) };
        let tile = Tile { channel: offer.channel, outcome };
        let id = self.log_tile(offer.customer, offer.person, tile).await?;
        self.dismiss_offer();
        Ok(Some(id))
    }

    /// No contact, or noted otherwise.
    pub fn dismiss_offer(self) {
        prefs::set(KEY, None);
        self.day().offer.set(None);
    }
}
