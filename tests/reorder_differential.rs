//! The engine against its slow twin, which was written from the text of the specification: 20,000 seeded lines, every field of the
//! answer, and what of a line's lots is at risk.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod reference;

use reference::lines::{self, Mix};
use reference::ratio;
use shelfwise::domain::exact::Exact;
use shelfwise::domain::expiry;
use shelfwise::domain::rate::Source;
use shelfwise::domain::reorder;

#[test]
fn the_engine_answers_what_its_specification_says_on_twenty_thousand_lines() {
    let mut mix = Mix::default();
    let (mut seldom, mut stated) = (0, 0);
    for (at, made) in lines::seeded(lines::made(), 1, 20_000).enumerate() {
        let line = made.line();
        let answer = reorder::suggest(&line).unwrap();
        let got = reference::Result::of(&answer);
        let wanted = reference::suggest(&line);
        assert_eq!(got, wanted, "line {at}: {line:?}");
        mix.add(&wanted);
        seldom += usize::from(matches!(answer.rate.map(|rate| rate.from), Some(Source::Seldom { .. })));
        stated += usize::from(matches!(answer.rate.map(|rate| rate.from), Some(Source::Stated(_))));
    }
    mix.check();
    println!("{seldom} of them seldom sold, {stated} by a stated rate");
    assert!(seldom >= 400 && stated >= 400);
}

#[test]
fn what_is_at_risk_is_what_the_specification_says_on_twenty_thousand_shelves() {
    use proptest::prelude::*;
    let rate = prop_oneof![1 => Just((0, 1)), 8 => (0..40_i64, 1..60_i64), 1 => (0..=3_000_000_000_i64, 1..=120_000_i64)];
    let mut some = 0;
    for (at, (lots, (n, d))) in lines::seeded((lines::lots(), rate), 2, 20_000).enumerate() {
        let got = expiry::at_risk(&lots, Exact::new(n.into(), d.into()).unwrap());
        let got: Vec<_> = got.into_iter().map(|risk| ratio(risk.numerator(), risk.denominator())).collect();
        let wanted = reference::at_risk(&lots, &ratio(n, d));
        assert_eq!(got, wanted, "shelf {at}: {lots:?} at {n}/{d}");
        some += usize::from(wanted.iter().any(|risk| *risk > ratio(0, 1)));
    }
    println!("20,000 shelves, {some} with something at risk");
    assert!((4_000..16_000).contains(&some));
}
