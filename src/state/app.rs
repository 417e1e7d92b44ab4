//! The root of everything shared: the book, the open visits, what went wrong. Copied freely; lives as long as the page.

use super::awake::Awake;
use super::clock::{self, Clock};
use super::finding::Keys;
use super::keeping::{Keeping, MakeWorker, Twin, Why, has_saves};
use super::preferences::{self, Appearance, Language};
use super::role::Role;
use crate::archive::record;
use crate::domain::backup::BackedUp;
use crate::domain::book::{Book, Change};
use crate::domain::clock_watch::{Reading, Verdict};
use crate::domain::draft_head::{DraftHead, Purpose};
use crate::domain::hanzi::Hanzi;
use crate::domain::id::{CustomerId, VisitId};
use crate::keep::batch::Batch;
use crate::keep::drafts::Drafts;
use crate::keep::judge::{self, AtStart, Start};
use crate::keep::keeper::{Canary, Keeper};
use crate::store::canary::LocalCanary;
use crate::store::database::{self, SetAside, Store};
pub use crate::store::error::StoreError;
use crate::store::journal::Journal;
use crate::store::tabs::{News, Tabs};
use crate::store::writer::WriterLock;
use async_lock::Mutex;
use chrono::{NaiveDate, NaiveDateTime};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

/// How long a save waits for the first look at the copy, in hundredths of a second.
const COPY_AWAITED: u32 = 300;

/// Root signals. Made once, before the first page.
#[derive(Clone, Copy)]
pub struct App {
    pub book: RwSignal<Book>,
    /// Visits in hand, by their start.
    pub open_visits: RwSignal<BTreeMap<VisitId, OpenVisit>>,
    pub today: RwSignal<NaiveDate>,
    /// The sign before an amount.
    pub currency: Memo<String>,
    pub language: RwSignal<Language>,
    pub appearance: RwSignal<Appearance>,
    /// What keeps the app from writing; shown until it is over.
    pub trouble: RwSignal<Option<StoreError>>,
    /// Counts the rep's "try again": unsaved drafts are written once more.
    pub retries: RwSignal<u32>,
    pub set_aside: RwSignal<SetAside>,
    /// The last backup of everything made on this device.
    pub backed_up: RwSignal<Option<BackedUp>>,
    /// How Chinese is spelt and simplified, once it is loaded: search works without it, only not by initials.
    pub hanzi: RwSignal<Arc<Hanzi>>,
    /// What records are found by.
    pub(super) keys: StoredValue<Keys>,
    /// Counts notes on deliveries: an open visit reads its past again.
    pub deliveries: RwSignal<u32>,
    /// Drafts by key, as last written.
    pub(super) drafts: StoredValue<Drafts>,
    pub(super) store: StoredValue<Store, LocalStorage>,
    pub(super) clock: StoredValue<Clock, LocalStorage>,
    tabs: StoredValue<Tabs, LocalStorage>,
    /// Whether this tab may write.
    pub role: RwSignal<Role>,
    /// Counts how often another tab wrote while this one did not: pages are drawn anew.
    pub hands: RwSignal<u32>,
    /// The copy beside the database.
    pub twin: RwSignal<Twin>,
    /// Bytes of the copy, once it was made anew.
    pub copy_bytes: RwSignal<Option<u64>>,
    /// Set where the database is not what was kept: nothing is written until the rep has said what becomes of it.
    pub lost: RwSignal<Option<Why>>,
    /// What is to be said of the phone's clock.
    pub clock_verdict: RwSignal<Verdict>,
    /// Both clocks when they were last fine in this session.
    pub(super) clock_seen: StoredValue<Option<Reading>>,
    pub(super) keeper: StoredValue<Rc<Keeping>, LocalStorage>,
    pub(super) lock: StoredValue<WriterLock, LocalStorage>,
    /// This tab, as the database names who writes.
    pub(super) tab: StoredValue<String>,
    pub(super) holds: StoredValue<u32>,
    /// The last save was refused: its banner stays, whatever else is written.
    is_save_refused: StoredValue<bool>,
    pub(super) is_settling: StoredValue<bool>,
    pub(super) other_is_busy: StoredValue<bool>,
    /// The lock was given, and what follows from it is under way.
    pub(super) begins: StoredValue<bool>,
    /// Held while the journal is looked at.
    pub(super) looking: StoredValue<Arc<Mutex<()>>>,
    pub(super) is_copying: StoredValue<bool>,
    pub(super) make_worker: StoredValue<Option<MakeWorker>>,
    /// This device has no id on the disk yet.
    pub(super) is_new_device: StoredValue<bool>,
    /// What writes, once this tab is awake.
    pub(super) awake: StoredValue<Option<Awake>>,
}

