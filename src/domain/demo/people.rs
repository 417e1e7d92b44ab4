//! Who there is at the shops, and how each shop is followed up. Phone numbers lie in the range that rings nobody.

use super::calendar::after;
use super::round::Shop;
use super::{Desk, Text};
use crate::domain::book::Record;
use crate::domain::channel::Channel;
use crate::domain::id::{CustomerId, PersonId};
use crate::domain::person::{BuyingRole, Decides, Fact, Handle, HandleKind, Person, PersonFields};
use crate::domain::profile::{Approach, BuyerStyle, Profile, Snooze, Stage, Tier, Tip};
use crate::domain::special_day::{Calendar, DayKind, SpecialDay};
use BuyingRole::{Approver, Buyer, Decider, Gatekeeper, Influencer, User};
use chrono::Datelike;

/// One person. `shop` and the place among the shop's people, from 0, are what the story calls them by.
struct Row {
    shop: u16,
    name: Text,
    salutation: Text,
    title: Text,
    roles: &'static [BuyingRole],
    decides: Decides,
    /// The last digits of the phone; 0: not known.
    phone: u16,
    handle: Option<HandleKind>,
    preferred: Option<Channel>,
    birthday: Option<Birthday>,
    interests: Text,
    /// What is known, from whom, since how many days.
    fact: Option<(Text, Text, u64)>,
}

/// When a person was born.
enum Birthday {
    /// So many days from today, and so many years ago.
    In(u64, i32),
    /// Month and day of the Chinese calendar.
    Lunar(u8, u8),
}
use Birthday::{In, Lunar};

const OWNER: Text = Text("老板", "Owner");
const MANAGER: Text = Text("店长", "Manager");

/// Somebody of whom only the name is known; the list adds the rest.
const fn row(shop: u16, name: Text, salutation: Text, title: Text) -> Row {
    Row {
        shop,
        name,
        salutation,
        title,
        roles: &[],
        decides: Decides::Unknown,
        phone: 0,
        handle: None,
        preferred: None,
        birthday: None,
        interests: Text::NONE,
        fact: None,
    }
}

