//! Records as text: `{"v":1, …}`. The version is the number of upgrade steps + 1; a stored shape is never edited in place but
//! gets a step here and a golden file in `tests/golden/`. A newer version than known is refused, never guessed at.

use super::sound::{self, Fault};
use super::strict;
use super::upgrades;
use crate::domain::book::Record;
use crate::domain::customer::{Customer, CustomerDraft};
use crate::domain::delivery::Delivery;
use crate::domain::dispatch::Dispatch;
use crate::domain::draft::VisitDraft;
use crate::domain::draft_head::DraftHead;
use crate::domain::id::CustomerId;
use crate::domain::order::Order;
use crate::domain::product::{Product, ProductDraft};
use crate::domain::settings::Settings;
use crate::domain::summary::Summary;
use crate::domain::visit::Visit;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fmt;

/// What a stored text holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Customer,
    Product,
    Summary,
    Settings,
    Visit,
    Order,
    Delivery,
    Dispatch,
}

impl Kind {
    pub const ALL: [Kind; 8] =
        [Kind::Customer, Kind::Product, Kind::Summary, Kind::Settings, Kind::Visit, Kind::Order, Kind::Delivery, Kind::Dispatch];

    /// Append-only: added once, never written over.
    pub fn is_event(self) -> bool {
        matches!(self, Kind::Visit | Kind::Order | Kind::Delivery)
    }
}

/// A record ready to be stored: its key, the shop it is found by, and its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub kind: Kind,
    pub id: String,
    /// Set for events, which are read by shop.
    pub customer: Option<String>,
    /// Set for an order's way to the warehouse: the day it is found by.
    pub day: Option<String>,
    /// Set where the warehouse has not heard of it.
    pub unsent: bool,
    pub body: String,
}

/// Why a stored text cannot be used. The text itself is kept where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// Written by a newer version of the app.
    Newer {
        version: u32,
    },
    Malformed(String),
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unreadable::Newer { version } => write!(f, "written by a newer version (shape {version})"),
            Unreadable::Malformed(why) => write!(f, "not a readable record: {why}"),
        }
    }
}

impl From<serde_json::Error> for Unreadable {
    /// Shortened: a report names what it found, and that can be as long as the file.
    fn from(error: serde_json::Error) -> Self {
        Unreadable::Malformed(error.to_string().chars().take(200).collect())
    }
}

impl From<strict::Fault> for Unreadable {
    fn from(fault: strict::Fault) -> Self {
        Unreadable::Malformed(fault.to_string())
    }
}

/// The text of a record with the fields it is found by. What [`decode`] would set aside is not written.
pub fn encode(record: &Record) -> Result<Row, Unreadable> {
    within(sound::fault(record))?;
    let row = |kind, id: String, body| Row { kind, id, customer: None, day: None, unsent: false, body };
    let event = |kind, id: String, customer: CustomerId, body| Row { customer: Some(customer.to_string()), ..row(kind, id, body) };
    Ok(match record {
        Record::Customer(record) => row(Kind::Customer, record.id.to_string(), body(record)?),
        Record::Product(record) => row(Kind::Product, record.id.to_string(), body(record)?),
        Record::Summary(record) => row(Kind::Summary, record.id.to_string(), body(record)?),
        Record::Settings(record) => row(Kind::Settings, SETTINGS_ID.to_owned(), body(record)?),
        Record::Visit(record) => event(Kind::Visit, record.id.to_string(), record.customer, body(record)?),
        Record::Order(record) => event(Kind::Order, record.id.to_string(), record.customer, body(record)?),
        Record::Delivery(record) => event(Kind::Delivery, record.id.to_string(), record.customer, body(record)?),
        Record::Dispatch(record) => Row {
            day: Some(record.on.to_string()),
            unsent: record.is_unsent(),
            ..row(Kind::Dispatch, record.id.to_string(), body(record)?)
        },
    })
}

