//! The journal: what is written is read, and whatever happens to a file, what is read from it was written, in that order, up to the
//! first damage; the damage is noticed and named, and what is whole behind it is saved.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

use proptest::prelude::*;
use shelfwise::archive::backup::Place;
use shelfwise::archive::journal::{
    Act, Entry, FORMAT, FileKind, Frame, Head, Link, MAX_PAYLOAD, Mark, Reading, frame, frame_with, opening, pack, read, read_with, unpack,
};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};
use uuid::Uuid;

/// Dice that fall the same for the same seed (SplitMix64).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// 0 to `below` - 1.
    fn below(&mut self, below: usize) -> usize {
        (self.next() % below as u64) as usize
    }

    fn within(&mut self, from: usize, to: usize) -> usize {
        from + self.below(to - from + 1)
    }

    /// Two different ones of `from..=to`, the smaller first.
    fn two(&mut self, from: usize, to: usize) -> (usize, usize) {
        let (a, b) = (self.within(from, to), self.within(from, to - 1));
        let b = if b >= a { b + 1 } else { b };
        (a.min(b), a.max(b))
    }
}

/// A file as it was written.
struct Journal {
    head: Head,
    bytes: Vec<u8>,
    /// Where each frame begins and ends; the first is the head.
    bounds: Vec<(usize, usize)>,
    /// Behind the head.
    frames: Vec<Frame>,
}

impl Journal {
    fn of(head: Head, entries: impl IntoIterator<Item = Entry>) -> Journal {
        let (bytes, mut previous) = opening(&head);
        let mut journal = Journal { head, bounds: vec![(0, bytes.len())], bytes, frames: Vec::new() };
        let first = if head.kind == FileKind::Snapshot { 1 } else { head.mark.sequence + 1 };
        for (sequence, entry) in (first..).zip(entries) {
            let (bytes, link) = if head.packed { frame_with(previous, sequence, &entry, pack) } else { frame(previous, sequence, &entry) };
            journal.bounds.push((journal.bytes.len(), journal.bytes.len() + bytes.len()));
            journal.bytes.extend(bytes);
            journal.frames.push(Frame { sequence, previous, link, entry });
            previous = link;
        }
        journal
    }

    /// The sequence of frame `at`, 0 being the head, also of the one that would come next.
    fn sequence(&self, at: usize) -> u64 {
        match at {
            0 => self.head.mark.sequence,
            at if self.head.kind == FileKind::Snapshot => at as u64,
            at => self.head.mark.sequence + at as u64,
        }
    }

    fn frame_bytes(&self, at: usize) -> &[u8] {
        &self.bytes[self.bounds[at].0..self.bounds[at].1]
    }

    fn last(&self) -> (usize, usize) {
        *self.bounds.last().unwrap()
    }

    fn reading(&self) -> Reading {
        Reading {
            head: Some(self.head),
            frames: self.frames.clone(),
            whole: self.bytes.len(),
            last: Some(self.frames.last().map_or_else(|| opening(&self.head).1, |frame| frame.link)),
            ..Reading::default()
        }
    }
}

fn open(bytes: &[u8]) -> Reading {
    read_with(bytes, unpack)
}

fn text(dice: &mut Dice, most: usize) -> String {
    const PARTS: [&str; 9] = ["惠民副食", "a", "\"v\":3,", "\\", "\n", "SWJ1", "0", "\u{1}", "🍜 "];
    (0..dice.below(most)).map(|_| PARTS[dice.below(PARTS.len())]).collect()
}

fn change(dice: &mut Dice, puts_only: bool) -> Entry {
    let act = |dice: &mut Dice| {
        let (place, id) = (Place::ALL[dice.below(10)], text(dice, 8));
        match dice.below(4) {
            0 if !puts_only => Act::Gone { place, id },
            _ => Act::Put { place, id, body: text(dice, 120) },
        }
    };
    Entry::Change { acts: (0..dice.below(4)).map(|_| act(dice)).collect(), events: dice.below(3) as u64 }
}

