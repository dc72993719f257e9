//! What can go wrong, always with its place in the body.

use std::{borrow::Cow, fmt, io, sync::Arc};

use crate::{Limit, Tolerance, text::slice};

/// Why a body, or one response in it, could not be read.
///
/// It is one pointer wide and cheap to clone: a fatal error is handed out again by every later call. Its text names
/// what was found and where, is escaped, at most 512 bytes long and never holds the value of a property.
///
/// As `{:?}`, which is what a `main` that returns it prints, it is the same text with its kind and, where the source of
/// the body failed, with the error of that:
///
/// ```
/// let error = multistatus::Multistatus::new(b"<html>").next_response().unwrap_err();
/// let text = "an HTML page instead of a WebDAV document (root {}html) at byte 0";
/// assert_eq!(error.to_string(), text);
/// assert_eq!(format!("{error:?}"), format!("{text} (NotDav)"));
/// ```
#[derive(Clone, thiserror::Error)]
#[error(transparent)]
pub struct Error(Arc<Inner>);

#[derive(thiserror::Error)]
#[error("{facts}")]
struct Inner {
    facts: Facts,
    /// What the source of the body failed with.
    source: Option<io::Error>,
}

/// What an error says.
#[derive(Clone)]
pub(crate) struct Facts {
    pub(crate) kind: ErrorKind,
    pub(crate) offset: u64,
    pub(crate) path: String,
    pub(crate) message: Cow<'static, str>,
    pub(crate) root: Option<Cow<'static, str>>,
    pub(crate) is_fatal: bool,
}

/// The text, the kind, and what the source failed with.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, f)
    }
}

impl fmt::Debug for Inner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self} ({})", self.facts.kind)?;
        match &self.source {
            Some(source) => write!(f, ": {source}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Facts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at byte {}", self.message, self.offset)?;
        if self.path.is_empty() { Ok(()) } else { write!(f, ", in {}", self.path) }
    }
}

/// The kinds of [`Error`], as far as a caller acts on them differently.
///
/// `MissingHref`, `Misplaced`, `ForeignName`, `StrayStatus` and `ForbiddenCharacter` cost one response. `Limit` and
/// `Refused` do what [`Limit::is_fatal`] and [`Tolerance::is_fatal`] say. All others are fatal, unless
/// [`Options::salvage`] is on.
///
/// [`Options::salvage`]: crate::Options::salvage
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The body ends too early: before the end of its root element, or in a comment or instruction after it.
    Truncated,
    /// The body is not of the kind asked for. [`Document`](crate::Document) reads every kind that a client meets.
    NotDav {
        /// What it is instead.
        found: OtherBody,
    },
    /// The body is not well-formed XML 1.0, breaks Namespaces in XML 1.0, or goes on after its root.
    Malformed,
    /// The body has a document type declaration.
    Doctype,
    /// The body is not in UTF-8, or in the encoding it was read in, or an encoding is named that is not supported.
    Encoding,
    /// A response without `href`.
    MissingHref,
    /// Elements that would be lost silently where they are: a `response` inside a `response`, a `prop` outside
    /// a `propstat`, a second `href` after a `propstat`.
    Misplaced,
    /// A child of `multistatus`, `response` or `propstat` has the name of an element that belongs there, but no
    /// namespace or an undeclared prefix, or a namespace that looks like `DAV:`, or other letters (`Response`), or the
    /// name of a draft (`sync-response`).
    ForeignName,
    /// Elements directly under `multistatus` that make no response: a status that belongs to no href, two statuses,
    /// or neither href nor propstat.
    StrayStatus,
    /// With [`Repair::ForbiddenCharacters`](crate::Repair::ForbiddenCharacters): a character that XML forbids or
    /// bytes that are not UTF-8, in an href, a name or a status.
    ForbiddenCharacter,
    /// More than [`Options::limit`](crate::Options::limit) allows.
    Limit(Limit),
    /// A fault that [`Options`](crate::Options) refuse to forgive.
    Refused(Tolerance),
    /// The value of a property, from a [`ValueError`](crate::value::ValueError). No input gives such an error.
    Value,
    /// The source of the body failed. What it failed with is the [source](std::error::Error::source) of the error, an
    /// [`io::Error`]; [`Error::offset`] is the number of bytes that came before, in UTF-8.
    Io(io::ErrorKind),
}

/// What the body is instead of the expected document, for [`ErrorKind::NotDav`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OtherBody {
    /// An HTML page, such as that of a login form.
    Html,
    /// It begins with `{` or `[`.
    Json,
    /// Nothing but white space.
    Empty,
    /// It begins with neither markup nor JSON: plain text, compressed or binary data.
    Text,
    /// Another root element: its expanded name `{namespace}local`, or its name as sent when the prefix is undeclared.
    /// Escaped, cut to about 64 bytes.
    Root(Box<str>),
}

