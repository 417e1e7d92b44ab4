//! What the rep does not see: how much of each product a shop really has and sells, day by day. Counts show this stock, deliveries
//! fill it; it never falls below nothing. It is a row of lots by production date: the oldest stand in front and sell first.

use crate::domain::customer::CustomerClass;
use crate::domain::expiry;
use crate::domain::lots::CountedLot;
use crate::domain::product::{Product, ShelfLife};
use crate::domain::quantity::Units;
use chrono::{Datelike, Days, NaiveDate};

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

/// Units that a shelf shows in front of what was forgotten, at least.
const FEW: i64 = 4;

/// Goods of one production date.
#[derive(Clone, Copy)]
struct Batch {
    made: NaiveDate,
    units: i64,
}

/// One product at one shop.
pub(super) struct Shelf<'p> {
    pub(super) product: &'p Product,
    /// What is really there, the oldest first.
    batches: Vec<Batch>,
    /// Older goods that nobody sees: they stand behind and sell last.
    forgotten: Option<Batch>,
    /// Mean sales a day, in tenths of a unit.
    pub(super) daily: i64,
    /// Tenths of a unit that a day left over.
    carry: i64,
    /// Counted up to this day; none: still sold here.
    until: Option<NaiveDate>,
}

impl<'p> Shelf<'p> {
    /// A shelf as the rep finds it at first, of a product that sells `pace` tenths a day at a shop of class B.
    pub(super) fn new(product: &'p Product, pace: i64, class: Option<CustomerClass>, on: NaiveDate, dice: &mut Dice) -> Shelf<'p> {
        let percent = match class {
            Some(CustomerClass::A) => 160,
            Some(CustomerClass::B) => 100,
            Some(CustomerClass::C) | None => 60,
        };
        let daily = (pace * percent / 100 * (70 + dice.below(61)) / 100).max(3);
        let stock = daily * (30 + dice.below(60)) / 100;
        let mut shelf = Shelf { product, batches: Vec::new(), forgotten: None, daily, carry: 0, until: None };
        // The rest of last week's delivery, and this week's.
        shelf.receive(stock / 3, before(on, 5));
        shelf.receive(stock - stock / 3, on);
        shelf
    }

    /// The shop gives the product up on a day.
    pub(super) fn end(&mut self, on: NaiveDate) {
        self.until = Some(on);
    }

    /// Whether it is counted on a day.
    pub(super) fn is_sold_on(&self, day: NaiveDate) -> bool {
        self.until.is_none_or(|until| day <= until)
    }

    /// One day's sales.
    pub(super) fn sell(&mut self, dice: &mut Dice) {
        self.carry += self.daily * (55 + dice.below(91)) / 100;
        self.take(self.carry / 10);
        self.carry %= 10;
    }

    /// Units really there.
    pub(super) fn stock(&self) -> i64 {
        self.all().map(|batch| batch.units).sum()
    }

    fn all(&self) -> impl Iterator<Item = &Batch> {
        self.batches.iter().chain(&self.forgotten)
    }

    /// Goods come from the warehouse on a day, of the newest batch there: the longer they keep, the seldomer one is made.
    pub(super) fn receive(&mut self, units: i64, on: NaiveDate) {
        let every = match self.product.fields.shelf_life {
            Some(ShelfLife::Days(days)) => days / 7,
            Some(ShelfLife::Months(months)) => months * 4,
            None => 1,
        };
        let age = 1 + u64::from(on.num_days_from_ce().unsigned_abs() % every.max(1));
        self.put(Batch { made: before(on, age), units });
    }

    fn put(&mut self, batch: Batch) {
        match self.batches.iter_mut().find(|known| known.made == batch.made) {
            Some(known) => known.units += batch.units,
            None => self.batches.push(batch),
        }
        self.batches.retain(|batch| batch.units > 0);
        self.batches.sort_by_key(|batch| batch.made);
    }

    /// Units leave the shelf, as far as there are any.
    pub(super) fn take(&mut self, mut units: i64) {
        for batch in self.batches.iter_mut().chain(&mut self.forgotten) {
            let taken = units.clamp(0, batch.units);
            batch.units -= taken;
            units -= taken;
        }
        self.batches.retain(|batch| batch.units > 0);
        self.forgotten = self.forgotten.filter(|batch| batch.units > 0);
    }

    /// Some of the goods turn out to have stood behind for long: they keep for so many days from a day on.
    pub(super) fn forget(&mut self, units: i64, days_left: u64, on: NaiveDate) {
        let Some(ShelfLife::Days(life)) = self.product.fields.shelf_life else { return };
        // Some of what came later stands in front of them.
        self.take(units.min(self.stock() - FEW));
        self.receive((FEW - self.stock()).max(0), on);
        self.forgotten = Some(Batch { made: before(on, u64::from(life).saturating_sub(days_left)), units });
    }

    /// What was forgotten comes to its place among the others.
    pub(super) fn bring_forward(&mut self) {
        if let Some(batch) = self.forgotten.take() {
            self.put(batch);
        }
    }

    /// Expired goods come off: how many.
    pub(super) fn take_off(&mut self, on: NaiveDate) -> i64 {
        let there = self.stock();
        let keeps = |batch: &Batch| self.product.fields.shelf_life.is_none_or(|life| expiry::expires(batch.made, life) > Some(on));
        self.batches.retain(keeps);
        self.forgotten = self.forgotten.filter(keeps);
        there - self.stock()
    }

    /// How much of the stock can stand in front.
    pub(super) fn in_front(&self, room: i64) -> i64 {
        self.batches.iter().map(|batch| batch.units).sum::<i64>().min(room)
    }

    /// The goods by date, with `front` units in front.
    pub(super) fn dated(&self, mut front: i64) -> Vec<CountedLot> {
        let lot = |batch: &Batch| {
            let here = front.min(batch.units);
            front -= here;
            let expires = self.product.fields.shelf_life.and_then(|life| expiry::expires(batch.made, life));
            CountedLot { produced: Some(batch.made), expires, front: Units(here), back: Units(batch.units - here) }
        };
        self.all().map(lot).collect()
    }

    /// What an experienced rep orders without a sum: twelve days of sales, in full cases.
    pub(super) fn by_experience(&self) -> i64 {
        let (size, wanted) = (self.product.fields.size.units(), self.daily * 120 / 100);
        let missing = (wanted - self.stock()).max(0);
        (missing + size - 1) / size * size
    }
}

fn before(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days)).unwrap_or(day)
}