/// A file of 1 to 40 frames, head and end among them.
fn journal(dice: &mut Dice) -> Journal {
    let mut link = [0; 16];
    link.iter_mut().for_each(|byte| *byte = dice.next() as u8);
    let mark = Mark {
        epoch: Uuid::from_u64_pair(dice.next(), dice.next()),
        sequence: dice.next() >> 20,
        events: dice.next() >> 30,
        link: Link(link),
    };
    let is_snapshot = dice.below(4) == 0;
    let kind = if is_snapshot { FileKind::Snapshot } else { FileKind::Tail };
    let head = Head { format: FORMAT, kind, mark, made_at: dice.next() >> 23, packed: is_snapshot && dice.below(2) == 0 };
    let count = dice.below(if is_snapshot { 39 } else { 40 });
    let mut entries: Vec<Entry> =
        (0..count).map(|_| if !is_snapshot && dice.below(12) == 0 { Entry::Bulk } else { change(dice, is_snapshot) }).collect();
    if is_snapshot {
        let rows = entries.iter().map(|entry| if let Entry::Change { acts, .. } = entry { acts.len() as u64 } else { 0 }).sum();
        entries.push(Entry::End { rows });
    }
    Journal::of(head, entries)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Harm {
    Bit,
    Bits,
    Zeros,
    Cut,
    CutAtAFrame,
    CutInAHeader,
    CutInALink,
    CutAndZeros,
    Deleted,
    FramesDeleted,
    Twice,
    Swapped,
    Glued,
    GluedAnywhere,
    Inserted,
    Appended,
    Several,
}

const HARMS: [Harm; 17] = [
    Harm::Bit,
    Harm::Bits,
    Harm::Zeros,
    Harm::Cut,
    Harm::CutAtAFrame,
    Harm::CutInAHeader,
    Harm::CutInALink,
    Harm::CutAndZeros,
    Harm::Deleted,
    Harm::FramesDeleted,
    Harm::Twice,
    Harm::Swapped,
    Harm::Glued,
    Harm::GluedAnywhere,
    Harm::Inserted,
    Harm::Appended,
    Harm::Several,
];

fn harmed(harm: Harm, of: &Journal, other: &Journal, dice: &mut Dice) -> Vec<u8> {
    let mut bytes = of.bytes.clone();
    let length = bytes.len();
    let count = of.bounds.len();
    let some_frame = of.bounds[dice.below(count)];
    match harm {
        Harm::Bit | Harm::Bits => {
            for _ in 0..if harm == Harm::Bit { 1 } else { dice.within(2, 6) } {
                bytes[dice.below(length)] ^= 1 << dice.below(8);
            }
        }
        Harm::Zeros => {
            let from = dice.below(length);
            let most = 1 + length / dice.within(1, 40);
            let to = (from + dice.within(1, most)).min(length);
            bytes[from..to].fill(0);
        }
        Harm::Cut => bytes.truncate(dice.below(length)),
        Harm::CutAtAFrame => bytes.truncate(some_frame.0),
        Harm::CutInAHeader => bytes.truncate(some_frame.0 + dice.within(1, 35)),
        Harm::CutInALink => bytes.truncate(some_frame.1 - dice.within(1, 16)),
        Harm::CutAndZeros => {
            bytes.truncate(dice.below(length));
            bytes.resize(bytes.len() + dice.below(4000), 0);
        }
        Harm::Deleted => {
            let (from, to) = dice.two(0, length);
            bytes.drain(from..to.min(from + 1 + length / dice.within(1, 20)));
        }
        Harm::FramesDeleted => {
            let (from, to) = (dice.below(count), dice.below(count));
            bytes.drain(of.bounds[from.min(to)].0..of.bounds[from.max(to)].1);
        }
        Harm::Twice => {
            let at = of.bounds[dice.below(count)].1;
            bytes.splice(at..at, of.bytes[some_frame.0..some_frame.1].iter().copied());
        }
        Harm::Swapped if count > 1 => {
            let (a, b) = dice.two(0, count - 1);
            let mut order: Vec<usize> = (0..count).collect();
            order.swap(a, b);
            bytes = order.into_iter().flat_map(|at| of.frame_bytes(at)).copied().collect();
        }
        Harm::Glued => {
            bytes.truncate(some_frame.1);
            bytes.extend(&other.bytes[other.bounds[dice.below(other.bounds.len())].0..]);
        }
        Harm::GluedAnywhere => {
            bytes.truncate(dice.below(length));
            bytes.extend(&other.bytes[dice.below(other.bytes.len())..]);
        }
        Harm::Inserted | Harm::Swapped => {
            let at = dice.below(length);
            let noise: Vec<u8> = (0..dice.within(1, 200)).map(|_| dice.next() as u8).collect();
            bytes.splice(at..at, noise);
        }
        Harm::Appended => bytes.extend((0..dice.within(1, 200)).map(|_| dice.next() as u8).collect::<Vec<_>>()),
        Harm::Several => {
            for _ in 0..dice.within(2, 4) {
                let from = dice.below(bytes.len());
                let to = (from + dice.within(1, 600)).min(bytes.len());
                match dice.below(3) {
                    0 => drop(bytes.drain(from..to)),
                    1 => bytes[from..to].iter_mut().for_each(|byte| *byte = dice.next() as u8),
                    _ => bytes[from] ^= 1 << dice.below(8),
                }
                if bytes.is_empty() {
                    break;
                }
            }
        }
    }
    bytes
}

/// What became of one harmed file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Seen {
    Damage,
    Torn,
    /// It ends where a frame ends: only a mark kept elsewhere can tell.
    Shorter,
    /// The harm changed no byte.
    Unchanged,
}

