//! A file's frames, whatever became of the file: what is whole up to the first damage, what is whole behind it, and where it is
//! damaged. Nothing here can panic, no length in a file is believed before it was checked, and the time is in step with the file's length.

use super::crc::crc32;
use super::torn::is_cut_off;
use super::{AROUND, Entry, FORMAT, FileKind, HEADER, Head, Link, MAGIC, MAX_PAYLOAD, SEALED};
use crate::archive::backup::MAX_BYTES;

/// A frame that is whole: its link fits its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    pub sequence: u64,
    pub previous: Link,
    pub link: Link,
    pub entry: Entry,
}

/// A place in a file that is not as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Damage {
    /// Where it begins, in bytes from the file's start: where a frame should begin.
    pub at: usize,
    /// Of the frame that is damaged or missing. For the first damage of a file it is the one behind the last good frame; for a later
    /// one, or a damaged head, what its own header says. 0 where neither is known: the header of the head is lost.
    pub sequence: u64,
    /// For a log, in English.
    pub what: &'static str,
}

/// What a file holds.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Reading {
    pub head: Option<Head>,
    /// Behind the head, an unbroken chain from it on.
    pub frames: Vec<Frame>,
    /// Bytes up to the first damage or the torn end.
    pub whole: usize,
    /// Behind a damage: each whole by itself, in the order of the file. They may be of another file, or stand there twice.
    pub salvaged: Vec<Frame>,
    pub damage: Vec<Damage>,
    /// Ends within a frame, or is a snapshot that was not closed: a write that was cut off. By itself no damage.
    pub is_torn: bool,
    /// Link of the last of `frames`; without any the one that the first has to name.
    pub last: Option<Link>,
}

impl Reading {
    /// Whether everything in it may be relied on and nothing is missing up to its end.
    pub fn is_whole(&self) -> bool {
        self.head.is_some() && self.damage.is_empty() && !self.is_torn
    }
}

/// Reads a file that is not packed; a packed frame is damage.
pub fn read(bytes: &[u8]) -> Reading {
    read_with(bytes, |_, _| None)
}

/// Reads a file, packed or not. `unpack` is [`super::unpack`].
pub fn read_with(bytes: &[u8], unpack: Unpack) -> Reading {
    walk(bytes, unpack, |entry| entry)
}

/// As [`read_with`], with [`digest`]s in the place of the bodies: enough to compare, in a small part of the memory.
pub fn read_slim(bytes: &[u8], unpack: Unpack) -> Reading {
    walk(bytes, unpack, Entry::slimmed)
}

type Unpack = fn(&[u8], usize) -> Option<Vec<u8>>;

fn walk(bytes: &[u8], unpack: Unpack, shape: fn(Entry) -> Entry) -> Reading {
    let mut walk = Walk {
        bytes,
        unpack,
        shape,
        reading: Reading::default(),
        seen: None,
        is_broken: false,
        rows: 0,
        has_ended: false,
        torn_at: bytes.len(),
        spare: bytes.len().saturating_mul(16),
        room: usize::try_from(MAX_BYTES).unwrap_or(usize::MAX),
    };
    let mut at = 0;
    while at < bytes.len() {
        at = walk.step(at);
    }
    walk.finish()
}

/// The fixed front of a frame; its checksum is right and its length allowed.
#[derive(Clone, Copy)]
pub struct Header {
    /// Bytes of payload.
    pub length: usize,
    pub sequence: u64,
    pub previous: Link,
}

/// `N` bytes from `from` on.
pub fn field<const N: usize>(bytes: &[u8], from: usize) -> Option<[u8; N]> {
    bytes.get(from..)?.first_chunk().copied()
}

fn header_at(bytes: &[u8], at: usize) -> Option<Header> {
    let front: [u8; HEADER] = field(bytes, at)?;
    let length = usize::try_from(u32::from_le_bytes(field(&front, 4)?)).ok()?;
    if !front.starts_with(&MAGIC) || length > MAX_PAYLOAD || crc32(front.get(..SEALED)?) != u32::from_le_bytes(field(&front, SEALED)?) {
        return None;
    }
    Some(Header { length, sequence: u64::from_le_bytes(field(&front, 8)?), previous: Link(field(&front, 16)?) })
}

/// Where the next sound header begins. No JSON holds one: the length's last byte is at most 4, which JSON can only escape.
fn next_header(bytes: &[u8], mut from: usize) -> Option<usize> {
    loop {
        from += bytes.get(from..)?.windows(MAGIC.len()).position(|four| four == MAGIC)?;
        if header_at(bytes, from).is_some() {
            return Some(from);
        }
        from += 1;
    }
}

struct Walk<'a> {
    bytes: &'a [u8],
    unpack: Unpack,
    shape: fn(Entry) -> Entry,
    reading: Reading,
    /// The last frame that was whole: the sequence that must follow it, and its link.
    seen: Option<(u64, Link)>,
    /// Whether a damage was just passed: whatever comes next follows nothing.
    is_broken: bool,
    /// Rows in the chain so far.
    rows: u64,
    has_ended: bool,
    /// Where the torn end begins; the file's length if there is none.
    torn_at: usize,
    /// Bytes that may still be hashed in vain. Made-up headers could each name all that is behind them.
    spare: usize,
    /// Bytes that may still be unpacked.
    room: usize,
}

