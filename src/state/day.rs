//! The day list as signals: heads, profiles and people's days in memory, and the list that follows from them. Made anew a moment after
//! something it follows from has changed, never while typing; its signals live as long as the page.

use super::app::App;
use super::clock;
use super::offer::Offer;
use super::shop_past::ShopPast;
use crate::domain::agenda::{self, Item, Known, PersonDay};
use crate::domain::agenda_filter::Filter;
use crate::domain::day_done::{self, Done};
use crate::domain::festival_task::{self, FestivalTask};
use crate::domain::follow::Follow;
use crate::domain::head::Head;
use crate::domain::id::CustomerId;
use crate::domain::person::Person;
use crate::domain::profile::Profile;
use crate::domain::run_out_list::{self, Call};
use async_lock::Mutex;
use chrono::{NaiveDate, NaiveDateTime};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// Between a change and the new list, in milliseconds: what belongs together is reckoned once.
const REST: i32 = 30;

/// Days of the week view, today among them.
const WEEK: u16 = 7;

/// How much of what the list is made of is there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Loaded {
    #[default]
    Nothing,
    /// Heads and profiles: everything but people's days and numbers.
    Shops,
    All,
}

/// The day list and what it is made of. Copied freely.
#[derive(Clone, Copy)]
pub struct DayBook {
    /// By id.
    pub heads: RwSignal<Vec<Head>>,
    /// By id.
    pub profiles: RwSignal<Vec<Profile>>,
    /// Everyone by id, with names, ways to reach them and days; the rest of them stays on the disk.
    pub people: RwSignal<Vec<Person>>,
    /// By shop.
    pub days: RwSignal<Vec<PersonDay>>,
    /// What of today's list is shown; stays while the app is open.
    pub filter: RwSignal<Filter>,
    /// Today's list, in the order to do it.
    pub agenda: RwSignal<Arc<Vec<Item>>>,
    pub loaded: RwSignal<Loaded>,
    /// Counts changes of people, contacts, promises and episodes: a page that shows them reads again.
    pub contacts: RwSignal<u32>,
    /// A contact that was begun by a link, to be noted.
    pub offer: RwSignal<Option<Offer>>,
    /// The running minute.
    pub minute: RwSignal<NaiveDateTime>,
    pub follow: Memo<Follow>,
    /// A new list is due.
    is_due: StoredValue<bool>,
    /// One change after the other: each head is made of what the one before it wrote.
    pub(super) turn: StoredValue<Arc<Mutex<()>>>,
    /// The shop that was looked at last.
    pub(super) past: StoredValue<Option<ShopPast>>,
    /// Counts what was written: what was read before it is old.
    pub(super) writes: StoredValue<u32>,
    /// Shops and people written since the lists began to be read.
    pub(super) fresh: StoredValue<Vec<uuid::Uuid>>,
    pub(super) is_loading: StoredValue<bool>,
    pub(super) is_making: StoredValue<bool>,
    /// Counts changes of many records: what was reckoned before one is of no use behind it.
    pub(super) bulks: StoredValue<u32>,
    /// The lists changed on the disk while they were read.
    pub(super) is_outdated: StoredValue<bool>,
}

impl DayBook {
    fn new(app: App) -> DayBook {
        let day = DayBook {
            heads: RwSignal::new(Vec::new()),
            profiles: RwSignal::new(Vec::new()),
            people: RwSignal::new(Vec::new()),
            days: RwSignal::new(Vec::new()),
            filter: RwSignal::new(Filter::All),
            agenda: RwSignal::new(Arc::default()),
            loaded: RwSignal::new(Loaded::Nothing),
            contacts: RwSignal::new(0),
            offer: RwSignal::new(None),
            minute: RwSignal::new(clock::now()),
            follow: Memo::new(move |_| app.book.with(|book| book.settings().map(|settings| settings.follow.clone()).unwrap_or_default())),
            is_due: StoredValue::new(false),
            turn: StoredValue::new(Arc::default()),
            past: StoredValue::new(None),
            writes: StoredValue::new(0),
            fresh: StoredValue::new(Vec::new()),
            is_loading: StoredValue::new(false),
            is_making: StoredValue::new(false),
            bulks: StoredValue::new(0),
            is_outdated: StoredValue::new(false),
        };
        Effect::new(move |_| {
            day.heads.track();
            day.profiles.track();
            day.days.track();
            day.loaded.track();
            day.minute.track();
            app.book.track();
            app.today.track();
            day.reckon_soon(app);
        });
        day
    }

