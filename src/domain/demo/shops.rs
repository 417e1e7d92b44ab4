//! The list of shops: four areas, six tours, three classes. Their phone numbers lie in a range that rings nobody.

use super::market::Shelf;
use super::products::SOLD;
use super::round::Shop;
use super::{Desk, Text};
use crate::domain::customer::{Customer, CustomerClass, CustomerFields, VisitCycle};
use crate::domain::factor::Factor;
use crate::domain::id::CustomerId;
use crate::domain::product::Product;
use CustomerClass::{A, B, C};
use chrono::{Datelike, NaiveDate};

/// One shop. `number` is its code and what the story calls it by.
struct Row {
    number: u16,
    name: Text,
    class: Option<CustomerClass>,
    area: Text,
    address: Text,
    /// Who decides and how to address that person.
    person: (Text, Text),
    plan: Plan,
    lead_days: u16,
    /// How many products it usually sells.
    range: usize,
    hours: &'static str,
    note: Text,
}

/// When a shop is visited.
enum Plan {
    /// Every week on the working day so many before today.
    Tour(u8),
    /// Every so many days since the first day.
    Every(u16),
    /// Found on the road, not planned yet.
    Unplanned,
}
use Plan::{Every, Tour, Unplanned};

const OLD_TOWN: Text = Text("老城", "Old Town");
const COLLEGE: Text = Text("学府", "College");
const STATION: Text = Text("车站", "Station");
const RIVER: Text = Text("江东", "Riverside");

const ZHOU: (Text, Text) = (Text("周红梅", "Zhou Hongmei"), Text("周姐", "Mrs Zhou"));
const LI: (Text, Text) = (Text("李建国", "Li Jianguo"), Text("李叔", "Mr Li"));
const WANG: (Text, Text) = (Text("王芳", "Wang Fang"), Text("阿芳", "Fang"));
const CHEN: (Text, Text) = (Text("陈国强", "Chen Guoqiang"), Text("陈老板", "Mr Chen"));
const SUN: (Text, Text) = (Text("孙秀英", "Sun Xiuying"), Text("孙阿姨", "Mrs Sun"));
const NOBODY: (Text, Text) = (Text::NONE, Text::NONE);

const DAY: &str = "7:00–21:00";
const LONG: &str = "6:30–23:00";
const SHORT: &str = "9:00–19:30";

/// A shop without any peculiarity; the list names what is different.
const fn row(number: u16, name: Text, class: CustomerClass, area: Text, address: Text, plan: Plan, range: usize) -> Row {
    Row { number, name, class: Some(class), area, address, person: NOBODY, plan, lead_days: 1, range, hours: DAY, note: Text::NONE }
}

