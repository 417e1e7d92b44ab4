//! What has to be on the van: the orders of a day summed by product.

use super::id::ProductId;
use super::order::OrderLine;
use super::quantity::{PackSize, Units};
use super::sorting;
use std::collections::BTreeMap;

/// One product of the load, in base units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Load {
    pub product: ProductId,
    /// Units per case, as the last order had it.
    pub size: PackSize,
    /// Ordered and free together.
    pub all: Units,
    /// The part that is free.
    pub free: Units,
}

/// The lines summed, in the order of `place`. What beyond 10⁹ a line adds stays out.
pub fn sum<'a>(lines: impl IntoIterator<Item = &'a OrderLine>, place: impl Fn(ProductId) -> i64) -> Vec<Load> {
    let mut loads: BTreeMap<ProductId, Load> = BTreeMap::new();
    for line in lines.into_iter().filter(|line| line.goes_out()) {
        let load =
            loads.entry(line.product).or_insert(Load { product: line.product, size: line.size, all: Units::ZERO, free: Units::ZERO });
        load.size = line.size;
        load.all = line.units().plus(line.free).and_then(|units| load.all.plus(units)).unwrap_or(Units::MAX);
        load.free = load.free.plus(line.free).unwrap_or(Units::MAX);
    }
    sorting::by_key(loads.into_values().collect(), |load| (place(load.product), String::new()))
}
