//! Where the resource of an href is, and the repairs that were needed to find it.

use super::{relation::HrefRelation, resolve::Origin};

/// Where the resource of an href is, and the repairs that were needed to find it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LocatedHref {
    /// Where the resource is, seen from the URL of the request.
    pub relation: HrefRelation,
    /// The origin of the href as it was sent, compared with that of the request. No repair changes this origin: another
    /// origin does not become safe. With [`Origin::SameHost`], paths are still compared.
    pub origin: Origin,
    /// The repairs that were needed.
    pub repairs: HrefRepairs,
}

/// Repairs that find resources whose hrefs are wrong. A repair is used only if the program asks for it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct HrefRepairs {
    /// The repair of [`RequestUrl::by_path`](crate::href::RequestUrl::by_path): the host does not count.
    pub by_path: bool,
    /// The repair of [`RequestUrl::mount`](crate::href::RequestUrl::mount): the prefix of a proxy is added.
    pub mount: bool,
    /// The repair of [`RequestUrl::decode_twice`](crate::href::RequestUrl::decode_twice): the path is decoded twice.
    pub decode_twice: bool,
}
