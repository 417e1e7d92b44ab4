//! The link of a frame: 16 bytes that stand for it and, as each is taken over the one before, for all in front of it.

use crate::archive::backup::hex;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt;
use std::str::FromStr;

/// As text 32 lower-case hexadecimal digits. All zeros before the first change of a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Link(pub [u8; 16]);

impl Link {
    /// Of a frame: over the sealed part of its header and its payload as it stands in the file.
    pub(super) fn of(sealed: &[u8], payload: &[u8]) -> Link {
        let digest = Sha256::new().chain_update(sealed).chain_update(payload).finalize();
        Link(digest.first_chunk().copied().unwrap_or_default())
    }
}

/// A text that is not 32 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadLink;

impl fmt::Display for BadLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not 32 hexadecimal digits")
    }
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl FromStr for Link {
    type Err = BadLink;

    fn from_str(text: &str) -> Result<Self, BadLink> {
        // The digits are looked at first: `from_str_radix` would take a sign.
        if text.len() != 32 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(BadLink);
        }
        u128::from_str_radix(text, 16).map(|number| Link(number.to_be_bytes())).map_err(|_| BadLink)
    }
}

impl From<Link> for String {
    fn from(link: Link) -> String {
        link.to_string()
    }
}

impl TryFrom<String> for Link {
    type Error = BadLink;

    fn try_from(text: String) -> Result<Self, BadLink> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thirty_two_digits_and_nothing_else() {
        let link = Link(*b"\x00\x01\x02\x0f\x10\x7f\x80\xff\x00\x00\xab\xcd\xef\x12\x34\x56");
        assert_eq!(link.to_string(), "0001020f107f80ff0000abcdef123456");
        assert_eq!(link.to_string().parse(), Ok(link));
        assert_eq!(serde_json::from_str::<Link>(&serde_json::to_string(&link).unwrap()).unwrap(), link);
        for bad in [
            "",
            "0001020f107f80ff0000abcdef12345",
            "0001020f107f80ff0000abcdef1234567",
            "+001020f107f80ff0000abcdef123456",
            "惠民惠民惠民惠民惠民ab",
        ] {
            assert_eq!(bad.parse::<Link>(), Err(BadLink), "{bad}");
        }
    }
}
