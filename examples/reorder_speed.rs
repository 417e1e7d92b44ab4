//! How many lines a second the reorder engine answers: a thousand made-up lines of a shop's day, over and over. `--orders` prints
//! the order of each line instead, for `bench/reorder.mjs`, which makes the same lines from the same die. Built for the browser's
//! target it only answers them all `PASSES` times in `main`, to be timed from outside.

use shelfwise::domain::quantity::Units;
use shelfwise::domain::rate::Cycle;
use shelfwise::domain::reorder::{self, Line, Lot, Promotion, Rounding};
use std::hint::black_box;

const LINES: usize = 1_000;
/// How often `main` answers all lines where it cannot tell the time.
const PASSES: usize = 100;

/// The seeded die of `bench/rows.mjs`.
struct Die(u32);

impl Die {
    fn roll(&mut self, sides: i64) -> i64 {
        self.0 = self.0.wrapping_add(0x6d2b_79f5);
        let mut mixed = (self.0 ^ (self.0 >> 15)).wrapping_mul(self.0 | 1);
        mixed ^= mixed.wrapping_add((mixed ^ (mixed >> 7)).wrapping_mul(mixed | 61));
        i64::from(mixed ^ (mixed >> 14)) % sides.max(1)
    }

    fn units(&mut self, sides: i64) -> Units {
        Units(self.roll(sides))
    }

    fn days(&mut self, sides: i64) -> u32 {
        u32::try_from(self.roll(sides)).unwrap_or(0)
    }

    fn of<T: Copy, const N: usize>(&mut self, list: [T; N], else_: T) -> T {
        let at = usize::try_from(self.roll(N as i64)).unwrap_or(0);
        list.get(at).copied().unwrap_or(else_)
    }

    fn one_in(&mut self, sides: i64) -> bool {
        self.roll(sides) == 0
    }
}

struct Made {
    cycles: Vec<Cycle>,
    lots: Vec<Lot>,
    rest: Line<'static>,
}

fn make(die: &mut Die) -> Made {
    let mut previous = die.units(40);
    let mut cycles = Vec::new();
    for _ in 0..4 {
        let received = Units(12 * die.roll(3));
        let days = 3 + die.days(12);
        let current = die.units(previous.0 + received.0 + 1);
        let stockout_days = if die.one_in(6) { die.days(days.into()) } else { 0 };
        cycles.push(Cycle { previous, received, current, days, stockout_days, ..Cycle::default() });
        previous = current;
    }
    let (mut left, mut lots) = (previous.0, Vec::new());
    for _ in 0..die.roll(3) {
        let quantity = die.units(left + 1);
        left -= quantity.0;
        lots.push(Lot { quantity, days_left: Some(1 + i32::try_from(die.roll(60)).unwrap_or(0)) });
    }
    lots.push(Lot { quantity: Units(left), days_left: if die.one_in(2) { None } else { Some(90) } });
    let rest = Line {
        days_to_next_visit: die.of([7, 7, 7, 14, 5], 7),
        delivery_days: die.days(4),
        on_order: Units(if die.one_in(4) { 12 } else { 0 }),
        units_per_case: die.of([1, 6, 12, 24], 1),
        minimum_order: Units(if die.one_in(5) { 24 } else { 0 }),
        fresh_days: die.one_in(3).then_some(45),
        minimum_display: Units(if die.one_in(5) { 6 } else { 0 }),
        capacity: die.one_in(4).then_some(Units(80)),
        promotion: die.one_in(10).then_some(Promotion { days: 5, uplift: 180 }),
        rounding: die.of([Rounding::Ceil, Rounding::Guard], Rounding::Ceil),
        ..Line::default()
    };
    Made { cycles, lots, rest }
}

fn order(made: &Made) -> i64 {
    let line = Line { cycles: &made.cycles, lots: &made.lots, ..made.rest };
    reorder::suggest(&line).ok().and_then(|answer| black_box(answer).order).map_or(-1, |order| order.0)
}

fn all(lines: &[Made]) -> i64 {
    lines.iter().map(|made| order(black_box(made))).sum()
}

fn main() {
    let mut die = Die(20_261_123);
    let lines: Vec<Made> = (0..LINES).map(|_| make(&mut die)).collect();
    #[cfg(target_arch = "wasm32")]
    for _ in 0..PASSES {
        black_box(all(&lines));
    }
    #[cfg(not(target_arch = "wasm32"))]
    if std::env::args().any(|argument| argument == "--orders") {
        let orders: Vec<String> = lines.iter().map(|made| order(made).to_string()).collect();
        println!("[{}]", orders.join(","));
    } else {
        time(&lines);
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn time(lines: &[Made]) {
    let mut figures: Vec<u128> = (0..11)
        .map(|_| {
            let began = std::time::Instant::now();
            for _ in 0..PASSES {
                black_box(all(lines));
            }
            (PASSES * LINES) as u128 * 1_000_000_000 / began.elapsed().as_nanos().max(1)
        })
        .collect();
    figures.sort_unstable();
    let at = |place: usize| figures.get(place).copied().unwrap_or_default();
    println!("{} lines a second ({}..{}, n {}), sum of orders {}", at(5), at(0), at(10), figures.len(), all(lines));
}
