//! Where an href is, seen from the request.

use super::spelling::spelling;
use crate::{
    Href,
    href::{HrefKey, HrefRelation, LocatedHref, RequestUrl},
};

/// What all observers ask about an href.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) relation: HrefRelation,
    pub(super) key: HrefKey,
    /// How it is spelled below the URL of the request.
    pub(super) spelling: String,
}

impl Place {
    /// `None` when the href cannot be resolved.
    pub(super) fn of(url: &RequestUrl, href: &Href<'_>) -> Option<Self> {
        url.locate_with_key(href).ok().map(|located| Self::at(url, href, located))
    }

    /// The same for an href that was already located.
    pub(super) fn at(url: &RequestUrl, href: &Href<'_>, (located, key): (LocatedHref, HrefKey)) -> Self {
        let spelling = spelling(href, key.depth_below(url.own_key()), located.repairs.decode_twice);
        Place { relation: located.relation, key, spelling }
    }
}
