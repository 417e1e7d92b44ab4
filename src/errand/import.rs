//! Importing: judged, shown, then written in one transaction with what it replaces kept beside it, and taken back with one tap.

use super::reading::ReadFile;
use super::{all_events, load, message};
use crate::archive::columns::ListKind;
use crate::archive::errand::{Answer, BAD_TOLD, Preview, Safety, Same, Step};
use crate::archive::judge::{self, BadRow, Judged, JudgedCustomers, JudgedProducts};
use crate::archive::judge_events::{self, JudgedEvents, Known};
use crate::archive::mapping::Mapping;
use crate::archive::record::{self, Kind, Row};
use crate::domain::book::{Book, Record};
use crate::domain::customer::{Customer, CustomerFields};
use crate::domain::events::Events;
use crate::domain::id::{CustomerId, ProductId};
use crate::domain::product::{Product, ProductFields};
use crate::domain::stamp::{Envelope, Stamp};
use crate::domain::summary::Summary;
use crate::state::clock::{self, Clock};
use crate::store::bulk::{Go, Written};
use crate::store::database::Store;
use crate::store::error::StoreError;
use std::cell::Cell;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What was judged and waits to be written.
pub enum Plan {
    Customers(JudgedCustomers),
    Products(JudgedProducts),
    Events(Box<JudgedEvents>),
}

/// Under this key the last import can be taken back.
const LAST: &str = "last-import";

/// Records named in a preview.
const SAMPLES: usize = 5;
/// Rows named that ask whether they are a record that is here.
const ASKED: usize = 50;

/// Judges what was read. Nothing is written.
pub async fn judge(store: &Store, file: &ReadFile, list: ListKind, mapping: &Mapping) -> Result<(Plan, Preview), StoreError> {
    let (book, clock) = load(store, None).await?;
    Ok(match list {
        ListKind::Customers => {
            let judged = judge::customers(&file.sheet, mapping, &book);
            let words = |fields: &CustomerFields| (fields.name.clone(), line([&fields.code, &fields.phone, &fields.area]));
            let preview = preview(&judged, |shop| shop.fields.name.clone(), words);
            (Plan::Customers(judged), preview)
        }
        ListKind::Products => {
            let judged = judge::products(&file.sheet, mapping, &book);
            let words = |fields: &ProductFields| (fields.name.clone(), line([&fields.code, &fields.barcode, &fields.unit]));
            let preview = preview(&judged, |product| product.fields.name.clone(), words);
            (Plan::Products(judged), preview)
        }
        ListKind::Orders | ListKind::Counts => {
            let events = all_events(store).await?.standing();
            let known = Known { book: &book, events: &events, today: clock::today() };
            let mut stamp = || clock.stamp();
            let judged = if list == ListKind::Orders {
                judge_events::orders(&file.sheet, mapping, &known, &mut stamp)
            } else {
                judge_events::counts(&file.sheet, mapping, &known, &mut stamp)
            };
            let events = judged.new.orders.len() + judged.new.visits.len();
            let preview = Preview {
                new: judged.rows,
                changed: judged.corrections,
                unchanged: judged.unchanged,
                events,
                samples: event_samples(&judged, &book),
                ..bad(&judged.bad)
            };
            (Plan::Events(Box::new(judged)), preview)
        }
    })
}

fn line<const N: usize>(parts: [&String; N]) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" · ")
}

fn bad(rows: &[BadRow]) -> Preview {
    Preview { bad: rows.iter().take(BAD_TOLD).cloned().collect(), bad_count: rows.len(), ..Preview::default() }
}

/// A list of records in figures; `words` are a record's name and its second line.
fn preview<R, F>(judged: &Judged<R, F>, name: impl Fn(&R) -> String, words: impl Fn(&F) -> (String, String)) -> Preview {
    let written = judged.new.iter().chain(judged.changed.iter().map(|(_, fields)| fields));
    Preview {
        new: judged.new.len(),
        changed: judged.changed.len(),
        unchanged: judged.unchanged,
        asked: judged.asked.iter().take(ASKED).map(|(known, fields)| (name(known), words(fields).1)).collect(),
        asked_count: judged.asked.len(),
        samples: written.take(SAMPLES).map(words).collect(),
        ..bad(&judged.bad)
    }
}

fn event_samples(judged: &JudgedEvents, book: &Book) -> Vec<(String, String)> {
    let name = |id: CustomerId| book.customer(id).map(|shop| shop.fields.name.clone()).unwrap_or_default();
    let orders =
        judged.new.orders.iter().map(|order| (name(order.customer), format!("{} · {} · {}", order.on, order.number, order.lines.len())));
    let visits = judged.new.visits.iter().map(|visit| (name(visit.customer), format!("{} · {}", visit.on, visit.lines.len())));
    orders.chain(visits).take(SAMPLES).collect()
}

