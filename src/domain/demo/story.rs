//! What happens out of the ordinary, as a list of beats: at which shop, how many weeks ago, what. Everything else is a plain visit
//! on its day that takes the suggestion.

use super::calendar::after;
use super::{Text, Tongue};
use crate::domain::customer::CustomerClass;
use crate::domain::draft::AgreedDraft;
use crate::domain::note::NoteField;
use crate::domain::order::{Deal, Reason};
use crate::domain::product::{ProductFields, ShelfLife};
use crate::domain::visit::{Outcome, Topic};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// Something out of the ordinary at one shop in one week: 0 is the visit of the last seven days, today's included.
struct Beat(u16, i64, What);

pub(super) enum What {
    /// The visit comes a day after its day.
    Late,
    /// No visit in this week: overdue where it is the last.
    Missed,
    /// Tried, and to be tried again so many days later.
    NotMade(Outcome, u64),
    /// Promised, due so many days later at a time; without a time, by the day's end.
    Promise(Text, u64, &'static str),
    Competitor(Text),
    Opinion(Text),
    Class(CustomerClass),
    /// Two lines are counted again on the same day.
    CountedAgain,
    /// The count of one line is put right: more stood there.
    PutRight(usize, PutRight),
    /// What became of the order.
    Goods(Fate),
    /// At a line, by its place in the shop's range from 0.
    Line(usize, Turn),
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum PutRight {
    SameDay,
    /// After it was sent: the warehouse has to hear again.
    Today,
}

#[derive(Clone, Copy)]
pub(super) enum Fate {
    /// Somebody said that it came.
    InFull,
    /// Half of one line came.
    Short(usize),
    Cancelled,
    /// So many days later than expected.
    NotYet(u64),
    /// On the day of the next visit, behind its count.
    AfterTheCount,
}

/// Whether goods come before the day's count or after it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    Morning,
    AfterTheCount,
}

pub(super) enum Turn {
    SoldOut,
    /// Units that the owner bought elsewhere: more stands there than can.
    Bought(i64),
    /// One in front was seen, nothing behind.
    Miscounted,
    Uncounted,
    FrontOnly,
    /// So many units turn out to stand forgotten behind; they keep for so many days.
    Forgotten(i64, u64),
    /// What else happened, as noted.
    Noted(NoteField, i64),
    /// The shop gives it up.
    Delisted,
    Decline(Reason, Text),
    /// Full cases only, so many more than suggested.
    Cases(i64, Reason, Text),
    Free(i64, Deal),
    /// Cents off the unit price.
    Cheaper(i64, Deal),
}

/// An order by phone: shop, tour day and weeks before (as in the list of shops), cases of the first lines, what became of it.
pub(super) struct Call {
    pub(super) shop: u16,
    pub(super) tour: u8,
    pub(super) weeks: u64,
    pub(super) cases: &'static [i64],
    pub(super) fate: Option<Fate>,
}

pub(super) const CALLS: [Call; 6] = [
    Call { shop: 115, tour: 4, weeks: 1, cases: &[0, 1, 0, 1], fate: Some(Cancelled) },
    Call { shop: 118, tour: 4, weeks: 0, cases: &[1, 2], fate: Some(AfterTheCount) },
    Call { shop: 113, tour: 0, weeks: 3, cases: &[2, 1], fate: None },
    Call { shop: 124, tour: 3, weeks: 0, cases: &[1, 1, 2], fate: None },
    Call { shop: 108, tour: 1, weeks: 0, cases: &[1, 0, 1], fate: Some(NotYet(3)) },
    Call { shop: 119, tour: 0, weeks: 0, cases: &[3, 1], fate: None },
];

/// Shops of today's tour that the rep has been to.
pub(super) const VISITED_TODAY: [u16; 4] = [102, 103, 104, 105];

use Fate::{AfterTheCount, Cancelled, InFull, NotYet, Short};
use NoteField::{AWeek, OtherSource, Returned, StockoutDays, WrittenOff};
use Turn::{Bought, Cases, Cheaper, Decline, Delisted, Forgotten, Free, FrontOnly, Miscounted, Noted, SoldOut, Uncounted};
use What::{Class, Competitor, CountedAgain, Goods, Late, Line, Missed, NotMade, Opinion, Promise};

#[rustfmt::skip]
const BEATS: &[Beat] = &[
    // The orange juice of 101 ran out and was declined, so nothing was there, ordered or left ever since: three zeros.
    Beat(101, 5, Goods(InFull)),
    Beat(101, 4, Competitor(Text("隔壁品牌买三送一，堆头在门口。", "The other brand gives one in four free, stacked at the door."))),
    Beat(101, 3, Line(9, SoldOut)),
    Beat(101, 3, Line(9, Decline(Reason::OwnerDeclines, Text("老板说没人买", "Nobody buys it, says the owner")))),
    Beat(101, 2, Line(9, Decline(Reason::OwnerDeclines, Text::NONE))),
    Beat(101, 2, Goods(InFull)),
    Beat(101, 2, Opinion(Text("希望送货能早一点，赶在开门前。", "Would like the goods earlier, before opening."))),
    Beat(101, 1, Line(9, Decline(Reason::OwnerDeclines, Text::NONE))),
    Beat(101, 1, Line(4, Forgotten(8, 9))),
    Beat(101, 1, Promise(Text("带冰柜师傅来看制冷", "Bring the technician for the chiller"), 7, "")),

    Beat(102, 4, Goods(Short(3))),
    Beat(102, 2, Line(5, Cases(2, Reason::Promotion, Text("地堆陈列", "End display")))),
    Beat(102, 1, Goods(InFull)),
    Beat(102, 0, Line(0, Free(6, Deal::Promotion))),
    Beat(102, 0, Line(4, SoldOut)),
    Beat(102, 0, Promise(Text("送一张新的价格牌", "Bring a new price board"), 3, "12:00")),
    Beat(102, 0, Competitor(Text("别家的冰红茶降到两块五。", "Another iced tea is down to 2.50."))),

    Beat(103, 4, Late),
    Beat(103, 1, Line(3, Decline(Reason::NoSpace, Text::NONE))),
    Beat(103, 0, Line(1, Decline(Reason::CashShort, Text("下周再进", "Again next week")))),
    Beat(103, 0, Line(1, Forgotten(6, 3))),
    Beat(103, 0, Line(4, Uncounted)),
    Beat(103, 0, Line(6, Uncounted)),

    Beat(104, 3, Goods(InFull)),
    Beat(104, 3, Line(0, Forgotten(4, 4))),
    Beat(104, 0, Line(2, Cheaper(20, Deal::Volume))),
    Beat(104, 0, Line(7, FrontOnly)),
    Beat(104, 0, Class(CustomerClass::A)),
    Beat(104, 0, Opinion(Text("学生更喜欢小瓶装。", "Students prefer the small bottles."))),

    Beat(105, 3, Line(2, Free(2, Deal::Compensation))),
    Beat(105, 0, NotMade(Outcome::Closed, 1)),

    Beat(106, 2, Line(1, Decline(Reason::CashShort, Text::NONE))),

    // Yogurt that stood behind at 107 has expired by now.
    Beat(107, 1, Line(0, Forgotten(3, 5))),
    Beat(107, 6, Line(1, Noted(AWeek, 14))),
    // The back room of 107 was locked last week: whatever is counted next is more than can be.
    Beat(107, 1, Line(2, Miscounted)),
    Beat(107, 1, Line(2, Decline(Reason::Other, Text("库房锁着，下次再点", "Back room locked, to be counted next time")))),

    Beat(110, 3, Goods(Short(1))),
    Beat(110, 3, Line(3, Forgotten(5, 3))),
    Beat(110, 0, What::PutRight(1, PutRight::Today)),
    Beat(110, 0, Line(6, Free(12, Deal::Display))),

    Beat(111, 2, CountedAgain),
    Beat(111, 1, Goods(Short(2))),
    Beat(111, 0, Line(0, Cases(1, Reason::Promotion, Text("校运动会", "School sports day")))),

    Beat(112, 3, NotMade(Outcome::OwnerAway, 1)),
    Beat(112, 1, Line(2, Forgotten(8, 6))),
    Beat(112, 1, Promise(Text("换掉临期酸奶", "Exchange the yogurt near expiry"), 5, "12:00")),
    Beat(112, 0, Missed),

    Beat(113, 4, Competitor(Text("对面店在卖散装酸奶。", "The shop opposite sells yogurt by weight."))),
    Beat(113, 3, Line(10, Noted(Returned, 5))),
    Beat(113, 2, Line(8, Cheaper(30, Deal::Display))),
    Beat(113, 0, Line(3, Bought(90))),
    Beat(113, 0, Promise(Text("谈好陈列费", "Settle the display fee"), 6, "17:00")),

    Beat(114, 2, NotMade(Outcome::Closed, 2)),
    Beat(114, 1, Class(CustomerClass::B)),
    Beat(114, 0, Line(2, Decline(Reason::OwnerDeclines, Text("先卖完再说", "First sell what is here")))),

    Beat(115, 0, Line(1, SoldOut)),
    Beat(115, 0, Line(1, Noted(StockoutDays, 2))),

    Beat(116, 1, Opinion(Text("陈列架太占地方。", "The display rack takes too much room."))),
    Beat(116, 0, Missed),

    Beat(117, 3, NotMade(Outcome::OwnerAway, 2)),
    Beat(117, 1, Line(0, FrontOnly)),

    Beat(118, 2, Line(6, Noted(WrittenOff, 3))),
    Beat(118, 1, Line(9, Noted(OtherSource, 24))),
    Beat(118, 3, What::PutRight(0, PutRight::SameDay)),

    // 119 gives one up: it ran out, nobody missed it.
    Beat(119, 3, Line(9, SoldOut)),
    Beat(119, 3, Line(9, Decline(Reason::OwnerDeclines, Text::NONE))),
    Beat(119, 2, Line(9, Decline(Reason::OwnerDeclines, Text::NONE))),
    Beat(119, 2, Line(9, Delisted)),
    Beat(119, 0, Line(3, Forgotten(8, 2))),
    Beat(119, 2, Line(2, Cases(-1, Reason::NoSpace, Text::NONE))),
    Beat(119, 1, Goods(InFull)),

    Beat(120, 1, Late),
    Beat(120, 0, Line(5, SoldOut)),
    Beat(120, 0, Goods(NotYet(4))),

    Beat(121, 4, NotMade(Outcome::NoTime, 1)),
    Beat(121, 1, Missed),
    Beat(121, 0, Missed),

    Beat(122, 3, NotMade(Outcome::Refused, 2)),
    Beat(122, 0, Line(1, Forgotten(7, 2))),
    Beat(122, 0, Line(3, Cases(1, Reason::Other, Text("店庆活动", "Shop anniversary")))),
];

/// What happens at a shop in the week so long ago.
pub(super) fn beats(shop: u16, weeks_ago: i64) -> impl Iterator<Item = &'static What> {
    BEATS.iter().filter(move |beat| beat.0 == shop && beat.1 == weeks_ago).map(|beat| &beat.2)
}