#[rustfmt::skip]
const ROWS: [Row; 25] = [
    Row { person: ZHOU, hours: LONG, note: Text("老板下午两点后才在，先跟周姐点货。", "The owner comes in after 2; count with Mrs Zhou first."),
        ..row(101, Text("惠民副食·建设路店", "Huimin Foods, Jianshe Road"), A, OLD_TOWN, Text("建设路128号", "128 Jianshe Road"), Tour(0), 14) },
    Row { person: CHEN, hours: LONG, lead_days: 2, note: Text("冷柜在后门，钥匙找收银台。", "The chiller is at the back door, the key at the till."),
        ..row(102, Text("好邻居生活超市", "Good Neighbour Supermarket"), A, OLD_TOWN, Text("建设路56号", "56 Jianshe Road"), Tour(0), 20) },
    Row { person: (Text("何梅", "He Mei"), Text("梅姐", "Mei")), ..row(103, Text("红梅小卖部", "Hongmei Corner Shop"), B, OLD_TOWN, Text("粮店巷3号", "3 Grain Lane"), Tour(0), 10) },
    Row { person: LI, hours: LONG, ..row(104, Text("学府路教育超市", "College Road Campus Store"), B, COLLEGE, Text("学府路1号", "1 College Road"), Tour(0), 16) },
    Row { person: WANG, ..row(105, Text("阿芳便利店", "Fang's Convenience"), A, COLLEGE, Text("学府路22号", "22 College Road"), Tour(0), 12) },
    Row { person: (Text("周大勇", "Zhou Dayong"), Text("老周", "Old Zhou")), hours: SHORT, note: Text("没有库房，货都在架上。", "No back room: everything is on the shelf."),
        ..row(106, Text("老周烟酒行", "Old Zhou's Drinks"), C, OLD_TOWN, Text("粮店巷17号", "17 Grain Lane"), Tour(0), 8) },
    Row { person: SUN, lead_days: 2, ..row(107, Text("百姓粮油店", "Baixing Grain & Oil"), B, OLD_TOWN, Text("西门街40号", "40 West Gate Street"), Tour(0), 11) },
    row(108, Text("福来水果店", "Fulai Fruit"), C, COLLEGE, Text("桃园路9号", "9 Peach Garden Road"), Tour(0), 9),
    Row { class: None, note: Text("新店，第一次拜访带上价目表。", "New shop: bring the price list to the first visit."),
        ..row(109, Text("新月便民超市", "New Moon Market"), B, COLLEGE, Text("桃园路31号", "31 Peach Garden Road"), Tour(0), 12) },
    Row { person: CHEN, lead_days: 3, ..row(110, Text("鑫源超市", "Xinyuan Supermarket"), A, STATION, Text("站前路88号", "88 Station Road"), Tour(1), 18) },
    Row { person: LI, lead_days: 2, ..row(111, Text("育才副食店", "Yucai Foods"), B, COLLEGE, Text("育才街5号", "5 Yucai Street"), Tour(1), 13) },
    Row { person: SUN, hours: SHORT, ..row(112, Text("四季鲜奶站", "Four Seasons Dairy"), B, RIVER, Text("江东路14号", "14 East Bank Road"), Tour(1), 12) },
    Row { hours: LONG, note: Text("车站管理，周末停车要登记。", "Station premises: register the car at weekends."), person: (Text("马超", "Ma Chao"), Text("马经理", "Mr Ma")),
        ..row(113, Text("车站南门超市", "South Gate Station Store"), A, STATION, Text("站前路2号", "2 Station Road"), Tour(2), 19) },
    Row { person: WANG, ..row(114, Text("晓晓零食铺", "Xiaoxiao Snacks"), C, STATION, Text("站西巷6号", "6 Station West Lane"), Tour(2), 9) },
    Row { lead_days: 2, ..row(115, Text("金桥便利", "Golden Bridge Convenience"), B, RIVER, Text("金桥路70号", "70 Golden Bridge Road"), Tour(2), 14) },
    Row { person: (Text("吴永兴", "Wu Yongxing"), Text("吴老板", "Mr Wu")), ..row(116, Text("永兴百货", "Yongxing General Store"), B, RIVER, Text("金桥路112号", "112 Golden Bridge Road"), Tour(3), 15) },
    Row { person: SUN, hours: SHORT, ..row(117, Text("大院小卖部", "Courtyard Kiosk"), C, OLD_TOWN, Text("机械厂家属院", "Machine Works Estate"), Tour(3), 8) },
    Row { lead_days: 2, ..row(118, Text("江畔副食", "Riverbank Foods"), B, RIVER, Text("江东路66号", "66 East Bank Road"), Tour(3), 13) },
    Row { person: ZHOU, hours: LONG, ..row(119, Text("东风市场三号店", "East Wind Market No. 3"), A, RIVER, Text("东风市场3号", "3 East Wind Market"), Tour(4), 18) },
    Row { lead_days: 3, ..row(120, Text("明月超市", "Bright Moon Supermarket"), B, STATION, Text("站西巷21号", "21 Station West Lane"), Tour(4), 14) },
    Row { person: LI, hours: SHORT, ..row(121, Text("康乐食杂店", "Kangle Grocery"), C, STATION, Text("站前路140号", "140 Station Road"), Tour(5), 10) },
    Row { person: WANG, ..row(122, Text("天天见便利店", "Everyday Convenience"), B, COLLEGE, Text("育才街18号", "18 Yucai Street"), Tour(5), 13) },
    Row { lead_days: 3, note: Text("进园区要提前一天报车牌。", "Give the gate the number plate a day ahead."), person: (Text("郑海", "Zheng Hai"), Text("郑主管", "Mr Zheng")),
        ..row(123, Text("工业园员工超市", "Industrial Park Staff Shop"), B, RIVER, Text("工业园二路", "Industrial Park Road Two"), Every(14), 15) },
    // Entered a second time on the phone: the number is the one of 101.
    Row { class: None, person: (Text::NONE, Text("周姐", "Mrs Zhou")), ..row(124, Text("惠民副食", "Huimin Foods"), C, OLD_TOWN, Text("建设路", "Jianshe Road"), Unplanned, 8) },
    Row { note: Text("已转让，新店主不进货。", "Sold; the new owner does not buy."), ..row(125, Text("顺达超市", "Shunda Supermarket"), C, STATION, Text("站前路35号", "35 Station Road"), Tour(2), 8) },
];

