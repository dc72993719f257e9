//! Reads dates as programming languages print them.

use jiff::SignedDuration;

use super::iso::{is_short_offset, iso, seconds};
use super::shape::{DAYS, is_like, without_comment};
use super::{form::DateForm, http::local, instant::in_utc};

/// Reads `2011-02-03 04:05:06.5 +0000 UTC m=+0.1` from Go, and what Ruby prints: `2011-02-03 04:05:06 +0000` or
/// `2011-02-03 04:05:06 UTC`.
pub(super) fn go(text: &str) -> Option<(SignedDuration, DateForm)> {
    let is_number = |text: &str| text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let (date, has_clock) = match text.rsplit_once(" m=") {
        Some((date, clock)) if clock.strip_prefix(['+', '-']).is_some_and(is_number) => (date, true),
        Some(_) => return None,
        None => (text, false),
    };
    let (date, last) = date.rsplit_once(' ')?;
    let is_name = |text: &str| {
        let digits =
            text.strip_prefix(['+', '-']).filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()));
        digits.is_some_and(|digits| matches!(digits.len(), 2 | 4))
            || ((1..=8).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_uppercase()))
    };
    let (date, offset, form) = match date.rsplit_once(' ') {
        Some((date, offset)) if is_short_offset(offset) && is_name(last) => (date, offset, DateForm::Go),
        _ if has_clock => return None,
        _ if is_short_offset(last) => (date, last, DateForm::Iso8601),
        _ if matches!(last, "UTC" | "GMT") => (date, "Z", DateForm::Iso8601),
        _ => return None,
    };
    let (day, time) = date.split_at_checked(11)?;
    if !is_like(day, b"9999-99-99 ") || time.contains([' ', '+', '-']) {
        return None;
    }
    iso(&format!("{date}{offset}")).map(|(time, _)| (time, form))
}

/// Reads `Thu Feb 03 2011 04:05:06 GMT+0000 (Coordinated Universal Time)`, also without the name in parentheses.
pub(super) fn java_script(text: &str) -> Option<(SignedDuration, DateForm)> {
    let (day, date) = without_comment(text).split_once(' ')?;
    let (date, zone) = date.split_once(" GMT")?;
    if !DAYS.contains(&day) || !is_like(date, b"Aaa 99 9999 99:99:99") || !is_short_offset(zone) {
        return None;
    }
    let local = local("%b %d %Y %H:%M:%S", date)?;
    Some((in_utc(local) - SignedDuration::from_secs(seconds(zone)?), DateForm::JavaScript))
}
