//! How alike two messages are: the share of their pairs of neighbouring characters that both have (Jaccard), after the names of the
//! one written to are taken out, so that "王总" for "李总" makes no other message (D0 39). Marks, blanks and case do not count.

/// The pairs of one text, each once, ascending.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pairs(Vec<(char, char)>);

/// Alike from this share on: 8 of 10.
const ALIKE: (usize, usize) = (8, 10);

/// What a mark leaves between two words: nothing; what a name leaves: a gap that no pair crosses.
const GAP: char = '\0';

impl Pairs {
    /// The pairs of `text` without the names of its reader. A name inside another word goes too; both texts lose it alike.
    pub fn of(text: &str, names: &[&str]) -> Pairs {
        let mut left = matter(text);
        let mut names: Vec<Vec<char>> = names.iter().map(|name| matter(name)).filter(|name| !name.is_empty()).collect();
        // 王建国 before 王: what is left of a longer name would stay.
        names.sort_unstable_by(|one, other| other.len().cmp(&one.len()).then_with(|| one.cmp(other)));
        for name in names {
            left = without(&left, &name);
        }
        let mut pairs: Vec<(char, char)> = Vec::with_capacity(left.len());
        for word in left.split(|c| *c == GAP) {
            match word {
                [] => {}
                // Alone between names or in the whole text: it counts as itself.
                [only] => pairs.push((*only, GAP)),
                _ => pairs.extend(word.iter().zip(word.iter().skip(1)).map(|(one, next)| (*one, *next))),
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        Pairs(pairs)
    }

    /// Pairs that both have, and pairs that either has.
    pub fn shared(&self, other: &Pairs) -> (usize, usize) {
        let mut others = other.0.iter().peekable();
        let mut common = 0;
        for pair in &self.0 {
            while others.next_if(|next| *next < pair).is_some() {}
            if others.next_if(|next| *next == pair).is_some() {
                common += 1;
            }
        }
        (common, self.0.len() + other.0.len() - common)
    }

    /// At least 0.8 of all pairs are common. Two texts of which nothing is left are alike: only the names differed.
    pub fn is_like(&self, other: &Pairs) -> bool {
        let (common, all) = self.shared(other);
        common * ALIKE.1 >= all * ALIKE.0
    }
}

/// The characters that say something, as they are compared: small, of half width.
pub(super) fn matter(text: &str) -> Vec<char> {
    text.chars().filter(|c| is_matter(*c)).map(folded).collect()
}

/// Neither a mark nor a blank. An emoji says something.
pub(super) fn is_matter(c: char) -> bool {
    let is_mark = c.is_whitespace()
        || c.is_control()
        || c.is_ascii_punctuation()
        || super::text::is_invisible(c)
        || matches!(c, '·' | '×' | '•' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}' | '\u{30fb}' | '\u{fe0e}' | '\u{fe0f}' | '\u{fe30}'..='\u{fe4f}')
        || matches!(c, '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' | '\u{ff3b}'..='\u{ff40}' | '\u{ff5b}'..='\u{ff65}');
    !is_mark
}

/// Small and of half width: `Ａ` as `a`.
pub(super) fn folded(c: char) -> char {
    let half = match u32::from(c) {
        wide @ 0xff01..=0xff5e => char::from_u32(wide - 0xfee0).unwrap_or(c),
        _ => c,
    };
    half.to_lowercase().next().unwrap_or(half)
}

fn without(text: &[char], name: &[char]) -> Vec<char> {
    let mut left = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((first, after)) = rest.split_first() {
        if let Some(behind) = rest.strip_prefix(name) {
            left.push(GAP);
            rest = behind;
        } else {
            left.push(*first);
            rest = after;
        }
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn like(one: (&str, &[&str]), other: (&str, &[&str])) -> bool {
        Pairs::of(one.0, one.1).is_like(&Pairs::of(other.0, other.1))
    }

    #[test]
    fn another_name_makes_no_other_message() {
        let one = "王总，您好！周末愉快，祝惠民店生意兴隆。";
        let other = "李老板，您好!周末愉快，祝兴隆副食店生意兴隆。";
        assert!(like((one, &["王总", "惠民店"]), (other, &["李老板", "兴隆副食店"])));
        assert!(!like((one, &[]), (other, &[])), "with the names in, they differ by more than a fifth");
        assert!(!like((one, &["王总"]), ("王总，您好！天冷了，出门多穿点，货的事有我。", &["王总"])));
    }

    #[test]
    fn the_share_is_of_pairs_that_either_has() {
        let (one, other) = (Pairs::of("abcdefghij", &[]), Pairs::of("abcdefghiX", &[]));
        assert_eq!(one.shared(&other), (8, 10));
        assert!(one.is_like(&other), "8 of 10 is the least");
        assert_eq!(one.shared(&Pairs::of("abcdefghXY", &[])), (7, 11));
        assert!(!one.is_like(&Pairs::of("abcdefghXY", &[])));
    }

    #[test]
    fn marks_blanks_case_and_width_make_no_difference() {
        assert_eq!(Pairs::of("Hello, Mr Li! 好。", &[]), Pairs::of("hello mr　ｌｉ——好", &[]));
        assert_eq!(Pairs::of("有货~~", &[]), Pairs::of("【有】货…", &[]));
    }

    #[test]
    fn a_name_inside_a_word_is_taken_out_there_too() {
        assert_eq!(Pairs::of("祝平安", &["安"]), Pairs::of("祝平", &[]));
        assert_eq!(Pairs::of("王建国好", &["王", "王建国"]), Pairs::of("好", &[]), "the longest first");
        let whole = "周末好";
        assert_eq!(Pairs::of(whole, &[whole]), Pairs::default());
        assert!(like((whole, &[whole]), ("早", &["早"])), "only the names differed");
        assert!(!like((whole, &[whole]), ("早", &[])));
    }

    #[test]
    fn emoji_and_single_characters_are_compared_too() {
        assert!(like(("👍", &[]), ("👍", &[])));
        assert!(!like(("👍", &[]), ("🎉", &[])));
        assert!(!like(("👍👍", &[]), ("好", &[])));
        assert!(like(("", &[]), ("！！", &[])));
    }

    proptest! {
        #[test]
        fn the_share_is_the_one_of_plain_sets(one in "[a-d好的]{0,12}", other in "[a-d好的]{0,12}") {
            let set = |text: &str| {
                let text: Vec<char> = text.chars().collect();
                if text.len() == 1 { return std::collections::BTreeSet::from([(text[0], GAP)]); }
                text.windows(2).map(|pair| (pair[0], pair[1])).collect::<std::collections::BTreeSet<_>>()
            };
            let (a, b) = (set(&one), set(&other));
            let expected = (a.intersection(&b).count(), a.union(&b).count());
            let (one, other) = (Pairs::of(&one, &[]), Pairs::of(&other, &[]));
            prop_assert_eq!(one.shared(&other), expected);
            prop_assert_eq!(other.shared(&one), expected);
        }

        #[test]
        fn any_text_without_any_names_ends(text in "\\PC{0,300}", name in "\\PC{0,4}") {
            let pairs = Pairs::of(&text, &[&name]);
            prop_assert!(pairs.is_like(&pairs));
        }
    }
}
