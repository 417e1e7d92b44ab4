//! The phone's clock under watch: looked at after the start, whenever the page is shown again, and every minute.

use super::app::App;
use super::clock;
use crate::domain::clock_watch::{self, Acknowledged, Reading};
pub use crate::domain::clock_watch::{Verdict, Way};
use crate::store::prefs;
use leptos::prelude::*;

const SAID: &str = "shelfwise.clock";

/// Both clocks now.
fn reading() -> Reading {
    Reading { wall: clock::millis(), offset: clock::offset(), running: clock::running() }
}

fn said() -> Option<Acknowledged> {
    serde_json::from_str(&prefs::get(SAID)?).ok()
}

impl App {
    /// Looks at the clock.
    pub fn watch_clock(self) {
        let now = reading();
        let newest = self.book.with_untracked(|book| book.last_stamp());
        let verdict = clock_watch::to_ask(newest, self.clock_seen.get_value(), now, said().as_ref());
        if verdict == Verdict::Fine {
            self.clock_seen.set_value(Some(now));
        }
        if self.clock_verdict.get_untracked() != verdict {
            self.clock_verdict.set(verdict);
        }
    }

    /// The rep says that the clock is right as it is.
    pub fn clock_is_right(self) {
        let now = reading();
        let newest = self.book.with_untracked(|book| book.last_stamp());
        prefs::set(SAID, serde_json::to_string(&Acknowledged::now(newest, now)).ok().as_deref());
        self.clock_seen.set_value(Some(now));
        self.clock_verdict.set(Verdict::Fine);
    }
}
