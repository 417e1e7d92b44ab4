//! What was said between the visits: calls and messages, what they were about, and promises made at the desk. All of it lies on days
//! before today, so nothing is ever later than now; only deadlines lie ahead.

use super::people::Known;
use super::round::Shop;
use super::{Desk, Text};
use crate::domain::book::Record;
use crate::domain::channel::Channel;
use crate::domain::episode::{Closed, Episode, EpisodeEnd, EpisodeKind};
use crate::domain::id::{CustomerId, EpisodeId, PersonId, PromiseId, TouchId};
use crate::domain::money::Money;
use crate::domain::promise::{Ability, Dependency, End, Ended, Promise, Risk};
use crate::domain::touch::{Mood, Strategy, Touch, TouchOutcome, TouchPurpose};
use chrono::{Datelike, NaiveDateTime, NaiveTime, TimeDelta, Weekday};
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// One contact, by shop, the person's place among the shop's, days ago and minute of the day.
struct Call {
    shop: u16,
    person: Option<usize>,
    days: u64,
    minute: u32,
    channel: Channel,
    purpose: TouchPurpose,
    outcome: TouchOutcome,
    mood: Option<Mood>,
    strategy: Option<Strategy>,
    reason: Text,
    note: Text,
    next: Text,
    minutes: u16,
    /// Which of [`TOPICS`] it is about.
    topic: Option<usize>,
}

const fn call(shop: u16, days: u64, minute: u32, channel: Channel, purpose: TouchPurpose) -> Call {
    Call {
        shop,
        person: Some(0),
        days,
        minute,
        channel,
        purpose,
        outcome: TouchOutcome::Reached,
        mood: None,
        strategy: None,
        reason: Text::NONE,
        note: Text::NONE,
        next: Text::NONE,
        minutes: 3,
        topic: None,
    }
}

/// 9:00 and 15:30, in minutes.
const MORNING: u32 = 9 * 60;
const AFTERNOON: u32 = 15 * 60 + 30;

#[rustfmt::skip]
const CALLS: [Call; 16] = [
    Call { person: Some(1), reason: Text("天气转凉，热饮上架", "Colder days, hot drinks on the shelf"), strategy: Some(Strategy::Occasion), mood: Some(Mood::Good),
        note: Text("老板愿意试两箱", "He would try two cases"), minutes: 6, ..call(101, 12, MORNING, Channel::Phone, TouchPurpose::Greeting) },
    Call { outcome: TouchOutcome::Left, ..call(101, 26, AFTERNOON, Channel::Chat, TouchPurpose::FollowUp) },
    Call { mood: Some(Mood::Good), note: Text("地堆卖得快", "The end display sells well"), ..call(102, 10, MORNING, Channel::Phone, TouchPurpose::Thanks) },
    Call { strategy: Some(Strategy::Liking), reason: Text("她做的蛋糕", "Her cakes"), mood: Some(Mood::Good), next: Text("带冰柜目录", "Bring the chiller catalogue"), minutes: 8,
        ..call(105, 8, AFTERNOON, Channel::Phone, TouchPurpose::FollowUp) },
    Call { person: None, note: Text("新店，约好第一次拜访", "New shop, agreed on a first visit"), mood: Some(Mood::Fine), ..call(109, 2, MORNING, Channel::Phone, TouchPurpose::FollowUp) },
    Call { ..call(110, 33, MORNING, Channel::Phone, TouchPurpose::Greeting) },
    Call { outcome: TouchOutcome::NoAnswer, minutes: 1, ..call(112, 4, AFTERNOON, Channel::Phone, TouchPurpose::Delivery) },
    Call { topic: Some(1), strategy: Some(Strategy::Reckoning), reason: Text("陈列费按销量算", "A display fee by what sells"), mood: Some(Mood::Fine), minutes: 12,
        ..call(113, 11, MORNING, Channel::Phone, TouchPurpose::FollowUp) },
    Call { topic: Some(1), person: Some(1), note: Text("会计要看合同样本", "The accountant wants a sample contract"), next: Text("发合同样本", "Send the sample contract"), minutes: 5,
        ..call(113, 6, AFTERNOON, Channel::Phone, TouchPurpose::FollowUp) },
    Call { strategy: Some(Strategy::LetGo), outcome: TouchOutcome::Refused, mood: Some(Mood::Bad), note: Text("暂时不想加陈列", "No more displays for now"), ..call(116, 39, MORNING, Channel::Phone, TouchPurpose::FollowUp) },
    Call { topic: Some(0), person: None, mood: Some(Mood::Bad), note: Text("两箱酱油破了三瓶", "Three bottles broken in two cases of soy sauce"), minutes: 7,
        ..call(118, 16, MORNING, Channel::Phone, TouchPurpose::Complaint) },
    Call { topic: Some(0), person: None, mood: Some(Mood::Fine), note: Text("换货已送到", "Replacements have come"), ..call(118, 13, AFTERNOON, Channel::Phone, TouchPurpose::Complaint) },
    Call { mood: Some(Mood::Good), ..call(119, 9, MORNING, Channel::Phone, TouchPurpose::Greeting) },
    Call { person: None, outcome: TouchOutcome::NoAnswer, minutes: 1, ..call(121, 9, AFTERNOON, Channel::Phone, TouchPurpose::FollowUp) },
    Call { person: None, outcome: TouchOutcome::NoAnswer, minutes: 1, ..call(121, 2, MORNING, Channel::Phone, TouchPurpose::FollowUp) },
    Call { person: None, reason: Text("店庆快到了", "Their anniversary is near"), strategy: Some(Strategy::Occasion), ..call(122, 18, MORNING, Channel::Phone, TouchPurpose::Invitation) },
];