/// A visit in hand as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenVisit {
    pub customer: CustomerId,
    pub started: NaiveDateTime,
    pub purpose: Purpose,
}

impl From<DraftHead> for OpenVisit {
    fn from(head: DraftHead) -> OpenVisit {
        OpenVisit { customer: head.customer, started: head.started, purpose: head.purpose() }
    }
}

/// Why a command did nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused<Problem> {
    /// What was typed: every problem, with its field.
    Problems(Vec<Problem>),
    /// The disk; `App::trouble` says it to the rep.
    Store(StoreError),
}

impl<Problem> From<StoreError> for Refused<Problem> {
    fn from(error: StoreError) -> Self {
        Refused::Store(error)
    }
}

impl App {
    /// Opens the database and reads what every page needs. `system` are the browser's languages.
    pub async fn start(system: &[String]) -> Result<App, StoreError> {
        #[cfg(feature = "sabotage")]
        super::keeping::heed_sabotage();
        let trouble = RwSignal::new(None);
        let store = Store::open(database::NAME, move || trouble.set(Some(StoreError::Closed))).await?;
        let loaded = store.load().await?;
        let journal = Journal::default();
        let is_empty = loaded.records.is_empty();
        let remembered = LocalCanary.get();
        // A first start: only here the first screen waits for what may be in the journal.
        let has_journal =
            loaded.mark.is_none() && is_empty && remembered.is_none() && journal.open().await.is_ok_and(|files| has_saves(&files));
        let at_start = AtStart { mark: loaded.mark, is_empty, instead_of: loaded.instead_of, has_journal };
        let lost = match judge::at_start(&at_start, remembered) {
            Start::Lost(why) => Some(why),
            Start::New | Start::Fine => None,
        };
        let keeper = Keeper::new(store.clone(), journal, LocalCanary, loaded.mark, clock::new_id());
        let device = loaded.device.unwrap_or_else(clock::new_device);
        let mut book = Book::default();
        book.apply(loaded.records);
        let mut visits = visits_in(&loaded.drafts);
        visits.retain(|_, visit| book.customer(visit.customer).is_some());
        if loaded.set_aside.newer > 0 || loaded.is_newer {
            trouble.set(Some(StoreError::Newer));
        }
        let clock = Clock::new(device, book.last_stamp());
        let book = RwSignal::new(book);
        let app = App {
            clock: StoredValue::new_local(clock),
            book,
            currency: Memo::new(move |_| book.with(|book| book.currency().to_owned())),
            hanzi: RwSignal::new(Arc::default()),
            keys: StoredValue::new(Keys::default()),
            deliveries: RwSignal::new(0),
            open_visits: RwSignal::new(visits),
            today: RwSignal::new(clock::today()),
            language: RwSignal::new(Language::chosen_or(system)),
            appearance: RwSignal::new(Appearance::chosen()),
            trouble,
            retries: RwSignal::new(0),
            set_aside: RwSignal::new(loaded.set_aside),
            backed_up: RwSignal::new(preferences::backed_up()),
            drafts: StoredValue::new(loaded.drafts),
            store: StoredValue::new_local(store),
            tabs: StoredValue::new_local(Tabs::join("none", Box::new(|_| {}))),
            role: RwSignal::new(Role::default()),
            hands: RwSignal::new(0),
            twin: RwSignal::new(Twin::default()),
            copy_bytes: RwSignal::new(None),
            lost: RwSignal::new(lost),
            clock_verdict: RwSignal::new(Verdict::Fine),
            clock_seen: StoredValue::new(None),
            keeper: StoredValue::new_local(Rc::new(keeper)),
            lock: StoredValue::new_local(WriterLock::default()),
            tab: StoredValue::new(clock::new_id().to_string()),
            holds: StoredValue::new(0),
            is_save_refused: StoredValue::new(false),
            is_settling: StoredValue::new(false),
            other_is_busy: StoredValue::new(false),
            begins: StoredValue::new(false),
            looking: StoredValue::new(Arc::default()),
            is_copying: StoredValue::new(false),
            make_worker: StoredValue::new(None),
            is_new_device: StoredValue::new(loaded.device.is_none() && lost.is_none()),
            awake: StoredValue::new(None),
        };
        Ok(app)
    }