/// The record a text holds, upgraded to today's shape and within what the app can have written.
pub fn decode(kind: Kind, text: &str) -> Result<Record, Unreadable> {
    Ok(match kind {
        Kind::Visit => Record::Visit(read_sound::<Visit>(text, sound::visit)?),
        Kind::Order => Record::Order(read_sound::<Order>(text, sound::order)?),
        Kind::Delivery => Record::Delivery(read_sound::<Delivery>(text, sound::delivery)?),
        kind => {
            let record = decode_held(kind, text)?;
            strict::check(text)?;
            record
        }
    })
}

/// A record of those that are held in memory, no event: what the first screen needs, without the readers of what it does not. Of
/// today's shape only the fields it knows are looked at, each of which is there once, is short and in range: with thousands of records
/// at every start, looking twice would be felt.
pub fn decode_held(kind: Kind, text: &str) -> Result<Record, Unreadable> {
    Ok(match kind {
        Kind::Customer => Record::Customer(held::<Customer>(text, sound::customer)?),
        Kind::Product => Record::Product(held::<Product>(text, sound::product)?),
        Kind::Summary => Record::Summary(held::<Summary>(text, sound::summary)?),
        Kind::Settings => Record::Settings(held::<Settings>(text, sound::settings)?),
        Kind::Dispatch => Record::Dispatch(held::<Dispatch>(text, sound::dispatch)?),
        Kind::Visit | Kind::Order | Kind::Delivery => return Err(Unreadable::Malformed("an event is not held".to_owned())),
    })
}

/// A shape whose values are in range: a record that somebody reached into the database to change is set aside like a broken one.
fn read_sound<T: Shape>(text: &str, fault: fn(&T) -> Fault) -> Result<T, Unreadable> {
    let shape = read::<T>(text)?;
    within(fault(&shape))?;
    Ok(shape)
}

fn held<T: Shape>(text: &str, fault: fn(&T) -> Fault) -> Result<T, Unreadable> {
    if leading_version(text) != Some(version::<T>()) {
        return read_sound(text, fault);
    }
    let shape = serde_json::from_str(text)?;
    within(fault(&shape))?;
    Ok(shape)
}

/// The newest version of a shape.
fn version<T: Shape>() -> u32 {
    u32::try_from(T::UPGRADES.len() + 1).unwrap_or(u32::MAX)
}

fn within(fault: Fault) -> Result<(), Unreadable> {
    fault.map_or(Ok(()), |what| Err(Unreadable::Malformed(format!("out of range: {what}"))))
}

/// The record a text holds, whatever its values: for readers that say themselves what is out of range.
pub(super) fn parse(kind: Kind, text: &str) -> Result<Record, Unreadable> {
    Ok(match kind {
        Kind::Customer => Record::Customer(read(text)?),
        Kind::Product => Record::Product(read(text)?),
        Kind::Summary => Record::Summary(read(text)?),
        Kind::Settings => Record::Settings(read(text)?),
        Kind::Visit => Record::Visit(read(text)?),
        Kind::Order => Record::Order(read(text)?),
        Kind::Delivery => Record::Delivery(read(text)?),
        Kind::Dispatch => Record::Dispatch(read(text)?),
    })
}

/// The key of the one settings record.
pub const SETTINGS_ID: &str = "settings";

/// A shape that is written down. Its version is the number of its upgrade steps + 1.
pub trait Shape: Serialize + DeserializeOwned {
    /// Step `i` turns version `i + 1` into `i + 2`; pure, on plain JSON.
    const UPGRADES: &'static [fn(&mut Value)];
}

macro_rules! shapes {
    ($($shape:ty: $upgrades:expr;)*) => {
        $(impl Shape for $shape {
            const UPGRADES: &'static [fn(&mut Value)] = $upgrades;
        })*

        /// How many steps all shapes have made: higher in an app that writes anything newer.
        pub const GENERATION: u32 = 0 $(+ <$shape as Shape>::UPGRADES.len() as u32)*;
    };
}

