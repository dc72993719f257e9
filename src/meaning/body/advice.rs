//! What a client does next.

use std::fmt;

use crate::{Error, ErrorKind, OtherBody};

/// What to do next after an answer, whether or not the answer could be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Advice {
    /// Go on: act on the answer, and store its token last.
    Proceed,
    /// There are more changes: act on this page, and ask for the next page with the new token (RFC 6578 section 3.6).
    NextPage,
    /// Send the same request again, with the old token: the answer was cut.
    Repeat,
    /// Send the same request again later: the server is busy or broken (HTTP 429 and 5xx).
    Later,
    /// Log in first: the server asks for a login (HTTP 401), or has sent a page of HTML instead of an answer.
    LogIn,
    /// Send the same request again without a limit: the limit may have cut the answer, so its token cannot be used.
    WithoutLimit,
    /// Send the report again without a token: the server no longer accepts the old token.
    WithoutToken,
    /// Ask for each href by itself: the multiget as a whole has failed.
    OneByOne,
    /// List the collection with PROPFIND: a sync report does not help here.
    List,
}

impl Advice {
    /// Returns the advice for an HTTP status. `None` for 200 and 207.
    pub(super) fn for_status(http_status: u16) -> Option<Self> {
        match http_status {
            200 | 207 => None,
            401 => Some(Advice::LogIn),
            429 | 500..=599 => Some(Advice::Later),
            _ => Some(Advice::List),
        }
    }

    /// Returns the advice for a body that cannot be read to its end.
    pub(super) fn for_error(http_status: u16, error: &Error) -> Self {
        let by_body = match error.kind() {
            ErrorKind::NotDav { found: OtherBody::Html } => Advice::LogIn,
            ErrorKind::Io(_) => Advice::Repeat,
            _ if error.is_truncated() => Advice::Repeat,
            _ => Advice::List,
        };
        Advice::for_status(http_status).unwrap_or(by_body)
    }
}

/// Shows the advice in a few words, for people.
impl fmt::Display for Advice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Advice::Proceed => "go on",
            Advice::NextPage => "ask for the next page",
            Advice::Repeat => "ask again",
            Advice::Later => "ask again later",
            Advice::LogIn => "log in first",
            Advice::WithoutLimit => "ask again without a limit",
            Advice::WithoutToken => "ask again without a token",
            Advice::OneByOne => "ask for each href by itself",
            Advice::List => "list the collection",
        })
    }
}
