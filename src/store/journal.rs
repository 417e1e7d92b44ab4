//! The journal's end in the page: a worker (`public/journal.js`) has the file, because only a worker can append and flush at once.

use super::error::StoreError;
use super::settled::within;
use crate::keep::keeper::Log;
use async_lock::{Mutex, MutexGuardArc};
use js_sys::{Array, Function, Promise, Uint8Array};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, Worker};

/// Files of the journal begin so.
pub const TAIL: &str = "tail-";
/// Snapshots begin so.
pub const SNAPSHOT: &str = "snapshot-";
/// The copies of the drafts, two that are written by turns, begin so.
pub const DRAFTS: &str = "drafts-";
/// All of them end so.
pub const ENDING: &str = ".swj";
/// Room that is given up when the disk is full, in bytes: a long visit with its order fits into it many times.
const BALLAST: u32 = 512 * 1024;

/// How long an answer of the worker is awaited, in milliseconds. A save then goes without its copy.
const PATIENCE: i32 = 5_000;

/// The name of a file by its number; later ones sort behind earlier ones.
pub fn file_name(what: &str, number: u64) -> String {
    format!("{what}{number:015}{ENDING}")
}

/// The number in a file's name.
pub fn number_of(what: &str, name: &str) -> Option<u64> {
    name.strip_prefix(what)?.strip_suffix(ENDING)?.parse().ok()
}

/// A file of the journal's folder.
#[derive(Clone, Debug)]
pub struct Kept {
    pub name: String,
    pub size: u64,
    /// Of a tail and of drafts all, of another its beginning.
    pub bytes: Vec<u8>,
}

type Answers = Rc<RefCell<BTreeMap<String, Function>>>;

/// The worker and what it was asked.
#[derive(Clone, Default)]
pub struct Journal(Rc<Inner>);

#[derive(Default)]
struct Inner {
    worker: RefCell<Option<Worker>>,
    answers: Answers,
    asked: Cell<u32>,
    /// The newest tail that was found or begun.
    newest: Cell<u64>,
    has_ballast: Cell<bool>,
    /// Bytes appended since the file was begun or opened.
    appended: Cell<u64>,
    /// The copy of the drafts that was written last.
    newest_drafts: Cell<u64>,
    drafts: RefCell<Vec<u8>>,
    drafts_turn: Arc<Mutex<()>>,
}

impl Journal {
    /// Starts the worker and reads what is there, oldest first. An error means that this browser has no place for a journal.
    pub async fn open(&self) -> Result<Vec<Kept>, StoreError> {
        if self.0.worker.borrow().is_none() {
            self.0.worker.replace(Some(self.start()?));
        }
        let found: Array = self.ask("open", &[Array::of2(&TAIL.into(), &DRAFTS.into()).into()]).await?.dyn_into()?;
        let mut files: Vec<Kept> = found.iter().filter_map(|file| kept(&file)).collect();
        files.sort_by(|one, other| one.name.cmp(&other.name));
        let newest = files.iter().filter_map(|file| number_of(TAIL, &file.name)).max();
        self.0.newest.set(newest.unwrap_or(0));
        Ok(files)
    }