    /// Whether the canary remembers a save, for a database that does not open.
    pub fn was_used() -> bool {
        LocalCanary.get().is_some_and(|mark| mark.sequence > 0)
    }

    /// As [`App::commit`], once what writes is there.
    pub(super) async fn commit_now(self, change: Change) -> Result<(), StoreError> {
        if self.set_aside.get_untracked().newer > 0 {
            self.trouble.set(Some(StoreError::Newer));
            return Err(StoreError::Newer);
        }
        let batch = Batch::of(&change)?;
        let written = self.save(&batch).await;
        self.is_save_refused.set_value(written.is_err());
        self.note(&written);
        // There already: an earlier try got through, and took its drafts with it.
        if matches!(written, Ok(()) | Err(StoreError::AlreadyThere)) {
            for key in &change.finished_drafts {
                self.forget_draft(key);
            }
        }
        written?;
        let ids = batch.rows.into_iter().map(|row| (row.kind, row.id)).collect();
        self.tabs.with_value(|tabs| {
            tabs.tell(&News::Wrote(ids));
            for key in &change.finished_drafts {
                tabs.tell(&News::DraftGone(key.clone()));
            }
        });
        if !change.finished_drafts.is_empty() || self.drafts.with_value(|drafts| !drafts.is_empty()) {
            self.copy_drafts();
        }
        self.book.update(|book| book.apply(change.records));
        Ok(())
    }

    async fn save(self, batch: &Batch) -> Result<(), StoreError> {
        let _hold = self.hold().await?;
        let keeper = self.keeper.get_value();
        // The copy is looked at right after the start; a save that comes before that waits a moment.
        for _ in 0..COPY_AWAITED {
            if keeper.twin() != Twin::Unknown {
                break;
            }
            clock::pause(10).await;
        }
        let saved = keeper.save(batch).await;
        self.look_after_copy();
        saved.map(drop)
    }

    /// As [`App::note`] for a draft: that it was kept says nothing of a save that was refused before it.
    pub(super) fn note_draft(self, written: &Result<(), StoreError>) {
        if written.is_err() || !self.is_save_refused.get_value() {
            self.note(written);
        }
    }

    /// Keeps the banner true: trouble stays until a write has gone through.
    pub(super) fn note(self, written: &Result<(), StoreError>) {
        match written {
            Ok(()) => {
                if self
                    .trouble
                    .with_untracked(|trouble| matches!(trouble, Some(StoreError::Full | StoreError::Broken(_) | StoreError::Lost(_))))
                {
                    self.trouble.set(None);
                }
            }
            Err(StoreError::AlreadyThere) => {}
            Err(_) if self.store.with_value(Store::was_made_anew) => self.lose_database(),
            Err(StoreError::Reader) => self.role.set(Role::Reader),
            Err(error) => self.trouble.set(Some(error.clone())),
        }
    }

    /// As a start that finds nothing where there was something: whatever is open gives way to the question what becomes of it.
    fn lose_database(self) {
        if self.lost.get_untracked().is_none() {
            // Who writes is noted in the database.
            self.store.with_value(|store| store.set_term(None));
            self.role.set(Role::Asking);
            self.lock.with_value(WriterLock::release);
            self.lost.set(Some(Why::Empty));
        }
    }

