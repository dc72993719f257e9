//! The resources for which a request failed, up to a limit.

use std::{cell::LazyCell, fmt, mem, sync::Arc};

use super::condition::Condition;
use super::room::{fitting, size_of_name};
use crate::{Href, value::ElementName};

/// A resource for which the request failed, and not only because something else failed (424).
///
/// A culprit displays in one line: the href, the status, the properties, the conditions and the description.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Culprit {
    /// The href of the resource, as sent. Empty when the culprit is the request itself.
    pub href: Href<'static>,
    /// The failing status: that of the response, else that of the first propstat that failed. 424 never counts. When
    /// the request itself is the culprit and no propstat failed, it is the HTTP status if that is 300 or more. `None`
    /// when there is no readable status.
    pub status: Option<u16>,
    /// The properties that failed, as many as fit into 64 KiB. The culprits of one response share this list.
    pub properties: Arc<[ElementName<'static>]>,
    /// The conditions that were violated, as many as fit into 64 KiB. The culprits of one response share this list.
    pub conditions: Arc<[Condition]>,
    /// What the server says to a user (`DAV:responsedescription`), cut to 1,024 characters.
    pub description: Option<Arc<str>>,
}

impl fmt::Display for Culprit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.href.is_empty() {
            true => f.write_str("the request")?,
            false => write!(f, "{}", self.href.as_str().escape_debug())?,
        }
        match self.status {
            Some(status) => write!(f, ": {status}")?,
            None if self.href.is_empty() => {}
            None => f.write_str(": no readable status")?,
        }
        for (number, name) in self.properties.iter().enumerate() {
            write!(f, "{} {}", if number == 0 { " for" } else { "," }, name.to_string().escape_debug())?;
        }
        for condition in self.conditions.iter() {
            write!(f, "; {condition}")?;
        }
        match &self.description {
            Some(description) => write!(f, "; \"{}\"", description.escape_debug()),
            None => Ok(()),
        }
    }
}

/// Why a response or a root failed. A `Why` is made only when a culprit is kept.
#[derive(Clone, Debug)]
pub(super) struct Why {
    pub(super) properties: Arc<[ElementName<'static>]>,
    pub(super) conditions: Arc<[Condition]>,
    pub(super) description: Option<Arc<str>>,
    size: usize,
}

impl Why {
    /// Takes as many properties and conditions as [`fitting`] has room for.
    pub(super) fn new(
        properties: impl Iterator<Item = ElementName<'static>>,
        conditions: impl Iterator<Item = Condition>,
        description: Option<&str>,
    ) -> Self {
        let (properties, size_of_names) = fitting(properties, size_of_name);
        let (conditions, size_of_conditions) = fitting(conditions, Condition::size);
        let description =
            description.map(|text| Arc::<str>::from(text.chars().take(1024).collect::<String>()));
        let size = size_of_names + size_of_conditions + description.as_deref().map_or(0, str::len);
        Why { properties, conditions, description, size }
    }
}

/// The first culprits, and the number of all culprits.
#[derive(Clone, Debug)]
pub(super) struct Culprits {
    pub(super) kept: Vec<Culprit>,
    pub(super) count: u64,
    /// The most culprits to keep.
    pub(super) most: usize,
    /// The bytes that are left for more culprits. 0 after the first culprit that did not fit.
    room: usize,
}

impl Culprits {
    /// Makes a list of at most `most` culprits, in less than a megabyte.
    pub(super) fn new(most: usize) -> Self {
        Culprits { kept: Vec::new(), count: 0, most, room: 900 << 10 }
    }

    /// Keeps the request itself as the culprit, if no other culprit was kept.
    pub(super) fn or_request(&mut self, status: Option<u16>) {
        self.count = self.count.max(1);
        if self.kept.is_empty() && self.most > 0 {
            let (properties, conditions) = (Arc::default(), Arc::default());
            self.kept.push(Culprit {
                href: Href::default(),
                status,
                properties,
                conditions,
                description: None,
            });
        }
    }

    pub(super) fn add(
        &mut self,
        href: Option<&Href<'_>>,
        status: Option<u16>,
        why: &LazyCell<Why, impl FnOnce() -> Why>,
    ) {
        self.count += 1;
        if self.kept.len() >= self.most || self.room == 0 {
            return;
        }
        let href = href.cloned().unwrap_or_default().into_owned();
        // The capacity of a list may be twice its length.
        self.room = self.room.saturating_sub(2 * mem::size_of::<Culprit>() + href.as_str().len() + why.size);
        if self.room > 0 {
            let Why { properties, conditions, description, .. } = Why::clone(why);
            self.kept.push(Culprit { href, status, properties, conditions, description });
        }
    }
}