/// Writes what was judged, all or nothing; what it replaces is kept in the same transaction.
pub async fn write(store: &Store, plan: Plan, same: Same, last: Option<Stamp>, stop: &Cell<bool>) -> Result<Answer, StoreError> {
    let (book, clock) = load(store, last).await?;
    let records = match plan {
        Plan::Customers(judged) => customers(judged, same, &clock),
        Plan::Products(judged) => products(judged, same, &clock),
        Plan::Events(judged) => events(store, *judged, &book, &clock).await?,
    };
    let rows = records.iter().map(record::encode).collect::<Result<Vec<Row>, _>>()?;
    drop(records);
    let safety = safety(store, &rows).await?;
    let all = rows.len();
    let watch = |behind: usize| {
        message::progress(Step::Writing, behind as u64, all as u64);
        if stop.get() { Go::Stop } else { Go::On }
    };
    let written = store.write_many(&rows, &[], Some((LAST, &safety)), watch).await?;
    Ok(match written {
        Written::All => Answer::Written { count: all },
        Written::Nothing => Answer::Stopped,
    })
}

fn customers(judged: JudgedCustomers, same: Same, clock: &Clock) -> Vec<Record> {
    let new = |fields: CustomerFields| {
        Record::Customer(Customer {
            id: CustomerId(clock::new_id()),
            envelope: Envelope::first(clock.stamp()),
            fields,
            created_on: clock::today(),
            range: Vec::new(),
            merged_into: None,
        })
    };
    let over = |(known, fields): (Arc<Customer>, CustomerFields)| {
        Record::Customer(Customer { fields, envelope: known.envelope.next(clock.stamp()), ..known.as_ref().clone() })
    };
    let asked: Vec<Record> = match same {
        Same::Update => judged.asked.into_iter().map(over).collect(),
        Same::Add => judged.asked.into_iter().map(|(_, fields)| new(CustomerFields { code: String::new(), ..fields })).collect(),
        Same::LeaveOut => Vec::new(),
    };
    judged.new.into_iter().map(new).chain(judged.changed.into_iter().map(over)).chain(asked).collect()
}

fn products(judged: JudgedProducts, same: Same, clock: &Clock) -> Vec<Record> {
    let new = |fields: ProductFields| {
        Record::Product(Product { id: ProductId(clock::new_id()), envelope: Envelope::first(clock.stamp()), fields })
    };
    let over = |(known, fields): (Arc<Product>, ProductFields)| {
        Record::Product(Product { fields, envelope: known.envelope.next(clock.stamp()), ..known.as_ref().clone() })
    };
    let asked: Vec<Record> = match same {
        Same::Update => judged.asked.into_iter().map(over).collect(),
        Same::Add => judged.asked.into_iter().map(|(_, fields)| new(ProductFields { code: String::new(), ..fields })).collect(),
        Same::LeaveOut => Vec::new(),
    };
    judged.new.into_iter().map(new).chain(judged.changed.into_iter().map(over)).chain(asked).collect()
}

/// The events and the summary of each shop they belong to.
async fn events(store: &Store, judged: JudgedEvents, book: &Book, clock: &Clock) -> Result<Vec<Record>, StoreError> {
    let mut records = Vec::new();
    let Events { mut visits, mut orders, .. } = judged.new;
    let touched: BTreeSet<CustomerId> =
        visits.iter().map(|visit| visit.customer).chain(orders.iter().map(|order| order.customer)).collect();
    for id in touched {
        let Some(shop) = book.customer(id) else { continue };
        let mut past = store.events(&book.event_ids(id)).await?.events;
        past.visits.extend(visits.iter().filter(|visit| visit.customer == id).cloned());
        past.orders.extend(orders.iter().filter(|order| order.customer == id).cloned());
        let old = book.summary(id).map(Arc::as_ref);
        records.push(Record::Summary(Summary::derive(shop, &past, old, clock.stamp())));
    }
    records.extend(visits.drain(..).map(Record::Visit));
    records.extend(orders.drain(..).map(Record::Order));
    Ok(records)
}

/// What is there now of what will be written, as text.
async fn safety(store: &Store, rows: &[Row]) -> Result<String, StoreError> {
    let mut safety = Safety { at: clock::now().to_string(), ..Safety::default() };
    for kind in Kind::ALL {
        let ids: Vec<String> = rows.iter().filter(|row| row.kind == kind).map(|row| row.id.clone()).collect();
        if ids.is_empty() {
            continue;
        }
        let here = if kind.is_event() { Vec::new() } else { store.bodies(kind, &ids).await? };
        let known: BTreeSet<&String> = here.iter().map(|(id, _)| id).collect();
        safety.added.extend(ids.iter().filter(|id| !known.contains(id)).map(|id| (kind_name(kind).to_owned(), id.clone())));
        for (id, body) in here {
            let revision = record::decode(kind, &body).map_or(0, |record| record.envelope().rev.saturating_add(1));
            safety.before.push((kind_name(kind).to_owned(), id, body, revision));
        }
    }
    serde_json::to_string(&safety).map_err(|error| StoreError::Broken(error.to_string()))
}

fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Customer => "customer",
        Kind::Product => "product",
        Kind::Summary => "summary",
        Kind::Settings => "settings",
        Kind::Visit => "visit",
        Kind::Order => "order",
        Kind::Delivery => "delivery",
        Kind::Dispatch => "dispatch",
    }
}

fn kind_of(name: &str) -> Option<Kind> {
    Kind::ALL.into_iter().find(|kind| kind_name(*kind) == name)
}

/// Takes the last import back: what it replaced returns, what it added goes, unless it was changed or used since.
pub async fn undo(store: &Store, last: Option<Stamp>) -> Result<Answer, StoreError> {
    let kept = store.kept(LAST).await?.into_iter().next();
    let Some(safety) = kept.and_then(|(_, body)| serde_json::from_str::<Safety>(&body).ok()) else { return Ok(Answer::NothingToUndo) };
    let (book, clock) = load(store, last).await?;
    let all = all_events(store).await?;
    let added: BTreeSet<(Kind, &str)> = safety.added.iter().filter_map(|(kind, id)| Some((kind_of(kind)?, id.as_str()))).collect();
    let is_added = |kind: Kind, id: &str| added.contains(&(kind, id));
    // Events that stay: whatever was not added by the import.
    let mut rest = all.clone();
    rest.visits.retain(|visit| !is_added(Kind::Visit, &visit.id.to_string()));
    rest.orders.retain(|order| !is_added(Kind::Order, &order.id.to_string()));
    let used_shops: BTreeSet<String> = rest
        .visits
        .iter()
        .map(|visit| visit.customer)
        .chain(rest.orders.iter().map(|order| order.customer))
        .map(|id| id.to_string())
        .collect();
    let used_products: BTreeSet<String> = rest
        .visits
        .iter()
        .flat_map(|visit| visit.products())
        .chain(rest.orders.iter().flat_map(|order| order.lines.iter().map(|line| line.product)))
        .map(|id| id.to_string())
        .collect();
    let mut kept = 0;
    let mut removed = Vec::new();
    for (kind, id) in &added {
        let is_used = match kind {
            Kind::Customer => used_shops.contains(*id) || book.customers().any(|shop| shop.id.to_string() == *id && shop.envelope.rev > 1),
            Kind::Product => {
                used_products.contains(*id) || book.products().any(|product| product.id.to_string() == *id && product.envelope.rev > 1)
            }
            // Written again below, for the events that stay.
            Kind::Summary => false,
            _ => false,
        };
        if is_used { kept += 1 } else { removed.push((*kind, (*id).to_owned())) }
    }
    let mut rows = Vec::new();
    for (kind, id, body, revision) in &safety.before {
        let Some(kind) = kind_of(kind).filter(|kind| *kind != Kind::Summary) else { continue };
        let now = store.bodies(kind, std::slice::from_ref(id)).await?;
        let is_untouched =
            now.first().and_then(|(_, body)| record::decode(kind, body).ok()).is_some_and(|record| record.envelope().rev == *revision);
        if is_untouched {
            rows.push(Row { kind, id: id.clone(), customer: None, day: None, unsent: false, body: body.clone() });
        } else {
            kept += 1;
        }
    }
    let restored = rows.len();
    let touched: BTreeSet<CustomerId> = all
        .visits
        .iter()
        .filter(|visit| is_added(Kind::Visit, &visit.id.to_string()))
        .map(|visit| visit.customer)
        .chain(all.orders.iter().filter(|order| is_added(Kind::Order, &order.id.to_string())).map(|order| order.customer))
        .collect();
    for id in touched {
        let Some(shop) = book.customer(id) else { continue };
        let ids = book.event_ids(id);
        let past = Events {
            visits: rest.visits.iter().filter(|visit| ids.contains(&visit.customer)).cloned().collect(),
            orders: rest.orders.iter().filter(|order| ids.contains(&order.customer)).cloned().collect(),
            deliveries: rest.deliveries.iter().filter(|delivery| ids.contains(&delivery.customer)).cloned().collect(),
        };
        removed.retain(|(kind, known)| *kind != Kind::Summary || *known != id.to_string());
        let old = book.summary(id).map(Arc::as_ref);
        rows.push(record::encode(&Record::Summary(Summary::derive(shop, &past, old, clock.stamp())))?);
    }
    store.write_many(&rows, &removed, None, |_| Go::On).await?;
    store.forget_kept(LAST).await?;
    let gone = removed.iter().filter(|(kind, _)| *kind != Kind::Summary).count();
    Ok(Answer::Undone { restored, removed: gone, kept })
}
