//! Shops that may be one shop entered twice: the same phone, the same name, or a name with one character changed. It only points
//! them out; a person decides. Its cost grows with the number of shops and never with its square, whatever their names are.

use super::hanzi::Hanzi;
use super::search;
use std::collections::BTreeMap;

/// Pairs that [`pairs`] gives at most: more than anybody looks through.
pub const PAIRS_MAX: usize = 200;
/// Shops that [`like`] gives at most: more than fit under a field.
pub const LIKE_MAX: usize = 5;
/// Pairs from one group of shops that share a phone or a name. Seven make 21; 500 branches of a chain would make 124,750.
const GROUP_MAX: usize = 20;
/// Pairs looked at in such a group: all of 45 shops. The others may all be pairs for a stronger reason.
const GROUP_LOOK: usize = 1_000;
/// The shortest phone that tells something, in digits, and the shortest name that may be misspelt, in characters.
const PHONE_MIN: usize = 7;
const NAME_MIN: usize = 4;

/// A shop as far as it is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate<'a, Id> {
    pub id: Id,
    pub name: &'a str,
    pub phone: &'a str,
}

/// Why two shops may be one, the strongest reason first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Alike {
    /// At least 7 digits, equal but for the country code 86, leading zeros and what stands between the digits.
    SamePhone,
    /// Equal but for case, width, script, punctuation and blanks.
    SameName,
    /// At least 4 characters, of which one was changed, left out or added, and not one that tells branches apart.
    NearName,
}