#[rustfmt::skip]
const ROWS: [Row; 15] = [
    Row { roles: &[User, Gatekeeper], decides: Decides::No, phone: 1, handle: Some(HandleKind::Wechat), preferred: Some(Channel::Chat),
        fact: Some((Text("女儿今年高三", "Her daughter is in her last year at school"), Text("聊天时说的", "Said so herself"), 20)),
        ..row(101, Text("周红梅", "Zhou Hongmei"), Text("周姐", "Mrs Zhou"), MANAGER) },
    Row { roles: &[Decider, Approver], decides: Decides::Yes, phone: 2, preferred: Some(Channel::Phone), birthday: Some(In(3, 51)), interests: Text("钓鱼", "Fishing"),
        fact: Some((Text("下午两点后才到店", "Comes in after two"), Text("周姐", "Mrs Zhou"), 34)),
        ..row(101, Text("惠志强", "Hui Zhiqiang"), Text("惠老板", "Mr Hui"), OWNER) },
    Row { roles: &[Decider, Buyer], decides: Decides::Yes, phone: 3, handle: Some(HandleKind::Wechat), preferred: Some(Channel::Phone), birthday: Some(Lunar(8, 15)), interests: Text("乒乓球", "Table tennis"),
        ..row(102, Text("陈国强", "Chen Guoqiang"), Text("陈老板", "Mr Chen"), OWNER) },
    Row { roles: &[User], decides: Decides::No, ..row(102, Text("小林", "Lin"), Text("小林", "Lin"), Text("理货员", "Shelf clerk")) },
    Row { roles: &[Decider], decides: Decides::Yes, phone: 4, ..row(103, Text("何梅", "He Mei"), Text("梅姐", "Mei"), OWNER) },
    Row { roles: &[Buyer], decides: Decides::No, phone: 5, ..row(104, Text("李建国", "Li Jianguo"), Text("李叔", "Mr Li"), MANAGER) },
    Row { roles: &[Approver, Decider], decides: Decides::Yes, ..row(104, Text("赵敏", "Zhao Min"), Text("赵科长", "Mrs Zhao"), Text("后勤科长", "Head of services")) },
    Row { roles: &[Decider, User], decides: Decides::Yes, phone: 6, handle: Some(HandleKind::Wechat), preferred: Some(Channel::Chat), birthday: Some(In(0, 38)), interests: Text("烘焙", "Baking"),
        fact: Some((Text("想加一台冰柜", "Would like a second chiller"), Text("上次拜访", "At the last visit"), 8)),
        ..row(105, Text("王芳", "Wang Fang"), Text("阿芳", "Fang"), OWNER) },
    Row { roles: &[Decider], decides: Decides::Yes, phone: 7, ..row(110, Text("陈国强", "Chen Guoqiang"), Text("陈老板", "Mr Chen"), OWNER) },
    Row { roles: &[User, Influencer], decides: Decides::No, phone: 8, ..row(112, Text("孙秀英", "Sun Xiuying"), Text("孙阿姨", "Mrs Sun"), MANAGER) },
    Row { roles: &[Decider, Approver], decides: Decides::Yes, phone: 9, handle: Some(HandleKind::Email), preferred: Some(Channel::Phone),
        ..row(113, Text("马超", "Ma Chao"), Text("马经理", "Mr Ma"), MANAGER) },
    Row { roles: &[Influencer], decides: Decides::No, phone: 10, ..row(113, Text("田静", "Tian Jing"), Text("田会计", "Mrs Tian"), Text("会计", "Accountant")) },
    Row { roles: &[Decider], decides: Decides::Yes, phone: 11, birthday: Some(In(12, 45)), ..row(116, Text("吴永兴", "Wu Yongxing"), Text("吴老板", "Mr Wu"), OWNER) },
    Row { roles: &[Decider, Buyer], decides: Decides::Yes, phone: 12, handle: Some(HandleKind::Wechat), preferred: Some(Channel::Sms),
        ..row(119, Text("周红梅", "Zhou Hongmei"), Text("周姐", "Mrs Zhou"), OWNER) },
    Row { roles: &[Gatekeeper], decides: Decides::No, phone: 13, ..row(123, Text("郑海", "Zheng Hai"), Text("郑主管", "Mr Zheng"), Text("行政主管", "Site office")) },
];

/// How one shop is followed up.
struct Plan {
    shop: u16,
    stage: Stage,
    tier: Option<Tier>,
    approach: Option<Approach>,
    style: Option<BuyerStyle>,
    /// What was told, and how many days ago.
    tip: Option<(Text, u64)>,
    /// The shop's anniversary, so many days from today.
    anniversary: Option<u64>,
    /// Quiet for so many days, and why.
    quiet: Option<(u64, Text)>,
}

const fn plan(shop: u16, stage: Stage) -> Plan {
    Plan { shop, stage, tier: None, approach: None, style: None, tip: None, anniversary: None, quiet: None }
}

#[rustfmt::skip]
const PLANS: [Plan; 13] = [
    Plan { tier: Some(Tier::First), approach: Some(Approach::Service), style: Some(BuyerStyle::Economic),
        tip: Some((Text("冰柜每周除霜，更省电", "Defrosting the chiller every week saves power"), 15)), ..plan(101, Stage::Key) },
    Plan { approach: Some(Approach::Product), tip: Some((Text("先进先出贴月份标签", "Month labels keep older goods in front"), 9)), ..plan(102, Stage::Signed) },
    plan(103, Stage::Signed),
    Plan { tier: Some(Tier::First), approach: Some(Approach::Charm), style: Some(BuyerStyle::Convenient), ..plan(105, Stage::Key) },
    plan(109, Stage::Prospect),
    plan(110, Stage::Signed),
    Plan { approach: Some(Approach::Interest), style: Some(BuyerStyle::Economic), ..plan(113, Stage::AboutToSign) },
    Plan { tier: Some(Tier::Second), ..plan(116, Stage::LongTerm) },
    Plan { quiet: Some((4, Text("老板回老家，下周再说", "The owner is away until next week"))), ..plan(117, Stage::Signed) },
    plan(118, Stage::Signed),
    plan(119, Stage::Key),
    Plan { anniversary: Some(5), ..plan(122, Stage::Signed) },
    plan(124, Stage::Prospect),
];

