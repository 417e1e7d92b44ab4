//! A product: what it is called, how it is packed, what it costs. Only the name is required; without units per case it is sold
//! by the unit.

use super::customer::{FieldProblem, Problems};
use super::id::ProductId;
use super::money::Prices;
use super::quantity::PackSize;
use super::stamp::Envelope;
use super::text::{self, SHORT_MAX};
use super::typed;
use serde::{Deserialize, Serialize};

/// A product the rep sells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Product {
    pub id: ProductId,
    pub envelope: Envelope,
    pub fields: ProductFields,
}

/// What is known of a product. An empty unit or case name is shown by the language's own general word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductFields {
    pub name: String,
    pub code: String,
    /// 瓶, 杯, pack: what one base unit is called.
    pub unit: String,
    /// 件, 箱, case: what a full case is called.
    pub case: String,
    pub size: PackSize,
    pub prices: Prices,
}

impl ProductFields {
    /// A product of which only the name is known.
    pub fn named(name: String) -> ProductFields {
        let unknown = String::new;
        ProductFields { name, code: unknown(), unit: unknown(), case: unknown(), size: PackSize::ONE, prices: Prices::default() }
    }
}

/// The longest unit or case name, in characters.
pub const PACK_NAME_MAX: usize = 8;

/// The form as typed, kept until it is saved.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProductDraft {
    pub name: String,
    pub code: String,
    pub unit: String,
    pub case: String,
    pub size: String,
    pub unit_price: String,
    pub case_price: String,
}

impl From<&ProductFields> for ProductDraft {
    fn from(fields: &ProductFields) -> Self {
        let price = |price: Option<super::money::Money>| price.map_or_else(String::new, |money| money.0.to_string());
        ProductDraft {
            name: fields.name.clone(),
            code: fields.code.clone(),
            unit: fields.unit.clone(),
            case: fields.case.clone(),
            size: fields.size.units().to_string(),
            unit_price: price(fields.prices.unit),
            case_price: price(fields.prices.case),
        }
    }
}

/// A field of the product's form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProductField {
    Name,
    Code,
    Unit,
    Case,
    Size,
    UnitPrice,
    CasePrice,
}

impl ProductDraft {
    /// The fields, or every problem with the field it belongs to. `code_taken` tells whether another product has the code.
    pub fn check(&self, code_taken: impl Fn(&str) -> bool) -> Result<ProductFields, Vec<(ProductField, FieldProblem)>> {
        let mut problems = Problems(Vec::new());
        let name = problems.take(ProductField::Name, text::name(&self.name));
        let code = problems.take(ProductField::Code, text::line(&self.code, SHORT_MAX));
        let unit = problems.take(ProductField::Unit, text::line(&self.unit, PACK_NAME_MAX));
        let case = problems.take(ProductField::Case, text::line(&self.case, PACK_NAME_MAX));
        let size = problems.take(ProductField::Size, typed::pack_size(&self.size));
        let unit_price = problems.take(ProductField::UnitPrice, typed::price(&self.unit_price));
        let case_price = problems.take(ProductField::CasePrice, typed::price(&self.case_price));
        if !code.is_empty() && code_taken(&code) {
            problems.0.push((ProductField::Code, FieldProblem::CodeTaken));
        }
        if !problems.0.is_empty() {
            return Err(problems.0);
        }
        let prices = Prices { unit: unit_price, case: case_price };
        Ok(ProductFields { name, code, unit, case, size: size.unwrap_or(PackSize::ONE), prices })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::typed::NumberProblem;

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
}
