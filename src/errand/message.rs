//! What the worker tells the page: `[word, text, more?]`. The word is all that the page's first part understands; the text is read by
//! the page that asked.

use crate::archive::errand::{Answer, Failed, Step};
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, DedicatedWorkerGlobalScope};

pub fn scope() -> Option<DedicatedWorkerGlobalScope> {
    js_sys::global().dyn_into().ok()
}

/// The worker listens.
pub fn ready() {
    post("ready", "", JsValue::UNDEFINED);
}

/// An errand is over. Answers are plain data: writing them cannot fail.
pub fn answer(answer: &Answer, file: Option<Blob>) {
    let word = match answer {
        Answer::Failed(Failed::Full) => "full",
        Answer::Failed(Failed::Newer) => "newer",
        Answer::Failed(Failed::Broken(_)) => "broken",
        answer if answer.wrote() => "wrote",
        _ => "done",
    };
    if let Ok(text) = serde_json::to_string(answer) {
        post(word, &text, file.map_or(JsValue::UNDEFINED, JsValue::from));
    }
}

/// So much of all is behind.
pub fn progress(step: Step, behind: u64, all: u64) {
    let percent = (behind * 100).checked_div(all).unwrap_or(100).min(100);
    if let Ok(text) = serde_json::to_string(&step) {
        post("progress", &text, u32::try_from(percent).unwrap_or(100).into());
    }
}

fn post(word: &str, text: &str, more: JsValue) {
    if let Some(scope) = scope() {
        // A page that is gone hears nothing.
        let _ = scope.post_message(&Array::of3(&word.into(), &text.into(), &more));
    }
}
