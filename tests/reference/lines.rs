//! Lines as they come in a shop, and lines at the engine's limits, for property tests; and the mix that they make: a generator that
//! never makes a kind of line proves nothing of it.

use super::Result;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use shelfwise::domain::factor::Factor;
use shelfwise::domain::quantity::Units;
use shelfwise::domain::rate::{Cycle, StatedRate, WINDOW_MAX};
use shelfwise::domain::reorder::{DAYS_MAX, Flag, Line, Lot, Promotion, Rounding, Status};

/// A line that owns its cycles and lots; those of `rest` stay empty.
#[derive(Clone, Debug)]
pub struct Made {
    pub cycles: Vec<Cycle>,
    pub lots: Vec<Lot>,
    pub rest: Line<'static>,
}

impl Made {
    pub fn line(&self) -> Line<'_> {
        Line { cycles: &self.cycles, lots: &self.lots, ..self.rest }
    }
}

/// What happens between two counts; the cycle follows from it and from what was there before.
#[derive(Clone, Debug)]
struct Happening {
    received: i64,
    other_source: i64,
    returned: i64,
    written_off: i64,
    /// Of what is left, in hundredths.
    sold: i64,
    miscounted: i64,
    days: u32,
    closed_days: u32,
    stockout_days: u32,
}

fn happening() -> impl Strategy<Value = Happening> {
    let received = prop_oneof![3 => Just(0), 4 => select(vec![6, 12, 24, 48]), 2 => 0..60_i64];
    let seldom = |most: i64| prop_oneof![8 => Just(0), 1 => 1..=most];
    let days = select(vec![1_u32, 4, 7, 7, 7, 10, 14, 30]);
    let closed = prop_oneof![7 => Just(0_u32), 1 => 1..=5_u32, 1 => 5..=31_u32];
    let out = prop_oneof![5 => Just(0_u32), 2 => 0..=14_u32];
    let sold = prop_oneof![4 => Just(0_i64), 6 => 10..=90_i64, 2 => Just(100)];
    let goods = (received, seldom(12), seldom(6), seldom(4), sold, prop_oneof![12 => Just(0_i64), 1 => 1..=9_i64]);
    (goods, (days, closed, out)).prop_map(
        |((received, other_source, returned, written_off, sold, miscounted), (days, closed_days, stockout_days))| Happening {
            received,
            other_source,
            returned,
            written_off,
            sold,
            miscounted,
            days,
            closed_days,
            stockout_days,
        },
    )
}

/// Each count is the next one's previous. `pace` is of what is sold otherwise, in hundredths.
fn chain(first: i64, happenings: Vec<Happening>, pace: i64, ends_empty: bool) -> Vec<Cycle> {
    let mut previous = first;
    let mut cycles = Vec::new();
    for this in happenings {
        let left = (previous + this.received + this.other_source - this.returned - this.written_off).max(0);
        let sold = left * this.sold * pace / 10_000;
        let current = left - sold + this.miscounted * i64::from(pace > 0);
        let [previous_units, received, other_source, returned, written_off, current_units] =
            [previous, this.received, this.other_source, this.returned, this.written_off, current].map(Units);
        let (days, closed_days, stockout_days) = (this.days, this.closed_days, this.stockout_days);
        let counts = Cycle { previous: previous_units, current: current_units, ..Cycle::default() };
        cycles.push(Cycle { received, other_source, returned, written_off, days, closed_days, stockout_days, ..counts });
        previous = current;
    }
    if ends_empty {
        cycles.extend(cycles.last().map(|last| Cycle { previous: last.current, days: 7, ..Cycle::default() }));
        cycles.push(Cycle { days: 7, ..Cycle::default() });
    }
    cycles
}

pub fn cycles() -> impl Strategy<Value = Vec<Cycle>> {
    let history = prop::collection::vec(happening(), 1..7);
    let pace = prop_oneof![8 => Just(100_i64), 1 => Just(0), 1 => 1..20_i64];
    let some = (0..60_i64, history, pace, prop::bool::weighted(0.08)).prop_map(|(first, all, pace, empty)| chain(first, all, pace, empty));
    prop_oneof![2 => Just(Vec::new()), 11 => some]
}

pub fn days_left() -> impl Strategy<Value = Option<i32>> {
    prop_oneof![
        4 => Just(None),
        1 => (-5..=0_i32).prop_map(Some),
        3 => (1..=12_i32).prop_map(Some),
        3 => (13..=400_i32).prop_map(Some),
    ]
}

