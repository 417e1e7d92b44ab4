//! What a visit can do beside counting and ordering: dates, notes, work at the shelf, what is explained.

use super::{Demo, demo, moments, now};
use chrono::{Days, NaiveDate};
use shelfwise::archive::record;
use shelfwise::domain::book::Record;
use shelfwise::domain::customer::Customer;
use shelfwise::domain::demo::Tongue;
use shelfwise::domain::expiry::{self, NearWindow};
use shelfwise::domain::history::{self, LineHistory};
use shelfwise::domain::id::{CustomerId, ProductId};
use shelfwise::domain::lots;
use shelfwise::domain::near::{self, Near};
use shelfwise::domain::note::{LineNote, Reply};
use shelfwise::domain::product::ProductFields;
use shelfwise::domain::quantity::Units;
use shelfwise::domain::rate;
use shelfwise::domain::shelf_work::{Kind, ShelfWork};
use shelfwise::domain::suggestion::{Suggestion, as_it_is, past_of};
use shelfwise::domain::visit::{Topic, Visit};
use std::collections::BTreeSet;

impl Demo {
    fn fields(&self, product: ProductId) -> &ProductFields {
        &self.book.product(product).unwrap().fields
    }

    fn notes(&self) -> impl Iterator<Item = (&Visit, &LineNote)> {
        self.visits().flat_map(|visit| visit.notes.iter().map(move |note| (visit, note)))
    }

    fn work(&self) -> impl Iterator<Item = &ShelfWork> {
        self.visits().flat_map(|visit| &visit.work)
    }

    /// Every line as the rep finds it today, what was counted this morning among it.
    fn pasts(&self, today: NaiveDate) -> impl Iterator<Item = (CustomerId, ProductId, LineHistory)> {
        let tomorrow = today.checked_add_days(Days::new(1)).unwrap();
        self.events
            .iter()
            .flat_map(move |(shop, events)| history::lines(events, tomorrow).into_iter().map(move |(product, past)| (*shop, product, past)))
    }

    fn near(&self, today: NaiveDate) -> Vec<(CustomerId, Near)> {
        let of_line = |(shop, product, past): (CustomerId, ProductId, LineHistory)| {
            let rate = rate::of(&past.cycles, rate::WINDOW, rate::ALPHA, past.stated).map(rate::Rate::exact);
            let near = near::of_line(&past.lots, self.fields(product).shelf_life, NearWindow::DEFAULT, rate, today);
            near.into_iter().map(move |near| (shop, near))
        };
        self.pasts(today).flat_map(of_line).collect()
    }
}

#[test]
fn dates_are_those_of_goods_that_came_and_never_more_than_was_counted() {
    for now in moments() {
        let demo = demo(Tongue::Chinese, now);
        let (mut dated, mut shops) = (0, BTreeSet::new());
        for visit in demo.visits() {
            for line in visit.lines.iter().filter(|line| !line.lots.is_empty()) {
                let life = demo.fields(line.product).shelf_life.unwrap();
                let sum = |units: fn(&lots::CountedLot) -> Units| line.lots.iter().map(|lot| units(lot).0).sum::<i64>();
                let back = line.size.total(line.count.back).unwrap();
                // A line put right has more units than dates.
                assert!(sum(|lot| lot.front) <= line.count.front.0 && sum(|lot| lot.back) <= back.0, "{now}: {line:?}");
                assert!(line.lots.len() <= 5, "{now}: {line:?}");
                for lot in &line.lots {
                    let made = lot.produced.unwrap();
                    assert_eq!(lot.expires, expiry::expires(made, life));
                    assert!(made < visit.on && lot.expires > Some(visit.on) && lot.units() > 0, "{now}: {} {lot:?}", visit.on);
                }
                dated += 1;
                shops.insert(visit.customer);
            }
        }
        assert!(dated > 500 && (12..20).contains(&shops.len()), "{now}: {dated} at {}", shops.len());
        // As the app learns it: fresh when they come.
        let ages = demo.pasts(now.date()).filter_map(|(_, product, past)| Some((demo.fields(product).shelf_life?, past.delivery_age?)));
        let ages: Vec<_> = ages.map(|(life, age)| (near::life_days(life), age)).collect();
        assert!(ages.len() > 60 && ages.iter().all(|(life, age)| u32::from(*age) * 2 <= *life), "{now}: {ages:?}");
    }
}

#[test]
fn goods_near_expiry_wait_at_some_shops_and_expired_ones_at_one() {
    for now in moments() {
        let demo = demo(Tongue::Chinese, now);
        let near = demo.near(now.date());
        let at_risk = near.iter().filter(|(_, near)| near.is_alarm() && !near.is_expired());
        let at_risk: BTreeSet<CustomerId> = at_risk.map(|(shop, _)| *shop).collect();
        assert!((3..=10).contains(&at_risk.len()), "{now}: {near:?}");
        assert!(near.iter().any(|(_, near)| !near.is_alarm()), "{now}: near, and it will sell");
        let due: Vec<CustomerId> = demo.plan(now.date()).due.iter().map(|row| row.id()).collect();
        let expired = near.iter().filter(|(shop, near)| near.is_expired() && due.contains(shop)).count();
        assert!((1..=4).contains(&expired), "{now}: {expired}");
        let swaps = demo.pasts(now.date()).filter(|(_, _, past)| lots::swap(&past.lots).is_some()).count();
        assert!((3..=8).contains(&swaps), "{now}: {swaps}");
    }
}

