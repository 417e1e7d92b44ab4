//! A block of text from which messages are put together (D0 43-46). The rep's own or imported; never empty.

use super::id::TemplateId;
use super::stamp::Envelope;
use serde::{Deserialize, Serialize};

/// One block.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template {
    pub id: TemplateId,
    pub envelope: Envelope,
    pub fields: TemplateFields,
}

impl Template {
    /// Offered in the message desk.
    pub fn is_active(&self) -> bool {
        !self.fields.archived && !self.envelope.deleted
    }
}

/// What is typed of a block.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateFields {
    pub name: String,
    pub block: Block,
    /// With placeholders, at most [`TEXT_MAX`] characters.
    pub text: String,
    pub archived: bool,
}

/// Which part of a message a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    Greeting,
    Product,
    Price,
    Service,
    Season,
    Personal,
    Closing,
}

impl Block {
    /// In the order of a message.
    pub const ALL: [Block; 7] =
        [Block::Greeting, Block::Product, Block::Price, Block::Service, Block::Season, Block::Personal, Block::Closing];
}

/// The longest text of a block, in characters.
pub const TEXT_MAX: usize = 500;