pub fn lots() -> impl Strategy<Value = Vec<Lot>> {
    let quantity = prop_oneof![1 => Just(0_i64), 6 => 1..30_i64, 1 => 30..200_i64];
    let lot = (quantity, days_left()).prop_map(|(quantity, days_left)| Lot { quantity: Units(quantity), days_left });
    prop::collection::vec(lot, 0..5)
}

fn factor() -> impl Strategy<Value = Factor> {
    prop_oneof![4 => Just(150_u16), 2 => select(vec![100, 125, 175, 200]), 1 => 100..=500_u16]
        .prop_map(|hundredths| Factor::from_hundredths(hundredths).unwrap())
}

/// Everything of a line but its cycles and lots.
pub fn rest() -> impl Strategy<Value = Line<'static>> {
    let units =
        |most: i64| prop_oneof![4 => Just(Units(0)), 1 => select(vec![Units(6), Units(12), Units(24)]), 1 => (0..=most).prop_map(Units)];
    let times = (select(vec![1_u32, 3, 7, 7, 7, 10, 14, 30]), select(vec![0_u32, 0, 1, 1, 3, 5, 14]), factor());
    let goods = (units(90), select(vec![1_i64, 6, 12, 15, 24, 24]), units(40), units(15));
    let fresh_days = prop_oneof![4 => Just(None), 2 => (-3..15_i32).prop_map(Some), 2 => (15..200_i32).prop_map(Some)];
    let capacity = prop_oneof![3 => Just(None), 1 => (0..150_i64).prop_map(|units| Some(Units(units)))];
    let promotion = (0..40_u32, 100..=300_u16).prop_map(|(days, uplift)| Promotion { days, uplift });
    let stated = (0..=30_u32, 1..=10_u32).prop_map(|(units, days)| StatedRate { units, days });
    let limits = (fresh_days, capacity, prop::option::weighted(0.2, promotion), prop::option::weighted(0.35, stated));
    let settings = (
        prop_oneof![3 => Just(4_u8), 1 => Just(1), 1 => 1..=WINDOW_MAX],
        prop_oneof![4 => Just(2_u8), 1 => 0..=10_u8],
        select(vec![Rounding::Ceil, Rounding::Guard, Rounding::Guard]),
        select(vec![30_u32, 30, 30, 7, 60, 0]),
    );
    (times, goods, limits, settings).prop_map(|(times, goods, limits, settings)| Line {
        cycles: &[],
        lots: &[],
        days_to_next_visit: times.0,
        delivery_days: times.1,
        factor: times.2,
        on_order: goods.0,
        units_per_case: goods.1,
        minimum_order: goods.2,
        minimum_display: goods.3,
        fresh_days: limits.0,
        capacity: limits.1,
        promotion: limits.2,
        stated_rate: limits.3,
        window: settings.0,
        alpha: settings.1,
        rounding: settings.2,
        maximum_cover_days: settings.3,
    })
}

/// A line as it comes in a shop.
pub fn made() -> impl Strategy<Value = Made> {
    (cycles(), lots(), rest()).prop_map(|(cycles, lots, rest)| Made { cycles, lots, rest })
}