/// Shops that were written to on the last Friday evening, and the person.
const WRITTEN: [(u16, Option<usize>); 4] = [(101, Some(0)), (102, Some(0)), (105, Some(0)), (119, Some(0))];

const FRIDAY_WORDS: Text = Text(
    "{name}，这周辛苦了，降温了记得添衣服，祝周末生意兴隆！",
    "{name}, thank you for this week. Keep warm, and a good weekend to you!",
);

/// What several contacts are about: shop, begun days ago, how it ended.
struct Topic {
    shop: u16,
    kind: EpisodeKind,
    title: Text,
    days: u64,
    closed: Option<(u64, EpisodeEnd, Text)>,
}

#[rustfmt::skip]
const TOPICS: [Topic; 2] = [
    Topic { shop: 118, kind: EpisodeKind::Complaint, title: Text("酱油破损换货", "Broken soy sauce"), days: 16,
        closed: Some((13, EpisodeEnd::Solved, Text("换货送到，店里满意", "Replaced, and they are content"))) },
    Topic { shop: 113, kind: EpisodeKind::Deal, title: Text("陈列协议", "Display agreement"), days: 11, closed: None },
];

/// A promise made at the desk. Deadlines are days from today and minutes of that day.
struct Word {
    shop: u16,
    person: Option<usize>,
    text: Text,
    made: u64,
    answer_by: Option<(i64, u32)>,
    due: Option<(i64, u32)>,
    needs: Option<(Text, Text, i64)>,
    able: Ability,
    cents: i64,
    risk: Option<Risk>,
    end: Option<(End, i64)>,
}

const fn word(shop: u16, made: u64, text: Text) -> Word {
    Word {
        shop,
        person: Some(0),
        text,
        made,
        answer_by: None,
        due: None,
        needs: None,
        able: Ability::Checked,
        cents: 0,
        risk: None,
        end: None,
    }
}

const NOON: u32 = 12 * 60;
const EVENING: u32 = 18 * 60;

#[rustfmt::skip]
const WORDS: [Word; 7] = [
    Word { answer_by: Some((1, NOON)), needs: Some((Text("财务", "Accounts"), Text("老钱", "Qian"), 0)), able: Ability::Unchecked, risk: Some(Risk::Economic),
        ..word(102, 1, Text("答复能不能月底结账", "Say whether they may pay at the month's end")) },
    Word { due: Some((2, EVENING)), needs: Some((Text("市场部", "Marketing"), Text("小冯", "Feng"), 1)), cents: 120_000,
        ..word(105, 8, Text("申请第二台冰柜", "Apply for the second chiller")) },
    Word { person: Some(1), due: Some((-1, EVENING)), ..word(113, 6, Text("发合同样本", "Send the sample contract")) },
    Word { due: Some((-6, NOON)), end: Some((End::Kept, -7)), cents: 3_000, ..word(103, 9, Text("送一套月份标签", "Bring a set of month labels")) },
    Word { due: Some((-20, NOON)), end: Some((End::Kept, -20)), ..word(119, 24, Text("补两个货架卡", "Replace two shelf cards")) },
    Word { due: Some((-14, NOON)), end: Some((End::Broken, -13)), risk: Some(Risk::Functional), ..word(110, 17, Text("周五前送促销海报", "Bring the posters before Friday")) },
    Word { person: None, due: Some((-12, EVENING)), end: Some((End::Kept, -13)), risk: Some(Risk::Quality), ..word(118, 16, Text("三天内换货", "Replace the goods within three days")) },
];

/// All of it, of people and shops that are there.
pub(super) fn all(desk: &mut Desk<'_>, shops: &[Shop<'_>], people: &[Known]) -> Vec<Record> {
    let room = Room { shops, people };
    let mut records = Vec::new();
    let topics: Vec<Option<EpisodeId>> = TOPICS.iter().map(|topic| topic.begin(desk, &room, &mut records)).collect();
    records.extend(CALLS.iter().filter_map(|call| call.record(desk, &room, &topics)));
    let friday = (1..=7).find(|days| desk.calendar.ago(*days).weekday() == Weekday::Fri).unwrap_or(7);
    for (place, (shop, person)) in (0_u32..).zip(WRITTEN) {
        let written = Call {
            person,
            outcome: TouchOutcome::Left,
            minutes: 2,
            ..call(shop, friday, 17 * 60 + 5 * place, Channel::Sms, TouchPurpose::Greeting)
        };
        let name = room.salutation(shop);
        let message = FRIDAY_WORDS.spoken(desk.tongue).replace("{name}", &name);
        records.extend(written.touch(desk, &room, None).map(|touch| Record::Touch(Touch { message, ..touch })));
    }
    records.extend(WORDS.iter().filter_map(|word| word.record(desk, &room)));
    records
}

