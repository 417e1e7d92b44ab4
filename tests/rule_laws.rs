//! The laws of the 1.5 rule as properties: 10,000 cases each, over the whole range and close to its corners.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used)]

use proptest::prelude::*;
use shelfwise::domain::factor::Factor;
use shelfwise::domain::quantity::{PackSize, Units};
use shelfwise::domain::rule;

/// Mostly shelf-sized figures, some huge ones.
fn quantity() -> impl Strategy<Value = i64> {
    prop_oneof![6 => 0..60_i64, 3 => 0..5_000_i64, 1 => 0..=Units::MAX.0, 1 => Just(Units::MAX.0), 1 => Just(0)]
}

fn factor() -> impl Strategy<Value = Factor> {
    prop_oneof![3 => Just(150_u16), 2 => 100..=500_u16].prop_map(|hundredths| Factor::from_hundredths(hundredths).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_is_the_least_whole_number_not_below_factor_times_sales_less_stock(
        previous in quantity(), ordered in quantity(), current in quantity(), factor in factor(),
    ) {
        let rule = rule::apply(Units(previous), Units(ordered), Units(current), factor).unwrap();
        let raw = i128::from(factor.hundredths()) * i128::from(previous + ordered - current) - 100 * i128::from(current);
        let order = i128::from(rule.order.0);
        prop_assert!(order >= 0);
        prop_assert!(order * 100 >= raw, "covers the need");
        prop_assert!(order == 0 || (order - 1) * 100 < raw, "and nothing beyond it");
    }

    #[test]
    fn the_order_never_rises_as_the_stock_rises(
        previous in quantity(), ordered in quantity(), a in quantity(), b in quantity(), factor in factor(),
    ) {
        let (less, more) = (a.min(b), a.max(b));
        let order = |current| rule::apply(Units(previous), Units(ordered), Units(current), factor).unwrap().order;
        prop_assert!(order(more) <= order(less));
    }

    #[test]
    fn nothing_is_ordered_exactly_from_the_notch_on(
        previous in quantity(), ordered in quantity(), current in quantity(), factor in factor(),
    ) {
        let enough = rule::enough_at(Units(previous), Units(ordered), factor);
        let order = rule::apply(Units(previous), Units(ordered), Units(current), factor).unwrap().order;
        prop_assert_eq!(order.is_zero(), Units(current) >= enough);
    }

    #[test]
    fn cases_and_loose_units_say_the_same_quantity(units in quantity(), size in 1..=PackSize::MAX) {
        let size = PackSize::new(size).unwrap();
        let packed = size.split(Units(units));
        prop_assert!(packed.loose < size.units() || size == PackSize::ONE);
        prop_assert_eq!(size.total(packed), Some(Units(units)));
    }
}
