//! Reads dates in the forms of HTTP and mail.

use jiff::fmt::{rfc2822, strtime};
use jiff::{SignedDuration, Timestamp, civil, tz::Offset};

use super::shape::{DAYS, is_like, without_comment};
use super::{form::DateForm, instant::in_utc};

/// Reads `text`, which has the form `format`, as a date and time of day.
pub(super) fn local(format: &str, text: &str) -> Option<civil::DateTime> {
    strtime::parse(format, text).ok()?.to_datetime().ok()
}

/// Reads `Thu, 03 Feb 2011 04:05:06 GMT`, and dates as in mail.
pub(super) fn rfc2822(text: &str) -> Option<(SignedDuration, DateForm)> {
    static PARSER: rfc2822::DateTimeParser = rfc2822::DateTimeParser::new();
    if is_like(text, b"Aaa, 99 Aaa 9999 99:99:99 GMT") {
        if let Ok(time) = PARSER.parse_timestamp(text) {
            return Some((time.as_duration(), DateForm::ImfFixdate));
        }
        // The last hours of the year 9999 do not fit into a `Timestamp`.
        if let Some(local) = local("%a, %d %b %Y %H:%M:%S GMT", text) {
            return Some((in_utc(local), DateForm::ImfFixdate));
        }
    }
    // The weekday may be wrong or in any language, and a comment may repeat the zone. The rest is the date.
    let date = without_comment(text);
    let date = date.split_once([',', '،']).map_or(date, |(_, rest)| rest).trim_ascii_start();
    let (clock, zone) = date.rsplit_once(' ')?;
    let zone = match zone.get(..3) {
        Some(gmt) if gmt.eq_ignore_ascii_case("GMT") || gmt.eq_ignore_ascii_case("UTC") => {
            match zone.get(3..)? {
                "" => "+0000",
                offset if offset.starts_with(['+', '-']) => offset,
                _ => return None,
            }
        }
        _ => zone,
    };
    let is_offset = zone.starts_with(['+', '-']);
    // jiff reads a zone that it does not know as UTC, as RFC 2822 section 4.3 says. We do not.
    let is_known =
        is_offset || ["Z", "UT", "EST", "EDT", "CST", "CDT", "MST", "MDT", "PST", "PDT"].contains(&zone);
    let zone: String = zone.chars().filter(|c| *c != ':').collect();
    let time = is_known.then(|| PARSER.parse_timestamp(format!("{clock} {zone}")).ok()).flatten()?;
    Some((time.as_duration(), DateForm::Rfc2822))
}

/// Reads `Thursday, 03-Feb-11 04:05:06 GMT`, also with a year of four digits.
pub(super) fn rfc850(text: &str) -> Option<(SignedDuration, DateForm)> {
    const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let (day, date) = text.split_once(", ")?;
    let (date, zone) = date.rsplit_once(' ')?;
    if !["GMT", "UTC"].iter().any(|utc| zone.eq_ignore_ascii_case(utc)) {
        return None;
    }
    let years = date.rsplit_once('-')?.1;
    if is_like(years, b"9999 99:99:99") {
        return Some((in_utc(local("%d-%b-%Y %H:%M:%S", date)?), DateForm::Rfc2822));
    }
    let local = local("%d-%b-%y %H:%M:%S", date)?;
    let is_well_formed = DAYS.contains(&day) && is_like(date, b"99-Aaa-99 99:99:99") && zone == "GMT";
    let form = if is_well_formed { DateForm::Rfc850 } else { DateForm::Rfc2822 };
    Some((in_utc(nearest(local, Offset::UTC.to_datetime(Timestamp::now()))?), form))
}

/// Moves `local`, whose year has only two known digits, to the century in which it is nearest to `now`: at most 50
/// years after `now`, and less than 50 years before it.
fn nearest(local: civil::DateTime, now: civil::DateTime) -> Option<civil::DateTime> {
    let latest = now.year() + 50;
    let of = |year: i16| local.with().year(year).build().ok();
    let date = of(latest - (latest - local.year()).rem_euclid(100))?;
    let is_too_late = (date.month(), date.day(), date.time()) > (now.month(), now.day(), now.time());
    if date.year() == latest && is_too_late { of(latest - 100) } else { Some(date) }
}

/// Reads `Thu Feb  3 04:05:06 2011`, with or without a zone before the year.
pub(super) fn asctime(text: &str) -> Option<(SignedDuration, DateForm)> {
    let (day, date) = text.split_once(' ')?;
    if !DAYS.contains(&day) {
        return None;
    }
    let (format, form) = if is_like(date, b"Aaa 99 99:99:99 9999") || is_like(date, b"Aaa  9 99:99:99 9999") {
        ("%b %e %H:%M:%S %Y", DateForm::Asctime)
    } else if is_like(date, b"Aaa 9 99:99:99 9999") {
        ("%b %e %H:%M:%S %Y", DateForm::Rfc2822)
    } else {
        let (clock, year) = date.rsplit_once(' ')?;
        let format = match clock.rsplit_once(' ')?.1 {
            _ if !is_like(year, b"9999") => return None,
            "GMT" => "%b %e %H:%M:%S GMT %Y",
            "UTC" => "%b %e %H:%M:%S UTC %Y",
            _ => return None,
        };
        (format, DateForm::Rfc2822)
    };
    Some((in_utc(local(format, date)?), form))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::nearest;

    #[test]
    fn years_of_two_digits() {
        for (year, (now, month), nearest_year) in [
            (11, (2026, 11), 2011),
            (76, (2026, 11), 2076),
            (76, (2026, 1), 1976),
            (77, (2026, 11), 1977),
            (94, (2026, 11), 1994),
            (2, (2099, 11), 2102),
            (0, (1999, 11), 2000),
        ] {
            let now = date(now, month, 25).at(12, 0, 0, 0);
            for century in [1900, 2000] {
                let found = nearest(date(century + year, 6, 1).at(0, 0, 0, 0), now);
                assert_eq!(found.map(|date| date.year()), Some(nearest_year), "{year} in {now}");
            }
        }
    }
}
