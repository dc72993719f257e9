//! Instants, in whatever form servers send them. jiff parses; here is only which form it may be.

use std::{
    fmt,
    str::FromStr,
    time::{Duration, SystemTime},
};

use jiff::{
    SignedDuration, Timestamp, civil,
    fmt::{rfc2822, strtime, temporal},
    tz::Offset,
};

use super::{Element, Value, ValueError, owned::owned};
use crate::Tolerance;

/// The form a date was sent in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum DateForm {
    /// `Thu, 03 Feb 2011 04:05:06 GMT`: what HTTP has (RFC 9110 section 5.6.7).
    ImfFixdate,
    /// `Thursday, 03-Feb-11 04:05:06 GMT`: an old form of HTTP. A year that would be more than 50 years from now is one
    /// of the century before.
    Rfc850,
    /// `Thu Feb  3 04:05:06 2011`: another old form of HTTP.
    Asctime,
    /// Nearly one of the three:
    ///
    /// - a day or an hour of one digit, no seconds, no weekday or one that is wrong or in another language;
    /// - `UTC` or `GMT` before the year;
    /// - a zone such as `+0000` (mydrive.ch, lernsax.de), `UTC` (ownCloud), `GMT-00:00` (Salesforce) or
    ///   `+0000 (UTC)`, as in mail;
    /// - a year of four digits between hyphens, `Thursday, 03-Feb-2011 04:05:06 GMT`, as cookies have it;
    /// - one blank before a day of one digit, `Thu Feb 3 04:05:06 2011`.
    Rfc2822,
    /// `2011-02-03T04:05:06Z`: RFC 3339, with any fraction of a second and any offset.
    Rfc3339,
    /// Nearly [`DateForm::Rfc3339`]: a blank for the `T`, an hour of one digit, no colon in the offset, a blank before
    /// it, `UTC` or `GMT` in its place (Ruby), no seconds, a comma before the fraction.
    Iso8601,
    /// The same without offset, taken for UTC: the Nextcloud library for Android knows servers that send
    /// `2011-02-03 04:05:06`.
    WithoutOffset,
    /// `20110203T040506Z`: iCalendar's (RFC 5545 section 3.3.5), as in `min-date-time` of CalDAV.
    Icalendar,
    /// `1296705906`: seconds since the start of 1970.
    UnixSeconds,
    /// `2011-02-03 04:05:06.5 +0000 UTC`: what Go prints, with the name of the zone, which does not count beside the
    /// offset, and at times a reading of another clock, ` m=+0.1`.
    Go,
    /// `Thu Feb 03 2011 04:05:06 GMT+0000 (Coordinated Universal Time)`: what JavaScript prints, the name of the zone in
    /// any language or missing.
    JavaScript,
}

/// A text is no date, from `parse`. Its text shows nothing of what was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a date")]
pub struct DateError(());

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Date {
    time: SystemTime,
    form: DateForm,
}

macro_rules! dates {
    ($($(#[$doc:meta])* $name:ident, $expected:literal, $($form:ident)|+;)*) => { $(
        $(#[$doc])*
        ///
        /// The earlier instant is the lesser one.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(Date);

        impl $name {
            #[cfg(feature = "serde")]
            pub(super) fn kept(self) -> Option<String> {
                self.0.kept()
            }

            #[cfg(feature = "serde")]
            pub(super) fn of_kept(text: &str) -> Option<Self> {
                Date::of_kept(text).map($name)
            }

            /// The instant. Servers that do not know it send the start of 1970.
            pub fn time(self) -> SystemTime {
                self.0.time
            }

            /// The form it was sent in.
            pub fn form(self) -> DateForm {
                self.0.form
            }

            /// Whether it is in the form that it should have.
            pub fn is_well_formed(self) -> bool {
                matches!(self.0.form, $(DateForm::$form)|+)
            }
        }

        impl<'a> Value<'a> for $name {
            fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
                let Some(text) = element.trimmed_text($expected)? else { return Ok(None) };
                let date = parse(&text).map($name).ok_or_else(|| ValueError::new(element, $expected))?;
                if !date.is_well_formed() {
                    element.forgive(Tolerance::DateForm)?;
                }
                Ok(Some(date))
            }
        }

        /// The date in a text, in any form of [`DateForm`], white space around it cut off.
        impl FromStr for $name {
            type Err = DateError;

            fn from_str(text: &str) -> Result<Self, DateError> {
                parse(text.trim_ascii()).map($name).ok_or(DateError(()))
            }
        }

        impl From<$name> for SystemTime {
            fn from(date: $name) -> Self {
                date.0.time
            }
        }

        /// The instant in the form of RFC 3339, and the form it was sent in.
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({self}, {:?})", stringify!($name), self.0.form)
            }
        }

        /// The instant in the form of RFC 3339, in UTC.
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                show(self.0.time, f)
            }
        }
    )* };
}

