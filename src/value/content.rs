//! Checks what an element contains.

use crate::Element;
#[cfg(feature = "serde")]
use crate::parse::Role;

impl Element<'_, '_> {
    /// Whether the element has child elements.
    pub(super) fn has_children(&self) -> bool {
        self.frame.node(self.node).is_some_and(|n| n.next != self.node + 1)
    }

    /// Whether the element is empty or has only white space.
    pub(super) fn is_blank(&self) -> bool {
        !self.has_children() && self.frame.trimmed(self.node).is_empty()
    }

    /// Whether the element is a property, not an element inside a property.
    #[cfg(feature = "serde")]
    pub(super) fn is_property(&self) -> bool {
        self.frame.node(self.node).is_some_and(|n| n.role == Role::Property)
    }

    /// Whether the element has text and no child elements.
    pub(super) fn is_only_text(&self) -> bool {
        !self.has_children() && !self.is_blank()
    }
}
