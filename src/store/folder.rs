//! A folder of the device that the rep picked, where the browser has that: its handle is kept in the database, the right to write into
//! it may have to be given again after a restart.

use super::connection::{Durability, end_of, ended};
use super::database::{Store, js_text};
use super::error::StoreError;
use super::layout::META;
use super::mark::key;
use super::settled::{apart, settled};
use idb::{Transaction, TransactionMode};
use js_sys::{Array, Function, JsString, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File, FileSystemDirectoryHandle, FileSystemFileHandle, FileSystemGetFileOptions};

const FOLDER: &str = "folder";

/// Our files in the folder begin so; others are never touched.
pub const COPY: &str = "shelfwise-copy-";

/// Whether a copy of so many bytes is far too small to take the place of one that has `before`.
pub fn is_far_smaller(bytes: u64, before: u64) -> bool {
    before > 2 * bytes
}

/// Whether a file is what is left of a write that was cut off: empty, or Chromium's file beside the one that was to be written.
pub fn is_cut_off(name: &str, bytes: u64) -> bool {
    bytes == 0 || name.ends_with(".crswap")
}

/// A picked folder.
pub struct Picked(FileSystemDirectoryHandle);

impl Store {
    /// Keeps the folder; none forgets it. What is in it stays.
    pub async fn keep_folder(&self, folder: Option<&Picked>) -> Result<(), StoreError> {
        apart(async move {
            let raw = self.transaction(&[META], TransactionMode::ReadWrite, Durability::Relaxed).await?;
            let transaction = Transaction::from(raw.clone());
            let over = end_of(&raw);
            let meta = transaction.object_store(META)?;
            match folder {
                Some(folder) => {
                    let row = js_text(FOLDER, "");
                    Reflect::set(&row, &"handle".into(), &folder.0)?;
                    drop(meta.put(&row, None)?);
                }
                None => drop(meta.delete(JsValue::from_str(FOLDER))?),
            }
            transaction.commit()?;
            ended(&raw, over).await
        })
        .await
    }

    /// The folder that was picked.
    pub async fn folder(&self) -> Result<Option<Picked>, StoreError> {
        apart(async move {
            let raw = self.transaction(&[META], TransactionMode::ReadOnly, Durability::Relaxed).await?;
            let row = Transaction::from(raw).object_store(META)?.get(key(FOLDER))?.await?;
            let handle = row.and_then(|row| Reflect::get(&row, &"handle".into()).ok());
            Ok(handle.and_then(|handle| handle.dyn_into().ok()).map(Picked))
        })
        .await
    }
}

/// Whether this browser lets a folder be picked.
pub fn can_pick() -> bool {
    Reflect::get(&js_sys::global(), &"showDirectoryPicker".into()).is_ok_and(|pick| pick.is_function())
}

/// Lets the rep pick a folder; none where it was called off. Only within a tap.
pub async fn pick() -> Option<Picked> {
    let pick: Function = Reflect::get(&js_sys::global(), &"showDirectoryPicker".into()).ok()?.dyn_into().ok()?;
    let asked = pick.call1(&js_sys::global(), &read_write()).ok()?;
    JsFuture::from(asked.dyn_into::<Promise>().ok()?).await.ok()?.dyn_into().ok().map(Picked)
}

fn read_write() -> JsValue {
    let options = Object::new();
    // Setting a property of a fresh plain object cannot fail.
    let _ = Reflect::set(&options, &"mode".into(), &"readwrite".into());
    options.into()
}

impl Picked {
    pub fn name(&self) -> String {
        self.0.name()
    }

    /// Whether it may be written into now.
    pub async fn is_allowed(&self) -> bool {
        self.permission("queryPermission").await
    }

    /// Asks for the right to write. Only within a tap.
    pub async fn allow(&self) -> bool {
        self.permission("requestPermission").await
    }

    async fn permission(&self, how: &str) -> bool {
        apart(async move {
            let Ok(ask) = Reflect::get(&self.0, &how.into()).and_then(JsCast::dyn_into::<Function>) else { return true };
            let Ok(asked) = ask.call1(&self.0, &read_write()).and_then(JsCast::dyn_into::<Promise>) else { return false };
            JsFuture::from(asked).await.is_ok_and(|said| said.as_string().as_deref() == Some("granted"))
        })
        .await
    }

    /// The files whose name begins so: name and size in bytes, by name.
    pub async fn list(&self, prefix: &str) -> Result<Vec<(String, u64)>, StoreError> {
        let names = self.0.keys();
        let mut found = Vec::new();
        loop {
            let step: js_sys::IteratorNext = settled(names.next()?.unchecked_into()).await?.unchecked_into();
            if step.done() {
                break;
            }
            let name: String = step.value().dyn_into::<JsString>()?.into();
            if name.starts_with(prefix) {
                let handle: FileSystemFileHandle = settled(self.0.get_file_handle(&name).unchecked_into()).await?.dyn_into()?;
                let file: File = settled(handle.get_file().unchecked_into()).await?.dyn_into()?;
                found.push((name, size(&file)));
            }
        }
        found.sort();
        Ok(found)
    }

    /// Our copies in it, oldest first; none where the folder itself was deleted. What cannot be read now counts as no copy.
    pub async fn copies(&self) -> Option<Vec<(String, u64)>> {
        match self.list(COPY).await {
            Ok(found) => Some(found.into_iter().filter(|(name, size)| !is_cut_off(name, *size)).collect()),
            Err(StoreError::Broken(words)) if words.starts_with("NotFoundError") => None,
            Err(_) => Some(Vec::new()),
        }
    }

    /// Writes a file: it takes the place of one with that name only once it is whole.
    pub async fn write(&self, name: &str, content: &Blob) -> Result<(), StoreError> {
        let options = FileSystemGetFileOptions::new();
        options.set_create(true);
        let handle: FileSystemFileHandle = JsFuture::from(self.0.get_file_handle_with_options(name, &options)).await?.dyn_into()?;
        let stream: JsValue = JsFuture::from(handle.create_writable()).await?;
        let written = call(&stream, "write", &Array::of1(content)).await;
        if written.is_err() {
            // What is there of it goes; one that is gone already says so.
            let _ = call(&stream, "abort", &Array::new()).await;
            return written;
        }
        call(&stream, "close", &Array::new()).await
    }

    pub async fn remove(&self, name: &str) {
        // One that stays is one file too many.
        let _ = JsFuture::from(self.0.remove_entry(name)).await;
    }
}

async fn call(of: &JsValue, name: &str, arguments: &Array) -> Result<(), StoreError> {
    let function: Function = Reflect::get(of, &name.into())?.dyn_into()?;
    let promise: Promise = function.apply(of, arguments)?.dyn_into()?;
    JsFuture::from(promise).await?;
    Ok(())
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a file's size is whole and positive")]
fn size(file: &File) -> u64 {
    file.size() as u64
}
