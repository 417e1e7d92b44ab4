//! Keeps what is typed: a draft is on disk a quarter of a second after the first keystroke that changed it, and at once when the
//! page is hidden or left. "Saved" is said only when the disk has it.

use super::app::App;
use super::role::Role;
use crate::archive::record;
pub use crate::archive::record::Shape as DraftShape;
use crate::store::database::Store;
use crate::store::error::StoreError;
use leptos::prelude::*;
use leptos::task::spawn_local;
use send_wrapper::SendWrapper;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::task::Poll;
use std::time::Duration;

/// The longest a keystroke waits for its write to begin.
const WAIT: Duration = Duration::from_millis(250);

/// How far the draft is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Nothing typed yet.
    Clean,
    Waiting,
    OnDisk,
    /// The disk refused; the text is still on screen.
    Failed,
}

/// What became of a draft that was to be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Put {
    OnDisk,
    /// Another tab wrote since it was read here: that one's is the newer.
    Stale,
}

/// One draft under watch.
#[derive(Clone)]
pub struct Autosave(Rc<Inner>);

struct Inner {
    app: App,
    key: String,
    kept: RwSignal<Kept>,
    /// What still waits for the disk.
    latest: RefCell<Option<String>>,
    /// What was changed last, on disk or not.
    typed: RefCell<Option<String>>,
    timer_runs: Cell<bool>,
    over: Cell<bool>,
    /// The page that made it was left.
    left: Cell<bool>,
    /// The term in which this tab wrote when the draft was read.
    term: Cell<Option<u64>>,
}

impl Autosave {
    /// Watches `draft` from now on, until the page that made it is left. `kept` says how far it is kept.
    pub fn watch<T: DraftShape + PartialEq + 'static>(app: App, key: String, draft: impl Fn() -> T + 'static) -> Autosave {
        let inner = Inner {
            app,
            key,
            kept: RwSignal::new(Kept::Clean),
            latest: RefCell::new(None),
            typed: RefCell::new(None),
            timer_runs: Cell::new(false),
            over: Cell::new(false),
            left: Cell::new(false),
            term: Cell::new(app.store.with_value(Store::term)),
        };
        let this = Autosave(Rc::new(inner));
        let watcher = this.clone();
        Effect::new(move |before: Option<T>| {
            let now = draft();
            if before.is_some_and(|before| before != now)
                // A draft is plain text fields; writing it as JSON cannot fail, and if it did the old text would stay on disk.
                && let Ok(body) = record::body(&now)
            {
                watcher.changed(body);
            }
            now
        });
        let retried = this.clone();
        Effect::new(move |before: Option<u32>| {
            let count = app.retries.get();
            if before.is_some_and(|before| before != count) {
                retried.flush();
            }
            count
        });
        let leaving = SendWrapper::new(this.clone());
        on_cleanup(move || {
            leaving.0.left.set(true);
            leaving.hand_on();
            leaving.flush();
        });
        let hidden = this.clone();
        let listener = window_event_listener_untyped("shelfwise-hide", move |_| hidden.flush_last());
        on_cleanup(move || listener.remove());
        this
    }

    pub fn kept(&self) -> RwSignal<Kept> {
        self.0.kept
    }

    /// The draft is being finished or thrown away: nothing is written meanwhile. What still waits is kept for [`Self::resume`].
    pub fn stop(&self) {
        self.0.over.set(true);
    }

    /// The draft goes on after a finish that failed: what waited is written at once.
    pub fn resume(&self) {
        self.0.over.set(false);
        self.flush();
    }

    fn changed(&self, body: String) {
        self.0.typed.replace(Some(body.clone()));
        self.0.latest.replace(Some(body));
        self.0.kept.try_set(Kept::Waiting);
        if !self.0.timer_runs.replace(true) {
            let this = self.clone();
            set_timeout(move || this.flush(), WAIT);
        }
    }

    /// Writes what is not yet on disk.
    pub fn flush(&self) {
        self.0.timer_runs.set(false);
        if self.0.over.get() {
            return;
        }
        let this = self.clone();
        spawn_local(async move { this.flush_now().await });
    }

    /// A page that is drawn anew, because another tab's save was read, begins with what was typed: that reading may have been before it.
    fn hand_on(&self) {
        let Inner { app, key, typed, .. } = &*self.0;
        let is_ours = app.role.get_untracked() == Role::Writer && self.0.term.get() == app.store.with_value(Store::term);
        if let Some(body) = typed.borrow().as_ref().filter(|_| is_ours && !self.0.over.get()) {
            app.drafts.update_value(|drafts| drop(drafts.insert(key.clone(), body.clone())));
        }
    }

    /// The page is hidden or goes: as [`Self::flush`], in one breath, with what changed over the hiding itself.
    fn flush_last(&self) {
        if !self.0.over.get() {
            let this = self.clone();
            spawn_local(async move {
                // What is typed goes first: a page that goes may get no further.
                this.write(true).await;
                changes_seen().await;
                this.write(true).await;
            });
        }
    }

    /// As [`Self::flush`], and returns when the disk has answered.
    pub async fn flush_now(&self) {
        self.write(false).await;
    }

    async fn write(&self, is_last: bool) {
        let Some(body) = self.0.latest.take() else { return };
        let inner = &self.0;
        let written = inner.app.put_draft(&inner.key, &body, is_last, inner.term.get()).await;
        inner.app.note_draft(&written.as_ref().map(|_| ()).map_err(Clone::clone));
        // Typed on meanwhile: that text will report for itself.
        if inner.latest.borrow().is_some() {
            return;
        }
        let kept = match written {
            Ok(Put::OnDisk) => {
                inner.term.set(inner.app.store.with_value(Store::term));
                Kept::OnDisk
            }
            // The draft is another tab's by now, and is read again from there.
            Ok(Put::Stale) | Err(StoreError::Reader) => return,
            Err(_) => {
                // A refused one is tried again.
                inner.latest.replace(Some(body).filter(|_| !inner.left.get()));
                Kept::Failed
            }
        };
        // The page may be gone by now, and its signal with it.
        inner.kept.try_set(kept);
    }
}

