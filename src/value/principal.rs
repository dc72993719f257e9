//! The principal that an access control entry is about.

use super::owned::{Namespaces, Own, own};
use super::{ElementName, Value, ValueError};
use crate::{Element, Href, names};

/// A person or group, in an access control entry (RFC 3744 section 5.5.1) or as `current-user-principal` (RFC 5397).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Principal<'a> {
    /// The principal with this URL, or the members of the group with this URL.
    Href(Href<'a>),
    /// Everybody.
    All,
    /// Everybody who has logged in.
    Authenticated,
    /// Everybody who has not logged in. In `current-user-principal`: you have not logged in.
    Unauthenticated,
    /// The principal that is named in this property of the resource, such as `DAV:owner`.
    Property(ElementName<'a>),
    /// The resource itself, if it is a principal.
    This,
    /// Another principal, by the name of its element.
    Other(ElementName<'a>),
}

/// Reads what [`Href`] reads, but `DAV:unauthenticated` is a value, too.
impl<'a> Value<'a> for Principal<'a> {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        // A server that sends both an href and `unauthenticated` means the href.
        if let Some(href) = Href::read(element)? {
            return Ok(Some(Principal::Href(href)));
        }
        Ok(element.child(names::UNAUTHENTICATED).map(|_| Principal::Unauthenticated))
    }
}

own! { enum Principal { All, Authenticated, Unauthenticated, This } { Href, Property, Other } }

impl<'a> Principal<'a> {
    /// Turns the principal into one that borrows nothing.
    #[must_use]
    pub fn into_owned(self) -> Principal<'static> {
        self.own(&mut Namespaces::default())
    }

    /// The URL of the principal, if the principal is named by a URL.
    pub fn href(&self) -> Option<&Href<'a>> {
        match self {
            Principal::Href(href) => Some(href),
            _ => None,
        }
    }

    /// Makes the principal that `child`, an element in `principal`, stands for.
    pub(super) fn of(child: Element<'_, 'a>) -> Self {
        match child.name() {
            name if name == names::HREF => Principal::Href(Href(child.frame.own_trimmed(child.node))),
            name if name == names::ALL => Principal::All,
            name if name == names::AUTHENTICATED => Principal::Authenticated,
            name if name == names::UNAUTHENTICATED => Principal::Unauthenticated,
            name if name == names::SELF => Principal::This,
            name if name == names::PROPERTY => match child.children().next() {
                Some(property) => Principal::Property(ElementName::of(property)),
                None => Principal::Other(ElementName::of(child)),
            },
            _ => Principal::Other(ElementName::of(child)),
        }
    }
}
