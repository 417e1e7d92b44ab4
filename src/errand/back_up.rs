//! Making files for safe keeping: everything as one moment had it, one shop to hand over, tables for people without the app.

use super::file::{Pieces, hash, size};
use super::{all_events, load, message, own_book};
use crate::archive::backup::{Export, Header, Place, Scope, VERSION};
use crate::archive::columns::ListKind;
use crate::archive::errand::{Answer, Made, Step};
use crate::archive::export;
use crate::archive::record::{self, Kind};
use crate::archive::tables;
use crate::domain::backup::BackedUp;
use crate::domain::book::Record;
use crate::domain::id::{CustomerId, ProductId};
use crate::domain::stamp::Stamp;
use crate::state::clock;
use crate::store::bulk::Go;
use crate::store::database::Store;
use crate::store::error::StoreError;
use chrono::Timelike;
use std::cell::Cell;
use std::collections::BTreeSet;
use web_sys::Blob;

/// What a file is made of, and how it ended.
pub type File = (Answer, Option<Blob>);

/// Everything in the database.
pub async fn everything(store: &Store, stop: &Cell<bool>) -> Result<File, StoreError> {
    let (_, clock) = load(store, None).await?;
    let pieces = Pieces::default();
    let mut export = Export::new(|piece: String| pieces.add(piece.as_bytes()));
    let session = store.look().await?;
    let all = session.count().await?;
    let mut behind = 0_u64;
    let walked = session
        .walk(|place, id, body| {
            export.take(place, id, body);
            behind += 1;
            if behind.is_multiple_of(1000) {
                message::progress(Step::Making, behind, all);
            }
            Ok(if stop.get() { Go::Stop } else { Go::On })
        })
        .await?;
    if walked == Go::Stop {
        return Ok((Answer::Stopped, None));
    }
    let (counts, newest) = export.finish();
    let header = header(clock.device().to_string(), Scope::Everything, counts);
    let name = format!("shelfwise-backup-{}.json", moment());
    seal(pieces, header, name, Some(newest)).await
}

/// One shop with everything that happened there and the products it names.
pub async fn shop(store: &Store, id: CustomerId) -> Result<File, StoreError> {
    let (book, clock) = load(store, None).await?;
    let ids = book.event_ids(id);
    let events = store.events(&ids).await?.events;
    let orders: Vec<String> = events.orders.iter().map(|order| order.id.to_string()).collect();
    let ways = store.bodies(Kind::Dispatch, &orders).await?;
    let mut products: BTreeSet<ProductId> =
        ids.iter().filter_map(|id| book.customer(*id)).flat_map(|shop| shop.range.iter().copied()).collect();
    products.extend(events.visits.iter().flat_map(|visit| visit.products()));
    products.extend(events.orders.iter().flat_map(|order| order.lines.iter().map(|line| line.product)));
    let mut rows = Vec::new();
    let mut add = |record: Record| -> Result<(), StoreError> {
        let row = record::encode(&record)?;
        rows.push((Place::of(row.kind), row.id, row.body));
        Ok(())
    };
    for shop in ids.iter().filter_map(|id| book.customer(*id)) {
        add(Record::Customer(shop.as_ref().clone()))?;
    }
    for product in products.iter().filter_map(|id| book.product(*id)) {
        add(Record::Product(product.as_ref().clone()))?;
    }
    for summary in ids.iter().filter_map(|id| book.summary(*id)) {
        add(Record::Summary(summary.as_ref().clone()))?;
    }
    for visit in events.visits {
        add(Record::Visit(visit))?;
    }
    for order in events.orders {
        add(Record::Order(order))?;
    }
    for delivery in events.deliveries {
        add(Record::Delivery(delivery))?;
    }
    rows.extend(ways.into_iter().map(|(id, body)| (Place::Dispatches, id, body)));
    rows.sort_unstable();
    let pieces = Pieces::default();
    let mut export = Export::new(|piece: String| pieces.add(piece.as_bytes()));
    for (place, id, body) in &rows {
        export.take(*place, id, body);
    }
    let (counts, _) = export.finish();
    let header = header(clock.device().to_string(), Scope::Customer, counts);
    let name = book.customer(id).map(|shop| plain(&shop.fields.name)).unwrap_or_default();
    seal(pieces, header, format!("shelfwise-{name}-{}.json", clock::today()), None).await
}

fn header(device: String, scope: Scope, counts: crate::archive::backup::Counts) -> Header {
    Header {
        version: VERSION,
        app_version: env!("CARGO_PKG_VERSION").to_owned(),
        device,
        exported_at: clock::now_with_offset(),
        scope,
        counts,
        sha256: String::new(),
    }
}

/// Puts the header with its hash before the data.
async fn seal(pieces: Pieces, header: Header, name: String, newest: Option<Option<Stamp>>) -> Result<File, StoreError> {
    let data = pieces.into_blob("")?;
    let header = Header { sha256: hash(&data, 0, size(&data)).await?, ..header };
    let whole = Pieces::default();
    whole.add(header.opening().as_bytes());
    whole.add_blob(&data);
    whole.add(b"}\n");
    let blob = whole.into_blob("application/json")?;
    let backed_up = newest.map(|newest| BackedUp { at: clock::now(), newest });
    Ok((Answer::File(Made { name, bytes: size(&blob), backed_up }), Some(blob)))
}

/// Date and time as a file name has them.
fn moment() -> String {
    let now = clock::now();
    format!("{}-{:02}{:02}", now.date(), now.hour(), now.minute())
}

/// A name as a file name may have it.
fn plain(name: &str) -> String {
    let kept: String = name.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).take(40).collect();
    kept.trim_matches('-').to_owned()
}

/// A list as a CSV file. The demonstration is left out: it is not the rep's.
pub async fn list(store: &Store, list: ListKind, chinese: bool) -> Result<File, StoreError> {
    let (all, _) = load(store, None).await?;
    let (word, text) = match list {
        ListKind::Customers => ("customers", export::customers(&own_book(&all), chinese)),
        ListKind::Products => ("products", export::products(&own_book(&all), chinese)),
        // A real visit to a demo shop still names it.
        ListKind::Orders => ("orders", export::orders(&all, &all_events(store).await?.own(), chinese)),
        ListKind::Counts => ("counts", export::counts(&all, &all_events(store).await?.own(), chinese)),
    };
    let name = format!("shelfwise-{word}-{}.csv", clock::today());
    file(name, text.as_bytes(), "text/csv;charset=utf-8")
}

/// Everything as tables in a zip.
pub async fn tables(store: &Store, chinese: bool) -> Result<File, StoreError> {
    let (all, _) = load(store, None).await?;
    let events = all_events(store).await?.own();
    let bytes =
        tables::zip(&own_book(&all), &all, &events, clock::now(), chinese).map_err(|error| StoreError::Broken(error.to_string()))?;
    file(format!("shelfwise-tables-{}.zip", clock::today()), &bytes, "application/zip")
}

fn file(name: String, bytes: &[u8], kind: &str) -> Result<File, StoreError> {
    let pieces = Pieces::default();
    pieces.add(bytes);
    let blob = pieces.into_blob(kind)?;
    Ok((Answer::File(Made { name, bytes: size(&blob), backed_up: None }), Some(blob)))
}
