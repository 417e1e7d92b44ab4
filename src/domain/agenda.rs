//! What a rep has to do: one list from the clocks of all shops – route day, cadence, promise, run-out, expiry – and their special days.
//! A pure function of what is known and of now; the order is total, so the same data always makes the same list.

use super::at_stake::{self, NextGoods};
use super::book::Book;
use super::cadence::{self, ClockKind, LastContacts, Pace, State};
use super::customer::Customer;
use super::expiry::NearWindow;
use super::fatigue::fatigue;
use super::follow::Follow;
use super::head::{Head, OpenPromise};
use super::id::{CustomerId, PersonId, ProductId, PromiseId};
use super::lunar;
use super::money::Money;
use super::person::Person;
use super::profile::Profile;
use super::promise::is_past;
use super::schedule;
use super::sorting;
use super::special_day::{DayKind, SpecialDay};
use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime};
use rust_decimal::Decimal;

/// All a list is made of.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    pub book: &'a Book,
    /// By id, ascending.
    pub heads: &'a [Head],
    /// By id, ascending.
    pub profiles: &'a [Profile],
    /// By shop, ascending ([`people_days`]).
    pub days: &'a [PersonDay],
    pub follow: &'a Follow,
}

impl<'a> Known<'a> {
    pub fn head(&self, id: CustomerId) -> Option<&'a Head> {
        self.heads.binary_search_by_key(&id, |head| head.id).ok().and_then(|at| self.heads.get(at))
    }

    pub fn profile(&self, id: CustomerId) -> Option<&'a Profile> {
        self.profiles.binary_search_by_key(&id, |profile| profile.id).ok().and_then(|at| self.profiles.get(at))
    }

    fn days_at(&self, id: CustomerId) -> &'a [PersonDay] {
        let from = self.days.partition_point(|day| day.customer < id);
        let to = self.days.partition_point(|day| day.customer <= id);
        self.days.get(from..to).unwrap_or_default()
    }
}

/// A day of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonDay {
    pub customer: CustomerId,
    pub person: PersonId,
    /// Which one of the person's days.
    pub place: u8,
    pub day: SpecialDay,
}

/// The days of all people who are still there, as [`Known`] wants them. `shop` gives the shop a person belongs to today, where theirs was
/// merged into another.
pub fn people_days<'a>(people: impl IntoIterator<Item = &'a Person>, shop: impl Fn(CustomerId) -> CustomerId) -> Vec<PersonDay> {
    let mut days = Vec::new();
    for person in people.into_iter().filter(|person| person.is_active()) {
        let customer = shop(person.customer);
        let of_person = (0..).zip(&person.fields.days);
        days.extend(of_person.map(|(place, day)| PersonDay { customer, person: person.id, place, day: day.clone() }));
    }
    sorting::by_key(days, |day| (0, day.customer.to_string()))
}

/// One thing to do at one shop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    pub customer: CustomerId,
    pub what: What,
    /// What the row is counted from: the deadline, the day it runs dry, expires, comes round; midnight where only the day is known.
    pub since: NaiveDateTime,
    /// The day to do it; may be past.
    pub day: NaiveDate,
    /// Days since [`Self::since`]; below 0: to come.
    pub late_days: i64,
    /// What is at stake, where it is known.
    pub money: Option<Money>,
    pub state: State,
}

/// Why a shop is on the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum What {
    /// The shop waits for an answer.
    Answer(PromiseId),
    Promise(PromiseId),
    /// Someone inside the house has to be asked.
    Chase(PromiseId),
    /// To be visited by its route day, its cycle or as agreed.
    Route,
    Cadence(ClockKind),
    /// Lines that run dry before goods can come; the first one.
    RunOut {
        product: ProductId,
        lines: u16,
    },
    /// Goods that expire before they are sold; the first ones.
    Expiry {
        product: ProductId,
        lines: u16,
    },
    /// A day of a person, or of the shop itself; `place` finds its name.
    Day {
        kind: DayKind,
        person: Option<PersonId>,
        place: u8,
    },
}

