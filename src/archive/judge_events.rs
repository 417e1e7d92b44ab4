//! Past orders and counts from a file. Rows of one shop and day (and order number) become one event, whose id is made of what it
//! says: the same file again finds every event there, and a row that changed becomes a correction.

use super::cells;
use super::columns::{COUNT, ORDER};
use super::dates;
use super::judge::{BadRow, Cells, Reader, RowProblem, index, name_key};
use super::mapping::Mapping;
use super::sheet::Sheet;
use super::sound::LINES_MAX;
use crate::domain::book::Book;
use crate::domain::count::Count;
use crate::domain::customer::Customer;
use crate::domain::events::Events;
use crate::domain::factor::Factor;
use crate::domain::id::{CustomerId, OrderId, ProductId, VisitId};
use crate::domain::money::Prices;
use crate::domain::order::{Channel, Order, OrderLine};
use crate::domain::product::Product;
use crate::domain::quantity::{Packed, Units};
use crate::domain::stamp::{Envelope, Stamp};
use crate::domain::typed;
use crate::domain::visit::{Agreed, Outcome, Visit, VisitLine};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use uuid::Uuid;

/// What importing would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JudgedEvents {
    pub new: Events,
    /// Events among the new that put right what an earlier import wrote.
    pub corrections: usize,
    /// Rows of new events.
    pub rows: usize,
    /// Rows that are here already, exactly so.
    pub unchanged: usize,
    pub bad: Vec<BadRow>,
}

/// What is here already.
pub struct Known<'a> {
    pub book: &'a Book,
    /// Standing events of every shop.
    pub events: &'a Events,
    pub today: NaiveDate,
}

/// The name space of events from files: ids are made within it.
const SPACE: Uuid = Uuid::from_u128(0x5e1f_0000_6f72_8d65_8273_0000_0000_0001);

/// Judges past orders. A negative quantity went back.
pub fn orders(sheet: &Sheet, mapping: &Mapping, known: &Known<'_>, stamp: &mut dyn FnMut() -> Stamp) -> JudgedEvents {
    let names = Names::of(known.book);
    let reader = Reader { columns: ORDER, mapping };
    let mut judged = JudgedEvents::default();
    let mut groups: BTreeMap<(String, NaiveDate, CustomerId), Vec<(OrderLine, BadRow)>> = BTreeMap::new();
    for row in sheet.rows() {
        let cells = reader.of(row);
        match order_row(cells, &names, known) {
            Ok((key, line)) => {
                let named = cells.cell("customer").unwrap_or_default();
                let group = groups.entry(key).or_default();
                match room(group.len()) {
                    Ok(()) => group.push((line, BadRow::new(row.line, named, RowProblem::TakenInApp))),
                    Err(problem) => judged.bad.push(BadRow::new(row.line, named, problem)),
                }
            }
            Err(problem) => judged.bad.push(BadRow::new(row.line, cells.cell("customer").unwrap_or_default(), problem)),
        }
    }
    let here: BTreeMap<(&str, NaiveDate, CustomerId), &Order> =
        known.events.orders.iter().map(|order| ((order.number.as_str(), order.on, order.customer), order)).collect();
    for ((number, on, customer), lines) in groups {
        let old = here.get(&(number.as_str(), on, customer)).copied();
        let (lines, rows): (Vec<OrderLine>, Vec<BadRow>) = lines.into_iter().unzip();
        match old {
            Some(old) if old.lines == lines || (old.channel != Channel::Import && goods(&old.lines) == goods(&lines)) => {
                judged.unchanged += lines.len();
                continue;
            }
            // What a rep took is put right in the app, not by a file.
            Some(old) if old.channel != Channel::Import => {
                judged.bad.extend(rows);
                continue;
            }
            _ => {}
        }
        let said =
            lines.iter().map(|line| format!("{}/{}/{}/{:?}", line.product, line.net(), line.free.0, line.amount)).collect::<Vec<_>>();
        let id = OrderId(Uuid::new_v5(&SPACE, format!("order\u{1}{number}\u{1}{on}\u{1}{customer}\u{1}{}", said.join("\u{1}")).as_bytes()));
        judged.rows += lines.len();
        judged.corrections += usize::from(old.is_some());
        judged.new.orders.push(Order {
            id,
            envelope: Envelope::first(stamp()),
            customer,
            number,
            visit: None,
            channel: Channel::Import,
            on,
            taken: on.and_time(chrono::NaiveTime::MIN),
            expected_on: on,
            corrects: old.map(|old| old.id),
            lines,
        });
    }
    judged
}

/// What moved, by product: an order of the app reads back the same whatever its prices were.
fn goods(lines: &[OrderLine]) -> Vec<(ProductId, i64, i64)> {
    let moved = lines.iter().filter(|line| !line.is_empty());
    let mut goods: Vec<_> = moved.map(|line| (line.product, line.units().0 - line.returned.0, line.free.0)).collect();
    goods.sort_unstable();
    goods
}

