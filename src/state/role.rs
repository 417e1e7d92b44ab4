//! Which tab writes. One does, by a lock; another shows what is there and can take over. A tab that is hidden lets go, so that one that
//! sleeps holds nothing; when it is shown again it asks, and reads again where another wrote meanwhile.

use super::app::App;
use super::clock;
use crate::keep::keeper::Twin;
use crate::store::error::StoreError;
use crate::store::tabs::News;
use crate::store::writer::How;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Whether this tab may write.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// Not asked yet, or hidden.
    #[default]
    Asking,
    Writer,
    /// Another tab writes.
    Reader,
}

/// Between two looks whether something is over, in milliseconds.
const LOOK: i32 = 10;

/// How long a save waits for the lock, in looks.
const PATIENCE: u32 = 500;

/// How long another tab is given to let go by itself, in looks: one that sleeps never does.
const POLITE: u32 = 100;

/// How long one that is busy with an import or a restore is given, in looks.
const BUSY: u32 = 6000;

/// Held as long as something is written: the lock is not let go meanwhile.
pub struct Hold(App);

impl Drop for Hold {
    fn drop(&mut self) {
        self.0.holds.update_value(|holds| *holds -= 1);
    }
}

impl App {
    /// The right to write, for one write; waits while it is asked for.
    pub(super) async fn hold(self) -> Result<Hold, StoreError> {
        self.holds.update_value(|holds| *holds += 1);
        let hold = Hold(self);
        for _ in 0..PATIENCE {
            match self.role.get_untracked() {
                Role::Writer => return Ok(hold),
                Role::Reader => return Err(StoreError::Reader),
                Role::Asking if self.is_settling.get_value() => clock::pause(LOOK).await,
                Role::Asking => (self.awaken().await?.settle)(self).await?,
            }
        }
        Err(StoreError::Broken("nobody said who writes".to_owned()))
    }

    /// Asks for the right to write.
    pub(super) async fn settle(self) -> Result<(), StoreError> {
        if self.is_settling.get_value() || self.role.get_untracked() == Role::Writer {
            return Ok(());
        }
        self.is_settling.set_value(true);
        let lock = self.lock.get_value();
        let begun = if lock.ask(How::IfFree, move || self.lose_lock()).await {
            self.begin_to_write().await
        } else {
            self.role.set(Role::Reader);
            self.wait_in_turn();
            Ok(())
        };
        self.is_settling.set_value(false);
        begun
    }

    /// When the other tab ends, this one writes.
    fn wait_in_turn(self) {
        spawn_local(async move {
            let lock = self.lock.get_value();
            if lock.ask(How::InTurn, move || self.lose_lock()).await {
                if clock::is_hidden() {
                    lock.release();
                    self.role.set(Role::Asking);
                } else if self.role.get_untracked() != Role::Writer {
                    // What went wrong is on screen.
                    let _ = self.begin_to_write().await;
                }
            }
        });
    }

    /// This tab has the lock: it says so in the database. Where that fails nobody writes, and the next save tries again.
    async fn begin_to_write(self) -> Result<(), StoreError> {
        // Given its turn and taking over at the same moment: once is enough.
        if self.begins.get_value() {
            return Ok(());
        }
        self.begins.set_value(true);
        let begun = self.claim().await;
        self.begins.set_value(false);
        begun
    }

    async fn claim(self) -> Result<(), StoreError> {
        let store = self.store.get_value();
        match store.claim(&self.tab.get_value()).await {
            Ok(claimed) => {
                let keeper = self.keeper.get_value();
                if claimed.has_changed_hands {
                    // The journal was another tab's meanwhile: a save waits until it has been looked at again.
                    keeper.set_twin(Twin::Unknown);
                }
                // Another tab may have done no more than type.
                let is_behind = claimed.mark.is_some_and(|mark| mark != keeper.mark()) || claimed.turn > store.turns().1;
                if claimed.has_changed_hands || is_behind {
                    // A read that fails leaves the old book on screen; the next read reports it.
                    let _ = self.read_again().await;
                    if let Some(mark) = claimed.mark {
                        keeper.saw(mark);
                    }
                    self.hands.update(|hands| *hands += 1);
                }
                let is_due = claimed.has_changed_hands || keeper.twin() == Twin::Unknown;
                if is_due && self.role.get_untracked() == Role::Reader {
                    // What the journal has may draw the page anew: a form is shown after that, not drawn anew under the rep's fingers.
                    let seen = self.look_at_twin().await;
                    if self.begins.get_value() {
                        self.role.set(Role::Writer);
                        spawn_local(self.tend_twin(seen));
                    }
                } else {
                    self.role.set(Role::Writer);
                    if is_due {
                        spawn_local(async move { self.tend_twin(self.look_at_twin().await).await });
                    }
                }
                Ok(())
            }
            Err(error) => {
                self.lock.get_value().release();
                self.role.set(if error == StoreError::Newer { Role::Reader } else { Role::Asking });
                self.note(&Err(error.clone()));
                Err(error)
            }
        }
    }

    /// Whether this tab writes, or is about to.
    pub(super) fn is_in_charge(self) -> bool {
        self.role.get_untracked() == Role::Writer || self.begins.get_value()
    }

    /// Another tab took the lock.
    fn lose_lock(self) {
        self.begins.set_value(false);
        self.lock.get_value().release();
        self.role.set(Role::Reader);
        self.wait_in_turn();
    }

    /// The rep wants to write here. The other tab is asked to let go; one that does not answer sleeps.
    pub async fn take_over(self) {
        self.tell(&News::HandOver);
        self.other_is_busy.set_value(false);
        let lock = self.lock.get_value();
        for look in 0..BUSY {
            if self.role.get_untracked() == Role::Writer {
                return;
            }
            // One that has it by now is about to write.
            if look >= POLITE && !self.other_is_busy.get_value() && !lock.is_held() {
                break;
            }
            clock::pause(LOOK).await;
        }
        if lock.ask(How::Steal, move || self.lose_lock()).await {
            // What goes wrong is on screen.
            let _ = self.begin_to_write().await;
        }
    }

    /// Another tab asks for the right to write: what is typed is written first.
    pub(super) async fn hand_over(self) {
        if self.role.get_untracked() != Role::Writer {
            return;
        }
        if self.holds.get_value() > 0 {
            self.tell(&News::Busy);
        }
        clock::tell_page("shelfwise-hide");
        self.let_go(|| false).await;
        self.role.set(Role::Reader);
        // The next writer goes on in the same file; this one, should it write again, looks at the journal anew.
        let keeper = self.keeper.get_value();
        keeper.set_twin(Twin::Unknown);
        keeper.log.close().await;
        self.lock.get_value().release();
        self.wait_in_turn();
    }

    /// The page is in sight again.
    pub fn show(self) {
        if self.lost.get_untracked().is_none() && self.role.get_untracked() == Role::Asking {
            spawn_local(async move { drop(self.settle().await) });
        }
    }

    /// The page is hidden: once everything is written, another tab may write.
    pub async fn hide(self) {
        if self.role.get_untracked() == Role::Writer && self.let_go(|| !clock::is_hidden()).await {
            self.role.set(Role::Asking);
            self.lock.get_value().release();
        }
    }

    /// Waits until nothing is being written; false where that is no longer wanted.
    async fn let_go(self, is_over: impl Fn() -> bool) -> bool {
        loop {
            // What was set off by the same event takes its hold first.
            clock::pause(LOOK).await;
            if is_over() || self.role.get_untracked() != Role::Writer {
                return false;
            }
            if self.holds.get_value() == 0 {
                return true;
            }
        }
    }
}
