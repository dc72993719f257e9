use std::time::{Duration, SystemTime};
use std::{fmt, str::FromStr};

use super::{Value, ValueError, fault::Fault, owned::owned};
use crate::{Element, Tolerance};

/// Reads a whole number that is not negative, in digits. An exponent is allowed if the options forgive that form.
pub(super) fn count<'r, 'a>(
    element: Element<'r, 'a>,
    text: &str,
    expected: &'static str,
) -> Result<u64, Fault<'r, 'a>> {
    number(element, text, expected, with_exponent)
}

/// Reads a whole number in digits. Other text is read with `with_exponent`, if the options forgive that form.
fn number<'r, 'a, T: FromStr>(
    element: Element<'r, 'a>,
    text: &str,
    expected: &'static str,
    with_exponent: fn(&str) -> Option<T>,
) -> Result<T, Fault<'r, 'a>> {
    if let Some(number) = digits(text) {
        return Ok(number);
    }
    let number = with_exponent(text).ok_or(Fault::not(element, expected))?;
    element.forgive(Tolerance::NumberForm)?;
    Ok(number)
}

fn digits<T: FromStr>(text: &str) -> Option<T> {
    text.parse().ok().filter(|_| !text.starts_with('+'))
}

/// Reads a whole number in digits or with an exponent. No options apply, because the text is not from a WebDAV body.
#[cfg(feature = "serde")]
fn in_any_form(text: &str) -> Option<u64> {
    digits(text).or_else(|| with_exponent(text))
}

/// Reads a number such as `1.2E+14`, if it is whole and below 2^64. PHP on 32 bits prints numbers above 2^31 as floats.
/// The value is calculated in decimal, so that nothing is rounded. The time is linear in the length of the text,
/// whatever the exponent.
fn with_exponent(text: &str) -> Option<u64> {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let (number, exponent) = text.split_once(['E', 'e'])?;
    let (is_negative, exponent) = match exponent.as_bytes().first()? {
        b'+' => (false, exponent.get(1..)?),
        b'-' => (true, exponent.get(1..)?),
        _ => (false, exponent),
    };
    let (whole, fraction) = match number.split_once('.') {
        Some((whole, fraction)) if is_digits(fraction) => (whole, fraction),
        Some(_) => return None,
        None => (number, ""),
    };
    if !is_digits(whole) || !is_digits(exponent) {
        return None;
    }
    let all = [whole, fraction].concat();
    let significant = all.trim_start_matches('0').trim_end_matches('0');
    if significant.is_empty() {
        return Some(0);
    }
    // No text has enough digits to balance an exponent that is too large for an `i64`.
    let exponent: i64 = exponent.parse().ok()?;
    let exponent = if is_negative { -exponent } else { exponent };
    let zeros = all.len() - all.trim_end_matches('0').len();
    let power =
        exponent.checked_sub(i64::try_from(fraction.len()).ok()?)?.checked_add(i64::try_from(zeros).ok()?)?;
    // 2^64 has 20 digits.
    let power = u32::try_from(power).ok().filter(|power| *power < 20 && significant.len() <= 20)?;
    significant.parse::<u64>().ok()?.checked_mul(10_u64.checked_pow(power)?)
}

/// Reads a number as [`with_exponent`] does, with or without a minus.
fn signed_with_exponent<T: TryFrom<i128>>(text: &str) -> Option<T> {
    let number = match text.strip_prefix('-') {
        Some(text) => -i128::from(with_exponent(text)?),
        None => i128::from(with_exponent(text)?),
    };
    T::try_from(number).ok()
}

macro_rules! numbers {
    ($($number:ty, $expected:literal, $with_exponent:ident;)*) => { $(
        /// Reads decimal digits without a fraction or a `+`. White space around them is cut off. A number with an
        /// exponent is read if the number is whole ([`Tolerance::NumberForm`]).
        impl<'a> Value<'a> for $number {
            fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
                let Some(text) = element.trimmed_text($expected)? else { return Ok(None) };
                Ok(Some(number(element, &text, $expected, $with_exponent)?))
            }
        }
    )* };
}

numbers! {
    u16, "a number below 2^16", signed_with_exponent;
    u32, "a number below 2^32", signed_with_exponent;
    u64, "a number below 2^64", with_exponent;
    i64, "a number within 2^63", signed_with_exponent;
}

/// A number of bytes that are free or used (RFC 4331), or the size of a file or folder (`oc:size`). ownCloud and
/// Nextcloud send a negative number to say why they have no size.
///
/// A number with an exponent is read if the number is whole ([`Tolerance::NumberForm`]). PHP writes such numbers with
/// 14 digits, so the true size may differ after the first 14 digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Quota {
    /// The number of bytes.
    Bytes(u64),
    /// -1: the size is not computed yet, as for a folder that ownCloud has not scanned.
    NotComputed,
    /// -2: the size is not known.
    Unknown,
    /// -3: there is no limit.
    Unlimited,
}

