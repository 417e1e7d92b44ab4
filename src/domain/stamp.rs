//! The envelope of every record: revision, hybrid logical clock and deleted mark, so that two devices can be merged later in
//! any order. A stamp never goes back, whatever the phone's clock does.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// The device that wrote a record: 64 random bits made once, at its first start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DeviceId(pub u64);

impl fmt::Display for DeviceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl FromStr for DeviceId {
    type Err = std::num::ParseIntError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        u64::from_str_radix(text, 16).map(Self)
    }
}

/// A hybrid logical clock: wall milliseconds since 1970 (UTC), a counter within one millisecond, and the device.
/// Written `milliseconds.counter.device`; ordered by time, then counter, then device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stamp {
    pub millis: u64,
    pub counter: u32,
    pub device: DeviceId,
}

impl Stamp {
    /// The next stamp after `last` at wall time `now` (milliseconds): later than `last` even when the clock was set back.
    pub fn after(last: Option<Stamp>, now: u64, device: DeviceId) -> Stamp {
        match last {
            Some(last) if last.millis >= now => Stamp { millis: last.millis, counter: last.counter.saturating_add(1), device },
            _ => Stamp { millis: now, counter: 0, device },
        }
    }
}

impl Stamp {
    /// A text that sorts as the stamp does.
    pub fn sortable(&self) -> String {
        format!("{:020}.{:010}.{}", self.millis, self.counter, self.device)
    }
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.millis, self.counter, self.device)
    }
}

impl FromStr for Stamp {
    type Err = StampError;
    fn from_str(text: &str) -> Result<Self, StampError> {
        let mut parts = text.splitn(3, '.');
        let mut next = || parts.next().ok_or(StampError);
        Ok(Stamp {
            millis: next()?.parse().map_err(|_| StampError)?,
            counter: next()?.parse().map_err(|_| StampError)?,
            device: next()?.parse().map_err(|_| StampError)?,
        })
    }
}

/// The text is not `milliseconds.counter.device`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StampError;

impl fmt::Display for StampError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a stamp: milliseconds.counter.device")
    }
}

impl Serialize for Stamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Stamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// What every record carries besides its id and its fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope {
    /// Counts the writes of this record, from 1.
    pub rev: u32,
    pub stamp: Stamp,
    pub deleted: bool,
    /// Made by the demonstration, not by the rep: left out of lists that go out as tables, really deleted by one tap.
    pub demo: bool,
}

impl Envelope {
    pub fn first(stamp: Stamp) -> Envelope {
        Envelope { rev: 1, stamp, deleted: false, demo: false }
    }

    pub fn next(self, stamp: Stamp) -> Envelope {
        Envelope { rev: self.rev.saturating_add(1), stamp, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DEVICE: DeviceId = DeviceId(0x1a2b);

    #[test]
    fn a_stamp_moves_forward_when_the_clock_goes_back() {
        let first = Stamp::after(None, 1_000, DEVICE);
        let second = Stamp::after(Some(first), 400, DEVICE);
        assert!(second > first);
        assert_eq!(second, Stamp { millis: 1_000, counter: 1, device: DEVICE });
        assert_eq!(Stamp::after(Some(second), 1_001, DEVICE).counter, 0);
    }

    #[test]
    fn a_stamp_reads_back_as_written() {
        let stamp = Stamp { millis: 1_763_822_400_000, counter: 7, device: DeviceId(u64::MAX) };
        assert_eq!(stamp.to_string().parse(), Ok(stamp));
        for bad in ["", "1", "1.2", "x.0.1", "1.-1.1", "1.0.zz"] {
            assert_eq!(bad.parse::<Stamp>(), Err(StampError), "{bad}");
        }
    }
}