/// The pairs of `shops` that may be one shop, each once with its strongest reason, the smaller id first. Strong reasons come first,
/// then the groups with the smallest ids, whatever the order of `shops`; at most [`PAIRS_MAX`].
pub fn pairs<Id: Copy + Ord>(hanzi: &Hanzi, shops: &[Candidate<'_, Id>]) -> Vec<(Id, Id, Alike)> {
    let mut by_id: Vec<&Candidate<'_, Id>> = shops.iter().collect();
    by_id.sort_unstable_by_key(|shop| shop.id);
    let forms: Vec<Form> = by_id.iter().map(|shop| Form::new(hanzi, shop.name, shop.phone)).collect();
    let id = |at: usize| by_id.get(at).map(|shop| shop.id);
    strongest(&forms).into_iter().filter_map(|(one, other, alike)| Some((id(one)?, id(other)?, alike))).collect()
}

/// The `shops` that a new one with this name and phone may be, strong reasons first, then small ids; at most [`LIKE_MAX`]. A shop
/// that is being changed must not be among them: it is like itself.
pub fn like<Id: Copy + Ord>(hanzi: &Hanzi, name: &str, phone: &str, shops: &[Candidate<'_, Id>]) -> Vec<(Id, Alike)> {
    let new = Form::new(hanzi, name, phone);
    let mut found: Vec<(Id, Alike)> = Vec::new();
    for shop in shops {
        let Some(alike) = new.alike(&Form::new(hanzi, shop.name, shop.phone)) else { continue };
        let at = found.partition_point(|(id, other)| (*other, *id) <= (alike, shop.id));
        found.insert(at, (shop.id, alike));
        found.truncate(LIKE_MAX);
    }
    found
}

/// What is compared of a shop. Empty: tells nothing.
struct Form {
    name: Vec<char>,
    phone: Vec<char>,
}

impl Form {
    fn new(hanzi: &Hanzi, name: &str, phone: &str) -> Form {
        Form { name: search::letters(hanzi, name).collect(), phone: dialled(phone) }
    }

    fn alike(&self, other: &Form) -> Option<Alike> {
        if !self.phone.is_empty() && self.phone == other.phone {
            Some(Alike::SamePhone)
        } else if !self.name.is_empty() && self.name == other.name {
            Some(Alike::SameName)
        } else {
            near(&self.name, &other.name).then_some(Alike::NearName)
        }
    }
}

/// The digits that are dialled from anywhere in the country: without 86, and without the zeros of a foreign (00) or long-distance
/// call (0) before them. Empty where too few are left.
fn dialled(phone: &str) -> Vec<char> {
    let digits: String = phone.chars().map(search::half_width).filter(char::is_ascii_digit).collect();
    let digits = digits.trim_start_matches('0');
    // A landline may begin with 86 itself; then what is left is too short for a phone.
    let national = digits.strip_prefix("86").map(|rest| rest.trim_start_matches('0')).filter(|rest| rest.len() >= PHONE_MIN);
    Some(national.unwrap_or(digits)).filter(|digits| digits.len() >= PHONE_MIN).unwrap_or_default().chars().collect()
}

/// Whether a character alone makes two names different: 一店 and 二店, 东店 and 西店, 大华 and 小华, 3号 and 5号 are different shops, and
/// an owner of two names them so. Not a slip of a finger.
fn tells_apart(character: char) -> bool {
    // Also the traditional forms, for as long as the table is not there to fold them.
    character.is_numeric() || "一二三四五六七八九十东南西北中大小新老上下左右前后東後".contains(character)
}

/// Whether one character was changed, left out or added.
fn near(one: &[char], other: &[char]) -> bool {
    if one.len() < NAME_MIN || other.len() < NAME_MIN || one.len().abs_diff(other.len()) > 1 {
        return false;
    }
    let start = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (one, other) = (one.get(start..).unwrap_or_default(), other.get(start..).unwrap_or_default());
    let end = one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    let (one, other) = (one.get(..one.len() - end).unwrap_or_default(), other.get(..other.len() - end).unwrap_or_default());
    let is_one = matches!((one.len(), other.len()), (1, 1) | (1, 0) | (0, 1));
    is_one && !one.iter().chain(other).any(|character| tells_apart(*character))
}

/// Pairs of places in `forms`, as [`pairs`] promises them.
fn strongest(forms: &[Form]) -> Vec<(usize, usize, Alike)> {
    let mut kept = Vec::new();
    for (_, group) in groups(forms.iter().map(|form| form.phone.as_slice())) {
        keep(&mut kept, forms, Alike::SamePhone, each_two(&group));
    }
    let names = groups(forms.iter().map(|form| form.name.as_slice()));
    for (_, group) in &names {
        keep(&mut kept, forms, Alike::SameName, each_two(group));
    }
    for (one, other) in near_names(&names.iter().map(|(name, _)| *name).collect::<Vec<_>>()) {
        if let (Some((_, one)), Some((_, other))) = (names.get(one), names.get(other)) {
            let pairs = one.iter().flat_map(|a| other.iter().map(move |b| (*a.min(b), *a.max(b))));
            keep(&mut kept, forms, Alike::NearName, pairs);
        }
    }
    kept
}

/// Adds the pairs of a group that have no stronger reason, as far as there is room.
fn keep(kept: &mut Vec<(usize, usize, Alike)>, forms: &[Form], alike: Alike, pairs: impl Iterator<Item = (usize, usize)>) {
    let room = PAIRS_MAX.saturating_sub(kept.len()).min(GROUP_MAX);
    let is_due = |(one, other): &(usize, usize)| forms.get(*one).zip(forms.get(*other)).and_then(|(a, b)| a.alike(b)) == Some(alike);
    kept.extend(pairs.take(GROUP_LOOK).filter(is_due).take(room).map(|(one, other)| (one, other, alike)));
}

/// The places of each text that tells something, in the order of their first places.
fn groups<'a>(texts: impl Iterator<Item = &'a [char]>) -> Vec<(&'a [char], Vec<usize>)> {
    let mut groups: Vec<(&[char], Vec<usize>)> = Vec::new();
    let mut known: BTreeMap<&[char], usize> = BTreeMap::new();
    for (place, text) in texts.enumerate().filter(|(_, text)| !text.is_empty()) {
        let at = *known.entry(text).or_insert(groups.len());
        match groups.get_mut(at) {
            Some((_, places)) => places.push(place),
            None => groups.push((text, vec![place])),
        }
    }
    groups
}

fn each_two(places: &[usize]) -> impl Iterator<Item = (usize, usize)> {
    places.iter().enumerate().flat_map(|(at, one)| places.iter().skip(at + 1).map(move |other| (*one, *other)))
}

/// The places of names that are near, ascending; all of `names` differ. Every name is filed under what is left of it without one of
/// its characters: two names where one character was changed meet under the same rest with the same gap, and a name meets one with a
/// character more under itself. So only near names meet, or rests whose numbers are equal by chance, which [`keep`] weeds out.
fn near_names(names: &[&[char]]) -> Vec<(usize, usize)> {
    /// No gap: a whole name.
    const WHOLE: usize = 0;
    let mut filed: Vec<(u64, usize, usize)> = Vec::new();
    for (place, name) in names.iter().enumerate().filter(|(_, name)| name.len() >= NAME_MIN) {
        filed.push((number(name.iter()), WHOLE, place));
        // From gap to gap only two characters differ, so a name of 80 costs 160 steps, not 6,400.
        let mut rest = number(name.iter().skip(1));
        let next = name.iter().skip(1).map(Some).chain([None]);
        for (gap, (character, next)) in name.iter().zip(next).enumerate() {
            if !tells_apart(*character) {
                filed.push((rest, gap + 1, place));
            }
            if let Some(next) = next {
                rest = rest.wrapping_sub(at_place(gap, next)).wrapping_add(at_place(gap, character));
            }
        }
    }
    filed.sort_unstable();
    let mut found: Vec<(u64, usize, usize)> = Vec::new();
    for same_rest in filed.chunk_by(|a, b| a.0 == b.0).filter(|same_rest| same_rest.len() > 1) {
        let places = |entries: &[(u64, usize, usize)]| entries.iter().map(|(_, _, place)| *place).collect::<Vec<_>>();
        let (whole, shortened) = same_rest.split_at(same_rest.partition_point(|(_, gap, _)| *gap == WHOLE));
        let (whole, longer) = (places(whole), places(shortened));
        let added = whole.iter().flat_map(|one| longer.iter().map(move |other| (*one.min(other), *one.max(other))));
        found.extend(added.take(GROUP_MAX).map(|(one, other)| (0, one, other)));
        for same_gap in shortened.chunk_by(|a, b| a.1 == b.1) {
            found.extend(each_two(&places(same_gap)).take(GROUP_MAX).map(|(one, other)| (0, one, other)));
        }
    }
    // As triples, since a sort for each type costs the app several kilobytes.
    found.sort_unstable();
    found.dedup();
    found.into_iter().map(|(_, one, other)| (one, other)).collect()
}

/// A number that equal texts share, and others hardly ever: the sum of its characters' numbers.
fn number<'a>(text: impl Iterator<Item = &'a char>) -> u64 {
    text.enumerate().fold(0, |sum, (place, character)| sum.wrapping_add(at_place(place, character)))
}

