//! The name of a resource in a collection.

use std::borrow::Cow;

use super::{List, Value, ValueError, fault::Fault, owned::own};
use crate::{Element, Href, names};

/// A collection that a resource is a member of (RFC 5842 section 3.2).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ParentBinding<'a> {
    /// The URL of the collection.
    pub href: Href<'a>,
    /// The name of the resource in the collection, percent-encoded.
    pub segment: Cow<'a, str>,
}

own! { ParentBinding { href, segment } }

/// Reads a single `parent` element.
impl<'a> Value<'a> for ParentBinding<'a> {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        Ok(Some(parent(element)?))
    }

    /// Reads every `parent` in the property. An empty property is an empty list.
    fn read_list(element: Element<'_, 'a>) -> Result<Option<List<Self>>, ValueError> {
        List::read_members(element, names::PARENT, "a set of parents", parent)
    }
}

fn parent<'r, 'a>(parent: Element<'r, 'a>) -> Result<ParentBinding<'a>, Fault<'r, 'a>> {
    let segment = parent.child(names::SEGMENT).map(|segment| segment.frame.trimmed(segment.node));
    let (href, segment) = parent.hrefs().next().zip(segment).ok_or(Fault::not(parent, "a parent"))?;
    Ok(ParentBinding { href, segment })
}

/// A member of a collection that is or was under version control (RFC 3253 section 14.2.1).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct VersionControlledBinding<'a> {
    /// The name of the member.
    pub binding_name: Cow<'a, str>,
    /// The URL of the version history of the member.
    pub version_history: Href<'a>,
}

own! { VersionControlledBinding { binding_name, version_history } }

/// Reads a single `version-controlled-binding` element.
impl<'a> Value<'a> for VersionControlledBinding<'a> {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        Ok(Some(binding(element)?))
    }

    /// Reads every binding in the property. An empty property is an empty list.
    fn read_list(element: Element<'_, 'a>) -> Result<Option<List<Self>>, ValueError> {
        List::read_members(element, names::VERSION_CONTROLLED_BINDING, "a set of bindings", binding)
    }
}

fn binding<'r, 'a>(binding: Element<'r, 'a>) -> Result<VersionControlledBinding<'a>, Fault<'r, 'a>> {
    let name = binding.child(names::BINDING_NAME).map(|name| name.frame.trimmed(name.node));
    let history = binding.child(names::VERSION_HISTORY).and_then(|history| history.hrefs().next());
    let (binding_name, version_history) = name.zip(history).ok_or(Fault::not(binding, "a binding"))?;
    Ok(VersionControlledBinding { binding_name, version_history })
}