shapes! {
    Customer: &[upgrades::customer_2, upgrades::customer_3];
    Product: &[upgrades::product_2, upgrades::product_3];
    Summary: &[upgrades::summary_2];
    Settings: &[upgrades::settings_2, upgrades::settings_3];
    Visit: &[upgrades::visit_2, upgrades::visit_3];
    Order: &[upgrades::order_2];
    Delivery: &[];
    Dispatch: &[];
    VisitDraft: &[upgrades::visit_draft_2, upgrades::visit_draft_3];
    // The same text.
    DraftHead: &[upgrades::visit_draft_2, upgrades::visit_draft_3];
    // Their fields have defaults: an older text is a newer one with empty fields.
    CustomerDraft: &[upgrades::nothing, upgrades::nothing];
    ProductDraft: &[upgrades::nothing, upgrades::nothing];
}

/// Whether a text says of itself that it is of its kind's newest shape. Every such text was written by [`encode`].
pub fn is_newest(kind: Kind, text: &str) -> bool {
    fn newest<T: Shape>(text: &str) -> bool {
        leading_version(text) == Some(version::<T>())
    }
    match kind {
        Kind::Customer => newest::<Customer>(text),
        Kind::Product => newest::<Product>(text),
        Kind::Summary => newest::<Summary>(text),
        Kind::Settings => newest::<Settings>(text),
        Kind::Visit => newest::<Visit>(text),
        Kind::Order => newest::<Order>(text),
        Kind::Delivery => newest::<Delivery>(text),
        Kind::Dispatch => newest::<Dispatch>(text),
    }
}

/// The text of one shape with its version in front.
pub fn body<T: Shape>(shape: &T) -> Result<String, Unreadable> {
    let plain = serde_json::to_string(shape)?;
    let fields = plain.strip_prefix('{').ok_or_else(|| Unreadable::Malformed("not an object".to_owned()))?;
    let comma = if fields == "}" { "" } else { "," };
    Ok(format!("{{\"v\":{}{comma}{fields}", version::<T>()))
}

/// One shape from its text, upgraded.
pub fn read<T: Shape>(text: &str) -> Result<T, Unreadable> {
    let v = match leading_version(text) {
        Some(v) => v,
        None => serde_json::from_str::<Versioned>(text)?.v,
    };
    if v > version::<T>() {
        return Err(Unreadable::Newer { version: v });
    }
    strict::check(text)?;
    if v == version::<T>() {
        return Ok(serde_json::from_str(text)?);
    }
    let Some(done) = usize::try_from(v).ok().and_then(|v| v.checked_sub(1)) else {
        return Err(Unreadable::Malformed("version 0".to_owned()));
    };
    let mut value: Value = serde_json::from_str(text)?;
    for upgrade in T::UPGRADES.iter().skip(done) {
        upgrade(&mut value);
    }
    // By way of text: reading from a `Value` would be a second copy of every reader in the binary.
    Ok(serde_json::from_str(&value.to_string())?)
}

/// The version of a text as [`body`] writes it, without looking at the rest: reading all of it twice was a third of the time that
/// checking a backup takes.
fn leading_version(text: &str) -> Option<u32> {
    let (version, _) = text.strip_prefix("{\"v\":")?.split_once([',', '}'])?;
    version.parse().ok()
}

#[derive(Deserialize)]
struct Versioned {
    v: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Renamed {
        after: u32,
    }

    impl Shape for Renamed {
        const UPGRADES: &'static [fn(&mut Value)] = &[|value| {
            let old = value["before"].take();
            value["after"] = old;
        }];
    }

    #[test]
    fn an_older_shape_is_upgraded_and_a_newer_one_refused() {
        assert_eq!(body(&Renamed { after: 5 }).unwrap(), r#"{"v":2,"after":5}"#);
        assert_eq!(read::<Renamed>(r#"{"v":1,"before":5}"#), Ok(Renamed { after: 5 }));
        assert_eq!(read::<Renamed>(r#"{"v":2,"after":5}"#), Ok(Renamed { after: 5 }));
        assert_eq!(read::<Renamed>(r#"{"v":3,"after":5}"#), Err(Unreadable::Newer { version: 3 }));
        for bad in ["", "{}", "[]", r#"{"v":0,"after":5}"#, r#"{"v":2}"#, r#"{"v":-1,"after":5}"#, r#"{"v":2,"after":5"#] {
            assert!(matches!(read::<Renamed>(bad), Err(Unreadable::Malformed(_))), "{bad}");
        }
    }
}
