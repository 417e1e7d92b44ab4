//! Browser exceptions end here: what can go wrong with storage is plain data from now on.

pub use crate::keep::error::StoreError;
use wasm_bindgen::{JsCast, JsValue};

impl From<idb::Error> for StoreError {
    fn from(error: idb::Error) -> Self {
        StoreError::from_words(&error.to_string())
    }
}

impl From<JsValue> for StoreError {
    fn from(value: JsValue) -> Self {
        match value.dyn_ref::<web_sys::DomException>() {
            Some(exception) => StoreError::from(exception),
            None => StoreError::Broken(format!("{value:?}")),
        }
    }
}

impl From<&web_sys::DomException> for StoreError {
    fn from(exception: &web_sys::DomException) -> Self {
        StoreError::from_words(&format!("{}: {}", exception.name(), exception.message()))
    }
}
