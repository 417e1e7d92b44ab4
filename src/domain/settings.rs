//! The rep's settings that change numbers. Language and looks are preferences of the device and live elsewhere.

use super::factor::Factor;
use super::stamp::Envelope;
use serde::{Deserialize, Serialize};

/// One record for the whole database.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    pub envelope: Envelope,
    pub factor: Factor,
}
