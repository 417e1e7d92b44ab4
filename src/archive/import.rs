//! Shop and product lists from CSV: read whole, judged row by row, shown before anything is written. A row is matched to what is
//! there by its code; a cell that the file does not have leaves the field as it is.

use super::csv_file::{self, FileProblem, Row, Table};
use crate::domain::book::Book;
use crate::domain::customer::{CustomerDraft, CustomerField, CustomerFields, FieldProblem};
use crate::domain::id::{CustomerId, ProductId};
use crate::domain::product::{ProductDraft, ProductField, ProductFields};
use chrono::Weekday;
use std::collections::BTreeMap;

/// A list to import.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    Customers,
    Products,
}

/// What importing would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview<Id, Fields, Field> {
    pub new: Vec<Fields>,
    pub changed: Vec<(Id, Fields)>,
    /// Rows that are here already, exactly so.
    pub unchanged: usize,
    pub bad: Vec<BadRow<Field>>,
}

pub type CustomerPreview = Preview<CustomerId, CustomerFields, CustomerField>;
pub type ProductPreview = Preview<ProductId, ProductFields, ProductField>;

/// A row that will not be imported and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadRow<Field> {
    /// Line in the file, from 1.
    pub line: u64,
    /// The row's name as written, shortened.
    pub name: String,
    pub problem: RowProblem<Field>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowProblem<Field> {
    Field(Field, FieldProblem),
    /// The weekday is none that is known.
    Weekday,
    /// An earlier line of the file has the same code.
    SameCodeAsLine(u64),
}

const CUSTOMER_COLUMNS: &[&[&str]] = &[
    &["name", "shop", "shop name", "customer", "customer name", "名称", "店名", "门店", "门店名称", "客户", "客户名称"],
    &["code", "customer code", "shop code", "编号", "编码", "代码", "客户编号", "客户编码", "门店编号", "门店编码"],
    &["area", "region", "区域", "片区", "地区"],
    &["address", "地址", "门店地址"],
    &["phone", "telephone", "mobile", "电话", "手机", "联系电话"],
    &["route day", "route", "weekday", "路线日", "拜访日", "星期"],
    &["cycle", "visit cycle", "cycle days", "拜访周期", "周期"],
];

const PRODUCT_COLUMNS: &[&[&str]] = &[
    &["name", "product", "product name", "名称", "品名", "商品", "商品名称", "产品", "产品名称"],
    &["code", "product code", "sku", "编号", "编码", "代码", "商品编号", "商品编码", "产品编号", "产品编码"],
    &["unit", "unit name", "单位", "小单位"],
    &["case", "case name", "箱单位", "大单位", "件单位"],
    &["units per case", "case size", "pack size", "每件数量", "每箱数量", "箱规", "规格数量", "装箱数"],
    &["price", "unit price", "单价", "价格"],
    &["case price", "箱价", "件价"],
];

/// Judges a list of shops.
pub fn customers(text: &str, book: &Book) -> Result<CustomerPreview, FileProblem> {
    let table = csv_file::read(text, CUSTOMER_COLUMNS)?;
    let judge = Judge {
        table: &table,
        known: |code: &str| book.customer_by_code(code).map(|customer| (customer.id, customer.fields.clone())),
        read: |known: Option<&CustomerFields>, row: Row<'_>| {
            let mut draft = known.map_or_else(CustomerDraft::default, CustomerDraft::from);
            let CustomerDraft { name, code, area, address, phone, cycle, .. } = &mut draft;
            overwrite([(0, name), (1, code), (2, area), (3, address), (4, phone), (6, cycle)], row);
            if let Some(day) = row.cell(5) {
                draft.route_day = weekday(day).map_err(|()| RowProblem::Weekday)?;
            }
            draft.check(|_| false).map_err(first_problem)
        },
    };
    Ok(judge.rows(|fields| &fields.code))
}

/// Judges a list of products.
pub fn products(text: &str, book: &Book) -> Result<ProductPreview, FileProblem> {
    let table = csv_file::read(text, PRODUCT_COLUMNS)?;
    let judge = Judge {
        table: &table,
        known: |code: &str| book.product_by_code(code).map(|product| (product.id, product.fields.clone())),
        read: |known: Option<&ProductFields>, row: Row<'_>| {
            let mut draft = known.map_or_else(ProductDraft::default, ProductDraft::from);
            let ProductDraft { name, code, unit, case, size, unit_price, case_price } = &mut draft;
            overwrite([(0, name), (1, code), (2, unit), (3, case), (4, size), (5, unit_price), (6, case_price)], row);
            draft.check(|_| false).map_err(first_problem)
        },
    };
    Ok(judge.rows(|fields| &fields.code))
}

