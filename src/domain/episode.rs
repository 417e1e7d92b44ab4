//! What several contacts are about: one complaint, one deal (D4 238). Open until it is closed with what came of it.

use super::id::{CustomerId, EpisodeId};
use super::stamp::Envelope;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A complaint, a deal, a problem, from its first contact to its end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Episode {
    pub id: EpisodeId,
    pub envelope: Envelope,
    pub customer: CustomerId,
    pub kind: EpisodeKind,
    pub title: String,
    /// The local date it began.
    pub opened_on: NaiveDate,
    pub closed: Option<Closed>,
}

impl Episode {
    pub fn is_open(&self) -> bool {
        self.closed.is_none() && !self.envelope.deleted
    }
}

/// What an episode is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EpisodeKind {
    Complaint,
    Deal,
    Problem,
    Other,
}

impl EpisodeKind {
    pub const ALL: [EpisodeKind; 4] = [EpisodeKind::Complaint, EpisodeKind::Deal, EpisodeKind::Problem, EpisodeKind::Other];
}

/// How and when an episode ended (D0 65).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {
    pub on: NaiveDate,
    pub how: EpisodeEnd,
    pub why: String,
}

/// What came of an episode.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EpisodeEnd {
    Solved,
    Won,
    Lost,
}

impl EpisodeEnd {
    pub const ALL: [EpisodeEnd; 3] = [EpisodeEnd::Solved, EpisodeEnd::Won, EpisodeEnd::Lost];
}