impl Error {
    #[cold]
    pub(crate) fn new(mut facts: Facts) -> Self {
        facts.path = shortened(facts.path);
        Error(Arc::new(Inner { facts, source: None }))
    }

    /// What the source failed with, `after` bytes after the place of this error, whose path it has.
    #[cold]
    pub(crate) fn with_source(&self, source: io::Error, after: u64) -> Self {
        let kind = ErrorKind::Io(source.kind());
        let facts = Facts {
            offset: self.0.facts.offset + after,
            message: Cow::Owned(format!("the source failed: {}", source.kind())),
            is_fatal: kind.is_fatal(),
            kind,
            ..self.0.facts.clone()
        };
        Error(Arc::new(Inner { facts, source: Some(source) }))
    }

    /// The same error, fatal or costing one response only.
    #[cold]
    pub(crate) fn with_fatal(mut self, is_fatal: bool) -> Self {
        if let Some(inner) = Arc::get_mut(&mut self.0) {
            inner.facts.is_fatal = is_fatal;
            return self;
        }
        let facts = Facts { is_fatal, ..self.0.facts.clone() };
        Error(Arc::new(Inner { facts, source: None }))
    }

    /// What kind of fault it is.
    pub fn kind(&self) -> &ErrorKind {
        &self.0.facts.kind
    }

    /// Where: the number of bytes before it, from the start of the body. Of a body in another encoding, those of its
    /// UTF-8 form.
    pub fn offset(&self) -> u64 {
        self.0.facts.offset
    }

    /// The elements around it, such as `multistatus/response[3]/propstat[1]/status`; empty outside the root.
    ///
    /// Responses and propstats are numbered from 1, other elements from their second on; inside a response, after
    /// more than 1,000 elements, the number is `>1000`, and what comes after the response is lost has none. Names in
    /// `DAV:` are local names, others are as sent. Escaped; a long path is cut in its middle.
    pub fn path(&self) -> &str {
        &self.0.facts.path
    }

    /// The expanded name of the root element, `{namespace}local`, when it could be read, also if it is after the
    /// fault. Escaped, cut to about 64 bytes.
    pub fn root(&self) -> Option<&str> {
        self.0.facts.root.as_deref()
    }

    /// Line and column of [`Error::offset`] in `body`, which has to be in UTF-8; both are from 1. Lines end as XML 1.0
    /// section 2.11 has it, columns count characters.
    ///
    /// ```
    /// let body = "<multistatus xmlns='DAV:'><!-- ä -->\r\n<!-- ö --><response/>\
    ///     </multistatus>";
    /// let body = body.as_bytes();
    /// let error = multistatus::Multistatus::new(body).next_response().unwrap_err();
    /// assert_eq!(error.line_column(body), (2, 11));
    /// ```
    pub fn line_column(&self, body: &[u8]) -> (u64, u64) {
        line_column(body, self.offset())
    }

    /// Whether nothing more can be read. If not, one response is lost and the next call goes on after it.
    ///
    /// A retryable error ([`Error::is_retryable`]) is fatal, too, so that a loop that does not know of it stops; to try
    /// again, ask for that first. Errors from [`Document`](crate::Document) are always fatal.
    #[must_use]
    pub fn is_fatal(&self) -> bool {
        self.0.facts.is_fatal
    }

    /// Whether the body ends too early: asking the server again may bring the rest. An empty body counts, and a source
    /// that fails with [`UnexpectedEof`](io::ErrorKind::UnexpectedEof).
    #[must_use]
    pub fn is_truncated(&self) -> bool {
        let ends = ErrorKind::Io(io::ErrorKind::UnexpectedEof);
        let is_empty = matches!(self.kind(), ErrorKind::NotDav { found: OtherBody::Empty });
        *self.kind() == ErrorKind::Truncated || *self.kind() == ends || is_empty
    }

    /// Whether the body is of another kind than was asked for.
    #[cfg(feature = "url")]
    pub(crate) fn is_not_dav(&self) -> bool {
        matches!(self.kind(), ErrorKind::NotDav { .. })
    }

    /// Whether the source of the body was only not ready: [`WouldBlock`](io::ErrorKind::WouldBlock) or
    /// [`TimedOut`](io::ErrorKind::TimedOut). Nothing is lost, and the same call can be made again. If the source has
    /// ended after that, the body is [truncated](Error::is_truncated).
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        use io::ErrorKind::{TimedOut, WouldBlock};
        matches!(self.kind(), ErrorKind::Io(WouldBlock | TimedOut))
    }
}

