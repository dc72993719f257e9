//! What an input shows an observer: responses, and then how the body has ended.

use super::advice::Advice;
use crate::{Error, ErrorKind, OtherBody, Response, Root, Trailer};

/// A response, shown by an input.
#[derive(Debug)]
pub struct Shown<'r, 'a>(pub(super) &'r Response<'a>);

/// How a body has ended.
#[derive(Clone, Copy, Debug)]
pub enum End<'e> {
    /// A multistatus that was read to its end.
    Whole(&'e Trailer),
    /// A root other than multistatus, read to its end.
    Other(&'e Root<'e>),
    /// The body says nothing: only the HTTP status counts.
    HttpOnly { is_html: bool },
}

/// A body that was not read to its end.
#[derive(Debug)]
pub struct Unread<'e> {
    pub(super) error: &'e Error,
    /// Whether the word `multistatus` is somewhere in the body, or may be.
    pub(super) mentions_multistatus: bool,
}

impl Unread<'_> {
    /// Returns the advice for a body that should have been readable. `None` when only the HTTP status counts, because
    /// the status is a failure and the body is not WebDAV.
    pub(super) fn advice(&self, http_status: u16) -> Option<Advice> {
        let is_failed = Advice::for_status(http_status).is_some();
        let is_said = is_failed && self.error.is_not_dav();
        (!is_said).then(|| Advice::for_error(http_status, self.error))
    }

    pub(super) fn is_html(&self) -> bool {
        matches!(self.error.kind(), ErrorKind::NotDav { found: OtherBody::Html })
    }
}
