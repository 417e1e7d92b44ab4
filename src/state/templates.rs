//! Blocks of text of the rep's own: written, put away, taken from a text that was pasted or opened.

use super::app::{App, Refused};
use super::clock;
use crate::domain::book::{Change, Record};
use crate::domain::id::TemplateId;
use crate::domain::sorting;
use crate::domain::stamp::Envelope;
use crate::domain::template::{Block, Template, TemplateFields};
use crate::domain::template_draft::{TemplateDraft, TemplateField, TemplateProblem};
use crate::domain::template_import::{self, Imported};
use crate::store::error::StoreError;
use leptos::prelude::*;

/// The key of a block form's draft.
pub fn draft_key(id: Option<TemplateId>) -> String {
    id.map_or_else(|| "template:new".to_owned(), |id| format!("template:{id}"))
}

impl App {
    /// The rep's own blocks in the order of a message, then by name; put away ones behind.
    pub async fn templates(self) -> Result<Vec<Template>, StoreError> {
        let mut all = self.store.get_value().templates().await?.records;
        all.retain(|template| !template.envelope.deleted);
        let place = |block: Block| Block::ALL.iter().position(|known| *known == block).and_then(|at| i64::try_from(at).ok()).unwrap_or(0);
        Ok(sorting::by_key(all, |template| {
            let behind = if template.fields.archived { 100 } else { 0 };
            (behind + place(template.fields.block), template.fields.name.clone())
        }))
    }

    /// Adds a block, or changes `old`.
    pub async fn save_template(
        self,
        old: Option<&Template>,
        draft: &TemplateDraft,
    ) -> Result<TemplateId, Refused<(TemplateField, TemplateProblem)>> {
        let fields = draft.check().map_err(Refused::Problems)?;
        let stamp = self.stamp();
        let template = match old {
            Some(old) => Template { fields, envelope: old.envelope.next(stamp), ..old.clone() },
            None => Template { id: TemplateId(clock::new_id()), envelope: Envelope::first(stamp), fields },
        };
        let id = template.id;
        self.commit(Change::of(Record::Template(template)).finishing(draft_key(old.map(|old| old.id)))).await?;
        Ok(id)
    }

    /// Puts a block away, or back.
    pub async fn archive_template(self, old: &Template, archived: bool) -> Result<(), StoreError> {
        let fields = TemplateFields { archived, ..old.fields.clone() };
        self.commit(Change::of(Record::Template(Template { fields, envelope: old.envelope.next(self.stamp()), ..old.clone() }))).await
    }

    /// What a text holds that is not there yet, with every line that cannot be used.
    pub async fn read_templates(self, text: &str) -> Result<Imported, StoreError> {
        let known = self.templates().await?;
        Ok(template_import::read(text, &known.iter().map(|template| &template.fields).collect::<Vec<_>>()))
    }

    /// Adds the blocks that were read; all or none.
    pub async fn add_templates(self, blocks: Vec<TemplateFields>) -> Result<(), StoreError> {
        let stamp = self.stamp();
        let new = |fields| Record::Template(Template { id: TemplateId(clock::new_id()), envelope: Envelope::first(stamp), fields });
        self.commit(Change { records: blocks.into_iter().map(new).collect(), ..Change::default() }).await
    }
}