fn same_at_front(a: &[u8], b: &[u8]) -> usize {
    a.iter().zip(b).take_while(|(a, b)| a == b).count()
}

/// Holds a reading to what is known of the file; says what was noticed, and how many frames had to be salvaged.
fn judged(harm: Harm, of: &Journal, other: &Journal, bytes: &[u8]) -> (Seen, usize) {
    let got = open(bytes);
    if bytes == of.bytes {
        assert_eq!(got, of.reading());
        return (Seen::Unchanged, 0);
    }
    let same = same_at_front(&of.bytes, bytes);
    let intact = of.bounds.iter().take_while(|(_, end)| *end <= same).count();
    let whole = if intact == 0 { 0 } else { of.bounds[intact - 1].1 };
    assert_eq!(got.head, (intact > 0).then_some(of.head));
    assert_eq!(got.frames, of.frames[..intact.saturating_sub(1)], "never a wrong frame, never one less");
    assert_eq!(got.whole, whole);
    let last = got.frames.last().map(|frame| frame.link).or(got.head.map(|head| opening(&head).1));
    assert_eq!(got.last, last);

    // Every frame that was saved was written, and what is unharmed at the end was saved.
    assert!(got.salvaged.iter().all(|frame| of.frames.contains(frame) || other.frames.contains(frame)));
    let same_behind = of.bytes.iter().rev().zip(bytes[same..].iter().rev()).take_while(|(a, b)| a == b).count();
    let behind = of.bytes.len() - same_behind;
    let first_behind = of.bounds.iter().position(|(start, _)| *start >= behind).unwrap_or(of.bounds.len()).max(1);
    let must = &of.frames[first_behind - 1..];
    assert!(got.salvaged.ends_with(must), "{} salvaged, {} unharmed behind", got.salvaged.len(), must.len());
    let mut musts = must.len();
    if matches!(harm, Harm::Bit | Harm::Bits | Harm::Zeros) && !got.damage.is_empty() {
        let unharmed = of.bounds.iter().skip(intact.max(1)).zip(&of.frames[intact.max(1) - 1..]);
        let unharmed: Vec<&Frame> =
            unharmed.filter(|((from, to), _)| of.bytes[*from..*to] == bytes[*from..*to]).map(|(_, frame)| frame).collect();
        assert_eq!(got.salvaged.iter().collect::<Vec<_>>(), unharmed);
        musts = unharmed.len();
    }

    if let Some(first) = got.damage.first() {
        assert_eq!(first.at, whole);
        // The header of a head may be what is damaged: then nothing says its number.
        let is_right = first.sequence == of.sequence(intact);
        // Where the header of the head is lost nothing says its number; and another file's frame in front says its own.
        let is_unknown = intact == 0
            && (first.sequence == 0 || names_another(harm) || got.salvaged.iter().any(|frame| frame.sequence == first.sequence));
        let is_right = is_right || is_unknown;
        assert!(is_right, "{first:?}, but frame {intact} is {}", of.sequence(intact));
        assert!(got.damage.is_sorted_by(|a, b| a.at < b.at), "{:?}", got.damage);
        return (Seen::Damage, musts);
    }
    assert!(got.salvaged.is_empty());
    if got.is_torn {
        return (Seen::Torn, musts);
    }
    assert_eq!(bytes.len(), whole, "neither damage nor torn, and yet there is more");
    (Seen::Shorter, musts)
}

