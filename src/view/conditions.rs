use super::{Element, Frame};
use crate::fused::fused;
use crate::parse::{self, Role};

/// The conditions that were violated: [`Response::conditions`](crate::Response::conditions), [`Propstat::conditions`](crate::Propstat::conditions),
/// [`Root::conditions`](crate::Root::conditions).
#[derive(Clone)]
#[must_use = "iterators are lazy"]
pub struct Conditions<'r, 'a> {
    frame: &'r Frame<'a>,
    /// What is left of an `error`.
    inside: parse::Children<'r>,
    /// What is left of the element or description that errors are looked for in.
    errors: parse::Children<'r>,
    /// What is left of the element, whose descriptions may have errors in them.
    descriptions: parse::Children<'r>,
}

impl<'r, 'a> Conditions<'r, 'a> {
    /// Those among the children of `parent`, also inside a description, where RFC 3253 section 1.6 has them.
    #[inline]
    pub(super) fn in_errors_of(frame: &'r Frame<'a>, parent: u32) -> Self {
        let children = frame.children(parent);
        let inside = parse::Children::default();
        Conditions { frame, inside, errors: children.clone(), descriptions: children }
    }

    /// Those in the `error` itself.
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
