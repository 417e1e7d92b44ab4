//! The page's end of the worker: asks, hears, and reads the book again when the worker wrote. One errand at a time; it goes on while
//! the rep is on another page. Here an answer is a word and a text: what it says is read by the page that asked, and so is
//! not in the first load.

use super::app::App;
use super::keeping::Bulk;
pub use crate::archive::backup::{Damage, Header, Mode, Place, Problem, Scope, Tally, What};
pub use crate::archive::cells::CellProblem;
pub use crate::archive::columns::ListKind;
pub use crate::archive::encoding::Encoding;
pub use crate::archive::errand::{Answer, Ask, Checked, Desk, Failed, Made, Preview, Read, SafetyCopy, Same, Step, Weighed};
pub use crate::archive::judge::{BadRow, RowProblem};
pub use crate::archive::mapping::Mapping;
pub use crate::archive::sheet::FileProblem;
use crate::store::error::StoreError;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, File, MessageEvent, Worker};

/// The worker and what it said last.
#[derive(Clone, Copy)]
pub struct Errands {
    app: App,
    /// The answer, as text; none while the worker works.
    said: RwSignal<Option<Said>>,
    /// What it is doing, as text, and how much of it is behind, in per cent.
    progress: RwSignal<Option<(String, u32)>>,
    /// Whose errand is being done.
    pub busy: RwSignal<Option<Desk>>,
    make: fn() -> Option<Worker>,
    worker: StoredValue<Option<Worker>, LocalStorage>,
    /// Asked before the worker was ready.
    waiting: StoredValue<Vec<JsValue>, LocalStorage>,
    /// The file that came with the last answer.
    file: StoredValue<Option<Blob>, LocalStorage>,
    /// Nobody has acted on the last answer yet.
    fresh: StoredValue<bool>,
    /// Held while many records are changed.
    bulk: StoredValue<Option<Bulk>, LocalStorage>,
}

/// The end of an errand.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Said {
    desk: Desk,
    text: String,
}

impl Errands {
    /// `make` starts the worker, when it is first needed.
    pub fn new(app: App, make: fn() -> Option<Worker>) -> Errands {
        Errands {
            app,
            said: RwSignal::new(None),
            progress: RwSignal::new(None),
            busy: RwSignal::new(None),
            make,
            worker: StoredValue::new_local(None),
            waiting: StoredValue::new_local(Vec::new()),
            file: StoredValue::new_local(None),
            fresh: StoredValue::new(false),
            bulk: StoredValue::new_local(None),
        }
    }

    pub fn is_busy(self) -> bool {
        self.busy.get().is_some()
    }

    /// The last answer, where it is for this page.
    pub fn answer(self, desk: Desk) -> Option<Answer> {
        self.said.with(|said| said.as_ref().filter(|said| said.desk == desk).and_then(|said| serde_json::from_str(&said.text).ok()))
    }

    /// What the worker is doing and how much of it is behind, in per cent.
    pub fn progress(self) -> Option<(Step, u32)> {
        self.progress.with(|progress| progress.as_ref().and_then(|(step, percent)| Some((serde_json::from_str(step).ok()?, *percent))))
    }

    /// The file that came with the last answer; it stays until the next errand.
    pub fn file(self) -> Option<Blob> {
        self.file.get_value()
    }

    /// True once for each answer: whether it is still to be acted on, not only shown.
    pub fn is_fresh(self) -> bool {
        self.fresh.try_update_value(std::mem::take).unwrap_or_default()
    }

    /// The last answer was read and is done with.
    pub fn forget(self) {
        self.said.set(None);
    }

    /// Sends an errand, with a file where it needs one.
    pub fn ask(self, ask: &Ask, file: Option<&File>) {
        // An errand is plain data: writing it cannot fail.
        let Ok(text) = serde_json::to_string(ask) else { return };
        let message = js_sys::Array::of2(&text.into(), &file.map_or(JsValue::UNDEFINED, |file| file.clone().into()));
        if *ask != Ask::Stop {
            self.busy.set(Some(ask.desk()));
            self.said.set(None);
            self.progress.set(None);
            self.file.set_value(None);
        }
        if !ask.writes() {
            return self.send(message);
        }
        // What changes many records waits for the save under way, and the next save for it.
        let (is_wipe, is_recovery) = (*ask == Ask::Wipe, matches!(ask, Ask::Recover { .. }));
        spawn_local(async move {
            let begun = match self.app.awaken().await {
                Ok(awake) => (awake.begin_bulk)(self.app, !is_recovery, is_wipe).await,
                Err(error) => Err(error),
            };
            match begun {
                Ok(bulk) => {
                    self.bulk.set_value(Some(bulk));
                    if let Some(term) = self.app.store.get_value().term() {
                        message.push(&term.to_string().into());
                    }
                    self.send(message);
                }
                Err(error) => self.refused(error, "{\"Failed\":{\"Broken\":\"\"}}".to_owned()),
            }
        });
    }

