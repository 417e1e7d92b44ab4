//! A shop with its events, grown visit by visit through the same code as the app, for the tests of its laws.
#![allow(dead_code)]

use chrono::{Days, NaiveDate, NaiveDateTime, Weekday};
use shelfwise::domain::book::{Book, Change, Record};
use shelfwise::domain::customer::{Customer, CustomerFields};
use shelfwise::domain::delivery::{Came, Delivery};
use shelfwise::domain::dispatch::Dispatch;
use shelfwise::domain::draft::{Choice, LineContext, LineDraft, LineReading, VisitDraft};
use shelfwise::domain::events::Events;
use shelfwise::domain::factor::Factor;
use shelfwise::domain::finish::{Finish, FinishProblem, LineToFinish, finish, not_made};
use shelfwise::domain::history::{self, LineHistory};
use shelfwise::domain::id::{CustomerId, DeliveryId, OrderId, ProductId, VisitId};
use shelfwise::domain::money::{Money, Prices};
use shelfwise::domain::note::{self, NoteDraft};
use shelfwise::domain::order::{Order, Reason};
use shelfwise::domain::policy::{Ground, Method};
use shelfwise::domain::product::ProductFields;
use shelfwise::domain::quantity::{PackSize, Units};
use shelfwise::domain::settings::{CURRENCY, Reckoning, Rep, Settings};
use shelfwise::domain::stamp::{DeviceId, Envelope, Stamp};
use shelfwise::domain::suggestion::{Number, Suggestion};
use shelfwise::domain::summary::Summary;
use shelfwise::domain::visit::{Outcome, Visit};
use uuid::Uuid;

pub const YOGURT: ProductId = ProductId(Uuid::from_u128(1));
pub const WATER: ProductId = ProductId(Uuid::from_u128(2));

pub fn day(d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, d).unwrap()
}

pub fn noon(on: NaiveDate) -> NaiveDateTime {
    on.and_hms_opt(12, 0, 0).unwrap()
}

pub fn product(units_per_case: i64, unit_price: &str) -> ProductFields {
    let prices = Prices { unit: Some(Money(unit_price.parse().unwrap())), case: None };
    ProductFields { size: PackSize::new(units_per_case).unwrap(), prices, ..ProductFields::named("酸奶".into()) }
}

/// A shop with its events. Orders arrive a day after they were taken, unless a delivery says otherwise.
#[derive(Clone)]
pub struct Shop {
    pub settings: Settings,
    /// What is known of every product there.
    pub fields: ProductFields,
    pub customer: Customer,
    pub book: Book,
    pub events: Events,
    pub dispatches: Vec<Dispatch>,
    next_id: u128,
}

impl Shop {
    /// A shop reckoned by the plain rule.
    pub fn new() -> Shop {
        Shop::by(Method::Rule)
    }

    /// A shop reckoned by the engine.
    pub fn engine() -> Shop {
        Shop::by(Method::Engine)
    }

    /// One of many shops: its ids are its own.
    pub fn one_of_many(number: u32) -> Shop {
        let mut shop = Shop::engine();
        let first = u128::from(number) * 1_000_000;
        shop.customer.id = CustomerId(Uuid::from_u128(first + 9));
        shop.customer.fields.name = format!("惠民 {number}");
        shop.book = Book::default();
        shop.book.apply([Record::Customer(shop.customer.clone())]);
        shop.next_id = first + 100;
        shop
    }

    fn by(method: Method) -> Shop {
        let settings = Settings {
            envelope: Envelope::first(stamp(1)),
            factor: Factor::RULE,
            reckoning: Reckoning { method, ..Reckoning::default() },
            rep: Rep::default(),
            currency: CURRENCY.to_owned(),
        };
        let fields = CustomerFields { route_day: Some(Weekday::Tue), ..CustomerFields::named("惠民".into()) };
        let customer = Customer {
            id: CustomerId(Uuid::from_u128(9)),
            envelope: Envelope::first(stamp(1)),
            fields,
            created_on: day(1),
            range: Vec::new(),
            merged_into: None,
        };
        let mut book = Book::default();
        book.apply([Record::Customer(customer.clone())]);
        let (fields, events) = (product(12, "4.5"), Events::default());
        Shop { settings, fields, customer, book, events, dispatches: Vec::new(), next_id: 100 }
    }

