//! Asking other shops' past, on demand: it is read for a few dozen shops, never at start and never while typing.

use super::app::{App, StoreError};
use crate::domain::customer::Customer;
use crate::domain::history::{self, Counts};
use crate::domain::id::{CustomerId, ProductId};
use crate::domain::neighbours::{self, Rates, Stop};
use crate::domain::rate;
use crate::domain::settings::Reckoning;
use crate::domain::sorting;
use leptos::prelude::*;
use std::sync::Arc;

/// The most shops that are read for one question.
const SHOPS: usize = 40;

impl App {
    /// How fast shops of the same class sell, the most recently visited first; without a class, all shops.
    pub async fn rates_like(self, customer: &Customer) -> Result<Rates, StoreError> {
        let (id, class) = (customer.id, customer.fields.class);
        let like = self.book.with_untracked(|book| {
            let like = book.active_customers().filter(|shop| shop.id != id && (class.is_none() || shop.fields.class == class));
            let visited = like.filter_map(|shop| Some((book.summary(shop.id)?.last_visit_on()?, shop.id)));
            visited.collect::<Vec<_>>()
        });
        let newest = sorting::by_key(like, |(on, _)| (-(*on - chrono::NaiveDate::MIN).num_days(), String::new()));
        let (today, window) = (self.today.get_untracked(), self.reckoning().window);
        let mut rates = Rates::default();
        for (_, shop) in newest.into_iter().take(SHOPS) {
            let events = self.events(shop).await?.events;
            neighbours::gather(&mut rates, &history::lines_with(&events, today, Counts::OfTodayToo), window);
        }
        Ok(rates)
    }

    /// The shops still to be visited within a week, with what each has and sells of a product.
    pub async fn stops_this_week(self, but: CustomerId, product: ProductId) -> Result<Vec<Stop>, StoreError> {
        let today = self.today.get_untracked();
        let due = self.book.with_untracked(|book| {
            let others = book.active_customers().filter(|shop| shop.id != but);
            let ahead = others.filter_map(|shop| Some(((book.next_due(shop.id)? - today).num_days(), Arc::clone(shop))));
            ahead.filter(|(days, _)| (0..=7).contains(days)).collect::<Vec<_>>()
        });
        let window = self.reckoning().window;
        let mut stops = Vec::new();
        for (days, shop) in sorting::by_key(due, |(days, _)| (*days, String::new())).into_iter().take(SHOPS) {
            let events = self.events(shop.id).await?.events;
            let Some(history) = history::lines_with(&events, today, Counts::OfTodayToo).remove(&product).filter(|past| !past.is_delisted)
            else {
                continue;
            };
            let Some(rate) = rate::of(&history.cycles, window, rate::ALPHA, history.stated).map(rate::Rate::exact) else { continue };
            let Some(stock) = history.estimate(rate, today) else { continue };
            let days_until = i32::try_from(days).unwrap_or(0);
            stops.push(Stop { customer: shop.id, days_until, history, stock, rate });
        }
        Ok(stops)
    }

    /// How orders are reckoned.
    pub fn reckoning(self) -> Reckoning {
        self.book.with_untracked(|book| book.settings().map(|settings| settings.reckoning).unwrap_or_default())
    }
}