/// A number for a character at a place, all bits mixed (the constants of SplitMix64).
fn at_place(place: usize, character: &char) -> u64 {
    let mixed = (u64::from(u32::from(*character)) << 32 ^ place as u64).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    (mixed ^ mixed >> 31).wrapping_mul(0x94d0_49bb_1331_11eb)
}

#[cfg(test)]
mod tests {
    use super::super::hanzi::shipped;
    use super::*;
    use Alike::{NearName, SameName, SamePhone};

    fn shops<'a>(texts: &[(&'a str, &'a str)]) -> Vec<Candidate<'a, usize>> {
        texts.iter().enumerate().map(|(id, (name, phone))| Candidate { id, name, phone }).collect()
    }

    fn of_names(names: &[&str]) -> Vec<(usize, usize, Alike)> {
        pairs(&shipped(), &shops(&names.iter().map(|name| (*name, "")).collect::<Vec<_>>()))
    }

    fn of_phones(one: &str, other: &str) -> bool {
        pairs(&shipped(), &shops(&[("甲", one), ("乙", other)])) == vec![(0, 1, SamePhone)]
    }

    #[test]
    fn a_phone_is_the_same_however_it_is_written() {
        for other in ["138 0013 8000", "+86 138-0013-8000", "0086 13800138000", "8613800138000", "（１３８）００１３８０００"]
        {
            assert!(of_phones("13800138000", other), "{other}");
        }
        assert!(of_phones("0571-8612 3456", "+86 571 86123456"), "a long-distance zero");
        assert!(of_phones("8612 3456", "86123456"), "a landline that begins as the country code does");
        assert!(!of_phones("13800138000", "13800138001"));
        assert!(!of_phones("123456", "123456") && !of_phones("0000 0000", "00000000") && !of_phones("", ""), "tells nothing");
    }

