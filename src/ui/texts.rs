//! The two languages. `load_locales!` checks every key at compile time; `tests/texts.rs` proves that both files are complete and
//! that every call gives the values its text asks for.
//!
//! Values are put in when a text is used, by one function: a type for each text with values, as the library offers, was a fifth
//! of the first load.
#![allow(deprecated)]

use crate::state::app::App;
use crate::state::preferences::Language;
use leptos::prelude::*;

leptos_i18n::load_locales!();

pub use i18n::Locale;

/// The locale to draw in; whoever draws with it is drawn again when the language changes.
pub fn locale(app: App) -> Locale {
    match app.language.get() {
        Language::Chinese => Locale::zh_CN,
        Language::English => Locale::en,
    }
}

/// The text with each `{name}` replaced by its value. A value is never searched for names.
pub fn fill(text: &str, values: &[(&str, String)]) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let known = after.split_once('}').and_then(|(name, after)| {
            let (_, value) = values.iter().find(|(known, _)| *known == name)?;
            Some((value, after))
        });
        rest = match known {
            Some((value, after)) => {
                out.push_str(value);
                after
            }
            None => {
                out.push('{');
                after
            }
        };
    }
    out.push_str(rest);
    out
}

/// `tr!(app, key)`: a text now; `tr!(app, key, name = value)`: with values, as a `String`.
macro_rules! tr {
    ($app:expr, $key:ident) => {
        leptos_i18n::td_string!($crate::ui::texts::locale($app), $key)
    };
    ($app:expr, $key:ident, $($name:ident = $value:expr),+ $(,)?) => {
        $crate::ui::texts::fill(leptos_i18n::td_string!($crate::ui::texts::locale($app), $key), &[$((stringify!($name), $value.to_string())),+])
    };
}

/// `trn!(app, key | key_single, count = n, …)`: the text for `n`, and the one for exactly 1 (the same in Chinese).
macro_rules! trn {
    ($app:expr, $key:ident | $single:ident, count = $count:expr $(, $name:ident = $value:expr)* $(,)?) => {{
        let count = $count;
        let values = [("count", count.to_string()) $(, (stringify!($name), $value.to_string()))*];
        let text = if count == 1 {
            leptos_i18n::td_string!($crate::ui::texts::locale($app), $single)
        } else {
            leptos_i18n::td_string!($crate::ui::texts::locale($app), $key)
        };
        $crate::ui::texts::fill(text, &values)
    }};
}

/// `tx!(app, key, name = value)`: a text for a view, following the language.
macro_rules! tx {
    ($app:expr, $($rest:tt)*) => {
        $crate::ui::live::words(move || $crate::ui::texts::tr!($app, $($rest)*))
    };
}

pub(crate) use {tr, trn, tx};
