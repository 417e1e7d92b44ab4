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
use shelfwise::domain::order::{Order, Reason};
use shelfwise::domain::product::ProductFields;
use shelfwise::domain::quantity::PackSize;
use shelfwise::domain::stamp::{DeviceId, Envelope, Stamp};
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
pub struct Shop {
    pub customer: Customer,
    pub book: Book,
    pub events: Events,
    pub dispatches: Vec<Dispatch>,
    next_id: u128,
}

impl Shop {
    pub fn new() -> Shop {
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
        Shop { customer, book, events: Events::default(), dispatches: Vec::new(), next_id: 100 }
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
        let fields = product(12, "4.5");
        let mut histories = history::lines(seen, draft.on);
        let pasts: Vec<LineHistory> = lines.iter().map(|(id, _)| histories.remove(id).unwrap_or_default()).collect();
        let to_finish: Vec<LineToFinish<'_>> = lines
            .iter()
            .zip(&pasts)
            .map(|((id, draft_line), history)| {
                let context = LineContext { product: &fields, history, factor: Factor::RULE, on: draft.on, has_back_stock: true };
                LineToFinish { product: *id, draft: draft_line, context }
            })
            .collect();
        let summary = self.book.summary(self.customer.id).cloned();
        let corrected = draft.corrects.and_then(|id| self.events.visits.iter().find(|visit| visit.id == id));
        let replaced = corrected.and_then(|visit| visit.order).and_then(|order| self.dispatch(order));
        let finishing = Finish {
            draft,
            order_id: OrderId(Uuid::from_u128(self.next_id + 1)),
            customer: &self.customer,
            events: &self.events,
            summary: summary.as_deref(),
            replaced,
            factor: Factor::RULE,
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
        let draft = VisitDraft { by_phone: true, ..self.draft(on) };
        let change = self.finish(&draft, &self.events, &[(YOGURT, ordering(LineDraft::default(), units))], None).unwrap();
        order_of(&self.take(change)).id
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

/// What a line counted as `units` on `on` says.
pub fn reading(shop: &Shop, line: &LineDraft, on: NaiveDate) -> LineReading {
    let (fields, history) = (product(12, "4.5"), shop.history(YOGURT, on));
    line.read(LineContext { product: &fields, history: &history, factor: Factor::RULE, on, has_back_stock: true })
}

/// `days` after a date.
pub fn later(on: NaiveDate, days: u64) -> NaiveDate {
    on.checked_add_days(Days::new(days)).unwrap()
}