/// Puts each cell that the file has over the field of a draft.
fn overwrite<const N: usize>(fields: [(usize, &mut String); N], row: Row<'_>) {
    for (column, field) in fields {
        if let Some(value) = row.cell(column) {
            value.clone_into(field);
        }
    }
}

fn first_problem<Field: Copy>(problems: Vec<(Field, FieldProblem)>) -> RowProblem<Field> {
    problems.first().map_or(RowProblem::Weekday, |(field, problem)| RowProblem::Field(*field, *problem))
}

/// One way to judge the rows of a file, for shops and products alike.
struct Judge<'a, Known, Read> {
    table: &'a Table,
    known: Known,
    read: Read,
}

impl<Known, Read> Judge<'_, Known, Read> {
    fn rows<Id, Fields, Field>(&self, code: impl Fn(&Fields) -> &str) -> Preview<Id, Fields, Field>
    where
        Fields: PartialEq,
        Known: Fn(&str) -> Option<(Id, Fields)>,
        Read: Fn(Option<&Fields>, Row<'_>) -> Result<Fields, RowProblem<Field>>,
    {
        let mut preview = Preview { new: Vec::new(), changed: Vec::new(), unchanged: 0, bad: Vec::new() };
        let mut seen: BTreeMap<String, u64> = BTreeMap::new();
        for row in self.table.rows() {
            let line = row.line;
            let known = row.cell(1).and_then(|code| (self.known)(code.trim()));
            let judged = (self.read)(known.as_ref().map(|(_, fields)| fields), row).and_then(|fields| match seen.get(code(&fields)) {
                Some(first) => Err(RowProblem::SameCodeAsLine(*first)),
                None => Ok(fields),
            });
            match judged {
                Err(problem) => {
                    let name = row.cell(0).unwrap_or_default().chars().filter(|c| !c.is_control()).take(40).collect();
                    preview.bad.push(BadRow { line, name, problem });
                }
                Ok(fields) => {
                    if !code(&fields).is_empty() {
                        seen.insert(code(&fields).to_owned(), line);
                    }
                    match known {
                        Some((_, old)) if old == fields => preview.unchanged += 1,
                        Some((id, _)) => preview.changed.push((id, fields)),
                        None => preview.new.push(fields),
                    }
                }
            }
        }
        preview
    }
}

