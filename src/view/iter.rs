//! What the methods of a response and of what is in it go through, each with a name.
//!
//! Plain state instead of adapters: these are called for every response, and a nested loop that is written out costs
//! less than one that is flattened.

use std::{fmt, iter::FusedIterator, slice};

use super::{
    Attribute, Element, Frame, Href, Name, Propstat, Response, frame::Sought, props::is_blank,
    response::is_propstat, scope::Bindings, scope::Visible,
};
use crate::{
    Error, Repair, Tolerance,
    parse::{self, Judged, Node, Role, TagAttributes, flag},
    set::Members,
};

/// Child elements, in order: [`Element::children`].
#[derive(Clone)]
#[must_use = "iterators are lazy"]
pub struct Children<'r, 'a> {
    frame: &'r Frame<'a>,
    nodes: parse::Children<'r>,
}

impl<'r, 'a> Children<'r, 'a> {
    #[inline]
    pub(super) fn of(element: Element<'r, 'a>) -> Self {
        Children { frame: element.frame, nodes: element.frame.children(element.node) }
    }
}

impl<'r, 'a> Iterator for Children<'r, 'a> {
    type Item = Element<'r, 'a>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let (node, _) = self.nodes.next()?;
        Some(Element { frame: self.frame, node })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.nodes.size_hint()
    }
}

/// Attributes in order, declarations of namespaces left out: [`Element::attributes`].
#[derive(Clone)]
#[must_use = "iterators are lazy"]
pub struct Attributes<'r, 'a> {
    element: Element<'r, 'a>,
    all: TagAttributes<'r>,
    /// The declarations in force, once a prefix has to be known.
    scope: Option<Bindings<'r>>,
}

impl<'r, 'a> Attributes<'r, 'a> {
    #[inline]
    pub(super) fn of(element: Element<'r, 'a>) -> Self {
        Attributes { element, all: parse::attributes(element.frame.start_tag(element.node)), scope: None }
    }
}

impl<'r, 'a> Iterator for Attributes<'r, 'a> {
    type Item = Attribute<'r, 'a>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let Element { frame, node } = self.element;
        let (key, value) = self.all.find(|(key, _)| parse::declared_prefix(key).is_none())?;
        let name = match parse::split_name(key) {
            None => Name::with_undeclared_prefix(key),
            Some(("", local)) => Name::new("", local),
            Some(("xml", local)) => Name::new(parse::XML, local),
            Some((prefix, local)) => {
                let scope = self.scope.get_or_insert_with(|| frame.bindings(node));
                let namespace = scope.namespace(prefix);
                namespace.map_or(Name::with_undeclared_prefix(key), |name| Name::new(name, local))
            }
        };
        Some(Attribute { name, value: frame.attribute(value) })
    }
}

/// The namespaces in force at an element, as pairs of prefix and name: [`Element::namespaces`].
#[derive(Clone)]
#[must_use = "iterators are lazy"]
pub struct Namespaces<'r>(pub(super) Visible<'r>);

impl<'r> Iterator for Namespaces<'r> {
    type Item = (&'r str, &'r str);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next()
    }
}

/// Hrefs, in order: [`Response::hrefs`], [`Element::hrefs`].
#[derive(Clone)]
#[must_use = "iterators are lazy"]
pub struct Hrefs<'r, 'a> {
    frame: &'r Frame<'a>,
    nodes: parse::Children<'r>,
    /// Whether they are children of a response, where they have a role instead of any name.
    has_role: bool,
}

impl<'r, 'a> Hrefs<'r, 'a> {
    #[inline]
    pub(super) fn of_response(frame: &'r Frame<'a>, response: u32) -> Self {
        Hrefs { frame, nodes: frame.children(response), has_role: true }
    }

    #[inline]
    pub(super) fn of_element(Element { frame, node }: Element<'r, 'a>) -> Self {
        Hrefs { frame, nodes: frame.children(node), has_role: false }
    }
}

impl<'r, 'a> Iterator for Hrefs<'r, 'a> {
    type Item = Href<'a>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let Hrefs { frame, has_role, .. } = *self;
        for (id, n) in self.nodes.by_ref() {
            if if has_role { n.role == Role::Href } else { frame.is(n, &Sought::HREF) } {
                return Some(Href(frame.own_trimmed(id)));
            }
        }
        None
    }
}

