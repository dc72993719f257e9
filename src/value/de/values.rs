//! The types of this crate as fields of structs.
//!
//! Each asks for itself by a name that only [`Item`](super::Item) knows, which then reads the element as [`Value`] does,
//! as strict as the body was read, and hands over its text, or the names in it. Any other format gives the text or the
//! names directly. They own what they hold, as `Cow` does, so that structs of them need no lifetime.

use std::{borrow::Cow, fmt, marker::PhantomData};

use serde::de::{self, Deserialize, Deserializer, SeqAccess, Visitor, value::SeqDeserializer};

#[cfg(feature = "date")]
use crate::{DateTime, HttpDate, IcalendarDate};
use crate::{
    Element, ElementName, ElementNames, EntityTag, Href, LanguageTag, MediaType, PrivilegeSet, Quota,
    ResourceType, SupportedSet, Token, UnixTime, Value, ValueError, parse,
};

use super::Empties;

/// What all names begin with by which the types below ask for themselves.
const OURS: &str = "$multistatus::";

pub(super) fn is_value(name: &str) -> bool {
    name.starts_with(OURS)
}

/// A type that is made of text.
trait OfText: Sized {
    const NAME: &'static str;
    const EXPECTED: &'static str;

    fn of_text(text: String) -> Option<Self>;
}

struct Text<T>(PhantomData<T>);

impl<'de, T: OfText> Visitor<'de> for Text<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::EXPECTED)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_str(self)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        let unexpected = || E::invalid_value(de::Unexpected::Other("text"), &T::EXPECTED);
        T::of_text(parse::trim(text).to_owned()).ok_or_else(unexpected)
    }
}

/// A type that is made of names.
trait OfNames: Sized {
    const NAME: &'static str;

    fn of_names(names: ElementNames<'static>) -> Self;
}

struct Names<T>(PhantomData<T>);

impl<'de, T: OfNames> Visitor<'de> for Names<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a set of names")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_seq(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut names: A) -> Result<T, A::Error> {
        let mut set = Vec::new();
        while let Some(name) = names.next_element::<String>()? {
            set.push(ElementName::of_text(&name));
        }
        Ok(T::of_names(ElementNames::from_names(set)))
    }
}

macro_rules! of_text {
    ($($(#[$cfg:meta])* $name:literal $type:ty, $expected:literal, $of:expr, $text:expr;)*) => {
        $(
            $(#[$cfg])*
            impl OfText for $type {
                const NAME: &'static str = concat!("$multistatus::", $name);
                const EXPECTED: &'static str = $expected;

                fn of_text(text: String) -> Option<Self> {
                    $of(text)
                }
            }

            /// From text, which it then owns.
            $(#[$cfg])*
            impl<'de> Deserialize<'de> for $type {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    deserializer.deserialize_newtype_struct(<$type as OfText>::NAME, Text(PhantomData))
                }
            }
        )*

        /// The text of an element that is to become the type called `name`, once that has read it.
        fn text<'a>(name: &str, element: Element<'_, 'a>) -> Option<Result<Option<Cow<'a, str>>, ValueError>> {
            $(
                $(#[$cfg])*
                if name == <$type as OfText>::NAME {
                    return Some(<$type>::read(element).map(|value| value.map(|value| $text(value, element))));
                }
            )*
            None
        }
    };
}

/// The text of an element whose value it is.
fn whole<'a, V>(_: V, element: Element<'_, 'a>) -> Cow<'a, str> {
    element.frame.trimmed(element.node)
}

of_text! {
    "EntityTag" EntityTag<'_>, "an entity tag", |text: String| EntityTag::of(Cow::Owned(text)), whole;
    "MediaType" MediaType<'_>, "a media type", |text: String| MediaType::of(Cow::Owned(text)), whole;
    "LanguageTag" LanguageTag<'_>, "a language tag", |text: String| LanguageTag::of(Cow::Owned(text)), whole;
    "Token" Token<'_>, "a token", |text: String| Token::of(Cow::Owned(text)), whole;
    "Quota" Quota, "a number of bytes, or -1, -2 or -3", |text: String| Quota::of(&text), whole;
    "UnixTime" UnixTime, "a number of seconds", |text: String| UnixTime::of(&text), whole;
    "Href" Href<'_>, "an href", |text: String| Some(Href(Cow::Owned(text))), |href: Href<'a>, _| href.into_inner();
    #[cfg(feature = "date")]
    "HttpDate" HttpDate, "a date", |text: String| HttpDate::parse(&text), whole;
    #[cfg(feature = "date")]
    "DateTime" DateTime, "a date", |text: String| DateTime::parse(&text), whole;
    #[cfg(feature = "date")]
    "IcalendarDate" IcalendarDate, "a date", |text: String| IcalendarDate::parse(&text), whole;
}

macro_rules! of_names {
    ($($name:literal $type:ty, $of:expr;)*) => {
        $(
            impl OfNames for $type {
                const NAME: &'static str = concat!("$multistatus::", $name);

                fn of_names(names: ElementNames<'static>) -> Self {
                    $of(names)
                }
            }

            /// From a sequence of names: bare in `DAV:`, `{namespace}local` otherwise.
            impl<'de> Deserialize<'de> for $type {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    deserializer.deserialize_newtype_struct(<$type as OfNames>::NAME, Names(PhantomData))
                }
            }
        )*

        /// The names in an element that is to become the type called `name`.
        fn names(name: &str, element: Element<'_, '_>) -> Result<Vec<String>, ValueError> {
            $(
                if name == <$type as OfNames>::NAME {
                    let names = <$type>::read(element)?.unwrap_or_default();
                    return Ok(names.iter().map(|name| name.to_string()).collect());
                }
            )*
            Ok(Vec::new())
        }
    };
}

of_names! {
    "ElementNames" ElementNames<'_>, |names| names;
    "ResourceType" ResourceType<'_>, ResourceType::of_names;
    "PrivilegeSet" PrivilegeSet<'_>, PrivilegeSet::of_names;
    "SupportedSet" SupportedSet<'_>, SupportedSet::of_names;
}

/// Lets `visitor` have the value of `element` of the type called `name`.
pub(super) fn read<'a, V: Visitor<'a>>(
    name: &str,
    element: Element<'_, 'a>,
    empties: &Empties,
    visitor: V,
) -> Result<V::Value, ValueError> {
    let no_value = || {
        empties.has_no_value(element.node);
        ValueError::new(element, "a value")
    };
    match text(name, element) {
        Some(text) => match text?.ok_or_else(no_value)? {
            Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
            Cow::Owned(text) => visitor.visit_string(text),
        },
        None => visitor.visit_seq(SeqDeserializer::new(names(name, element)?.into_iter())),
    }
}