/// The clocks a list is filtered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    Promise,
    Route,
    Cadence,
    RunOut,
    Expiry,
    Day,
}

impl Source {
    pub const ALL: [Source; 6] = [Source::Promise, Source::Route, Source::Cadence, Source::RunOut, Source::Expiry, Source::Day];
}

impl What {
    pub fn source(self) -> Source {
        match self {
            What::Answer(_) | What::Promise(_) | What::Chase(_) => Source::Promise,
            What::Route => Source::Route,
            What::Cadence(_) => Source::Cadence,
            What::RunOut { .. } => Source::RunOut,
            What::Expiry { .. } => Source::Expiry,
            What::Day { .. } => Source::Day,
        }
    }
}

impl Item {
    /// A promise whose time is over: nothing comes before it (D0 52).
    pub fn is_broken(&self) -> bool {
        self.state == State::Overdue && matches!(self.what, What::Answer(_) | What::Promise(_))
    }
}

/// Days before its deadline that a promise is on the list.
const PROMISE_NOTICE: u64 = 1;
/// Days before and after a special day that it is on the list.
pub const DAY_NOTICE: u16 = 3;

/// What is to be done by the end of `until`, as seen `now`, in the order to do it: for today's list `until` is today. What has a notice
/// is on it some days before.
pub fn agenda(known: &Known, now: NaiveDateTime, until: NaiveDate) -> Vec<Item> {
    let mut round = Round { known, now, today: now.date(), until, window: window(known.book), items: Vec::new() };
    for shop in known.book.active_customers() {
        round.shop(shop);
    }
    in_order(round.items, known.book)
}

/// What is left to do: the count in the dock. What is only to come is not.
pub fn left(items: &[Item]) -> usize {
    items.iter().filter(|item| item.state != State::Soon).count()
}

/// The list of each of `days` days from today on, each item on its day, what is late on today.
pub fn by_day(known: &Known, now: NaiveDateTime, days: u16) -> Vec<(NaiveDate, Vec<Item>)> {
    let today = now.date();
    let dates = today.iter_days().take(days.into());
    let mut lists: Vec<(NaiveDate, Vec<Item>)> = dates.map(|date| (date, Vec::new())).collect();
    let Some((last, _)) = lists.last() else { return lists };
    for item in agenda(known, now, *last) {
        let place = usize::try_from((item.day.max(today) - today).num_days()).ok();
        if let Some((_, list)) = place.and_then(|place| lists.get_mut(place)) {
            list.push(item);
        }
    }
    lists
}

/// How goods count as near their expiry.
fn window(book: &Book) -> NearWindow {
    book.settings().map_or(NearWindow::DEFAULT, |settings| settings.reckoning.near)
}

/// Where a shop's next visit is due; a visit dated ahead of today was made while the phone's clock was wrong (as `today::plan` has it).
pub(super) fn visit_due(book: &Book, shop: &Customer, today: NaiveDate) -> Option<NaiveDate> {
    match book.summary(shop.id).and_then(|summary| summary.last_visit_on()) {
        Some(visited) if visited > today => Some(schedule::first_due(&shop.fields, today).unwrap_or(today)),
        _ => book.next_due(shop.id),
    }
}

struct Round<'a> {
    known: &'a Known<'a>,
    now: NaiveDateTime,
    today: NaiveDate,
    until: NaiveDate,
    window: NearWindow,
    items: Vec<Item>,
}

