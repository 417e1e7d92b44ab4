//! The second program: import, export and demonstration, off the page's thread and out of its first load. It opens the database
//! itself, does one errand at a time, and says what it did; the page reads again what it needs.

mod demo;
mod export;
mod import;
mod reading;

use crate::archive::errand::{Answer, Ask, Failed};
use crate::archive::record::Kind;
use crate::domain::book::{Book, Record};
use crate::domain::events::Events;
use crate::domain::stamp::Stamp;
use crate::state::clock::{self, Clock};
use crate::store::database::{self, Store};
use crate::store::error::StoreError;
use import::Plan;
use reading::ReadFile;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{DedicatedWorkerGlobalScope, File, MessageEvent};

/// What stays from one errand to the next.
#[derive(Default)]
struct Desk {
    file: RefCell<Option<ReadFile>>,
    plan: RefCell<Option<Plan>>,
    stop: Cell<bool>,
}

/// Listens for errands from now on.
pub fn run() {
    let desk = Rc::new(Desk::default());
    let heard = Rc::clone(&desk);
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let Some((ask, file)) = parse(&event.data()) else { return };
        // Stopping does not wait in line behind what it stops.
        if ask == Ask::Stop {
            heard.stop.set(true);
            return;
        }
        let desk = Rc::clone(&heard);
        spawn_local(async move {
            desk.stop.set(false);
            let answer = desk.answer(ask, file).await.unwrap_or_else(|error| Answer::Failed(failed(error)));
            say(&answer);
        });
    });
    if let Some(scope) = scope() {
        scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        on_message.forget();
        say(&Answer::Ready);
    }
}

impl Desk {
    async fn answer(&self, ask: Ask, file: Option<File>) -> Result<Answer, StoreError> {
        Ok(match ask {
            Ask::Read => match reading::read(file).await {
                Ok(read) => {
                    let answer = read.answer();
                    self.file.replace(Some(read));
                    answer
                }
                Err(problem) => Answer::Refused(problem),
            },
            Ask::Judge { list, mapping } => {
                let store = open().await?;
                let file = self.file.borrow_mut().take();
                let Some(file) = file else { return Ok(Answer::Stopped) };
                let (plan, preview) = import::judge(&store, &file, list, &mapping).await?;
                self.file.replace(Some(file));
                self.plan.replace(Some(plan));
                store.close();
                Answer::Judged(preview)
            }
            Ask::Write { same, last } => {
                let plan = self.plan.take();
                let Some(plan) = plan else { return Ok(Answer::Stopped) };
                let store = open().await?;
                let done = import::write(&store, plan, same, last, &self.stop).await;
                store.close();
                done?
            }
            Ask::Stop => Answer::Stopped,
            Ask::Undo { last } => import::undo(&open().await?, last).await?,
            Ask::Export { list, chinese } => export::export(&open().await?, list, chinese).await?,
            Ask::Demo { chinese, last } => demo::make(&open().await?, chinese, last).await?,
            Ask::RemoveDemo { with_real } => demo::remove(&open().await?, with_real).await?,
        })
    }
}

/// The page's connection closes for a newer app; the worker's too, and its errand fails.
async fn open() -> Result<Store, StoreError> {
    Store::open(database::NAME, || {}).await
}

/// Everything the app holds in memory, and the device that writes.
async fn load(store: &Store, last: Option<Stamp>) -> Result<(Book, Clock), StoreError> {
    let loaded = store.load().await?;
    if loaded.set_aside.newer > 0 {
        return Err(StoreError::Newer);
    }
    let mut book = Book::default();
    book.apply(loaded.records);
    let device = loaded.device.unwrap_or_else(clock::new_device);
    let last = book.last_stamp().max(last);
    Ok((book, Clock::new(device, last)))
}

/// Every event of every shop.
async fn all_events(store: &Store) -> Result<Events, StoreError> {
    let mut events = Events::default();
    for kind in [Kind::Visit, Kind::Order, Kind::Delivery] {
        for record in store.all(kind).await? {
            match record {
                Record::Visit(visit) => events.visits.push(visit),
                Record::Order(order) => events.orders.push(order),
                Record::Delivery(delivery) => events.deliveries.push(delivery),
                _ => {}
            }
        }
    }
    Ok(events)
}

fn failed(error: StoreError) -> Failed {
    match error {
        StoreError::Full => Failed::Full,
        StoreError::Newer | StoreError::Closed => Failed::Newer,
        StoreError::AlreadyThere => Failed::Broken("already there".to_owned()),
        StoreError::Broken(why) => Failed::Broken(why),
    }
}

fn scope() -> Option<DedicatedWorkerGlobalScope> {
    js_sys::global().dyn_into().ok()
}

/// Tells the page. Answers are plain data: writing them cannot fail.
fn say(answer: &Answer) {
    if let (Some(scope), Ok(text)) = (scope(), serde_json::to_string(answer)) {
        // A page that is gone hears nothing.
        let _ = scope.post_message(&JsValue::from_str(&text));
    }
}

/// A message is `[errand, file?]`.
fn parse(data: &JsValue) -> Option<(Ask, Option<File>)> {
    let parts: js_sys::Array = data.clone().dyn_into().ok()?;
    let ask = serde_json::from_str(&parts.get(0).as_string()?).ok()?;
    Some((ask, parts.get(1).dyn_into().ok()))
}