dates! {
    /// A date that should be one of HTTP's (RFC 9110 section 5.6.7), as in `getlastmodified`. Any other form that
    /// servers send is read too, and told by [`HttpDate::form`]; [`Tolerance::DateForm`] refuses it.
    ///
    /// ```
    /// use multistatus::value::{DateForm, HttpDate};
    /// use std::time::{Duration, UNIX_EPOCH};
    ///
    /// let date: HttpDate = "Thu, 03 Feb 2011 04:05:06 +0000".parse()?;
    /// assert_eq!(date.time(), UNIX_EPOCH + Duration::from_secs(1_296_705_906));
    /// assert_eq!(date.form(), DateForm::Rfc2822);
    /// assert!(!date.is_well_formed());
    /// assert_eq!("a week ago".parse::<HttpDate>().unwrap_err().to_string(), "not a date");
    /// # Ok::<(), multistatus::value::DateError>(())
    /// ```
    HttpDate, "a date", ImfFixdate | Rfc850 | Asctime;
    /// A date that should be one of RFC 3339, as in `creationdate`. Any other form that servers send is read too, and
    /// told by [`DateTime::form`]; [`Tolerance::DateForm`] refuses it.
    DateTime, "a date", Rfc3339;
    /// A date of iCalendar in UTC, as in `min-date-time` (RFC 4791 section 5.2.6). Any other form is read too, and told
    /// by [`IcalendarDate::form`]; [`Tolerance::DateForm`] refuses it.
    IcalendarDate, "a date", Icalendar;
}

owned! { HttpDate, DateTime, IcalendarDate }

/// An instant in any form, which is never refused; [`HttpDate`] and [`DateTime`] tell the form.
impl<'a> Value<'a> for SystemTime {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        let Some(text) = element.trimmed_text("a date")? else { return Ok(None) };
        parse(&text).map(|date| Some(date.time)).ok_or_else(|| ValueError::new(element, "a date"))
    }
}

/// How a date is kept in another format: so that it reads as the same on any day.
#[cfg(feature = "serde")]
impl Date {
    const FORMS: [DateForm; 11] = [
        DateForm::ImfFixdate,
        DateForm::Rfc850,
        DateForm::Asctime,
        DateForm::Rfc2822,
        DateForm::Rfc3339,
        DateForm::Iso8601,
        DateForm::WithoutOffset,
        DateForm::Icalendar,
        DateForm::UnixSeconds,
        DateForm::Go,
        DateForm::JavaScript,
    ];

