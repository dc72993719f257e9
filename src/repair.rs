//! What is repaired, when it is asked for.

use crate::{listed::listed, set::Set};

listed! {
    /// Reads malformed XML as if it were well-formed. Each is off until named by
    /// [`Options::repair`](crate::Options::repair), and each use is reported by
    /// [`Response::repaired`](crate::Response::repaired) or [`Trailer::repaired`](crate::Trailer::repaired).
    Repair {
        /// An `&` that begins none of the references XML knows stands for itself. Sent by JFrog Artifactory and early
        /// dufs.
        RawAmpersand,
        /// HTML's entities, such as `&nbsp;`: the 252 of HTML 4 and those of HTML 5 that name ASCII characters.
        /// Unknown names stand for themselves. Sent by MEGAcmd.
        HtmlEntities,
        /// Characters that XML forbids and bytes that are not UTF-8 read as U+FFFD in values and descriptions. In an
        /// href, a name or a status they make the response an error item. Sent by servers over byte-oriented
        /// file systems.
        ForbiddenCharacters,
        /// A root without a namespace, or with a prefix that is not declared, counts as if `DAV:` had been declared
        /// there: names without a namespace (or with that prefix) then are in `DAV:` throughout.
        RootNamespace,
        /// A document type declaration is passed over. What it declares is never used.
        SkipDoctype,
        /// A `prop` directly in a `response` is read as a `propstat` without a status of its own: see
        /// [`PropstatWithoutStatus`](crate::Tolerance::PropstatWithoutStatus). Without the repair its response is an error item. Sent by workers-dav.
        PropOutsidePropstat,
        /// Two character references in a row that are a surrogate pair, such as `&#55357;&#56832;`, read as the
        /// character that UTF-16 has for the pair. Sent by SOGo 5.8, in the hrefs of sync reports.
        SurrogatePairs,
        /// NULs and byte order marks after the root are passed over. Sent by servers that fill up a buffer, and by PHP
        /// programs with a byte order mark in one of their files.
        BytesAfterRoot,
    }
}

/// The repairs that are made.
pub(crate) type Repairs = Set<Repair>;