    #[test]
    fn a_name_is_the_same_in_any_script_case_width_and_punctuation() {
        assert_eq!(
            of_names(&["惠民副食·建设路店", "惠民副食（建設路店）", "惠民 副食建设路店"]),
            vec![(0, 1, SameName), (0, 2, SameName), (1, 2, SameName)]
        );
        assert_eq!(of_names(&["Lucky Mart", "ＬＵＣＫＹ-mart", "店", "-", "·"]), vec![(0, 1, SameName)]);
    }

    #[test]
    fn one_slip_in_a_name_is_near() {
        assert_eq!(
            of_names(&["惠民副食店", "惠明副食店", "惠民副食品店", "民副食店"]),
            vec![(0, 1, NearName), (0, 2, NearName), (0, 3, NearName)]
        );
        assert_eq!(of_names(&["好好好又多", "好好又多"]), vec![(0, 1, NearName)]);
        assert_eq!(of_names(&["惠民店", "惠明店", "副食", "副食店", "四个字的", "三个字"]), vec![], "too short");
        assert_eq!(of_names(&["惠民副食店", "惠明付食店", "惠民副食", "副惠民食店"]), vec![(0, 2, NearName)], "two slips");
    }

    #[test]
    fn what_tells_branches_apart_is_no_slip() {
        for [one, other] in [
            ["惠民超市一店", "惠民超市二店"],
            ["惠民超市东店", "惠民超市西店"],
            ["惠民超市东店", "惠民超市店"],
            ["惠民超市1店", "惠民超市２店"],
            ["惠民超市", "惠民超市2"],
            ["大华便利店", "小华便利店"],
            ["新惠民超市", "惠民超市"],
            ["惠民超市分店", "惠民超市三店"],
        ] {
            assert_eq!(of_names(&[one, other]), vec![], "{one} {other}");
        }
    }

    #[test]
    fn a_pair_comes_once_with_its_strongest_reason_and_strong_ones_first() {
        let shops = shops(&[("惠民副食", ""), ("惠民付食", "13800138000"), ("惠民副食", "13800138000"), ("百货商店", "13800138000")]);
        let expected = vec![(1, 2, SamePhone), (1, 3, SamePhone), (2, 3, SamePhone), (0, 2, SameName), (0, 1, NearName)];
        assert_eq!(pairs(&shipped(), &shops), expected);
        let mut turned = shops;
        turned.reverse();
        assert_eq!(pairs(&shipped(), &turned), expected, "whatever the order");
    }

    #[test]
    fn a_chain_of_500_shops_does_not_hide_the_others() {
        let mut texts = vec![("华润万家", "400-800-8000"); 500];
        texts.extend([("惠民副食店", ""), ("惠民副食店", "")]);
        let found = pairs(&shipped(), &shops(&texts));
        assert_eq!(found.len(), 21);
        assert_eq!(found.last(), Some(&(500, 501, SameName)));
        let names: Vec<String> = ('가'..='힣').map(|c| format!("便利{c}商店")).collect();
        let found = of_names(&names.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(found.len(), 20, "every name is near every other");
    }

    #[test]
    fn a_new_shop_is_told_what_it_is_like() {
        let shops = shops(&[("惠明副食", ""), ("百货", "8613800138000"), ("惠民副食", ""), ("惠民副食二", ""), ("惠民副食城", "")]);
        let found = like(&shipped(), "惠民副食", "138-0013-8000", &shops);
        assert_eq!(found, vec![(1, SamePhone), (2, SameName), (0, NearName), (4, NearName)]);
        assert_eq!(like(&shipped(), "", "", &shops), vec![]);
        let chain = shops_named("华润万家", 9);
        assert_eq!(like(&shipped(), "华润万家", "", &chain).iter().map(|(id, _)| *id).collect::<Vec<_>>(), vec![0, 1, 2, 3, 4]);
    }

    fn shops_named(name: &str, count: usize) -> Vec<Candidate<'_, usize>> {
        (0..count).rev().map(|id| Candidate { id, name, phone: "" }).collect()
    }
}
