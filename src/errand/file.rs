//! Bytes on their way to and from a file: made in pieces, read in slices, hashed by the browser where it can.

use crate::archive::backup::{Hash, hex};
use crate::store::error::StoreError;
use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag};

/// Read at once, in bytes.
const SLICE: u32 = 4 << 20;

/// The pieces of a file to be.
#[derive(Default)]
pub struct Pieces(Array);

impl Pieces {
    pub fn add(&self, bytes: &[u8]) {
        self.0.push(&Uint8Array::from(bytes));
    }

    pub fn add_blob(&self, blob: &Blob) {
        self.0.push(blob);
    }

    pub fn into_blob(self, kind: &str) -> Result<Blob, StoreError> {
        let options = BlobPropertyBag::new();
        options.set_type(kind);
        Ok(Blob::new_with_blob_sequence_and_options(&self.0, &options)?)
    }
}

/// A length in bytes.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a file's size is whole, positive and below 2^53")]
pub fn size(blob: &Blob) -> u64 {
    blob.size() as u64
}

/// The bytes of a file, slice by slice; `watch` hears how many are behind and says whether to go on.
pub async fn bytes(blob: &Blob, mut watch: impl FnMut(u64) -> bool) -> Result<Option<Vec<u8>>, JsValue> {
    let all = size(blob);
    let mut bytes = Vec::with_capacity(usize::try_from(all).unwrap_or_default());
    let mut from = 0;
    while from < all {
        let to = all.min(from + u64::from(SLICE));
        let slice = array(&slice(blob, from, to)?).await?;
        let old = bytes.len();
        bytes.resize(old + slice.length() as usize, 0);
        slice.copy_to(bytes.get_mut(old..).unwrap_or_default());
        from = to;
        if !watch(from) {
            return Ok(None);
        }
    }
    Ok(Some(bytes))
}

/// The SHA-256 of a part of a file, as 64 hexadecimal digits. By the browser where the page is served securely, else by our own code.
pub async fn hash(blob: &Blob, from: u64, to: u64) -> Result<String, JsValue> {
    if let Some(subtle) = subtle() {
        let whole = JsFuture::from(slice(blob, from, to)?.array_buffer()).await?;
        let digest: Function = Reflect::get(&subtle, &"digest".into())?.dyn_into()?;
        let hashing: Promise = digest.call2(&subtle, &"SHA-256".into(), &whole)?.dyn_into()?;
        return Ok(hex(&Uint8Array::new(&JsFuture::from(hashing).await?).to_vec()));
    }
    let mut hash = Hash::default();
    let mut at = from;
    while at < to {
        let end = to.min(at + u64::from(SLICE));
        hash.take(&array(&slice(blob, at, end)?).await?.to_vec());
        at = end;
    }
    Ok(hash.finish())
}

/// The browser's own cryptography; none where the page is not served securely.
fn subtle() -> Option<Object> {
    let crypto = Reflect::get(&js_sys::global(), &"crypto".into()).ok()?;
    Reflect::get(&crypto, &"subtle".into()).ok()?.dyn_into().ok()
}

#[expect(clippy::cast_precision_loss, reason = "a file's size is below 2^53")]
fn slice(blob: &Blob, from: u64, to: u64) -> Result<Blob, JsValue> {
    blob.slice_with_f64_and_f64(from as f64, to as f64)
}

async fn array(blob: &Blob) -> Result<Uint8Array, JsValue> {
    Ok(Uint8Array::new(&JsFuture::from(blob.array_buffer()).await?))
}
