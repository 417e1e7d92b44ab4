//! Importing a list: the file is judged as a whole, nothing is written before the rep says so, then all of it in one transaction.

use super::app::App;
use super::clock;
use crate::archive::csv_file::{FileProblem, MAX_BYTES};
use crate::archive::import::{self, CustomerPreview, List, ProductPreview};
use crate::domain::book::{Change, Record};
use crate::domain::customer::{Customer, CustomerFields};
use crate::domain::id::{CustomerId, ProductId};
use crate::domain::product::{Product, ProductFields};
use crate::domain::stamp::Envelope;
use crate::store::error::StoreError;
use leptos::prelude::*;

/// What importing a file would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Preview {
    Customers(CustomerPreview),
    Products(ProductPreview),
}

pub use crate::archive::csv_file::FileProblem as ImportFileProblem;
pub use crate::archive::import::{BadRow, List as ImportList, RowProblem};

/// The largest file that is read at all, in bytes.
pub const LARGEST_FILE: usize = MAX_BYTES;

impl App {
    /// Judges a file's bytes. Nothing is written.
    pub fn preview_import(self, list: List, bytes: &[u8]) -> Result<Preview, FileProblem> {
        if bytes.len() > MAX_BYTES {
            return Err(FileProblem::TooLarge);
        }
        let text = std::str::from_utf8(bytes).map_err(|_| FileProblem::NotUtf8)?;
        self.book.with_untracked(|book| match list {
            List::Customers => import::customers(text, book).map(Preview::Customers),
            List::Products => import::products(text, book).map(Preview::Products),
        })
    }

    /// Writes what a preview showed, all or nothing.
    pub async fn import(self, preview: Preview) -> Result<(), StoreError> {
        let records = match preview {
            Preview::Customers(rows) => {
                let new = rows.new.into_iter().map(|fields| self.customer_record(None, fields));
                let changed = rows.changed.into_iter().map(|(id, fields)| self.customer_record(Some(id), fields));
                new.chain(changed).collect()
            }
            Preview::Products(rows) => {
                let new = rows.new.into_iter().map(|fields| self.product_record(None, fields));
                let changed = rows.changed.into_iter().map(|(id, fields)| self.product_record(Some(id), fields));
                new.chain(changed).collect()
            }
        };
        self.commit(Change { records, ..Change::default() }).await
    }

    fn customer_record(self, id: Option<CustomerId>, fields: CustomerFields) -> Record {
        let stamp = self.stamp();
        let old = id.and_then(|id| self.book.with_untracked(|book| book.customer(id).cloned()));
        Record::Customer(Customer {
            id: old.as_ref().map_or_else(|| CustomerId(clock::new_id()), |old| old.id),
            envelope: old.as_ref().map_or(Envelope::first(stamp), |old| old.envelope.next(stamp)),
            created_on: old.as_ref().map_or_else(clock::today, |old| old.created_on),
            fields,
        })
    }

    fn product_record(self, id: Option<ProductId>, fields: ProductFields) -> Record {
        let stamp = self.stamp();
        let old = id.and_then(|id| self.book.with_untracked(|book| book.product(id).cloned()));
        Record::Product(Product {
            id: old.as_ref().map_or_else(|| ProductId(clock::new_id()), |old| old.id),
            envelope: old.as_ref().map_or(Envelope::first(stamp), |old| old.envelope.next(stamp)),
            fields,
        })
    }
}