impl Round<'_> {
    fn shop(&mut self, shop: &Customer) {
        let (head, profile) = (self.known.head(shop.id), self.known.profile(shop.id));
        let pace = Pace::of(shop, profile);
        let due = visit_due(self.known.book, shop, self.today);
        self.route(shop.id, due);
        self.cadence(&pace, head);
        if !pace.given_up {
            self.special_days(shop.id, head, profile);
        }
        let Some(head) = head else { return };
        for promise in &head.promises {
            self.promise(head, promise);
        }
        if !pace.given_up {
            self.run_out(shop, head, due);
        }
        self.expiry(head);
    }

    fn route(&mut self, customer: CustomerId, due: Option<NaiveDate>) {
        let Some(due) = due.filter(|due| *due <= self.until) else { return };
        let state = self.by_day(due, due);
        self.put(Item { state, ..self.item(customer, What::Route, due, due) });
    }

    fn cadence(&mut self, pace: &Pace, head: Option<&Head>) {
        let follow = self.known.follow;
        let last = head.map_or_else(LastContacts::default, LastContacts::from);
        // Not before the shop has had a rest, nor before it wants to be reminded of.
        let rested = head.and_then(|head| fatigue(&head.touches, self.today, follow)).map(|fatigue| fatigue.next_on);
        let awake = pace.quiet_until.and_then(|until| until.succ_opt());
        let earliest = rested.max(awake);
        for clock in cadence::clocks(pace, last, follow, self.today) {
            let day = clock.due.checked_add_days(Days::new(follow.due.into())).unwrap_or(clock.due).max(earliest.unwrap_or(clock.due));
            if day > self.until {
                continue;
            }
            let state = if day > self.today { State::Soon } else { clock.state(follow) };
            self.put(Item { state, ..self.item(pace.id, What::Cadence(clock.kind), clock.due, day) });
        }
    }

    fn promise(&mut self, head: &Head, promise: &OpenPromise) {
        let answer_by = promise.answer_by.filter(|_| promise.answered.is_none()).map(|by| (What::Answer(promise.id), by));
        let deadline = answer_by.or(promise.due.map(|due| (What::Promise(promise.id), due)));
        let chase = promise.chase_at.map(|at| (What::Chase(promise.id), at));
        for (what, at) in [deadline, chase].into_iter().flatten() {
            let day = at.date();
            if day.checked_sub_days(Days::new(PROMISE_NOTICE)).is_some_and(|from| from > self.until) {
                continue;
            }
            let state = match day > self.today {
                _ if is_past(at, self.now) => State::Overdue,
                true => State::Soon,
                false => State::Due,
            };
            let money = Some(head.weekly).filter(|weekly| weekly.0 > Decimal::ZERO);
            self.put(Item { since: at, state, money, ..self.item(head.id, what, day, day) });
        }
    }

    fn run_out(&mut self, shop: &Customer, head: &Head, due: Option<NaiveDate>) {
        let goods_on = NextGoods::of(shop, due, self.today).goods_on;
        let lead = Days::new(shop.fields.lead_days.into());
        let mut first: Option<(NaiveDate, ProductId)> = None;
        let (mut lines, mut money) = (0_u16, None);
        for line in at_stake::dry_lines(head, self.known.book, self.today, goods_on) {
            // Ordered by this day, goods still come in time.
            if line.dry_on.checked_sub_days(lead).is_some_and(|order_on| order_on > self.until) {
                continue;
            }
            first = Some(first.map_or((line.dry_on, line.product), |first| first.min((line.dry_on, line.product))));
            lines = lines.saturating_add(1);
            money = at_stake::plus(money, line.money);
        }
        if let Some((dry_on, product)) = first {
            let day = dry_on.checked_sub_days(lead).unwrap_or(dry_on);
            let state = self.by_day(day, dry_on.pred_opt().unwrap_or(dry_on));
            self.put(Item { state, money, ..self.item(head.id, What::RunOut { product, lines }, dry_on, day) });
        }
    }

    fn expiry(&mut self, head: &Head) {
        let mut first: Option<(NaiveDate, ProductId)> = None;
        let mut day = NaiveDate::MAX;
        let (mut lines, mut money) = (0_u16, None);
        for goods in at_stake::perishing(head, self.known.book, self.window, self.until) {
            first = Some(first.map_or((goods.expires, goods.product), |first| first.min((goods.expires, goods.product))));
            day = day.min(goods.near_from);
            lines = lines.saturating_add(1);
            money = at_stake::plus(money, goods.money);
        }
        if let Some((expires, product)) = first {
            let state = self.by_day(day, expires.pred_opt().unwrap_or(expires));
            self.put(Item { state, money, ..self.item(head.id, What::Expiry { product, lines }, expires, day) });
        }
    }

    /// Birthdays and anniversaries, until somebody was in touch on the day or after it.
    fn special_days(&mut self, customer: CustomerId, head: Option<&Head>, profile: Option<&Profile>) {
        let of_shop = (0..).zip(profile.map_or(&[][..], |profile| &profile.days)).map(|(place, day)| (None, place, day));
        let of_people = self.known.days_at(customer).iter().map(|day| (Some(day.person), day.place, &day.day));
        let notice = Days::new(DAY_NOTICE.into());
        let from = self.today.checked_sub_days(notice).unwrap_or(self.today);
        let until = self.until.checked_add_days(notice).unwrap_or(self.until);
        let touched_on = head.and_then(|head| head.touched_on).map(|touched| touched.min(self.today));
        for (person, place, day) in of_shop.chain(of_people) {
            let Some(on) = day.next_on(from, lunar::date_of).filter(|on| *on <= until && touched_on.is_none_or(|touched| touched < *on))
            else {
                continue;
            };
            let state = self.by_day(on, on);
            self.put(Item { state, ..self.item(customer, What::Day { kind: day.kind, person, place }, on, on) });
        }
    }

    /// To come before `day`, overdue behind `last`.
    fn by_day(&self, day: NaiveDate, last: NaiveDate) -> State {
        match self.today {
            today if today > last => State::Overdue,
            today if today >= day => State::Due,
            _ => State::Soon,
        }
    }

    fn item(&self, customer: CustomerId, what: What, since: NaiveDate, day: NaiveDate) -> Item {
        let late_days = (self.today - since).num_days();
        Item { customer, what, since: since.and_time(NaiveTime::MIN), day, late_days, money: None, state: State::Soon }
    }

    fn put(&mut self, item: Item) {
        self.items.push(item);
    }
}

