//! Writes a date for formats other than WebDAV, in a text that means the same date whenever it is read.

use jiff::SignedDuration;

use super::form::DateForm;
use super::instant::{EPOCH, since_epoch};
use super::parse::{Date, parse};

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

impl Date {
    /// Returns the date in its own form if that is `ImfFixdate`, `Rfc3339` or `Icalendar`. Otherwise the date is in the
    /// form of RFC 3339, followed by the name of its own form. `None` when RFC 3339 cannot write the year.
    pub(super) fn kept(self) -> Option<String> {
        // Near the ends of the years 0 to 9999, only an offset may bring a date into these years.
        const MOST: SignedDuration = SignedDuration::from_mins(23 * 60 + 59);
        let since = since_epoch(self.time)?;
        let offsets = [(SignedDuration::ZERO, "Z"), (MOST, "+23:59"), (-MOST, "-23:59")];
        let (date, offset) = offsets.into_iter().find_map(|(offset, name)| {
            let date = EPOCH.checked_add(since.checked_add(offset)?).ok()?;
            (0..=9999).contains(&date.year()).then_some((date, name))
        })?;
        Some(match self.form {
            DateForm::ImfFixdate => date.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string(),
            DateForm::Icalendar => date.strftime("%Y%m%dT%H%M%SZ").to_string(),
            DateForm::Rfc3339 => format!("{date}{offset}"),
            form => format!("{date}{offset} ({form:?})"),
        })
    }

    /// Reads the date that was kept as `text`. A text as a server sends it is read, too.
    pub(super) fn of_kept(text: &str) -> Option<Self> {
        let parts = text.strip_suffix(')').and_then(|text| text.rsplit_once(" ("));
        let form_of = |name| FORMS.into_iter().find(|form| format!("{form:?}") == name);
        match parts.and_then(|(date, name)| Some((date, form_of(name)?))) {
            Some((date, form)) => parse(date).map(|date| Date { form, ..date }),
            None => parse(text),
        }
    }
}
