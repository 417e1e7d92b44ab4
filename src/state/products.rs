//! Adding and changing products.

use super::app::{App, Refused};
use super::clock;
use crate::domain::book::{Change, Record};
use crate::domain::customer::FieldProblem;
use crate::domain::id::ProductId;
use crate::domain::product::{Product, ProductDraft, ProductField};
use crate::domain::stamp::Envelope;
use leptos::prelude::*;

/// The key of a product form's draft.
pub fn draft_key(id: Option<ProductId>) -> String {
    id.map_or_else(|| "product:new".to_owned(), |id| format!("product:{id}"))
}

impl App {
    /// Adds a product, or changes the one with `id`.
    pub async fn save_product(
        self,
        id: Option<ProductId>,
        draft: ProductDraft,
    ) -> Result<ProductId, Refused<(ProductField, FieldProblem)>> {
        let product = self.book.with_untracked(|book| {
            let taken = |code: &str| book.product_by_code(code).is_some_and(|other| Some(other.id) != id);
            let fields = draft.check(taken).map_err(Refused::Problems)?;
            let stamp = self.stamp();
            let old = id.and_then(|id| book.product(id));
            Ok::<_, Refused<_>>(Product {
                id: old.map_or_else(|| ProductId(clock::new_id()), |old| old.id),
                envelope: old.map_or(Envelope::first(stamp), |old| old.envelope.next(stamp)),
                fields,
            })
        })?;
        let saved = product.id;
        self.commit(Change::of(Record::Product(product)).finishing(draft_key(id))).await?;
        Ok(saved)
    }
}
