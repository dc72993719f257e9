use std::{borrow::Cow, fmt, iter::FusedIterator, str};

use percent_encoding::percent_decode;

use super::resolve::Parts;
use crate::Href;

/// Why a segment of a path is not a valid name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum SegmentError {
    /// The decoded segment is not UTF-8. Servers over file systems in Latin-1 send such segments.
    #[error("the segment is not UTF-8")]
    NotUtf8,
    /// The decoded segment has a control character, `/` or `\`: as a file name it could lead elsewhere.
    #[error("the segment has a character that no name may have")]
    Forbidden,
}

impl Href<'_> {
    /// Returns the path as sent, without origin and query. A `#` belongs to the path. The path is empty when the href
    /// has none, and when it cannot be resolved ([`Href::resolve`]).
    pub fn path(&self) -> &str {
        let text = self.as_str();
        // A scheme without a host is part of the name of a member, as in `Href::key`.
        let path = |parts: Parts<'_>| if parts.is_without_host() { 0 } else { text.len() - parts.rest.len() };
        let rest = Parts::of(text).map_or("", |parts| text.get(path(parts)..).unwrap_or_default());
        rest.split('?').next().unwrap_or_default()
    }

    /// Returns the segments of the path, each percent-decoded by itself. One slash at the start and any slashes at the
    /// end make no empty segments. A `+` is a plus, and a `%` that begins no escape stands for itself.
    ///
    /// # Errors
    /// A segment that is not a valid name when it is decoded gives an error. The other segments are not affected. Here,
    /// `.` and `..` are valid.
    pub fn segments(&self) -> Segments<'_> {
        let path = self.path();
        let path = path.strip_prefix('/').unwrap_or(path).trim_end_matches('/');
        Segments((!path.is_empty()).then(|| path.split('/')))
    }

    /// Returns the name of the resource: the last segment, decoded. `None` for the root of a server and an empty href.
    ///
    /// The name is one on the server. It may have characters that your system forbids in names, such as a colon. It may
    /// also have characters that change the direction of writing: a program that shows names has to handle them.
    ///
    /// # Errors
    /// When the segment is `.`, `..` or not a valid name, and when the href cannot be resolved.
    pub fn file_name(&self) -> Option<Result<Cow<'_, str>, SegmentError>> {
        let is_dots = |name: &Cow<'_, str>| matches!(&**name, "." | "..");
        if !self.is_empty() && Parts::of(self.as_str()).is_err() {
            return Some(Err(SegmentError::Forbidden));
        }
        let name = self.segments().next_back()?;
        Some(name.and_then(|name| if is_dots(&name) { Err(SegmentError::Forbidden) } else { Ok(name) }))
    }
}

/// Segments of a path, percent-decoded one by one: [`Href::segments`].
#[derive(Clone)]
#[must_use = "iterators are lazy"]
pub struct Segments<'h>(Option<str::Split<'h, char>>);

impl<'h> Iterator for Segments<'h> {
    type Item = Result<Cow<'h, str>, SegmentError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.as_mut()?.next().map(|segment| name(segment.as_bytes()))
    }
}

impl DoubleEndedIterator for Segments<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.0.as_mut()?.next_back().map(|segment| name(segment.as_bytes()))
    }
}

impl FusedIterator for Segments<'_> {}

/// Shows the segments that are left.
impl fmt::Debug for Segments<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

pub(super) fn name(segment: &[u8]) -> Result<Cow<'_, str>, SegmentError> {
    let name = percent_decode(segment).decode_utf8().map_err(|_| SegmentError::NotUtf8)?;
    let is_forbidden = |c: char| c.is_control() || matches!(c, '/' | '\\');
    if name.contains(is_forbidden) { Err(SegmentError::Forbidden) } else { Ok(name) }
}

/// Returns the last `count` segments of a path as they are spelled. Empty segments do not count.
pub(crate) fn last_segments(path: &str, count: usize) -> String {
    let segments: Vec<_> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    segments.get(segments.len().saturating_sub(count)..).unwrap_or_default().join("/")
}
