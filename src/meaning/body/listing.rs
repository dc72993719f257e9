//! What is in a listing, and what its end says.

use std::fmt;

use super::{advice::Advice, culprit::Culprit, doubt::Doubt};
use crate::href::{HrefKey, HrefRelation};
#[cfg(feature = "date")]
use crate::value::HttpDate;
use crate::{Href, value::EntityTag};

/// A resource in a listing.
///
/// A value is `None` when it was not returned, and when it cannot be read. To see which, take responses one by one.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry<'a> {
    /// Its href, as sent: what to ask for.
    pub href: Href<'a>,
    /// Its key: equal for all spellings of one href.
    pub key: HrefKey,
    /// Where it is, seen from the collection: [`HrefRelation::Same`] is the collection itself.
    pub relation: HrefRelation,
    /// Its name: the last segment of its path, decoded. `None` for the root of a server, and when the segment is not a
    /// valid name ([`Href::file_name`]).
    pub name: Option<String>,
    /// Whether it is a collection. `None` when its `resourcetype` was not returned.
    pub is_collection: Option<bool>,
    /// Its entity tag.
    pub getetag: Option<EntityTag<'a>>,
    /// Its size in bytes.
    pub getcontentlength: Option<u64>,
    /// When it was last changed (feature `date`).
    #[cfg(feature = "date")]
    pub getlastmodified: Option<HttpDate>,
}

impl Entry<'_> {
    /// Its name, or its href when it has no usable name.
    pub fn display_name(&self) -> &str {
        self.name.as_deref().unwrap_or(self.href.as_str())
    }

    /// The same, which borrows nothing.
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
    /// Why the listing is not complete, each reason once, with an example. Empty when it is.
    pub doubts: Vec<Doubt>,
    /// What failed, also the collection itself: see [`Outcome::culprits`](crate::meaning::Outcome::culprits).
    pub culprits: Vec<Culprit>,
    /// The listing has a member. Without one, it proves no absence: a server that ignores `Depth: 1` gives such an
    /// answer.
    pub has_member: bool,
    /// What to do next.
    pub advice: Advice,
    pub(super) http_status: u16,
    pub(super) collection: HrefKey,
    pub(super) depth: Depth,
    /// A property was returned.
    pub(super) has_value: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Depth {
    Zero,
    One,
    Infinity,
}

/// An error: a listing is not complete. It displays as the doubts, one after the other.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct NotComplete(ListingEnd);

impl NotComplete {
    /// What the end of the listing said.
    pub fn end(&self) -> &ListingEnd {
        &self.0
    }
}

/// The doubts, one after the other.
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
    /// `Ok` when the listing is complete, else an error with the doubts.
    ///
    /// # Errors
    /// When there is a doubt.
    pub fn into_result(self) -> Result<(), NotComplete> {
        if self.is_complete() { Ok(()) } else { Err(NotComplete(self)) }
    }

    /// Whether the listing has every resource that is there.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.doubts.is_empty()
    }

    /// Whether a member that is not in the listing counts as gone: the listing is complete, and has a member. A server
    /// can still leave a member out, so [`Round`](crate::meaning::Round) asks for each one before it removes it.
    #[must_use]
    pub fn proves_absence(&self) -> bool {
        self.is_complete() && self.has_member
    }

    /// Whether a resource would be listed if it were there.
    pub(super) fn covers(&self, key: &HrefKey) -> bool {
        key.is_below(&self.collection)
            && (self.depth == Depth::Infinity || key.depth_below(&self.collection) == 1)
    }
}