    fn send(self, message: js_sys::Array) {
        if let Some(worker) = self.worker.get_value() {
            if self.waiting.with_value(Vec::is_empty) {
                // A worker that is gone says so through its error event.
                let _ = worker.post_message(&message);
            } else {
                self.waiting.update_value(|waiting| waiting.push(message.into()));
            }
            return;
        }
        self.waiting.update_value(|waiting| waiting.push(message.into()));
        match (self.make)() {
            Some(worker) => self.listen(worker),
            None => self.fail("no worker"),
        }
    }

    /// The stamp that a write of the worker has to follow.
    pub fn last(self) -> Option<crate::domain::stamp::Stamp> {
        Some(self.app.stamp())
    }

    /// Ends the worker and gives its memory back: a large file stays in it otherwise.
    pub fn dismiss(self) {
        if self.busy.get_untracked().is_none()
            && let Some(worker) = self.worker.get_value()
        {
            worker.terminate();
            self.worker.set_value(None);
            // What it would do next is gone with it.
            self.said.set(None);
        }
    }

    fn listen(self, worker: Worker) {
        let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            if let Ok(parts) = event.data().dyn_into::<js_sys::Array>() {
                self.hear(&parts.get(0).as_string().unwrap_or_default(), parts.get(1).as_string().unwrap_or_default(), parts.get(2));
            }
        });
        let on_error = Closure::<dyn Fn(JsValue)>::new(move |_| self.fail("the worker did not start"));
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        on_message.forget();
        on_error.forget();
        self.worker.set_value(Some(worker));
    }

    fn fail(self, why: &str) {
        self.worker.set_value(None);
        self.waiting.update_value(Vec::clear);
        self.app.note(&Err(StoreError::Broken(why.to_owned())));
        self.done("{\"Failed\":{\"Broken\":\"\"}}".to_owned());
    }

    fn hear(self, word: &str, text: String, more: JsValue) {
        match word {
            "ready" => {
                let waiting = self.waiting.try_update_value(std::mem::take).unwrap_or_default();
                if let Some(worker) = self.worker.get_value() {
                    for message in waiting {
                        let _ = worker.post_message(&message);
                    }
                }
            }
            "progress" => self.progress.set(Some((text, percent(&more)))),
            "wrote" => spawn_local(async move {
                self.end_bulk().await;
                self.app.wrote_many().await;
                self.done(text);
            }),
            "full" => self.refused(StoreError::Full, text),
            "newer" => self.refused(StoreError::Newer, text),
            "broken" => self.refused(StoreError::Broken(text.clone()), text),
            _ => {
                self.file.set_value(more.dyn_into().ok());
                self.done(text);
            }
        }
    }

    fn refused(self, why: StoreError, text: String) {
        self.app.note(&Err(why));
        self.done(text);
    }

    async fn end_bulk(self) {
        let bulk = self.bulk.try_update_value(Option::take).flatten();
        if let Some(bulk) = bulk
            && let Ok(awake) = self.app.awaken().await
        {
            (awake.end_bulk)(self.app, bulk).await;
        }
    }

    fn done(self, text: String) {
        spawn_local(async move {
            // Refused, stopped or nothing to do: what was noted is taken back.
            self.end_bulk().await;
            self.say(text);
        });
    }

    fn say(self, text: String) {
        let desk = self.busy.get_untracked();
        self.busy.set(None);
        self.progress.set(None);
        self.fresh.set_value(true);
        self.said.set(desk.map(|desk| Said { desk, text }));
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number from 0 to 100")]
fn percent(value: &JsValue) -> u32 {
    value.as_f64().unwrap_or_default().clamp(0.0, 100.0) as u32
}
