//! A rep's work with the app's own commands: what each would write, and what memory is like once it is written.

use super::support::{Shop, WATER, YOGURT, counted, day, later, ordering, stamp};
use super::world::Dice;
use chrono::NaiveDate;
use shelfwise::domain::book::{Book, Change, Record};
use shelfwise::domain::customer::{Customer, CustomerDraft};
use shelfwise::domain::delivery::Came;
use shelfwise::domain::draft::LineDraft;
use shelfwise::domain::id::ProductId;
use shelfwise::domain::product::{Product, ProductDraft};
use shelfwise::domain::stamp::Envelope;
use shelfwise::domain::visit::Outcome;

/// What the app holds in memory, and the shops' past.
#[derive(Clone)]
pub struct Work {
    pub book: Book,
    shops: Vec<Shop>,
    products: u32,
    /// The phone's clock: mostly onwards.
    today: NaiveDate,
}

/// What is to be saved.
pub struct Command {
    pub change: Change,
    /// What memory is like after it.
    pub after: Work,
    /// The key of a draft that it ends.
    pub draft: Option<String>,
}

impl Work {
    pub fn new() -> Work {
        Work { book: Book::default(), shops: Vec::new(), products: 0, today: day(1) }
    }

    /// A day goes by, or the clock is set back: true where it was.
    pub fn tick(&mut self, dice: &mut Dice) -> bool {
        let back = dice.often(30);
        self.today = if back { day(1) } else { later(self.today, u64::from(dice.often(600))) };
        back
    }

    fn done(mut self, change: Change) -> Command {
        self.book.apply(change.records.clone());
        let draft = change.finished_drafts.first().cloned();
        Command { change, after: self, draft }
    }

    /// The next thing the rep does.
    pub fn next(&self, dice: &mut Dice) -> Command {
        match dice.below(12) {
            _ if self.shops.is_empty() => self.shop(),
            0 => self.shop(),
            1 => self.product(),
            2 => self.settings(dice),
            3 | 4 => self.correction(dice),
            5 => self.not_made(dice),
            6 | 7 => self.delivery(dice),
            8 => self.phone(dice),
            _ => self.visit(dice),
        }
    }

    fn shop(&self) -> Command {
        let mut work = self.clone();
        let number = u32::try_from(self.shops.len()).unwrap() + 1;
        let mut shop = Shop::one_of_many(number);
        let draft = CustomerDraft { name: format!("店 {number}"), code: format!("C{number}"), ..CustomerDraft::default() };
        shop.customer.fields = draft.check(|code| self.book.customer_by_code(code).is_some()).unwrap();
        let customer: Customer = shop.customer.clone();
        work.shops.push(shop);
        work.done(Change::of(Record::Customer(customer)))
    }

    fn product(&self) -> Command {
        let mut work = self.clone();
        work.products += 1;
        let draft = ProductDraft { name: format!("货 {}", work.products), code: format!("P{}", work.products), ..ProductDraft::default() };
        let fields = draft.check(|code| self.book.product_by_code(code).is_some()).unwrap();
        let id = ProductId(uuid::Uuid::from_u128(u128::from(work.products) + 50));
        let envelope = Envelope::first(stamp(u128::from(work.products)));
        work.done(Change::of(Record::Product(Product { id, envelope, fields })))
    }

    fn settings(&self, dice: &mut Dice) -> Command {
        let mut settings = self.book.settings().cloned().unwrap_or_else(|| self.shops[0].settings.clone());
        settings.envelope = settings.envelope.next(stamp(u128::from(settings.envelope.rev) + 1));
        settings.currency = ["¥", "元", "$"][dice.below(3)].to_owned();
        let mut work = self.clone();
        work.shops.iter_mut().for_each(|shop| shop.settings = settings.clone());
        work.done(Change::of(Record::Settings(settings)))
    }

    fn lines(dice: &mut Dice) -> Vec<(ProductId, LineDraft)> {
        let mut line = || ordering(counted(i64::try_from(dice.below(40)).unwrap()), i64::try_from(dice.below(30)).unwrap() + 1);
        vec![(YOGURT, line()), (WATER, line())]
    }

    fn at(&self, dice: &mut Dice, act: impl FnOnce(&mut Shop, &mut Dice) -> Change) -> Command {
        let mut work = self.clone();
        let at = dice.below(work.shops.len());
        let change = act(&mut work.shops[at], dice);
        work.done(change)
    }

    pub fn visit(&self, dice: &mut Dice) -> Command {
        self.at(dice, |shop, dice| shop.visit(self.today, &Self::lines(dice)))
    }

    fn phone(&self, dice: &mut Dice) -> Command {
        self.at(dice, |shop, dice| shop.by_phone(self.today, i64::try_from(dice.below(20)).unwrap() + 1))
    }

    fn not_made(&self, dice: &mut Dice) -> Command {
        self.at(dice, |shop, _| shop.not_made(self.today, Outcome::Closed, later(self.today, 7)))
    }

    fn correction(&self, dice: &mut Dice) -> Command {
        self.at(dice, |shop, dice| {
            let standing = shop.events.standing().visits;
            let made: Vec<_> = standing.iter().filter(|visit| visit.outcome.is_made()).collect();
            match made.get(dice.below(made.len())) {
                Some(visit) => shop.correct(visit.id, &Self::lines(dice)),
                None => shop.visit(self.today, &Self::lines(dice)),
            }
        })
    }

    fn delivery(&self, dice: &mut Dice) -> Command {
        self.at(dice, |shop, dice| {
            let orders = &shop.events.orders;
            let Some(order) = orders.get(dice.below(orders.len())).map(|order| order.id) else {
                return shop.visit(self.today, &Self::lines(dice));
            };
            shop.note(order, self.today, Came::InFull, dice.often(500));
            Change::of(Record::Delivery(shop.events.deliveries.last().unwrap().clone()))
        })
    }

    /// Many shops at once, as an import brings them.
    pub fn import(&self, dice: &mut Dice) -> Command {
        let mut work = self.clone();
        let mut records = Vec::new();
        for _ in 0..=dice.below(5) {
            let command = work.shop();
            records.extend(command.change.records);
            work = command.after;
        }
        Command { change: Change { records, ..Change::default() }, after: work, draft: None }
    }
}
