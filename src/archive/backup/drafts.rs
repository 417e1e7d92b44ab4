//! What is being typed, as an entry of a file: a key and beside it a visit or a form in hand, in the shape that the key stands for.

use super::split::{Broken, Cursor};
use crate::archive::record::{self, Unreadable};
use crate::archive::strict;
use crate::domain::customer::CustomerDraft;
use crate::domain::draft::{VisitDraft, visit_draft_key};
use crate::domain::product::ProductDraft;
use std::ops::Range;

/// The key of an entry, and where in its text the draft stands. Both are read.
pub fn parts(text: &str) -> Result<(String, Range<usize>), Unreadable> {
    strict::check(text)?;
    let not_one = || Unreadable::Malformed("not a draft".to_owned());
    let broken = |_: Broken| not_one();
    let mut cursor = Cursor::new(text);
    let (mut key, mut body) = (None, None);
    cursor.expect(b'{').map_err(broken)?;
    loop {
        match cursor.key().map_err(broken)?.as_str() {
            "key" => key = serde_json::from_str::<String>(cursor.value().map_err(broken)?).ok(),
            "draft" => {
                let value = cursor.value().map_err(broken)?;
                body = Some((value, cursor.at()));
            }
            _ => return Err(not_one()),
        }
        if cursor.steps_over(b'}').map_err(broken)? {
            break;
        }
        cursor.expect(b',').map_err(broken)?;
    }
    let (Some(key), Some((body, end))) = (key, body) else { return Err(not_one()) };
    draft_body(&key, body)?;
    Ok((key, end - body.len()..end))
}

/// A draft's text in today's shape.
pub fn draft_body(key: &str, body: &str) -> Result<String, Unreadable> {
    match key.split_once(':') {
        Some(("visit", _)) => {
            let draft = record::read::<VisitDraft>(body)?;
            if visit_draft_key(draft.id) != key {
                return Err(Unreadable::Malformed("another visit's draft".to_owned()));
            }
            record::body(&draft)
        }
        Some(("customer", _)) => record::body(&record::read::<CustomerDraft>(body)?),
        Some(("product", _)) => record::body(&record::read::<ProductDraft>(body)?),
        _ => Err(Unreadable::Malformed("unknown draft".to_owned())),
    }
}