/// Propstats, in order: [`Response::propstats`], [`Root::propstats`](crate::Root::propstats).
#[derive(Clone)]
#[must_use = "iterators are lazy"]
pub struct Propstats<'r, 'a> {
    frame: &'r Frame<'a>,
    nodes: parse::Children<'r>,
    /// The status of the response around them.
    own: Option<(Judged, u32)>,
}

impl<'r, 'a> Propstats<'r, 'a> {
    #[inline]
    pub(super) fn of(frame: &'r Frame<'a>, parent: u32, own: Option<(Judged, u32)>) -> Self {
        Propstats { frame, nodes: frame.children(parent), own }
    }
}

impl<'r, 'a> Iterator for Propstats<'r, 'a> {
    type Item = Propstat<'r, 'a>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let (node, _) = self.nodes.find(|(_, n)| is_propstat(n))?;
        Some(Propstat { element: Element { frame: self.frame, node }, own: self.own })
    }
}

/// Properties, in document order: [`Props::iter`](crate::Props::iter), [`Propstat::elements`].
#[derive(Clone)]
#[must_use = "iterators are lazy"]
pub struct Properties<'r, 'a> {
    frame: &'r Frame<'a>,
    /// What is left of a response, of whose propstats those with values count.
    propstats: parse::Children<'r>,
    /// What is left of a propstat.
    props: parse::Children<'r>,
    /// What is left of a `prop`.
    properties: parse::Children<'r>,
    /// Whether the propstat has no status, so that what is empty is no value.
    is_unsaid: bool,
}

impl<'r, 'a> Properties<'r, 'a> {
    fn new(frame: &'r Frame<'a>) -> Self {
        let none = parse::Children::default;
        Properties { frame, propstats: none(), props: none(), properties: none(), is_unsaid: false }
    }

    /// The values of a response.
    #[inline]
    pub(super) fn of_response(frame: &'r Frame<'a>, response: u32) -> Self {
        Properties { propstats: frame.children(response), ..Properties::new(frame) }
    }

    /// Those in a propstat, or in a `prop` by itself.
    #[inline]
    pub(super) fn of_propstat(frame: &'r Frame<'a>, propstat: u32) -> Self {
        let mut properties = Properties::new(frame);
        properties.enter(propstat, frame.node(propstat).is_some_and(|n| n.role == Role::Prop));
        properties
    }

    /// The next one that `is_it`.
    #[inline]
    fn find_node(&mut self, mut is_it: impl FnMut(&Node) -> bool) -> Option<Element<'r, 'a>> {
        let frame = self.frame;
        loop {
            for (node, n) in self.properties.by_ref() {
                if is_it(n) && !(self.is_unsaid && is_blank(frame, node, n)) {
                    return Some(Element { frame, node });
                }
            }
            if let Some((prop, _)) = self.props.find(|(_, n)| n.role == Role::Prop) {
                self.properties = frame.children(prop);
                continue;
            }
            let (propstat, n) = self.propstats.find(|(_, n)| n.has(flag::VALUES | flag::UNSAID))?;
            self.is_unsaid = n.has(flag::UNSAID);
            self.enter(propstat, n.role == Role::Prop);
        }
    }

    #[inline]
    fn enter(&mut self, propstat: u32, is_prop: bool) {
        let inside = self.frame.children(propstat);
        match is_prop {
            true => self.properties = inside,
            false => self.props = inside,
        }
    }
}

impl<'r, 'a> Iterator for Properties<'r, 'a> {
    type Item = Element<'r, 'a>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        self.find_node(|_| true)
    }
}

/// The values of one property: [`Props::get_all`](crate::Props::get_all).
#[derive(Clone)]
#[must_use = "iterators are lazy"]
pub struct Values<'r, 'a, 'n> {
    properties: Properties<'r, 'a>,
    /// `None` when nothing has the name.
    name: Option<Sought<'n>>,
}

