//! Reads dates in the forms of ISO 8601, including those of RFC 3339 and iCalendar.

use jiff::{SignedDuration, fmt::temporal};

use super::{form::DateForm, instant::in_utc, shape::is_like};

/// Reads `2011-02-03T04:05:06Z` and forms that are nearly the same.
pub(super) fn iso(text: &str) -> Option<(SignedDuration, DateForm)> {
    static PARSER: temporal::DateTimeParser = temporal::DateTimeParser::new();
    let form = match text {
        _ if is_rfc3339(text) => DateForm::Rfc3339,
        _ if is_like(text, b"99999999T999999Z") => DateForm::Icalendar,
        // The text has the name of a zone, or an offset of a day or more.
        _ if text.contains('[')
            || split_offset(text).is_some_and(|(_, offset)| seconds(offset).is_none()) =>
        {
            return None;
        }
        _ => DateForm::Iso8601,
    };
    if let Ok(time) = PARSER.parse_timestamp(text) {
        return Some((time.as_duration(), form));
    }
    let shortened = long_fraction(text).map(|(kept, rest)| format!("{kept}{rest}"));
    if let Some(time) = shortened.as_ref().and_then(|text| PARSER.parse_timestamp(text).ok()) {
        return Some((time.as_duration(), form));
    }
    let text = shortened.as_deref().unwrap_or(text);
    // The text has no offset, or the date is so early or so late that it does not fit into a `Timestamp`.
    let (local, offset) = match text.strip_suffix(['Z', 'z']) {
        Some(local) => (local, Some(0)),
        None => match split_offset(text) {
            Some((local, offset)) => (local, Some(seconds(offset)?)),
            None => (text, None),
        },
    };
    let is_local = local.contains(['T', 't', ' ']) && !local.get(10..)?.contains(['+', '-']);
    let time = in_utc(PARSER.parse_datetime(local).ok().filter(|_| is_local)?);
    match offset {
        Some(offset) => Some((time - SignedDuration::from_secs(offset), form)),
        None => Some((time, DateForm::WithoutOffset)),
    }
}

/// Returns the text before an offset such as `+01:00`, and the offset.
fn split_offset(text: &str) -> Option<(&str, &str)> {
    let (local, offset) = text.split_at_checked(text.len().checked_sub(6)?)?;
    (is_like(offset, b"+99:99") || is_like(offset, b"-99:99")).then_some((local, offset))
}

/// Whether `text` is an offset such as `+0100`.
pub(super) fn is_short_offset(text: &str) -> bool {
    is_like(text, b"+9999") || is_like(text, b"-9999")
}

/// Returns the seconds of an offset such as `+01:00` or `+0100`. `None` when the offset is a day or more.
pub(super) fn seconds(offset: &str) -> Option<i64> {
    let (hours, minutes) = offset.split_at_checked(3)?;
    let minutes = minutes.strip_prefix(':').unwrap_or(minutes);
    let (hours, minutes): (i64, i64) = (hours.get(1..)?.parse().ok()?, minutes.parse().ok()?);
    let sign = if offset.starts_with('-') { -1 } else { 1 };
    (hours < 24 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}

/// Whether `text` is a `date-time` of RFC 3339 section 5.6.
fn is_rfc3339(text: &str) -> bool {
    let Some((local, rest)) = text.split_at_checked(19) else { return false };
    let offset =
        rest.strip_prefix('.').map_or(rest, |rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    let is_numeric = |offset| {
        split_offset(offset).is_some_and(|(rest, offset)| rest.is_empty() && seconds(offset).is_some())
    };
    (matches!(offset, "Z" | "z") || is_numeric(offset))
        && (is_like(local, b"9999-99-99T99:99:99") || is_like(local, b"9999-99-99t99:99:99"))
}

/// Splits a text with more than nine digits in the fraction of a second, which jiff does not read. Returns the text up
/// to the ninth digit, and the text after the last digit. `None` if there are no more than nine digits.
fn long_fraction(text: &str) -> Option<(&str, &str)> {
    let digits = text.find(['.', ',']).map(|at| at + 1)?;
    let fraction = text.get(digits..)?;
    let length = fraction.bytes().take_while(u8::is_ascii_digit).count();
    (length > 9).then(|| Some((text.get(..digits + 9)?, fraction.get(length..)?))).flatten()
}