    /// Another tab finished or discarded the draft, or this one did.
    pub(super) fn forget_draft(self, key: &str) {
        self.drafts.update_value(|drafts| drop(drafts.remove(key)));
        let gone =
            self.open_visits.with_untracked(|visits| visits.keys().copied().find(|id| crate::domain::draft::visit_draft_key(*id) == key));
        if let Some(gone) = gone {
            self.open_visits.update(|visits| {
                visits.remove(&gone);
            });
        }
    }

    pub(super) fn tell_draft_gone(self, key: &str) {
        self.tabs.with_value(|tabs| tabs.tell(&News::DraftGone(key.to_owned())));
    }

    pub(super) fn tell(self, news: &News) {
        self.tabs.with_value(|tabs| tabs.tell(news));
    }

    /// Listens to other tabs from now on.
    pub(super) fn join_tabs(self) {
        self.tabs.set_value(Tabs::join(database::NAME, Box::new(move |news| self.hear(news))));
    }

    fn hear(self, news: News) {
        spawn_local(async move {
            let store = self.store.get_value();
            let read = match news {
                News::HandOver => return self.hand_over().await,
                News::Busy => return self.other_is_busy.set_value(true),
                News::DraftGone(key) => {
                    self.forget_draft(&key);
                    return;
                }
                News::Wrote(ids) => store.held(&ids).await,
                News::WroteMany => return drop(self.read_again().await),
            };
            // A read that fails here leaves this tab as it was; its next own read reports the trouble.
            if let Ok(records) = read {
                self.book.update(|book| book.apply(records));
                self.clock.with_value(|clock| clock.saw(self.book.with_untracked(Book::last_stamp)));
            }
        });
    }

    /// The book from the disk, after more was written or removed there than can be named.
    pub(super) async fn read_again(self) -> Result<(), StoreError> {
        let loaded = self.store.get_value().load().await?;
        let mut book = Book::default();
        book.apply(loaded.records);
        self.clock.with_value(|clock| clock.saw(book.last_stamp()));
        self.set_aside.set(loaded.set_aside);
        let mut visits = visits_in(&loaded.drafts);
        visits.retain(|_, visit| book.customer(visit.customer).is_some());
        self.open_visits.set(visits);
        self.drafts.set_value(loaded.drafts);
        self.book.set(book);
        Ok(())
    }

    /// The worker wrote or removed many records: this tab and the others read again.
    pub(super) async fn wrote_many(self) {
        // A read that fails leaves the old list on screen; the next start has the new one.
        let _ = self.read_again().await;
        self.tabs.with_value(|tabs| tabs.tell(&News::WroteMany));
    }

    /// The rep pressed "try again".
    pub fn retry(self) {
        self.is_save_refused.set_value(false);
        self.retries.update(|count| *count += 1);
    }

    /// A new day may have begun while the phone was in the pocket.
    pub fn refresh_today(self) {
        let today = clock::today();
        if self.today.get_untracked() != today {
            self.today.set(today);
        }
    }

    pub fn choose_language(self, language: Language) {
        language.keep();
        self.language.set(language);
    }

    /// A backup was handed over, or the database is one now.
    pub fn note_backup(self, made: BackedUp) {
        preferences::keep_backed_up(Some(&made));
        self.backed_up.set(Some(made));
    }

    pub fn choose_appearance(self, appearance: Appearance) {
        appearance.keep();
        self.appearance.set(appearance);
    }
}

/// Visits in hand. A draft that cannot be read stays on disk and out of the list.
fn visits_in(drafts: &Drafts) -> BTreeMap<VisitId, OpenVisit> {
    // Collected into a map it would be sorted first, which costs two kilobytes of the first load.
    let mut visits = BTreeMap::new();
    for (key, body) in drafts {
        if let (true, Ok(head)) = (key.starts_with("visit:"), record::read::<DraftHead>(body)) {
            visits.insert(head.id, OpenVisit::from(head));
        }
    }
    visits
}
