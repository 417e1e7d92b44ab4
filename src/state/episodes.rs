//! Episodes: a complaint, a deal, a problem that several contacts are about, opened with a title and closed with what came of it.

use super::app::{App, Refused};
use super::clock;
use crate::archive::record::Kind;
use crate::domain::book::{Change, Record};
use crate::domain::episode::{Closed, Episode, EpisodeEnd, EpisodeKind};
use crate::domain::id::{CustomerId, EpisodeId};
use crate::domain::stamp::Envelope;
use crate::domain::text::{self, LONG_MAX, NAME_MAX, TextProblem};
use crate::store::error::StoreError;
use leptos::prelude::GetValue;

impl App {
    /// Begins an episode at a shop.
    pub async fn open_episode(self, shop: CustomerId, kind: EpisodeKind, title: &str) -> Result<EpisodeId, Refused<TextProblem>> {
        let title = text::line(title, NAME_MAX).and_then(|title| if title.is_empty() { Err(TextProblem::Empty) } else { Ok(title) });
        let title = title.map_err(|problem| Refused::Problems(vec![problem]))?;
        let (id, envelope) = (EpisodeId(clock::new_id()), Envelope::first(self.stamp()));
        let episode = Episode { id, envelope, customer: shop, kind, title, opened_on: clock::today(), closed: None };
        self.commit(Change::of(Record::Episode(episode))).await?;
        Ok(id)
    }

    /// Ends it. One that was lost says why.
    pub async fn close_episode(self, id: EpisodeId, how: EpisodeEnd, why: &str) -> Result<(), Refused<TextProblem>> {
        let why = text::line(why, LONG_MAX).map_err(|problem| Refused::Problems(vec![problem]))?;
        if why.is_empty() && how == EpisodeEnd::Lost {
            return Err(Refused::Problems(vec![TextProblem::Empty]));
        }
        self.change_episode(id, Some(Closed { on: clock::today(), how, why })).await?;
        Ok(())
    }

    /// It goes on after all.
    pub async fn reopen_episode(self, id: EpisodeId) -> Result<(), StoreError> {
        self.change_episode(id, None).await
    }

    async fn change_episode(self, id: EpisodeId, closed: Option<Closed>) -> Result<(), StoreError> {
        let found = self.store.get_value().records(&[(Kind::Episode, id.to_string())]).await?;
        let Some(Record::Episode(old)) = found.into_iter().next() else { return Ok(()) };
        let episode = Episode { closed, envelope: old.envelope.next(self.stamp()), ..old };
        self.commit(Change::of(Record::Episode(episode))).await
    }
}
