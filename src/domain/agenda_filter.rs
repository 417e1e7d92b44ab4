//! What of the day's list is shown: all of it, or what one clock says.

use super::agenda::{Item, Source};

/// What of a list is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Filter {
    #[default]
    All,
    Route,
    Contacts,
    Promises,
    Stock,
    Days,
}

impl Filter {
    pub const ALL: [Filter; 6] = [Filter::All, Filter::Route, Filter::Contacts, Filter::Promises, Filter::Stock, Filter::Days];

    pub fn takes(self, item: &Item) -> bool {
        self == Filter::All
            || self
                == match item.what.source() {
                    Source::Promise => Filter::Promises,
                    Source::Route => Filter::Route,
                    Source::Cadence => Filter::Contacts,
                    Source::RunOut | Source::Expiry => Filter::Stock,
                    Source::Day => Filter::Days,
                }
    }
}
