//! Changing the settings that change numbers, and the name under which orders go out.

use super::app::{App, Refused};
use crate::domain::book::{Change, Record};
use crate::domain::customer::FieldProblem;
use crate::domain::factor::Factor;
use crate::domain::settings::{CURRENCY, Reckoning, ReckoningDraft, ReckoningField, Rep, RepDraft, RepField, Settings};
use crate::domain::stamp::Envelope;
use crate::domain::typed::NumberProblem;
use leptos::prelude::*;

impl App {
    /// How orders are reckoned from now on. Finished visits keep their terms.
    pub async fn save_reckoning(self, draft: &ReckoningDraft) -> Result<(), Refused<(ReckoningField, NumberProblem)>> {
        let (factor, reckoning) = draft.check().map_err(Refused::Problems)?;
        self.commit(Change::of(Record::Settings(Settings { factor, reckoning, ..self.settings() }))).await?;
        Ok(())
    }

    /// Who sells, and the sign before an amount.
    pub async fn save_rep(self, draft: &RepDraft) -> Result<(), Refused<(RepField, FieldProblem)>> {
        let (rep, currency) = draft.check().map_err(Refused::Problems)?;
        self.commit(Change::of(Record::Settings(Settings { rep, currency, ..self.settings() }))).await?;
        Ok(())
    }

    /// Today's settings with the envelope of their next version.
    fn settings(self) -> Settings {
        let stamp = self.stamp();
        self.book.with_untracked(|book| match book.settings() {
            Some(old) => Settings { envelope: old.envelope.next(stamp), ..old.clone() },
            None => {
                let (factor, rep, currency) = (Factor::RULE, Rep::default(), CURRENCY.to_owned());
                Settings { envelope: Envelope::first(stamp), factor, reckoning: Reckoning::default(), rep, currency }
            }
        })
    }
}
