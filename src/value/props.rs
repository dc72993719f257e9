//! The getters of the properties that are known by name: one for each row with a getter in the table of
//! `names/properties.rs`. `samples.rs` has samples of the values of each type, and tests all rows with them.

use std::borrow::Cow;

use super::{
    Acl, ActiveLock, ComponentSet, ElementName, ElementNames, EntityTag, LanguageTag, List, LockEntry,
    MediaType, ObjectData, ObjectDataType, OpaqueText, ParentBinding, Principal, PrivilegeSet, PrivilegeTree,
    Quota, ResourceType, SupportedSet, TextSet, ValueError, VersionControlledBinding,
};
#[cfg(feature = "date")]
use super::{DateTime, HttpDate, IcalendarDate};
use crate::{Href, Name, Props, names::properties};

macro_rules! getters {
    ($module:ident) => { properties!($module getters); };
    ($namespace:literal $($constant:ident $local:literal: $type:ty, $($(#[$cfg:meta])* $getter:ident,)? $doc:literal;)*) => {
        impl<'a> Props<'_, 'a> { $($(
            #[doc = concat!("`", $local, "`: ", $doc, ".")]
            ///
            /// # Errors
            /// The same as of [`Props::read`].
            $(#[$cfg])*
            pub fn $getter(&self) -> Result<Option<$type>, ValueError> {
                self.read(Name::new($namespace, $local))
            }
        )?)* }
    };
}
properties!(each getters);

/// Checks whether the type of a row reads the property of that row as `None`.
#[cfg(feature = "serde")]
mod nothing {
    use super::*;
    use crate::value::{Checksums, FileAttributes, PresenceFlag, UnixTime, Value};
    use crate::{Element, names};

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

    /// Whether the type in the table reads the property as `None`. `None` when the property is not in the table.
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

    /// Whether `element` is blank, `0`, an empty href or `DAV:unauthenticated`. Only such elements may be `None`.
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
