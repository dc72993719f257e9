use crate::{Element, value::props::is_nothing};

/// Whether a property says nothing, so that an `Option` of it is `None`: what the type that it is known by reads as
/// `None`, or, when it is not known, what is empty. serde does not let a deserializer ask what type is in an `Option`. That
/// type fails only after `visit_some`, and then `None` cannot be returned any more.
///
/// An element in a property always says something: `collection` in `resourcetype` is empty.
pub(super) fn says_nothing(element: Element<'_, '_>) -> bool {
    element.is_property() && is_nothing(element).unwrap_or_else(|| is_bare(element))
}

/// Whether nothing is in an element, nor an attribute of its own.
pub(super) fn is_bare(element: Element<'_, '_>) -> bool {
    let has_own = || element.attributes().any(|attribute| attribute.name.namespace().is_empty());
    element.is_blank() && !has_own()
}