/// Whether a frame of another file, or a harmed one further back, may stand in front.
fn names_another(harm: Harm) -> bool {
    matches!(harm, Harm::GluedAnywhere | Harm::Several)
}

/// Harms that must be told from a write that was cut off, and the other way round.
fn must_be(harm: Harm, of: &Journal, bytes: &[u8]) -> Option<Seen> {
    let is_snapshot = of.head.kind == FileKind::Snapshot;
    match harm {
        Harm::Cut | Harm::CutAtAFrame if of.bounds.iter().any(|(start, _)| *start == bytes.len()) => {
            Some(if is_snapshot || bytes.is_empty() { Seen::Torn } else { Seen::Shorter })
        }
        Harm::Cut | Harm::CutAtAFrame | Harm::CutInAHeader | Harm::CutInALink => Some(Seen::Torn),
        Harm::CutAndZeros if of.bounds.iter().all(|(start, _)| *start != bytes.len()) => Some(Seen::Torn),
        // A link of which the last bytes are zeros may have been on its way.
        Harm::Bit if bytes.last() != Some(&0) => Some(Seen::Damage),
        Harm::Swapped | Harm::Twice | Harm::Inserted => Some(Seen::Damage),
        _ => None,
    }
}

const SEED: u64 = 20_261_124;

