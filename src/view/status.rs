use std::{borrow::Cow, fmt};

use super::Frame;
use crate::parse::{self, Code, Role};

/// The status of a response or of a propstat (RFC 4918 section 14.28).
///
/// Several `status` elements that differ make one that is unreadable. No status at all, or an empty one, is
/// `None` where a status is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status<'a> {
    line: Cow<'a, str>,
    code: Code,
}

impl<'a> Status<'a> {
    pub(crate) fn new(line: Cow<'a, str>, code: Code) -> Self {
        Status { line, code }
    }

    /// The code, 100 to 999. `None` when the status is unreadable: that is never a success.
    pub fn as_u16(&self) -> Option<u16> {
        self.code.as_u16()
    }

    /// 200 to 299.
    pub fn is_success(&self) -> bool {
        self.code.is_class(2)
    }

    /// 300 to 399.
    pub fn is_redirection(&self) -> bool {
        self.code.is_class(3)
    }

    /// 400 to 499.
    pub fn is_client_error(&self) -> bool {
        self.code.is_class(4)
    }

    /// 500 to 599.
    pub fn is_server_error(&self) -> bool {
        self.code.is_class(5)
    }

    /// The words after the code: any language, often empty. Never judge by them.
    pub fn reason(&self) -> &str {
        parse::parse_status(&self.line).reason
    }

    /// The line as sent, white space around it cut off; of several, the first that is not empty.
    pub fn raw(&self) -> &str {
        &self.line
    }

    /// The same, which borrows nothing.
    #[must_use]
    pub fn into_owned(self) -> Status<'static> {
        Status { line: Cow::Owned(self.line.into_owned()), code: self.code }
    }
}

/// As [`Status::raw`].
impl fmt::Display for Status<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.line)
    }
}

/// The status among the children of `parent`.
pub(crate) fn status<'a>(frame: &Frame<'a>, parent: u32) -> Option<Status<'a>> {
    let (judged, node) = frame.status(parent);
    let line = frame.own_trimmed(node?);
    debug_assert_ne!(judged, Code::None, "an empty status counts as none");
    Some(Status::new(line, judged))
}

/// The status of `response`, which judges its propstats without a status of their own.
pub(crate) fn own_status(frame: &Frame<'_>, response: u32) -> Option<(Code, u32)> {
    // Nearly no response has a status beside propstats.
    frame.children(response).find(|(_, n)| n.role == Role::Status)?;
    let (judged, node) = frame.status(response);
    Some((judged, node?))
}
