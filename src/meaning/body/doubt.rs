//! Why a listing is not complete.

use std::fmt;

use crate::Href;

/// Why a listing is not complete.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Doubt {
    /// What is wrong.
    pub reason: DoubtReason,
    /// The first href that it is about. `None` when it is about the whole answer.
    pub example: Option<Href<'static>>,
}

/// What is wrong with a listing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum DoubtReason {
    /// The status of HTTP is neither 200 nor 207.
    #[error("the request failed with HTTP status {0}")]
    HttpStatus(u16),
    /// The root is not that of a multistatus.
    #[error("the answer has another root than multistatus")]
    OtherRoot,
    /// Responses could not be read, or were not taken before the end was asked for.
    #[error("not every response was read")]
    Unread,
    /// The body was repaired.
    #[error("the body was repaired")]
    Repaired,
    /// The collection itself is not in it.
    #[error("the collection itself is not listed")]
    NoCollection,
    /// A resource failed, or is named although it is not there, or the server has cut the answer (507).
    #[error("a resource failed")]
    Failed,
    /// The server refuses properties of the collection itself by another status than 404: it may be closed to this
    /// user.
    #[error("properties of the collection itself are refused")]
    CollectionRefused,
    /// Nothing in the whole answer has a status of success. oCIS answers like this after a token was revoked.
    #[error("nothing was returned with success")]
    NoSuccess,
    /// A resource is deeper than the depth that was asked for.
    #[error("a resource is deeper than was asked for")]
    TooDeep,
    /// `Depth: infinity` was asked for, and collections are listed without any member of them. SabreDAV answers as for
    /// a depth of 1.
    #[error("no member of a member is listed")]
    TooShallow,
    /// An href is not in the collection, or cannot be resolved, or a response has several.
    #[error("an href is outside of the collection")]
    Foreign,
    /// One resource has two entity tags that differ, or comes twice without a tag, or two hrefs may be one resource or
    /// two.
    #[error("a resource is listed twice")]
    Twice,
    /// A segment decodes to a name with a slash in it, or to no name. civetweb escapes the whole path.
    #[error("an href has no usable name")]
    Name,
    /// The answer mentions no property that was asked for: the request may have arrived without its body.
    #[error("no property that was asked for is mentioned")]
    NotMentioned,
}

/// The reason, and the example.
impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.example {
            Some(href) => write!(f, "{}: {}", self.reason, href.as_str().escape_debug()),
            None => self.reason.fmt(f),
        }
    }
}

/// Each reason once, with its first example.
#[derive(Clone, Debug, Default)]
pub(super) struct Doubts(pub(super) Vec<Doubt>);

impl Doubts {
    pub(super) fn add(&mut self, reason: DoubtReason, example: Option<&Href<'_>>) {
        if self.0.iter().all(|doubt| doubt.reason != reason) {
            self.0.push(Doubt { reason, example: example.map(|href| href.clone().into_owned()) });
        }
    }
}