    /// The terms of a visit on a day.
    pub fn ground(&self, on: NaiveDate) -> Ground {
        Ground::of(Some(&self.settings), &self.customer.fields, on, None)
    }

    /// What a line is read with on the day of `draft`.
    fn context<'a>(&'a self, draft: &VisitDraft, history: &'a LineHistory) -> LineContext<'a> {
        let product = &self.fields;
        let policy = self.ground(draft.on).policy(product, history);
        let closed_days = note::days(&draft.closed_days).unwrap_or(0);
        LineContext { product, history, policy, on: draft.on, has_back_stock: true, closed_days, by_phone: draft.by_phone }
    }

    pub fn history(&self, of: ProductId, on: NaiveDate) -> LineHistory {
        history::lines(&self.events, on).remove(&of).unwrap_or_default()
    }

    pub fn summary(&self) -> Summary {
        self.book.summary(self.customer.id).unwrap().as_ref().clone()
    }

    pub fn dispatch(&self, order: OrderId) -> Option<&Dispatch> {
        self.dispatches.iter().find(|dispatch| dispatch.id == order)
    }

    fn draft(&mut self, on: NaiveDate) -> VisitDraft {
        self.next_id += 2;
        VisitDraft::begun(VisitId(Uuid::from_u128(self.next_id)), self.customer.id, noon(on))
    }

    fn finish(
        &self,
        draft: &VisitDraft,
        seen: &Events,
        lines: &[(ProductId, LineDraft)],
        why_not: Option<(Outcome, NaiveDate)>,
    ) -> Result<Change, Vec<FinishProblem>> {
        let mut histories = history::lines(seen, draft.on);
        let pasts: Vec<LineHistory> = lines.iter().map(|(id, _)| histories.remove(id).unwrap_or_default()).collect();
        let to_finish: Vec<LineToFinish<'_>> = lines
            .iter()
            .zip(&pasts)
            .map(|((id, line), history)| LineToFinish { product: *id, draft: line, context: self.context(draft, history) })
            .collect();
        let summary = self.book.summary(self.customer.id).cloned();
        let corrected = draft.corrects.and_then(|id| self.events.visits.iter().find(|visit| visit.id == id));
        let replaced = corrected.and_then(|visit| visit.order).and_then(|order| self.dispatch(order));
        let ground = self.ground(draft.on);
        let finishing = Finish {
            draft,
            order_id: OrderId(Uuid::from_u128(self.next_id + 1)),
            customer: &self.customer,
            events: &self.events,
            summary: summary.as_deref(),
            replaced,
            ground: &ground,
            finished: noon(draft.on),
            spent: 60,
            range: u32::try_from(lines.len()).unwrap(),
            stamp: stamp(self.next_id),
        };
        match why_not {
            Some((why, next_on)) => Ok(not_made(&finishing, why, Some(next_on))),
            None => finish(&finishing, &to_finish),
        }
    }

    fn take(&mut self, change: Change) -> Change {
        for record in &change.records {
            match record {
                Record::Visit(visit) => self.events.visits.push(visit.clone()),
                Record::Order(order) => self.events.orders.push(order.clone()),
                Record::Dispatch(dispatch) => {
                    self.dispatches.retain(|known| known.id != dispatch.id);
                    self.dispatches.push(dispatch.clone());
                }
                _ => {}
            }
        }
        self.book.apply(change.records.clone());
        change
    }

    pub fn try_visit(&mut self, on: NaiveDate, lines: &[(ProductId, LineDraft)]) -> Result<Change, Vec<FinishProblem>> {
        let draft = self.draft(on);
        self.finish(&draft, &self.events, lines, None)
    }

    pub fn visit(&mut self, on: NaiveDate, lines: &[(ProductId, LineDraft)]) -> Change {
        let change = self.try_visit(on, lines).unwrap();
        self.take(change)
    }

    /// A visit with more in it than its lines.
    pub fn visit_with(&mut self, on: NaiveDate, lines: &[(ProductId, LineDraft)], more: impl FnOnce(&mut VisitDraft)) -> Change {
        let mut draft = self.draft(on);
        more(&mut draft);
        let change = self.finish(&draft, &self.events, lines, None).unwrap();
        self.take(change)
    }

