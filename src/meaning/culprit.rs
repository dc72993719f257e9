//! The resources that a request failed for, as many as have room.

use std::{cell::LazyCell, sync::Arc};

use crate::{Element, Href, Name, value::ElementName};

/// A resource that something failed for, and not only because something else did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Culprit {
    href: Box<str>,
    status: Option<u16>,
    conditions: Conditions,
}

impl Culprit {
    /// Its href as sent; empty when there is none.
    pub fn href(&self) -> &str {
        &self.href
    }

    /// The status that makes it one: its own, or else the first such of its propstats; 424 is none. Where the root is
    /// `DAV:error`, that of HTTP. `None` when it is unreadable, or not told.
    pub fn status(&self) -> Option<u16> {
        self.status
    }

    /// The names of the conditions that were violated, as many as have room in 64 KiB. What is in them the response
    /// tells: see [`names::conditions`](crate::names::conditions).
    pub fn conditions(&self) -> impl Iterator<Item = Name<'_>> {
        self.conditions.iter().map(ElementName::as_name)
    }
}

/// Names of conditions, shared by the culprits of one response.
pub(super) type Conditions = Arc<[ElementName<'static>]>;

/// The first culprits, and how many there were.
#[derive(Clone, Debug)]
pub(super) struct Culprits {
    pub(super) kept: Vec<Culprit>,
    pub(super) count: u64,
    /// How many are kept at most.
    pub(super) most: usize,
    /// The bytes that may still be kept; 0 once a culprit did not fit.
    room: usize,
}

impl Culprits {
    /// `most` of them, in a megabyte.
    pub(super) fn new(most: usize) -> Self {
        Culprits { kept: Vec::new(), count: 0, most, room: 1 << 20 }
    }

    /// The names of `conditions`, as many as have room in 64 KiB, once they are needed.
    pub(super) fn names<'r, 'a: 'r>(
        conditions: impl Iterator<Item = Element<'r, 'a>>,
    ) -> LazyCell<Conditions, impl FnOnce() -> Conditions> {
        let mut room: usize = 64 << 10;
        LazyCell::new(move || {
            let fits = |name: &Name<'_>| {
                let left = room.checked_sub(size(*name));
                room = left.unwrap_or_default();
                left.is_some()
            };
            conditions.map(|condition| condition.name()).take_while(fits).map(ElementName::from).collect()
        })
    }

    pub(super) fn add(
        &mut self,
        href: Option<&Href<'_>>,
        status: Option<u16>,
        conditions: &LazyCell<Conditions, impl FnOnce() -> Conditions>,
    ) {
        self.count += 1;
        if self.kept.len() >= self.most || self.room == 0 {
            return;
        }
        let href = href.map_or("", |href| href.as_str());
        let named = conditions.iter().map(|name| size(name.as_name())).sum::<usize>();
        // A list may be twice as long as what is in it.
        self.room = self.room.saturating_sub(2 * size_of::<Culprit>() + href.len() + named);
        if self.room > 0 {
            self.kept.push(Culprit { href: href.into(), status, conditions: Arc::clone(conditions) });
        }
    }
}

fn size(name: Name<'_>) -> usize {
    size_of::<ElementName<'_>>() + name.namespace().len() + name.local().len()
}
