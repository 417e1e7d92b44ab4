//! The ways a rep reaches a person (D0 34). Every contact says which one it took; every person may have one they like best.

use serde::{Deserialize, Serialize};

/// A way of contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    Visit,
    Phone,
    Sms,
    /// Any messaging app.
    Chat,
    Email,
    Letter,
}

impl Channel {
    pub const ALL: [Channel; 6] = [Channel::Visit, Channel::Phone, Channel::Sms, Channel::Chat, Channel::Email, Channel::Letter];
}
