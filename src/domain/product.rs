//! A product: what it is called, how it is packed, what it costs, how long it keeps. Only the name is required; without units per
//! case it is sold by the unit.

use super::customer::{FieldProblem, Problems};
use super::factor::{Factor, Uplift};
use super::id::ProductId;
use super::money::{Money, Prices};
use super::note;
use super::quantity::{PackSize, Units};
use super::stamp::Envelope;
use super::text::{self, NAME_MAX, SHORT_MAX};
use super::typed::{self, NumberProblem};
use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

/// A product the rep sells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Product {
    pub id: ProductId,
    pub envelope: Envelope,
    pub fields: ProductFields,
}

impl Product {
    /// Still sold.
    pub fn is_active(&self) -> bool {
        !self.fields.archived && !self.envelope.deleted
    }
}

/// What is known of a product. An empty unit or case name is shown by the language's own general word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductFields {
    pub name: String,
    /// A second name to find it by: another language, a short form.
    pub other_name: String,
    pub code: String,
    pub barcode: String,
    /// 瓶, 杯, pack: what one base unit is called.
    pub unit: String,
    /// 件, 箱, case: what a full case is called.
    pub case: String,
    pub size: PackSize,
    pub prices: Prices,
    pub shelf_life: Option<ShelfLife>,
    /// The least a shop can order, in base units; zero: any quantity.
    pub minimum_order: Units,
    /// How many units the front usually holds; zero: not known.
    pub front_capacity: Units,
    /// The least the shelf has to show, in base units; zero: nothing.
    pub minimum_display: Units,
    /// What a shop has room for in all, in base units; zero: any quantity.
    pub capacity: Units,
    /// A safety factor of its own.
    pub factor: Option<Factor>,
    /// Days from production to delivery; none: learnt from the dates counted at each shop.
    pub delivery_age: Option<u16>,
    pub promotion: Option<Promotion>,
    /// Where it stands in lists, smallest first; zero: behind those with a place.
    pub display_order: u32,
    /// No longer sold: on no list, its history kept.
    pub archived: bool,
}

/// Sales at another pace for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promotion {
    /// Its last day.
    pub until: NaiveDate,
    pub uplift: Uplift,
}

/// How long a product keeps from its production date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShelfLife {
    Days(u32),
    /// Calendar months, clamped to the month's end.
    Months(u32),
}

impl ShelfLife {
    /// Twenty years: beyond, a figure was mistyped.
    const MAX_DAYS: u32 = 7_300;
    const MAX_MONTHS: u32 = 240;

    /// A life of at least one day or month, at most twenty years.
    pub fn new(count: u32, in_months: Months) -> Result<ShelfLife, NumberProblem> {
        let (life, max) = match in_months {
            Months::Yes => (ShelfLife::Months(count), Self::MAX_MONTHS),
            Months::No => (ShelfLife::Days(count), Self::MAX_DAYS),
        };
        match count {
            0 => Err(NumberProblem::TooSmall),
            _ if count > max => Err(NumberProblem::TooLarge),
            _ => Ok(life),
        }
    }
}

/// Whether a shelf life is given in months instead of days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Months {
    #[default]
    No,
    Yes,
}

impl ProductFields {
    /// A product of which only the name is known.
    pub fn named(name: String) -> ProductFields {
        ProductFields {
            name,
            other_name: String::new(),
            code: String::new(),
            barcode: String::new(),
            unit: String::new(),
            case: String::new(),
            size: PackSize::ONE,
            prices: Prices::default(),
            shelf_life: None,
            minimum_order: Units::ZERO,
            front_capacity: Units::ZERO,
            minimum_display: Units::ZERO,
            capacity: Units::ZERO,
            factor: None,
            delivery_age: None,
            promotion: None,
            display_order: 0,
            archived: false,
        }
    }

    /// A key that sorts products as lists show them: by place, those without one behind.
    pub fn place(&self) -> i64 {
        if self.display_order == 0 { i64::MAX } else { self.display_order.into() }
    }
}

/// The longest unit or case name, in characters.
pub const PACK_NAME_MAX: usize = 8;

