//! The day's orders as they leave the app: a message, a CSV file, a load list, and what they come to.

use crate::domain::dispatch::{Dispatch, State};
use crate::domain::id::ProductId;
use crate::domain::loading::{self, Load};
use crate::domain::order::{Order, Total};
use crate::domain::product::ProductFields;
use crate::state::app::App;
use crate::state::files::FileCell;
use crate::ui::say;
use crate::ui::texts::tr;
use crate::ui::visit::share::{fields_of, order_lines, signature, total_line};
use chrono::NaiveDate;
use leptos::prelude::*;
use std::collections::BTreeSet;

/// The orders of one day and how far each has got.
pub type Out = Vec<(Dispatch, Order)>;

/// What the day's orders come to.
pub fn sum(orders: &Out) -> Total {
    let mut total = Total::default();
    for line in standing(orders).flat_map(|(_, order)| &order.lines) {
        total.add(line.quantity, line.free, line.amount);
    }
    // The same product at two shops is one product.
    let lines = standing(orders).flat_map(|(_, order)| &order.lines).filter(|line| line.goes_out());
    let products = lines.map(|line| line.product).collect::<BTreeSet<ProductId>>().len();
    Total { products, ..total }
}

/// Without orders that were taken back and only wait to be told so.
fn standing(orders: &Out) -> impl Iterator<Item = &(Dispatch, Order)> {
    orders.iter().filter(|(dispatch, _)| !dispatch.cancelled)
}

/// What has to be on the van, with the products' names.
pub fn loads(app: App, orders: &Out) -> Vec<(String, ProductFields, Load)> {
    let lines = standing(orders).flat_map(|(_, order)| &order.lines);
    let found = app
        .book
        .with_untracked(|book| loading::sum(lines, |id: ProductId| book.product(id).map_or(i64::MAX, |product| product.fields.place())));
    found
        .into_iter()
        .map(|load| {
            let fields = app.book.with_untracked(|book| book.product(load.product).map(|product| product.fields.clone()));
            let fields = fields.unwrap_or_else(|| ProductFields::named(load.product.to_string()));
            (fields.name.clone(), ProductFields { size: load.size, ..fields }, load)
        })
        .collect()
}

/// The day as a message: by shop, or summed for loading.
pub fn day_text(app: App, day: NaiveDate, orders: &Out, by_product: bool) -> (String, String) {
    let title = tr!(app, orders_day_title, date = day.to_string());
    let mut parts = vec![title.clone()];
    if by_product {
        parts.extend(
            loads(app, orders)
                .iter()
                .enumerate()
                .map(|(at, (name, fields, load))| format!("{}. {name}  {}", at + 1, say::units_packed(app, fields, load.all))),
        );
    } else {
        for (dispatch, order) in orders.iter().filter(|(dispatch, _)| dispatch.is_unsent()) {
            let shop = app
                .book
                .with_untracked(|book| book.customer(order.customer).map(|shop| (shop.fields.name.clone(), shop.fields.address.clone())));
            let (name, address) = shop.unwrap_or_default();
            let mark = match dispatch.state() {
                _ if dispatch.cancelled => format!(" [{}]", tr!(app, orders_cancelled)),
                State::ToSendAgain(_) => format!(" [{}]", tr!(app, corrected)),
                _ => String::new(),
            };
            parts.push(format!("\n■ {name}{mark} {address}").trim_end().to_owned());
            parts.push(tr!(app, share_number, number = order.number.clone(), date = order.expected_on.to_string()));
            if !dispatch.cancelled {
                parts.extend(order_lines(app, order));
                parts.push(total_line(app, &order.total()));
            }
        }
    }
    parts.push(format!("\n{}", total_line(app, &sum(orders))));
    parts.extend(signature(app));
    (title, parts.join("\n"))
}

/// The day as a CSV file: a row for each line, or for each product.
pub fn day_file(app: App, orders: &Out, by_product: bool) -> String {
    if by_product {
        let rows = loads(app, orders).into_iter().map(|(name, fields, load)| {
            let packed = load.size.split(load.all);
            vec![
                FileCell::Text(fields.code),
                FileCell::Text(name),
                FileCell::Whole(packed.cases),
                FileCell::Whole(packed.loose),
                FileCell::Whole(load.all.0),
                FileCell::Whole(load.free.0),
            ]
        });
        let heads = [
            tr!(app, field_code),
            tr!(app, product_name),
            tr!(app, file_cases),
            tr!(app, file_loose),
            tr!(app, file_units),
            tr!(app, choice_free),
        ];
        return app.table_file(&heads, rows);
    }
    let rows = standing(orders).flat_map(|(_, order)| {
        let shop = app.book.with_untracked(|book| book.customer(order.customer).cloned());
        let (code, name) = shop.map(|shop| (shop.fields.code.clone(), shop.fields.name.clone())).unwrap_or_default();
        let lines = order.lines.iter().filter(|line| line.goes_out());
        let rows: Vec<Vec<FileCell>> = lines
            .map(|line| {
                let fields = fields_of(app, line);
                vec![
                    FileCell::Text(order.number.clone()),
                    FileCell::Text(order.on.to_string()),
                    FileCell::Text(order.expected_on.to_string()),
                    FileCell::Text(code.clone()),
                    FileCell::Text(name.clone()),
                    FileCell::Text(fields.code.clone()),
                    FileCell::Text(fields.name.clone()),
                    FileCell::Whole(line.quantity.cases),
                    FileCell::Whole(line.quantity.loose),
                    FileCell::Whole(line.units().0),
                    FileCell::Whole(line.free.0),
                    line.prices.unit.map_or(FileCell::Empty, FileCell::Amount),
                    line.amount.map_or(FileCell::Empty, FileCell::Amount),
                ]
            })
            .collect();
        rows
    });
    let heads = [
        tr!(app, file_number),
        tr!(app, file_date),
        tr!(app, file_expected),
        tr!(app, file_shop_code),
        tr!(app, file_shop),
        tr!(app, field_code),
        tr!(app, product_name),
        tr!(app, file_cases),
        tr!(app, file_loose),
        tr!(app, file_units),
        tr!(app, choice_free),
        tr!(app, product_unit_price),
        tr!(app, file_amount),
    ];
    app.table_file(&heads, rows)
}
