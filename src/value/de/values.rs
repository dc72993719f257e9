//! Reads the types of this crate as fields of structs.
//!
//! Each type passes to serde a name that only [`Item`](super::item::Item) knows. The item then reads the element as
//! [`Value`] does, with the options of the body, and hands over the value. In other formats, the value is a text, a
//! sequence or a struct. The values own their content, as a deserialized `Cow` does, so that structs of them need no
//! lifetime.

use std::{borrow::Cow, fmt, marker::PhantomData};

use serde::de::{self, Deserialize, Deserializer, SeqAccess, Visitor};
#[cfg(feature = "date")]
use serde::ser;
use serde::ser::{Serialize, Serializer};

use super::error::Read;
use super::kept::{Kept, Written, whole};
use super::slot::{hand_over, take};
use super::source::Reading;
use crate::value::{
    Acl, ActiveLock, Checksums, ComponentSet, ElementName, ElementNames, EntityTag, FileAttributes,
    LanguageTag, List, LockEntry, MediaType, NeededPrivileges, ObjectData, ObjectDataType, OpaqueText,
    ParentBinding, PresenceFlag, Principal, PrincipalSearchProperty, PrivilegeSet, PrivilegeTree, Quota,
    RecipientResponse, ResourceType, SupportedSet, TextSet, UnixTime, Value, ValueError,
    VersionControlledBinding, element_names::Names, owned::Own,
};
#[cfg(feature = "date")]
use crate::value::{DateTime, HttpDate, IcalendarDate};
use crate::{Element, Href, xml};

/// The beginning of the names that the types below pass to serde.
const OURS: &str = "$multistatus::";

pub(super) fn is_value(name: &str) -> bool {
    name.starts_with(OURS)
}

/// Whether `name` is the name that an href passes to serde.
pub(super) fn is_href(name: &str) -> bool {
    name == <Href<'_> as Ours>::NAME
}

/// A type of this crate, which passes `NAME` to serde.
trait Ours: Kept {
    const NAME: &'static str;
    const EXPECTED: &'static str;
}

struct Given<T>(PhantomData<T>);

impl<'de, T: Ours + 'static> Visitor<'de> for Given<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::EXPECTED)
    }

    fn visit_unit<E: de::Error>(self) -> Result<T, E> {
        take().ok_or_else(|| E::invalid_type(de::Unexpected::Unit, &self))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        T::from_other(deserializer)
    }
}

/// Reads a value from text. White space around the text is cut off.
fn of_text<'de, T: Ours, D: Deserializer<'de>>(
    deserializer: D,
    of: fn(String) -> Option<T>,
) -> Result<T, D::Error> {
    struct Text<T>(fn(String) -> Option<T>);
    impl<T: Ours> Visitor<'_> for Text<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(T::EXPECTED)
        }

        fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
            let unexpected = || E::invalid_value(de::Unexpected::Other("text"), &T::EXPECTED);
            (self.0)(xml::trim(text).to_owned()).ok_or_else(unexpected)
        }
    }
    deserializer.deserialize_str(Text(of))
}

/// Reads a value from a sequence of texts.
fn of_texts<'de, T: Ours, D: Deserializer<'de>>(
    deserializer: D,
    of: fn(Vec<String>) -> Option<T>,
) -> Result<T, D::Error> {
    struct Texts<T>(fn(Vec<String>) -> Option<T>);
    impl<'de, T: Ours> Visitor<'de> for Texts<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(T::EXPECTED)
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<T, A::Error> {
            let mut texts = Vec::new();
            while let Some(text) = seq.next_element::<String>()? {
                texts.push(text);
            }
            let unexpected = || de::Error::invalid_value(de::Unexpected::Seq, &T::EXPECTED);
            (self.0)(texts).ok_or_else(unexpected)
        }
    }
    deserializer.deserialize_seq(Texts(of))
}

fn names(names: Vec<String>) -> ElementNames<'static> {
    ElementNames::from_names(names.iter().map(|name| ElementName::of_text(name)).collect())
}

