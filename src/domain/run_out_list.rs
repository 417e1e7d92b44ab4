//! Whom to call because a shelf runs dry: every shop with a line that is empty before goods of its next visit can come, by the date of
//! the first one (issue: run-out list). A pure function of heads, book and today.

use super::agenda::{Known, visit_due};
use super::at_stake::{self, DryLine, NextGoods};
use super::cadence::Pace;
use super::id::CustomerId;
use super::money::Money;
use super::sorting;
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// A shop to call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    pub customer: CustomerId,
    pub next: NextGoods,
    /// Soonest dry first.
    pub lines: Vec<DryLine>,
    /// What all lines lose until goods come, as far as prices are known.
    pub money: Option<Money>,
}

impl Call {
    /// The day the first line is dry.
    pub fn dry_on(&self) -> Option<NaiveDate> {
        self.lines.first().map(|line| line.dry_on)
    }
}

/// The call list of `today`, without shops that are given up: soonest dry first, then the most money, then by name.
pub fn calls(known: &Known, today: NaiveDate) -> Vec<Call> {
    let book = known.book;
    let mut all = Vec::new();
    for shop in book.active_customers() {
        let Some(head) = known.head(shop.id).filter(|_| !Pace::of(shop, known.profile(shop.id)).given_up) else { continue };
        let next = NextGoods::of(shop, visit_due(book, shop, today), today);
        let lines: Vec<DryLine> = at_stake::dry_lines(head, book, today, next.goods_on).collect();
        if lines.is_empty() {
            continue;
        }
        let money = lines.iter().fold(None, |sum, line| at_stake::plus(sum, line.money));
        let lines = sorting::by_key(lines, |line| ((line.dry_on - NaiveDate::MIN).num_days(), line.product.to_string()));
        all.push(Call { customer: shop.id, next, lines, money });
    }
    sorting::by_key(all, |call| {
        let days = call.dry_on().map_or(i64::MAX, |dry_on| (dry_on - NaiveDate::MIN).num_days());
        let cents = call.money.and_then(|money| u64::try_from(money.0.checked_mul(Decimal::ONE_HUNDRED)?).ok()).unwrap_or(0);
        let name = book.customer(call.customer).map_or("", |shop| shop.fields.name.as_str());
        (days, format!("{:020}{name}\u{0}{}", u64::MAX - cents, call.customer))
    })
}
