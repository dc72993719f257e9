//! Writes values in formats other than WebDAV, to keep them in a file, and reads them back as the same values.
//!
//! [`parts!`] does what serde's derive would do, because that derive is not in the tree of dependencies.

use std::{borrow::Cow, fmt, marker::PhantomData};

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{self, Serialize, SerializeStruct, Serializer};

use crate::Href;
use crate::value::{
    Ace, Acl, ActiveLock, ComponentSet, Depth, ElementName, List, LockEntry, LockScope, NeededPrivileges,
    ObjectData, ObjectDataType, ParentBinding, Principal, PrincipalSearchProperty, PrivilegeTree,
    RecipientResponse, SupportedPrivilege, Timeout, ValueError, VersionControlledBinding,
};

/// A type whose values can be kept in another format.
pub(super) trait Kept: Sized {
    fn from_other<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;

    fn to_other<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;

    /// The value of a part of this type that was not written. `None` if a missing part is an error.
    fn absent() -> Option<Self> {
        None
    }
}

/// A value read from another format.
pub(super) struct Read<T>(pub(super) T);

impl<'de, T: Kept> Deserialize<'de> for Read<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::from_other(deserializer).map(Read)
    }
}

/// A value to be written in another format.
pub(super) struct Written<'v, T>(pub(super) &'v T);

impl<T: Kept> Serialize for Written<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.to_other(serializer)
    }
}

/// Fails when there are `errors`. A value that lacks a part is not kept, because it would seem complete when it is read
/// again.
pub(super) fn whole<E: ser::Error>(errors: &[ValueError]) -> Result<(), E> {
    match errors.first() {
        Some(error) => Err(E::custom(format_args!("a part of it could not be read: {error}"))),
        None => Ok(()),
    }
}

impl<T: Kept> Kept for Option<T> {
    fn from_other<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Option::deserialize(deserializer)?.map(|Read(value)| value))
    }

    fn to_other<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_ref().map(Written).serialize(serializer)
    }

    fn absent() -> Option<Self> {
        Some(None)
    }
}

impl<T: Kept> Kept for Vec<T> {
    fn from_other<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let values = Vec::deserialize(deserializer)?;
        Ok(values.into_iter().map(|Read(value)| value).collect())
    }

    fn to_other<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(Written))
    }
}

impl<T: Kept> Kept for List<T> {
    fn from_other<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::from_other(deserializer).map(List::from)
    }

    fn to_other<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        whole(self.errors())?;
        serializer.collect_seq(self.iter().map(Written))
    }
}

/// Implements [`Kept`] for types that serde knows.
macro_rules! known {
    ($($type:ty: $owned:ty;)*) => { $(
        impl Kept for $type {
            fn from_other<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                <$owned>::deserialize(deserializer).map(Into::into)
            }

            fn to_other<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.serialize(serializer)
            }
        }
    )* };
}

known! {
    Cow<'_, str>: String;
    bool: bool;
    usize: usize;
}

/// Implements [`Kept`] for types that are kept as their text.
macro_rules! as_text {
    ($($type:ident: $of:expr;)*) => { $(
        impl Kept for $type<'_> {
            fn from_other<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer).map($of)
            }

            fn to_other<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
    )* };
}

as_text! {
    Depth: |text| Depth::of(Cow::Owned(text));
    Timeout: |text| Timeout::of(Cow::Owned(text));
    LockScope: |text| match &*text {
        "exclusive" => LockScope::Exclusive,
        "shared" => LockScope::Shared,
        name => LockScope::Other(ElementName::of_text(name)),
    };
}

/// A struct whose parts implement [`Kept`].
trait Parts: Sized {
    const NAMES: &'static [&'static str];

    fn of_map<'de, A: MapAccess<'de>>(map: A) -> Result<Self, A::Error>;

    fn of_seq<'de, A: SeqAccess<'de>>(seq: A) -> Result<Self, A::Error>;
}

struct OfParts<T>(PhantomData<T>);

impl<'de, T: Parts> Visitor<'de> for OfParts<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a struct of {}", T::NAMES.join(", "))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::of_map(map)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<T, A::Error> {
        T::of_seq(seq)
    }
}

fn part<T: Kept, E: de::Error>(part: Option<T>, name: &'static str) -> Result<T, E> {
    part.or_else(T::absent).ok_or_else(|| E::missing_field(name))
}