fn order_row(row: Cells<'_>, names: &Names, known: &Known<'_>) -> Result<((String, NaiveDate, CustomerId), OrderLine), RowProblem> {
    let on = date(row, known.today)?;
    let customer = names.customer(row, known.book)?;
    let product = names.product(row, known.book)?;
    let read = |key: &str| row.cell(key).map_or(Ok(None), cells::signed_units).map_err(|problem| RowProblem::Cell(key.to_owned(), problem));
    let (quantity, cases, free) = (read("quantity")?, read("cases")?, read("free")?);
    let size = product.fields.size;
    let units =
        quantity.unwrap_or(0).checked_add(cases.unwrap_or(0).checked_mul(size.units()).ok_or_else(too_large)?).ok_or_else(too_large)?;
    if (quantity.is_none() && cases.is_none() && free.is_none()) || units.abs() > Units::MAX.0 {
        return Err(RowProblem::Cell(
            "quantity".to_owned(),
            if units == 0 { cells::CellProblem::Empty } else { cells::CellProblem::TooLarge },
        ));
    }
    let price = row.cell("price").map_or(Ok(None), typed::price).map_err(|problem| RowProblem::Cell("price".to_owned(), problem.into()))?;
    let prices = price.map_or(product.fields.prices, |unit| Prices { unit: Some(unit), case: None });
    let packed = size.split(Units(units.abs()));
    let amount = prices.amount(packed, size);
    let is_return = units < 0;
    let line = OrderLine {
        product: product.id,
        quantity: if is_return { Packed::default() } else { packed },
        free: Units(free.unwrap_or(0).clamp(0, Units::MAX.0)),
        returned: if is_return { Units(-units) } else { Units::ZERO },
        size,
        prices,
        list: None,
        amount: if is_return { amount.map(|amount| crate::domain::money::Money(-amount.0)) } else { amount },
        suggested: None,
        reason: None,
        deal: None,
        note: String::new(),
    };
    let number = row.cell("order").unwrap_or_default().trim().chars().take(crate::domain::text::SHORT_MAX).collect();
    Ok(((number, on, customer.id), line))
}

/// Whether an event of so many lines takes one more: what is written has to be read back.
fn room(lines: usize) -> Result<(), RowProblem> {
    if lines < LINES_MAX { Ok(()) } else { Err(too_large()) }
}

fn too_large() -> RowProblem {
    RowProblem::Cell("quantity".to_owned(), cells::CellProblem::TooLarge)
}

/// Judges past counts: each shop and day is a visit.
pub fn counts(sheet: &Sheet, mapping: &Mapping, known: &Known<'_>, stamp: &mut dyn FnMut() -> Stamp) -> JudgedEvents {
    let names = Names::of(known.book);
    let reader = Reader { columns: COUNT, mapping };
    let mut judged = JudgedEvents::default();
    let mut groups: BTreeMap<(NaiveDate, CustomerId), Vec<(VisitLine, BadRow)>> = BTreeMap::new();
    for row in sheet.rows() {
        let cells = reader.of(row);
        let named = cells.cell("customer").unwrap_or_default();
        match count_row(cells, &names, known) {
            Ok((key, line)) => {
                let group = groups.entry(key).or_default();
                match room(group.len()) {
                    Ok(()) => group.push((line, BadRow::new(row.line, named, RowProblem::AlreadyCounted))),
                    Err(problem) => judged.bad.push(BadRow::new(row.line, named, problem)),
                }
            }
            Err(problem) => judged.bad.push(BadRow::new(row.line, named, problem)),
        }
    }
    let here: BTreeMap<VisitId, &Visit> = known.events.visits.iter().map(|visit| (visit.id, visit)).collect();
    let mut counted: BTreeMap<(NaiveDate, CustomerId), BTreeMap<ProductId, Vec<Count>>> = BTreeMap::new();
    for visit in known.events.visits.iter().filter(|visit| !visit.lines.is_empty()) {
        let here = counted.entry((visit.on, visit.customer)).or_default();
        for line in &visit.lines {
            let counts = here.entry(line.product).or_default();
            if !counts.contains(&line.count) {
                counts.push(line.count);
            }
        }
    }
    for ((on, customer), lines) in groups {
        let said = lines.iter().map(|(line, _)| format!("{}/{:?}", line.product, line.count)).collect::<Vec<_>>();
        let id = VisitId(Uuid::new_v5(&SPACE, format!("visit\u{1}{on}\u{1}{customer}\u{1}{}", said.join("\u{1}")).as_bytes()));
        if here.contains_key(&id) {
            judged.unchanged += lines.len();
        } else if let Some(here) = counted.get(&(on, customer)) {
            for (line, bad) in lines {
                match here.get(&line.product).is_some_and(|counts| counts.contains(&line.count)) {
                    true => judged.unchanged += 1,
                    false => judged.bad.push(bad),
                }
            }
        } else {
            judged.rows += lines.len();
            let lines: Vec<VisitLine> = lines.into_iter().map(|(line, _)| line).collect();
            let midnight = on.and_time(chrono::NaiveTime::MIN);
            judged.new.visits.push(Visit {
                id,
                envelope: Envelope::first(stamp()),
                customer,
                on,
                started: midnight,
                finished: midnight,
                spent: 0,
                outcome: Outcome::Made,
                corrects: None,
                factor: Factor::RULE,
                terms: None,
                notes: Vec::new(),
                closed_days: 0,
                range: u32::try_from(lines.len()).unwrap_or(u32::MAX),
                lines,
                order: None,
                shelf: BTreeSet::new(),
                work: Vec::new(),
                taught: BTreeSet::new(),
                agreed: Agreed::default(),
            });
        }
    }
    judged
}

