//! Records as text: `{"v":1, …}`. The version is the number of upgrade steps + 1; a stored shape is never edited in place but
//! gets a step here and a golden file in `tests/golden/`. A newer version than known is refused, never guessed at.

use crate::domain::book::Record;
use crate::domain::customer::{Customer, CustomerDraft};
use crate::domain::draft::VisitDraft;
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Customer,
    Product,
    Summary,
    Settings,
    Visit,
    Order,
}

impl Kind {
    pub const ALL: [Kind; 6] = [Kind::Customer, Kind::Product, Kind::Summary, Kind::Settings, Kind::Visit, Kind::Order];
}

/// A record ready to be stored: its key, the shop it is found by, and its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub kind: Kind,
    pub id: String,
    /// Set for events, which are read by shop.
    pub customer: Option<String>,
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
    fn from(error: serde_json::Error) -> Self {
        Unreadable::Malformed(error.to_string())
    }
}

/// The text of a record.
pub fn encode(record: &Record) -> Result<Row, Unreadable> {
    let (kind, id, customer, body) = match record {
        Record::Customer(record) => (Kind::Customer, record.id.to_string(), None, body(record)?),
        Record::Product(record) => (Kind::Product, record.id.to_string(), None, body(record)?),
        Record::Summary(record) => (Kind::Summary, record.id.to_string(), None, body(record)?),
        Record::Settings(record) => (Kind::Settings, SETTINGS_ID.to_owned(), None, body(record)?),
        Record::Visit(record) => (Kind::Visit, record.id.to_string(), Some(record.customer.to_string()), body(record)?),
        Record::Order(record) => (Kind::Order, record.id.to_string(), Some(record.customer.to_string()), body(record)?),
    };
    Ok(Row { kind, id, customer, body })
}

/// The record a text holds, upgraded to today's shape.
pub fn decode(kind: Kind, text: &str) -> Result<Record, Unreadable> {
    Ok(match kind {
        Kind::Customer => Record::Customer(read::<Customer>(text)?),
        Kind::Product => Record::Product(read::<Product>(text)?),
        Kind::Summary => Record::Summary(read::<Summary>(text)?),
        Kind::Settings => Record::Settings(read::<Settings>(text)?),
        Kind::Visit => Record::Visit(read::<Visit>(text)?),
        Kind::Order => Record::Order(read::<Order>(text)?),
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
    ($($shape:ty: $upgrades:expr;)*) => {$(
        impl Shape for $shape {
            const UPGRADES: &'static [fn(&mut Value)] = $upgrades;
        }
    )*};
}

shapes! {
    Customer: &[];
    Product: &[];
    Summary: &[];
    Settings: &[];
    Visit: &[];
    Order: &[];
    VisitDraft: &[];
    CustomerDraft: &[];
    ProductDraft: &[];
}

/// The text of one shape with its version in front.
pub fn body<T: Shape>(shape: &T) -> Result<String, Unreadable> {
    let plain = serde_json::to_string(shape)?;
    let fields = plain.strip_prefix('{').ok_or_else(|| Unreadable::Malformed("not an object".to_owned()))?;
    let comma = if fields == "}" { "" } else { "," };
    Ok(format!("{{\"v\":{}{comma}{fields}", T::UPGRADES.len() + 1))
}

/// One shape from its text, upgraded.
pub fn read<T: Shape>(text: &str) -> Result<T, Unreadable> {
    let current = T::UPGRADES.len() + 1;
    let Versioned { v } = serde_json::from_str(text)?;
    let version = usize::try_from(v).unwrap_or(usize::MAX);
    if version == current {
        return Ok(serde_json::from_str(text)?);
    }
    if version > current {
        return Err(Unreadable::Newer { version: v });
    }
    if version == 0 {
        return Err(Unreadable::Malformed("version 0".to_owned()));
    }
    let mut value: Value = serde_json::from_str(text)?;
    for upgrade in T::UPGRADES.iter().skip(version - 1) {
        upgrade(&mut value);
    }
    Ok(serde_json::from_value(value)?)
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
