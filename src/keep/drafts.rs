//! Drafts beside the database: two files that are written by turns, each with every draft there is. A draft changes several times a
//! second, so it is in no frame of the tails; a database that lost only what was typed last gets it back from here.

use super::image::Rows;
use crate::archive::backup::Place;
use crate::archive::journal::{self, Act, Entry, FORMAT, FileKind, Frame, Head, Mark, Reading};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Texts of drafts by their keys.
pub type Drafts = BTreeMap<String, String>;

/// Every draft at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copy {
    /// How far the database had got.
    pub mark: Mark,
    /// Number of the database's last write of a draft before it: one that has a lower number lost some.
    pub turn: u64,
    pub drafts: Drafts,
}

/// The bytes of a file that holds all of it.
pub fn file(copy: &Copy) -> Vec<u8> {
    let head = Head { format: FORMAT, kind: FileKind::Snapshot, packed: false, mark: copy.mark, made_at: copy.turn };
    let (mut bytes, link) = journal::opening(&head);
    let put = |(key, body): (&String, &String)| Act::Put { place: Place::Drafts, id: key.clone(), body: body.clone() };
    let (all, link) = journal::frame(link, 1, &Entry::Change { acts: copy.drafts.iter().map(put).collect(), events: 0 });
    bytes.extend(all);
    bytes.extend(journal::frame(link, 2, &Entry::End { rows: copy.drafts.len() as u64 }).0);
    bytes
}

/// The newest of a database's files that are whole, and its place among all that are given.
pub fn newest(files: &[Reading], epoch: Uuid) -> Option<(usize, Copy)> {
    let read = |(at, file): (usize, &Reading)| {
        let head = file.head.filter(|head| head.mark.epoch == epoch && file.is_whole())?;
        let acts = file.frames.iter().flat_map(|frame| frame.entry.acts());
        let drafts = acts.filter_map(|act| Some((act.id().to_owned(), act.body()?.to_owned()))).collect();
        Some((at, Copy { mark: head.mark, turn: head.made_at, drafts }))
    };
    files.iter().enumerate().filter_map(read).max_by_key(|(_, copy)| (copy.mark.sequence, copy.turn))
}

/// What a database lacks that is as far as the copy by its mark: `held` are its drafts at the start, `turn` the number of its last write
/// of one.
pub fn lacking(copy: Copy, mark: Mark, turn: u64, held: &Drafts) -> Drafts {
    if copy.mark != mark || copy.turn <= turn {
        return Drafts::new();
    }
    copy.drafts.into_iter().filter(|(key, body)| held.get(key) != Some(body)).collect()
}

/// Puts the drafts of the copy in the place of those of a snapshot that is older. `frames`: the saves that are known.
pub fn lay_over(rows: &mut Rows, snapshot: Mark, copy: &Copy, frames: &[Frame]) {
    if copy.mark.epoch != snapshot.epoch || copy.mark.sequence < snapshot.sequence {
        return;
    }
    rows.retain(|(place, _), _| *place != Place::Drafts);
    let later = frames.iter().filter(|frame| frame.sequence > copy.mark.sequence).flat_map(|frame| frame.entry.acts());
    let over: Vec<&str> = later.filter(|act| act.place() == Place::Drafts && act.body().is_none()).map(Act::id).collect();
    for (key, body) in copy.drafts.iter().filter(|(key, _)| !over.contains(&key.as_str())) {
        rows.insert((Place::Drafts, key.clone()), body.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::journal::{Link, read};

    const EPOCH: Uuid = Uuid::from_u128(7);

    fn mark(sequence: u64) -> Mark {
        Mark { epoch: EPOCH, sequence, events: 0, link: Link([1; 16]) }
    }

    fn copy(sequence: u64, turn: u64, drafts: &[(&str, &str)]) -> Copy {
        Copy { mark: mark(sequence), turn, drafts: drafts.iter().map(|(key, body)| ((*key).to_owned(), (*body).to_owned())).collect() }
    }

    fn gone(sequence: u64, key: &str) -> Frame {
        let acts = vec![Act::Gone { place: Place::Drafts, id: key.to_owned() }];
        Frame { sequence, previous: Link::default(), link: Link::default(), entry: Entry::Change { acts, events: 0 } }
    }

    #[test]
    fn what_is_written_is_read_and_the_newer_of_two_is_taken() {
        let (one, two) = (copy(3, 10, &[("visit:a", "{\"v\":1}")]), copy(3, 11, &[]));
        let files = [read(&file(&two)), read(&file(&one))];
        assert_eq!(newest(&files, EPOCH), Some((0, two)));
        assert_eq!(newest(files.get(1..).unwrap(), EPOCH), Some((0, one)));
    }

    #[test]
    fn a_file_that_is_cut_anywhere_or_changed_gives_way_to_the_other() {
        let (one, two) = (copy(3, 10, &[("visit:a", "old")]), copy(3, 11, &[("visit:a", "new"), ("customer:new", "x")]));
        let (whole, bytes) = (read(&file(&one)), file(&two));
        for end in 0..bytes.len() {
            let cut = read(bytes.get(..end).unwrap());
            assert_eq!(newest(&[whole.clone(), cut], EPOCH).map(|(at, _)| at), Some(0), "cut at {end}");
            let mut turned = bytes.clone();
            *turned.get_mut(end).unwrap() ^= 0x20;
            assert_eq!(newest(&[whole.clone(), read(&turned)], EPOCH).map(|(at, _)| at), Some(0), "turned at {end}");
        }
    }

    #[test]
    fn a_database_gets_back_what_it_lost_and_nothing_else() {
        let held = copy(0, 0, &[("visit:a", "old"), ("visit:b", "same")]).drafts;
        let known = copy(3, 11, &[("visit:a", "new"), ("visit:b", "same"), ("visit:c", "gone")]);
        let lost = copy(0, 0, &[("visit:a", "new"), ("visit:c", "gone")]).drafts;
        assert_eq!(lacking(known.clone(), mark(3), 10, &held), lost);
        // It is as new, or saved something since, or is another one.
        assert!(lacking(known.clone(), mark(3), 11, &held).is_empty());
        assert!(lacking(known.clone(), mark(4), 10, &held).is_empty());
        assert!(lacking(known, Mark { epoch: Uuid::from_u128(8), ..mark(3) }, 10, &held).is_empty());
    }

    #[test]
    fn over_a_snapshot_comes_what_was_typed_since_and_no_draft_that_was_finished() {
        let draft = |key: &str, body: &str| ((Place::Drafts, key.to_owned()), body.to_owned());
        let shop = ((Place::Customers, "s".to_owned()), "shop".to_owned());
        let snapshot: Rows = [shop.clone(), draft("visit:a", "old"), draft("visit:z", "discarded")].into_iter().collect();
        let known = copy(3, 11, &[("visit:a", "new"), ("visit:b", "finished")]);
        let mut rows = snapshot.clone();
        lay_over(&mut rows, mark(3), &known, &[gone(2, "visit:a"), gone(4, "visit:b")]);
        assert_eq!(rows, [shop, draft("visit:a", "new")].into_iter().collect());
        // A snapshot of later has its own.
        let mut rows = snapshot.clone();
        lay_over(&mut rows, mark(4), &known, &[]);
        assert_eq!(rows, snapshot);
    }
}
