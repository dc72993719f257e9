//! Where an href is, and the repairs that were needed to see that.

use super::{relation::HrefRelation, resolve::Origin};

/// A [`HrefRelation`], and the repairs that were needed to see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LocatedHref {
    /// Where it is, seen from the URL of the request.
    pub relation: HrefRelation,
    /// Whether it has the origin of the request, as the href was sent: a repair does not make another origin safe. With
    /// [`Origin::SameHost`], paths are still compared.
    pub origin: Origin,
    /// The repairs that were needed.
    pub repairs: HrefRepairs,
}

/// Repairs that find resources whose hrefs are wrong. Only those are used that the program asks for.
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
