//! Where hrefs lead, and where their resources are, seen from the URL of the request (feature `url`).
//!
//! An [`Href`](crate::Href) keeps its text as sent. [`Href::resolve`](crate::Href::resolve) makes a URL of it, and
//! refuses an href that would lead elsewhere than its text says. [`RequestUrl`] says where the resource of an href is,
//! seen from the URL of the request. It has repairs for servers that send wrong hrefs. [`HrefKey`] is equal for two
//! spellings of one resource.

mod key;
mod located;
mod path;
mod reading;
mod relation;
mod request;
mod resolve;
pub(crate) mod segments;

pub use self::located::{HrefRepairs, LocatedHref};
pub use self::resolve::{HrefError, Origin, ResolvedHref};
pub(crate) use self::segments::last_segments;
pub use self::{key::HrefKey, relation::HrefRelation, request::RequestUrl, segments::SegmentError};