    /// In its own form where that is well-formed and whole; otherwise as RFC 3339 has it, with the name of its form behind
    /// it. `None` beyond all years.
    fn kept(self) -> Option<String> {
        let since = match self.time.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(since) => SignedDuration::try_from(since).ok()?,
            Err(before) => -SignedDuration::try_from(before.duration()).ok()?,
        };
        // An offset takes a date at the ends of all years out of them, and brings it back.
        const MOST: SignedDuration = SignedDuration::from_mins(23 * 60 + 59);
        let offsets = [(SignedDuration::ZERO, "Z"), (MOST, "+23:59"), (-MOST, "-23:59")];
        let (date, offset) = offsets.into_iter().find_map(|(offset, name)| {
            let date = EPOCH.checked_add(since).ok()?.checked_add(offset).ok()?;
            (0..=9999).contains(&date.year()).then_some((date, name))
        })?;
        Some(match self.form {
            DateForm::ImfFixdate => date.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string(),
            DateForm::Icalendar => date.strftime("%Y%m%dT%H%M%SZ").to_string(),
            DateForm::Rfc3339 => format!("{date}{offset}"),
            form => format!("{date}{offset} ({form:?})"),
        })
    }

    fn of_kept(text: &str) -> Option<Self> {
        let parts = text.strip_suffix(')').and_then(|text| text.rsplit_once(" ("));
        let form_of = |name| Self::FORMS.into_iter().find(|form| format!("{form:?}") == name);
        match parts.and_then(|(date, name)| Some((date, form_of(name)?))) {
            Some((date, form)) => parse(date).map(|date| Date { form, ..date }),
            None => parse(text),
        }
    }
}

fn parse(text: &str) -> Option<Date> {
    let (time, form) = in_any_form(text).or_else(|| with_short_hour(text))?;
    Some(Date { time: system_time(time)?, form })
}

/// What there is since the start of 1970, and the form that says so.
type Found = (SignedDuration, DateForm);

fn in_any_form(text: &str) -> Option<Found> {
    match text.as_bytes().first()?.is_ascii_digit() {
        true => unix_seconds(text).or_else(|| iso(text)).or_else(|| rfc2822(text)).or_else(|| go(text)),
        false => {
            rfc2822(text).or_else(|| rfc850(text)).or_else(|| asctime(text)).or_else(|| java_script(text))
        }
    }
}

