//! All problems that reading can meet, in one table: the kind of error a caller sees, and the words for it.

use std::{borrow::Cow, str::Utf8Error};

use crate::{ErrorKind, Limit, Options, OtherBody, Tolerance, error::quoted};

/// The result of a step of reading: a value, or the fault that ends the reading.
pub(crate) type Read<T> = Result<T, Fault>;

/// A problem and where it was met, in bytes from the start of the window (the part of the body that is held as text).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) at: usize,
    pub(crate) problem: Problem,
}

impl Fault {
    #[cold]
    pub(crate) fn new(at: usize, problem: Problem) -> Self {
        Fault { at, problem }
    }

    /// Moves a fault from its place in a text to its place in the window, where the text begins at byte `start`.
    pub(crate) fn moved(self, start: usize) -> Self {
        Fault { at: self.at.saturating_add(start), ..self }
    }
}

impl From<(usize, Problem)> for Fault {
    fn from((at, problem): (usize, Problem)) -> Self {
        Fault { at, problem }
    }
}

/// Errs when `count` is more than `limit` allows. `at` is the place of the fault.
#[inline]
pub(crate) fn within(limit: Limit, count: usize, at: usize, options: &Options) -> Read<()> {
    if count > options.most(limit) { Err(Fault::new(at, Problem::Limit(limit))) } else { Ok(()) }
}

/// What the body is instead of a document of the kind asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotDavReason {
    Html,
    Json,
    Empty,
    Text,
    /// The root element is unknown; its name begins at the fault.
    Root,
    /// A document of another known kind, which only [`Document`](crate::Document) reads.
    Other,
}

macro_rules! problems {
    ($($variant:ident = $kind:ident: $text:literal,)*) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Problem {
            $($variant,)*
            NotDav(NotDavReason),
            Limit(Limit),
            Refused(Tolerance),
        }

        impl Problem {
            /// Returns the kind of error that a caller sees. `root` is the name of the root, as far as it was read.
            pub(crate) fn kind(self, root: Option<&str>) -> ErrorKind {
                match self {
                    $(Problem::$variant => ErrorKind::$kind,)*
                    Problem::NotDav(strange) => ErrorKind::NotDav { found: match strange {
                        NotDavReason::Html => OtherBody::Html,
                        NotDavReason::Json => OtherBody::Json,
                        NotDavReason::Empty => OtherBody::Empty,
                        NotDavReason::Text => OtherBody::Text,
                        NotDavReason::Root | NotDavReason::Other => OtherBody::Root(root.unwrap_or_default().into()),
                    } },
                    Problem::Limit(limit) => ErrorKind::Limit(limit),
                    Problem::Refused(tolerance) => ErrorKind::Refused(tolerance),
                }
            }

            fn text(self) -> &'static str {
                match self {
                    $(Problem::$variant => $text,)*
                    Problem::NotDav(NotDavReason::Html) => "an HTML page instead of a WebDAV document",
                    Problem::NotDav(NotDavReason::Json) => "JSON instead of a WebDAV document",
                    Problem::NotDav(NotDavReason::Empty) => "empty body",
                    Problem::NotDav(NotDavReason::Text) => "neither markup nor JSON, but plain text, compressed or binary data",
                    Problem::NotDav(NotDavReason::Root) => "unexpected root element:",
                    Problem::NotDav(NotDavReason::Other) => "not a multistatus, but another document that can be read:",
                    Problem::Limit(_) => "over the limit:",
                    Problem::Refused(_) => "refused by the options:",
                }
            }
        }
    };
}

