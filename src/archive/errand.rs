//! What the page asks of the worker and what it hears back, as JSON between the two. The worker keeps what it read from one errand to
//! the next: read a file, judge it, write it.

use super::backup::{Header, Mode, Place, Problem, Tally};
use super::columns::ListKind;
use super::encoding::Encoding;
use super::journal::Mark;
use super::judge::BadRow;
use super::mapping::Mapping;
use super::sheet::FileProblem;
use crate::domain::backup::BackedUp;
use crate::domain::demo::Tongue;
use crate::domain::id::CustomerId;
use crate::domain::stamp::Stamp;
use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// An errand. A file goes with [`Ask::Read`] and [`Ask::Check`].
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
    /// Everything as a backup file, or one shop with what belongs to it.
    BackUp { shop: Option<CustomerId> },
    /// Lists and events as CSV files in a zip.
    Tables { chinese: bool },
    /// Reads a backup file whole and says what restoring it would do.
    Check,
    /// Restores what was checked.
    Restore { mode: Mode, last: Option<Stamp> },
    /// Forgets the copy of what was before the last restore.
    ForgetCopy,
    /// Back to how it was before the last restore.
    TakeBack { last: Option<Stamp> },
    /// Deletes everything.
    Wipe,
    /// Everything into a snapshot beside the journal; older files that it makes needless go.
    Snapshot,
    /// A backup into the folder that the rep picked.
    CopyToFolder,
    /// Compares the database with the journal.
    Audit,
    /// What the journal has beside what is here. `epoch`: of the database that was lost, where it is known.
    Weigh { epoch: Option<Uuid> },
    /// Brings back what the journal has.
    Recover { epoch: Option<Uuid>, last: Option<Stamp> },
}

/// Which page an errand belongs to: an answer is that page's alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Desk {
    Lists,
    Demo,
    Backup,
}

impl Ask {
    pub fn desk(&self) -> Desk {
        match self {
            Ask::Read | Ask::Judge { .. } | Ask::Write { .. } | Ask::Stop | Ask::Undo { .. } | Ask::Export { .. } => Desk::Lists,
            Ask::Demo { .. } | Ask::RemoveDemo { .. } => Desk::Demo,
            Ask::BackUp { .. }
            | Ask::Tables { .. }
            | Ask::Check
            | Ask::Restore { .. }
            | Ask::ForgetCopy
            | Ask::TakeBack { .. }
            | Ask::Wipe
            | Ask::Snapshot
            | Ask::CopyToFolder
            | Ask::Audit
            | Ask::Weigh { .. }
            | Ask::Recover { .. } => Desk::Backup,
        }
    }

    /// Whether it may change records: nothing else is saved meanwhile.
    pub fn writes(&self) -> bool {
        matches!(
            self,
            Ask::Write { .. }
                | Ask::Undo { .. }
                | Ask::Demo { .. }
                | Ask::RemoveDemo { .. }
                | Ask::Restore { .. }
                | Ask::TakeBack { .. }
                | Ask::Wipe
                | Ask::Recover { .. }
        )
    }

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

/// What the worker says of an errand that is over. A [`Answer::File`] comes with its bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    Read(Read),
    Judged(Preview),
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
    File(Made),
    DemoMade {
        shops: usize,
    },
    /// Demo shops in which the rep really worked: nothing was removed yet.
    DemoInUse {
        shops: Vec<String>,
    },
    DemoRemoved,
    Refused(FileProblem),
    Checked(Checked),
    /// Why a file is no backup that can be restored.
    NoBackup(Problem),
    Restored {
        written: u32,
        removed: u32,
        /// Set where the database is now what the file is: its newest stamp and when it was made.
        as_backed_up: Option<BackedUp>,
    },
    CopyForgotten,
    Wiped,
    Snapshot(Snapshot),
    Audited(Audited),
    InFolder(InFolder),
    /// What the journal has; none where there is nothing.
    Weighed(Option<Weighed>),
    /// The disk, in words for [`Failed`].
    Failed(Failed),
}

impl Answer {
    /// Whether the page has to read the database again.
    pub fn wrote(&self) -> bool {
        matches!(
            self,
            Answer::Written { .. }
                | Answer::Undone { .. }
                | Answer::DemoMade { .. }
                | Answer::DemoRemoved
                | Answer::Restored { .. }
                | Answer::Wiped
        )
    }
}

/// A snapshot that was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    pub mark: Mark,
    pub rows: u64,
    /// Of all files of the journal.
    pub bytes: u64,
}

/// The database beside the journal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Audited {
    /// The journal could be compared: it reaches as far as the database.
    pub is_comparable: bool,
    /// It does not: its last snapshot is damaged, or was broken off.
    pub is_behind: bool,
    pub rows: u64,
    /// In the journal, and not in the database.
    pub missing: u64,
    /// Not as the journal has them.
    pub changed: u64,
}

/// What became of a copy into the picked folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum InFolder {
    /// None was picked.
    None,
    /// The browser wants to be asked again.
    Asks,
    /// The folder is full, locked or gone. What is in it is as it was, and so is the database.
    Failed,
    /// At this local time of the phone.
    Written { at: NaiveDateTime, name: String, bytes: u64 },
}

/// What the journal has beside what is here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weighed {
    pub tallies: Vec<(Place, Tally)>,
    /// Milliseconds since 1970 at which the last of its files was begun.
    pub at: u64,
    /// It reaches to the last save, as far as it can tell.
    pub is_gapless: bool,
}

/// A file to keep.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    pub name: String,
    pub bytes: u64,
    /// Set for a backup of everything.
    pub backed_up: Option<BackedUp>,
}

/// A backup file that is whole, beside what is here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checked {
    pub header: Header,
    pub bytes: u64,
    pub tallies: Vec<(Place, Tally)>,
}

/// Where the copy of what was before the last restore begins among what is kept aside.
pub const COPY: &str = "before-restore";
/// Of the copy: when, how many, how large.
pub const COPY_HEAD: &str = "before-restore/head";

/// What was kept before the last restore.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SafetyCopy {
    /// Local time of the phone.
    pub at: NaiveDateTime,
    pub entries: u32,
    pub bytes: u64,
}

/// What the worker is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Step {
    Reading,
    Checking,
    Comparing,
    /// Copying what is here, before it is changed.
    Copying,
    Writing,
    /// Making a file.
    Making,
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
