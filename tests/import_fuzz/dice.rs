//! Dice that fall the same for the same seed, and what they are thrown for.

/// SplitMix64.
pub struct Dice(u64);

impl Dice {
    /// For one file of one format.
    pub fn of(seed: u64, format: &str, file: usize) -> Dice {
        let mut dice = Dice(seed ^ (file as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15));
        for byte in format.bytes() {
            dice.0 = dice.0.wrapping_add(u64::from(byte));
            dice.next();
        }
        dice
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// 0 .. `below`.
    pub fn below(&mut self, below: usize) -> usize {
        usize::try_from(self.next() % below.max(1) as u64).unwrap()
    }

    /// Once in `times`.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    pub fn one_of<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.below(of.len())]
    }

    pub fn byte(&mut self) -> u8 {
        self.next().to_le_bytes()[0]
    }
}

/// What a file has to end in, where that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    Refused,
    Taken,
    Either,
}

/// Blows below any grammar: bytes flipped, cut, doubled, put in, in another encoding.
pub fn batter(bytes: &mut Vec<u8>, dice: &mut Dice) {
    for _ in 0..1 + dice.below(6) {
        let at = dice.below(bytes.len() + 1);
        match dice.below(9) {
            0 if at < bytes.len() => bytes[at] ^= 1 << dice.below(8),
            1 if at < bytes.len() => bytes[at] = dice.byte(),
            2 => bytes.truncate(at),
            3 => {
                let end = (at + dice.below(200)).min(bytes.len());
                bytes.drain(at..end);
            }
            4 => {
                let end = (at + dice.below(400)).min(bytes.len());
                let piece = bytes[at..end].to_vec();
                let to = dice.below(bytes.len() + 1);
                bytes.splice(to..to, piece);
            }
            5 => {
                let piece = RUBBISH[dice.below(RUBBISH.len())];
                bytes.splice(at..at, piece.iter().copied());
            }
            6 => {
                let end = (at + 1 + dice.below(20)).min(bytes.len());
                let piece = bytes[at..end].repeat(1 + dice.below(300));
                bytes.splice(at..at, piece);
            }
            7 => {
                let noise: Vec<u8> = (0..dice.below(40)).map(|_| dice.byte()).collect();
                bytes.splice(at..at, noise);
            }
            _ if at < bytes.len() => bytes.rotate_left(at),
            _ => {}
        }
    }
}

const RUBBISH: [&[u8]; 22] = [
    b"\0",
    b"\0\0\0\0",
    b"\xEF\xBB\xBF",
    b"\xFF\xFE",
    b"\xFE\xFF",
    b"\xFF",
    b"\xC0\x80",
    b"\xED\xA0\x80",
    b"\xF4\x90\x80\x80",
    b"\\ud800",
    b"\\u0000",
    b"\\",
    b"\"",
    b"\"\"\"",
    b"'",
    b"\r",
    b"\n\n",
    b"\x1A",
    b"{[",
    b"]}",
    b"\xE2\x80\xAE",
    b"PK\x03\x04",
];

/// A text as UTF-16, in one order of bytes or the other, with a mark or without, with a broken pair or without.
pub fn in_utf16(text: &str, dice: &mut Dice) -> Vec<u8> {
    let little = dice.once_in(2);
    let mut units: Vec<u16> = text.encode_utf16().collect();
    if dice.once_in(2) {
        units.insert(0, 0xFEFF);
    }
    if dice.once_in(4) {
        let at = dice.below(units.len() + 1);
        units.insert(at, 0xD800 + u16::from(dice.byte()));
    }
    let mut bytes: Vec<u8> = units.into_iter().flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect();
    if dice.once_in(4) {
        bytes.pop();
    }
    bytes
}
