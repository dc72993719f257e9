//! What an input shows an observer: responses, and then how the body has ended.

use super::advice::Advice;
use crate::{Error, ErrorKind, OtherBody, Response, Root, Trailer};

/// A response as an input shows it.
#[derive(Debug)]
pub struct Shown<'r, 'a>(pub(super) &'r Response<'a>);

/// How a body has ended.
#[derive(Debug)]
pub enum End<'e> {
    /// A multistatus that was read to its end.
    Whole(&'e Trailer),
    /// Another root, read to its end.
    Other(&'e Root<'e>),
    /// The body says nothing, and the status of HTTP is what counts.
    HttpOnly { is_html: bool },
}

/// A body that was not read to its end.
#[derive(Debug)]
pub struct Unread<'e> {
    pub(super) error: &'e Error,
    /// `multistatus` stands somewhere in it, or may do.
    pub(super) mentions_multistatus: bool,
}

impl Unread<'_> {
    /// The advice for an answer that was to be read. `None`: the status of HTTP says more than the body, which is not of
    /// WebDAV.
    pub(super) fn advice(&self, http_status: u16) -> Option<Advice> {
        let is_failed = Advice::for_status(http_status).is_some();
        match self.error.is_not_dav() && is_failed {
            true => None,
            false => Some(Advice::for_error(http_status, self.error)),
        }
    }

    pub(super) fn is_html(&self) -> bool {
        matches!(self.error.kind(), ErrorKind::NotDav { found: OtherBody::Html })
    }
}
