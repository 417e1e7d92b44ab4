//! Packed payloads, as deflate without a header around it. Apart from reading and writing, which take these as arguments: who does
//! not pack does not load the packer.

use flate2::Compression;
use flate2::read::{DeflateDecoder, DeflateEncoder};
use std::io::Read;

/// `bytes` in raw deflate.
pub fn pack(bytes: &[u8]) -> Vec<u8> {
    let mut packed = Vec::with_capacity(bytes.len() / 4);
    // Reading from memory cannot fail.
    let _ = DeflateEncoder::new(bytes, Compression::fast()).read_to_end(&mut packed);
    packed
}

/// What [`pack`] was given; none where `packed` is no raw deflate, ends early, has something behind it, or holds more than `limit` bytes.
pub fn unpack(packed: &[u8], limit: usize) -> Option<Vec<u8>> {
    let mut decoder = DeflateDecoder::new(packed);
    let mut bytes = Vec::new();
    // One more than may be: so a text that is too long is told from one that just fits, and never made whole.
    let most = u64::try_from(limit).ok()?.checked_add(1)?;
    decoder.by_ref().take(most).read_to_end(&mut bytes).ok()?;
    let is_all = usize::try_from(decoder.total_in()).ok() == Some(packed.len());
    (bytes.len() <= limit && is_all).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_and_back_within_the_limit() {
        let text = "惠民副食 ".repeat(1000).into_bytes();
        let packed = pack(&text);
        assert!(packed.len() < text.len() / 10);
        assert_eq!(unpack(&packed, text.len()), Some(text.clone()));
        assert_eq!(unpack(&packed, text.len() - 1), None);
        assert_eq!(unpack(&packed, 0), None);
        assert_eq!(unpack(&pack(b""), 0), Some(Vec::new()));
    }

    #[test]
    fn half_of_it_and_more_than_it_are_refused() {
        let packed = pack(&"one two three ".repeat(100).into_bytes());
        for cut in 0..packed.len() {
            assert_eq!(unpack(&packed[..cut], 1 << 20), None, "{cut}");
        }
        assert_eq!(unpack(&[packed.as_slice(), b"x"].concat(), 1 << 20), None);
        assert_eq!(unpack(b"{\"end\":1}", 1 << 20), None);
    }

    #[test]
    fn a_text_that_is_far_too_long_is_not_made() {
        let packed = pack(&vec![0; 50 << 20]);
        assert_eq!(unpack(&packed, 1000), None);
    }
}