/// The form as typed, kept until it is saved.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProductDraft {
    pub name: String,
    pub other_name: String,
    pub code: String,
    pub barcode: String,
    pub unit: String,
    pub case: String,
    pub size: String,
    pub unit_price: String,
    pub case_price: String,
    pub shelf_life: String,
    pub life_in_months: Months,
    pub minimum_order: String,
    pub front_capacity: String,
    pub minimum_display: String,
    pub capacity: String,
    pub factor: String,
    pub delivery_age: String,
    /// `2026-11-30`, as a date field gives it.
    pub promotion_until: String,
    pub uplift: String,
    pub display_order: String,
    pub archived: bool,
}

impl From<&ProductFields> for ProductDraft {
    fn from(fields: &ProductFields) -> Self {
        let price = |price: Option<Money>| price.map_or_else(String::new, |money| money.0.to_string());
        let some = |value: i64| if value == 0 { String::new() } else { value.to_string() };
        let (shelf_life, life_in_months) = match fields.shelf_life {
            None => (String::new(), Months::No),
            Some(ShelfLife::Days(days)) => (days.to_string(), Months::No),
            Some(ShelfLife::Months(months)) => (months.to_string(), Months::Yes),
        };
        ProductDraft {
            name: fields.name.clone(),
            other_name: fields.other_name.clone(),
            code: fields.code.clone(),
            barcode: fields.barcode.clone(),
            unit: fields.unit.clone(),
            case: fields.case.clone(),
            size: fields.size.units().to_string(),
            unit_price: price(fields.prices.unit),
            case_price: price(fields.prices.case),
            shelf_life,
            life_in_months,
            minimum_order: some(fields.minimum_order.0),
            front_capacity: some(fields.front_capacity.0),
            minimum_display: some(fields.minimum_display.0),
            capacity: some(fields.capacity.0),
            factor: fields.factor.map_or_else(String::new, |factor| factor.to_string()),
            delivery_age: fields.delivery_age.map_or_else(String::new, |days| days.to_string()),
            promotion_until: fields.promotion.map_or_else(String::new, |promotion| promotion.until.to_string()),
            uplift: fields.promotion.map_or_else(String::new, |promotion| promotion.uplift.to_string()),
            display_order: some(fields.display_order.into()),
            archived: fields.archived,
        }
    }
}

/// A field of the product's form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ProductField {
    Name,
    OtherName,
    Code,
    Barcode,
    Unit,
    Case,
    Size,
    UnitPrice,
    CasePrice,
    ShelfLife,
    MinimumOrder,
    FrontCapacity,
    MinimumDisplay,
    Capacity,
    Factor,
    DeliveryAge,
    Uplift,
    DisplayOrder,
}

impl ProductDraft {
    /// The fields, or every problem with the field it belongs to. `code_taken` tells whether another product has the code.
    pub fn check(&self, code_taken: impl Fn(&str) -> bool) -> Result<ProductFields, Vec<(ProductField, FieldProblem)>> {
        let mut problems = Problems(Vec::new());
        let name = problems.take(ProductField::Name, text::name(&self.name));
        let other_name = problems.take(ProductField::OtherName, text::line(&self.other_name, NAME_MAX));
        let code = problems.take(ProductField::Code, text::line(&self.code, SHORT_MAX));
        let barcode = problems.take(ProductField::Barcode, text::line(&self.barcode, SHORT_MAX));
        let unit = problems.take(ProductField::Unit, text::line(&self.unit, PACK_NAME_MAX));
        let case = problems.take(ProductField::Case, text::line(&self.case, PACK_NAME_MAX));
        let size = problems.take(ProductField::Size, typed::pack_size(&self.size));
        let unit_price = problems.take(ProductField::UnitPrice, typed::price(&self.unit_price));
        let case_price = problems.take(ProductField::CasePrice, typed::price(&self.case_price));
        let shelf_life = problems.take(ProductField::ShelfLife, self.life());
        let minimum_order = problems.take(ProductField::MinimumOrder, typed::units(&self.minimum_order));
        let front_capacity = problems.take(ProductField::FrontCapacity, typed::units(&self.front_capacity));
        let minimum_display = problems.take(ProductField::MinimumDisplay, typed::units(&self.minimum_display));
        let capacity = problems.take(ProductField::Capacity, typed::units(&self.capacity));
        let factor = problems.take(ProductField::Factor, Factor::parse_own(&self.factor));
        let delivery_age = problems.take(ProductField::DeliveryAge, self.age());
        let promotion = problems.take(ProductField::Uplift, self.promotion());
        let display_order = problems.take(ProductField::DisplayOrder, place(&self.display_order));
        if !code.is_empty() && code_taken(&code) {
            problems.0.push((ProductField::Code, FieldProblem::CodeTaken));
        }
        if !problems.0.is_empty() {
            return Err(problems.0);
        }
        Ok(ProductFields {
            name,
            other_name,
            code,
            barcode,
            unit,
            case,
            size: size.unwrap_or(PackSize::ONE),
            prices: Prices { unit: unit_price, case: case_price },
            shelf_life,
            minimum_order: minimum_order.unwrap_or_default(),
            front_capacity: front_capacity.unwrap_or_default(),
            minimum_display: minimum_display.unwrap_or_default(),
            capacity: capacity.unwrap_or_default(),
            factor,
            delivery_age,
            promotion,
            display_order,
            archived: self.archived,
        })
    }

