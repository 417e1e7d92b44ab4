//! Changing the settings that change numbers.

use super::app::{App, Refused};
use crate::domain::book::{Change, Record};
use crate::domain::factor::Factor;
use crate::domain::settings::Settings;
use crate::domain::stamp::Envelope;
use crate::domain::typed::NumberProblem;
use leptos::prelude::*;

impl App {
    /// The safety factor from now on. Finished visits keep theirs.
    pub async fn save_factor(self, raw: &str) -> Result<(), Refused<NumberProblem>> {
        let factor = Factor::parse(raw).map_err(|problem| Refused::Problems(vec![problem]))?;
        let stamp = self.stamp();
        let envelope = self.book.with_untracked(|book| book.settings().map_or(Envelope::first(stamp), |old| old.envelope.next(stamp)));
        self.commit(Change::of(Record::Settings(Settings { envelope, factor }))).await?;
        Ok(())
    }
}
