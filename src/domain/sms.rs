//! What a text message takes: 160 characters of the GSM alphabet, 153 a part where it needs several; 70 and 67 as soon as one
//! character is not in that alphabet (D0 43; 3GPP TS 23.038 and 23.040). A character is never split between two parts.

/// The alphabet a message goes out in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alphabet {
    Gsm,
    /// UTF-16.
    Wide,
}

impl Alphabet {
    /// Units in a message of one part.
    pub fn alone(self) -> usize {
        match self {
            Alphabet::Gsm => 160,
            Alphabet::Wide => 70,
        }
    }

    /// Units in each of several parts: the rest says which part it is.
    pub fn of_several(self) -> usize {
        match self {
            Alphabet::Gsm => 153,
            Alphabet::Wide => 67,
        }
    }

    fn units(self, c: char) -> usize {
        match self {
            Alphabet::Gsm if EXTENDED.contains(c) => 2,
            Alphabet::Gsm => 1,
            Alphabet::Wide => c.len_utf16(),
        }
    }
}

/// The alphabet's plain characters; each is one unit.
const PLAIN: &str =
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
/// Those behind the escape: two units.
const EXTENDED: &str = "\u{c}^{}\\[~]|€";

/// The size of a text as a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    pub alphabet: Alphabet,
    /// Of the alphabet.
    pub units: usize,
    /// Messages it goes out as; 0 for no text.
    pub parts: usize,
    /// Units that still go into the last part.
    pub room: usize,
}

/// What `text` takes.
pub fn size(text: &str) -> Size {
    let is_gsm = text.chars().all(|c| c.is_ascii_alphanumeric() || PLAIN.contains(c) || EXTENDED.contains(c));
    let alphabet = if is_gsm { Alphabet::Gsm } else { Alphabet::Wide };
    let units = text.chars().map(|c| alphabet.units(c)).sum();
    if units <= alphabet.alone() {
        return Size { alphabet, units, parts: usize::from(units > 0), room: alphabet.alone() - units };
    }
    let most = alphabet.of_several();
    let (mut parts, mut filled) = (1, 0);
    for c in text.chars() {
        let next = alphabet.units(c);
        if filled + next > most {
            parts += 1;
            filled = 0;
        }
        filled += next;
    }
    Size { alphabet, units, parts, room: most - filled }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> (Alphabet, usize, usize) {
        let size = size(text);
        (size.alphabet, size.units, size.parts)
    }

    #[test]
    fn a_single_character_outside_the_alphabet_halves_the_room() {
        assert_eq!(of(&"a".repeat(160)), (Alphabet::Gsm, 160, 1));
        assert_eq!(of(&"a".repeat(161)), (Alphabet::Gsm, 161, 2));
        assert_eq!(of(&"a".repeat(306)), (Alphabet::Gsm, 306, 2));
        assert_eq!(of(&"a".repeat(307)), (Alphabet::Gsm, 307, 3));
        assert_eq!(of(&format!("{}’", "a".repeat(69))), (Alphabet::Wide, 70, 1));
        assert_eq!(of(&"好".repeat(70)), (Alphabet::Wide, 70, 1));
        assert_eq!(of(&"好".repeat(71)), (Alphabet::Wide, 71, 2));
        assert_eq!(of(&"好".repeat(134)), (Alphabet::Wide, 134, 2));
        assert_eq!(of(&"好".repeat(135)), (Alphabet::Wide, 135, 3));
        assert_eq!(of(""), (Alphabet::Gsm, 0, 0));
    }

    #[test]
    fn the_extended_characters_take_two() {
        assert_eq!(of(&"€".repeat(80)), (Alphabet::Gsm, 160, 1));
        assert_eq!(of("[]"), (Alphabet::Gsm, 4, 1));
        // 153 is odd: an escape is not parted from its character, so a part holds 76.
        assert_eq!(of(&"€".repeat(152)), (Alphabet::Gsm, 304, 2));
        assert_eq!(of(&"€".repeat(153)), (Alphabet::Gsm, 306, 3));
    }

    #[test]
    fn surrogate_pairs_count_two_and_stay_together() {
        assert_eq!(of(&"😀".repeat(35)), (Alphabet::Wide, 70, 1));
        assert_eq!(of(&"😀".repeat(36)), (Alphabet::Wide, 72, 2));
        // 67 is odd: a part holds 33 of them.
        assert_eq!(of(&"😀".repeat(66)), (Alphabet::Wide, 132, 2));
        assert_eq!(of(&"😀".repeat(67)), (Alphabet::Wide, 134, 3));
        assert_eq!(size(&"😀".repeat(36)).room, 61);
    }

    #[test]
    fn five_thousand_characters_are_75_messages() {
        assert_eq!(of(&"好".repeat(5_000)), (Alphabet::Wide, 5_000, 75));
    }

    #[test]
    fn the_alphabet_has_its_127_and_ten() {
        assert_eq!((PLAIN.chars().count(), EXTENDED.chars().count()), (127, 10), "the 128th is the escape");
    }

    #[test]
    fn one_character_more_never_takes_fewer_parts() {
        let mut text = String::new();
        let mut before = 0;
        for c in "ab€c好d😀".chars().cycle().take(600) {
            text.push(c);
            let parts = size(&text).parts;
            assert!(parts >= before, "{text}");
            before = parts;
        }
    }
}
