//! What a client keeps from one round to the next, and what to do at the end of a round.

use crate::{Href, meaning::body::advice::Advice, value::EntityTag};

/// A member that the client has.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Known {
    /// The href by which the data of the member was got: [`Got::asked`](crate::meaning::Got::asked).
    pub href: String,
    /// The entity tag that came with the data. `None` when no tag came.
    pub tag: Option<String>,
}

/// What a round could not settle: store it beside the token, and give it to the next round.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Pending {
    /// Hrefs of members whose data is still to be fetched.
    pub fetch: Vec<String>,
    /// Hrefs of known members that may be gone.
    pub confirm: Vec<String>,
}

/// The end of a round. Do this in order: remove what is gone, store what is pending, store the token.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[must_use]
pub struct Done {
    /// Members that are gone, as the client knew them, sorted by their keys.
    pub remove: Vec<Known>,
    /// Members whose data was got under a new href, as the client knew them before. The resource is the same, and is
    /// not gone. Drop the old entry, unless the new entry has replaced it.
    pub superseded: Vec<Known>,
    /// How many members were known at the start. Ask a person before you remove most of them.
    pub known_count: usize,
    /// What the round could not settle: give it to [`Round::pending`](crate::meaning::Round::pending) next time.
    pub pending: Pending,
    /// Hrefs of collections whose members are not in the report. Sync each by itself (RFC 6578 section 3.3).
    pub cannot_sync: Vec<String>,
    /// Known members that the round ignored: their hrefs cannot be resolved, are not in the collection, or have the key
    /// of another known member.
    pub left_alone: Vec<Known>,
    /// The token for the next round. `None`: keep the old token.
    pub token: Option<String>,
    /// [`Advice::Proceed`] when there is a token. Otherwise, what to do before the next round.
    pub advice: Advice,
}

impl Known {
    /// Makes a member from the href by which its data was got, and the entity tag that came with the data.
    pub fn new<'t>(href: impl Into<String>, tag: impl Into<Option<&'t str>>) -> Self {
        Known { href: href.into(), tag: tag.into().map(str::to_owned) }
    }

    pub(super) fn href(&self) -> Href<'_> {
        Href::new(&*self.href)
    }
}

impl Pending {
    /// Makes a `Pending` from what was stored: the hrefs to fetch, and the hrefs to confirm.
    pub fn new(fetch: Vec<String>, confirm: Vec<String>) -> Self {
        Pending { fetch, confirm }
    }

    /// Whether nothing is pending: the round settled everything.
    pub fn is_empty(&self) -> bool {
        self.fetch.is_empty() && self.confirm.is_empty()
    }
}

pub(super) fn text(tag: &Option<EntityTag<'_>>) -> Option<String> {
    tag.as_ref().map(|tag| tag.as_str().to_owned())
}
