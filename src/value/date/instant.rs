//! Turns the time since the start of 1970 into an instant of the system, and back.

use std::fmt;
use std::time::{Duration, SystemTime};

use jiff::{SignedDuration, civil};

/// The start of 1970, as a date in UTC.
pub(super) const EPOCH: civil::DateTime = civil::date(1970, 1, 1).at(0, 0, 0, 0);

/// Returns the time from the start of 1970 to a date in UTC.
pub(super) fn in_utc(local: civil::DateTime) -> SignedDuration {
    local.duration_since(EPOCH)
}

/// Returns the instant `since` after the start of 1970. A [`Timestamp`](jiff::Timestamp) would not hold all years,
/// because it leaves room for offsets at both ends. jiff's conversion would panic where a system has no such instant.
pub(super) fn system_time(since: SignedDuration) -> Option<SystemTime> {
    let distance = Duration::new(since.unsigned_abs().as_secs(), since.subsec_nanos().unsigned_abs());
    match since.is_negative() {
        true => SystemTime::UNIX_EPOCH.checked_sub(distance),
        false => SystemTime::UNIX_EPOCH.checked_add(distance),
    }
}

/// Returns the time from the start of 1970 to `time`.
pub(super) fn since_epoch(time: SystemTime) -> Option<SignedDuration> {
    match time.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(since) => SignedDuration::try_from(since).ok(),
        Err(before) => SignedDuration::try_from(before.duration()).ok().map(|distance| -distance),
    }
}

/// Writes the instant in the form of RFC 3339, in UTC.
pub(super) fn show(time: SystemTime, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match since_epoch(time).and_then(|since| EPOCH.checked_add(since).ok()) {
        Some(date) => write!(f, "{date}Z"),
        None => f.write_str("beyond all years"),
    }
}
