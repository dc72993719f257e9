//! Limits how many names and conditions of one response are kept.

use std::{mem, sync::Arc};

use crate::value::ElementName;

/// The most bytes to keep for the properties of one response. The same limit holds again for its conditions.
const ROOM: usize = 64 << 10;

/// Returns as many of the first `items` as fit into [`ROOM`], and the bytes that they take.
pub(super) fn fitting<T>(items: impl Iterator<Item = T>, size: impl Fn(&T) -> usize) -> (Arc<[T]>, usize) {
    let mut total = 0;
    let kept = items.take_while(|item| {
        total += size(item);
        total <= ROOM
    });
    (kept.collect(), total.min(ROOM))
}

/// Returns how many bytes of memory a name takes.
pub(super) fn size_of_name(name: &ElementName<'_>) -> usize {
    let name = name.as_name();
    mem::size_of::<ElementName<'_>>() + name.namespace().len() + name.local().len()
}
