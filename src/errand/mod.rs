//! The second program: import, export, backup and demonstration, off the page's thread and out of its first load. It opens the database
//! itself, does one errand at a time, and says what it did; the page reads again what it needs.

mod back_up;
mod demo;
mod file;
mod folder;
mod import;
mod message;
mod reading;
mod restore;
mod twin;

use crate::archive::errand::{Answer, Ask, COPY, Failed};
use crate::archive::record::Kind;
use crate::domain::book::{Book, Record};
use crate::domain::events::Events;
use crate::domain::stamp::Stamp;
use crate::state::clock::{self, Clock};
use crate::store::database::{self, Store};
use crate::store::error::StoreError;
use import::Plan;
use reading::ReadFile;
use restore::{Backup, Refused};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{File, MessageEvent};

/// What stays from one errand to the next.
#[derive(Default)]
struct Desk {
    file: RefCell<Option<ReadFile>>,
    plan: RefCell<Option<Plan>>,
    backup: RefCell<Option<Backup>>,
    stop: Cell<bool>,
    /// In which the page that asks writes; none where nothing is to be written.
    term: Cell<Option<u64>>,
}

/// Listens for errands from now on.
pub fn run() {
    let desk = Rc::new(Desk::default());
    let heard = Rc::clone(&desk);
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let Some((ask, file, term)) = parse(&event.data()) else { return };
        // Stopping does not wait in line behind what it stops.
        if ask == Ask::Stop {
            heard.stop.set(true);
            return;
        }
        let desk = Rc::clone(&heard);
        spawn_local(async move {
            desk.stop.set(false);
            desk.term.set(term);
            let (answer, file) = desk.answer(ask, file).await.unwrap_or_else(|error| (Answer::Failed(failed(error)), None));
            message::answer(&answer, file);
        });
    });
    if let Some(scope) = message::scope() {
        scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        on_message.forget();
        message::ready();
    }
}

impl Desk {
    /// The page's connection closes for a newer app; the worker's too, and its errand fails.
    async fn open(&self) -> Result<Store, StoreError> {
        let store = Store::open(database::NAME, || {}).await?;
        store.set_term(self.term.get());
        Ok(store)
    }

    async fn answer(&self, ask: Ask, file: Option<File>) -> Result<back_up::File, StoreError> {
        let stop = &self.stop;
        let answer = match ask {
            Ask::Read => match reading::read(file).await {
                Ok(read) => {
                    let answer = read.answer();
                    self.file.replace(Some(read));
                    answer
                }
                Err(problem) => Answer::Refused(problem),
            },
            Ask::Judge { list, mapping } => {
                let store = self.open().await?;
                let file = self.file.borrow_mut().take();
                let Some(file) = file else { return Ok((Answer::Stopped, None)) };
                let (plan, preview) = import::judge(&store, &file, list, &mapping).await?;
                self.file.replace(Some(file));
                self.plan.replace(Some(plan));
                store.close();
                Answer::Judged(preview)
            }
            Ask::Write { same, last } => {
                let plan = self.plan.take();
                let Some(plan) = plan else { return Ok((Answer::Stopped, None)) };
                let store = self.open().await?;
                let done = import::write(&store, plan, same, last, stop).await;
                store.close();
                done?
            }
            Ask::Stop => Answer::Stopped,
            Ask::Undo { last } => import::undo(&self.open().await?, last).await?,
            Ask::Export { list, chinese } => return back_up::list(&self.open().await?, list, chinese).await,
            Ask::Demo { chinese, last } => demo::make(&self.open().await?, chinese, last).await?,
            Ask::RemoveDemo { with_real } => demo::remove(&self.open().await?, with_real).await?,
            Ask::BackUp { shop: None } => return back_up::everything(&self.open().await?, stop).await,
            Ask::BackUp { shop: Some(shop) } => return back_up::shop(&self.open().await?, shop).await,
            Ask::Tables { chinese } => return back_up::tables(&self.open().await?, chinese).await,
            Ask::Check => {
                // The last one's memory first: a file may be large.
                self.backup.take();
                match restore::check(file, stop).await {
                    Ok(backup) => {
                        let answer = backup.compare(&self.open().await?, stop).await?;
                        self.backup.replace(Some(backup));
                        answer
                    }
                    Err(Refused::Problem(problem)) => Answer::NoBackup(problem),
                    Err(Refused::Stopped) => Answer::Stopped,
                }
            }
            Ask::Restore { mode, last } => {
                let Some(backup) = self.backup.take() else { return Ok((Answer::Stopped, None)) };
                backup.restore(&self.open().await?, mode, last, stop).await?
            }
            Ask::ForgetCopy => {
                self.open().await?.forget_kept(COPY).await?;
                Answer::CopyForgotten
            }
            Ask::TakeBack { last } => restore::take_back(&self.open().await?, last, stop).await?,
            Ask::Wipe => restore::wipe(&self.open().await?).await?,
            Ask::Snapshot => twin::snapshot(&self.open().await?).await?,
            Ask::CopyToFolder => folder::copy(&self.open().await?, stop).await?,
            Ask::Audit => twin::audit(&self.open().await?).await?,
            Ask::Weigh { epoch } => twin::weigh(&self.open().await?, epoch).await?,
            Ask::Recover { epoch, last } => match twin::image_of(epoch).await? {
                Some((image, _)) => {
                    let (rows, lost) = (twin::entries(&image), image.mark.epoch);
                    drop(image);
                    let store = self.open().await?;
                    let answer = restore::recover(&store, rows, lost, last, stop).await?;
                    if matches!(answer, Answer::Restored { .. }) {
                        // The journal knows nothing of the new database: until there is a snapshot of it, one that is lost once
                        // more would take every save since with it. Where none can be made the copy is behind, and each save
                        // says so.
                        drop(twin::snapshot(&store).await);
                    }
                    answer
                }
                None => Answer::Weighed(None),
            },
        };
        Ok((answer, None))
    }
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

/// The rep's own shops and products, without the demonstration.
fn own_book(all: &Book) -> Book {
    let mut book = Book::default();
    let shops = all.customers().filter(|shop| !shop.envelope.demo).map(|shop| Record::Customer(shop.as_ref().clone()));
    let products = all.products().filter(|product| !product.envelope.demo).map(|product| Record::Product(product.as_ref().clone()));
    book.apply(shops.chain(products));
    book
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
        StoreError::Reader => Failed::Broken("another tab writes".to_owned()),
        StoreError::Broken(why) | StoreError::Lost(why) => Failed::Broken(why),
    }
}

/// A message is `[errand, file?, term?]`.
fn parse(data: &JsValue) -> Option<(Ask, Option<File>, Option<u64>)> {
    let parts: js_sys::Array = data.clone().dyn_into().ok()?;
    let ask = serde_json::from_str(&parts.get(0).as_string()?).ok()?;
    let term = parts.get(2).as_string().and_then(|term| term.parse().ok());
    Some((ask, parts.get(1).dyn_into().ok(), term))
}
