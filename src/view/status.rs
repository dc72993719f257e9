use std::{borrow::Cow, fmt};

use super::Frame;
use crate::parse::{self, Code, Role};

/// The status of a response or of a propstat (RFC 4918 section 14.28).
///
/// Several `status` elements that differ make one unreadable status. A method that returns a status returns `None` when
/// there is no `status` element or only an empty one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status<'a> {
    line: Cow<'a, str>,
    code: Code,
}

impl<'a> Status<'a> {
    pub(crate) fn new(line: Cow<'a, str>, code: Code) -> Self {
        Status { line, code }
    }

    /// Returns the code, 100 to 999. `None` when the status is unreadable. Such a status is never a success.
    pub fn as_u16(&self) -> Option<u16> {
        self.code.as_u16()
    }

    /// Whether the code is 200 to 299.
    pub fn is_success(&self) -> bool {
        self.code.is_class(2)
    }

    /// Whether the code is 300 to 399.
    pub fn is_redirection(&self) -> bool {
        self.code.is_class(3)
    }

    /// Whether the code is 400 to 499.
    pub fn is_client_error(&self) -> bool {
        self.code.is_class(4)
    }

    /// Whether the code is 500 to 599.
    pub fn is_server_error(&self) -> bool {
        self.code.is_class(5)
    }

    /// Returns the words after the code, in any language and often empty. Never judge by these words.
    pub fn reason(&self) -> &str {
        parse::parse_status(&self.line).reason
    }

    /// Returns the line as sent, without white space around it. If there are several, it is the first non-empty one.
    pub fn raw(&self) -> &str {
        &self.line
    }

    /// Makes a status that borrows nothing.
    #[must_use]
    pub fn into_owned(self) -> Status<'static> {
        Status { line: Cow::Owned(self.line.into_owned()), code: self.code }
    }
}

/// Shows what [`Status::raw`] returns.
impl fmt::Display for Status<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.line)
    }
}

/// Returns the status among the children of `parent`.
pub(crate) fn status<'a>(frame: &Frame<'a>, parent: u32) -> Option<Status<'a>> {
    let (judged, node) = frame.status(parent);
    let line = frame.own_trimmed(node?);
    debug_assert_ne!(judged, Code::None, "an empty status counts as none");
    Some(Status::new(line, judged))
}

/// Returns code and node of the status of `response`, which also applies to propstats without a status of their own.
pub(crate) fn own_status(frame: &Frame<'_>, response: u32) -> Option<(Code, u32)> {
    // This check comes first because few responses have a status beside propstats.
    frame.children(response).find(|(_, n)| n.role == Role::Status)?;
    let (judged, node) = frame.status(response);
    Some((judged, node?))
}
