//! Whether the end of a file is a write that was cut off: the next frame, whole as far as it goes, then nothing or zeros. Anything
//! else is damage.

use super::read::{Header, field};
use super::{AROUND, HEADER, Link, MAGIC, SEALED};

/// `rest` is the file from behind the last whole frame; `header` what it begins with, where that is sound; `awaited` the sequence and
/// the previous link that the next frame must have, none for the first of a file.
pub fn is_cut_off(rest: &[u8], header: Option<&Header>, awaited: Option<(u64, Link)>) -> bool {
    let Some(header) = header else { return is_begun_header(rest, awaited) };
    if awaited.is_some_and(|awaited| awaited != (header.sequence, header.previous)) {
        return false;
    }
    let whole = header.length + AROUND;
    match rest.get(whole..) {
        None => true,
        // Bytes behind a frame were written after it was: then it had been whole. Zeros are bytes that never were.
        Some(behind) => behind.iter().all(|byte| *byte == 0) && is_begun_link(rest, header),
    }
}

/// A header of which only the first bytes were written, or nothing.
fn is_begun_header(rest: &[u8], awaited: Option<(u64, Link)>) -> bool {
    let written = rest.len() - rest.iter().rev().take_while(|byte| **byte == 0).count();
    if written >= HEADER {
        return false;
    }
    let mut expected: [Option<u8>; SEALED] = [None; SEALED];
    let (sequence, previous) = awaited.unzip();
    let fields = MAGIC.iter().map(|byte| Some(*byte)).chain([None; 4]);
    let fields = fields.chain(bytes_or_any(sequence.map(u64::to_le_bytes))).chain(bytes_or_any(previous.map(|link| link.0)));
    expected.iter_mut().zip(fields).for_each(|(place, byte)| *place = byte);
    rest.iter().take(written).zip(expected).all(|(byte, expected)| expected.is_none_or(|expected| expected == *byte))
}

fn bytes_or_any<const N: usize>(bytes: Option<[u8; N]>) -> [Option<u8>; N] {
    bytes.map_or([None; N], |bytes| bytes.map(Some))
}

/// A frame of full length of whose link only the first bytes were written, or nothing, and zeros stand for the others.
fn is_begun_link(rest: &[u8], header: &Header) -> bool {
    let (Some(sealed), Some(payload)) = (rest.get(..SEALED), rest.get(HEADER..HEADER + header.length)) else { return false };
    let Some(stored) = field::<16>(rest, HEADER + header.length) else { return false };
    let right = Link::of(sealed, payload).0;
    let same = stored.iter().zip(right).take_while(|(stored, right)| *stored == right).count();
    stored.iter().skip(same).all(|byte| *byte == 0)
}
