//! Flags of a node, one bit each. Without the first four flags, a text is its own value and needs no decoding.

/// The text has a reference, or an `&` that counts as itself.
pub(crate) const REFERENCE: u16 = 1;
/// The text has a carriage return.
pub(crate) const RETURN: u16 = 1 << 1;
/// The text has a CDATA section, a comment or a processing instruction in it.
pub(crate) const MARKUP: u16 = 1 << 2;
/// Repaired: a character that XML forbids.
pub(crate) const FORBIDDEN: u16 = 1 << 3;
/// Repaired: an entity of HTML.
pub(crate) const HTML: u16 = 1 << 4;
/// Repaired: an `&` that begins no reference.
pub(crate) const AMPERSAND: u16 = 1 << 5;
/// Repaired: two references that are a surrogate pair.
pub(crate) const SURROGATES: u16 = 1 << 6;
/// The status of a propstat, written without a namespace.
pub(crate) const UNQUALIFIED: u16 = 1 << 7;
/// An implicit response: it holds children of the root and has no tags of its own.
pub(crate) const IMPLICIT: u16 = 1 << 8;
/// The tag of the element is an empty-element tag such as `<a/>`.
pub(crate) const EMPTY_TAG: u16 = 1 << 9;
/// A propstat with a status of success.
pub(crate) const VALUES: u16 = 1 << 10;
/// Neither the propstat nor its response has a status. Then a property that is not empty counts as a value.
pub(crate) const UNSAID: u16 = 1 << 11;
/// An element with a local name of the structure, but in another namespace or in other letters.
pub(crate) const FOREIGN: u16 = 1 << 12;
/// An element of the structure where it does not belong.
pub(crate) const MISPLACED: u16 = 1 << 13;
/// The start tag of the element declares namespaces.
pub(crate) const DECLARES: u16 = 1 << 14;
/// The start tag of the element has an `xml:lang`.
pub(crate) const LANGUAGE: u16 = 1 << 15;

/// All flags of texts that were repaired.
pub(crate) const REPAIRED: u16 = FORBIDDEN | HTML | AMPERSAND | SURROGATES;