#[test]
fn whatever_happens_to_a_file_no_wrong_frame_is_read_and_the_damage_is_named() {
    let seed = std::env::var("JOURNAL_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(SEED);
    let mut dice = Dice(seed);
    let journals: Vec<Journal> = (0..400).map(|_| journal(&mut dice)).collect();
    let frames: usize = journals.iter().map(|journal| journal.bounds.len()).sum();
    for journal in &journals {
        assert!((1..=40).contains(&journal.bounds.len()));
        assert_eq!(open(&journal.bytes), journal.reading());
    }
    let mut counts: BTreeMap<Harm, BTreeMap<Seen, usize>> = BTreeMap::new();
    let mut salvaged = 0;
    const TRIES: usize = 20_000;
    for number in 0..TRIES {
        let harm = HARMS[number % HARMS.len()];
        let (of, other) = (&journals[dice.below(journals.len())], &journals[dice.below(journals.len())]);
        let bytes = harmed(harm, of, other, &mut dice);
        let seen = std::panic::catch_unwind(|| judged(harm, of, other, &bytes));
        let (seen, saved) = seen.unwrap_or_else(|_| panic!("try {number} of seed {seed}: {harm:?}"));
        if let Some(must) = must_be(harm, of, &bytes)
            && seen != Seen::Unchanged
        {
            assert_eq!(seen, must, "try {number} of seed {seed}: {harm:?}");
        }
        *counts.entry(harm).or_default().entry(seen).or_default() += 1;
        salvaged += saved;
    }
    println!(
        "seed {seed}: {TRIES} harmed files, made from {} of {frames} frames in all; {salvaged} whole frames behind a damage, all saved",
        journals.len()
    );
    for (harm, seen) in counts {
        println!(
            "  {:<13} {}",
            format!("{harm:?}"),
            seen.iter().map(|(seen, count)| format!("{count} {seen:?}")).collect::<Vec<_>>().join(", ")
        );
    }
}

#[test]
fn a_file_cut_anywhere_is_torn_and_everything_before_the_cut_is_there() {
    let mut dice = Dice(SEED);
    let mut cuts = 0;
    for _ in 0..25 {
        let journal = journal(&mut dice);
        let (start, end) = journal.last();
        for cut in start + 1..end {
            let got = open(&journal.bytes[..cut]);
            let before = &journal.frames[..journal.frames.len().saturating_sub(1)];
            assert!(got.is_torn && got.damage.is_empty() && got.salvaged.is_empty(), "{cut}: {:?}", got.damage);
            assert_eq!((got.whole, got.frames.as_slice()), (start, before));
            // Its length was written, and the rest of it not: zeros, as far as the frame goes.
            let mut zeros = journal.bytes[..cut].to_vec();
            zeros.resize(dice.within(cut, end), 0);
            let got = open(&zeros);
            if zeros != journal.bytes {
                assert!(got.is_torn && got.damage.is_empty(), "{cut}: {:?}", got.damage);
                assert_eq!((got.whole, got.frames.as_slice()), (start, before));
            }
            cuts += 2;
        }
        let nothing_written = [journal.bytes.as_slice(), &[0; 4096]].concat();
        let got = open(&nothing_written);
        assert!(got.is_torn && got.damage.is_empty() && got.frames == journal.frames && got.whole == journal.bytes.len());
    }
    println!("{cuts} cuts within the last frame, each torn and no damage");
}

#[test]
fn a_cut_frame_that_does_not_follow_is_no_torn_end() {
    let mark = Mark { epoch: Uuid::nil(), sequence: 4, events: 0, link: Link([1; 16]) };
    let head = Head { format: FORMAT, kind: FileKind::Tail, mark, made_at: 0, packed: false };
    // Of another history: the save before it was another one.
    let other_head = Head { mark: Mark { link: Link([2; 16]), ..mark }, ..head };
    let (one, other) = (Journal::of(head, [Entry::Bulk, Entry::Bulk, Entry::Bulk]), Journal::of(other_head, [Entry::Bulk]));
    // The frame before it is missing; the number is right, but it is of another history; of a whole header; of the first bytes of one.
    for (last, keep) in [(one.frame_bytes(3), 40), (other.frame_bytes(1), 40), (one.frame_bytes(3), 20), (other.frame_bytes(1), 20)] {
        let bytes = [&one.bytes[..one.bounds[0].1], &last[..keep]].concat();
        let got = open(&bytes);
        assert!(!got.is_torn && got.frames.is_empty());
        assert_eq!((got.damage[0].sequence, got.damage[0].at, got.damage.len()), (5, got.whole, 1));
    }
}

#[test]
fn an_empty_file_is_a_torn_one() {
    for bytes in [&b""[..], b"S", b"SWJ1", &[0; 4096]] {
        assert_eq!(open(bytes), Reading { is_torn: true, ..Reading::default() });
    }
    assert!(!open(b"SWJ2").damage.is_empty() && !open(b"{}").is_torn);
}

#[test]
fn a_snapshot_without_its_end_is_torn_and_one_that_says_more_rows_is_damaged() {
    let mark = Mark { epoch: Uuid::nil(), sequence: 9, events: 4, link: Link([7; 16]) };
    let head = Head { format: FORMAT, kind: FileKind::Snapshot, mark, made_at: 0, packed: true };
    let put = |id: &str| Act::Put { place: Place::Visits, id: id.to_owned(), body: "{}".to_owned() };
    let chunk = || Entry::Change { acts: vec![put("a"), put("b")], events: 0 };
    let whole = Journal::of(head, [chunk(), chunk(), Entry::End { rows: 4 }]);
    assert!(open(&whole.bytes).is_whole());
    assert!(!read(&whole.bytes).is_whole(), "packed, and read by who cannot unpack");
    let open_end = open(&whole.bytes[..whole.last().0]);
    assert!(open_end.is_torn && open_end.damage.is_empty() && open_end.frames.len() == 2);
    for entries in
        [vec![chunk(), Entry::End { rows: 4 }], vec![Entry::End { rows: 0 }, Entry::End { rows: 0 }], vec![Entry::End { rows: 0 }, chunk()]]
    {
        let wrong = open(&Journal::of(head, entries).bytes);
        assert_eq!(wrong.damage.len(), 1);
        assert!(!wrong.is_whole());
    }
    let tail = Head { kind: FileKind::Tail, packed: false, ..head };
    let wrong = open(&Journal::of(tail, [chunk(), Entry::End { rows: 2 }, chunk()]).bytes);
    assert_eq!((wrong.frames.len(), wrong.damage[0].sequence, wrong.salvaged.len()), (1, 11, 2));
}

#[test]
fn what_a_newer_version_wrote_is_not_guessed_at() {
    let mark = Mark { epoch: Uuid::nil(), sequence: 0, events: 0, link: Link::default() };
    let head = Head { format: FORMAT + 1, kind: FileKind::Tail, mark, made_at: 0, packed: false };
    let newer = open(&Journal::of(head, [Entry::Bulk]).bytes);
    assert_eq!((newer.head, newer.frames.len(), newer.damage.len()), (None, 0, 1));
}

#[test]
fn headers_made_up_to_be_slow_are_not() {
    // Each names two megabytes of what is behind it: hashing them for each would be 130 GB.
    let mark = Mark { epoch: Uuid::nil(), sequence: 0, events: 0, link: Link::default() };
    let head = Head { format: FORMAT, kind: FileKind::Tail, mark, made_at: 0, packed: false };
    let (mut bytes, _) = opening(&head);
    let body = "x".repeat(2 << 20);
    let (long, _) = frame(Link::default(), 1, &Entry::Change { acts: vec![Act::Gone { place: Place::Drafts, id: body }], events: 0 });
    bytes.extend(long[..36].repeat(120_000));
    bytes.extend(b"SWJ1".repeat(100_000));
    let (last, _) = frame(Link::default(), 7, &Entry::Bulk);
    bytes.extend(last);
    let start = Instant::now();
    let got = open(&bytes);
    let took = start.elapsed();
    println!("{} bytes of made-up headers: {} damages in {took:?}", bytes.len(), got.damage.len());
    assert!(took < Duration::from_secs(20), "{took:?}");
    assert!(got.frames.is_empty() && !got.damage.is_empty());
}

#[test]
fn a_change_too_long_to_be_read_is_said_to_be_missing() {
    let body = "x".repeat(MAX_PAYLOAD);
    let entry = Entry::Change { acts: vec![Act::Put { place: Place::Drafts, id: "a".to_owned(), body }], events: 0 };
    for (bytes, _) in [frame(Link::default(), 1, &entry), frame_with(Link::default(), 1, &entry, pack)] {
        assert!(bytes.len() < 100);
    }
}

/// Printed, not judged: how long a phone would take is not known here.
#[test]
fn what_the_frame_of_a_visit_costs() {
    let body = format!("{{\"v\":3,\"lines\":[{}]}}", [r#"{"product":"019a0000-0000-7000-8000-000000000002","counted":12}"#; 90].join(","));
    let put = |place| Act::Put { place, id: "019a0000-0000-7000-8000-000000000001".to_owned(), body: body.clone() };
    let entry = Entry::Change { acts: vec![put(Place::Visits), put(Place::Orders)], events: 2 };
    let (bytes, _) = frame(Link::default(), 1, &entry);
    let mut previous = Link::default();
    let start = Instant::now();
    for sequence in 1..=500 {
        previous = frame(previous, sequence, &entry).1;
    }
    println!("a change of {} bytes: {:?} a frame", bytes.len(), start.elapsed() / 500);
}

fn act() -> impl Strategy<Value = Act> {
    (0_usize..10, any::<String>(), proptest::option::of(any::<String>())).prop_map(|(place, id, body)| {
        let place = Place::ALL[place];
        body.map_or_else(|| Act::Gone { place, id: id.clone() }, |body| Act::Put { place, id: id.clone(), body })
    })
}

fn entry() -> impl Strategy<Value = Entry> {
    prop_oneof![
        9 => (proptest::collection::vec(act(), 0..6), any::<u64>()).prop_map(|(acts, events)| Entry::Change { acts, events }),
        1 => Just(Entry::Bulk),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read(
        entries in proptest::collection::vec(entry(), 0..12),
        (epoch, sequence, events, link) in (any::<u128>(), 0..u64::MAX - 100, any::<u64>(), any::<[u8; 16]>()),
        made_at in any::<u64>(),
        (is_snapshot, packed) in any::<(bool, bool)>(),
    ) {
        let kind = if is_snapshot { FileKind::Snapshot } else { FileKind::Tail };
        let mark = Mark { epoch: Uuid::from_u128(epoch), sequence, events, link: Link(link) };
        let rows = entries.iter().map(|entry| if let Entry::Change { acts, .. } = entry { acts.len() as u64 } else { 0 }).sum();
        let end = is_snapshot.then_some(Entry::End { rows });
        let journal = Journal::of(Head { format: FORMAT, kind, mark, made_at, packed }, entries.into_iter().chain(end));
        let got = open(&journal.bytes);
        prop_assert_eq!(&got, &journal.reading());
        prop_assert!(got.is_whole());
        prop_assert_eq!(serde_json::from_str::<Mark>(&serde_json::to_string(&mark).unwrap()).unwrap(), mark);
    }

    #[test]
    fn any_bytes_at_all_are_read_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..3000)) {
        let got = open(&bytes);
        prop_assert!(got.head.is_none() && got.frames.is_empty() && (got.is_torn || !got.damage.is_empty()));
    }
}
