//! What a resource is called, and in which collection.

use std::borrow::Cow;

use super::{Element, Value, ValueError};
use crate::{Href, names};

/// A collection that a resource is a member of (RFC 5842 section 3.2).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Parent<'a> {
    /// The collection.
    pub href: Href<'a>,
    /// What the resource is called in it, percent-encoded.
    pub segment: Cow<'a, str>,
}

/// Every parent that is named; none when it is empty.
impl<'a> Value<'a> for Vec<Parent<'a>> {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        let parent = |parent: Element<'_, 'a>| {
            let segment = parent.child(names::SEGMENT).map(|segment| segment.frame.trimmed(segment.node));
            let (href, segment) =
                parent.hrefs().next().zip(segment).ok_or_else(|| ValueError::new(parent, "a parent"))?;
            Ok(Parent { href, segment })
        };
        let parents = element.members(names::PARENT, "a set of parents")?;
        parents.into_iter().map(parent).collect::<Result<_, _>>().map(Some)
    }
}

/// A member of a collection under version control, or of one that was (RFC 3253 section 14.2.1).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct VersionControlledBinding<'a> {
    /// What the member is called.
    pub binding_name: Cow<'a, str>,
    /// Its history.
    pub version_history: Href<'a>,
}

/// Every binding that is named; none when it is empty.
impl<'a> Value<'a> for Vec<VersionControlledBinding<'a>> {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        let binding = |binding: Element<'_, 'a>| {
            let name = binding.child(names::BINDING_NAME).map(|name| name.frame.trimmed(name.node));
            let history = binding.child(names::VERSION_HISTORY).and_then(|history| history.hrefs().next());
            let (binding_name, version_history) =
                name.zip(history).ok_or_else(|| ValueError::new(binding, "a binding"))?;
            Ok(VersionControlledBinding { binding_name, version_history })
        };
        let bindings = element.members(names::VERSION_CONTROLLED_BINDING, "a set of bindings")?;
        bindings.into_iter().map(binding).collect::<Result<_, _>>().map(Some)
    }
}
