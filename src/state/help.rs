//! Help texts as they are fetched: read whole or not at all. They ship with the app, so a text that cannot be read is one that was
//! cut on its way.

use crate::domain::help::Section;

/// The sections of one language's file, in its order.
pub fn sections(text: &str) -> Option<Vec<Section>> {
    serde_json::from_str(text).ok()
}