macro_rules! types {
    ($($from:literal, $to:literal {
        $($(#[$cfg:meta])* $name:literal $type:ty, $expected:literal $(, $kind:ident $of:expr, $shown:expr)?;)*
    })*) => {
        $($(
            $(#[$cfg])*
            impl Ours for $type {
                const NAME: &'static str = concat!("$multistatus::", $name);
                const EXPECTED: &'static str = $expected;
            }

            types!(@ kept [$(#[$cfg])*] $type $(, $kind $of, $shown)?);

            #[doc = $from]
            $(#[$cfg])*
            impl<'de> Deserialize<'de> for $type {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    let given = Given::<<$type as Own>::Owned>(PhantomData);
                    deserializer.deserialize_newtype_struct(<$type as Ours>::NAME, given)
                }
            }

            #[doc = $to]
            $(#[$cfg])*
            impl Serialize for $type {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    serializer.serialize_newtype_struct(<$type as Ours>::NAME, &Written(self))
                }
            }
        )*)*

        /// Gives `visitor` the value of `element` as the type called `name`.
        pub(super) fn read<'a, V: Visitor<'a>>(
            name: &str,
            element: Element<'_, 'a>,
            reading: &Reading,
            visitor: V,
        ) -> Read<V::Value> {
            let nothing = || ValueError::nothing(element);
            $($(
                $(#[$cfg])*
                if name == <$type as Ours>::NAME {
                    let value = <$type>::read(element)?.ok_or_else(nothing)?;
                    return hand_over(value.own(&mut reading.namespaces.borrow_mut()), visitor);
                }
            )*)*
            Err(ValueError::new(element, "a type of this crate"))
        }
    };
    // Types of several parts implement `Kept` in `kept.rs`.
    (@ kept [$(#[$cfg:meta])*] $type:ty) => {};
    (@ kept [$(#[$cfg:meta])*] $type:ty, $kind:ident $of:expr, $shown:expr) => {
        $(#[$cfg])*
        impl Kept for $type {
            fn from_other<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                types!(@ $kind deserializer, $of)
            }

            fn to_other<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                types!(@ $kind self, serializer, $shown)
            }
        }
    };
    (@ text $deserializer:ident, $of:expr) => { of_text($deserializer, $of) };
    (@ texts $deserializer:ident, $of:expr) => { of_texts($deserializer, $of) };
    (@ text $value:ident, $serializer:ident, $shown:expr) => { to_text($value, $serializer, $shown) };
    (@ texts $value:ident, $serializer:ident, $shown:expr) => { to_texts($value, $serializer, $shown) };
    (@ date $deserializer:ident, $of:expr) => { of_text($deserializer, $of) };
    (@ date $value:ident, $serializer:ident, $shown:expr) => { to_date($value, $serializer, $shown) };
}

/// Writes the text that `shown` makes of the value.
fn to_text<T, D: fmt::Display, S: Serializer>(
    value: &T,
    serializer: S,
    shown: impl FnOnce(&T) -> D,
) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&shown(value))
}

/// Writes the value as a sequence of texts. Fails when a part of the value could not be read.
fn to_texts<'v, T, S: Serializer>(
    value: &'v T,
    serializer: S,
    shown: impl FnOnce(&'v T) -> (Vec<String>, &'v [ValueError]),
) -> Result<S::Ok, S::Error> {
    let (texts, errors) = shown(value);
    whole(errors)?;
    texts.serialize(serializer)
}

/// Writes the text that `kept` makes of the date. Fails when `kept` returns `None`.
#[cfg(feature = "date")]
fn to_date<T, S: Serializer>(
    date: &T,
    serializer: S,
    kept: impl FnOnce(&T) -> Option<String>,
) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&kept(date).ok_or_else(|| ser::Error::custom("a date beyond all years"))?)
}

fn in_clark<'s>(names: Names<'s, '_>) -> Vec<String> {
    names.map(|name| name.to_string()).collect()
}

types! {
    "Reads a text, which is copied.", "Writes a text." {
        "EntityTag" EntityTag<'_>, "an entity tag", text |text| EntityTag::of(Cow::Owned(text)), EntityTag::to_string;
        "MediaType" MediaType<'_>, "a media type", text |text| MediaType::of(Cow::Owned(text)), MediaType::to_string;
        "LanguageTag" LanguageTag<'_>, "a language tag", text |text| LanguageTag::of(Cow::Owned(text)), LanguageTag::to_string;
        "OpaqueText" OpaqueText<'_>, "a token", text |text| OpaqueText::of(Cow::Owned(text)), OpaqueText::to_string;
        "Quota" Quota, "a number of bytes, or -1, -2 or -3", text |text| Quota::of(&text), |quota| quota.as_sent();
        "UnixTime" UnixTime, "a number of seconds", text |text| UnixTime::of(&text), |time| time.seconds();
        "Href" Href<'_>, "an href", text |text| Some(Href(Cow::Owned(text))), Href::to_string;
        "PresenceFlag" PresenceFlag, "a boolean or nothing", text |text| PresenceFlag::of(&text), |flag| flag.is_set();
        "FileAttributes" FileAttributes, "up to eight hexadecimal digits", text |text| FileAttributes::of(&text), FileAttributes::to_string;
    }
    "Reads text in any form of [`DateForm`](crate::value::DateForm), or as the date is serialized.",
    "Writes text: the date in its own form if that is the form of HTTP, RFC 3339 or iCalendar. Otherwise the date in \
     the form of RFC 3339, followed by the name of its own form: `2011-02-03T04:05:06Z (Rfc2822)`." {
        #[cfg(feature = "date")]
        "HttpDate" HttpDate, "a date", date |text| HttpDate::of_kept(&text), |date| date.kept();
        #[cfg(feature = "date")]
        "DateTime" DateTime, "a date", date |text| DateTime::of_kept(&text), |date| date.kept();
        #[cfg(feature = "date")]
        "IcalendarDate" IcalendarDate, "a date", date |text| IcalendarDate::of_kept(&text), |date| date.kept();
    }
    "Reads a name as text: bare in `DAV:`, `{namespace}local` otherwise.", "Writes text: `{namespace}local`." {
        "ElementName" ElementName<'_>, "a name", text |text| Some(ElementName::of_text(&text)), ElementName::to_string;
    }
    "Reads a sequence of names: bare in `DAV:`, `{namespace}local` otherwise.",
    "Writes a sequence of names, `{namespace}local`. Fails when a part of the value could not be read." {
        "ResourceType" ResourceType<'_>, "a set of names", texts |texts| Some(ResourceType::of_names(names(texts))), |set| (in_clark(set.iter()), &[]);
        "ElementNames" ElementNames<'_>, "a set of names", texts |texts| Some(names(texts)), |set| (in_clark(set.iter()), set.unread.first());
        "PrivilegeSet" PrivilegeSet<'_>, "a set of names", texts |texts| Some(PrivilegeSet::of_names(names(texts))), |set| (in_clark(set.iter()), set.errors());
        "SupportedSet" SupportedSet<'_>, "a set of names", texts |texts| Some(SupportedSet::of_names(names(texts))), |set| (in_clark(set.iter()), set.errors());
    }
    "Reads a sequence of texts, which are copied.",
    "Writes a sequence of texts. Fails when a part of the value could not be read." {
        "TextSet" TextSet<'_>, "a set of texts", texts |texts| Some(TextSet::of(texts)), |set| (set.iter().map(str::to_owned).collect(), &[]);
        "Checksums" Checksums<'_>, "a set of checksums", texts Checksums::of, |sums| (sums.texts().iter().map(ToString::to_string).collect(), sums.errors());
    }
    "Reads a struct with all fields of the type by their names, in another format than WebDAV.",
    "Writes a struct with all fields of the type. Fails when a part of the value could not be read." {
        "ObjectData" ObjectData<'_>, "a calendar object or a vCard";
        "ActiveLock" ActiveLock<'_>, "a lock";
        "LockEntry" LockEntry<'_>, "a lock entry";
        "ObjectDataType" ObjectDataType<'_>, "a kind of data";
        "ParentBinding" ParentBinding<'_>, "a parent";
        "VersionControlledBinding" VersionControlledBinding<'_>, "a binding";
        "NeededPrivileges" NeededPrivileges<'_>, "a resource that privileges are needed on";
        "PrincipalSearchProperty" PrincipalSearchProperty<'_>, "a property to search by";
        "RecipientResponse" RecipientResponse<'_>, "an answer for a recipient";
    }
    "Reads what the value is serialized as, in another format than WebDAV.",
    "Writes a struct of `components` and `has_all`. Fails when a part of the value could not be read." {
        "ComponentSet" ComponentSet<'_>, "a set of components";
    }
    "Reads what the value is serialized as, in another format than WebDAV.",
    "Writes a struct of `kind`, such as `href` or `all`, and `value`, which is the URL or a name." {
        "Principal" Principal<'_>, "a principal";
    }
    "Reads what the value is serialized as, in another format than WebDAV.",
    "Writes a sequence of structs with all their fields. Fails when a part of the value could not be read." {
        "Acl" Acl<'_>, "an access control list";
        "PrivilegeTree" PrivilegeTree<'_>, "a set of privileges";
    }
    "Reads a sequence of the entries.",
    "Writes a sequence of the entries. Fails when an entry could not be read." {
        "List<Href>" List<Href<'_>>, "a set of hrefs";
        "List<ActiveLock>" List<ActiveLock<'_>>, "a set of locks";
        "List<LockEntry>" List<LockEntry<'_>>, "a set of lock entries";
        "List<ObjectDataType>" List<ObjectDataType<'_>>, "a set of kinds of data";
        "List<ParentBinding>" List<ParentBinding<'_>>, "a set of parents";
        "List<VersionControlledBinding>" List<VersionControlledBinding<'_>>, "a set of bindings";
        "List<NeededPrivileges>" List<NeededPrivileges<'_>>, "resources that privileges are needed on";
        "List<PrincipalSearchProperty>" List<PrincipalSearchProperty<'_>>, "a set of properties to search by";
        "List<RecipientResponse>" List<RecipientResponse<'_>>, "a set of answers";
    }
}
