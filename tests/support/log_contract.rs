//! What every journal below the keeper promises, as one walk: the simulated one passes it natively, the worker's files in a browser.

use shelfwise::archive::backup::Place;
use shelfwise::archive::journal::{self, Act, Entry, FORMAT, FileKind, Head, Link, Mark, Reading};
use shelfwise::keep::error::StoreError;
use shelfwise::keep::keeper::Log;
use uuid::Uuid;

/// A journal on the bench.
pub trait LogBench {
    type Log: Log;
    fn log(&self) -> Self::Log;
    /// Every file of changes as a start finds it, oldest first.
    async fn tails(&self) -> Vec<Vec<u8>>;
    /// The app is closed and started again: another journal over the same files.
    async fn start_again(&self);
    /// Puts room by for a full disk.
    async fn keep_room(&self);
    /// From now on there is no room, or there is again.
    async fn fill(&self, is_full: bool);
}

/// The head of a file of changes that begins behind `mark`.
fn head(mark: Mark) -> Head {
    Head { format: FORMAT, kind: FileKind::Tail, packed: false, mark, made_at: 1_700_000_000_000 }
}

fn entry(body: &str) -> Entry {
    Entry::Change { acts: vec![Act::Put { place: Place::Customers, id: "shop".to_owned(), body: body.to_owned() }], events: 0 }
}

/// The newest file, and the texts of its changes: a file in which anything is torn or damaged has none to show.
async fn newest(bench: &impl LogBench) -> (Reading, Vec<String>) {
    let bytes = bench.tails().await.pop().unwrap();
    let reading = journal::read(&bytes);
    assert!(reading.is_whole() && reading.whole == bytes.len(), "{reading:?} of {} bytes", bytes.len());
    let texts = reading.frames.iter().map(|frame| match &frame.entry {
        Entry::Change { acts, .. } => acts.iter().filter_map(Act::body).collect(),
        other => panic!("{other:?}"),
    });
    let texts = texts.collect();
    (reading, texts)
}

/// What was appended is read back, what was cut is gone, a file is gone on with where it is said, a file begun anew is the newest and
/// leaves those before it alone, and without room nothing is left of what did not fit. There are no files yet.
pub async fn log_contract<B: LogBench>(bench: &B, epoch: Uuid) {
    assert!(bench.tails().await.is_empty(), "a new journal");
    bench.keep_room().await;

    // A file begins with its head.
    let start = Mark { epoch, sequence: 0, events: 0, link: Link::default() };
    assert_eq!(bench.log().begin(journal::opening(&head(start)).0).await, Ok(()));
    let (reading, texts) = newest(bench).await;
    assert_eq!((reading.head, texts.len()), (Some(head(start)), 0));

    // What was appended is read back, in its order, flushed or not.
    let (one, link_one) = journal::frame(start.link, 1, &entry("one"));
    let (two, _) = journal::frame(link_one, 2, &entry("two"));
    assert_eq!(bench.log().append(one, true).await, Ok(()));
    let behind_one = newest(bench).await.0.whole;
    assert_eq!(bench.log().append(two, false).await, Ok(()));
    assert_eq!(newest(bench).await.1, ["one", "two"]);

    // The last frame is taken back, once; another takes its place.
    assert_eq!(bench.log().cut().await, Ok(()));
    assert_eq!(newest(bench).await.1, ["one"]);
    assert_eq!(bench.log().cut().await, Ok(()));
    assert_eq!(newest(bench).await.1, ["one"], "one frame is one frame");
    let (two, link_two) = journal::frame(link_one, 2, &entry("another"));
    assert_eq!(bench.log().append(two.clone(), true).await, Ok(()));
    assert_eq!(newest(bench).await.1, ["one", "another"]);

    // After a start it goes on behind what is there; what was there before is not taken back.
    bench.start_again().await;
    let all = newest(bench).await.0.whole;
    assert_eq!(bench.log().go_on(all).await, Ok(()));
    assert_eq!(bench.log().cut().await, Ok(()));
    assert_eq!(newest(bench).await.1, ["one", "another"]);
    let (three, _) = journal::frame(link_two, 3, &entry("three"));
    assert_eq!(bench.log().append(three, true).await, Ok(()));
    assert_eq!(newest(bench).await.1, ["one", "another", "three"]);

    // Or behind a part of it: the rest is gone.
    bench.start_again().await;
    assert_eq!(bench.log().go_on(behind_one).await, Ok(()));
    assert_eq!(newest(bench).await.1, ["one"]);
    assert_eq!(bench.log().append(two, true).await, Ok(()));
    assert_eq!(newest(bench).await.1, ["one", "another"]);

    // A file that is begun is the newest; the one before stays as it is.
    let before = bench.tails().await;
    let later = Mark { sequence: 2, link: link_two, ..start };
    assert_eq!(bench.log().begin(journal::opening(&head(later)).0).await, Ok(()));
    let (three, link_three) = journal::frame(link_two, 3, &entry("three again"));
    assert_eq!(bench.log().append(three, true).await, Ok(()));
    let (reading, texts) = newest(bench).await;
    assert_eq!((reading.head, texts), (Some(head(later)), vec!["three again".to_owned()]));
    assert_eq!(bench.tails().await[..1], before);

    // It is after a start, too.
    bench.start_again().await;
    assert_eq!(bench.log().go_on(reading.whole).await, Ok(()));
    let (four, link_four) = journal::frame(link_three, 4, &entry("four"));
    assert_eq!(bench.log().append(four, true).await, Ok(()));
    assert_eq!(newest(bench).await.1, ["three again", "four"]);
    assert_eq!(bench.tails().await[..1], before);

    // Without room nothing is left of a frame; what was put by makes room for it, once.
    bench.fill(true).await;
    let (five, link_five) = journal::frame(link_four, 5, &entry("five"));
    assert_eq!(bench.log().append(five.clone(), true).await, Err(StoreError::Full));
    assert_eq!(newest(bench).await.1, ["three again", "four"], "nothing of a frame without room");
    assert!(bench.log().make_room().await, "there was room put by");
    assert_eq!(bench.log().append(five, true).await, Ok(()));
    assert_eq!(newest(bench).await.1, ["three again", "four", "five"]);
    assert!(!bench.log().make_room().await, "it was given up already");

    // Nor is a file begun without room, and those before it stay as they are.
    bench.fill(true).await;
    let before = bench.tails().await;
    let last = Mark { sequence: 5, link: link_five, ..start };
    assert!(bench.log().begin(journal::opening(&head(last)).0).await.is_err());
    assert_eq!(bench.tails().await[..2], before);
    bench.fill(false).await;
    assert_eq!(bench.log().begin(journal::opening(&head(last)).0).await, Ok(()));
    assert_eq!(newest(bench).await.0.head, Some(head(last)));
    let tails = bench.tails().await;
    assert_eq!((tails.len(), &tails[..2]), (3, &before[..]), "the file that could not be begun is the one that was");
}
