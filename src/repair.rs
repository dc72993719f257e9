//! Repairs of malformed XML, for callers that ask for them.

use crate::{listed::listed, set::Set};

listed! {
    /// Reads malformed XML as if it were well-formed. Each repair is off until
    /// [`Options::repair`](crate::Options::repair) names it. [`Response::repaired`](crate::Response::repaired) and
    /// [`Trailer::repaired`](crate::Trailer::repaired) report each use.
    Repair {
        /// Reads an `&` that begins no reference known to XML as the character `&`. Sent by JFrog Artifactory and early
        /// dufs.
        RawAmpersand,
        /// Reads HTML's entities, such as `&nbsp;`: the 252 of HTML 4 and those of HTML 5 that name ASCII characters.
        /// A reference to an unknown entity is read as the text that was sent. Sent by MEGAcmd.
        HtmlEntities,
        /// Reads characters that XML forbids and bytes that are not UTF-8 as U+FFFD in values and descriptions. In an
        /// href, a name or a status such a character costs the response. Sent by servers over byte-oriented file
        /// systems.
        ForbiddenCharacters,
        /// Reads a root without a namespace, or with an undeclared prefix, as if it declared `DAV:`. Then all names in
        /// the body without a namespace (or with that prefix) are in `DAV:`.
        RootNamespace,
        /// Passes over a document type declaration. What it declares is never used.
        SkipDoctype,
        /// Reads a `prop` directly in a `response`, which costs the response otherwise, as a `propstat` without status:
        /// see [`PropstatWithoutStatus`](crate::Tolerance::PropstatWithoutStatus). Sent by workers-dav.
        PropOutsidePropstat,
        /// Reads two character references in a row that are a surrogate pair, such as `&#55357;&#56832;`, as the
        /// character that UTF-16 has for the pair. Sent by SOGo 5.8, in the hrefs of sync reports.
        SurrogatePairs,
        /// Passes over NULs and byte order marks after the root. Sent by servers that fill up a buffer, and by PHP
        /// programs with a byte order mark in one of their files.
        BytesAfterRoot,
    }
}

/// The repairs that are on.
pub(crate) type Repairs = Set<Repair>;