/// Where the rep looks at dates: at one shop of three at all, at one at those of goods that keep for some weeks only, at one at none.
pub(super) fn is_dated(shop: u16, product: &ProductFields) -> bool {
    match shop % 3 {
        0 => false,
        1 => true,
        _ => matches!(product.shelf_life, Some(ShelfLife::Days(_))),
    }
}

/// Visits that leave no time for the shelf, by shop and weeks ago: what stood behind stays there.
const RUSHED: [(u16, i64); 6] = [(101, 1), (104, 3), (107, 1), (110, 3), (112, 1), (122, 0)];

pub(super) fn is_in_a_rush(shop: u16, weeks_ago: i64) -> bool {
    RUSHED.contains(&(shop, weeks_ago)) || (i64::from(shop) + 3 * weeks_ago) % 8 == 0
}

/// What is explained to the owner: one thing here, another there.
pub(super) fn taught(shop: u16, weeks_ago: i64) -> BTreeSet<Topic> {
    match (shop % 4, weeks_ago) {
        (0, 5) => [Topic::Rule].into(),
        (1, 4) | (0, 1) => [Topic::Fifo, Topic::NearExpiry].into(),
        (2, 3) => [Topic::Rule, Topic::Sorted].into(),
        (3, 1) | (2, 0) => [Topic::NearExpiry].into(),
        _ => BTreeSet::new(),
    }
}

/// What happens at one line.
pub(super) fn turns(shop: u16, weeks_ago: i64, place: usize) -> Vec<&'static Turn> {
    let line = |what: &'static What| match what {
        Line(at, turn) if *at == place => Some(turn),
        _ => None,
    };
    beats(shop, weeks_ago).filter_map(line).collect()
}

/// What is agreed, as typed.
pub(super) fn agreed(shop: u16, weeks_ago: i64, day: NaiveDate, tongue: Tongue) -> AgreedDraft {
    let mut agreed = AgreedDraft::default();
    for what in beats(shop, weeks_ago) {
        match what {
            Promise(promise, days, time) => {
                agreed.promise = promise.spoken(tongue);
                agreed.promise_day = after(day, *days).to_string();
                (*time).clone_into(&mut agreed.promise_time);
            }
            Competitor(said) => agreed.competitor = said.spoken(tongue),
            Opinion(said) => agreed.opinion = said.spoken(tongue),
            Class(class) => agreed.class = Some(*class),
            _ => {}
        }
    }
    agreed
}
