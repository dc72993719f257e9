use std::{fmt, ops::ControlFlow};

use super::{Element, Frame, Name, Properties, Values, frame::Sought, properties::is_blank};
use crate::parse::Role;
use crate::xml::flag;

/// The properties of a response that the server returned with success: those in a propstat with a 2xx status, and the
/// non-empty ones in a propstat without any status ([`Tolerance::PropstatWithoutStatus`](crate::Tolerance)).
///
/// The answers to a PROPPATCH and to a PROPFIND with `propname` hold names, not values: there, an empty element says
/// nothing about a value.
///
/// The properties refer into the response. To keep them, keep the response
/// ([`Response::into_owned`](crate::Response::into_owned)), or the values that were read.
#[derive(Clone, Copy)]
pub struct Props<'r, 'a> {
    pub(crate) frame: &'r Frame<'a>,
    pub(crate) response: u32,
}

impl<'r, 'a> Props<'r, 'a> {
    /// Returns the first value of the property `name` in document order. `None` if there is no value:
    /// [`Response::lookup`](crate::Response::lookup) gives the reason. A name with an undeclared prefix
    /// ([`Name::is_undeclared`]) is never found: look for it with [`Props::iter`].
    pub fn get<'n>(&self, name: impl Into<Name<'n>>) -> Option<Element<'r, 'a>> {
        self.find(&Frame::sought(&name.into())?, ControlFlow::Break)
    }

    /// Returns every property, in document order.
    pub fn iter(&self) -> Properties<'r, 'a> {
        match self.is_prop() {
            true => Properties::of_propstat(self.frame, self.response),
            false => Properties::of_response(self.frame, self.response),
        }
    }

    /// Whether no property was returned with success.
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }

    /// Returns every value of the property `name`. RFC 4918 section 4.4 allows one value per resource, but some servers
    /// send a property twice.
    pub fn get_all<'n>(&self, name: impl Into<Name<'n>>) -> Values<'r, 'a, 'n> {
        Values::of(self.iter(), &name.into())
    }

    /// Shows the values of the property `sought` to `visit`, in document order, until `visit` breaks off.
    ///
    /// The loops are plain, because clients call this method most often and flattened iterators cost twice as much.
    #[inline]
    pub(crate) fn find<B>(
        &self,
        sought: &Sought<'_>,
        mut visit: impl FnMut(Element<'r, 'a>) -> ControlFlow<B>,
    ) -> Option<B> {
        let frame = self.frame;
        let mut in_prop = |prop, is_unsaid| {
            for (node, n) in frame.children(prop) {
                if frame.is(n, sought) && !(is_unsaid && is_blank(frame, node, n)) {
                    if let ControlFlow::Break(found) = visit(Element { frame, node }) {
                        return Some(found);
                    }
                }
            }
            None
        };
        if self.is_prop() {
            return in_prop(self.response, false);
        }
        for (propstat, n) in frame.children(self.response).filter(|(_, n)| n.has(flag::VALUES | flag::UNSAID))
        {
            let is_unsaid = n.has(flag::UNSAID);
            if n.role == Role::Prop {
                if let Some(found) = in_prop(propstat, is_unsaid) {
                    return Some(found);
                }
                continue;
            }
            for (prop, _) in frame.children(propstat).filter(|(_, n)| n.role == Role::Prop) {
                if let Some(found) = in_prop(prop, is_unsaid) {
                    return Some(found);
                }
            }
        }
        None
    }

    /// Whether the properties are those of a root `prop`, which has no status.
    fn is_prop(&self) -> bool {
        self.frame.node(self.response).is_some_and(|n| n.role == Role::Prop)
    }
}

/// Does what [`Props::iter`] does.
impl<'r, 'a> IntoIterator for Props<'r, 'a> {
    type Item = Element<'r, 'a>;
    type IntoIter = Properties<'r, 'a>;

    fn into_iter(self) -> Properties<'r, 'a> {
        self.iter()
    }
}

/// Shows the names of the properties, but no values.
impl fmt::Debug for Props<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter().map(|element| element.name())).finish()
    }
}