/// What was changed by the same event has reached its effects after this. Turns of the microtask queue: a page that goes has no others.
async fn changes_seen() {
    for _ in 0..2 {
        let mut is_over = false;
        std::future::poll_fn(|context| {
            if std::mem::replace(&mut is_over, true) {
                return Poll::Ready(());
            }
            context.waker().wake_by_ref();
            Poll::Pending
        })
        .await;
    }
}

impl App {
    /// A form's draft from an earlier day or before a reload.
    pub fn form_draft<T: DraftShape>(self, key: &str) -> Option<T> {
        self.drafts.with_value(|drafts| drafts.get(key).and_then(|body| record::read(body).ok()))
    }

    /// Keeps a draft, where this tab may write. `since`: the term in which it was read.
    pub(super) async fn put_draft(self, key: &str, body: &str, is_last: bool, since: Option<u64>) -> Result<Put, StoreError> {
        let _hold = self.hold().await?;
        let store = self.store.get_value();
        if since.is_some() && store.term() != since {
            return Ok(Put::Stale);
        }
        if is_last { store.put_last_draft(key, body).await } else { store.put_draft(key, body).await }?;
        self.drafts.update_value(|drafts| drop(drafts.insert(key.to_owned(), body.to_owned())));
        self.copy_drafts();
        Ok(Put::OnDisk)
    }

    /// From the copy first: what is there alone would come back.
    async fn delete_draft(self, key: &str) -> Result<(), StoreError> {
        let _hold = self.hold().await?;
        (self.awaken().await?.copy_drafts)(self).await;
        self.store.get_value().delete_draft(key).await
    }

    /// Throws a draft away.
    pub fn discard_draft(self, key: &str) {
        let key = key.to_owned();
        self.forget_draft(&key);
        self.tell_draft_gone(&key);
        spawn_local(async move {
            let written = self.delete_draft(&key).await;
            self.note(&written);
        });
    }
}
