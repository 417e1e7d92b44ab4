//! What the parts of the desk share: the queue, the message in hand, what is kept of half-written ones, and the last step with its way
//! back. What is kept is written as it is typed, so that the desk goes on where it stopped.

use crate::domain::desk::{Kept, Round};
use crate::domain::id::{CustomerId, TouchId};
use crate::state::app::App;
use crate::state::autosave::{Autosave, Kept as OnDisk};
use crate::state::clock;
use crate::state::day::Loaded;
use crate::state::desk::{DeskState, KEY};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// What was done last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub customer: CustomerId,
    pub text: String,
    pub did: Did,
}

/// A step and what its undoing needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Did {
    Sent(TouchId),
    Skipped,
}

/// Where the focus goes when the next message is there: into its text for who types, to its heading for who taps, whose keyboard
/// would cover the buttons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    Stays,
    Text,
    Heading,
}

/// The desk's signals. Copied freely.
#[derive(Clone, Copy)]
pub struct DeskRoom {
    pub app: App,
    pub state: RwSignal<Option<Arc<DeskState>>>,
    pub kept: RwSignal<Kept>,
    /// The shop that is written to.
    pub current: RwSignal<Option<CustomerId>>,
    pub last: RwSignal<Option<Step>>,
    /// The rep began before the evening.
    pub begun: RwSignal<bool>,
    pub focus: StoredValue<Focus>,
    autosave: StoredValue<Autosave, LocalStorage>,
    reads: StoredValue<u32>,
    again: RwSignal<u32>,
}

impl DeskRoom {
    pub fn open(app: App) -> DeskRoom {
        let follow = app.day().follow.get_untracked();
        let round = Round::at(clock::now(), follow.desk_weekday, follow.desk_hour);
        let kept = RwSignal::new(Kept::of(app.form_draft::<Kept>(KEY), round));
        let room = DeskRoom {
            app,
            state: RwSignal::new(None),
            kept,
            current: RwSignal::new(None),
            last: RwSignal::new(None),
            begun: RwSignal::new(false),
            focus: StoredValue::new(Focus::Stays),
            autosave: StoredValue::new_local(Autosave::watch(app, KEY.to_owned(), move || kept.get())),
            reads: StoredValue::new(0),
            again: RwSignal::new(0),
        };
        Effect::new(move |_| {
            let day = app.day();
            day.contacts.track();
            day.profiles.track();
            day.people.track();
            app.book.track();
            app.language.track();
            room.again.track();
            if day.loaded.get() >= Loaded::Shops {
                room.read();
            }
        });
        // A skip that was still on its way to the disk when the queue was read.
        let written = room.autosave.with_value(Autosave::kept);
        Effect::new(move |_| {
            let is_written = written.get() == OnDisk::OnDisk;
            let skipped = room.kept.with_untracked(|kept| kept.skipped.clone());
            let is_old = room.state.with_untracked(|state| state.as_ref().is_some_and(|state| state.kept.skipped != skipped));
            if is_written && is_old {
                room.read_again();
            }
        });
        room
    }

    /// Reads the queue; an answer that a later one overtook is dropped.
    fn read(self) {
        let turn = self.reads.try_update_value(|reads| {
            *reads += 1;
            *reads
        });
        spawn_local(async move {
            let Ok(state) = self.app.desk().await else { return };
            if self.reads.try_get_value() != turn {
                return;
            }
            if self.kept.with_untracked(|kept| kept.round != state.round) {
                self.kept.set(Kept::new(state.round));
            }
            let is_there = |id: &CustomerId| state.queue.left.contains(id);
            let first = state.queue.left.first().copied();
            if self.current.get_untracked().filter(is_there).is_none() {
                self.current.set(first);
            }
            self.state.set(Some(Arc::new(state)));
        });
    }

    /// Once more, after what was kept has changed.
    pub fn read_again(self) {
        self.again.update(|count| *count += 1);
    }

    /// What was typed is on the disk, or the banner says that it is not.
    pub async fn flush(self) {
        if let Some(autosave) = self.autosave.try_get_value() {
            autosave.flush_now().await;
        }
    }

    /// On to the one behind `customer`, else to the first.
    pub fn go_on(self, customer: CustomerId) {
        let left = self.state.with_untracked(|state| state.as_ref().map(|state| state.queue.left.clone()).unwrap_or_default());
        let behind = left.iter().skip_while(|id| **id != customer).nth(1);
        let next = behind.or_else(|| left.iter().find(|id| **id != customer)).copied();
        self.current.set(next);
    }

    /// The queue as it is read again in a moment: the next message is compared with this one already.
    pub fn note_sent(self, customer: CustomerId, text: &str) {
        self.state.update(|state| {
            if let Some(state) = state.as_mut().map(Arc::make_mut) {
                state.queue.left.retain(|id| *id != customer);
                state.queue.done.push(customer);
                state.sent.push((customer, text.to_owned()));
            }
        });
    }

    /// Another shop is chosen by hand.
    pub fn choose(self, customer: CustomerId) {
        self.focus.set_value(Focus::Text);
        self.begun.set(true);
        self.last.set(None);
        self.current.set(Some(customer));
    }

    /// Not this week.
    pub fn skip(self, customer: CustomerId, text: String) {
        self.go_on(customer);
        self.last.set(Some(Step { customer, text, did: Did::Skipped }));
        self.change(move |kept| kept.skip(customer));
    }

    /// This week after all.
    pub fn take_back(self, customer: CustomerId) {
        self.last.set(None);
        self.begun.set(true);
        self.focus.set_value(Focus::Text);
        self.change(move |kept| kept.take_back(customer));
        self.current.set(Some(customer));
    }

    fn change(self, change: impl FnOnce(&mut Kept) + 'static) {
        self.kept.update(change);
        spawn_local(async move {
            // The effect that watches what is kept has run by the next turn.
            clock::pause(0).await;
            self.flush().await;
            self.again.try_update(|count| *count += 1);
        });
    }

    /// The last step was a mistake.
    pub fn undo(self) {
        let Some(step) = self.last.get_untracked() else { return };
        self.last.set(None);
        let Step { customer, text, did } = step;
        self.begun.set(true);
        self.focus.set_value(Focus::Text);
        spawn_local(async move {
            match did {
                Did::Skipped => {}
                // A refused write is said by the banner; the message stays sent.
                Did::Sent(id) => {
                    if self.app.undo_touch(id).await.is_err() {
                        return;
                    }
                }
            }
            self.change(move |kept| {
                kept.take_back(customer);
                kept.write(customer, &text);
            });
            self.current.try_set(Some(customer));
        });
    }
}
