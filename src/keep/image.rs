//! What can be brought back without the database: the best snapshot and the changes that the journal has behind it, folded into rows.
//! Pure; whoever reads the files and writes a database from it is elsewhere.

use super::drafts::{self, lay_over};
use super::judge::Chain;
use crate::archive::backup::Place;
use crate::archive::journal::{Act, Entry, Frame, Link, Mark, Reading};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Texts of rows by list and key.
pub type Rows = BTreeMap<(Place, String), String>;

/// The rows of one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    pub rows: Rows,
    /// How far it reaches.
    pub mark: Mark,
    /// Behind it many records were changed at once, and no snapshot has them.
    pub stops_at_bulk: bool,
    /// Nothing that the files know of is behind it, and no file of theirs is damaged.
    pub is_gapless: bool,
}

/// The latest moment that snapshots and tails, both oldest first, make whole. A snapshot is one that was closed; without any the
/// journal may lead there from the very beginning. Of two that reach as far, the newer snapshot is taken. Drafts are as their copy has them.
pub fn image(snapshots: &[(Mark, Vec<Act>)], tails: &[Reading], drafts: Option<&drafts::Copy>, epoch: Uuid) -> Image {
    let chains = Chain::all(epoch, tails);
    let beginning = (Mark { epoch, sequence: 0, events: 0, link: Link::default() }, Vec::new());
    let own = snapshots.iter().filter(|(mark, _)| mark.epoch == epoch);
    let starts = std::iter::once(&beginning).chain(own);
    let reaches = starts.map(|(mark, acts)| (mark, acts, behind(*mark, &chains)));
    // The last of equals: the newest.
    let best = reaches.max_by_key(|(mark, _, frames)| (frames.last().map_or(mark.sequence, |frame| frame.sequence), mark.sequence));
    let (start, acts, frames) = best.unwrap_or((&beginning.0, &beginning.1, &[]));

    let mut rows = Rows::new();
    acts.iter().for_each(|act| fold(&mut rows, act));
    let mut mark = *start;
    for (at, frame) in frames.iter().enumerate() {
        if let Entry::Change { acts, events } = &frame.entry {
            // Only the last may be one that the database was killed over or refused: for an event that it had already.
            if at + 1 == frames.len() && acts.iter().any(|act| is_event(act) && rows.contains_key(&(act.place(), act.id().to_owned()))) {
                break;
            }
            acts.iter().for_each(|act| fold(&mut rows, act));
            mark = Mark { sequence: frame.sequence, link: frame.link, events: mark.events + events, ..mark };
        }
    }
    if let Some(copy) = drafts {
        lay_over(&mut rows, *start, copy, frames);
    }
    let next = chains
        .iter()
        .rev()
        .find(|chain| chain.link_at(mark.sequence) == Some(mark.link))
        .and_then(|chain| chain.behind(mark.sequence).first());
    let stops_at_bulk = next.is_some_and(|frame| !is_change(frame));
    let knows_more = chains.iter().any(|chain| chain.last() > mark.sequence)
        || snapshots.iter().any(|(held, _)| held.epoch == epoch && held.sequence > mark.sequence);
    let is_damaged = chains.iter().any(|chain| chain.is_damaged);
    Image { rows, mark, stops_at_bulk, is_gapless: !knows_more && !is_damaged }
}

/// The changes behind a mark, up to one that is not in the journal.
fn behind(mark: Mark, chains: &[Chain]) -> &[Frame] {
    let Some(chain) = chains.iter().rev().find(|chain| chain.link_at(mark.sequence) == Some(mark.link)) else { return &[] };
    let frames = chain.behind(mark.sequence);
    let known = frames.iter().position(|frame| !is_change(frame)).unwrap_or(frames.len());
    frames.get(..known).unwrap_or_default()
}

fn is_event(act: &Act) -> bool {
    act.place().kind().is_some_and(|kind| kind.is_event())
}

fn is_change(frame: &Frame) -> bool {
    matches!(frame.entry, Entry::Change { .. })
}

