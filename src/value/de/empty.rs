use crate::{Element, value::props::is_nothing};

/// Whether `element` is `None` as an `Option`. A property in the table is `None` if the type in the table reads the
/// property as `None`. Any other property is `None` if the element is bare. The type in the `Option` cannot decide:
/// serde does not name that type here, and when reading it fails after `visit_some`, it is too late for `None`.
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
