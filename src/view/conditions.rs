use super::{Element, Frame};
use crate::fused::fused;
use crate::parse::{self, Role};

/// The conditions that were violated: [`Response::conditions`](crate::Response::conditions), [`Propstat::conditions`](crate::Propstat::conditions),
/// [`Root::conditions`](crate::Root::conditions).
#[derive(Clone)]
#[must_use = "iterators are lazy"]
pub struct Conditions<'r, 'a> {
    frame: &'r Frame<'a>,
    /// The children of the current `error` that are still to come.
    inside: parse::Children<'r>,
    /// The children (of the element or of a description in it) that are still to be searched for an `error`.
    errors: parse::Children<'r>,
    /// The children of the element that are still to be searched for descriptions. These may hold an `error`.
    descriptions: parse::Children<'r>,
}

impl<'r, 'a> Conditions<'r, 'a> {
    /// Goes through the conditions in each `error` in `parent` and in its descriptions (RFC 3253 section 1.6).
    #[inline]
    pub(super) fn in_errors_of(frame: &'r Frame<'a>, parent: u32) -> Self {
        let children = frame.children(parent);
        let inside = parse::Children::default();
        Conditions { frame, inside, errors: children.clone(), descriptions: children }
    }

    /// Goes through the conditions in one `error`.
    pub(super) fn in_error(frame: &'r Frame<'a>, error: u32) -> Self {
        let none = parse::Children::default;
        Conditions { frame, inside: frame.children(error), errors: none(), descriptions: none() }
    }
}

impl<'r, 'a> Iterator for Conditions<'r, 'a> {
    type Item = Element<'r, 'a>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let frame = self.frame;
        loop {
            if let Some((node, _)) = self.inside.find(|(_, n)| n.role != Role::Description) {
                return Some(Element { frame, node });
            }
            if let Some((error, _)) = self.errors.find(|(_, n)| n.role == Role::Error) {
                self.inside = frame.children(error);
                continue;
            }
            let (description, _) = self.descriptions.find(|(_, n)| n.role == Role::Description)?;
            self.errors = frame.children(description);
        }
    }
}

fused! {
    Conditions<'_, '_>;
}
