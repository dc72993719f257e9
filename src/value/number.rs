use std::time::{Duration, SystemTime};

use super::{Element, Value, ValueError};

macro_rules! numbers {
    ($($number:ty, $expected:literal;)*) => { $(
        /// Digits, white space around them cut off; no fraction, no exponent, no `+`.
        impl<'a> Value<'a> for $number {
            fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
                let Some(text) = element.trimmed_text($expected)? else { return Ok(None) };
                let number = text.parse().ok().filter(|_| !text.starts_with('+'));
                number.map(Some).ok_or_else(|| ValueError::new(element, $expected))
            }
        }
    )* };
}

numbers! {
    u16, "a number below 2^16";
    u32, "a number below 2^32";
    u64, "a number below 2^64";
    i64, "a number within 2^63";
}

/// Bytes that are free or used (RFC 4331), with the negative numbers in which ownCloud and Nextcloud say why they do
/// not tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Quota {
    /// So many bytes.
    Bytes(u64),
    /// -1: not yet computed.
    NotComputed,
    /// -2: not known.
    Unknown,
    /// -3: without limit.
    Unlimited,
}

impl Quota {
    pub(super) fn of(text: &str) -> Option<Self> {
        Some(match text {
            "-1" => Quota::NotComputed,
            "-2" => Quota::Unknown,
            "-3" => Quota::Unlimited,
            digits => Quota::Bytes(digits.parse().ok().filter(|_| !digits.starts_with('+'))?),
        })
    }

    /// The number of bytes, if there is one.
    pub fn bytes(self) -> Option<u64> {
        match self {
            Quota::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }
}

impl<'a> Value<'a> for Quota {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        const EXPECTED: &str = "a number of bytes, or -1, -2 or -3";
        let Some(text) = element.trimmed_text(EXPECTED)? else { return Ok(None) };
        Quota::of(&text).map(Some).ok_or_else(|| ValueError::new(element, EXPECTED))
    }
}

/// Seconds since the start of 1970, in UTC. Nextcloud sends 0 where it does not know: that is read as none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnixTime(u64);

impl UnixTime {
    /// `None` for 0, too.
    #[cfg(feature = "serde")]
    pub(super) fn of(text: &str) -> Option<Self> {
        text.parse().ok().filter(|seconds| *seconds != 0 && !text.starts_with('+')).map(UnixTime)
    }

    /// The seconds.
    pub fn seconds(self) -> u64 {
        self.0
    }

    /// The instant; `None` when this system cannot express it.
    pub fn time(self) -> Option<SystemTime> {
        SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(self.0))
    }
}

impl<'a> Value<'a> for UnixTime {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        let seconds = u64::read(element).map_err(|_| ValueError::new(element, "a number of seconds"))?;
        Ok(seconds.filter(|seconds| *seconds != 0).map(UnixTime))
    }
}

/// The attributes of a file on Windows, in eight hexadecimal digits ([MS-WDVME] section 2.2.3): 0x10 is a directory, 0x2
/// a hidden file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FileAttributes(u32);

impl FileAttributes {
    /// The bits, as the Windows API numbers them.
    pub fn bits(self) -> u32 {
        self.0
    }
}

impl<'a> Value<'a> for FileAttributes {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        const EXPECTED: &str = "up to eight hexadecimal digits";
        let Some(text) = element.trimmed_text(EXPECTED)? else { return Ok(None) };
        let bits = u32::from_str_radix(&text, 16).ok().filter(|_| !text.starts_with('+'));
        bits.map(|bits| Some(FileAttributes(bits))).ok_or_else(|| ValueError::new(element, EXPECTED))
    }
}