    fn age(&self) -> Result<Option<u16>, NumberProblem> {
        if typed::units(&self.delivery_age)?.is_none() { Ok(None) } else { note::days(&self.delivery_age).map(Some) }
    }

    /// A promotion has both: until when, and what it does to sales.
    fn promotion(&self) -> Result<Option<Promotion>, NumberProblem> {
        let until: Option<NaiveDate> = self.promotion_until.parse().ok();
        // `0026` is a slip of the finger that a date field lets through.
        if until.is_some_and(|until| until.year() < 1990) {
            return Err(NumberProblem::TooSmall);
        }
        match (until, Uplift::parse(&self.uplift)?) {
            (Some(until), Some(uplift)) => Ok(Some(Promotion { until, uplift })),
            (None, None) => Ok(None),
            _ => Err(NumberProblem::Empty),
        }
    }

    fn life(&self) -> Result<Option<ShelfLife>, NumberProblem> {
        let Some(count) = typed::units(&self.shelf_life)? else { return Ok(None) };
        let count = u32::try_from(count.0).map_err(|_| NumberProblem::TooLarge)?;
        ShelfLife::new(count, self.life_in_months).map(Some)
    }
}

fn place(raw: &str) -> Result<u32, NumberProblem> {
    let place = typed::units(raw)?.map_or(0, |units| units.0);
    u32::try_from(place).ok().filter(|place| *place <= 1_000_000).ok_or(NumberProblem::TooLarge)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_per_case_zero_and_a_negative_price_are_refused() {
        let draft = ProductDraft { name: "水".into(), size: "0".into(), unit_price: "-1".into(), ..ProductDraft::default() };
        assert_eq!(
            draft.check(|_| false).unwrap_err(),
            vec![
                (ProductField::Size, FieldProblem::Number(NumberProblem::TooSmall)),
                (ProductField::UnitPrice, FieldProblem::Number(NumberProblem::Negative)),
            ]
        );
    }

    #[test]
    fn a_promotion_until_a_year_of_two_digits_is_refused() {
        let draft = |until: &str| ProductDraft {
            name: "水".into(),
            promotion_until: until.into(),
            uplift: "1.8".into(),
            ..ProductDraft::default()
        };
        assert_eq!(draft("2026-11-30").check(|_| false).map(|fields| fields.promotion.is_some()), Ok(true));
        assert_eq!(draft("9999-12-31").check(|_| false).map(|fields| fields.promotion.is_some()), Ok(true));
        let problem = FieldProblem::Number(NumberProblem::TooSmall);
        assert_eq!(draft("0026-11-30").check(|_| false).unwrap_err(), vec![(ProductField::Uplift, problem)]);
    }

    #[test]
    fn the_form_shows_again_what_was_saved() {
        let draft = ProductDraft {
            name: "水".into(),
            size: "12".into(),
            shelf_life: "6".into(),
            life_in_months: Months::Yes,
            minimum_order: "24".into(),
            ..ProductDraft::default()
        };
        let fields = draft.check(|_| false).unwrap();
        assert_eq!(fields.shelf_life, Some(ShelfLife::Months(6)));
        assert_eq!(ProductDraft::from(&fields), draft);
    }

    #[test]
    fn a_shelf_life_of_nothing_or_a_century_is_refused() {
        for (life, problem) in [("0", NumberProblem::TooSmall), ("36500", NumberProblem::TooLarge)] {
            let draft = ProductDraft { name: "水".into(), shelf_life: life.into(), ..ProductDraft::default() };
            assert_eq!(draft.check(|_| false).unwrap_err(), vec![(ProductField::ShelfLife, FieldProblem::Number(problem))]);
        }
    }
}
