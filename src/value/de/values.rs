//! The types of this crate that are made of text, as fields of structs; from any format.

use std::{borrow::Cow, fmt, marker::PhantomData};

use serde::de::{self, Deserialize, Deserializer, Visitor};

#[cfg(feature = "date")]
use crate::{DateTime, HttpDate, IcalendarDate};
use crate::{EntityTag, MediaType};

/// A type that is made of text.
trait OfText<'a>: Sized {
    const EXPECTED: &'static str;

    fn of_text(text: Cow<'a, str>) -> Option<Self>;
}

struct Text<T>(PhantomData<T>);

impl<'de: 'a, 'a, T: OfText<'a>> Visitor<'de> for Text<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::EXPECTED)
    }

    fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<T, E> {
        of(Cow::Borrowed(text.trim_ascii()))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        of(Cow::Owned(text.trim_ascii().to_owned()))
    }
}

fn of<'a, T: OfText<'a>, E: de::Error>(text: Cow<'a, str>) -> Result<T, E> {
    T::of_text(text).ok_or_else(|| E::invalid_value(de::Unexpected::Other("text"), &T::EXPECTED))
}

macro_rules! of_text {
    ($($(#[$cfg:meta])* $type:ty, $expected:literal, $of:expr;)*) => { $(
        $(#[$cfg])*
        impl<'a> OfText<'a> for $type {
            const EXPECTED: &'static str = $expected;

            fn of_text(text: Cow<'a, str>) -> Option<Self> {
                $of(text)
            }
        }

        /// From text, borrowed where that can be.
        $(#[$cfg])*
        impl<'de: 'a, 'a> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_str(Text(PhantomData))
            }
        }
    )* };
}

of_text! {
    EntityTag<'a>, "an entity tag", EntityTag::of;
    MediaType<'a>, "a media type", MediaType::of;
    #[cfg(feature = "date")]
    HttpDate, "a date", |text: Cow<'a, str>| HttpDate::parse(&text);
    #[cfg(feature = "date")]
    DateTime, "a date", |text: Cow<'a, str>| DateTime::parse(&text);
    #[cfg(feature = "date")]
    IcalendarDate, "a date", |text: Cow<'a, str>| IcalendarDate::parse(&text);
}
