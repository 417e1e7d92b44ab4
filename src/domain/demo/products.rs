//! The product list: dairy and drinks of brands that do not exist, with barcodes from the range that no maker is ever given.

use super::calendar::after;
use super::{Desk, Text};
use crate::domain::factor::Uplift;
use crate::domain::id::ProductId;
use crate::domain::money::{Money, Prices};
use crate::domain::product::{Product, ProductFields, Promotion, ShelfLife};
use crate::domain::quantity::{PackSize, Units};
use rust_decimal::Decimal;

/// One product: names, what a unit is called, units per case, prices in cents (0: none), shelf life, least order and front
/// capacity in units, sales in tenths of a unit a day at a shop of class B.
struct Row(Text, Text, Text, i64, i64, i64, ShelfLife, i64, i64, i64);

const BOTTLE: Text = Text("瓶", "bottle");
const BOX: Text = Text("盒", "carton");
const CUP: Text = Text("杯", "cup");
const BAG: Text = Text("袋", "bag");
const CAN: Text = Text("罐", "can");
const CASE: Text = Text("件", "case");

const fn days(days: u32) -> ShelfLife {
    ShelfLife::Days(days)
}

const fn months(months: u32) -> ShelfLife {
    ShelfLife::Months(months)
}

#[rustfmt::skip]
const ROWS: [Row; 31] = [
    Row(Text("晨牧 原味酸奶 200g", "Chenmu Plain Yogurt 200 g"), Text("原酸", "plain"), CUP, 12, 450, 5_000, days(21), 0, 16, 32),
    Row(Text("晨牧 纯牛奶 250ml", "Chenmu Whole Milk 250 ml"), Text("纯奶", "whole milk"), BOX, 24, 320, 7_400, months(6), 0, 24, 45),
    Row(Text("晨牧 低脂牛奶 250ml", "Chenmu Low-Fat Milk 250 ml"), Text::NONE, BOX, 24, 340, 7_900, months(6), 0, 18, 18),
    Row(Text("晨牧 鲜牛奶 450ml", "Chenmu Fresh Milk 450 ml"), Text("小鲜奶", "fresh small"), BOTTLE, 10, 780, 7_500, days(16), 5, 12, 20),
    Row(Text("晨牧 鲜牛奶 950ml", "Chenmu Fresh Milk 950 ml"), Text("大鲜奶", "fresh large"), BOTTLE, 1, 1_450, 0, days(16), 0, 8, 11),
    Row(Text("晨牧 草莓酸奶 200g", "Chenmu Strawberry Yogurt 200 g"), Text("莓酸", "strawberry"), CUP, 12, 480, 5_400, days(21), 0, 12, 21),
    Row(Text("晨牧 黄桃酸奶 200g", "Chenmu Peach Yogurt 200 g"), Text::NONE, CUP, 12, 480, 5_400, days(21), 0, 12, 16),
    Row(Text("晨牧 老酸奶 160g", "Chenmu Set Yogurt 160 g"), Text("老酸", "set"), CUP, 12, 520, 5_900, days(25), 0, 12, 18),
    Row(Text("晨牧 儿童牛奶 125ml", "Chenmu Junior Milk 125 ml"), Text::NONE, BOX, 36, 260, 8_900, months(6), 0, 18, 24),
    Row(Text("晨牧 高钙奶 200ml", "Chenmu Calcium Milk 200 ml"), Text::NONE, BAG, 20, 240, 4_600, days(45), 10, 20, 26),
    Row(Text("晨牧 早餐奶 250ml", "Chenmu Breakfast Milk 250 ml"), Text::NONE, BOX, 24, 300, 6_900, months(6), 0, 18, 22),
    Row(Text("晨牧 乳酸菌 340ml", "Chenmu Probiotic Drink 340 ml"), Text::NONE, BOTTLE, 15, 550, 7_900, days(60), 0, 12, 15),
    Row(Text("晨牧 奶酪棒 100g", "Chenmu Cheese Sticks 100 g"), Text::NONE, BAG, 20, 990, 19_000, months(4), 0, 10, 8),
    Row(Text("山语 冰红茶 500ml", "Shanyu Iced Black Tea 500 ml"), Text("冰红", "iced black"), BOTTLE, 15, 300, 4_200, months(12), 15, 20, 40),
    Row(Text("山语 乌龙茶 500ml", "Shanyu Oolong Tea 500 ml"), Text("乌龙", "oolong"), BOTTLE, 15, 420, 6_000, months(12), 0, 20, 24),
    Row(Text("山语 茉莉绿茶 500ml", "Shanyu Jasmine Tea 500 ml"), Text("茉莉", "jasmine"), BOTTLE, 15, 300, 4_200, months(12), 0, 20, 28),
    Row(Text("山语 柠檬茶 500ml", "Shanyu Lemon Tea 500 ml"), Text::NONE, BOTTLE, 15, 320, 4_500, months(12), 0, 15, 20),
    Row(Text("山语 蜜桃乌龙 450ml", "Shanyu Peach Oolong 450 ml"), Text::NONE, BOTTLE, 15, 450, 6_400, months(12), 0, 15, 15),
    Row(Text("山语 冰红茶 1L", "Shanyu Iced Black Tea 1 L"), Text::NONE, BOTTLE, 8, 480, 3_600, months(12), 0, 8, 12),
    Row(Text("果町 鲜橙汁 450ml", "Guoding Orange Juice 450 ml"), Text("橙汁", "orange"), BOTTLE, 12, 500, 5_700, months(9), 0, 12, 24),
    Row(Text("果町 苹果汁 450ml", "Guoding Apple Juice 450 ml"), Text::NONE, BOTTLE, 12, 500, 5_700, months(9), 0, 12, 16),
    Row(Text("果町 葡萄汁 1L", "Guoding Grape Juice 1 L"), Text::NONE, BOX, 6, 1_080, 6_200, months(9), 0, 6, 7),
    Row(Text("果町 芒果汁 300ml", "Guoding Mango Juice 300 ml"), Text::NONE, BOTTLE, 24, 350, 7_900, months(9), 0, 12, 14),
    Row(Text("泉野 饮用水 550ml", "Quanye Water 550 ml"), Text("小水", "small water"), BOTTLE, 24, 0, 2_400, months(18), 24, 36, 60),
    Row(Text("泉野 饮用水 1.5L", "Quanye Water 1.5 L"), Text("大水", "large water"), BOTTLE, 12, 0, 2_700, months(18), 12, 12, 18),
    Row(Text("泉野 苏打水 400ml", "Quanye Soda Water 400 ml"), Text::NONE, BOTTLE, 15, 380, 5_400, months(12), 0, 12, 12),
    Row(Text("汽岭 可乐 330ml", "Qiling Cola 330 ml"), Text("可乐", "cola"), CAN, 24, 250, 5_600, months(12), 0, 24, 36),
    Row(Text("汽岭 柠檬汽水 330ml", "Qiling Lemon Soda 330 ml"), Text::NONE, CAN, 24, 250, 5_600, months(12), 0, 18, 20),
    Row(Text("豆里 原味豆奶 250ml", "Douli Plain Soy Milk 250 ml"), Text("豆奶", "soy"), BOX, 24, 280, 6_400, months(9), 0, 18, 18),
    Row(Text("豆里 黑豆浆 300ml", "Douli Black Soy Drink 300 ml"), Text::NONE, BOTTLE, 15, 460, 0, days(120), 0, 12, 11),
    Row(Text("晨牧 桂花酸奶 200g", "Chenmu Osmanthus Yogurt 200 g"), Text::NONE, CUP, 12, 550, 6_200, days(21), 0, 12, 10),
];

