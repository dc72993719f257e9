/// The form that a date was sent in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum DateForm {
    /// `Thu, 03 Feb 2011 04:05:06 GMT`: the form of HTTP (RFC 9110 section 5.6.7).
    ImfFixdate,
    /// `Thursday, 03-Feb-11 04:05:06 GMT`: an old form of HTTP. If the date would be more than 50 years from now, its
    /// year is taken from the century before.
    Rfc850,
    /// `Thu Feb  3 04:05:06 2011`: another old form of HTTP.
    Asctime,
    /// Nearly one of the three forms above:
    ///
    /// - a day or an hour of one digit, no seconds, no weekday or one that is wrong or in another language;
    /// - `UTC` or `GMT` before the year;
    /// - a zone such as `+0000` (mydrive.ch, lernsax.de), `UTC` (ownCloud), `GMT-00:00` (Salesforce) or
    ///   `+0000 (UTC)`, as in mail;
    /// - a year of four digits between hyphens, `Thursday, 03-Feb-2011 04:05:06 GMT`, as in cookies;
    /// - one blank before a day of one digit, `Thu Feb 3 04:05:06 2011`.
    Rfc2822,
    /// `2011-02-03T04:05:06Z`: RFC 3339, with any fraction of a second and any offset.
    Rfc3339,
    /// Nearly [`DateForm::Rfc3339`]: a blank in place of the `T`, an hour of one digit, no colon in the offset, a blank
    /// before the offset, `UTC` or `GMT` for the offset (Ruby), no seconds, or a comma before the fraction.
    Iso8601,
    /// As [`DateForm::Rfc3339`] or [`DateForm::Iso8601`], but without an offset. The time is read as UTC. The Nextcloud
    /// library for Android knows servers that send `2011-02-03 04:05:06`.
    WithoutOffset,
    /// `20110203T040506Z`: the form of iCalendar (RFC 5545 section 3.3.5), as in `min-date-time` of CalDAV.
    Icalendar,
    /// `1296705906`: seconds since the start of 1970.
    UnixSeconds,
    /// `2011-02-03 04:05:06.5 +0000 UTC`: what Go prints. The offset is used, the name of the zone is ignored. The
    /// time of Go's monotonic clock may follow: ` m=+0.1`.
    Go,
    /// `Thu Feb 03 2011 04:05:06 GMT+0000 (Coordinated Universal Time)`: what JavaScript prints. The name of the zone
    /// may be in any language, or missing.
    JavaScript,
}
