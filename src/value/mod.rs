//! Values of properties: text becomes dates, sizes, tags, sets.
//!
//! The getters of [`Props`](crate::Props) return them, and [`names`](crate::names) says which type a property has.
//! Implement [`Value`] to read a property as a type of your own. A value that cannot be read is a [`ValueError`], which
//! costs that value only. A [`List`] keeps such errors beside the entries that can be read.

// `props` lists every property that is known by name, with its type. A new property is a row there. A new kind of value
// is a file here.

pub(crate) mod acl;
mod calendar;
#[cfg(all(test, feature = "date"))]
mod captured;
pub(crate) mod checksums;
mod collection;
mod content;
#[cfg(feature = "date")]
mod date;
#[cfg(feature = "serde")]
mod de;
pub(crate) mod element_names;
mod error;
mod etag;
mod expect;
mod fault;
mod href;
mod iter;
mod kind;
mod list;
mod lock;
pub(crate) mod media_type;
mod number;
mod owned;
mod parent;
mod principal;
pub(crate) mod privilege_tree;
mod privileges;
#[macro_use]
mod props;
mod read;
mod roots;
#[cfg(all(test, feature = "date"))]
mod samples;
mod supported;
pub(crate) mod text;
mod unread;

#[cfg(feature = "date")]
pub use self::date::{DateError, DateForm, DateTime, HttpDate, IcalendarDate};
#[cfg(feature = "serde")]
pub use self::de::Field;
pub(crate) use self::props::properties;
pub use self::{
    acl::{Ace, Acl},
    calendar::{ComponentSet, ObjectData, ObjectDataType},
    checksums::Checksums,
    collection::{CollectionGuess, Evidence, ResourceType},
    element_names::{ElementName, ElementNames},
    error::{ValueError, ValueErrorKind},
    etag::EntityTag,
    kind::Value,
    list::List,
    lock::{ActiveLock, Depth, LockEntry, LockScope, Timeout},
    media_type::{LanguageTag, MediaType},
    number::{FileAttributes, Quota, UnixTime},
    parent::{ParentBinding, VersionControlledBinding},
    principal::Principal,
    privilege_tree::{PrivilegeTree, SupportedPrivilege},
    privileges::{NeededPrivileges, PrivilegeSet},
    roots::{PrincipalSearchProperty, RecipientResponse},
    supported::SupportedSet,
    text::{OpaqueText, PresenceFlag, TextSet},
};
