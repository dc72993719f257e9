//! Where the values of a struct or map come from: the properties of a response, or one element.

use std::{borrow::Cow, cell::RefCell, ops::ControlFlow};

use crate::value::{error::Places, owned::Namespaces, read::differs_from_last};
use crate::{Element, Name, Props, view::Frame};

/// What the parts of a value share while the value is read.
#[derive(Default)]
pub(super) struct Reading {
    pub(super) places: Places,
    pub(super) namespaces: RefCell<Namespaces>,
}

/// The source of the fields of a struct or of the entries of a map.
#[derive(Clone, Copy)]
pub(super) struct Source<'s, 'r, 'a> {
    pub(super) inside: Inside<'r, 'a>,
    pub(super) reading: &'s Reading,
}

#[derive(Clone, Copy)]
pub(super) enum Inside<'r, 'a> {
    Props(Props<'r, 'a>),
    Element(Element<'r, 'a>),
}

impl<'s, 'r, 'a> Source<'s, 'r, 'a> {
    pub(super) fn of(element: Element<'r, 'a>, reading: &'s Reading) -> Self {
        Source { inside: Inside::Element(element), reading }
    }
}

impl<'r, 'a> Inside<'r, 'a> {
    /// Returns the first element called `name`.
    pub(super) fn first(&self, name: Name<'_>) -> Option<Element<'r, 'a>> {
        match self {
            Inside::Props(props) => props.get(name),
            Inside::Element(element) => element.child(name),
        }
    }

    /// Returns all elements, or those called `name`.
    pub(super) fn all(&self, name: Option<Name<'_>>) -> Vec<Element<'r, 'a>> {
        let is_one = |element: &Element<'r, 'a>| name.is_none_or(|name| element.name() == name);
        match self {
            Inside::Props(props) => props.iter().filter(is_one).collect(),
            Inside::Element(element) => element.children().filter(is_one).collect(),
        }
    }

    /// Returns the first element called `name` whose value differs from the value of the previous one.
    pub(super) fn conflicting(&self, name: Name<'_>) -> Option<Element<'r, 'a>> {
        match self {
            Inside::Props(props) => {
                let mut differs = differs_from_last();
                props.find(&Frame::sought(&name)?, |element| match differs(&element) {
                    true => ControlFlow::Break(element),
                    false => ControlFlow::Continue(()),
                })
            }
            Inside::Element(element) => {
                element.children().filter(|child| child.name() == name).find(differs_from_last())
            }
        }
    }
}

/// Makes the key of a map from the name of an element.
pub(super) fn key<'a>(element: Element<'_, 'a>) -> Cow<'a, str> {
    match element.name() {
        name if name.namespace() == "DAV:" => element.frame.part(name.local()),
        name if name.is_undeclared() => Cow::Owned(name.local().to_owned()),
        // `Display` is not used, because a text that grows in steps keeps memory that it does not need.
        name => Cow::Owned(["{", name.namespace(), "}", name.local()].concat()),
    }
}
