use super::{Element, Frame, Name, frame::Sought};
use crate::fused::fused;
use crate::parse::{self, Node, Role};
use crate::xml::flag;

/// Properties, in document order: [`Props::iter`](crate::Props::iter), [`Propstat::elements`](crate::Propstat::elements).
#[derive(Clone)]
#[must_use = "iterators are lazy"]
pub struct Properties<'r, 'a> {
    frame: &'r Frame<'a>,
    /// The children of the response that are still to come. Propstats without values are passed over.
    propstats: parse::Children<'r>,
    /// The children of the current propstat that are still to come.
    props: parse::Children<'r>,
    /// The children of the current `prop` that are still to come.
    properties: parse::Children<'r>,
    /// Whether the current propstat has no status, so that an empty property is not a value.
    is_unsaid: bool,
}

impl<'r, 'a> Properties<'r, 'a> {
    fn new(frame: &'r Frame<'a>) -> Self {
        let none = parse::Children::default;
        Properties { frame, propstats: none(), props: none(), properties: none(), is_unsaid: false }
    }

    /// Goes through the values of a response.
    #[inline]
    pub(super) fn of_response(frame: &'r Frame<'a>, response: u32) -> Self {
        Properties { propstats: frame.children(response), ..Properties::new(frame) }
    }

    /// Goes through the properties in a propstat, or in a `prop` without a propstat around it.
    #[inline]
    pub(super) fn of_propstat(frame: &'r Frame<'a>, propstat: u32) -> Self {
        let mut properties = Properties::new(frame);
        properties.enter(propstat, frame.node(propstat).is_some_and(|n| n.role == Role::Prop));
        properties
    }

    /// Returns the next property that `is_it` accepts.
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
    /// The name sought. `None` when no element can have it.
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

fused! {
    Properties<'_, '_>;
    Values<'_, '_, '_>;
}

/// Whether a property without a status is empty. Such a property may be only the name of a missing one.
pub(super) fn is_blank(frame: &Frame<'_>, id: u32, n: &Node) -> bool {
    let is_leaf = n.next == id + 1;
    n.start == n.end || (is_leaf && frame.trimmed(id).is_empty())
}
