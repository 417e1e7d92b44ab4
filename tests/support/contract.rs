//! What every database below the keeper promises, as one walk: the simulated one passes it natively, IndexedDB in a browser.

use shelfwise::archive::backup::Place;
use shelfwise::archive::journal::{Link, Mark};
use shelfwise::archive::record::{Kind, Row};
use shelfwise::keep::batch::Batch;
use shelfwise::keep::error::StoreError;
use shelfwise::keep::keeper::Disk;
use std::collections::BTreeMap;
use uuid::Uuid;

pub type Found = BTreeMap<(Place, String), String>;

/// A database on the bench.
pub trait Bench {
    type Disk: Disk;
    fn disk(&self) -> &Self::Disk;
    /// Every row, without what is kept aside.
    async fn rows(&self) -> Found;
    async fn found_mark(&self) -> Option<Mark>;
    async fn put_draft(&self, key: &str, body: &str);
    /// From now on there is no room, or there is again.
    async fn fill(&self, is_full: bool);
}

fn row(kind: Kind, id: Uuid, body: &str) -> Row {
    let customer = kind.is_event().then(|| "shop".to_owned());
    Row { kind, id: id.to_string(), customer, day: None, unsent: false, body: body.to_owned() }
}

fn mark(epoch: Uuid, sequence: u8) -> Mark {
    Mark { epoch, sequence: sequence.into(), events: 1, link: Link([sequence; 16]) }
}

/// All or nothing, an event once, the mark with its batch, and nothing left of what was refused. The database is new; the ids are
/// three that are not in it.
pub async fn contract<B: Bench>(bench: &B, [epoch, shop, visit]: [Uuid; 3]) {
    assert!(bench.rows().await.is_empty(), "a new database");
    let key = |place, id: Uuid| (place, id.to_string());

    // A batch, its finished draft and its mark are there together.
    bench.put_draft("visit:x", "{}").await;
    let rows = vec![row(Kind::Customer, shop, "shop 1"), row(Kind::Visit, visit, "visit 1")];
    let first = Batch { rows, finished_drafts: vec!["visit:x".to_owned(), "visit:never".to_owned()] };
    assert_eq!(bench.disk().write(&first, &mark(epoch, 1)).await, Ok(()));
    let one: Found =
        [(key(Place::Customers, shop), "shop 1".to_owned()), (key(Place::Visits, visit), "visit 1".to_owned())].into_iter().collect();
    assert_eq!((bench.rows().await, bench.found_mark().await), (one.clone(), Some(mark(epoch, 1))));

    // An event is added once; what comes with a second one is refused with it, the draft and the mark too.
    bench.put_draft("visit:y", "{}").await;
    let rows = vec![row(Kind::Customer, shop, "shop 2"), row(Kind::Visit, visit, "visit 2")];
    let second = Batch { rows, finished_drafts: vec!["visit:y".to_owned()] };
    assert_eq!(bench.disk().write(&second, &mark(epoch, 2)).await, Err(StoreError::AlreadyThere));
    let mut with_draft = one.clone();
    with_draft.insert((Place::Drafts, "visit:y".to_owned()), "{}".to_owned());
    assert_eq!((bench.rows().await, bench.found_mark().await), (with_draft.clone(), Some(mark(epoch, 1))), "nothing of a refused batch");

    // Without room nothing is left of it.
    bench.fill(true).await;
    let third = Batch { rows: vec![row(Kind::Customer, shop, "shop 3"), row(Kind::Product, visit, "product 3")], ..Batch::default() };
    let refused = bench.disk().write(&third, &mark(epoch, 2)).await;
    bench.fill(false).await;
    assert_eq!(refused, Err(StoreError::Full));
    assert_eq!((bench.rows().await, bench.found_mark().await), (with_draft, Some(mark(epoch, 1))), "nothing of a batch without room");

    // Once there is room the same batch is written, a record over the one before.
    assert_eq!(bench.disk().write(&third, &mark(epoch, 2)).await, Ok(()));
    let rows = bench.rows().await;
    assert_eq!(rows.get(&key(Place::Customers, shop)).map(String::as_str), Some("shop 3"));

    // A batch of nothing moves the mark.
    assert_eq!(bench.disk().write(&Batch::default(), &mark(epoch, 3)).await, Ok(()));
    assert_eq!((bench.rows().await, bench.found_mark().await), (rows, Some(mark(epoch, 3))));
}
