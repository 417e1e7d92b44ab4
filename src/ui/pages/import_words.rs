//! What a file is and what is wrong with it, in words.

use crate::state::app::App;
use crate::state::errands::{CellProblem, Encoding, FileProblem, ListKind, Read, RowProblem};
use crate::ui::say;
use crate::ui::texts::tr;

pub fn list(app: App, list: ListKind) -> &'static str {
    match list {
        ListKind::Customers => tr!(app, customers_title),
        ListKind::Products => tr!(app, products_title),
        ListKind::Orders => tr!(app, list_orders),
        ListKind::Counts => tr!(app, list_counts),
    }
}

/// The keys of a list's columns.
pub fn columns(list: ListKind) -> Vec<&'static str> {
    list.columns().iter().map(|column| column.key).collect()
}

/// Encoding and separator.
pub fn file_facts(app: App, read: &Read) -> String {
    let encoding = match read.encoding {
        Encoding::Utf8 => "UTF-8",
        Encoding::Utf16Le | Encoding::Utf16Be => "UTF-16",
        Encoding::Gb18030 => "GB18030",
    };
    let separator = match read.delimiter {
        '\t' => tr!(app, separator_tab),
        ';' => tr!(app, separator_semicolon),
        _ => tr!(app, separator_comma),
    };
    format!("{encoding} · {separator}")
}

/// A column of a list by its key.
pub fn column(app: App, of: ListKind, key: &str) -> &'static str {
    match key {
        "name" if of == ListKind::Customers => tr!(app, field_name),
        "name" => tr!(app, product_name),
        "code" => tr!(app, field_code),
        "class" => tr!(app, field_class),
        "area" => tr!(app, field_area),
        "address" => tr!(app, field_address),
        "phone" => tr!(app, field_phone),
        "contact" => tr!(app, field_contact),
        "salutation" => tr!(app, field_salutation),
        "cycle" => tr!(app, field_cycle),
        "route_day" => tr!(app, field_route_day),
        "lead_days" => tr!(app, field_lead),
        "back_stock" => tr!(app, field_back_stock),
        "opening_hours" => tr!(app, field_hours),
        "note" => tr!(app, field_note),
        "status" => tr!(app, field_archived),
        "barcode" => tr!(app, product_barcode),
        "other_name" => tr!(app, product_other),
        "unit" => tr!(app, product_unit),
        "case" => tr!(app, product_case),
        "size" => tr!(app, product_size),
        "unit_price" | "price" => tr!(app, product_unit_price),
        "case_price" => tr!(app, product_case_price),
        "shelf_life" => tr!(app, product_life),
        "minimum_order" => tr!(app, product_minimum),
        "front_capacity" => tr!(app, product_capacity),
        "display_order" => tr!(app, product_place),
        "order" => tr!(app, file_number),
        "date" => tr!(app, file_date),
        "customer" => tr!(app, file_shop),
        "product" => tr!(app, products_title),
        "quantity" => tr!(app, file_units),
        "cases" => tr!(app, file_cases),
        "free" => tr!(app, choice_free),
        "front" => tr!(app, place_front),
        "back_cases" => tr!(app, column_back_cases),
        "back_loose" => tr!(app, column_back_loose),
        _ => "",
    }
}

pub fn file_problem(app: App, problem: FileProblem) -> &'static str {
    match problem {
        FileProblem::Empty => tr!(app, file_empty),
        FileProblem::HeaderOnly => tr!(app, file_header_only),
        FileProblem::TooLarge => tr!(app, file_too_large),
        FileProblem::TooManyRows => tr!(app, file_too_many_rows),
        FileProblem::TooManyColumns => tr!(app, file_too_many_columns),
        FileProblem::CellTooLong => tr!(app, file_cell_too_long),
        FileProblem::Spreadsheet => tr!(app, file_spreadsheet),
        FileProblem::NotText => tr!(app, file_not_text),
    }
}

/// Why a row will not be imported.
pub fn row_problem(app: App, of: ListKind, problem: &RowProblem) -> String {
    match problem {
        RowProblem::Field(key, problem) => {
            tr!(app, problem_with_field, field = column(app, of, key), problem = say::field_problem(app, *problem))
        }
        RowProblem::Cell(key, problem) => tr!(app, problem_with_field, field = column(app, of, key), problem = cell_problem(app, *problem)),
        RowProblem::SameAsLine(line) => tr!(app, row_same, line = line),
        RowProblem::UnknownCustomer(name) => tr!(app, row_unknown_customer, name = name.clone()),
        RowProblem::UnknownProduct(name) => tr!(app, row_unknown_product, name = name.clone()),
        RowProblem::SeveralNamed(name) => tr!(app, row_several, name = name.clone()),
        RowProblem::InTheFuture => tr!(app, row_future).to_owned(),
        RowProblem::AlreadyCounted => tr!(app, row_already_counted).to_owned(),
        RowProblem::TakenInApp => tr!(app, row_taken_in_app).to_owned(),
    }
}

fn cell_problem(app: App, problem: CellProblem) -> &'static str {
    match problem {
        CellProblem::Empty => tr!(app, problem_empty),
        CellProblem::NotADate => tr!(app, cell_date),
        CellProblem::AmbiguousDate => tr!(app, cell_ambiguous_date),
        CellProblem::NotANumber => tr!(app, problem_not_a_number),
        CellProblem::NotWhole => tr!(app, problem_not_whole),
        CellProblem::Negative => tr!(app, problem_negative),
        CellProblem::TooSmall => tr!(app, problem_too_small),
        CellProblem::TooLarge => tr!(app, problem_too_large),
        CellProblem::NotYesOrNo => tr!(app, cell_yes_no),
        CellProblem::UnknownStatus => tr!(app, cell_status),
        CellProblem::UnknownClass => tr!(app, cell_class),
        CellProblem::UnknownShelfLife => tr!(app, cell_life),
        CellProblem::UnknownWeekday => tr!(app, row_weekday),
    }
}
