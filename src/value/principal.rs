//! Whom an access control entry is about.

use super::{
    element_names::ElementName,
    error::ValueError,
    kind::Value,
    owned::{Namespaces, Own, own},
};
use crate::{Element, Href, names};

/// Someone, in an access control entry (RFC 3744 section 5.5.1) or as `current-user-principal` (RFC 5397).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Principal<'a> {
    /// The principal with this URL, or its members.
    Href(Href<'a>),
    /// Everybody.
    All,
    /// Everybody who has logged in.
    Authenticated,
    /// Everybody who has not: as `current-user-principal`, you have not.
    Unauthenticated,
    /// Whoever the property of the resource names, such as `DAV:owner`.
    Property(ElementName<'a>),
    /// The resource itself, if that is a principal.
    This,
    /// Something else.
    Other(ElementName<'a>),
}

/// As [`Href`] is read, but a `DAV:unauthenticated` counts.
impl<'a> Value<'a> for Principal<'a> {
    fn read(element: Element<'_, 'a>) -> Result<Option<Self>, ValueError> {
        // A server that sends both means the href.
        if let Some(href) = Href::read(element)? {
            return Ok(Some(Principal::Href(href)));
        }
        Ok(element.child(names::UNAUTHENTICATED).map(|_| Principal::Unauthenticated))
    }
}

own! { enum Principal { All, Authenticated, Unauthenticated, This } { Href, Property, Other } }

impl<'a> Principal<'a> {
    /// The same, which borrows nothing.
    #[must_use]
    pub fn into_owned(self) -> Principal<'static> {
        self.own(&mut Namespaces::default())
    }

    /// Its URL, if that is how it is named.
    pub fn href(&self) -> Option<&Href<'a>> {
        match self {
            Principal::Href(href) => Some(href),
            _ => None,
        }
    }

    /// The principal that a child of `principal` means.
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
