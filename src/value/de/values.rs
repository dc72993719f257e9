//! The types of this crate as fields of structs.
//!
//! Each asks for itself by a name that only [`Item`](super::Item) knows, which then reads the element as [`Value`] does,
//! as strict as the body was read, and hands over the value. Another format gives text, or a sequence of texts; what is
//! made of elements it cannot give. They own what they hold, as `Cow` does, so that structs of them need no lifetime.

use std::{borrow::Cow, fmt, marker::PhantomData};

use serde::de::{self, Deserialize, Deserializer, SeqAccess, Visitor};

use super::{
    Reading,
    slot::{hand_over, take},
};
#[cfg(feature = "date")]
use crate::value::{DateTime, HttpDate, IcalendarDate};
use crate::{
    Element, Href, parse,
    value::{
        Acl, ActiveLock, Checksums, ComponentSet, ElementName, ElementNames, EntityTag, FileAttributes,
        LanguageTag, List, LockEntry, MediaType, NeededPrivileges, ObjectData, ObjectDataType, OpaqueText,
        ParentBinding, PresenceFlag, Principal, PrincipalSearchProperty, PrivilegeSet, PrivilegeTree, Quota,
        RecipientResponse, ResourceType, SupportedSet, TextSet, UnixTime, Value, ValueError,
        VersionControlledBinding, owned::Own,
    },
};

/// What all names begin with by which the types below ask for themselves.
const OURS: &str = "$multistatus::";

pub(super) fn is_value(name: &str) -> bool {
    name.starts_with(OURS)
}

/// Whether it is the name of an href.
pub(super) fn is_href(name: &str) -> bool {
    name == <Href<'_> as Ours>::NAME
}

/// A type of this crate.
trait Ours: Sized {
    const NAME: &'static str;
    const EXPECTED: &'static str;

    /// What another format has in its place.
    fn from_other<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;
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

/// From text, white space around it cut off.
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
            (self.0)(parse::trim(text).to_owned()).ok_or_else(unexpected)
        }
    }
    deserializer.deserialize_str(Text(of))
}

/// From a sequence of texts.
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

/// What only elements can say.
fn of_elements<'de, T: Ours, D: Deserializer<'de>>(_: D) -> Result<T, D::Error> {
    Err(de::Error::custom(format_args!("{} is read from a WebDAV body only", T::EXPECTED)))
}

fn names(names: Vec<String>) -> ElementNames<'static> {
    ElementNames::from_names(names.iter().map(|name| ElementName::of_text(name)).collect())
}

macro_rules! types {
    ($($doc:literal { $($(#[$cfg:meta])* $name:literal $type:ty, $expected:literal $(, $kind:ident $of:expr)?;)* })*) => {
        $($(
            $(#[$cfg])*
            impl Ours for $type {
                const NAME: &'static str = concat!("$multistatus::", $name);
                const EXPECTED: &'static str = $expected;

                fn from_other<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    types!(@ deserializer $($kind $of)?)
                }
            }

            #[doc = $doc]
            $(#[$cfg])*
            impl<'de> Deserialize<'de> for $type {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    let given = Given::<<$type as Own>::Owned>(PhantomData);
                    deserializer.deserialize_newtype_struct(<$type as Ours>::NAME, given)
                }
            }
        )*)*

        /// Lets `visitor` have the value of `element` of the type called `name`.
        pub(super) fn read<'a, V: Visitor<'a>>(
            name: &str,
            element: Element<'_, 'a>,
            reading: &Reading,
            visitor: V,
        ) -> Result<V::Value, ValueError> {
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
    (@ $deserializer:ident) => { of_elements($deserializer) };
    (@ $deserializer:ident text $of:expr) => { of_text($deserializer, $of) };
    (@ $deserializer:ident texts $of:expr) => { of_texts($deserializer, $of) };
    (@ $deserializer:ident entries $of:expr) => { Vec::deserialize($deserializer).map($of) };
}

types! {
    "From text, which it then owns." {
        "EntityTag" EntityTag<'_>, "an entity tag", text |text| EntityTag::of(Cow::Owned(text));
        #[cfg(feature = "date")]
        "HttpDate" HttpDate, "a date", text |text| text.parse().ok();
        #[cfg(feature = "date")]
        "DateTime" DateTime, "a date", text |text| text.parse().ok();
        #[cfg(feature = "date")]
        "IcalendarDate" IcalendarDate, "a date", text |text| text.parse().ok();
        "MediaType" MediaType<'_>, "a media type", text |text| MediaType::of(Cow::Owned(text));
        "LanguageTag" LanguageTag<'_>, "a language tag", text |text| LanguageTag::of(Cow::Owned(text));
        "OpaqueText" OpaqueText<'_>, "a token", text |text| OpaqueText::of(Cow::Owned(text));
        "Quota" Quota, "a number of bytes, or -1, -2 or -3", text |text| Quota::of(&text);
        "UnixTime" UnixTime, "a number of seconds", text |text| UnixTime::of(&text);
        "Href" Href<'_>, "an href", text |text| Some(Href(Cow::Owned(text)));
        "PresenceFlag" PresenceFlag, "a boolean or nothing", text |text| PresenceFlag::of(&text);
        "FileAttributes" FileAttributes, "up to eight hexadecimal digits", text |text| FileAttributes::of(&text);
    }
    "From a name as text: bare in `DAV:`, `{namespace}local` otherwise." {
        "ElementName" ElementName<'_>, "a name", text |text| Some(ElementName::of_text(&text));
    }
    "From a sequence of names: bare in `DAV:`, `{namespace}local` otherwise." {
        "ResourceType" ResourceType<'_>, "a set of names", texts |texts| Some(ResourceType::of_names(names(texts)));
        "ElementNames" ElementNames<'_>, "a set of names", texts |texts| Some(names(texts));
        "PrivilegeSet" PrivilegeSet<'_>, "a set of names", texts |texts| Some(PrivilegeSet::of_names(names(texts)));
        "SupportedSet" SupportedSet<'_>, "a set of names", texts |texts| Some(SupportedSet::of_names(names(texts)));
    }
    "From a sequence of texts, which it then owns." {
        "TextSet" TextSet<'_>, "a set of texts", texts |texts| Some(TextSet::of(texts));
        "Checksums" Checksums<'_>, "a set of checksums", texts Checksums::of;
    }
    "From a sequence of hrefs as text, which it then owns." {
        "List<Href>" List<Href<'_>>, "a set of hrefs", entries List::from;
    }
    "From an element in a WebDAV body, and from no other format. It owns what it holds." {
        "ObjectData" ObjectData<'_>, "a calendar object or a vCard";
        "ComponentSet" ComponentSet<'_>, "a set of components";
        "Principal" Principal<'_>, "a principal";
        "Acl" Acl<'_>, "an access control list";
        "PrivilegeTree" PrivilegeTree<'_>, "a set of privileges";
        "ActiveLock" ActiveLock<'_>, "a lock";
        "LockEntry" LockEntry<'_>, "a lock entry";
        "ObjectDataType" ObjectDataType<'_>, "a kind of data";
        "ParentBinding" ParentBinding<'_>, "a parent";
        "VersionControlledBinding" VersionControlledBinding<'_>, "a binding";
        "NeededPrivileges" NeededPrivileges<'_>, "a resource that privileges are needed on";
        "PrincipalSearchProperty" PrincipalSearchProperty<'_>, "a property to search by";
        "RecipientResponse" RecipientResponse<'_>, "an answer for a recipient";
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
