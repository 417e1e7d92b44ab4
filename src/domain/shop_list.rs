//! The rep's shops as a list: which are shown and in what order. Pure over the book; a search is one more condition.

use super::book::Book;
use super::customer::{Customer, CustomerClass};
use super::hanzi::Hanzi;
use super::sorting;
use chrono::NaiveDate;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What a list is narrowed to. Classes and flags widen among themselves, everything else narrows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShopFilter {
    pub area: Option<String>,
    pub classes: BTreeSet<CustomerClass>,
    pub flags: BTreeSet<ShopFlag>,
    /// Those put away instead of those in use.
    pub archived: bool,
}

/// What a shop's row can point out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ShopFlag {
    DueToday,
    Overdue,
    /// Something was out of stock at the last count.
    StockOut,
    NeverVisited,
    /// An order of this shop waits to be sent.
    Unsent,
}

impl ShopFlag {
    pub const ALL: [ShopFlag; 5] = [ShopFlag::DueToday, ShopFlag::Overdue, ShopFlag::StockOut, ShopFlag::NeverVisited, ShopFlag::Unsent];

    /// Whether it holds of a shop on `today`.
    pub fn holds(self, book: &Book, shop: &Customer, today: NaiveDate) -> bool {
        let summary = book.summary(shop.id);
        match self {
            ShopFlag::DueToday => book.next_due(shop.id) == Some(today),
            ShopFlag::Overdue => book.next_due(shop.id).is_some_and(|due| due < today),
            ShopFlag::StockOut => summary.is_some_and(|summary| summary.stock_outs > 0),
            ShopFlag::NeverVisited => summary.is_none_or(|summary| summary.last_visit.is_none()),
            ShopFlag::Unsent => book.unsent().any(|dispatch| dispatch.customer == shop.id),
        }
    }
}

/// What a list is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SortBy {
    /// Soonest first, those without a date last.
    #[default]
    NextVisit,
    Name,
    /// Longest ago first, never first of all.
    LastVisit,
    Class,
    Area,
}

impl SortBy {
    pub const ALL: [SortBy; 5] = [SortBy::NextVisit, SortBy::Name, SortBy::LastVisit, SortBy::Class, SortBy::Area];
}

impl ShopFilter {
    /// Nothing is narrowed.
    pub fn is_open(&self) -> bool {
        *self == ShopFilter::default()
    }

    fn keeps(&self, book: &Book, shop: &Customer, today: NaiveDate) -> bool {
        let fields = &shop.fields;
        !shop.envelope.deleted
            && shop.merged_into.is_none()
            && fields.archived == self.archived
            && self.area.as_ref().is_none_or(|area| fields.area == *area)
            && (self.classes.is_empty() || fields.class.is_some_and(|class| self.classes.contains(&class)))
            && (self.flags.is_empty() || self.flags.iter().any(|flag| flag.holds(book, shop, today)))
    }
}

/// The shops that pass, sorted. `found` is the search, `spelt` a shop's name as it sorts ([`spelt`]), kept by the caller.
pub fn shops(
    book: &Book,
    today: NaiveDate,
    filter: &ShopFilter,
    sort: SortBy,
    found: impl Fn(&Arc<Customer>) -> bool,
    spelt: impl Fn(&Arc<Customer>) -> String,
) -> Vec<Arc<Customer>> {
    let kept = book.customers().filter(|shop| filter.keeps(book, shop, today) && found(shop)).cloned().collect();
    sorting::by_key(kept, |shop: &Arc<Customer>| {
        let fields = &shop.fields;
        let day = |date: Option<NaiveDate>, none: i64| date.map_or(none, |date| (date - NaiveDate::MIN).num_days());
        let name = spelt(shop);
        match sort {
            SortBy::Name => (0, name),
            SortBy::NextVisit => (day(book.next_due(shop.id), i64::MAX), name),
            SortBy::LastVisit => (day(book.summary(shop.id).and_then(|summary| summary.last_visit_on()), i64::MIN), name),
            SortBy::Class => (fields.class.map_or(i64::MAX, |class| class as i64), name),
            SortBy::Area => (i64::from(fields.area.is_empty()), format!("{} {name}", fields.area)),
        }
    })
}

/// A text as it sorts: the first letters of its characters, then itself, so that 惠民 stands near Huimin.
pub fn spelt(hanzi: &Hanzi, text: &str) -> String {
    let letters = text.chars().map(|c| hanzi.initials(c).letters().next().unwrap_or(c));
    letters.flat_map(char::to_lowercase).chain([' ']).chain(text.chars()).collect()
}

/// The areas shops lie in, each once.
pub fn areas(book: &Book) -> Vec<String> {
    let areas: BTreeSet<&String> = book.active_customers().map(|shop| &shop.fields.area).filter(|area| !area.is_empty()).collect();
    areas.into_iter().cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::book::Record;
    use crate::domain::customer::CustomerFields;
    use crate::domain::id::CustomerId;
    use crate::domain::stamp::{DeviceId, Envelope, Stamp};

    fn book() -> Book {
        let stamp = Stamp::after(None, 1, DeviceId(1));
        let shop = |id: u128, name: &str, area: &str, class, archived| {
            let fields = CustomerFields { area: area.into(), class, archived, ..CustomerFields::named(name.into()) };
            let (id, envelope) = (CustomerId(uuid::Uuid::from_u128(id)), Envelope::first(stamp));
            Record::Customer(Customer { id, envelope, fields, created_on: NaiveDate::MIN, range: Vec::new(), merged_into: None })
        };
        let mut book = Book::default();
        book.apply([
            shop(1, "b", "东", Some(CustomerClass::B), false),
            shop(2, "a", "西", Some(CustomerClass::A), false),
            shop(3, "c", "东", None, false),
            shop(4, "d", "东", None, true),
        ]);
        book
    }

    fn names(filter: &ShopFilter, sort: SortBy) -> String {
        let shops = shops(&book(), NaiveDate::MIN, filter, sort, |_| true, |shop| spelt(&Hanzi::default(), &shop.fields.name));
        shops.iter().map(|shop| shop.fields.name.as_str()).collect()
    }

    #[test]
    fn classes_widen_and_areas_narrow() {
        assert_eq!(names(&ShopFilter::default(), SortBy::Name), "abc");
        let both = ShopFilter { classes: [CustomerClass::A, CustomerClass::B].into(), ..ShopFilter::default() };
        assert_eq!(names(&both, SortBy::Name), "ab");
        assert_eq!(names(&ShopFilter { area: Some("东".into()), ..both }, SortBy::Name), "b");
        assert_eq!(names(&ShopFilter { archived: true, ..ShopFilter::default() }, SortBy::Name), "d");
        assert_eq!(names(&ShopFilter { flags: [ShopFlag::NeverVisited].into(), ..ShopFilter::default() }, SortBy::Class), "abc");
        assert_eq!(names(&ShopFilter { flags: [ShopFlag::Overdue, ShopFlag::Unsent].into(), ..ShopFilter::default() }, SortBy::Class), "");
    }

    #[test]
    fn areas_are_listed_once() {
        assert_eq!(areas(&book()), vec!["东".to_owned(), "西".to_owned()]);
    }
}
