//! What is in a listing, and what its end says.

use std::fmt;

use super::{advice::Advice, culprit::Culprit, doubt::Doubt};
use crate::href::{HrefKey, HrefRelation};
#[cfg(feature = "date")]
use crate::value::HttpDate;
use crate::{Href, value::EntityTag};

/// A resource in a listing.
///
/// A value is `None` when the property was not returned or cannot be read. To see which, take the responses one by one.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry<'a> {
    /// The href of the resource, as sent: ask for the resource by this href.
    pub href: Href<'a>,
    /// The key of the resource: equal for all spellings of one href.
    pub key: HrefKey,
    /// Where the resource is, seen from the collection: [`HrefRelation::Same`] is the collection itself.
    pub relation: HrefRelation,
    /// The name of the resource: the last segment of its path, decoded. `None` for the root of a server, and when the
    /// segment is not a valid name ([`Href::file_name`]).
    pub name: Option<String>,
    /// Whether the resource is a collection. `None` when its `resourcetype` was not returned, or cannot be read.
    pub is_collection: Option<bool>,
    /// The entity tag of the resource.
    pub getetag: Option<EntityTag<'a>>,
    /// The size of the resource in bytes.
    pub getcontentlength: Option<u64>,
    /// When the resource was last changed (feature `date`).
    #[cfg(feature = "date")]
    pub getlastmodified: Option<HttpDate>,
}

impl Entry<'_> {
    /// Returns the name of the resource, or its href when it has no usable name.
    pub fn display_name(&self) -> &str {
        self.name.as_deref().unwrap_or(self.href.as_str())
    }

    /// Makes an entry that borrows nothing.
    pub fn into_owned(self) -> Entry<'static> {
        Entry {
            href: self.href.into_owned(),
            key: self.key,
            relation: self.relation,
            name: self.name,
            is_collection: self.is_collection,
            getetag: self.getetag.map(EntityTag::into_owned),
            getcontentlength: self.getcontentlength,
            #[cfg(feature = "date")]
            getlastmodified: self.getlastmodified,
        }
    }
}

/// What only the end of a listing can say.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[must_use]
pub struct ListingEnd {
    /// Why the listing is not complete, each reason once, with an example. Empty when the listing is complete.
    pub doubts: Vec<Doubt>,
    /// What failed, perhaps the collection itself: see [`Outcome::culprits`](crate::meaning::Outcome::culprits).
    pub culprits: Vec<Culprit>,
    /// Whether the listing has a member. A listing without a member proves no absence: a server that ignores `Depth: 1`
    /// answers with the collection alone.
    pub has_member: bool,
    /// What to do next.
    pub advice: Advice,
    pub(super) http_status: u16,
    pub(super) collection: HrefKey,
    pub(super) depth: Depth,
    /// Whether a property was returned.
    pub(super) has_value: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Depth {
    Zero,
    One,
    Infinity,
}

/// An error: a listing is not complete. The error displays as the doubts, one after the other.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct NotComplete(ListingEnd);

impl NotComplete {
    /// Returns the end of the listing.
    pub fn end(&self) -> &ListingEnd {
        &self.0
    }
}

/// Shows the doubts, one after the other.
impl fmt::Display for NotComplete {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the listing is not complete")?;
        for (number, doubt) in self.0.doubts.iter().enumerate() {
            write!(f, "{} {doubt}", if number == 0 { ":" } else { ";" })?;
        }
        Ok(())
    }
}

impl ListingEnd {
    /// Returns `Ok` when the listing is complete, else an error with the doubts.
    ///
    /// # Errors
    /// When there is a doubt.
    pub fn into_result(self) -> Result<(), NotComplete> {
        if self.is_complete() { Ok(()) } else { Err(NotComplete(self)) }
    }

    /// Whether the listing has every resource that is there: `doubts` is empty.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.doubts.is_empty()
    }

    /// Whether a member that is not in the listing counts as gone: the listing is complete, and has a member. A server
    /// can still leave a member out, so [`Round`](crate::meaning::Round) asks for each such member before it removes
    /// that member.
    #[must_use]
    pub fn proves_absence(&self) -> bool {
        self.is_complete() && self.has_member
    }

    /// Whether the listing would have the resource with this key, if the resource were there.
    pub(super) fn covers(&self, key: &HrefKey) -> bool {
        key.is_below(&self.collection)
            && (self.depth == Depth::Infinity || key.depth_below(&self.collection) == 1)
    }
}