    #[inline(never)]
    fn start(&self) -> Result<Worker, StoreError> {
        let worker = Worker::new("journal.js")?;
        let answers = Rc::clone(&self.0.answers);
        let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            let Ok(parts) = event.data().dyn_into::<Array>() else { return };
            let answer = parts.get(0).as_string().and_then(|id| answers.borrow_mut().remove(&id));
            if let Some(answer) = answer {
                // A promise's resolve function does not throw.
                let _ = answer.call1(&JsValue::NULL, &parts);
            }
        });
        let answers = Rc::clone(&self.0.answers);
        let on_error = Closure::<dyn Fn()>::new(move || {
            for (_, answer) in std::mem::take(&mut *answers.borrow_mut()) {
                let _ = answer.call1(&JsValue::NULL, &Array::of2(&0.into(), &"the worker broke".into()));
            }
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        on_message.forget();
        on_error.forget();
        Ok(worker)
    }

    /// Room for a full disk: made once there is data to save.
    pub async fn keep_ballast(&self) {
        if !self.0.has_ballast.get() && self.ask("ballast", &[BALLAST.into()]).await.is_ok() {
            self.0.has_ballast.set(true);
        }
    }

    /// The copy of the drafts that is whole and the newest: the other one is written next.
    pub fn set_newest_drafts(&self, number: u64) {
        self.0.newest_drafts.set(number);
    }

    /// No other copy of the drafts is written as long as this is held.
    pub async fn drafts_turn(&self) -> MutexGuardArc<()> {
        self.0.drafts_turn.lock_arc().await
    }

    /// Writes a copy of the drafts, unless the last one says the same; the turn is the caller's.
    pub async fn put_drafts(&self, file: Vec<u8>) -> Result<(), StoreError> {
        if *self.0.drafts.borrow() == file {
            return Ok(());
        }
        let number = 3 - self.0.newest_drafts.get().clamp(1, 2);
        self.ask("put", &[file_name(DRAFTS, number).into(), Uint8Array::from(file.as_slice()).into()]).await?;
        self.set_newest_drafts(number);
        self.0.drafts.replace(file);
        Ok(())
    }

    /// Lets the file go: this tab does not write any more.
    pub async fn close(&self) {
        let _ = self.ask("close", &[]).await;
    }

    /// Bytes appended since the file was begun or opened.
    pub fn appended(&self) -> u64 {
        self.0.appended.get()
    }

    #[inline(never)]
    fn awaited(&self, id: String) -> Promise {
        Promise::new(&mut |resolve, _| drop(self.0.answers.borrow_mut().insert(id.clone(), resolve)))
    }

    async fn ask(&self, what: &str, arguments: &[JsValue]) -> Result<JsValue, StoreError> {
        let worker = self.0.worker.borrow().clone().ok_or_else(|| StoreError::Broken("no journal".to_owned()))?;
        self.0.asked.set(self.0.asked.get().wrapping_add(1));
        let id = self.0.asked.get().to_string();
        let message = Array::of2(&id.as_str().into(), &what.into());
        for argument in arguments {
            message.push(argument);
        }
        let answer = self.awaited(id.clone());
        worker.post_message(&message)?;
        let Ok(parts) = within(PATIENCE, &answer).await?.dyn_into::<Array>() else {
            self.0.answers.borrow_mut().remove(&id);
            return Err(StoreError::Broken(format!("the journal does not answer: {what}")));
        };
        match parts.get(1).as_string() {
            Some(words) => Err(StoreError::from_words(&words)),
            None => Ok(parts.get(2)),
        }
    }
}

impl Log for Journal {
    async fn append(&self, frame: Vec<u8>, flush: bool) -> Result<(), StoreError> {
        self.ask("append", &[Uint8Array::from(frame.as_slice()).into(), flush.into()]).await?;
        self.0.appended.set(self.0.appended.get() + frame.len() as u64);
        Ok(())
    }

    async fn cut(&self) -> Result<(), StoreError> {
        self.ask("cut", &[]).await.map(drop)
    }

    async fn begin(&self, opening: Vec<u8>) -> Result<(), StoreError> {
        let number = self.0.newest.get() + 1;
        self.ask("begin", &[file_name(TAIL, number).into(), Uint8Array::from(opening.as_slice()).into()]).await?;
        self.0.newest.set(number);
        self.0.appended.set(0);
        Ok(())
    }

    async fn go_on(&self, at: usize) -> Result<(), StoreError> {
        let name = file_name(TAIL, self.0.newest.get());
        self.ask("goOn", &[name.into(), u32::try_from(at).unwrap_or(u32::MAX).into()]).await.map(drop)
    }

    async fn make_room(&self) -> bool {
        let given = self.ask("ballast", &[0.into()]).await;
        self.0.has_ballast.set(false);
        given.ok().and_then(|had| had.as_f64()).is_some_and(|had| had > 0.0)
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a file's size is whole and positive")]
fn kept(file: &JsValue) -> Option<Kept> {
    let parts: &Array = file.dyn_ref()?;
    let bytes: Uint8Array = parts.get(2).dyn_into().ok()?;
    Some(Kept { name: parts.get(0).as_string()?, size: parts.get(1).as_f64()? as u64, bytes: bytes.to_vec() })
}