    fn reckon_soon(self, app: App) {
        if self.is_due.try_update_value(|is_due| std::mem::replace(is_due, true)).unwrap_or(true) {
            return;
        }
        spawn_local(async move {
            clock::pause(REST).await;
            self.is_due.set_value(false);
            if self.loaded.get_untracked() == Loaded::Nothing {
                return;
            }
            let items = untrack(|| app.known(|known| agenda::agenda(known, clock::now(), app.today.get())));
            let count = u32::try_from(agenda::left(&items)).ok();
            if app.due_count.get_untracked() != count {
                app.due_count.set(count);
            }
            if *self.agenda.get_untracked() != items {
                self.agenda.set(Arc::new(items));
            }
        });
    }
}

impl App {
    /// The day list. In pages that come later alone: the first file knows nothing of it but [`App::due_count`].
    pub fn day(self) -> DayBook {
        if let Some(day) = self.day.get_value() {
            return day;
        }
        let day = self.day_owner.with_value(|owner| owner.with(|| DayBook::new(self)));
        self.day.set_value(Some(day));
        day
    }

    /// Reads what the list is made of once the first screen is there, and follows the time.
    pub(super) fn begin_day(self) {
        let day = self.day();
        let tick = move || {
            let now = clock::now();
            if now - day.minute.get_untracked() >= chrono::TimeDelta::minutes(1) || now < day.minute.get_untracked() {
                day.minute.set(now);
            }
            self.refresh_today();
        };
        clock::every_minute(Box::new(tick));
        clock::on_page(
            "shelfwise-show",
            Box::new(move || {
                tick();
                self.recall_offer();
            }),
        );
        self.recall_offer();
        spawn_local(self.load_day());
    }

    /// Everything the lists of the day are made of, followed where it is read in a view.
    pub fn known<T>(self, read: impl FnOnce(&Known<'_>) -> T) -> T {
        let day = self.day();
        self.book.with(|book| {
            day.heads.with(|heads| {
                day.profiles
                    .with(|profiles| day.days.with(|days| day.follow.with(|follow| read(&Known { book, heads, profiles, days, follow }))))
            })
        })
    }

    /// What is to be done by the end of a day to come, as seen now.
    pub fn agenda_until(self, day: NaiveDate) -> Vec<Item> {
        self.known(|known| agenda::agenda(known, clock::now(), day))
    }

    /// The lists of today and the six days after it, each item on its day.
    pub fn week(self) -> Vec<(NaiveDate, Vec<Item>)> {
        self.known(|known| agenda::by_day(known, clock::now(), WEEK))
    }

    /// Whom to call because a line runs dry before goods of the next visit can come.
    pub fn run_outs(self) -> Vec<Call> {
        self.known(|known| run_out_list::calls(known, self.today.get()))
    }

    /// Festivals of these days with the shops still to be greeted.
    pub fn festivals(self) -> Vec<FestivalTask> {
        self.known(|known| festival_task::tasks(known, self.today.get()))
    }

    /// Shops worked today already.
    pub fn done_today(self) -> Vec<Done> {
        self.known(|known| day_done::done(known, self.today.get()))
    }

    /// A shop's head, where it has one and the heads are read.
    pub fn head(self, id: CustomerId) -> Option<Head> {
        let day = self.day();
        day.heads.with(|heads| heads.binary_search_by_key(&id, |head| head.id).ok().and_then(|at| heads.get(at).cloned()))
    }
}
