//! What a start finds, judged: the database, the canary and the journal beside each other. Pure.

use crate::archive::journal::{Entry, Frame, Link, Mark, Reading};
use uuid::Uuid;

/// Why the database is not what was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Nothing is in it, and there was.
    Empty,
    /// It lacks the last saves.
    Behind,
    /// It is another one, or an older one that went another way.
    Different,
    /// Records in it are missing or changed.
    Damaged,
}

/// What the first look says, before anything is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// Never used, or wiped.
    New,
    /// As it was kept, as far as can be seen at once.
    Fine,
    Lost(Why),
}

/// The database at its start.
#[derive(Clone, Copy, Debug, Default)]
pub struct AtStart {
    pub mark: Option<Mark>,
    /// It holds no shop, no product, no settings.
    pub is_empty: bool,
    /// The database in whose place this one was put on purpose.
    pub instead_of: Option<Uuid>,
    /// There are files of a journal.
    pub has_journal: bool,
}

/// The database beside the canary. A canary that is behind is nothing: the browser writes it late.
pub fn at_start(disk: &AtStart, canary: Option<Mark>) -> Start {
    let Some(mark) = disk.mark else {
        let was_used = canary.is_some_and(|canary| canary.sequence > 0) || disk.has_journal;
        return match (disk.is_empty, was_used) {
            (true, true) => Start::Lost(Why::Empty),
            (true, false) => Start::New,
            // Made before there were marks; with a canary it is a copy from then.
            (false, _) if canary.is_some() => Start::Lost(Why::Behind),
            (false, _) => Start::Fine,
        };
    };
    if disk.is_empty && mark.events > 0 {
        return Start::Lost(Why::Damaged);
    }
    match canary {
        Some(canary) if canary.epoch != mark.epoch => {
            if disk.instead_of == Some(canary.epoch) {
                Start::Fine
            } else {
                Start::Lost(Why::Different)
            }
        }
        Some(canary) if canary.sequence > mark.sequence => Start::Lost(Why::Behind),
        Some(canary) if canary.sequence == mark.sequence && canary.link != mark.link => Start::Lost(Why::Different),
        _ => Start::Fine,
    }
}

/// The journal beside the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Beside {
    /// It ends where the database is.
    Level,
    /// One save more: flushed in the journal, and then the app was killed.
    Ahead(Frame),
    /// It ends before the database, is damaged or is not there.
    Behind,
    /// It has what the database lost.
    Lost(Why),
}

/// The journal's files, oldest first, beside the database and the canary. A crash leaves at most one save in the journal alone:
/// saves come one after the other. Two or more were said to be saved. `instead_of`: the database in whose place this one was put.
pub fn beside(disk: Mark, instead_of: Option<Uuid>, files: &[Reading], canary: Option<Mark>) -> Beside {
    let newest = files.iter().rev().find_map(|file| file.head.map(|head| (file, head.mark.epoch)));
    let Some((newest, epoch)) = newest else { return Beside::Behind };
    if epoch != disk.epoch {
        // Without a save it was begun for a database that never came to be.
        let has_saves = Chain::of(epoch, files).is_some_and(|chain| chain.last() > 0);
        return if has_saves && instead_of != Some(epoch) { Beside::Lost(Why::Different) } else { Beside::Behind };
    }
    let Some(chain) = Chain::of(epoch, files) else { return Beside::Behind };
    // Behind a gap, where writing to the journal failed once: they were said to be saved all the same.
    let known = |sequence, link| newest.salvaged.iter().any(|frame| (frame.sequence, frame.link) == (sequence, link));
    if newest.salvaged.iter().any(|frame| frame.sequence > disk.sequence + 1) {
        return Beside::Lost(Why::Behind);
    }
    let next = newest.salvaged.iter().rfind(|frame| frame.sequence == disk.sequence + 1 && frame.previous == disk.link);
    match chain.link_at(disk.sequence) {
        // A damage in the middle: what is before it is true, what comes behind it is not known.
        Some(link) if link == disk.link => match chain.behind(disk.sequence) {
            [] if chain.is_damaged => next.map_or(Beside::Behind, |frame| Beside::Ahead(frame.clone())),
            [] => Beside::Level,
            [one] => Beside::Ahead(one.clone()),
            _ => Beside::Lost(Why::Behind),
        },
        // A save that the database refused and that could not be taken back out of the journal: the last frame.
        Some(_) if chain.last() == disk.sequence && (known(disk.sequence, disk.link) || canary == Some(disk)) => Beside::Behind,
        Some(_) => Beside::Lost(Why::Different),
        // The file was begun when the database was further.
        None if disk.sequence < chain.base.sequence => Beside::Lost(Why::Behind),
        None => next.map_or(Beside::Behind, |frame| Beside::Ahead(frame.clone())),
    }
}

/// Where a tail ends: database, sequence and link.
pub fn end_of(tail: &Reading) -> Option<(Uuid, u64, Link)> {
    let base = tail.head.as_ref()?.mark;
    let last = tail.frames.last().map_or((base.sequence, base.link), |frame| (frame.sequence, frame.link));
    Some((base.epoch, last.0, last.1))
}

