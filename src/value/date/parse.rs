use std::time::SystemTime;

use jiff::SignedDuration;

use super::http::{asctime, rfc850, rfc2822};
use super::printed::{go, java_script};
use super::{form::DateForm, instant::system_time, iso::iso, shape::is_like};

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Date {
    pub(super) time: SystemTime,
    pub(super) form: DateForm,
}

/// Reads the date in a text of any form.
pub(super) fn parse(text: &str) -> Option<Date> {
    let (time, form) = in_any_form(text).or_else(|| with_short_hour(text))?;
    Some(Date { time: system_time(time)?, form })
}

fn in_any_form(text: &str) -> Option<(SignedDuration, DateForm)> {
    match text.as_bytes().first()?.is_ascii_digit() {
        true => unix_seconds(text).or_else(|| iso(text)).or_else(|| rfc2822(text)).or_else(|| go(text)),
        false => {
            rfc2822(text).or_else(|| rfc850(text)).or_else(|| asctime(text)).or_else(|| java_script(text))
        }
    }
}

/// Reads a date as [`in_any_form`] does, but with an hour of one digit, which the forms themselves do not allow.
fn with_short_hour(text: &str) -> Option<(SignedDuration, DateForm)> {
    let is_hour = |at: &usize| {
        let before = at.checked_sub(1).and_then(|before| text.get(before..*at));
        matches!(before, Some(" " | "T" | "t"))
            && text.get(*at..at + 4).is_some_and(|hour| is_like(hour, b"9:99"))
    };
    let at = (1..text.len()).find(is_hour)?;
    let (before, hour) = text.split_at_checked(at)?;
    let (time, form) = in_any_form(&format!("{before}0{hour}"))?;
    let form = match form {
        DateForm::ImfFixdate | DateForm::Rfc850 | DateForm::Asctime => DateForm::Rfc2822,
        DateForm::Rfc3339 => DateForm::Iso8601,
        form => form,
    };
    Some((time, form))
}

/// Reads nine or ten digits, or a zero, as seconds. Eight digits are not read, because they may be year, month and day.
/// More than ten may be milliseconds, or a date followed by a time of day.
fn unix_seconds(text: &str) -> Option<(SignedDuration, DateForm)> {
    if !(matches!(text.len(), 9 | 10) || text == "0") || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    Some((SignedDuration::from_secs(text.parse().ok()?), DateForm::UnixSeconds))
}