/// By their place in the list from 1: what has to show so many units, and what a shop has room for.
const DISPLAYED: (u32, i64) = (20, 6);
const BULKY: (u32, i64) = (25, 48);
/// On promotion soon, at this multiple of the usual sales, until so many days after today; the rep has known it for three days.
const PROMOTED: usize = 14;
const PACE: &str = "1.5";
const PROMOTED_FOR: u64 = 5;
pub(super) const PROMOTION_KNOWN: u64 = 3;

/// How many products are sold; the last of the list no longer is.
pub(super) const SOLD: usize = ROWS.len() - 1;

/// All products, each with its sales in tenths of a unit a day at a shop of class B.
pub(super) fn all(desk: &mut Desk<'_>) -> Vec<(Product, i64)> {
    (1_u32..).zip(&ROWS).map(|(number, row)| (product(desk, number, row), row.9)).collect()
}

fn product(desk: &mut Desk<'_>, number: u32, row: &Row) -> Product {
    let Row(name, other_name, unit, size, unit_price, case_price, life, minimum, front, _) = *row;
    let is_sold = usize::try_from(number).is_ok_and(|number| number <= SOLD);
    let tongue = desk.tongue;
    Product {
        id: ProductId((desk.new_id)()),
        envelope: desk.envelope(),
        fields: ProductFields {
            other_name: other_name.spoken(tongue),
            code: format!("P{number:03}"),
            barcode: barcode(number),
            unit: unit.spoken(tongue),
            case: CASE.spoken(tongue),
            size: PackSize::new(size).unwrap_or(PackSize::ONE),
            prices: Prices { unit: cents(unit_price), case: cents(case_price) },
            shelf_life: Some(life),
            minimum_order: Units(minimum),
            front_capacity: Units(front),
            minimum_display: Units(if number == DISPLAYED.0 { DISPLAYED.1 } else { 0 }),
            capacity: Units(if number == BULKY.0 { BULKY.1 } else { 0 }),
            display_order: number * 10,
            archived: !is_sold,
            ..ProductFields::named(name.spoken(tongue))
        },
    }
}

/// The product that is on promotion, as it is once the rep knows.
pub(super) fn promoted(desk: &mut Desk<'_>, products: &[(Product, i64)]) -> Option<Product> {
    let (product, _) = products.get(PROMOTED - 1)?;
    let uplift = Uplift::parse(PACE).ok()??;
    let promotion = Some(Promotion { until: after(desk.calendar.today(), PROMOTED_FOR), uplift });
    let envelope = product.envelope.next((desk.stamp)());
    Some(Product { envelope, fields: ProductFields { promotion, ..product.fields.clone() }, ..product.clone() })
}

/// The unit price less some cents; none without a unit price that is higher.
pub(super) fn cheaper(list: Prices, off: i64) -> Option<Money> {
    let price = list.unit?.0.checked_sub(cents(off)?.0)?;
    (price > Decimal::ZERO).then_some(Money(price))
}

/// A price in cents; zero is none.
fn cents(cents: i64) -> Option<Money> {
    (cents != 0).then(|| Money(Decimal::new(cents, 2)))
}

/// An EAN-13 that begins with 2: for use inside a shop only (GS1), so a scanned one never meets a real product.
fn barcode(number: u32) -> String {
    let body = format!("2069{:08}", number * 137);
    let weighted = body.chars().zip([1, 3].into_iter().cycle()).map(|(digit, weight)| digit.to_digit(10).unwrap_or(0) * weight);
    let check = (10 - weighted.sum::<u32>() % 10) % 10;
    format!("{body}{check}")
}
