//! How many names and conditions of one response are kept.

use std::{mem, sync::Arc};

use crate::value::ElementName;

/// The bytes that are kept of the properties of one response. As much is kept of its conditions.
const ROOM: usize = 64 << 10;

/// The first of `items`, as many as have room, and the bytes that they take.
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
