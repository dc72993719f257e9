//! Errors, each with its place in the body.

use std::{borrow::Cow, fmt, io, sync::Arc};

use crate::{Limit, Tolerance, text::slice};

/// Why a body, or one response in it, could not be read.
///
/// An error is one pointer wide and cheap to clone. After a fatal error, every later call returns that error again. The
/// text names what was found and where. It is escaped, at most 512 bytes long and never holds the value of a property.
///
/// `{:?}`, which is what a `main` that returns an error prints, shows the text and the kind. If the source of the body
/// failed, `{:?}` also shows the error of the source:
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
    /// The error of the source of the body, for [`ErrorKind::Io`].
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

/// Shows the text, the kind, and the error of the source.
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

/// The kinds of [`Error`] that a caller may want to treat differently.
///
/// `MissingHref`, `Misplaced`, `ForeignName`, `StrayStatus` and `ForbiddenCharacter` cost one response. For `Limit` and
/// `Refused`, see [`Limit::is_fatal`] and [`Tolerance::is_fatal`]. `Value` costs one value. All others are fatal,
/// unless [`Options::salvage`] is on.
///
/// [`Options::salvage`]: crate::Options::salvage
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The body ends too early: before the end of its root element, or in a comment or instruction after it.
    Truncated,
    /// The body is not of the kind asked for. [`Document`](crate::Document) reads every kind that a client meets.
    NotDav {
        /// What the body is instead.
        found: OtherBody,
    },
    /// The body is not well-formed XML 1.0, breaks Namespaces in XML 1.0, or goes on after its root.
    Malformed,
    /// The body has a document type declaration.
    Doctype,
    /// The body has bytes that are not UTF-8 or not in the encoding it is read in, or that encoding is not supported.
    Encoding,
    /// A response has no `href`.
    MissingHref,
    /// Elements are in a place where they would be lost silently: a `response` inside a `response`, a `prop` outside a
    /// `propstat`, a second `href` after a `propstat`.
    Misplaced,
    /// A child of `multistatus`, `response` or `propstat` looks like an element that belongs there, but its name
    /// differs: no namespace, an undeclared prefix, a namespace that resembles `DAV:`, other letters (`Response`), or
    /// the name from a draft (`sync-response`).
    ForeignName,
    /// Elements directly under `multistatus` make no response: a status that belongs to no href, two statuses, or
    /// neither href nor propstat.
    StrayStatus,
    /// With [`Repair::ForbiddenCharacters`](crate::Repair::ForbiddenCharacters): an href, a name or a status has a
    /// character that XML forbids or bytes that are not UTF-8.
    ForbiddenCharacter,
    /// The body has more of something than [`Options::limit`](crate::Options::limit) allows.
    Limit(Limit),
    /// The body has a fault that the [`Options`](crate::Options) refuse to forgive.
    Refused(Tolerance),
    /// A value of a property cannot be read: a [`ValueError`](crate::value::ValueError). No input gives this kind.
    Value,
    /// The source of the body failed. Its error, an [`io::Error`], is the [source](std::error::Error::source) of this
    /// error. [`Error::offset`] is the number of bytes that came before the failure, in UTF-8.
    Io(io::ErrorKind),
}

/// What the body is instead of the expected document, for [`ErrorKind::NotDav`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OtherBody {
    /// An HTML page, such as that of a login form.
    Html,
    /// The body begins with `{` or `[`.
    Json,
    /// The body has nothing but white space, or no bytes at all.
    Empty,
    /// The body begins with neither markup nor JSON: plain text, compressed or binary data.
    Text,
    /// The body has another root element: its expanded name `{namespace}local`, or its name as sent when the prefix is
    /// undeclared. The name is escaped, and cut to about 64 bytes.
    Root(Box<str>),
}

impl Error {
    #[cold]
    pub(crate) fn new(mut facts: Facts) -> Self {
        facts.path = shortened(facts.path);
        Error(Arc::new(Inner { facts, source: None }))
    }

    /// Makes the error of a `source` that failed `after` bytes after this error's place. It has this error's path.
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

