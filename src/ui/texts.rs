//! The two languages. `build.rs` makes a typed text of every key in `locales/`; `tests/texts.rs` proves that both files are
//! complete.

use crate::state::app::App;
use crate::state::preferences::Language;
use leptos::prelude::*;

#[allow(unused_imports, dead_code, clippy::all, clippy::restriction, reason = "written by leptos_i18n_codegen")]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/i18n.rs"));
}

pub use generated::i18n::Locale;

/// The locale to draw in; whoever draws with it is drawn again when the language changes.
pub fn locale(app: App) -> Locale {
    match app.language.get() {
        Language::Chinese => Locale::zh_CN,
        Language::English => Locale::en,
    }
}

/// `tr!(app, key, name = value)`: a text now.
macro_rules! tr {
    ($app:expr, $($rest:tt)*) => {
        leptos_i18n::td_string!($crate::ui::texts::locale($app), $($rest)*)
    };
}

/// `tx!(app, key, name = value)`: a text for a view, following the language.
macro_rules! tx {
    ($app:expr, $($rest:tt)*) => {
        move || $crate::ui::texts::tr!($app, $($rest)*)
    };
}

pub(crate) use {tr, tx};
