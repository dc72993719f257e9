use std::{fmt, str::FromStr, time::SystemTime};

use super::parse::{Date, parse};
use super::{form::DateForm, instant::show};
use crate::value::{Value, ValueError, owned::owned};
use crate::{Element, Tolerance};

/// The error when a text is not a date. The message does not show the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a date")]
pub struct DateError(());

macro_rules! dates {
    ($($(#[$doc:meta])* $name:ident, $($form:ident)|+;)*) => { $(
        $(#[$doc])*
        ///
        /// An earlier date is less than a later one.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(Date);

        impl $name {
            #[cfg(feature = "serde")]
            pub(in crate::value) fn kept(self) -> Option<String> {
                self.0.kept()
            }

            #[cfg(feature = "serde")]
            pub(in crate::value) fn of_kept(text: &str) -> Option<Self> {
                Date::of_kept(text).map($name)
            }

            /// The instant. Servers that do not know the instant send the start of 1970.
            pub fn time(self) -> SystemTime {
                self.0.time
            }

            /// The form that the date was sent in.
            pub fn form(self) -> DateForm {
                self.0.form
            }

            /// Whether the date was sent in a form that the RFC allows.
            pub fn is_well_formed(self) -> bool {
                matches!(self.0.form, $(DateForm::$form)|+)
            }
        }

        impl<'a> Value<'a> for $name {
            fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
                let date = element.read_text("a date", |text| parse(&text).map($name))?;
                if date.is_some_and(|date| !date.is_well_formed()) {
                    element.forgive(Tolerance::DateForm)?;
                }
                Ok(date)
            }
        }

        /// Parses text in any form of [`DateForm`]. White space around the text is cut off.
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

        /// Shows the instant in the form of RFC 3339, and the form that the date was sent in.
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({self}, {:?})", stringify!($name), self.0.form)
            }
        }

        /// Shows the instant in the form of RFC 3339, in UTC.
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                show(self.0.time, f)
            }
        }
    )* };
}

dates! {
    /// A date that should have a form of HTTP (RFC 9110 section 5.6.7), as in `getlastmodified`. Any other [`DateForm`]
    /// is read, too: [`HttpDate::form`] says which it was. To forbid other forms, refuse [`Tolerance::DateForm`].
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
    HttpDate, ImfFixdate | Rfc850 | Asctime;
    /// A date that should have the form of RFC 3339, as in `creationdate`. Any other [`DateForm`] is read, too:
    /// [`DateTime::form`] says which it was. To forbid other forms, refuse [`Tolerance::DateForm`].
    DateTime, Rfc3339;
    /// A date in UTC that should have the form of iCalendar, as in `min-date-time` (RFC 4791 section 5.2.6). Any other
    /// [`DateForm`] is read, too: [`IcalendarDate::form`] says which. To forbid others, refuse [`Tolerance::DateForm`].
    IcalendarDate, Icalendar;
}

owned! { HttpDate, DateTime, IcalendarDate }

/// Reads an instant in any form, and refuses no form. [`HttpDate`] and [`DateTime`] also keep the form.
impl<'a> Value<'a> for SystemTime {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        element.read_text("a date", |text| parse(&text).map(|date| date.time))
    }
}