    /// Makes the same error, fatal only if `is_fatal`.
    #[cold]
    pub(crate) fn with_fatal(mut self, is_fatal: bool) -> Self {
        if let Some(inner) = Arc::get_mut(&mut self.0) {
            inner.facts.is_fatal = is_fatal;
            return self;
        }
        let facts = Facts { is_fatal, ..self.0.facts.clone() };
        Error(Arc::new(Inner { facts, source: None }))
    }

    /// Returns the kind of fault.
    pub fn kind(&self) -> &ErrorKind {
        &self.0.facts.kind
    }

    /// Returns where the fault is: how many bytes of the body come before it. For a body in another encoding, these are
    /// bytes of its UTF-8 form.
    pub fn offset(&self) -> u64 {
        self.0.facts.offset
    }

    /// Returns the elements around the fault, as in `multistatus/response[3]/propstat[1]/status`; empty outside the root.
    ///
    /// Responses and propstats are numbered from 1, other elements from the second of a name on. After more than 1,000
    /// elements in a response, the number is `>1000`. After a fault that costs the response, elements have no number.
    /// Names in `DAV:` are local names, others are as sent. The path is escaped; a long one is cut in its middle.
    pub fn path(&self) -> &str {
        &self.0.facts.path
    }

    /// Returns the expanded name of the root element, `{namespace}local`. `None` when it could not be read. The root
    /// may come after the fault. The name is escaped, and cut to about 64 bytes.
    pub fn root(&self) -> Option<&str> {
        self.0.facts.root.as_deref()
    }

    /// Returns line and column of [`Error::offset`] in `body`, which has to be in UTF-8; both count from 1. Lines end
    /// as in XML 1.0 section 2.11, columns count characters.
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

    /// Whether nothing more can be read. Any other error costs one response, and the next call goes on after it.
    ///
    /// A retryable error ([`Error::is_retryable`]) is fatal, too, so that a loop that does not know of retrying stops.
    /// To try again, check `is_retryable` first. Errors from [`Document`](crate::Document) are always fatal.
    #[must_use]
    pub fn is_fatal(&self) -> bool {
        self.0.facts.is_fatal
    }

    /// Whether the body ends too early, so that asking the server again may bring the rest. An empty body counts, and
    /// so does a source that fails with [`UnexpectedEof`](io::ErrorKind::UnexpectedEof).
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

    /// Whether the source of the body was not ready yet: [`WouldBlock`](io::ErrorKind::WouldBlock) or
    /// [`TimedOut`](io::ErrorKind::TimedOut). Nothing is lost, and the same call can be made again. A source that ends
    /// after such an error makes the body [truncated](Error::is_truncated).
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        use io::ErrorKind::{TimedOut, WouldBlock};
        matches!(self.kind(), ErrorKind::Io(WouldBlock | TimedOut))
    }
}

/// The I/O error has the kind of the source's error, `UnexpectedEof` for a body that ends too early
/// ([`Error::is_truncated`]), and `InvalidData` otherwise.
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
    /// Whether a multistatus cannot be read any further after an error of this kind.
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

    /// Returns the name of the variant as it is spelled in Rust, without its fields.
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

/// Shows the name of the variant, with its field in parentheses: `Truncated`, `Limit(Depth)`.
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

/// Returns line and column, both from 1, of the place in `body` that has `offset` bytes before it.
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

/// Makes text of the body safe for a log: escaped, and cut to about `most` bytes.
pub(crate) fn quoted(text: &str, most: usize) -> Cow<'_, str> {
    // Nearly all texts shown are names, in which nothing has to be escaped.
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

/// A path has at most this many bytes. So the text of an error has at most 512 bytes, even with the longest message.
pub(crate) const PATH: usize = 200;

/// Cuts a long path in its middle: the outermost and the innermost elements say most.
pub(crate) fn shortened(path: String) -> String {
    if path.len() <= PATH {
        return path;
    }
    let cut = |at: usize| (at..).find(|at| path.is_char_boundary(*at)).unwrap_or_default();
    let (head, tail) = (cut(PATH / 2), cut(path.len() - PATH / 2));
    format!("{}…{}", slice(&path, ..head), slice(&path, tail..))
}
