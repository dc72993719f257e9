//! The characters of XML.

use crate::text::slice;

/// Whether `c` is a `Char` of XML 1.0, section 2.2.
pub(crate) fn is_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// Whether `b` is white space: `S` of XML 1.0, section 2.3.
pub(crate) fn is_space(b: u8) -> bool {
    matches!(b, b' ' | b'\t' | b'\r' | b'\n')
}

/// Cuts the white space of XML off both ends.
#[inline]
pub(crate) fn trim(s: &str) -> &str {
    let is_text = |b: &u8| !is_space(*b);
    let start = s.as_bytes().iter().position(is_text).unwrap_or(s.len());
    let end = s.as_bytes().iter().rposition(is_text).map_or(start, |last| last + 1);
    slice(s, start..end)
}

/// The byte order mark, in UTF-8.
pub(crate) const BYTE_ORDER_MARK: char = '\u{FEFF}';

/// The character that replaces a byte that is not UTF-8, so that reading can go on. XML forbids this character, so the
/// parser notices it. It is one byte long, so places do not move.
pub(crate) const REPLACEMENT: char = '\u{1A}';

/// Returns `body` as text, with every byte that is not UTF-8 replaced by one character.
pub(crate) fn replace_invalid(body: &[u8]) -> String {
    let mut text = String::with_capacity(body.len());
    for chunk in body.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|_| REPLACEMENT));
    }
    text
}