fn count_row(row: Cells<'_>, names: &Names, known: &Known<'_>) -> Result<((NaiveDate, CustomerId), VisitLine), RowProblem> {
    let on = date(row, known.today)?;
    let customer = names.customer(row, known.book)?;
    let product = names.product(row, known.book)?;
    let read = |key: &str| {
        let units = row.cell(key).map_or(Ok(None), typed::units);
        units.map(|units| units.map(|units| units.0)).map_err(|problem| RowProblem::Cell(key.to_owned(), problem.into()))
    };
    let (front, cases, loose, total) = (read("front")?, read("back_cases")?, read("back_loose")?, read("quantity")?);
    // A total alone stands in the front: where it lay, nobody knows any more.
    let front = match (front, total) {
        (Some(front), _) => front,
        (None, Some(total)) if cases.is_none() && loose.is_none() => total,
        (None, _) if cases.is_some() || loose.is_some() => 0,
        _ => return Err(RowProblem::Cell("quantity".to_owned(), cells::CellProblem::Empty)),
    };
    let size = product.fields.size;
    let count = Count { front: Units(front), back: Packed { cases: cases.unwrap_or(0), loose: loose.unwrap_or(0) } };
    count.current(size).ok_or_else(too_large)?;
    Ok(((on, customer.id), VisitLine { product: product.id, count, size, basis: None, lots: Vec::new(), terms: None }))
}

fn date(row: Cells<'_>, today: NaiveDate) -> Result<NaiveDate, RowProblem> {
    let on = dates::date(row.cell("date").unwrap_or_default()).map_err(|problem| RowProblem::Cell("date".to_owned(), problem))?;
    if on > today { Err(RowProblem::InTheFuture) } else { Ok(on) }
}

/// Shops and products by name, for files that have no codes.
struct Names {
    customers: BTreeMap<String, Vec<Arc<Customer>>>,
    products: BTreeMap<String, Vec<Arc<Product>>>,
    barcodes: BTreeMap<String, Vec<Arc<Product>>>,
}

impl Names {
    fn of(book: &Book) -> Names {
        Names {
            customers: index(book.customers().filter(|shop| shop.merged_into.is_none()), |shop| name_key(&shop.fields.name)),
            products: index(book.products(), |product| name_key(&product.fields.name)),
            barcodes: index(book.products(), |product| product.fields.barcode.clone()),
        }
    }

    fn customer(&self, row: Cells<'_>, book: &Book) -> Result<Arc<Customer>, RowProblem> {
        let written = row.cell("customer").unwrap_or_default().trim();
        if written.is_empty() {
            return Err(RowProblem::Cell("customer".to_owned(), cells::CellProblem::Empty));
        }
        let found = match book.customer_by_code(written) {
            Some(shop) => Ok(Arc::clone(shop)),
            None => only(self.customers.get(&name_key(written)), written, RowProblem::UnknownCustomer),
        }?;
        // A shop that was found to be another: its history is that one's.
        let into = found.merged_into.and_then(|into| book.customer(into)).cloned();
        Ok(into.unwrap_or(found))
    }

    fn product(&self, row: Cells<'_>, book: &Book) -> Result<Arc<Product>, RowProblem> {
        let written = row.cell("product").unwrap_or_default().trim();
        if written.is_empty() {
            return Err(RowProblem::Cell("product".to_owned(), cells::CellProblem::Empty));
        }
        match (book.product_by_code(written), self.barcodes.get(written)) {
            (Some(product), _) => Ok(Arc::clone(product)),
            (None, Some(found)) => only(Some(found), written, RowProblem::UnknownProduct),
            (None, None) => only(self.products.get(&name_key(written)), written, RowProblem::UnknownProduct),
        }
    }
}

fn only<T>(found: Option<&Vec<Arc<T>>>, written: &str, unknown: fn(String) -> RowProblem) -> Result<Arc<T>, RowProblem> {
    let written = || written.chars().take(40).collect::<String>();
    match found.map(Vec::as_slice) {
        Some([one]) => Ok(Arc::clone(one)),
        Some([_, ..]) => Err(RowProblem::SeveralNamed(written())),
        _ => Err(unknown(written())),
    }
}
