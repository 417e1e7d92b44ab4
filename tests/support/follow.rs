//! Contacts, promises, heads and profiles of a few shops, for the laws of following up.
#![allow(dead_code)]

use chrono::{NaiveDate, NaiveDateTime};
use shelfwise::domain::channel::Channel;
use shelfwise::domain::customer::{Customer, CustomerFields};
use shelfwise::domain::head::{Head, OpenPromise};
use shelfwise::domain::id::{CustomerId, EpisodeId, PromiseId, TouchId};
use shelfwise::domain::money::Money;
use shelfwise::domain::promise::{Ability, Promise};
use shelfwise::domain::stamp::{DeviceId, Envelope, Stamp};
use shelfwise::domain::touch::{Touch, TouchOutcome, TouchPurpose};
use std::collections::BTreeSet;
use uuid::Uuid;

pub fn envelope(millis: u64) -> Envelope {
    Envelope::first(Stamp { millis, counter: 0, device: DeviceId(1) })
}

pub fn shop_id(number: u128) -> CustomerId {
    CustomerId(Uuid::from_u128(number))
}

pub fn date(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap()
}

pub fn at(month: u32, day: u32, hour: u32, minute: u32) -> NaiveDateTime {
    date(month, day).and_hms_opt(hour, minute, 0).unwrap()
}

pub fn money(text: &str) -> Money {
    Money(text.parse().unwrap())
}

/// A shop without a route day, entered on 1 June.
pub fn customer(number: u128, name: &str) -> Customer {
    let fields = CustomerFields::named(name.to_owned());
    let (id, envelope) = (shop_id(number), envelope(1));
    Customer { id, envelope, fields, created_on: date(6, 1), range: Vec::new(), merged_into: None }
}

/// A head of which nothing is known.
pub fn head(number: u128) -> Head {
    Head {
        id: shop_id(number),
        envelope: envelope(1),
        lines: Vec::new(),
        called_on: None,
        visited_on: None,
        touched_on: None,
        touches: Vec::new(),
        follow_ups: 0,
        promises: Vec::new(),
        kept: 0,
        broken: 0,
        weekly: Money::ZERO,
        complaint: None,
    }
}

pub fn touch(number: u128, at: NaiveDateTime, channel: Channel) -> Touch {
    Touch {
        id: TouchId(Uuid::from_u128(number)),
        envelope: envelope(u64::try_from(number).unwrap()),
        customer: shop_id(9),
        person: None,
        at,
        channel,
        purpose: TouchPurpose::FollowUp,
        reason: String::new(),
        strategy: None,
        outcome: TouchOutcome::NoAnswer,
        mood: None,
        next: String::new(),
        episode: None::<EpisodeId>,
        promise: None,
        message: String::new(),
        note: String::new(),
        minutes: 0,
        corrects: None,
        withdrawn: false,
    }
}

pub fn promise(number: u128, made: NaiveDateTime, due: NaiveDateTime) -> Promise {
    Promise {
        id: PromiseId(Uuid::from_u128(number)),
        envelope: envelope(u64::try_from(number).unwrap()),
        customer: shop_id(9),
        person: None,
        visit: None,
        text: "送两箱样品".to_owned(),
        made,
        answer_by: None,
        answered: None,
        due: Some(due),
        needs: None,
        able: Ability::Checked,
        cost: None,
        risks: BTreeSet::new(),
        end: None,
    }
}

pub fn open_promise(number: u128, due: NaiveDateTime) -> OpenPromise {
    OpenPromise {
        id: PromiseId(Uuid::from_u128(number)),
        text: String::new(),
        made: at(11, 1, 9, 0),
        answer_by: None,
        answered: None,
        due: Some(due),
        chase_at: None,
        needs: String::new(),
    }
}
