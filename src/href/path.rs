//! A path in a form that is the same for all its spellings.
//!
//! Each segment is percent-decoded on its own. An escaped slash never ends a segment: it stays `%2F`. A percent sign
//! stays `%25`, so that it cannot be mistaken for an escape.

use std::{borrow::Cow, fmt};

use percent_encoding::{percent_decode, percent_decode_str, percent_encode_byte};

use super::relation::HrefRelation;
use super::segments::{SegmentError, name};

/// Decoded segments, joined by slashes. No slash is at the start or the end. The root is the empty path.
#[derive(Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Path(Vec<u8>);

impl Path {
    /// Makes a path from the text as sent. Drops one slash at the start and all slashes at the end.
    pub(super) fn of(text: &str) -> Self {
        let text = text.strip_prefix('/').unwrap_or(text).trim_end_matches('/');
        match memchr::memchr(b'%', text.as_bytes()) {
            Some(_) => Path::join(text.len(), text.split('/').map(percent_decode_str)),
            None => Path(text.into()),
        }
    }

    /// Makes a path as [`Path::of`] does, but drops all superfluous slashes.
    pub(super) fn without_empty(text: &str) -> Self {
        Path::join(text.len(), text.split('/').filter(|segment| !segment.is_empty()).map(percent_decode_str))
    }

    /// Joins decoded segments. They have about `length` bytes in all.
    fn join(length: usize, segments: impl Iterator<Item = impl IntoIterator<Item = u8>>) -> Self {
        let mut path = Vec::with_capacity(length);
        for (number, segment) in segments.enumerate() {
            if number > 0 {
                path.push(b'/');
            }
            for byte in segment {
                match byte {
                    b'/' => path.extend(b"%2F"),
                    b'%' => path.extend(b"%25"),
                    byte => path.push(byte),
                }
            }
        }
        Path(path)
    }

    /// Returns this path with each segment decoded once more.
    pub(super) fn decoded(&self) -> Self {
        let twice =
            |segment| percent_decode(&percent_decode(segment).collect::<Vec<_>>()).collect::<Vec<_>>();
        Path::join(self.0.len(), self.segments().map(twice))
    }

    /// Puts this path below `prefix`, which is not the root.
    pub(super) fn below(&self, prefix: &Path) -> Self {
        match self.0.is_empty() {
            true => prefix.clone(),
            false => Path([&*prefix.0, b"/", &*self.0].concat()),
        }
    }

    fn segments(&self) -> impl DoubleEndedIterator<Item = &[u8]> {
        self.0.split(|byte| *byte == b'/')
    }

    /// Writes the path as in a URL, without the slash at the start. `%2F` and `%25` stay as they are.
    pub(super) fn encoded(&self) -> String {
        /// The characters that a path may hold unescaped, beside letters and digits (RFC 3986 section 3.3). Also `%`,
        /// which begins an escape here.
        const PLAIN: &[u8] = b"-._~!$&'()*+,;=:@/%";
        let mut text = String::with_capacity(self.0.len());
        for byte in &self.0 {
            match byte.is_ascii_alphanumeric() || PLAIN.contains(byte) {
                true => text.push(char::from(*byte)),
                false => text.push_str(percent_encode_byte(*byte)),
            }
        }
        text
    }

    /// Returns the last segment. `None` when that segment is not a valid name.
    pub(super) fn name(&self) -> Option<String> {
        let last = self.segments().next_back().filter(|segment| !matches!(*segment, b"" | b"." | b".."))?;
        Some(name(last).ok()?.into_owned())
    }

    /// Returns the segments below `own`, as names. `None` when this path is not below `own`.
    pub(super) fn names_below(&self, own: &Path) -> Option<Result<Vec<String>, SegmentError>> {
        let below = self.inside(own)?;
        let names = below.split(|byte| *byte == b'/').map(|segment| name(segment).map(Cow::into_owned));
        Some(names.collect())
    }

    pub(super) fn depth(&self) -> usize {
        if self.0.is_empty() { 0 } else { self.segments().count() }
    }

    /// Whether a segment is `.` or `..`.
    pub(super) fn has_dots(&self) -> bool {
        self.segments().any(|segment| matches!(segment, b"." | b".."))
    }

    /// Says where this path is, seen from `own`.
    pub(super) fn relation(&self, own: &Path) -> HrefRelation {
        match self.inside(own) {
            _ if self == own => HrefRelation::Same,
            Some(rest) if rest.contains(&b'/') => HrefRelation::Descendant,
            Some(_) => HrefRelation::Child,
            None if own.inside(self).is_some() => HrefRelation::Ancestor,
            None => HrefRelation::Outside,
        }
    }

    /// Returns the part of this path that is below `outer`. `None` when this path is not below `outer`.
    fn inside(&self, outer: &Path) -> Option<&[u8]> {
        match outer.0.is_empty() {
            true => Some(&self.0),
            false => self.0.strip_prefix(&*outer.0)?.strip_prefix(b"/"),
        }
    }
}

/// Writes the path for people: bytes that are not UTF-8 are replaced, and control characters are escaped.
impl fmt::Debug for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "/{}", String::from_utf8_lossy(&self.0).escape_debug())
    }
}