#[test]
fn what_was_found_expired_went_off_the_shelf_and_into_the_note() {
    for now in moments() {
        let demo = demo(Tongue::Chinese, now);
        let off: Vec<_> = demo.visits().flat_map(|visit| visit.work.iter().map(move |work| (visit, work))).collect();
        let off: Vec<_> = off.into_iter().filter(|(_, work)| work.kind == Kind::TakeOff).collect();
        assert!((2..=25).contains(&off.len()), "{now}: {}", off.len());
        for (visit, work) in off {
            assert!(work.done);
            let note = visit.notes.iter().find(|note| note.product == work.product).unwrap();
            assert_eq!(note.returned.0 + note.written_off.0, work.units.0, "{now}: {note:?}");
        }
    }
}

#[test]
fn work_at_the_shelf_is_mostly_done() {
    for now in moments() {
        let demo = demo(Tongue::Chinese, now);
        let (done, left) = (demo.work().filter(|work| work.done).count(), demo.work().filter(|work| !work.done).count());
        assert!(left > 20 && done > 3 * left, "{now}: {done} done, {left} left");
        for kind in [Kind::Fill, Kind::Swap] {
            for is_done in [true, false] {
                assert!(demo.work().any(|work| work.kind == kind && work.done == is_done), "{now}: {kind:?} {is_done}");
            }
        }
        let taught: Vec<_> = demo.visits().filter(|visit| !visit.taught.is_empty()).collect();
        assert!((15..60).contains(&taught.len()), "{now}: {}", taught.len());
        assert!(Topic::ALL.into_iter().all(|topic| taught.iter().any(|visit| visit.taught.contains(&topic))));
    }
}

#[test]
fn notes_say_everything_a_note_can_say() {
    for now in moments() {
        let demo = demo(Tongue::Chinese, now);
        let has = |said: fn(&LineNote) -> bool| demo.notes().any(|(_, note)| said(note));
        assert!(has(|note| !note.returned.is_zero()) && has(|note| !note.written_off.is_zero()));
        assert!(has(|note| note.stockout_days > 0));
        assert!(demo.visits().any(|visit| visit.closed_days == 2));
        // Bought elsewhere and noted: the sum adds up where it would have been a question.
        let (visit, bought) = demo.notes().find(|(_, note)| !note.other_source.is_zero()).unwrap();
        let line = visit.lines.iter().find(|line| line.product == bought.product).unwrap();
        let pasts = past_of(&demo.events[&visit.customer], visit);
        assert!(matches!(as_it_is(visit, line, pasts.get(&line.product)), Suggestion::Number(_)), "{now}");
        let unsaid = Visit { notes: Vec::new(), ..visit.clone() };
        assert!(matches!(as_it_is(&unsaid, line, pasts.get(&line.product)), Suggestion::NegativeSales { .. }), "{now}");
        // What the owner said gave the first count its number.
        let (visit, stated) = demo.notes().find(|(_, note)| note.stated.is_some()).unwrap();
        let line = visit.lines.iter().find(|line| line.product == stated.product).unwrap();
        assert!(line.basis.is_none() && matches!(as_it_is(visit, line, None), Suggestion::Number(_)), "{now}");
        // Given up, and nothing of it counted since.
        assert_eq!(demo.notes().filter(|(_, note)| note.answer == Some(Reply::Delist)).count(), 1);
        assert_eq!(demo.pasts(now.date()).filter(|(_, _, past)| past.is_delisted).count(), 1, "{now}");
    }
}

#[test]
fn shops_and_products_have_terms_of_their_own() {
    for now in moments() {
        let demo = demo(Tongue::Chinese, now);
        let own = |shop: &&Customer| shop.fields.factor.is_some();
        assert_eq!(demo.customers.iter().filter(own).count(), 1);
        let fields = || demo.products.iter().map(|product| &product.fields);
        assert_eq!(fields().filter(|f| !f.minimum_display.is_zero()).count(), 1);
        assert_eq!(fields().filter(|f| !f.capacity.is_zero()).count(), 1);
        let promotions: Vec<_> = fields().filter_map(|f| f.promotion).collect();
        assert_eq!(promotions.len(), 1);
        assert!(promotions[0].until > now.date());
        // Only visits since it is known were reckoned by it.
        let by_it = demo.visits().filter(|visit| visit.lines.iter().any(|line| line.terms.is_some_and(|terms| terms.promotion.is_some())));
        let by_it: Vec<_> = by_it.collect();
        assert!(!by_it.is_empty() && by_it.iter().all(|visit| (now.date() - visit.on).num_days() <= 3), "{now}");
    }
}

#[test]
fn dates_and_notes_make_the_records_little_larger() {
    let demo = demo(Tongue::Chinese, now());
    let size = |records: &[Record]| records.iter().map(|known| record::encode(known).unwrap().body.len()).sum::<usize>();
    let mut bare = demo.records.clone();
    for record in &mut bare {
        if let Record::Visit(visit) = record {
            visit.notes.clear();
            visit.taught.clear();
            visit.lines.iter_mut().for_each(|line| line.lots.clear());
        }
    }
    let (with, without) = (size(&demo.records), size(&bare));
    assert!(with * 100 < without * 130, "{without} → {with} bytes");
}
