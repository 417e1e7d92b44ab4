//! What search has to know of Chinese characters: the letters that a reading of one may begin with, and its simplified form.
//! The data is a file of its own (`public/hanzi.bin`), so the first load does not carry it: without it every question here has the
//! answer "nothing known", and no bytes, however damaged, make it panic. `tests/hanzi.rs` writes the file and has its sources.
//!
//! The file, numbers little endian: [`MAGIC`]; how many sets, characters, rare sets and folds, 16 bits each; the sets, then the rare
//! sets, each three letters of 5 bits (a is 1, 0 is no letter); one byte for each character from U+4E00 on (0: no reading, 255: the
//! next rare set, else the number of a set, counted from 1); the characters that are not simplified, ascending, one byte each for the
//! distance from the one before (from U+4E00 for the first; 3.6 KB less of 29 KB compressed); in the same order what they fold to, 16
//! bits each.

/// How the file begins; the digit is the version of the layout.
pub const MAGIC: &[u8; 8] = b"swhanzi1";
/// The first character with a byte of its own.
const FIRST: u32 = 0x4E00;
/// The byte of a character whose set is too rare to have a number.
const RARE: u8 = 255;

/// The table. The default one is empty: no initials, nothing folds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hanzi {
    /// By the distance from [`FIRST`].
    initials: Vec<Initials>,
    /// By the distance from [`FIRST`]; 0: simplified already. 42 KB, for which 5,000 search keys are made in 8 ms, not the 17 of
    /// looking up pairs.
    folds: Vec<u16>,
}

impl Hanzi {
    /// Reads the file; none if it is not one, is cut off or has something behind its end.
    pub fn parse(bytes: &[u8]) -> Option<Hanzi> {
        let mut rest = bytes.strip_prefix(MAGIC)?;
        let [sets, characters, rare, folds] = [word(&mut rest)?, word(&mut rest)?, word(&mut rest)?, word(&mut rest)?].map(usize::from);
        let sets = (0..sets).map(|_| Initials::unpack(word(&mut rest)?)).collect::<Option<Vec<_>>>()?;
        let mut rare = (0..rare).map(|_| Initials::unpack(word(&mut rest)?)).collect::<Option<Vec<_>>>()?.into_iter();
        let initials = take(&mut rest, characters)?
            .iter()
            .map(|code| match *code {
                0 => Some(Initials::default()),
                RARE => rare.next(),
                number => sets.get(usize::from(number) - 1).copied(),
            })
            .collect::<Option<Vec<_>>>()?;
        let mut by_place = vec![0; characters];
        let mut at = 0;
        for distance in take(&mut rest, folds)? {
            at += usize::from(*distance);
            *by_place.get_mut(at)? = word(&mut rest)?;
        }
        (rest.is_empty() && rare.next().is_none()).then_some(Hanzi { initials, folds: by_place })
    }

    /// The first letters of the character's readings, the three most common ones at most; none for what is not Chinese.
    pub fn initials(&self, character: char) -> Initials {
        place(character).and_then(|at| self.initials.get(at)).copied().unwrap_or_default()
    }

    /// The simplified form of a traditional character; any other character is its own.
    pub fn simplified(&self, character: char) -> char {
        let known = place(character).and_then(|at| self.folds.get(at)).filter(|to| **to != 0);
        known.and_then(|to| char::from_u32(u32::from(*to))).unwrap_or(character)
    }
}

/// Where a character stands in the lists.
fn place(character: char) -> Option<usize> {
    u32::from(character).checked_sub(FIRST).and_then(|at| usize::try_from(at).ok())
}

/// A set of letters a to z, in no order: one bit each, since search asks 200,000 times a key press whether one is in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Initials(u32);

impl Initials {
    /// The set of one small letter; the empty set for any other character.
    pub fn of(letter: char) -> Initials {
        if letter.is_ascii_lowercase() { Initials(1 << (u32::from(letter) - u32::from('a'))) } else { Initials(0) }
    }

    /// No letter.
    pub const NONE: Initials = Initials(0);

    /// Whether the two have a letter in common.
    pub fn meets(self, other: Initials) -> bool {
        self.0 & other.0 != 0
    }

    /// The letters, a first.
    pub fn letters(self) -> impl Iterator<Item = char> {
        ('a'..='z').filter(move |letter| self.meets(Initials::of(*letter)))
    }

    fn unpack(packed: u16) -> Option<Initials> {
        [0, 5, 10].into_iter().try_fold(Initials(0), |set, shift| match u32::from(packed >> shift & 31) {
            0 => Some(set),
            number @ 1..=26 => Some(Initials(set.0 | 1 << (number - 1))),
            _ => None,
        })
    }
}

fn take<'a>(rest: &mut &'a [u8], length: usize) -> Option<&'a [u8]> {
    let (taken, left) = rest.split_at_checked(length)?;
    *rest = left;
    Some(taken)
}

fn word(rest: &mut &[u8]) -> Option<u16> {
    take(rest, 2)?.try_into().ok().map(u16::from_le_bytes)
}

/// The table that ships, for the tests of those who use one.
#[cfg(test)]
pub(super) fn shipped() -> Hanzi {
    Hanzi::parse(include_bytes!("../../public/hanzi.bin")).unwrap()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_initials_of_a_character_with_two_readings_are_known() {
        let hanzi = shipped();
        for (character, letters) in
            [('重', "cz"), ('长', "cz"), ('行', "hx"), ('厦', "sx"), ('单', "ds"), ('曾', "cz"), ('朝', "cz"), ('乐', "ly")]
        {
            for letter in letters.chars() {
                assert!(hanzi.initials(character).meets(Initials::of(letter)), "{character} {letter}");
            }
        }
        assert_eq!(hanzi.initials('华').letters().collect::<String>(), "h");
        assert_eq!(hanzi.initials('a').letters().count(), 0);
    }

    #[test]
    fn an_empty_table_knows_nothing_and_changes_nothing() {
        let empty = Hanzi::default();
        assert_eq!((empty.initials('重'), empty.simplified('萬')), (Initials::default(), '萬'));
    }

    #[test]
    fn a_file_that_is_cut_off_or_too_long_is_no_table() {
        let whole = include_bytes!("../../public/hanzi.bin");
        assert!((0..whole.len()).step_by(101).all(|end| Hanzi::parse(whole.get(..end).unwrap()).is_none()));
        assert_eq!(Hanzi::parse(&[whole.as_slice(), &[0]].concat()), None);
        assert_eq!(Hanzi::parse(b"<!doctype html>"), None, "what a server sends for a file that it has not");
    }
}
