//! The page's end of the worker: asks, hears, and reads the book again when the worker wrote. One errand at a time; it goes on while
//! the rep is on another page.

use super::app::App;
pub use crate::archive::cells::CellProblem;
pub use crate::archive::columns::ListKind;
pub use crate::archive::encoding::Encoding;
pub use crate::archive::errand::{Answer, Ask, Failed, Preview, Read, Same};
pub use crate::archive::judge::{BadRow, RowProblem};
pub use crate::archive::mapping::Mapping;
pub use crate::archive::sheet::FileProblem;
use crate::store::error::StoreError;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{File, MessageEvent, Worker};

/// The worker and what it said last.
#[derive(Clone, Copy)]
pub struct Errands {
    app: App,
    /// What the worker said last; none while it works.
    pub heard: RwSignal<Option<Answer>>,
    /// So many of so many rows are written.
    pub progress: RwSignal<Option<(usize, usize)>>,
    pub busy: RwSignal<bool>,
    make: fn() -> Option<Worker>,
    worker: StoredValue<Option<Worker>, LocalStorage>,
    /// Asked before the worker was ready.
    waiting: StoredValue<Vec<JsValue>, LocalStorage>,
}

impl Errands {
    /// `make` starts the worker, when it is first needed.
    pub fn new(app: App, make: fn() -> Option<Worker>) -> Errands {
        Errands {
            app,
            heard: RwSignal::new(None),
            progress: RwSignal::new(None),
            busy: RwSignal::new(false),
            make,
            worker: StoredValue::new_local(None),
            waiting: StoredValue::new_local(Vec::new()),
        }
    }

    /// Sends an errand, with a file where it needs one.
    pub fn ask(self, ask: &Ask, file: Option<&File>) {
        // An errand is plain data: writing it cannot fail.
        let Ok(text) = serde_json::to_string(ask) else { return };
        let message = js_sys::Array::of2(&text.into(), &file.map_or(JsValue::UNDEFINED, |file| file.clone().into()));
        if *ask != Ask::Stop {
            self.busy.set(true);
            self.heard.set(None);
            self.progress.set(None);
        }
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

    fn listen(self, worker: Worker) {
        let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(answer) = event.data().as_string().and_then(|text| serde_json::from_str::<Answer>(&text).ok()) {
                self.hear(answer);
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
        self.busy.set(false);
        self.heard.set(Some(Answer::Failed(Failed::Broken(why.to_owned()))));
    }

    fn hear(self, answer: Answer) {
        match answer {
            Answer::Ready => {
                let waiting = self.waiting.try_update_value(std::mem::take).unwrap_or_default();
                if let Some(worker) = self.worker.get_value() {
                    for message in waiting {
                        let _ = worker.post_message(&message);
                    }
                }
            }
            Answer::Progress { behind, all } => self.progress.set(Some((behind, all))),
            Answer::Written { .. } | Answer::Undone { .. } | Answer::DemoMade { .. } | Answer::DemoRemoved => {
                spawn_local(async move {
                    self.app.wrote_many().await;
                    self.done(answer);
                });
            }
            Answer::Failed(failed) => {
                self.app.note(&Err(match &failed {
                    Failed::Full => StoreError::Full,
                    Failed::Newer => StoreError::Newer,
                    Failed::Broken(why) => StoreError::Broken(why.clone()),
                }));
                self.done(Answer::Failed(failed));
            }
            answer => self.done(answer),
        }
    }

    fn done(self, answer: Answer) {
        self.busy.set(false);
        self.progress.set(None);
        self.heard.set(Some(answer));
    }
}
