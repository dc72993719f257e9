//! Where hrefs lead, and how they stand to the URL of the request (feature `url`).
//!
//! An [`Href`](crate::Href) stays as it was sent. [`Href::resolve`](crate::Href::resolve) makes a URL of it, and refuses
//! what would lead elsewhere than its text says. [`RequestUrl`] tells how an href stands to what was asked for, with
//! repairs for servers that send wrong ones. [`HrefKey`] is equal for two spellings of one resource.

mod key;
mod located;
mod path;
mod reading;
mod relation;
mod request;
mod resolve;
pub(crate) mod segments;

pub(crate) use self::segments::last_segments;
pub use self::{
    key::HrefKey,
    located::{HrefRepairs, LocatedHref},
    relation::HrefRelation,
    request::RequestUrl,
    resolve::{HrefError, Origin, ResolvedHref},
    segments::SegmentError,
};
