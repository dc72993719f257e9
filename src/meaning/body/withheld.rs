//! Why a sync report gives no token.

use super::advice::Advice;

/// Why a sync report gives no token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum TokenWithheld {
    /// The HTTP status is neither 200 nor 207.
    #[error("the request failed with HTTP status {0}")]
    HttpStatus(u16),
    /// The server no longer accepts the token that was sent (`DAV:valid-sync-token`, RFC 6578 section 3.2).
    #[error("the token that was sent is not valid any more")]
    InvalidToken,
    /// The root of the body is not multistatus, and does not say that the token is invalid.
    #[error("the answer has another root than multistatus")]
    OtherRoot,
    /// The answer has no token, or an empty one. Such an answer does not answer a sync-collection report.
    #[error("the answer has no token")]
    NoToken,
    /// Responses could not be read.
    #[error("responses could not be read")]
    Unreadable,
    /// Responses were not taken before the end was asked for.
    #[error("not every response was taken")]
    Unseen,
    /// An href is empty or cannot be resolved.
    #[error("an href names no resource")]
    Href,
    /// Elements of a response are directly under `multistatus`.
    #[error("elements of a response are not in a response")]
    Implicit,
    /// Two hrefs have one key in two spellings: the hrefs may mean one member or two (SOGo 5.8).
    #[error("two hrefs may be one member or two")]
    AmbiguousHref,
    /// One member is named twice, without two equal entity tags: the tags differ or are missing, or the member is gone.
    #[error("one member is named twice, without two equal entity tags")]
    Contradiction,
    /// The collection itself failed: it may be gone, or closed to this user.
    #[error("the collection itself failed")]
    CollectionFailed,
    /// An href does not name a member. If a proxy is the cause, repeating will not help: see
    /// [`RequestUrl::by_path`](crate::href::RequestUrl::by_path) and
    /// [`RequestUrl::mount`](crate::href::RequestUrl::mount).
    #[error("an href is outside of the collection")]
    Foreign,
    /// A member of a member is named, though children were asked for.
    #[error("a member is deeper than the level that was asked for")]
    TooDeep,
    /// There are two tokens, and they differ.
    #[error("there are several tokens")]
    SeveralTokens,
    /// There are as many changes as the limit allows, and no mark says whether there are more. Xandikos 0.4 cuts a
    /// report without a mark, and the token of that report skips the rest.
    #[error("the limit was reached, and no mark says whether there are more changes")]
    Limit,
    /// There are more changes, but the new token is the token that was sent: asking again would never end.
    #[error("there are more changes, but the token is the one that was sent")]
    NoProgress,
}

impl TokenWithheld {
    /// Returns what to do when a multistatus gives no token for this reason.
    pub(super) fn advice(self) -> Advice {
        match self {
            TokenWithheld::InvalidToken => Advice::WithoutToken,
            TokenWithheld::Limit => Advice::WithoutLimit,
            TokenWithheld::Unseen => Advice::Repeat,
            _ => Advice::List,
        }
    }
}