/// Its kind is that of the source's error, `UnexpectedEof` for a body that ends too early ([`Error::is_truncated`]),
/// and `InvalidData` otherwise.
impl From<Error> for io::Error {
    fn from(error: Error) -> Self {
        let kind = match error.kind() {
            ErrorKind::Io(kind) => *kind,
            _ if error.is_truncated() => io::ErrorKind::UnexpectedEof,
            _ => io::ErrorKind::InvalidData,
        };
        io::Error::new(kind, error)
    }
}

impl ErrorKind {
    /// Whether a multistatus cannot be read any further after it.
    pub(crate) fn is_fatal(&self) -> bool {
        match self {
            ErrorKind::Limit(limit) => limit.is_fatal(),
            ErrorKind::Refused(tolerance) => tolerance.is_fatal(),
            ErrorKind::MissingHref
            | ErrorKind::Misplaced
            | ErrorKind::ForeignName
            | ErrorKind::StrayStatus
            | ErrorKind::ForbiddenCharacter
            | ErrorKind::Value => false,
            ErrorKind::Truncated
            | ErrorKind::NotDav { .. }
            | ErrorKind::Malformed
            | ErrorKind::Doctype
            | ErrorKind::Encoding
            | ErrorKind::Io(_) => true,
        }
    }

    /// The name of the variant, without what it holds, as it is spelled in Rust.
    pub fn as_str(&self) -> &'static str {
        match self {
            ErrorKind::Truncated => "Truncated",
            ErrorKind::NotDav { .. } => "NotDav",
            ErrorKind::Malformed => "Malformed",
            ErrorKind::Doctype => "Doctype",
            ErrorKind::Encoding => "Encoding",
            ErrorKind::MissingHref => "MissingHref",
            ErrorKind::Misplaced => "Misplaced",
            ErrorKind::ForeignName => "ForeignName",
            ErrorKind::StrayStatus => "StrayStatus",
            ErrorKind::ForbiddenCharacter => "ForbiddenCharacter",
            ErrorKind::Limit(_) => "Limit",
            ErrorKind::Refused(_) => "Refused",
            ErrorKind::Value => "Value",
            ErrorKind::Io(_) => "Io",
        }
    }
}

/// The name of the variant, with what it holds in parentheses: `Truncated`, `Limit(Depth)`.
impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())?;
        match self {
            ErrorKind::Limit(limit) => write!(f, "({limit})"),
            ErrorKind::Refused(tolerance) => write!(f, "({tolerance})"),
            ErrorKind::Io(kind) => write!(f, "({kind:?})"),
            _ => Ok(()),
        }
    }
}

/// Line and column of a place in `body` that has `offset` bytes before it, both from 1.
pub(crate) fn line_column(body: &[u8], offset: u64) -> (u64, u64) {
    let end = usize::try_from(offset).unwrap_or(usize::MAX).min(body.len());
    let before = body.get(..end).unwrap_or_default();
    let mut line = 1;
    let mut start = 0;
    for at in memchr::memchr2_iter(b'\n', b'\r', before) {
        // The line feed of a pair ends the line, its carriage return does not.
        if before.get(at) == Some(&b'\r') && body.get(at + 1) == Some(&b'\n') {
            continue;
        }
        line += 1;
        start = at + 1;
    }
    let column = String::from_utf8_lossy(before.get(start..).unwrap_or_default()).chars().count();
    (line, column as u64 + 1)
}

/// Text of the body, made safe for a log: escaped, and cut to about `most` bytes.
pub(crate) fn quoted(text: &str, most: usize) -> Cow<'_, str> {
    // Nearly all that is shown is a name: nothing in it has to be escaped.
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b':' | b'-' | b'_' | b'.');
    if text.len() <= most && text.bytes().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let mut out = String::new();
    for c in text.chars().flat_map(char::escape_debug) {
        if out.len() >= most {
            out.push('…');
            break;
        }
        out.push(c);
    }
    Cow::Owned(out)
}

/// Most bytes of a path: with the longest message it stays below the 512 an error may have.
pub(crate) const PATH: usize = 200;

/// A path that is cut in its middle: the outermost and the innermost elements say most.
pub(crate) fn shortened(path: String) -> String {
    if path.len() <= PATH {
        return path;
    }
    let cut = |at: usize| (at..).find(|at| path.is_char_boundary(*at)).unwrap_or_default();
    let (head, tail) = (cut(PATH / 2), cut(path.len() - PATH / 2));
    format!("{}…{}", slice(&path, ..head), slice(&path, tail..))
}