owned! { Quota, UnixTime, FileAttributes }

impl Quota {
    #[cfg(feature = "serde")]
    pub(super) fn of(text: &str) -> Option<Self> {
        Self::marked(text).or_else(|| in_any_form(text).map(Quota::Bytes))
    }

    /// The number that servers send for the quota.
    #[cfg(feature = "serde")]
    pub(super) fn as_sent(self) -> i128 {
        match self {
            Quota::Bytes(bytes) => bytes.into(),
            Quota::NotComputed => -1,
            Quota::Unknown => -2,
            Quota::Unlimited => -3,
        }
    }

    /// Returns the quota that the negative number in `text` stands for.
    fn marked(text: &str) -> Option<Self> {
        Some(match text {
            "-1" => Quota::NotComputed,
            "-2" => Quota::Unknown,
            "-3" => Quota::Unlimited,
            _ => return None,
        })
    }

    /// The number of bytes. `None` when a negative number was sent.
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
        match Quota::marked(&text) {
            Some(marked) => Ok(Some(marked)),
            None => Ok(Some(Quota::Bytes(count(element, &text, EXPECTED)?))),
        }
    }
}

/// Seconds since the start of 1970, in UTC. Nextcloud sends 0 when it does not know the time; 0 reads as `None`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnixTime(u64);

impl UnixTime {
    /// Reads a number of seconds. Returns `None` for 0, and for text that is not a number.
    #[cfg(feature = "serde")]
    pub(super) fn of(text: &str) -> Option<Self> {
        in_any_form(text).filter(|seconds| *seconds != 0).map(UnixTime)
    }

    /// The number of seconds since the start of 1970.
    pub fn seconds(self) -> u64 {
        self.0
    }

    /// The instant as a [`SystemTime`]. `None` when this system cannot express the instant.
    pub fn time(self) -> Option<SystemTime> {
        SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(self.0))
    }
}

impl<'a> Value<'a> for UnixTime {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        const EXPECTED: &str = "a number of seconds";
        let Some(text) = element.trimmed_text(EXPECTED)? else { return Ok(None) };
        let seconds = Some(count(element, &text, EXPECTED)?);
        Ok(seconds.filter(|seconds| *seconds != 0).map(UnixTime))
    }
}

/// The attributes of a file on Windows, in eight hexadecimal digits ([MS-WDVME] section 2.2.3): 0x10 is a directory,
/// 0x2 is a hidden file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FileAttributes(u32);

impl FileAttributes {
    pub(super) fn of(text: &str) -> Option<Self> {
        u32::from_str_radix(text, 16).ok().filter(|_| !text.starts_with('+')).map(FileAttributes)
    }

    /// The attributes as bits, numbered as in the Windows API.
    pub fn bits(self) -> u32 {
        self.0
    }
}

/// Shows eight hexadecimal digits, as servers send them.
impl fmt::Display for FileAttributes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08X}", self.0)
    }
}

impl<'a> Value<'a> for FileAttributes {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        element.read_text("up to eight hexadecimal digits", |text| FileAttributes::of(&text))
    }
}

#[cfg(test)]
mod tests {
    use super::with_exponent;

    #[test]
    fn numbers_with_an_exponent_are_exact() {
        let long = format!("0.{}1E+{}", "0".repeat(40), 41);
        for (text, number) in [
            ("1.2E+14", Some(120_000_000_000_000)),
            ("1.2345678901235E+14", Some(123_456_789_012_350)),
            ("2147483648e0", Some(2_147_483_648)),
            ("1.8446744073709551615E+19", Some(u64::MAX)),
            ("1.8446744073709551616E+19", None),
            ("18446744073709551616E0", None),
            ("1E19", Some(10_000_000_000_000_000_000)),
            ("1E20", None),
            ("1200E-2", Some(12)),
            ("1250E-2", None),
            ("1.5E0", None),
            ("0.0E-999999999999999999999", Some(0)),
            ("1E+999999999", None),
            ("1E-999999999", None),
            ("1E+9999999999999999999999", None),
            ("1E-9223372036854775807", None),
            (&long, Some(1)),
            ("1E", None),
            ("1E+", None),
            ("E5", None),
            (".5E1", None),
            ("5.E1", None),
            ("1.2.3E4", None),
            ("1E+-4", None),
            ("1E4 ", None),
            ("-1E4", None),
            ("+1E4", None),
            ("1E4E4", None),
            ("5.0", None),
        ] {
            assert_eq!(with_exponent(text), number, "{text}");
        }
    }
}
