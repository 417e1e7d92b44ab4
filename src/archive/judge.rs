//! Lists of shops and products from a file: read whole, judged row by row, shown before anything is written. A row is the record with
//! its code; without a code the one with its name and phone, and then it asks. A column that the file does not have leaves its field
//! as it is.

use super::cells::{self, CellProblem};
use super::columns::{CUSTOMER, PRODUCT};
use super::mapping::{Column, Mapping};
use super::sheet::{Row, Sheet};
use crate::domain::book::Book;
use crate::domain::customer::{Customer, CustomerDraft, CustomerField, CustomerFields, FieldProblem};
use crate::domain::product::{Months, Product, ProductDraft, ProductField, ProductFields, ShelfLife};
use crate::domain::search::fold;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What importing would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged<Record, Fields> {
    pub new: Vec<Fields>,
    pub changed: Vec<(Arc<Record>, Fields)>,
    /// Rows without a code that look like a record that is here: the person says.
    pub asked: Vec<(Arc<Record>, Fields)>,
    /// Rows that are here already, exactly so.
    pub unchanged: usize,
    pub bad: Vec<BadRow>,
}

pub type JudgedCustomers = Judged<Customer, CustomerFields>;
pub type JudgedProducts = Judged<Product, ProductFields>;

/// A row that will not be imported and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BadRow {
    /// Line in the file, from 1.
    pub line: u64,
    /// What the row is about, shortened.
    pub name: String,
    pub problem: RowProblem,
}

impl BadRow {
    pub fn new(line: u64, name: &str, problem: RowProblem) -> BadRow {
        BadRow { line, name: name.chars().filter(|c| !c.is_control()).take(40).collect(), problem }
    }
}

/// Why a row will not be imported. A column goes by its key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RowProblem {
    Field(String, FieldProblem),
    Cell(String, CellProblem),
    /// An earlier line of the file is the same record.
    SameAsLine(u64),
    /// No shop has this code or name.
    UnknownCustomer(String),
    /// No product has this code, barcode or name.
    UnknownProduct(String),
    /// Several records have this name.
    SeveralNamed(String),
    /// Dated after today.
    InTheFuture,
    /// The shop was counted otherwise on that day.
    AlreadyCounted,
    /// The order was taken in the app, otherwise.
    TakenInApp,
}

/// Judges a list of shops.
pub fn customers(sheet: &Sheet, mapping: &Mapping, book: &Book) -> JudgedCustomers {
    let by_name = index(book.customers().filter(|shop| shop.merged_into.is_none()), |shop| name_key(&shop.fields.name));
    let judge = Judge {
        reader: Reader { columns: CUSTOMER, mapping },
        by_code: |code: &str| book.customer_by_code(code).cloned(),
        alike: |fields: &CustomerFields| {
            let named = by_name.get(&name_key(&fields.name)).map_or(&[][..], Vec::as_slice);
            let digits = |phone: &str| phone.chars().filter(char::is_ascii_digit).collect::<String>();
            let fits = |shop: &&Arc<Customer>| {
                let (known, read) = (digits(&shop.fields.phone), digits(&fields.phone));
                known.is_empty() || read.is_empty() || known == read
            };
            named.iter().find(fits).cloned()
        },
        read: |known: Option<&Arc<Customer>>, row: Cells<'_>| {
            let mut draft = known.map_or_else(CustomerDraft::default, |shop| CustomerDraft::from(&shop.fields));
            let texts = [
                ("name", &mut draft.name),
                ("code", &mut draft.code),
                ("area", &mut draft.area),
                ("address", &mut draft.address),
                ("phone", &mut draft.phone),
                ("contact", &mut draft.contact),
                ("salutation", &mut draft.salutation),
                ("opening_hours", &mut draft.opening_hours),
                ("note", &mut draft.note),
            ];
            row.texts(texts);
            row.set("class", cells::class, |class| draft.class = class)?;
            row.set("route_day", cells::weekday, |day| draft.route_day = day)?;
            row.set("cycle", cells::days, |days| draft.cycle = days.map_or_else(String::new, |days| days.to_string()))?;
            row.set("lead_days", cells::days, |days| draft.lead_days = days.map_or_else(String::new, |days| days.to_string()))?;
            row.set("back_stock", cells::yes_no, |has| draft.has_back_stock = has.unwrap_or(true))?;
            row.set("status", cells::status, |status| draft.archived = status == Some(cells::Status::Archived))?;
            draft.check(|_| false).map_err(|problems| first(&problems, customer_key))
        },
    };
    judge.rows(sheet, |shop: &Customer| &shop.fields, |fields| &fields.code, |fields| fields.name.clone() + "\u{1}" + &fields.phone)
}

