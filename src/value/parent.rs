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
