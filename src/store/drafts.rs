//! Drafts in the database: not flushed each time, numbered so that one that was lost is noticed.

use super::connection::{Durability, end_of, ended};
use super::database::{Store, js_text, text};
use super::error::StoreError;
use super::layout::{DRAFTS, META};
use super::mark::TURN;
use super::settled::apart;
use idb::{Query, Transaction, TransactionMode};
use wasm_bindgen::JsValue;

impl Store {
    /// A write has gone through. One that was refused does not count: a copy must not seem newer than the database.
    fn took_turn(&self, turn: u64, written: Result<(), StoreError>) -> Result<(), StoreError> {
        if written.is_ok() {
            self.set_turns(self.turns().0, turn);
        }
        written
    }

    /// Keeps a draft of a page that is about to go: all is asked in one breath, for nothing is heard any more. The tab was in sight a
    /// moment ago, so nobody has taken over.
    pub async fn put_last_draft(&self, key: &str, body: &str) -> Result<(), StoreError> {
        let turn = self.next_turn();
        let written = apart(async move {
            let raw = self.transaction(&[DRAFTS, META], TransactionMode::ReadWrite, Durability::Relaxed).await?;
            let transaction = Transaction::from(raw.clone());
            let over = end_of(&raw);
            drop(transaction.object_store(DRAFTS)?.put(&js_text(key, body), None)?);
            drop(transaction.object_store(META)?.put(&js_text(TURN, &turn.to_string()), None)?);
            transaction.commit()?;
            ended(&raw, over).await
        })
        .await;
        self.took_turn(turn, written)
    }

    /// Keeps a draft under `key`.
    pub async fn put_draft(&self, key: &str, body: &str) -> Result<(), StoreError> {
        let turn = self.next_turn();
        let written = self
            .write_again(&[DRAFTS], Durability::Relaxed, |transaction| {
                drop(transaction.object_store(DRAFTS)?.put(&js_text(key, body), None)?);
                drop(transaction.object_store(META)?.put(&js_text(TURN, &turn.to_string()), None)?);
                Ok(())
            })
            .await;
        self.took_turn(turn, written)
    }

    /// Forgets a draft.
    pub async fn delete_draft(&self, key: &str) -> Result<(), StoreError> {
        let turn = self.next_turn();
        let written = self
            .write_again(&[DRAFTS], Durability::Relaxed, |transaction| {
                drop(transaction.object_store(DRAFTS)?.delete(JsValue::from_str(key))?);
                drop(transaction.object_store(META)?.put(&js_text(TURN, &turn.to_string()), None)?);
                Ok(())
            })
            .await;
        self.took_turn(turn, written)
    }

    /// The draft under `key`, as another tab may have written it.
    pub async fn draft(&self, key: &str) -> Result<Option<String>, StoreError> {
        apart(async move {
            let transaction = Transaction::from(self.transaction(&[DRAFTS], TransactionMode::ReadOnly, Durability::Relaxed).await?);
            let row = transaction.object_store(DRAFTS)?.get(Query::from(JsValue::from_str(key)))?.await?;
            Ok(row.and_then(|row| text(&row, "body")))
        })
        .await
    }
}
