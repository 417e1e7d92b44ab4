//! What the page asks of the worker and what it hears back, as JSON between the two. The worker keeps what it read from one errand to
//! the next: read a file, judge it, write it.

use super::columns::ListKind;
use super::encoding::Encoding;
use super::judge::BadRow;
use super::mapping::Mapping;
use super::sheet::FileProblem;
use crate::domain::demo::Tongue;
use crate::domain::stamp::Stamp;
use serde::{Deserialize, Serialize};

/// An errand. A file goes with [`Ask::Read`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ask {
    /// Reads the file and guesses what it is.
    Read,
    /// Judges what was read, as this list with these columns.
    Judge { list: ListKind, mapping: Mapping },
    /// Writes what was judged; what becomes of rows that look like a record that is here.
    Write { same: Same, last: Option<Stamp> },
    /// Stops writing: nothing is written.
    Stop,
    /// Takes the last import back.
    Undo { last: Option<Stamp> },
    /// A list as a CSV file.
    Export { list: ListKind, chinese: bool },
    /// Makes the demonstration.
    Demo { chinese: bool, last: Option<Stamp> },
    /// Removes it; `with_real`: also shops in which the rep really worked.
    RemoveDemo { with_real: bool },
}

impl Ask {
    pub fn tongue(chinese: bool) -> Tongue {
        if chinese { Tongue::Chinese } else { Tongue::English }
    }
}

/// What becomes of rows without a code that look like a record that is here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Same {
    /// They are it.
    #[default]
    Update,
    /// They are others.
    Add,
    LeaveOut,
}

/// What the worker says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    Ready,
    Read(Read),
    Judged(Preview),
    /// So many of so many rows are behind.
    Progress {
        behind: usize,
        all: usize,
    },
    Written {
        count: usize,
    },
    Stopped,
    Undone {
        restored: usize,
        removed: usize,
        kept: usize,
    },
    NothingToUndo,
    Exported {
        name: String,
        text: String,
    },
    DemoMade {
        shops: usize,
    },
    /// Demo shops in which the rep really worked: nothing was removed yet.
    DemoInUse {
        shops: Vec<String>,
    },
    DemoRemoved,
    Refused(FileProblem),
    /// The disk, in words for [`Failed`].
    Failed(Failed),
}

/// Why the disk refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Failed {
    Full,
    Newer,
    /// In the browser's words, for a report.
    Broken(String),
}

/// A file as it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Read {
    pub encoding: Encoding,
    /// The character between cells.
    pub delimiter: char,
    pub headers: Vec<String>,
    pub rows: usize,
    /// The first rows, as they are.
    pub samples: Vec<Vec<String>>,
    pub list: Option<ListKind>,
    /// A guess for each list.
    pub mappings: Vec<(ListKind, Mapping)>,
}

/// What importing would do, in figures.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    pub new: usize,
    pub changed: usize,
    pub unchanged: usize,
    /// Rows that look like a record that is here: its name, and what the file says.
    pub asked: Vec<(String, String)>,
    pub asked_count: usize,
    /// Names of the first new or changed records with a second line.
    pub samples: Vec<(String, String)>,
    /// The first bad rows.
    pub bad: Vec<BadRow>,
    pub bad_count: usize,
    /// Rows in events: past orders or counts.
    pub events: usize,
}

/// Bad rows that are told one by one.
pub const BAD_TOLD: usize = 300;

/// What was kept before an import, so that it can be taken back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Safety {
    /// Local time of the phone.
    pub at: String,
    /// Store, id and text of each record before it was written over, and the revision it was written with.
    pub before: Vec<(String, String, String, u32)>,
    /// Store and id of each record that was added.
    pub added: Vec<(String, String)>,
}
