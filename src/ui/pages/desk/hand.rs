//! The message in hand and what a press does to it: written, changed by a tap with a way back, handed on, and noted as sent. The text on
//! screen is the text that is kept and the text that is noted.

use super::findings::{Goes, judged};
use super::room::{DeskRoom, Did, Focus, Step};
use crate::domain::channel::Channel;
use crate::domain::id::CustomerId;
use crate::domain::linter;
use crate::domain::message;
use crate::state::clock;
use crate::state::desk::Writing;
use crate::ui::platform::{self, Shared};
use crate::ui::texts::tr;
use leptos::html::Textarea;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;
use wasm_bindgen::JsCast;

/// A message that lay open longer was not written all the time, in minutes.
const MINUTES_MAX: u64 = 15;

/// The button that goes on, which Ctrl+Enter presses.
pub const GO: &str = "desk-go";

/// What is in hand.
#[derive(Clone, Copy)]
pub struct Hand {
    pub room: DeskRoom,
    pub writing: StoredValue<Arc<Writing>>,
    pub goes: Goes,
    pub text: RwSignal<String>,
    /// Before a tap changed it.
    pub before: RwSignal<Option<String>>,
    /// How it was handed on, if it was.
    pub gone: RwSignal<Option<Channel>>,
    pub is_saving: RwSignal<bool>,
    pub told: RwSignal<Option<Told>>,
    pub turn: StoredValue<usize>,
    pub since: u64,
    pub node: NodeRef<Textarea>,
}

/// What there is to say of the last press.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    Copied,
    NotCopied,
    NotNoted,
}

impl Hand {
    pub fn customer(self) -> CustomerId {
        self.writing.with_value(|writing| writing.customer)
    }

    /// As typed.
    pub fn write(self, text: String) {
        let customer = self.customer();
        if !self.room.begun.get_untracked() {
            self.room.begun.set(true);
        }
        self.room.kept.update(|kept| kept.write(customer, &text));
        self.text.set(text);
        self.told.set(None);
    }

    /// By a tap, with a way back.
    pub fn change(self, text: String) {
        let old = self.text.get_untracked();
        if old != text {
            self.before.set(Some(old));
            self.write(text);
        }
    }

    pub fn focus_text(self) {
        if let Some(area) = self.node.get_untracked() {
            // An area that is gone takes no focus.
            let _ = area.focus();
        }
    }

    /// The button that was pressed has another meaning and is another element now: who pressed it by key stays there.
    pub fn stay_at_go(self) {
        request_animation_frame(|| {
            let is_lost = document().active_element().is_none_or(|element| element.tag_name() == "BODY");
            let go = document().get_element_by_id(GO).and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
            if let Some(go) = go.filter(|_| is_lost) {
                // A button that is on screen takes the focus.
                let _ = go.focus();
            }
        });
    }

    pub fn another(self) {
        let writing = self.writing.get_value();
        let now = self.text.get_untracked();
        let count = writing.bodies.len();
        let from = self.turn.get_value();
        let bodies: Vec<String> =
            writing.bodies.iter().cycle().skip(from.checked_rem(count).unwrap_or(0) + 1).take(count).cloned().collect();
        let is_new = |body: &&String| !now.contains(body.as_str());
        let fresh: Vec<String> = bodies.iter().filter(is_new).cloned().collect();
        let found = judged(self.room.app, &writing, self.goes, |desk| linter::first_sound(&fresh, desk));
        let text = found.or_else(|| fresh.first().map(|body| writing.frame.around(body)));
        if let Some(text) = text {
            let at = writing.bodies.iter().position(|body| text.contains(body.as_str()));
            self.turn.set_value(at.unwrap_or(from + 1));
            self.change(text);
        }
    }

    pub fn copy(self) {
        let text = self.text.get_untracked();
        spawn_local(async move {
            let copied = platform::copy(&text).await;
            self.told.try_set(Some(if copied { Told::Copied } else { Told::NotCopied }));
            if copied {
                self.gone.try_set(Some(Channel::Chat));
                self.stay_at_go();
            }
        });
    }

    pub fn share(self) {
        let (text, app) = (self.text.get_untracked(), self.room.app);
        let title = tr!(app, desk_title).to_owned();
        spawn_local(async move {
            match platform::share(&title, &text).await {
                Shared::Sent => {
                    self.gone.try_set(Some(Channel::Chat));
                }
                Shared::Copied => {
                    self.told.try_set(Some(Told::Copied));
                    self.gone.try_set(Some(Channel::Chat));
                }
                Shared::Cancelled => {}
                Shared::Failed => {
                    self.told.try_set(Some(Told::NotCopied));
                }
            }
        });
    }

    /// The rep says that it went out.
    pub fn sent(self, focus: Focus) {
        if self.is_saving.get_untracked() {
            return;
        }
        self.is_saving.set(true);
        let (customer, text, room) = (self.customer(), message::one_line(&self.text.get_untracked()), self.room);
        let person = self.writing.with_value(|writing| writing.person.as_ref().map(|person| person.id));
        let usual = if self.goes == Goes::AsText { Channel::Sms } else { Channel::Chat };
        let channel = self.gone.get_untracked().unwrap_or(usual);
        let minutes = clock::running().saturating_sub(self.since).div_ceil(60_000).clamp(1, MINUTES_MAX);
        spawn_local(async move {
            room.flush().await;
            let noted = room.app.message_sent(customer, person, channel, &text, u16::try_from(minutes).unwrap_or(1)).await;
            match noted {
                Ok(id) => {
                    room.focus.set_value(focus);
                    room.kept.try_update(|kept| kept.write(customer, ""));
                    room.go_on(customer);
                    room.note_sent(customer, &text);
                    room.last.try_set(Some(Step { customer, text, did: Did::Sent(id) }));
                    room.read_again();
                }
                // The text stays; a refused write is said by the banner too.
                Err(_) => {
                    self.is_saving.try_set(false);
                    self.told.try_set(Some(Told::NotNoted));
                }
            }
        });
    }
}
