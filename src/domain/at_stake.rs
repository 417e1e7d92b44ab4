//! What a shop is about to lose: lines that run dry before goods can come again, and goods that expire before they are sold. Read off
//! the shop's head and today's prices; a line without a price still counts, without an amount.

use super::book::Book;
use super::customer::Customer;
use super::exact::Exact;
use super::expiry::NearWindow;
use super::head::{Head, HeadLine};
use super::id::ProductId;
use super::money::Money;
use super::near;
use super::product::Product;
use super::quantity::Units;
use super::run_out;
use super::schedule;
use chrono::{Days, NaiveDate};

/// A line that runs dry before goods can come again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DryLine {
    pub product: ProductId,
    pub dry_on: NaiveDate,
    /// Days without goods from today on, above 0.
    pub days: u32,
    /// Rate × price × days.
    pub money: Option<Money>,
}

/// Goods that expire before they are sold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Perishing {
    pub product: ProductId,
    pub expires: NaiveDate,
    /// The first day on which they count as near expiry.
    pub near_from: NaiveDate,
    /// Whole units that will be left then, above 0.
    pub units: Units,
    /// Units × price.
    pub money: Option<Money>,
}

/// When a shop is visited next and when goods ordered then come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NextGoods {
    /// Today or later: a visit that is overdue can be made today.
    pub visit_on: NaiveDate,
    pub goods_on: NaiveDate,
}

impl NextGoods {
    /// Of a shop whose next visit is due on `due`, as planned or agreed; without such a date a cycle from today.
    pub fn of(shop: &Customer, due: Option<NaiveDate>, today: NaiveDate) -> NextGoods {
        let visit_on = due.map_or_else(|| schedule::next_due(&shop.fields, today), |due| due.max(today));
        let lead = Days::new(shop.fields.lead_days.into());
        NextGoods { visit_on, goods_on: visit_on.checked_add_days(lead).unwrap_or(visit_on) }
    }
}

/// The lines of a shop that are empty before `goods_on`.
pub fn dry_lines(head: &Head, book: &Book, today: NaiveDate, goods_on: NaiveDate) -> impl Iterator<Item = DryLine> {
    head.lines.iter().filter_map(move |line| {
        let rate = rate(line)?;
        let dry_on = run_out::dry_on(line.stock, line.counted_on, rate).filter(|dry_on| *dry_on < goods_on)?;
        // Only now the product is looked up: few lines of many come this far.
        let product = sold(book, line)?;
        let gap = run_out::gap(dry_on, rate, today, goods_on)?;
        let money = run_out::worth(gap.units, product.fields.prices, product.fields.size);
        Some(DryLine { product: line.product, dry_on, days: gap.days, money })
    })
}

/// The goods of a shop that will be left over at their expiry and whose window begins by `until`. Of goods whose life is not known the
/// shortest window counts; where nobody knows how fast they sell, all of them are at risk.
pub fn perishing(head: &Head, book: &Book, window: NearWindow, until: NaiveDate) -> impl Iterator<Item = Perishing> {
    let widest = window.0.into_iter().max().unwrap_or(0);
    head.lines.iter().filter_map(move |line| {
        let lot = line.earliest?;
        let begins = |days: u16| lot.expires.checked_sub_days(Days::new(days.into())).unwrap_or(lot.expires);
        if begins(widest) > until {
            return None;
        }
        let sold_by_then = rate(line).map_or(0, |rate| rate.times((lot.expires - line.counted_on).num_days().max(0)).floor());
        let units = Units(lot.units.saturating_sub(sold_by_then));
        if units.0 <= 0 {
            return None;
        }
        let product = sold(book, line)?;
        let near_from = begins(window.of(product.fields.shelf_life.map_or(0, near::life_days)));
        let money = product.fields.prices.value(units, product.fields.size);
        (near_from <= until).then_some(Perishing { product: line.product, expires: lot.expires, near_from, units, money })
    })
}

/// Units a day; none where it does not sell or nobody knows.
fn rate(line: &HeadLine) -> Option<Exact> {
    (line.rate.units > 0).then(|| Exact::over(line.rate.units.into(), line.rate.days.into()))
}

fn sold<'a>(book: &'a Book, line: &HeadLine) -> Option<&'a Product> {
    book.product(line.product).map(|product| &**product).filter(|product| product.is_active())
}

/// A sum of amounts of which some may not be known; none where none is.
pub fn plus(sum: Option<Money>, more: Option<Money>) -> Option<Money> {
    match (sum, more) {
        (Some(sum), Some(more)) => sum.plus(more).or(Some(sum)),
        (sum, more) => sum.or(more),
    }
}