/// Implements [`Kept`] for structs, part by part. Any other part is an error, because the properties of a WebDAV body
/// must not be taken for a kept struct. They may come through a map, as for a flattened struct.
macro_rules! parts {
    ($($type:ident { $($part:ident),* $(,)? })*) => { $(
        impl Kept for $type<'_> {
            fn from_other<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_struct(stringify!($type), Self::NAMES, OfParts(PhantomData))
            }

            fn to_other<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut parts = serializer.serialize_struct(stringify!($type), Self::NAMES.len())?;
                $(parts.serialize_field(stringify!($part), &Written(&self.$part))?;)*
                parts.end()
            }
        }

        impl Parts for $type<'_> {
            const NAMES: &'static [&'static str] = &[$(stringify!($part)),*];

            fn of_map<'de, A: MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
                $(let mut $part = None;)*
                while let Some(name) = map.next_key::<String>()? {
                    match &*name {
                        $(stringify!($part) if $part.is_some() => {
                            return Err(de::Error::duplicate_field(stringify!($part)));
                        }
                        stringify!($part) => $part = Some(map.next_value::<Read<_>>()?.0),)*
                        name => return Err(de::Error::unknown_field(name, Self::NAMES)),
                    }
                }
                Ok($type { $($part: part($part, stringify!($part))?),* })
            }

            fn of_seq<'de, A: SeqAccess<'de>>(mut seq: A) -> Result<Self, A::Error> {
                $(let Some(Read($part)) = seq.next_element()? else {
                    return Err(de::Error::missing_field(stringify!($part)));
                };)*
                Ok($type { $($part),* })
            }
        }
    )* };
}

parts! {
    Ace { principal, is_inverted, is_grant, privileges, is_protected, inherited }
    ActiveLock { scope, locktype, depth, owner, timeout, locktoken, lockroot }
    LockEntry { scope, locktype }
    NeededPrivileges { href, privileges }
    ObjectData { text, content_type, version }
    ObjectDataType { content_type, version }
    ParentBinding { href, segment }
    PrincipalSearchProperty { name, description }
    RecipientResponse { recipient, request_status, calendar_data, conditions, description }
    SupportedPrivilege { name, depth, is_abstract, description }
    VersionControlledBinding { binding_name, version_history }
    KeptComponents { components, has_all }
    KeptPrincipal { kind, value }
}

struct KeptComponents<'a> {
    components: Vec<Cow<'a, str>>,
    has_all: bool,
}

impl Kept for ComponentSet<'_> {
    fn from_other<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let KeptComponents { components, has_all } = Kept::from_other(deserializer)?;
        Ok(ComponentSet::of(components, has_all))
    }

    fn to_other<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        whole(self.errors())?;
        let components = self.iter().map(Cow::Borrowed).collect();
        KeptComponents { components, has_all: self.has_all() }.to_other(serializer)
    }
}

struct KeptPrincipal<'a> {
    kind: Cow<'a, str>,
    /// The URL, or the name of a property or of another principal.
    value: Option<Cow<'a, str>>,
}

impl Kept for Principal<'_> {
    fn from_other<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let KeptPrincipal { kind, value } = KeptPrincipal::from_other(deserializer)?;
        Ok(match (&*kind, value) {
            ("href", Some(url)) => Principal::Href(Href::new(url)),
            ("property", Some(name)) => Principal::Property(ElementName::of_text(&name)),
            ("other", Some(name)) => Principal::Other(ElementName::of_text(&name)),
            ("all", None) => Principal::All,
            ("authenticated", None) => Principal::Authenticated,
            ("unauthenticated", None) => Principal::Unauthenticated,
            ("self", None) => Principal::This,
            _ => return Err(de::Error::custom("not a principal")),
        })
    }

    fn to_other<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (kind, value) = match self {
            Principal::Href(url) => ("href", Some(Cow::Borrowed(url.as_str()))),
            Principal::Property(name) => ("property", Some(name.to_string().into())),
            Principal::Other(name) => ("other", Some(name.to_string().into())),
            Principal::All => ("all", None),
            Principal::Authenticated => ("authenticated", None),
            Principal::Unauthenticated => ("unauthenticated", None),
            Principal::This => ("self", None),
        };
        KeptPrincipal { kind: Cow::Borrowed(kind), value }.to_other(serializer)
    }
}

impl Kept for Acl<'_> {
    fn from_other<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::from_other(deserializer).map(Acl::of)
    }

    fn to_other<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if let Some(error) = self.iter().find_map(Result::err) {
            whole(std::slice::from_ref(error))?;
        }
        serializer.collect_seq(self.iter().flatten().map(Written))
    }
}

impl Kept for PrivilegeTree<'_> {
    fn from_other<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::from_other(deserializer).map(PrivilegeTree::of)
    }

    fn to_other<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        whole(self.errors())?;
        serializer.collect_seq(self.iter().map(Written))
    }
}