impl<'a> Walk<'a> {
    /// Looks at one place; gives the next.
    fn step(&mut self, at: usize) -> usize {
        let header = header_at(self.bytes, at);
        if let Some(header) = header
            && let Some((payload, link)) = self.whole(at, &header)
        {
            self.take(at, &header, payload, link);
            return at + AROUND + header.length;
        }
        let Some(next) = next_header(self.bytes, at + 1) else {
            let rest = self.bytes.get(at..).unwrap_or_default();
            // Behind a damage nobody knows what the last frame should have followed.
            let awaited = self.seen.filter(|_| !self.is_broken);
            match is_cut_off(rest, header.as_ref(), awaited) {
                true => self.tear(at),
                false => self.note(at, header.map(|header| header.sequence), "not a whole frame"),
            }
            return self.bytes.len();
        };
        self.note(at, header.map(|header| header.sequence), "not a whole frame");
        next
    }

    /// Payload and link of the frame that begins at `at`, if the link fits.
    fn whole(&mut self, at: usize, header: &Header) -> Option<(&'a [u8], Link)> {
        let frame = self.bytes.get(at..)?.get(..header.length + AROUND)?;
        if header.length > self.spare {
            return None;
        }
        let payload = frame.get(HEADER..HEADER + header.length)?;
        let link = Link::of(frame.get(..SEALED)?, payload);
        if field(frame, HEADER + header.length) == Some(link.0) {
            return Some((payload, link));
        }
        self.spare -= header.length;
        None
    }

    /// A whole frame: into the chain if it continues it, else to what was salvaged.
    fn take(&mut self, at: usize, header: &Header, payload: &[u8], link: Link) {
        let follows = self.is_broken || self.seen.is_none_or(|seen| seen == (header.sequence, header.previous));
        if !follows {
            self.note(at, None, "not the frame that follows");
        }
        // Reading every change as a head first would take as long again as reading it.
        let head = if at == 0 { head_of(payload) } else { None };
        let is_snapshot = head.as_ref().is_some_and(|head| head.kind == FileKind::Snapshot);
        // A tail's first change follows the last one of the tail before it, whatever file that is in.
        let link = if head.as_ref().is_some_and(|head| head.kind == FileKind::Tail) { header.previous } else { link };
        self.seen = Some((if is_snapshot { 1 } else { header.sequence.saturating_add(1) }, link));
        self.is_broken = false;
        if at == 0 {
            match head {
                Some(head) if head.format != FORMAT => self.misread(at, header, "of a format that is not known"),
                Some(head) if (head.mark.sequence, head.mark.link) != (header.sequence, header.previous) => {
                    self.misread(at, header, "a head that contradicts itself");
                }
                Some(head) => {
                    self.reading.head = Some(head);
                    self.reading.last = Some(link);
                    return;
                }
                None => self.misread(at, header, "no head"),
            }
        }
        let Some(entry) = self.entry(payload) else {
            if follows && at > 0 {
                self.misread(at, header, if head_of(payload).is_some() { "a second head" } else { "an entry that is not understood" });
            }
            return;
        };
        if self.reading.damage.is_empty()
            && let Some(what) = self.unfit(&entry)
        {
            self.misread(at, header, what);
        }
        let frame = Frame { sequence: header.sequence, previous: header.previous, link, entry: (self.shape)(entry) };
        if self.reading.damage.is_empty() {
            self.reading.frames.push(frame);
            self.reading.last = Some(link);
        } else {
            self.reading.salvaged.push(frame);
        }
    }

    fn entry(&mut self, payload: &[u8]) -> Option<Entry> {
        let packed = self.reading.head.map(|head| head.packed);
        let plain = if packed == Some(true) { None } else { serde_json::from_slice(payload).ok() };
        if plain.is_some() || packed == Some(false) {
            return plain;
        }
        let unpacked = (self.unpack)(payload, self.room.min(MAX_PAYLOAD))?;
        self.room = self.room.saturating_sub(unpacked.len());
        serde_json::from_slice(&unpacked).ok()
    }

    /// Why an entry cannot stand where it does.
    fn unfit(&mut self, entry: &Entry) -> Option<&'static str> {
        if self.has_ended {
            return Some("behind the end of a snapshot");
        }
        match entry {
            Entry::Change { acts, .. } => self.rows += u64::try_from(acts.len()).unwrap_or_default(),
            Entry::Bulk => {}
            Entry::End { .. } if self.reading.head.is_none_or(|head| head.kind == FileKind::Tail) => {
                return Some("the end of a snapshot in a tail");
            }
            Entry::End { rows } if *rows != self.rows => return Some("not as many rows as its end says"),
            Entry::End { .. } => self.has_ended = true,
        }
        None
    }

    fn note(&mut self, at: usize, named: Option<u64>, what: &'static str) {
        let awaited = self.seen.map(|(sequence, _)| sequence);
        let sequence = if self.reading.damage.is_empty() { awaited.or(named) } else { named.or(awaited) };
        self.reading.damage.push(Damage { at, sequence: sequence.unwrap_or_default(), what });
        self.is_broken = true;
    }

    /// A damage that is no gap: the frame is whole, and the next may follow it.
    fn misread(&mut self, at: usize, header: &Header, what: &'static str) {
        self.reading.damage.push(Damage { at, sequence: header.sequence, what });
    }

    fn tear(&mut self, at: usize) {
        self.reading.is_torn = true;
        self.torn_at = at;
    }

    fn finish(mut self) -> Reading {
        let is_open = self.reading.head.is_some_and(|head| head.kind == FileKind::Snapshot) && !self.has_ended;
        let is_unharmed = self.reading.damage.is_empty();
        self.reading.is_torn |= self.bytes.is_empty() || is_unharmed && is_open;
        self.reading.whole = self.reading.damage.first().map_or(self.torn_at, |damage| damage.at);
        self.reading
    }
}

fn head_of(payload: &[u8]) -> Option<Head> {
    serde_json::from_slice(payload).ok()
}