/// The person at a place of a shop's list, for who is written to or promised something.
pub(super) struct Known {
    pub(super) shop: u16,
    pub(super) id: PersonId,
}

/// The records of all people and plans, and the people as the story calls them.
pub(super) fn all(desk: &mut Desk<'_>, shops: &[Shop<'_>]) -> (Vec<Record>, Vec<Known>) {
    let (mut records, mut known) = (Vec::new(), Vec::new());
    let shop_of = |number: u16| shops.iter().find(|shop| shop.number == number).map(|shop| shop.customer.id);
    for row in &ROWS {
        let Some(customer) = shop_of(row.shop) else { continue };
        let id = PersonId((desk.new_id)());
        known.push(Known { shop: row.shop, id });
        let envelope = desk.envelope();
        records.push(Record::Person(Person { id, envelope, customer, fields: fields(desk, row), forgotten_on: None }));
    }
    for plan in &PLANS {
        records.extend(shop_of(plan.shop).map(|customer| Record::Profile(profile(desk, plan, customer))));
    }
    (records, known)
}

fn fields(desk: &Desk<'_>, row: &Row) -> PersonFields {
    let say = |text: Text| text.spoken(desk.tongue);
    let today = desk.calendar.today();
    let day = |calendar, month: u32, day: u32, year| SpecialDay {
        kind: DayKind::Birthday,
        label: String::new(),
        calendar,
        month: u8::try_from(month).unwrap_or(1),
        day: u8::try_from(day).unwrap_or(1),
        year,
    };
    let birthday = row.birthday.as_ref().map(|birthday| match birthday {
        In(days, age) => {
            let on = after(today, *days);
            day(Calendar::Solar, on.month(), on.day(), u16::try_from(on.year() - age).ok())
        }
        Lunar(month, of_month) => day(Calendar::Lunar, (*month).into(), (*of_month).into(), None),
    });
    let fact = row.fact.map(|(text, source, days)| Fact { text: say(text), source: say(source), on: desk.calendar.ago(days) });
    let address = |kind| match kind {
        HandleKind::Email => format!("shop{}@example.com", row.shop),
        _ => format!("demo-{}-{}", row.shop, row.phone),
    };
    PersonFields {
        name: say(row.name),
        title: say(row.title),
        salutation: say(row.salutation),
        roles: row.roles.iter().copied().collect(),
        decides: row.decides,
        phones: Some(row.phone).filter(|phone| *phone > 0).map(|phone| format!("140-5551-{phone:04}")).into_iter().collect(),
        handles: row.handle.map(|kind| Handle { kind, text: address(kind) }).into_iter().collect(),
        preferred: row.preferred,
        days: birthday.into_iter().collect(),
        interests: say(row.interests),
        facts: fact.into_iter().collect(),
        ..PersonFields::default()
    }
}

fn profile(desk: &mut Desk<'_>, plan: &Plan, customer: CustomerId) -> Profile {
    let envelope = desk.envelope();
    let say = |text: Text| text.spoken(desk.tongue);
    let today = desk.calendar.today();
    let anniversary = plan.anniversary.map(|days| {
        let on = after(today, days);
        SpecialDay {
            kind: DayKind::Anniversary,
            label: String::new(),
            calendar: Calendar::Solar,
            month: u8::try_from(on.month()).unwrap_or(1),
            day: u8::try_from(on.day()).unwrap_or(1),
            year: u16::try_from(on.year() - 8).ok(),
        }
    });
    Profile {
        stage: Some(plan.stage),
        tier: plan.tier,
        approach: plan.approach,
        style: plan.style,
        tips: plan.tip.map(|(text, days)| Tip { text: say(text), on: desk.calendar.ago(days) }).into_iter().collect(),
        days: anniversary.into_iter().collect(),
        snooze: plan.quiet.map(|(days, reason)| Snooze { until: after(today, days), reason: say(reason) }),
        ..Profile::blank(customer, envelope)
    }
}