fn fold(rows: &mut Rows, act: &Act) {
    match act {
        Act::Put { place, id, body } => drop(rows.insert((*place, id.clone()), body.clone())),
        Act::Gone { place, id } => drop(rows.remove(&(*place, id.clone()))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::journal::{FORMAT, FileKind, Head, frame, opening, read};

    const EPOCH: Uuid = Uuid::from_u128(7);

    fn put(id: &str, body: &str) -> Act {
        Act::Put { place: Place::Customers, id: id.to_owned(), body: body.to_owned() }
    }

    fn change(acts: &[Act]) -> Entry {
        Entry::Change { acts: acts.to_vec(), events: 1 }
    }

    fn start() -> Mark {
        Mark { epoch: EPOCH, sequence: 0, events: 0, link: Link::default() }
    }

    /// A tail from `from` on, and where it ends.
    fn tail(from: Mark, entries: &[Entry]) -> (Vec<u8>, Mark) {
        let (mut bytes, _) = opening(&Head { format: FORMAT, kind: FileKind::Tail, mark: from, made_at: 0, packed: false });
        let mut mark = from;
        for entry in entries {
            let (frame, link) = frame(mark.link, mark.sequence + 1, entry);
            bytes.extend(frame);
            mark = Mark { sequence: mark.sequence + 1, link, events: mark.events + 1, ..mark };
        }
        (bytes, mark)
    }

    fn names(image: &Image) -> Vec<(&str, &str)> {
        image.rows.iter().map(|((_, id), body)| (id.as_str(), body.as_str())).collect()
    }

    #[test]
    fn from_the_beginning_a_put_replaces_and_gone_removes() {
        let gone = Act::Gone { place: Place::Customers, id: "b".to_owned() };
        let (bytes, end) = tail(start(), &[change(&[put("a", "1"), put("b", "1")]), change(&[put("a", "2"), gone])]);
        let image = image(&[], &[read(&bytes)], None, EPOCH);
        assert_eq!((names(&image), image.mark), (vec![("a", "2")], end));
        assert!(image.is_gapless && !image.stops_at_bulk);
    }

    #[test]
    fn the_newer_of_two_snapshots_that_reach_as_far_and_what_is_behind_it() {
        let (one, at_one) = tail(start(), &[change(&[put("a", "1")])]);
        let (two, end) = tail(at_one, &[change(&[put("b", "1")])]);
        let snapshots = [(start(), Vec::new()), (at_one, vec![put("a", "1")])];
        let image = image(&snapshots, &[read(&one), read(&two)], None, EPOCH);
        assert_eq!((names(&image), image.mark, image.is_gapless), (vec![("a", "1"), ("b", "1")], end, true));
    }

    #[test]
    fn an_older_snapshot_is_taken_where_it_reaches_further() {
        // The newer one is of a branch that the journal does not know.
        let (bytes, end) = tail(start(), &[change(&[put("a", "1")]), change(&[put("b", "1")])]);
        let stray = Mark { sequence: 1, link: Link([9; 16]), ..start() };
        let image = image(&[(start(), Vec::new()), (stray, vec![put("x", "1")])], &[read(&bytes)], None, EPOCH);
        assert_eq!((names(&image), image.mark), (vec![("a", "1"), ("b", "1")], end));
    }

    #[test]
    fn it_stops_where_much_was_changed_at_once_unless_a_snapshot_lies_behind() {
        let (bytes, end) = tail(start(), &[change(&[put("a", "1")]), Entry::Bulk, change(&[put("c", "1")])]);
        let (_, at_bulk) = tail(start(), &[change(&[put("a", "1")]), Entry::Bulk]);
        let tails = [read(&bytes)];
        let stopped = image(&[], &tails, None, EPOCH);
        assert_eq!((names(&stopped), stopped.mark.sequence), (vec![("a", "1")], 1));
        assert!(stopped.stops_at_bulk && !stopped.is_gapless);
        let whole = image(&[(at_bulk, vec![put("a", "1"), put("b", "1")])], &tails, None, EPOCH);
        assert_eq!((names(&whole), whole.mark.sequence), (vec![("a", "1"), ("b", "1"), ("c", "1")], end.sequence));
        assert!(!whole.stops_at_bulk && whole.is_gapless);
    }

    #[test]
    fn a_gap_between_two_tails_is_not_jumped_over_and_is_told() {
        let (one, at_one) = tail(start(), &[change(&[put("a", "1")])]);
        let later = Mark { sequence: 5, link: Link([5; 16]), ..start() };
        let (two, end) = tail(later, &[change(&[put("f", "1")])]);
        let tails = [read(&one), read(&two)];
        let before = image(&[], &tails, None, EPOCH);
        assert_eq!((names(&before), before.mark, before.is_gapless), (vec![("a", "1")], at_one, false));
        let behind = image(&[(later, vec![put("e", "1")])], &tails, None, EPOCH);
        assert_eq!((names(&behind), behind.mark.sequence, behind.is_gapless), (vec![("e", "1"), ("f", "1")], end.sequence, true));
    }

    #[test]
    fn a_save_that_a_later_file_does_not_know_of_never_was() {
        let (refused, _) = tail(start(), &[change(&[put("refused", "1")])]);
        let (other, at) = tail(start(), &[change(&[put("a", "1")])]);
        assert!(!other.is_empty());
        let (next, end) = tail(at, &[change(&[put("b", "1")])]);
        let tails = [read(&refused), read(&next)];
        let image = image(&[(start(), Vec::new())], &tails, None, EPOCH);
        assert_eq!(
            (names(&image), image.mark.sequence, image.is_gapless),
            (Vec::new(), 0, false),
            "up to {} there is no way",
            end.sequence
        );
    }

    #[test]
    fn a_second_event_under_the_same_key_was_never_saved() {
        let visit = |body: &str| Act::Put { place: Place::Visits, id: "v".to_owned(), body: body.to_owned() };
        let (bytes, _) = tail(start(), &[change(&[visit("first")]), change(&[visit("second")])]);
        let image = image(&[], &[read(&bytes)], None, EPOCH);
        assert_eq!((names(&image), image.mark.sequence, image.mark.events), (vec![("v", "first")], 1, 1));
    }

    #[test]
    fn another_database_and_no_file_at_all_give_nothing() {
        let (bytes, _) = tail(start(), &[change(&[put("a", "1")])]);
        let other = Uuid::from_u128(8);
        assert_eq!(image(&[(start(), vec![put("a", "1")])], &[read(&bytes)], None, other).rows.len(), 0);
        assert_eq!(image(&[], &[], None, other).mark, Mark { epoch: other, ..start() });
    }
}
