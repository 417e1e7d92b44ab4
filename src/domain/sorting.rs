//! One way to order a list: by a number, then by a text, ties as they were. One sort in the binary serves every list, where a
//! sort of its own for each type costs several kilobytes each.

/// The items in the order of their keys; equal keys keep their order.
pub fn by_key<T>(items: Vec<T>, key: impl Fn(&T) -> (i64, String)) -> Vec<T> {
    let mut keys: Vec<(i64, String, usize)> = items.iter().map(&key).enumerate().map(|(at, (number, text))| (number, text, at)).collect();
    keys.sort_unstable();
    let mut slots: Vec<Option<T>> = items.into_iter().map(Some).collect();
    keys.into_iter().filter_map(|(_, _, at)| slots.get_mut(at).and_then(Option::take)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_first_then_texts_and_ties_keep_their_order() {
        let sorted = by_key(vec![(2, "a", 1), (1, "b", 2), (1, "a", 3), (1, "a", 4)], |(number, text, _)| (*number, (*text).to_owned()));
        assert_eq!(sorted, vec![(1, "a", 3), (1, "a", 4), (1, "b", 2), (2, "a", 1)]);
    }
}
