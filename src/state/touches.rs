//! Contacts: noted with a form or by two taps, put right, taken back. A contact with a person is noted at the person's shop, also where
//! that was found to be another one since: should they be parted again, it goes with the person.

use super::app::{App, Refused};
use super::clock;
use crate::domain::book::{Change, Record};
use crate::domain::channel::Channel;
use crate::domain::id::{CustomerId, PersonId, TouchId};
use crate::domain::stamp::Envelope;
use crate::domain::touch::{Touch, TouchOutcome, TouchPurpose};
use crate::domain::touch_draft::{NewTouch, TouchDraft, TouchField, TouchProblem};
use crate::store::error::StoreError;
use crate::store::prefs;
use leptos::prelude::*;

/// The key of a contact form's draft.
pub fn draft_key(shop: CustomerId) -> String {
    format!("touch:{shop}")
}

/// What two taps say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tile {
    pub channel: Channel,
    pub outcome: TouchOutcome,
}

fn purpose_key(channel: Channel) -> String {
    let word = match channel {
        Channel::Visit => "visit",
        Channel::Phone => "phone",
        Channel::Sms => "sms",
        Channel::Chat => "chat",
        Channel::Email => "email",
        Channel::Letter => "letter",
    };
    format!("shelfwise.purpose.{word}")
}

impl App {
    /// What contacts over a channel were for last time.
    pub fn usual_purpose(self, channel: Channel) -> TouchPurpose {
        let kept = prefs::get(&purpose_key(channel)).and_then(|text| serde_json::from_str(&text).ok());
        kept.unwrap_or(TouchPurpose::FollowUp)
    }

    /// Notes a contact.
    pub async fn log_touch(self, shop: CustomerId, draft: &TouchDraft) -> Result<TouchId, Refused<(TouchField, TouchProblem)>> {
        let touch = draft.touch(&self.new_touch(shop, draft.person, None)).map_err(Refused::Problems)?;
        prefs::set(&purpose_key(touch.channel), serde_json::to_string(&touch.purpose).ok().as_deref());
        let id = touch.id;
        self.commit(Change::of(Record::Touch(touch)).finishing(draft_key(shop))).await?;
        Ok(id)
    }

    /// Notes a contact of now by two taps, for what such contacts were for last time.
    pub async fn log_tile(self, shop: CustomerId, person: Option<PersonId>, tile: Tile) -> Result<TouchId, StoreError> {
        let Tile { channel, outcome } = tile;
        let draft = TouchDraft { person, channel, outcome, purpose: self.usual_purpose(channel), ..TouchDraft::default() };
        // Nothing was typed that could be wrong.
        let refused = |_| StoreError::Broken("a contact without words".to_owned());
        let touch = draft.touch(&self.new_touch(shop, person, None)).map_err(refused)?;
        let id = touch.id;
        self.commit(Change::of(Record::Touch(touch))).await?;
        Ok(id)
    }

    /// A contact was otherwise than noted: the new note takes the place of the old.
    pub async fn correct_touch(self, old: &Touch, draft: &TouchDraft) -> Result<TouchId, Refused<(TouchField, TouchProblem)>> {
        let new = NewTouch { customer: old.customer, ..self.new_touch(old.customer, None, Some(old.id)) };
        let new = NewTouch { envelope: Envelope { demo: old.envelope.demo, ..new.envelope }, ..new };
        let touch = draft.touch(&new).map_err(Refused::Problems)?;
        let id = touch.id;
        self.commit(Change::of(Record::Touch(touch)).finishing(draft_key(self.shop_of(old.customer)))).await?;
        Ok(id)
    }

    /// The contact was never made: a tap that was none.
    pub async fn undo_touch(self, id: TouchId) -> Result<(), StoreError> {
        let found = self.store.get_value().records(&[(crate::archive::record::Kind::Touch, id.to_string())]).await?;
        let Some(Record::Touch(touch)) = found.into_iter().next() else { return Ok(()) };
        let withdrawal = touch.withdrawal(TouchId(clock::new_id()), Envelope::first(self.stamp()));
        self.commit(Change::of(Record::Touch(withdrawal))).await
    }

    pub(super) fn new_touch(self, shop: CustomerId, person: Option<PersonId>, corrects: Option<TouchId>) -> NewTouch {
        NewTouch {
            id: TouchId(clock::new_id()),
            envelope: Envelope::first(self.stamp()),
            customer: self.home_of(shop, person),
            now: clock::now(),
            corrects,
        }
    }

    /// The shop at which something with a person is noted.
    pub(super) fn home_of(self, shop: CustomerId, person: Option<PersonId>) -> CustomerId {
        let person = person.and_then(|id| untrack(|| self.person(id)));
        person.map_or(shop, |person| person.customer)
    }
}
