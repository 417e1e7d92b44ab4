//! What is promised at a visit is a promise like any other: it is written with the visit, as a record of its own, and a correction of the
//! visit puts that record right instead of making a second one.

use super::id::PromiseId;
use super::promise::{Ability, Promise};
use super::stamp::{Envelope, Stamp};
use super::visit::Visit;
use std::collections::BTreeSet;

/// The promise that `visit` leaves behind, or what becomes of the one that the visit it puts right had left; none where there is nothing to
/// write. `promises` are the shop's.
pub fn of_visit(visit: &Visit, promises: &[Promise], id: PromiseId, stamp: Stamp) -> Option<Promise> {
    let old = visit.corrects.and_then(|corrected| promises.iter().find(|known| known.visit == Some(corrected) && !known.envelope.deleted));
    let agreed = visit.agreed.promise_due.filter(|_| !visit.agreed.promise.is_empty());
    match (old, agreed) {
        (None, None) => None,
        (None, Some(due)) => Some(Promise {
            id,
            envelope: Envelope { demo: visit.envelope.demo, ..Envelope::first(stamp) },
            customer: visit.customer,
            person: None,
            visit: Some(visit.id),
            text: visit.agreed.promise.clone(),
            made: visit.finished,
            answer_by: None,
            answered: None,
            due: Some(due),
            needs: None,
            able: Ability::default(),
            cost: None,
            risks: BTreeSet::new(),
            end: None,
        }),
        (Some(old), agreed) => {
            let next = Promise { visit: Some(visit.id), envelope: old.envelope.next(stamp), ..old.clone() };
            Some(match agreed {
                // It was never made.
                None => Promise { envelope: Envelope { deleted: true, ..next.envelope }, ..next },
                Some(due) => Promise { text: visit.agreed.promise.clone(), due: Some(due), ..next },
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::factor::Factor;
    use crate::domain::id::{CustomerId, VisitId};
    use crate::domain::promise::{End, Ended};
    use crate::domain::stamp::DeviceId;
    use crate::domain::visit::{Agreed, Outcome};
    use chrono::{NaiveDate, NaiveDateTime};
    use uuid::Uuid;

    fn at(day: u32) -> NaiveDateTime {
        NaiveDate::from_ymd_opt(2026, 11, day).unwrap().and_hms_opt(12, 0, 0).unwrap()
    }

    fn stamp(millis: u64) -> Stamp {
        Stamp::after(None, millis, DeviceId(1))
    }

    fn visit(number: u128, corrects: Option<u128>, promise: &str) -> Visit {
        Visit {
            id: VisitId(Uuid::from_u128(number)),
            envelope: Envelope::first(stamp(1)),
            customer: CustomerId(Uuid::from_u128(9)),
            on: at(22).date(),
            started: at(22),
            finished: at(22),
            spent: 0,
            outcome: Outcome::Made,
            corrects: corrects.map(|number| VisitId(Uuid::from_u128(number))),
            factor: Factor::RULE,
            terms: None,
            notes: Vec::new(),
            closed_days: 0,
            lines: Vec::new(),
            range: 0,
            order: None,
            shelf: BTreeSet::new(),
            work: Vec::new(),
            taught: BTreeSet::new(),
            agreed: Agreed { promise: promise.to_owned(), promise_due: (!promise.is_empty()).then(|| at(23)), ..Agreed::default() },
        }
    }

    fn promise_id(number: u128) -> PromiseId {
        PromiseId(Uuid::from_u128(number))
    }

    #[test]
    fn a_visit_with_a_promise_leaves_one_and_one_without_leaves_none() {
        let made = of_visit(&visit(1, None, "送样品"), &[], promise_id(5), stamp(2)).unwrap();
        assert_eq!((made.text.as_str(), made.due, made.visit), ("送样品", Some(at(23)), Some(VisitId(Uuid::from_u128(1)))));
        assert_eq!(of_visit(&visit(1, None, ""), &[], promise_id(5), stamp(2)), None);
    }

    #[test]
    fn a_correction_puts_the_same_promise_right_and_keeps_how_it_ended() {
        let first = of_visit(&visit(1, None, "送样品"), &[], promise_id(5), stamp(2)).unwrap();
        let kept = Promise { end: Some(Ended { how: End::Kept, at: at(23), note: String::new() }), ..first };
        let second = of_visit(&visit(2, Some(1), "送两箱样品"), std::slice::from_ref(&kept), promise_id(6), stamp(3)).unwrap();
        assert_eq!((second.id, second.text.as_str(), second.envelope.rev), (promise_id(5), "送两箱样品", 2));
        assert_eq!((second.visit, second.end.clone()), (Some(VisitId(Uuid::from_u128(2))), kept.end));
        let third = of_visit(&visit(3, Some(2), ""), &[second], promise_id(7), stamp(4)).unwrap();
        assert!(third.envelope.deleted && third.id == promise_id(5));
        assert_eq!(of_visit(&visit(4, Some(3), ""), std::slice::from_ref(&third), promise_id(8), stamp(5)), None);
        assert_eq!(of_visit(&visit(4, Some(3), "再送"), &[third], promise_id(8), stamp(5)).unwrap().id, promise_id(8));
    }
}
