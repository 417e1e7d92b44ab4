//! Which column of a file holds which field: guessed from the headers, corrected by the person. No column of the file is given to
//! two fields, and a unit in brackets that changes the number, `数量（箱）`, is never overlooked.

use crate::domain::search::fold;
use serde::{Deserialize, Serialize};

/// A field that a list can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// The name by which stored mappings and texts know it; never changed.
    pub key: &'static str,
    /// The headers it goes by, folded; where a file has two of them the earlier is taken.
    pub names: &'static [&'static str],
}

/// For each column of a table, in its order, the column of the file, from 0.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping(pub Vec<Option<usize>>);

impl Mapping {
    /// The file's column for the field with this key.
    pub fn column(&self, columns: &[Column], key: &str) -> Option<usize> {
        let field = columns.iter().position(|column| column.key == key)?;
        self.0.get(field).copied().flatten()
    }

    /// Fields that a column is known for.
    pub fn found(&self) -> usize {
        self.0.iter().flatten().count()
    }
}

/// The likeliest mapping. The closest match is taken first, so a loose one never takes a column that another field names exactly.
pub fn guess(columns: &[Column], headers: &[String]) -> Mapping {
    let headers: Vec<Spellings> = headers.iter().map(|header| Spellings::of(header)).collect();
    // How loose, how late in the field's names, which field, which header: the smallest is the best.
    let mut matches = Vec::new();
    for (field, column) in columns.iter().enumerate() {
        for (rank, name) in column.names.iter().enumerate() {
            let name = Spellings::of(name);
            for (at, header) in headers.iter().enumerate() {
                if let Some(looseness) = name.looseness(header) {
                    matches.push((looseness, rank, field, at));
                }
            }
        }
    }
    matches.sort_unstable();
    let mut mapping = vec![None; columns.len()];
    let mut used = vec![false; headers.len()];
    for (_, _, field, at) in matches {
        if let (Some(slot @ None), Some(used @ false)) = (mapping.get_mut(field), used.get_mut(at)) {
            *slot = Some(at);
            *used = true;
        }
    }
    Mapping(mapping)
}

/// A header as it is and with less and less of what people put around a word.
#[derive(Debug)]
struct Spellings {
    folded: String,
    /// Letters and digits only: `Unit_Price`, `*单 价：`.
    bare: String,
    /// The same without brackets and what is in them: `单价（元）`, `lead time (days)`.
    unbracketed: String,
}

impl Spellings {
    fn of(header: &str) -> Spellings {
        let folded = fold(header).trim().to_owned();
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        Spellings { bare: letters(&folded), unbracketed: letters(&without_brackets(&folded)), folded }
    }

    /// 0 for the same header, more for a looser likeness, `None` for none.
    fn looseness(&self, header: &Spellings) -> Option<u8> {
        let pairs = [(&self.folded, &header.folded), (&self.bare, &header.bare), (&self.bare, &header.unbracketed)];
        let at = pairs.iter().position(|(name, header)| !name.is_empty() && name == header)?;
        u8::try_from(at).ok()
    }
}

/// A folded header without its bracketed parts, but for those that speak of cases: a count of cases is no count of units.
fn without_brackets(folded: &str) -> String {
    let mut out = String::new();
    let mut inside: Option<String> = None;
    for c in folded.chars() {
        match (c, &mut inside) {
            ('(' | '[' | '{' | '【' | '〔' | '<', None) => inside = Some(String::new()),
            (')' | ']' | '}' | '】' | '〕' | '>', Some(part)) => {
                if ["箱", "件", "case", "carton", "ctn"].iter().any(|word| part.contains(word)) {
                    out.push_str(part);
                }
                inside = None;
            }
            (_, Some(part)) => part.push(c),
            (_, None) => out.push(c),
        }
    }
    // A bracket that never closes hides nothing.
    out + &inside.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &[Column] = &[
        Column { key: "name", names: &["name", "名称"] },
        Column { key: "quantity", names: &["quantity", "qty", "数量"] },
        Column { key: "cases", names: &["数量(箱)", "cases"] },
        Column { key: "price", names: &["unit price", "单价"] },
    ];

    fn guessed(headers: &[&str]) -> Vec<Option<usize>> {
        guess(TABLE, &headers.iter().map(|header| (*header).to_owned()).collect::<Vec<_>>()).0
    }

    #[test]
    fn headers_match_whatever_their_case_width_blanks_and_units() {
        assert_eq!(guessed(&["Unit_Price", "ＮＡＭＥ", " Qty. "]), vec![Some(1), Some(2), None, Some(0)]);
        assert_eq!(guessed(&["*名 称：", "单价（元）", "数量【瓶】"]), vec![Some(0), Some(2), None, Some(1)]);
        assert_eq!(guessed(&["unit price (CNY", "(name)", "数量(瓶)(实)"]), vec![Some(1), Some(2), None, None]);
    }

    #[test]
    fn cases_in_brackets_are_never_taken_for_units() {
        assert_eq!(guessed(&["数量（箱）", "数量"]), vec![None, Some(1), Some(0), None]);
        assert_eq!(guessed(&["数量 ( 箱 )"]), vec![None, None, Some(0), None]);
        assert_eq!(guessed(&["quantity (cases)"]), vec![None, None, None, None]);
        assert_eq!(guessed(&["单价（元/箱）"]), vec![None, None, None, None]);
    }

    #[test]
    fn the_closest_match_wins_and_no_column_is_used_twice() {
        assert_eq!(guessed(&["名称（新）", "名称", "name"]), vec![Some(2), None, None, None]);
        assert_eq!(guessed(&["数量", "数量"]), vec![None, Some(0), None, None]);
        assert_eq!(guessed(&["", " ", "()"]), vec![None; 4]);
        assert_eq!(guessed(&[]), vec![None; 4]);
    }

    #[test]
    fn a_field_is_asked_for_by_its_key() {
        let mapping = guess(TABLE, &["数量".to_owned(), "名称".to_owned()]);
        assert_eq!(
            (mapping.column(TABLE, "quantity"), mapping.column(TABLE, "price"), mapping.column(TABLE, "none")),
            (Some(0), None, None)
        );
        assert_eq!(mapping.found(), 2);
    }

    #[test]
    fn a_mapping_is_stored_as_plain_numbers() {
        let mapping = Mapping(vec![Some(1), None]);
        assert_eq!(serde_json::to_string(&mapping).unwrap(), "[1,null]");
    }
}