/// The same with an hour of one digit, which is in none of the forms themselves.
fn with_short_hour(text: &str) -> Option<Found> {
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

/// What there is since the start of 1970: some years fit into no [`Timestamp`], which has room for all offsets at both
/// ends. jiff's own conversion panics where a system cannot express the instant.
fn system_time(since: SignedDuration) -> Option<SystemTime> {
    let distance = Duration::new(since.unsigned_abs().as_secs(), since.subsec_nanos().unsigned_abs());
    match since.is_negative() {
        true => SystemTime::UNIX_EPOCH.checked_sub(distance),
        false => SystemTime::UNIX_EPOCH.checked_add(distance),
    }
}

/// Nine or ten digits, or a zero. Eight may be year, month and day, and more may be milliseconds or have the time of day
/// behind the date.
fn unix_seconds(text: &str) -> Option<Found> {
    if !(matches!(text.len(), 9 | 10) || text == "0") || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    Some((SignedDuration::from_secs(text.parse().ok()?), DateForm::UnixSeconds))
}

/// `2011-02-03T04:05:06Z` and its kin.
fn iso(text: &str) -> Option<Found> {
    static PARSER: temporal::DateTimeParser = temporal::DateTimeParser::new();
    let form = match text {
        _ if is_rfc3339(text) => DateForm::Rfc3339,
        _ if is_like(text, b"99999999T999999Z") => DateForm::Icalendar,
        // The name of a zone, or an offset of more than a day.
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
    // What fits into no `Timestamp` at the ends of all years, or has no offset.
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

/// What comes before an offset such as `+01:00`, and that.
fn split_offset(text: &str) -> Option<(&str, &str)> {
    let (local, offset) = text.split_at_checked(text.len().checked_sub(6)?)?;
    (is_like(offset, b"+99:99") || is_like(offset, b"-99:99")).then_some((local, offset))
}

/// Whether it is an offset such as `+0100`.
fn is_short_offset(text: &str) -> bool {
    is_like(text, b"+9999") || is_like(text, b"-9999")
}

/// An offset such as `+01:00` or `+0100`, in seconds. `None` beyond a day.
fn seconds(offset: &str) -> Option<i64> {
    let (hours, minutes) = offset.split_at_checked(3)?;
    let minutes = minutes.strip_prefix(':').unwrap_or(minutes);
    let (hours, minutes): (i64, i64) = (hours.get(1..)?.parse().ok()?, minutes.parse().ok()?);
    let sign = if offset.starts_with('-') { -1 } else { 1 };
    (hours < 24 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}

/// Whether it is a `date-time` of RFC 3339 section 5.6.
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

/// A fraction of a second beyond nanoseconds, which jiff does not read: what comes before the digits that are too many,
/// and what after them.
fn long_fraction(text: &str) -> Option<(&str, &str)> {
    let digits = text.find(['.', ',']).map(|at| at + 1)?;
    let fraction = text.get(digits..)?;
    let length = fraction.bytes().take_while(u8::is_ascii_digit).count();
    (length > 9).then(|| Some((text.get(..digits + 9)?, fraction.get(length..)?))).flatten()
}

fn show(time: SystemTime, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let since = match time.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(since) => SignedDuration::try_from(since),
        Err(before) => SignedDuration::try_from(before.duration()).map(|distance| -distance),
    };
    match since.ok().and_then(|since| EPOCH.checked_add(since).ok()) {
        Some(date) => write!(f, "{date}Z"),
        None => f.write_str("beyond all years"),
    }
}

/// Since when a date in UTC is counted.
const EPOCH: civil::DateTime = civil::date(1970, 1, 1).at(0, 0, 0, 0);

fn in_utc(local: civil::DateTime) -> SignedDuration {
    local.duration_since(EPOCH)
}

/// `Thu, 03 Feb 2011 04:05:06 GMT` and its kin.
fn rfc2822(text: &str) -> Option<Found> {
    static PARSER: rfc2822::DateTimeParser = rfc2822::DateTimeParser::new();
    if is_like(text, b"Aaa, 99 Aaa 9999 99:99:99 GMT") {
        if let Ok(time) = PARSER.parse_timestamp(text) {
            return Some((time.as_duration(), DateForm::ImfFixdate));
        }
        // The last hours of the year 9999 fit into no `Timestamp`.
        if let Ok(local) =
            strtime::parse("%a, %d %b %Y %H:%M:%S GMT", text).and_then(|date| date.to_datetime())
        {
            return Some((in_utc(local), DateForm::ImfFixdate));
        }
    }
    // Whatever the weekday is called, and whether it is right: the rest says when. So does the zone before a comment.
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
    // jiff takes zones it does not know for UTC, as RFC 2822 has it.
    let is_known =
        is_offset || ["Z", "UT", "EST", "EDT", "CST", "CDT", "MST", "MDT", "PST", "PDT"].contains(&zone);
    let zone: String = zone.chars().filter(|c| *c != ':').collect();
    let time = is_known.then(|| PARSER.parse_timestamp(format!("{clock} {zone}")).ok()).flatten()?;
    Some((time.as_duration(), DateForm::Rfc2822))
}

/// `Thursday, 03-Feb-11 04:05:06 GMT`, or with all digits of the year.
fn rfc850(text: &str) -> Option<Found> {
    const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let (day, date) = text.split_once(", ")?;
    let (date, zone) = date.rsplit_once(' ')?;
    let is_utc = ["GMT", "UTC"].iter().any(|utc| zone.eq_ignore_ascii_case(utc));
    if !is_utc {
        return None;
    }
    let years = date.rsplit_once('-')?.1;
    if is_like(years, b"9999 99:99:99") {
        let local = strtime::parse("%d-%b-%Y %H:%M:%S", date).ok()?.to_datetime().ok()?;
        return Some((in_utc(local), DateForm::Rfc2822));
    }
    let local = strtime::parse("%d-%b-%y %H:%M:%S", date).ok()?.to_datetime().ok()?;
    let is_well_formed = DAYS.contains(&day) && is_like(date, b"99-Aaa-99 99:99:99") && zone == "GMT";
    let form = if is_well_formed { DateForm::Rfc850 } else { DateForm::Rfc2822 };
    Some((in_utc(nearest(local, Offset::UTC.to_datetime(Timestamp::now()))?), form))
}

/// The date whose year ends in the two digits of that of `local`, at most 50 years after `now` and less than 50 before
/// that.
fn nearest(local: civil::DateTime, now: civil::DateTime) -> Option<civil::DateTime> {
    let latest = now.year() + 50;
    let of = |year: i16| local.with().year(year).build().ok();
    let date = of(latest - (latest - local.year()).rem_euclid(100))?;
    let is_too_late = (date.month(), date.day(), date.time()) > (now.month(), now.day(), now.time());
    if date.year() == latest && is_too_late { of(latest - 100) } else { Some(date) }
}

/// `Thu Feb  3 04:05:06 2011`, a zone before the year or not.
fn asctime(text: &str) -> Option<Found> {
    let (day, date) = text.split_once(' ')?;
    let is_asctime = is_like(date, b"Aaa 99 99:99:99 9999") || is_like(date, b"Aaa  9 99:99:99 9999");
    let (format, form) = match is_asctime && DAYS.contains(&day) {
        true => ("%b %e %H:%M:%S %Y", DateForm::Asctime),
        false if is_like(date, b"Aaa 9 99:99:99 9999") && DAYS.contains(&day) => {
            ("%b %e %H:%M:%S %Y", DateForm::Rfc2822)
        }
        false => {
            let (clock, year) = date.rsplit_once(' ')?;
            let has_zone = clock.ends_with(" GMT") || clock.ends_with(" UTC");
            if !has_zone || !is_like(year, b"9999") || !DAYS.contains(&day) {
                return None;
            }
            (
                if clock.ends_with("GMT") { "%b %e %H:%M:%S GMT %Y" } else { "%b %e %H:%M:%S UTC %Y" },
                DateForm::Rfc2822,
            )
        }
    };
    Some((in_utc(strtime::parse(format, date).ok()?.to_datetime().ok()?), form))
}

/// The names of weekdays in short.
const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// `2011-02-03 04:05:06.5 +0000 UTC m=+0.1`, and what Ruby prints: `2011-02-03 04:05:06 +0000`, `2011-02-03 04:05:06 UTC`.
fn go(text: &str) -> Option<Found> {
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

/// `Thu Feb 03 2011 04:05:06 GMT+0000 (Coordinated Universal Time)`, with or without the name in parentheses.
fn java_script(text: &str) -> Option<Found> {
    let (day, date) = without_comment(text).split_once(' ')?;
    let (date, zone) = date.split_once(" GMT")?;
    if !DAYS.contains(&day) || !is_like(date, b"Aaa 99 9999 99:99:99") || !is_short_offset(zone) {
        return None;
    }
    let local = strtime::parse("%b %d %Y %H:%M:%S", date).ok()?.to_datetime().ok()?;
    Some((in_utc(local) - SignedDuration::from_secs(seconds(zone)?), DateForm::JavaScript))
}

/// All but a comment at its end, such as ` (UTC)`.
fn without_comment(text: &str) -> &str {
    match text.strip_suffix(')').and_then(|text| text.rsplit_once(" (")) {
        Some((rest, comment)) if !comment.contains(['(', ')']) => rest.trim_ascii_end(),
        _ => text,
    }
}

/// Whether `text` has a capital for each `A`, a small letter for each `a`, a digit for each `9`, and otherwise the same as
/// `form`.
fn is_like(text: &str, form: &[u8]) -> bool {
    let fits = |(b, form): (u8, &u8)| match form {
        b'A' => b.is_ascii_uppercase(),
        b'a' => b.is_ascii_lowercase(),
        b'9' => b.is_ascii_digit(),
        _ => b == *form,
    };
    text.len() == form.len() && text.bytes().zip(form).all(fits)
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
