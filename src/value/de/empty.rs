use crate::{Element, value::props::is_nothing};

/// Whether an `Option` of the element is `None`: for a property in the table, when its type there reads it as `None`;
/// for another property, when it is bare. The type in the `Option` cannot decide that. serde does not say which type it
/// is, and when the type fails after `visit_some`, it is too late to return `None`.
///
/// An element in a property is never `None`: it may be empty and have a meaning, as `collection` in `resourcetype` has.
pub(super) fn says_nothing(element: Element<'_, '_>) -> bool {
    element.is_property() && is_nothing(element).unwrap_or_else(|| is_bare(element))
}

/// Whether an element is blank and has no attributes without a prefix.
pub(super) fn is_bare(element: Element<'_, '_>) -> bool {
    let has_own = || element.attributes().any(|attribute| attribute.name.namespace().is_empty());
    element.is_blank() && !has_own()
}