/// Every figure at one end of its range, close to it, or anywhere.
pub fn extreme() -> impl Strategy<Value = Made> {
    let units = || prop_oneof![2 => Just(0_i64), 1 => Just(1), 4 => Just(Units::MAX.0), 1 => 0..=Units::MAX.0].prop_map(Units);
    let days = || prop_oneof![1 => Just(0_u32), 1 => Just(1), 3 => Just(DAYS_MAX), 1 => 0..=DAYS_MAX];
    let most = i32::try_from(DAYS_MAX).unwrap();
    let left = move || prop_oneof![1 => Just(None), 1 => Just(Some(-most)), 3 => Just(Some(most)), 2 => (-most..=most).prop_map(Some)];
    let cycle = ((units(), units(), units(), units(), units(), units()), (days(), days(), days())).prop_map(|(goods, times)| Cycle {
        previous: goods.0,
        received: goods.1,
        other_source: goods.2,
        returned: if goods.3.0 == Units::MAX.0 { Units(0) } else { goods.3 },
        written_off: if goods.4.0 == Units::MAX.0 { Units(0) } else { goods.4 },
        current: goods.5,
        days: times.0.max(1),
        closed_days: if times.1 == DAYS_MAX { 0 } else { times.1 },
        stockout_days: times.2,
    });
    let lot = (units(), left()).prop_map(|(quantity, days_left)| Lot { quantity, days_left });
    let part = || prop_oneof![1 => Just(1_u32), 2 => Just(1_000_000), 1 => 1..=1_000_000_u32];
    let stated = (part(), part()).prop_map(|(units, days)| StatedRate { units, days });
    let promotion = (days(), select(vec![100_u16, 999, 1_000])).prop_map(|(days, uplift)| Promotion { days, uplift });
    let times = (days().prop_map(|days| days.max(1)), days(), select(vec![100_u16, 101, 499, 500]));
    let limits = (prop::option::of(left()), prop::option::of(units()), prop::option::of(promotion), prop::option::of(stated));
    let settings = (1..=WINDOW_MAX, 0..=10_u8, select(vec![Rounding::Ceil, Rounding::Guard]), days());
    let goods = (units(), units().prop_map(|units| units.0.max(1)), units(), units());
    let rest = (times, goods, limits, settings).prop_map(|(times, goods, limits, settings)| Line {
        cycles: &[],
        lots: &[],
        days_to_next_visit: times.0,
        delivery_days: times.1,
        factor: Factor::from_hundredths(times.2).unwrap(),
        on_order: goods.0,
        units_per_case: goods.1,
        minimum_order: goods.2,
        minimum_display: goods.3,
        fresh_days: limits.0.flatten(),
        capacity: limits.1,
        promotion: limits.2,
        stated_rate: limits.3,
        window: settings.0,
        alpha: settings.1,
        rounding: settings.2,
        maximum_cover_days: settings.3,
    });
    (prop::collection::vec(cycle, 0..14), prop::collection::vec(lot, 0..6), rest).prop_map(|(cycles, lots, rest)| Made {
        cycles,
        lots,
        rest,
    })
}

/// So many values of a strategy, the same ones in every run.
pub fn seeded<T>(strategy: impl Strategy<Value = T>, seed: u8, count: usize) -> impl Iterator<Item = T> {
    let mut runner = TestRunner::new_with_rng(Config::default(), TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]));
    (0..count).map(move |_| strategy.new_tree(&mut runner).unwrap().current())
}

pub const STATUSES: [Status; 4] = [Status::Order, Status::Enough, Status::None, Status::FirstVisit];
pub const FLAGS: [Flag; 10] = [
    Flag::ZeroTrap,
    Flag::StockOut,
    Flag::Expired,
    Flag::NegativeSales,
    Flag::Slow,
    Flag::OnOrderCovers,
    Flag::BelowCase,
    Flag::CappedByShelfLife,
    Flag::CappedByCapacity,
    Flag::Overstock,
];

/// How often each status and each flag came.
#[derive(Default)]
pub struct Mix {
    lines: usize,
    statuses: [usize; 4],
    flags: [usize; 10],
}

impl Mix {
    pub fn add(&mut self, result: &Result) {
        self.lines += 1;
        for (status, count) in STATUSES.iter().zip(&mut self.statuses) {
            *count += usize::from(result.status == *status);
        }
        for (flag, count) in FLAGS.iter().zip(&mut self.flags) {
            *count += usize::from(result.flags.contains(flag));
        }
    }

    /// Prints the mix; every status has to be in 5 % of the lines and every flag in 1 %.
    pub fn check(&self) {
        let statuses = STATUSES.iter().map(|status| format!("{status:?}")).zip(&self.statuses).map(|(name, count)| (name, *count, 5));
        let flags = FLAGS.iter().map(|flag| format!("{flag:?}")).zip(&self.flags).map(|(name, count)| (name, *count, 1));
        let parts: Vec<(String, usize, usize)> = statuses.chain(flags).collect();
        let share = |count: usize| format!("{}.{} %", count * 100 / self.lines, count * 1000 / self.lines % 10);
        let text: Vec<String> = parts.iter().map(|(name, count, _)| format!("{name} {}", share(*count))).collect();
        println!("{} lines: {}", self.lines, text.join(", "));
        for (name, count, least) in parts {
            assert!(count * 100 >= least * self.lines, "{name} in {} only", share(count));
        }
    }
}