/// Who and what the rows are about.
struct Room<'a, 'p> {
    shops: &'a [Shop<'p>],
    people: &'a [Known],
}

impl Room<'_, '_> {
    fn shop(&self, number: u16) -> Option<CustomerId> {
        self.shops.iter().find(|shop| shop.number == number).map(|shop| shop.customer.id)
    }

    fn salutation(&self, number: u16) -> String {
        self.shops.iter().find(|shop| shop.number == number).map(|shop| shop.customer.fields.salutation.clone()).unwrap_or_default()
    }

    fn person(&self, shop: u16, place: Option<usize>) -> Option<PersonId> {
        self.people.iter().filter(|known| known.shop == shop).nth(place?).map(|known| known.id)
    }
}

/// A minute of the day so many days before today.
fn ago(desk: &Desk<'_>, days: u64, minute: u32) -> NaiveDateTime {
    desk.calendar.ago(days).and_time(NaiveTime::MIN) + TimeDelta::minutes(minute.into())
}

/// A minute of the day so many days after today.
fn ahead(desk: &Desk<'_>, (days, minute): (i64, u32)) -> NaiveDateTime {
    desk.calendar.today().and_time(NaiveTime::MIN) + TimeDelta::days(days) + TimeDelta::minutes(minute.into())
}

impl Topic {
    fn begin(&self, desk: &mut Desk<'_>, room: &Room<'_, '_>, records: &mut Vec<Record>) -> Option<EpisodeId> {
        let customer = room.shop(self.shop)?;
        let id = EpisodeId((desk.new_id)());
        let envelope = desk.envelope();
        let closed = self.closed.map(|(days, how, why)| Closed { on: desk.calendar.ago(days), how, why: why.spoken(desk.tongue) });
        let opened_on = desk.calendar.ago(self.days);
        let title = self.title.spoken(desk.tongue);
        records.push(Record::Episode(Episode { id, envelope, customer, kind: self.kind, title, opened_on, closed }));
        Some(id)
    }
}

impl Call {
    fn record(&self, desk: &mut Desk<'_>, room: &Room<'_, '_>, topics: &[Option<EpisodeId>]) -> Option<Record> {
        let episode = self.topic.and_then(|at| topics.get(at).copied().flatten());
        self.touch(desk, room, episode).map(Record::Touch)
    }

    fn touch(&self, desk: &mut Desk<'_>, room: &Room<'_, '_>, episode: Option<EpisodeId>) -> Option<Touch> {
        let customer = room.shop(self.shop)?;
        let (id, envelope) = (TouchId((desk.new_id)()), desk.envelope());
        let say = |text: Text| text.spoken(desk.tongue);
        Some(Touch {
            id,
            envelope,
            customer,
            person: room.person(self.shop, self.person),
            at: ago(desk, self.days, self.minute),
            channel: self.channel,
            purpose: self.purpose,
            reason: say(self.reason),
            strategy: self.strategy,
            outcome: self.outcome,
            mood: self.mood,
            next: say(self.next),
            episode,
            promise: None,
            message: String::new(),
            note: say(self.note),
            minutes: self.minutes,
            corrects: None,
            withdrawn: false,
        })
    }
}

impl Word {
    fn record(&self, desk: &mut Desk<'_>, room: &Room<'_, '_>) -> Option<Record> {
        let customer = room.shop(self.shop)?;
        let (id, envelope) = (PromiseId((desk.new_id)()), desk.envelope());
        let say = |text: Text| text.spoken(desk.tongue);
        let needs = self.needs.map(|(department, person, day)| Dependency {
            department: say(department),
            person: say(person),
            chase_at: ahead(desk, (day, 10 * 60)),
            chased: None,
        });
        Some(Record::Promise(Promise {
            id,
            envelope,
            customer,
            person: room.person(self.shop, self.person),
            visit: None,
            text: say(self.text),
            made: ago(desk, self.made, EVENING),
            answer_by: self.answer_by.map(|by| ahead(desk, by)),
            answered: None,
            due: self.due.map(|by| ahead(desk, by)),
            needs,
            able: self.able,
            cost: Some(Money(Decimal::new(self.cents, 2))).filter(|_| self.cents > 0),
            risks: self.risk.into_iter().collect::<BTreeSet<Risk>>(),
            end: self.end.map(|(how, day)| Ended { how, at: ahead(desk, (day, 11 * 60)), note: String::new() }),
        }))
    }
}
