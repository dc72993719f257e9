use crate::{Element, value::props::is_nothing};

/// Whether an `Option` of the element is `None`. A property in the table is, if its type there reads it as `None`.
/// Another property is, if it is empty. The type in the `Option` cannot be asked: serde does not show it, and when it
/// fails after `visit_some`, `None` cannot be returned any more.
///
/// An element in a property never is, because it may mean something although it is empty, as `collection` in
/// `resourcetype` does.
pub(super) fn says_nothing(element: Element<'_, '_>) -> bool {
    element.is_property() && is_nothing(element).unwrap_or_else(|| is_bare(element))
}

/// Whether an element is blank and has no attributes without a prefix.
pub(super) fn is_bare(element: Element<'_, '_>) -> bool {
    let has_own = || element.attributes().any(|attribute| attribute.name.namespace().is_empty());
    element.is_blank() && !has_own()
}
