//! Why a listing is not complete.

use std::fmt;

use crate::Href;

/// Why a listing is not complete.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Doubt {
    /// What is wrong.
    pub reason: DoubtReason,
    /// The first href that the doubt is about. `None` when the doubt is about the whole answer.
    pub example: Option<Href<'static>>,
}

/// What is wrong with a listing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum DoubtReason {
    /// The HTTP status is neither 200 nor 207.
    #[error("the request failed with HTTP status {0}")]
    HttpStatus(u16),
    /// The root of the body is not `multistatus`.
    #[error("the answer has another root than multistatus")]
    OtherRoot,
    /// Responses could not be read, or were not taken before the end was asked for.
    #[error("not every response was read")]
    Unread,
    /// The body was repaired.
    #[error("the body was repaired")]
    Repaired,
    /// The collection itself is not in the listing.
    #[error("the collection itself is not listed")]
    NoCollection,
    /// A resource failed, or is named although it does not exist, or the server has cut the answer (507).
    #[error("a resource failed")]
    Failed,
    /// The server refuses properties of the collection itself with a status other than 404: the collection may be
    /// closed to this user.
    #[error("properties of the collection itself are refused")]
    CollectionRefused,
    /// Nothing in the whole answer has a status of success. oCIS answers like this after a token was revoked.
    #[error("nothing was returned with success")]
    NoSuccess,
    /// A resource is deeper than the depth that was asked for.
    #[error("a resource is deeper than was asked for")]
    TooDeep,
    /// `Depth: infinity` was asked for, and the listing has collections, but no member of any of them. SabreDAV answers
    /// as if the depth were 1.
    #[error("no member of a member is listed")]
    TooShallow,
    /// An href is outside of the collection or cannot be resolved, or a response has several hrefs.
    #[error("an href is outside of the collection")]
    Foreign,
    /// One resource is listed with two entity tags that differ, or twice without a tag, or two hrefs may name one
    /// resource or two.
    #[error("a resource is listed twice")]
    Twice,
    /// The last segment of an href decodes to no name, or to a name with a slash. civetweb escapes the whole path.
    #[error("an href has no usable name")]
    Name,
    /// The answer mentions no property that was asked for: the request may have arrived without its body.
    #[error("no property that was asked for is mentioned")]
    NotMentioned,
}

/// Shows the reason, and the example.
impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.example {
            Some(href) => write!(f, "{}: {}", self.reason, href.as_str().escape_debug()),
            None => self.reason.fmt(f),
        }
    }
}

/// The doubts so far: each reason once, with its first example.
#[derive(Clone, Debug, Default)]
pub(super) struct Doubts(pub(super) Vec<Doubt>);

impl Doubts {
    pub(super) fn add(&mut self, reason: DoubtReason, example: Option<&Href<'_>>) {
        if self.0.iter().all(|doubt| doubt.reason != reason) {
            self.0.push(Doubt { reason, example: example.map(|href| href.clone().into_owned()) });
        }
    }
}