problems! {
    Truncated = Truncated: "the body ends too early",
    NotUtf8 = Encoding: "bytes that are not UTF-8, or not of the encoding the body is in",
    UnknownEncoding = Encoding: "the body is said to be in an encoding that is not supported:",
    NotAscii = Encoding: "a byte beyond ASCII in a body that was not transcoded from",
    Utf16 = Encoding: "the body is in UTF-16",
    Utf32 = Encoding: "the body is in UTF-32",
    Doctype = Doctype: "a document type declaration",
    LateDoctype = Malformed: "a document type declaration after the start of the root element",
    Declaration = Malformed: "the XML declaration is malformed or misplaced",
    TextBeforeRoot = Malformed: "text before the root element",
    AfterRoot = Malformed: "data after the root element",
    Padding = Malformed: "a NUL or a byte order mark after the root element",
    AfterEnd = Malformed: "bytes were pushed after the end of the body was announced",
    Character = Malformed: "a character that XML forbids",
    CharacterReference = Malformed: "a reference to a character that XML forbids",
    Entity = Malformed: "a reference to an entity that XML does not have",
    Ampersand = Malformed: "an `&` that begins no reference",
    SectionEnd = Malformed: "`]]>` in character data",
    Name = Malformed: "a tag without a valid name",
    EndName = Malformed: "an end tag that is malformed",
    EndMismatch = Malformed: "an end tag that does not match the open element:",
    BracketInTag = Malformed: "a `<` inside a tag",
    AttributeSyntax = Malformed: "a malformed attribute",
    AttributeSpace = Malformed: "no white space before an attribute",
    AttributeName = Malformed: "an attribute without a valid name",
    AttributeValue = Malformed: "an unfinished reference in an attribute value",
    AttributeTwice = Malformed: "an attribute that is there twice",
    ReservedPrefix = Malformed: "the prefix `xml` or `xmlns`, or the namespace of one, bound to something else or used where it must not be",
    Comment = Malformed: "a malformed comment",
    Section = Malformed: "a CDATA section without end",
    Nested = Malformed: "a response inside a response, as if end tags were missing",
    Instruction = Malformed: "a malformed processing instruction",
    Markup = Malformed: "markup that is neither comment nor CDATA section",
    Misplaced = Misplaced: "a `multistatus`, `response`, `propstat` or `prop` where it does not belong",
    SecondHref = Misplaced: "an href after a propstat, as if another response began",
    MissingHref = MissingHref: "a response without href",
    ForeignName = ForeignName: "an element such as `response` or `href` that is not in the namespace `DAV:`, or is spelled in another way",
    StrayStatus = StrayStatus: "elements directly under multistatus that make no response",
    ForbiddenInName = ForbiddenCharacter: "a character that XML forbids in a name",
    ForbiddenInHref = ForbiddenCharacter: "a character that XML forbids in an href",
    ForbiddenInStatus = ForbiddenCharacter: "a character that XML forbids in a status",
}

impl Problem {
    /// Returns what is wrong with `body`, which is not UTF-8. `error` is what decoding `body` gave.
    pub(crate) fn of_bytes(body: &[u8], error: Utf8Error) -> Self {
        match body {
            [0xFF, 0xFE, 0, 0, ..] => Problem::Utf32,
            [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => Problem::Utf16,
            _ if error.error_len().is_none() => Problem::Truncated,
            _ => Problem::NotUtf8,
        }
    }

    /// Returns the words for the problem. `rest` is the text at the fault: names and keywords are quoted from it, but
    /// values never. `found` is the name of the root, or of the encoding.
    #[cold]
    pub(crate) fn message(self, rest: &str, found: Option<&str>) -> Cow<'static, str> {
        let found = found.unwrap_or_default();
        // Under salvage there may be an error for every few bytes, so each message is put together in one go.
        let (before, detail, after) = match self {
            Problem::NotDav(NotDavReason::Root | NotDavReason::Other)
            | Problem::NotAscii
            | Problem::UnknownEncoding => (" ", Cow::Borrowed(found), ""),
            Problem::NotDav(NotDavReason::Html) if !found.is_empty() => {
                (" (root ", Cow::Borrowed(found), ")")
            }
            Problem::Limit(limit) => (" ", Cow::Borrowed(limit.as_str()), ""),
            Problem::Refused(tolerance) => (" ", Cow::Borrowed(tolerance.as_str()), ""),
            Problem::EndMismatch => {
                let name =
                    rest.split(|c: char| c == '>' || c.is_ascii_whitespace()).next().unwrap_or_default();
                (" ", quoted(name, 64), ">")
            }
            _ => return Cow::Borrowed(self.text()),
        };
        Cow::Owned([self.text(), before, &detail, after].concat())
    }
}