/// Judges a list of products.
pub fn products(sheet: &Sheet, mapping: &Mapping, book: &Book) -> JudgedProducts {
    let by_name = index(book.products(), |product| name_key(&product.fields.name));
    let by_barcode = index(book.products(), |product| product.fields.barcode.clone());
    let judge = Judge {
        reader: Reader { columns: PRODUCT, mapping },
        by_code: |code: &str| book.product_by_code(code).cloned(),
        alike: |fields: &ProductFields| {
            let scanned = Some(&fields.barcode).filter(|barcode| !barcode.is_empty()).and_then(|barcode| by_barcode.get(barcode));
            scanned.or_else(|| by_name.get(&name_key(&fields.name))).and_then(|found| found.first()).cloned()
        },
        read: |known: Option<&Arc<Product>>, row: Cells<'_>| {
            let mut draft = known.map_or_else(ProductDraft::default, |product| ProductDraft::from(&product.fields));
            let texts = [
                ("name", &mut draft.name),
                ("code", &mut draft.code),
                ("barcode", &mut draft.barcode),
                ("other_name", &mut draft.other_name),
                ("unit", &mut draft.unit),
                ("case", &mut draft.case),
                ("unit_price", &mut draft.unit_price),
                ("case_price", &mut draft.case_price),
                ("minimum_order", &mut draft.minimum_order),
                ("front_capacity", &mut draft.front_capacity),
                ("display_order", &mut draft.display_order),
            ];
            row.texts(texts);
            row.set("size", cells::case_size, |size| draft.size = size.map_or_else(String::new, |size| size.units().to_string()))?;
            row.set("shelf_life", cells::shelf_life, |life| {
                (draft.shelf_life, draft.life_in_months) = match life {
                    None => (String::new(), Months::No),
                    Some(ShelfLife::Days(days)) => (days.to_string(), Months::No),
                    Some(ShelfLife::Months(months)) => (months.to_string(), Months::Yes),
                };
            })?;
            row.set("status", cells::status, |status| draft.archived = status == Some(cells::Status::Archived))?;
            draft.check(|_| false).map_err(|problems| first(&problems, product_key))
        },
    };
    judge.rows(sheet, |product: &Product| &product.fields, |fields| &fields.code, |fields| fields.name.clone() + "\u{1}" + &fields.barcode)
}

/// A name as it is compared: case, width and blanks do not matter.
pub(super) fn name_key(name: &str) -> String {
    fold(name).split_whitespace().collect()
}

/// Records by a key, in the order they were entered. An empty key finds nothing.
pub(super) fn index<'a, T: 'a>(records: impl Iterator<Item = &'a Arc<T>>, key: impl Fn(&T) -> String) -> BTreeMap<String, Vec<Arc<T>>> {
    let mut found: BTreeMap<String, Vec<Arc<T>>> = BTreeMap::new();
    for record in records {
        let key = key(record);
        if !key.is_empty() {
            found.entry(key).or_default().push(Arc::clone(record));
        }
    }
    found
}

/// Which cell of a row holds a field.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub columns: &'static [Column],
    pub mapping: &'a Mapping,
}

/// A row by the keys of its columns.
#[derive(Clone, Copy)]
pub(super) struct Cells<'a> {
    reader: Reader<'a>,
    row: Row<'a>,
}

impl<'a> Reader<'a> {
    pub(super) fn of(self, row: Row<'a>) -> Cells<'a> {
        Cells { reader: self, row }
    }
}

impl<'a> Cells<'a> {
    /// The cell of a field; `None` where the file has no such column.
    pub(super) fn cell(self, key: &str) -> Option<&'a str> {
        self.reader.mapping.column(self.reader.columns, key).map(|column| self.row.cell(column))
    }

    fn texts<const N: usize>(self, fields: [(&str, &mut String); N]) {
        for (key, field) in fields {
            match self.cell(key) {
                // A record that was found by its name keeps its code where the row has none.
                Some(text) if key == "code" && text.trim().is_empty() => {}
                Some(text) => text.clone_into(field),
                None => {}
            }
        }
    }

    fn set<T>(self, key: &str, read: impl Fn(&str) -> Result<T, CellProblem>, take: impl FnOnce(T)) -> Result<(), RowProblem> {
        match self.cell(key) {
            None => Ok(()),
            Some(cell) => read(cell).map(take).map_err(|problem| RowProblem::Cell(key.to_owned(), problem)),
        }
    }
}