/// `周二`, `星期二`, `礼拜二`, `2`, `Tue`, `Tuesday`; empty is none. 7 and 日 are Sunday.
fn weekday(raw: &str) -> Result<Option<Weekday>, ()> {
    let folded = crate::domain::search::fold(raw.trim());
    let bare = ["星期", "礼拜", "周", "每周"].iter().fold(folded.as_str(), |text, prefix| text.strip_prefix(prefix).unwrap_or(text));
    Ok(Some(match bare {
        "" => return Ok(None),
        "一" | "1" => Weekday::Mon,
        "二" | "2" => Weekday::Tue,
        "三" | "3" => Weekday::Wed,
        "四" | "4" => Weekday::Thu,
        "五" | "5" => Weekday::Fri,
        "六" | "6" => Weekday::Sat,
        "日" | "天" | "7" => Weekday::Sun,
        other => return other.parse().map(Some).map_err(|_| ()),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::customer::Customer;
    use crate::domain::stamp::{DeviceId, Envelope, Stamp};
    use crate::domain::text::TextProblem;
    use crate::domain::typed::NumberProblem;

    fn book_of(preview: CustomerPreview) -> Book {
        let mut book = Book::default();
        let stamp = Stamp::after(None, 1, DeviceId(1));
        book.apply(preview.new.into_iter().enumerate().map(|(i, fields)| {
            crate::domain::book::Record::Customer(Customer {
                id: CustomerId(uuid::Uuid::from_u128(i as u128)),
                envelope: Envelope::first(stamp),
                fields,
                created_on: chrono::NaiveDate::MIN,
            })
        }));
        book
    }

    #[test]
    fn good_and_bad_rows_are_told_apart_with_line_and_reason() {
        let text = "code,name,area,route day\nC1,\"惠民, \"\"副食\"\"\",东,周二\nC2,,东,\nC1,again,,\nC3,x,,Someday\n,无编号,,7\n";
        let preview = customers(text, &Book::default()).unwrap();
        assert_eq!(preview.new.len(), 2);
        assert_eq!(preview.new[0].name, "惠民, \"副食\"");
        assert_eq!(preview.new[0].route_day, Some(Weekday::Tue));
        assert_eq!(preview.new[1].route_day, Some(Weekday::Sun));
        let bad: Vec<_> = preview.bad.iter().map(|bad| (bad.line, bad.problem)).collect();
        assert_eq!(
            bad,
            vec![
                (3, RowProblem::Field(CustomerField::Name, FieldProblem::Text(TextProblem::Empty))),
                (4, RowProblem::SameCodeAsLine(2)),
                (5, RowProblem::Weekday),
            ]
        );
    }

    #[test]
    fn a_row_is_named_by_its_line_in_the_file_whatever_ends_a_line() {
        for end in ["\n", "\r\n"] {
            let rows = ["name,code", "a,1", "", "\"b\nb\",2", ",3", "", "", "c,1"];
            let preview = customers(&rows.join(end), &Book::default()).unwrap();
            let bad: Vec<_> = preview.bad.iter().map(|bad| (bad.line, bad.problem)).collect();
            let empty = RowProblem::Field(CustomerField::Name, FieldProblem::Text(TextProblem::Empty));
            assert_eq!(bad, vec![(6, empty), (9, RowProblem::SameCodeAsLine(2))], "{end:?}");
        }
    }

    #[test]
    fn the_same_file_again_changes_nothing_and_a_missing_column_keeps_its_field() {
        let text = "\u{feff}店名,编号,片区\r\n惠民,C1,东\r\n好邻,C2,西\r\n";
        let book = book_of(customers(text, &Book::default()).unwrap());
        let again = customers(text, &book).unwrap();
        assert_eq!((again.new.len(), again.changed.len(), again.unchanged), (0, 0, 2));
        let renamed = customers("name,code\n惠民二店,C1\n", &book).unwrap();
        assert_eq!(renamed.changed.len(), 1);
        assert_eq!((renamed.changed[0].1.name.as_str(), renamed.changed[0].1.area.as_str()), ("惠民二店", "东"));
    }

    #[test]
    fn product_prices_and_sizes_are_checked() {
        let text = "name,code,units per case,price\n水,P1,12,\"￥1,234.50\"\n茶,P2,0,1\n奶,P3,12,-1\n糖,P4,一打,1\n";
        let preview = products(text, &Book::default()).unwrap();
        assert_eq!(preview.new[0].prices.unit.unwrap().0.to_string(), "1234.5");
        let bad: Vec<_> = preview.bad.iter().map(|bad| bad.problem).collect();
        assert_eq!(
            bad,
            vec![
                RowProblem::Field(ProductField::Size, FieldProblem::Number(NumberProblem::TooSmall)),
                RowProblem::Field(ProductField::UnitPrice, FieldProblem::Number(NumberProblem::Negative)),
                RowProblem::Field(ProductField::Size, FieldProblem::Number(NumberProblem::NotANumber)),
            ]
        );
    }

    #[test]
    fn a_file_that_is_no_list_says_why() {
        let empty = Book::default();
        assert_eq!(customers("", &empty).unwrap_err(), FileProblem::Empty);
        assert_eq!(customers("name,code\n", &empty).unwrap_err(), FileProblem::Empty);
        assert_eq!(customers("a,b\n1,2\n", &empty).unwrap_err(), FileProblem::NameColumnMissing);
        assert_eq!(customers("PK\u{3}\u{4}\0\0", &empty).unwrap_err(), FileProblem::NotUtf8);
        assert_eq!(customers(&format!("name{}\nx\n", ",".repeat(10_000)), &empty).unwrap_err(), FileProblem::TooManyColumns);
        assert_eq!(customers(&"x".repeat(MAX_PLUS_ONE), &empty).unwrap_err(), FileProblem::TooLarge);
    }

    const MAX_PLUS_ONE: usize = csv_file::MAX_BYTES + 1;
}
