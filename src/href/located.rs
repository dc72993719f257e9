//! Where an href is, and the repairs that it took to see that.

use super::{relation::HrefRelation, resolve::Origin};

/// A [`HrefRelation`], and what had to be done to see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LocatedHref {
    /// How it stands to the URL of the request.
    pub relation: HrefRelation,
    /// How its origin stands to that of the request, as the href has it: a repair makes no origin a safe one. With
    /// [`Origin::SameHost`] paths are compared all the same.
    pub origin: Origin,
    /// The repairs that were needed.
    pub repairs: HrefRepairs,
}

/// What helps to find resources whose hrefs are wrong. None is used unless it was asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct HrefRepairs {
    /// [`RequestUrl::by_path`](crate::href::RequestUrl::by_path).
    pub by_path: bool,
    /// [`RequestUrl::mount`](crate::href::RequestUrl::mount).
    pub mount: bool,
    /// [`RequestUrl::decode_twice`](crate::href::RequestUrl::decode_twice).
    pub decode_twice: bool,
}
