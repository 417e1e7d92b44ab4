//! A list as a file. The demonstration is left out: it is not the rep's.

use super::{all_events, load};
use crate::archive::columns::ListKind;
use crate::archive::errand::Answer;
use crate::archive::export;
use crate::domain::book::{Book, Record};
use crate::state::clock;
use crate::store::database::Store;
use crate::store::error::StoreError;

pub async fn export(store: &Store, list: ListKind, chinese: bool) -> Result<Answer, StoreError> {
    let (all, _) = load(store, None).await?;
    let mut book = Book::default();
    let own_shops = all.customers().filter(|shop| !shop.envelope.demo).map(|shop| Record::Customer(shop.as_ref().clone()));
    let own_products = all.products().filter(|product| !product.envelope.demo).map(|product| Record::Product(product.as_ref().clone()));
    book.apply(own_shops.chain(own_products));
    let (word, text) = match list {
        ListKind::Customers => ("customers", export::customers(&book, chinese)),
        ListKind::Products => ("products", export::products(&book, chinese)),
        ListKind::Orders | ListKind::Counts => {
            let mut events = all_events(store).await?.standing();
            events.orders.retain(|order| !order.envelope.demo);
            events.visits.retain(|visit| !visit.envelope.demo);
            // A real visit to a demo shop still names it.
            if list == ListKind::Orders {
                ("orders", export::orders(&all, &events, chinese))
            } else {
                ("counts", export::counts(&all, &events, chinese))
            }
        }
    };
    Ok(Answer::Exported { name: format!("shelfwise-{word}-{}.csv", clock::today()), text })
}