    /// Puts a finished visit right, as the app does: seen from its day, without itself.
    pub fn correct(&mut self, visit: VisitId, lines: &[(ProductId, LineDraft)]) -> Change {
        let on = self.events.visits.iter().find(|known| known.id == visit).unwrap().on;
        let draft = VisitDraft { corrects: Some(visit), ..self.draft(on) };
        let seen = self.events.clone().without(visit).until(on);
        let change = self.finish(&draft, &seen, lines, None).unwrap();
        self.take(change)
    }

    pub fn not_made(&mut self, on: NaiveDate, why: Outcome, next_on: NaiveDate) -> Change {
        let draft = self.draft(on);
        let change = self.finish(&draft, &self.events, &[], Some((why, next_on))).unwrap();
        self.take(change)
    }

    /// What the rep noted of an order's delivery.
    pub fn note(&mut self, order: OrderId, on: NaiveDate, came: Came, after_count: bool) {
        self.next_id += 1;
        let (id, envelope) = (DeliveryId(Uuid::from_u128(self.next_id)), Envelope::first(stamp(self.next_id)));
        self.events.deliveries.push(Delivery { id, envelope, customer: self.customer.id, order, on, came, after_count });
    }

    /// An order on the phone, between visits.
    pub fn phone_order(&mut self, on: NaiveDate, units: i64) -> OrderId {
        order_of(&self.by_phone(on, units)).id
    }

    /// The same, with all that it writes.
    pub fn by_phone(&mut self, on: NaiveDate, units: i64) -> Change {
        let draft = VisitDraft { by_phone: true, ..self.draft(on) };
        let change = self.finish(&draft, &self.events, &[(YOGURT, ordering(LineDraft::default(), units))], None).unwrap();
        self.take(change)
    }
}

pub fn stamp(millis: u128) -> Stamp {
    Stamp { millis: u64::try_from(millis).unwrap(), counter: 0, device: DeviceId(1) }
}

pub fn order_of(change: &Change) -> &Order {
    change.records.iter().find_map(|record| if let Record::Order(order) = record { Some(order) } else { None }).unwrap()
}

pub fn visit_of(change: &Change) -> &Visit {
    change.records.iter().find_map(|record| if let Record::Visit(visit) = record { Some(visit) } else { None }).unwrap()
}

pub fn counted(units: i64) -> LineDraft {
    LineDraft { front: units.to_string(), back_is_zero: true, ..LineDraft::default() }
}

pub fn ordering(mut line: LineDraft, units: i64) -> LineDraft {
    line.choice = Some(Choice { loose: units.to_string(), reason: Some(Reason::Promotion), ..Choice::default() });
    line
}

/// What else happened to a counted line, or to one that is not counted.
pub fn noting(mut line: LineDraft, note: NoteDraft) -> LineDraft {
    line.note = note;
    line
}

/// What a line as typed says on a day.
pub fn reading(shop: &Shop, line: &LineDraft, on: NaiveDate) -> LineReading {
    reading_with(shop, line, on, |_| {})
}

/// What it says in a visit with more in it, or on the phone.
pub fn reading_with(shop: &Shop, line: &LineDraft, on: NaiveDate, more: impl FnOnce(&mut VisitDraft)) -> LineReading {
    let history = shop.history(YOGURT, on);
    let mut draft = VisitDraft::begun(VisitId(Uuid::from_u128(1)), shop.customer.id, noon(on));
    more(&mut draft);
    line.read(YOGURT, shop.context(&draft, &history))
}

/// The number of a line as typed on a day.
pub fn number(shop: &Shop, line: &LineDraft, on: NaiveDate) -> Number {
    match reading(shop, line, on).suggestion {
        Suggestion::Number(number) => number,
        other => panic!("{other:?}"),
    }
}

/// What the line sold in the cycle that ends with this count, and what it should order.
pub fn sold_and_order(shop: &Shop, line: &LineDraft, on: NaiveDate) -> (i64, Units) {
    let number = number(shop, line, on);
    (number.sum.unwrap().sold(), number.order)
}

/// `days` after a date.
pub fn later(on: NaiveDate, days: u64) -> NaiveDate {
    on.checked_add_days(Days::new(days)).unwrap()
}
