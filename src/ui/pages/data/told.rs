//! What a backup file is and what is wrong with one, in words.

use crate::state::app::App;
use crate::state::errands::{Damage, Place, Problem, What};
use crate::ui::texts::tr;

pub fn place(app: App, place: Place) -> &'static str {
    match place {
        Place::Customers => tr!(app, customers_title),
        Place::Products => tr!(app, products_title),
        Place::Summaries => tr!(app, kind_summaries),
        Place::Settings => tr!(app, settings),
        Place::Visits => tr!(app, kind_visits),
        Place::Orders => tr!(app, kind_orders),
        Place::Deliveries => tr!(app, kind_deliveries),
        Place::Dispatches => tr!(app, kind_dispatches),
        Place::Drafts => tr!(app, kind_drafts),
        Place::Unreadable => tr!(app, kind_unreadable),
    }
}

/// Why a file is not restored, and what to do about it.
pub fn problem(app: App, problem: &Problem) -> String {
    match problem {
        Problem::Empty => tr!(app, restore_blank).to_owned(),
        Problem::TooLarge => tr!(app, restore_too_large).to_owned(),
        Problem::NotText | Problem::NotABackup => tr!(app, restore_not_ours).to_owned(),
        Problem::RawExport => tr!(app, restore_raw).to_owned(),
        Problem::Zip => tr!(app, restore_zip).to_owned(),
        Problem::Newer { app_version } => tr!(app, restore_newer, version = app_version.clone()),
        Problem::Truncated => tr!(app, restore_truncated).to_owned(),
        Problem::Malformed { at } => tr!(app, restore_malformed, at = *at),
        Problem::Changed => tr!(app, restore_changed).to_owned(),
        Problem::Miscounted(list) => tr!(app, restore_miscounted, list = place(app, *list)),
        Problem::Entry(Damage { place: list, number, what }) => {
            tr!(app, restore_entry, list = place(app, *list), number = *number, what = self::what(app, what))
        }
    }
}

fn what(app: App, what: &What) -> String {
    match what {
        What::Newer => tr!(app, entry_newer).to_owned(),
        What::Unreadable(why) => tr!(app, entry_unreadable, why = why.clone()),
        What::OutOfRange(name) => tr!(app, entry_out_of_range, name = name.clone()),
        What::Twice => tr!(app, entry_twice).to_owned(),
        What::Unknown(list) => tr!(app, entry_unknown, list = place(app, *list)),
    }
}