impl<'r, 'a, 'n> Values<'r, 'a, 'n> {
    #[inline]
    pub(super) fn of(properties: Properties<'r, 'a>, name: &Name<'n>) -> Self {
        Values { properties, name: Frame::sought(name) }
    }
}

impl<'r, 'a> Iterator for Values<'r, 'a, '_> {
    type Item = Element<'r, 'a>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let (frame, name) = (self.properties.frame, self.name?);
        self.properties.find_node(|n| frame.is(n, &name))
    }
}

/// The conditions that were violated: [`Response::conditions`], [`Propstat::conditions`],
/// [`Root::conditions`](crate::Root::conditions).
#[derive(Clone)]
#[must_use = "iterators are lazy"]
pub struct Conditions<'r, 'a> {
    frame: &'r Frame<'a>,
    /// What is left of an `error`.
    inside: parse::Children<'r>,
    /// What is left of the element or description that errors are looked for in.
    errors: parse::Children<'r>,
    /// What is left of the element, of which the descriptions may have errors in them.
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

/// Responses inside a value: [`Element::responses`].
#[derive(Clone)]
#[must_use = "iterators are lazy"]
pub struct InnerResponses<'r, 'a> {
    frame: &'r Frame<'a>,
    nodes: parse::Children<'r>,
}

impl<'r, 'a> InnerResponses<'r, 'a> {
    pub(super) fn of(Element { frame, node }: Element<'r, 'a>) -> Self {
        InnerResponses { frame, nodes: frame.children(node) }
    }
}

impl<'r> Iterator for InnerResponses<'r, '_> {
    type Item = Result<Response<'r>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let (node, _) = self.nodes.find(|(_, n)| n.role == Role::Response)?;
        Some(Response::nested(self.frame, node))
    }
}

/// The sync-tokens of a body: [`Trailer::sync_tokens`](crate::Trailer::sync_tokens).
#[derive(Clone)]
#[must_use = "iterators are lazy"]
pub struct SyncTokens<'t>(pub(super) slice::Iter<'t, String>);

/// What was forgiven, in the order of [`Tolerance::ALL`]: [`Response::tolerated`],
/// [`Trailer::tolerated`](crate::Trailer::tolerated), [`Root::tolerated`](crate::Root::tolerated).
#[derive(Clone)]
#[must_use = "iterators are lazy"]
pub struct Tolerances(pub(super) Members<Tolerance>);

/// What was repaired, in the order of [`Repair::ALL`]: [`Response::repaired`],
/// [`Trailer::repaired`](crate::Trailer::repaired), [`Root::repaired`](crate::Root::repaired).
#[derive(Clone)]
#[must_use = "iterators are lazy"]
pub struct Repairs(pub(super) Members<Repair>);

/// Iterators that know how much is left.
macro_rules! counted {
    ($($name:ident$(<$life:lifetime>)?: $item:ty, $of:expr;)*) => { $(
        impl$(<$life>)? Iterator for $name$(<$life>)? {
            type Item = $item;

            fn next(&mut self) -> Option<Self::Item> {
                self.0.next().map($of)
            }

            fn size_hint(&self) -> (usize, Option<usize>) {
                self.0.size_hint()
            }
        }

        impl$(<$life>)? ExactSizeIterator for $name$(<$life>)? {}
    )* };
}

counted! {
    SyncTokens<'t>: &'t str, String::as_str;
    Tolerances: Tolerance, |tolerance| tolerance;
    Repairs: Repair, |repair| repair;
}

macro_rules! fused {
    ($($name:ident$(<$($life:lifetime),*>)?;)*) => { $(
        impl FusedIterator for $name$(<$($life),*>)? {}

        /// What is left of it. Elements and attributes show their names, not their values.
        impl fmt::Debug for $name$(<$($life),*>)? {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_list().entries(self.clone()).finish()
            }
        }
    )* };
}

fused! {
    Attributes<'_, '_>;
    Children<'_, '_>;
    Conditions<'_, '_>;
    Hrefs<'_, '_>;
    InnerResponses<'_, '_>;
    Namespaces<'_>;
    Properties<'_, '_>;
    Propstats<'_, '_>;
    Repairs;
    SyncTokens<'_>;
    Tolerances;
    Values<'_, '_, '_>;
}