/// One way to judge the rows of a file, for shops and products alike.
struct Judge<'a, ByCode, Alike, Read> {
    reader: Reader<'a>,
    by_code: ByCode,
    alike: Alike,
    read: Read,
}

impl<'a, ByCode, Alike, Read> Judge<'a, ByCode, Alike, Read> {
    fn rows<Record, Fields>(
        &self,
        sheet: &'a Sheet,
        fields_of: impl Fn(&Record) -> &Fields,
        code: impl Fn(&Fields) -> &str,
        same: impl Fn(&Fields) -> String,
    ) -> Judged<Record, Fields>
    where
        Fields: PartialEq,
        ByCode: Fn(&str) -> Option<Arc<Record>>,
        Alike: Fn(&Fields) -> Option<Arc<Record>>,
        Read: Fn(Option<&Arc<Record>>, Cells<'a>) -> Result<Fields, RowProblem>,
    {
        let mut judged = Judged { new: Vec::new(), changed: Vec::new(), asked: Vec::new(), unchanged: 0, bad: Vec::new() };
        let mut seen: BTreeMap<String, u64> = BTreeMap::new();
        for row in sheet.rows() {
            let cells = self.reader.of(row);
            let written = cells.cell("code").map(str::trim).unwrap_or_default();
            let known = (self.by_code)(written).filter(|_| !written.is_empty());
            let read = (self.read)(known.as_ref(), cells).and_then(|fields| {
                let key = if code(&fields).is_empty() { format!("\u{1}{}", same(&fields)) } else { code(&fields).to_owned() };
                match seen.insert(key.clone(), row.line) {
                    Some(first) => {
                        seen.insert(key, first);
                        Err(RowProblem::SameAsLine(first))
                    }
                    None => Ok(fields),
                }
            });
            let fields = match read {
                Ok(fields) => fields,
                Err(problem) => {
                    judged.bad.push(BadRow::new(row.line, cells.cell("name").unwrap_or_default(), problem));
                    continue;
                }
            };
            match known {
                Some(known) if *fields_of(&known) == fields => judged.unchanged += 1,
                Some(known) => judged.changed.push((known, fields)),
                None if !code(&fields).is_empty() => judged.new.push(fields),
                None => match (self.alike)(&fields) {
                    None => judged.new.push(fields),
                    // Read again over what is known: what the file does not have stays as it is there.
                    Some(alike) => match (self.read)(Some(&alike), cells) {
                        Ok(over) if *fields_of(&alike) == over => judged.unchanged += 1,
                        Ok(over) => judged.asked.push((alike, over)),
                        Err(problem) => judged.bad.push(BadRow::new(row.line, cells.cell("name").unwrap_or_default(), problem)),
                    },
                },
            }
        }
        judged
    }
}

fn first<Field: Copy>(problems: &[(Field, FieldProblem)], key: fn(Field) -> &'static str) -> RowProblem {
    match problems.first() {
        Some((field, problem)) => RowProblem::Field(key(*field).to_owned(), *problem),
        None => RowProblem::Cell(String::new(), CellProblem::Empty),
    }
}

fn customer_key(field: CustomerField) -> &'static str {
    match field {
        CustomerField::Name => "name",
        CustomerField::Code => "code",
        CustomerField::Area => "area",
        CustomerField::Address => "address",
        CustomerField::Phone => "phone",
        CustomerField::Contact => "contact",
        CustomerField::Salutation => "salutation",
        CustomerField::Cycle => "cycle",
        CustomerField::LeadDays => "lead_days",
        CustomerField::Factor => "factor",
        CustomerField::WishDays => "wish_days",
        CustomerField::OpeningHours => "opening_hours",
        CustomerField::Note => "note",
    }
}

fn product_key(field: ProductField) -> &'static str {
    match field {
        ProductField::Name => "name",
        ProductField::OtherName => "other_name",
        ProductField::Code => "code",
        ProductField::Barcode => "barcode",
        ProductField::Unit => "unit",
        ProductField::Case => "case",
        ProductField::Size => "size",
        ProductField::UnitPrice => "unit_price",
        ProductField::CasePrice => "case_price",
        ProductField::ShelfLife => "shelf_life",
        ProductField::MinimumOrder => "minimum_order",
        ProductField::FrontCapacity => "front_capacity",
        ProductField::MinimumDisplay => "minimum_display",
        ProductField::Capacity => "capacity",
        ProductField::Factor => "factor",
        ProductField::DeliveryAge => "delivery_age",
        ProductField::Uplift => "uplift",
        ProductField::DisplayOrder => "display_order",
    }
}
