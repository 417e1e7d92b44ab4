//! Figures in the reader's form: dates, money, quantities, problems. One place words each, so every screen says the same.

use super::texts::tr;
use crate::domain::customer::{CustomerClass, FieldProblem};
use crate::domain::dispatch::How;
use crate::domain::draft::ChoiceProblem;
use crate::domain::duplicates::Alike;
use crate::domain::exact::Exact;
use crate::domain::money::Money;
use crate::domain::order::{Deal, Reason, Total};
use crate::domain::product::ProductFields;
use crate::domain::quantity::{Packed, Units};
use crate::domain::rule::Rule;
use crate::domain::shop_list::{ShopFlag, SortBy};
use crate::domain::text::TextProblem;
use crate::domain::typed::NumberProblem;
use crate::domain::visit::Outcome;
use crate::state::app::App;
use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike, Weekday};

/// `11月24日`, `24 Nov`; with the year where it is not this one.
pub fn date(app: App, date: NaiveDate) -> String {
    use leptos::prelude::Get;
    let month = month(app, date.month());
    if date.year() == app.today.get().year() {
        tr!(app, month_day, month = month, day = date.day())
    } else {
        tr!(app, year_month_day, year = date.year(), month = month, day = date.day())
    }
}

/// A date with its weekday: `11月24日 周二`, `Tue 24 Nov`.
pub fn day(app: App, on: NaiveDate) -> String {
    tr!(app, date_weekday, date = date(app, on), day = weekday(app, on.weekday()))
}

/// `14:06`.
pub fn time(at: NaiveDateTime) -> String {
    format!("{:02}:{:02}", at.hour(), at.minute())
}

fn month(app: App, month: u32) -> &'static str {
    match month {
        1 => tr!(app, month_1),
        2 => tr!(app, month_2),
        3 => tr!(app, month_3),
        4 => tr!(app, month_4),
        5 => tr!(app, month_5),
        6 => tr!(app, month_6),
        7 => tr!(app, month_7),
        8 => tr!(app, month_8),
        9 => tr!(app, month_9),
        10 => tr!(app, month_10),
        11 => tr!(app, month_11),
        _ => tr!(app, month_12),
    }
}

pub fn weekday(app: App, day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => tr!(app, weekday_mon),
        Weekday::Tue => tr!(app, weekday_tue),
        Weekday::Wed => tr!(app, weekday_wed),
        Weekday::Thu => tr!(app, weekday_thu),
        Weekday::Fri => tr!(app, weekday_fri),
        Weekday::Sat => tr!(app, weekday_sat),
        Weekday::Sun => tr!(app, weekday_sun),
    }
}

/// `¥1,234.50`: cents always, thousands grouped, the rep's currency in front.
pub fn money(app: App, amount: Money) -> String {
    let text = format!("{:.2}", amount.0);
    let (whole, cents) = text.split_once('.').unwrap_or((&text, "00"));
    format!("{}{}.{cents}", currency(app), grouped(whole))
}

/// A price as entered, without needless zeros beyond the cents.
pub fn price(app: App, price: Money) -> String {
    if price.0.normalize().scale() > 2 { format!("{}{}", currency(app), price.0.normalize()) } else { money(app, price) }
}

fn currency(app: App) -> String {
    use leptos::prelude::Get;
    app.currency.get()
}

/// What the rule's sum comes to and, where that is no whole unit, what it is rounded to: `31`, `8.5 → 9`.
pub fn rounded(rule: &Rule) -> String {
    let (raw, order) = (rule.raw.to_string(), rule.order.0.to_string());
    if raw == order { raw } else { format!("{raw} → {order}") }
}

/// An exact figure, two decimals at most; one that has more is marked as about.
pub fn exact(figure: Exact) -> String {
    let (text, is_all) = figure.read();
    if is_all { text } else { format!("≈{text}") }
}

/// `38.2 MB`, `640 kB`: of a thousand each, one decimal from a megabyte on.
pub fn bytes(bytes: u64) -> String {
    let tenths = |unit: u64| format!("{}.{}", bytes / unit, bytes % unit / (unit / 10));
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} kB", bytes / 1_000),
        1_000_000..1_000_000_000 => format!("{} MB", tenths(1_000_000)),
        _ => format!("{} GB", tenths(1_000_000_000)),
    }
}

fn grouped(digits: &str) -> String {
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |rest| ("-", rest));
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    format!("{sign}{out}")
}

/// A whole number with thousands grouped.
pub fn number(value: i64) -> String {
    grouped(&value.to_string())
}

