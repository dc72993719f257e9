//! Values of properties: text becomes dates, sizes, tags, sets.
//!
//! The getters of [`Props`](crate::Props) return these values, and [`names`](crate::names) says which type each
//! property has. Implement [`Value`] to read a property as a type of your own. A value that cannot be read is a
//! [`ValueError`], which affects no other value. A [`List`] keeps such errors beside the entries that can be read.

// `props` makes the getters from the table in `names/properties.rs`, with the name and type of each known property.
// A new property is a row of that table. A new kind of value is a file in this folder.

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
mod props;
mod read;
mod roots;
#[cfg(all(test, feature = "date"))]
mod samples;
mod supported;
pub(crate) mod text;
mod unread;

pub use self::acl::{Ace, Acl};
pub use self::calendar::{ComponentSet, ObjectData, ObjectDataType};
pub use self::collection::{CollectionGuess, Evidence, ResourceType};
#[cfg(feature = "date")]
pub use self::date::{DateError, DateForm, DateTime, HttpDate, IcalendarDate};
#[cfg(feature = "serde")]
pub use self::de::Field;
pub use self::element_names::{ElementName, ElementNames};
pub use self::error::{ValueError, ValueErrorKind};
pub use self::lock::{ActiveLock, Depth, LockEntry, LockScope, Timeout};
pub use self::media_type::{LanguageTag, MediaType};
pub use self::number::{FileAttributes, Quota, UnixTime};
pub use self::parent::{ParentBinding, VersionControlledBinding};
pub use self::privilege_tree::{PrivilegeTree, SupportedPrivilege};
pub use self::privileges::{NeededPrivileges, PrivilegeSet};
pub use self::roots::{PrincipalSearchProperty, RecipientResponse};
pub use self::text::{OpaqueText, PresenceFlag, TextSet};
pub use self::{
    checksums::Checksums, etag::EntityTag, kind::Value, list::List, principal::Principal,
    supported::SupportedSet,
};
