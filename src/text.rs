//! Parts of a text.

use std::ops::{Bound, RangeBounds};

/// Returns the part of `text` in `range`. A range that does not fit is a bug: tests and fuzzers stop there, other
/// builds get an empty text.
#[inline]
#[track_caller]
pub(crate) fn slice(text: &str, range: impl RangeBounds<usize>) -> &str {
    let range: (Bound<usize>, Bound<usize>) = (range.start_bound().cloned(), range.end_bound().cloned());
    let part = text.get(range);
    debug_assert!(part.is_some(), "{range:?} is no part of a text of {} bytes", text.len());
    part.unwrap_or_default()
}

/// Returns the last place in `text` up to `at` where a character begins or the text ends.
pub(crate) fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
}