/// What one unit of the product is called, in the reader's language where the word is a common one.
pub fn unit_word(app: App, product: &ProductFields) -> String {
    pack_word(app, &product.unit)
        .unwrap_or_else(|| if product.unit.is_empty() { tr!(app, unit_general).to_owned() } else { product.unit.clone() })
}

/// What a full case of the product is called.
pub fn case_word(app: App, product: &ProductFields) -> String {
    pack_word(app, &product.case)
        .unwrap_or_else(|| if product.case.is_empty() { tr!(app, case_general).to_owned() } else { product.case.clone() })
}

fn pack_word(app: App, word: &str) -> Option<String> {
    Some(
        match word.to_lowercase().as_str() {
            "瓶" | "bottle" | "bottles" => tr!(app, pack_bottle),
            "杯" | "cup" | "cups" => tr!(app, pack_cup),
            "盒" | "box" | "boxes" => tr!(app, pack_box),
            "袋" | "bag" | "bags" => tr!(app, pack_bag),
            "包" | "pack" | "packs" => tr!(app, pack_pack),
            "罐" | "听" | "can" | "cans" => tr!(app, pack_can),
            "件" | "case" | "cases" => tr!(app, pack_case),
            "箱" | "carton" | "cartons" => tr!(app, pack_carton),
            _ => return None,
        }
        .to_owned(),
    )
}

/// `2件+7杯`, `2 cases + 7`.
pub fn packed(app: App, product: &ProductFields, quantity: Packed) -> String {
    let unit = number_of(quantity.loose, unit_word(app, product));
    let case = number_of(quantity.cases, case_word(app, product));
    match (quantity.cases, quantity.loose) {
        (0, loose) => tr!(app, packed_loose, loose = number(loose), unit = unit),
        (cases, 0) => tr!(app, packed_cases, cases = number(cases), case = case),
        (cases, loose) => tr!(app, packed_both, cases = number(cases), case = case, loose = number(loose), unit = unit),
    }
}

/// Units as full cases and the rest.
pub fn units_packed(app: App, product: &ProductFields, units: Units) -> String {
    packed(app, product, product.size.split(units))
}

/// `31 杯`, `31 cups`.
pub fn units(app: App, product: &ProductFields, units: Units) -> String {
    tr!(app, units_of, count = number(units.0), unit = number_of(units.0, unit_word(app, product)))
}

/// A counted word: one is one.
fn number_of(count: i64, word: String) -> String {
    if count == 1 { one(word) } else { word }
}

/// `12 杯/件`, `12 cups a case`; nothing for a product sold by the unit.
pub fn per_case(app: App, product: &ProductFields) -> Option<String> {
    (product.size.units() > 1).then(|| {
        tr!(app, per_case, count = number(product.size.units()), unit = unit_word(app, product), case = one(case_word(app, product)))
    })
}

/// English counts "12 cups a case": the general plural loses its s.
pub fn one(word: String) -> String {
    match word.as_str() {
        "cases" => "case".to_owned(),
        "cartons" => "carton".to_owned(),
        "bottles" => "bottle".to_owned(),
        "cups" => "cup".to_owned(),
        "boxes" => "box".to_owned(),
        "bags" => "bag".to_owned(),
        "packs" => "pack".to_owned(),
        "cans" => "can".to_owned(),
        "units" => "unit".to_owned(),
        _ => word,
    }
}

/// `8件+32散`, `8 cases + 32`.
pub fn total_packed(app: App, total: &Total) -> String {
    match (total.cases, total.loose) {
        (cases, 0) if cases > 0 => tr!(app, total_cases, cases = number(cases)),
        (cases, loose) => tr!(app, total_packed, cases = number(cases), loose = number(loose)),
    }
}

/// Units a day from whole figures: one decimal, rounded half up.
pub fn rate(sold: Units, days: u32) -> String {
    let tenths = (i128::from(sold.0) * 20 / i128::from(days.max(1)) + 1) / 2;
    if tenths % 10 == 0 { (tenths / 10).to_string() } else { format!("{}.{}", tenths / 10, tenths % 10) }
}

pub fn number_problem(app: App, problem: NumberProblem) -> String {
    match problem {
        NumberProblem::Empty => tr!(app, problem_empty),
        NumberProblem::NotANumber => tr!(app, problem_not_a_number),
        NumberProblem::NotWhole => tr!(app, problem_not_whole),
        NumberProblem::Negative => tr!(app, problem_negative),
        NumberProblem::TooSmall => tr!(app, problem_too_small),
        NumberProblem::TooLarge => tr!(app, problem_too_large),
        NumberProblem::TooPrecise => tr!(app, problem_too_precise),
    }
    .to_owned()
}

