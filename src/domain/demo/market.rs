//! What the rep does not see: how much of each product a shop really has and sells, day by day. Counts show this stock, deliveries
//! fill it; it never falls below nothing.

use crate::domain::customer::CustomerClass;
use crate::domain::product::Product;
use chrono::NaiveDate;

/// A fixed row of numbers that look thrown: a linear congruential generator (Knuth's MMIX constants), the same at every run.
pub(super) struct Dice(u64);

impl Default for Dice {
    fn default() -> Self {
        Dice(20_261_124)
    }
}

impl Dice {
    /// 0 ..= `sides` − 1.
    pub(super) fn below(&mut self, sides: i64) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        // The low bits of such a generator repeat soon.
        i64::try_from(self.0 >> 33).unwrap_or(0) % sides.max(1)
    }

    /// True once in `times`.
    pub(super) fn once_in(&mut self, times: i64) -> bool {
        self.below(times) == 0
    }
}

/// One product at one shop.
pub(super) struct Shelf<'p> {
    pub(super) product: &'p Product,
    /// Units really there.
    pub(super) stock: i64,
    /// Mean sales a day, in tenths of a unit.
    pub(super) daily: i64,
    /// Tenths of a unit that a day left over.
    carry: i64,
    /// Counted up to this day; none: still sold here.
    until: Option<NaiveDate>,
}

impl<'p> Shelf<'p> {
    /// A shelf as the rep finds it at first, of a product that sells `pace` tenths a day at a shop of class B.
    pub(super) fn new(product: &'p Product, pace: i64, class: Option<CustomerClass>, dice: &mut Dice) -> Shelf<'p> {
        let percent = match class {
            Some(CustomerClass::A) => 160,
            Some(CustomerClass::B) => 100,
            Some(CustomerClass::C) | None => 60,
        };
        let daily = (pace * percent / 100 * (70 + dice.below(61)) / 100).max(3);
        let stock = daily * (30 + dice.below(60)) / 100;
        Shelf { product, stock, daily, carry: 0, until: None }
    }

    /// The shelf of a product that the shop gave up on a day.
    pub(super) fn ending(self, on: NaiveDate) -> Shelf<'p> {
        Shelf { until: Some(on), ..self }
    }

    /// Whether it is counted on a day.
    pub(super) fn is_sold_on(&self, day: NaiveDate) -> bool {
        self.until.is_none_or(|until| day <= until)
    }

    /// One day's sales.
    pub(super) fn sell(&mut self, dice: &mut Dice) {
        self.carry += self.daily * (55 + dice.below(91)) / 100;
        self.stock = (self.stock - self.carry / 10).max(0);
        self.carry %= 10;
    }

    /// What an experienced rep orders without a sum: twelve days of sales, in full cases.
    pub(super) fn by_experience(&self) -> i64 {
        let (size, wanted) = (self.product.fields.size.units(), self.daily * 120 / 100);
        let missing = (wanted - self.stock).max(0);
        (missing + size - 1) / size * size
    }
}