/// The shop that keeps nothing behind the counter.
const WITHOUT_BACK: u16 = 106;
/// The shop that was entered twice, and its double.
const TWICE: (u16, u16) = (101, 124);
/// The shop that was sold three weeks ago.
pub(super) const ARCHIVED: u16 = 125;
/// The shop that wants more in hand than others, with its factor in hundredths.
const CAREFUL: (u16, u16) = (113, 180);
/// Shops that sold the product that is no longer made.
const SOLD_THE_OLD: [u16; 3] = [101, 102, 113];
/// Days since a shop was found, where it was not there from the first day on.
const NEW: [(u16, u64); 2] = [(109, 3), (124, 5)];

/// All shops as they were before their first visit.
pub(super) fn all<'p>(desk: &mut Desk<'_>, products: &'p [(Product, i64)]) -> Vec<Shop<'p>> {
    ROWS.iter().map(|row| shop(desk, row, products)).collect()
}

fn shop<'p>(desk: &mut Desk<'_>, row: &Row, products: &'p [(Product, i64)]) -> Shop<'p> {
    let mut shelves = shelves(desk, row, products);
    let range = shelves.iter().map(|shelf| shelf.product.id).collect();
    if SOLD_THE_OLD.contains(&row.number) {
        let ended = desk.calendar.ago(22);
        let start = desk.calendar.start();
        let mut old: Vec<_> =
            products.last().map(|(product, pace)| Shelf::new(product, *pace, row.class, start, &mut desk.dice)).into_iter().collect();
        old.iter_mut().for_each(|shelf| shelf.end(ended));
        shelves.extend(old);
    }
    let customer = Customer {
        id: CustomerId((desk.new_id)()),
        envelope: desk.envelope(),
        fields: fields(desk, row),
        created_on: created_on(desk, row.number),
        range,
        merged_into: None,
    };
    Shop::new(row.number, customer, shelves, matches!(row.plan, Every(_)))
}

fn created_on(desk: &Desk<'_>, number: u16) -> NaiveDate {
    let days = NEW.iter().find(|(new, _)| *new == number).map(|(_, days)| *days);
    days.map_or(desk.calendar.start(), |days| desk.calendar.ago(days))
}

fn fields(desk: &Desk<'_>, row: &Row) -> CustomerFields {
    let say = |text: Text| text.spoken(desk.tongue);
    let (route_day, cycle) = match row.plan {
        Tour(tour) => (Some(desk.calendar.tour_day(tour, 0).weekday()), VisitCycle::WEEK),
        Every(days) => (None, VisitCycle::new(days).unwrap_or(VisitCycle::WEEK)),
        Unplanned => (None, VisitCycle::WEEK),
    };
    // 140 belongs to machines, which have 13 digits: with 11 nobody answers.
    let phone = if row.number == TWICE.1 { TWICE.0 } else { row.number };
    CustomerFields {
        code: format!("C{:04}", row.number),
        class: row.class,
        area: say(row.area),
        address: say(row.address),
        phone: format!("140-5550-0{phone}"),
        contact: say(row.person.0),
        salutation: say(row.person.1),
        route_day,
        cycle,
        lead_days: row.lead_days,
        factor: Factor::from_hundredths(CAREFUL.1).filter(|_| row.number == CAREFUL.0),
        has_back_stock: row.number != WITHOUT_BACK,
        opening_hours: row.hours.to_owned(),
        note: say(row.note),
        archived: row.number == ARCHIVED,
        ..CustomerFields::named(say(row.name))
    }
}

/// A part of the list in its order, a different one for each shop: 7 and 30 share no divisor, so no product comes twice.
fn shelves<'p>(desk: &mut Desk<'_>, row: &Row, products: &'p [(Product, i64)]) -> Vec<Shelf<'p>> {
    let first = usize::from(row.number - 101) * 3;
    let chosen: Vec<usize> = (0..row.range).map(|step| (first + step * 7) % SOLD).collect();
    let sold = products.iter().enumerate().filter(|(at, _)| chosen.contains(at));
    let start = desk.calendar.start();
    sold.map(|(_, (product, pace))| Shelf::new(product, *pace, row.class, start, &mut desk.dice)).collect()
}
