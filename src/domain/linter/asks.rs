//! What a greeting must not ask for: a product by its name, a quantity (D0 45). A greeting that counts cases is an order form.

use crate::domain::pairs::{folded, is_matter};
use crate::domain::tongue::is_han;
use std::ops::Range;

const UNITS: [&str; 10] = ["箱", "件", "瓶", "包", "盒", "袋", "罐", "桶", "公斤", "斤"];
/// "一件事", "两件好事", "三包服务" count nothing.
const NO_GOODS: [&str; 6] = ["事", "小事", "好事", "大事", "心事", "服务"];
const NUMERALS: &str = "一二三四五六七八九十两几百千半多少";
const ENGLISH_UNITS: [&str; 22] = [
    "case", "cases", "box", "boxes", "bottle", "bottles", "pack", "packs", "packet", "packets", "carton", "cartons", "unit", "units",
    "crate", "crates", "bag", "bags", "tin", "tins", "kg", "dozen",
];
const ENGLISH_NUMERALS: [&str; 17] = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve", "twenty", "thirty", "fifty", "hundred",
    "many", "few",
];

/// The first product that is named, of names as the list has them.
pub(super) fn product(text: &str, products: &[&str]) -> Option<Range<usize>> {
    let letters: Vec<(usize, char)> = text.char_indices().map(|(at, c)| (at, folded(c))).collect();
    products.iter().flat_map(|name| [name.trim(), core(name)]).filter(|name| is_telling(name)).find_map(|name| {
        let name: Vec<char> = name.chars().map(folded).collect();
        letters.windows(name.len()).enumerate().find_map(|(place, window)| {
            let is_here = window.iter().zip(&name).all(|((_, c), wanted)| c == wanted);
            let beside = |c: Option<&(usize, char)>| c.is_some_and(|(_, c)| c.is_ascii_alphanumeric());
            let before = place.checked_sub(1).and_then(|at| letters.get(at));
            let behind = letters.get(place + name.len());
            // Latin names are whole words: Tea is not in steady.
            let is_part = (name.first().is_some_and(char::is_ascii_alphanumeric) && beside(before))
                || (name.last().is_some_and(char::is_ascii_alphanumeric) && beside(behind));
            let end = behind.map_or(text.len(), |(at, _)| *at);
            (is_here && !is_part).then_some(window.first()?.0..end)
        })
    })
}

/// The name without its size: 青山纯净水 550ml.
fn core(name: &str) -> &str {
    name.split(|c: char| c.is_ascii_digit() || matches!(c, '（' | '(')).next().unwrap_or_default().trim()
}

/// Long enough not to stand in any sentence.
fn is_telling(name: &str) -> bool {
    let han = name.chars().filter(|c| is_han(*c)).count();
    han >= 2 || name.chars().filter(|c| is_matter(*c)).count() >= 4
}

/// The first quantity: a number before a unit of goods.
pub(super) fn quantity(text: &str) -> Option<Range<usize>> {
    chinese(text).into_iter().chain(english(text)).min_by_key(|at| at.start)
}

fn chinese(text: &str) -> Option<Range<usize>> {
    let is_number = |c: char| folded(c).is_ascii_digit() || NUMERALS.contains(c);
    UNITS
        .iter()
        .flat_map(|unit| text.match_indices(unit))
        .filter_map(|(at, unit)| {
            let behind = text.get(at + unit.len()..)?;
            let before = text.get(..at)?.trim_end_matches(' ');
            let number = before.len() - before.trim_end_matches(is_number).len();
            let is_idle = NO_GOODS.iter().any(|word| behind.starts_with(word)) || (unit == "包" && behind.starts_with(['在', '您', '你']));
            (number > 0 && !is_idle).then(|| before.len() - number..at + unit.len())
        })
        .min_by_key(|at| at.start)
}

fn english(text: &str) -> Option<Range<usize>> {
    let mut number: Option<usize> = None;
    let mut at = 0;
    for word in text.split_inclusive(|c: char| !c.is_ascii_alphanumeric()) {
        let bare = word.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
        let small = bare.to_lowercase();
        let digits = small.trim_start_matches(|c: char| c.is_ascii_digit());
        let is_counted = number.is_some() || digits.len() < small.len();
        if is_counted && ENGLISH_UNITS.contains(&digits) {
            return Some(number.unwrap_or(at)..at + bare.len());
        }
        let counts = !small.is_empty() && (digits.is_empty() || ENGLISH_NUMERALS.contains(&small.as_str()));
        if !word.trim().is_empty() {
            number = counts.then_some(at);
        }
        at += word.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantity_is_a_number_before_a_unit() {
        for (text, found) in [
            ("给您留了5箱", Some("5箱")),
            ("要 12 件吗", Some("12 件")),
            ("来十几瓶", Some("十几瓶")),
            ("１０包", Some("１０包")),
            ("要多少箱", Some("多少箱")),
            ("还有一件事", None),
            ("一包在我身上", None),
            ("质量三包服务", None),
            ("箱子", None),
            ("say 5 cases", Some("5 cases")),
            ("How many bottles?", Some("many bottles")),
            ("Ten Boxes", Some("Ten Boxes")),
            ("5kg", Some("5kg")),
            ("in 5 days, case closed", None),
            ("any case", None),
        ] {
            assert_eq!(quantity(text).map(|at| text.get(at).unwrap()), found, "{text}");
        }
    }

    #[test]
    fn a_product_is_found_by_its_name_without_the_size() {
        let products = ["青山纯净水 550ml", "Oat Tea 1L", "茶", ""];
        for (text, found) in [
            ("青山纯净水到了", Some("青山纯净水")),
            ("我们的oat tea好", Some("oat tea")),
            ("喝茶", None),
            ("steady oat teas", None),
            ("ＯＡＴ　TEA", None),
            ("", None),
        ] {
            assert_eq!(product(text, &products).map(|at| text.get(at).unwrap()), found, "{text}");
        }
    }
}
