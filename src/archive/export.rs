//! Lists as CSV files that open in a spreadsheet and are read back as they were. The headers are among those the import knows.

use super::columns::ListKind;
use super::sheet_writer::{Cell, SheetWriter};
use crate::domain::book::Book;
use crate::domain::customer::{Customer, CustomerClass};
use crate::domain::events::Events;
use crate::domain::id::{CustomerId, ProductId};
use crate::domain::product::{Product, ShelfLife};
use chrono::Weekday;

/// The headers of a list.
pub fn headers(list: ListKind, chinese: bool) -> &'static [&'static str] {
    match (list, chinese) {
        (ListKind::Customers, true) => &[
            "编号",
            "名称",
            "类别",
            "片区",
            "地址",
            "电话",
            "联系人",
            "称呼",
            "拜访周期",
            "路线日",
            "送货天数",
            "有无库房",
            "营业时间",
            "备注",
            "状态",
        ],
        (ListKind::Customers, false) => &[
            "code",
            "name",
            "class",
            "area",
            "address",
            "phone",
            "contact",
            "salutation",
            "cycle",
            "route day",
            "lead days",
            "back stock",
            "opening hours",
            "note",
            "status",
        ],
        (ListKind::Products, true) => {
            &["编号", "名称", "条码", "别名", "单位", "箱单位", "箱规", "单价", "箱价", "保质期", "起订量", "货架容量", "排序", "状态"]
        }
        (ListKind::Products, false) => &[
            "code",
            "name",
            "barcode",
            "other name",
            "unit",
            "case",
            "units per case",
            "unit price",
            "case price",
            "shelf life",
            "minimum order",
            "front capacity",
            "display order",
            "status",
        ],
        (ListKind::Orders, true) => &["订单号", "日期", "客户", "商品", "数量", "单价", "赠品", "店家全称", "商品全称"],
        (ListKind::Orders, false) => {
            &["order", "date", "customer", "product", "quantity", "price", "free", "name of shop", "name of product"]
        }
        (ListKind::Counts, true) => &["日期", "客户", "商品", "前线", "后线件数", "后线散数", "店家全称", "商品全称"],
        (ListKind::Counts, false) => {
            &["date", "customer", "product", "front", "back cases", "back loose", "name of shop", "name of product"]
        }
    }
}

/// Shops in the order they were entered; merged ones are part of another.
pub fn customers(book: &Book, chinese: bool) -> String {
    let mut writer = SheetWriter::new(headers(ListKind::Customers, chinese));
    for shop in book.customers().filter(|shop| shop.merged_into.is_none()) {
        writer.row(customer_row(shop, chinese));
    }
    writer.finish()
}

fn customer_row(shop: &Customer, chinese: bool) -> Vec<Cell<'_>> {
    let fields = &shop.fields;
    let word = |zh: &'static str, en: &'static str| Cell::Text(if chinese { zh } else { en });
    vec![
        Cell::Text(&fields.code),
        Cell::Text(&fields.name),
        match fields.class {
            None => Cell::Empty,
            Some(CustomerClass::A) => word("甲", "A"),
            Some(CustomerClass::B) => word("乙", "B"),
            Some(CustomerClass::C) => word("丙", "C"),
        },
        Cell::Text(&fields.area),
        Cell::Text(&fields.address),
        Cell::Text(&fields.phone),
        Cell::Text(&fields.contact),
        Cell::Text(&fields.salutation),
        Cell::Whole(fields.cycle.days().into()),
        match fields.route_day {
            None => Cell::Empty,
            Some(Weekday::Mon) => word("周一", "Mon"),
            Some(Weekday::Tue) => word("周二", "Tue"),
            Some(Weekday::Wed) => word("周三", "Wed"),
            Some(Weekday::Thu) => word("周四", "Thu"),
            Some(Weekday::Fri) => word("周五", "Fri"),
            Some(Weekday::Sat) => word("周六", "Sat"),
            Some(Weekday::Sun) => word("周日", "Sun"),
        },
        Cell::Whole(fields.lead_days.into()),
        if fields.has_back_stock { word("有", "yes") } else { word("无", "no") },
        Cell::Text(&fields.opening_hours),
        Cell::Text(&fields.note),
        if fields.archived { word("停用", "archived") } else { word("启用", "active") },
    ]
}

