//! How much is kept of what one response names.

use std::{mem, sync::Arc};

use crate::value::ElementName;

/// The bytes that the properties of one response may take, and its conditions.
const ROOM: usize = 64 << 10;

/// As many of `items` as have room, and how many bytes they take.
pub(super) fn fitting<T>(items: impl Iterator<Item = T>, size: impl Fn(&T) -> usize) -> (Arc<[T]>, usize) {
    let mut total = 0;
    let kept = items.take_while(|item| {
        total += size(item);
        total <= ROOM
    });
    (kept.collect(), total.min(ROOM))
}

/// The bytes that a name takes.
pub(super) fn size_of_name(name: &ElementName<'_>) -> usize {
    let name = name.as_name();
    mem::size_of::<ElementName<'_>>() + name.namespace().len() + name.local().len()
}
