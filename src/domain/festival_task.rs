//! Festivals as tasks: whom to greet, one task a festival and not one a shop, as the message desk goes through them one by one. Who was
//! in touch since the notice began is greeted already.

use super::agenda::{DAY_NOTICE, Known};
use super::festival::{self, Festival};
use super::id::CustomerId;
use super::profile::Stage;
use chrono::{Days, NaiveDate};

/// A festival to greet customers for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FestivalTask {
    pub festival: Festival,
    pub on: NaiveDate,
    /// Shops still to be greeted, in the order of the book.
    pub shops: Vec<CustomerId>,
}

/// The festivals of today and the days of its notice, by date. A festival for which nobody is left to greet is not among them.
pub fn tasks(known: &Known, today: NaiveDate) -> Vec<FestivalTask> {
    let notice = Days::new(DAY_NOTICE.into());
    let until = today.checked_add_days(notice).unwrap_or(today);
    let ahead = festival::between(today, until).filter(|(_, festival)| festival.is_greeted());
    let with_shops = ahead.map(|(on, festival)| {
        let from = on.checked_sub_days(notice).unwrap_or(on);
        let is_waiting = |id: &CustomerId| known.head(*id).and_then(|head| head.touched_on).is_none_or(|touched| touched < from);
        FestivalTask { festival, on, shops: greeted(known).filter(is_waiting).collect() }
    });
    with_shops.filter(|task| !task.shops.is_empty()).collect()
}

/// Shops that are greeted at all, by their stage.
fn greeted(known: &Known) -> impl Iterator<Item = CustomerId> {
    let shops = known.book.active_customers().map(|shop| shop.id);
    shops.filter(|id| {
        let profile = known.profile(*id).filter(|profile| profile.given_up.is_none());
        profile.and_then(|profile| profile.stage).is_some_and(Stage::is_greeted)
    })
}
