use crate::{Element, value::props::is_nothing};

/// Whether an `Option` of `element` is `None`. For a property in the table, that is so when the type in the table reads
/// the property as `None`. For another property, the element must be bare. The type in the `Option` cannot decide this:
/// serde does not name it here, and when it fails after `visit_some`, it is too late for `None`.
///
/// An element in a property is never `None`: it may be empty and have a meaning, as `collection` in `resourcetype` has.
pub(super) fn says_nothing(element: Element<'_, '_>) -> bool {
    element.is_property() && is_nothing(element).unwrap_or_else(|| is_bare(element))
}

/// Whether `element` is blank and has no attributes without a prefix.
pub(super) fn is_bare(element: Element<'_, '_>) -> bool {
    let has_own = || element.attributes().any(|attribute| attribute.name.namespace().is_empty());
    element.is_blank() && !has_own()
}