/// Broken promises, then what is overdue, due, to come; in each the most money first, what is not known behind; then the latest, then by
/// name and id.
fn in_order(items: Vec<Item>, book: &Book) -> Vec<Item> {
    sorting::by_key(items, |item| {
        let rank = if item.is_broken() { 0 } else { item.state as i64 + 1 };
        let cents = item.money.and_then(|money| i64::try_from(money.0.checked_mul(Decimal::ONE_HUNDRED)?).ok());
        let stake = cents.map_or(0, |cents| cents.clamp(0, STAKE_MAX - 1) + 1);
        let late = LATE_MAX - item.late_days.clamp(-LATE_MAX, LATE_MAX);
        let name = book.customer(item.customer).map_or("", |shop| shop.fields.name.as_str());
        let (kind, id, place) = item.what.place();
        (rank * (STAKE_MAX + 1) + STAKE_MAX - stake, format!("{late:09}{name}\u{0}{}{kind}{id}{place:03}", item.customer))
    })
}

/// Cents beyond which amounts sort as one: ten thousand times the largest line.
const STAKE_MAX: i64 = 1 << 60;
const LATE_MAX: i64 = 400_000_000;

impl What {
    /// Where it stands among other things of the same shop, and which one of its kind.
    fn place(self) -> (u8, uuid::Uuid, u8) {
        match self {
            What::Answer(id) => (0, id.0, 0),
            What::Promise(id) => (1, id.0, 0),
            What::Chase(id) => (2, id.0, 0),
            What::Route => (3, uuid::Uuid::nil(), 0),
            What::Cadence(kind) => (4, uuid::Uuid::nil(), kind as u8),
            What::RunOut { .. } => (5, uuid::Uuid::nil(), 0),
            What::Expiry { .. } => (6, uuid::Uuid::nil(), 0),
            What::Day { person, place, .. } => (7, person.map_or(uuid::Uuid::nil(), |person| person.0), place),
        }
    }
}