/// Products in the order they were entered.
pub fn products(book: &Book, chinese: bool) -> String {
    let mut writer = SheetWriter::new(headers(ListKind::Products, chinese));
    for product in book.products() {
        writer.row(product_row(product, chinese));
    }
    writer.finish()
}

fn product_row(product: &Product, chinese: bool) -> Vec<Cell<'_>> {
    let fields = &product.fields;
    let some = |value: i64| if value == 0 { Cell::Empty } else { Cell::Whole(value) };
    let word = |zh: &'static str, en: &'static str| Cell::Text(if chinese { zh } else { en });
    vec![
        Cell::Text(&fields.code),
        Cell::Text(&fields.name),
        Cell::Text(&fields.barcode),
        Cell::Text(&fields.other_name),
        Cell::Text(&fields.unit),
        Cell::Text(&fields.case),
        Cell::Whole(fields.size.units()),
        fields.prices.unit.into(),
        fields.prices.case.into(),
        match fields.shelf_life {
            None => Cell::Empty,
            Some(ShelfLife::Days(days)) => Cell::Owned(format!("{days}{}", if chinese { "天" } else { " days" })),
            Some(ShelfLife::Months(months)) => Cell::Owned(format!("{months}{}", if chinese { "个月" } else { " months" })),
        },
        some(fields.minimum_order.0),
        some(fields.front_capacity.0),
        some(fields.display_order.into()),
        if fields.archived { word("停用", "archived") } else { word("启用", "active") },
    ]
}

/// What a file calls a shop: its code, else its name.
fn shop_of(book: &Book, id: CustomerId) -> String {
    book.customer(id)
        .map_or_else(String::new, |shop| if shop.fields.code.is_empty() { shop.fields.name.clone() } else { shop.fields.code.clone() })
}

fn product_of(book: &Book, id: ProductId) -> String {
    book.product(id).map_or_else(String::new, |product| {
        if product.fields.code.is_empty() { product.fields.name.clone() } else { product.fields.code.clone() }
    })
}

/// Its name, for a reader; reading the file back goes by what stands under "customer".
fn shop_name(book: &Book, id: CustomerId) -> &str {
    book.customer(id).map_or("", |shop| shop.fields.name.as_str())
}

fn product_name(book: &Book, id: ProductId) -> &str {
    book.product(id).map_or("", |product| product.fields.name.as_str())
}

/// Every line of every standing order; what went back is negative.
pub fn orders(book: &Book, events: &Events, chinese: bool) -> String {
    let mut writer = SheetWriter::new(headers(ListKind::Orders, chinese));
    for order in &events.orders {
        for line in order.lines.iter().filter(|line| !line.is_empty()) {
            writer.row([
                Cell::Text(&order.number),
                Cell::Owned(order.on.to_string()),
                Cell::Owned(shop_of(book, order.customer)),
                Cell::Owned(product_of(book, line.product)),
                Cell::Whole(line.units().0 - line.returned.0),
                line.prices.unit.into(),
                if line.free.is_zero() { Cell::Empty } else { Cell::Whole(line.free.0) },
                Cell::Text(shop_name(book, order.customer)),
                Cell::Text(product_name(book, line.product)),
            ]);
        }
    }
    writer.finish()
}

/// Every count of every standing visit.
pub fn counts(book: &Book, events: &Events, chinese: bool) -> String {
    let mut writer = SheetWriter::new(headers(ListKind::Counts, chinese));
    for visit in &events.visits {
        for line in &visit.lines {
            writer.row([
                Cell::Owned(visit.on.to_string()),
                Cell::Owned(shop_of(book, visit.customer)),
                Cell::Owned(product_of(book, line.product)),
                Cell::Whole(line.count.front.0),
                Cell::Whole(line.count.back.cases),
                Cell::Whole(line.count.back.loose),
                Cell::Text(shop_name(book, visit.customer)),
                Cell::Text(product_name(book, line.product)),
            ]);
        }
    }
    writer.finish()
}
