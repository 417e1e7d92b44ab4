//! A frame's bytes. Whoever writes keeps the link of the last frame and gives it to the next.

use super::crc::crc32;
use super::{AROUND, Entry, FileKind, Head, Link, MAGIC, MAX_PAYLOAD};

/// The first frame of a file, and the link that the next frame names: in a snapshot its own, in a tail that of the last change before.
pub fn opening(head: &Head) -> (Vec<u8>, Link) {
    let mut payload = Vec::new();
    // Writing to memory cannot fail.
    let _ = serde_json::to_writer(&mut payload, head);
    let (bytes, link) = sealed(head.mark.link, head.mark.sequence, &payload);
    (bytes, if head.kind == FileKind::Tail { head.mark.link } else { link })
}

/// The frame of one entry, and its link. `previous` is the link of the frame before it in the file, the head's for the first.
///
/// A change that is longer than [`MAX_PAYLOAD`] is written as [`Entry::Bulk`]: nobody could read it, and a bulk says that it is missing.
pub fn frame(previous: Link, sequence: u64, entry: &Entry) -> (Vec<u8>, Link) {
    sealed(previous, sequence, &or_bulk(entry.payload()))
}

/// As [`frame`], for a file whose head says that it is packed; `pack` is [`super::pack`].
pub fn frame_with(previous: Link, sequence: u64, entry: &Entry, pack: fn(&[u8]) -> Vec<u8>) -> (Vec<u8>, Link) {
    let packed = pack(&or_bulk(entry.payload()));
    let payload = if packed.len() > MAX_PAYLOAD { pack(&Entry::Bulk.payload()) } else { packed };
    sealed(previous, sequence, &payload)
}

fn or_bulk(payload: Vec<u8>) -> Vec<u8> {
    if payload.len() > MAX_PAYLOAD { Entry::Bulk.payload() } else { payload }
}

fn sealed(previous: Link, sequence: u64, payload: &[u8]) -> (Vec<u8>, Link) {
    let length = u32::try_from(payload.len()).unwrap_or(u32::MAX);
    let mut bytes = Vec::with_capacity(payload.len() + AROUND);
    bytes.extend_from_slice(&MAGIC);
    bytes.extend_from_slice(&length.to_le_bytes());
    bytes.extend_from_slice(&sequence.to_le_bytes());
    bytes.extend_from_slice(&previous.0);
    let link = Link::of(&bytes, payload);
    let crc = crc32(&bytes);
    bytes.extend_from_slice(&crc.to_le_bytes());
    bytes.extend_from_slice(payload);
    bytes.extend_from_slice(&link.0);
    (bytes, link)
}
