//! How a shop is followed up: its profile, quiet times, giving up and taking up again, and the tips that were told.

use super::app::{App, Refused};
use super::clock;
use crate::domain::book::{Change, Record};
use crate::domain::id::CustomerId;
use crate::domain::persistence;
use crate::domain::profile::{CoolReason, GivenUp, Profile, Snooze, TIPS_MAX, Tip};
use crate::domain::profile_draft::{ProfileDraft, ProfileField, ProfileProblem};
use crate::domain::stamp::Envelope;
use crate::domain::text::{self, LONG_MAX, TextProblem};
use crate::store::error::StoreError;
use chrono::NaiveDate;
use leptos::prelude::*;

/// The key of a profile form's draft.
pub fn draft_key(shop: CustomerId) -> String {
    format!("profile:{shop}")
}

/// Why a shop is not followed up otherwise now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProfileRefusal {
    Text(TextProblem),
    /// Quiet until a day that is over.
    InThePast,
    /// Before the fourth follow-up giving up needs a reason (D0 56).
    WithoutReason,
}

impl App {
    /// A shop's profile, where it has one and the profiles are read.
    pub fn profile(self, shop: CustomerId) -> Option<Profile> {
        let day = self.day();
        day.profiles.with(|profiles| {
            let at = profiles.binary_search_by_key(&shop, |profile| profile.id).ok();
            at.and_then(|at| profiles.get(at).cloned())
        })
    }

    /// As it is on the disk: nothing another tab set is lost.
    pub(super) async fn old_profile(self, shop: CustomerId) -> Result<Option<Profile>, StoreError> {
        let ids = [(crate::archive::record::Kind::Profile, shop.to_string())];
        let found = self.store.get_value().records(&ids).await?;
        Ok(found.into_iter().find_map(|record| match record {
            Record::Profile(profile) => Some(profile),
            _ => None,
        }))
    }

    async fn change_profile(self, shop: CustomerId, change: impl FnOnce(Profile) -> Profile) -> Result<(), StoreError> {
        let next = self.next_profile(shop).await?;
        self.commit(Change::of(Record::Profile(change(next)))).await
    }

    async fn next_profile(self, shop: CustomerId) -> Result<Profile, StoreError> {
        let (old, stamp) = (self.old_profile(shop).await?, self.stamp());
        let demo = self.book.with_untracked(|book| book.customer(shop).is_some_and(|shop| shop.envelope.demo));
        let first = Envelope { demo, ..Envelope::first(stamp) };
        Ok(old.map_or_else(|| Profile::blank(shop, first), |old| Profile { envelope: old.envelope.next(stamp), ..old }))
    }

    /// Saves the form.
    pub async fn save_profile(self, shop: CustomerId, draft: &ProfileDraft) -> Result<(), Refused<(ProfileField, ProfileProblem)>> {
        let next = self.next_profile(shop).await?;
        let profile = draft.check(&next, clock::today()).map_err(Refused::Problems)?;
        self.commit(Change::of(Record::Profile(profile)).finishing(draft_key(shop))).await?;
        Ok(())
    }

    /// Nothing is asked of the shop up to `until`, that day included.
    pub async fn snooze(self, shop: CustomerId, until: NaiveDate, reason: &str) -> Result<(), Refused<ProfileRefusal>> {
        let reason = said(reason)?;
        if reason.is_empty() {
            return Err(Refused::Problems(vec![ProfileRefusal::WithoutReason]));
        }
        if until < clock::today() {
            return Err(Refused::Problems(vec![ProfileRefusal::InThePast]));
        }
        self.change_profile(shop, |profile| Profile { snooze: Some(Snooze { until, reason }), ..profile }).await?;
        Ok(())
    }

    /// The shop is asked after again.
    pub async fn wake_up(self, shop: CustomerId) -> Result<(), StoreError> {
        self.change_profile(shop, |profile| Profile { snooze: None, ..profile }).await
    }

    /// Whether giving the shop up asks for a reason in words: it was followed up less than four times.
    pub fn asks_why(self, shop: CustomerId) -> bool {
        persistence::asks_why(self.head(shop).map_or(0, |head| head.follow_ups))
    }

    /// The shop is followed up no more. Before the fourth follow-up the words of `text` are needed beside the reason.
    pub async fn give_up(self, shop: CustomerId, reason: CoolReason, text: &str) -> Result<(), Refused<ProfileRefusal>> {
        let text = said(text)?;
        if text.is_empty() && untrack(|| self.asks_why(shop)) {
            return Err(Refused::Problems(vec![ProfileRefusal::WithoutReason]));
        }
        let given_up = Some(GivenUp { on: clock::today(), reason, text });
        self.change_profile(shop, |profile| Profile { given_up, ..profile }).await?;
        Ok(())
    }

    /// It is followed up again.
    pub async fn take_up_again(self, shop: CustomerId) -> Result<(), StoreError> {
        self.change_profile(shop, |profile| Profile { given_up: None, ..profile }).await
    }

    /// The rep told the shop something, so that it is not told twice. The oldest of too many goes.
    pub async fn tell_tip(self, shop: CustomerId, tip: &str) -> Result<(), Refused<ProfileRefusal>> {
        let text = said(tip)?;
        if text.is_empty() {
            return Err(Refused::Problems(vec![ProfileRefusal::Text(TextProblem::Empty)]));
        }
        let tip = Tip { text, on: clock::today() };
        self.change_profile(shop, |mut profile| {
            profile.tips.push(tip);
            let over = profile.tips.len().saturating_sub(TIPS_MAX);
            profile.tips.drain(..over);
            profile
        })
        .await?;
        Ok(())
    }
}

fn said(raw: &str) -> Result<String, Refused<ProfileRefusal>> {
    text::line(raw, LONG_MAX).map_err(|problem| Refused::Problems(vec![ProfileRefusal::Text(problem)]))
}