pub fn field_problem(app: App, problem: FieldProblem) -> String {
    match problem {
        FieldProblem::Text(TextProblem::Empty) => tr!(app, problem_empty).to_owned(),
        FieldProblem::Text(TextProblem::TooLong(max)) => tr!(app, problem_too_long, max = max),
        FieldProblem::Number(problem) => number_problem(app, problem),
        FieldProblem::CodeTaken => tr!(app, problem_code_taken).to_owned(),
    }
}

pub fn choice_problem(app: App, problem: ChoiceProblem) -> String {
    match problem {
        ChoiceProblem::Cases(problem)
        | ChoiceProblem::Loose(problem)
        | ChoiceProblem::Free(problem)
        | ChoiceProblem::UnitPrice(problem)
        | ChoiceProblem::CasePrice(problem) => number_problem(app, problem),
        ChoiceProblem::DealMissing => tr!(app, choice_deal_missing).to_owned(),
        ChoiceProblem::TooMuch => tr!(app, too_much).to_owned(),
        ChoiceProblem::ReasonMissing => tr!(app, choice_reason_missing).to_owned(),
        ChoiceProblem::NoteTooLong => tr!(app, problem_too_long, max = crate::domain::text::LONG_MAX),
    }
}

pub fn reason(app: App, reason: Reason) -> &'static str {
    match reason {
        Reason::WholeCases => tr!(app, reason_whole_cases),
        Reason::Promotion => tr!(app, reason_promotion),
        Reason::CashShort => tr!(app, reason_cash_short),
        Reason::NoSpace => tr!(app, reason_no_space),
        Reason::OwnerDeclines => tr!(app, reason_owner_declines),
        Reason::Other => tr!(app, reason_own_words),
    }
}

pub fn deal(app: App, deal: Deal) -> &'static str {
    match deal {
        Deal::Promotion => tr!(app, deal_promotion),
        Deal::Volume => tr!(app, deal_volume),
        Deal::Compensation => tr!(app, deal_compensation),
        Deal::Display => tr!(app, deal_display),
        Deal::Other => tr!(app, reason_own_words),
    }
}

pub fn class(app: App, class: CustomerClass) -> &'static str {
    match class {
        CustomerClass::A => tr!(app, class_a),
        CustomerClass::B => tr!(app, class_b),
        CustomerClass::C => tr!(app, class_c),
    }
}

/// 甲, A: for a chip.
pub fn class_short(app: App, class: CustomerClass) -> &'static str {
    match class {
        CustomerClass::A => tr!(app, class_a_short),
        CustomerClass::B => tr!(app, class_b_short),
        CustomerClass::C => tr!(app, class_c_short),
    }
}

pub fn alike(app: App, why: Alike) -> &'static str {
    match why {
        Alike::SamePhone => tr!(app, alike_phone),
        Alike::SameName => tr!(app, alike_name),
        Alike::NearName => tr!(app, alike_near),
    }
}

/// Why a visit did not happen.
pub fn outcome(app: App, outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Made => tr!(app, outcome_made),
        Outcome::Closed => tr!(app, outcome_closed),
        Outcome::OwnerAway => tr!(app, outcome_owner_away),
        Outcome::Refused => tr!(app, outcome_refused),
        Outcome::NoTime => tr!(app, outcome_no_time),
    }
}

/// `11月26日 12:00`.
pub fn date_time(app: App, at: NaiveDateTime) -> String {
    format!("{} {}", date(app, at.date()), time(at))
}

pub fn shop_flag(app: App, flag: ShopFlag) -> &'static str {
    match flag {
        ShopFlag::DueToday => tr!(app, filter_due_today),
        ShopFlag::Overdue => tr!(app, filter_overdue),
        ShopFlag::StockOut => tr!(app, flag_out),
        ShopFlag::NeverVisited => tr!(app, never_visited),
        ShopFlag::Unsent => tr!(app, flag_unsent),
    }
}

pub fn sort_by(app: App, by: SortBy) -> &'static str {
    match by {
        SortBy::NextVisit => tr!(app, sort_next),
        SortBy::Name => tr!(app, sort_name),
        SortBy::LastVisit => tr!(app, sort_last),
        SortBy::Class => tr!(app, sort_class),
        SortBy::Area => tr!(app, sort_area),
    }
}

/// The way an order went.
pub fn how(app: App, how: How) -> &'static str {
    match how {
        How::Text => tr!(app, how_text),
        How::File => tr!(app, how_file),
        How::Print => tr!(app, how_print),
        How::Told => tr!(app, how_told),
    }
}
