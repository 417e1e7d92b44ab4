//! The rule and the engine on the same shelves: 600 lines of 40 visits each, random demand from a seed, goods that keep 45 days. What
//! share of demand is served, what share of the goods is thrown away, how many weeks of stock stand there.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::float_arithmetic)]
#![allow(clippy::cast_precision_loss, clippy::cast_possible_truncation)]

use shelfwise::domain::factor::Factor;
use shelfwise::domain::quantity::Units;
use shelfwise::domain::rate::{Cycle, StatedRate};
use shelfwise::domain::reorder::{self, Line, Lot, Rounding};
use shelfwise::domain::rule;
use std::collections::VecDeque;

const LINES: u64 = 600;
const VISITS: usize = 40;
/// Days that goods keep from their delivery.
const LIFE: i32 = 45;
const PLANNED: u32 = 7;
const DELIVERY: u32 = 1;

/// SplitMix64: the same figures on every machine.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// 0 ≤ x < 1.
    fn part(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn between(&mut self, least: u32, most: u32) -> u32 {
        least + (self.next() % u64::from(most - least + 1)) as u32
    }

    fn poisson(&mut self, limit: f64) -> i64 {
        let (mut product, mut count) = (self.part(), 0);
        while product > limit {
            product *= self.part();
            count += 1;
        }
        count
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Calendar {
    /// Every 7 days, as planned.
    Regular,
    /// 3 to 14 days apart, and the rep knows when the next visit is.
    Planned,
    /// 3 to 14 days apart, 7 on average, and the plan always says 7.
    Unkept,
    /// 3 to 14 days apart, 8.5 on average: the plan says 7, and the rep comes late more often than early.
    Late,
}

/// What a simulation varies.
#[derive(Clone, Copy, Debug)]
struct Shop {
    calendar: Calendar,
    /// Orders come in cases of 12, of 6 for slow lines; else by the unit.
    by_case: bool,
    /// Hundredths of the visits at which nothing is ordered.
    refuses: u32,
}

/// A product in a shop: what is asked for each day, and when the rep comes.
struct Shelf {
    /// Units a day.
    pace: f64,
    case: i64,
    stated: StatedRate,
    gaps: Vec<u32>,
    demand: Vec<i64>,
    /// Visits at which the owner orders nothing, whatever is suggested.
    refused: Vec<bool>,
}

/// 0.1 to 8 units a day, as many slow lines as fast ones.
fn shelf(seed: u64, number: u64, shop: Shop) -> Shelf {
    let Shop { calendar, by_case, refuses } = shop;
    let mut dice = Dice(seed.wrapping_mul(1_000_003).wrapping_add(number));
    dice.next();
    let pace = 0.1 * 80_f64.powf(dice.part());
    let guess = pace * (0.7 + 0.6 * dice.part());
    let irregular: Vec<u32> = (0..VISITS).map(|_| dice.between(3, 14)).collect();
    let early: Vec<u32> = irregular.iter().map(|gap| if dice.part() < 0.5 { *gap } else { 3 + gap % 6 }).collect();
    let gaps = match calendar {
        Calendar::Regular => vec![PLANNED; VISITS],
        Calendar::Planned | Calendar::Late => irregular,
        Calendar::Unkept => early,
    };
    let limit = (-pace).exp();
    let demand = (0..gaps.iter().sum()).map(|_| dice.poisson(limit)).collect();
    let refused = (0..VISITS).map(|visit| visit > 0 && dice.between(0, 99) < refuses).collect();
    let case = match by_case {
        true if pace >= 1.0 => 12,
        true => 6,
        false => 1,
    };
    Shelf { pace, case, stated: StatedRate { units: (guess * 1000.0) as u32 + 1, days: 1000 }, gaps, demand, refused }
}

#[derive(Clone, Copy, PartialEq)]
enum Policy {
    /// Word by word: out of stock once, it says 0 for ever.
    RuleAlone,
    /// In the zero trap the rep answers "restart" and orders for the last cycle that sold.
    Rule,
    Engine {
        factor: u16,
        rounding: Rounding,
    },
    /// The engine at 1.5, told the mean of the last four gaps instead of the plan.
    ByHistory,
}

const ENGINE: Policy = Policy::Engine { factor: 150, rounding: Rounding::Ceil };
const ENGINE_175: Policy = Policy::Engine { factor: 175, rounding: Rounding::Ceil };
const ENGINE_200: Policy = Policy::Engine { factor: 200, rounding: Rounding::Ceil };
const GUARDED: Policy = Policy::Engine { factor: 150, rounding: Rounding::Guard };

impl Policy {
    fn name(self) -> String {
        match self {
            Policy::RuleAlone => "rule, never restarted".to_owned(),
            Policy::Rule => "rule, restarted".to_owned(),
            Policy::ByHistory => "engine 1.50, gaps as they came".to_owned(),
            Policy::Engine { factor, rounding } => format!("engine {}.{:02} {rounding:?}", factor / 100, factor % 100),
        }
    }
}

#[derive(Default, Clone, Copy)]
struct Outcome {
    asked: f64,
    sold: f64,
    received: f64,
    wasted: f64,
    /// Units on hand, and units asked for in a week, summed over days.
    stock: f64,
    weekly: f64,
    /// Weeks of stock of each line, summed over lines.
    weeks: f64,
    lines: f64,
}

impl Outcome {
    fn served(&self) -> f64 {
        100.0 * self.sold / self.asked
    }

    fn thrown_away(&self) -> f64 {
        100.0 * self.wasted / self.received
    }

    fn weeks_of_stock(&self) -> f64 {
        self.stock / self.weekly
    }

    fn row(&self) -> String {
        let mean = self.weeks / self.lines;
        format!("{:6.2} % {:6.2} % {:6.2} {:6.2}", self.served(), self.thrown_away(), self.weeks_of_stock(), mean)
    }
}

/// What the rep sees at a visit.
struct Seen<'a> {
    shelf: &'a Shelf,
    cycles: &'a [Cycle],
    lots: Vec<Lot>,
    /// Days to the next visit, as planned.
    next: u32,
    ordered: i64,
}

fn engine(seen: &Seen<'_>, factor: u16, rounding: Rounding) -> i64 {
    let line = Line {
        cycles: seen.cycles,
        lots: &seen.lots,
        days_to_next_visit: seen.next,
        delivery_days: DELIVERY,
        factor: Factor::from_hundredths(factor).unwrap(),
        units_per_case: seen.shelf.case,
        fresh_days: Some(LIFE),
        rounding,
        stated_rate: Some(seen.shelf.stated),
        ..Line::default()
    };
    reorder::suggest(&line).unwrap().order.unwrap().0
}

fn order(policy: Policy, seen: &Seen<'_>) -> i64 {
    // The first order is the same for all.
    let Some(last) = seen.cycles.last() else { return engine(seen, 150, Rounding::Ceil) };
    let by_rule = |previous, ordered, current| rule::apply(previous, Units(ordered), current, Factor::RULE).unwrap();
    let whole_cases = |units: i64| (units + seen.shelf.case - 1) / seen.shelf.case * seen.shelf.case;
    match policy {
        Policy::Engine { factor, rounding } => engine(seen, factor, rounding),
        Policy::ByHistory => {
            let last: Vec<u32> = seen.cycles.iter().rev().take(4).map(|cycle| cycle.days).collect();
            let mean = last.iter().sum::<u32>().div_ceil(last.len() as u32);
            engine(&Seen { next: mean, lots: seen.lots.clone(), ..*seen }, 150, Rounding::Ceil)
        }
        Policy::Rule if last.previous.0 + seen.ordered + last.current.0 == 0 => {
            let sold = seen.cycles.iter().rev().map(Cycle::sales).find(|sales| *sales > 0);
            whole_cases(by_rule(Units(sold.unwrap_or(1)), 0, Units::ZERO).order.0)
        }
        Policy::Rule | Policy::RuleAlone => whole_cases(by_rule(last.previous, seen.ordered, last.current).order.0),
    }
}

/// A shelf through its visits. A day: what came and what expired, then the visit, then the shop is open.
fn run(shelf: &Shelf, policy: Policy, calendar: Calendar) -> Outcome {
    let mut outcome = Outcome { lines: 1.0, ..Outcome::default() };
    // Day of expiry and units, oldest first.
    let mut lots: VecDeque<(i32, i64)> = VecDeque::new();
    let mut cycles: Vec<Cycle> = Vec::new();
    let mut open = Cycle::default();
    let (mut today, mut ordered) = (0_usize, 0);
    for (visit, gap) in shelf.gaps.iter().enumerate() {
        let on_hand: i64 = lots.iter().map(|(_, units)| units).sum();
        if visit > 0 {
            cycles.push(Cycle { current: Units(on_hand), ..open });
        }
        open = Cycle { previous: Units(on_hand), days: *gap, ..Cycle::default() };
        let left = |until: i32| until - today as i32;
        let seen_lots = lots.iter().map(|(until, units)| Lot { quantity: Units(*units), days_left: Some(left(*until)) }).collect();
        let next = if calendar == Calendar::Planned { *gap } else { PLANNED };
        let first = cycles.len().saturating_sub(30);
        let seen = Seen { shelf, cycles: &cycles[first..], lots: seen_lots, next, ordered };
        ordered = if shelf.refused[visit] { 0 } else { order(policy, &seen) };
        let mut coming = ordered;
        for day in 0..*gap {
            if day == DELIVERY && coming > 0 {
                lots.push_back((today as i32 + LIFE, coming));
                open.received.0 += coming;
                outcome.received += coming as f64;
                coming = 0;
            }
            let stock: i64 = lots.iter().map(|(_, units)| units).sum();
            open.stockout_days += u32::from(stock == 0);
            let asked = shelf.demand[today];
            let sold = asked.min(stock);
            let mut to_take = sold;
            while to_take > 0 {
                let oldest = lots.front_mut().unwrap();
                let taken = oldest.1.min(to_take);
                oldest.1 -= taken;
                to_take -= taken;
                if oldest.1 == 0 {
                    lots.pop_front();
                }
            }
            // Nothing can be sold before the first delivery.
            if today > 0 {
                outcome.asked += asked as f64;
                outcome.sold += sold as f64;
                outcome.stock += (stock - sold) as f64;
                outcome.weekly += 7.0 * shelf.pace;
            }
            today += 1;
            while lots.front().is_some_and(|(until, _)| *until <= today as i32) {
                let (_, units) = lots.pop_front().unwrap();
                open.written_off.0 += units;
                outcome.wasted += units as f64;
            }
        }
    }
    outcome.weeks = outcome.weeks_of_stock();
    outcome
}

fn simulate(seed: u64, shop: Shop, policies: &[Policy]) -> Vec<Outcome> {
    let mut sums = vec![Outcome::default(); policies.len()];
    for number in 0..LINES {
        let shelf = shelf(seed, number, shop);
        for (sum, policy) in sums.iter_mut().zip(policies) {
            let one = run(&shelf, *policy, shop.calendar);
            let Outcome { asked, sold, received, wasted, stock, weekly, weeks, lines } = one;
            sum.asked += asked;
            sum.sold += sold;
            sum.received += received;
            sum.wasted += wasted;
            sum.stock += stock;
            sum.weekly += weekly;
            sum.weeks += weeks;
            sum.lines += lines;
        }
    }
    sums
}

/// Every seed's outcomes; the first seed's are printed.
fn seeds<const N: usize>(title: &str, shop: Shop, policies: [Policy; N]) -> Vec<[Outcome; N]> {
    let all: Vec<[Outcome; N]> = (1..=3).map(|seed| simulate(seed, shop, &policies).try_into().ok().unwrap()).collect();
    println!("{title:<33}served   wasted  weeks  (mean of lines)");
    for (policy, outcome) in policies.iter().zip(&all[0]) {
        println!("  {:<31}{}", policy.name(), outcome.row());
    }
    all
}

fn shop(calendar: Calendar, by_case: bool) -> Shop {
    Shop { calendar, by_case, refuses: 0 }
}

#[test]
fn at_irregular_visits_that_are_planned_the_engine_serves_98_in_100_where_the_rule_serves_under_90() {
    let policies = [Policy::Rule, ENGINE, ENGINE_175, ENGINE_200];
    for [rule, engine, wider, _] in seeds("irregular, planned, by unit", shop(Calendar::Planned, false), policies) {
        assert!(engine.served() >= 98.0 && engine.thrown_away() <= 0.8 && engine.weeks_of_stock() <= 2.0, "{}", engine.row());
        assert!(engine.served() >= rule.served() + 7.0, "{} {}", rule.row(), engine.row());
        assert!(wider.served() >= 99.0 && wider.weeks_of_stock() <= 2.0, "{}", wider.row());
    }
}

#[test]
fn by_the_case_too_it_serves_more_and_throws_less_than_half_as_much_away() {
    let policies = [Policy::Rule, ENGINE, GUARDED, ENGINE_175];
    for [rule, engine, _, _] in seeds("irregular, planned, by case", shop(Calendar::Planned, true), policies) {
        assert!(engine.served() >= 98.0 && engine.thrown_away() <= 0.8 && engine.weeks_of_stock() <= 2.0, "{}", engine.row());
        assert!(engine.served() >= rule.served() + 2.5 && engine.thrown_away() * 2.0 <= rule.thrown_away(), "{}", rule.row());
    }
}

#[test]
fn at_regular_visits_the_engine_is_not_much_better_and_by_the_case_serves_a_little_less() {
    for [rule, engine, _] in seeds("regular, by unit", shop(Calendar::Regular, false), [Policy::Rule, ENGINE, ENGINE_175]) {
        assert!(engine.served() >= rule.served() + 0.8 && engine.weeks_of_stock() <= rule.weeks_of_stock() + 0.1, "{}", rule.row());
    }
    for [rule, engine, _, _] in seeds("regular, by case", shop(Calendar::Regular, true), [Policy::Rule, ENGINE, GUARDED, ENGINE_175]) {
        assert!(engine.served() >= rule.served() - 1.5 && engine.thrown_away() * 2.0 <= rule.thrown_away(), "{}", engine.row());
        assert!(engine.weeks_of_stock() <= rule.weeks_of_stock(), "{}", engine.row());
    }
}

#[test]
fn where_the_plan_is_not_kept_a_larger_factor_or_the_gaps_as_they_came_have_to_make_up_for_it() {
    let policies = [Policy::Rule, ENGINE, ENGINE_175, ENGINE_200, Policy::ByHistory];
    seeds("plan 7, came after 7.0, by unit", shop(Calendar::Unkept, false), policies);
    // No number can know that the rep will be late: at 1.5 the engine serves even less than the rule, which goes by the last gap.
    for [rule, engine, wider, _, by_history] in seeds("plan 7, came after 8.5, by unit", shop(Calendar::Late, false), policies) {
        assert!(wider.served() >= rule.served() + 2.0, "{} {}", rule.row(), wider.row());
        assert!(by_history.served() >= engine.served() + 2.0, "{} {}", engine.row(), by_history.row());
    }
}

#[test]
fn after_a_refused_order_the_engine_comes_out_of_the_zero_trap_and_the_rule_does_not() {
    let refusing = Shop { refuses: 5, ..shop(Calendar::Planned, false) };
    for [alone, rule, engine] in seeds("irregular, 5 % refused, by unit", refusing, [Policy::RuleAlone, Policy::Rule, ENGINE]) {
        assert!(engine.served() >= rule.served() + 5.0 && rule.served() >= alone.served() + 5.0, "{}", alone.row());
    }
}