/// The longest unbroken history that the files tell of one database.
#[derive(Clone, Debug)]
pub struct Chain {
    /// Where it begins.
    pub base: Mark,
    pub frames: Vec<Frame>,
    /// A file of it is damaged or lacks its beginning.
    pub is_damaged: bool,
}

impl Chain {
    /// From the files of a database, oldest first: the newest of its histories.
    pub fn of(epoch: Uuid, files: &[Reading]) -> Option<Chain> {
        Chain::all(epoch, files).pop()
    }

    /// All unbroken histories that the files tell of one database, oldest first: each ends where the next file does not follow.
    /// A later file that begins within the earlier ones goes on from there: what an earlier one has behind that point never reached
    /// the database.
    pub fn all(epoch: Uuid, files: &[Reading]) -> Vec<Chain> {
        let mut chains: Vec<Chain> = Vec::new();
        for file in files {
            let Some(head) = file.head.as_ref().filter(|head| head.mark.epoch == epoch) else { continue };
            let begin = head.mark;
            match chains.last_mut() {
                Some(chain) if chain.link_at(begin.sequence) == Some(begin.link) => {
                    chain.frames.retain(|frame| frame.sequence <= begin.sequence);
                    chain.frames.extend(file.frames.iter().cloned());
                }
                last => {
                    if let Some(chain) = last {
                        chain.frames.retain(|frame| frame.sequence < begin.sequence);
                    }
                    chains.push(Chain { base: begin, frames: file.frames.clone(), is_damaged: false });
                }
            }
        }
        let is_damaged = files.iter().any(|file| !file.damage.is_empty());
        chains.iter_mut().for_each(|chain| chain.is_damaged = is_damaged);
        chains
    }

    /// Whether it leads from a snapshot, or from the very beginning, to `mark` without a gap: by the links of both, as a save that was
    /// refused and could not be cut off again has the number of the one that came after it.
    pub fn leads_to(&self, mark: Mark, snapshot: Option<Mark>) -> bool {
        let begin = snapshot.filter(|held| held.epoch == mark.epoch).map_or((0, Link::default()), |held| (held.sequence, held.link));
        let knows_all = self.behind(begin.0).iter().all(|frame| frame.entry != Entry::Bulk);
        !self.is_damaged && knows_all && self.link_at(begin.0) == Some(begin.1) && self.link_at(mark.sequence) == Some(mark.link)
    }

    /// The last sequence it has.
    pub fn last(&self) -> u64 {
        self.frames.last().map_or(self.base.sequence, |frame| frame.sequence)
    }

    pub fn link_at(&self, sequence: u64) -> Option<Link> {
        if sequence == self.base.sequence {
            return Some(self.base.link);
        }
        self.frames.iter().find(|frame| frame.sequence == sequence).map(|frame| frame.link)
    }

    /// The frames behind a sequence.
    pub fn behind(&self, sequence: u64) -> &[Frame] {
        let from = self.frames.iter().position(|frame| frame.sequence > sequence).unwrap_or(self.frames.len());
        self.frames.get(from..).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(sequence: u64, link: u8) -> Mark {
        Mark { epoch: Uuid::from_u128(7), sequence, events: sequence, link: Link([link; 16]) }
    }

    #[test]
    fn a_canary_behind_is_nothing_and_one_ahead_a_loss() {
        let disk = AtStart { mark: Some(mark(5, 1)), ..AtStart::default() };
        assert_eq!(at_start(&disk, None), Start::Fine);
        assert_eq!(at_start(&disk, Some(mark(4, 9))), Start::Fine);
        assert_eq!(at_start(&disk, Some(mark(5, 1))), Start::Fine);
        assert_eq!(at_start(&disk, Some(mark(5, 2))), Start::Lost(Why::Different));
        assert_eq!(at_start(&disk, Some(mark(6, 1))), Start::Lost(Why::Behind));
    }

    #[test]
    fn an_empty_database_is_new_only_where_nothing_remembers_another() {
        let empty = AtStart { is_empty: true, ..AtStart::default() };
        assert_eq!(at_start(&empty, None), Start::New);
        assert_eq!(at_start(&empty, Some(mark(1, 1))), Start::Lost(Why::Empty));
        assert_eq!(at_start(&AtStart { has_journal: true, ..empty }, None), Start::Lost(Why::Empty));
    }

    #[test]
    fn a_database_put_in_the_place_of_another_on_purpose_is_fine() {
        let other = Mark { epoch: Uuid::from_u128(8), ..mark(3, 3) };
        let disk = AtStart { mark: Some(mark(1, 1)), instead_of: Some(other.epoch), ..AtStart::default() };
        assert_eq!(at_start(&disk, Some(other)), Start::Fine);
        assert_eq!(at_start(&AtStart { instead_of: None, ..disk }, Some(other)), Start::Lost(Why::Different));
    }
}
