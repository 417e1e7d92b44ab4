//! What becomes of a save's frame while nobody knows whether the database has it.

use super::*;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// A database and the frames beside it.
#[derive(Default)]
struct Desk {
    mark: Cell<Option<Mark>>,
    /// The connection goes with the next save: and was it written?
    breaks: Cell<Option<bool>>,
    is_away: Cell<bool>,
    frames: Cell<u32>,
}

impl Disk for &Desk {
    async fn write(&self, _: &Batch, next: &Mark) -> Result<(), StoreError> {
        let breaks = self.breaks.take();
        if breaks != Some(false) {
            self.mark.set(Some(*next));
        }
        breaks.map_or(Ok(()), |_| Err(StoreError::Lost(String::new())))
    }

    async fn mark(&self) -> Result<Option<Mark>, StoreError> {
        if self.is_away.get() { Err(StoreError::Lost(String::new())) } else { Ok(self.mark.get()) }
    }
}

impl Log for &Desk {
    async fn append(&self, _: Vec<u8>, _: bool) -> Result<(), StoreError> {
        self.frames.set(self.frames.get() + 1);
        Ok(())
    }

    async fn cut(&self) -> Result<(), StoreError> {
        self.frames.set(self.frames.get() - 1);
        Ok(())
    }

    async fn begin(&self, _: Vec<u8>) -> Result<(), StoreError> {
        Ok(())
    }

    async fn go_on(&self, _: usize) -> Result<(), StoreError> {
        Ok(())
    }

    async fn make_room(&self) -> bool {
        false
    }
}

impl Canary for &Desk {
    fn get(&self) -> Option<Mark> {
        None
    }

    fn set(&self, _: Option<&Mark>) {}
}

fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("waits"),
    }
}

/// One save is in; over the second the connection goes.
fn broken(desk: &Desk, was_written: bool) -> Keeper<&Desk, &Desk, &Desk> {
    let keeper = Keeper::new(desk, desk, desk, None, Uuid::nil());
    keeper.set_twin(Twin::Whole);
    assert_eq!(now(keeper.save(&Batch::default())), Ok(Saved { has_copy: true }));
    desk.breaks.set(Some(was_written));
    assert!(matches!(now(keeper.save(&Batch::default())), Err(StoreError::Lost(_))));
    assert_eq!((desk.frames.get(), keeper.twin()), (2, Twin::Behind), "nobody knows yet");
    keeper
}

#[test]
fn a_save_that_nobody_knows_of_stays_in_the_journal_until_the_database_says() {
    for (was_written, frames) in [(true, 3), (false, 2)] {
        let desk = Desk::default();
        let keeper = broken(&desk, was_written);
        desk.is_away.set(true);
        assert!(now(keeper.save(&Batch::default())).is_err() && !now(keeper.begin(0)));
        assert_eq!(desk.frames.get(), 2, "nothing is saved or begun upon it");
        desk.is_away.set(false);
        assert_eq!(now(keeper.save(&Batch::default())), Ok(Saved { has_copy: true }));
        assert_eq!((desk.frames.get(), keeper.mark().sequence), (frames, frames.into()), "written: {was_written}");
    }
}

#[test]
fn a_tab_that_heard_of_it_meanwhile_leaves_it_there() {
    let desk = Desk::default();
    let keeper = broken(&desk, true);
    keeper.saw(desk.mark.get().unwrap());
    assert!(now(keeper.begin(0)));
    assert_eq!((desk.frames.get(), keeper.mark().sequence), (2, 2));
}

#[test]
fn a_bulk_change_that_cannot_ask_takes_it_out() {
    let desk = Desk::default();
    let keeper = broken(&desk, false);
    desk.is_away.set(true);
    assert!(!now(keeper.before_bulk()));
    assert_eq!(desk.frames.get(), 1);
    desk.is_away.set(false);
    assert!(now(keeper.save(&Batch::default())).is_ok());
    assert_eq!(desk.frames.get(), 2, "once");
}

#[test]
fn a_bulk_change_behind_which_the_database_does_not_answer_is_asked_about() {
    for was_written in [true, false] {
        let desk = Desk::default();
        let keeper = Keeper::new(&desk, &desk, &desk, None, Uuid::nil());
        keeper.set_twin(Twin::Whole);
        assert_eq!(now(keeper.save(&Batch::default())), Ok(Saved { has_copy: true }));
        let before = keeper.mark();
        assert!(now(keeper.before_bulk()));
        if was_written {
            let link = journal::frame(before.link, 2, &Entry::Bulk).1;
            desk.mark.set(Some(Mark { sequence: 2, link, events: 7, ..before }));
        }
        now(keeper.after_bulk(true, None));
        assert_eq!((desk.frames.get(), keeper.twin()), (2, Twin::Behind));
        assert!(now(keeper.save(&Batch::default())).is_ok());
        let all = if was_written { 3 } else { 2 };
        assert_eq!((desk.frames.get(), keeper.mark().sequence), (all, all.into()), "written: {was_written}");
    }
}
