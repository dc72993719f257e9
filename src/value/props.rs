//! The getters of the properties that are known by name, one for each row of the table in `names/properties.rs` that has
//! one. Samples of all rows are in `samples.rs`; a type says there what its values look like.

use std::borrow::Cow;

use super::{
    Acl, ActiveLock, ComponentSet, ElementName, ElementNames, EntityTag, LanguageTag, List, LockEntry,
    MediaType, ObjectData, ObjectDataType, OpaqueText, ParentBinding, Principal, PrivilegeSet, PrivilegeTree,
    Quota, ResourceType, SupportedSet, TextSet, ValueError, VersionControlledBinding,
};
#[cfg(feature = "date")]
use super::{DateTime, HttpDate, IcalendarDate};
use crate::{Href, Name, Props, names::properties};

/// One getter per row that has one.
macro_rules! getters {
    ($module:ident) => { properties!($module getters); };
    ($namespace:literal $($constant:ident $local:literal: $type:ty, $($(#[$cfg:meta])* $getter:ident,)? $doc:literal;)*) => {
        impl<'a> Props<'_, 'a> { $($(
            #[doc = concat!("`", $local, "`: ", $doc, ".")]
            ///
            /// # Errors
            /// As [`Props::read`].
            $(#[$cfg])*
            pub fn $getter(&self) -> Result<Option<$type>, ValueError> {
                self.read(Name::new($namespace, $local))
            }
        )?)* }
    };
}
properties!(each getters);

/// Whether each row's property says nothing when read as its type.
#[cfg(feature = "serde")]
mod nothing {
    use std::borrow::Cow;

    use super::super::{
        Acl, ActiveLock, Checksums, ComponentSet, ElementName, ElementNames, EntityTag, FileAttributes,
        LanguageTag, List, LockEntry, MediaType, ObjectData, ObjectDataType, OpaqueText, ParentBinding,
        PresenceFlag, Principal, PrivilegeSet, PrivilegeTree, Quota, ResourceType, SupportedSet, TextSet,
        UnixTime, Value, VersionControlledBinding,
    };
    #[cfg(feature = "date")]
    use super::super::{DateTime, HttpDate, IcalendarDate};
    use crate::{
        Element, Href,
        names::{self, properties},
    };

    #[cfg(not(feature = "date"))]
    type DateTime = u64;
    #[cfg(not(feature = "date"))]
    type HttpDate = u64;
    #[cfg(not(feature = "date"))]
    type IcalendarDate = u64;

    macro_rules! nothing {
        ($module:ident) => {
            mod $module {
                use super::*;
                properties!($module nothing);
            }
        };
        ($namespace:literal $($constant:ident $local:literal: $type:ty, $($(#[$cfg:meta])* $getter:ident,)? $doc:literal;)*) => {
            pub(super) const NAMESPACE: &str = $namespace;

            #[allow(clippy::extra_unused_lifetimes, clippy::needless_lifetimes, reason = "the types name one")]
            pub(super) fn is_nothing<'a>(local: &str, element: Element<'_, 'a>) -> Option<bool> {
                Some(match local {
                    $($local => <$type as Value<'a>>::read(element).is_ok_and(|value| value.is_none()),)*
                    _ => return None,
                })
            }
        };
    }
    properties!(each nothing);

    /// Whether a property reads as `None`, as the type that it is known by. `None` when it is not known.
    pub(in crate::value) fn is_nothing(element: Element<'_, '_>) -> Option<bool> {
        let name = element.name();
        if !may_be_nothing(element) {
            return Some(false);
        }
        if name.is_undeclared() {
            return None;
        }
        macro_rules! of {
            ($module:ident) => {
                if name.namespace() == $module::NAMESPACE {
                    return $module::is_nothing(name.local(), element);
                }
            };
        }
        properties!(each of);
        None
    }

    /// Whether it looks like what some type reads as `None`: nothing, a time of 0, or no principal.
    fn may_be_nothing(element: Element<'_, '_>) -> bool {
        match element.children().next() {
            Some(child) => {
                child.name() == names::UNAUTHENTICATED || (child.name() == names::HREF && child.is_blank())
            }
            None => matches!(&*element.frame.trimmed(element.node), "" | "0"),
        }
    }
}
#[cfg(feature = "serde")]
pub(super) use nothing::is_nothing;
