//! The journal: every confirmed change a second time, in a file of its own beside the database, so that a database that is lost,
//! emptied or set back by its browser can be made whole again. A file is frames, one behind the other; numbers are little endian:
//!
//! | bytes   | what                                                                            |
//! |---------|---------------------------------------------------------------------------------|
//! | 0..4    | `SWJ1`                                                                          |
//! | 4..8    | length of the payload in bytes, at most [`MAX_PAYLOAD`]                         |
//! | 8..16   | sequence                                                                        |
//! | 16..32  | link of the frame before                                                        |
//! | 32..36  | CRC-32 (IEEE) of bytes 0..32                                                    |
//! | 36..    | payload                                                                         |
//! | last 16 | its own link: the first 16 bytes of the SHA-256 of bytes 0..32 and the payload  |
//!
//! The first frame is the head: its payload is the JSON of [`Head`], its sequence and the link before it are those of the head's
//! mark. In a tail the sequence goes on from there, and the first frame names the link of the mark, not the head's: the chain of changes
//! does not depend on where a file ends. In a snapshot it goes 1, 2, 3 to a closing [`Entry::End`], from the head's own link on. All other payloads
//! are the JSON of an [`Entry`], which a snapshot may pack.

mod crc;
mod entry;
mod link;
mod packed;
mod read;
mod torn;
mod write;

pub use entry::{Act, Entry, digest};
pub use link::{BadLink, Link};
pub use packed::{pack, unpack};
pub use read::{Damage, Frame, Reading, read, read_slim, read_with};
pub use write::{frame, frame_with, opening};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What every frame begins with.
const MAGIC: [u8; 4] = *b"SWJ1";

/// Bytes in front of a payload.
const HEADER: usize = 36;

/// Of these so many are under the link and the checksum of the header.
const SEALED: usize = 32;

/// Bytes of a frame that are not payload.
const AROUND: usize = HEADER + 16;

/// The longest payload in bytes, packed or not: no length in a file is believed beyond it.
pub const MAX_PAYLOAD: usize = 64 << 20;

/// The format that this version writes, and the only one it reads.
pub const FORMAT: u32 = 1;

/// How far a store has got. As JSON in the database and beside it: two stores that say the same mark hold the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The life of the store: another one after everything was replaced or deleted.
    pub epoch: Uuid,
    /// Number of the last change, from 1; 0 before the first.
    pub sequence: u64,
    /// Visits, orders and deliveries there are.
    pub events: u64,
    /// Link of the frame of the last change: what all changes before it were, in 16 bytes.
    pub link: Link,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FileKind {
    /// Changes as they were made, the newest last.
    Tail,
    /// Everything there was at one mark.
    Snapshot,
}

/// What a file says of itself, in its first frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// [`FORMAT`]; a file of any other is not read.
    pub format: u32,
    pub kind: FileKind,
    /// The state a tail begins at, or a snapshot holds.
    pub mark: Mark,
    /// Milliseconds since 1970.
    pub made_at: u64,
    /// Whether the payloads behind the head are packed ([`pack`]).
    #[serde(default)]
    pub packed: bool,
}
