//! The journal's folder as the worker for errands sees it: whole files read, snapshots written, what is no longer needed removed.

use super::error::StoreError;
use js_sys::{Function, JsString, Promise, Reflect, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    File, FileSystemDirectoryHandle, FileSystemFileHandle, FileSystemGetDirectoryOptions, FileSystemGetFileOptions,
    FileSystemReadWriteOptions, FileSystemSyncAccessHandle, WorkerGlobalScope,
};

const FOLDER: &str = "shelfwise";

/// How often a file that changed while it was read is read once more.
const TRIES: u32 = 3;

/// The folder.
pub struct Folder(FileSystemDirectoryHandle);

impl Folder {
    /// Opens it; an error means that this browser has none.
    pub async fn open() -> Result<Folder, StoreError> {
        let scope: WorkerGlobalScope = js_sys::global().dyn_into().map_err(|_| StoreError::Broken("not a worker".to_owned()))?;
        // WebKitGTK has no storage in a worker; calling into nothing would end it.
        let storage = Reflect::get(&scope.navigator(), &"storage".into())?;
        let get: Function = Reflect::get(&storage, &"getDirectory".into())?.dyn_into()?;
        let root: FileSystemDirectoryHandle = JsFuture::from(get.call0(&storage)?.dyn_into::<Promise>()?).await?.dyn_into()?;
        let options = FileSystemGetDirectoryOptions::new();
        options.set_create(true);
        Ok(Folder(JsFuture::from(root.get_directory_handle_with_options(FOLDER, &options)).await?.dyn_into()?))
    }

    /// Names and sizes in bytes, by name.
    pub async fn list(&self) -> Result<Vec<(String, u64)>, StoreError> {
        let names = self.0.keys();
        let mut found = Vec::new();
        loop {
            let step = JsFuture::from(names.next()?).await?;
            let step: js_sys::IteratorNext = step.unchecked_into();
            if step.done() {
                break;
            }
            let name: String = step.value().dyn_into::<JsString>()?.into();
            let file = self.file(&name).await?;
            found.push((name, size(&file)));
        }
        found.sort();
        Ok(found)
    }

    async fn file(&self, name: &str) -> Result<File, StoreError> {
        let handle: FileSystemFileHandle = JsFuture::from(self.0.get_file_handle(name)).await?.dyn_into()?;
        Ok(JsFuture::from(handle.get_file()).await?.dyn_into()?)
    }

    /// All of a file.
    pub async fn read(&self, name: &str) -> Result<Vec<u8>, StoreError> {
        let mut tries = 0;
        loop {
            match JsFuture::from(self.file(name).await?.array_buffer()).await {
                Ok(buffer) => return Ok(Uint8Array::new(&buffer).to_vec()),
                // Written to meanwhile: the browser reads no file that changed since it was found.
                Err(_) if tries < TRIES => tries += 1,
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// A new file, to be written from its beginning.
    pub async fn create(&self, name: &str) -> Result<NewFile, StoreError> {
        let options = FileSystemGetFileOptions::new();
        options.set_create(true);
        let handle: FileSystemFileHandle = JsFuture::from(self.0.get_file_handle_with_options(name, &options)).await?.dyn_into()?;
        let handle: FileSystemSyncAccessHandle = JsFuture::from(handle.create_sync_access_handle()).await?.dyn_into()?;
        handle.truncate_with_u32(0)?;
        Ok(NewFile { handle, opening: Vec::new(), at: 0 })
    }

    /// Removes a file; one that another tab holds stays.
    pub async fn remove(&self, name: &str) {
        let _ = JsFuture::from(self.0.remove_entry(name)).await;
    }
}

/// A file that is being written.
pub struct NewFile {
    handle: FileSystemSyncAccessHandle,
    opening: Vec<u8>,
    at: u32,
}

impl NewFile {
    /// What the file begins with. It is written last: a file that was broken off has none.
    pub fn begin_with(&mut self, opening: Vec<u8>) {
        self.at = u32::try_from(opening.len()).unwrap_or(u32::MAX);
        self.opening = opening;
    }

    /// Adds bytes.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), StoreError> {
        let length = self.write_at(self.at, bytes)?;
        self.at = self.at.saturating_add(length);
        Ok(())
    }

    fn write_at(&self, at: u32, bytes: &[u8]) -> Result<u32, StoreError> {
        let options = FileSystemReadWriteOptions::new();
        options.set_at(f64::from(at));
        let written = self.handle.write_with_u8_array_and_options(bytes, &options)?;
        let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        if written < f64::from(length) { Err(StoreError::Full) } else { Ok(length) }
    }

    /// All of it is on the disk when this returns.
    pub fn finish(self) -> Result<(), StoreError> {
        self.handle.flush()?;
        self.write_at(0, &self.opening)?;
        self.handle.flush()?;
        Ok(())
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        self.handle.close();
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a file's size is whole and positive")]
fn size(file: &File) -> u64 {
    file.size() as u64
}
